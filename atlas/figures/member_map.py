"""The map of one cluster's firms and institutions, for print."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import shapely

from atlas.figures.lettering import POINTS, Face, shorten, width_of
from atlas.figures.locator import draw_locator, fit
from atlas.figures.palette import DIVERGING, LIGHT
from atlas.figures.pictograms import FIRM, INSTITUTION_TYPES
from atlas.figures.print_map import bar_length, length_text
from atlas.figures.sheet import Box, Sheet
from atlas.model import MapShapes
from atlas.text import Text

#: Radius of a symbol, and from one to the next, in inches.
_RADIUS, _STEP = 0.105, 0.25
#: Symbols in a row, and at most at one place; more are counted.
_ACROSS, _MOST = 5, 15
_LABEL = Face(8)


def symbol_of(kind: str, row: Any) -> tuple[str, str, str]:
    """Pictogram, colour of its disc and of its ink, of a ``firm`` or an ``institution``."""
    if kind == "firm":
        symbol = row.get("symbol")
        return (symbol if isinstance(symbol, str) else FIRM[0]), LIGHT.disc, LIGHT.disc_ink
    name, colour = INSTITUTION_TYPES.get(str(row["type"]), FIRM)
    return name, colour, LIGHT.page


def draw_member_map(
    sheet: Sheet, box: Box, view: Any, shapes: MapShapes, text: Text
) -> tuple[int, int, list[str]]:
    """Draw the cluster's region with its members into a box: at their place, else as outlined
    symbols somewhere in the region. Returns how many of each there are, and the names of those of
    whom no place is known. ``view``: a :class:`atlas.analysis.clusters.ClusterView`."""
    region = view.region.code
    drawn = region in shapes.regions.index
    ground = shapes.regions.geometry[region] if drawn else shapes.outline
    frame = fit(ground, view.release.metric_crs, box, filled=0.8)
    names = {str(code): text.name(item) for code, item in shapes.items.items()}
    # The middle of the scale: nothing is said of the region by its colour.
    fill = DIVERGING["light"][2]
    regions = draw_locator(sheet, frame, shapes, {region: fill}, names, key=region)
    members = [("firm", row) for row in view.firms.to_dict("records")]
    members += [("institution", row) for row in view.institutions.to_dict("records")]
    placed: dict[tuple[float, float], list[tuple[str, Any]]] = {}
    somewhere, nowhere = [], []
    for kind, row in members:
        if pd.notna(row["lon"]) and pd.notna(row["lat"]):
            spot = frame.page(float(row["lon"]), float(row["lat"]))
            placed.setdefault((round(spot[0], 2), round(spot[1], 2)), []).append((kind, row))
        elif row["region_code"] == region:
            somewhere.append((kind, row))
        else:
            nowhere.append(str(row["name"]))
    taken: list[Box] = []
    with sheet.part("members"):
        for spot, those in placed.items():
            x, y = _kept(spot, those, box)
            taken.append(_draw_symbols(sheet, (x, y), those, text, outlined=False))
            place = text.name(those[0][1], "place")
            if place:
                taken.append(_label(sheet, place, (x, taken[-1][1] - 0.13)))
        if somewhere:
            own = regions.get(region, shapely.box(*box))
            centre = _free_spot(own, taken)
            taken.append(_draw_symbols(sheet, centre, somewhere, text, outlined=True))
    with sheet.part("names"):
        _draw_names(sheet, box, regions, names, region, taken)
    with sheet.part("scale"):
        metres, length = bar_length(frame, (box[2] - box[0]) / 5)
        x, y = box[0] + 0.14, box[1] + 0.12
        bar = [(x, y + 0.05), (x, y), (x + length, y), (x + length, y + 0.05)]
        sheet.line(bar, LIGHT.text, width=1.0, level=5)
        sheet.words(x + length + 0.08, y - 0.01, length_text(metres, text), _LABEL, LIGHT.text,
                    halo=LIGHT.halo)  # fmt: skip
    return sum(map(len, placed.values())), len(somewhere), nowhere


def _kept(spot: tuple[float, float], those: list[Any], box: Box) -> tuple[float, float]:
    """The spot, moved so that its symbols stay within the map."""
    wide = min(len(those), _ACROSS) * _STEP / 2 + 0.05
    return (
        float(np.clip(spot[0], box[0] + wide, box[2] - wide)),
        float(np.clip(spot[1], box[1] + 0.35, box[3] - 0.2)),
    )


def _draw_symbols(
    sheet: Sheet, centre: tuple[float, float], those: list[tuple[str, Any]], text: Text, *,
    outlined: bool,
) -> Box:  # fmt: skip
    """Draw symbols side by side in rows; returns the room that they take."""
    seen = those[:_MOST]
    across = 3 if outlined and len(seen) <= 9 else _ACROSS
    rows = -(-len(seen) // across)
    top = centre[1] + (rows - 1) * _STEP / 2
    for number, (kind, row) in enumerate(seen):
        in_row = min(len(seen) - number // across * across, across)
        x = centre[0] + (number % across - (in_row - 1) / 2) * _STEP
        y = top - number // across * _STEP
        symbol, disc, ink = symbol_of(kind, row)
        if outlined:
            disc, ink, ring = LIGHT.page, disc, disc
        else:
            ring = LIGHT.page
        sheet.pictogram(x, y, _RADIUS, symbol, disc=disc, ink=ink, ring=ring)
    half = min(len(seen), across) * _STEP / 2
    foot = top - (rows - 0.5) * _STEP
    if len(those) > len(seen):
        more = text.plural("and {count} more", "and {count} more", len(those) - len(seen))
        sheet.words(centre[0], foot - 0.12, more, _LABEL, LIGHT.text, align="center",
                    halo=LIGHT.halo)  # fmt: skip
        foot -= 0.16
    return (centre[0] - half, foot, centre[0] + half, top + _STEP / 2)


def _label(sheet: Sheet, words: str, at: tuple[float, float]) -> Box:
    said = shorten(words, _LABEL, 1.4)
    wide = sheet.words(*at, said, _LABEL, LIGHT.text, align="center", halo=LIGHT.halo)
    return (at[0] - wide / 2, at[1] - 0.04, at[0] + wide / 2, at[1] + 0.11)


def _free_spot(shape: Any, taken: list[Box]) -> tuple[float, float]:
    """The point of a region farthest from its border and from what is drawn already."""
    west, south, east, north = shape.bounds
    x, y = np.meshgrid(np.linspace(west, east, 25), np.linspace(south, north, 25))
    points = shapely.points(x.ravel(), y.ravel())
    points = points[shapely.contains(shape, points)]
    if not len(points):
        inside = shape.representative_point()
        return float(inside.x), float(inside.y)
    room = shapely.distance(points, shape.boundary)
    if taken:
        others = shapely.union_all([shapely.box(*box) for box in taken])
        room = np.minimum(room, shapely.distance(points, others) - _STEP / 2)
    best = points[int(np.argmax(np.round(room, 3)))]
    return float(best.x), float(best.y)


def _draw_names(
    sheet: Sheet, box: Box, regions: dict[str, Any], names: dict[str, str], own: str,
    taken: list[Box],
) -> None:  # fmt: skip
    """Name the regions around that have room for it."""
    high = _LABEL.size / POINTS
    for code, shape in regions.items():
        if code == own:
            continue
        spot = shape.representative_point()
        wide = width_of(names.get(code, code), _LABEL)
        room = (spot.x - wide / 2, spot.y - high / 2, spot.x + wide / 2, spot.y + high / 2)
        fits = box[0] < room[0] and room[2] < box[2] and box[1] < room[1] and room[3] < box[3]
        free = not any(_overlap(room, other) for other in taken)
        if fits and free and shape.buffer(0.04).contains(shapely.box(*room)):
            sheet.words(spot.x, spot.y - high / 3, names.get(code, code), _LABEL, LIGHT.second,
                        align="center", halo=LIGHT.halo)  # fmt: skip
            taken.append(room)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
