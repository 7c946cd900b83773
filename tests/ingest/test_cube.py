"""The cube of a table of firms, by hand: every row once, and missing is not zero."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from atlas.errors import DataError
from atlas.ingest.cube import firm_cube
from atlas.store import database

COLUMNS = ("firm_id", "region_code", "industry_code", "year", "employment", "turnover")
ROWS = [
    # Three firms in one cell, one of them silent about its turnover.
    (1, "XT-S", "A", 2020, 10, 100),
    (2, "XT-S", "A", 2020, 5, None),
    (3, "XT-S", "A", 2020, 0, 50),
    # The same firm in the year after, and with a second establishment elsewhere.
    (1, "XT-S", "A", 2021, 12, 110),
    (1, "XT-N", "A", 2021, 3, 20),
    # A cell where nobody answered, and one whose only answer is zero.
    (4, "XT-N", "C", 2020, None, None),
    (5, "XT-N", "C", 2020, None, None),
    (6, "XT-N", "C", 2021, 0, 0),
    # Without a region, without an industry, without either.
    (7, None, "A", 2020, 7, 70),
    (8, None, "A", 2020, None, 5),
    (9, "XT-S", None, 2020, 1, 1),
    (10, None, None, 2020, 2, 2),
]
CELLS = [
    ("XT-N", "A", 2021, 3, 1, 20),
    ("XT-N", "C", 2020, None, 2, None),
    ("XT-N", "C", 2021, 0, 1, 0),
    ("XT-S", "A", 2020, 15, 3, 150),
    ("XT-S", "A", 2021, 12, 1, 110),
    ("XT-S", None, 2020, 1, 1, 1),
    (None, "A", 2020, 7, 2, 75),
    (None, None, 2020, 2, 1, 2),
]


def write(path: Path, rows: list[tuple[Any, ...]], **kinds: pa.DataType) -> Path:
    """The rows as Parquet; ``kinds`` are types other than Arrow's own guess."""
    columns = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True))
    pq.write_table(pa.table({n: pa.array(c, kinds.get(n)) for n, c in columns.items()}), path)
    return path


def cells(table: pa.Table) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in table.to_pylist()]


def test_the_cube_by_hand(tmp_path: Path) -> None:
    found = firm_cube(write(tmp_path / "firms.parquet", ROWS))
    assert tuple(found.column_names) == database.query("cube/firms").columns
    assert cells(found) == CELLS
    assert sum(found["establishments"].to_pylist()) == len(ROWS)


def test_sums_are_whole_numbers(tmp_path: Path) -> None:
    found = firm_cube(write(tmp_path / "firms.parquet", ROWS))
    for column in ("employment", "establishments", "turnover"):
        assert found.schema.field(column).type == pa.int64()


def test_sums_beyond_what_a_float_holds_are_exact(tmp_path: Path) -> None:
    large = 2**53
    rows = [(1, "XT-S", "A", 2020, 1, large), (2, "XT-S", "A", 2020, 1, 1)]
    found = firm_cube(write(tmp_path / "firms.parquet", rows))
    assert cells(found) == [("XT-S", "A", 2020, 2, 2, large + 1)]


def test_neither_the_order_of_rows_nor_how_the_file_is_written_matters(tmp_path: Path) -> None:
    rows = ROWS * 50
    random.Random(1).shuffle(rows)
    words = pa.dictionary(pa.int32(), pa.string())
    path = write(tmp_path / "firms.parquet", rows, region_code=words, industry_code=words)
    pq.write_table(pq.read_table(path), path, row_group_size=7)

    def fifty(amount: int | None) -> int | None:
        return None if amount is None else 50 * amount

    expected = [(*cell[:3], *map(fifty, cell[3:])) for cell in CELLS]
    for threads in (1, 2):
        found = firm_cube(path, threads=threads, memory_limit="200MB")
        assert cells(found) == expected


def test_a_column_without_any_answer(tmp_path: Path) -> None:
    rows = [(1, "XT-S", "A", 2020, 4, None), (2, "XT-S", "A", 2020, 6, None)]
    for kind in (pa.null(), pa.int64()):
        path = write(tmp_path / "firms.parquet", rows, turnover=kind)
        assert cells(firm_cube(path)) == [("XT-S", "A", 2020, 10, 2, None)]


def test_what_cannot_be_added_up_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "firms.parquet", ROWS, turnover=pa.float64())
    with pytest.raises(DataError) as raised:
        firm_cube(path)
    assert (raised.value.kind, raised.value.facts["column"]) == ("table_not_whole", "turnover")
    pq.write_table(pq.read_table(path).drop_columns("industry_code"), path)
    with pytest.raises(DataError) as raised:
        firm_cube(path)
    assert (raised.value.kind, raised.value.facts["column"]) == ("table_without", "industry_code")
    path.write_text("no parquet", encoding="utf-8")
    for broken in (path, tmp_path / "nowhere.parquet"):
        with pytest.raises(DataError) as raised:
            firm_cube(broken)
        assert raised.value.kind == "table_unreadable"
        assert raised.value.facts["path"] == broken
