"""Institutions and firms on the offline map: symbols, dots where they are many, hexagons where
they are very many; what they are called stands beside the pointer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import folium
import h3.api.basic_str as h3
import pandas as pd
from markupsafe import Markup, escape

from atlas.figures.labels import Box
from atlas.figures.palette import LIGHT, readable_on
from atlas.figures.pictograms import pictogram_uri
from atlas.figures.placing import Frame
from atlas.figures.points import cell_fills, firms_text, point_look, spread
from atlas.model import MapView
from atlas.text import Text

#: As many as have a symbol each; each symbol carries its drawing along.
MOST_SYMBOLS = 500
_SIZE = 22
_DOT = 3
#: Half the width and height of a hexagon's number.
_NUMBER = (14, 8)


def cell_layers(view: MapView, text: Text) -> Iterator[folium.GeoJson]:
    """The hexagons of a map's firms with their numbers, where they are too many to draw."""
    if view.cells is not None and len(view.cells):
        yield _hexagons(view.cells, text)
        yield _numbers(view.cells, text)


def point_layers(view: MapView) -> Iterator[folium.GeoJson]:
    """The map's firms and institutions, each for itself."""
    points = _single(view)
    if len(points):
        yield _dots(points) if len(points) > MOST_SYMBOLS else _symbols(points)


def _single(view: MapView) -> pd.DataFrame:
    """The firms and institutions that no hexagon stands for."""
    if view.points is None:
        return pd.DataFrame({"kind": []})
    return view.points if view.cells is None else view.points[view.points["kind"] != "firm"]


def symbol_boxes(view: MapView, frame: Frame) -> tuple[Box, ...]:
    """The boxes in pixels, y upwards, of the symbols and numbers in a map's first view; none for
    dots."""
    found: list[tuple[float, float, float, float]] = []
    points = _single(view)
    if 0 < len(points) <= MOST_SYMBOLS:
        for row in spread(points).to_dict("records"):
            x, y = frame.to_pixels(row["lon"], row["lat"])
            found.append((x + row["dx"], y - row["dy"], _SIZE / 2, _SIZE / 2))
    if view.cells is not None:
        for lon, lat in zip(view.cells["lon"], view.cells["lat"], strict=True):
            found.append((*frame.to_pixels(lon, lat), *_NUMBER))
    return tuple((x - wide, y - high, x + wide, y + high) for x, y, wide, high in found)


def collection(features: list[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, Any]:
    """Geometries with their properties as one GeoJSON."""
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": properties, "geometry": geometry}
            for geometry, properties in features
        ],
    }


def point(longitude: float, latitude: float) -> dict[str, Any]:
    """A place as GeoJSON."""
    return {"type": "Point", "coordinates": [float(longitude), float(latitude)]}


def written(features: list[tuple[dict[str, Any], dict[str, Any]]]) -> folium.GeoJson:
    """The ``words`` of each place, HTML, written there."""
    # A point's style goes to its icon, and so each has words of its own.
    return folium.GeoJson(
        collection(features),
        marker=folium.Marker(
            icon=folium.DivIcon(icon_size=(0, 0), class_name="place"),
            interactive=False,
            keyboard=False,
        ),
        style_function=lambda one: {"html": one["properties"]["words"]},
        interactive=False,
    )


def tooltip() -> folium.GeoJsonTooltip:
    """What stands beside the pointer: HTML, escaped before."""
    return folium.GeoJsonTooltip(fields=["words"], labels=False)


def _symbols(points: pd.DataFrame) -> folium.GeoJson:
    features = []
    for row in spread(points).to_dict("records"):
        name, disc, ink = point_look(row, LIGHT)
        address = pictogram_uri(name, disc=disc, ink=ink, ring=LIGHT.page)
        image = Markup(
            '<img src="{}" alt="{}" width="{}" height="{}"'
            ' style="transform:translate({:.1f}px,{:.1f}px)">'
        ).format(address, row["name"], _SIZE, _SIZE, row["dx"] - _SIZE / 2, row["dy"] - _SIZE / 2)
        place = point(row["lon"], row["lat"])
        features.append((place, {"html": str(image), "words": str(escape(row["name"]))}))
    drawn = folium.GeoJson(
        collection(features),
        marker=folium.Marker(icon=folium.DivIcon(icon_size=(0, 0), class_name="sign")),
        style_function=lambda one: {"html": one["properties"]["html"]},
    )
    tooltip().add_to(drawn)
    return drawn


def _dots(points: pd.DataFrame) -> folium.GeoJson:
    features = [
        (point(row["lon"], row["lat"]),
         {"fill": point_look(row, LIGHT)[1], "words": str(escape(row["name"]))})
        for row in points.to_dict("records")
    ]  # fmt: skip
    drawn = folium.GeoJson(
        collection(features),
        marker=folium.CircleMarker(fill=True),
        style_function=lambda one: {
            "radius": _DOT, "fillColor": one["properties"]["fill"], "fillOpacity": 1,
            "color": LIGHT.page, "weight": 0.5,
        },
    )  # fmt: skip
    tooltip().add_to(drawn)
    return drawn


def _hexagons(cells: pd.DataFrame, text: Text) -> folium.GeoJson:
    features = []
    for cell, count, fill in zip(
        cells.index, cells["count"], cell_fills(cells["count"], LIGHT), strict=True
    ):
        ring = [[lon, lat] for lat, lon in h3.cell_to_boundary(cell)]
        words = {"fill": fill, "words": str(escape(firms_text(int(count), text)))}
        features.append(({"type": "Polygon", "coordinates": [[*ring, ring[0]]]}, words))
    drawn = folium.GeoJson(
        collection(features),
        style_function=lambda one: {
            "fillColor": one["properties"]["fill"], "fillOpacity": 0.9, "color": LIGHT.page,
            "weight": 1,
        },
    )  # fmt: skip
    tooltip().add_to(drawn)
    return drawn


def _numbers(cells: pd.DataFrame, text: Text) -> folium.GeoJson:
    """The number of firms in each hexagon."""
    fills = cell_fills(cells["count"], LIGHT)
    features = []
    for (_, cell), fill in zip(cells.iterrows(), fills, strict=True):
        number = text.number(float(cell["count"]), 0)
        words = Markup('<div style="color:{}">{}</div>').format(readable_on(fill), number)
        features.append((point(cell["lon"], cell["lat"]), {"words": str(words)}))
    return written(features)
