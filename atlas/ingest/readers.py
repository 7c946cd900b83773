"""From a file of any kind to one plain grid: every cell as text, in Parquet, row by row.

A grid has the columns ``line`` (the row as a spreadsheet numbers it), ``cells`` (how many cells
the file has in that row), and for each column of the file its text (``c0``, ``c1`` ...; empty is
missing, without blanks around) and whether it was stored as a number (``n0`` ...), whose decimal
sign is then a point. Memory stays that of a batch, whatever the length of the file; only what
spreadsheets hold is read as a whole.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet
from python_calamine import CalamineError, CalamineWorkbook

from atlas.errors import DataError, unknown
from atlas.ingest import letters
from atlas.ingest.source import MOST_COLUMNS, MOST_LETTERS, MOST_ROWS

BATCH = 50_000

Row = tuple[int, list[Any]]


class Writer:
    """Writes a grid of ``width`` columns; ``rows`` counts them."""

    def __init__(self, path: Path, name: str, width: int) -> None:
        if width > MOST_COLUMNS:
            raise DataError("source_wide", path=name, count=width, most=MOST_COLUMNS)
        self.name, self.width, self.rows = name, width, 0
        fields = [("line", pa.int32()), ("cells", pa.int32())]
        for number in range(width):
            fields += [(f"c{number}", pa.string()), (f"n{number}", pa.bool_())]
        self._schema = pa.schema(fields)
        self._file = pyarrow.parquet.ParquetWriter(path, self._schema, compression="zstd")

    def write(self, lines: list[int], cells: list[int], columns: list[tuple[Any, Any]]) -> None:
        """Add a batch: each column as (text, stored as a number)."""
        self.rows += len(lines)
        if self.rows > MOST_ROWS:
            raise DataError("source_long", path=self.name, most=MOST_ROWS)
        arrays = [pa.array(lines, pa.int32()), pa.array(cells, pa.int32())]
        for text, number in columns:
            arrays += [_plain(text), number]
        for _ in range(len(columns), self.width):
            arrays += [pa.nulls(len(lines), pa.string()), pa.nulls(len(lines), pa.bool_())]
        self._file.write_table(pa.table(arrays, schema=self._schema))

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def _plain(text: Any) -> Any:
    """Cells without blanks around them, empty ones missing."""
    trimmed = pc.utf8_trim_whitespace(text)
    empty = pc.equal(trimmed, "")
    if pc.any(empty).as_py():
        trimmed = pc.if_else(empty, pa.scalar(None, pa.string()), trimmed)
    return trimmed


# --- text ----------------------------------------------------------------------------------


def text(
    path: Path, out: Path, name: str, encoding: str | None, separator: str | None
) -> dict[str, Any]:
    """CSV, TSV and the like; says the ``encoding`` and ``separator`` that it is read by.

    Raises DataError ``source_binary``, ``source_letters`` (bytes that the encoding does not have),
    ``source_quotes`` (a quotation that does not end: the file is cut off), ``source_wide``.
    """
    encoding = encoding or letters.find_encoding(path, name)
    separator = separator or letters.find_separator(path, encoding)
    csv.field_size_limit(MOST_LETTERS * 4)
    try:
        with path.open(encoding=encoding, newline="") as file:
            rows = _without_nul(file, name)
            _write_rows(csv.reader(rows, delimiter=separator, strict=True), out, name)
    except csv.Error as error:
        raise DataError("source_quotes", path=name, reason=str(error)) from error
    except (UnicodeError, LookupError) as error:
        raise DataError("source_letters", path=name, encoding=encoding) from error
    return {"encoding": encoding, "separator": separator}


def _without_nul(lines: Iterable[str], name: str) -> Iterator[str]:
    for line in lines:
        if "\x00" in line:
            raise DataError("source_binary", path=name, value="NUL")
        yield line


def _write_rows(rows: Iterable[list[str]], out: Path, name: str) -> None:
    writer: Writer | None = None
    line = 0
    for batch in _batches(rows):
        cells = [len(row) for row in batch]
        # The head of a file says how wide it is; a longer row further down is an error of its own.
        writer = writer or Writer(out, name, max(cells[:5000]))
        columns = list(zip_longest(*batch, fillvalue=None))[: writer.width]
        stored = pa.array([False] * len(batch), pa.bool_())
        texts = [(pa.array(column, pa.string()), stored) for column in columns]
        writer.write(list(range(line + 1, line + len(batch) + 1)), cells, texts)
        line += len(batch)
    if writer is None:
        raise DataError("source_empty", path=name)
    writer.close()


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


# --- spreadsheets --------------------------------------------------------------------------


def sheet(path: Path, out: Path, name: str, wanted: str | None, table: str) -> dict[str, Any]:
    """A sheet of XLSX, XLS or ODS: the one ``wanted``, else one called like the table, else the
    first with any cells. Values as they were last computed; says the ``sheet`` and all ``sheets``.

    Raises DataError ``source_truncated``, ``source_empty``; ChoiceError ``unknown_sheet``.
    """
    try:
        with CalamineWorkbook.from_path(path) as book:
            names = book.sheet_names
            if wanted is not None and wanted not in names:
                raise unknown("sheet", wanted, names)
            own = [each for each in names if each.casefold() == table.casefold()]
            for each in [wanted] if wanted else own or names:
                found = book.get_sheet_by_name(each)
                if found.height:
                    _write_sheet(found, out, name)
                    return {"sheet": each, "sheets": names}
    except (CalamineError, OSError, ValueError) as error:
        raise DataError("source_truncated", path=name) from error
    raise DataError("source_empty", path=name)


def _write_sheet(found: Any, out: Path, name: str) -> None:
    writer = Writer(out, name, found.width)
    line = 0  # rows are given from the first of the sheet, whatever stands in them
    for batch in _batches(found.iter_rows()):
        columns = []
        for column in zip_longest(*batch, fillvalue=None):
            texts = pa.array([_cell(value) for value in column], pa.string())
            columns.append((texts, pa.array([_is_number(value) for value in column], pa.bool_())))
        cells = [sum(1 for value in row if value != "") for row in batch]
        writer.write(list(range(line + 1, line + len(batch) + 1)), cells, columns)
        line += len(batch)
    writer.close()


def _cell(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value[:MOST_LETTERS] if value else None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


# --- Parquet -------------------------------------------------------------------------------


def parquet(path: Path, out: Path, name: str) -> dict[str, Any]:
    """A Parquet file, its columns' names as the first row.

    Raises DataError ``source_truncated``, ``source_wide``, ``source_nested``.
    """
    try:
        file = pyarrow.parquet.ParquetFile(path)
        names = file.schema_arrow.names
        writer = Writer(out, name, len(names))
        stored = pa.array([False], pa.bool_())
        writer.write([1], [len(names)], [(pa.array([each]), stored) for each in names])
        line = 1
        for batch in file.iter_batches(BATCH):
            columns = [as_text(column, name) for column in batch.columns]
            lines = list(range(line + 1, line + batch.num_rows + 1))
            writer.write(lines, [len(names)] * batch.num_rows, columns)
            line += batch.num_rows
        writer.close()
    except (pa.ArrowException, OSError) as error:
        raise DataError("source_truncated", path=name) from error
    return {}


def as_text(column: Any, name: str) -> tuple[Any, Any]:
    """A column of Arrow as the text of a grid, and which cells were stored as numbers.

    Raises DataError ``source_nested``.
    """
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if pa.types.is_nested(kind) or pa.types.is_binary(kind):
        raise DataError("source_nested", path=name, value=str(kind))
    number = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)
    if pa.types.is_floating(kind) and kind != pa.float64():
        column = column.cast(pa.float64())
    text = column.cast(pa.string())
    if number:
        # A code that is stored as the number 7.0 is 7.
        text = pc.replace_substring_regex(text, r"^(-?\d+)\.0+$", r"\1")
    return text, pa.array([number] * len(column), pa.bool_())
