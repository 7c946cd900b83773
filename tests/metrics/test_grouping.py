"""Quantiles and top shares within groups, against numpy one group at a time."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.metrics.grouping import Group, Numbers, Ranked, groups_of, top_cut

figure = st.one_of(st.just(math.nan), st.integers(0, 3).map(float), st.floats(-1e3, 1e3))
table = st.lists(st.tuples(figure, st.integers(-3, 3)), max_size=60)


def quantile(values: Numbers, group: Group, q: float) -> Numbers:
    return Ranked(values, groups_of(group)).quantile(q)


def columns(rows: list[tuple[float, int]]) -> tuple[np.ndarray, np.ndarray]:
    values = np.array([value for value, _ in rows], dtype=float)
    return values, np.array([group for _, group in rows], dtype=np.int64)


@given(table, st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0]) | st.floats(0, 1))
def test_quantiles_are_numpys_group_by_group(rows: list[tuple[float, int]], q: float) -> None:
    values, group = columns(rows)
    found = quantile(values, group, q)
    assert found.shape == values.shape
    for one in np.unique(group):
        known = values[(group == one) & ~np.isnan(values)]
        expected = np.quantile(known, q) if known.size else np.nan
        # A position within 1e-9 of a value is taken for it; values are up to 2000 apart.
        np.testing.assert_allclose(found[group == one], expected, rtol=1e-12, atol=1e-5)


@given(table, st.integers(0, 20))
def test_quantiles_at_a_value_are_exactly_that_value(
    rows: list[tuple[float, int]], step: int
) -> None:
    values, group = columns(rows)
    for one in np.unique(group):
        known = np.sort(values[(group == one) & ~np.isnan(values)])
        if known.size < 2:
            continue
        position = step % known.size
        found = quantile(values, group, position / (known.size - 1))
        assert (found[group == one] == known[position]).all()


@given(table, st.floats(0, 1), st.floats(0, 1))
def test_a_higher_quantile_is_never_lower(
    rows: list[tuple[float, int]], a: float, b: float
) -> None:
    values, group = columns(rows)
    low, high = (quantile(values, group, q) for q in (min(a, b), max(a, b)))
    assert ((low <= high) | np.isnan(low)).all()


@given(table, st.randoms())
def test_the_order_of_cells_and_the_names_of_groups_change_nothing(
    rows: list[tuple[float, int]], shuffle: object
) -> None:
    values, group = columns(rows)
    order = np.array(shuffle.sample(range(len(rows)), len(rows)), dtype=int)  # type: ignore[attr-defined]
    for cut in (quantile, top_cut):
        expected = cut(values, group, 0.3)
        np.testing.assert_array_equal(cut(values[order], group[order], 0.3), expected[order])
        np.testing.assert_array_equal(cut(values, group * 10**12 + 7, 0.3), expected)
        np.testing.assert_array_equal(cut(values, groups_of(group), 0.3), expected)


def test_more_groups_than_sixteen_bits_can_count() -> None:
    group = np.tile(np.arange(70_000), 2)
    values = np.concatenate([np.zeros(70_000), np.arange(70_000.0)])
    np.testing.assert_array_equal(quantile(values, group, 0.5), np.tile(values[70_000:] / 2, 2))


@pytest.mark.parametrize(
    ("regions", "share", "taken"),
    [
        (1, 0.1, 1),
        (5, 0.1, 1),
        (10, 0.1, 1),
        (11, 0.1, 1),
        (19, 0.1, 1),
        (20, 0.1, 2),
        (29, 0.1, 2),
        (30, 0.1, 3),
        (3107, 0.1, 310),
        (100, 0.29, 29),
        (4, 1.0, 4),
    ],
)
def test_how_many_regions_are_the_top_share(regions: int, share: float, taken: int) -> None:
    values = np.arange(1.0, regions + 1)
    cut = top_cut(values, np.zeros(regions, dtype=int), share)
    assert (values >= cut).sum() == taken


def test_ties_at_the_cut_are_all_in_and_zeros_are_not_counted() -> None:
    values = np.array([5.0, 3, 3, 3, 1, 0, 0, 0, np.nan, 0])
    assert (top_cut(values, np.zeros(10, dtype=int), 0.4) == 3).all()
    written = top_cut(values, np.zeros(10, dtype=int), 0.2)
    bare = top_cut(values[:5], np.zeros(5, dtype=int), 0.2)
    assert set(written) == set(bare) == {5.0}


def test_a_group_of_zeros_has_no_top() -> None:
    cut = top_cut(np.array([0.0, 0, np.nan, 2]), np.array([7, 7, 7, 8]), 0.5)
    np.testing.assert_array_equal(cut, [np.nan, np.nan, np.nan, 2])


def test_no_cells_no_figures() -> None:
    assert quantile(np.array([]), np.array([], dtype=int), 0.5).shape == (0,)


@pytest.mark.parametrize("q", [-0.1, 1.1, math.nan])
def test_impossible_quantiles(q: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantile(np.ones(1), np.zeros(1, dtype=int), q)


@pytest.mark.parametrize("share", [0, -0.1, 1.1, math.nan])
def test_impossible_shares(share: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        top_cut(np.ones(1), np.zeros(1, dtype=int), share)


@pytest.mark.parametrize("group", [np.zeros(2), np.zeros((2, 1), dtype=int), np.array(["a", "b"])])
def test_groups_are_whole_numbers(group: np.ndarray) -> None:
    with pytest.raises(ValueError, match="whole number"):
        groups_of(group)


def test_values_and_groups_have_one_length() -> None:
    with pytest.raises(ValueError, match="groups"):
        quantile(np.ones(3), np.zeros(2, dtype=int), 0.5)


def test_inputs_are_left_untouched() -> None:
    values, group = np.array([3.0, np.nan, 1, 2]), np.array([2, 1, 2, 1])
    before = values.copy(), group.copy()
    quantile(values, group, 0.5)
    top_cut(values, group, 0.5)
    np.testing.assert_array_equal(values, before[0])
    np.testing.assert_array_equal(group, before[1])


def test_what_is_made_of_columns_is_made_once_for_each_set_of_them() -> None:
    groups, made = groups_of(np.zeros(2, dtype=int)), []
    first, second = np.array([1.0, 2]), np.array([1.0, 2])
    for columns in ((first,), (first,), (second,), (first,), (first, second)):
        groups.once("sum", columns, lambda columns=columns: made.append(columns))
    assert [[id(column) for column in columns] for columns in made] == [
        [id(first)], [id(second)], [id(first)], [id(first), id(second)],
    ]  # fmt: skip
