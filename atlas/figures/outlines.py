"""What geometries and patterns come down to in print: rings, lines and dots, in inches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

#: Distance of hatching lines, thickness of one in points; distance and radius of dots. Inches.
HATCH_STEP, HATCH_WIDTH = 0.05, 0.7
DOT_STEP, DOT_RADIUS = 0.07, 0.0105


def rings(shape: Any) -> Iterator[tuple[Any, bool]]:
    """The lines of a geometry: the points of each, and whether it closes.

    Outer rings run one way round and holes the other, so that filling leaves holes open by
    either rule of winding.
    """
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            turned = shapely.orient_polygons(part)
            found = [turned.exterior, *turned.interiors]
        elif part.geom_type in ("LineString", "LinearRing"):
            found = [part]
        else:
            found = []
        for ring in found:
            points = shapely.get_coordinates(ring)
            if len(points) > 1:
                yield points, bool(ring.is_closed)


def hatching(shape: Any) -> list[Any]:
    """Lines rising at 45° over a geometry in inches, cut to it; each an array of two points."""
    west, south, east, north = shape.bounds
    step = HATCH_STEP * np.sqrt(2)
    # Lines are counted from the sheet's corner, so that hatches side by side run on.
    first, last = np.floor((south - east) / step), np.ceil((north - west) / step)
    offsets = np.arange(first, last + 1) * step
    ends = np.stack(
        [
            np.column_stack([np.full_like(offsets, west), west + offsets]),
            np.column_stack([np.full_like(offsets, east), east + offsets]),
        ],
        axis=1,
    )
    cut = shapely.intersection(shapely.linestrings(ends), shape)
    parts = shapely.get_parts(cut[~shapely.is_empty(cut)])
    return [shapely.get_coordinates(part) for part in parts if part.geom_type == "LineString"]


def dots(shape: Any) -> Any:
    """Centres of dots in a quincunx over a geometry in inches, as an array of x and y; none of
    the dots crosses its border."""
    west, south, east, north = shape.bounds
    columns = np.arange(np.floor(west / DOT_STEP), np.ceil(east / DOT_STEP) + 1)
    rows = np.arange(np.floor(south / DOT_STEP), np.ceil(north / DOT_STEP) + 1)
    x, y = np.meshgrid(columns, rows)
    x = (x + 0.5 * (rows % 2)[:, None]) * DOT_STEP
    inside = shapely.contains_xy(shape.buffer(-DOT_RADIUS), x, y * DOT_STEP)
    return np.column_stack([x[inside], y[inside] * DOT_STEP])


def dotting(shape: Any) -> Any:
    """The same dots as one geometry."""
    return shapely.multipolygons(
        shapely.buffer(shapely.points(dots(shape)), DOT_RADIUS, quad_segs=3)
    )


def within(shape: Any, box: tuple[float, float, float, float] | None) -> Any:
    """The part of a geometry that lies in a box; all of it without one."""
    if box is None:
        return shape
    return shapely.intersection(shapely.make_valid(shape), shapely.box(*box))
