"""Where a sector is concentrated: the map, its companions in the table, and its geometry."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
import pandas as pd

from atlas.analysis.choices import Choices, choices
from atlas.analysis.clusters import all_clusters
from atlas.errors import ChoiceError
from atlas.figures.scales import classify, make_scale
from atlas.metrics import METRICS, measure
from atlas.metrics.change import SPAN
from atlas.model import MapShapes, MapView, Release
from atlas.store import boundaries, database, releases

#: Figures shown beside whichever one is drawn.
COMPANIONS = ("location_quotient", "amount", "size", "focus")


def default_since(years: list[int], year: int) -> int:
    """The year a change is counted from unless one is chosen: ten years before, or the first."""
    return max(min(years), year - SPAN) if years else year - SPAN


@lru_cache(maxsize=512)
def map_view(
    release: Release,
    *,
    metric: str,
    measure: str = "employment",
    industry: str,
    year: int | None = None,
    since: int | None = None,
    level: int = 1,
) -> MapView:
    """One figure over all regions of a level; see :class:`atlas.model.MapView`.

    Without ``year`` the newest with figures; ``since`` is where changes are counted from.
    Raises ChoiceError for a choice that the release does not have, ``no_figures`` when the sector
    has none of that measure at all, or ``nothing_to_draw`` when it has none in that year.
    """
    known = choices(release)
    known.check(metric=metric, measure=measure, industry=industry, year=year, level=level)
    years = known.years(measure, industry)
    name = known.industries[industry].names["en"]
    if not years:
        wider = known.with_figures(industry) or known.root_industry
        raise ChoiceError("no_figures", industry=name, nearest=wider.code)
    if year is not None and year not in years:
        raise ChoiceError("nothing_to_draw", industry=name, year=year)
    year = year or years[-1]
    since = default_since(years, year) if since is None else since
    figures = _slice(release, industry, year, since)
    table = _companions(figures, known.regions, metric, measure, year, since)
    table["value"], table["status"] = table[metric], table[f"{metric}_status"]
    table["trend"] = _trends(release, metric, measure, industry, years, list(table.index))
    clusters = database.run("clusters/all", release)
    table["clusters"] = clusters["region_code"].value_counts().reindex(table.index).fillna(0)
    country = table.loc[known.root_region.code].to_dict()
    regions = table.loc[list(known.at_level(level))].sort_values(
        "value", ascending=False, na_position="last", kind="stable"
    )
    found = METRICS[metric]
    scale = make_scale(regions["value"], regions["status"], found.scale, top=found.top)
    regions["class"] = classify(regions["value"], scale.breaks)
    return MapView(
        release=release,
        metric=found,
        measure=measure,
        industry=known.industries[industry],
        year=year,
        since=since,
        level=level,
        years=tuple(years),
        regions=regions,
        country=country,
        items=known.regions,
        root=known.root_region,
        scale=scale,
        clusters=clusters,
    )


def _slice(release: Release, industry: str, year: int, since: int) -> pd.DataFrame:
    frame = database.run("map/slice", release, industry=industry, year=year, since=since)
    return frame.set_index(["metric", "measure", "year", "region_code"]).sort_index()


def _companions(
    figures: pd.DataFrame, regions: object, metric: str, chosen: str, year: int, since: int
) -> pd.DataFrame:
    """One row per region: the metric and each companion, its status, its value then, growth, and
    turnover."""
    codes = pd.Index(list(regions), name="region_code")  # type: ignore[call-overload]
    table = pd.DataFrame(index=codes)

    def pick(name: str, of: str, at: int) -> pd.DataFrame:
        try:
            found = figures.loc[(name, of, at)]
        except KeyError:
            found = pd.DataFrame({"value": [], "status": []}, index=pd.Index([]), dtype=object)
        found = found.reindex(codes)
        return found.assign(
            value=found["value"].astype(float), status=found["status"].fillna("missing")
        )

    for name in dict.fromkeys((*COMPANIONS, metric)):
        if name == "growth":
            continue
        now, then = pick(name, chosen, year), pick(name, chosen, since)
        table[name], table[f"{name}_status"] = now["value"], now["status"]
        table[f"{name}_then"] = then["value"]
    now, then = pick("amount", chosen, year), pick("amount", chosen, since)
    terms = pd.DataFrame(
        {
            "region_industry": now["value"],
            "region_industry_status": now["status"],
            "region_industry_before": then["value"],
            "region_industry_before_status": then["status"],
        }
    )
    grown = measure("growth", terms)
    table["growth"], table["growth_status"] = grown["value"], grown["status"].astype("str")
    if chosen != "turnover":
        other = pick("amount", "turnover", year)
        table["turnover"], table["turnover_status"] = other["value"], other["status"]
    return table


def _trends(
    release: Release, metric: str, measure: str, industry: str, years: list[int], codes: list[str]
) -> list[list[float]]:
    """For each region its values over the years, NaN where missing."""
    of = "amount" if metric == "growth" else metric
    frame = database.run("map/trend", release, metric=of, measure=measure, industry=industry)
    wide = frame.pivot(index="region_code", columns="year", values="value")
    wide = wide.reindex(index=codes, columns=years).astype(float)
    return [list(map(float, row)) for row in np.asarray(wide)]


@cache
def map_shapes(release: Release, layer: str = "screen", level: int = 1) -> MapShapes:
    """The geometry of a level: ``screen`` for the browser, ``regions`` for print."""
    items = choices(release).at_level(level)
    shapes = releases.shapes(release, layer)
    shapes = shapes[shapes.index.isin(list(items))]
    return MapShapes(
        release=release,
        level=level,
        items=items,
        regions=shapes,
        backdrop=releases.shapes(release, f"{layer}_backdrop"),
        outline=boundaries.outline(shapes),
        labels=tuple(release.settings.get("map_labels", ())),
    )


@cache
def points(release: Release) -> pd.DataFrame:
    """Firms and institutions that have a point; columns as ``queries/map/points.sql`` says. Not to
    be changed by the caller."""
    return database.run("map/points", release)


def figure_choices(known: Choices) -> dict[str, tuple[str, str | None]]:
    """What a map can show, by its word in the address: a metric, and the measure it is bound to.

    The metric ``amount`` appears once for each measure, under the measure's own name; the others
    are of whichever measure is chosen beside them (None here).
    """
    found: dict[str, tuple[str, str | None]] = {}
    for name in METRICS:
        if name == "amount":
            continue
        found[name] = (name, None)
    for measure_name in known.measures:
        found[measure_name] = ("amount", measure_name)
    return found


def default_industry(known: Choices, industries: list[str]) -> str:
    """The sector shown first: the one most of the named clusters belong to, else the first."""
    frame = all_clusters(known.release)
    common = [code for code in frame["sector"].value_counts().index if code in industries]
    return str(common[0]) if common else industries[0]
