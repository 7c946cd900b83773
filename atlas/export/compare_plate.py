"""Two to six regions side by side on a sheet: small maps on one scale, figures, sectors."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from atlas.export.keys import draw_legend, legend_height
from atlas.export.plate_parts import SMALL, draw_section, fitted
from atlas.export.plate_table import Cell, draw_table
from atlas.export.plates import Table, plate
from atlas.figures import compare_table
from atlas.figures.captions import (
    figure_name,
    industry_name,
    measure_name,
    missing_text,
    shown,
)
from atlas.figures.lettering import Face, width_of, wrap
from atlas.figures.locator import draw_locator
from atlas.figures.palette import LIGHT, ramp, readable_on
from atlas.figures.print_map import bar_length, length_text, region_fills
from atlas.figures.scales import QUOTIENT_BREAKS
from atlas.figures.sheet import Box, Sheet
from atlas.figures.small_maps import frames
from atlas.model import MapShapes
from atlas.names import STATUS_NAMES
from atlas.text import Text

_BESIDE, _BELOW, _GAP = 0.42, 0.2, 0.16
#: Heights in inches of a small map on a sheet that lies, and of the words under it.
_MAP, _CAPTION, _TALL_CAPTION = 1.22, 0.4, 0.66
#: From so many side by side on, words have little room: what is missing is a dash.
_MANY = 5
_DASH = "—"
#: Heights in inches of a table's headings and of its lowest row.
_HEADS, _ROW = 0.9, 0.19
#: What the sectors have of it at least.
_LEAST = 1.75
#: More regions than this take two rows of maps on a sheet that stands.
_IN_ROW = 3


def tables(view: Any, text: Text) -> list[Table]:
    """Figures of the regions and the country, and the location quotients of all sectors."""
    found = view.view
    places = {region.code: text.name(region) for region in (*found.regions, view.root)}
    figures = pd.DataFrame(
        {
            "figure": one.name, "title": compare_table.title(one, view.release, text),
            "measure": one.measure, "region_code": code, "region": name,
            "value": float(one.values[code]), "value_status": one.statuses[code],
            "best": code in one.best(found.codes), "year": one.year, "since": one.since,
        }
        for one in found.figures for code, name in places.items()
    ).astype({"year": "Int64", "since": "Int64"})  # fmt: skip
    figures["best"] = [text("Best of those compared") if best else "" for best in figures["best"]]
    quotients = pd.DataFrame(
        {
            "industry_code": str(sector), "industry": industry_name(view.industries[str(sector)],
                                                                   text),
            "region_code": code, "region": places[code], "measure": view.measure,
            "year": view.year, "location_quotient": float(found.quotients.at[sector, code]),
            "location_quotient_status": found.statuses.at[sector, code],
            "amount": float(found.amounts.at[sector, code]),
        }
        for sector in found.quotients.index for code in found.codes
    )  # fmt: skip
    heads = {
        "figure": text("Code"), "title": text("Figure"), "measure": text("Counted"),
        "region_code": text("Code of the region"), "region": text("Region"),
        "value": text("Value"), "value_status": text("{figure}: status", figure=text("Value")),
        "best": text("Best of those compared"), "year": text("Year"),
        "since": text("Changes since"), "industry_code": text("Code of the sector"),
        "industry": text("Sector"), "location_quotient": text("Location quotient"),
        "location_quotient_status": text("{figure}: status", figure=text("Location quotient")),
        "amount": measure_name(view.release, text, view.measure),
    }  # fmt: skip
    wide = pd.DataFrame(
        {"industry": [industry_name(view.industries[str(s)], text) for s in found.quotients.index],
         **{code: found.quotients[code].to_numpy() for code in found.codes},
         **{f"{code}_status": found.statuses[code].to_numpy() for code in found.codes}}
    )  # fmt: skip
    said = text("Location quotients of all sectors in the regions compared")
    return [
        Table("figures", text("Figures"), figures, heads, {"value": "number"}),
        Table("sectors", said, quotients, heads, {"location_quotient": "ratio",
              "amount": "amount"}, (), view.measure),
        Table("slide", said, wide, {**heads, **places}, dict.fromkeys(found.codes, "ratio"),
              ("industry", *found.codes), only_slides=True),
    ]  # fmt: skip


@plate("compare", tables)
def draw_comparison(sheet: Sheet, room: Box, view: Any, shapes: MapShapes, text: Text) -> None:
    """Draw a comparison; view: a :class:`atlas.analysis.profiles.ComparisonProfile`."""
    west, south, east, top = room
    lies, number = sheet.width > sheet.height, len(view.view.regions)
    rows = 1 if lies or number <= _IN_ROW else 2
    across = -(-number // rows)
    wide = (east - west - _GAP * (across - 1)) / across
    high = _MAP if lies else min(wide * 0.72, (top - south) * (0.22 if rows == 1 else 0.13))
    y = _draw_maps(sheet, (west, top), (wide, high), across, view, shapes, text)
    below = y - legend_height(view.map, text)
    with sheet.part("legend"):
        draw_legend(sheet, (west, below, east, y), view.map, text)
    y = below - 0.08
    if lies:
        half = (east - west - _BESIDE) * (0.58 if number < _MANY else 0.52)
        _draw_figures(sheet, (west, south, west + half, y), view, text)
        _draw_sectors(sheet, (west + half + _BESIDE, south, east, y), view, text)
        return
    # The figures take what they need, the sectors what is left.
    foot = y - _HEADS - _ROW * len(view.view.figures)
    y = _draw_figures(sheet, (west, max(foot, south + _LEAST), east, y), view, text)
    _draw_sectors(sheet, (west, south, east, y - _BELOW), view, text)


def _draw_maps(
    sheet: Sheet, corner: tuple[float, float], size: tuple[float, float], across: int, view: Any,
    shapes: MapShapes, text: Text,
) -> float:  # fmt: skip
    """A small map for each region, all at one scale, with its figure; returns how far down."""
    west, top = corner
    wide, high = size
    placed = frames(view.map, shapes, size)
    fills = region_fills(view.map)
    statuses = {str(code): str(word) for code, word in view.map.regions["status"].items()}
    names = {str(code): text.name(item) for code, item in shapes.items.items()}
    caption = _TALL_CAPTION if across >= _MANY else _CAPTION
    foot = top
    for number, region in enumerate(view.view.regions):
        x = west + number % across * (wide + _GAP)
        north = top - number // across * (high + caption + 0.08)
        foot = north - high - caption
        value = view.map.regions.at[region.code, "value"]
        fill = fills[region.code] if np.isfinite(value) else None
        if region.code in placed:
            box = (x, north - high, x + wide, north)
            frame = replace(placed[region.code], box=box)
            draw_locator(sheet, frame, shapes, {region.code: fill}, names, key=region.code,
                         statuses=statuses)  # fmt: skip
            if number == 0:
                _draw_scale(sheet, frame, text)
        with sheet.part("caption", region.code, names.get(region.code, region.code)):
            _draw_caption(
                sheet, (x, north - high, x + wide), region, view, text, tall=across >= _MANY
            )
    return foot - 0.06


def _draw_scale(sheet: Sheet, frame: Any, text: Text) -> None:
    metres, length = bar_length(frame, (frame.box[2] - frame.box[0]) / 4)
    x, y = frame.box[0] + 0.1, frame.box[1] + 0.09
    words = text("{length}, all maps", length=length_text(metres, text))
    with sheet.part("scale"):
        bar = [(x, y + 0.05), (x, y), (x + length, y), (x + length, y + 0.05)]
        sheet.line(bar, LIGHT.text, width=1.0, level=5)
        said, face = fitted(words, Face(8), frame.box[2] - x - length - 0.14)
        sheet.words(x + length + 0.07, y - 0.01, said, face, LIGHT.text, halo=LIGHT.halo)


def _draw_caption(
    sheet: Sheet, at: tuple[float, float, float], region: Any, view: Any, text: Text, *, tall: bool
) -> None:
    """Name and value under a map, and the region's strongest sector; ``tall``: in two lines where
    one does not hold them."""
    west, y, east = at
    row = view.map.regions.loc[region.code]
    known = math.isfinite(row["value"])
    value = shown(view.map, row["value"], text) if known else missing_text(row["status"], text)
    face = Face(11, bold=True) if known else Face(9, italic=True)
    said, face = fitted(value, face, (east - west) * 0.6)
    wide = sheet.words(east, y - 0.19, said, face, LIGHT.text if known else LIGHT.missing,
                       align="right")  # fmt: skip
    below = _draw_name(sheet, (west, y - 0.19, east - wide - 0.1), text.name(region), tall=tall)
    quotients = view.view.quotients[region.code].dropna()
    if len(quotients):
        strongest = text(
            "Strongest: {sector} ({value})",
            sector=industry_name(view.industries[str(quotients.idxmax())], text),
            value=text.number(float(quotients.max()), 2),
        )
        lines = wrap(strongest, SMALL, east - west, lines=2) if tall else []
        if len(lines) < 2:
            line, small = fitted(strongest, SMALL, east - west)
            sheet.words(west, below - 0.15, line, small, LIGHT.second)
        else:
            sheet.lines(west, below - 0.15, lines, SMALL, LIGHT.second)


def _draw_name(sheet: Sheet, at: tuple[float, float, float], name: str, *, tall: bool) -> float:
    """Draw a region's name; returns its lowest baseline."""
    west, y, east = at
    face = Face(11, bold=True, serif=True)
    if not tall or width_of(name, face.sized(9)) <= east - west:
        said, face = fitted(name, face, east - west)
        sheet.words(west, y, said, face, LIGHT.text)
        return y
    face = face.sized(8.5)
    lines = wrap(name, face, east - west, lines=2)
    return sheet.lines(west, y, lines, face, LIGHT.text) + face.line


def _draw_figures(sheet: Sheet, box: Box, view: Any, text: Text) -> float:
    """The table of figures with the best marked."""
    west, south, east, top = box
    found = view.view
    places = [*found.regions, view.root]
    short = len(found.regions) >= _MANY
    with sheet.part("figures"):
        note = (
            "● "
            + text("Best of those compared")
            + " "
            + text("only where more, or less, is plainly better. n/a: not applicable.")
            + (" " + text("{sign}: no data.", sign=_DASH) if short else "")
        )
        y = draw_section(
            sheet, west, top, east - west, text("Figures"), note, lines=2 if short else 1
        )
    rows = []
    for one in found.figures:
        best = one.best(found.codes)
        head = Cell(compare_table.title(one, found.release, text),
                    compare_table.about(one, found.release, text))  # fmt: skip
        rows.append(
            [head, *(_figure(one, place.code, best, text, short=short) for place in places)]
        )
    heads = [text("Figure"), *(text.name(place) for place in places)]
    first = min((east - west) * (0.29 if short else 0.34), 2.4)
    return draw_table(sheet, (west, south, east, y), text("Figures of the regions compared"), heads,
                      rows, text, first=first, lowest=_ROW, tallest=0.34)  # fmt: skip


def _figure(one: Any, code: str, best: set[str], text: Text, *, short: bool) -> Cell:
    value = one.values[code]
    if math.isfinite(value):
        return Cell(compare_table.shown(one, value, text), best=code in best)
    status = one.statuses[code]
    if status == "not_applicable":
        return Cell(text("n/a"), missing=True)
    return Cell(_DASH if short else text(STATUS_NAMES[status]), missing=True)


def _draw_sectors(sheet: Sheet, box: Box, view: Any, text: Text) -> None:
    """Location quotients of the sectors in the classes of the maps."""
    west, south, east, top = box
    found = view.view
    short = len(found.regions) >= _MANY
    with sheet.part("sectors"):
        note = text(
            "Location quotients ({measure}), those that lie farthest apart first.",
            measure=measure_name(view.release, text, view.measure),
        )
        y = draw_section(sheet, west, top, east - west, text("All sectors"), note, lines=1)
    colours = ramp("diverging", len(QUOTIENT_BREAKS) + 1)
    rows = []
    for sector in found.quotients.index:
        cells = [Cell(industry_name(view.industries[str(sector)], text))]
        for code in found.codes:
            value = float(found.quotients.at[sector, code])
            if math.isfinite(value):
                fill = colours[int(np.digitize(value, QUOTIENT_BREAKS))]
                ink = readable_on(fill)
                cells.append(Cell(text.number(value, 2), fill=fill, ink=ink))
            else:
                words = missing_text(str(found.statuses.at[sector, code]), text)
                cells.append(Cell(_DASH if short else words, missing=True))
        rows.append(cells)
    head = [text("Sector"), *(text.name(region) for region in found.regions)]
    draw_table(sheet, (west, south, east, y), figure_name(view.map, text), head, rows, text,
               first=min((east - west) * 0.4, 2.2), lowest=0.175, tallest=0.26,
               gap=0.012)  # fmt: skip
