"""The ground of the interactive map, from the sea up to the labels. One function a layer."""

from __future__ import annotations

import math
from typing import Any

import pydeck as pdk
import shapely
from pydeck.types import String

from atlas.figures import captions
from atlas.figures.map_files import map_file, one_region, picked, sized, trigger
from atlas.figures.palette import halo_on, hex_rgb, readable_on
from atlas.figures.patterns import (
    PATTERN_ATLAS,
    PATTERN_MAPPING,
    PATTERN_SCALE,
    PATTERN_UNITS,
)
from atlas.figures.placing import MANY, circle_radii, disc_centres
from atlas.figures.scene import Scene, down, fills, layer, rgb, value_words, words_layer
from atlas.figures.surrounding_names import COUNTRY, SEA, country_places, sea_place
from atlas.figures.symbols import point_boxes
from atlas.text import SOURCE_LANGUAGE


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
            map_file(scene.shapes, "neighbours", SOURCE_LANGUAGE).address,
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
    """The regions, filled by class; those without a value let the hatch below them through, the
    suppressed ones are dotted."""
    view, theme = scene.view, scene.theme
    without = {} if scene.plain else _without(scene)
    ground = hex_rgb(theme.hatch_ground)
    colours: dict[str, tuple[int, ...]] = {c: hex_rgb(one) for c, one in fills(scene).items()}
    for code, status in without.items():
        colours[code] = ground if status == "suppressed" else (*ground, 0)
    fill = picked(scene.shapes, colours, ground)
    plain = scene.plain or view.scale.kind == "circles"
    line = theme.neighbour_line if plain else theme.region_border
    # Borders of many regions would be more of the map than the regions are.
    width = 0.4 if len(scene.shapes.regions) > MANY else 1
    drawn = pdk.Layer(
        "GeoJsonLayer",
        _regions(scene),
        id="regions",
        get_fill_color=fill,
        update_triggers={"getFillColor": [trigger(fill)]},
        get_line_color=rgb(line),
        line_width_min_pixels=width,
        line_width_max_pixels=width,
        pickable=True,
        auto_highlight=True,
        highlight_color=[*rgb(theme.text), 28],
    )
    layers = [drawn]
    if set(without.values()) - {"suppressed"}:
        layers.insert(
            0, _patterned(scene, "hatch", rgb(theme.hatch), ground=rgb(theme.hatch_ground))
        )
    dotted = [code for code, status in without.items() if status == "suppressed"]
    if dotted:
        # Only the fill may differ from region to region: Streamlit renews nothing else.
        lines = hex_rgb(theme.hatch)
        dots = picked(scene.shapes, dict.fromkeys(dotted, (*lines, 255)), (*lines, 0))
        layers.append(
            _patterned(scene, "dots", dots, update_triggers={"getFillColor": [trigger(dots)]})
        )
    return layers


def _without(scene: Scene) -> dict[str, str]:
    """Why there is no value, by region that is drawn and has none."""
    drawn = scene.shapes.regions.index
    return {
        code: scene.view.statuses[code]
        for code, value in scene.view.values.items()
        if math.isnan(value) and code in drawn
    }


def _regions(scene: Scene) -> str:
    return map_file(scene.shapes, "regions", scene.text.language).address


def _patterned(
    scene: Scene, pattern: str, lines: Any, *, ground: Any = None, **more: Any
) -> pdk.Layer:
    """All regions in a pattern: its lines, and the ground between them where there is one."""
    if ground:
        more["get_fill_pattern_background_color"] = ground
    return pdk.Layer(
        "GeoJsonLayer", _regions(scene), id=f"pattern-{pattern}", pickable=False,
        stroked=False, get_fill_color=lines,
        extensions=[{"@@type": "FillStyleExtension", "pattern": True}],
        fill_pattern_mask=True,
        fill_pattern_atlas=String(PATTERN_ATLAS),
        fill_pattern_mapping={pattern: dict(PATTERN_MAPPING[pattern])},
        fill_pattern_size_units=String(PATTERN_UNITS),
        get_fill_pattern=f"'{pattern}'",
        get_fill_pattern_scale=PATTERN_SCALE,
        **more,
    )  # fmt: skip


@layer()
def outline(scene: Scene) -> list[pdk.Layer]:
    """The country's outline."""
    shape = map_file(scene.shapes, "country", SOURCE_LANGUAGE).address
    return [_line(shape, "outline", scene.theme.country_line, 1.4)]


@layer()
def selection(scene: Scene) -> list[pdk.Layer]:
    """The selected region's border on a casing."""
    if scene.selected not in scene.shapes.regions.index:
        return []
    part = one_region(scene.shapes, str(scene.selected))
    shape = map_file(scene.shapes, part, SOURCE_LANGUAGE).address
    return [
        _line(shape, "casing", scene.theme.selected_casing, 5),
        _line(shape, "selected", scene.theme.selected_line, 2.4),
    ]


def _line(data: str, name: str, colour: str, width: float) -> pdk.Layer:
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
    radii = circle_radii(view, scene.frame)
    if len(scene.shapes.regions) > MANY:
        sizes = sized(scene.shapes, radii)
        points = map_file(scene.shapes, "points", scene.text.language).address
        # Streamlit forgets all triggers but the fill's; an address that differs brings it about.
        return [_circles(f"{points}#{trigger(sizes)}", sizes, scene, place="p")]
    rows = []
    bare = {} if scene.places else disc_centres(scene.shapes.regions, radii, scene.frame)
    for code, radius in radii.items():
        inside = shapely.point_on_surface(scene.shapes.regions.geometry[code])
        place = scene.places.get(code)
        centre = place.point if place else bare.get(code, (inside.x, inside.y))
        rows.append(
            {
                "id": code,
                "position": list(centre),
                "name": scene.text.name(view.items[code]),
                "shown": f"{captions.figure_name(view, scene.text)}: {value_words(scene, code)}",
                "radius": radius,
            }
        )
    return [_circles(rows, "radius", scene)]


def _circles(data: Any, radius: str, scene: Scene, *, place: str = "position") -> pdk.Layer:
    accent = rgb(scene.theme.accent)
    return pdk.Layer(
        "ScatterplotLayer", data, id="circles", get_position=place, get_radius=radius,
        radius_units=String("pixels"), get_fill_color=[*accent, 150], get_line_color=accent,
        stroked=True, line_width_min_pixels=1, pickable=True,
    )  # fmt: skip


@layer()
def surroundings(scene: Scene) -> list[pdk.Layer]:
    """Names of neighbouring countries and of the seas."""
    hexagons = scene.cells is not None
    taken = (
        *(place.box(scene.frame) for place in scene.places.values()),
        *point_boxes(scene.points, scene.on, scene.frame, hexagons=hexagons),
    )
    countries = {str(c): scene.text.country(str(c)) for c in scene.shapes.backdrop.index}
    names = [
        {"position": list(at), "words": countries[code]}
        for code, at in country_places(scene.shapes, scene.frame, taken, countries).items()
    ]
    seas = []
    for sea in scene.shapes.labels:
        name = scene.text.name(sea)
        at = sea_place(scene.shapes, scene.frame, taken, name, (sea["lon"], sea["lat"]))
        if at:
            seas.append({"position": list(at), "words": name})
    return [
        words_layer(names, "countries", scene.theme.second, COUNTRY),
        words_layer(seas, "seas", scene.theme.second, SEA, font="Noto Serif"),
    ]


@layer()
def labels(scene: Scene) -> list[pdk.Layer]:
    """Each region's name and value; those of small regions outside, with a leader."""
    # A layer has one colour of halo, so words are grouped by weight, ink and halo.
    writing: dict[tuple[int, str, str], list[dict[str, Any]]] = {}
    leaders = []
    fill = fills(scene)
    for code, place in scene.places.items():
        ground = scene.theme.neighbour if place.outside else fill[code]
        colours = (readable_on(ground), halo_on(ground, theme=scene.theme.name))
        lines = place.lines if scene.plain else (*place.lines, value_words(scene, code))
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
