"""Figures of an industry over its regions, of pairs of industries, and of cells that need the
whole table.

``needs`` are fields of :class:`atlas.metrics.structure.Table`. What comes back, its shape, unit
and source stand with the functions that compute; those defined here only join them.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from atlas.metrics import agglomeration, inequality, relatedness, uncertainty
from atlas.metrics.region_figures import HIDALGO
from atlas.metrics.registry import Numbers, metric, ratio
from atlas.model import mark

_PARAMETERS = {
    **inequality.PARAMETERS,
    **relatedness.PARAMETERS,
    **uncertainty.PARAMETERS,
}
_whole = partial(metric, parameters=_PARAMETERS, scale="sequential")
_industry = partial(_whole, grain="industry", unit="index")


def _theil(
    part: str,
    amounts: Numbers,
    region_totals: Numbers,
    groups: npt.NDArray[np.object_] | None = None,
    *,
    skip_missing: bool,
) -> Numbers:
    """Of each industry how unequal its part in the regions' totals is, weighted by these: a part
    (a field) of :class:`atlas.metrics.inequality.Theil`."""
    found = []
    for one in amounts.T:
        kept = (
            ~np.isnan(one + region_totals) if skip_missing else np.full(one.shape, fill_value=True)
        )
        own, weights = ratio(one, region_totals)[kept], region_totals[kept]
        whole = inequality.theil(own, weights, None if groups is None else groups[kept])
        found.append(getattr(whole, part))
    return np.array(found)


@_industry(
    title=mark("Theil’s T"),
    reading=mark("How unevenly a sector is spread over the regions, by their totals."),
    formula="Σ s_r ln(s_r / w_r)",
    direction=mark("0: spread like all sectors together; larger: more concentrated"),
    source=mark("Theil 1967"),
)
def theil_t(amounts: Numbers, region_totals: Numbers, *, skip_missing: bool = False) -> Numbers:
    """:func:`atlas.metrics.inequality.theil`, T, one value per industry."""
    return _theil("theil_t", amounts, region_totals, skip_missing=skip_missing)


@_industry(
    title=mark("Theil’s L"),
    reading=mark("As Theil’s T, with more weight on regions that have little of the sector."),
    formula="Σ w_r ln(w_r / s_r)",
    direction=mark("0: spread like all sectors together; larger: more concentrated"),
    source=mark("Theil 1967"),
)
def theil_l(amounts: Numbers, region_totals: Numbers, *, skip_missing: bool = False) -> Numbers:
    """:func:`atlas.metrics.inequality.theil`, L, one value per industry."""
    return _theil("theil_l", amounts, region_totals, skip_missing=skip_missing)


@_industry(
    title=mark("Theil’s T between larger regions"),
    reading=mark("The part of Theil’s T that lies between the larger regions above these."),
    formula="Σ s_g ln(s_g / w_g)",
    direction=mark("with the part within them it adds up to Theil’s T"),
    source=mark("Theil 1967"),
)
def theil_between(
    amounts: Numbers, region_totals: Numbers, groups: npt.NDArray[np.object_], *,
    skip_missing: bool = False,
) -> Numbers:  # fmt: skip
    """:func:`atlas.metrics.inequality.theil`, T's part between groups, one value per industry."""
    return _theil("between", amounts, region_totals, groups, skip_missing=skip_missing)


@_industry(
    title=mark("Theil’s T within larger regions"),
    reading=mark("The part of Theil’s T that lies within the larger regions above these."),
    formula="Σ s_g T_g",
    direction=mark("with the part between them it adds up to Theil’s T"),
    source=mark("Theil 1967"),
)
def theil_within(
    amounts: Numbers, region_totals: Numbers, groups: npt.NDArray[np.object_], *,
    skip_missing: bool = False,
) -> Numbers:  # fmt: skip
    """:func:`atlas.metrics.inequality.theil`, T's part within groups, one value per industry."""
    return _theil("within", amounts, region_totals, groups, skip_missing=skip_missing)


@_industry(
    title=mark("Ellison and Glaeser’s index"),
    reading=mark("Concentration beyond what the size of the recorded firms explains."),
    formula="γ = (G − (1 − Σx²) H) / ((1 − Σx²)(1 − H))",
    direction=mark("0: as if by chance; above 0: concentrated; below 0: dispersed"),
    source=mark("Ellison and Glaeser 1997; Farhauer and Kröll"),
)
def ellison_glaeser(
    plants: pd.DataFrame, region_totals: Numbers, root_amounts: Numbers, *,
    skip_missing: bool = False,
) -> Numbers:  # fmt: skip
    """:func:`atlas.metrics.agglomeration.ellison_glaeser` of each industry from the recorded firms;
    missing for an industry without any, or with one of unknown size unless ``skip_missing``."""
    found = np.full(root_amounts.shape, np.nan)
    for industry, own in plants.groupby("industry"):
        found[industry] = agglomeration.ellison_glaeser(
            own["employment"].to_numpy(dtype=float),
            own["region"].to_numpy(dtype=np.int64),
            region_totals=region_totals,
            skip_missing=bool(skip_missing),
        ).gamma
    return found


@_whole(
    title=mark("Proximity of two sectors"),
    reading=mark("How often two sectors are strong in the same regions."),
    formula="φ_pq = min(P(p|q), P(q|p))",
    unit="share",
    direction=mark("larger: they go together more often"),
    source=HIDALGO,
    grain="pair",
)
def proximity(quotients: Numbers, *, threshold: float = 1.0) -> Numbers:
    """:func:`atlas.metrics.relatedness.proximity`, specialised from ``threshold`` on."""
    return relatedness.proximity(relatedness.specialised(quotients, threshold))


@_whole(
    title=mark("Density around a sector"),
    reading=mark("How near what a region is strong in lies to the sector."),
    formula="Σ M φ / Σ φ",
    unit="share",
    direction=mark("larger: the sector lies nearer to the region’s strengths"),
    source=HIDALGO,
    grain="table cell",
)
def density(quotients: Numbers, *, threshold: float = 1.0) -> Numbers:
    """:func:`atlas.metrics.relatedness.density`, specialised from ``threshold`` on."""
    m = relatedness.specialised(quotients, threshold)
    return relatedness.density(m, relatedness.proximity(m))


@_industry(
    title=mark("Complexity of a sector"),
    reading=mark("How diverse the regions are that are strong in the sector."),
    formula="K_i: second eigenvector of U⁻¹ M′ D⁻¹ M",
    direction=mark("standardised; high in diverse regions"),
    source=HIDALGO,
)
def industry_complexity(quotients: Numbers, *, threshold: float = 1.0) -> Numbers:
    """:func:`atlas.metrics.relatedness.complexity` of the industries."""
    return relatedness.complexity(relatedness.specialised(quotients, threshold)).industries


_interval = partial(
    _whole,
    unit="ratio",
    grain="table cell",
    source=mark("Clopper and Pearson 1934; Tian, Gottlieb and Goetz 2020"),
)


@_interval(
    title=mark("Location quotient, lower end"),
    reading=mark("The least the quotient could be by chance alone; for counts only."),
    formula="B(α/2; x_ri, X_Ri − x_ri + 1) / w",
    direction=mark("above 1: more concentrated than chance explains"),
)
def quotient_lower(
    amounts: Numbers, bases: Numbers, root_amounts: Numbers, root_bases: Numbers, *,
    confidence: float = 0.95,
) -> Numbers:  # fmt: skip
    """The lower end of :func:`atlas.metrics.uncertainty.quotient_interval`."""
    terms = (amounts, bases, root_amounts, root_bases)
    return uncertainty.quotient_interval(*terms, confidence=confidence).lower


@_interval(
    title=mark("Location quotient, upper end"),
    reading=mark("The most the quotient could be by chance alone; for counts only."),
    formula="B(1 − α/2; x_ri + 1, X_Ri − x_ri) / w",
    direction=mark("below 1: less concentrated than chance explains"),
)
def quotient_upper(
    amounts: Numbers, bases: Numbers, root_amounts: Numbers, root_bases: Numbers, *,
    confidence: float = 0.95,
) -> Numbers:  # fmt: skip
    """The upper end of :func:`atlas.metrics.uncertainty.quotient_interval`."""
    terms = (amounts, bases, root_amounts, root_bases)
    return uncertainty.quotient_interval(*terms, confidence=confidence).upper
