"""On how many of the rules a cell is a cluster. Notation as in :mod:`atlas.metrics`."""

from __future__ import annotations

import numpy as np

from atlas.metrics.registry import METRICS, Numbers, metric
from atlas.model import Criterion, mark

#: Rules whose verdicts are counted, in the order of the register.
_RULES = (
    *("observatory_stars", "uc_yildiz", "statsamerica"),
    *("us_strong", "strong10", "significant"),
)


def verdict_criteria(
    observatory_stars: Numbers,
    uc_yildiz: Numbers,
    statsamerica: Numbers,
    us_strong: Numbers,
    strong10: Numbers,
    significant: Numbers,
) -> tuple[Criterion, ...]:
    """A condition for each rule: it calls the cell a cluster. Terms as for :func:`agreement`."""
    values = (observatory_stars, uc_yildiz, statsamerica, us_strong, strong10, significant)
    return tuple(
        Criterion(name, value, METRICS[name].calls)
        for name, value in zip(_RULES, values, strict=True)
    )


@metric(
    criteria=verdict_criteria,
    title=mark("Agreement of the rules"),
    reading=mark(
        "How many of the six rules, with their published thresholds, call the sector in the region"
        " a cluster."
    ),
    formula="k₁ + k₂ + k₃ + k₄ + k₅ + k₆",
    unit="rules",
    direction=mark("more rules: a cluster by more definitions; three of the six are kin"),
    source=mark("The rules’ own; counting them is ours"),
    scale="steps",
    top=len(_RULES),
)
def agreement(
    observatory_stars: Numbers,
    uc_yildiz: Numbers,
    statsamerica: Numbers,
    us_strong: Numbers,
    strong10: Numbers,
    significant: Numbers,
) -> Numbers:
    """How many rules call a cell a cluster, 0 to 6; each counts once, kin or not.

    A rule calls a cell from its own ``calls`` on (stars: one of the Observatory's, all three of
    the Turkish). Strict: missing where any of the six is, so in an edition or a year without
    establishments, which three of them need, nowhere known. For the count among those that could
    judge, and for other thresholds, see :mod:`atlas.analysis.discovery`. Shape: one value per
    cell. The three U.S. rules differ by one quantile only: whoever meets the strictest meets all.
    Source: the rules'; that they are counted, and count alike, is ours.
    """
    criteria = verdict_criteria(
        observatory_stars, uc_yildiz, statsamerica, us_strong, strong10, significant
    )
    called = np.zeros(np.shape(observatory_stars))
    known = np.ones(called.shape, dtype=bool)
    for criterion in criteria:
        called += criterion.met
        known &= ~np.isnan(criterion.value)
    return np.where(known, called, np.nan)
