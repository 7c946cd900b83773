"""The whole table of a year, and how a figure of it is computed; see
:mod:`atlas.metrics.region_figures` and :mod:`atlas.metrics.industry_figures`.

A figure's ``needs`` name fields of a :class:`Table`, always with the regions in the rows. Figures
of a ``margin`` are computed for the regions over their industries and, the table turned, for the
industries over their regions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from atlas.metrics.registry import UNKNOWN, Numbers
from atlas.model import STATUSES, Metric

_PARTIAL = STATUSES.index("partial")


@dataclass(frozen=True, eq=False)
class Table:
    """The cells of one measure, level and year, NaN for what is missing or suppressed.

    ``amounts``, ``before`` (ten years earlier), ``bases`` (of each cell its region's base) and
    ``quotients``: (regions, industries). ``root_amounts``, ``root_before``, ``root_bases``, the
    country's: (industries,). ``region_totals``: (regions,). ``ranks``: each amount's position in
    :data:`atlas.model.STATUSES`. ``parents``: the group of each industry; ``groups``: the parent
    of each region. ``plants``: one row per firm, with the positions ``industry`` and ``region``
    and its ``employment``.
    """

    amounts: Numbers
    ranks: npt.NDArray[np.int8]
    before: Numbers
    bases: Numbers
    quotients: Numbers
    root_amounts: Numbers
    root_before: Numbers
    root_bases: Numbers
    region_totals: Numbers
    parents: npt.NDArray[Any]
    groups: npt.NDArray[Any]
    plants: pd.DataFrame

    @property
    def totals(self) -> Numbers:
        """What the amounts of a row are measured against: the country's, one per column."""
        return self.root_amounts

    def turned(self) -> Table:
        """Industries in the rows, to be measured against the regions' totals: for figures of a
        margin, which read nothing else."""
        return replace(
            self, amounts=self.amounts.T, ranks=self.ranks.T, root_amounts=self.region_totals
        )


def structure(
    found: Metric, table: Table, **settings: float
) -> tuple[Numbers, npt.NDArray[np.int8]]:
    """A figure of the table, and the rank of each value's status; two arrays of one shape.

    Shape: (regions,) for a ``region`` or a ``margin``, (industries,) for an ``industry``,
    (industries, industries) for a ``pair``, else (regions, industries). The status is the worst
    among the amounts of the row (column, both columns, cell); a value over the known ones alone is
    partial, and one that is undefined although all are known is not applicable.
    """
    terms = [getattr(table, need) for need in found.needs]
    value = np.asarray(found.compute(*terms, **settings), dtype=float)
    worst = table.ranks
    if found.grain in ("region", "margin"):
        worst = table.ranks.max(axis=1, initial=0)
    elif found.grain in ("industry", "pair"):
        worst = table.ranks.max(axis=0, initial=0)
    if found.grain == "pair":
        worst = np.maximum(worst[:, None], worst)
    known = ~np.isnan(value)
    rank = np.where(known & (worst >= UNKNOWN), _PARTIAL, worst)
    return value, np.where(~known & (worst < UNKNOWN), UNKNOWN, rank).astype(np.int8)
