"""Snapshots as pictures: a map with all that belongs to it, for a slide."""

from __future__ import annotations

from dataclasses import dataclass

from atlas.export.footer import FOOTER, draw_footer, footer_lines
from atlas.export.formats import format_
from atlas.export.keys import (
    draw_key,
    draw_legend,
    key_entries,
    key_heading,
    key_height,
    legend_height,
)
from atlas.export.ranking import draw_ranking
from atlas.figures.lettering import Face, balanced, width_of, wrap
from atlas.figures.map_labels import draw_labels
from atlas.figures.palette import LIGHT
from atlas.figures.print_map import DrawnMap, draw_map
from atlas.figures.sheet import Sheet
from atlas.figures.titles import sources, subtitle, title
from atlas.model import MapShapes, MapView, mark
from atlas.text import Text

#: A 16:9 slide in inches, and dots an inch: 4000 x 2250 pixels.
WIDTH, HEIGHT = 13 + 1 / 3, 7.5
DPI = 300

_MARGIN = 0.42
_PANEL = 3.2
_BESIDE = 0.32


@dataclass(frozen=True)
class Slide:
    """A drawn slide: the sheet, where the map lies on it, and the regions it labels."""

    sheet: Sheet
    map: DrawnMap
    labelled: tuple[str, ...]


@format_("png", title=mark("Picture (PNG)"))
def png(view: MapView, shapes: MapShapes, text: Text) -> bytes:
    """The map as a PNG picture of 4000 x 2250 pixels at 300 dpi, in the language of ``text``.

    Drawn in the edition's metric system. Text chunks: Title, Source, Software. The same view
    gives the same bytes. Needs no screen, and may run in several threads at once.
    """
    slide = draw(view, shapes, text)
    return slide.sheet.png(
        {"Title": title(view, text), "Source": sources(view, text), "Software": "Cluster atlas"}
    )


def draw(view: MapView, shapes: MapShapes, text: Text, *, dpi: float = DPI) -> Slide:
    """Draw the slide; its layout is in inches, so ``dpi`` changes nothing but the detail."""
    sheet = Sheet(WIDTH, HEIGHT, dpi, page=LIGHT.page)
    left, right = _MARGIN, WIDTH - _MARGIN
    top = _draw_heading(sheet, view, text)
    lines = footer_lines(right - left, view, text)
    rule = 0.3 + max(len(lines), 2) * FOOTER.line
    draw_footer(sheet, (left, 0.2, right, rule), lines, view, text)
    legend_top = rule + 0.1 + legend_height(view)
    box = (left, legend_top + 0.12, right - _PANEL - _BESIDE, top)
    drawn = draw_map(sheet, box, view, shapes, text)
    labelled = draw_labels(sheet, drawn, view, shapes, text)
    edge = drawn.frame.box[2]
    draw_legend(sheet, (left, rule, box[2], legend_top), view, text)
    # Beside a narrow map the panel ends above the legend, which runs on under it.
    foot = rule + 0.08 if edge > box[2] - 0.01 else box[1]
    _draw_panel(sheet, (edge + _BESIDE, foot, right, top), drawn, view, text)
    return Slide(sheet, drawn, tuple(labelled))


def _draw_heading(sheet: Sheet, view: MapView, text: Text) -> float:
    """Title in at most two lines and subtitle; returns where the map may begin."""
    left, width = _MARGIN, WIDTH - 2 * _MARGIN
    statement = title(view, text)
    face = Face(21, bold=True, serif=True)
    while face.size > 14 and len(wrap(statement, face, width, hyphens=False)) > 2:
        face = face.sized(face.size - 1)
    lines = wrap(statement, face, width, lines=2, hyphens=False)
    if len(lines) == 2 and width_of(lines[1], face) < width / 4:
        lines = balanced(statement, face, 2, hyphens=False)
    y = sheet.lines(left, HEIGHT - 0.52, lines, face, LIGHT.text)
    small = Face(11.5)
    words = subtitle(view, text)
    while small.size > 9 and width_of(words, small) > width:
        small = small.sized(small.size - 0.5)
    y += face.line - 0.31
    below = wrap(words, small, width, lines=2)
    return sheet.lines(left, y, below, small, LIGHT.second) + small.line - 0.16


def _draw_panel(
    sheet: Sheet, box: tuple[float, float, float, float], drawn: DrawnMap, view: MapView, text: Text
) -> None:
    """The ranking, and under it the clusters' key, which gets at most a third of the height."""
    west, south, east, north = box
    count, entries = key_entries(drawn, view, text)
    heading = key_heading(count, east - west, text)
    height = min(key_height(heading, len(entries)), (north - south) / 3)
    above = south + height + (0.14 if entries else 0.0)
    low = draw_ranking(sheet, (west, above, east, north), view, text)
    if entries:
        start = low - 0.18
        draw_key(sheet, (west, start - height, east, start), heading, entries, text)
