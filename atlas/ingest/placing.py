"""Which region a firm lies in: by its code or name, by its place, or by its point."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely


def regions_of_points(lon: Any, lat: Any, shapes: gpd.GeoDataFrame) -> np.ndarray:
    """The code of the shape that each point lies in, None where none does or a coordinate is
    missing; on a shared border the first of the codes in their order.

    Points are sorted by x once, so that each shape looks at its own strip of them only, and asks
    of those within its bounds (:func:`shapely.intersects_xy` of a prepared shape). Until the end
    regions are numbers: codes are Python objects, and dear to compare and to set.
    """
    x, y = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    order = known[np.argsort(x[known])]
    found = np.full(len(x), None, dtype=object)
    x, y = x[order], y[order]
    ordered = shapes.geometry.sort_index()
    place = np.full(len(order), len(ordered), dtype=np.int32)
    for number, shape in enumerate(ordered):
        west, south, east, north = shape.bounds
        begin, end = np.searchsorted(x, west, "left"), np.searchsorted(x, east, "right")
        strip = y[begin:end]
        is_open = (strip >= south) & (strip <= north) & (place[begin:end] == len(ordered))
        within = np.flatnonzero(is_open) + begin
        if len(within):
            shapely.prepare(shape)
            place[within[shapely.intersects_xy(shape, x[within], y[within])]] = number
    found[order] = np.array([*ordered.index, None], dtype=object)[place]
    return found


def locate(
    frame: pd.DataFrame,
    *,
    regions: Mapping[str, str | None],
    places: Mapping[str, str | None],
    shapes: gpd.GeoDataFrame | None,
) -> tuple[pd.Series, pd.Series]:
    """Each firm's region and by what it was found: ``code``, ``place``, ``point`` or ``none``.

    ``regions`` and ``places`` say what the words in ``region_code`` and ``place`` mean. What is
    stated stands before what a point says.
    """
    nothing = pd.Series(None, index=frame.index, dtype=object)
    code = frame["region_code"].map(regions) if "region_code" in frame else nothing
    how = pd.Series("none", index=frame.index).mask(code.notna(), "code")
    if "place" in frame:
        by_place = frame["place"].map(places)
        how = how.mask(code.isna() & by_place.notna(), "place")
        code = code.where(code.notna(), by_place)
    if shapes is not None and {"lon", "lat"} <= set(frame):
        open_ones = code.isna().to_numpy()
        lon, lat = frame["lon"].to_numpy(), frame["lat"].to_numpy()
        points = np.full(len(frame), None, dtype=object)
        points[open_ones] = regions_of_points(lon[open_ones], lat[open_ones], shapes)
        by_point = pd.Series(points, index=frame.index)
        how = how.mask(code.isna() & by_point.notna(), "point")
        code = code.where(code.notna(), by_point)
    return code.astype("str"), how
