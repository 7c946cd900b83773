"""The rules of the U.S. Cluster Mapping: one rule with three quantiles, all cells at once.

Inputs, groups and missing values as in :mod:`atlas.metrics.rules`; ``region_industry`` is
employment.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np

from atlas.metrics.grouping import (
    Group,
    Groups,
    Ranked,
    check_threshold,
    groups_of,
    known_cells,
)
from atlas.metrics.registry import Numbers, metric
from atlas.model import Criterion, Parameter, mark

#: What each parameter of the rules sets.
PARAMETERS: Mapping[str, Parameter] = MappingProxyType(
    {
        "quantile": Parameter(
            mark("The location quotient must reach this quantile of the regions with the sector."),
            0,
            1,
        ),
        "quotient_at_least": Parameter(
            mark("The location quotient must be at least this."), 0, 1000
        ),
        "employment_quantile": Parameter(
            mark("Employment must exceed this quantile of the regions with the sector."), 0, 1
        ),
        "establishments_quantile": Parameter(
            mark("Establishments must exceed this quantile of the regions with the sector."), 0, 1
        ),
    }
)
_ABOUT: dict[str, Any] = {
    "parameters": PARAMETERS,
    "unit": "verdict",
    "direction": mark("1: a cluster by this rule; 0: none"),
    "source": mark("U.S. Cluster Mapping"),
    "scale": "steps",
    "top": 1,
}


def strong_criteria(
    location_quotient: Numbers,
    region_industry: Numbers,
    establishments: Numbers,
    group: Group,
    *,
    quantile: float = 0.75,
    quotient_at_least: float = 1.0,
    employment_quantile: float = 0.25,
    establishments_quantile: float = 0.25,
) -> tuple[Criterion, ...]:
    """The four conditions of :func:`us_strong`.

    Quantiles are missing in a group without any cell of employment above zero.
    """
    check_threshold(quotient_at_least)
    columns = (location_quotient, region_industry, establishments)
    groups = groups_of(group)
    (lq, jobs, units), ranked = groups.once(
        "strong_criteria", columns, lambda: _ranked(columns, groups)
    )
    return (
        Criterion("location_quotient", lq, ranked[0].quantile(quantile)),
        Criterion("location_quotient", lq, quotient_at_least),
        Criterion("region_industry", jobs, ranked[1].quantile(employment_quantile), over=True),
        Criterion("establishments", units, ranked[2].quantile(establishments_quantile), over=True),
    )


def _ranked(
    columns: tuple[Numbers, ...], groups: Groups
) -> tuple[tuple[Numbers, ...], tuple[Ranked, ...]]:
    """The columns, missing where one of them is, and ranked among the cells with employment."""
    arrays, known = known_cells(*columns)
    if not known.all():
        arrays = [np.where(known, array, np.nan) for array in arrays]
    counted = arrays[1] > 0
    if counted.all():
        return tuple(arrays), tuple(Ranked(array, groups) for array in arrays)
    return tuple(arrays), tuple(
        Ranked(np.where(counted, array, np.nan), groups) for array in arrays
    )


@metric(
    criteria=strong_criteria,
    title=mark("Strong cluster (U.S.)"),
    reading=mark(
        "A location quotient in the top quarter of the regions with the sector and at least 1,"
        " with employment and establishments above the lowest quarter."
    ),
    formula="LQ ≥ Q75, LQ ≥ 1, x_ri > Q25, e_ri > Q25",
    **_ABOUT,
)
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
    Source: U.S. Cluster Mapping, definition of strong clusters.
    """
    criteria = strong_criteria(
        location_quotient,
        region_industry,
        establishments,
        group,
        quantile=quantile,
        quotient_at_least=quotient_at_least,
        employment_quantile=employment_quantile,
        establishments_quantile=establishments_quantile,
    )
    strong = criteria[0].met
    for criterion in criteria[1:]:
        strong = strong & criterion.met
    # Where one of the terms is missing, the values of all conditions are.
    return np.where(np.isnan(criteria[0].value), np.nan, strong)


@metric(
    criteria=partial(strong_criteria, quantile=0.90),
    title=mark("Strong cluster, top tenth (U.S.)"),
    reading=mark(
        "A location quotient in the top tenth of the regions with the sector and at least 1, with"
        " employment and establishments above the lowest quarter."
    ),
    formula="LQ ≥ Q90, LQ ≥ 1, x_ri > Q25, e_ri > Q25",
    **_ABOUT,
)
def strong10(
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


@metric(
    criteria=partial(strong_criteria, quantile=0.50),
    title=mark("Significant cluster (U.S.)"),
    reading=mark(
        "A location quotient at or above the median of the regions with the sector and at least 1,"
        " with employment and establishments above the lowest quarter."
    ),
    formula="LQ ≥ Q50, LQ ≥ 1, x_ri > Q25, e_ri > Q25",
    **_ABOUT,
)
def significant(
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
