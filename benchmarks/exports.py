"""Goal: a picture at 300 dpi in a second of CPU, a slide of editable regions in one and a half, the
book of a country in a minute.

Ours: snapshots of the map as the app and the command line make them (``Desk.make``), each of
another sector, their figures asked for included, in a process that has made one of each before; on
Georgia, and on 3,107 regions drawn on the counties of the United States
(:mod:`benchmarks.counties`), which is told without a limit. Peers: :mod:`benchmarks.peers.pictures`
on the same boundaries and figures, read before: GeoPandas and matplotlib, python-pptx.

Theirs is a map with a legend and a title. Ours has besides: surroundings, labels that do not
collide, patterns, scale bar, ranking, key, sources, code of the link; in the slides a native chart,
a table and notes. The peer draws no slide of the large edition: regions as they came take it
minutes. The book is in Georgian and has no peer but the limit.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.place import COUNTIES_HOME, GEORGIA_HOME, NAME, PEERS
from benchmarks.running import Line, Task, turns

#: CPU seconds by format, on Georgia.
LIMITS = {"png": 1.0, "pptx": 1.5}
#: Seconds that the book may take.
BOOK = 60.0
TITLES = {"png": "PNG, 300 dpi", "pptx": "PPTX, editable regions"}
PEER_NAMES = {"png": "GeoPandas, matplotlib", "pptx": "python-pptx"}
EDITIONS = {"georgia": "Georgia", "counties": "3,107 regions"}
_HOMES = {"georgia": ("georgia", GEORGIA_HOME), "counties": (NAME, COUNTIES_HOME)}
#: Files of a run.
CALLS = {"georgia": 4, "counties": 2}
LINK = "https://atlas.example/map?metric=location_quotient"


def ours(edition: str, form: str) -> Task:
    """Snapshots of different sectors; one before, which is not timed."""
    from atlas.analysis.choices import choices
    from atlas.analysis.snapshot import release_of, shapes_of, view_of
    from atlas.config import use_home
    from atlas.export.desk import Desk
    from atlas.snapshot import Snapshot

    name, home = _HOMES[edition]
    use_home(home)
    usual = Snapshot(edition=name, metric="location_quotient", measure="employment")
    known = choices(release_of(usual))
    sectors = [c for c in known.industries_of("employment") if c != known.root_industry.code]
    desk = Desk(view_of, shapes_of)
    wanted = [usual.with_words({"industry": code}) for code in sectors[: CALLS[edition] + 1]]
    return _task(wanted, lambda one: desk.make(one, form, link=LINK))


def theirs(edition: str, form: str) -> Task:
    """The peer's of as many sectors."""
    from atlas.store import releases
    from benchmarks.peers import pictures

    name, home = _HOMES[edition]
    crs = releases.current(name, home).metric_crs
    files = (PEERS / f"{edition}.{ending}" for ending in ("geojson", "parquet"))
    drawn = itertools.islice(pictures.maps(*files, crs), CALLS[edition] + 1)
    return _task(list(drawn), getattr(pictures, form))


def _task(wanted: list[Any], make: Callable[[Any], bytes]) -> Task:
    first, *rest = wanted
    make(first)
    return Task(lambda: [make(one) for one in rest], times=1 / len(rest))


def book() -> Task:
    """The book of Georgia, after pictures of its maps."""
    from atlas.analysis.book import contents
    from atlas.analysis.snapshot import shapes_of, view_of
    from atlas.export.book import make_book
    from atlas.export.desk import Desk
    from atlas.store import releases

    ours("georgia", "png")
    name, home = _HOMES["georgia"]
    holds, desk = contents(releases.current(name, home)), Desk(view_of, shapes_of)
    return Task(lambda: make_book(holds, "ka", desk.ask, tell=lambda _step, _share: None))


SIDES: dict[str, Callable[[], Task]] = {
    f"{side} {edition} {form}": partial(make, edition, form)
    for edition in EDITIONS
    for form in LIMITS
    for side, make in (("ours", ours), ("peer", theirs))
    if (side, edition, form) != ("peer", "counties", "pptx")
} | {"ours georgia book": book}


def lines() -> list[Line]:
    """CPU of a file in each format on both editions."""
    from benchmarks import counties

    counties.make()
    runs = turns(__name__, SIDES)
    told = [
        Line(
            f"export, {EDITIONS[edition]}: {TITLES[form]}, CPU",
            runs[f"ours {edition} {form}"].cpu,
            "s",
            LIMITS[form] if edition == "georgia" else None,
            peer.cpu if (peer := runs.get(f"peer {edition} {form}")) else None,
            PEER_NAMES[form] if peer else "",
        )
        for edition in EDITIONS
        for form in LIMITS
    ]
    said = f"book of {EDITIONS['georgia']}: {runs['ours georgia book'].cpu:.1f} s of CPU."
    return [*told, Line("export, Georgia: the book, time", runs["ours georgia book"].wall, "s",
                        BOOK, note=said)]  # fmt: skip
