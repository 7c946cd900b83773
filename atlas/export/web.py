"""A view as one web page that opens without the internet: a map to zoom and point at."""

from __future__ import annotations

import json
from typing import Any

import branca.element
import folium
import geopandas as gpd
import numpy as np
import shapely
from markupsafe import Markup

from atlas.export.formats import format_
from atlas.export.page import FRAME, label, page
from atlas.export.web_points import (
    cell_layers,
    collection,
    point,
    point_layers,
    symbol_boxes,
    tooltip,
    written,
)
from atlas.figures import captions
from atlas.figures.map_files import geojson
from atlas.figures.palette import LIGHT, class_fills
from atlas.figures.placing import Place, circle_radii, first_frame, place_names
from atlas.model import MapShapes, MapView, mark
from atlas.text import Text


@format_(
    "html", title=mark("Web page that opens offline (HTML)"), kind="page", mime="text/html",
    shapes="screen",
)  # fmt: skip
def html(view: MapView, shapes: MapShapes, text: Text, *, link: str | None = None) -> bytes:
    """The map as one page: Leaflet and all data in it, no request to anywhere. ``link`` leads to
    the same in the atlas.

    folium escapes nothing of what it is given to show: every name is escaped before.
    """
    drawn = folium.Map(
        tiles=None, zoom_control=True, attributionControl=False, zoomSnap=0, zoomDelta=0.5,
        maxZoom=14,
    )  # fmt: skip
    _add(drawn, _ground(shapes.backdrop, LIGHT.neighbour, LIGHT.neighbour_line))
    _add(drawn, _regions(view, shapes, text))
    _add(drawn, _ground(_frame(shapes.outline), "none", LIGHT.country_line, width=1.4))
    for layer in (*cell_layers(view, text), *_selected(view, shapes)):
        _add(drawn, layer)
    places = _places(view, shapes, text)
    _add(drawn, _leaders(places))
    if view.scale.kind == "circles":
        _add(drawn, _circles(view, shapes, places, text))
    _add(drawn, _labels(view, places, text))
    for layer in point_layers(view):
        _add(drawn, layer)
    west, south, east, north = shapes.regions.total_bounds
    drawn.fit_bounds([[south, west], [north, east]], padding=(12, 12))
    return page(*_pieces(drawn), view, text, link).encode()


def _add(drawn: folium.Map, layer: folium.GeoJson | None) -> None:
    if layer is not None:
        layer.add_to(drawn)


def _ground(
    frame: gpd.GeoDataFrame, fill: str, line: str, *, width: float = 1, name: str = "ground"
) -> folium.GeoJson | None:
    """Shapes that nobody points at; None where there are none."""
    if frame.empty:
        return None
    style = {"fillColor": fill, "fillOpacity": float(fill != "none"), "color": line,
             "weight": width, "className": name}  # fmt: skip
    return folium.GeoJson(
        json.loads(geojson(frame, {})),
        style_function=lambda _: style,
        interactive=False,
        smooth_factor=0.5,
    )


def _frame(shape: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(index=["country"], geometry=[shape], crs=4326)


def _selected(view: MapView, shapes: MapShapes) -> list[folium.GeoJson | None]:
    """The selected region's border on a casing."""
    if view.selected is None or view.selected.code not in shapes.regions.index:
        return []
    frame = _frame(shapes.regions.geometry[view.selected.code])
    lines = ((LIGHT.selected_casing, 5), (LIGHT.selected_line, 2.4))
    return [_ground(frame, "none", colour, width=width, name="selected") for colour, width in lines]


def _regions(view: MapView, shapes: MapShapes, text: Text) -> folium.GeoJson:
    """The regions by class; those without value hatched or dotted, with a pattern of the page."""
    fills = class_fills(view.scale)
    about = {}
    for code, row in view.regions.iterrows():
        if np.isnan(row["value"]):
            fill = f"url(#{'dots' if row['status'] == 'suppressed' else 'hatch'})"
        else:
            fill = fills[int(row["class"])] if fills else LIGHT.panel
        about[str(code)] = {"fill": fill, "words": _pointed_at(view, str(code), text)}
    plain = view.scale.kind == "circles"
    line = LIGHT.neighbour_line if plain else LIGHT.region_border
    drawn = folium.GeoJson(
        json.loads(geojson(shapes.regions, about)),
        style_function=lambda one: {
            "fillColor": one["properties"]["fill"], "fillOpacity": 1, "color": line, "weight": 1,
        },
        highlight_function=lambda _: {"color": LIGHT.text, "weight": 2},
        smooth_factor=0.5,
    )  # fmt: skip
    tooltip().add_to(drawn)
    return drawn


def _pointed_at(view: MapView, code: str, text: Text) -> str:
    """What stands beside the pointer on a region, as HTML."""
    row = view.regions.loc[code]
    figure = captions.figure_name(view, text)
    said = Markup("<b>{}</b><br>{}: {}").format(
        text.name(view.items[code]), figure, _value(view, row, text)
    )
    return str(said)


def _value(view: MapView, row: Any, text: Text) -> str:
    if np.isnan(row["value"]):
        return captions.missing_text(str(row["status"]), text)
    return captions.shown(view, float(row["value"]), text)


def _places(view: MapView, shapes: MapShapes, text: Text) -> dict[str, Place]:
    names = {str(code): text.name(view.items[str(code)]) for code in view.regions.index}
    symbols = view.clusters["region_code"].value_counts() if len(view.clusters) else {}
    frame = first_frame(shapes.regions, *FRAME)
    return place_names(
        shapes.regions, names, dict(symbols), frame, radii=circle_radii(view, frame),
        around=symbol_boxes(view, frame),
    )  # fmt: skip


def _leaders(places: dict[str, Place]) -> folium.GeoJson | None:
    lines = [shapely.LineString(place.leader) for place in places.values() if place.leader]
    frame = gpd.GeoDataFrame(geometry=lines, crs=4326)
    return _ground(frame, "none", LIGHT.text, name="leader")


def _circles(
    view: MapView, shapes: MapShapes, places: dict[str, Place], text: Text
) -> folium.GeoJson | None:
    """Proportional circles: their area is the count. Small ones lie on top."""
    features = []
    for code, radius in circle_radii(view, first_frame(shapes.regions, *FRAME)).items():
        inside = shapely.point_on_surface(shapes.regions.geometry[code])
        place = places.get(code)
        at = point(*(place.point if place else (inside.x, inside.y)))
        about = {"radius": round(radius, 2), "words": _pointed_at(view, code, text)}
        features.append((at, about))
    if not features:
        return None
    drawn = folium.GeoJson(
        collection(features),
        marker=folium.CircleMarker(fill=True),
        style_function=lambda one: {
            "radius": one["properties"]["radius"], "fillColor": LIGHT.accent, "fillOpacity": 0.6,
            "color": LIGHT.accent, "weight": 1,
        },
    )  # fmt: skip
    tooltip().add_to(drawn)
    return drawn


def _labels(view: MapView, places: dict[str, Place], text: Text) -> folium.GeoJson | None:
    """Each region's name, value and clusters, standing on the map."""
    if not places:
        return None
    features = []
    for code, place in places.items():
        fill = _ground_of(view, code, place)
        value = _value(view, view.regions.loc[code], text)
        own = view.clusters[view.clusters["region_code"] == code] if len(view.clusters) else None
        signs = [] if own is None else list(zip(own["symbol"], own.to_dict("records"), strict=True))
        symbols = [(str(symbol), text.name(cluster)) for symbol, cluster in signs]
        words = str(label(place.lines, value, symbols, fill))
        features.append((point(*place.centre), {"words": words}))
    return written(features)


def _ground_of(view: MapView, code: str, place: Place) -> str:
    """The colour that a label stands on."""
    fills, number = class_fills(view.scale), int(view.regions.at[code, "class"])
    if place.outside or number < 0 or not fills:
        return LIGHT.page
    return fills[number]


def _pieces(drawn: folium.Map) -> tuple[Markup, Markup]:
    """The map's element and script, with names that are the same on every run."""
    _count(drawn)
    figure = branca.element.Figure()
    figure._id = "atlas"
    figure.add_child(drawn)
    # Leaflet stands in the page itself, and nothing else of what folium would fetch is used.
    drawn.default_js, drawn.default_css = [], []
    drawn.render()  # type: ignore[no-untyped-call]
    # Ours and folium's: what came from the data was escaped on its way in.
    element = Markup('<div id="{}" class="map"></div>').format(drawn.get_name())
    script = Markup(figure.script.render())  # noqa: S704
    return element, script


def _count(element: branca.element.Element, number: int = 0) -> int:
    """Number an element and all under it; their own names are drawn by lot."""
    element._id = f"{number}"
    for child in element._children.values():
        number = _count(child, number + 1)
    return number
