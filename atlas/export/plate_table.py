"""Tables on a sheet, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from atlas.export.plate_parts import draw_more, fitted, middle, rows_that_fit
from atlas.figures.lettering import Face, balanced, width_of
from atlas.figures.palette import LIGHT
from atlas.figures.sheet import Box, Sheet
from atlas.text import Text


@dataclass(frozen=True)
class Cell:
    """A cell of a table; ``best`` has a mark, ``fill`` is its ground; words stand on the ``left``,
    as all of the first column do."""

    words: str
    small: str = ""
    bold: bool = False
    missing: bool = False
    best: bool = False
    left: bool = False
    fill: str | None = None
    ink: str = LIGHT.text


def draw_table(
    sheet: Sheet, box: Box, name: str, head: Sequence[str], rows: Sequence[Sequence[Cell]],
    text: Text, *, first: float, lowest: float = 0.2, tallest: float = 0.3, gap: float = 0.0,
    lines: int = 1,
) -> float:  # fmt: skip
    """Draw a table into the top of a box; returns how far down it went.

    ``first``: width of its first column, the others are alike. ``gap``: room round each cell's
    ground. ``lines``: that a cell's words may have. Each cell is a part ``cell`` of the picture
    (code ``row,column``, name that of the table) in its own box, so that a program with tables of
    its own can make one of it.
    """
    west, south, east, top = box
    wide = (east - west - first) / max(len(head) - 1, 1)
    edges = [west, *(west + first + wide * at for at in range(len(head)))]
    high = 0.34 if any(width_of(words, Face(8.5, bold=True)) > wide - 0.1 for words in head[1:]) \
        else 0.23  # fmt: skip
    count, height = rows_that_fit(len(rows), top - south - high, lowest, tallest)
    heads = [
        Cell(words, bold=True, ink=LIGHT.second, left=bool(rows) and rows[0][at].left)
        for at, words in enumerate(head)
    ]
    y = top
    for number, row in enumerate([heads, *rows[:count]]):
        foot = y - (height if number else high)
        for at, cell in enumerate(row):
            place = (edges[at], foot, edges[at + 1], y)
            with sheet.part("cell", f"{number},{at}", name, box=place):
                _draw_cell(sheet, place, cell, left=at == 0, lines=lines if number else 2, gap=gap)
        if not gap:
            with sheet.part("rules", name):
                sheet.line([(west, foot), (east, foot)], LIGHT.border, width=0.6)
        y = foot
    return draw_more(sheet, west, y, len(rows) - count, text)


def _draw_cell(sheet: Sheet, box: Box, cell: Cell, *, left: bool, lines: int, gap: float) -> None:
    west, south, east, north = box
    if cell.fill:
        sheet.rectangle((west + gap, south + gap, east - gap, north - gap), fill=cell.fill)
    face = Face(9 if left else 8.5, bold=cell.bold or cell.best, italic=cell.missing)
    room = east - west - 0.08
    said = f"● {cell.words}" if cell.best else cell.words
    colour = LIGHT.accent if cell.best else LIGHT.missing if cell.missing else cell.ink
    centre = (south + north) / 2
    if lines > 1 and width_of(said, face) > room:
        # Two lines of body text are low.
        face = face if cell.bold else face.sized(min(face.size, 8))
        two = [fitted(line, face, room, least=6) for line in balanced(said, face.sized(8), 2)]
        face = min((one for _, one in two), key=lambda one: one.size)
        rows = [line for line, _ in two]
    else:
        line, face = fitted(said, face, room)
        rows = [line]
    x, align = (west, "left") if left or cell.left else (east - 0.05, "right")
    if cell.fill:
        x, align = (west + east) / 2, "center"
    if left and cell.small and north - south > 0.27:
        under, small = fitted(cell.small, Face(7.5), room)
        sheet.words(west, centre + 0.02, rows[0], face, colour)
        sheet.words(west, centre - 0.105, under, small, LIGHT.second)
        return
    y = middle(centre, face) + face.line * (len(rows) - 1) / 2
    sheet.lines(x, y, rows, face, colour, align=align)
