"""Rules that call a cell a cluster, each with its published definition; all cells at once.

None of them is *the* definition: every threshold is a parameter. Inputs are one-dimensional
arrays of equal length, one entry per cell, NaN for what is missing or suppressed: such a cell has
no result and takes no part in the others'. ``group`` is a whole number (or
:class:`atlas.metrics.grouping.Groups`) that the cells compared with each other share: those of one
measure, level, industry and year. Columns are named after the terms and metrics that they hold.
Each rule has a companion that gives its conditions, each with its threshold cell by cell; both
raise ValueError for settings outside their range and for shapes that differ.
The rules of the U.S. Cluster Mapping stand in :mod:`atlas.metrics.us_rules`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from atlas.metrics.grouping import (
    Flags,
    Group,
    check_threshold,
    groups_of,
    known_cells,
    top_cut,
)
from atlas.metrics.registry import Numbers, metric
from atlas.model import Criterion, Parameter, mark

#: What each parameter of the rules sets.
PARAMETERS: Mapping[str, Parameter] = MappingProxyType(
    {
        "size_share": Parameter(
            mark("Top share of the sector’s regions by size that earns a star."), 0.001, 1
        ),
        "focus_share": Parameter(
            mark(
                "Top share of the sector’s regions by focus that earns a star; this cut is given"
                " from memory of the method."
            ),
            0.001,
            1,
        ),
        "quotient_at_least": Parameter(
            mark("The location quotient must be at least this."), 0, 1000
        ),
        "size_cut": Parameter(
            mark("Size must exceed this share of the country’s sector; no common cut exists."), 0, 1
        ),
        "focus_cut": Parameter(
            mark("Focus must exceed this share of the region’s total; no common cut exists."), 0, 1
        ),
        "quotient_cut": Parameter(
            mark("The location quotient must exceed this; no common cut exists."), 0, 1000
        ),
    }
)


def _stars(criteria: tuple[Criterion, ...], known: Flags) -> Numbers:
    """How many of the conditions each cell meets; missing where a term is."""
    stars = np.zeros(known.shape)
    for criterion in criteria:
        stars += criterion.met
    return np.where(known, stars, np.nan)


def star_criteria(
    size: Numbers,
    location_quotient: Numbers,
    focus: Numbers,
    group: Group,
    *,
    size_share: float = 0.10,
    quotient_at_least: float = 2.0,
    focus_share: float = 0.10,
) -> tuple[Criterion, ...]:
    """The three conditions of :func:`observatory_stars`.

    Cuts of size and focus are missing in a group without any region above zero.
    """
    check_threshold(quotient_at_least)
    columns, known = known_cells(size, location_quotient, focus)
    groups = groups_of(group)
    x, lq, f = (np.where(known, column, np.nan) for column in columns)
    return (
        Criterion("size", x, top_cut(x, groups, size_share)),
        Criterion("location_quotient", lq, quotient_at_least),
        Criterion("focus", f, top_cut(f, groups, focus_share)),
    )


@metric(
    parameters=PARAMETERS,
    criteria=star_criteria,
    title=mark("Stars of the European Cluster Observatory"),
    reading=mark(
        "One star each for size (in the top tenth of the sector’s regions), specialisation (a"
        " location quotient of at least 2) and focus (in the top tenth)."
    ),
    formula="[s_ri ≥ top 10 %] + [LQ ≥ 2] + [f_ri ≥ top 10 %]",
    unit="stars",
    direction=mark("more stars: a cluster by more of the three criteria"),
    source=mark("European Cluster Observatory; the focus cut is from memory of the method"),
    scale="steps",
    top=3,
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
    Source: European Cluster Observatory, evaluation of regional cluster strength, for size (top
    10 % within the same category) and specialisation (2 or more). The focus cut is from memory of
    the method: that it is 10 %, and that it is taken within the industry.
    """
    _, known = known_cells(size, location_quotient, focus)
    return _stars(
        star_criteria(
            size,
            location_quotient,
            focus,
            group,
            size_share=size_share,
            quotient_at_least=quotient_at_least,
            focus_share=focus_share,
        ),
        known,
    )


def yildiz_criteria(
    size: Numbers,
    focus: Numbers,
    location_quotient: Numbers,
    *,
    size_cut: float = 0.01,
    focus_cut: float = 0.01,
    quotient_cut: float = 1.0,
) -> tuple[Criterion, ...]:
    """The three conditions of :func:`uc_yildiz`."""
    for cut in (size_cut, focus_cut, quotient_cut):
        check_threshold(cut)
    (x, f, lq), _ = known_cells(size, focus, location_quotient)
    return (
        Criterion("size", x, size_cut, over=True),
        Criterion("focus", f, focus_cut, over=True),
        Criterion("location_quotient", lq, quotient_cut, over=True),
    )


@metric(
    parameters=PARAMETERS,
    criteria=yildiz_criteria,
    title=mark("Three stars (Turkey)"),
    reading=mark(
        "One star each for size, dominance (the sector’s share of the region’s total) and"
        " specialisation above a cut. The cuts are ours, to be set: each study sets its own."
    ),
    formula="[s_ri > 1 %] + [f_ri > 1 %] + [LQ > 1]",
    unit="stars",
    direction=mark("more stars: a cluster by more of the three criteria"),
    source=mark("Turkish cluster mapping literature (üç yıldız)"),
    scale="steps",
    top=3,
    calls=3,
)
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
    of the three is. Source: Turkish cluster mapping literature. It has no common cuts, each study
    sets its own: the defaults are ours, to be set.
    """
    _, known = known_cells(size, focus, location_quotient)
    cuts = {"size_cut": size_cut, "focus_cut": focus_cut, "quotient_cut": quotient_cut}
    return _stars(yildiz_criteria(size, focus, location_quotient, **cuts), known)


def statsamerica_criteria(
    location_quotient: Numbers, *, quotient_at_least: float = 1.2
) -> tuple[Criterion, ...]:
    """The condition of :func:`statsamerica`."""
    check_threshold(quotient_at_least)
    (column,), _ = known_cells(location_quotient)
    return (Criterion("location_quotient", column, quotient_at_least),)


@metric(
    parameters=PARAMETERS,
    criteria=statsamerica_criteria,
    title=mark("Specialised (StatsAmerica)"),
    reading=mark("A cluster where the location quotient is at least 1.2."),
    formula="LQ ≥ 1.2",
    unit="verdict",
    direction=mark("1: a cluster by this rule; 0: none"),
    source=mark("StatsAmerica"),
    scale="steps",
    top=1,
)
def statsamerica(location_quotient: Numbers, *, quotient_at_least: float = 1.2) -> Numbers:
    """1 where the quotient is at least ``quotient_at_least``, else 0, missing where it is.

    Source: StatsAmerica, innovation and cluster tools.
    """
    (criterion,) = statsamerica_criteria(location_quotient, quotient_at_least=quotient_at_least)
    return np.where(np.isnan(criterion.value), np.nan, criterion.met)
