"""The ranking beside the map: a bar for each region, and those without a value by name."""

from __future__ import annotations

import numpy as np
import pandas as pd

from atlas.export.keys import SWATCH, draw_swatch
from atlas.figures.captions import figure_name, missing_text, shown
from atlas.figures.legends import count_text
from atlas.figures.lettering import POINTS, Face, balanced, shorten, width_of, wrap
from atlas.figures.palette import LIGHT
from atlas.figures.print_map import CIRCLE, region_fills
from atlas.figures.sheet import Box, Sheet
from atlas.figures.titles import reference
from atlas.model import MapView
from atlas.text import Text

#: Heights in inches.
_ROW_TALLEST, _ROW_SHORTEST = 0.285, 0.185
_LINE = 0.2
#: Height of its heading with the line that bars are read against.
_HEADING = 0.6
#: The lowest row that holds a name in two small lines.
_TWO_LINES = 0.225
#: Missing regions named one by one; more are counted.
_NAMED = 3


def ranking_heights(view: MapView, text: Text) -> tuple[float, float]:
    """The heights in inches at which the ranking has all its rows: at their shortest, and at their
    tallest."""
    rows = int(view.regions["value"].notna().sum())
    lines = len(_missing_rows(view, text, np.inf)) * _LINE
    rest = _HEADING + lines + 0.1
    return rest + rows * _ROW_SHORTEST, rest + rows * _ROW_TALLEST


def draw_ranking(sheet: Sheet, box: Box, view: MapView, text: Text) -> float:
    """Draw the regions' bars, highest value first, into a box; returns how far down it went."""
    with sheet.part("ranking"):
        return _draw_ranking(sheet, box, view, text)


def _draw_ranking(sheet: Sheet, box: Box, view: MapView, text: Text) -> float:
    west, south, east, _ = box
    y = _ranking_heading(sheet, box, view, text)
    known = view.regions[view.regions["value"].notna()]
    missing = _missing_rows(view, text, east - west)
    room = y - south - len(missing) * _LINE - (0.08 if missing else 0)
    rows = known
    if len(known) > room / _ROW_SHORTEST:
        room -= _LINE
        rows = known.iloc[: max(int(room / _ROW_SHORTEST), 1)]
    height = float(np.clip(room / max(len(rows), 1), _ROW_SHORTEST, _ROW_TALLEST))
    with sheet.part("bars", box=(west, y - len(rows) * height, east, y)):
        y = _draw_bars(sheet, (west, south, east, y), view, rows, height, text)
    if len(rows) < len(known):
        count = len(known) - len(rows)
        more = text.plural("and {count} more region", "and {count} more regions", count)
        sheet.words(west, y - 0.15, more, Face(8.5), LIGHT.second)
        y -= _LINE
    for status, line in missing:
        y -= _LINE
        draw_swatch(sheet, west, y - 0.02, status)
        sheet.words(west + SWATCH[0] + 0.08, y, line, Face(8.5), LIGHT.second)
    return y


def _ranking_heading(sheet: Sheet, box: Box, view: MapView, text: Text) -> float:
    west, _, east, north = box
    face = Face(10.5, bold=True)
    heading = text("Regions: {figure}", figure=figure_name(view, text))
    lines = wrap(heading, face, east - west, lines=2)
    y = sheet.lines(west, north - 0.13, lines, face, LIGHT.text)
    line = reference(view, text)
    if line is not None:
        y -= 0.01
        sheet.line([(west + 0.02, y - 0.03), (west + 0.02, y + 0.1)], LIGHT.text, width=1.4)
        words = shorten(line[1], Face(8.5), east - west - 0.1)
        sheet.words(west + 0.09, y, words, Face(8.5), LIGHT.second)
        y -= 0.17
    return y + 0.04


def _draw_bars(
    sheet: Sheet, box: Box, view: MapView, rows: pd.DataFrame, height: float, text: Text
) -> float:
    west, _, east, top = box
    if rows.empty:
        return top
    value_face = Face(9.5 if height > 0.22 else 8, bold=True)
    values = [shown(view, value, text) for value in rows["value"]]
    value_width = max(width_of(value, value_face) for value in values)
    name_width = _name_column(view, rows, height, text, east - west)
    left, right = west + name_width + 0.12, east - value_width - 0.1
    line = reference(view, text)
    ends = [0.0, *rows["value"], *([line[0]] if line else [])]
    low, high = min(ends), max(ends)
    per_unit = (right - left) / (high - low) if high > low else 0.0
    zero = left - low * per_unit
    fills = region_fills(view)
    y = top
    for (code, row), value in zip(rows.iterrows(), values, strict=True):
        middle = y - height / 2
        _bar_name(sheet, (west, middle), text.name(view.items[str(code)]), name_width, height)
        end = zero + row["value"] * per_unit
        fill = fills[str(code)] if view.scale.kind != "circles" else CIRCLE
        half = min(height * 0.24, 0.065)
        sheet.rectangle(
            (min(zero, end), middle - half, max(zero, end), middle + half),
            fill=fill, line=LIGHT.hatch, line_width=0.35,
        )  # fmt: skip
        base = middle - 0.36 * value_face.size / POINTS
        sheet.words(east, base, value, value_face, LIGHT.text, align="right")
        y -= height
    if line is not None or low < 0:
        at = zero + (line[0] if line else 0.0) * per_unit
        sheet.line([(at, top - 0.02), (at, y + 0.02)], LIGHT.text, width=1.2, level=4)
    if low < 0:
        sheet.line([(zero, top - 0.02), (zero, y + 0.02)], LIGHT.hatch, width=0.6, level=4)
    return y


def _name_column(
    view: MapView, rows: pd.DataFrame, height: float, text: Text, width: float
) -> float:
    """Width of the column of names: the longest name's, a bit less than half at most."""
    face = _name_face(height)
    widest = max(width_of(text.name(view.items[str(code)]), face) for code in rows.index)
    return min(widest, width * 0.43)


def _name_face(height: float) -> Face:
    return Face(9 if height > 0.22 else 8)


def _bar_name(
    sheet: Sheet, at: tuple[float, float], name: str, width: float, height: float
) -> None:
    """A name beside its bar: in one row, else in two smaller ones, else shortened."""
    x, middle = at
    face = _name_face(height)
    if height < _TWO_LINES:
        while width_of(name, face) > width and face.size > 6.5:
            face = face.sized(face.size - 0.5)
    if width_of(name, face) <= width or height < _TWO_LINES:
        words = shorten(name, face, width)
        sheet.words(x, middle - 0.36 * face.size / POINTS, words, face, LIGHT.text)
        return
    small = Face(7.6 if height > 0.24 else 7.0)
    step = 1.15 * small.size / POINTS
    lines = balanced(name, small, 2)
    if max(width_of(line, small) for line in lines) > width:
        lines = wrap(name, small, width, lines=2)
    y = middle + step * (len(lines) - 1) / 2 - 0.36 * small.size / POINTS
    for line in lines:
        sheet.words(x, y, line, small, LIGHT.text)
        y -= step


def _missing_rows(view: MapView, text: Text, width: float) -> list[tuple[str, str]]:
    """For each status without value a line that names its regions, or counts them."""
    without = view.regions[view.regions["value"].isna()]
    found = []
    for status, part in without.groupby(without["status"].astype(str)):
        if len(part) <= _NAMED:
            regions = text.list([text.name(view.items[str(code)]) for code in part.index])
        else:
            regions = count_text(len(part), text)
        line = f"{regions}: {missing_text(str(status), text)}"
        room = width - SWATCH[0] - 0.08
        if width_of(line, Face(8.5)) > room:
            line = f"{count_text(len(part), text)}: {missing_text(str(status), text)}"
        found.append((str(status), shorten(line, Face(8.5), room)))
    return found
