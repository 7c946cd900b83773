"""Goal: a page's slice in 10 ms of CPU, from a release that is built within 4 GB.

Ours: ``queries/measure/cells.sql`` (one figure, one industry, one year, every region) through
:mod:`atlas.store.database` in a warm process, many calls over figures, industries and years; beside
it ``queries/map/slice.sql``, which brings all figures of an industry at once. The release is built
from the synthetic edition by ``python -m atlas build``. Peer: pandas reading the same rows, with
filters, from one Parquet file that holds the release's figures in the same order.

The build is run once; its CPU, wall time, peak memory and the release's size are told, and its
memory has a limit. Ratio: our CPU over the peer's.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from benchmarks.running import Line, Run, Task, spent, turns

if TYPE_CHECKING:
    from atlas.model import Release

#: Milliseconds of a slice, and gigabytes of the build.
LIMIT, MEMORY = 10.0, 4.0
METRICS = ("location_quotient", "size", "us_strong")
CALLS = 60


def _release() -> Release:
    from atlas.store import releases
    from benchmarks.place import HOME, NAME

    return releases.current(NAME, HOME)


def _asked(release: Release) -> Iterator[tuple[str, str, int]]:
    """Figures, industries and years, spread over all there are, never one twice in a row."""
    from atlas.store import database

    there = database.run("choices/measured", release)
    there = there[there["measure"] == "employment"]
    step = max(1, len(there) // CALLS)
    for turn in range(CALLS):
        cell = there.iloc[turn * step % len(there)]
        yield METRICS[turn % len(METRICS)], str(cell["industry_code"]), int(cell["year"])


def _calls(release: Release, ask: Callable[[str, str, int], object]) -> Task:
    """All calls as one task that counts for one call; each is done once before."""
    asked = list(_asked(release))

    def run() -> None:
        for metric, industry, year in asked:
            ask(metric, industry, year)

    run()
    return Task(run, times=1 / len(asked))


def ours() -> Task:
    """One figure of one industry in one year, as the command line and exports ask for it."""
    from atlas.store import database

    release = _release()

    def ask(metric: str, industry: str, year: int) -> object:
        return database.run(
            "measure/cells", release, metric=metric, measure="employment", level=1, region=None,
            industry=industry, year=year,
        )  # fmt: skip

    return _calls(release, ask)


def page() -> Task:
    """All figures of one industry in one year, as a region's page asks for them."""
    from atlas.store import database

    release = _release()

    def ask(_metric: str, industry: str, year: int) -> object:
        return database.run("map/slice", release, industry=industry, year=year, since=year)

    return _calls(release, ask)


def parquet() -> Task:
    """The same rows as ours by pandas from a Parquet file."""
    import pandas as pd

    from benchmarks.files import figures_file

    release = _release()
    path = figures_file(release)

    def ask(metric: str, industry: str, year: int) -> object:
        chosen = {"metric": metric, "measure": "employment", "industry_code": industry}
        filters = [*((name, "==", word) for name, word in chosen.items()), ("year", "==", year)]
        return pd.read_parquet(path, columns=["region_code", "value", "status"], filters=filters)

    return _calls(release, ask)


SIDES = {"ours": ours, "page": page, "parquet": parquet}


def built() -> Run:
    """A new release of the synthetic edition, and what making it took."""
    from benchmarks.place import EDITION, HOME

    shutil.rmtree(HOME, ignore_errors=True)
    return spent([sys.executable, "-m", "atlas", "build", str(EDITION), "--home", str(HOME)])


def lines() -> list[Line]:
    """The build and the release's size, and our CPU a slice against the limit and the peer."""
    from benchmarks.place import HOME

    build = built()
    size = sum(path.stat().st_size for path in HOME.rglob("*") if path.is_file()) / 1e9
    runs = turns(__name__, SIDES)
    ours, page, peer = (1000 * runs[side].cpu for side in SIDES)
    return [
        Line("slice: CPU of one figure", ours, "ms", LIMIT, peer, "pandas, Parquet"),
        Line("slice: CPU of all figures of a sector", page, "ms"),
        Line("build: peak memory", build.peak, "GB", MEMORY),
        Line("build: CPU", build.cpu, "s"),
        Line("build: wall time", build.wall, "s"),
        Line("release: size on disk", size, "GB"),
    ]
