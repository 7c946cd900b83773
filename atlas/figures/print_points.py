"""Institutions and firms on the printed map: as symbols, where there are many as dots, and where
there are very many as hexagons with their number."""

from __future__ import annotations

from dataclasses import dataclass

import h3.api.basic_str as h3
import numpy as np
import pandas as pd
import shapely

from atlas.figures.label_room import Numbers
from atlas.figures.lettering import POINTS, Face, width_of
from atlas.figures.palette import LIGHT, readable_on
from atlas.figures.points import cell_fills, firms_text, point_look, spread
from atlas.figures.print_map import DrawnMap
from atlas.figures.sheet import Box, Sheet
from atlas.model import MapView
from atlas.text import Text

#: As many as have room for a symbol each; of more each is a dot.
MOST_SYMBOLS = 150
#: Radius of a symbol's disc, and from centre to centre of those of one place, in inches.
RADIUS = 0.095
_STEP = 2.1 * RADIUS
#: How often symbols are pushed apart at most, and the part of the way that they are at a time.
_PUSHES, _GENTLY = 200, 0.7
#: Radius of a dot, and of one of very many: the more there are the finer; where those begin.
_DOT, _FINE, _MANY = 0.028, 0.016, 2000
#: The letters of the number in a hexagon, the largest that fit, and what of its width they take.
_NUMBERS, _OF_WIDTH = (Face(7), Face(6), Face(5), Face(4.5)), 0.95
_COLUMNS = ["kind", "id", "name", "type", "symbol", "lon", "lat"]


@dataclass(frozen=True)
class Drawn:
    """What a printed map has of firms and institutions: ``points`` one row each, ``x`` and ``y``
    in inches; ``cells`` by H3 cell, with ``count`` and ``shape``, which stand for the ``firms``.
    ``dots``: points are dots."""

    points: pd.DataFrame
    cells: pd.DataFrame
    firms: int
    dots: bool


def points_on(drawn: DrawnMap, view: MapView) -> Drawn:
    """The firms and institutions within the map's frame."""
    given = pd.DataFrame(columns=_COLUMNS) if view.points is None else view.points
    x, y = drawn.frame.pages(given["lon"].to_numpy(float), given["lat"].to_numpy(float))
    west, south, east, north = drawn.frame.box
    seen = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    points = given.assign(x=x, y=y)[seen]
    firms = int((points["kind"] == "firm").sum())
    if view.cells is not None:
        points = points[points["kind"] != "firm"]
    dots = len(points) > MOST_SYMBOLS
    if len(points) and not dots:
        points = spread(points, _STEP)
        x, y = _apart(
            (points["x"] + points["dx"]).to_numpy(), (points["y"] - points["dy"]).to_numpy()
        )
        points = points.assign(x=x, y=y)
    return Drawn(points, _cells_on(drawn, view), firms, dots)


def _apart(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    """Symbols that would cover each other moved apart, as little as that takes."""
    places = np.column_stack([x, y])
    for _ in range(_PUSHES):
        away = places[:, None] - places[None, :]
        far = np.hypot(away[..., 0], away[..., 1])
        np.fill_diagonal(far, np.inf)
        close = far < _STEP
        if not close.any():
            break
        # Of each pair both give way by half; what lies on the very same spot goes sideways.
        unit = np.where(far[..., None] > 0, away / np.maximum(far, 1e-9)[..., None], (1.0, 0.0))
        push = np.where(close, (_STEP - np.where(close, far, 0.0)) / 2 * _GENTLY, 0.0)
        places = places + (unit * push[..., None]).sum(axis=1)
    return places[:, 0], places[:, 1]


def _cells_on(drawn: DrawnMap, view: MapView) -> pd.DataFrame:
    """The hexagons that lie, at least in part, within the map's frame."""
    if view.cells is None:
        return pd.DataFrame(columns=["count", "shape"])
    corners = [[(lon, lat) for lat, lon in h3.cell_to_boundary(cell)] for cell in view.cells.index]
    shapes = drawn.frame.place(np.array([shapely.Polygon(ring) for ring in corners]))
    cells = view.cells[["count"]].assign(shape=shapes)
    return cells[shapely.intersects(shapes, shapely.box(*drawn.frame.box))]


def draw_points(sheet: Sheet, drawn: DrawnMap, view: MapView, text: Text) -> list[Box]:
    """Draw them; returns the boxes that labels have to keep off, none for dots: those lie under
    the labels."""
    found = points_on(drawn, view)
    boxes = _draw_cells(sheet, drawn, found.cells, text)
    if found.dots:
        _draw_dots(sheet, drawn, found.points)
        return boxes
    for point in found.points.to_dict("records"):
        x, y = float(point["x"]), float(point["y"])
        symbol, disc, ink = point_look(point, LIGHT)
        with sheet.part(str(point["kind"]), str(point["id"]), str(point["name"])):
            sheet.pictogram(x, y, RADIUS, symbol, disc=disc, ink=ink, ring=LIGHT.page)
        boxes.append((x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS))
    return boxes


def _draw_dots(sheet: Sheet, drawn: DrawnMap, points: pd.DataFrame) -> None:
    """A dot for each, those of one colour as one shape; of firms first, for they are more."""
    radius = _FINE if len(points) > _MANY else _DOT
    looks = [point_look(point, LIGHT)[1] for point in points.to_dict("records")]
    for (kind, colour), own in points.groupby(["kind", looks], sort=True):
        # Where dots cover each other one is enough.
        places = np.unique(np.round(own[["x", "y"]].to_numpy(float) / radius, 0) * radius, axis=0)
        shape = shapely.union_all(shapely.buffer(shapely.points(places), radius, quad_segs=3))
        with sheet.part(f"{kind}s", colour):
            sheet.area(
                shape, fill=colour, line=LIGHT.page, line_width=0.3, clip=drawn.frame.box, level=3.5
            )


def _draw_cells(sheet: Sheet, drawn: DrawnMap, cells: pd.DataFrame, text: Text) -> list[Box]:
    """Draw hexagons, each with its number where there is room for it; returns their boxes."""
    if cells.empty:
        return []
    boxes: list[Box] = []
    fills = cell_fills(cells["count"], LIGHT)
    for cell, shape, count, fill in zip(
        cells.index, cells["shape"], cells["count"], fills, strict=True
    ):
        seen = shapely.intersection(shape, shapely.box(*drawn.frame.box))
        west, south, east, north = (float(edge) for edge in seen.bounds)
        number = text.number(float(count), 0)
        with sheet.part("hexagon", str(cell), firms_text(int(count), text)):
            sheet.area(seen, fill=fill, line=LIGHT.page, line_width=0.6, level=2.5)
            room = (_OF_WIDTH * (east - west), (north - south) / 1.3)
            if face := next((one for one in _NUMBERS if _fits(number, one, room)), None):
                base = (south + north) / 2 - 0.36 * face.size / POINTS
                sheet.words((west + east) / 2, base, number, face, readable_on(fill),
                            align="center", level=2.6)  # fmt: skip
        boxes.append((west, south, east, north))
    return boxes


def _fits(words: str, face: Face, room: tuple[float, float]) -> bool:
    return width_of(words, face) <= room[0] and face.size / POINTS <= room[1]
