"""Boundaries: the shipped first-level regions of the world, and an edition's own files.

The only module that reads ``geodata/boundaries``. Everything it returns is valid, polygonal, in
EPSG:4326 and, where regions are meant, indexed by ``region_code``. Neighbours share their border
vertex for vertex (a coverage, see ``atlas.store.coverage``), also after simplification. Source
and changes: ``geodata/boundaries/SOURCES.md``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj.exceptions import CRSError
from shapely.errors import ShapelyError

from atlas.errors import DataError, nearest
from atlas.store.coverage import (
    AREAS,
    DECIMALS,
    clean_coverage,
    dissolve,
    neighbours,
    outline,
    polygonal,
    rounded,
    simplify_coverage,
    with_geometry,
)

__all__ = [
    "WORLD",
    "backdrop",
    "clean_coverage",
    "neighbours",
    "outline",
    "read_boundaries",
    "simplify_coverage",
    "simplify_with_backdrop",
    "world_countries",
    "world_regions",
    "world_units",
]

WORLD = Path(__file__).resolve().parents[2] / "geodata" / "boundaries" / "world_admin1.parquet"

Bounds = tuple[float, float, float, float]

#: What JSON, GDAL, Arrow, PROJ and Shapely raise on a file that is not what its name says.
READING_FAILS = (
    *(OSError, RuntimeError, ValueError, TypeError, KeyError, AttributeError),
    ShapelyError,
)


@cache
def world_countries() -> tuple[str, ...]:
    """ISO alpha-2 codes of the countries in the world file, sorted (``XK`` Kosovo; ``ZZ`` four
    territories that ISO 3166 places nowhere)."""
    return tuple(sorted(set(pd.read_parquet(WORLD, columns=["country"])["country"])))


def world_regions(country: str, *, level: int = 1) -> gpd.GeoDataFrame:
    """Regions of one country from the world file: index ``region_code``; ``name_en``, geometry.

    ``level`` 1 gives the country's first-level units (Spain: 17 communities and 2 cities);
    2 gives the units below where the source draws them (Spain: 50 provinces and 2 cities) and
    is the same as 1 elsewhere. Raises DataError ``unknown_country``.
    """
    if country not in world_countries():
        known = nearest(country, world_countries())
        raise DataError("unknown_country", country=country, nearest=known)
    columns = ["region_code", "name_en", "parent_code", "parent_name_en", "geometry"]
    units = gpd.read_parquet(WORLD, columns=columns, filters=[("country", "==", country)])
    if level == 1:
        units["region_code"] = units["parent_code"].fillna(units["region_code"])
        units["name_en"] = units["parent_name_en"].fillna(units["name_en"])
    return dissolve(units[["region_code", "name_en", "geometry"]], "region_code")


def world_units(country: str, codes: Iterable[str]) -> gpd.GeoDataFrame:
    """The regions with these codes, whatever their level; columns as ``world_regions``.

    For an edition's join on ISO 3166-2: its communities and its provinces are both found.
    Codes that the country does not have are left out; raises DataError ``unknown_country``.
    """
    both = pd.concat([world_regions(country, level=1), world_regions(country, level=2)])
    both = both[~both.index.duplicated()]
    return both.loc[both.index.isin(set(codes))].sort_index()


def read_boundaries(path: Path) -> gpd.GeoDataFrame:
    """An edition's own boundaries: index ``region_code`` (text), geometry valid, in EPSG:4326.

    Reads GeoJSON, GeoPackage (first layer) or GeoParquet; other columns are kept. Raises
    DataError with ``path`` (the file's name) and one of the kinds ``boundaries_missing``,
    ``boundaries_format`` (``known``), ``boundaries_unreadable`` (``reason``),
    ``boundaries_without_code`` (``columns``), ``boundaries_empty_code`` (``row``),
    ``boundaries_repeat`` (``value``), ``boundaries_without_crs``, ``boundaries_not_degrees``
    (``value``) or ``boundaries_not_polygons`` (``value``); where several rows are wrong, the
    first is named.
    """
    name = path.name
    if not path.is_file():
        raise DataError("boundaries_missing", path=name)
    try:
        regions = _reader(path)(path)
    except READING_FAILS as error:
        raise DataError("boundaries_unreadable", path=name, reason=str(error)) from error
    if "region_code" not in regions:
        columns = [str(column) for column in regions.columns if column != regions.geometry.name]
        raise DataError("boundaries_without_code", path=name, columns=columns)
    codes = regions["region_code"].map(_code)
    for row in np.flatnonzero(codes == ""):
        raise DataError("boundaries_empty_code", path=name, row=int(row) + 1)
    for code in codes[codes.duplicated()]:
        raise DataError("boundaries_repeat", path=name, value=code)
    regions["region_code"] = codes
    if regions.geometry.name != "geometry":
        regions = regions.rename_geometry("geometry")
    return _in_degrees(regions.set_index("region_code"), name)


def backdrop(bounds: Bounds, exclude: str) -> gpd.GeoDataFrame:
    """Outlines of the other countries within ``bounds`` (west, south, east, north in degrees):
    index ``country`` (ISO alpha-2), geometry clipped to the bounds, without inner seams.

    ``exclude`` is the country not to draw. Empty when there is nothing but sea.
    """
    return _clipped(_surroundings(bounds, exclude), bounds)


def simplify_with_backdrop(
    regions: gpd.GeoDataFrame, bounds: Bounds, exclude: str, *, tolerance_m: float, metric_crs: str
) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """``simplify_coverage`` and ``backdrop`` in one, simplified together, so that the country and
    its neighbours still meet without a gap. Regions that do not fit the world file's borders (an
    edition's own) are simplified apart from the backdrop.
    """
    around = _surroundings(bounds, exclude)
    both = pd.concat([regions[["geometry"]], around])
    if not shapely.coverage_is_valid(both.geometry.to_numpy()):
        simple = simplify_coverage(regions, tolerance_m, metric_crs)
        return simple, _clipped(simplify_coverage(around, tolerance_m, metric_crs), bounds)
    polygons = simplify_coverage(both, tolerance_m, metric_crs).geometry.to_numpy()
    simple = with_geometry(regions, polygons[: len(regions)])
    return simple, _clipped(with_geometry(around, polygons[len(regions) :]), bounds)


# --- reading -------------------------------------------------------------------------------


def _reader(path: Path) -> Callable[[Path], gpd.GeoDataFrame]:
    """The reader for a file, by its name and its first bytes. The bytes must agree: GDAL opens by
    content, and a file that only calls itself .gpkg may point it at other files of the server."""
    with path.open("rb") as file:
        start = file.read(16)
    suffix = path.suffix.lower()
    if suffix in (".geojson", ".json") and start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _read_geojson
    if suffix == ".gpkg" and start == b"SQLite format 3\x00":
        return _read_geopackage
    if suffix in (".parquet", ".geoparquet") and start.startswith(b"PAR1"):
        return _read_geoparquet
    raise DataError("boundaries_format", path=path.name, known="geojson, gpkg, parquet")


def _read_geopackage(path: Path) -> gpd.GeoDataFrame:
    """The first layer of a GeoPackage."""
    return gpd.read_file(path, engine="pyogrio", layer=0)


def _read_geoparquet(path: Path) -> gpd.GeoDataFrame:
    """A GeoParquet file."""
    return gpd.read_parquet(path)


def _read_geojson(path: Path) -> gpd.GeoDataFrame:
    """Features of a GeoJSON file, in EPSG:4326 unless an old-style ``crs`` member says other."""
    content = json.loads(path.read_text(encoding="utf-8-sig"))
    crs = (content.get("crs") or {}).get("properties", {}).get("name", "EPSG:4326")
    return gpd.GeoDataFrame.from_features(content["features"], crs=crs)


def _code(value: Any) -> str:
    """A code as text: no blanks around, missing as empty, 7.0 (a number column) as 7."""
    if pd.isna(value):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _in_degrees(regions: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
    """The regions valid, polygons only, in EPSG:4326; DataError where that cannot be."""
    if regions.crs is None:
        raise DataError("boundaries_without_crs", path=name)
    try:
        regions = regions.to_crs(4326)
    except CRSError as error:
        raise DataError("boundaries_unreadable", path=name, reason=str(error)) from error
    flat = shapely.force_2d(regions.geometry.to_numpy())
    drawn = np.isin(shapely.get_type_id(flat), AREAS)
    for code in regions.index[~drawn]:
        raise DataError("boundaries_not_polygons", path=name, value=code)
    west, south, east, north = (float(value) for value in regions.total_bounds)
    if not (-181 <= west <= east <= 181 and -91 <= south <= north <= 91):
        bounds = f"{west:g}, {south:g}, {east:g}, {north:g}"
        raise DataError("boundaries_not_degrees", path=name, value=bounds)
    regions = with_geometry(regions, polygonal(flat))
    for code in regions.index[regions.geometry.is_empty]:
        raise DataError("boundaries_not_polygons", path=name, value=code)
    return regions


def _surroundings(bounds: Bounds, exclude: str) -> gpd.GeoDataFrame:
    """Other countries' units that meet the bounds, cut a little outside of them and dissolved:
    index ``country``. Far ends of long units would leave the metric system's reach."""
    units = gpd.read_parquet(
        WORLD,
        columns=["country", "geometry"],
        bbox=bounds,
        filters=[("country", "!=", exclude)],
    )
    units = units[units.intersects(shapely.box(*bounds))]
    west, south, east, north = (round(value) for value in bounds)
    near = shapely.box(west - 2, max(south - 2, -90), east + 2, min(north + 2, 90))
    cut = polygonal(shapely.intersection(units.geometry.to_numpy(), near))
    return dissolve(with_geometry(units, polygonal(rounded(cut, DECIMALS))), "country")


def _clipped(countries: gpd.GeoDataFrame, bounds: Bounds) -> gpd.GeoDataFrame:
    """The countries cut to the bounds; what only touches them is left out."""
    cut = polygonal(shapely.intersection(countries.geometry.to_numpy(), shapely.box(*bounds)))
    return with_geometry(countries, cut)[~shapely.is_empty(cut)]
