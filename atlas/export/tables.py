"""A view's data as a workbook: figures, what they mean, and where they come from."""

from __future__ import annotations

import io
import math
from datetime import datetime
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from atlas.export import data
from atlas.export.formats import format_
from atlas.figures import captions, titles
from atlas.figures.legends import count_text, legend
from atlas.figures.palette import LIGHT
from atlas.model import MapShapes, MapView, Release, mark
from atlas.names import STATUS_NAMES
from atlas.text import Text

#: Number formats by unit: the cells stay numbers, each reader's program sets them its way.
MANNERS = {"ratio": "0.00", "share": "0.0%", "change": "+0%;-0%;0%"}
#: Most that a cell of a workbook holds.
MOST = 32_000


@format_("xlsx", title=mark("Workbook (XLSX)"), kind="data")
def xlsx(view: MapView, shapes: MapShapes, text: Text) -> bytes:  # noqa: ARG001
    """Three sheets: data, notes, sources. Numbers are numbers; no word becomes a formula."""
    target = io.BytesIO()
    # Nothing is guessed from words: each cell is written as what it is.
    book = Workbook(target, {"in_memory": True})
    built = datetime.fromisoformat(str(view.release.manifest["built"])).replace(tzinfo=None)
    book.set_properties(
        {
            "title": titles.title(view, text)[:255],
            "subject": titles.subtitle(view, text)[:255],
            "author": "Cluster atlas",
            "created": built,
        }
    )
    styles = {
        "head": book.add_format({"bold": True, "bg_color": LIGHT.table_head, "text_wrap": True}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "bold": book.add_format({"bold": True, "valign": "top"}),
    }
    _data(book, view, text, styles)
    write_pairs(book, text("Notes"), _notes(view, text), styles)
    write_sources(book, view.release, text, styles)
    book.close()
    return target.getvalue()


def _data(book: Workbook, view: MapView, text: Text, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet(text("Data"))
    frame = data.rows(view, text).drop(columns=["unit", "source", "release"])
    names = headings(view, text)
    manners = {name: book.add_format({"num_format": how}) for name, how in MANNERS.items()}
    amount = book.add_format({"num_format": "#,##0.##"})
    units = {"value": view.metric.unit, **COMPANION_UNITS}
    for across, name in enumerate(frame.columns):
        sheet.write_string(0, across, names.get(name, name), styles["head"])
        sheet.set_column(across, across, 30 if name == "region" else 16)
        for down, value in enumerate(frame[name], 1):
            if pd.api.types.is_numeric_dtype(frame[name]):
                whole = name in ("year", "clusters")
                style = None if whole else manners.get(units.get(name, ""), amount)
                write_number(sheet, down, across, value, style)
            elif isinstance(value, str):
                words = text(STATUS_NAMES[value]) if name.endswith("status") else value
                sheet.write_string(down, across, words[:MOST])
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)


COMPANION_UNITS = {
    "location_quotient": "ratio", "size": "share", "focus": "share", "growth": "change",
}  # fmt: skip


def write_number(sheet: Worksheet, down: int, across: int, value: float, style: Any) -> None:
    """A number; what is missing leaves its cell empty, which is not zero."""
    if math.isfinite(value):
        sheet.write_number(down, across, value, style)


def headings(view: MapView, text: Text) -> dict[str, str]:
    """What the columns of the rows are called, by name."""
    figure, status = captions.figure_name(view, text), mark("{figure}: status")
    country = text.name(view.root)
    amount = captions.measure_title(view, text, view.measure)
    growth = text("{figure} since {year}", figure=text("Growth"), year=view.since)
    figures = {
        "value": figure if view.metric.unit != "amount" else amount,
        "location_quotient": text("Location quotient"),
        "amount": amount,
        "size": text("Share of the sector in {country}", country=country),
        "focus": text("Share of the region’s total"),
        "growth": growth,
        "turnover": captions.measure_title(view, text, "turnover"),
    }
    statuses = {f"{name}_status": text(status, figure=said) for name, said in figures.items()}
    return {
        **figures,
        **statuses,
        "status": text(status, figure=figures["value"]),
        "region_code": text("Code of the region"),
        "region": text("Region"),
        "industry_code": text("Code of the sector"),
        "industry": text("Sector"),
        "year": text("Year"),
        "figure": text("Figure"),
        "measure": text("Counted"),
        "class": text("Class"),
        "clusters": text("Clusters published"),
    }


def _notes(view: MapView, text: Text) -> list[tuple[str, str]]:
    said = data.about(view, text)
    classes = [
        (f"{text('Class')}: {entry.label}", count_text(entry.count or 0, text))
        for entry in legend(view, text)
        if entry.size is None
    ]
    return [
        (text("Title"), said["Title"]),
        (text("Figure"), said["Description"]),
        (text("Choices"), said["Choices"]),
        *classes,
        (text("Notes"), said["Notes"]),
        (text("Source"), said["Source"]),
        (text("Year"), str(view.year)),
        (text("Release"), view.release.release_id),
    ]


def write_sources(
    book: xlsxwriter.Workbook, release: Release, text: Text, styles: dict[str, Any]
) -> None:
    """Add the sheet of the release's sources."""
    pairs = [(title, "; ".join(facts)) for title, facts in captions.sources_of(release, text)]
    write_pairs(book, text("Sources"), pairs, styles)


def write_pairs(
    book: xlsxwriter.Workbook, name: str, pairs: list[tuple[str, str]], styles: dict[str, Any]
) -> None:
    """Add a sheet of that name with two columns of words."""
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 110)
    for down, (head, words) in enumerate(pairs):
        sheet.write_string(down, 0, head[:MOST], styles["bold"])
        sheet.write_string(down, 1, words[:MOST], styles["wrap"])
