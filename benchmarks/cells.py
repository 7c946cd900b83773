"""Goal: every figure and rule of the atlas for 2.5 million cells in 3 s of CPU.

Ours: :func:`atlas.metrics.measure` for each registered metric over a table of terms (3,107 regions
x 600 industries x 10 years, employment), values and statuses. Peers: the same in polars, written as
a good hand would (``peers/polars_cells.py``): ours may not take more CPU; and the loop with pandas
``apply`` for each industry and year (``peers/pandas_cells.py``): at least 30 times ours. That loop
is timed on the last year and multiplied by the number of years.

All sides begin with the terms in memory in their own form and end with every figure in memory. Ours
and polars take them in the parts in which the build computes a release, a measure and a year at a
time: either is cheaper so than over the whole grid at once (polars 1.1 s, where it took 1.25 s).
Ratio: our CPU over the peer's, so below 1 ours is cheaper; 1/30 = 0.033 is thirty times cheaper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.running import Line, Task, turns

if TYPE_CHECKING:
    import pandas as pd

LIMIT, LOOP = 3.0, 30
#: Cells on which a side warms up.
FEW = 1000


def compute(terms: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Every registered metric over a part's terms: the one place where the atlas is called."""
    from atlas.metrics import METRICS, measure
    from atlas.metrics.registry import Work

    work = Work(terms)
    return {name: measure(name, work) for name in METRICS}


def ours() -> Task:
    """The atlas' own code, part by part."""
    import pandas as pd

    from benchmarks.place import TERMS

    terms = pd.read_parquet(TERMS)
    parts = [part.copy() for _, part in terms.groupby("year")]
    compute(terms.head(FEW))
    return Task(lambda: [compute(part) for part in parts])


def polars() -> Task:
    """One lazy query for each part, on all cores."""
    import polars

    from benchmarks.peers import polars_cells
    from benchmarks.place import TERMS

    terms = polars_cells.prepare(polars.read_parquet(TERMS))
    parts = terms.partition_by("year", maintain_order=True)
    polars_cells.figures(terms.head(FEW))
    return Task(lambda: [polars_cells.figures(part) for part in parts])


def loop() -> Task:
    """The loop with ``apply`` over the last year, its time multiplied by the number of years."""
    import pandas as pd

    from benchmarks.peers import pandas_cells
    from benchmarks.place import TERMS

    terms = pd.read_parquet(TERMS)
    years = terms["year"].nunique()
    last = pandas_cells.prepare(terms[terms["year"] == terms["year"].max()])
    pandas_cells.figures(last.head(10))
    return Task(lambda: pandas_cells.figures(last), times=years)


SIDES = {"ours": ours, "polars": polars, "loop": loop}


def lines() -> list[Line]:
    """Our CPU against the limit and both peers, and the memory that it takes."""
    runs = turns(__name__, SIDES)
    cpu, peak = runs["ours"].cpu, runs["ours"].peak
    return [
        Line("cells: CPU", cpu, "s", LIMIT),
        Line("cells: CPU against polars", cpu, "s", 1.0, runs["polars"].cpu, "polars", True),
        Line("cells: CPU against a loop", cpu, "s", 1 / LOOP, runs["loop"].cpu, "pandas apply",
             True, note="The loop ran one year of ten; its CPU is multiplied by ten."),
        Line("cells: peak memory", peak, "GB", None, runs["polars"].peak, "polars"),
    ]  # fmt: skip
