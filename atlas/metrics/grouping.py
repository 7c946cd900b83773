"""Quantiles and top shares within groups of cells, for millions of cells at once.

Cells that are compared with each other (one measure, level, industry and year) share a whole
number, their group; groups may come in any order. A missing value takes no part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.float64]
Integers = npt.NDArray[np.integer[Any]]
Flags = npt.NDArray[np.bool_]
Made = TypeVar("Made")

#: A position this close to a whole number is that number: 0.29 * 100 is 28.999999999999996.
_CLOSE = 1e-9


@dataclass(frozen=True, eq=False)
class Groups:
    """Where the cells of each group stand; made once, it serves any number of calls.

    ``codes``: for each cell the position of its group, counted in order of appearance;
    ``sizes`` and ``starts``: cells of each group, and the first of them in ``order``;
    ``order``: the cells, group by group (None where they stand so already).
    """

    codes: Integers
    sizes: Integers
    starts: Integers
    order: Integers | None
    _kept: dict[str, tuple[tuple[Numbers, ...], Any]] = field(default_factory=dict, init=False)

    def once(self, name: str, columns: tuple[Numbers, ...], make: Callable[[], Made]) -> Made:
        """What ``make`` makes of the columns, made again only for other arrays than the last ones.

        So rules that differ in their thresholds alone share what is costly. Arrays are told apart
        by identity: whoever changes one in place asks with a copy.
        """
        before, made = self._kept.get(name, ((), None))
        if len(before) != len(columns) or any(
            one is not other for one, other in zip(before, columns, strict=True)
        ):
            made = make()
            self._kept[name] = (columns, made)
        return made  # type: ignore[no-any-return]  # of this name it is what make made

    @cached_property
    def tables(self) -> list[tuple[Integers, Flags, Integers]]:
        """Groups of like size side by side: who they are, which places of their rows are filled,
        and with which cells (by their position in order).

        Rows are as wide as the next power of two: at most twice the cells in all, and short rows
        sort much faster than one long column.
        """
        widths = np.ceil(np.log2(np.maximum(self.sizes, 1))).astype(np.int64)
        found: list[tuple[Integers, Flags, Integers]] = []
        for power in np.unique(widths):
            members = np.flatnonzero(widths == power)
            sizes = self.sizes[members]
            filled = np.arange(1 << int(power)) < sizes[:, None]
            found.append((members, filled, _runs(self.starts[members], sizes)))
        return found


Group = Integers | Groups


def groups_of(group: Group) -> Groups:
    """Groups from one whole number per cell; what is already a Groups comes back as it is.

    Raises ValueError for anything but a one-dimensional array of whole numbers.
    """
    if isinstance(group, Groups):
        return group
    numbers = np.asarray(group)
    if numbers.ndim != 1 or not (np.issubdtype(numbers.dtype, np.integer) or not numbers.size):
        raise ValueError("group takes one whole number per cell")
    codes, found = pd.factorize(numbers)
    sizes = np.bincount(codes, minlength=len(found))
    order = None
    if codes.size and (codes[1:] < codes[:-1]).any():
        # Sixteen bits are sorted by counting, several times faster than by comparing.
        narrow = codes.astype(np.uint16) if len(found) <= 1 << 16 else codes
        order = np.argsort(narrow, kind="stable")
    return Groups(codes, sizes, np.cumsum(sizes) - sizes, order)


def known_cells(*columns: Numbers) -> tuple[list[Numbers], Flags]:
    """The columns as arrays of numbers, and for each cell whether all of them are known.

    Raises ValueError unless they are one-dimensional and of one length.
    """
    arrays = [np.asarray(column, dtype=np.float64) for column in columns]
    if any(array.ndim != 1 or array.shape != arrays[0].shape for array in arrays):
        raise ValueError(f"one entry per cell, not {[array.shape for array in arrays]}")
    known = ~np.isnan(arrays[0])
    for array in arrays[1:]:
        known &= ~np.isnan(array)
    return arrays, known


def check_threshold(value: float) -> None:
    """Raises ValueError for a threshold that is no number: nothing would ever meet it."""
    if np.isnan(value):
        raise ValueError("a threshold is a number")


def top_cut(values: Numbers, group: Group, share: float) -> Numbers:
    """For each cell the least value that is still in the top ``share`` of its group.

    Of n regions with a figure above zero the top k are taken: k is the largest whole number not
    above share x n, and at least 1, so that of 11 regions the first is the top 10 %, and so it is
    of 5. Whoever equals the k-th is in as well: ``values >= top_cut(...)`` treats ties alike.
    Zeros are not counted, so it does not matter whether an edition writes them down.
    Shape: as ``values``, one-dimensional; missing where a group has no value above zero.
    Raises ValueError for a share outside ]0, 1] and for shapes that differ.
    """
    if not 0 < share <= 1:
        raise ValueError(f"a top share lies above 0 and not above 1, not at {share}")

    def position(known: Numbers) -> Numbers:
        return known - np.maximum(1, np.floor(share * known + _CLOSE))

    there = np.where(np.asarray(values) > 0, values, np.nan)
    return Ranked(there, groups_of(group)).at(position)


class Ranked:
    """A column of cells with each group's known values in order, to be asked for any place in it.

    Shapes and units of its answers: one entry per cell, as ``values``, which are one-dimensional,
    finite or NaN; missing where a group has no known value. Raises ValueError for shapes that
    differ.
    """

    def __init__(self, values: Numbers, groups: Groups) -> None:
        cells = np.asarray(values, dtype=np.float64)
        if cells.shape != groups.codes.shape:
            raise ValueError(f"{cells.shape} cells, but {groups.codes.shape} in groups")
        if groups.order is not None:
            cells = cells[groups.order]
        self._groups = groups
        self._quantiles: dict[float, Numbers] = {}
        self._tables: list[tuple[Integers, Numbers, Numbers]] = []
        for members, filled, runs in groups.tables:
            table = np.full(filled.shape, np.nan)
            table[filled] = cells[runs]
            # Missing values sort last.
            table.sort(axis=1)
            known = (~np.isnan(table)).sum(axis=1).astype(np.float64)
            self._tables.append((members, table, known))

    def quantile(self, q: float) -> Numbers:
        """For each cell the q-quantile of its group's values.

        With the group's n known values in order, it stands at q (n - 1), between two of them in
        proportion. Raises ValueError for a q outside 0..1. Source: Hyndman and Fan 1996, type 7.
        """
        if not 0 <= q <= 1:
            raise ValueError(f"a quantile lies between 0 and 1, not at {q}")
        if q not in self._quantiles:
            self._quantiles[q] = self.at(lambda known: q * (known - 1))
        return self._quantiles[q]

    def at(self, position: Callable[[Numbers], Numbers]) -> Numbers:
        """For each cell the value at ``position`` (of the number of its group's known values)."""
        result = np.full(len(self._groups.sizes), np.nan)
        for members, table, known in self._tables:
            some = known > 0
            at = position(known[some])
            whole = np.round(at)
            at = np.where(np.abs(at - whole) < _CLOSE, whole, at)
            below = np.floor(at).astype(np.int64)
            above = np.ceil(at).astype(np.int64)
            low = table[some, below]
            high = table[some, above]
            # Equal neighbours give exactly themselves, and rounding never leads past the upper one.
            result[members[some]] = np.minimum(low + (high - low) * (at - below), high)
        return result[self._groups.codes]


def _runs(starts: Integers, sizes: Integers) -> Integers:
    """The numbers start, start + 1, ... of each run, one run after the other."""
    before = np.cumsum(sizes) - sizes
    runs: Integers = np.arange(int(sizes.sum())) + np.repeat(starts - before, sizes)
    return runs
