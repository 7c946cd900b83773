"""Goal: the cube region x industry x year from 10 million firm-year rows, nearly for their decoding.

Ours: :func:`atlas.ingest.cube.firm_cube`, DuckDB over a Parquet file, employment, establishments
and turnover of a million cells in order. Peer: ``pyarrow.parquet.read_table`` of the same five
columns, which only decodes them. Ours may take 1.3 times its CPU. The file holds codes as plain
text, its rows in no order within a year, as a register gives them.

A second peer keeps the codes as a dictionary (``read_dictionary``): the least that decoding can
cost. It is told, not a limit. Ratio: our CPU over the peer's.
"""

from __future__ import annotations

from benchmarks.running import Line, Task, turns

LIMIT = 1.3
COLUMNS = ["region_code", "industry_code", "year", "employment", "turnover"]


def ours() -> Task:
    """The atlas' own cube."""
    from atlas.ingest.cube import firm_cube
    from benchmarks.files import FIRMS

    return Task(lambda: firm_cube(FIRMS))


def decoding() -> Task:
    """Pyarrow reading the same columns."""
    import pyarrow.parquet

    from benchmarks.files import FIRMS

    return Task(lambda: pyarrow.parquet.read_table(FIRMS, columns=COLUMNS))


def dictionary() -> Task:
    """The same, codes left as a dictionary."""
    import pyarrow.parquet

    from benchmarks.files import FIRMS

    return Task(
        lambda: pyarrow.parquet.read_table(FIRMS, columns=COLUMNS, read_dictionary=COLUMNS[:2])
    )


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
