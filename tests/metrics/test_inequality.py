"""Concentration, inequality, variety: published values, other formulas, what always holds."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from atlas.metrics import inequality
from atlas.metrics.inequality import (
    entropy,
    equivalent_number,
    herfindahl,
    herfindahl_normalised,
    krugman,
    krugman_mean,
    krugman_rest,
    locational_gini,
    related_variety,
    shares,
)

#: Employment by industry: the region and four others (Farhauer and Kröll).
SWEDEN = np.array(
    [
        [45000, 15000, 32000, 10000, 30000],
        [35000, 12000, 30000, 8000, 22000],
        [40000, 10000, 25000, 9000, 18000],
        [30000, 11000, 18000, 3000, 13000],
        [40000, 6000, 11000, 2000, 12000],
    ],
    dtype=float,
)
#: Figures of one row of amounts.
OF_ROWS = [herfindahl, herfindahl_normalised, equivalent_number, entropy]
TABLES = [krugman_rest, krugman_mean]

counts = st.lists(st.integers(0, 10**6), min_size=1, max_size=8)
tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 1000), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


def row(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)


def test_herfindahl_farhauer_kroell() -> None:
    amounts = row(20, 50, 20, 10)
    assert herfindahl(amounts) == pytest.approx(0.34)
    assert herfindahl_normalised(amounts) == pytest.approx(0.12)
    assert equivalent_number(amounts) == pytest.approx(2.94, abs=0.005)


def test_krugman_mean_farhauer_kroell() -> None:
    assert krugman_mean(SWEDEN)[0] == pytest.approx(0.1595, abs=5e-5)


def test_krugman_against_the_pooled_rest_is_another_figure() -> None:
    by_hand = np.abs(SWEDEN[0] / 132000 - SWEDEN[1:].sum(axis=0) / SWEDEN[1:].sum()).sum()
    assert krugman_rest(SWEDEN)[0] == pytest.approx(by_hand)
    assert by_hand == pytest.approx(0.1350832)


def test_locational_gini_of_an_industry_farhauer_kroell() -> None:
    found = locational_gini(row(500, 500, 1000, 7000, 1000), row(20000, 15000, 20000, 40000, 5000))
    assert found == pytest.approx(0.4068966, abs=5e-8)


def test_locational_gini_of_a_region_farhauer_kroell() -> None:
    found = locational_gini(
        row(700, 600, 500, 10000, 40000), row(30000, 15000, 10000, 60000, 50000)
    )
    assert found == pytest.approx(0.6222222, abs=5e-8)


def test_entropy_and_variety_by_hand() -> None:
    assert entropy(row(1, 1, 1, 1)) == 2
    assert entropy(row(5, 0)) == 0
    assert not np.signbit(entropy(row(5, 0)))
    found = related_variety(row(1, 1, 2, 0), ["a", "a", "b", "b"])
    # Two parents of a half each; one of them two equal industries, the other a single one.
    assert (found.unrelated, found.related, found.entropy) == (1, 0.5, 1.5)


def test_krugman_from_nothing_to_everything() -> None:
    assert krugman(row(10, 30), row(1, 3)) == 0
    assert krugman(row(10, 0), row(0, 3)) == 2


def test_one_region_or_one_industry() -> None:
    assert herfindahl(row(7)) == equivalent_number(row(7)) == 1
    assert np.isnan(herfindahl_normalised(row(7)))
    assert entropy(row(7)) == locational_gini(row(7), row(9)) == 0
    for index in TABLES:
        assert np.isnan(index(np.array([[3.0, 4]]))).all()
        assert index(np.array([[3.0], [4]])).tolist() == [0, 0]


@pytest.mark.parametrize("figure", OF_ROWS)
def test_nothing_at_all_and_less_than_nothing_are_missing(figure: object) -> None:
    for amounts in (row(0, 0), row(), row(np.nan, np.nan), row(3, -1)):
        assert np.isnan(figure(amounts))  # type: ignore[operator]
    assert np.isnan(figure(row(np.nan, np.nan), skip_missing=True))  # type: ignore[operator]
    with pytest.raises(ValueError, match="single number"):
        figure(np.float64(3))  # type: ignore[operator]


@pytest.mark.parametrize("figure", OF_ROWS)
def test_a_missing_amount_is_missing_or_left_out_never_zero(figure: object) -> None:
    with_gap = np.array([[20, np.nan, 50, 20, 10], [1, 2, 3, 4, 5]])
    strict = figure(with_gap)  # type: ignore[operator]
    loose = figure(with_gap, skip_missing=True)  # type: ignore[operator]
    assert np.isnan(strict[0])
    assert loose[0] == figure(row(20, 50, 20, 10))  # type: ignore[operator]
    assert strict[1] == loose[1] == figure(with_gap[1])  # type: ignore[operator]


def test_missing_in_the_two_row_figures() -> None:
    one, other = row(1, np.nan, 3, 5), row(2, 2, np.nan, 8)
    assert np.isnan(krugman(one, other))
    assert np.isnan(locational_gini(one, other))
    assert krugman(one, other, skip_missing=True) == krugman(row(1, 5), row(2, 8))
    assert locational_gini(one, other, skip_missing=True) == locational_gini(row(1, 5), row(2, 8))
    variety = related_variety(one, [1, 1, 2, 2], skip_missing=True)
    assert variety.entropy == pytest.approx(entropy(row(1, 3, 5)))
    assert np.isnan(related_variety(one, [1, 1, 2, 2]).related)


def test_a_region_with_a_gap_is_no_part_of_the_rest() -> None:
    gap = np.vstack([SWEDEN, [1000, np.nan, 10, 10, 10]])
    for index in TABLES:
        found = index(gap)
        np.testing.assert_allclose(found[:5], index(SWEDEN), rtol=1e-12)
        assert np.isnan(found[5])
        assert not np.isnan(index(gap, skip_missing=True)).any()


def test_places_without_anybody_and_amounts_without_a_total() -> None:
    assert locational_gini(row(5, 0, 1), row(9, 0, 9)) == locational_gini(row(5, 1), row(9, 9))
    assert np.isnan(locational_gini(row(5, 1, 1), row(9, 0, 9)))
    assert np.isnan(locational_gini(row(0, 0), row(9, 9)))
    assert np.isnan(locational_gini(row(1, 1), row(9, -9)))


@given(counts)
def test_bounds_and_scale(amounts: list[int]) -> None:
    table = np.array(amounts, dtype=float)
    if not table.sum():
        return
    number = len(amounts)
    assert 1 / number - 1e-12 <= herfindahl(table) <= 1 + 1e-12
    assert 0 <= entropy(table) <= np.log2(number) + 1e-9
    for figure in OF_ROWS:
        np.testing.assert_allclose(figure(table * 3.7), figure(table), rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(figure(table[::-1]), figure(table), rtol=1e-9, atol=1e-12)


@given(counts)
def test_entropy_is_scipys(amounts: list[int]) -> None:
    table = np.array(amounts, dtype=float)
    if table.sum():
        expected = scipy.stats.entropy(table, base=2)
        assert entropy(table) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(1, 1000)), min_size=1, max_size=8))
def test_gini_is_half_the_relative_mean_difference(pairs: list[tuple[int, int]]) -> None:
    amounts, totals = np.array(pairs, dtype=float).T
    found = locational_gini(amounts, totals)
    quotients = amounts / totals
    if not quotients.sum():
        assert np.isnan(found)
        return
    difference = np.abs(quotients[:, None] - quotients).mean()
    assert found == pytest.approx(difference / (2 * quotients.mean()), abs=1e-9)


@given(tables, st.data())
def test_related_and_unrelated_variety_are_the_entropy(
    table: list[list[int]], data: st.DataObject
) -> None:
    amounts = np.array(table, dtype=float)
    width = amounts.shape[1]
    parents = data.draw(st.lists(st.sampled_from("abc"), min_size=width, max_size=width))
    found = related_variety(amounts, parents)
    np.testing.assert_allclose(found.related + found.unrelated, entropy(amounts), atol=1e-9)
    assert not (found.related < -1e-12).any()
    assert not (found.unrelated < -1e-12).any()


@given(tables, st.randoms())
def test_relabelling_regions_moves_the_figures_along(
    table: list[list[int]], shuffle: object
) -> None:
    amounts = np.array(table, dtype=float)
    order = np.array(shuffle.sample(range(len(table)), len(table)))  # type: ignore[attr-defined]
    for index in (*TABLES, *OF_ROWS):
        np.testing.assert_allclose(index(amounts[order]), index(amounts)[order], atol=1e-9)


@given(tables)
def test_krugman_one_region_at_a_time(table: list[list[int]]) -> None:
    amounts = np.array(table, dtype=float)
    some = amounts.sum(axis=1) > 0
    rest, mean = krugman_rest(amounts), krugman_mean(amounts)
    assert np.isnan(rest[~some]).all()
    assert np.isnan(mean[~some]).all()
    for region in np.flatnonzero(some):
        others = np.delete(amounts[some], some[:region].sum(), axis=0)
        if not len(others):
            assert np.isnan(rest[region])
            continue
        pooled = krugman(amounts[region], others.sum(axis=0))
        assert rest[region] == pytest.approx(pooled, abs=1e-9)
        of_shares = krugman(amounts[region], shares(others).mean(axis=0))
        assert mean[region] == pytest.approx(of_shares, abs=1e-9)
        assert 0 <= rest[region] <= 2 + 1e-9


def test_inputs_are_left_untouched() -> None:
    amounts, totals = np.array([[3.0, np.nan, 0], [1, 2, 3]]), np.array([9.0, 9, 0])
    before = amounts.copy(), totals.copy()
    for figure in (*OF_ROWS, *TABLES):
        figure(amounts)
        figure(amounts, skip_missing=True)
    locational_gini(amounts, totals, skip_missing=True)
    related_variety(amounts, [1, 1, 2], skip_missing=True)
    krugman(amounts, totals, skip_missing=True)
    np.testing.assert_array_equal(amounts, before[0])
    np.testing.assert_array_equal(totals, before[1])


def test_unusable_shapes() -> None:
    with pytest.raises(ValueError, match="label"):
        related_variety(row(1, 2), ["a"])
    with pytest.raises(ValueError, match="label"):
        related_variety(row(1, 2), ["a", None])
    with pytest.raises(ValueError, match="two dimensions"):
        krugman_rest(row(1, 2))
    with pytest.raises(ValueError, match="broadcast"):
        krugman(row(1, 2), row(1, 2, 3))
    with pytest.raises(ValueError, match="single place"):
        locational_gini(np.float64(1), np.float64(2))


def test_every_parameter_is_described() -> None:
    functions = (*OF_ROWS, *TABLES, krugman, locational_gini, related_variety)
    for function in functions:
        named = [
            name
            for name, parameter in inspect.signature(function).parameters.items()
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY
        ]
        assert named == list(inequality.PARAMETERS)
