"""The keys of a slide: the legend under the map, and the symbols beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from atlas.figures.legends import LegendEntry, circle_sizes, classes_note, count_text, legend
from atlas.figures.lettering import Face, shorten, width_of, wrap
from atlas.figures.map_words import cluster_symbols
from atlas.figures.palette import LIGHT, class_fills
from atlas.figures.points import cell_fills, firms_drawn, institution_types, point_look
from atlas.figures.print_map import (
    CIRCLE,
    LARGEST_RADIUS,
    DrawnMap,
    circle_radius,
    missing_pattern,
)
from atlas.figures.print_points import Drawn, points_on
from atlas.figures.sheet import Box, Sheet
from atlas.model import MapView
from atlas.text import Text

#: Width and height in inches of a swatch in a line of words.
SWATCH = (0.26, 0.13)
#: Heights in inches: of a row of the key, between its sections, of the legend.
KEY_ROW = 0.235
_BETWEEN = 0.05
#: Height of a line under the legend.
_NOTE = 0.17
KEY_FACE, _SMALLEST = Face(8.5), Face(7)
#: What of a column's width its words do not have: their sign, and a blank.
_BESIDE_SIGN = 0.34
_LEGEND = 0.52


def draw_swatch(sheet: Sheet, x: float, y: float, status: str) -> None:
    """Draw a small box as regions without a value are filled, by their status."""
    _pattern_box(sheet, (x, y, x + SWATCH[0], y + SWATCH[1]), status)


def _pattern_box(sheet: Sheet, box: Box, status: str) -> None:
    sheet.rectangle(box, fill=LIGHT.hatch_ground)
    sheet.pattern(shapely.box(*box), missing_pattern(status), LIGHT.hatch, level=3.5)


@dataclass(frozen=True)
class Sign:
    """A row of the key: a pictogram on its disc, or without one a dot or hexagon of that colour,
    and what it means."""

    words: str
    symbol: str | None
    disc: str = LIGHT.disc
    ink: str = LIGHT.disc_ink
    hexagon: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the key: a heading, in lines, or none, and its signs in one or two columns."""

    heading: tuple[str, ...]
    signs: tuple[Sign, ...]
    columns: int = 2

    @property
    def height(self) -> float:
        """Height in inches with all its rows."""
        return self.top + -(-len(self.signs) // self.columns) * KEY_ROW

    @property
    def top(self) -> float:
        """Height in inches of its heading."""
        return 0.09 + len(self.heading) * KEY_FACE.line if self.heading else 0.0


def key_sections(drawn: DrawnMap, view: MapView, width: float, text: Text) -> list[Section]:
    """The key of a map's symbols, so wide: clusters, best rank first, institutions, firms; each
    with their number. Nothing of what the map does not have."""
    count, clusters = _cluster_signs(drawn, view, text)
    found = points_on(drawn, view)
    institutions = found.points[found.points["kind"] == "institution"]
    sections = []
    if count:
        heading = text.plural(
            "{count} cluster published by name; symbol by product",
            "{count} clusters published by name; symbols by product",
            count,
        )
        sections.append(Section(_heading(heading, width), clusters))
    if number := len(institutions):
        heading = text.plural(
            "{count} institution, by type", "{count} institutions, by type", number
        )
        signs = _institution_signs(institutions, found.dots, text)
        long = any(width_of(one.words, _SMALLEST) > width / 2 - _BESIDE_SIGN for one in signs)
        sections.append(Section(_heading(heading, width), signs, columns=1 if long else 2))
    if found.firms:
        sections.append(Section((), (_firm_sign(found, text),), columns=1))
    return sections


def _heading(words: str, width: float) -> tuple[str, ...]:
    return tuple(wrap(words, KEY_FACE, width, lines=2))


def _cluster_signs(drawn: DrawnMap, view: MapView, text: Text) -> tuple[int, tuple[Sign, ...]]:
    """The number of clusters on the map, and each kind of them."""
    clusters = cluster_symbols(view)
    if clusters.empty:
        return 0, ()
    clusters = clusters[clusters["region_code"].isin(drawn.regions)]
    signs: dict[Sign, None] = {}
    for row in clusters.to_dict("records"):
        product = text.name(row, "short") or text.name(row, "product") or text.name(row)
        signs[Sign(product, str(row["symbol"]))] = None
    return len(clusters), tuple(signs)


def _institution_signs(institutions: pd.DataFrame, dots: bool, text: Text) -> tuple[Sign, ...]:
    """Each type of institution with their number, the commonest first."""
    signs = []
    for kind, words in institution_types(institutions, text):
        symbol, disc, ink = point_look({"kind": "institution", "type": kind}, LIGHT)
        signs.append(Sign(words, None if dots else symbol, disc, ink))
    return tuple(signs)


def _firm_sign(found: Drawn, text: Text) -> Sign:
    """What firms are drawn as, and their number."""
    if len(found.cells):
        fill = cell_fills(found.cells["count"], LIGHT)[0]
        return Sign(firms_drawn(found.firms, "hexagons", text), None, fill, hexagon=True)
    symbol, disc, ink = point_look({"kind": "firm", "symbol": None}, LIGHT)
    if found.dots:
        return Sign(firms_drawn(found.firms, "dots", text), None, disc)
    return Sign(firms_drawn(found.firms, "symbols", text), symbol, disc, ink)


def key_height(sections: Sequence[Section]) -> float:
    """Height in inches of the key with all its rows."""
    return sum(section.height for section in sections) + _BETWEEN * max(len(sections) - 1, 0)


def draw_key(sheet: Sheet, box: Box, sections: Sequence[Section], text: Text) -> None:
    """Draw the key downwards from the top of a box; where it is too low for all of it, the first
    section says how many more signs there are."""
    west, south, east, north = box
    spare = north - south - key_height(sections)
    for number, section in enumerate(sections):
        height = section.height + (min(spare, 0.0) if number == 0 else 0.0)
        foot = north - max(height, section.top + KEY_ROW)
        _draw_section(sheet, (west, foot, east, north), section, text)
        north = foot - _BETWEEN


def _draw_section(sheet: Sheet, box: Box, section: Section, text: Text) -> None:
    west, south, east, north = box
    sheet.lines(west, north - 0.12, section.heading, KEY_FACE, LIGHT.second)
    signs, top = section.signs, north - section.top
    rows = max(int((top - south) / KEY_ROW + 1e-6), 1)
    columns = section.columns
    seen = signs if len(signs) <= columns * rows else signs[: columns * rows - 1]
    deep = min(rows, -(-len(signs) // columns))
    wide = (east - west) / columns
    for number, sign in enumerate(seen):
        x, y = west + wide * (number // deep), top - KEY_ROW * (number % deep + 0.5)
        draw_sign(sheet, x + 0.095, y, sign)
        face, room = KEY_FACE, wide - _BESIDE_SIGN
        while width_of(sign.words, face) > room and face.size > _SMALLEST.size:
            face = face.sized(face.size - 0.5)
        sheet.words(x + 0.25, y - 0.042, shorten(sign.words, face, room), face, LIGHT.text)
    if len(seen) < len(signs):
        left = len(signs) - len(seen)
        more = text.plural("and {count} more", "and {count} more", left)
        y = top - KEY_ROW * (rows - 0.5)
        x = west + wide * (columns - 1)
        sheet.words(x + 0.02, y - 0.042, more, KEY_FACE, LIGHT.second)


def draw_sign(sheet: Sheet, x: float, y: float, sign: Sign) -> None:
    """Draw a sign with its middle at a place."""
    if sign.symbol is not None:
        sheet.pictogram(x, y, 0.093, sign.symbol, disc=sign.disc, ink=sign.ink, ring=LIGHT.page)
    elif sign.hexagon:
        turns = np.arange(6) * np.pi / 3
        corners = np.column_stack([x + 0.093 * np.cos(turns), y + 0.093 * np.sin(turns)])
        sheet.area(shapely.Polygon(corners), fill=sign.disc, level=6)
    else:
        sheet.disc(x, y, 0.04, fill=sign.disc)


def legend_height(view: MapView, text: Text, *, radius: float = LARGEST_RADIUS) -> float:
    """Height in inches that the legend under the map takes; ``radius``: of the largest circle."""
    sizes = circle_sizes(view.scale.largest) if view.scale.kind == "circles" else []
    radii = [circle_radius(size, view.scale.largest, radius) for size in sizes]
    tallest = max([_LEGEND, *(2 * radius + 0.06 for radius in radii)])
    return tallest + (_NOTE if classes_note(view, text) else 0.0)


def draw_legend(
    sheet: Sheet, box: Box, view: MapView, text: Text, *, radius: float = LARGEST_RADIUS,
    counted: Callable[[int, Text], str] = count_text,
) -> None:  # fmt: skip
    """Draw the legend into a box: classes or circles, then what is without a value, and under them
    how a reader wanted the classes made. ``radius``: of the largest circle; ``counted``: the words
    for a number of those in a class."""
    if note := classes_note(view, text):
        face = Face(8)
        words = shorten(note, face, box[2] - box[0])
        foot = box[3] - legend_height(view, text, radius=radius)
        sheet.words(box[0], foot + 0.03, words, face, LIGHT.second)
    west, _, east, north = box
    entries = [entry for entry in legend(view, text) if entry.label]
    samples = [entry for entry in entries if entry.size is not None]
    others = [entry for entry in entries if entry.size is None]
    if samples:
        west = _draw_samples(sheet, box, samples, view.scale.largest, radius) + 0.5
    if not others:
        return
    fills = class_fills(view.scale)
    gap = 0.12 if any(entry.status for entry in others) else 0.0
    width = min((east - west - gap) / len(others), 1.9 if not samples else 1.3)
    x, was_class = west, True
    for entry in others:
        x += gap if entry.status and was_class and x > west else 0.0
        was_class = entry.status is None
        bar = (x, north - 0.12, x + width - 0.02, north)
        if entry.status:
            _pattern_box(sheet, bar, entry.status)
        else:
            sheet.rectangle(bar, fill=fills[entry.position])
        count = "" if entry.count is None else counted(entry.count, text)
        _legend_words(sheet, x, north - 0.27, entry.label, count, width - 0.06)
        x += width


def _legend_words(sheet: Sheet, x: float, y: float, label: str, count: str, width: float) -> None:
    face = Face(9)
    while width_of(label, face) > width and face.size > 6.5:
        face = face.sized(face.size - 0.5)
    sheet.words(x, y, shorten(label, face, width), face, LIGHT.text)
    if count:
        sheet.words(x, y - 0.155, shorten(count, Face(8), width), Face(8), LIGHT.second)


def _draw_samples(
    sheet: Sheet, box: Box, samples: list[LegendEntry], largest: float, most: float
) -> float:
    """Draw circles of round values side by side on one line; returns where they end."""
    west, _, _, north = box
    top = max(circle_radius(float(entry.size or 0), largest, most) for entry in samples)
    foot = north - 2 * top
    x = west
    for entry in samples:
        radius = circle_radius(float(entry.size or 0), largest, most)
        sheet.disc(x + radius, foot + radius, radius, fill=CIRCLE)
        width = sheet.words(
            x + 2 * radius + 0.07, foot + radius - 0.045, entry.label, Face(9), LIGHT.text
        )
        x += 2 * radius + 0.07 + width + 0.3
    return x - 0.3
