"""From a file of outlines to a grid of what it says of each feature, and the polygons beside it.

Runs in the process that is set apart (:mod:`atlas.ingest.apart`). The grid is that of tables
(:mod:`atlas.ingest.readers`), its header in row 0 and the features from 1 on. ``shapes.parquet``
holds for each feature (``line``) its polygons in EPSG:4326 (``wkb``) and what is wrong with them:
``flaw`` (a rule, or empty) and ``detail``.
"""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from atlas.errors import DataError
from atlas.ingest import letters, outline_source
from atlas.ingest.readers import Writer, as_text
from atlas.store.coverage import AREAS, polygonal

#: The most features and corners of a file.
MOST_FEATURES = 100_000
MOST_CORNERS = 20_000_000
#: Type number of a collection of geometries.
_COLLECTION = 7
#: Coordinate systems may name files of shifts: these are other files, and are not followed.
_FILES = ("grids", "parameterfile", "+init")
#: What GDAL calls a system that a file does not state.
_NAMELESS = ("undefined", "unknown", "unnamed")

Shapes = np.ndarray[Any, np.dtype[Any]]


def read(here: Path, name: str, job: Mapping[str, Any]) -> dict[str, Any]:
    """Read the file into ``grid.parquet`` and ``shapes.parquet``; says its ``kind``, the layer
    (``sheet``) and all ``sheets``, the ``crs``, whether it was ``stated`` by hand, and which other
    one of the file's own is ``overruled`` by that.

    Raises DataError: those of :mod:`~atlas.ingest.outline_source`, ``outline_unreadable``,
    ``outline_long``, ``crs_lacking``, ``crs_unknown``, ``crs_file``; ChoiceError ``unknown_layer``.
    """
    kind = outline_source.kind_of(here, name)
    about: dict[str, Any] = {"kind": kind}
    if kind == "geoparquet":
        columns, shapes, told = _from_parquet(here, name)
    else:
        columns, shapes, told = _from_gdal(here, name, kind, job, about)
    if len(shapes) > MOST_FEATURES or shapely.get_num_coordinates(shapes).sum() > MOST_CORNERS:
        raise DataError("outline_long", path=name, features=MOST_FEATURES, corners=MOST_CORNERS)
    if not len(shapes):
        raise DataError("source_empty", path=name)
    crs = _system(told, job.get("crs"), name)
    about |= {"crs": _called(crs), "stated": bool(job.get("crs")), "overruled": _other(crs, told)}
    _write_grid(columns, len(shapes), name)
    _write_shapes(*_judged(shapes, crs), Path("shapes.parquet"))
    return about


# --- GDAL ----------------------------------------------------------------------------------


def _from_gdal(
    here: Path, name: str, kind: str, job: Mapping[str, Any], about: dict[str, Any]
) -> tuple[dict[str, Any], Shapes, str | None]:
    """Columns, shapes and the coordinate system of a layer, by the one driver of its kind."""
    path, layer = Path(f"outlines{outline_source.ENDINGS[kind][0]}"), job.get("sheet")
    encoding = None
    if kind == "shapefile":
        about["sheet"], about["sheets"] = outline_source.unpack(here, name, layer, Path())
        path, layer = Path("shapes.shp"), None
        about["encoding"] = encoding = _letters(path, name, job.get("encoding"))
    else:
        here.rename(path)
    gdal = _gdal(outline_source.DRIVERS[kind], job["drivers"])
    try:
        layers = [str(each) for each, _ in gdal.list_layers(path)]
        if kind in ("gpkg", "kml"):
            layer = outline_source.choose(name, layers, layer)
            about["sheet"], about["sheets"] = layer, layers
        meta, _, shapes, fields = gdal.raw.read(path, layer=layer, encoding=encoding)
    except (gdal.errors.DataSourceError, gdal.errors.DataLayerError, gdal.errors.FieldError,
            gdal.errors.GeometryError, gdal.errors.FeatureError, ValueError) as error:  # fmt: skip
        if isinstance(error, UnicodeError):
            raise DataError("source_letters", path=name, encoding=encoding) from error
        raise DataError("outline_unreadable", path=name, form=kind) from error
    if shapes is None:
        raise DataError("outline_unreadable", path=name, form=kind)
    columns = {str(field): _plain(values) for field, values in zip(meta["fields"], fields,
                                                                  strict=True)}  # fmt: skip
    return columns, shapely.from_wkb(shapes, on_invalid="ignore"), meta["crs"]


def _gdal(driver: str, known: Sequence[str]) -> Any:
    """The library that reads, with that driver and no other: one of those that lead to other files
    or to addresses could answer to any name. Its drivers are chosen as it is first imported."""
    os.environ["OGR_SKIP"] = ",".join(each for each in known if each != driver)
    gdal = importlib.import_module("pyogrio")
    there = set(gdal.list_drivers())
    if there != {driver}:
        raise RuntimeError(f"other drivers are on: {', '.join(sorted(there - {driver}))}")
    return gdal


def _letters(path: Path, name: str, stated: str | None) -> str:
    """The encoding of a Shapefile's table: as stated, as its .cpg says, else by its bytes."""
    if stated:
        return stated
    told = path.with_suffix(".cpg")
    if told.is_file():
        word = told.read_bytes()[:40].decode("ascii", "replace").strip().casefold()
        found = {"utf8": "utf-8", "65001": "utf-8"}.get(word, word)
        found = f"cp{found}" if found.isdigit() else found.replace("windows-", "cp")
        try:
            return "".encode(found).decode() or found
        except LookupError as error:
            raise DataError("source_letters", path=name, encoding=word) from error
    raw = path.with_suffix(".dbf").read_bytes()
    text = path.with_suffix(".txt")
    # Its records without the header, whose numbers are no letters.
    text.write_bytes(raw[int.from_bytes(raw[8:10], "little") :].replace(b"\x00", b" "))
    return letters.find_encoding(text, name).replace("utf-8-sig", "utf-8")


def _plain(values: Any) -> Any:
    """A column as Arrow holds it; what is neither a number nor a date becomes text."""
    if values.dtype == object:
        words = [None if each is None or isinstance(each, float) else str(each) for each in values]
        return pa.array(words, pa.string())
    return pa.array(values, from_pandas=True)


# --- GeoParquet ----------------------------------------------------------------------------


def _from_parquet(here: Path, name: str) -> tuple[dict[str, Any], Shapes, str | None]:
    try:
        file = pyarrow.parquet.ParquetFile(here)
        said = (file.schema_arrow.metadata or {}).get(b"geo")
        if said is None:
            raise DataError("outline_kind", path=name, form="Parquet")
        geo = json.loads(said)
        primary = str(geo["primary_column"])
        about = geo["columns"][primary]
        if about.get("encoding") != "WKB":
            raise DataError("outline_unreadable", path=name, form="geoparquet")
        if file.metadata.num_rows > MOST_FEATURES:
            raise DataError("outline_long", path=name, features=MOST_FEATURES,
                            corners=MOST_CORNERS)  # fmt: skip
        plain = [
            field.name
            for field in file.schema_arrow
            if field.name not in geo["columns"]
            and not pa.types.is_nested(field.type)
            and not pa.types.is_binary(field.type)
            and not pa.types.is_large_binary(field.type)
        ]
        table = file.read(columns=[primary, *plain]).combine_chunks()
        wkb = table[primary].to_pandas().to_numpy(dtype=object)
        columns = {each: table[each].combine_chunks() for each in plain}
    except (pa.ArrowException, OSError) as error:
        raise DataError("source_truncated", path=name) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError("outline_unreadable", path=name, form="geoparquet") from error
    # Where nothing is said the format itself says degrees; null says that it is not known.
    crs = about.get("crs", "OGC:CRS84")
    told = crs if crs is None or isinstance(crs, str) else json.dumps(crs)
    return columns, shapely.from_wkb(wkb, on_invalid="ignore"), told


# --- coordinates ---------------------------------------------------------------------------


def _system(told: str | None, stated: str | None, name: str) -> CRS:
    """The coordinate system: the stated one, else what the file tells; never a guess."""
    if stated is None and told is None:
        raise DataError("crs_lacking", path=name)
    text = stated or str(told)
    if any(word in text.casefold() for word in _FILES):
        raise DataError("crs_file", path=name)
    try:
        crs = CRS.from_user_input(text)
    except CRSError as error:
        raise DataError("crs_unknown", path=name, value=text[:80]) from error
    flat = crs.source_crs if crs.is_bound and crs.source_crs else crs
    if flat.name.casefold().startswith(_NAMELESS) or not (flat.is_geographic or flat.is_projected):
        raise DataError("crs_lacking", path=name)
    return crs


def _other(crs: CRS, told: str | None) -> str | None:
    """The system that the file tells where another one was stated."""
    if told is None:
        return None
    try:
        own = _called(CRS.from_user_input(told))
    except CRSError:
        return told[:80]
    return own if own != _called(crs) else None


def _called(crs: CRS) -> str:
    code = crs.to_authority()
    return ":".join(code) if code else crs.name


def _judged(shapes: Shapes, crs: CRS) -> tuple[Shapes, list[str], list[str]]:
    """The shapes as valid polygons in degrees, and of each its flaw and what is to be said of it.

    A flaw is one of ``outline_broken`` (its bytes are no geometry), ``outline_empty``,
    ``outline_infinite``, ``outline_no_area``, ``outline_not_degrees`` and, for those that could be
    mended, ``outline_crossing``.
    """
    flaws, details = [""] * len(shapes), [""] * len(shapes)
    try:
        way = Transformer.from_crs(crs, 4326, always_xy=True)
    except ProjError as error:
        raise DataError("crs_unknown", path="", value=_called(crs)) from error
    found: Shapes = np.full(len(shapes), None, dtype=object)
    for number, shape in enumerate(shapes):
        flaws[number], details[number], found[number] = _one(shape, way)
    return found, flaws, details


def _one(shape: Any, way: Transformer) -> tuple[str, str, Any]:
    if shape is None:
        return "outline_broken", "", None
    if shape.is_empty:
        return "outline_empty", "", None
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        return "outline_infinite", "", None
    kinds = {shape.geom_type}
    if shapely.get_type_id(shape) == _COLLECTION:
        shape = shapely.multipolygons([
            each for part in shapely.get_parts(shape) for each in shapely.get_parts(part)
            if shapely.get_type_id(each) == AREAS[0]
        ])  # fmt: skip
    if shapely.get_type_id(shape) not in AREAS or shape.is_empty:
        return "outline_no_area", ", ".join(kinds), None
    moved = shapely.transform(
        shapely.force_2d(shape), lambda at: np.column_stack(way.transform(at[:, 0], at[:, 1]))
    )
    at = shapely.get_coordinates(moved)
    # Rounded outlines of the whole world may stand a hair beyond its edges.
    if not np.isfinite(at).all() or np.abs(at[:, 0]).max() > 181 or np.abs(at[:, 1]).max() > 91:
        first = shapely.get_coordinates(shape)[0]
        return "outline_not_degrees", f"{first[0]:.6g}, {first[1]:.6g}", None
    reason = shapely.is_valid_reason(moved)
    whole = polygonal(np.array([moved], dtype=object))[0]
    if whole.is_empty or whole.area == 0:
        return "outline_empty", "", None
    return "" if reason == "Valid Geometry" else "outline_crossing", _where(reason), whole


def _where(reason: str) -> str:
    """Where an outline goes wrong, from the words of the library: ``Self-intersection[1 2]``."""
    return reason.partition("[")[2].rstrip("]").replace(" ", ", ") if "[" in reason else ""


# --- writing -------------------------------------------------------------------------------


def _write_grid(columns: Mapping[str, Any], rows: int, name: str) -> None:
    stored = pa.array([False], pa.bool_())
    # A file whose features say nothing has one column without a name and without words.
    kept = dict(columns) or {"": pa.nulls(rows, pa.string())}
    writer = Writer(Path("grid.parquet"), name, len(kept))
    writer.write([0], [len(kept)], [(pa.array([each]), stored) for each in kept])
    texts = [as_text(column, name) for column in kept.values()]
    writer.write(list(range(1, rows + 1)), [len(kept)] * rows, texts)
    writer.close()


def _write_shapes(shapes: Shapes, flaws: list[str], details: list[str], out: Path) -> None:
    table = pa.table({
        "line": pa.array(range(1, len(shapes) + 1), pa.int32()),
        "wkb": pa.array(list(shapely.to_wkb(shapes)), pa.binary()),
        "flaw": flaws, "detail": details,
    })  # fmt: skip
    pyarrow.parquet.write_table(table, out)
