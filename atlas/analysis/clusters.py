"""The clusters of a release: all of them, and one with its firms and institutions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from atlas.analysis.choices import choices
from atlas.errors import unknown
from atlas.metrics.change import SPAN, growth
from atlas.model import Item, Release
from atlas.store import database


@dataclass(frozen=True)
class Grown:
    """How a sector grew between two years in a region and in the country: shares of what there was
    in ``since``, NaN where a year has no figure."""

    since: int
    year: int
    region: float
    country: float


@dataclass(frozen=True)
class ClusterView:
    """A cluster with all that is recorded of it.

    ``industries``: what it makes, as narrowly as recorded. ``with_figures``: the nearest wider
    sector that has figures, None when no sector has. ``firms`` and ``institutions``: members,
    one row each. ``organisation``: the institution that runs it, or None. ``facts``: single
    published figures. ``trend``: its region's figures of that wider sector, one row per year
    (index year, columns amount, location_quotient, size, focus). ``grown``: its growth beside the
    country's, None without two years.
    """

    release: Release
    cluster: Item
    region: Item
    industries: tuple[Item, ...]
    with_figures: Item | None
    firms: pd.DataFrame
    institutions: pd.DataFrame
    organisation: pd.Series | None
    facts: pd.DataFrame
    trend: pd.DataFrame
    grown: Grown | None
    measure: str
    number: int


@cache
def all_clusters(release: Release) -> pd.DataFrame:
    """All clusters in the order of their rank, one row each, with the numbers of members and
    ``industry_codes`` (a tuple) and ``sector`` (code of the wider sector with figures)."""
    frame = database.run("clusters/all", release)
    pairs = database.run("cluster/industries", release)
    codes = pairs.groupby("cluster_id")["industry_code"].agg(tuple)
    frame["industry_codes"] = [codes.get(cluster, ()) for cluster in frame["cluster_id"]]
    known = choices(release)
    sectors = []
    for own in frame["industry_codes"]:
        wider = known.with_figures(own[0]) if own else None
        sectors.append(wider.code if wider else None)
    frame["sector"] = sectors
    # Read row by row by every page: as objects words cost a tenth of what pandas' own text does.
    words = frame.select_dtypes("string").columns
    return frame.astype(dict.fromkeys(words, object))


def cluster_view(release: Release, cluster: str, *, measure: str = "employment") -> ClusterView:
    """Everything recorded of one cluster. Raises ChoiceError for an unknown one."""
    known = choices(release)
    frame = all_clusters(release).set_index("cluster_id", drop=False)
    if cluster not in frame.index:
        raise unknown("cluster", cluster, frame.index)
    row = frame.loc[cluster]
    institutions = database.run("cluster/institutions", release, cluster=cluster)
    runs_it = institutions[institutions["institution_id"] == row["cmo_id"]]
    wider = known.industries[row["sector"]] if row["sector"] else None
    trend = _trend(release, str(row["region_code"]), measure, wider)
    return ClusterView(
        release=release,
        cluster=_item(row),
        region=known.regions[row["region_code"]],
        industries=tuple(known.industries[code] for code in row["industry_codes"]),
        with_figures=wider,
        firms=database.run("cluster/firms", release, cluster=cluster),
        institutions=institutions,
        organisation=runs_it.iloc[0] if len(runs_it) else None,
        facts=database.run("cluster/facts", release, cluster=cluster),
        trend=trend,
        grown=_grown(trend, _trend(release, known.root_region.code, measure, wider)),
        measure=measure,
        number=len(frame),
    )


def _item(row: pd.Series) -> Item:
    known = {
        str(column): value
        for column, value in row.items()
        if isinstance(value, tuple) or not pd.isna(value)
    }
    names = {c.removeprefix("name_"): str(v) for c, v in known.items() if c.startswith("name_")}
    return Item(code=str(row["cluster_id"]), names=names, extra=known)


def _trend(release: Release, region: str, measure: str, wider: Item | None) -> pd.DataFrame:
    if wider is None:
        return pd.DataFrame()
    frame = database.run(
        "region/trend", release, region=region, measure=measure, industry=wider.code
    )
    years = choices(release).years(measure, wider.code)
    wide = frame.pivot(index="year", columns="metric", values="value")
    return wide.reindex(index=years).astype(float)


def _grown(region: pd.DataFrame, country: pd.DataFrame) -> Grown | None:
    years = list(region.index)
    if len(years) < 2 or "amount" not in region or "amount" not in country:
        return None
    year, since = years[-1], max(years[0], years[-1] - SPAN)
    both = pd.DataFrame({"region": region["amount"], "country": country["amount"]}).reindex(
        [since, year]
    )
    own, whole = growth(both.loc[year].to_numpy(), both.loc[since].to_numpy())
    return Grown(since, year, float(own), float(whole))
