"""Ellison-Glaeser and Litzenberger-Sternberg: published values and edges."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.metrics.agglomeration import ellison_glaeser, litzenberger

#: Plants in Wien (five), Linz (four) and Graz (one), and all employment there.
SIZES = np.array([200, 650, 12000, 100, 50, 16000, 13000, 1500, 1500, 25000], dtype=float)
REGIONS = np.array([0] * 5 + [1] * 4 + [2])
TOTALS = np.array([500000, 400000, 100000], dtype=float)
#: Jobs, area, population and firms, each of the region and of the country.
TERMS = (1743, 5740, 50, 576, 488, 4621, 35, 53)


def one(*values: float) -> list[np.ndarray]:
    return [np.array([value], dtype=float) for value in values]


def test_ellison_glaeser_farhauer_kroell() -> None:
    found = ellison_glaeser(SIZES, REGIONS, region_totals=TOTALS)
    assert found.gamma == pytest.approx(0.05990628, abs=5e-9)
    assert found.raw_concentration == pytest.approx(0.1681633, abs=5e-8)
    assert found.plant_herfindahl == pytest.approx(0.2446888, abs=5e-8)
    assert (found.plants, found.left_out) == (10, 0)


def test_litzenberger_sternberg() -> None:
    assert litzenberger(*one(*TERMS)) == pytest.approx([21.87491], abs=5e-6)


def test_litzenberger_is_the_product_of_its_three_parts() -> None:
    x, whole, a, area, p, people, f, firms = TERMS
    density, stock, of_firms = (x / a) / (whole / area), (x / p) / (whole / people), x / f
    expected = density * stock / (of_firms / (whole / firms))
    assert litzenberger(*one(*TERMS)) == pytest.approx([expected])
    # A region that is the country in small stands at one.
    assert litzenberger(*one(10, 100, 5, 50, 7, 70, 2, 20)) == pytest.approx([1])


def test_litzenberger_zeros() -> None:
    assert litzenberger(*one(0, 5740, 50, 576, 488, 4621, 0, 53)).tolist() == [0]
    assert litzenberger(*one(0, 5740, 50, 576, 488, 4621, 35, 53)).tolist() == [0]
    # Jobs without a firm cannot be.
    assert np.isnan(litzenberger(*one(1743, 5740, 50, 576, 488, 4621, 0, 53)))
    for position in (1, 2, 4, 7):
        terms = list(TERMS)
        terms[position] = 0
        assert np.isnan(litzenberger(*one(*terms)))


@pytest.mark.parametrize("position", range(8))
def test_litzenberger_with_a_missing_term_is_missing(position: int) -> None:
    terms = one(*TERMS)
    terms[position] = np.array([np.nan])
    assert np.isnan(litzenberger(*terms))


def test_litzenberger_of_many_regions_and_of_shapes_that_do_not_fit() -> None:
    found = litzenberger(np.array([1743.0, 0, np.nan]), *one(*TERMS[1:]))
    np.testing.assert_allclose(found, [21.87491102, 0, np.nan])
    with pytest.raises(ValueError, match="broadcast"):
        litzenberger(np.ones(3), np.ones(2), *one(*TERMS[2:]))


def test_a_missing_size_is_missing_or_left_out() -> None:
    sizes, regions = np.append(SIZES, np.nan), np.append(REGIONS, 1)
    strict = ellison_glaeser(sizes, regions, region_totals=TOTALS)
    assert np.isnan([strict.gamma, strict.raw_concentration, strict.plant_herfindahl]).all()
    loose = ellison_glaeser(sizes, regions, region_totals=TOTALS, skip_missing=True)
    whole = ellison_glaeser(SIZES, REGIONS, region_totals=TOTALS)
    assert (loose.gamma, loose.plants, loose.left_out) == (whole.gamma, 10, 1)


def test_a_missing_total_makes_gamma_missing() -> None:
    found = ellison_glaeser(SIZES, REGIONS, region_totals=np.array([500000, np.nan, 100000]))
    assert np.isnan(found.gamma)
    assert np.isnan(found.raw_concentration)
    assert found.plant_herfindahl == pytest.approx(0.2446888, abs=5e-8)


@pytest.mark.parametrize(
    ("sizes", "regions", "totals"),
    [
        ([5.0], [0], [10.0, 20]),
        ([5.0, 0], [0, 1], [10.0, 20]),
        ([5.0, 6], [0, 0], [10.0]),
        ([5.0, 6], [0, 0], [10.0, 0]),
        ([0.0, 0], [0, 1], [10.0, 20]),
        ([5.0, -6], [0, 1], [10.0, 20]),
        ([np.nan], [0], [10.0, 20]),
        ([], [], [10.0, 20]),
    ],
)
def test_one_plant_one_region_or_nothing_leaves_no_room(
    sizes: list[float], regions: list[int], totals: list[float]
) -> None:
    found = ellison_glaeser(
        np.array(sizes), np.array(regions), region_totals=np.array(totals), skip_missing=True
    )
    assert np.isnan(found.gamma)


plants = st.lists(st.tuples(st.integers(1, 500), st.integers(0, 3)), min_size=2, max_size=12)


@given(plants, st.randoms())
def test_relabelling_and_scale_change_nothing(rows: list[tuple[int, int]], shuffle: object) -> None:
    sizes, regions = np.array(rows).T
    totals = np.array([900, 400, 100, 50], dtype=float)
    found = ellison_glaeser(sizes, regions, region_totals=totals)
    names = np.array(shuffle.sample(range(4), 4))  # type: ignore[attr-defined]
    moved = np.empty(4)
    moved[names] = totals
    again = ellison_glaeser(sizes[::-1] * 3, names[regions][::-1], region_totals=moved * 7)
    assert dataclasses.astuple(again) == pytest.approx(dataclasses.astuple(found), abs=1e-9)


@given(plants)
def test_gamma_by_pairs_of_plants(rows: list[tuple[int, int]]) -> None:
    """Ellison and Glaeser's other form: H aside, how much likelier two jobs share a region."""
    sizes, regions = np.array(rows, dtype=int).T
    totals = np.array([900, 400, 100, 50], dtype=float)
    z, x = sizes / sizes.sum(), totals / totals.sum()
    s = np.array([z[regions == region].sum() for region in range(4)])
    herfindahl = (z**2).sum()
    expected = (((s - x) ** 2).sum() / (1 - (x**2).sum()) - herfindahl) / (1 - herfindahl)
    found = ellison_glaeser(sizes, regions, region_totals=totals)
    assert found.gamma == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("sizes", "regions", "totals", "message"),
    [
        ([1.0, 2], [0], [1.0], "sizes"),
        ([[1.0, 2]], [[0, 0]], [1.0], "sizes"),
        ([1.0], [0], 1.0, "sizes"),
        ([1.0], [0.5], [1.0], "positions"),
        ([1.0], ["GE-TB"], [1.0], "positions"),
        ([1.0], [1], [1.0], "outside"),
        ([1.0], [-1], [1.0], "outside"),
    ],
)
def test_unusable_plants(sizes: object, regions: object, totals: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ellison_glaeser(np.array(sizes), np.array(regions), region_totals=np.array(totals))


def test_inputs_are_left_untouched() -> None:
    before = SIZES.copy(), REGIONS.copy(), TOTALS.copy()
    ellison_glaeser(SIZES, REGIONS, region_totals=TOTALS, skip_missing=True)
    for array, as_it_was in zip((SIZES, REGIONS, TOTALS), before, strict=True):
        np.testing.assert_array_equal(array, as_it_was)
    terms = one(*TERMS)
    litzenberger(*terms)
    assert [float(term[0]) for term in terms] == list(TERMS)
