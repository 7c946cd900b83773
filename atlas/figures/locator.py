"""Small maps for print: a country, or a part of it, with the regions that are meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from atlas.figures.outlines import within
from atlas.figures.palette import LIGHT
from atlas.figures.print_frame import Frame
from atlas.figures.print_map import draw_surroundings, missing_pattern, neighbours_of
from atlas.figures.sheet import Box, Sheet
from atlas.model import MapShapes

#: How far off its line a corner may lie when it is left out, in inches: unseen at this size.
_DETAIL = 0.003
#: The country's other regions, and the lines between them.
_GROUND, _LINE = LIGHT.page, LIGHT.border


def fit(shape: Any, crs: str, box: Box, *, filled: float = 0.92) -> Frame:
    """The frame of a box with a geometry in EPSG:4326 in its middle, ``filled`` to that share."""
    west, south, east, north = box
    unit = Frame(crs=crs, box=(0, 0, 0, 0), west=0, south=0, scale=1)
    left, foot, right, top = unit.place(shape).bounds
    wide, high = max(right - left, 1e-6), max(top - foot, 1e-6)
    scale = filled * min((east - west) / wide, (north - south) / high)
    return replace(
        unit,
        box=box,
        west=(left + right - (east - west) / scale) / 2,
        south=(foot + top - (north - south) / scale) / 2,
        scale=scale,
    )


def draw_locator(
    sheet: Sheet, frame: Frame, shapes: MapShapes, chosen: Mapping[str, str | None],
    names: Mapping[str, str], *, key: str, statuses: Mapping[str, str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Draw a map in its frame; returns the regions in inches on the sheet, cut to the frame.

    ``chosen``: colours of the regions that stand out, None for one without a value, which is filled
    by its status in ``statuses``. ``names`` of the regions; ``key``: tells this map from others on
    the sheet.
    """
    outline = frame.place(shapes.outline).simplify(_DETAIL)
    regions = regions_within(frame, shapes)
    with sheet.part("surroundings", key):
        draw_surroundings(sheet, frame, shapes, outline, neighbours_of(frame, shapes))
    others = [shape for code, shape in regions.items() if code not in chosen]
    with sheet.part("ground", key):
        sheet.area(_together(others), fill=_GROUND, line=_LINE, line_width=0.5, level=1)
    with sheet.part("country", key):
        line = within(outline.boundary, frame.box)
        sheet.area(line, line=LIGHT.country_line, line_width=0.8, level=2)
    for code, fill in chosen.items():
        if code not in regions:
            continue
        with sheet.part("region", code, names.get(code, code)):
            status = (statuses or {}).get(code, "missing")
            line = {"line": LIGHT.selected_line, "line_width": 1.1, "level": 3.0}
            sheet.area(regions[code], fill=fill or LIGHT.hatch_ground, **line)
            if fill is None:
                kind = missing_pattern(status)
                sheet.pattern(regions[code], kind, LIGHT.hatch, level=3.1)
    with sheet.part("frame", key):
        sheet.rectangle(frame.box, line=LIGHT.neighbour_line, line_width=0.6, level=4)
    return regions


def regions_within(frame: Frame, shapes: MapShapes) -> dict[str, Any]:
    """The regions within the frame, with few corners; borders that they share stay shared."""
    codes = list(map(str, shapes.regions.index))
    placed = shapely.make_valid(frame.place(np.array(shapes.regions.geometry)))
    simple = shapely.coverage_simplify(placed, _DETAIL)
    cut = {code: within(shape, frame.box) for code, shape in zip(codes, simple, strict=True)}
    return {code: shape for code, shape in cut.items() if not shape.is_empty}


def _together(shapes: list[Any]) -> Any:
    """Several areas as one that keeps the lines between them."""
    parts = [
        part for shape in shapes for part in shapely.get_parts(shape) if part.geom_type == "Polygon"
    ]
    return shapely.multipolygons(parts) if parts else None
