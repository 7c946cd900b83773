"""Where the browser's map writes each region's name, value and cluster symbols.

The browser has no viewport to ask, so places are found for the first view: in pixels of a map of
the expected size. Zoomed in there is more room, never less.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from atlas.figures import labels, writing
from atlas.figures.disc_labels import place_beside, place_discs
from atlas.figures.label_spots import visual_centre
from atlas.model import MapView

#: With more regions than this a map says less at once: names only where they fit, circles where
#: the regions lie, figures on a click.
MANY = 200
#: With more than this, long lines from writing to regions would cover the map: so many pixels each.
SOME, _REACH = 24, 56.0

Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """Where one region is written.

    ``point`` lies inside the region and ``centre`` is the middle of the writing (lon, lat);
    ``lines`` are the name's lines, ``top`` the pixels from the centre up to the first of them.
    ``width``: the pixels of all of it, symbols under it included. ``leader``: the line from the
    region to writing that stands outside it, or None.
    """

    point: Point
    centre: Point
    lines: tuple[str, ...]
    top: float
    outside: bool
    leader: tuple[Point, Point] | None
    width: float = 0.0

    def box(self, frame: Frame) -> labels.Box:
        """All of the writing in pixels of a first view, y upwards."""
        x, y = frame.to_pixels(*self.centre)
        half = self.width / 2
        return x - half, y - self.top, x + half, y + self.top


@dataclass(frozen=True)
class Frame:
    """The first view of a map: its middle (lon, lat), zoom and size in pixels."""

    longitude: float
    latitude: float
    zoom: float
    width: int
    height: int

    @property
    def pixels(self) -> float:
        """Pixels for a radian of longitude."""
        return 512 * 2**self.zoom / (2 * math.pi)

    def to_pixels(self, lon: float, lat: float) -> Point:
        """Web Mercator, in pixels, y upwards."""
        return math.radians(lon) * self.pixels, _stretched(lat) * self.pixels

    def to_degrees(self, x: float, y: float) -> Point:
        """The inverse of :meth:`to_pixels`."""
        return math.degrees(x / self.pixels), math.degrees(math.atan(math.sinh(y / self.pixels)))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north edge in pixels, a small margin kept."""
        x, y = self.to_pixels(self.longitude, self.latitude)
        across, up = self.width / 2 - 6, self.height / 2 - 6
        return x - across, y - up, x + across, y + up


def circle_radii(view: MapView, frame: Frame) -> dict[str, float]:
    """The radius in pixels of each region's circle, the largest first; area is proportional to
    the value. Empty for figures that are not drawn by circles."""
    if view.scale.kind != "circles":
        return {}
    return {
        code: circle_radius(value, view, frame) for code, value in view.values.items() if value > 0
    }


def circle_radius(value: float, view: MapView, frame: Frame) -> float:
    """The radius in pixels of the circle that stands for a value; the largest is a thirteenth of
    the map's shorter side."""
    widest = min(frame.width, frame.height) / 13
    return widest * math.sqrt(value / view.scale.largest)


def first_frame(
    regions: gpd.GeoDataFrame, width: int, height: int, *, margin: float = 0.93
) -> Frame:
    """The view that shows all regions in a map of that many pixels; they fill the share
    ``margin`` of it."""
    west, south, east, north = regions.total_bounds
    low, high = _stretched(south), _stretched(north)
    fits = min(width / math.radians(east - west), height / (high - low)) * margin
    return Frame(
        longitude=(west + east) / 2,
        latitude=math.degrees(math.atan(math.sinh((low + high) / 2))),
        zoom=math.log2(fits * 2 * math.pi / 512),
        width=width,
        height=height,
    )


def place_names(
    regions: gpd.GeoDataFrame,
    names: Mapping[str, str],
    symbols: Mapping[str, int],
    frame: Frame,
    *,
    radii: Mapping[str, float] | None = None,
    inside: bool = False,
    values: bool = True,
    told: Mapping[str, str] | None = None,
    around: tuple[labels.Box, ...] = (),
) -> dict[str, Place]:
    """A place for each region's writing, by region_code; regions without room are left out.

    ``names``: what is written above the value; where it is empty, all regions have the value alone.
    ``symbols``: how many cluster symbols stand under it. ``radii``: of the circles that stand for
    counts, in pixels; writing then keeps clear of circles. ``inside``: nothing is written beside a
    region. ``values``: a line for the value stands under the name, a number or what ``told`` says
    in its stead. ``around``: boxes in pixels, y upwards, that writing keeps clear of. Of more than
    ``MANY`` regions those are written that have room inside themselves, and none among circles.

    The same places are found once.
    """
    names = names or dict.fromkeys(map(str, regions.index), "")
    if len(names) > MANY:
        if radii:
            return {}
        names, inside, told = _with_room(regions, names, frame), True, None
    # In whatever order clusters are counted, they take the same places.
    wanted = (names, dict(sorted(symbols.items())), radii or {}, told or {})
    return dict(
        _placed(Same(regions), *map(_pairs, wanted), frame, around, inside=inside, values=values)
    )


def disc_centres(
    regions: gpd.GeoDataFrame, radii: Mapping[str, float], frame: Frame
) -> dict[str, Point]:
    """Where circles lie that nothing is written about: in their regions, apart; lon and lat."""
    return dict(_discs(Same(regions), _pairs(radii), frame))


class Same:
    """A table as a key of what is kept: equal to the same table, not to one like it."""

    def __init__(self, frame: gpd.GeoDataFrame) -> None:
        self.frame = frame

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.frame is other.frame

    def __hash__(self) -> int:
        return id(self.frame)


def _pairs(values: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(values.items())


def _with_room(regions: gpd.GeoDataFrame, names: Mapping[str, str], frame: Frame) -> dict[str, str]:
    """The names of regions that are at least as wide and high as the shortest writing."""
    bounds = regions.geometry.bounds
    across = np.radians(bounds["maxx"] - bounds["minx"]) * frame.pixels
    up = (bounds["maxy"] - bounds["miny"]).to_numpy() * math.pi / 180 * frame.pixels
    up = up / np.cos(np.radians(bounds["miny"]))
    wide, high = writing.size(("",), 0)
    return {c: names[c] for c in regions.index[(across >= wide) & (up >= high)] if c in names}


@lru_cache(maxsize=256)
def _placed(
    same: Same,
    named: tuple[tuple[str, str], ...],
    symbolled: tuple[tuple[str, int], ...],
    drawn: tuple[tuple[str, float], ...],
    said: tuple[tuple[str, str], ...],
    frame: Frame,
    around: tuple[labels.Box, ...],
    *,
    inside: bool,
    values: bool,
) -> dict[str, Place]:
    names, symbols, radii, told = dict(named), dict(symbolled), dict(drawn), dict(said)
    pixels = _in_pixels(same, tuple(names), frame)
    if pixels.empty:
        return {}
    symbol, reach = writing.symbol(frame.width), _REACH if len(names) > SOME else None
    wraps = {code: writing.wraps(names[code]) for code in pixels.index}
    sizes = {
        code: [
            writing.size(
                own, symbols.get(code, 0), value=values, told=told.get(code, ""), symbol=symbol
            )
            for own in wraps[code]
        ]
        for code in wraps
    }
    if radii:
        centres = place_discs(pixels, radii)
        centres |= {c: visual_centre(pixels[c]) for c in wraps if c not in centres}
        points = {code: (*centres[code], radii.get(code, 0.0)) for code in wraps}
        found = place_beside(
            points, sizes, bounds=frame.bounds, shapes=pixels, symbols=around, gap=2, reach=reach
        )
    else:
        centres = {code: visual_centre(pixels[code]) for code in wraps}
        beside: dict[str, list[tuple[float, float]]] = {code: [] for code in wraps}
        bare = () if inside else tuple(c for c in map(str, same.frame.index) if c not in names)
        found = labels.place_labels(
            pixels, sizes, bounds=frame.bounds, symbols=around, gap=2, overhang=0.2,
            others=_in_pixels(same, bare, frame), outside_sizes=beside if inside else None,
            reach=reach,
        )  # fmt: skip
    return {
        code: Place(
            point=frame.to_degrees(*centres[code]),
            centre=frame.to_degrees(place.x, place.y),
            lines=wraps[code][place.option],
            top=place.height / 2,
            outside=place.outside,
            leader=_leader(place, wraps[code][place.option], symbols.get(code, 0), frame),
            width=place.width,
        )
        for code, place in found.items()
    }


def _leader(
    place: labels.Place, lines: tuple[str, ...], symbols: int, frame: Frame
) -> tuple[Point, Point] | None:
    """The line from the region to the words themselves: symbols under them may make the box wider,
    and where they are fewer than the words are wide, a line from below passes beside them."""
    if place.leader is None:
        return None
    half = max(map(writing.width, lines), default=34.0) / 2
    start, (x, y) = place.leader
    symbol = writing.symbol(frame.width)
    if symbols and abs(x - place.x) > symbols * writing.step(symbol) / 2:
        y = max(y, place.y - place.height / 2 + writing.row(symbol))
    end = (min(max(x, place.x - half), place.x + half), y)
    return frame.to_degrees(*start), frame.to_degrees(*end)


@lru_cache(maxsize=64)
def _discs(same: Same, drawn: tuple[tuple[str, float], ...], frame: Frame) -> dict[str, Point]:
    pixels = _in_pixels(same, tuple(code for code, _ in drawn), frame)
    found = place_discs(pixels, {code: radius for code, radius in drawn if code in pixels.index})
    return {code: frame.to_degrees(*at) for code, at in found.items()}


def shapes_in_pixels(table: gpd.GeoDataFrame, codes: tuple[str, ...], frame: Frame) -> pd.Series:
    """The shapes of a table's rows with these codes in pixels, y upwards; not to be changed."""
    return _in_pixels(Same(table), codes, frame)


@lru_cache(maxsize=16)
def _in_pixels(same: Same, codes: tuple[str, ...], frame: Frame) -> pd.Series:
    """The shapes of some regions in pixels, by region_code; not to be changed."""
    shapes = same.frame.geometry[same.frame.index.isin(codes)]
    drawn = in_pixels(shapes.to_numpy(), frame)
    return pd.Series(drawn, index=shapes.index.astype(str), dtype=object)


def in_pixels(shapes: Any, frame: Frame) -> Any:
    """Geometries in degrees, one or an array, in pixels, y upwards."""

    def placed(points: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = np.radians(points.T)
        return np.column_stack([lon, np.arcsinh(np.tan(lat))]) * frame.pixels

    return shapely.transform(shapes, placed)


def _stretched(latitude: float) -> float:
    return math.asinh(math.tan(math.radians(latitude)))
