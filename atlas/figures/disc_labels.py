"""Where proportional circles go, and their labels: in them, beside them, or with a line to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import shapely

from atlas.figures.label_room import Board, Box, Land, Point, boxes_around, land_of
from atlas.figures.label_spots import GRID, Place, Size, main_part, outside, visual_centre, void


def place_discs(shapes: pd.Series, radii: Mapping[str, float]) -> dict[str, Point]:
    """A centre for the disc of each region with a radius: its visual centre or, where a larger
    disc lies there, the nearest point of the region that keeps clear of those placed so far.

    Where there is no such point the discs overlap, the smaller one belonging on top.
    """
    centres: dict[str, Point] = {}
    for code in sorted(radii, key=lambda code: -radii[code]):
        part = main_part(shapes[code])
        home = visual_centre(part)
        west, south, east, north = part.bounds
        grid = np.meshgrid(np.linspace(west, east, GRID), np.linspace(south, north, GRID))
        spots = np.vstack([home, np.stack(grid, axis=-1).reshape(-1, 2)])
        clear = shapely.contains_xy(part, spots[:, 0], spots[:, 1])
        clear[0] = True
        for other, (x, y) in centres.items():
            apart = np.hypot(spots[:, 0] - x, spots[:, 1] - y)
            clear &= apart >= 1.04 * (radii[code] + radii[other])
        away = np.hypot(spots[:, 0] - home[0], spots[:, 1] - home[1])
        best = int(np.argmin(np.where(clear, away, np.inf))) if clear.any() else 0
        centres[code] = float(spots[best, 0]), float(spots[best, 1])
    return centres


def place_beside(
    points: Mapping[str, tuple[float, float, float]],
    sizes: Mapping[str, Sequence[Size]],
    *,
    bounds: Box,
    shapes: pd.Series | None = None,
    taken: Iterable[Box] = (),
    symbols: Iterable[Box] = (),
    gap: float = 0.0,
    reach: float | None = None,
) -> dict[str, Place]:
    """A place for the label of each disc: in it where it fits, else right beside it, else farther
    off with a line to it.

    ``points``: x, y and radius of each disc, radius 0 for a mere point; discs are never covered by
    another's label. ``shapes``: the region of each disc, which the label then keeps to, or goes
    beside the country. Other arguments and what holds for the result as in :func:`place_labels`.
    """
    discs = {code: _disc_box(*disc) for code, disc in points.items()}
    board = Board(bounds, taken, gap, symbols)
    parts = {} if shapes is None else {c: main_part(s) for c, s in shapes.items() if not void(s)}
    land = land_of(tuple(parts.values()), bounds) if parts else None
    places: dict[str, Place] = {}
    for code, (x, y, radius) in points.items():
        others = [box for other, box in discs.items() if other != code and box[2] > box[0]]
        with board.also(others):
            place = _on_disc((x, y, radius), sizes[code], board, land, parts.get(code))
            if place is None:
                place = outside((x, y), radius, sizes[code], board, land, reach)
            if place is None and land is not None:
                place = _on_disc((x, y, radius), sizes[code], board, None, None)
        if place is not None:
            places[code] = place
            board.keep(place.box, place.leader)
    return places


def _on_disc(
    disc: tuple[float, float, float],
    sizes: Sequence[Size],
    board: Board,
    land: Land | None,
    own: Any,
) -> Place | None:
    """The label in its disc, or touching it below, above, right or left; None where it would lie
    on other regions for the most part."""
    x, y, radius = disc
    found: tuple[float, Place] | None = None
    for option, (width, height) in enumerate(sizes):
        inside = bool(np.hypot(width, height) / 2 <= radius * 0.96)
        away_x, away_y = radius + width / 2 + board.gap, radius + height / 2 + board.gap
        beside = [(x, y - away_y), (x, y + away_y), (x + away_x, y), (x - away_x, y)]
        spots = np.array([(x, y)] if inside else beside)
        boxes = boxes_around(spots, width, height)
        astray = np.zeros(len(spots))
        if land is not None and not inside:
            home = shapely.area(shapely.intersection(own, shapely.box(*boxes.T))) / width / height
            # On other regions is bad, across a border untidy.
            astray = np.maximum(land.share(boxes) - home, 0) + 0.3 * (0.5 - abs(home - 0.5))
        for number in np.flatnonzero(board.free(boxes) & (astray < 0.5)):
            worth = float(astray[number]) + 0.03 * option + 0.02 * int(number)
            if found is None or worth < found[0]:
                at_x, at_y = (float(value) for value in spots[number])
                found = worth, Place(at_x, at_y, width, height, option, outside=not inside)
    return found[1] if found else None


def _disc_box(x: float, y: float, radius: float) -> Box:
    return x - radius, y - radius, x + radius, y + radius
