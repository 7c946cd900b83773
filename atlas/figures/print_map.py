"""The map for print: the country in the edition's metric system, its surroundings, its classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from pyproj import CRS

from atlas.figures.lettering import Face, width_of
from atlas.figures.palette import LIGHT, SEQUENTIAL, class_fills
from atlas.figures.print_frame import Frame, transformer
from atlas.figures.sheet import Box, Sheet
from atlas.model import MapShapes, MapView
from atlas.text import Text

#: Room between the country and the frame, as shares of the frame: at the sides, above, below.
_SIDE, _ABOVE, _BELOW = 0.035, 0.03, 0.085
#: How far the surroundings reach beyond the country, in widths of the country (as releases hold).
_KNOWN = 0.85
#: The narrowest frame, in inches; a country far longer than wide gets one with blank sides.
_NARROWEST = 4.0
#: Distances of the coast lines, of the first from the coast, of each other from the one before.
_COAST = (0.045, 0.055, 0.07)
#: How far around the frame the surroundings are kept, for their coast lines, in inches.
_BEYOND = 0.4
#: Detail that a printed line shows, in inches: half a dot.
_DETAIL = 0.002
#: Of more corners than this there are several to a dot: the land is drawn with fewer.
_CORNERS = 100_000

#: Fill of regions under proportional circles, and of the circles.
PLAIN = LIGHT.border
CIRCLE = SEQUENTIAL["light"][-1]
#: Width in points of the line round what is selected.
SELECTED_LINE = 1.7
#: Radius of the circle that stands for the largest value, in inches.
LARGEST_RADIUS = 0.36


def fit_frame(shapes: MapShapes, crs: str, box: Box) -> Frame:
    """The frame that holds the country in the given box, as large as it goes.

    The frame is narrower than the box where the box would show more than the release knows of
    the country's surroundings.
    """
    west, south, east, north = _projected(shapes.outline, crs).bounds
    wide, high = max(east - west, 1e-6), max(north - south, 1e-6)
    left, bottom, right, top = box
    scale = min(
        (right - left) * (1 - 2 * _SIDE) / wide, (top - bottom) * (1 - _ABOVE - _BELOW) / high
    )
    spare = (top - bottom) / scale - high
    foot = south - max((top - bottom) * _BELOW / scale, min(spare / 2, spare))
    width = (right - left) / scale
    start = (west + east - width) / 2
    low, up = _known_ends(shapes, crs, foot, foot + (top - bottom) / scale)
    margin = (right - left) * _SIDE / scale
    start, end = max(start, min(low, west - margin)), min(start + width, max(up, east + margin))
    if (end - start) * scale < _NARROWEST:
        start, end = ((start + end + sign * _NARROWEST / scale) / 2 for sign in (-1, 1))
    return Frame(
        crs=crs,
        box=(left, bottom, left + (end - start) * scale, top),
        west=start,
        south=foot,
        scale=scale,
    )


def _projected(shape: Any, crs: str) -> Any:
    to_metric = transformer(crs)
    return shapely.transform(
        shape, lambda points: np.column_stack(to_metric.transform(points[:, 0], points[:, 1]))
    )


def _known(shapes: MapShapes) -> Any:
    """The part of the world that the release holds, in degrees."""
    west, south, east, north = shapes.outline.bounds
    pad = _KNOWN * (east - west)
    around = shapely.box(west - pad, max(south - pad, -85), east + pad, min(north + pad, 85))
    return shapely.segmentize(around, max(pad / 10, 1e-3))


def _known_ends(shapes: MapShapes, crs: str, south: float, north: float) -> tuple[float, float]:
    """How far west and east, in the metric system, the surroundings are known at all heights."""
    known = shapely.make_valid(_projected(_known(shapes), crs))
    ends = [-np.inf], [np.inf]
    if np.isfinite(shapely.get_coordinates(known)).all():
        far = 10 * (known.bounds[2] - known.bounds[0])
        for y in (south, (south + north) / 2, north):
            across = shapely.intersection(known, shapely.LineString([(-far, y), (far, y)]))
            if not across.is_empty:
                ends[0].append(across.bounds[0])
                ends[1].append(across.bounds[2])
    return max(ends[0]), min(ends[1])


def region_fills(view: MapView) -> dict[str, str]:
    """The fill of each region on the light page; without a value the ground of the hatch."""
    fills = class_fills(view.scale)
    rows = zip(view.values.items(), view.regions["class"].tolist(), strict=True)
    return {
        code: LIGHT.hatch_ground if np.isnan(value) else fills[position] if fills else PLAIN
        for (code, value), position in rows
    }


def missing_pattern(status: str) -> str:
    """How a region without a value is filled: suppressed ones are dotted, others hatched."""
    return "dots" if status == "suppressed" else "hatch"


def circle_radius(value: float, largest: float, most: float = LARGEST_RADIUS) -> float:
    """Radius in inches of the circle for a value, ``most`` for the largest; areas are proportional,
    nothing below zero."""
    if not np.isfinite(value) or not largest > 0 or value <= 0:
        return 0.0
    return float(most * np.sqrt(value / largest))


@dataclass(frozen=True)
class DrawnMap:
    """What was drawn where: geometries in inches on the sheet, for the labels to go by."""

    frame: Frame
    regions: Mapping[str, Any]
    neighbours: Mapping[str, Any]
    outline: Any
    scale_bar: Box


def draw_map(sheet: Sheet, box: Box, view: MapView, shapes: MapShapes, text: Text) -> DrawnMap:
    """Draw the map without its labels into a box of the sheet."""
    frame = fit_frame(shapes, view.release.metric_crs, box)
    land = _land(shapes, frame)
    outline, regions, neighbours = land.outline, land.regions, land.neighbours
    with sheet.part("surroundings"):
        _paint_surroundings(sheet, frame, land.around, neighbours)
    _draw_regions(sheet, frame, view, regions, text)
    with sheet.part("country", view.root.code, text.name(view.root)):
        sheet.area(outline, line=LIGHT.country_line, line_width=1.0, clip=frame.box, level=3)
    _draw_selected(sheet, frame, view, regions, text)
    with sheet.part("frame"):
        sheet.rectangle(frame.box, line=LIGHT.neighbour_line, line_width=0.7, level=4)
    with sheet.part("scale"):
        bar = _draw_scale_bar(sheet, frame, outline, text)
    return DrawnMap(frame, regions, neighbours, outline, bar)


@dataclass(frozen=True)
class _Land:
    """All of a map that does not hang on its figures, in inches; ``around``: the sea, and the
    coast lines in it."""

    outline: Any
    regions: Mapping[str, Any]
    neighbours: Mapping[str, Any]
    around: tuple[Any, tuple[Any, ...]]


@lru_cache(maxsize=16)
def _land(shapes: MapShapes, frame: Frame) -> _Land:
    """The land in a frame: the same for every figure, so kept."""
    placed = frame.place(np.array(shapes.regions.geometry))
    outline, neighbours = frame.place(shapes.outline), neighbours_of(frame, shapes)
    if shapely.get_num_coordinates(placed).sum() > _CORNERS:
        placed = shapely.coverage_simplify(shapely.make_valid(placed), _DETAIL)
        outline = outline.simplify(_DETAIL)
    regions = dict(zip(map(str, shapes.regions.index), placed, strict=True))
    return _Land(outline, regions, neighbours, _around(frame, shapes, outline, neighbours))


def neighbours_of(frame: Frame, shapes: MapShapes) -> dict[str, Any]:
    """The surrounding countries within and a little around the frame, in inches."""
    window = shapely.box(*frame.box)
    near = window.buffer(_BEYOND)
    found: dict[str, Any] = {}
    for code, shape in shapes.backdrop.geometry.items():
        placed = shapely.make_valid(frame.place(shape))
        if not np.isfinite(shapely.get_coordinates(placed)).all():
            continue
        if shapely.intersection(placed, window).area > 0:
            found[str(code)] = shapely.intersection(placed, near).simplify(_DETAIL)
    return found


def draw_surroundings(
    sheet: Sheet, frame: Frame, shapes: MapShapes, outline: Any, neighbours: Mapping[str, Any]
) -> None:
    """Sea with coast lines, and the neighbouring countries; blank where nothing is known."""
    _paint_surroundings(sheet, frame, _around(frame, shapes, outline, neighbours), neighbours)


def _around(
    frame: Frame, shapes: MapShapes, outline: Any, neighbours: Mapping[str, Any]
) -> tuple[Any, tuple[Any, ...]]:
    """The sea, where anything is known, and its coast lines."""
    known = shapely.make_valid(frame.place(_known(shapes)))
    seen = shapely.box(*frame.box)
    if np.isfinite(shapely.get_coordinates(known)).all():
        seen = shapely.intersection(known, seen)
    land, lines = shapely.union_all([outline, *neighbours.values()]), []
    for step in _COAST:
        # Farther out the coast needs fewer corners. Island by island: a tenth of all at once.
        parts = shapely.simplify(shapely.get_parts(land), step / 4)
        land = shapely.union_all(shapely.buffer(parts, step, quad_segs=4))
        lines.append(shapely.boundary(land))
    return seen, tuple(lines)


def _paint_surroundings(
    sheet: Sheet, frame: Frame, around: tuple[Any, tuple[Any, ...]], neighbours: Mapping[str, Any]
) -> None:
    sea, lines = around
    sheet.area(sea, fill=LIGHT.sea, level=0)
    for line in lines:
        sheet.area(line, line=LIGHT.coast, line_width=0.6, clip=frame.box, level=0.2)
    for shape in neighbours.values():
        sheet.area(
            shape, fill=LIGHT.neighbour, line=LIGHT.neighbour_line, line_width=0.6,
            clip=frame.box, level=0.5,
        )  # fmt: skip


def _draw_regions(
    sheet: Sheet, frame: Frame, view: MapView, regions: Mapping[str, Any], text: Text
) -> None:
    fills, without = region_fills(view), view.regions["value"].isna()
    missing = view.regions.loc[without, "status"].astype(str).to_dict()
    for code, shape in regions.items():
        known = code in fills
        with sheet.part("region", code, text.name(view.items[code]) if known else code):
            sheet.area(shape, fill=fills.get(code, LIGHT.hatch_ground), clip=frame.box, level=1)
            if not known or code in missing:
                pattern = missing_pattern(missing.get(code, "missing"))
                sheet.pattern(shape, pattern, LIGHT.hatch, clip=frame.box, level=1)
    for code, shape in regions.items():
        with sheet.part("border", code):
            sheet.area(shape, line=LIGHT.region_border, line_width=0.7, clip=frame.box, level=2)


def _draw_selected(
    sheet: Sheet, frame: Frame, view: MapView, regions: Mapping[str, Any], text: Text
) -> None:
    """The selected region's border on a casing, as on the screen."""
    if view.selected is None or view.selected.code not in regions:
        return
    shape = regions[view.selected.code]
    lines = ((LIGHT.selected_casing, 3.6, 3.2), (LIGHT.selected_line, SELECTED_LINE, 3.3))
    with sheet.part("selected", view.selected.code, text.name(view.selected)):
        for colour, width, level in lines:
            sheet.area(shape, line=colour, line_width=width, clip=frame.box, level=level)


def bar_length(frame: Frame, longest: float) -> tuple[float, float]:
    """The round length (1, 2 or 5 times a power of ten) of a scale bar no longer than ``longest``
    on the sheet: in metres, and on the sheet."""
    per_metre = frame.scale / CRS.from_user_input(frame.crs).axis_info[0].unit_conversion_factor
    power = 10.0 ** np.floor(np.log10(longest / per_metre))
    metres = max(step * power for step in (1, 2, 5) if step * power <= longest / per_metre)
    return metres, metres * per_metre


def length_text(metres: float, text: Text) -> str:
    """``50 km``, ``200 m``."""
    if metres >= 1000:
        return text("{length} km", length=text.number(metres / 1000, 0))
    return text("{length} m", length=text.number(metres, 0 if metres >= 1 else 3))


def _draw_scale_bar(sheet: Sheet, frame: Frame, land: Any, text: Text) -> Box:
    """Draw the scale bar in the corner where it covers least of the country; returns its box."""
    west, south, east, north = frame.box
    metres, length = bar_length(frame, (east - west) / 6)
    face = Face(9)
    label = length_text(metres, text)
    width, height = length + 0.09 + width_of(label, face), 0.2
    corners = [
        (x, y)
        for y in (south + 0.13, north - 0.13 - height)
        for x in (west + 0.19, east - 0.19 - width)
    ]
    covered = [land.intersection(shapely.box(x, y, x + width, y + height)).area for x, y in corners]
    x, y = corners[int(np.argmin(np.round(covered, 4)))]
    foot, tick = y + 0.04, 0.055
    sheet.line([(x, foot + tick), (x, foot), (x + length, foot), (x + length, foot + tick)],
               LIGHT.text, width=1.0, level=5)  # fmt: skip
    middle = x + length / 2
    sheet.line([(middle, foot), (middle, foot + 0.03)], LIGHT.text, width=1.0, level=5)
    sheet.words(x + length + 0.09, foot - 0.015, label, face, LIGHT.text,
                halo=LIGHT.halo, halo_width=1.6)  # fmt: skip
    return (x - 0.05, y - 0.03, x + width + 0.05, y + height + 0.03)
