"""Concentration that minds how large plants are, or how much room and how many people there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from atlas.metrics.inequality import shares
from atlas.metrics.registry import Numbers, metric, ratio
from atlas.model import Parameter, mark

#: What each parameter of these figures sets.
PARAMETERS: Mapping[str, Parameter] = {
    "skip_missing": Parameter(
        mark("1: compute over the known amounts alone; 0: a missing amount makes it missing."), 0, 1
    ),
}


@dataclass(frozen=True)
class EllisonGlaeser:
    """Ellison and Glaeser's index of an industry and what it is made of; all without a unit.

    ``gamma``: 0 as if plants had chosen at random, above 0 concentrated, below 0 dispersed.
    ``raw_concentration``: G. ``plant_herfindahl``: H. ``plants``: how many were counted;
    ``left_out``: how many were not, their size being missing.
    """

    gamma: float
    raw_concentration: float
    plant_herfindahl: float
    plants: int
    left_out: int


def ellison_glaeser(
    sizes: Numbers,
    regions: npt.ArrayLike,
    *,
    region_totals: Numbers,
    skip_missing: bool = False,
) -> EllisonGlaeser:
    """Ellison and Glaeser's gamma of one industry from its plants.

    ``sizes``: employment of each plant, (plants,); ``regions``: for each plant the position of its
    region in ``region_totals``, (regions,), the employment of all industries.
    G = sum (s_r - x_r)^2 with the industry's shares s and all industries' shares x of the regions;
    H = sum z^2 with the plants' shares z of the industry;
    gamma = (G - (1 - sum x^2) H) / ((1 - sum x^2) (1 - H)).
    Gamma is missing where G and H leave no room for it (one plant, one region); everything is
    missing where a total is, or a size unless ``skip_missing`` leaves that plant out.
    Raises ValueError for plants without a region and for shapes that do not fit.
    Source: Ellison and Glaeser 1997; Farhauer and Kröll. Example: the latter's ten plants in
    Wien, Linz and Graz give .05990628.
    """
    plants = np.asarray(sizes, dtype=np.float64)
    places = np.asarray(regions)
    totals = np.asarray(region_totals, dtype=np.float64)
    if plants.ndim != 1 or places.shape != plants.shape or totals.ndim != 1:
        raise ValueError(f"sizes {plants.shape}, regions {places.shape}, totals {totals.shape}")
    if places.size and not np.issubdtype(places.dtype, np.integer):
        raise ValueError("regions are positions in region_totals")
    if places.size and not (places.min() >= 0 and places.max() < totals.size):
        raise ValueError(f"a plant stands outside the {totals.size} regions")
    z = shares(plants, skip_missing=skip_missing)
    x = shares(totals)
    left_out = int(np.isnan(plants).sum())
    known = ~np.isnan(z)
    herfindahl = raw = float("nan")
    if known.any():
        s = np.bincount(places[known], z[known], totals.size)
        herfindahl, raw = float((z[known] ** 2).sum()), float(((s - x) ** 2).sum())
    room = 1 - float((x**2).sum())
    span = _room(room) * _room(1 - herfindahl)
    gamma = (raw - room * herfindahl) / span if span else np.nan
    return EllisonGlaeser(
        gamma=float(gamma),
        raw_concentration=raw,
        plant_herfindahl=herfindahl,
        plants=int(plants.size - left_out),
        left_out=left_out,
    )


def _room(left: float) -> float:
    """What is left of one; shares of thirds need not sum to one to the last digit."""
    return 0.0 if left <= 1e-12 else left


@metric(
    title=mark("Cluster index (Litzenberger and Sternberg)"),
    reading=mark(
        "How dense the sector is by area and by people, over the size of its firms, all as ratios"
        " to the country; 1 means as in the country as a whole."
    ),
    formula="(x_ri / x_Ri) · (A / a_r) · (P / p_r) · (e_ri / E_i)",
    unit="ratio",
    direction=mark("above 1: denser and in more, smaller firms than in the country"),
    source=mark("Litzenberger and Sternberg 2006"),
    scale="diverging_log",
)
def litzenberger(
    region_industry: Numbers,
    root_industry: Numbers,
    region_area: Numbers,
    root_area: Numbers,
    region_population: Numbers,
    root_population: Numbers,
    establishments: Numbers,
    root_establishments: Numbers,
) -> Numbers:
    """Litzenberger and Sternberg's cluster index; no unit, 1: as in the country as a whole.

    With area a, population p and the industry's firms f (establishments), of the region (small)
    and the root (capital): industrial density [(x_ri/a_r) / (X_i/A)] x industrial stock
    [(x_ri/p_r) / (X_i/P)] / size of firms [(x_ri/f_ri) / (X_i/F_i)], computed as
    (x_ri/X_i) (A/a_r) (P/p_r) (f_ri/F_i). Areas in any one unit, population in persons.
    A true zero gives zero; jobs without a firm, a zero or missing area, population or national
    figure give missing. Shape: one value per cell, broadcast. Raises ValueError where the shapes
    do not fit. Source: Litzenberger and Sternberg 2006. Example: 1743 of 5740 jobs, area 50 of
    576, population 488 of 4621, firms 35 of 53 give 21.87491.
    """
    firms = ratio(establishments, root_establishments)
    impossible = (np.asarray(establishments) == 0) & (np.asarray(region_industry) > 0)
    return (
        ratio(region_industry, root_industry)
        * ratio(root_area, region_area)
        * ratio(root_population, region_population)
        * np.where(impossible, np.nan, firms)
    )
