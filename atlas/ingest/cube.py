"""From a table of firms to cells: the cube region x industry x year, added up by DuckDB."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from atlas.config import settings
from atlas.errors import DataError
from atlas.store import database

_CODES = ("region_code", "industry_code")
#: Sums of these are exact; a column with decimals would lose them without a word.
_WHOLE = ("year", "employment", "turnover")


def firm_cube(
    path: Path, *, threads: int | None = None, memory_limit: str | None = None
) -> pa.Table:
    """The cells of a table of firms: a Parquet file with one row per firm (or establishment) and
    year, of any size.

    Columns and grain as ``queries/cube/firms.sql`` says: region_code, industry_code, year,
    employment and turnover (sums, in the table's own units), establishments (number of rows), in
    the order of the first three. Missing is not zero: a sum is over the rows that have an answer,
    and missing where none has. Rows without a region or an industry keep their own cells, so that
    the establishments of all cells are the rows of the table.
    ``threads`` and ``memory_limit`` are DuckDB's, else those of the settings; what does not fit
    goes to a temporary folder. Raises DataError ``table_unreadable``, ``table_without`` (a column)
    and ``table_not_whole`` (a column that does not hold whole numbers).
    """
    _check(path)
    with tempfile.TemporaryDirectory() as overflow:
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": threads or settings().threads,
            "memory_limit": memory_limit or settings().memory_limit,
            "temp_directory": overflow,
        }
        with duckdb.connect(config=config) as connection:
            asked = database.query("cube/firms").sql
            return connection.sql(asked, params={"path": str(path)}).to_arrow_table()


def _check(path: Path) -> None:
    try:
        schema = pq.read_schema(path)
    except (OSError, pa.ArrowException) as error:
        reason = " ".join(str(error).split())
        raise DataError("table_unreadable", path=path, reason=reason) from error
    for column in (*_CODES, *_WHOLE):
        if column not in schema.names:
            raise DataError("table_without", path=path, column=column)
        kind = schema.field(column).type
        # An all-empty column has no type of its own.
        if column in _WHOLE and not (pa.types.is_integer(kind) or pa.types.is_null(kind)):
            raise DataError("table_not_whole", path=path, column=column)
