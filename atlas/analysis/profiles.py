"""The views of a snapshot that are no map: a region, a cluster, and regions side by side."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from atlas.analysis import map as question
from atlas.analysis.choices import Choices, choices
from atlas.analysis.clusters import ClusterView, all_clusters, cluster_view
from atlas.analysis.compare import CompareView, compare_view, sectors_of, usual_regions
from atlas.analysis.network import network
from atlas.analysis.region import RegionView, default_region, known_sectors, region_view
from atlas.analysis.region_structure import RegionStructure, region_structure
from atlas.analysis.signs import SIGNS_SOURCE, Finding, signs
from atlas.errors import unknown
from atlas.model import Item, MapView, Release
from atlas.snapshot import Snapshot

#: Figures at the head of a region's profile.
_FIGURES = 4
_PLACE = ("population", "area_km2")


@dataclass(frozen=True)
class HeadFigure:
    """A figure at the head of a profile: ``name`` is ``amount`` (of ``measure``), ``size`` (the
    share of the country) or a column of the edition's regions. ``change`` since ``since``: a share
    of one, of ``size`` a difference; NaN where there is none."""

    name: str
    value: float
    measure: str = ""
    year: int | None = None
    since: int | None = None
    change: float = float("nan")


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What all of these views have: the release, the country, the measure, and its maker's own
    ``title`` and ``notes``. ``industries``: sectors by their code."""

    release: Release
    root: Item
    measure: str
    industries: Mapping[str, Item]
    title: str | None = None
    notes: str | None = None


@dataclass(frozen=True, kw_only=True)
class RegionProfile(Profile):
    """A region: ``view`` of its page, its sectors whose activity is stated (``sectors``), its
    ``structure`` (None without figures) and at most four ``figures``."""

    view: RegionView
    sectors: Any
    structure: RegionStructure | None
    figures: tuple[HeadFigure, ...]

    @property
    def year(self) -> int:
        """Year of the figures."""
        return self.view.year


@dataclass(frozen=True, kw_only=True)
class ClusterProfile(Profile):
    """A cluster: ``view`` of its page, the signs of a ``performing`` and of an
    under-performing (``under``) one, what those are after (``signs_source``), and the newest
    ``year`` of its wider sector's figures, None without."""

    view: ClusterView
    performing: tuple[Finding, ...]
    under: tuple[Finding, ...]
    signs_source: tuple[str, str]
    year: int | None


@dataclass(frozen=True, kw_only=True)
class ComparisonProfile(Profile):
    """Two to six regions: ``view`` of their page."""

    view: CompareView

    @property
    def year(self) -> int:
        """Year of the figures."""
        return self.view.year

    @property
    def map(self) -> MapView:
        """What the small maps draw."""
        return self.view.map


def filled_in(snapshot: Snapshot, release: Release) -> Snapshot:
    """The snapshot of a view that is no map with what it leaves open filled in as its page does.
    Raises ChoiceError for a choice that the release does not have."""
    known = choices(release)
    measure = snapshot.measure or known.measures[0]
    known.check(measure=measure, industry=snapshot.industry, region=snapshot.region)
    said = dataclasses.replace(snapshot, release=release.release_id, measure=measure)
    return _FILLED_IN[snapshot.view](said, known)


def profile_of(snapshot: Snapshot, release: Release) -> Profile:
    """What a snapshot shows whose choices are :func:`filled_in`. Raises ChoiceError as the
    questions of the pages do."""
    known = choices(release)
    same = {
        "release": release,
        "root": known.root_region,
        "measure": str(snapshot.measure),
        "industries": known.industries,
        "title": snapshot.title,
        "notes": snapshot.notes,
    }
    return _ASKED[snapshot.view](snapshot, known, same)


def _region_filled(snapshot: Snapshot, known: Choices) -> Snapshot:
    region = snapshot.region or default_region(known.release)
    level = known.regions[region].level or 1
    year = snapshot.year or known.years(str(snapshot.measure))[-1]
    return dataclasses.replace(snapshot, region=region, level=level, year=year)


def _region(snapshot: Snapshot, known: Choices, same: dict[str, Any]) -> RegionProfile:
    region, measure = str(snapshot.region), str(snapshot.measure)
    view = region_view(known.release, region, measure=measure, year=snapshot.year)
    return RegionProfile(
        **same,
        view=view,
        sectors=known_sectors(view),
        structure=region_structure(known.release, region, measure=measure, year=view.year),
        figures=_head_figures(view, known)[:_FIGURES],
    )


def _head_figures(view: RegionView, known: Choices) -> tuple[HeadFigure, ...]:
    """Totals of all sectors, the chosen measure's first, then its share of the country, and what
    else the edition says of the region; only what has a value."""
    region, found = view.region.code, []
    for measure in dict.fromkeys((view.measure, *known.measures)):
        years = [year for year in known.years(measure) if year <= view.year]
        if not years:
            continue
        own = region_view(view.release, region, measure=measure, year=years[-1])
        if own.total is None:
            continue
        figure = HeadFigure(
            "amount", float(own.total["amount"]), measure, own.year, own.since,
            float(own.total["growth"]),
        )  # fmt: skip
        found.append(figure)
        if measure == view.measure:
            found.append(_share(own))
    found += [
        HeadFigure(name, float(value))
        for name in _PLACE
        if (value := view.region.extra.get(name)) is not None
    ]
    return tuple(one for one in found if np.isfinite(one.value))


def _share(view: RegionView) -> HeadFigure:
    """The region's share of the country, and how many points that changed, if years lie between."""
    before = region_view(view.release, view.region.code, measure=view.measure, year=view.since)
    begun = None if view.since >= view.year else before.total
    then = float("nan") if begun is None else float(begun["size"])
    now = float(view.total["size"]) if view.total is not None else float("nan")
    return HeadFigure("size", now, view.measure, view.year, view.since, now - then)


def _cluster_filled(snapshot: Snapshot, known: Choices) -> Snapshot:
    every = list(all_clusters(known.release)["cluster_id"])
    if snapshot.cluster not in every and (snapshot.cluster is not None or not every):
        raise unknown("cluster", snapshot.cluster, every)
    return dataclasses.replace(snapshot, cluster=snapshot.cluster or every[0])


def _cluster(snapshot: Snapshot, known: Choices, same: dict[str, Any]) -> ClusterProfile:
    view = cluster_view(known.release, str(snapshot.cluster), measure=str(snapshot.measure))
    performing, under = signs(view, network(view))
    return ClusterProfile(
        **same,
        view=view,
        performing=performing,
        under=under,
        signs_source=SIGNS_SOURCE,
        year=int(view.trend.index[-1]) if len(view.trend) else None,
    )


def _compare_filled(snapshot: Snapshot, known: Choices) -> Snapshot:
    measure = str(snapshot.measure)
    sectors = [code for code in sectors_of(known) if known.years(measure, code)]
    industry = snapshot.industry or question.default_industry(known, sectors)
    return dataclasses.replace(
        snapshot,
        regions=snapshot.regions or usual_regions(known.release, snapshot.region),
        industry=industry,
        year=snapshot.year or known.years(measure, industry)[-1],
    )


def _compare(snapshot: Snapshot, known: Choices, same: dict[str, Any]) -> ComparisonProfile:
    view = compare_view(
        known.release, tuple(snapshot.regions or ()), measure=str(snapshot.measure),
        industry=str(snapshot.industry), year=snapshot.year,
    )  # fmt: skip
    return ComparisonProfile(**same, view=view)


_Fill = Callable[[Snapshot, Choices], Snapshot]
_Answer = Callable[[Snapshot, Choices, dict[str, Any]], Profile]
_FILLED_IN: dict[str, _Fill] = {}
_ASKED: dict[str, _Answer] = {}


def view_kind(name: str, fill: _Fill, answer: _Answer) -> None:
    """Register how the view of that name is filled in, and what then is shown."""
    _FILLED_IN[name], _ASKED[name] = fill, answer


view_kind("region", _region_filled, _region)
view_kind("cluster", _cluster_filled, _cluster)
view_kind("compare", _compare_filled, _compare)


from atlas.analysis import cluster_profiles, small_maps  # noqa: E402, F401  (last: they fill the register)
