"""The figures of a map as PowerPoint's own tables, on as many slides as they need."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches

from atlas.export.footer import FOOTER
from atlas.export.slide_deck import add_slide, append, name_for_all_scripts, set_font, set_notes
from atlas.export.slide_shapes import shapes_xml
from atlas.figures.captions import (
    figure_name,
    heading,
    measure_title,
    missing_text,
    value_text,
)
from atlas.figures.lettering import Face, balanced, clean, printable, shorten, width_of, wrap
from atlas.figures.palette import LIGHT
from atlas.figures.sheet import Sheet
from atlas.figures.titles import notes, sources
from atlas.model import Item, MapView
from atlas.text import Text

_TITLE, _HEAD, _BODY = Face(21, bold=True, serif=True), Face(10.5, bold=True), Face(11)
_MARGIN, _ROW, _HEAD_ROW, _PAD = 0.42, 0.33, 0.52, 0.08
#: Rows on a slide, beside the head and the country's.
_ROWS = 14
_NAMES = 3.3
#: Thinnest column of figures.
_COLUMN = 1.5
_SMALLEST = 8

#: A region or the country, and its figures.
_Row = tuple[Item, Mapping[str, Any]]


def put_tables(
    deck: Any, width: float, height: float, numbers: Iterator[int], view: MapView, text: Text
) -> None:
    """Add slides with the figures of all regions, the highest first, and of the country.

    ``numbers``: for shapes, no two alike.
    """
    columns = _columns(view, text)
    codes = list(view.regions.index)
    parts = [codes[start : start + _ROWS] for start in range(0, len(codes), _ROWS)] or [[]]
    statement = f"{figure_name(view, text)}: {heading(view, text)}"
    room = width - 2 * _MARGIN
    lines = wrap(statement, _TITLE, room, lines=2, hyphens=False)
    foot = height - 0.32 - len(lines) * _TITLE.line
    footer = Sheet(width, height, page=LIGHT.page)
    with footer.part("footer"):
        said = wrap(sources(view, text), FOOTER, room, lines=3, hyphens=False)
        footer.lines(_MARGIN, 0.3 + (len(said) - 1) * FOOTER.line, said, FOOTER, LIGHT.second)
    for part in parts:
        box = (_MARGIN, foot, width - _MARGIN, height - 0.32)
        slide = add_slide(deck, " ".join(lines), _TITLE, box)
        rows: list[_Row] = [(view.items[str(code)], view.regions.loc[code]) for code in part]
        if part == parts[-1]:
            rows.append((view.root, view.country))
        _put_table(slide, (room, height - foot + 0.15), columns, rows, view, text)
        append(slide, shapes_xml(height, footer.marks, {}, text, numbers))
        set_notes(slide, [heading(view, text), sources(view, text), notes(view, text)])


def _columns(view: MapView, text: Text) -> list[tuple[str, str, str]]:
    """Title, column and unit of the map's figure and those that it is read with."""
    country = text.name(view.root)
    known = {
        "location_quotient": (text("Location quotient"), "ratio"),
        "amount": (measure_title(view, text, view.measure), "amount"),
        "growth": (text("{figure} since {year}", figure=text("Growth"), year=view.since), "change"),
        "focus": (text("Share of the region’s total"), "share"),
        "size": (text("Share of the sector in {country}", country=country), "share"),
    }
    own = view.metric.name
    others = {name: words for name, words in known.items() if name != own}
    return [
        (figure_name(view, text), "value", view.metric.unit),
        *((title, name, unit) for name, (title, unit) in others.items()),
    ]


def _put_table(
    slide: Any,
    room: tuple[float, float],
    columns: list[tuple[str, str, str]],
    rows: list[_Row],
    view: MapView,
    text: Text,
) -> None:
    said = []
    for item, values in rows:
        cells = [_value(values, column, unit, view, text) for _, column, unit in columns]
        said.append([(text.name(item), False), *cells])
    heads = [text("Region"), *(title for title, _, _ in columns)]
    bold = len(rows) - 1 if rows and rows[-1][0] is view.root else None
    put_cells(slide, room, heads, said, text("The same figures as a table"), bold=bold)


def put_cells(
    slide: Any,
    room: tuple[float, float],
    heads: Sequence[str],
    rows: Sequence[Sequence[tuple[str, bool]]],
    name: str,
    *,
    bold: int | None = None,
    row: float = _ROW,
    weights: Sequence[float] | None = None,
) -> None:
    """Put a table on a slide. ``room``: its width, and how far from the slide's top it begins, in
    inches; of each cell the words, and whether its value is missing; ``bold``: a row of totals;
    ``row``: a row's height;
    ``weights``: how wide the columns are beside each other, of a table of words: those stand on the
    left."""
    width, top = room
    frame = slide.shapes.add_table(
        len(rows) + 1, len(heads), Inches(_MARGIN), Inches(top), Inches(width),
        Inches(_HEAD_ROW + row * len(rows)),
    )  # fmt: skip
    frame.name = printable(name)
    table = frame.table
    table.horz_banding = False
    others = len(heads) - 1
    names = min(_NAMES, width - _COLUMN * others) if others else width
    widths = [names, *[(width - names) / max(others, 1)] * others]
    if weights:
        widths = [width * weight / sum(weights) for weight in weights]
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Inches(wide)
    for number, line in enumerate(table.rows):
        line.height = Inches(row if number else _HEAD_ROW)
    for position, (words, wide) in enumerate(zip(heads, widths, strict=True)):
        said = _fitted(words, _HEAD, wide, 2)
        _fill_cell(table.cell(0, position), said, head=True, name=bool(weights) or position == 0)
    for number, cells in enumerate(rows):
        for position, (words, missing) in enumerate(cells):
            own = Face(_BODY.size, bold=number == bold, italic=missing)
            said = _fitted(words, own, widths[position], 1)
            _fill_cell(table.cell(number + 1, position), said, name=bool(weights) or position == 0)
    name_for_all_scripts(frame.element)


def _value(
    values: Mapping[str, Any], column: str, unit: str, view: MapView, text: Text
) -> tuple[str, bool]:
    """A figure in words, and whether it is missing."""
    value = values.get(column)
    if value is None or not math.isfinite(float(value)):
        status = values.get("status" if column == "value" else f"{column}_status", "missing")
        return missing_text(str(status), text), True
    return value_text(float(value), unit, text, view.measure), False


def _fitted(words: str, face: Face, width: float, lines: int) -> tuple[str, Face]:
    """The words in letters so small, and then so shortened, that a cell holds them in lines."""
    # Some letters are wider in the slide's fonts than measured.
    room = 0.9 * (width - 2 * _PAD)
    while face.size > _SMALLEST:
        if max(width_of(line, face) for line in balanced(words, face, lines)) <= room:
            return clean(words), face
        face = face.sized(face.size - 0.5)
    return shorten(words, face, room), face


def _fill_cell(
    cell: Any, said: tuple[str, Face], *, head: bool = False, name: bool = False
) -> None:
    """Write words into a cell; names stand on the left, figures on the right."""
    words, face = said
    cell.margin_left = cell.margin_right = Inches(_PAD)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    colour = LIGHT.panel if head else LIGHT.page
    cell.fill.fore_color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
    cell.text_frame.text = words
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT if name else PP_ALIGN.RIGHT
    set_font(paragraph.runs, face, LIGHT.second if face.italic else LIGHT.text)
