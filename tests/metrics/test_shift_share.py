"""Shift-share: published values, gaps and zeros, and that it always adds up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.metrics.shift_share import EstebanMarquillas, ShiftShare, esteban_marquillas, shift_share

#: Region before and after, country before and after, by industry (Farhauer and Kröll).
ENDS = [
    np.array(end, dtype=float)
    for end in (
        [90, 20, 10, 60],
        [100, 40, 10, 55],
        [400, 150, 150, 400],
        [440, 210, 135, 480],
    )
]
PARTS = ("national_share", "industry_mix", "regional_shift")

industry = st.tuples(*[st.integers(0, 1000)] * 2, *[st.integers(1, 5000)] * 2)
gappy = st.tuples(*[st.one_of(st.just(np.nan), st.integers(0, 50).map(float))] * 4)


def ends(rows: list[tuple[float, ...]]) -> list[np.ndarray]:
    return list(np.array(rows, dtype=float).reshape(-1, 4).T)


def parts(found: ShiftShare) -> list[np.ndarray]:
    return [getattr(found, part) for part in PARTS]


def test_dunn_farhauer_kroell() -> None:
    total = shift_share(*ENDS).total()
    assert total.change == 25
    assert [float(part) for part in parts(total)] == pytest.approx([27, 1, -3])
    assert total.left_out == 0


def test_esteban_marquillas_farhauer_kroell() -> None:
    total = esteban_marquillas(*ENDS).total()
    assert total.competitive == pytest.approx(-0.6363636, abs=5e-8)
    assert total.allocation == pytest.approx(-2.3636364, abs=5e-8)
    assert total.regional_shift == pytest.approx(-3)


def test_each_industry_by_hand() -> None:
    found = shift_share(*ENDS)
    np.testing.assert_allclose(found.national_share, [13.5, 3, 1.5, 9])
    np.testing.assert_allclose(found.industry_mix, [-4.5, 5, -2.5, 3])
    np.testing.assert_allclose(found.regional_shift, [1, 12, 1, -17])
    np.testing.assert_allclose(found.change, [10, 20, 0, -5])


def test_what_was_not_there_before_is_all_regional_shift() -> None:
    before = np.array([0.0, 20, 10, 60])
    found = shift_share(before, *ENDS[1:])
    assert [float(part[0]) for part in parts(found)] == [0, 0, 100]
    # Nor had the country it.
    nowhere = np.array([0.0, 150, 150, 400])
    found = shift_share(before, ENDS[1], nowhere, ENDS[3])
    assert [float(part[0]) for part in parts(found)] == [0, 0, 100]
    split = esteban_marquillas(before, *ENDS[1:])
    assert (split.competitive[0], split.allocation[0]) == (0, 100)


def test_what_the_country_never_had_cannot_have_been_in_the_region() -> None:
    found = shift_share(*ENDS[:2], np.array([0.0, 150, 150, 400]), ENDS[3])
    assert np.isnan(found.regional_shift[0])
    assert found.left_out == 1


@pytest.mark.parametrize("end", range(4))
def test_a_missing_end_leaves_that_industry_out_and_counts_it(end: int) -> None:
    gap = [array.copy() for array in ENDS]
    gap[end][1] = np.nan
    found, split = shift_share(*gap), esteban_marquillas(*gap)
    for part in (found.change, *parts(found), split.competitive, split.allocation):
        assert np.isnan(part).tolist() == [False, True, False, False]
    assert found.left_out == split.left_out == 1
    assert found.total().change == 5
    assert sum(float(part) for part in parts(found.total())) == pytest.approx(5)


def test_a_gap_in_the_region_does_not_touch_the_countrys_growth() -> None:
    gap = [array.copy() for array in ENDS]
    gap[0][1] = np.nan
    np.testing.assert_allclose(shift_share(*gap).national_share, [13.5, np.nan, 1.5, 9])
    gap = [array.copy() for array in ENDS]
    gap[2][1] = np.nan
    # Without the second industry the country grew from 950 to 1055.
    growth = 1055 / 950 - 1
    np.testing.assert_allclose(shift_share(*gap).national_share[0], 90 * growth)


def test_a_published_national_total_is_used() -> None:
    found = shift_share(*ENDS, root_total_before=2000, root_total_after=2500).total()
    assert [float(part) for part in parts(found)] == pytest.approx([45, -17, -3])
    missing = shift_share(*ENDS, root_total_before=np.nan, root_total_after=2500)
    assert np.isnan(missing.total().change)
    assert missing.left_out == 4
    with pytest.raises(ValueError, match="both"):
        shift_share(*ENDS, root_total_before=2000)


def test_many_regions_at_once() -> None:
    before, after = np.stack([ENDS[0], ENDS[0] * 2]), np.stack([ENDS[1], ENDS[1] * 2])
    after[1, 0] = np.nan
    found = shift_share(before, after, *ENDS[2:])
    assert found.regional_shift.shape == (2, 4)
    assert found.left_out.tolist() == [0, 1]
    np.testing.assert_allclose(found.total().national_share, [27, 2 * 27 - 27])
    split = esteban_marquillas(before, after, *ENDS[2:])
    np.testing.assert_allclose(split.total().competitive[0], -0.63636364)
    assert split.left_out.tolist() == [0, 1]


def test_one_industry_is_the_whole_country() -> None:
    found = shift_share(*(end[:1] for end in ENDS)).total()
    assert [float(part) for part in parts(found)] == pytest.approx([9, 0, 1])


def test_nothing_known_nothing_said() -> None:
    unknown = [np.full(3, np.nan)] * 4
    for found in (shift_share(*unknown), esteban_marquillas(*unknown)):
        assert found.left_out == 3
        assert np.isnan(found.total().regional_shift)


@given(st.lists(industry, min_size=1, max_size=8))
def test_the_parts_add_up_to_the_change(rows: list[tuple[int, ...]]) -> None:
    found = shift_share(*ends(rows))
    np.testing.assert_allclose(sum(parts(found)), found.change, atol=1e-6)
    total = found.total()
    x0, x1, _, _ = ends(rows)
    assert float(total.change) == x1.sum() - x0.sum()
    assert sum(float(part) for part in parts(total)) == pytest.approx(float(total.change), abs=1e-6)
    split = esteban_marquillas(*ends(rows))
    np.testing.assert_allclose(
        split.competitive + split.allocation, found.regional_shift, atol=1e-6
    )


@given(st.lists(gappy, min_size=1, max_size=8))
def test_it_adds_up_over_what_is_known(rows: list[tuple[float, ...]]) -> None:
    found = shift_share(*ends(rows))
    known = ~np.isnan(found.change)
    assert found.left_out == (~known).sum()
    for part in parts(found):
        np.testing.assert_array_equal(np.isnan(part), ~known)
    np.testing.assert_allclose(sum(parts(found))[known], found.change[known], atol=1e-6)
    for end in ends(rows):
        assert not np.isnan(end[known]).any()


@given(st.lists(industry, min_size=1, max_size=8), st.randoms())
def test_relabelling_industries_and_the_unit_change_nothing(
    rows: list[tuple[int, ...]], shuffle: object
) -> None:
    order = np.array(shuffle.sample(range(len(rows)), len(rows)))  # type: ignore[attr-defined]
    for compute in (shift_share, esteban_marquillas):
        found = compute(*ends(rows))
        moved = compute(*(end[order] * 1000 for end in ends(rows)))
        expected = found.regional_shift[order] * 1000
        np.testing.assert_allclose(moved.regional_shift, expected, rtol=1e-9, atol=1e-4)
        last = "allocation" if isinstance(found, EstebanMarquillas) else "industry_mix"
        expected = getattr(found, last)[order] * 1000
        np.testing.assert_allclose(getattr(moved, last), expected, rtol=1e-9, atol=1e-4)


def test_all_regions_together_shift_against_nobody() -> None:
    rest = [ENDS[2] - ENDS[0], ENDS[3] - ENDS[1]]
    before, after = np.stack([ENDS[0], rest[0]]), np.stack([ENDS[1], rest[1]])
    found = shift_share(before, after, *ENDS[2:])
    np.testing.assert_allclose(found.regional_shift.sum(axis=0), np.zeros(4), atol=1e-9)


def test_unusable_shapes() -> None:
    for compute in (shift_share, esteban_marquillas):
        with pytest.raises(ValueError, match="broadcast"):
            compute(np.ones(2), np.ones(3), np.ones(3), np.ones(3))
        with pytest.raises(ValueError, match="per industry"):
            compute(*(np.float64(1),) * 4)


def test_inputs_are_left_untouched() -> None:
    before = [end.copy() for end in ENDS]
    shift_share(*ENDS)
    esteban_marquillas(*ENDS)
    for end, as_it_was in zip(ENDS, before, strict=True):
        np.testing.assert_array_equal(end, as_it_was)
