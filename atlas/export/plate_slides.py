"""Views that are no map as PPTX: their drawing in native shapes and tables, then their figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from atlas.export import slides
from atlas.export.about import AUTHOR, is_web_address
from atlas.export.footer import FOOTER
from atlas.export.heading import MARGIN
from atlas.export.images import SIZES
from atlas.export.plates import PLATES, Table, draw_plate, shown
from atlas.export.slide_chart import put_bars
from atlas.export.slide_deck import FIRST, add_slide, append, new_deck, saved, set_notes
from atlas.export.slide_grid import put_grids
from atlas.export.slide_shapes import shapes_xml
from atlas.export.slide_table import put_cells
from atlas.figures.lettering import Face, width_of, wrap
from atlas.figures.outlines import within
from atlas.figures.palette import LIGHT
from atlas.figures.profile_words import Words, words_of
from atlas.figures.sheet import Area, Letters, Mark, Pattern, Sheet
from atlas.model import MapShapes
from atlas.text import Text

_TITLE = Face(21, bold=True, serif=True)
#: Rows of a table on a slide, and their height.
_ROWS, _ROW = 17, 0.305


def plate_pptx(
    kind: str, view: Any, shapes: MapShapes, text: Text, *, link: str | None = None
) -> bytes:
    """The view of that ``kind`` as PowerPoint slides of 13.33 x 7.5 inches: as it is drawn in every
    format, with tables as PowerPoint's own, then its data as tables. The same view gives the same
    bytes."""
    deck, words = new_deck(*SIZES["slide"].inches), words_of(kind, view, text)
    put_plate(deck, count(FIRST), kind, view, shapes, text, link=link)
    slides.describe(
        deck.core_properties, title=words.title, subject=words.subtitle,
        keywords=", ".join(words.keywords), language=text.language, comments=words.description,
        author=AUTHOR,
    )  # fmt: skip
    return saved(deck)


def put_plate(
    deck: Any, numbers: Iterator[int], kind: str, view: Any, shapes: MapShapes, text: Text, *,
    link: str | None = None, bare: bool = False,
) -> None:  # fmt: skip
    """Add the slides of a view to a deck. ``numbers``: for shapes, no two alike. ``bare``: without
    its tables."""
    words = words_of(kind, view, text)
    spoken = [words.title, words.subtitle, words.sources, words.shown, words.notes]
    slide = put_sheet(
        deck, numbers, draw_plate(kind, view, shapes, text, link=link), words.title,
        [*spoken, *([link] if link else [])], text,
    )  # fmt: skip
    if link and is_web_address(link):
        slides.follow_code(slide, link, text("Code of the link"))
    for table in [] if bare else PLATES[kind].tables(view, text):
        if table.slide and len(table.frame):
            _put_table(deck, table, words, text, numbers)


def put_sheet(
    deck: Any, numbers: Iterator[int], sheet: Sheet, title: str, spoken: Sequence[str], text: Text
) -> Any:
    """Add a slide with what is drawn on a sheet, tables as PowerPoint's own; ``spoken``: notes."""
    marks = _cut(sheet.marks)
    heading = [one for one in marks if isinstance(one, Letters) and one.part.role == "title"]
    slide = add_slide(deck, title, heading[0].face, slides.title_box(heading, sheet.width))
    rest = [one for one in marks if one.part.role not in ("title", "cell", "rules", "bar")]
    said = {one.part.code: one.part.name for one in marks if one.part.role == "region"}
    append(slide, shapes_xml(sheet.height, rest, said, text, numbers))
    bars = [one for one in marks if one.part.role == "bar"]
    put_bars(slide, sheet.height, bars, text("Location quotient"), text)
    put_grids(slide, sheet.height, [one for one in marks if one.part.role == "cell"])
    set_notes(slide, spoken)
    return slide


def _cut(marks: Sequence[Mark]) -> list[Mark]:
    """The marks with shapes cut to their boxes, which PowerPoint cannot do."""
    found: list[Mark] = []
    for one in marks:
        if isinstance(one, Area | Pattern) and one.clip:
            shape = within(one.shape, one.clip)
            if shape.is_empty:
                continue
            found.append(replace(one, shape=shape))
        else:
            found.append(one)
    return found


def _put_table(deck: Any, table: Table, words: Words, text: Text, numbers: Iterator[int]) -> None:
    """Add slides with a table, as many as it needs."""
    width, height = SIZES["slide"].inches
    room = width - 2 * MARGIN
    lines = wrap(table.title, _TITLE, room, lines=2, hyphens=False)
    foot = height - 0.32 - len(lines) * _TITLE.line
    footer = Sheet(width, height, page=LIGHT.page)
    with footer.part("footer"):
        said = wrap(words.sources, FOOTER, room, lines=3, hyphens=False)
        footer.lines(MARGIN, 0.3 + (len(said) - 1) * FOOTER.line, said, FOOTER, LIGHT.second)
    heads = [table.heads.get(name, name) for name in table.slide]
    weights = None if any(name in table.units for name in table.slide) else _weights(table)
    for start in range(0, len(table.frame), _ROWS):
        part = table.frame.iloc[start : start + _ROWS]
        slide = add_slide(
            deck, " ".join(lines), _TITLE, (MARGIN, foot, width - MARGIN, height - 0.32)
        )
        rows = [
            [shown(row, name, table, text) for name in table.slide]
            for row in part.to_dict("records")
        ]
        put_cells(
            slide, (room, height - foot + 0.15), heads, rows, table.title, row=_ROW, weights=weights
        )
        append(slide, shapes_xml(height, footer.marks, {}, text, numbers))
        set_notes(slide, [table.title, words.sources, words.notes])


def _weights(table: Table) -> list[float]:
    """How wide the columns of a table of words want to be, in inches."""
    face, found = Face(11), []
    for name in table.slide:
        widest = max(width_of(str(words), face) for words in table.frame[name])
        found.append(min(max(widest, 1.2), 6.0) + 0.3)
    return found
