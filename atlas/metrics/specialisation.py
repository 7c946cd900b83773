"""How concentrated an industry is in a region. Notation as in :mod:`atlas.metrics`."""

from __future__ import annotations

from atlas.metrics.registry import Numbers, metric, ratio
from atlas.model import mark


@metric(
    title=mark("Measured figure"),
    reading=mark("The figure as published, or added up from published parts."),
    formula="x_ri",
    unit="amount",
    direction=mark("more means more activity, not more concentration"),
    source=mark("The edition’s own source"),
    scale="circles",
)
def amount(region_industry: Numbers) -> Numbers:
    """x_ri itself, in the measure's unit; missing stays missing.

    Shape: one value per cell. Source: the edition's observations.
    """
    return region_industry.copy()


@metric(
    title=mark("Location quotient"),
    reading=mark(
        "The sector’s share of the region divided by its share of the country; 1 means as in the"
        " country as a whole."
    ),
    formula="(x_ri / x_rb) / (x_Ri / x_Rb)",
    unit="ratio",
    direction=mark("above 1: more concentrated here than in the country"),
    source=mark("Hoover; U.S. Bureau of Labor Statistics; Farhauer and Kröll"),
    scale="diverging_log",
)
def location_quotient(
    region_industry: Numbers, region_base: Numbers, root_industry: Numbers, root_base: Numbers
) -> Numbers:
    """Location quotient (x_ri / x_rb) / (x_Ri / x_Rb), a ratio of shares without a unit.

    Any missing term or zero denominator gives missing; a true zero in the cell gives zero.
    Source: Hoover; U.S. Bureau of Labor Statistics. Example: 1714, 79006, 879213, 15593224
    give 0.3847623.
    """
    return ratio(ratio(region_industry, region_base), ratio(root_industry, root_base))


@metric(
    title=mark("Share of the country’s sector"),
    reading=mark("How much of the country’s sector stands in the region."),
    formula="x_ri / x_Ri",
    unit="share",
    direction=mark("larger: more of the sector is here"),
    source=mark("European Cluster Observatory (“size”)"),
    scale="sequential",
)
def size(region_industry: Numbers, root_industry: Numbers) -> Numbers:
    """Size x_ri / x_Ri, a share of one; missing where a term is missing or x_Ri is zero.

    Source: European Cluster Observatory.
    """
    return ratio(region_industry, root_industry)


@metric(
    title=mark("Share of the region’s total"),
    reading=mark("How much of the region’s own total the sector makes up."),
    formula="x_ri / x_r",
    unit="share",
    direction=mark("larger: the region depends more on the sector"),
    source=mark("European Cluster Observatory (“focus”)"),
    scale="sequential",
)
def focus(region_industry: Numbers, region_total: Numbers) -> Numbers:
    """Focus x_ri / x_r, a share of one; missing where a term is missing or x_r is zero.

    Source: European Cluster Observatory.
    """
    return ratio(region_industry, region_total)
