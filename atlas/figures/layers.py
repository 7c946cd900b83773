"""The ground of the interactive map, from the sea up to the labels. One function a layer."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pydeck as pdk
import shapely
from pydeck.types import String

from atlas.figures import captions
from atlas.figures.palette import halo_on, readable_on
from atlas.figures.patterns import (
    PATTERN_ATLAS,
    PATTERN_MAPPING,
    PATTERN_SCALE,
    PATTERN_UNITS,
)
from atlas.figures.placing import circle_radii
from atlas.figures.scene import Scene, down, fills, geojson, layer, rgb, value_words, words_layer


@layer()
def sea(scene: Scene) -> list[pdk.Layer]:
    """Water under everything, as wide as the surroundings reach."""
    west, south, east, north = scene.shapes.backdrop.total_bounds
    ring = [[west, south], [east, south], [east, north], [west, north]]
    return [
        pdk.Layer(
            "PolygonLayer",
            [{"p": ring}],
            id="sea",
            get_polygon="p",
            get_fill_color=rgb(scene.theme.sea),
            stroked=False,
            pickable=False,
        )
    ]


@layer()
def neighbours(scene: Scene) -> list[pdk.Layer]:
    """Neighbouring countries in pale grey."""
    return [
        pdk.Layer(
            "GeoJsonLayer",
            geojson(scene.shapes.backdrop, {}),
            id="neighbours",
            get_fill_color=rgb(scene.theme.neighbour),
            get_line_color=rgb(scene.theme.neighbour_line),
            line_width_min_pixels=1,
            line_width_max_pixels=1,
            pickable=False,
        )
    ]


@layer()
def regions(scene: Scene) -> list[pdk.Layer]:
    """The regions, filled by class; those without a value hatched or dotted."""
    view, theme, text = scene.view, scene.theme, scene.text
    fill = fills(scene)
    figure = captions.figure_name(view, text)
    about = {}
    for code, row in view.regions.iterrows():
        about[str(code)] = {
            "id": str(code),
            "name": text.name(view.items[str(code)]),
            "shown": "" if scene.plain else f"{figure}: {value_words(scene, row)}",
            "fill": rgb(fill[str(code)]),
        }
    plain = scene.plain or view.scale.kind == "circles"
    line = theme.neighbour_line if plain else theme.region_border
    layers = [
        pdk.Layer(
            "GeoJsonLayer",
            geojson(scene.shapes.regions, about),
            id="regions",
            get_fill_color="properties.fill",
            get_line_color=rgb(line),
            line_width_min_pixels=1,
            line_width_max_pixels=1,
            pickable=True,
            auto_highlight=True,
            highlight_color=[*rgb(theme.text), 28],
        )
    ]
    patterns = (("hatch", ("missing", "not_applicable")), ("dots", ("suppressed",)))
    for pattern, statuses in () if scene.plain else patterns:
        rows = view.regions
        codes = rows.index[rows["value"].isna() & rows["status"].isin(statuses)]
        drawn = scene.shapes.regions[scene.shapes.regions.index.isin(codes)]
        if len(drawn):
            layers.append(_patterned(scene, drawn, pattern))
    return layers


def _patterned(scene: Scene, drawn: gpd.GeoDataFrame, pattern: str) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer", geojson(drawn, {}), id=f"pattern-{pattern}", pickable=False,
        stroked=False, get_fill_color=rgb(scene.theme.hatch),
        extensions=[{"@@type": "FillStyleExtension", "pattern": True}],
        fill_pattern_mask=True,
        fill_pattern_atlas=String(PATTERN_ATLAS),
        fill_pattern_mapping={name: dict(cell) for name, cell in PATTERN_MAPPING.items()},
        fill_pattern_size_units=String(PATTERN_UNITS),
        get_fill_pattern=f"'{pattern}'",
        get_fill_pattern_scale=PATTERN_SCALE,
        get_fill_pattern_background_color=rgb(scene.theme.hatch_ground),
    )  # fmt: skip


@layer()
def outline(scene: Scene) -> list[pdk.Layer]:
    """The country's outline."""
    frame = gpd.GeoDataFrame(index=["country"], geometry=[scene.shapes.outline], crs=4326)
    return [_line(geojson(frame, {}), "outline", scene.theme.country_line, 1.4)]


@layer()
def selection(scene: Scene) -> list[pdk.Layer]:
    """The selected region's border on a casing."""
    chosen = scene.shapes.regions[scene.shapes.regions.index == scene.selected]
    if chosen.empty:
        return []
    shape = geojson(chosen, {})
    return [
        _line(shape, "casing", scene.theme.selected_casing, 5),
        _line(shape, "selected", scene.theme.selected_line, 2.4),
    ]


def _line(data: Any, name: str, colour: str, width: float) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer", data, id=name, filled=False, stroked=True, pickable=False,
        get_line_color=rgb(colour), line_width_min_pixels=width, line_width_max_pixels=width,
        line_joint_rounded=True,
    )  # fmt: skip


@layer()
def circles(scene: Scene) -> list[pdk.Layer]:
    """Proportional circles: their area is the count. Small ones lie on top."""
    view = scene.view
    if scene.plain or view.scale.kind != "circles":
        return []
    rows = []
    for code, radius in circle_radii(view, scene.frame).items():
        inside = shapely.point_on_surface(scene.shapes.regions.geometry[code])
        place = scene.places.get(code)
        rows.append(
            {
                "id": code,
                "position": list(place.point) if place else [inside.x, inside.y],
                "name": scene.text.name(view.items[code]),
                "shown": f"{captions.figure_name(view, scene.text)}: "
                f"{value_words(scene, view.regions.loc[code])}",
                "radius": radius,
            }
        )
    accent = rgb(scene.theme.accent)
    return [
        pdk.Layer(
            "ScatterplotLayer",
            rows,
            id="circles",
            get_position="position",
            get_radius="radius",
            radius_units=String("pixels"),
            get_fill_color=[*accent, 150],
            get_line_color=accent,
            stroked=True,
            line_width_min_pixels=1,
            pickable=True,
        )
    ]


@layer()
def surroundings(scene: Scene) -> list[pdk.Layer]:
    """Names of neighbouring countries and of the seas."""
    names = [
        {"position": [float(p.x), float(p.y)], "words": scene.text.country(str(code))}
        for code, p in _label_points(scene).items()
    ]
    seas = [
        {"position": [sea["lon"], sea["lat"]], "words": scene.text.name(sea)}
        for sea in scene.shapes.labels
    ]
    return [
        words_layer(names, "countries", scene.theme.second, 12),
        words_layer(seas, "seas", scene.theme.second, 14, font="Noto Serif"),
    ]


def _label_points(scene: Scene) -> dict[str, shapely.Point]:
    """For each neighbour a point inside the part of it that the first view shows."""
    west, south, east, north = scene.frame.bounds
    corners = [scene.frame.to_degrees(*point) for point in ((west, south), (east, north))]
    window = shapely.box(*corners[0], *corners[1]).buffer(-0.012 * (corners[1][0] - corners[0][0]))
    for place in scene.places.values():
        # Keep clear of what is written beside the regions.
        x, y = scene.frame.to_pixels(*place.centre)
        low = scene.frame.to_degrees(x - 95, y - place.top - 12)
        high = scene.frame.to_degrees(x + 95, y + place.top + 12)
        window = window.difference(shapely.box(*low, *high))
    found = {}
    for code, shape in scene.shapes.backdrop.geometry.items():
        part = shape.intersection(window)
        if part.area > window.area * 0.004:
            circle = shapely.maximum_inscribed_circle(part)
            found[str(code)] = shapely.Point(circle.coords[0])
    return found


@layer()
def labels(scene: Scene) -> list[pdk.Layer]:
    """Each region's name and value; those of small regions outside, with a leader."""
    # A layer has one colour of halo, so words are grouped by weight, ink and halo.
    writing: dict[tuple[int, str, str], list[dict[str, Any]]] = {}
    leaders = []
    fill = fills(scene)
    for code, place in scene.places.items():
        row = scene.view.regions.loc[code]
        ground = scene.theme.neighbour if place.outside else fill[code]
        colours = (readable_on(ground), halo_on(ground, theme=scene.theme.name))
        lines = place.lines if scene.plain else (*place.lines, value_words(scene, row))
        for number, line in enumerate(lines):
            weight = 700 if number < len(place.lines) else 400
            writing.setdefault((weight, *colours), []).append(
                {
                    "position": list(place.centre),
                    "words": line,
                    "offset": [0, down(place, number)],
                }
            )
        if place.leader:
            leaders.append({"from": list(place.leader[0]), "to": list(place.leader[1])})
    return [
        pdk.Layer(
            "LineLayer", leaders, id="leaders", get_source_position="from",
            get_target_position="to", get_color=rgb(scene.theme.text), get_width=1,
            width_units=String("pixels"),
        ),
        *(
            words_layer(rows, f"labels-{weight}-{ink}-{halo}", ink, 12.5, weight=weight, halo=halo)
            for (weight, ink, halo), rows in writing.items()
        ),
    ]  # fmt: skip
