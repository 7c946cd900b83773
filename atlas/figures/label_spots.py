"""Candidates for a label's place, in its region or beside it, and the best of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from atlas.figures.label_room import Board, Box, Land, Numbers, Point, boxes_around

Size = tuple[float, float]

#: Candidates tried along each side of a region; more finds hardly better places.
GRID = 28
#: Directions and distances (in label heights) tried beside a point.
_TURNS = 48
_STEPS = tuple(0.4 * 1.19**step for step in range(23))
#: How much a label lying on other regions is disliked, in label heights of leader.
_ON_LAND = 14.0
#: Share of such a label that may lie on other regions at all.
_MOST_ON_LAND = 0.3
#: The same where leaders are short: a label must not seem to name what it lies on.
_LITTLE_ON_LAND = 0.1


@dataclass(frozen=True)
class Place:
    """Where a label goes: the centre of its box, in the units of the shapes.

    ``option``: which of the sizes offered was taken (of the outside sizes when ``outside``).
    ``leader``: for a label beside its region, the line from a point in the region to the box's
    edge; None where the box lies in, or touches, what it names.
    """

    x: float
    y: float
    width: float
    height: float
    option: int
    outside: bool
    leader: tuple[Point, Point] | None = None

    @property
    def box(self) -> Box:
        """West, south, east and north end of the label."""
        half_width, half_height = self.width / 2, self.height / 2
        return self.x - half_width, self.y - half_height, self.x + half_width, self.y + half_height


@lru_cache(maxsize=512)
def visual_centre(shape: Any) -> Point:
    """A point well inside a polygon: its centroid where that lies deep enough, else the centre of
    the largest circle in it."""
    part = main_part(shape)
    circle = shapely.maximum_inscribed_circle(part, tolerance=max(part.length / 400, 1e-12))
    pole = shapely.get_point(circle, 0)
    centroid = shapely.centroid(part)
    deep = shapely.distance(shapely.boundary(part), centroid) >= 0.75 * shapely.length(circle)
    chosen = centroid if deep and shapely.contains(part, centroid) else pole
    return float(shapely.get_x(chosen)), float(shapely.get_y(chosen))


def inside(part: Any, sizes: Sequence[Size], board: Board, share: float) -> Place | None:
    """The best place in the polygon for the first size that fits there, ``share`` of it inside."""
    coarse = min((height for _, height in sizes), default=0.0) * 0.08
    found: tuple[float, Place] | None = None
    for option, size in enumerate(sizes):
        centres, boxes, merit = _spots(part, coarse, size, share)
        where = np.flatnonzero(board.free(boxes))
        if not len(where):
            continue
        best = int(where[np.argmax(np.round(merit[where], 9))])
        x, y = (float(value) for value in centres[best])
        place = Place(x, y, *size, option, outside=False)
        if share == 1.0:
            return place
        # Over the border the form that fits best is better than the one liked best.
        worth = float(merit[best]) - 0.01 * option
        if found is None or worth > found[0]:
            found = worth, place
    return found[1] if found else None


@lru_cache(maxsize=512)
def _spots(part: Any, coarse: float, size: Size, share: float) -> tuple[Numbers, Numbers, Numbers]:
    """Where a label of a size may lie in a polygon as far as that alone goes, its border no finer
    than ``coarse``: centres (n x 2), boxes (n x 4) and how good each is. Kept: from figure to
    figure only what else is written differs."""
    simple = part.simplify(coarse)
    simple = simple if simple.is_valid and not simple.is_empty else part
    shapely.prepare(simple)
    home = visual_centre(simple)
    west, south, east, north = simple.bounds
    width, height = size
    if share == 1.0 and (width > east - west or height > north - south):
        return np.empty((0, 2)), np.empty((0, 4)), np.empty(0)
    cells = GRID if share == 1.0 else GRID // 2
    xs, ys = np.linspace(west, east, cells), np.linspace(south, north, cells)
    centres = np.vstack([np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2), home])
    centres = centres[shapely.contains_xy(simple, centres[:, 0], centres[:, 1])]
    boxes = boxes_around(centres, width, height)
    drawn = shapely.box(*boxes.T)
    if share == 1.0:
        fits = shapely.contains_properly(simple, drawn)
        merit = _room(simple, drawn[fits], centres[fits], home, height)
    else:
        merit = shapely.area(shapely.intersection(simple, drawn)) / (width * height)
        fits = merit >= share
        merit = merit[fits]
    return centres[fits], boxes[fits], merit


def _room(part: Any, boxes: Any, centres: Numbers, home: Point, height: float) -> Numbers:
    """How good places inside are: far from the border, and near where the eye looks first."""
    room = shapely.distance(shapely.boundary(part), boxes)
    away = np.hypot(centres[:, 0] - home[0], centres[:, 1] - home[1])
    return np.asarray(np.minimum(room, 0.7 * height) / height - 0.5 * away / np.sqrt(part.area))


def outside(
    start: Point,
    radius: float,
    sizes: Sequence[Size],
    board: Board,
    land: Land | None,
    reach: float | None,
) -> Place | None:
    """The nearest place beside a point for the first size that has one."""
    west, south, east, north = board.bounds
    longest = reach if reach is not None else np.hypot(east - west, north - south) / 4
    most = _MOST_ON_LAND if reach is None else _LITTLE_ON_LAND
    for option, (width, height) in enumerate(sizes):
        centres = _around(start, radius, width, height)
        boxes = boxes_around(centres, width, height)
        ends = _ends(start, boxes)
        length = np.hypot(ends[:, 0] - start[0], ends[:, 1] - start[1])
        where = np.flatnonzero(board.free(boxes) & (length <= longest + radius) & (length > 0))
        share = np.zeros(len(where)) if land is None else land.share(boxes[where])
        where, share = where[share <= most], share[share <= most]
        if not len(where):
            continue
        begins = np.broadcast_to(np.asarray(start), ends[where].shape)
        clear = board.clear(shapely.linestrings(np.stack([begins, ends[where]], axis=1)))
        where, share, begins = where[clear], share[clear], begins[clear]
        if len(where):
            across = 0.0 if land is None else land.along(begins, ends[where])
            cost = (length[where] + across) / height + _ON_LAND * share
            best = where[np.argmin(np.round(cost, 9))]
            x, y = (float(value) for value in centres[best])
            end = (float(ends[best, 0]), float(ends[best, 1]))
            apart = length[best] > radius + max(0.12 * height, 2 * board.gap)
            leader = (_rim(start, radius, end), end) if apart else None
            return Place(x, y, width, height, option, outside=True, leader=leader)
    return None


def _ends(start: Point, boxes: Numbers) -> Numbers:
    """Where leaders from a point meet boxes: at the side, or at the middle part of top or foot."""
    west, south, east, north = boxes.T
    inset = np.where((start[0] > west) & (start[0] < east), 0.25 * (east - west), 0.0)
    x = np.clip(start[0], west + inset, east - inset)
    return np.column_stack([x, np.clip(start[1], south, north)])


def _rim(start: Point, radius: float, end: Point) -> Point:
    """The point of a disc nearest to another point; its centre for a radius of 0."""
    length = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    share = radius / length if length else 0.0
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def _around(start: Point, radius: float, width: float, height: float) -> Numbers:
    """Centres of boxes all round a point, the nearest first."""
    turns = np.arange(_TURNS) * 2 * np.pi / _TURNS
    steps = radius + np.asarray(_STEPS) * height
    distance, turn = (grid.ravel() for grid in np.meshgrid(steps, turns, indexing="ij"))
    return np.column_stack(
        [
            start[0] + np.cos(turn) * (distance + width / 2),
            start[1] + np.sin(turn) * (distance + height / 2),
        ]
    )


def void(shape: Any) -> bool:
    """Whether there is no area to label."""
    return shape is None or shape.is_empty or shape.area == 0


def main_part(shape: Any) -> Any:
    """The largest polygon of a multipolygon: an archipelago is named on its main island."""
    parts = shapely.get_parts(shape)
    return parts[int(np.argmax(shapely.area(parts)))]
