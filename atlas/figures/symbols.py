"""Clusters, institutions and firms on the interactive map."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pandas as pd
import pydeck as pdk
import shapely
from pydeck.types import String

from atlas.figures import writing
from atlas.figures.firm_hexagons import hexagon_layers
from atlas.figures.label_room import Box
from atlas.figures.palette import Theme
from atlas.figures.pictograms import pictogram_uri
from atlas.figures.placing import Frame, Place, Same
from atlas.figures.points import keep_apart, point_look, spread
from atlas.figures.scene import Scene, down, layer
from atlas.model import mark
from atlas.names import INSTITUTION_TYPES as TYPE_NAMES
from atlas.text import Text

#: Kind of a point -> its layer.
_KINDS = {"institution": "institutions", "firm": "firms"}
#: So many symbols writing can keep clear of.
_AVOIDED = 60


@layer(mark("Clusters"))
def clusters(scene: Scene) -> list[pdk.Layer]:
    """Clusters of each region in a row under its label, a symbol by product."""
    rows, size = [], writing.symbol(scene.frame.width)
    by_region: dict[str, list[dict[str, Any]]] = {}
    for cluster in scene.view.cluster_rows:
        by_region.setdefault(str(cluster["region_code"]), []).append(cluster)
    for code, own in by_region.items():
        if code not in scene.shapes.regions.index:
            continue
        centre, lower = _under_label(scene, code)
        for number, cluster in enumerate(own):
            across = (number - (len(own) - 1) / 2) * writing.step(size)
            rows.append(
                {
                    "id": cluster["cluster_id"],
                    "name": scene.text.name(cluster),
                    "shown": scene.text("Cluster"),
                    "position": list(centre),
                    "offset": [across, lower],
                    "icon": symbol(str(cluster["symbol"]), scene.theme.disc, scene.theme),
                }
            )
    return [_symbols(rows, "clusters", size)]


def _under_label(scene: Scene, code: str) -> tuple[tuple[float, float], float]:
    """Where symbols of a region go: a point, and pixels down from it. A region without room for a
    label has them in its middle."""
    place = scene.places.get(code)
    if place is None:
        inside = shapely.point_on_surface(scene.shapes.regions.geometry[code])
        return (float(inside.x), float(inside.y)), 0.0
    under = len(place.lines) + (0 if scene.plain else 1)
    return place.centre, down(place, under) + writing.symbol(scene.frame.width) / 2 - 2


@layer(mark("Institutions"))
def institutions(scene: Scene) -> list[pdk.Layer]:
    """Institutions at their place, by type."""
    return [_point_layer(scene, "institution")]


@layer(mark("Firms"))
def firms(scene: Scene) -> list[pdk.Layer]:
    """Firms at their place, by product; very many as hexagons with their number."""
    if scene.cells is not None:
        return hexagon_layers(scene, scene.cells)
    return [_point_layer(scene, "firm")]


def _point_layer(scene: Scene, kind: str) -> pdk.Layer:
    kinds = _drawn(scene.on, hexagons=scene.cells is not None)
    together = _apart(Same(scene.points), kinds, scene.frame)
    rows = [
        {
            "id": point["id"],
            "name": point["name"],
            "shown": " · ".join(w for w in (_kind_name(point, scene.text), _place(point)) if w),
            "position": [point["lon"], point["lat"]],
            "offset": [point["dx"], point["dy"]],
            "icon": point_symbol(point, scene.theme),
        }
        for point in together[together["kind"] == kind].to_dict("records")
    ]
    return _symbols(rows, _KINDS[kind], _point_size(scene.frame))


def point_boxes(
    points: pd.DataFrame, on: frozenset[str], frame: Frame, *, hexagons: bool
) -> tuple[Box, ...]:
    """The boxes in pixels, y upwards, of the firms and institutions that a map shows first; none
    where they are too many for anything to keep clear of them."""
    return _boxes(Same(points), _drawn(on, hexagons=hexagons), frame)


@lru_cache(maxsize=32)
def _boxes(same: Same, kinds: tuple[str, ...], frame: Frame) -> tuple[Box, ...]:
    half, found = _point_size(frame) / 2, []
    shown = _apart(same, kinds, frame)
    for point in shown.to_dict("records") if len(shown) <= _AVOIDED else ():
        x, y = frame.to_pixels(point["lon"], point["lat"])
        x, y = x + point["dx"], y - point["dy"]
        found.append((x - half, y - half, x + half, y + half))
    return tuple(found)


def _point_size(frame: Frame) -> int:
    return writing.symbol(frame.width) - 3


def _drawn(on: frozenset[str], *, hexagons: bool) -> tuple[str, ...]:
    """The kinds of points that are drawn as symbols."""
    kinds = (kind for kind, name in _KINDS.items() if name in on)
    return tuple(kind for kind in kinds if kind != "firm" or not hexagons)


@lru_cache(maxsize=32)
def _apart(same: Same, kinds: tuple[str, ...], frame: Frame) -> pd.DataFrame:
    """The points of some kinds, none on another; whatever is shown shares the places, so that a
    firm never hides an institution of the same town. Read only."""
    step = _point_size(frame) + 1.0
    beside = spread(same.frame[same.frame["kind"].isin(kinds)], step)
    if "lower" in beside:
        beside["dy"] += beside["lower"]
    return keep_apart(beside, frame, step)


def _kind_name(point: Mapping[str, Any], text: Text) -> str:
    return text(TYPE_NAMES[point["type"]]) if point["kind"] == "institution" else text("Firm")


def _place(point: Mapping[str, Any]) -> str:
    return str(point["place"]) if isinstance(point["place"], str) else ""


def member_points(
    firms: pd.DataFrame, institutions: pd.DataFrame, places: Mapping[str, Place]
) -> pd.DataFrame:
    """Members as points for a map: at their place, else ``dashed`` somewhere in their region.

    Those of whom not even the region is known are left out.
    """
    members = pd.concat(
        [
            firms.assign(kind="firm", id=firms["firm_id"], type=None),
            institutions.assign(kind="institution", id=institutions["institution_id"], symbol=None),
        ]
    )
    members["dashed"] = members["lon"].isna() | members["lat"].isna()
    members["lower"] = 0.0
    for code, place in places.items():
        here = members["dashed"] & (members["region_code"] == code)
        members.loc[here, ["lon", "lat"]] = place.centre
        members.loc[here, "lower"] = down(place, len(place.lines)) + 15
    return members[members["lon"].notna()]


def point_symbol(point: Mapping[str, Any], theme: Theme) -> dict[str, Any]:
    """The symbol of a firm (by product) or an institution (by type)."""
    dashed = bool(point.get("dashed", False))
    name, disc, ink = point_look(point, theme)
    if point.get("chosen", False):
        # The selected one stands out by its disc, whatever it is.
        return symbol(name, theme.accent, theme, ink=theme.page, dashed=False)
    return symbol(name, disc, theme, ink=ink, dashed=dashed)


def symbol(
    name: str, disc: str, theme: Theme, *, ink: str | None = None, dashed: bool = False
) -> dict[str, Any]:
    """A symbol as deck.gl's IconLayer takes it: an SVG inside the address, nothing fetched.

    ``dashed``: somewhere in the region, the place is not known.
    """
    ink, ring = ink or theme.disc_ink, theme.page
    if dashed:
        ring, ink, disc = disc, disc, theme.page
    address = pictogram_uri(name, disc=disc, ink=ink, ring=ring, size=96, dashed=dashed)
    return {"url": address, "width": 96, "height": 96, "anchorX": 48, "anchorY": 48}


def _symbols(rows: list[dict[str, Any]], name: str, size: int) -> pdk.Layer:
    return pdk.Layer(
        "IconLayer", rows, id=name, get_icon="icon", get_position="position",
        get_pixel_offset="offset", get_size=size, size_units=String("pixels"), pickable=True,
    )  # fmt: skip
