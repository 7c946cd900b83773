"""Figures of a region over its industries, and of a margin (either side of the table).

``needs`` are fields of :class:`atlas.metrics.structure.Table`. What comes back, its shape, unit
and source stand with the functions that compute; those defined here only join them.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt

from atlas.metrics import inequality, relatedness, shift_share
from atlas.metrics.registry import Numbers, metric
from atlas.model import mark

_PARAMETERS = {
    **inequality.PARAMETERS,
    **relatedness.PARAMETERS,
}
_whole = partial(metric, parameters=_PARAMETERS, scale="sequential")
_margin = partial(_whole, grain="margin", unit="index")
_region = partial(_whole, grain="region", unit="index")
_change = partial(_whole, grain="region", unit="amount")
_FRENKEN = mark("Frenken, van Oort and Verburg 2007")
_KRUGMAN = mark("0: the same structure; 2: nothing in common")
#: Of the figures of what goes together.
HIDALGO = mark("Hidalgo and others 2007; Hidalgo and Hausmann 2009")
_DUNN = mark("Dunn 1960; Farhauer and Kröll")
_MARQUILLAS = mark("Esteban-Marquillas 1972; Farhauer and Kröll")
_GREW = mark("above 0: won; below 0: lost")

_margin(
    title=mark("Herfindahl index"),
    reading=mark("How concentrated a region is on few sectors, or a sector on few regions."),
    formula="H = Σ s²",
    direction=mark("from 1/n (all equal) to 1 (one has all)"),
    source=mark("Hirschman 1945; Herfindahl 1950; Farhauer and Kröll"),
)(inequality.herfindahl)
_margin(
    title=mark("Herfindahl index, normalised"),
    reading=mark("The Herfindahl index on a scale that does not depend on the number of parts."),
    formula="(H − 1/n) / (1 − 1/n)",
    direction=mark("from 0 (all equal) to 1 (one has all)"),
    source=mark("Hirschman 1945; Herfindahl 1950; Farhauer and Kröll"),
)(inequality.herfindahl_normalised)
_margin(
    title=mark("Equivalent number"),
    reading=mark("How many equal sectors (or regions) would be as concentrated."),
    formula="1 / H",
    direction=mark("larger: more evenly spread"),
    source=mark("Adelman 1969"),
)(inequality.equivalent_number)
_margin(
    title=mark("Entropy"),
    reading=mark("How evenly a region is spread over sectors, or a sector over regions, in bits."),
    formula="−Σ s log₂ s",
    direction=mark("larger: more evenly spread"),
    source=_FRENKEN,
)(inequality.entropy)
_margin(
    title=mark("Locational Gini coefficient"),
    reading=mark("How unequal the location quotients are: of a sector, or of a region."),
    formula="2 / (n² R̄) · Σ k (R_k − R̄)",
    direction=mark("from 0 (all alike) to 1 − 1/n"),
    source=mark("Farhauer and Kröll"),
)(inequality.locational_gini)
_region(
    title=mark("Krugman index against the rest"),
    reading=mark("How far a region’s structure differs from all other regions taken together."),
    formula="Σ |s_ri − s_−r,i|",
    direction=_KRUGMAN,
    source=mark("Krugman 1991; Midelfart-Knarvik and others 2000"),
)(inequality.krugman_rest)
_region(
    title=mark("Krugman index against the mean"),
    reading=mark("How far a region’s structure differs from the mean of the others’ shares."),
    formula="Σ |s_ri − s̄_i|",
    direction=_KRUGMAN,
    source=mark("Krugman 1991; Farhauer and Kröll"),
)(inequality.krugman_mean)


@_region(
    title=mark("Related variety"),
    reading=mark("Variety within the groups of sectors of a region, in bits."),
    formula="Σ P_g H_g",
    direction=mark("larger: more kinds of related activity"),
    source=_FRENKEN,
)
def related_variety(
    amounts: Numbers, parents: npt.NDArray[np.object_], *, skip_missing: bool = False
) -> Numbers:
    """:func:`atlas.metrics.inequality.related_variety` within groups; missing where no group has
    two industries, since then nothing finer is measured."""
    finer = len(set(parents)) < len(parents)
    found = inequality.related_variety(amounts, parents, skip_missing=skip_missing).related
    return found if finer else np.full_like(found, np.nan)


@_region(
    title=mark("Unrelated variety"),
    reading=mark("Variety between the groups of sectors of a region, in bits."),
    formula="−Σ P_g log₂ P_g",
    direction=mark("larger: more kinds of unlike activity"),
    source=_FRENKEN,
)
def unrelated_variety(
    amounts: Numbers, parents: npt.NDArray[np.object_], *, skip_missing: bool = False
) -> Numbers:
    """:func:`atlas.metrics.inequality.related_variety` between groups."""
    return inequality.related_variety(amounts, parents, skip_missing=skip_missing).unrelated


def _dunn(*ends: Numbers) -> shift_share.ShiftShare:
    return shift_share.shift_share(*ends).total()


def _marquillas(*ends: Numbers) -> shift_share.EstebanMarquillas:
    return shift_share.esteban_marquillas(*ends).total()


@_change(
    title=mark("Shift-share: national share"),
    reading=mark("What ten years would have changed had all sectors grown like the country."),
    formula="Σ x0 (X1/X0 − 1)",
    direction=_GREW,
    source=_DUNN,
)
def national_share(
    before: Numbers, amounts: Numbers, root_before: Numbers, root_amounts: Numbers
) -> Numbers:
    """Dunn's national share, summed over the industries known at both ends."""
    return _dunn(before, amounts, root_before, root_amounts).national_share


@_change(
    title=mark("Shift-share: industry mix"),
    reading=mark("What the region owes to sectors that grew faster or slower than the country."),
    formula="Σ x0 (X_i1/X_i0 − X1/X0)",
    direction=_GREW,
    source=_DUNN,
)
def industry_mix(
    before: Numbers, amounts: Numbers, root_before: Numbers, root_amounts: Numbers
) -> Numbers:
    """Dunn's industry mix, summed over the industries known at both ends."""
    return _dunn(before, amounts, root_before, root_amounts).industry_mix


@_change(
    title=mark("Shift-share: regional shift"),
    reading=mark("What the region’s own sectors won or lost against the same sectors elsewhere."),
    formula="Σ x0 (x1/x0 − X_i1/X_i0)",
    direction=_GREW,
    source=_DUNN,
)
def regional_shift(
    before: Numbers, amounts: Numbers, root_before: Numbers, root_amounts: Numbers
) -> Numbers:
    """Dunn's regional shift, summed over the industries known at both ends."""
    return _dunn(before, amounts, root_before, root_amounts).regional_shift


@_change(
    title=mark("Shift-share: competitive effect"),
    reading=mark("The regional shift had the region the country’s structure."),
    formula="Σ h (x1/x0 − X_i1/X_i0)",
    direction=_GREW,
    source=_MARQUILLAS,
)
def competitive_effect(
    before: Numbers, amounts: Numbers, root_before: Numbers, root_amounts: Numbers
) -> Numbers:
    """Esteban-Marquillas' competitive effect, summed over the industries known at both ends."""
    return _marquillas(before, amounts, root_before, root_amounts).competitive


@_change(
    title=mark("Shift-share: allocation effect"),
    reading=mark("The part of the regional shift that comes from what the region specialises in."),
    formula="Σ (x0 − h) (x1/x0 − X_i1/X_i0)",
    direction=_GREW,
    source=_MARQUILLAS,
)
def allocation_effect(
    before: Numbers, amounts: Numbers, root_before: Numbers, root_amounts: Numbers
) -> Numbers:
    """Esteban-Marquillas' allocation effect, summed over the industries known at both ends."""
    return _marquillas(before, amounts, root_before, root_amounts).allocation


@_region(
    title=mark("Complexity of a region"),
    reading=mark("How many, and how rare, the sectors are that a region is strong in."),
    formula="K_r = mean of K_i where M = 1",
    direction=mark("standardised; its sign is set so that it rises with diversity"),
    source=HIDALGO,
)
def region_complexity(quotients: Numbers, *, threshold: float = 1.0) -> Numbers:
    """:func:`atlas.metrics.relatedness.complexity` of the regions."""
    return relatedness.complexity(relatedness.specialised(quotients, threshold)).regions
