"""One region's structure: its sectors' shares, what they amount to, and why it changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from atlas.analysis.choices import Choices, choices
from atlas.analysis.compare import sector_amounts, sectors_of
from atlas.analysis.measure import region_figures
from atlas.metrics import STRUCTURES
from atlas.metrics.change import SPAN
from atlas.metrics.registry import ratio
from atlas.metrics.shift_share import shift_share
from atlas.model import Item, Metric, Release

#: What a whole structure is said in, and the parts of its change, by the metrics' names.
WHOLE = ("equivalent_number", "krugman_rest", "entropy", "related_variety")
PARTS = ("national_share", "industry_mix", "regional_shift")


@dataclass(frozen=True)
class Whole:
    """One figure of the whole structure: the region's own, whether a sector was ``partial``ly
    missing, and the lowest and highest of the regions of its level that have one (``regions``,
    their number)."""

    metric: Metric
    value: float
    partial: bool
    low: float
    high: float
    regions: int


@dataclass(frozen=True)
class Shift:
    """The change between two years in Dunn's parts, in the measure's unit: ``parts`` by the
    metrics of ``PARTS``, over ``sectors`` (their number) with figures in both years; the sectors
    ``left_out`` have one in one year alone. ``sectors_shift``: the regional shift sector by
    sector, the largest first. ``published``: the change of the published totals, NaN where there
    is none."""

    since: int
    parts: tuple[tuple[Metric, float], ...]
    sectors: int
    left_out: tuple[Item, ...]
    sectors_shift: tuple[tuple[Item, float], ...]
    published: float

    @property
    def change(self) -> float:
        """What the parts add up to."""
        return sum(value for _, value in self.parts)


@dataclass(frozen=True)
class RegionStructure:
    """A region's structure in one year.

    ``shares``: of its published total, one row per sector with a figure in the region or in the
    country (index industry_code; columns ``region`` and ``country``, NaN where missing), the
    region's largest first. ``held``: what the region's sum to. ``absent``: sectors without a
    figure in the region. ``whole``: its figures that have a value. ``shift``: None where the
    region has no figures ten years before (``since``).
    """

    shares: pd.DataFrame
    held: float
    absent: tuple[Item, ...]
    whole: tuple[Whole, ...]
    since: int
    shift: Shift | None


@lru_cache(maxsize=256)
def region_structure(
    release: Release, region: str, *, measure: str, year: int
) -> RegionStructure | None:
    """A region's structure by a measure in a year; None where no sector has a figure.

    Raises ChoiceError for a region, measure or year that the release does not have.
    """
    known = choices(release)
    known.check(region=region, measure=measure, year=year)
    level = known.regions[region].level or 0
    amounts = sector_amounts(release, measure, year, level)
    sectors, root = sectors_of(known), known.root_region.code
    if region not in amounts.index or amounts.loc[region, sectors].isna().all():
        return None
    rows = amounts.loc[[region, root]].set_axis(["region", "country"])
    totals = rows[known.root_industry.code].to_numpy()
    shares = pd.DataFrame(
        ratio(rows[sectors].to_numpy(), totals[:, None]), index=rows.index, columns=sectors
    ).T.dropna(how="all")
    own = shares["region"]
    return RegionStructure(
        shares=shares.sort_values("region", ascending=False, kind="stable"),
        held=float(own.sum()),
        absent=tuple(known.industries[code] for code in sectors if np.isnan(own.get(code, np.nan))),
        whole=_whole(release, region, measure, level, year),
        since=year - SPAN,
        shift=_shift(known, region, measure, level, year),
    )


def _figures(release: Release, measure: str, level: int, year: int) -> pd.DataFrame:
    return region_figures(release, WHOLE + PARTS, measure=measure, level=level, year=year)


def _whole(release: Release, region: str, measure: str, level: int, year: int) -> tuple[Whole, ...]:
    """The figures of the whole structure that the region has."""
    table = _figures(release, measure, level, year)
    found = []
    for name in WHOLE:
        values = table[name]["value"].astype(float).dropna()
        if region in values.index:
            partial = table.at[region, (name, "status")] == "partial"
            own = float(values[region])
            spread = (float(values.min()), float(values.max()), len(values))
            found.append(Whole(STRUCTURES[name], own, partial, *spread))
    return tuple(found)


def _shift(known: Choices, region: str, measure: str, level: int, year: int) -> Shift | None:
    """The parts of the change over ten years; None where they have no value."""
    release, since = known.release, year - SPAN
    table = _figures(release, measure, level, year)
    parts = tuple((STRUCTURES[name], float(table.at[region, (name, "value")])) for name in PARTS)
    if np.isnan([value for _, value in parts]).any():
        return None
    root, sectors = known.root_region.code, sectors_of(known)
    now, then = (sector_amounts(release, measure, at, level) for at in (year, since))
    ends = [end.loc[code, sectors] for code in (region, root) for end in (then, now)]
    own = pd.Series(shift_share(*ends).regional_shift, index=sectors)
    some = ends[0].notna() | ends[1].notna()
    total = known.root_industry.code
    return Shift(
        since=since,
        parts=parts,
        sectors=int(own.notna().sum()),
        left_out=tuple(known.industries[code] for code in own.index[some & own.isna()]),
        sectors_shift=tuple(
            (known.industries[str(code)], float(value))
            for code, value in own.dropna().sort_values(ascending=False, kind="stable").items()
        ),
        published=float(now.at[region, total] - then.at[region, total]),
    )
