"""Theil's two figures and their parts."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.metrics.inequality import theil


def row(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


def test_theil_of_five_incomes() -> None:
    found = theil(row(10, 10, 10, 20, 50))
    assert found.theil_t == pytest.approx(0.2502012, abs=5e-8)
    assert found.theil_l == pytest.approx(0.2326302, abs=5e-8)
    assert (found.between, found.between_l) == (0, 0)


def test_theil_between_two_groups_by_hand() -> None:
    # Group means 10 and 80/3 of a mean of 20; the shares of the sum are .2 and .8.
    found = theil(row(10, 10, 10, 20, 50), groups=["a", "a", "b", "b", "b"])
    assert found.between == pytest.approx(0.2 * np.log(0.5) + 0.8 * np.log(4 / 3))
    assert found.between_l == pytest.approx(0.4 * np.log(2) + 0.6 * np.log(0.75))
    assert found.within == pytest.approx(0.8 * theil(row(10, 20, 50)).theil_t)
    assert found.within_l == pytest.approx(0.6 * theil(row(10, 20, 50)).theil_l)


def test_theil_with_a_gap_or_a_zero() -> None:
    for values, weights in (
        (row(1, np.nan), None),
        (row(1, 2), row(1, np.nan)),
        (row(0, 0), None),
        (row(1, -2), None),
        (row(), None),
    ):
        assert np.isnan(dataclasses.astuple(theil(values, weights))).all()
    zero = theil(row(0, 2))
    assert zero.theil_t == pytest.approx(np.log(2))
    assert np.isnan(zero.theil_l)
    # Nobody lives there: it counts for nothing.
    assert theil(row(9, 2, 2), row(0, 1, 5), ["a", "b", "b"]).theil_t == 0


@given(st.lists(st.tuples(st.integers(1, 1000), st.integers(0, 9), st.integers(0, 2)), min_size=1))
def test_theil_between_and_within_is_the_total(rows: list[tuple[int, int, int]]) -> None:
    values, weights, groups = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    grouped, alone = theil(values, weights, groups), theil(values, weights)
    if not weights.sum():
        assert np.isnan(grouped.theil_t)
        return
    assert grouped.between + grouped.within == pytest.approx(alone.theil_t, abs=1e-9)
    assert grouped.between_l + grouped.within_l == pytest.approx(alone.theil_l, abs=1e-9)
    assert min(dataclasses.astuple(grouped)) >= -1e-9
    again = theil(values * 7, weights / 3, groups + 5)
    assert dataclasses.astuple(again) == pytest.approx(dataclasses.astuple(grouped), abs=1e-9)


def test_one_value_is_equal_to_itself() -> None:
    assert theil(row(7)).theil_t == theil(row(7)).theil_l == 0


def test_unusable_shapes() -> None:
    with pytest.raises(ValueError, match="one length"):
        theil(row(1, 2), row(1))
    with pytest.raises(ValueError, match="label"):
        theil(row(1, 2), groups=["a"])


def test_inputs_are_left_untouched() -> None:
    values, weights, groups = row(3, 0, 2), row(1, 2, 3), row(1, 1, 2)
    theil(values, weights, groups)
    assert (values.tolist(), weights.tolist(), groups.tolist()) == ([3, 0, 2], [1, 2, 3], [1, 1, 2])
