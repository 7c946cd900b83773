"""Goal: a million firms to the region that each lies in, for a quarter of the peer's CPU.

Ours: :func:`atlas.ingest.placing.regions_of_points`, as imports use it. Peer: ``geopandas.sjoin``
of the same points, which it gets as a frame with its index built. The regions are the 81 provinces
of Turkey as they are shipped, and 3,107 counties (:mod:`benchmarks.counties`: borders alone).
Points are drawn at random: most of them around places in the regions, as firms stand, some anywhere
within the bounds. Both must give the same region for every point, or nothing is told.

Ratio: our CPU over the peer's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.running import Line, Run, Task, turns

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np

LIMIT = 0.25
POINTS = 1_000_000
#: Share of the points that stand anywhere, and seed of all.
_ANYWHERE, _SEED = 0.2, 20261125


def regions(which: str) -> gpd.GeoDataFrame:
    """Outlines by code: of ``provinces`` or of ``counties``."""
    from atlas.store import boundaries

    if which == "provinces":
        return boundaries.world_regions("TR")[["geometry"]]
    from benchmarks.counties import outlines
    from benchmarks.synthetic import Shape, grid

    few = grid(Shape(industries=2, years=1, filled=3200))
    return outlines(few).set_index("region_code")


def points(shapes: gpd.GeoDataFrame, count: int = POINTS) -> tuple[np.ndarray, np.ndarray]:
    """Longitudes and latitudes of firms that there are not."""
    import numpy as np

    random = np.random.default_rng(_SEED)
    west, south, east, north = shapes.total_bounds
    places = shapes.geometry.representative_point()
    bounds = shapes.geometry.bounds
    width = np.minimum(bounds["maxx"] - bounds["minx"], bounds["maxy"] - bounds["miny"]).to_numpy()
    weight = random.pareto(1.2, len(shapes)) + 0.05
    at = random.choice(len(shapes), count, p=weight / weight.sum())
    spread = width[at] / 3
    lon = places.x.to_numpy()[at] + random.normal(size=count) * spread
    lat = places.y.to_numpy()[at] + random.normal(size=count) * spread
    anywhere = random.random(count) < _ANYWHERE
    lon[anywhere] = random.uniform(west, east, anywhere.sum())
    lat[anywhere] = random.uniform(south, north, anywhere.sum())
    return lon, lat


def joined(frame: gpd.GeoDataFrame, shapes: gpd.GeoDataFrame) -> Any:
    """The peer's answer: a row for each point and region that meet, with the index of the point."""
    import geopandas as gpd

    return gpd.sjoin(frame, shapes, how="left", predicate="intersects")


def framed(lon: np.ndarray, lat: np.ndarray) -> gpd.GeoDataFrame:
    """The points as the peer takes them, their index built."""
    import geopandas as gpd

    frame = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat, crs=4326))
    # Asked for once, an index is kept.
    len(frame.sindex)
    return frame


def same(which: str, count: int = POINTS) -> bool:
    """Whether both give every point the same region; of several that meet it the first counts."""
    import pandas as pd

    from atlas.ingest.placing import regions_of_points

    shapes = regions(which)
    lon, lat = points(shapes, count)
    theirs = joined(framed(lon, lat), shapes)["region_code"].groupby(level=0).min()
    ours = pd.Series(regions_of_points(lon, lat, shapes))
    return bool((ours.fillna("") == theirs.reindex(ours.index).fillna("")).all())


def _ours(which: str) -> Task:
    from atlas.ingest.placing import regions_of_points

    shapes = regions(which)
    lon, lat = points(shapes)
    regions_of_points(lon[:1000], lat[:1000], shapes.copy(deep=True))
    return Task(lambda: regions_of_points(lon, lat, shapes))


def _peer(which: str) -> Task:
    shapes = regions(which)
    frame = framed(*points(shapes))
    joined(frame.iloc[:1000], shapes)
    return Task(lambda: joined(frame, shapes))


SIDES = {
    "ours_provinces": lambda: _ours("provinces"),
    "peer_provinces": lambda: _peer("provinces"),
    "ours_counties": lambda: _ours("counties"),
    "peer_counties": lambda: _peer("counties"),
}


def lines() -> list[Line]:
    """Run all sides in turns; CPU seconds. Raises RuntimeError where the answers differ."""
    sizes = {}
    for which in ("provinces", "counties"):
        sizes[which] = len(regions(which))
        if not same(which):
            raise RuntimeError(f"the answers for the {which} differ")
    runs = turns("benchmarks.points_in_regions", SIDES)
    return [_line(which, sizes[which], runs) for which in sizes]


def _line(which: str, size: int, runs: dict[str, Run]) -> Line:
    ours, peer = runs[f"ours_{which}"], runs[f"peer_{which}"]
    note = (
        f"{which.capitalize()}: {peer.cpu / ours.cpu:.1f} times less CPU;"
        f" peak memory {ours.peak:.2f} GB, the peer {peer.peak:.2f} GB."
    )
    return Line(f"{POINTS:,} points to {size:,} {which}", ours.cpu, "s", LIMIT, peer.cpu,
                "geopandas.sjoin", of_ratio=True, note=note)  # fmt: skip
