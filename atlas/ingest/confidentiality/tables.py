"""The cells of one measure in one year, and the sums they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp

Array = np.ndarray[Any, np.dtype[Any]]

#: Of a secondary cell that is no whole number: how far it must be able to move, as a share of it.
_SPECK = 1e-4


@dataclass(frozen=True)
class Trees:
    """Both hierarchies: codes in their order, and the place of each one's parent (-1: root)."""

    regions: tuple[str, ...]
    industries: tuple[str, ...]
    region_parents: Array
    industry_parents: Array

    @property
    def size(self) -> int:
        """How many cells a full table has."""
        return len(self.regions) * len(self.industries)

    @classmethod
    def of(cls, regions: pd.DataFrame, industries: pd.DataFrame) -> Trees:
        """From the tables ``regions`` and ``industries`` of an edition."""

        def parents(frame: pd.DataFrame, column: str) -> Array:
            known = {code: place for place, code in enumerate(frame[column])}
            return np.array([known.get(code, -1) for code in frame["parent_code"]])

        return cls(
            tuple(regions["region_code"]),
            tuple(industries["industry_code"]),
            parents(regions, "region_code"),
            parents(industries, "industry_code"),
        )

    def keys(self, cells: pd.DataFrame) -> Array:
        """The number of each cell (region_code, industry_code) in a full table."""
        region: Mapping[str, int] = {code: place for place, code in enumerate(self.regions)}
        industry: Mapping[str, int] = {code: place for place, code in enumerate(self.industries)}
        rows = cells["region_code"].map(region).to_numpy()
        columns = cells["industry_code"].map(industry).to_numpy()
        return np.asarray(rows * len(self.industries) + columns)


@dataclass(frozen=True)
class Table:
    """The cells of one measure and year that have a figure.

    ``keys``: their numbers in a full table; ``value``: what they hold; ``sums``: one row per total
    and way of adding up, 1 for the total and -1 for each part. ``floor``: the least that an
    attacker takes a cell to hold. ``whole``: all figures are whole numbers, so that an attacker
    counts whole numbers only. What a total differs from its parts by is taken as known to the
    attacker, as if rounding and missing parts had been told them: real ones know less.
    """

    keys: Array
    value: Array
    sums: sp.csr_matrix
    floor: float
    whole: bool

    @classmethod
    def of(cls, keys: Array, value: Array, trees: Trees, *, may_be_negative: bool = False) -> Table:
        """The table of these cells; every total that has a figure is a sum of its parts."""
        place = np.full(trees.size + 1, -1)
        place[keys] = np.arange(len(keys))
        width = len(trees.industries)
        region, industry = np.divmod(keys, width)
        rows: list[Array] = []
        columns: list[Array] = []
        for parents, way in ((trees.region_parents, 0), (trees.industry_parents, 1)):
            above = parents[industry if way else region]
            total = region * width + above if way else above * width + industry
            total = np.where(above < 0, -1, total)
            at = np.where(total < 0, -1, place[total])
            parts = np.flatnonzero(at >= 0)
            rows.append(at[parts] * 2 + way)
            columns.append(parts)
        row, column = np.concatenate(rows), np.concatenate(columns)
        used, row = np.unique(row, return_inverse=True)
        entries = np.concatenate([np.full(len(column), -1.0), np.ones(len(used))])
        at_row = np.concatenate([row, np.arange(len(used))])
        at_column = np.concatenate([column, used // 2])
        sums = sp.csr_matrix((entries, (at_row, at_column)), shape=(len(used), len(keys)))
        floor = -np.inf if may_be_negative else 0.0
        return cls(keys, value, sums, floor, bool(np.all(value == np.round(value))))

    @property
    def room(self) -> Array:
        """How far each cell can fall before it is less than an attacker takes for possible."""
        return np.maximum(self.value - self.floor, 0.0)


@dataclass(frozen=True)
class Need:
    """What is asked of a table's suppressed cells, as distances from their figures.

    A sensitive cell must be able to fall by ``down`` and to rise by ``up``; any suppressed cell
    must be able to move by ``some``, one way or the other.
    """

    down: Array
    up: Array
    some: Array

    @classmethod
    def of(cls, table: Table, sensitive: Array, margin: float, dominant: Array) -> Need:
        """``margin`` (share of the figure) both ways for sensitive cells, and up to ``dominant``,
        the figure at which the largest contributors would no longer dominate."""
        size = np.abs(table.value)
        least = 1.0 if table.whole else 0.0
        step = np.maximum(margin * size, least)
        up = np.maximum(step, np.where(np.isfinite(dominant), dominant - table.value, 0.0))
        zero = np.zeros(len(size))
        usual = float(np.median(size)) if len(size) else 0.0
        some = np.where(size > 0, size, usual) * _SPECK
        some = np.maximum(some, least)
        return cls(
            np.where(sensitive, np.minimum(step, table.room), zero),
            np.where(sensitive, up, zero),
            some,
        )
