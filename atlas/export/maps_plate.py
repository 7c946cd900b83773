"""Small maps side by side on a sheet: over years, over sectors or region by region, one legend."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from atlas.export import maps_tables
from atlas.export.keys import draw_legend, legend_height
from atlas.export.maps_ground import draw_map, draw_region, draw_scale, ground_of
from atlas.export.plate_parts import SMALL, fitted
from atlas.export.plates import plate
from atlas.figures.lettering import Face, width_of, wrap
from atlas.figures.maps_words import counted, map_note, map_title
from atlas.figures.palette import LIGHT
from atlas.figures.print_frame import Frame
from atlas.figures.print_map import LARGEST_RADIUS
from atlas.figures.sheet import Box, Sheet
from atlas.figures.small_maps import frames
from atlas.model import MapShapes
from atlas.text import Text

#: Room between maps, and the height of the words over each, in inches.
_GAP, _WORDS = (0.2, 0.14), 0.36
#: The letters of a map's title, and of one in two lines, which are higher by that.
_TITLE, _TWO, _MORE = Face(10.5, bold=True, serif=True), Face(8.5, bold=True, serif=True), 0.14
#: How wide a map may be for its height, at least and at most.
_NARROW, _WIDE = 0.8, 2.1


# Asked when it is called: the two modules import each other.
@plate("maps", lambda view, text: maps_tables.tables(view, text))  # noqa: PLW0108
def draw_maps(sheet: Sheet, room: Box, view: Any, shapes: MapShapes, text: Text) -> None:
    """Draw small maps; view: a :class:`atlas.analysis.small_maps.SmallMaps`."""
    west, south, east, top = room
    largest = _radius(room, len(view.maps))
    foot = south + legend_height(view.map, text, radius=largest) + 0.06
    titles, words = [map_title(view, one, text) for one in view.maps], _WORDS
    across, wide, high = _grid((west, foot, east, top), view, shapes, words)
    if any(width_of(title, _TWO) > wide for title in titles):
        words += _MORE
        across, wide, high = _grid((west, foot, east, top), view, shapes, words)
    places = _places(view, shapes, (wide, high))
    ground = ground_of((wide, high), view, shapes, largest) if view.each != "regions" else None
    down = -(-len(view.maps) // across)
    step = (east - west - wide) / max(across - 1, 1)
    drop = (top - foot) / down
    for number, (one, title) in enumerate(zip(view.maps, titles, strict=True)):
        x, y = west + number % across * step, top - number // across * drop
        box = (x, y - words - high, x + wide, y - words)
        with sheet.part("caption", str(number), title):
            _draw_words(sheet, (x, box[3], x + wide), title, map_note(one, text), words)
        if ground is None:
            draw_region(sheet, box, one, places, shapes, text)
        else:
            draw_map(sheet, box, ground, one, number, title, text)
        if number == 0:
            frame = replace(ground.frame if ground else places[one.region.code], box=box)
            draw_scale(sheet, frame, text)
    below = top - down * drop
    with sheet.part("legend"):
        draw_legend(
            sheet, (west, south, east, below), view.map, text, radius=largest,
            counted=lambda count, text: counted(view, count, text),
        )  # fmt: skip


def _radius(room: Box, number: int) -> float:
    """Of the largest circle: as on a large map, or less where maps are many."""
    west, south, east, top = room
    return min(LARGEST_RADIUS, 0.075 * float(np.sqrt((east - west) * (top - south) / number)))


def _grid(room: Box, view: Any, shapes: MapShapes, words: float) -> tuple[int, float, float]:
    """How many maps in a row, and the width and height of each under ``words`` so high, so that the
    land is largest."""
    west, south, east, top = room
    number, found = len(view.maps), []
    if view.each == "regions":
        ratio = 1.25
    else:
        unit = Frame(crs=view.release.metric_crs, box=(0, 0, 0, 0), west=0, south=0, scale=1)
        left, foot, right, head = unit.place(shapes.outline).bounds
        ratio = float(np.clip((right - left) / max(head - foot, 1e-6), _NARROW, _WIDE))
    for across in range(1, number + 1):
        down = -(-number // across)
        wide = (east - west - _GAP[0] * (across - 1)) / across
        high = (top - south) / down - words - _GAP[1]
        if wide <= 0 or high <= 0:
            continue
        # A map is no wider, and no higher, than its land wants.
        size = (min(wide, high * ratio * 1.25), min(high, wide / ratio * 1.25))
        empty = across * down - number
        found.append((min(size[0] / ratio, size[1]), -empty, across, *size))
    _, _, across, wide, high = max(found)
    return across, wide, high


def _places(view: Any, shapes: MapShapes, size: tuple[float, float]) -> dict[str, Frame]:
    """Of maps of one region each: where they lie, at one scale."""
    if view.each != "regions":
        return {}
    codes = [one.region.code for one in view.maps]
    return frames(replace(view.map, regions=view.map.regions.loc[codes]), shapes, size)


def _draw_words(
    sheet: Sheet, at: tuple[float, float, float], title: str, note: str, high: float
) -> None:
    """The title over a map, right above it a line on what the map shows."""
    west, foot, east = at
    said, face = fitted(note, SMALL, east - west, least=6.5)
    sheet.words(west, foot + 0.08, said, face, LIGHT.second)
    if high == _WORDS or width_of(title, _TWO) <= east - west:
        said, face = fitted(title, _TITLE, east - west, least=_TWO.size)
        sheet.words(west, foot + 0.23, said, face, LIGHT.text)
        return
    lines = wrap(title, _TWO, east - west, lines=2)
    sheet.lines(west, foot + 0.23 + _TWO.line * (len(lines) - 1), lines, _TWO, LIGHT.text)
