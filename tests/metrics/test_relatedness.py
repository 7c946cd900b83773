"""Proximity, density, complexity: the published toy, brute force, and what is not determined."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.metrics.relatedness import complexity, density, proximity, reflections, specialised

#: Hidalgo and Hausmann's toy of four countries and four products.
TOY = np.array([[1, 1, 1, 1], [0, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]], dtype=float)

tables = st.tuples(st.integers(1, 7), st.integers(1, 6)).flatmap(
    lambda shape: st.lists(
        st.lists(st.sampled_from([0.0, 1.0]), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)
gappy = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0.0, 1.0, np.nan]), min_size=width, max_size=width),
        min_size=1,
        max_size=6,
    )
)


def test_reflections_of_the_hidalgo_hausmann_toy() -> None:
    start, first = reflections(TOY, 0), reflections(TOY, 1)
    assert (start.regions.tolist(), start.industries.tolist()) == ([4, 1, 2, 1], [1, 2, 2, 3])
    np.testing.assert_allclose(first.regions, [2, 2, 2.5, 3])
    np.testing.assert_allclose(first.industries, [4, 2.5, 3, 7 / 3])


def test_eigenvalues_of_the_hidalgo_hausmann_toy() -> None:
    found = complexity(TOY).eigenvalues
    np.testing.assert_allclose(found, [1, 0.5421337, 0.1901543, 0.1010453], atol=5e-8)


def test_complexity_of_the_toy_is_the_second_eigenvector() -> None:
    found = complexity(TOY)
    to_industry, to_region = TOY / TOY.sum(axis=1)[:, None], TOY / TOY.sum(axis=0)
    for walk, values in (
        (to_industry @ to_region.T, found.regions),
        (to_region.T @ to_industry, found.industries),
    ):
        # Standardising adds a constant, the first eigenvector: it alone is left over.
        left = walk @ values - found.eigenvalues[1] * values
        np.testing.assert_allclose(left, left[0], atol=1e-12)


def test_complexity_is_standardised_and_rises_with_diversity() -> None:
    found = complexity(TOY)
    for values in (found.regions, found.industries):
        assert values.mean() == pytest.approx(0, abs=1e-12)
        assert values.std() == pytest.approx(1)
    expected = [-0.0753531, -1.6029161, 0.7477882, 0.930481]
    np.testing.assert_allclose(found.regions, expected, atol=5e-7)
    assert np.corrcoef(found.regions, TOY.sum(axis=1))[0, 1] > 0


def test_proximity_and_density_by_hand() -> None:
    # The first two industries share one of the second's two regions.
    phi = proximity(TOY)
    np.testing.assert_allclose(phi[0], [1, 1 / 2, 1 / 2, 1 / 3])
    np.testing.assert_allclose(phi[2], [1 / 2, 1 / 2, 1, 2 / 3])
    found = density(TOY, phi)
    # The second region has the second industry alone: .5 of 1 + .5 + .5 + .333.
    np.testing.assert_allclose(found[1, 0], 0.5 / (7 / 3))
    np.testing.assert_allclose(found[0], np.ones(4))
    apart = phi - np.eye(4)
    np.testing.assert_allclose(density(TOY, apart)[3], [1 / 4, 1 / 4, 2 / 5, 0])


def test_specialised_from_quotients() -> None:
    quotients = np.array([[1.0, 0.99], [np.nan, 2.5]])
    np.testing.assert_array_equal(specialised(quotients), [[1, 0], [np.nan, 1]])
    np.testing.assert_array_equal(specialised(quotients, 2.0), [[0, 0], [np.nan, 1]])
    with pytest.raises(ValueError, match="number"):
        specialised(quotients, np.nan)


def test_empty_rows_and_columns_are_missing_and_change_nothing() -> None:
    padded = np.zeros((6, 5))
    padded[np.ix_([0, 2, 3, 5], [0, 1, 3, 4])] = TOY
    found, plain = complexity(padded), complexity(TOY)
    np.testing.assert_allclose(found.regions[[0, 2, 3, 5]], plain.regions)
    np.testing.assert_allclose(found.industries[[0, 1, 3, 4]], plain.industries)
    np.testing.assert_allclose(found.eigenvalues, plain.eigenvalues, atol=1e-12)
    assert np.isnan(found.regions[[1, 4]]).all()
    assert np.isnan(found.industries[2])
    phi = proximity(padded)
    assert np.isnan(phi[2]).all()
    assert np.isnan(phi[:, 2]).all()
    near = density(padded, phi)
    assert np.isnan(near[:, 2]).all()
    assert (near[1, [0, 1, 3, 4]] == 0).all()
    for n in (1, 2, 5):
        deep, same = reflections(padded, n), reflections(TOY, n)
        np.testing.assert_allclose(deep.regions[[0, 2, 3, 5]], same.regions)
        np.testing.assert_allclose(deep.industries[[0, 1, 3, 4]], same.industries)
        assert np.isnan(deep.regions[[1, 4]]).all()
    assert reflections(padded, 0).regions[1] == 0


@pytest.mark.parametrize(
    "m",
    [
        # Two blocks without a tie; everybody everything; one region; one industry; nothing; none.
        [[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]],
        [[1, 1], [1, 1]],
        [[1, 1, 1]],
        [[1], [1], [1]],
        [[0, 0], [0, 0]],
        [[np.nan, np.nan], [np.nan, np.nan]],
        # A ring: the second and third eigenvalue are one.
        [[1, 1, 0], [0, 1, 1], [1, 0, 1]],
    ],
)
def test_complexity_that_is_not_determined_is_missing(m: list[list[float]]) -> None:
    found = complexity(np.array(m, dtype=float))
    assert np.isnan(found.regions).all()
    assert np.isnan(found.industries).all()


def test_no_regions_at_all() -> None:
    found = complexity(np.zeros((0, 3)))
    assert found.regions.shape == (0,)
    assert np.isnan(found.industries).all()
    assert np.isnan(proximity(np.zeros((0, 3)))).all()


@given(gappy)
def test_proximity_counted_pair_by_pair(table: list[list[float]]) -> None:
    m = np.array(table)
    phi = proximity(m)
    for p in range(m.shape[1]):
        for q in range(m.shape[1]):
            both = ~np.isnan(m[:, p] + m[:, q])
            in_p, in_q = m[both, p] == 1, m[both, q] == 1
            if not (in_p.any() and in_q.any()):
                assert np.isnan(phi[p, q])
                continue
            together = (in_p & in_q).sum()
            assert phi[p, q] == min(together / in_p.sum(), together / in_q.sum())


@given(gappy)
def test_density_counted_cell_by_cell(table: list[list[float]]) -> None:
    m = np.array(table)
    phi = proximity(m)
    near = np.nan_to_num(phi)
    found = density(m, phi)
    for region, row in enumerate(m):
        known = ~np.isnan(row)
        for industry in range(m.shape[1]):
            whole = near[known, industry].sum()
            if not whole:
                assert np.isnan(found[region, industry])
                continue
            part = near[row == 1, industry].sum()
            assert found[region, industry] == pytest.approx(part / whole)


@given(tables, st.integers(1, 6))
def test_reflections_by_averages(table: list[list[float]], n: int) -> None:
    m = np.array(table)
    before, found = reflections(m, n - 1), reflections(m, n)
    for region, row in enumerate(m):
        if row.any():
            assert found.regions[region] == pytest.approx(before.industries[row == 1].mean())
    for industry, column in enumerate(m.T):
        if column.any():
            assert found.industries[industry] == pytest.approx(before.regions[column == 1].mean())


@given(tables, st.randoms())
def test_relabelling_regions_and_industries_moves_the_figures_along(
    table: list[list[float]], shuffle: object
) -> None:
    m = np.array(table)
    rows, columns = (
        np.array(shuffle.sample(range(size), size))  # type: ignore[attr-defined]
        for size in m.shape
    )
    moved = m[rows][:, columns]
    found, again = complexity(m), complexity(moved)
    np.testing.assert_allclose(again.regions, found.regions[rows], atol=1e-6)
    np.testing.assert_allclose(again.industries, found.industries[columns], atol=1e-6)
    phi = proximity(m)
    np.testing.assert_array_equal(proximity(moved), phi[columns][:, columns])


@given(tables)
def test_complexity_rises_with_diversity(table: list[list[float]]) -> None:
    m = np.array(table)
    found = complexity(m).regions
    there = ~np.isnan(found)
    if there.any():
        diversity = m.sum(axis=1)[there]
        assert (found[there] * (diversity - diversity.mean())).sum() > 0


@pytest.mark.parametrize("m", [[0.0, 1], [[0.5, 1]], [[2.0, 0]], [[[1.0]]]])
def test_only_tables_of_zero_and_one(m: object) -> None:
    table = np.array(m)
    for compute in (proximity, complexity, lambda x: reflections(x, 1)):
        with pytest.raises(ValueError, match="0, 1 and missing"):
            compute(table)


def test_unusable_parameters() -> None:
    with pytest.raises(ValueError, match="counted from 0"):
        reflections(TOY, -1)
    with pytest.raises(ValueError, match="4 industries"):
        density(TOY, np.eye(3))


def test_inputs_are_left_untouched() -> None:
    m = TOY.copy()
    m[1, 2] = np.nan
    before, phi = m.copy(), proximity(m)
    kept = phi.copy()
    specialised(m)
    density(m, phi)
    complexity(m)
    reflections(m, 3)
    np.testing.assert_array_equal(m, before)
    np.testing.assert_array_equal(phi, kept)
