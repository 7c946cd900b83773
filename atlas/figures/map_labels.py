"""The lettering of the map for print: regions with their values and clusters, seas, neighbours."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import shapely

from atlas.figures.disc_labels import place_beside, place_discs
from atlas.figures.labels import Place, Point, place_labels
from atlas.figures.lettering import Face, clean, width_of, wrap
from atlas.figures.map_words import (
    Label,
    Words,
    draw_label,
    draw_leader,
    label_options,
    region_words,
)
from atlas.figures.palette import LIGHT
from atlas.figures.print_map import (
    CIRCLE,
    PLAIN,
    SELECTED_LINE,
    DrawnMap,
    circle_radius,
    region_fills,
)
from atlas.figures.print_points import draw_points
from atlas.figures.sheet import Box, Sheet
from atlas.model import MapShapes, MapView
from atlas.text import Text

#: Sizes of the regions' labels in points: the first at which most regions find a place.
SIZES = (9.5, 8.5, 7.5, 6.5)
_MOST = 0.85
#: So many regions are labelled wherever there is room.
MANY = 200
#: Room around a label, and the longest line from a circle to its label, in inches.
_GAP = 0.025
_DISC_REACH = 1.6
#: Sea names, 4.9:1 on the sea.
SEA_INK = "#3A6F85"
#: Languages whose neighbours' names may be set in spaced capitals.
_CAPITALS = ("en",)

#: The least lines that a label has: of name and value.
_LEAST_LINES = 2

Disc = tuple[float, float, float]


def draw_labels(
    sheet: Sheet, drawn: DrawnMap, view: MapView, shapes: MapShapes, text: Text
) -> list[str]:
    """Label the map, proportional circles, firms and institutions included; returns the codes of
    the labelled regions."""
    taken = [drawn.scale_bar, *_draw_seas(sheet, drawn, shapes, text)]
    circles = _draw_circles(sheet, drawn, view, text)
    symbols = draw_points(sheet, drawn, view, text)
    words = region_words(drawn, view, text)
    placed = _place_regions(drawn, words, circles, taken, symbols)
    fills = region_fills(view)
    for code, (label, place) in placed.items():
        fill = None if place.outside else fills.get(code, LIGHT.hatch_ground)
        if code in circles:
            fill = CIRCLE if not place.outside else None if place.leader else PLAIN
        with sheet.part("label", code, text.name(view.items[code])):
            draw_leader(sheet, label, place, dot=code not in circles)
            draw_label(sheet, label, place, fill)
    places = [place for _, place in placed.values()]
    boxes = [*taken, *symbols, *(place.box for place in places), *_disc_boxes(circles)]
    boxes += [box for place in places for box in _leader_boxes(place)]
    _draw_neighbours(sheet, drawn, boxes, text)
    return list(placed)


def _place_regions(
    drawn: DrawnMap,
    words: Mapping[str, Words],
    circles: Mapping[str, Disc],
    taken: list[Box],
    symbols: list[Box],
) -> dict[str, tuple[Label, Place]]:
    """A label and its place for each region that has one, in the largest letters that let most
    regions have one; of more than ``MANY`` those are written that have room inside themselves."""
    found: dict[str, tuple[list[Label], Place]] = {}
    many = len(words) > MANY
    for size in SIZES[-1:] if many else SIZES:
        if many:
            words = _with_room(drawn, words, size)
        inside = {code: label_options(said, size) for code, said in words.items()}
        aside = {
            code: [] if many else label_options(said, size, aside=True)
            for code, said in words.items()
        }
        places = _places(drawn, inside, aside, circles, taken, symbols)
        found = {
            code: ((aside if place.outside and code not in circles else inside)[code], place)
            for code, place in places.items()
        }
        if len(found) >= _MOST * len(words):
            break
    return {code: (labels[place.option], place) for code, (labels, place) in found.items()}


def _with_room(drawn: DrawnMap, words: Mapping[str, Words], size: float) -> dict[str, Words]:
    """Of many regions those that are as wide and high as their smallest label."""
    found = {}
    for code, said in words.items():
        west, south, east, north = drawn.regions[code].bounds
        if north - south < _LEAST_LINES * Face(size).line:
            continue
        labels = label_options(said, size)
        if any(one.width <= east - west and one.height <= north - south for one in labels):
            found[code] = said
    return found


def _places(
    drawn: DrawnMap,
    inside: Mapping[str, list[Label]],
    aside: Mapping[str, list[Label]],
    circles: Mapping[str, Disc],
    taken: list[Box],
    symbols: list[Box],
) -> dict[str, Place]:
    """Where the labels go: those of circles first, then those of regions without one."""
    sizes = {code: [(one.width, one.height) for one in some] for code, some in inside.items()}
    beside = {code: [(one.width, one.height) for one in some] for code, some in aside.items()}
    discs = {code: circles[code] for code in inside if code in circles}
    own = pd.Series({code: drawn.regions[code] for code in discs}, dtype=object)
    rest = pd.Series({c: drawn.regions[c] for c in inside if c not in discs}, dtype=object)
    bounds = drawn.frame.box
    places = place_beside(
        discs,
        sizes,
        bounds=bounds,
        shapes=own,
        taken=taken,
        symbols=symbols,
        gap=_GAP,
        reach=_DISC_REACH,
    )
    used = [*taken, *_disc_boxes(circles), *(place.box for place in places.values())]
    places |= place_labels(
        rest,
        sizes,
        bounds=bounds,
        outside_sizes=beside,
        taken=used,
        symbols=symbols,
        gap=_GAP,
        overhang=0.2,
    )
    return places


def _draw_circles(sheet: Sheet, drawn: DrawnMap, view: MapView, text: Text) -> dict[str, Disc]:
    """Draw proportional circles, if the scale has any; returns x, y, radius by region."""
    if view.scale.kind != "circles":
        return {}
    radii: dict[str, float] = {
        str(code): radius
        for code, value in view.regions["value"].items()
        if code in drawn.regions and (radius := circle_radius(float(value), view.scale.largest)) > 0
    }
    centres = place_discs(pd.Series(dict(drawn.regions), dtype=object), radii)
    # Largest first, so that a small circle on a large one is seen.
    for code, (x, y) in centres.items():
        own = view.selected is not None and view.selected.code == str(code)
        # Where the circle covers its region, that it is selected is seen by the rim.
        line, width = (LIGHT.selected_line, SELECTED_LINE) if own else (LIGHT.page, 0.9)
        with sheet.part("circle", str(code), text.name(view.items[str(code)])):
            sheet.disc(x, y, radii[code], fill=CIRCLE, line=line, line_width=width, level=4.5)
    return {str(code): (x, y, radii[code]) for code, (x, y) in centres.items()}


def _disc_boxes(circles: Mapping[str, Disc]) -> list[Box]:
    return [(x - r, y - r, x + r, y + r) for x, y, r in circles.values()]


def _draw_seas(sheet: Sheet, drawn: DrawnMap, shapes: MapShapes, text: Text) -> list[Box]:
    """Name the seas where the edition says; returns the boxes used."""
    face = Face(11.5, serif=True)
    boxes: list[Box] = []
    for label in shapes.labels:
        words = text.name(label)
        x, y = drawn.frame.page(float(label["lon"]), float(label["lat"]))
        lines = wrap(words, face, 1.6, lines=2)
        width = max(width_of(line, face) for line in lines)
        height = len(lines) * face.line
        box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        if not words or not drawn.frame.holds(box):
            continue
        top = y + height / 2 - 0.8 * face.line
        with sheet.part("sea", name=words):
            sheet.lines(x, top, lines, face, SEA_INK, align="center", level=4.8)
        boxes.append(box)
    return boxes


def _draw_neighbours(sheet: Sheet, drawn: DrawnMap, taken: list[Box], text: Text) -> None:
    """Name the surrounding countries where there is room for it."""
    west, south, east, north = drawn.frame.box
    window = shapely.box(west, south, east, north)
    seen = {
        code: shapely.difference(shapely.intersection(shape, window), drawn.outline)
        for code, shape in drawn.neighbours.items()
    }
    faces = [Face(size) for size in (9.0, 8.0, 7.0)]
    names = {code: _country_name(text, code) for code in seen}
    sizes = {
        code: [(width_of(name, face), face.line) for face in faces] for code, name in names.items()
    }
    places = place_labels(
        pd.Series(seen, dtype=object), sizes, bounds=drawn.frame.box, taken=taken, gap=0.07,
        outside_sizes={code: [] for code in seen}, overhang=0.0,
    )  # fmt: skip
    for code, place in places.items():
        face = faces[place.option]
        base = place.y - 0.3 * face.line
        with sheet.part("neighbour", str(code)):
            name = names[str(code)]
            sheet.words(place.x, base, name, face, LIGHT.second, align="center", level=4.8)


def _country_name(text: Text, code: str) -> str:
    """A country's name, in spaced capitals where the script and language have them."""
    name = clean(text.country(code))
    return "\u200a".join(name.upper()) if text.language in _CAPITALS else name


def _leader_boxes(place: Place) -> list[Box]:
    """Small boxes along a leader, so that nothing is set across it."""
    if place.leader is None:
        return []
    (x0, y0), (x1, y1) = place.leader
    steps = max(int(np.hypot(x1 - x0, y1 - y0) / 0.08), 1)
    points: list[Point] = [
        (x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps) for i in range(steps + 1)
    ]
    return [(x - 0.03, y - 0.03, x + 0.03, y + 0.03) for x, y in points]
