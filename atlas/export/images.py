"""Snapshots as pictures: a map with all that belongs to it, laid out for a slide or a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from atlas.errors import unknown
from atlas.export.footer import draw_footer, footer_height, footer_lines, footer_words
from atlas.export.heading import MARGIN, draw_heading
from atlas.export.key_strip import draw_strip, strip_height
from atlas.export.keys import (
    Section,
    draw_key,
    draw_legend,
    key_height,
    key_sections,
    legend_height,
)
from atlas.export.ranking import draw_ranking, ranking_heights
from atlas.figures.map_labels import draw_labels
from atlas.figures.palette import LIGHT
from atlas.figures.print_map import DrawnMap, draw_map, fit_frame
from atlas.figures.sheet import Box, Sheet
from atlas.figures.titles import subtitle, title
from atlas.model import MapShapes, MapView, mark
from atlas.text import Text


@dataclass(frozen=True)
class Size:
    """A size of pictures: what it is called, width and height in inches."""

    title: str
    inches: tuple[float, float]


#: Sizes of pictures. A slide has 16:9, A4 stands unless it says.
SIZES: Mapping[str, Size] = {
    "slide": Size(mark("Slide, 16:9"), (13 + 1 / 3, 7.5)),
    "a4": Size(mark("A4 sheet"), (8.27, 11.69)),
    "a4_landscape": Size(mark("A4 sheet, lying"), (11.69, 8.27)),
    "square": Size(mark("Square"), (11.25, 11.25)),
}

_PANEL = 3.2
_BESIDE = 0.32
#: On a sheet not wider than high the panel lies under the map, and takes at most this share of the
#: height that both have, or more where it would not have all its rows; and the part of the width
#: that the ranking gets beside the key.
_UNDER, _UNDER_MOST = 0.41, 0.5
_COLUMNS = 0.55
#: The share of the panel's height that the key may always take.
_KEY_MOST = 1 / 3
#: Room between the legend and the panel under it.
_APART = 0.2


@dataclass(frozen=True)
class Picture:
    """A drawn picture: the sheet, where the map lies on it, and the regions it labels."""

    sheet: Sheet
    map: DrawnMap
    labelled: tuple[str, ...]


def draw(
    view: MapView, shapes: MapShapes, text: Text, *, size: str = "slide", link: str | None = None
) -> Picture:
    """Draw the picture in a size of SIZES; ``link``: the address that its code leads to.

    Raises ChoiceError for a size that there is not.
    """
    if size not in SIZES:
        raise unknown("size", size, SIZES)
    width, height = SIZES[size].inches
    sheet = Sheet(width, height, page=LIGHT.page)
    left, right = MARGIN, width - MARGIN
    top = draw_heading(sheet, title(view, text), subtitle(view, text))
    lines = footer_lines(right - left, footer_words(view, text), view.release, text, link)
    rule = 0.2 + footer_height(lines, link)
    with sheet.part("footer"):
        draw_footer(sheet, (left, 0.2, right, rule), lines, view.release, text, link)
    lay_out = _side_by_side if width > height else _one_under_the_other
    drawn, labelled = lay_out(sheet, (left, rule, right, top), view, shapes, text)
    return Picture(sheet, drawn, tuple(labelled))


def _side_by_side(
    sheet: Sheet, room: Box, view: MapView, shapes: MapShapes, text: Text
) -> tuple[DrawnMap, list[str]]:
    """The map with its legend, and the panel beside it."""
    left, rule, right, top = room
    legend_top = rule + 0.1 + legend_height(view, text)
    box = (left, legend_top + 0.12, right - _PANEL - _BESIDE, top)
    under = _without_room(box, top - rule - 0.08, view, shapes, text)
    strip = strip_height(under, right - left) + 0.06 if under else 0.0
    legend_top += strip
    box = (left, box[1] + strip, box[2], top)
    drawn, labelled = _draw_labelled(sheet, box, view, shapes, text)
    _draw_legend(sheet, (left, rule + strip, box[2], legend_top), view, text)
    edge = drawn.frame.box[2]
    # Beside a narrow map the panel ends above the legend, which runs on under it.
    foot = rule + strip + 0.08 if edge > box[2] - 0.01 else box[1]
    west, south, east, north = edge + _BESIDE, foot, right, top
    sections = key_sections(drawn, view, east - west, text)
    if under:
        with sheet.part("key", "strip"):
            draw_strip(sheet, (left, rule, right, rule + strip), sections[1:])
        sections = sections[:1]
    height = min(key_height(sections), _key_room(north - south, view, text))
    above = south + height + (0.14 if sections else 0.0)
    low = draw_ranking(sheet, (west, above, east, north), view, text)
    if sections:
        with sheet.part("key"):
            draw_key(sheet, (west, low - 0.18 - height, east, low - 0.18), sections, text)
    return drawn, labelled


def _key_room(high: float, view: MapView, text: Text) -> float:
    """How high the key of a panel so high may be: what the bars leave of it, or its share where
    those are very many."""
    bars = ranking_heights(view, text)[0] + 0.2
    return max(high * _KEY_MOST, high - bars)


def _without_room(
    box: Box, high: float, view: MapView, shapes: MapShapes, text: Text
) -> list[Section]:
    """The sections of the key for which a panel so high has no room beside all bars: all but the
    first, or none."""
    frame = fit_frame(shapes, view.release.metric_crs, box)
    regions = dict.fromkeys(map(str, shapes.regions.index))
    sections = key_sections(DrawnMap(frame, regions, {}, None, box), view, _PANEL, text)
    fits = key_height(sections) <= _key_room(high, view, text)
    return [] if fits else sections[1:]


def _one_under_the_other(
    sheet: Sheet, room: Box, view: MapView, shapes: MapShapes, text: Text
) -> tuple[DrawnMap, list[str]]:
    """The map, its legend, and under them the panel: the ranking, and right of it the key."""
    left, rule, right, top = room
    legend = legend_height(view, text) + 0.12
    spare = top - rule - legend - _APART - 0.2
    least, most = ranking_heights(view, text)
    panel = max(min(most, spare * _UNDER), min(least, spare * _UNDER_MOST))
    foot = rule + 0.1 + panel
    box = (left, foot + _APART + legend, right, top)
    drawn, labelled = _draw_labelled(sheet, box, view, shapes, text)
    _draw_legend(sheet, (left, foot, right, box[1] - 0.12), view, text)
    middle = left + (right - left) * _COLUMNS
    start = middle + _BESIDE
    sections = key_sections(drawn, view, right - start, text)
    draw_ranking(sheet, (left, rule + 0.1, middle if sections else right, foot), view, text)
    if sections:
        height = min(key_height(sections), panel)
        with sheet.part("key"):
            draw_key(sheet, (start, foot - height, right, foot), sections, text)
    return drawn, labelled


def _draw_labelled(
    sheet: Sheet, box: Box, view: MapView, shapes: MapShapes, text: Text
) -> tuple[DrawnMap, list[str]]:
    drawn = draw_map(sheet, box, view, shapes, text)
    return drawn, draw_labels(sheet, drawn, view, shapes, text)


def _draw_legend(sheet: Sheet, box: Box, view: MapView, text: Text) -> None:
    with sheet.part("legend"):
        draw_legend(sheet, box, view, text)
