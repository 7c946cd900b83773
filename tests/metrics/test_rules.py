"""Stars of three kinds and the plain quotient: by hand, and counted out."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from atlas.metrics.rules import observatory_stars, star_criteria, statsamerica, uc_yildiz

figure = st.one_of(st.just(math.nan), st.integers(0, 4).map(float), st.floats(0, 5))
cells = st.lists(st.tuples(figure, figure, figure, st.integers(0, 2)), max_size=40)


def columns(rows: list[tuple[float, float, float, int]]) -> list[np.ndarray]:
    table = np.array(rows, dtype=float).reshape(-1, 4).T
    return [*table[:3], table[3].astype(int)]


def one_group(*columns: list[float]) -> list[np.ndarray]:
    arrays = [np.array(column, dtype=float) for column in columns]
    return [*arrays, np.zeros(len(arrays[0]), dtype=int)]


def test_observatory_stars_by_hand() -> None:
    # Eleven regions as in Georgia: the first by size and the first by focus, and quotients from 2.
    size = np.array([50, 20, 10, 5, 4, 3, 3, 2, 1, 1, 1]) / 100
    quotient = np.array([1.2, 2.0, 3.0, 1.9, 2.5, 0.5, 1, 1, 1, 0.2, 0.1])
    focus = np.array([6, 8, 15, 5, 9, 2, 3, 3, 3, 1, 1]) / 100
    stars = observatory_stars(size, quotient, focus, np.zeros(11, dtype=int))
    assert stars.tolist() == [1, 1, 2, 0, 1, 0, 0, 0, 0, 0, 0]
    asked = star_criteria(size, quotient, focus, np.zeros(11, dtype=int))
    assert [criterion.figure for criterion in asked] == ["size", "location_quotient", "focus"]
    assert [float(np.unique(criterion.at).item()) for criterion in asked] == [0.5, 2, 0.15]
    assert sum(criterion.met for criterion in asked).tolist() == stars.tolist()


def test_three_stars() -> None:
    assert observatory_stars(*one_group([0.6, 0.4], [2, 0.5], [0.3, 0.1])).tolist() == [3, 0]


def test_stars_of_different_groups_do_not_mix() -> None:
    size, quotient, focus = np.array([0.9, 0.1, 0.2, 0.8]), np.ones(4), np.array([4.0, 3, 2, 1])
    stars = observatory_stars(size, quotient, focus, np.array([5, 9, 5, 9]))
    assert stars.tolist() == [2, 1, 0, 1]


def test_a_zero_is_never_a_star() -> None:
    assert observatory_stars(*one_group([0, 0, 0], [0, 0, 0], [0, 0, 0])).tolist() == [0, 0, 0]


def test_uc_yildiz_by_hand() -> None:
    stars = uc_yildiz(
        np.array([0.02, 0.01, 0.02, 0.0]),
        np.array([0.05, 0.05, 0.01, 0.0]),
        np.array([1.5, 1.0, 1.1, 0.0]),
    )
    assert stars.tolist() == [3, 1, 2, 0]
    cuts = {"size_cut": 0.0, "focus_cut": 0.5, "quotient_cut": 2.0}
    assert uc_yildiz(np.array([0.1]), np.array([0.6]), np.array([2.0]), **cuts).tolist() == [2]


def test_statsamerica_by_hand() -> None:
    found = statsamerica(np.array([1.2, 1.19, 0.0, np.nan]))
    np.testing.assert_array_equal(found, [1, 0, 0, np.nan])
    assert statsamerica(np.array([1.2]), quotient_at_least=1.3).tolist() == [0]


def top(values: np.ndarray, share: float) -> np.ndarray:
    """The top share, counted out: whoever fewer than k are above."""
    positive = sorted(value for value in values if value > 0)
    number = max(1, math.floor(share * len(positive) + 1e-9))
    above = np.array([sum(other > value for other in positive) for value in values])
    return (above < number) & (values > 0)


@given(cells)
def test_stars_counted_out_group_by_group(rows: list[tuple[float, float, float, int]]) -> None:
    size, quotient, focus, group = columns(rows)
    expected = np.full(len(group), np.nan)
    for one in np.unique(group):
        here = (group == one) & ~np.isnan(size + quotient + focus)
        expected[here] = (
            top(size[here], 0.1).astype(int) + (quotient[here] >= 2) + top(focus[here], 0.1)
        )
    np.testing.assert_array_equal(observatory_stars(size, quotient, focus, group), expected)
