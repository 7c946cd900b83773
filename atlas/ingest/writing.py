"""The imported table put in place, with what the edition remembers of it: all or nothing."""

from __future__ import annotations

import datetime
from pathlib import Path

import pandas as pd
import pyarrow.parquet

from atlas.ingest.contracts import TABLES
from atlas.ingest.edition import LINE
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
    frame = frame.drop(columns=LINE)
    known = [name for name in TABLES[report.table].schema.columns if name in frame]
    frame = frame[known + [name for name in frame if name not in known]]
    for name in TABLES[report.table].numbers:
        # Whole numbers without a point, in columns that hold nothing else.
        if name in frame and not (frame[name].dropna() % 1).any():
            frame[name] = frame[name].astype("Int64")
    with replacing(folder) as work:
        if len(frame) > MOST_CSV:
            frame.to_parquet(work.path(f"{report.table}.parquet"), index=False)
        else:
            frame.to_csv(work.path(f"{report.table}.csv"), index=False, lineterminator="\n",
                         float_format="%.15g")  # fmt: skip
        _finish(work, len(frame), memory, report)


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
    column = file.read(columns=[name])[name]
    return bool(column.null_count < len(column))


def _finish(work: Replacement, rows: int, memory: Memory, report: Report) -> None:
    """What else changes with the table, and the report's last words."""
    (target,) = work.aside
    other = ".csv" if target.endswith(".parquet") else ".parquet"
    # Where both lay there, the CSV would be read.
    work.remove(f"{report.table}{other}")
    _remember(memory, report)
    memory.imports.append({
        "table": report.table, "source": report.source, "sha256": report.digest,
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
        names.update({one.word: one.code for one, _ in matches
                      if one.code is not None and one.how != "finer"})  # fmt: skip
