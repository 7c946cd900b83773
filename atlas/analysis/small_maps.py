"""One figure on many small maps with one legend: over years, over sectors, or region by region."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from atlas.analysis.choices import Choices
from atlas.analysis.compare import sectors_of
from atlas.analysis.levels import ground
from atlas.analysis.map import default_since, map_view
from atlas.analysis.map_snapshot import filled_map
from atlas.analysis.profiles import Profile, view_kind
from atlas.errors import ChoiceError
from atlas.figures.scales import classify, in_unit, make_scale
from atlas.model import Item, MapView, Scale
from atlas.snapshot import Snapshot
from atlas.snapshot_fields import FEWEST, MOST


@dataclass(frozen=True)
class SmallMap:
    """One of them: the figures that it draws, and the ``region`` that it is of, None for all."""

    view: MapView
    region: Item | None = None


@dataclass(frozen=True, kw_only=True)
class SmallMaps(Profile):
    """Small maps in the classes (or circles) of all of them together. ``each``: what they are of,
    ``years``, ``sectors`` or ``regions``. ``map``: the first, its scale with the counts of all."""

    each: str
    maps: tuple[SmallMap, ...]
    map: MapView

    @property
    def year(self) -> int:
        """The newest year of the figures."""
        return max(one.view.year for one in self.maps)


def _filled(snapshot: Snapshot, known: Choices) -> Snapshot:
    """The snapshot with its figure, and with which maps there are of it."""
    since = snapshot.since
    # A sector or year may be named in a list alone.
    first = snapshot.industry or (snapshot.industries or (None,))[0]
    said = filled_map(dataclasses.replace(snapshot, industry=first, layers=()), known.release)
    measure, industry, year = str(said.measure), str(said.industry), said.year
    if said.each == "sectors":
        for code in said.industries or ():
            known.check(industry=code)
        own = [code for code in sectors_of(known) if year in known.years(measure, code)]
        return dataclasses.replace(said, industries=said.industries or tuple(own[:MOST]))
    if said.each == "regions":
        drawn = ground(known.release, said.level, said.within).regions
        for code in said.regions or ():
            known.check(region=code if code in drawn else f"{code}?")
        return dataclasses.replace(said, regions=said.regions or _as_many(list(drawn)))
    years = known.years(measure, industry)
    # Of the first year there is nothing to count a change from.
    start = 1 if said.metric == "growth" else 0
    # Changes are counted from each year's usual start unless one is chosen for all.
    return dataclasses.replace(said, since=since, years=said.years or tuple(years[start:][-MOST:]))


def _as_many(codes: list[str]) -> tuple[str, ...]:
    """All regions. Raises ChoiceError where there is no room for so many maps."""
    if not FEWEST <= len(codes) <= MOST:
        raise ChoiceError("regions_number", count=len(codes), least=FEWEST, most=MOST)
    return tuple(codes)


def _maps(snapshot: Snapshot, known: Choices, same: Mapping[str, Any]) -> SmallMaps:
    views = _together([_one(snapshot, known, **own) for own in _chosen(snapshot)], snapshot)
    selected = known.regions[snapshot.region] if snapshot.region else None
    views = [dataclasses.replace(view, selected=selected) for view in views]
    if snapshot.each == "regions":
        places = [known.regions[code] for code in snapshot.regions or ()]
        maps = tuple(SmallMap(views[0], region) for region in places)
        rows = views[0].regions.loc[[region.code for region in places]]
    else:
        maps = tuple(map(SmallMap, views))
        rows = pd.concat([view.regions for view in views])
    counted = _scale(views[0], rows, snapshot, _pool(views))
    return SmallMaps(
        **same, each=str(snapshot.each), maps=maps,
        map=dataclasses.replace(views[0], scale=counted),
    )  # fmt: skip


def _chosen(snapshot: Snapshot) -> list[dict[str, Any]]:
    """What is different from one to the next."""
    if snapshot.each == "sectors":
        return [{"industry": code} for code in snapshot.industries or ()]
    if snapshot.each == "regions":
        return [{}]
    return [{"year": year} for year in snapshot.years or ()]


def _one(snapshot: Snapshot, known: Choices, **own: Any) -> MapView:
    asked = {"industry": str(snapshot.industry), "year": snapshot.year, **own}
    years = known.years(str(snapshot.measure), asked["industry"])
    since = default_since(years, int(asked["year"])) if snapshot.since is None else snapshot.since
    return map_view(
        known.release, metric=str(snapshot.metric), measure=str(snapshot.measure), since=since,
        level=snapshot.level, within=snapshot.within, classing=snapshot.classing, **asked,
    )  # fmt: skip


def _together(views: list[MapView], snapshot: Snapshot) -> list[MapView]:
    """The views in the classes that all of their values have together."""
    pool, found = _pool(views), []
    for view in views:
        scale = _scale(view, view.regions, snapshot, pool)
        regions = view.regions.assign(**{"class": classify(view.regions["value"], scale.breaks)})
        found.append(dataclasses.replace(view, regions=regions, scale=scale))
    return found


def _pool(views: list[MapView]) -> pd.Series:
    return pd.concat([view.regions["value"] for view in views], ignore_index=True)


def _scale(view: MapView, rows: pd.DataFrame, snapshot: Snapshot, pool: pd.Series) -> Scale:
    how = dataclasses.replace(snapshot.classing, same=False)
    rows = rows.reset_index(drop=True)
    return make_scale(
        rows["value"], rows["status"], view.metric.scale, top=view.metric.top,
        classing=in_unit(how, view.metric.unit), pool=pool,
    )  # fmt: skip


view_kind("maps", _filled, _maps)
