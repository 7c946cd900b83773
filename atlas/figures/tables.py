"""Tables as HTML: sorted, searched and followed in the browser, read aloud as tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from atlas.text import Text


@dataclass(frozen=True)
class Column:
    """``text``: words, set left; else figures, set right. ``wide``: left out on a phone.
    ``sortable``: the head is a button that sorts. ``main``: what the table is about."""

    title: str
    text: bool = False
    wide: bool = False
    sortable: bool = True
    main: bool = False


@dataclass(frozen=True)
class Cell:
    """What a cell shows, and the plain value it is sorted by (empty: always last)."""

    shown: Markup | str
    value: float | str = ""

    @property
    def order(self) -> str:
        """The sorting value as the browser compares it."""
        if isinstance(self.value, float):
            return f"{self.value:.12g}" if math.isfinite(self.value) else ""
        return str(self.value)


@dataclass(frozen=True)
class Row:
    """One row; the first cell is its head. ``css``: ``on`` (selected) or ``total``."""

    cells: Sequence[Cell]
    css: str = ""


def missing(word: Markup | str) -> Markup:
    """How a missing value stands in a table: words in italics, never a zero or a dash."""
    return Markup('<span class="none">{}</span>').format(word)


def table(
    columns: Sequence[Column],
    rows: Sequence[Row],
    text: Text,
    *,
    caption: str,
    total: Row | None = None,
    tools: Markup | None = None,
) -> Markup:
    """An HTML table. ``caption`` names it for readers' aids; ``tools`` stand above it."""
    return Markup(
        '<div data-table>{}<div class="frame" tabindex="0" role="region" aria-label="{}"><table>'
        "<caption hidden>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody>{}</table>"
        "</div></div>"
    ).format(
        tools or Markup(""),
        caption,
        caption,
        Markup("").join(_head(column, text) for column in columns),
        Markup("").join(_row(row, columns) for row in rows),
        Markup("<tfoot>{}</tfoot>").format(_row(total, columns)) if total else "",
    )


def finder(placeholder: str) -> Markup:
    """A field that hides the rows without the words typed into it."""
    return Markup('<input data-filter type="search" placeholder="{0}" aria-label="{0}">').format(
        placeholder
    )


@lru_cache(maxsize=256)
def _css(column: Column) -> Markup:
    marks = {"text": column.text, "wide": column.wide, "main": column.main}
    names = " ".join(name for name, has in marks.items() if has)
    return Markup(' class="{}"').format(names) if names else Markup("")


def _head(column: Column, text: Text) -> Markup:
    if not column.sortable:
        return Markup('<th scope="col"{}>{}</th>').format(_css(column), column.title)
    return Markup(
        '<th scope="col"{}><button type="button" data-sort title="{}">{}</button></th>'
    ).format(_css(column), text("Sort by this column"), column.title)


def _row(row: Row, columns: Sequence[Column]) -> Markup:
    # Put together by hand: a format of Markup for each cell would be most of a table's time.
    cells = []
    for number, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
        order = f' data-value="{Markup.escape(cell.order)}"' if column.sortable else ""
        opened, closed = ("td", "td") if number else ('th scope="row"', "th")
        cells.append(f"<{opened}{_css(column)}{order}>{Markup.escape(cell.shown)}</{closed}>")
    css = Markup(' class="{}"').format(row.css) if row.css else Markup("")
    return Markup("<tr{}>{}</tr>").format(css, Markup("".join(cells)))  # noqa: S704 (escaped above)
