"""What is wrong with outlines as a whole: where they lie, what they leave open and lay double."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from atlas.errors import DataError
from atlas.ingest.edition import Edition
from atlas.ingest.report import Report
from atlas.ingest.validate import region_shapes
from atlas.store import boundaries
from atlas.store.coverage import GAP, METRES_A_DEGREE

#: Overlaps and gaps smaller than this (km2) are the haste of drawing: told, not asked about.
SLIVER = 0.5
#: So many overlaps and gaps are listed one by one, the largest first.
_SHOWN = 50
#: A picture of outlines need not be finer than this part of its width.
_PICTURE = 1000


def outlines_before(edition: Edition) -> gpd.GeoDataFrame | None:
    """The outlines that the edition has so far: its own, else the shipped ones; None without."""
    try:
        found = region_shapes(edition)[["geometry"]]
    except (DataError, KeyError):
        return None
    return found[found.index.isin(edition.tables["regions"]["region_code"])]


def look_where(
    shapes: gpd.GeoDataFrame, before: gpd.GeoDataFrame | None, lines: pd.Series, report: Report
) -> None:
    """Warn of regions that do not meet the place where they were known to lie; where none does, the
    coordinates mean something else than was taken: an error."""
    if before is None:
        return
    both = [code for code in shapes.index if code in before.index]
    away = {}
    for code in both:
        here, there = shapes.geometry[code], before.geometry[code]
        if not shapely.intersects(here, there):
            away[code] = shapely.distance(here, there) * METRES_A_DEGREE / 1000
    if away and len(away) == len(both):
        code, distance = min(away.items(), key=lambda one: one[1])
        report.note("outlines_elsewhere", "error", None, None, code, count=len(away),
                    distance=f"{distance:,.0f}")  # fmt: skip
        return
    for code, distance in away.items():
        report.note("outline_elsewhere", "warning", int(lines[code]), "region_code", code,
                    distance=f"{distance:,.0f}")  # fmt: skip


def look_together(shapes: gpd.GeoDataFrame, crs: str, report: Report) -> None:
    """Report what regions of one level lay double and what they leave open between them."""
    polygons = shapes.geometry.to_numpy()
    codes = [str(code) for code in shapes.index]
    left, right = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    pairs = left < right
    left, right = left[pairs], right[pairs]
    common = shapely.intersection(polygons[left], polygons[right])
    areas = _square_kilometres(common, crs)
    _tell_all("outlines_overlap", areas, [f"{codes[i]}, {codes[j]}" for i, j in
                                         zip(left, right, strict=True)], report)  # fmt: skip
    whole = shapely.union_all(polygons)
    holes = [
        hole
        for part in shapely.get_parts(whole)
        for hole in shapely.get_parts(shapely.polygons(shapely.get_rings(part)[1:]))
    ]
    beside = [_beside(hole, polygons, codes) for hole in holes]
    _tell_all("outlines_gap", _square_kilometres(np.array(holes, dtype=object), crs), beside,
              report)  # fmt: skip
    try:
        boundaries.clean_coverage(shapes)
    except DataError as error:
        report.note("boundaries", "error", None, None, error.facts.get("value"), kind=error.kind,
                    about=error.facts)  # fmt: skip


def _beside(hole: shapely.Polygon, polygons: np.ndarray, codes: list[str]) -> str:
    """The regions around a gap."""
    found = shapely.STRtree(polygons).query(hole, predicate="dwithin", distance=GAP / 100)
    return ", ".join(sorted(codes[place] for place in found)[:6])


def _square_kilometres(shapes: np.ndarray, crs: str) -> np.ndarray:
    if not len(shapes):
        return np.zeros(0)
    areas: np.ndarray = gpd.GeoSeries(shapes, crs=4326).to_crs(crs).area.to_numpy() / 1e6
    return areas


def _tell_all(rule: str, areas: np.ndarray, names: list[str], report: Report) -> None:
    """The larger ones each, the largest first; the slivers by their number."""
    large = [place for place in np.argsort(-areas) if areas[place] >= SLIVER]
    for place in large[:_SHOWN]:
        report.note(rule, "warning", None, None, names[place], area=f"{areas[place]:,.1f}")
    report.count_more("warning", rule, len(large) - _SHOWN if len(large) > _SHOWN else 0)
    small = areas[(areas > 0) & (areas < SLIVER)]
    if len(small):
        report.note(f"{rule}_small", "note", count=len(small), area=f"{small.sum():,.2f}")


def from_parts(shapes: gpd.GeoDataFrame, regions: pd.DataFrame) -> gpd.GeoDataFrame:
    """The outlines of regions that have none and of whose parts each has one, from the lowest up;
    the root is not drawn."""
    added: dict[str, shapely.Geometry] = {}
    known = dict(shapes.geometry)
    ranked = regions.sort_values("level", ascending=False)
    children = regions.dropna(subset=["parent_code"]).groupby("parent_code")["region_code"]
    parts = {str(code): list(found) for code, found in children}
    for code, level in zip(ranked["region_code"], ranked["level"], strict=True):
        own = parts.get(str(code), [])
        if level > 0 and own and code not in known and all(part in known for part in own):
            added[code] = known[code] = shapely.union_all([known[part] for part in own])
    return gpd.GeoDataFrame(geometry=gpd.GeoSeries(added, crs=4326), crs=4326)


def picture(
    together: gpd.GeoDataFrame, new: set[str], levels: pd.Series, crs: str
) -> gpd.GeoDataFrame:
    """The outlines that the edition will have of the highest level that has new ones, coarse, in
    degrees, and which of them are ``new``."""
    top = levels[levels.index.isin(new)].min()
    own = together[together.index.isin(levels.index[levels == top])].to_crs(crs)
    west, south, east, north = own.total_bounds
    coarse = own.geometry.simplify(max(east - west, north - south) / _PICTURE).to_crs(4326)
    return gpd.GeoDataFrame({"new": own.index.isin(new)}, geometry=coarse, index=own.index)
