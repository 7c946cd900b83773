"""Where a sector is concentrated: the map, its companions in the table, and its geometry."""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from atlas.analysis.choices import Choices, choices
from atlas.analysis.clusters import all_clusters
from atlas.analysis.levels import Ground, ground, way_to
from atlas.errors import ChoiceError
from atlas.figures.scales import USUAL, classify, in_unit, make_scale
from atlas.metrics import METRICS
from atlas.metrics import measure as measure_cells
from atlas.metrics.change import SPAN
from atlas.model import Classing, MapShapes, MapView, Release
from atlas.store import boundaries, database, releases

#: Figures shown beside whichever one is drawn.
COMPANIONS = ("location_quotient", "amount", "size", "focus")
#: Figures that are 1 for the country itself, whatever the year.
WHOLE = ("location_quotient", "size")
#: What tells one figure from another where there are several.
_PART = ("metric", "measure", "year")

Values = NDArray[np.float64]
Statuses = NDArray[np.object_]


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
    within: str | None = None,
    classing: Classing = USUAL,
) -> MapView:
    """One figure over all regions of a level; see :class:`atlas.model.MapView`.

    Without ``year`` the newest with figures; ``since`` is where changes are counted from.
    ``within`` is a region whose parts alone are drawn.
    Raises ChoiceError for a choice that the release does not have, ``no_figures`` when the sector
    has none of that measure at all, or ``nothing_to_draw`` when it has none in that year.
    """
    known = choices(release)
    known.check(metric=metric, measure=measure, industry=industry, year=year, level=level)
    drawn = ground(release, level, within)
    years = known.years(measure, industry)
    name = known.industries[industry].names["en"]
    if not years:
        wider = known.with_figures(industry) or known.root_industry
        raise ChoiceError("no_figures", industry=name, nearest=wider.code)
    if year is not None and year not in years:
        raise ChoiceError("nothing_to_draw", industry=name, year=year)
    year = year or years[-1]
    since = default_since(years, year) if since is None else since
    table = _companions(release, metric, measure, industry, year, since)
    table["value"], table["status"] = table[metric], table[f"{metric}_status"]
    table["trend"] = _trends(release, metric, measure, industry, years)
    clusters = all_clusters(release)
    number = Counter(clusters["region_code"])
    table["clusters"] = [number[code] for code in table.index]
    country = table.loc[known.root_region.code].to_dict()
    if metric in WHOLE:
        country["amount_trend"] = _amounts(
            release, known.root_region.code, measure, industry, years
        )
    regions = table.loc[list(drawn.regions)].sort_values(
        "value", ascending=False, na_position="last", kind="stable"
    )
    found = METRICS[metric]
    scale = make_scale(
        regions["value"], regions["status"], found.scale, top=found.top,
        classing=in_unit(classing, found.unit),
        pool=_all_years(regions["trend"], metric, years, year, since) if classing.same else None,
    )  # fmt: skip
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
        within=known.regions[within] if within else None,
        around=table.loc[within].to_dict() if within else {},
        classing=classing,
    )


def _all_years(
    trends: pd.Series, metric: str, years: list[int], year: int, since: int
) -> pd.Series:
    """The figure's values in all years. Changes are counted from ``since``, or where that is the
    usual one for ``year``, from the usual one of each year."""
    wide = pd.DataFrame(trends.tolist(), columns=years, dtype=float)
    if metric != "growth":
        return pd.Series(wide.to_numpy().ravel())
    usual = since == default_since(years, year)
    starts = {one: default_since(years, one) if usual else since for one in years}
    pairs = [(wide[one], wide[then]) for one, then in starts.items() if then in wide and then < one]
    if not pairs:
        return pd.Series(dtype=float)
    now, before = (pd.concat(side, ignore_index=True) for side in zip(*pairs, strict=True))
    status = now.add(before).notna().map({True: "published", False: "missing"})
    terms = pd.DataFrame(
        {
            "region_industry": now,
            "region_industry_status": status,
            "region_industry_before": before,
            "region_industry_before_status": status,
        }
    )
    return pd.Series(measure_cells("growth", terms)["value"], dtype=float)


class _Figures:
    """Figures of an industry in two years, each as arrays of values and statuses over all regions:
    as plain arrays they cost a tenth of what a table with an index of four levels does. Codes stay
    objects: else pandas looks at each of them before it takes them for text."""

    def __init__(self, release: Release, metric: str, measure: str, **chosen: Any) -> None:
        metrics = list(dict.fromkeys((*COMPANIONS, metric)))
        found = database.arrays("map/figures", release, metrics=metrics, measure=measure, **chosen)
        self._codes = _codes(release)
        self._at = self._codes.get_indexer(pd.Index(found["region_code"], dtype=object))
        self._values, self._statuses = found["value"], found["status"]
        names = zip(*(found[column].tolist() for column in _PART), strict=True)
        self._parts: dict[tuple[Any, ...], tuple[int, int]] = {}
        end = 0
        for part, rows in groupby(names):
            begin, end = end, end + sum(1 for _ in rows)
            self._parts[part] = (begin, end)

    def pick(self, metric: str, measure: str, year: int) -> tuple[Values, Statuses]:
        """Values (NaN where there is none) and statuses of a figure in a year."""
        values = np.full(len(self._codes), np.nan)
        statuses = np.full(len(self._codes), "missing", dtype=object)
        part = slice(*self._parts.get((metric, measure, year), (0, 0)))
        values[self._at[part]] = self._values[part]
        statuses[self._at[part]] = self._statuses[part]
        return values, statuses


@lru_cache(maxsize=16)
def _codes(release: Release) -> pd.Index:
    return pd.Index(list(choices(release).regions), name="region_code", dtype=object)


def _companions(
    release: Release, metric: str, measure: str, industry: str, year: int, since: int
) -> pd.DataFrame:
    """One row per region: the metric and each companion, its status, its value then, growth, and
    turnover."""
    figures = _Figures(release, metric, measure, industry=industry, year=year, since=since)
    columns: dict[str, Any] = {}
    for name in dict.fromkeys((*COMPANIONS, metric)):
        if name == "growth":
            continue
        columns[name], columns[f"{name}_status"] = figures.pick(name, measure, year)
        columns[f"{name}_then"], _ = figures.pick(name, measure, since)
    now, now_status = figures.pick("amount", measure, year)
    then, then_status = figures.pick("amount", measure, since)
    terms = pd.DataFrame(
        {
            "region_industry": now,
            "region_industry_status": now_status,
            "region_industry_before": then,
            "region_industry_before_status": then_status,
        }
    )
    grown = measure_cells("growth", terms)
    columns["growth"] = grown["value"].to_numpy()
    columns["growth_status"] = grown["status"].to_numpy(object)
    if measure != "turnover":
        columns["turnover"], columns["turnover_status"] = figures.pick("amount", "turnover", year)
    return pd.DataFrame(columns, index=_codes(release))


def _trends(
    release: Release, metric: str, measure: str, industry: str, years: list[int]
) -> list[list[float]]:
    """For each region of the release its values over the years, NaN where missing."""
    of = "amount" if metric == "growth" else metric
    of_all = database.arrays("map/trend", release, metric=of, measure=measure, industry=industry)
    wide = np.full((len(_codes(release)), len(years)), np.nan)
    across = pd.Index(years).get_indexer(of_all["year"])
    down = _codes(release).get_indexer(pd.Index(of_all["region_code"], dtype=object))
    seen = across >= 0
    wide[down[seen], across[seen]] = of_all["value"][seen]
    found: list[list[float]] = wide.tolist()
    return found


def _amounts(
    release: Release, region: str, measure: str, industry: str, years: list[int]
) -> list[float]:
    """What was counted in one region over the years, NaN where missing."""
    own = database.run("region/trend", release, region=region, measure=measure, industry=industry)
    found = own[own["metric"] == "amount"].set_index("year")["value"]
    return [float(value) for value in found.reindex(years)]


@lru_cache(maxsize=64)
def map_shapes(
    release: Release, layer: str = "screen", level: int = 1, within: str | None = None
) -> MapShapes:
    """The geometry of a level: ``screen`` for the browser, ``regions`` for print. ``within`` is a
    region whose parts alone are drawn; the rest of the country then lies behind them."""
    drawn = ground(release, level, within)
    every = releases.shapes(release, layer)
    shapes = every[every.index.isin(drawn.regions)]
    backdrop = releases.shapes(release, f"{layer}_backdrop")
    rest = _rest(release, every, drawn)
    if len(rest):
        country = gpd.GeoDataFrame(
            index=[str(release.settings["country"])],
            geometry=[boundaries.outline(rest)],
            crs=every.crs,
        )
        backdrop = pd.concat([backdrop, country])
    return MapShapes(
        release=release,
        level=level,
        within=within,
        items=drawn.regions,
        regions=shapes,
        backdrop=backdrop,
        outline=boundaries.outline(shapes),
        labels=tuple(release.settings.get("map_labels", ())),
    )


def _rest(release: Release, every: gpd.GeoDataFrame, drawn: Ground) -> gpd.GeoDataFrame:
    """The largest regions that neither are on the map nor hold one that is."""
    known = choices(release)
    seen = {item.code for code in drawn.regions for item in way_to(known, code)}
    around = seen - set(drawn.regions)
    outside = [
        code for code, item in known.regions.items() if code not in seen and item.parent in around
    ]
    return every[every.index.isin(outside)]


@lru_cache(maxsize=16)
def points(release: Release) -> pd.DataFrame:
    """Firms and institutions with a point, as ``queries/map/points.sql`` has them; read only."""
    return database.run("map/points", release)


def figure_choices(known: Choices) -> dict[str, tuple[str, str | None]]:
    """What a map can show, by its word in the address: a metric, and the measure it is bound to.

    The metric ``amount`` appears once for each measure, under the measure's own name; the others
    are of whichever measure is chosen beside them (None here).
    """
    unbound: dict[str, tuple[str, str | None]] = {
        name: (name, None) for name in METRICS if name != "amount"
    }
    return unbound | {measure: ("amount", measure) for measure in known.measures}


def default_industry(known: Choices, industries: list[str]) -> str:
    """The sector shown first: the one most of the named clusters belong to, else the first."""
    common = [code for code in _commonest(known.release) if code in industries]
    return common[0] if common else industries[0]


@cache
def _commonest(release: Release) -> tuple[str, ...]:
    """The sectors of the named clusters, the one that most belong to first."""
    return tuple(map(str, all_clusters(release)["sector"].value_counts().index))
