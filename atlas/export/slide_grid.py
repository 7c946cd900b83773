"""Tables that were drawn on a sheet as PowerPoint's own, each cell where it was drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches

from atlas.export.slide_deck import name_for_all_scripts, set_font
from atlas.figures.palette import LIGHT
from atlas.figures.sheet import Box, Letters, Mark, Rectangle

_ALIGN = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
#: No style: neither bands nor lines but our own.
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def put_grids(slide: Any, height: float, cells: Iterable[Mark]) -> None:
    """Put the tables that those cells make on a slide so many inches high; see
    :func:`atlas.export.plate_table.draw_table`."""
    grids: dict[str, dict[tuple[int, int], list[Mark]]] = {}
    for mark in cells:
        row, column = map(int, mark.part.code.split(","))
        grids.setdefault(mark.part.name, {}).setdefault((row, column), []).append(mark)
    for name, grid in grids.items():
        _put_grid(slide, height, name, grid)


def _put_grid(
    slide: Any, height: float, name: str, grid: dict[tuple[int, int], list[Mark]]
) -> None:
    boxes = {at: _box(marks) for at, marks in grid.items()}
    rows, columns = (1 + max(at[axis] for at in grid) for axis in (0, 1))
    west, north = min(box[0] for box in boxes.values()), max(box[3] for box in boxes.values())
    east, south = max(box[2] for box in boxes.values()), min(box[1] for box in boxes.values())
    frame = slide.shapes.add_table(
        rows, columns, Inches(west), Inches(height - north), Inches(east - west),
        Inches(north - south),
    )  # fmt: skip
    frame.name = name
    table = frame.table
    frame._element.graphic.graphicData.tbl.tblPr.find("{*}tableStyleId").text = _PLAIN
    table.horz_banding = table.first_row = False
    for (row, column), box in boxes.items():
        table.rows[row].height = Inches(box[3] - box[1])
        table.columns[column].width = Inches(box[2] - box[0])
    for row in range(rows):
        for column in range(columns):
            _fill(table.cell(row, column), grid.get((row, column), []), head=row == 0)
    name_for_all_scripts(frame.element)


def _box(marks: list[Mark]) -> Box:
    box = marks[0].part.box
    if box is None:
        raise ValueError(marks[0].part)
    return box


def _fill(cell: Any, marks: list[Mark], *, head: bool) -> None:
    """Write what was drawn in a cell into it, a paragraph for each line."""
    cell.margin_left, cell.margin_right = Inches(0), Inches(0.05)
    cell.margin_top = cell.margin_bottom = 0
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    grounds = [mark.fill for mark in marks if isinstance(mark, Rectangle) and mark.fill]
    if grounds:
        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(grounds[0].lstrip("#").upper())
        cell.margin_right = 0
    else:
        cell.fill.background()
    letters = [mark for mark in marks if isinstance(mark, Letters)]
    frame = cell.text_frame
    frame.word_wrap = False
    frame.text = "\n".join(mark.words for mark in letters)
    for paragraph, mark in zip(frame.paragraphs, letters, strict=False):
        paragraph.alignment = _ALIGN[mark.align]
        set_font(paragraph.runs, mark.face, mark.colour)
    line = LIGHT.page if grounds else LIGHT.border
    _underline(cell, line, 1.5 if grounds else 1.0 if head else 0.75)


def _underline(cell: Any, colour: str, width: float) -> None:
    """A line under the cell; white between coloured ones, on all sides."""
    sides = ("lnL", "lnR", "lnT", "lnB") if colour == LIGHT.page else ("lnB",)
    properties = cell._tc.get_or_add_tcPr()
    for place, side in enumerate(sides):
        line = parse_xml(
            f'<a:{side} {nsdecls("a")} w="{round(width * 12700)}"><a:solidFill>'
            f'<a:srgbClr val="{colour.lstrip("#").upper()}"/></a:solidFill></a:{side}>'
        )
        # Lines come before fills.
        properties.insert(place, line)
