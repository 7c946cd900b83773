"""One region: what it stands on, and its clusters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import pandas as pd

from atlas.analysis.choices import choices
from atlas.analysis.map import default_since
from atlas.analysis.map_table import COMPANIONS
from atlas.errors import unknown
from atlas.metrics import METRICS
from atlas.model import Item, Release
from atlas.store import database


@dataclass(frozen=True)
class RegionView:
    """A region in one year.

    ``sectors``: one row per sector right below the root that has a figure, the highest location
    quotient first (index industry_code; columns as the metrics' names, ``amount_then`` for the
    year ``since`` and ``growth`` between them). ``total``: the same of all sectors together.
    ``clusters``: the region's clusters. ``extra``: whatever else the edition says of it.
    """

    release: Release
    region: Item
    measure: str
    year: int
    since: int
    years: tuple[int, ...]
    sectors: pd.DataFrame
    total: pd.Series | None
    clusters: pd.DataFrame


@lru_cache(maxsize=256)
def region_view(
    release: Release, region: str, *, measure: str = "employment", year: int | None = None
) -> RegionView:
    """What is known of a region; the newest year unless one is given.

    Raises ChoiceError for a region, measure or year that the release does not have.
    """
    known = choices(release)
    known.check(region=region, measure=measure)
    years = known.years(measure)
    if year is None:
        year = years[-1]
    elif year not in years:
        raise unknown("year", year, years)
    since = default_since(years, year)
    frame = database.run(
        "region/profile", release, region=region, measure=measure, year=year, since=since
    )
    now = frame[frame["year"] == year].pivot(
        index="industry_code", columns="metric", values="value"
    )
    now = now.reindex(columns=[*COMPANIONS]).astype(float)
    # Of the first year there is nothing to count a change from.
    then = frame[(frame["year"] == since) & (frame["metric"] == "amount") & (since < year)]
    now["amount_then"] = then.set_index("industry_code")["value"].reindex(now.index).astype(float)
    now["growth"] = _grown(now)
    root = known.root_industry.code
    first_level = [c for c, item in known.industries.items() if item.parent == root]
    sectors = now[now.index.isin(first_level)].sort_values(
        "location_quotient", ascending=False, na_position="last"
    )
    clusters = database.run("clusters/all", release)
    return RegionView(
        release=release,
        region=known.regions[region],
        measure=measure,
        year=year,
        since=since,
        years=tuple(years),
        sectors=sectors,
        total=now.loc[root] if root in now.index else None,
        clusters=clusters[clusters["region_code"] == region],
    )


def _grown(table: pd.DataFrame) -> pd.Series:
    """Growth from ``amount_then`` to ``amount``, by the metric of that name."""
    return pd.Series(
        METRICS["growth"].compute(table["amount"].to_numpy(), table["amount_then"].to_numpy()),
        index=table.index,
    )


def known_sectors(view: RegionView) -> pd.DataFrame:
    """The sectors whose activity is stated; entities without one are no specialisation."""
    known = choices(view.release)
    stated = [known.is_activity(str(code)) for code in view.sectors.index]
    return view.sectors.loc[stated]


@cache
def default_region(release: Release) -> str:
    """The region shown first: the one with the most of all sectors together."""
    known = choices(release)
    measure, root = known.measures[0], known.root_industry.code
    year = known.years(measure, root)[-1]
    frame = database.run("map/slice", release, industry=root, year=year, since=year)
    own = frame[
        (frame["metric"] == "amount")
        & (frame["measure"] == measure)
        & frame["region_code"].isin(list(known.at_level(1)))
    ]
    return str(own.loc[own["value"].astype(float).idxmax(), "region_code"])
