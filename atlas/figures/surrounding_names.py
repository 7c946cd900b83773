"""Where the interactive map writes the names of neighbouring countries and of seas: in view, and
clear of what is written about the regions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import shapely

from atlas.figures import writing
from atlas.figures.labels import Box, Place, place_labels
from atlas.figures.placing import Frame, Point, in_pixels, shapes_in_pixels
from atlas.model import MapShapes

#: Pixels of the letters.
COUNTRY, SEA = 12, 14
#: Share of a country's name that may lie beyond its border.
_BEYOND = 0.25
#: Pixels that a strip of the country is high, that names keep from other writing, and that the
#: shapes need not be finer than.
_STRIP, _GAP, _COARSE = 10.0, 3.0, 1.0


def country_places(
    shapes: MapShapes, frame: Frame, taken: tuple[Box, ...], names: Mapping[str, str]
) -> dict[str, Point]:
    """For each neighbour with room for its name the middle of it (lon, lat); by country code.

    ``taken``: boxes in use, in pixels, y upwards.
    """
    named = tuple(names.items())
    usual, strips = _usual_countries(shapes, frame, named), _strips(shapes, frame)
    # Most writing is in the way of no name: only those that it covers are moved.
    covered = [code for code, place in usual.items() if _meets(place.box, taken)]
    kept = {code: place for code, place in usual.items() if code not in covered}
    if covered:
        boxes = (*taken, *strips, *(place.box for place in kept.values()))
        kept |= _placed(_grounds(shapes, frame)[covered], names, frame, boxes)
    return {code: frame.to_degrees(place.x, place.y) for code, place in kept.items()}


@lru_cache(maxsize=32)
def _usual_countries(
    shapes: MapShapes, frame: Frame, names: tuple[tuple[str, str], ...]
) -> dict[str, Place]:
    """Where names stand that nothing is in the way of."""
    grounds = _grounds(shapes, frame)[[code for code, _ in names]]
    return _placed(grounds, dict(names), frame, _strips(shapes, frame))


def _placed(
    grounds: pd.Series, names: Mapping[str, str], frame: Frame, taken: tuple[Box, ...]
) -> dict[str, Place]:
    sizes = {str(code): [_size(names[str(code)], COUNTRY)] for code in grounds.index}
    return place_labels(
        grounds, sizes, bounds=frame.bounds, taken=taken, gap=_GAP, overhang=_BEYOND,
        outside_sizes={code: [] for code in sizes},
    )  # fmt: skip


def sea_place(
    shapes: MapShapes, frame: Frame, taken: tuple[Box, ...], name: str, at: Point
) -> Point | None:
    """The middle of a sea's name (lon, lat): the place the edition gives it where that is free,
    else another on the same water; None where the first view has none."""
    width, height = _size(name, SEA)
    x, y = frame.to_pixels(*at)
    if not _meets((x - width / 2, y - height / 2, x + width / 2, y + height / 2), taken):
        return at
    here = shapely.Point(x, y)
    own = [part for part in _waters(shapes, frame) if part.distance(here) < 1]
    found = place_labels(
        pd.Series(own[:1], index=[name][: len(own)], dtype=object), {name: [(width, height)]},
        bounds=frame.bounds, taken=taken, outside_sizes={name: []}, overhang=0.0,
    )  # fmt: skip
    return frame.to_degrees(found[name].x, found[name].y) if found else None


def _meets(box: Box, others: tuple[Box, ...]) -> bool:
    """Whether a box lies on others, or nearer to one than names may."""
    if not others:
        return False
    west, south, east, north = np.array(others).T
    across = (box[0] - _GAP < east) & (west < box[2] + _GAP)
    return bool((across & (box[1] - _GAP < north) & (south < box[3] + _GAP)).any())


@lru_cache(maxsize=32)
def _grounds(shapes: MapShapes, frame: Frame) -> pd.Series:
    """The neighbours in pixels as far as the first view shows them, coarse; by country code."""
    window = shapely.box(*frame.bounds)
    codes = tuple(map(str, shapes.backdrop.index))
    found = shapes_in_pixels(shapes.backdrop, codes, frame)
    coarse = shapely.simplify(found.to_numpy(), _COARSE)
    return pd.Series(shapely.intersection(coarse, window), index=found.index, dtype=object)


@lru_cache(maxsize=32)
def _waters(shapes: MapShapes, frame: Frame) -> tuple[Any, ...]:
    """The waters of the first view in pixels, coarse."""
    land = shapely.union_all([*_grounds(shapes, frame), in_pixels(shapes.outline, frame)])
    water = shapely.box(*frame.bounds).difference(shapely.simplify(land, _COARSE))
    return tuple(shapely.get_parts(water))


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
