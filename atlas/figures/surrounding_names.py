"""Where the interactive map writes the names of neighbouring countries and of seas: in view, and
clear of what is written about the regions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import pandas as pd
import shapely

from atlas.figures import writing
from atlas.figures.labels import Box, place_labels
from atlas.figures.placing import Frame, Point, in_pixels, shapes_in_pixels
from atlas.model import MapShapes

#: Pixels of the letters.
COUNTRY, SEA = 12, 14
#: Share of a country's name that may lie beyond its border.
_BEYOND = 0.25
#: Pixels that a strip of the country is high.
_STRIP = 10.0


def country_places(
    shapes: MapShapes, frame: Frame, taken: tuple[Box, ...], names: Mapping[str, str]
) -> dict[str, Point]:
    """For each neighbour with room for its name the middle of it (lon, lat); by country code.

    ``taken``: boxes in use, in pixels, y upwards.
    """
    return dict(_countries(shapes, frame, taken, tuple(names.items())))


@lru_cache(maxsize=128)
def _countries(
    shapes: MapShapes,
    frame: Frame,
    taken: tuple[Box, ...],
    names: tuple[tuple[str, str], ...],
) -> dict[str, Point]:
    window = shapely.box(*frame.bounds)
    ground = shapes_in_pixels(shapes.backdrop, tuple(code for code, _ in names), frame)
    sizes = {code: [_size(name, COUNTRY)] for code, name in names}
    found = place_labels(
        pd.Series(
            {code: shape.intersection(window) for code, shape in ground.items()}, dtype=object
        ),
        sizes,
        bounds=frame.bounds,
        taken=(*taken, *_strips(shapes, frame)),
        outside_sizes={code: [] for code in sizes},
        gap=3,
        overhang=_BEYOND,
    )
    return {code: frame.to_degrees(place.x, place.y) for code, place in found.items()}


@lru_cache(maxsize=128)
def sea_place(
    shapes: MapShapes, frame: Frame, taken: tuple[Box, ...], name: str, at: Point
) -> Point | None:
    """The middle of a sea's name (lon, lat): the place the edition gives it where that is free,
    else another on the same water; None where the first view has none."""
    width, height = _size(name, SEA)
    x, y = frame.to_pixels(*at)
    wanted = shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    if not any(wanted.intersects(shapely.box(*box)) for box in taken):
        return at
    abroad = shapes_in_pixels(shapes.backdrop, tuple(map(str, shapes.backdrop.index)), frame)
    land = shapely.union_all([*abroad, in_pixels(shapes.outline, frame)])
    water = shapely.box(*frame.bounds).difference(land)
    own = [part for part in shapely.get_parts(water) if part.distance(shapely.Point(x, y)) < 1]
    found = place_labels(
        pd.Series(own[:1], index=[name][: len(own)], dtype=object),
        {name: [(width, height)]},
        bounds=frame.bounds,
        taken=taken,
        outside_sizes={name: []},
        overhang=0.0,
    )
    return frame.to_degrees(found[name].x, found[name].y) if found else None


@lru_cache(maxsize=32)
def _strips(shapes: MapShapes, frame: Frame) -> tuple[Box, ...]:
    """The country as boxes in pixels, a strip of it each, which the names of others keep off."""
    land = in_pixels(shapes.outline, frame)
    west, south, east, north = land.bounds
    strips = [
        shapely.box(west, low, east, low + _STRIP).intersection(land)
        for low in np.arange(south, north, _STRIP)
    ]
    return tuple(part.bounds for strip in strips for part in shapely.get_parts(strip))


def _size(name: str, letters: float) -> tuple[float, float]:
    """Width and height in pixels of a name on one line; ``writing`` measures bolder letters."""
    return writing.width(name) * letters / 12.5, letters + 3
