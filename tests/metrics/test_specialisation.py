"""The quotient and the two shares: worked values, what is missing, and what always holds."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.metrics import METRICS
from atlas.metrics.specialisation import amount, focus, location_quotient, size

#: Published counts: whole numbers up to a large country's employment.
COUNTS = st.integers(min_value=0, max_value=10**8)


def one(*values: float) -> list[np.ndarray]:
    return [np.array([value], dtype=float) for value in values]


def test_location_quotient_of_the_textbook() -> None:
    # (1714 / 79006) / (879213 / 15593224), Farhauer and Kröll.
    value = location_quotient(*one(1714, 79006, 879213, 15593224))
    assert value == pytest.approx([0.3847623], abs=5e-8)


def test_location_quotient_by_hand() -> None:
    # Half the region, a quarter of the country: twice as concentrated.
    assert location_quotient(*one(50, 100, 250, 1000)).tolist() == [2.0]
    assert location_quotient(*one(0, 100, 250, 1000)).tolist() == [0.0]


def test_shares_by_hand() -> None:
    assert size(*one(30, 120)).tolist() == [0.25]
    assert focus(*one(30, 60)).tolist() == [0.5]
    assert size(*one(0, 120)).tolist() == [0.0]
    assert amount(*one(123.5)).tolist() == [123.5]


@pytest.mark.parametrize("position", range(4))
def test_a_missing_term_makes_the_quotient_missing(position: int) -> None:
    terms = one(50, 100, 250, 1000)
    terms[position] = np.array([np.nan])
    assert np.isnan(location_quotient(*terms)).all()


@pytest.mark.parametrize(
    "terms", [(50, 0, 250, 1000), (50, 100, 0, 1000), (50, 100, 250, 0), (0, 0, 0, 0)]
)
def test_a_zero_denominator_makes_the_quotient_missing(terms: tuple[float, ...]) -> None:
    assert np.isnan(location_quotient(*one(*terms))).all()


@pytest.mark.parametrize("share", [size, focus])
def test_a_share_of_nothing_or_of_the_unknown_is_missing(share: object) -> None:
    for terms in ((0, 0), (5, 0), (np.nan, 10), (10, np.nan)):
        assert np.isnan(share(*one(*terms))).all(), terms  # type: ignore[operator]


@pytest.mark.parametrize("name", ["amount", "location_quotient", "size", "focus", "growth"])
def test_inputs_are_left_untouched(name: str) -> None:
    found = METRICS[name]
    terms = [np.array([3.0, 0.0, np.nan, 7.0]) + number for number in range(len(found.needs))]
    before = [term.copy() for term in terms]
    result = found.compute(*terms)
    for term, as_it_was in zip(terms, before, strict=True):
        np.testing.assert_array_equal(term, as_it_was)
        assert not np.shares_memory(result, term)


tables = st.integers(1, 6).flatmap(
    lambda regions: st.lists(
        st.lists(COUNTS, min_size=regions, max_size=regions), min_size=1, max_size=6
    )
)


def of_table(counts: np.ndarray) -> list[np.ndarray]:
    """x_ri, x_r, X_i and X of a whole table, industries in rows, regions in columns."""
    x_r, x_i = counts.sum(axis=0), counts.sum(axis=1)
    terms = (counts, x_r[None, :], x_i[:, None], counts.sum()[None, None])
    return [np.broadcast_to(term, counts.shape).astype(float) for term in terms]


@given(tables)
def test_the_quotients_mean_weighted_by_the_regions_is_one(table: list[list[int]]) -> None:
    counts = np.array(table, dtype=np.int64)
    quotient = location_quotient(*of_table(counts))
    weights = counts.sum(axis=0)
    for industry, row in zip(counts, quotient, strict=True):
        if not industry.sum():
            assert np.isnan(row).all()
            continue
        # A region with nothing at all has no quotient and no weight.
        seen = weights > 0
        assert math.isclose(np.average(row[seen], weights=weights[seen]), 1, rel_tol=1e-9)


@given(tables)
def test_shares_add_up_to_one(table: list[list[int]]) -> None:
    counts = np.array(table, dtype=np.int64)
    x_ri, x_r, x_i, _ = of_table(counts)
    sizes, focuses = size(x_ri, x_i), focus(x_ri, x_r)
    with_any = counts.sum(axis=1) > 0
    assert sizes[with_any].sum(axis=1) == pytest.approx(np.ones(with_any.sum()))
    with_any = counts.sum(axis=0) > 0
    assert focuses[:, with_any].sum(axis=0) == pytest.approx(np.ones(with_any.sum()))


@given(tables, st.randoms())
def test_relabelling_regions_changes_nothing(table: list[list[int]], shuffle: object) -> None:
    counts = np.array(table, dtype=np.int64)
    order = list(range(counts.shape[1]))
    shuffle.shuffle(order)  # type: ignore[attr-defined]
    np.testing.assert_array_equal(
        location_quotient(*of_table(counts))[:, order],
        location_quotient(*of_table(counts[:, order])),
    )


@given(st.lists(COUNTS, min_size=4, max_size=4), st.floats(0.01, 1000))
def test_the_unit_does_not_matter(terms: list[int], scale: float) -> None:
    before = location_quotient(*one(*terms))
    after = location_quotient(*one(*(scale * term for term in terms)))
    pd.testing.assert_series_equal(pd.Series(before), pd.Series(after), rtol=1e-9)
