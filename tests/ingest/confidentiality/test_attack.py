"""The audit: intervals worked out by hand, against the plain method, and its own mistakes."""

from __future__ import annotations

import numpy as np
import pytest
from confidential import HANDBOOK, brute_force, cells, flat, needs, table_of
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.ingest.confidentiality.attack import Reach, audit, widths
from atlas.ingest.confidentiality.complement import complement
from atlas.ingest.confidentiality.tables import Need, Table

SENSITIVE = (2, 3)


def test_a_lone_suppressed_cell_is_worked_out() -> None:
    table = table_of(HANDBOOK)
    hidden = cells(table, SENSITIVE)
    found = audit(table, hidden, needs(table, hidden))
    assert found.exposed.sum() == 1
    assert (found.down[hidden], found.up[hidden], found.exact[hidden]) == (0, 0, True)
    assert widths(table, found)[hidden] == 0


def test_two_in_a_row_do_not_help_their_columns() -> None:
    table = table_of(HANDBOOK)
    hidden = cells(table, SENSITIVE, (2, 1))
    found = audit(table, hidden, needs(table, cells(table, SENSITIVE)))
    assert list(np.flatnonzero(found.exposed)) == [9, 11]


def test_a_rectangle_gives_the_interval_of_the_handbook() -> None:
    table = table_of(HANDBOOK)
    hidden = cells(table, SENSITIVE, (2, 1), (3, 1), (3, 3))
    found = audit(table, hidden, needs(table, cells(table, SENSITIVE)))
    assert not found.exposed.any()
    at = np.flatnonzero(cells(table, SENSITIVE))[0]
    assert found.exact[at]
    # 22 lies between 5 and 30: 8 and 17 leave as much.
    assert 22 - found.down[at] == pytest.approx(5, abs=0.05)
    assert 22 + found.up[at] == pytest.approx(30, abs=0.05)
    assert widths(table, found)[at] == pytest.approx(25 / 30, abs=0.002)


def test_an_interval_narrower_than_asked_for_is_exposure() -> None:
    table = table_of(HANDBOOK)
    hidden = cells(table, SENSITIVE, (2, 1), (3, 1), (3, 3))
    sensitive = cells(table, SENSITIVE)
    # It can rise by 8 of 22, 36 %; not by 40 %.
    assert not audit(table, hidden, needs(table, sensitive, 0.36)).exposed.any()
    assert list(np.flatnonzero(audit(table, hidden, needs(table, sensitive, 0.4)).exposed)) == [11]


def test_the_cheapest_complement_protects_the_handbooks_cell() -> None:
    table = table_of(HANDBOOK)
    sensitive = cells(table, SENSITIVE)
    hidden = complement(table, sensitive, needs(table, sensitive), table.value > 0)
    assert hidden.sum() == 4
    assert not hidden.reshape(4, 4)[0].any()
    assert not hidden.reshape(4, 4)[:, 0].any()
    assert not audit(table, hidden, needs(table, sensitive)).exposed.any()


def test_what_may_not_be_hidden_is_not() -> None:
    table = table_of(HANDBOOK)
    sensitive = cells(table, SENSITIVE)
    allowed = ~cells(table, (2, 1), (3, 1), (1, 1))
    hidden = complement(table, sensitive, needs(table, sensitive), allowed)
    assert not (hidden & ~allowed).any()
    assert not audit(table, hidden, needs(table, sensitive)).exposed.any()


def test_where_nothing_else_may_be_hidden_the_audit_fails() -> None:
    table = table_of(HANDBOOK)
    sensitive = cells(table, SENSITIVE)
    hidden = complement(table, sensitive, needs(table, sensitive), np.zeros(16, bool))
    assert (hidden == sensitive).all()
    assert audit(table, hidden, needs(table, sensitive)).exposed.sum() == 1


def test_whole_numbers_must_move_by_a_whole_one() -> None:
    table = table_of(((1, 1), (3, 7)))
    assert table.whole
    assert not table_of(((1, 1), (0.5, 7))).whole
    sensitive = np.arange(9) == 4
    need = needs(table, sensitive, 0.1)
    # A tenth of one person is nobody: the interval must hold 0, 1 and 2.
    assert (need.down[4], need.up[4], need.some[8]) == (1, 1, 1)
    hidden = complement(table, sensitive, need, table.value > 0)
    low, high = brute_force(table, hidden)
    assert (low[4], high[4] >= 2) == (0, True)


def test_a_move_that_does_not_add_up_proves_nothing() -> None:
    table = table_of(HANDBOOK)
    reach = Reach(table)
    move = np.zeros(16)
    move[11] = 5
    reach.learn(move)
    assert reach.up[11] == 0
    move[[9, 13, 15]] = (-5, 5, -5)
    reach.learn(move)
    assert reach.up[11] == pytest.approx(5, rel=0.01)


def test_a_figure_below_nothing_proves_nothing() -> None:
    table = table_of(HANDBOOK)
    reach = Reach(table)
    move = np.zeros(16)
    move[[11, 9, 13, 15]] = (12, -12, 12, -12)
    reach.learn(move)
    assert reach.up[11] == 0


def test_a_huge_neighbour_does_not_lend_its_rounding() -> None:
    # Alone in its row and column beside a billion: no tolerance of a solver makes it movable.
    table = table_of(((3, 1e9, 2e9), (1e9, 3e9, 1e9), (2e9, 1e9, 5e9)))
    hidden = cells(table, (1, 1), (2, 2), (2, 3), (3, 2), (3, 3))
    found = audit(table, hidden, needs(table, cells(table, (1, 1))))
    assert list(np.flatnonzero(found.exposed)) == [5]
    assert (found.down[5], found.up[5]) == (0, 0)


def test_dominance_asks_for_more_above() -> None:
    table = table_of(HANDBOOK)
    sensitive = cells(table, SENSITIVE)
    dominant = np.full(16, np.nan)
    dominant[11] = 29
    need = Need.of(table, sensitive, 0.1, dominant)
    assert (need.down[11], need.up[11]) == (pytest.approx(2.2), 7)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Table, np.ndarray]:
    """A table of 2 to 4 rows and 2 or 3 columns with totals, some of its cells sensitive."""
    rows, columns = draw(st.integers(2, 4)), draw(st.integers(2, 3))
    figure = st.integers(0, 60) | st.integers(0, 4)
    inner = draw(
        st.lists(st.lists(figure, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    )
    table = table_of(inner)
    chance = st.lists(st.booleans(), min_size=len(table.keys), max_size=len(table.keys))
    return table, np.array(draw(chance)) & (table.value > 0)


@settings(max_examples=40)
@given(tables())
def test_the_audit_is_never_more_hopeful_than_the_plain_attack(
    case: tuple[Table, np.ndarray],
) -> None:
    table, hidden = case
    found = audit(table, hidden, needs(table, hidden))
    low, high = brute_force(table, hidden)
    assert (table.value - found.down >= low - 1e-6)[hidden].all()
    assert (table.value + found.up <= high + 1e-6)[hidden].all()
    sure = hidden & found.exact
    near = {"rel": 0.002, "abs": 1e-6}
    assert found.down[sure] == pytest.approx((table.value - low)[sure], **near)
    within = sure & np.isfinite(high)
    assert found.up[within] == pytest.approx((high - table.value)[within], **near)


@settings(max_examples=40)
@given(tables())
def test_after_suppression_the_plain_attack_gets_no_figure(
    case: tuple[Table, np.ndarray],
) -> None:
    table, sensitive = case
    need = needs(table, sensitive, 0.1)
    hidden = complement(table, sensitive, need, table.value > 0)
    assert hidden[sensitive].all()
    found = audit(table, hidden, need)
    low, high = brute_force(table, hidden)
    safe = sensitive & ~found.exposed
    assert (high - low)[safe].min(initial=np.inf) >= 1 - 1e-3
    assert (table.value - low >= need.down * 0.99)[safe].all()
    assert (high - table.value >= need.up * 0.99)[safe].all()
    others = hidden & ~sensitive & ~found.exposed
    assert (high - low)[others].min(initial=np.inf) >= 1 - 1e-3


def test_sums_of_deeper_trees() -> None:
    trees = flat(2, 2)
    table = Table.of(np.arange(9), table_of(((1, 2), (3, 4))).value, trees)
    assert table.sums.shape == (6, 9)
    assert abs(table.sums @ table.value).max() == 0
    # Without a figure for the total of row 1 its parts stand in no sum of that row.
    kept = np.array([0, 1, 2, 4, 5, 6, 7, 8])
    assert Table.of(kept, table.value[kept], trees).sums.shape == (5, 8)
