"""The imported table put in place, with what the edition remembers of it: all or nothing."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow.parquet

from atlas.ingest.contracts import TABLES
from atlas.ingest.edition import LINE, PACKAGE
from atlas.ingest.firms import GIVEN, columns_in_order
from atlas.ingest.memory import FILE, Memory
from atlas.ingest.replacing import Replacement, replacing
from atlas.ingest.report import Report

#: A table of more rows than this is written as Parquet: a tenth of the room and of the time.
MOST_CSV = 200_000


def write_table(frame: pd.DataFrame, folder: Path, memory: Memory, report: Report) -> None:
    """Write a table as it stands, without its :data:`LINE`.

    Raises DataError ``edition_unwritable``; then nothing has changed.
    """
    frame = _in_order(frame, report.table)
    with replacing(folder) as work:
        if len(frame) > MOST_CSV:
            frame.to_parquet(work.path(f"{report.table}.parquet"), index=False)
        else:
            frame.to_csv(work.path(f"{report.table}.csv"), index=False, lineterminator="\n",
                         float_format="%.15g")  # fmt: skip
        _finish(work, len(frame), memory, report)


def _in_order(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The table as it is written: without its lines, the contract's columns first."""
    frame = frame.drop(columns=LINE)
    known = [name for name in TABLES[table].schema.columns if name in frame]
    frame = frame[known + [name for name in frame if name not in known]]
    for name in TABLES[table].numbers:
        # Whole numbers without a point, in columns that hold nothing else.
        if name in frame and not (frame[name].dropna() % 1).any():
            frame[name] = frame[name].astype("Int64")
    return frame


def write_outlines(
    shapes: gpd.GeoDataFrame,
    regions: pd.DataFrame | None,
    package: Mapping[str, Any] | None,
    folder: Path,
    memory: Memory,
    report: Report,
) -> None:
    """Write the outlines by ``region_code`` as GeoParquet, and with them, where they change, the
    table of regions and the data package.

    Raises DataError ``edition_unwritable``; then nothing has changed.
    """
    with replacing(folder) as work:
        # First: outlines of regions that the edition has not yet are of no consequence.
        target = work.path(f"{report.table}.parquet")
        shapes[["geometry"]].reset_index(names="region_code").to_parquet(target)
        for ending in (".geojson", ".gpkg"):
            work.remove(f"{report.table}{ending}")
        if regions is not None:
            frame = _in_order(regions, "regions")
            frame.to_csv(work.path("regions.csv"), index=False, lineterminator="\n",
                         float_format="%.15g")  # fmt: skip
            work.remove("regions.parquet")
        if package is not None:
            text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
            work.path(PACKAGE).write_text(text, encoding="utf-8")
        _finish(work, len(shapes), memory, report)


def write_firms(ready: Path, folder: Path, memory: Memory, report: Report) -> None:
    """Write the firms of a Parquet file batch by batch; else as :func:`write_table`."""
    file = pyarrow.parquet.ParquetFile(ready)
    columns = [name for name in columns_in_order(file.schema_arrow.names) if _is_said(file, name)]
    rows = file.metadata.num_rows
    with replacing(folder) as work:
        if rows > MOST_CSV:
            schema = file.read_row_group(0, columns=columns).select(columns).schema
            schema = schema.remove_metadata()
            target = work.path("firms.parquet")
            with pyarrow.parquet.ParquetWriter(target, schema, compression="zstd") as writer:
                for batch in file.iter_batches(columns=columns):
                    writer.write_batch(batch.select(columns).replace_schema_metadata(None))
        else:
            target = work.path("firms.csv")
            frame = file.read(columns=columns).to_pandas()[columns]
            frame.to_csv(target, index=False, lineterminator="\n", float_format="%.15g")
        _finish(work, rows, memory, report)


def _is_said(file: pyarrow.parquet.ParquetFile, name: str) -> bool:
    """Whether a column is of use: some that are needed on the way stay empty."""
    if name not in ("region_code", "industry_code", "place", GIVEN):
        return True
    at = file.schema_arrow.names.index(name)
    groups = [file.metadata.row_group(number) for number in range(file.num_row_groups)]
    # By what the file says of itself: a column of ten million rows is not read for this.
    said = [(group.column(at).statistics, group.num_rows) for group in groups]
    return any(about is None or about.null_count < rows for about, rows in said)


def _finish(work: Replacement, rows: int, memory: Memory, report: Report) -> None:
    """What else changes with the table, the first that was written, and the report's last words."""
    target = next(iter(work.aside))
    other = ".csv" if target.endswith(".parquet") else ".parquet"
    if report.table in TABLES:
        # Where both lay there, the CSV would be read.
        work.remove(f"{report.table}{other}")
    _remember(memory, report)
    fetched = {"address": report.address} if report.address else {}
    memory.imports.append({
        "table": report.table, "source": report.source, **fetched, "sha256": report.digest,
        "rows": report.rows, "written": rows, "accepted": report.accepted,
        "date": datetime.datetime.now(datetime.UTC).isoformat(), "who": report.who,
    })  # fmt: skip
    work.path(FILE).write_text(memory.as_text(), encoding="utf-8")
    report.written, report.target = rows, target


def _remember(memory: Memory, report: Report) -> None:
    columns = memory.columns.setdefault(report.table, {})
    columns.update({each.header: each.field for each in report.columns if each.how != "own"})
    for kind, matches in report.matches.items():
        names = memory.names.setdefault(kind, {})
        if kind == "industries" and report.foreign:
            continue  # the same codes mean something else in the edition's own classification
        names.update({one.word: one.code for one, _ in matches
                      if one.code is not None and one.how != "finer"})  # fmt: skip
