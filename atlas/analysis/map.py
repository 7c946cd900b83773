"""Where a sector is concentrated: the map, its companions in the table, and its geometry."""

from __future__ import annotations

from functools import cache, lru_cache

import geopandas as gpd
import pandas as pd

from atlas.analysis.choices import Choices, choices
from atlas.analysis.clusters import all_clusters
from atlas.analysis.levels import Ground, ground, way_to
from atlas.analysis.map_table import map_table
from atlas.errors import ChoiceError
from atlas.figures.scales import USUAL, classify, in_unit, make_scale
from atlas.metrics import METRICS
from atlas.metrics import measure as measure_cells
from atlas.metrics.change import SPAN
from atlas.model import Classing, MapShapes, MapView, Release
from atlas.store import boundaries, database, releases


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
    table, country, around = map_table(
        drawn, release, metric, measure=measure, industry=industry, year=year, since=since,
        years=years,
    )  # fmt: skip
    found = METRICS[metric]
    scale = make_scale(
        table["value"], table["status"], found.scale, top=found.top,
        classing=in_unit(classing, found.unit),
        pool=_all_years(table["trend"], metric, years, year, since) if classing.same else None,
    )  # fmt: skip
    table["class"] = classify(table["value"], scale.breaks)
    return MapView(
        release=release,
        metric=found,
        measure=measure,
        industry=known.industries[industry],
        year=year,
        since=since,
        level=level,
        years=tuple(years),
        regions=table,
        country=country,
        items=known.regions,
        root=known.root_region,
        scale=scale,
        clusters=all_clusters(release),
        within=known.regions[within] if within else None,
        around=around,
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
