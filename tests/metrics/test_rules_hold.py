"""What holds for every rule: names, units, gaps, empty tables."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.metrics.grouping import groups_of
from atlas.metrics.rules import observatory_stars, statsamerica, uc_yildiz
from atlas.metrics.us_rules import significant, strong10, us_strong

#: Every rule with the number of its columns and whether it takes groups.
RULES = {
    observatory_stars: (3, True),
    us_strong: (3, True),
    strong10: (3, True),
    significant: (3, True),
    uc_yildiz: (3, False),
    statsamerica: (1, False),
}
GROUPED = [rule for rule, (_, grouped) in RULES.items() if grouped]
#: Those that are not another one with other numbers.
OWN = [observatory_stars, us_strong, uc_yildiz, statsamerica]

figure = st.one_of(st.just(math.nan), st.integers(0, 4).map(float), st.floats(0, 5))
cells = st.lists(st.tuples(figure, figure, figure, st.integers(0, 2)), max_size=40)


def columns(rows: list[tuple[float, float, float, int]]) -> list[np.ndarray]:
    table = np.array(rows, dtype=float).reshape(-1, 4).T
    return [*table[:3], table[3].astype(int)]


def apply(rule: object, cells: list[np.ndarray], **thresholds: float) -> np.ndarray:
    number, grouped = RULES[rule]  # type: ignore[index]
    group = [cells[3]] if grouped else []
    return rule(*cells[:number], *group, **thresholds)  # type: ignore[operator]


def one_group(*columns: list[float]) -> list[np.ndarray]:
    arrays = [np.array(column, dtype=float) for column in columns]
    return [*arrays, np.zeros(len(arrays[0]), dtype=int)]


@pytest.mark.parametrize("rule", OWN)
@given(cells, st.randoms())
def test_relabelling_regions_and_groups_changes_nothing(
    rule: object, rows: list[tuple[float, float, float, int]], shuffle: object
) -> None:
    table = columns(rows)
    order = np.array(shuffle.sample(range(len(rows)), len(rows)), dtype=int)  # type: ignore[attr-defined]
    expected = apply(rule, table)
    np.testing.assert_array_equal(apply(rule, [x[order] for x in table]), expected[order])
    np.testing.assert_array_equal(apply(rule, [*table[:3], 99 - table[3] * 7]), expected)


@pytest.mark.parametrize("rule", OWN[:2])
@given(cells)
def test_the_unit_of_counts_does_not_matter(
    rule: object, rows: list[tuple[float, float, float, int]]
) -> None:
    first, second, third, group = columns(rows)
    factors = (1024, 1, 4) if rule is observatory_stars else (1, 1024, 4)
    scaled = [
        column * factor for column, factor in zip((first, second, third), factors, strict=True)
    ]
    expected = apply(rule, [first, second, third, group])
    np.testing.assert_array_equal(apply(rule, [*scaled, group]), expected)


@pytest.mark.parametrize("rule", OWN)
@given(cells)
def test_a_cell_with_a_missing_term_is_missing_and_takes_no_part(
    rule: object, rows: list[tuple[float, float, float, int]]
) -> None:
    table = columns(rows)
    found = apply(rule, table)
    known = ~np.isnan(table[: RULES[rule][0]]).any(axis=0)  # type: ignore[index]
    np.testing.assert_array_equal(np.isnan(found), ~known)
    alone = apply(rule, [column[known] for column in table])
    np.testing.assert_array_equal(found[known], alone)


@pytest.mark.parametrize("rule", RULES)
def test_all_suppressed(rule: object) -> None:
    assert np.isnan(apply(rule, one_group(*[[np.nan] * 5] * 3))).all()


def test_one_region() -> None:
    cells = one_group([2.0], [40], [3])
    assert observatory_stars(*cells).tolist() == [3]
    # It exceeds nobody, itself included.
    assert us_strong(*cells).tolist() == [0]


@pytest.mark.parametrize("rule", RULES)
def test_no_cells(rule: object) -> None:
    assert apply(rule, one_group([], [], [])).shape == (0,)


@pytest.mark.parametrize("rule", RULES)
def test_inputs_are_left_untouched(rule: object) -> None:
    table = one_group([0.5, np.nan, 0, 3], [2, 1, np.nan, 4], [1, 2, 3, 4])
    before = [column.copy() for column in table]
    apply(rule, table)
    for column, as_it_was in zip(table, before, strict=True):
        np.testing.assert_array_equal(column, as_it_was)


@pytest.mark.parametrize("rule", GROUPED)
def test_groups_made_once_serve_every_rule(rule: object) -> None:
    random = np.random.default_rng(7)
    columns = [random.random(500) for _ in range(3)]
    group = random.integers(0, 9, 500)
    np.testing.assert_array_equal(rule(*columns, groups_of(group)), rule(*columns, group))  # type: ignore[operator]


@pytest.mark.parametrize("rule", GROUPED)
def test_columns_of_different_lengths(rule: object) -> None:
    with pytest.raises(ValueError, match="one entry per cell"):
        rule(np.ones(2), np.ones(3), np.ones(3), np.zeros(3, dtype=int))  # type: ignore[operator]
    with pytest.raises(ValueError, match="in groups"):
        rule(np.ones(3), np.ones(3), np.ones(3), np.zeros(2, dtype=int))  # type: ignore[operator]
