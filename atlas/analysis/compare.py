"""Regions side by side: how alike their structures are, and what sets them apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

import numpy as np
import pandas as pd

from atlas.analysis import map as question
from atlas.analysis.choices import Choices, choices
from atlas.analysis.compare_figures import Figure, figures, source_name
from atlas.analysis.measure import measure_cells
from atlas.errors import ChoiceError
from atlas.figures.scales import make_scale
from atlas.metrics.inequality import krugman
from atlas.metrics.registry import ratio
from atlas.model import Item, MapView, Release

#: How many regions (or clusters) may stand side by side, and how many do unless they are chosen.
LEAST, MOST, USUAL = 2, 6, 4
#: A quotient below this says only that the sector is all but absent. Without such an end a zero,
#: which may be a rounded figure, would set regions apart more than anything else.
ALL_BUT_ABSENT = 0.05


@dataclass(frozen=True)
class Pair:
    """Two regions and how far their structures differ: Krugman's index, 0 (alike) to 2, over the
    ``sectors`` (their number) that have figures in both."""

    one: Item
    other: Item
    index: float
    sectors: int


@dataclass(frozen=True)
class CompareView:
    """Two to six regions of the first level in one year.

    ``map``: the location quotient of the sector on the maps, these regions alone, the class
    breaks of every map. ``quotients`` and ``statuses``: one row per sector right below the root
    (index industry_code), one column per region in the order asked for; those that lie farthest
    apart first (largest over smallest quotient, see ``ALL_BUT_ABSENT``), those with fewer than two
    figures last.
    ``amounts``: the measure of the same sectors, the country's too. ``totals``: of all sectors.
    ``pairs``: every two of the regions, the most alike first. ``absent``: sectors without a figure
    in any region. ``figures``: the rows of the table.
    """

    release: Release
    regions: tuple[Item, ...]
    root: Item
    measure: str
    year: int
    since: int
    map: MapView
    quotients: pd.DataFrame
    statuses: pd.DataFrame
    amounts: pd.DataFrame
    totals: Mapping[str, float]
    pairs: tuple[Pair, ...]
    absent: tuple[Item, ...]
    figures: tuple[Figure, ...]

    @property
    def codes(self) -> list[str]:
        """Codes of the regions in the order asked for."""
        return [region.code for region in self.regions]

    @property
    def industries(self) -> Mapping[str, Item]:
        """Sectors by their code."""
        return choices(self.release).industries

    def share(self, region: str, sectors: Sequence[str]) -> float:
        """The share of some sectors together in the region's published total."""
        known = float(self.amounts.loc[list(sectors), region].sum())
        return float(ratio(np.array(known), np.array(self.totals[region])))

    def covered(self, region: str) -> tuple[int, float]:
        """In how many sectors the region has a figure, and their share of its published total."""
        known = list(self.amounts[region].dropna().index)
        return len(known), self.share(region, known)


@lru_cache(maxsize=128)
def compare_view(
    release: Release,
    regions: tuple[str, ...],
    *,
    measure: str = "employment",
    industry: str,
    year: int | None = None,
) -> CompareView:
    """Regions side by side; the newest year unless one is given.

    ``industry``: the sector on the maps. Raises ChoiceError for what the release does not have
    (a region of another level than the first included) and for fewer than two or more than six
    regions or the same one twice (``regions_number``).
    """
    known = choices(release)
    known.check(measure=measure, industry=industry)
    if not LEAST <= len(regions) <= MOST or len(set(regions)) < len(regions):
        raise ChoiceError("regions_number", count=len(set(regions)), least=LEAST, most=MOST)
    for region in regions:
        known.check(region=region if region in known.at_level(1) else f"{region}?")
    drawn = question.map_view(
        release, metric="location_quotient", measure=measure, industry=industry, year=year
    )
    amounts = sector_amounts(release, measure, drawn.year)
    sectors = [code for code in sectors_of(known) if amounts[code].notna().any()]
    quotients, statuses = _quotients(release, measure, drawn.year, regions, sectors)
    since = question.default_since(known.years(measure), drawn.year)
    return CompareView(
        release=release,
        regions=tuple(known.regions[code] for code in regions),
        root=known.root_region,
        measure=measure,
        year=drawn.year,
        since=since,
        map=_only(drawn, regions),
        quotients=quotients,
        statuses=statuses,
        amounts=amounts.loc[[*regions, known.root_region.code], list(quotients.index)].T,
        totals=amounts[known.root_industry.code].to_dict(),
        pairs=_pairs(known, amounts[sectors], regions),
        absent=tuple(known.industries[c] for c in sectors_of(known) if c not in sectors),
        figures=figures(known, regions, amounts, sectors, measure, drawn.year, since),
    )


def sectors_of(known: Choices) -> list[str]:
    """The sectors right below the root whose activity is stated."""
    root = known.root_industry.code
    return [
        code
        for code, item in known.industries.items()
        if item.parent == root and known.is_activity(code)
    ]


@lru_cache(maxsize=64)
def sector_amounts(release: Release, measure: str, year: int, level: int = 1) -> pd.DataFrame:
    """Amounts of a measure: one row per region of the level and the country, one column per
    sector right below the root and the root itself; NaN where missing."""
    known = choices(release)
    cells = pd.concat(
        measure_cells(release, "amount", measure=measure, level=at, year=year)
        for at in dict.fromkeys((level, 0))
    )
    wide = cells.pivot(index="region_code", columns="industry_code", values="value")
    columns = [*sectors_of(known), known.root_industry.code]
    return wide.reindex(columns=columns).astype(float)


def alike(release: Release, region: str, *, number: int = USUAL - 1) -> tuple[str, ...]:
    """The regions whose structure is most like a region's, the most alike first, in the newest
    year of the first measure; the largest ones for a region without figures."""
    known = choices(release)
    measure = known.measures[0]
    amounts = sector_amounts(release, measure, known.years(measure)[-1])
    amounts = amounts.loc[list(known.at_level(1))]
    nearest = likeness(amounts[sectors_of(known)], region)
    if nearest.empty:
        largest = amounts[known.root_industry.code].drop(region).dropna()
        nearest = largest.sort_values(ascending=False, kind="stable")
    return tuple(map(str, nearest.index[:number]))


def likeness(amounts: pd.DataFrame, region: str) -> pd.Series:
    """Krugman's index between a region and each of the others, 0 (alike) to 2, the most alike
    first, over the sectors that have figures in both; those without an index are left out.

    ``amounts``: one row per region, one column per sector.
    """
    index = pd.Series(krugman(amounts, amounts.loc[region], skip_missing=True), amounts.index)
    return index.drop(region).dropna().sort_values(kind="stable")


def usual_regions(release: Release, region: str | None = None) -> tuple[str, ...]:
    """The regions compared unless they are chosen: one with those most like it, else those with
    the most of all sectors together."""
    known = choices(release)
    if region in known.at_level(1):
        return (str(region), *alike(release, str(region)))
    measure = known.measures[0]
    amounts = sector_amounts(release, measure, known.years(measure)[-1])
    totals = amounts.loc[list(known.at_level(1)), known.root_industry.code].dropna()
    largest = totals.sort_values(ascending=False, kind="stable")
    return tuple(map(str, largest.index[:USUAL]))


def _quotients(
    release: Release, measure: str, year: int, regions: Sequence[str], sectors: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Location quotients of the sectors and their statuses, the widest apart first."""
    cells = measure_cells(release, "location_quotient", measure=measure, level=1, year=year)
    wide = cells.pivot(index="industry_code", columns="region_code", values="value").astype(float)
    words = cells.pivot(index="industry_code", columns="region_code", values="status")
    wide, words = (frame.reindex(index=sectors, columns=list(regions)) for frame in (wide, words))
    order = _apart(wide).sort_values(ascending=False, kind="stable").index
    return wide.loc[order], words.loc[order].fillna("missing")


def _apart(quotients: pd.DataFrame) -> pd.Series:
    """The largest quotient over the smallest of each row, which counts as no less than
    ``ALL_BUT_ABSENT``; −1 where fewer than two are known."""
    low, high = quotients.min(axis=1), quotients.max(axis=1)
    apart: pd.Series = high / low.clip(lower=ALL_BUT_ABSENT)
    return apart.where(quotients.notna().sum(axis=1) >= LEAST, -1.0)


def _pairs(known: Choices, amounts: pd.DataFrame, regions: Sequence[str]) -> tuple[Pair, ...]:
    """Every two of the regions, the most alike first; those without an index are left out."""
    found = []
    for one, other in combinations(regions, 2):
        both = amounts.loc[[one, other]].to_numpy()
        index = float(krugman(both[0], both[1], skip_missing=True))
        if np.isfinite(index):
            shared = int((~np.isnan(both)).all(axis=0).sum())
            found.append(Pair(known.regions[one], known.regions[other], index, shared))
    return tuple(sorted(found, key=lambda pair: pair.index))


def _only(view: MapView, regions: Sequence[str]) -> MapView:
    """A map's figures for some regions only, in the classes of the whole map."""
    rows = view.regions.loc[list(regions)]
    scale = make_scale(rows["value"], rows["status"], view.metric.scale, top=view.metric.top)
    return replace(view, regions=rows, scale=scale)


def compare_csv(view: CompareView) -> bytes:
    """The table and the location quotients as CSV, one row per figure, sector and region.

    Columns: figure (a fixed word), measure, industry_code, region_code, year, since, value (empty
    where missing), status, sectors (how many a figure of the structure is taken over), source.
    """
    rows = [
        {
            "figure": figure.name,
            "measure": figure.measure,
            "industry_code": "",
            "region_code": code,
            "year": figure.year,
            "since": figure.since,
            "value": figure.values[code],
            "status": figure.statuses[code],
            "sectors": figure.sectors.get(code),
            "source": figure.source,
        }
        for figure in view.figures
        for code in [*view.codes, view.root.code]
    ]
    rows += [
        {
            "figure": view.map.metric.name,
            "measure": view.measure,
            "industry_code": sector,
            "region_code": code,
            "year": view.year,
            "value": view.quotients.at[sector, code],
            "status": view.statuses.at[sector, code],
            "source": source_name(choices(view.release), view.measure),
        }
        for sector in view.quotients.index
        for code in view.codes
    ]
    frame = pd.DataFrame(rows).astype({"year": "Int64", "since": "Int64", "sectors": "Int64"})
    text: str = frame.to_csv(index=False, lineterminator="\n")
    return text.encode()
