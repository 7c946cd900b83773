"""Files of outlines that want to harm or to mislead, made afresh for each test: of toyland."""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet

from atlas.config import ROOT

TOYLAND = ROOT / "tests" / "toyland" / "boundaries.geojson"


def toyland(**columns: list[object]) -> gpd.GeoDataFrame:
    """The outlines of toyland by their ``code``, with more columns."""
    found = gpd.read_file(TOYLAND).rename(columns={"region_code": "code"})
    return found.assign(**columns)


def shapefile(frame: gpd.GeoDataFrame | None = None) -> dict[str, bytes]:
    """The parts of a Shapefile."""
    with tempfile.TemporaryDirectory() as folder:
        (toyland() if frame is None else frame).to_file(Path(folder) / "a.shp")
        return {path.suffix: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def packed(parts: dict[str, bytes], **more: bytes) -> bytes:
    """A zip archive with these parts of a Shapefile and more."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for ending, raw in parts.items():
            archive.writestr(f"a{ending}", raw)
        for name, raw in more.items():
            archive.writestr(name, raw)
    return out.getvalue()


def written(ending: str, frame: gpd.GeoDataFrame | None = None) -> bytes:
    """A sound file of the format that the ending says."""
    if ending == ".zip":
        return packed(shapefile(frame))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        kept = toyland() if frame is None else frame
        if ending == ".parquet":
            kept.to_parquet(path)
        else:
            kept.to_file(path, driver={".gpkg": "GPKG", ".kml": "LIBKML"}.get(ending, "GeoJSON"))
        return path.read_bytes()


def polygon(*corners: tuple[float | str, float | str]) -> dict[str, object]:
    """A feature of toyland's north as GeoJSON says it."""
    geometry = {"type": "Polygon", "coordinates": [[*corners]]}
    return {"type": "Feature", "properties": {"code": "XT-N"}, "geometry": geometry}


def geojson(*features: object, **more: object) -> bytes:
    """A GeoJSON of these features."""
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def redirected(secret: Path) -> bytes:
    """A description of another file for one of GDAL's drivers that lead on (VRT)."""
    return (
        f"<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>{secret}</SrcDataSource>"
        "</OGRVRTLayer></OGRVRTDataSource>"
    ).encode()


def database(statement: str, *values: object) -> bytes:
    """A GeoPackage changed by a statement of SQL."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.gpkg"
        path.write_bytes(written(".gpkg"))
        with sqlite3.connect(path) as connection:
            for name in ("rtree_a_geom_update6", "rtree_a_geom_update7", "rtree_a_geom_update2",
                         "rtree_a_geom_update4", "rtree_a_geom_update5"):  # fmt: skip
                connection.execute(f"drop trigger if exists {name}")
            connection.execute(statement, values)
        connection.close()
        return path.read_bytes()


def stored(corners: bytes) -> bytes:
    """A GeoPackage whose first geometry is these bytes of WKB."""
    head = b"GP\x00\x01" + (4326).to_bytes(4, "little")
    return database("update a set geom = ? where fid = 1", head + corners)


def viewing(secret: Path) -> bytes:
    """A GeoPackage with a view that would load another file."""
    return database("create view v as select fid, geom, load_extension('FILE') as code from a"
                    .replace("FILE", str(secret)))  # fmt: skip


def kml(doctype: str, name: str) -> bytes:
    """A KML with a document type and a name."""
    return (
        f'<?xml version="1.0"?>{doctype}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<Folder><name>a</name><Placemark><name>{name}</name><Polygon><outerBoundaryIs>"
        "<LinearRing><coordinates>0,1 2,1 2,2 0,2 0,1</coordinates></LinearRing>"
        "</outerBoundaryIs></Polygon></Placemark></Folder></Document></kml>"
    ).encode()


def geoparquet(change: Callable[[dict[str, object]], None]) -> bytes:
    """A GeoParquet of which the description is changed."""
    table = pyarrow.parquet.read_table(io.BytesIO(written(".parquet")))
    geo = json.loads(table.schema.metadata[b"geo"])
    change(geo)
    out = io.BytesIO()
    described = {**table.schema.metadata, b"geo": json.dumps(geo).encode()}
    pyarrow.parquet.write_table(table.replace_schema_metadata(described), out)
    return out.getvalue()


def wide(columns: int) -> bytes:
    """A GeoParquet of very many columns."""
    table = pyarrow.parquet.read_table(io.BytesIO(written(".parquet")))
    ones = pa.array([1] * table.num_rows)
    more = {f"c{number}": ones for number in range(columns)}
    whole = pa.table({**{name: table[name] for name in table.schema.names}, **more})
    out = io.BytesIO()
    pyarrow.parquet.write_table(whole.replace_schema_metadata(table.schema.metadata), out)
    return out.getvalue()


def infinite() -> bytes:
    """A GeoPackage with a corner that is no number and one beyond all."""
    corners = (0, 1, float("nan"), 1, 2, float("inf"), 0, 2, 0, 1)
    # Little-endian, a polygon, one ring, five corners.
    return stored(struct.pack("<BIII10d", 1, 3, 1, 5, *corners))
