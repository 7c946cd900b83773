"""Pictures that are no map: the register of their views, each drawn by one function on a sheet.

A plate is what a snapshot's view looks like on paper, with its heading and footer, and what it
holds as tables. Views are those of :mod:`atlas.analysis.profiles`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from atlas.errors import unknown
from atlas.export.footer import draw_footer, footer_height, footer_lines
from atlas.export.heading import MARGIN, draw_heading
from atlas.export.images import SIZES
from atlas.figures.captions import value_text
from atlas.figures.palette import LIGHT
from atlas.figures.profile_words import words_of
from atlas.figures.sheet import Box, Sheet
from atlas.model import MapShapes
from atlas.names import STATUS_NAMES
from atlas.text import Text

#: Profiles rest on more sources than maps: so many more lines of them.
_MORE = 2


@dataclass(frozen=True)
class Table:
    """A table of a plate, for programs and for slides.

    ``frame``: columns by fixed names; ``heads``: what they are called; ``units``: of the columns of
    figures (``ratio``, ``share``, ``change``, ``amount``, ``number``); where such a column has one
    of its name with ``_status``, that says why a value is missing. ``slide``: the columns that a
    slide has room for; ``only_slides``: it says nothing that others do not, and goes into no file.
    """

    name: str
    title: str
    frame: pd.DataFrame
    heads: Mapping[str, str]
    units: Mapping[str, str] = field(default_factory=dict)
    slide: Sequence[str] = ()
    measure: str = "employment"
    only_slides: bool = False


#: ``(sheet, room, view, shapes, text)``: draws a view into the room between heading and footer.
Draw = Callable[[Sheet, Box, Any, MapShapes, Text], None]


@dataclass(frozen=True)
class Plate:
    """How a view is drawn, and its tables."""

    draw: Draw
    tables: Callable[[Any, Text], list[Table]]


#: Name of a view -> its plate.
PLATES: dict[str, Plate] = {}


def plate(name: str, tables: Callable[[Any, Text], list[Table]]) -> Callable[[Draw], Draw]:
    """Register the decorated function as what draws the view of that name."""

    def register(draw: Draw) -> Draw:
        PLATES[name] = Plate(draw, tables)
        return draw

    return register


def draw_plate(
    kind: str, view: Any, shapes: MapShapes, text: Text, *, size: str = "slide",
    link: str | None = None,
) -> Sheet:  # fmt: skip
    """Draw the view of that ``kind`` in a size of SIZES, with its heading and its footer; ``link``:
    the address that its code leads to. Raises ChoiceError for a size that there is not."""
    if size not in SIZES:
        raise unknown("size", size, SIZES)
    width, height = SIZES[size].inches
    sheet, words = Sheet(width, height, page=LIGHT.page), words_of(kind, view, text)
    left, right = MARGIN, width - MARGIN
    top = draw_heading(sheet, words.title, words.subtitle)
    said = (words.sources, words.shown, words.own, words.standing)
    lines = footer_lines(right - left, said, view.release, text, link, more=_MORE)
    rule = 0.2 + footer_height(lines, link)
    with sheet.part("footer"):
        draw_footer(sheet, (left, 0.2, right, rule), lines, view.release, text, link)
    PLATES[kind].draw(sheet, (left, rule + 0.14, right, top - 0.02), view, shapes, text)
    return sheet


def shown(row: dict[Any, Any], name: str, table: Table, text: Text) -> tuple[str, bool]:
    """A cell in words, and whether its value is missing."""
    value, unit = row.get(name), table.units.get(name)
    if value is None or pd.isna(value):
        status = str(row.get(f"{name}_status") or "missing")
        return (text(STATUS_NAMES.get(status, STATUS_NAMES["missing"])) if unit else ""), True
    if isinstance(value, str):
        return value, False
    if unit is None:
        return str(int(value)), False
    if unit == "number":
        return text.number(float(value), 0 if float(value).is_integer() else 2), False
    return value_text(float(value), unit, text, table.measure), False


from atlas.export import cluster_plate, clusters_plate, compare_plate, maps_plate, region_plate  # noqa: E402, F401  (last: they fill the register)
