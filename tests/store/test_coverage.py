"""Cleaning, simplifying and asking coverages."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from atlas.errors import DataError
from atlas.store.boundaries import (
    clean_coverage,
    neighbours,
    outline,
    simplify_coverage,
    world_regions,
)


def frame(**polygons: shapely.Geometry) -> gpd.GeoDataFrame:
    """Regions by code, in degrees."""
    index = pd.Index(list(polygons), name="region_code")
    return gpd.GeoDataFrame({"geometry": list(polygons.values())}, index=index, crs=4326)


def is_coverage(regions: gpd.GeoDataFrame) -> bool:
    polygons = regions.geometry.to_numpy()
    return bool(shapely.is_valid(polygons).all() and shapely.coverage_is_valid(polygons))


@pytest.fixture(scope="module")
def georgia() -> gpd.GeoDataFrame:
    return world_regions("GE")


def test_a_sliver_between_neighbours_is_closed() -> None:
    # Two squares with a lens 0.0004 degrees wide between them, closed at both ends.
    left = shapely.Polygon([(0, 0), (1, 0), (0.9998, 0.5), (1, 1), (0, 1)])
    right = shapely.Polygon([(1, 0), (2, 0), (2, 1), (1, 1), (1.0002, 0.5)])
    clean = clean_coverage(frame(A=left, B=right))
    assert is_coverage(clean)
    assert shapely.area(clean.geometry.to_numpy()).sum() == pytest.approx(2.0, abs=1e-9)
    assert outline(frame(A=left, B=right)).equals(shapely.box(0, 0, 2, 1))


def test_a_lake_is_not_a_sliver() -> None:
    ring = shapely.box(0, 0, 3, 3) - shapely.box(1, 1, 2, 2)
    west, east = ring & shapely.box(0, 0, 1.5, 3), ring & shapely.box(1.5, 0, 3, 3)
    clean = clean_coverage(frame(A=west, B=east))
    assert shapely.area(clean.geometry.to_numpy()).sum() == pytest.approx(8.0)
    assert len(outline(clean).interiors) == 1


def test_an_overlap_goes_to_the_smaller_region() -> None:
    clean = clean_coverage(frame(COUNTY=shapely.box(0, 0, 4, 4), CITY=shapely.box(1, 1, 2, 2)))
    assert is_coverage(clean)
    assert clean.geometry["CITY"].area == pytest.approx(1.0)
    assert clean.geometry["COUNTY"].area == pytest.approx(15.0)


def test_a_region_wholly_under_another_is_named() -> None:
    square = shapely.box(0, 0, 1, 1)
    with pytest.raises(DataError) as caught:
        clean_coverage(frame(A=square, B=square))
    assert caught.value.kind == "boundaries_hidden"
    assert caught.value.facts["value"] in {"A", "B"}


def test_carelessly_drawn_borders_become_one(georgia: gpd.GeoDataFrame) -> None:
    drawn = georgia.copy()
    random = np.random.default_rng(20_240_601)
    shifts = random.normal(0, 2e-4, (len(drawn), 2))  # each region some 20 m off, by itself
    drawn["geometry"] = [
        shapely.affinity.translate(polygon, *shift)
        for polygon, shift in zip(drawn.geometry, shifts, strict=True)
    ]
    assert not is_coverage(drawn)
    clean = clean_coverage(drawn)
    assert is_coverage(clean)
    assert list(clean.index) == list(georgia.index)
    assert len(shapely.get_parts(outline(clean))) == 1
    assert len(outline(clean).interiors) == 0
    change = clean.to_crs(32638).area / georgia.to_crs(32638).area - 1
    assert change.abs().max() < 0.005


def test_inputs_are_left_alone(georgia: gpd.GeoDataFrame) -> None:
    before = georgia.to_wkb()
    clean_coverage(georgia)
    simplify_coverage(georgia, 1000, "EPSG:32638")
    assert georgia.to_wkb().equals(before)


@pytest.mark.parametrize("tolerance", [200, 500, 1000])
def test_georgia_is_simplified_without_gaps(tolerance: float, georgia: gpd.GeoDataFrame) -> None:
    assert is_coverage(georgia)
    simple = simplify_coverage(georgia, tolerance, "EPSG:32638")
    assert is_coverage(simple)
    assert list(simple.index) == list(georgia.index)
    assert list(simple["name_en"]) == list(georgia["name_en"])
    change = simple.to_crs(32638).area / georgia.to_crs(32638).area - 1
    assert change.abs().max() < 0.01
    assert len(outline(simple).interiors) == 0
    assert neighbours(simple) == neighbours(georgia)
    corners = shapely.get_coordinates(simple.geometry.to_numpy())
    assert np.abs(corners * 1e5 - (corners * 1e5).round()).max() < 1e-5


def test_simplifying_saves_corners(georgia: gpd.GeoDataFrame) -> None:
    before = shapely.get_num_coordinates(georgia.geometry.to_numpy()).sum()
    simple = simplify_coverage(georgia, 1000, "EPSG:32638")
    assert shapely.get_num_coordinates(simple.geometry.to_numpy()).sum() < 0.75 * before


@pytest.mark.parametrize(
    ("country", "crs"),
    [
        ("TR", "EPSG:32636"),
        ("HU", "EPSG:23700"),
        ("ES", "EPSG:25830"),
        ("SE", "EPSG:3006"),
        ("XK", "EPSG:32634"),
    ],
)
def test_every_region_survives_in_every_country(country: str, crs: str) -> None:
    regions = world_regions(country)
    simple = simplify_coverage(regions, 2000, crs)
    assert is_coverage(simple)
    assert list(simple.index) == list(regions.index)
    change = simple.to_crs(6933).area / regions.to_crs(6933).area - 1
    assert change.abs().max() < 0.06
    parts = [shapely.get_num_geometries(r.geometry.to_numpy()).sum() for r in (regions, simple)]
    assert parts[0] == parts[1]


def test_a_tiny_island_keeps_its_shape_among_giants() -> None:
    octagon = shapely.Point(3, 0.5).buffer(0.001, quad_segs=2)
    wavy = [(0, 0), (0.5, 0.01), (1, 0), (1, 1), (0.5, 1.01), (0, 1)]
    regions = frame(GIANT=shapely.Polygon(wavy), ISLAND=octagon)
    simple = simplify_coverage(regions, 30_000, "EPSG:3857")
    assert len(simple.geometry["ISLAND"].exterior.coords) == 9
    assert len(simple.geometry["GIANT"].exterior.coords) == 5


def test_neighbours_of_georgias_regions(georgia: gpd.GeoDataFrame) -> None:
    found = neighbours(georgia)
    assert found["GE-AB"] == ("GE-SZ",)
    assert found["GE-TB"] == ("GE-KK", "GE-MM")
    assert found["GE-IM"] == ("GE-GU", "GE-RL", "GE-SJ", "GE-SK", "GE-SZ")
    assert sum(map(len, found.values())) == 2 * 21


def test_a_corner_is_a_border_unless_it_is_not_wanted_and_an_island_has_none() -> None:
    regions = frame(
        SW=shapely.box(0, 0, 1, 1),
        SE=shapely.box(1, 0, 2, 1),
        NE=shapely.box(1, 1, 2, 2),
        FAR=shapely.box(5, 5, 6, 6),
    )
    assert neighbours(regions) == {
        "SW": ("NE", "SE"), "SE": ("NE", "SW"), "NE": ("SE", "SW"), "FAR": (),
    }  # fmt: skip
    assert neighbours(regions, corners=False) == {
        "SW": ("SE",), "SE": ("NE", "SW"), "NE": ("SE",), "FAR": (),
    }  # fmt: skip


def test_outline_of_georgia(georgia: gpd.GeoDataFrame) -> None:
    border = outline(georgia)
    assert border.geom_type == "Polygon"
    assert len(border.interiors) == 0
    assert border.area == pytest.approx(georgia.geometry.apply(lambda part: part.area).sum())


def test_a_corner_on_a_straight_border_swallows_nobody() -> None:
    # North has a corner in the middle of the border with the south, which has none there.
    north = shapely.Polygon([(0, 1), (0, 2), (2, 2), (2, 1), (1, 1)])
    clean = clean_coverage(frame(N=north, S=shapely.box(0, 0, 2, 1), E=shapely.box(2, 0, 3, 2)))
    assert shapely.area(clean.geometry.to_numpy()).tolist() == [2, 2, 2]
