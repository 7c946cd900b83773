"""A grid that was read: its header, and its rows batch by batch, never all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from atlas.errors import DataError

BATCH = 50_000


@dataclass(frozen=True)
class Grid:
    """A grid in Parquet (:mod:`atlas.ingest.readers`) with its header in the row ``header``; of its
    rows those that hold the values of ``only`` in these columns."""

    path: Path
    header: int
    headers: tuple[str, ...]
    only: Mapping[int, str] = field(default_factory=dict)

    def batches(self) -> Iterator[Any]:
        """The rows below the header as Arrow tables; blank ones and lone cells (titles, notes) are
        left out."""
        for batch in _raw(self.path):
            below = pc.greater(batch["line"], self.header)
            rows = batch.filter(below)
            for place, value in self.only.items():
                rows = rows.filter(pc.equal(rows[f"c{place}"], value))
            if rows.num_rows:
                yield rows.filter(pc.greater(filled(rows, len(self.headers)), self._least))

    def words(self, place: int) -> set[str]:
        """The values of a column below the header."""
        found: set[str] = set()
        for batch in _raw(self.path, ["line", f"c{place}"]):
            rows = batch.filter(pc.greater(batch["line"], self.header))
            found |= set(pc.unique(rows[f"c{place}"].drop_null()).to_pylist())
        return found

    def lone(self) -> Iterator[tuple[int, str]]:
        """The rows below the header that hold one cell alone: line and its text."""
        if not self._least:
            return
        for batch in _raw(self.path):
            rows = batch.filter(pc.greater(batch["line"], self.header))
            if rows.num_rows:
                rows = rows.filter(pc.equal(filled(rows, len(self.headers)), 1))
                for row in rows.to_pylist():
                    cells = [row[f"c{place}"] for place in range(len(self.headers))]
                    yield row["line"], next(cell for cell in cells if cell is not None)

    def ragged(self) -> Iterator[tuple[int, int]]:
        """Rows with more cells than the header, or (of text) fewer but more than one: line and
        number of cells."""
        width = self.width
        for batch in _raw(self.path, ["line", "cells"]):
            rows = batch.filter(pc.greater(batch["line"], self.header))
            cells = rows["cells"]
            short = pc.and_(pc.less(cells, width), pc.greater(cells, 1))
            for row in rows.filter(pc.or_(pc.greater(cells, width), short)).to_pylist():
                yield row["line"], row["cells"]

    @property
    def _least(self) -> int:
        return 1 if sum(bool(each) for each in self.headers) > 1 else 0

    @property
    def width(self) -> int:
        """How many cells the header has, empty ones at its end included."""
        for batch in _raw(self.path, ["line", "cells"]):
            found = batch.filter(pc.equal(batch["line"], self.header))["cells"].to_pylist()
            if found:
                return int(found[0])
        return len(self.headers)


def filled(rows: Any, width: int) -> Any:
    """How many of a row's cells are filled."""
    count = pa.array([0] * rows.num_rows, pa.int32())
    for place in range(width):
        count = pc.add(count, pc.cast(pc.is_valid(rows[f"c{place}"]), pa.int32()))
    return count


def first_rows(path: Path, most: int) -> list[tuple[int, list[str | None]]]:
    """The first rows of a grid as (line, cells); blank ones are left out.

    Raises DataError ``source_empty`` when there are none.
    """
    file = pyarrow.parquet.ParquetFile(path)
    places = [name for name in file.schema_arrow.names if name[0] == "c" and name[1:].isdigit()]
    for batch in _raw(path, ["line", *places]):
        rows = [(row["line"], [row[place] for place in places]) for row in batch[:most].to_pylist()]
        found = [(line, cells) for line, cells in rows if any(cell is not None for cell in cells)]
        if found:
            return found
    raise DataError("source_empty", path=path.name)


def _raw(path: Path, columns: list[str] | None = None) -> Iterator[Any]:
    file = pyarrow.parquet.ParquetFile(path)
    for batch in file.iter_batches(BATCH, columns=columns):
        yield pa.Table.from_batches([batch])
