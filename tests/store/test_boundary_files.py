"""Boundary files that an edition brings itself, good and bad."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from atlas.errors import DataError
from atlas.store.boundaries import read_boundaries

SQUARE = shapely.box(44, 41, 45, 42)


def regions_of(codes: list[object], **columns: list[object]) -> gpd.GeoDataFrame:
    """A row of one-degree squares east of 44 E, 41 N."""
    squares = [shapely.box(44 + i, 41, 45 + i, 42) for i in range(len(codes))]
    return gpd.GeoDataFrame({"region_code": codes, **columns}, geometry=squares, crs=4326)


def write_geojson(path: Path, features: list[dict[str, object]], **members: object) -> Path:
    content = {"type": "FeatureCollection", **members, "features": features}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def feature(code: object, geometry: object = SQUARE, **properties: object) -> dict[str, object]:
    drawn = None if geometry is None else shapely.geometry.mapping(geometry)
    kept = {"region_code": code, **properties}
    return {"type": "Feature", "properties": kept, "geometry": drawn}


@pytest.mark.parametrize("name", ["b.geojson", "b.gpkg", "b.parquet"])
def test_reads_every_format(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    regions = regions_of(["XX-2", "XX-1"], colour=["red", "blue"])
    regions.to_parquet(path) if name.endswith("parquet") else regions.to_file(path)
    read = read_boundaries(path)
    assert list(read.index) == ["XX-2", "XX-1"]
    assert read.index.name == "region_code"
    assert list(read["colour"]) == ["red", "blue"]
    assert read.crs.to_epsg() == 4326
    assert read.total_bounds == pytest.approx((44, 41, 46, 42))


def test_reprojects_to_degrees(tmp_path: Path) -> None:
    path = tmp_path / "b.gpkg"
    regions_of(["XX-1"]).to_crs(32638).to_file(path)
    assert read_boundaries(path).total_bounds == pytest.approx((44, 41, 45, 42), abs=1e-6)


def test_geojson_may_name_its_reference_system(tmp_path: Path) -> None:
    square = gpd.GeoSeries([SQUARE], crs=4326).to_crs(3857).iloc[0]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    path = write_geojson(tmp_path / "b.geojson", [feature("XX-1", square)], crs=crs)
    assert read_boundaries(path).total_bounds == pytest.approx((44, 41, 45, 42), abs=1e-6)


def test_codes_are_read_as_text(tmp_path: Path) -> None:
    features = [feature(7), feature(8.0), feature(" 09 ")]
    path = write_geojson(tmp_path / "b.geojson", features)
    assert list(read_boundaries(path).index) == ["7", "8", "09"]


def test_an_invalid_polygon_is_mended(tmp_path: Path) -> None:
    bow_tie = shapely.Polygon([(44, 41), (45, 42), (45, 41), (44, 42)])
    path = write_geojson(tmp_path / "b.geojson", [feature("XX-1", bow_tie)])
    read = read_boundaries(path)
    assert read.is_valid.all()
    assert read.geometry["XX-1"].area == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("features", "kind", "fact"),
    [
        ([], "boundaries_without_code", {"columns": []}),
        (
            [{"type": "Feature", "properties": {"id": 1}, "geometry": SQUARE.__geo_interface__}],
            "boundaries_without_code",
            {"columns": ["id"]},
        ),
        ([feature("A"), feature("B"), feature("A")], "boundaries_repeat", {"value": "A"}),
        ([feature("A"), feature(None)], "boundaries_empty_code", {"row": 2}),
        ([feature("A"), feature("  ")], "boundaries_empty_code", {"row": 2}),
        ([feature("A", shapely.Point(44, 41))], "boundaries_not_polygons", {"value": "A"}),
        ([feature("A"), feature("B", None)], "boundaries_not_polygons", {"value": "B"}),
        (
            [feature("A", shapely.box(400000, 4600000, 500000, 4700000))],
            "boundaries_not_degrees",
            {"value": "400000, 4.6e+06, 500000, 4.7e+06"},
        ),
    ],
)
def test_wrong_content_is_named(
    features: list[dict[str, object]], kind: str, fact: dict[str, object], tmp_path: Path
) -> None:
    path = write_geojson(tmp_path / "boundaries.geojson", features)
    with pytest.raises(DataError) as caught:
        read_boundaries(path)
    assert caught.value.kind == kind
    assert caught.value.facts == {"path": "boundaries.geojson", **fact}


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("b.geojson", b'{"type": "FeatureCollection", "features": [', "boundaries_unreadable"),
        ("b.geojson", b'{"type": "Topology"}', "boundaries_unreadable"),
        ("b.geojson", b'{"features": [1, 2]}', "boundaries_unreadable"),
        ("b.geojson", b'{"crs": "no", "features": []}', "boundaries_unreadable"),
        ("b.geojson", b"\xff\xfe{", "boundaries_format"),
        ("b.geojson", b"region_code,wkt\n", "boundaries_format"),
        ("b.gpkg", b"SQLite format 3\x00 and nothing more", "boundaries_unreadable"),
        ("b.parquet", b"PAR1 and nothing more PAR1", "boundaries_unreadable"),
        ("b.gpkg", b"<OGRVRTDataSource></OGRVRTDataSource>", "boundaries_format"),
        ("b.shp", b"\x00\x00\x27\x0a", "boundaries_format"),
        ("b.geojson", b"", "boundaries_format"),
    ],
)
def test_a_file_that_is_not_what_it_says(
    name: str, content: bytes, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_boundaries(path)
    assert caught.value.kind == kind
    assert caught.value.facts["path"] == name


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_boundaries(tmp_path / "b.geojson")
    assert caught.value.kind == "boundaries_missing"


def test_a_parquet_file_without_a_reference_system(tmp_path: Path) -> None:
    regions_of(["XX-1"]).set_crs(None, allow_override=True).to_parquet(tmp_path / "b.parquet")
    with pytest.raises(DataError) as caught:
        read_boundaries(tmp_path / "b.parquet")
    assert caught.value.kind == "boundaries_without_crs"


def test_another_files_rows_cannot_be_reached_through_a_geopackage(tmp_path: Path) -> None:
    secret = write_geojson(tmp_path / "secret.geojson", [feature("SECRET")])
    vrt = f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource>'
    evil = tmp_path / "evil.gpkg"
    evil.write_text(f"{vrt}</OGRVRTLayer></OGRVRTDataSource>", encoding="utf-8")
    # GDAL alone would follow it: this is why the first bytes are checked.
    assert list(gpd.read_file(evil)["region_code"]) == ["SECRET"]
    with pytest.raises(DataError) as caught:
        read_boundaries(evil)
    assert caught.value.kind == "boundaries_format"
