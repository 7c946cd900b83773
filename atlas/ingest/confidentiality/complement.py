"""Secondary suppression of our own: the cheapest cells that protect those that are exposed.

For an exposed cell the method looks for the cheapest move of all cells that adds up and moves the
cell as far as needed; the cells that move with it are suppressed too. Both that move and its
opposite are possible then, so that the cell can rise and fall. Cells that are suppressed already
cost next to nothing.

Source: the linear relaxation of Kelly, Golden and Assad, "Cell suppression: disclosure protection
for sensitive tabular data", Networks 22 (1992).
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from scipy.optimize import linprog

from atlas.ingest.confidentiality.attack import Reach, shake
from atlas.ingest.confidentiality.tables import Array, Need, Table

_FREE = 1e-7
#: Programs for one round over all exposed cells.
_PROGRAMS = 40
_ROUNDS = 30
#: A little more than needed, so that rounding leaves enough.
_MORE = 1.01


def complement(table: Table, hidden: Array, need: Need, allowed: Array, seed: int = 0) -> Array:
    """The hidden cells with all that must be hidden too, as far as ``allowed`` cells can help.

    Deterministic. What cannot be protected (nothing else is allowed to be hidden) stays exposed:
    the audit finds it.
    """
    hidden = hidden.copy()
    reach = Reach(table)
    chance = np.random.default_rng(seed)
    hopeless = np.zeros(len(hidden), bool)
    for turn in range(_ROUNDS):
        shake(reach, hidden, need, seed=turn)
        exposed = np.flatnonzero(reach.exposed(hidden, need) & ~hopeless)
        if not len(exposed):
            break
        # The largest first: what protects it often protects others.
        exposed = exposed[np.argsort(-need.up[exposed], kind="stable")]
        size = -(-len(exposed) // _PROGRAMS)
        for start in range(0, len(exposed), size):
            batch = exposed[start : start + size]
            still = reach.exposed(hidden, need)
            _protect(reach, hidden, need, allowed, batch[still[batch]], chance, hopeless)
    return hidden


def _protect(
    reach: Reach,
    hidden: Array,
    need: Need,
    allowed: Array,
    batch: Array,
    chance: np.random.Generator,
    hopeless: Array,
) -> None:
    """Hide what protects a batch of cells: together where that is possible, else one by one, and
    at last each direction for itself."""
    if not len(batch):
        return
    goal = np.maximum(need.up, need.some)[batch] * _MORE
    sign = np.where(chance.random(len(batch)) < 0.5, 1.0, -1.0)
    sign = np.where(goal > reach.table.room[batch], 1.0, sign)
    both = _cheapest(reach.table, hidden, allowed, batch, sign * goal, both_ways=True)
    if both is not None:
        _hide(reach, hidden, both, goal)
        reach.learn(-both * min(1.0, float(_ratio(reach.table, both))))
        return
    if len(batch) > 1:
        for cell in batch:
            _protect(reach, hidden, need, allowed, np.array([cell]), chance, hopeless)
        return
    down = np.minimum(need.down[batch] * _MORE, reach.table.room[batch])
    for target in (goal, -down):
        if target.any():
            move = _cheapest(reach.table, hidden, allowed, batch, target, both_ways=False)
            if move is not None:
                _hide(reach, hidden, move, np.abs(target))
    hopeless[batch] = reach.exposed(hidden, need)[batch]


def _hide(reach: Reach, hidden: Array, move: Array, goal: Array) -> None:
    hidden |= np.abs(move) > 1e-6 * max(float(goal.min()), 1e-12)
    reach.learn(np.where(hidden, move, 0.0))


def _ratio(table: Table, move: Array) -> float:
    """How much of a move's opposite is possible before a cell reaches the floor."""
    falls = move > 0
    with np.errstate(divide="ignore"):
        return float(np.min(table.room[falls] / move[falls], initial=1.0))


def _cheapest(
    table: Table, hidden: Array, allowed: Array, batch: Array, target: Array, *, both_ways: bool
) -> Array | None:
    """The cheapest move that moves each cell of the batch to its target; None if there is none.

    ``both_ways``: no cell rises by more than it could fall, so that the opposite is possible too.
    """
    movable = hidden | allowed
    movable[batch] = True
    cells = np.flatnonzero(movable)
    sums = table.sums[:, cells]
    sums = sums[np.diff(sums.indptr) > 0]
    unit = float(np.abs(target).max())
    room = np.minimum(table.room[cells], 1e6 * unit) / unit
    high = room.copy() if both_ways else np.full(len(cells), np.inf)
    low = -room
    at = np.searchsorted(cells, batch)
    low[at] = high[at] = target / unit
    size = np.abs(table.value[cells])
    cost = np.where(
        hidden[cells], _FREE, np.sqrt(size + 1) / np.maximum(np.minimum(size / unit, 1), 1e-9)
    )
    found = linprog(
        np.concatenate([cost, cost]),
        A_eq=sp.hstack([sums, -sums], format="csr"),
        b_eq=np.zeros(sums.shape[0]),
        bounds=np.column_stack(
            [
                np.concatenate([np.maximum(low, 0), np.maximum(-high, 0)]),
                np.concatenate([np.maximum(high, 0), np.maximum(-low, 0)]),
            ]
        ),
        method="highs",
    )
    if found.x is None or found.status != 0:
        return None
    move = np.zeros(len(table.value))
    move[cells] = (found.x[: len(cells)] - found.x[len(cells) :]) * unit
    return move
