"""Strong and significant clusters: by hand, and one group at a time."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from atlas.metrics.us_rules import significant, strong10, strong_criteria, us_strong

figure = st.one_of(st.just(math.nan), st.integers(0, 4).map(float), st.floats(0, 5))
cells = st.lists(st.tuples(figure, figure, figure, st.integers(0, 2)), max_size=40)


def columns(rows: list[tuple[float, float, float, int]]) -> list[np.ndarray]:
    table = np.array(rows, dtype=float).reshape(-1, 4).T
    return [*table[:3], table[3].astype(int)]


def one_group(*columns: list[float]) -> list[np.ndarray]:
    arrays = [np.array(column, dtype=float) for column in columns]
    return [*arrays, np.zeros(len(arrays[0]), dtype=int)]


def test_us_strong_by_hand() -> None:
    # Five regions with employment; type-7: quotient Q75 = 2, employment Q25 = 20, firms Q25 = 2.
    cells = one_group(
        [3, 2, 1.5, 1, 0.5, 9],
        [20, 30, 40, 50, 10, 0],
        [9, 3, 4, 1, 2, 0],
    )
    asked = strong_criteria(*cells)
    assert [(criterion.figure, float(np.unique(criterion.at).item())) for criterion in asked] == [
        ("location_quotient", 2),
        ("location_quotient", 1),
        ("region_industry", 20),
        ("establishments", 2),
    ]
    # The first has the highest quotient but no more than the quarter's employment.
    assert us_strong(*cells).tolist() == [0, 1, 0, 0, 0, 0]
    assert strong10(*cells).tolist() == [0, 0, 0, 0, 0, 0]
    assert significant(*cells).tolist() == [0, 1, 1, 0, 0, 0]
    assert us_strong(*cells, employment_quantile=0.0).tolist() == [1, 1, 0, 0, 0, 0]


def test_us_strong_asks_for_a_quotient_of_one() -> None:
    cells = one_group([0.9, 0.8, 0.1], [3, 2, 1], [3, 2, 1])
    assert us_strong(*cells).tolist() == [0, 0, 0]
    assert us_strong(*cells, quotient_at_least=0.5).tolist() == [1, 0, 0]


def test_us_rules_are_one_rule_with_other_quantiles() -> None:
    defaults = {
        rule.__name__: rule.__kwdefaults__["quantile"]
        for rule in (us_strong, strong10, significant)
    }
    assert defaults == {"us_strong": 0.75, "strong10": 0.9, "significant": 0.5}
    random = np.random.default_rng(11)
    cells = [*(random.random((3, 400)) * 3), random.integers(0, 5, 400)]
    others = {
        "quotient_at_least": 1.9,
        "employment_quantile": 0.4,
        "establishments_quantile": 0.6,
    }
    for rule, quantile in ((strong10, 0.9), (significant, 0.5)):
        expected = us_strong(*cells, quantile=quantile, **others)
        assert 0 < expected.sum() < us_strong(*cells, quantile=0.0).sum()
        np.testing.assert_array_equal(rule(*cells, **others), expected)


@given(cells)
def test_strong_group_by_group(rows: list[tuple[float, float, float, int]]) -> None:
    quotient, jobs, firms, group = columns(rows)
    expected = np.full(len(group), np.nan)
    for one in np.unique(group):
        known = (group == one) & ~np.isnan(quotient + jobs + firms)
        counted = known & (jobs > 0)
        expected[known] = 0
        if counted.any():
            # Medians of type 7 are exact in numpy, so that ties fall alike.
            lq, few, small = (np.quantile(x[counted], 0.5) for x in (quotient, jobs, firms))
            strong = (quotient >= lq) & (quotient >= 1) & (jobs > few) & (firms > small)
            expected[known] = strong[known]
    found = significant(
        quotient, jobs, firms, group, employment_quantile=0.5, establishments_quantile=0.5
    )
    np.testing.assert_array_equal(found, expected)
