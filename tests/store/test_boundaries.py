"""The world file: every region once, in its place, and the neighbours behind it."""

from __future__ import annotations

import time

import geopandas as gpd
import numpy as np
import pytest
import shapely

from atlas.errors import DataError
from atlas.store.boundaries import (
    WORLD,
    backdrop,
    outline,
    simplify_with_backdrop,
    world_countries,
    world_regions,
    world_units,
)

EQUAL_AREA = "EPSG:6933"
GEORGIA = [
    *("GE-AB", "GE-AJ", "GE-GU", "GE-IM", "GE-KA", "GE-KK"),
    *("GE-MM", "GE-RL", "GE-SJ", "GE-SK", "GE-SZ", "GE-TB"),
]
AROUND_GEORGIA = (36.0, 37.0, 50.7, 47.6)

# Country: number of first-level regions (ISO 3166-2), area in km2 as its statistics office or
# the UN Demographic Yearbook publishes it.
PUBLISHED = {
    "GE": (12, 69_700),
    "TR": (81, 783_562),
    "HU": (20, 93_030),
    "ES": (19, 505_990),
    "SE": (21, 447_425),
    "XK": (7, 10_887),
}

# Places (longitude, latitude) and the region each lies in.
PLACES = [
    ("GE", "GE-TB", "Tbilisi", 44.793, 41.715),
    ("GE", "GE-AJ", "Batumi", 41.66, 41.62),
    ("GE", "GE-IM", "Kutaisi", 42.70, 42.27),
    ("GE", "GE-KA", "Telavi", 45.473, 41.92),
    ("GE", "GE-KK", "Rustavi", 45.0, 41.55),
    ("GE", "GE-MM", "Dusheti", 44.69, 42.085),
    ("GE", "GE-SK", "Gori", 44.11, 41.985),
    ("GE", "GE-SK", "Tskhinvali", 43.97, 42.225),
    ("GE", "GE-AB", "Sokhumi", 41.02, 43.01),
    ("GE", "GE-SZ", "Mestia", 42.73, 43.045),
    ("GE", "GE-RL", "Ambrolauri", 43.15, 42.52),
    ("GE", "GE-SJ", "Akhaltsikhe", 42.99, 41.64),
    ("GE", "GE-GU", "Ozurgeti", 42.0, 41.925),
    ("TR", "TR-06", "Ankara", 32.86, 39.93),
    ("TR", "TR-19", "Çorum", 34.95, 40.55),
    ("TR", "TR-27", "Gaziantep", 37.38, 37.066),
    ("TR", "TR-55", "Samsun", 36.30, 41.26),
    ("TR", "TR-34", "Istanbul", 29.06, 40.99),
    ("HU", "HU-BU", "Budapest", 19.06, 47.5),
    ("HU", "HU-CS", "Szeged", 20.148, 46.253),
    ("HU", "HU-HB", "Debrecen", 21.63, 47.53),
    ("HU", "HU-PE", "Érd", 18.913, 47.39),
    ("HU", "HU-VE", "Veszprém", 17.91, 47.09),
    ("ES", "ES-CT", "Barcelona", 2.15, 41.40),
    ("ES", "ES-MD", "Madrid", -3.70, 40.42),
    ("ES", "ES-PV", "Bilbao", -2.93, 43.26),
    ("ES", "ES-NC", "Pamplona", -1.64, 42.82),
    ("ES", "ES-RI", "Logroño", -2.44, 42.46),
    ("ES", "ES-CN", "Tenerife", -16.6, 28.27),
    ("ES", "ES-ML", "Melilla", -2.945, 35.29),
    ("SE", "SE-AB", "Södertälje", 17.62, 59.19),
    ("SE", "SE-BD", "Kiruna", 20.22, 67.86),
    ("SE", "SE-I", "Gotland", 18.45, 57.4),
    ("SE", "SE-O", "Borås", 12.94, 57.72),
    ("XK", "XK-01", "Pristina", 21.165, 42.663),
    ("XK", "XK-02", "Mitrovica", 20.866, 42.883),
    ("XK", "XK-03", "Peja", 20.288, 42.66),
    ("XK", "XK-04", "Prizren", 20.74, 42.213),
    ("XK", "XK-05", "Ferizaj", 21.155, 42.37),
    ("XK", "XK-06", "Gjilan", 21.469, 42.463),
    ("XK", "XK-07", "Gjakova", 20.43, 42.38),
]


@pytest.fixture(scope="module")
def world() -> gpd.GeoDataFrame:
    return gpd.read_parquet(WORLD)


@pytest.fixture(scope="module")
def countries() -> dict[str, gpd.GeoDataFrame]:
    return {country: world_regions(country) for country in PUBLISHED}


def test_world_has_a_unique_key_and_says_where_each_region_is(world: gpd.GeoDataFrame) -> None:
    assert len(world) == 4489
    assert world["region_code"].is_unique
    assert world["country"].str.fullmatch("[A-Z]{2}").all()
    assert (world["name_en"].str.len() > 0).all()
    assert world.crs.to_epsg() == 4326
    assert not set(world["parent_code"].dropna()) & set(world["region_code"])
    # The source gives these no country, or -1, or another country's code.
    assert {"NO", "FR", "XK", "PR", "SX", "CC", "CX"} <= set(world_countries())


def test_world_is_one_clean_coverage(world: gpd.GeoDataFrame) -> None:
    polygons = world.geometry.to_numpy()
    assert shapely.is_valid(polygons).all()
    assert not shapely.is_empty(polygons).any()
    assert shapely.coverage_is_valid(polygons)
    corners = shapely.get_coordinates(polygons) * 1e4
    assert np.abs(corners - corners.round()).max() < 1e-6


def test_world_has_no_gaps_between_regions(world: gpd.GeoDataFrame) -> None:
    land = shapely.coverage_union_all(world.geometry.to_numpy())
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(land) for ring in part.interiors]
    # Caspian Sea, the unsettled ice field in Patagonia, the Brazilian Island in the Uruguay.
    points = [(51, 41), (-73.3, -49.5), (-57.62, -30.188)]
    assert len(holes) == 3
    for lon, lat in points:
        assert any(hole.contains(shapely.Point(lon, lat)) for hole in holes)


def test_world_file_is_small() -> None:
    assert WORLD.stat().st_size < 15_000_000


@pytest.mark.parametrize("country", PUBLISHED)
def test_first_level_regions_are_all_there(
    country: str, countries: dict[str, gpd.GeoDataFrame]
) -> None:
    regions = countries[country]
    number, area = PUBLISHED[country]
    assert len(regions) == number
    assert regions.index.name == "region_code"
    assert list(regions.columns) == ["name_en", "geometry"]
    assert regions.index.is_monotonic_increasing
    assert shapely.coverage_is_valid(regions.geometry.to_numpy())
    drawn = regions.to_crs(EQUAL_AREA).area.sum() / 1e6
    assert drawn == pytest.approx(area, rel=0.02)


@pytest.mark.parametrize(("country", "code", "place", "lon", "lat"), PLACES)
def test_places_lie_in_their_region(
    country: str,
    code: str,
    place: str,
    lon: float,
    lat: float,
    countries: dict[str, gpd.GeoDataFrame],
) -> None:
    regions = countries[country]
    found = regions.index[regions.contains(shapely.Point(lon, lat))]
    assert list(found) == [code], place


def test_codes_and_names(countries: dict[str, gpd.GeoDataFrame]) -> None:
    assert list(countries["GE"].index) == GEORGIA
    assert list(countries["TR"].index) == [f"TR-{number:02}" for number in range(1, 82)]
    assert list(countries["XK"].index) == [f"XK-0{number}" for number in range(1, 8)]
    assert countries["GE"].loc["GE-KA", "name_en"] == "Kakheti"
    assert countries["HU"].loc["HU-CS", "name_en"] == "Csongrád-Csanád"
    assert countries["ES"].loc["ES-CT", "name_en"] == "Catalonia"
    assert countries["SE"].loc["SE-M", "name_en"] == "Skåne"
    assert countries["XK"].loc["XK-05", "name_en"] == "Ferizaj"


def test_spain_has_provinces_below_its_communities() -> None:
    provinces = world_regions("ES", level=2)
    assert len(provinces) == 52
    assert provinces.loc["ES-B", "name_en"] == "Barcelona"
    catalan = provinces.loc[["ES-B", "ES-GI", "ES-L", "ES-T"]]
    community = world_regions("ES").geometry["ES-CT"]
    assert shapely.coverage_union_all(catalan.geometry.to_numpy()).equals(community)


def test_units_of_any_level_are_found_by_code() -> None:
    units = world_units("ES", ["ES-CT", "ES-B", "ES-CE", "ES-NOWHERE"])
    assert list(units.index) == ["ES-B", "ES-CE", "ES-CT"]
    assert list(units["name_en"]) == ["Barcelona", "Ceuta", "Catalonia"]


def test_an_unknown_country_is_named_with_the_nearest() -> None:
    with pytest.raises(DataError) as caught:
        world_regions("GEO")
    assert caught.value.kind == "unknown_country"
    assert caught.value.facts == {"country": "GEO", "nearest": "GE"}


def test_backdrop_shows_georgias_neighbours() -> None:
    start = time.process_time()
    shown = backdrop(AROUND_GEORGIA, "GE")
    assert time.process_time() - start < 2
    assert shown.index.name == "country"
    assert list(shown.index) == ["AM", "AZ", "IQ", "IR", "KZ", "RU", "SY", "TR", "UA"]
    assert shown.is_valid.all()
    west, south, east, north = shown.total_bounds
    assert (west, south, east, north) == pytest.approx(AROUND_GEORGIA)
    # Turkey is whole, without seams between its provinces.
    assert shapely.get_num_interior_rings(shapely.get_parts(shown.geometry["TR"])).sum() == 0
    assert shown.geometry["TR"].contains(shapely.box(38, 38, 42, 40))


def test_backdrop_of_the_open_sea_is_empty() -> None:
    shown = backdrop((-30, -30, -29, -29), "GE")
    assert len(shown) == 0
    assert shown.crs.to_epsg() == 4326


@pytest.mark.parametrize(("country", "crs"), [("GE", "EPSG:32638"), ("ES", "EPSG:25830")])
def test_country_and_backdrop_simplified_together_still_meet(country: str, crs: str) -> None:
    regions = world_regions(country)
    west, south, east, north = regions.total_bounds
    bounds = (west - 1, south - 1, east + 1, north + 1)
    simple, around = simplify_with_backdrop(
        regions, bounds, country, tolerance_m=1000, metric_crs=crs
    )
    assert list(simple.index) == list(regions.index)
    both = np.concatenate([simple.geometry.to_numpy(), around.geometry.to_numpy()])
    assert shapely.coverage_is_valid(both)
    before = shapely.get_num_coordinates(regions.geometry.to_numpy()).sum()
    after = shapely.get_num_coordinates(simple.geometry.to_numpy()).sum()
    assert after < 0.8 * before


def test_an_editions_own_borders_are_simplified_apart_from_the_backdrop() -> None:
    own = world_regions("GE")
    own = own.set_geometry(own.translate(0.01, 0.01))
    simple, around = simplify_with_backdrop(
        own, AROUND_GEORGIA, "GE", tolerance_m=1000, metric_crs="EPSG:32638"
    )
    assert list(simple.index) == GEORGIA
    assert "TR" in around.index
    shift = outline(simple).centroid.x - outline(world_regions("GE")).centroid.x
    assert shift == pytest.approx(0.01, abs=0.002)
