"""A region's label on the printed map: its name, value and clusters, and the forms they take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from atlas.figures.captions import missing_text, shown
from atlas.figures.labels import Place, Point
from atlas.figures.lettering import POINTS, Face, balanced, clean, width_of, wrap
from atlas.figures.palette import LIGHT, readable_on
from atlas.figures.print_map import DrawnMap
from atlas.figures.sheet import Sheet
from atlas.model import MapView
from atlas.text import Text

#: The widest line of a label, in inches, and the most lines a name takes.
_WIDEST, _LINES = 1.75, 3
#: Pictograms in a row before the rest is only counted.
_SYMBOLS = 5
#: Radius of a pictogram's disc, as a multiple of the letters' size.
_DISC = 0.86
#: The blank between two runs of a row, likewise.
_SPACE = 0.3

Run = tuple[str, Face]


@dataclass(frozen=True)
class Label:
    """Rows of words, each row one or two runs side by side, and pictograms under them.

    ``inline``: the pictograms stand in the last row instead, to the right of its words.
    """

    rows: tuple[tuple[Run, ...], ...]
    symbols: tuple[str, ...]
    more: int
    inline: bool
    size: float
    width: float
    height: float

    @property
    def radius(self) -> float:
        """Radius of a pictogram's disc in inches."""
        return _DISC * self.size / POINTS


@dataclass(frozen=True)
class Words:
    """What a region's label says."""

    name: str
    value: str
    missing: bool
    symbols: tuple[str, ...]
    more: int


def cluster_symbols(view: MapView) -> pd.DataFrame:
    """The clusters as drawn: one row each, ``symbol`` filled in, best rank first."""
    clusters = view.clusters
    if clusters.empty:
        return clusters.assign(symbol=[])
    symbol = clusters["symbol"] if "symbol" in clusters else pd.Series(index=clusters.index)
    rank = clusters["rank"] if "rank" in clusters else pd.Series(0.0, index=clusters.index)
    order = pd.to_numeric(rank, errors="coerce").sort_values(na_position="last", kind="stable")
    named = symbol.where(symbol.notna(), "").astype(str)
    return clusters.assign(symbol=named).loc[order.index]


def region_words(drawn: DrawnMap, view: MapView, text: Text) -> dict[str, Words]:
    """What each drawn region's label says, the highest value first."""
    symbols: dict[str, list[str]] = {}
    clusters = cluster_symbols(view)
    for code, symbol in zip(clusters.get("region_code", []), clusters["symbol"], strict=False):
        own = symbols.setdefault(str(code), [])
        if symbol not in own:
            own.append(symbol)
    found: dict[str, Words] = {}
    rows = view.regions
    for code, value, status in zip(rows.index, rows["value"], rows["status"], strict=True):
        if code not in drawn.regions:
            continue
        missing = bool(pd.isna(value))
        own = symbols.get(str(code), [])
        found[str(code)] = Words(
            name=clean(text.name(view.items[code])),
            value=missing_text(str(status), text) if missing else shown(view, value, text),
            missing=missing,
            symbols=tuple(own[:_SYMBOLS]),
            more=max(len(own) - _SYMBOLS, 0),
        )
    return found


def label_options(words: Words, size: float, *, aside: bool = False) -> list[Label]:
    """The forms a label may take, the most wanted first.

    In the region the value has a row of its own; ``aside``, name and value first try one row.
    """
    bold, plain = Face(size, bold=True), Face(size, italic=words.missing)
    value = (words.value, plain)
    forms: list[tuple[tuple[Run, ...], ...]] = []
    for count in range(1, _LINES + 1):
        lines = balanced(words.name, bold, count)
        if len(lines) == count and max(width_of(x, bold) for x in lines) <= _WIDEST:
            rows = tuple(((line, bold),) for line in lines)
            if aside:
                forms.append((*rows[:-1], (rows[-1][0], value)))
            forms.append((*rows, (value,)))
    if not forms:
        lines = wrap(words.name, bold, _WIDEST, lines=_LINES)
        forms.append((*(((line, bold),) for line in lines), (value,)))
    found = [_label(rows, words, size) for rows in forms]
    if words.symbols:
        found += [_label(rows, words, size, inline=True) for rows in forms]
    return found


def _label(
    rows: tuple[tuple[Run, ...], ...], words: Words, size: float,
    *, inline: bool = False,
) -> Label:  # fmt: skip
    widths = [_row_width(row) for row in rows]
    height = len(rows) * Face(size).line
    if words.symbols:
        own = _symbols_width(words.symbols, words.more, size)
        tall = 2.35 * _DISC * size / POINTS
        if inline:
            widths[-1] += own + _SPACE * size / POINTS
            height += tall - Face(size).line
        else:
            widths.append(own)
            height += tall
    return Label(rows, words.symbols, words.more, inline, size, max(widths), height)


def _row_width(row: Sequence[Run]) -> float:
    space = row[0][1].size * _SPACE / POINTS
    return sum(width_of(*run) for run in row) + space * (len(row) - 1)


def _symbols_width(symbols: Sequence[str], more: int, size: float) -> float:
    radius = _DISC * size / POINTS
    width = len(symbols) * 2.25 * radius
    return width + (width_of(f"+{more}", Face(size)) + 0.03 if more else 0.0)


def draw_leader(sheet: Sheet, label: Label, place: Place, *, dot: bool) -> None:
    """Draw the line to a label, if it has one; ``dot`` marks the region at its other end.

    The line runs on into the box as far as the row it meets.
    """
    if place.leader is None:
        return
    start, (x, y) = place.leader
    reach = max(_row_width(label.rows[0]) / 2 + 0.03, 0.1)
    line = Face(label.size).line
    if y > place.y + place.height / 2 - line:
        x = min(max(x, place.x - reach), place.x + reach)
    sheet.line([start, (x, y)], LIGHT.text, width=0.7, level=4.6)
    if dot:
        sheet.disc(*start, 0.021, fill=LIGHT.text, level=4.7)


def draw_label(sheet: Sheet, label: Label, place: Place, fill: str | None) -> None:
    """Set a label into its box; ``fill`` is the colour under it (None: the page's own kind)."""
    ink = readable_on(fill) if fill else LIGHT.text
    # The fill itself: unseen in the region, it keeps hatches and borders off the letters.
    halo = fill or LIGHT.halo
    line, space = Face(label.size).line, label.size * _SPACE / POINTS
    y = place.y + label.height / 2 - 0.8 * line
    symbols = _symbols_width(label.symbols, label.more, label.size)
    x = place.x
    for number, row in enumerate(label.rows):
        width = _row_width(row)
        if label.inline and number == len(label.rows) - 1:
            # The discs are taller than the letters: their row is centred on them.
            y = place.y - label.height / 2 + 1.175 * label.radius - 0.36 * label.size / POINTS
            width += symbols + space
        x = place.x - width / 2
        for words, face in row:
            x += sheet.words(x, y, words, face, ink, halo=halo, halo_width=label.size / 4) + space
        y -= line
    if label.symbols:
        start = x if label.inline else place.x - symbols / 2
        _draw_symbols(sheet, label, (start, place.y - label.height / 2), ink, halo)


def _draw_symbols(sheet: Sheet, label: Label, at: Point, ink: str, halo: str) -> None:
    """Draw the pictograms from the left foot of their row on."""
    radius = label.radius
    x, y = at[0], at[1] + 1.175 * radius
    for symbol in label.symbols:
        sheet.pictogram(
            x + 1.125 * radius, y, radius, symbol,
            disc=LIGHT.disc, ink=LIGHT.disc_ink, ring=LIGHT.page,
        )  # fmt: skip
        x += 2.25 * radius
    if label.more:
        face, more = Face(label.size), f"+{label.more}"
        sheet.words(x + 0.03, y - 0.35 * label.size / POINTS, more, face, ink, halo=halo)
