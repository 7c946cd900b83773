"""Rules that call a cell a cluster, each with its published definition; all cells at once.

None of them is *the* definition: every threshold is a parameter. Inputs are one-dimensional
arrays of equal length, one entry per cell, NaN for what is missing or suppressed: such a cell has
no result and takes no part in the others'. ``group`` is a whole number (or
:class:`atlas.metrics.grouping.Groups`) that the cells compared with each other share: those of one
measure, level, industry and year. Columns are named after the terms and metrics that they hold.
The rules of the U.S. Cluster Mapping stand in :mod:`atlas.metrics.us_rules`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from atlas.metrics.grouping import Group, check_threshold, groups_of, known_cells, top_cut
from atlas.metrics.registry import Numbers
from atlas.model import mark

#: What each parameter of the rules sets.
PARAMETERS: Mapping[str, str] = {
    "size_share": mark("Top share of the sector’s regions by size that earns a star."),
    "focus_share": mark(
        "Top share of the sector’s regions by focus that earns a star; this cut is given from"
        " memory of the method."
    ),
    "quotient_at_least": mark("The location quotient must be at least this."),
    "size_cut": mark("Size must exceed this share of the country’s sector; no common cut exists."),
    "focus_cut": mark("Focus must exceed this share of the region’s total; no common cut exists."),
    "quotient_cut": mark("The location quotient must exceed this; no common cut exists."),
}


@dataclass(frozen=True, eq=False)
class StarCuts:
    """For each cell the least size and the least focus that earn a star in its group."""

    size: Numbers
    focus: Numbers


def star_cuts(
    size: Numbers,
    location_quotient: Numbers,
    focus: Numbers,
    group: Group,
    *,
    size_share: float = 0.10,
    focus_share: float = 0.10,
) -> StarCuts:
    """The cuts that :func:`observatory_stars` applies, in the units of ``size`` and ``focus``.

    Missing in a group without any region above zero. Raises ValueError as the rule does.
    """
    columns, known = known_cells(size, location_quotient, focus)
    groups = groups_of(group)
    return StarCuts(
        size=top_cut(np.where(known, columns[0], np.nan), groups, size_share),
        focus=top_cut(np.where(known, columns[2], np.nan), groups, focus_share),
    )


def observatory_stars(
    size: Numbers,
    location_quotient: Numbers,
    focus: Numbers,
    group: Group,
    *,
    size_share: float = 0.10,
    quotient_at_least: float = 2.0,
    focus_share: float = 0.10,
) -> Numbers:
    """Stars of a cell, 0 to 3: one each for size, specialisation and focus.

    Size: in the top ``size_share`` of the group's regions. Specialisation: a quotient of at least
    ``quotient_at_least``. Focus: in the top ``focus_share`` of the group's regions. Who is in the
    top share, with ties and with few regions, is said by
    :func:`atlas.metrics.grouping.top_cut`; a zero never is. Missing where one of the three is.
    Raises ValueError for shares outside ]0, 1] and shapes that differ.
    Source: European Cluster Observatory, evaluation of regional cluster strength, for size (top
    10 % within the same category) and specialisation (2 or more). The focus cut is from memory of
    the method: that it is 10 %, and that it is taken within the industry.
    """
    check_threshold(quotient_at_least)
    columns, known = known_cells(size, location_quotient, focus)
    x, lq, f = columns
    cuts = star_cuts(x, lq, f, group, size_share=size_share, focus_share=focus_share)
    stars = (x >= cuts.size).astype(np.float64)
    stars += lq >= quotient_at_least
    stars += f >= cuts.focus
    return np.where(known, stars, np.nan)


def uc_yildiz(
    size: Numbers,
    focus: Numbers,
    location_quotient: Numbers,
    *,
    size_cut: float = 0.01,
    focus_cut: float = 0.01,
    quotient_cut: float = 1.0,
) -> Numbers:
    """Three stars (*üç yıldız*) of a cell, 0 to 3: size, dominance and specialisation.

    One star each for a figure above its cut; dominance is the atlas' ``focus``. Missing where one
    of the three is. Raises ValueError for a cut that is no number and for shapes that differ.
    Source: Turkish cluster mapping literature. It has no common cuts, each study sets its own:
    the defaults are ours, to be set.
    """
    columns, known = known_cells(size, focus, location_quotient)
    stars = np.zeros(known.shape)
    for column, cut in zip(columns, (size_cut, focus_cut, quotient_cut), strict=True):
        check_threshold(cut)
        stars += column > cut
    return np.where(known, stars, np.nan)


def statsamerica(location_quotient: Numbers, *, quotient_at_least: float = 1.2) -> Numbers:
    """1 where the quotient is at least ``quotient_at_least``, else 0, missing where it is.

    Raises ValueError for a threshold that is no number. Source: StatsAmerica, innovation and
    cluster tools.
    """
    check_threshold(quotient_at_least)
    (column,), known = known_cells(location_quotient)
    return np.where(known, column >= quotient_at_least, np.nan)
