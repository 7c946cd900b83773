"""Files of views that are no map, in every format that makes sense for them.

A map of regions is what HTML is of: it is not offered here. GeoPackage and GeoParquet are of views
whose first table has a row for every region (:data:`OF_REGIONS`).
Modules of formats are taken whole: whichever of them is imported first brings all.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from xlsxwriter import Workbook

from atlas.errors import ExportError
from atlas.export import data, pdf, plate_slides, png, svg, tables
from atlas.export.about import AUTHOR
from atlas.export.plates import PLATES, Table, draw_plate
from atlas.export.stored import KEY
from atlas.figures.palette import LIGHT
from atlas.figures.profile_words import Words, words_of
from atlas.figures.sheet import Sheet
from atlas.model import MapShapes
from atlas.names import STATUS_NAMES
from atlas.snapshot import ONE_MAP, Snapshot
from atlas.text import Text


@dataclass(frozen=True)
class _Order:
    """What a file is to be made of."""

    snapshot: Snapshot
    view: Any
    shapes: MapShapes
    text: Text
    link: str | None

    def sheet(self) -> Sheet:
        """The drawing."""
        return draw_plate(
            self.snapshot.view, self.view, self.shapes, self.text, size=self.snapshot.size,
            link=self.link,
        )  # fmt: skip

    def words(self) -> Words:
        """What stands around it."""
        return words_of(self.snapshot.view, self.view, self.text)

    def tables(self) -> list[Table]:
        """The tables that hold anything."""
        every = [
            table
            for table in PLATES[self.snapshot.view].tables(self.view, self.text)
            if not table.only_slides
        ]
        return [table for table in every if len(table.frame)] or every[:1]


def formats_of(view: str, known: Mapping[str, Any]) -> list[str]:
    """The names of the formats that a view can be written as, of all that are known."""
    return [
        name
        for name, form in known.items()
        if (form.kind == "document" and view != "discovery")
        or (form.kind != "document" and (view in ONE_MAP or name in _files(view)))
    ]


def _files(view: str) -> set[str]:
    return set(_FILES) - (set() if view in OF_REGIONS else _SHAPED)


def check_format(form: str, view: str, known: Mapping[str, Any]) -> None:
    """Raise ExportError ``format_not_for``, which says which there are, for a format that a view
    cannot be written as."""
    offered = formats_of(view, known)
    if form not in offered:
        raise ExportError(
            "format_not_for", format=form, view=view, known=", ".join(sorted(offered))
        )


def make_plate(
    snapshot: Snapshot, form: str, view: Any, shapes: MapShapes, *, link: str | None = None
) -> bytes:
    """The file of a view that is no map; see :func:`atlas.export.formats.make`."""
    return _FILES[form](_Order(snapshot, view, shapes, Text(snapshot.language), link))


def _png(order: _Order) -> bytes:
    words = order.words()
    said = {"Title": words.title, "Source": words.sources, "Software": AUTHOR}
    return png.paint(order.sheet(), said, transparent=order.snapshot.transparent)


def _svg(order: _Order) -> bytes:
    words = order.words()
    said = {
        "title": words.title,
        "description": words.description,
        "creator": AUTHOR,
        "source": words.sources,
        "subject": ", ".join(words.keywords),
        "language": order.text.language,
    }
    asked = order.snapshot
    return svg.paint(
        order.sheet(), said, transparent=asked.transparent, text_as_paths=asked.text_as_paths
    )


def _pdf(order: _Order) -> bytes:
    words = order.words()
    said = {
        "title": words.title,
        "subject": words.description,
        "keywords": ", ".join(words.keywords),
        "language": order.text.language,
    }
    return pdf.paint([order.sheet()], said, text_as_paths=order.snapshot.text_as_paths)


def _pptx(order: _Order) -> bytes:
    return plate_slides.plate_pptx(
        order.snapshot.view, order.view, order.shapes, order.text, link=order.link
    )


def _flat(order: _Order) -> pd.DataFrame:
    """All tables as one, with the name of each row's table before it, the sources and release
    behind it."""
    words = order.words()
    frames = [table.frame.astype(object).assign(table=table.name) for table in order.tables()]
    whole = pd.concat(frames, ignore_index=True)
    columns = ["table", *(name for name in whole.columns if name != "table")]
    return whole[columns].assign(source=words.sources, release=order.view.release.release_id)


def _csv(order: _Order) -> bytes:
    return data.plain_csv(_flat(order))


def _csv_escaped(order: _Order) -> bytes:
    return data.escaped_csv(_flat(order))


def _json(order: _Order) -> bytes:
    """The snapshot, the words around it, and its tables."""
    words = order.words()
    found = {
        "snapshot": order.snapshot.as_data(),
        "title": words.title,
        "description": words.subtitle,
        "choices": words.shown,
        "source": words.sources,
        "notes": words.notes,
        "software": AUTHOR,
        "tables": {table.name: _records(table.frame) for table in order.tables()},
    }
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _features(order: _Order) -> tuple[gpd.GeoDataFrame, dict[str, str]]:
    """The rows of the first table with their regions' shapes, and the words around them."""
    words = order.words()
    rows = order.tables()[0].frame.assign(
        source=words.sources, release=order.view.release.release_id
    )
    said = {
        "Title": words.title, "Description": words.subtitle, "Choices": words.shown,
        "Source": words.sources, "Notes": words.notes, "Software": AUTHOR,
        KEY: order.snapshot.to_json(),
    }  # fmt: skip
    return data.features(rows, order.shapes), said


def _gpkg(order: _Order) -> bytes:
    return data.write_gpkg(*_features(order))


def _parquet(order: _Order) -> bytes:
    return data.write_parquet(*_features(order))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object)
    return [
        {name: None if pd.isna(value) else value for name, value in row.items()}
        for row in plain.where(plain.notna(), None).to_dict("records")
    ]


def _xlsx(order: _Order) -> bytes:
    """A sheet for each table, then notes and sources. No word becomes a formula."""
    words, target, view, text = order.words(), io.BytesIO(), order.view, order.text
    book = Workbook(target, {"in_memory": True})
    built = datetime.fromisoformat(str(view.release.manifest["built"])).replace(tzinfo=None)
    about = {"title": words.title[:255], "subject": words.subtitle[:255], "author": AUTHOR}
    book.set_properties({**about, "created": built})
    styles = {
        "head": book.add_format({"bold": True, "bg_color": LIGHT.table_head, "text_wrap": True}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "bold": book.add_format({"bold": True, "valign": "top"}),
    }
    manners = {unit: book.add_format({"num_format": how}) for unit, how in tables.MANNERS.items()}
    manners["amount"] = book.add_format({"num_format": "#,##0.##"})
    for number, table in enumerate(order.tables()):
        _write_table(book, table, number, styles, manners, text)
    tables.write_pairs(book, text("Notes"), _notes(words, view, text), styles)
    tables.write_sources(book, view.release, text, styles)
    book.close()
    return target.getvalue()


def _write_table(
    book: Any, table: Table, number: int, styles: dict[str, Any], manners: dict[str, Any],
    text: Text,
) -> None:  # fmt: skip
    # Names of sheets may not hold some signs: the fixed word serves where the title has them.
    sheet = book.add_worksheet(text("Data") if number == 0 else f"{text('Data')} {number + 1}")
    frame = table.frame
    for across, name in enumerate(frame.columns):
        column, unit = frame[name], table.units.get(name)
        words = pd.api.types.is_object_dtype(column) or pd.api.types.is_string_dtype(column)
        sheet.write_string(0, across, table.heads.get(name, name), styles["head"])
        sheet.set_column(across, across, 30 if words else 16)
        for down, value in enumerate(column, 1):
            if isinstance(value, str):
                said = text(STATUS_NAMES[value]) if name.endswith("status") else value
                sheet.write_string(down, across, said[: tables.MOST])
            elif isinstance(value, (int, float, np.number)):
                tables.write_number(sheet, down, across, float(value), manners.get(unit or ""))
    sheet.freeze_panes(1, 0)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)


def _notes(words: Words, view: Any, text: Text) -> list[tuple[str, str]]:
    year = [(text("Year"), str(view.year))] if view.year else []
    return [
        (text("Title"), words.title),
        (text("Figure"), words.subtitle),
        (text("Choices"), words.shown),
        (text("Notes"), words.notes),
        (text("Source"), words.sources),
        *year,
        (text("Release"), view.release.release_id),
    ]


_FILES: Mapping[str, Callable[[_Order], bytes]] = {
    "png": _png,
    "svg": _svg,
    "pdf": _pdf,
    "pptx": _pptx,
    "xlsx": _xlsx,
    "csv": _csv,
    "csv-escaped": _csv_escaped,
    "json": _json,
    "gpkg": _gpkg,
    "parquet": _parquet,
}
#: Those that have the shapes of regions, and the views that they are of.
_SHAPED = {"gpkg", "parquet"}
OF_REGIONS = frozenset({"maps"})
