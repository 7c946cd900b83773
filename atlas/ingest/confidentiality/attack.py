"""The audit: what an attacker learns of suppressed cells from all that is published.

The attacker knows every published figure, both hierarchies, and that no figure is negative. What
they cannot rule out is every table that adds up to the same published figures. The method looks
for such tables (*witnesses*): one table in which a cell is larger than it is, and one in which it
is smaller, prove that the attacker's interval for the cell reaches at least so far. One linear
program moves many cells at once; only cells for which that proves nothing get programs of their
own, whose optimum is the interval's true end.

Source: attacker subproblems of Fischetti and Salazar, "Solving the cell suppression problem on
tabular data with linear constraints", Management Science 47 (2001).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.optimize import linprog
from scipy.sparse.csgraph import connected_components

from atlas.ingest.confidentiality.tables import Array, Need, Table

#: A move counts where the errors of all sums together are less than this share of it.
_ERROR = 1e-3
_TURNS = 40
#: Programs spent on finding the narrowest interval exactly.
_SEARCH = 120
_OPTIONS = {"primal_feasibility_tolerance": 1e-9, "dual_feasibility_tolerance": 1e-9}


class Reach:
    """How far each cell of a table is known to be able to move: ``down`` and ``up``, as distances,
    each proved by a table that adds up."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.down = np.zeros(len(table.value))
        self.up = np.zeros(len(table.value))

    def learn(self, move: Array) -> None:
        """Take note of a move of all cells; what does not add up or goes below the floor only
        counts for cells that move much more than the error."""
        possible = np.maximum(move, -self.table.room)
        error = np.abs(self.table.sums @ possible).sum()
        sure = np.where(np.abs(possible) * _ERROR >= error, possible, 0.0) * (1 - _ERROR)
        self.up = np.maximum(self.up, sure)
        self.down = np.maximum(self.down, -sure)

    def short(self, hidden: Array, need: Need) -> tuple[Array, Array, Array]:
        """Which hidden cells are not proved to fall, to rise, and to move at all."""
        near = 1 - 2 * _ERROR
        falls = hidden & (self.down < near * need.down)
        rises = hidden & (self.up < near * need.up)
        moves = hidden & (np.maximum(self.down, self.up) < near * need.some)
        return falls, rises, moves

    def exposed(self, hidden: Array, need: Need) -> Array:
        """Hidden cells that are not proved to be protected as needed."""
        falls, rises, moves = self.short(hidden, need)
        return falls | rises | moves


def shake(reach: Reach, hidden: Array, need: Need, seed: int = 0) -> None:
    """Move many hidden cells at once, in both directions, until that proves nothing new."""
    cells, sums = _moving(reach.table, hidden)
    if not len(cells):
        return
    chance = np.random.default_rng(seed)
    largest = 10 * (np.abs(reach.table.value).sum() + need.up.max(initial=0.0) + 1)
    wasted = 0
    for _ in range(_TURNS):
        falls, rises, moves = (short[cells] for short in reach.short(hidden, need))
        wanted = falls | rises | moves
        before = wanted.sum()
        if not before or wasted > 2:
            return
        either = np.where(chance.random(len(cells)) < 0.5, 1.0, -1.0)
        sign = np.where(rises == falls, either, np.where(rises, 1.0, -1.0)) * wanted
        scale = np.maximum(np.maximum(need.up, need.down), need.some)[cells]
        size = np.maximum(np.abs(reach.table.value[cells]), scale)
        cap = np.where(rises | falls, scale, size) * (1 + 3 * _ERROR)
        low = np.where(sign < 0, np.maximum(-cap, -reach.table.room[cells]),
                       -np.minimum(reach.table.room[cells], largest))  # fmt: skip
        high = np.where(sign > 0, cap, largest)
        move = _solve(-sign / np.maximum(scale, 1e-12), sums, low, high)
        if move is not None:
            whole = np.zeros(len(hidden))
            whole[cells] = move
            reach.learn(whole)
        wasted = wasted + 1 if reach.exposed(hidden, need).sum() == before else 0


@dataclass(frozen=True)
class Audit:
    """What an attack found: for each cell of the table how far it can move ``down`` and ``up`` at
    least, whether that is the ``exact`` end of the attacker's interval on both sides, and which
    hidden cells are ``exposed``: without the protection needed."""

    down: Array
    up: Array
    exact: Array
    exposed: Array


def audit(table: Table, hidden: Array, need: Need) -> Audit:
    """Attack a table of which the ``hidden`` cells are suppressed."""
    reach = Reach(table)
    exact = np.zeros(len(hidden), bool)
    shake(reach, hidden, need)
    cells, sums = _moving(table, hidden)
    # Cells that stand alone in a sum cannot move at all.
    exact[hidden] = True
    exact[cells] = False
    parts = connected_components(sums.T @ sums, directed=False)[1] if len(cells) else cells
    ends = _Ends(reach, cells, sums, parts)
    for cell in np.flatnonzero(reach.exposed(hidden, need) & ~exact):
        if reach.exposed(hidden, need)[cell]:
            ends.find(int(cell))
            exact[cell] = True
    for kind in (hidden & (need.up > 0), hidden):
        _narrowest(reach, kind, exact, ends)
    return Audit(reach.down, reach.up, exact, reach.exposed(hidden, need))


def widths(table: Table, found: Audit | Reach) -> Array:
    """The width of each cell's interval as a share of its upper end: 0 for a point, 1 for "anything
    from nothing up". Of ends that an attacker can compute alone, so that it tells no figure."""
    top = np.abs(table.value) + found.up
    low = np.minimum(found.down, table.room)
    return np.divide(found.up + low, top, out=np.zeros(len(top)), where=top > 0)


def _narrowest(reach: Reach, hidden: Array, exact: Array, ends: _Ends) -> None:
    """Find the true ends of the narrowest intervals, narrowest first, as far as the budget goes."""
    for _ in range(_SEARCH):
        found = widths(reach.table, reach)
        open_ = hidden & ~exact
        if not open_.any():
            return
        best = found[hidden & exact].min(initial=np.inf)
        cell = int(np.flatnonzero(open_)[found[open_].argmin()])
        if found[cell] >= best:
            return
        ends.find(cell)
        exact[cell] = True


class _Ends:
    """The true ends of cells' intervals, by two linear programs each over the cells that hang
    together with them."""

    def __init__(self, reach: Reach, cells: Array, sums: sp.csr_matrix, parts: Array) -> None:
        self.reach, self.cells, self.sums, self.parts = reach, cells, sums, parts

    def find(self, cell: int) -> None:
        """Look how far the cell can fall and rise, and take note of it."""
        place = int(np.searchsorted(self.cells, cell))
        together = np.flatnonzero(self.parts == self.parts[place])
        mine = self.cells[together]
        sums = self.sums[:, together]
        sums = sums[np.diff(sums.indptr) > 0]
        table = self.reach.table
        largest = 10 * (np.abs(table.value).sum() + 1)
        low = -np.minimum(table.room[mine], largest)
        for sign in (1.0, -1.0):
            aim = np.where(mine == cell, -sign, 0.0)
            move = _solve(aim, sums, low, np.full(len(mine), largest))
            if move is not None:
                whole = np.zeros(len(table.value))
                whole[mine] = move
                self.reach.learn(whole)


def _moving(table: Table, hidden: Array) -> tuple[Array, sp.csr_matrix]:
    """The hidden cells that no sum pins down at once, and the sums over them alone."""
    free = hidden.copy()
    while True:
        cells = np.flatnonzero(free)
        sums = table.sums[:, cells]
        alone = np.flatnonzero(np.diff(sums.indptr) == 1)
        if not len(alone):
            return cells, sums[np.diff(sums.indptr) > 0]
        free[cells[sums[alone].indices]] = False


def _solve(aim: Array, sums: sp.csr_matrix, low: Array, high: Array) -> Array | None:
    """The move with the least ``aim``, in units in which the programs are well scaled."""
    unit = float(np.median(np.maximum(-low, 1e-12))) or 1.0
    if not np.isfinite(unit):
        unit = 1.0
    bounds = np.column_stack([low, high]) / unit
    zero = np.zeros(sums.shape[0])
    found = linprog(aim, A_eq=sums, b_eq=zero, bounds=bounds, method="highs", options=_OPTIONS)
    return found.x * unit if found.x is not None and found.status == 0 else None
