"""Goal: a choice on the map page sends colours, not borders, and costs the server little.

Ours: the atlas served as it is, on Georgia and on 3,107 regions x 600 industries drawn on the
counties of the United States (:mod:`benchmarks.counties`). Peer: the page of
:mod:`benchmarks.peers.map_page` on the same boundaries and figures: GeoPandas, merge, ``to_json``,
pydeck, all in the script. Each run starts both servers anew; a session opens the page and then
changes the sector, the year and the figure in turn, as a reader does, never the same twice.

Bytes: the median of the kind of change that sends most. CPU: of the server's process, over all
changes. First map: the file of regions as it is served, gzipped, against the peer's GeoJSON,
gzipped; no gap and no sliver: every border is its neighbour's, areas add up to their union's, and
narrow gaps are not more than in the boundaries as they came, where they are waters.
"""

from __future__ import annotations

import gzip
import statistics
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.place import COUNTIES_HOME, GEORGIA_HOME, PEERS
from benchmarks.running import PROJECT, RUNS, Line
from benchmarks.serving import serving
from benchmarks.visitor import Visitor

#: Bytes of a change on the large edition, and what part of the peer's they may be.
BYTES, OF_BYTES = 15_000, 1 / 50
#: Milliseconds of CPU of a rerun by edition, and what part of the peer's they may be.
CPU, OF_CPU = {"georgia": 50.0, "counties": 120.0}, 1 / 5
#: What part of the peer's gzipped GeoJSON the first map may be, and what part of the area may
#: overlap.
OF_GEOMETRY, OVERLAP = 1 / 6, 1e-9
#: Changes of each kind in a run.
OURS, THEIRS = 8, 1
KINDS = ("sector", "year", "figure")
TITLES = {"georgia": "Georgia", "counties": "3,107 regions"}
_HOMES = {"georgia": ("georgia", GEORGIA_HOME), "counties": ("synthetic", COUNTIES_HOME)}

#: Milliseconds of CPU a change, and the median of the bytes by kind of change.
Found = tuple[float, dict[str, float]]


def ours(edition: str) -> Found:
    """A session of the atlas."""
    name, home = _HOMES[edition]
    keys = {"sector": "choice_industry", "year": "choice_year", "figure": "choice_metric"}
    given = {"ATLAS_HOME": str(home), "ATLAS_EDITION": name}
    return _session(PROJECT / "app.py", "map", keys, OURS, given)


def peer(edition: str) -> Found:
    """A session of the peer's page."""
    shapes, figures = (PEERS / f"{edition}.{ending}" for ending in ("geojson", "parquet"))
    given = {"PEER_SHAPES": str(shapes), "PEER_FIGURES": str(figures)}
    script = PROJECT / "benchmarks" / "peers" / "map_page.py"
    return _session(script, "", {kind: kind for kind in KINDS}, THEIRS, given)


SIDES: dict[str, Callable[[str], Found]] = {"ours": ours, "peer": peer}


def _session(
    script: Path, page: str, keys: dict[str, str], number: int, given: dict[str, str]
) -> Found:
    with serving(script, **given) as server, Visitor(server.address, page) as visitor:
        visitor.open()
        # Whatever is read on the first change is not counted against the others.
        for kind in KINDS:
            visitor.choose(keys[kind], visitor.options(keys[kind])[0])
        received: dict[str, list[int]] = {kind: [] for kind in KINDS}
        begun = server.cpu()
        for turn in range(1, number + 1):
            for kind in KINDS:
                offered = visitor.options(keys[kind])
                answer = visitor.choose(keys[kind], offered[turn % len(offered)])
                if answer.failed:
                    raise RuntimeError(f"the page failed on {kind} {turn}")
                received[kind].append(answer.received)
        spent = (server.cpu() - begun) / (number * len(KINDS))
    return spent * 1000, {kind: statistics.median(sizes) for kind, sizes in received.items()}


def turns() -> dict[tuple[str, str], tuple[float, dict[str, float]]]:
    """The median run by side and edition, the sides taking turns :data:`RUNS` times."""
    runs: dict[tuple[str, str], list[Found]] = {}
    for _ in range(RUNS):
        for edition in TITLES:
            for side, session in SIDES.items():
                runs.setdefault((side, edition), []).append(session(edition))
    return {
        key: (
            statistics.median(cpu for cpu, _ in found),
            {kind: statistics.median(sizes[kind] for _, sizes in found) for kind in KINDS},
        )
        for key, found in runs.items()
    }


def geometry(edition: str) -> tuple[int, int, float, int, int, int]:
    """Bytes of the first map's regions and of the peer's GeoJSON, both gzipped; what part of the
    area overlaps; how many regions have a border that is not their neighbour's; and how many have
    a gap narrower than ``coverage.GAP`` beside them, in ours and in the peer's."""
    import json

    import geopandas as gpd
    import shapely

    from atlas.analysis.map import map_shapes
    from atlas.figures.map_files import map_file
    from atlas.store import releases
    from atlas.store.coverage import GAP

    name, home = _HOMES[edition]
    file = map_file(map_shapes(releases.current(name, home)), "regions", "en")
    features = json.loads(gzip.decompress(file.content))["features"]
    polygons = gpd.GeoDataFrame.from_features(features).geometry.to_numpy()
    whole = shapely.area(shapely.union_all(polygons))
    given = PEERS / f"{edition}.geojson"
    source = gpd.read_file(given).geometry.to_numpy()
    return (
        len(file.content),
        len(gzip.compress(given.read_bytes(), 9)),
        abs(shapely.area(polygons).sum() / whole - 1),
        _beside(polygons, 0.0),
        _beside(polygons, GAP),
        _beside(source, GAP),
    )


def _beside(polygons: Any, gap: float) -> int:
    """How many polygons have a border that is not their neighbour's, or so narrow a gap beside."""
    import shapely

    wrong = shapely.coverage_invalid_edges(polygons, gap_width=gap)
    return int((~shapely.is_empty(wrong)).sum())


def lines() -> list[Line]:
    """Bytes and CPU of a change on both editions, and the geometry of the large one."""
    from benchmarks import counties

    counties.make()
    found = turns()
    told = []
    for edition, title in TITLES.items():
        cpu, sizes = found["ours", edition]
        peer_cpu, peer_sizes = found["peer", edition]
        sent, peer_sent = max(sizes.values()), max(peer_sizes.values())
        large = edition == "counties"
        name = "GeoPandas, pydeck"
        said = ", ".join(f"{kind} {size / 1000:.1f} kB" for kind, size in sizes.items())
        told += [
            Line(f"map, {title}: bytes of a change", sent / 1000, "kB",
                 BYTES / 1000 if large else None, note=f"map, {title}: {said}."),
            Line(f"map, {title}: bytes of a change", sent / 1000, "kB",
                 OF_BYTES if large else None, peer_sent / 1000, name, of_ratio=True),
            Line(f"map, {title}: CPU of a change", cpu, "ms", CPU[edition]),
            Line(f"map, {title}: CPU of a change", cpu, "ms", OF_CPU, peer_cpu, name, True),
        ]  # fmt: skip
    ours, theirs, overlap, wrong, gaps, source_gaps = geometry("counties")
    title = TITLES["counties"]
    return [
        *told,
        Line(f"map, {title}: first map, gzipped", ours / 1000, "kB", OF_GEOMETRY, theirs / 1000,
             "GeoJSON as it came", True),
        Line(f"map, {title}: part of the area that overlaps", overlap, "", OVERLAP),
        Line(f"map, {title}: regions whose border is not their neighbour's", wrong, "", 0),
        Line(f"map, {title}: regions beside a narrow gap", gaps, "", 1, source_gaps,
             "GeoJSON as it came", True),
    ]  # fmt: skip
