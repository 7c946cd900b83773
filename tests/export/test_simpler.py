"""Borders with very many corners are drawn with few, and stay shared."""

from __future__ import annotations

import dataclasses

import geopandas as gpd
import numpy as np
import pytest
import shapely

from atlas.analysis.map import map_shapes, map_view
from atlas.export.images import draw
from atlas.export.simpler import CORNERS, simpler
from atlas.export.slides import pptx
from atlas.figures.sheet import Area
from atlas.model import Release
from atlas.text import Text


def test_many_corners_become_few_and_shared_borders_stay_shared(toyland: Release) -> None:
    view = map_view(toyland, metric="location_quotient", industry="C11", year=2020)
    shapes = map_shapes(toyland, "regions")
    # Two regions along a coast-like line of 20,000 corners, which both have.
    y = np.linspace(0, 2, 20_000)
    shared = np.column_stack([1 + 0.02 * np.sin(40 * y) + 0.002 * np.sin(4000 * y), y])
    west = shapely.Polygon([(0, 0), *shared, (0, 2)])
    east = shapely.Polygon([(2, 0), *shared, (2, 2)])
    frame = gpd.GeoDataFrame(geometry=[west, east], index=["XT-N", "XT-S"], crs=4326)
    rough = dataclasses.replace(shapes, regions=frame, outline=shapely.box(0, 0, 2, 2))
    drawn = draw(view, rough, Text("en")).sheet.marks
    regions = [
        mark.shape
        for mark in simpler(drawn)
        if isinstance(mark, Area) and mark.part.role == "region"
    ]
    assert sum(shapely.get_num_coordinates(regions)) <= CORNERS
    one, other = regions
    assert shapely.intersection(one, other).area == pytest.approx(0, abs=1e-9)
    assert shapely.union_all(regions).area == pytest.approx(one.area + other.area)
    # One border, and nothing open along it.
    assert shapely.get_num_interior_rings(shapely.union_all(regions)) == 0
    content = pptx(view, rough, Text("en"))
    assert len(content) < 200_000
