"""From what a snapshot says to what is drawn: its release, its choices filled in, its view."""

from __future__ import annotations

import dataclasses

from atlas.analysis.choices import find_release
from atlas.analysis.discovery_snapshot import discovery_map, filled_discovery
from atlas.analysis.firm_cells import firm_cells
from atlas.analysis.map import map_shapes, map_view, points
from atlas.analysis.map_snapshot import filled_map
from atlas.analysis.profiles import Profile, filled_in, profile_of
from atlas.errors import ChoiceError, ExportError, ReleaseError
from atlas.figures.scales import CLASSED
from atlas.model import MapShapes, MapView, Release
from atlas.snapshot import ONE_MAP, Snapshot

#: Kind of a point -> its layer.
KINDS = {"institution": "institutions", "firm": "firms"}


def resolved(snapshot: Snapshot) -> Snapshot:
    """The snapshot with everything that it leaves open filled in as the pages do, its release
    named. Raises ChoiceError for a choice that the release does not have, ExportError
    ``release_gone`` when its release is not here."""
    fill = {"map": filled_map, "discovery": filled_discovery}.get(snapshot.view, filled_in)
    return fill(snapshot, release_of(snapshot))


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
    if said.view not in ONE_MAP:
        return profile_of(said, release_of(said))
    if said.view == "discovery":
        return _with_words(discovery_map(said, release_of(said)), said)
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
    view = dataclasses.replace(
        view, points=every[every["kind"].isin(kinds)], cells=cells.cells if cells else None
    )
    return _with_words(view, said)


def _with_words(view: MapView, said: Snapshot) -> MapView:
    """The map with its selected region and its maker's own words."""
    selected = view.items[said.region] if said.region else None
    return dataclasses.replace(view, selected=selected, title=said.title, notes=said.notes)


def shapes_of(snapshot: Snapshot, layer: str = "regions") -> MapShapes:
    """The geometry under it: ``regions`` for print, ``screen`` for browsers."""
    level = snapshot.level if snapshot.view in ONE_MAP else resolved(snapshot).level
    return map_shapes(release_of(snapshot), layer, level, snapshot.within)
