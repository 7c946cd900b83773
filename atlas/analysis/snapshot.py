"""From what a snapshot says to what is drawn: its release, its choices filled in, its view."""

from __future__ import annotations

import dataclasses

from atlas.analysis.choices import Choices, choices, find_release
from atlas.analysis.firm_cells import firm_cells
from atlas.analysis.map import (
    default_industry,
    default_since,
    figure_choices,
    map_shapes,
    map_view,
    points,
)
from atlas.analysis.profiles import Profile, filled_in, profile_of
from atlas.errors import ChoiceError, ExportError, ReleaseError, unknown
from atlas.figures.scales import CLASSED, LEAST, METHODS, MOST
from atlas.model import MapShapes, MapView, Release
from atlas.snapshot import Snapshot

#: What can lie over a map's regions.
LAYERS = ("clusters", "institutions", "firms")
#: Ways to make classes, and how many there may be of them.
CLASSES = ("usual", *METHODS, "own")
NUMBERS = range(LEAST, MOST + 1)
#: Kind of a point -> its layer.
KINDS = {"institution": "institutions", "firm": "firms"}


def resolved(snapshot: Snapshot) -> Snapshot:
    """The snapshot with everything that it leaves open filled in as the pages do, its release
    named. Raises ChoiceError for a choice that the release does not have, ExportError
    ``release_gone`` when its release is not here."""
    if snapshot.view != "map":
        return filled_in(snapshot, release_of(snapshot))
    known = choices(release_of(snapshot))
    measure = snapshot.measure or known.measures[0]
    metric = snapshot.metric or next(iter(figure_choices(known)))
    for layer in snapshot.layers:
        if layer not in LAYERS:
            raise unknown("layer", layer, LAYERS)
    how = snapshot.classing
    if how.method not in CLASSES:
        raise unknown("classes", how.method, CLASSES)
    if how.number not in NUMBERS:
        raise unknown("number", how.number, NUMBERS)
    known.check(
        metric=metric,
        measure=measure,
        industry=snapshot.industry,
        region=snapshot.region,
        level=snapshot.level,
        year=snapshot.year,
    )
    known.check(measure=measure, year=snapshot.since)
    industry = snapshot.industry or _usual_industry(known, measure)
    years = known.years(measure, industry)
    year = snapshot.year or (years[-1] if years else None)
    since = snapshot.since
    return dataclasses.replace(
        snapshot,
        release=known.release.release_id,
        metric=metric,
        measure=measure,
        industry=industry,
        year=year,
        since=default_since(years, year) if since is None and year else since,
    )


def release_of(snapshot: Snapshot) -> Release:
    """The release that a snapshot is of; the edition's current one where it names none."""
    try:
        return find_release(snapshot.edition, snapshot.release, exact=True)
    except (ChoiceError, ReleaseError) as error:
        if snapshot.release is None or error.kind == "release_damaged":
            raise
        raise ExportError(
            "release_gone", release=snapshot.release, edition=snapshot.edition
        ) from error


def view_of(snapshot: Snapshot) -> MapView | Profile:
    """What a snapshot shows, ready to be drawn. Raises as :func:`resolved` and
    :func:`atlas.analysis.map.map_view`; ExportError ``breaks_not_for`` when the figure has no
    classes that breaks could divide."""
    said = resolved(snapshot)
    if said.view != "map":
        return profile_of(said, release_of(said))
    view = map_view(
        release_of(said),
        metric=str(said.metric),
        measure=str(said.measure),
        industry=str(said.industry),
        year=said.year,
        since=said.since,
        level=said.level,
        within=said.within,
        classing=said.classing,
    )
    if said.classing.breaks and view.scale.kind not in CLASSED:
        raise ExportError("breaks_not_for", metric=view.metric.name)
    if "clusters" not in said.layers:
        view = dataclasses.replace(view, clusters=view.clusters.iloc[:0])
    cells = firm_cells(view.release) if "firms" in said.layers else None
    every = points(view.release)
    kinds = [kind for kind, layer in KINDS.items() if layer in said.layers]
    return dataclasses.replace(
        view,
        selected=view.items[said.region] if said.region else None,
        points=every[every["kind"].isin(kinds)],
        cells=cells.cells if cells else None,
        title=said.title,
        notes=said.notes,
    )


def shapes_of(snapshot: Snapshot, layer: str = "regions") -> MapShapes:
    """The geometry under it: ``regions`` for print, ``screen`` for browsers."""
    level = snapshot.level if snapshot.view == "map" else resolved(snapshot).level
    return map_shapes(release_of(snapshot), layer, level, snapshot.within)


def _usual_industry(known: Choices, measure: str) -> str:
    own = [code for code in known.industries_of(measure) if code != known.root_industry.code]
    return default_industry(known, own)
