"""How much room is left on a map: what is in use, and where regions lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Box = tuple[float, float, float, float]
Point = tuple[float, float]
Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


class Board:
    """What is in use so far: boxes, symbols (boxes that leaders may run under) and leaders, within
    the map's bounds."""

    def __init__(
        self, bounds: Box, taken: Iterable[Box], gap: float, symbols: Iterable[Box] = ()
    ) -> None:
        self.bounds = bounds
        self.gap = gap
        self.boxes: list[Box] = [*taken]
        self.symbols: list[Box] = [*symbols]
        self.leaders: list[Any] = []

    def keep(self, box: Box, leader: tuple[Point, Point] | None) -> None:
        """Take note of a label that stays."""
        self.boxes.append(box)
        if leader is not None:
            self.leaders.append(shapely.LineString(leader))

    @contextmanager
    def also(self, boxes: list[Box]) -> Iterator[None]:
        """Take more boxes as used for as long as a ``with`` lasts."""
        before = self.boxes
        self.boxes = [*before, *boxes]
        yield
        self.boxes = before

    def free(self, boxes: Numbers) -> Mask:
        """Which of the boxes (n x 4) lie within the map and on nothing in use."""
        west, south, east, north = self.bounds
        gap = self.gap
        good: Mask = (
            (boxes[:, 0] >= west + gap)
            & (boxes[:, 1] >= south + gap)
            & (boxes[:, 2] <= east - gap)
            & (boxes[:, 3] <= north - gap)
        )
        if self.boxes or self.symbols:
            used = np.asarray([*self.boxes, *self.symbols])
            apart = (
                (boxes[:, None, 0] >= used[:, 2] + gap)
                | (boxes[:, None, 2] <= used[:, 0] - gap)
                | (boxes[:, None, 1] >= used[:, 3] + gap)
                | (boxes[:, None, 3] <= used[:, 1] - gap)
            )
            good &= apart.all(axis=1)
        if self.leaders and good.any():
            where = np.flatnonzero(good)
            areas = shapely.box(*boxes[where].T)
            good[where[_hit(areas, self.leaders)]] = False
        return good

    def clear(self, leaders: Any) -> Mask:
        """Which of the leaders cross neither a box in use nor another leader."""
        good = np.ones(len(leaders), dtype=bool)
        used = []
        if self.boxes:
            grown = np.asarray(self.boxes) + 2 * self.gap * np.array([-1, -1, 1, 1])
            used = [*shapely.box(*grown.T)]
        if used or self.leaders:
            good[_hit(leaders, [*used, *self.leaders])] = False
        return good


class Land:
    """How much of a box lies on the regions: counted on a grid once, then four look-ups each."""

    def __init__(self, parts: Iterable[Any], bounds: Box, cells: int = 240) -> None:
        self.west, self.south, east, north = bounds
        self.step = max(east - self.west, north - self.south) / cells
        xs = np.arange(self.west + self.step / 2, east, self.step)
        ys = np.arange(self.south + self.step / 2, north, self.step)
        on = np.zeros((len(ys), len(xs)), dtype=bool)
        grid_x, grid_y = np.meshgrid(xs, ys)
        for part in parts:
            simple = part.simplify(self.step / 2)
            shapely.prepare(simple)
            on |= shapely.contains_xy(simple, grid_x, grid_y)
        self.on = on
        self.sums = np.zeros((len(ys) + 1, len(xs) + 1))
        self.sums[1:, 1:] = on.cumsum(axis=0).cumsum(axis=1)

    def share(self, boxes: Numbers) -> Numbers:
        """For each box (n x 4) the share of it that lies on a region."""
        rows, columns = (length - 1 for length in self.sums.shape)
        x0, x1 = (self._cell(boxes[:, i], self.west, columns) for i in (0, 2))
        y0, y1 = (self._cell(boxes[:, i], self.south, rows) for i in (1, 3))
        sums = self.sums
        on = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
        return np.asarray(on / np.maximum((x1 - x0) * (y1 - y0), 1))

    def along(self, starts: Numbers, ends: Numbers, steps: int = 16) -> Numbers:
        """For each line (n x 2 points each) the length of it that lies on a region."""
        shares = (np.arange(steps) + 0.5) / steps
        points = starts[:, None] + shares[:, None] * (ends - starts)[:, None]
        rows, columns = (length - 1 for length in self.on.shape)
        x = np.clip((points[..., 0] - self.west) / self.step, 0, columns).astype(np.int64)
        y = np.clip((points[..., 1] - self.south) / self.step, 0, rows).astype(np.int64)
        length = np.hypot(*(ends - starts).T)
        return np.asarray(self.on[y, x].mean(axis=1) * length)

    def _cell(self, values: Numbers, start: float, cells: int) -> npt.NDArray[np.int64]:
        return np.clip(np.round((values - start) / self.step), 0, cells).astype(np.int64)


@lru_cache(maxsize=16)
def land_of(parts: tuple[Any, ...], bounds: Box) -> Land:
    """The land of the same regions, counted once."""
    return Land(parts, bounds)


def boxes_around(centres: Numbers, width: float, height: float) -> Numbers:
    """Boxes (n x 4: west, south, east, north) of one size around centres (n x 2)."""
    half = np.array([width / 2, height / 2])
    return np.hstack([centres - half, centres + half])


def _hit(geometries: Any, used: list[Any]) -> npt.NDArray[np.int64]:
    """Positions of the geometries that meet any of those in use."""
    return np.unique(shapely.STRtree(used).query(geometries, predicate="intersects")[0])
