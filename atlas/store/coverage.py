"""Coverages: polygons that meet border on border, without overlaps and without gaps.

Pure geometry, no files. Frames are in EPSG:4326 and come back as copies; a *clean coverage* is
one for which ``shapely.coverage_is_valid`` holds.
"""

from __future__ import annotations

import math
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from atlas.errors import DataError

#: Coordinates are kept to this many decimals of a degree: about a metre. The world file has 4.
DECIMALS = 5
#: Holes between regions narrower than this many degrees (about 100 m) are slivers, not lakes.
GAP = 1e-3
#: Far below what is kept, but not zero: with zero a corner exactly on a neighbour's straight border
#: swallows that neighbour.
_SNAP = 1e-9
#: A region whose area simplification changes by more than this share is too small for it.
WORN = 0.05
#: Such a region is simplified by a tolerance so many times smaller.
_CLOSER = 8
#: Metres of a degree of latitude.
METRES_A_DEGREE = 111_320
#: Shapely's type numbers of polygons and multipolygons.
AREAS = (3, 6)

Polygons = NDArray[Any]


def clean_coverage(
    regions: gpd.GeoDataFrame, *, decimals: int = DECIMALS, gap: float = GAP
) -> gpd.GeoDataFrame:
    """The same regions as a clean coverage: valid, rounded to ``decimals`` of a degree, without
    overlaps, shared borders vertex for vertex, enclosed gaps narrower than ``gap`` degrees closed.

    An overlap goes to the smaller region, so a city drawn over its county keeps its place.
    Raises DataError ``boundaries_hidden`` (``value``) when a region lies wholly under others, and
    ``boundaries_tangled`` when no clean coverage is reached.
    """
    polygons = polygonal(rounded(regions.geometry.to_numpy(), decimals))
    for _ in range(10):
        # Cleaning puts new vertices where lines cross; rounding these can cross lines again.
        cleaned = shapely.coverage_clean(
            polygons, gap_width=gap, snapping_distance=_SNAP, merge_strategy="min_area"
        )
        polygons = rounded(cleaned, decimals)
        if shapely.is_valid(polygons).all() and shapely.coverage_is_valid(polygons):
            break
        polygons = polygonal(polygons)
    else:
        raise DataError("boundaries_tangled")
    for code in regions.index[shapely.is_empty(polygons)]:
        raise DataError("boundaries_hidden", value=str(code))
    return with_geometry(regions, polygons)


def simplify_coverage(
    regions: gpd.GeoDataFrame, tolerance_m: float, metric_crs: str
) -> gpd.GeoDataFrame:
    """The regions simplified for the screen, shared borders still shared, in EPSG:4326.

    Visvalingam-Whyatt on the coverage in ``metric_crs``: corners whose triangle is smaller than
    ``tolerance_m`` squared go. No region is lost: one too small for this keeps its shape, or nearly
    so, and its neighbours give way. Coordinates have as many decimals as move no corner by more
    than a tenth of the tolerance, or of what is small beside the smallest region. Regions that are
    not a clean coverage are cleaned first.
    """
    if not shapely.coverage_is_valid(regions.geometry.to_numpy()):
        regions = clean_coverage(regions)
    exact = regions.geometry.to_crs(metric_crs).to_numpy()
    simple = shapely.coverage_simplify(exact, tolerance_m)
    for closer in (shapely.coverage_simplify(exact, tolerance_m / _CLOSER), exact):
        worn = np.abs(shapely.area(simple) / shapely.area(exact) - 1) > WORN
        simple[worn] = closer[worn]
    # Rounding moves a corner by half a unit at most: a tenth of this.
    detail = min(tolerance_m, float(np.sqrt(shapely.area(exact).min())) / 4)
    decimals = min(DECIMALS, max(0, math.ceil(-math.log10(detail / 5 / METRES_A_DEGREE))))
    found = gpd.GeoSeries(simple, crs=metric_crs).to_crs(4326)
    polygons = rounded(found.to_numpy(), decimals)
    if shapely.is_valid(polygons).all() and shapely.coverage_is_valid(polygons):
        return with_geometry(regions, polygons)
    gap = 2 * tolerance_m / METRES_A_DEGREE
    return clean_coverage(with_geometry(regions, polygons), decimals=decimals, gap=gap)


def outline(regions: gpd.GeoDataFrame) -> BaseGeometry:
    """The union of the regions, slivers between them closed: the country's outline (EPSG:4326)."""
    if not shapely.coverage_is_valid(regions.geometry.to_numpy(), gap_width=GAP):
        regions = clean_coverage(regions)
    return shapely.coverage_union_all(regions.geometry.to_numpy())


def neighbours(regions: gpd.GeoDataFrame, *, corners: bool = True) -> dict[str, tuple[str, ...]]:
    """For every region the codes of those that touch it, sorted; islands have none. Without
    ``corners`` those alone that share a line with it. Expects a clean coverage."""
    polygons = regions.geometry.to_numpy()
    left, right = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    codes = [str(code) for code in regions.index]
    found: dict[str, list[str]] = {code: [] for code in codes}
    for i, j in zip(left, right, strict=True):
        if i != j and (corners or _share_a_line(polygons[i], polygons[j])):
            found[codes[i]].append(codes[j])
    return {code: tuple(sorted(others)) for code, others in found.items()}


def _share_a_line(one: BaseGeometry, other: BaseGeometry) -> bool:
    return bool(shapely.length(shapely.intersection(one, other)) > 0)


def dissolve(units: gpd.GeoDataFrame, by: str) -> gpd.GeoDataFrame:
    """One row per value of ``by``, sorted, with the first of the other columns and the union of
    the polygons. They must be a clean coverage: then no seam is left."""
    if units[by].is_unique:
        return units.set_index(by).sort_index()
    groups = units.groupby(by)
    merged = groups.first()
    merged["geometry"] = groups["geometry"].apply(shapely.coverage_union_all)
    return gpd.GeoDataFrame(merged, geometry="geometry", crs=units.crs)


def with_geometry(frame: gpd.GeoDataFrame, polygons: Polygons) -> gpd.GeoDataFrame:
    """A copy of the frame with these polygons, in EPSG:4326."""
    return frame.set_geometry(gpd.GeoSeries(polygons, index=frame.index, crs=4326))


def polygonal(polygons: Polygons) -> Polygons:
    """The polygons made valid; lines and points that this or a cut leaves over are dropped."""
    mended = polygons.copy()
    invalid = ~shapely.is_valid(mended)
    mended[invalid] = shapely.make_valid(mended[invalid], method="structure", keep_collapsed=False)
    for i in np.flatnonzero(~np.isin(shapely.get_type_id(mended), AREAS)):
        parts = shapely.get_parts(mended[i])
        mended[i] = shapely.union_all(parts[np.isin(shapely.get_type_id(parts), AREAS)])
    return mended


def rounded(polygons: Polygons, decimals: int) -> Polygons:
    """Every vertex rounded, each by itself: a border that two polygons share moves alike in both.

    The result may be invalid. (``shapely.set_precision`` would leave its grid on the geometry,
    and then neither round again nor let later steps work at full precision.)
    """
    moved: Polygons = shapely.transform(polygons, lambda corners: corners.round(decimals) + 0.0)
    return moved
