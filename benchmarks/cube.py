"""Goal: the cube region x industry x year from 10 million firm-year rows.

Ours: :func:`atlas.ingest.cube.firm_cube`, DuckDB over a Parquet file, employment, establishments
and turnover of a million cells in order. Peer: ``pyarrow.parquet.read_table`` of the same five
columns, which only decodes them. Ours may take 1.3 times its CPU. The file holds codes as plain
text, its rows in no order within a year, as a register gives them.

A second peer keeps the codes as a dictionary (``read_dictionary``): the least that decoding can
cost. It is told, not a limit. Ratio: our CPU over the peer's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from benchmarks.running import Line, Task, turns

LIMIT = 1.3
COLUMNS = ["region_code", "industry_code", "year", "employment", "turnover"]


def _over_firms(read: Callable[[Path], object]) -> Task:
    """The whole table as a task, a few of its rows having been read before."""
    import tempfile

    import pyarrow as pa
    import pyarrow.parquet as pq

    from benchmarks.place import FIRMS

    with tempfile.TemporaryDirectory() as folder:
        few = Path(folder) / "few.parquet"
        rows = next(pq.ParquetFile(FIRMS).iter_batches(1000))
        pq.write_table(pa.Table.from_batches([rows]), few)
        read(few)
    return Task(lambda: read(FIRMS))


def ours() -> Task:
    """The atlas' own cube."""
    from atlas.ingest.cube import firm_cube

    return _over_firms(firm_cube)


def decoding() -> Task:
    """Pyarrow reading the same columns."""
    import pyarrow.parquet as pq

    return _over_firms(lambda path: pq.read_table(path, columns=COLUMNS))


def dictionary() -> Task:
    """The same, codes left as a dictionary."""
    import pyarrow.parquet as pq

    codes = COLUMNS[:2]
    return _over_firms(lambda path: pq.read_table(path, columns=COLUMNS, read_dictionary=codes))


SIDES = {"ours": ours, "decoding": decoding, "dictionary": dictionary}


def lines() -> list[Line]:
    """Our CPU against decoding, and the memory that it takes."""
    runs = turns(__name__, SIDES)
    cpu = runs["ours"].cpu
    return [
        Line("cube: CPU", cpu, "s", LIMIT, runs["decoding"].cpu, "pyarrow decoding", True),
        Line("cube: CPU", cpu, "s", None, runs["dictionary"].cpu, "pyarrow, codes as dictionary"),
        Line("cube: peak memory", runs["ours"].peak, "GB", None, runs["decoding"].peak,
             "pyarrow decoding"),
    ]  # fmt: skip
