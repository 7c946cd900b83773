"""One of several small maps: its ground, which all of them have, its regions and their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely.affinity import translate

from atlas.export.plate_parts import middle
from atlas.figures.captions import missing_text, shown
from atlas.figures.lettering import POINTS, Face, width_of
from atlas.figures.locator import draw_locator, fit, regions_within
from atlas.figures.palette import LIGHT, readable_on
from atlas.figures.print_frame import Frame
from atlas.figures.print_map import (
    CIRCLE,
    bar_length,
    circle_radius,
    draw_surroundings,
    length_text,
    missing_pattern,
    neighbours_of,
    region_fills,
)
from atlas.figures.sheet import Box, Sheet
from atlas.model import MapShapes, MapView
from atlas.text import Text

#: Of more regions on all maps together those of one class are one shape.
_SINGLE = 1500
#: Detail that is seen at this size, in inches.
_DETAIL = 0.003
#: Values are left out unless such a share of the regions has room for them.
_MANY = 0.6
#: A shape's middle is as good a place as any where its border is as far as this share of the most.
_AS_GOOD = 0.85
#: Letters of values on the maps, the largest that fit.
_VALUES = (Face(9), Face(8), Face(7))


@dataclass(frozen=True)
class Ground:
    """What all of the maps have: where they lie, and the land, in inches from a map's own corner.
    ``rooms``: for each region a place well inside and how far its border is from there."""

    frame: Frame
    behind: Sheet
    outline: Any
    regions: Mapping[str, Any]
    rooms: Mapping[str, tuple[float, float, float]]
    radius: float


def ground_of(size: tuple[float, float], view: Any, shapes: MapShapes, radius: float) -> Ground:
    """What is the same on all maps, drawn once."""
    frame = fit(shapes.outline, view.release.metric_crs, (0, 0, *size))
    outline = frame.place(shapes.outline).simplify(_DETAIL)
    behind = Sheet(*size, page=LIGHT.page)
    draw_surroundings(behind, frame, shapes, outline, neighbours_of(frame, shapes))
    regions = regions_within(frame, shapes)
    rooms = {}
    if len(regions) * len(view.maps) <= _SINGLE:
        for code, shape in regions.items():
            rooms[code] = _room(shape)
    return Ground(frame, behind, outline, regions, rooms, radius)


def _room(shape: Any) -> tuple[float, float, float]:
    """A place well inside a shape, its middle where that is as good as any, and how far its border
    is from there."""
    circle, middle_ = shapely.maximum_inscribed_circle(shape), shape.centroid
    radius = float(shape.boundary.distance(middle_)) if shape.contains(middle_) else 0.0
    if radius >= _AS_GOOD * circle.length:
        return middle_.x, middle_.y, radius
    return (*circle.coords[0], circle.length)


def draw_map(
    sheet: Sheet, box: Box, ground: Ground, one: Any, number: int, title: str, text: Text
) -> None:
    """One of the maps of all regions."""
    view, x, y = one.view, box[0], box[1]
    with sheet.part("surroundings", str(number), title):
        sheet.stamp(ground.behind, x, y)
    fills, plain = region_fills(view), view.scale.kind == "circles"
    missing = {str(code) for code in view.regions.index[view.regions["value"].isna()]}
    for code, name, shapes in _shapes(ground, view, title, text):
        whole = translate(shapes, x, y)
        first = code.partition("+")[0]
        with sheet.part("region", f"{number}-{code}", name):
            line = LIGHT.neighbour_line if plain else LIGHT.region_border
            fill = fills.get(first, LIGHT.hatch_ground)
            sheet.area(whole, fill=fill, line=line, line_width=0.45, clip=box, level=1)
            if first in missing or first not in fills:
                status = str(view.regions["status"].get(first, "missing"))
                sheet.pattern(whole, missing_pattern(status), LIGHT.hatch, clip=box, level=1.5)
    with sheet.part("country", str(number)):
        land = translate(ground.outline, x, y)
        sheet.area(land, line=LIGHT.country_line, line_width=0.7, clip=box, level=2)
    with sheet.part("values", str(number), title):
        (_draw_circles if plain else _draw_values)(sheet, (x, y), ground, view, fills, text)
    if view.selected is not None and view.selected.code in ground.regions:
        own = translate(ground.regions[view.selected.code], x, y)
        with sheet.part("selected", f"{number}", text.name(view.selected)):
            sheet.area(own, line=LIGHT.selected_line, line_width=1.2, clip=box, level=3)
    with sheet.part("frame", str(number)):
        sheet.rectangle(box, line=LIGHT.neighbour_line, line_width=0.6, level=4)


def _shapes(ground: Ground, view: MapView, title: str, text: Text) -> list[tuple[str, str, Any]]:
    """The regions, each with its code and what it is called; where they are very many those of
    one class together, the code that of the first."""
    if ground.rooms or not ground.regions:
        return [
            (code, f"{title}, {_said(code, view, text)}", shape)
            for code, shape in ground.regions.items()
        ]
    kinds: dict[tuple[int, str], list[str]] = {}
    for code in ground.regions:
        known = code in view.regions.index
        status = str(view.regions.at[code, "status"]) if known else "missing"
        number = int(view.regions.at[code, "class"]) if known else -1
        kinds.setdefault((number, status if number < 0 else ""), []).append(code)
    return [
        (f"{codes[0]}+", title, _many([ground.regions[code] for code in codes]))
        for codes in kinds.values()
    ]


def _many(shapes: list[Any]) -> Any:
    """Polygons as one geometry that keeps the lines between them."""
    parts = [part for one in shapes for part in shapely.get_parts(one)]
    return shapely.multipolygons([one for one in parts if one.geom_type == "Polygon"])


def _said(code: str, view: MapView, text: Text) -> str:
    if code not in view.regions.index:
        return code
    row, name = view.regions.loc[code], text.name(view.items[code])
    if np.isfinite(row["value"]):
        return f"{name}: {shown(view, row['value'], text)}"
    return f"{name}: {missing_text(str(row['status']), text)}"


def _draw_values(
    sheet: Sheet, corner: tuple[float, float], ground: Ground, view: MapView,
    fills: Mapping[str, str], text: Text,
) -> None:  # fmt: skip
    """The value of each region that has room for it; none where few have."""
    known, found = view.regions["value"].dropna(), []
    for code, (x, y, radius) in ground.rooms.items():
        if code not in known.index:
            continue
        words = shown(view, known[code], text)
        for face in _VALUES:
            if np.hypot(width_of(words, face), 0.7 * face.size / POINTS) <= 1.9 * radius:
                found.append((x, y, words, face, readable_on(fills[code])))
                break
    if len(found) < _MANY * len(known):
        return
    for x, y, words, face, ink in found:
        sheet.words(corner[0] + x, middle(corner[1] + y, face), words, face, ink, align="center",
                    level=3.5)  # fmt: skip


def _draw_circles(
    sheet: Sheet, corner: tuple[float, float], ground: Ground, view: MapView,
    _: Mapping[str, str], __: Text,
) -> None:  # fmt: skip
    """Proportional circles, the largest first: small ones lie on top."""
    codes = [str(code) for code in view.regions.index if str(code) in ground.regions]
    for code in codes:
        value = float(view.regions.at[code, "value"])
        radius = circle_radius(value, view.scale.largest, ground.radius)
        if radius:
            at = ground.rooms.get(code) or ground.regions[code].representative_point().coords[0]
            sheet.disc(corner[0] + at[0], corner[1] + at[1], radius, fill=CIRCLE,
                       line=LIGHT.page, line_width=0.5, level=3)  # fmt: skip


def draw_region(
    sheet: Sheet, box: Box, one: Any, places: Mapping[str, Frame], shapes: MapShapes, text: Text
) -> None:
    """One of the maps of a single region."""
    code = one.region.code
    if code not in places:
        return
    row = one.view.regions.loc[code]
    known, fills = bool(np.isfinite(row["value"])), region_fills(one.view)
    frame, names = replace(places[code], box=box), {code: _said(code, one.view, text)}
    draw_locator(
        sheet, frame, shapes, {code: fills[code] if known else None}, names, key=code,
        statuses={code: str(row["status"])},
    )  # fmt: skip
    if known and one.view.scale.kind == "circles":
        inside = frame.place(shapes.regions.geometry[code]).representative_point()
        radius = circle_radius(float(row["value"]), one.view.scale.largest)
        with sheet.part("values", code, names[code]):
            sheet.disc(inside.x, inside.y, radius, fill=CIRCLE, line=LIGHT.page, line_width=0.5)


def draw_scale(sheet: Sheet, frame: Frame, text: Text) -> None:
    """A scale bar, the same for all maps."""
    west, south, east, _ = frame.box
    metres, length = bar_length(frame, (east - west) / 4)
    x, y = west + 0.08, south + 0.07
    with sheet.part("scale"):
        bar = [(x, y + 0.05), (x, y), (x + length, y), (x + length, y + 0.05)]
        sheet.line(bar, LIGHT.text, width=0.9, level=5)
        sheet.words(x + length + 0.06, y - 0.01, length_text(metres, text), Face(7.5), LIGHT.text,
                    halo=LIGHT.halo)  # fmt: skip
