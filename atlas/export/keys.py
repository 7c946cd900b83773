"""The keys of a slide: the legend under the map, and the clusters' pictograms beside it."""

from __future__ import annotations

import shapely

from atlas.figures.legends import LegendEntry, circle_sizes, count_text, legend
from atlas.figures.lettering import Face, shorten, width_of, wrap
from atlas.figures.map_words import cluster_symbols
from atlas.figures.palette import LIGHT, class_fills
from atlas.figures.print_map import (
    CIRCLE,
    DrawnMap,
    circle_radius,
    missing_pattern,
)
from atlas.figures.sheet import Box, Sheet
from atlas.model import MapView
from atlas.text import Text

#: Width and height in inches of a swatch in a line of words.
SWATCH = (0.26, 0.13)
#: Heights in inches: of a row of the clusters' key, of the legend.
_KEY_ROW = 0.235
_KEY_FACE = Face(8.5)
_LEGEND = 0.52


def draw_swatch(sheet: Sheet, x: float, y: float, status: str) -> None:
    """Draw a small box as regions without a value are filled, by their status."""
    _pattern_box(sheet, (x, y, x + SWATCH[0], y + SWATCH[1]), status)


def _pattern_box(sheet: Sheet, box: Box, status: str) -> None:
    sheet.rectangle(box, fill=LIGHT.hatch_ground)
    sheet.pattern(shapely.box(*box), missing_pattern(status), LIGHT.hatch, level=3.5)


def key_entries(drawn: DrawnMap, view: MapView, text: Text) -> tuple[int, list[tuple[str, str]]]:
    """The number of clusters on the map, and (symbol, product) of each kind, best rank first."""
    clusters = cluster_symbols(view)
    if clusters.empty:
        return 0, []
    clusters = clusters[clusters["region_code"].isin(drawn.regions)]
    entries: dict[tuple[str, str], None] = {}
    for row in clusters.to_dict("records"):
        product = text.name(row, "short") or text.name(row, "product") or text.name(row)
        entries[(str(row["symbol"]), product)] = None
    return len(clusters), list(entries)


def key_heading(count: int, width: float, text: Text) -> list[str]:
    """The heading of the clusters' key in lines of at most that width."""
    heading = text.plural(
        "{count} cluster published by name; symbol by product",
        "{count} clusters published by name; symbols by product",
        count,
    )
    return wrap(heading, _KEY_FACE, width, lines=2)


def key_height(heading: list[str], entries: int) -> float:
    """Height in inches of the key for that many kinds of cluster, in two columns."""
    return _heading_height(heading) + -(-entries // 2) * _KEY_ROW if entries else 0.0


def _heading_height(heading: list[str]) -> float:
    return 0.09 + len(heading) * _KEY_FACE.line


def draw_key(
    sheet: Sheet, box: Box, heading: list[str], entries: list[tuple[str, str]], text: Text
) -> None:
    """Draw the clusters' key downwards from the top of a box, in two columns."""
    west, south, east, north = box
    sheet.lines(west, north - 0.12, heading, _KEY_FACE, LIGHT.second)
    top = north - _heading_height(heading)
    rows = max(int((top - south) / _KEY_ROW + 1e-6), 1)
    seen = entries if len(entries) <= 2 * rows else entries[: 2 * rows - 1]
    deep = min(rows, -(-len(entries) // 2))
    wide = (east - west) / 2
    for number, (symbol, product) in enumerate(seen):
        x, y = west + wide * (number // deep), top - _KEY_ROW * (number % deep + 0.5)
        sheet.pictogram(
            x + 0.095, y, 0.093, symbol, disc=LIGHT.disc, ink=LIGHT.disc_ink, ring=LIGHT.page
        )
        face = _KEY_FACE
        while width_of(product, face) > wide - 0.34 and face.size > 7:
            face = face.sized(face.size - 0.5)
        words = shorten(product, face, wide - 0.34)
        sheet.words(x + 0.25, y - 0.042, words, face, LIGHT.text)
    if len(seen) < len(entries):
        left = len(entries) - len(seen)
        more = text.plural("and {count} more", "and {count} more", left)
        y = top - _KEY_ROW * (rows - 0.5)
        sheet.words(west + wide + 0.02, y - 0.042, more, _KEY_FACE, LIGHT.second)


def legend_height(view: MapView) -> float:
    """Height in inches that the legend under the map takes."""
    sizes = circle_sizes(view.scale.largest) if view.scale.kind == "circles" else []
    radii = [circle_radius(size, view.scale.largest) for size in sizes]
    return max([_LEGEND, *(2 * radius + 0.06 for radius in radii)])


def draw_legend(sheet: Sheet, box: Box, view: MapView, text: Text) -> None:
    """Draw the legend into a box: classes or circles, then what is without a value."""
    west, _, east, north = box
    entries = [entry for entry in legend(view, text) if entry.label]
    samples = [entry for entry in entries if entry.size is not None]
    others = [entry for entry in entries if entry.size is None]
    if samples:
        west = _draw_samples(sheet, box, samples, view.scale.largest) + 0.5
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
        _legend_words(sheet, x, north - 0.27, entry, width - 0.06, text)
        x += width


def _legend_words(
    sheet: Sheet, x: float, y: float, entry: LegendEntry, width: float, text: Text
) -> None:
    face = Face(9)
    while width_of(entry.label, face) > width and face.size > 6.5:
        face = face.sized(face.size - 0.5)
    sheet.words(x, y, shorten(entry.label, face, width), face, LIGHT.text)
    if entry.count is not None:
        count = shorten(count_text(entry.count, text), Face(8), width)
        sheet.words(x, y - 0.155, count, Face(8), LIGHT.second)


def _draw_samples(sheet: Sheet, box: Box, samples: list[LegendEntry], largest: float) -> float:
    """Draw circles of round values side by side on one line; returns where they end."""
    west, _, _, north = box
    top = max(circle_radius(float(entry.size or 0), largest) for entry in samples)
    foot = north - 2 * top
    x = west
    for entry in samples:
        radius = circle_radius(float(entry.size or 0), largest)
        sheet.disc(x + radius, foot + radius, radius, fill=CIRCLE)
        width = sheet.words(
            x + 2 * radius + 0.07, foot + radius - 0.045, entry.label, Face(9), LIGHT.text
        )
        x += 2 * radius + 0.07 + width + 0.3
    return x - 0.3
