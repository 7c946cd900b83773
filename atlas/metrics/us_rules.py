"""The rules of the U.S. Cluster Mapping: one rule with three quantiles, all cells at once.

Inputs, groups and missing values as in :mod:`atlas.metrics.rules`; ``region_industry`` is
employment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from atlas.metrics.grouping import (
    Group,
    check_threshold,
    grouped_quantile,
    groups_of,
    known_cells,
)
from atlas.metrics.registry import Numbers
from atlas.model import mark

#: What each parameter of the rules sets.
PARAMETERS: Mapping[str, str] = {
    "quantile": mark(
        "The location quotient must reach this quantile of the regions that have the sector."
    ),
    "quotient_at_least": mark("The location quotient must be at least this."),
    "employment_quantile": mark(
        "Employment must exceed this quantile of the regions that have the sector."
    ),
    "establishments_quantile": mark(
        "The number of establishments must exceed this quantile of the regions that have the"
        " sector."
    ),
}


@dataclass(frozen=True, eq=False)
class StrongCuts:
    """For each cell what its group asks: the quotient reaches, the two counts exceed it."""

    quotient: Numbers
    employment: Numbers
    establishments: Numbers


def strong_cuts(
    location_quotient: Numbers,
    region_industry: Numbers,
    establishments: Numbers,
    group: Group,
    *,
    quantile: float = 0.75,
    employment_quantile: float = 0.25,
    establishments_quantile: float = 0.25,
) -> StrongCuts:
    """The quantiles that :func:`us_strong` applies, over the group's cells with employment > 0.

    Units: a ratio, jobs, establishments. Missing in a group without such a cell. Raises
    ValueError as the rule does.
    """
    columns, known = known_cells(location_quotient, region_industry, establishments)
    groups = groups_of(group)
    counted = known & (columns[1] > 0)
    cuts = [
        grouped_quantile(np.where(counted, column, np.nan), groups, q)
        for column, q in zip(
            columns, (quantile, employment_quantile, establishments_quantile), strict=True
        )
    ]
    return StrongCuts(*cuts)


def us_strong(
    location_quotient: Numbers,
    region_industry: Numbers,
    establishments: Numbers,
    group: Group,
    *,
    quantile: float = 0.75,
    quotient_at_least: float = 1.0,
    employment_quantile: float = 0.25,
    establishments_quantile: float = 0.25,
) -> Numbers:
    """Strong cluster: 1, else 0, missing where a term is.

    1 where the quotient is at least ``quantile`` of its group and at least
    ``quotient_at_least``, and employment and establishments each exceed their quantile. Quantiles
    are of type 7, over the group's cells with employment > 0 and all three terms known. A cell
    without employment is 0, and so is the only one of its group: it exceeds nobody.
    Raises ValueError for quantiles outside 0..1 and shapes that differ.
    Source: U.S. Cluster Mapping, definition of strong clusters.
    """
    check_threshold(quotient_at_least)
    (lq, jobs, units), known = known_cells(location_quotient, region_industry, establishments)
    cuts = strong_cuts(
        lq,
        jobs,
        units,
        group,
        quantile=quantile,
        employment_quantile=employment_quantile,
        establishments_quantile=establishments_quantile,
    )
    strong = (lq >= cuts.quotient) & (lq >= quotient_at_least)
    strong &= (jobs > cuts.employment) & (units > cuts.establishments)
    return np.where(known, strong, np.nan)


def us_strong10(
    location_quotient: Numbers,
    region_industry: Numbers,
    establishments: Numbers,
    group: Group,
    *,
    quantile: float = 0.90,
    quotient_at_least: float = 1.0,
    employment_quantile: float = 0.25,
    establishments_quantile: float = 0.25,
) -> Numbers:
    """:func:`us_strong` with the quotient in the top tenth: 1, 0 or missing.

    Source: U.S. Cluster Mapping.
    """
    return us_strong(
        location_quotient,
        region_industry,
        establishments,
        group,
        quantile=quantile,
        quotient_at_least=quotient_at_least,
        employment_quantile=employment_quantile,
        establishments_quantile=establishments_quantile,
    )


def us_significant(
    location_quotient: Numbers,
    region_industry: Numbers,
    establishments: Numbers,
    group: Group,
    *,
    quantile: float = 0.50,
    quotient_at_least: float = 1.0,
    employment_quantile: float = 0.25,
    establishments_quantile: float = 0.25,
) -> Numbers:
    """:func:`us_strong` with the quotient at or above the median: 1, 0 or missing.

    Source: U.S. Cluster Mapping.
    """
    return us_strong(
        location_quotient,
        region_industry,
        establishments,
        group,
        quantile=quantile,
        quotient_at_least=quotient_at_least,
        employment_quantile=employment_quantile,
        establishments_quantile=establishments_quantile,
    )
