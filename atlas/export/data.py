"""A view's data for other programs: CSV, GeoPackage, GeoParquet, JSON. Every region, always."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow.parquet

from atlas.export.formats import format_
from atlas.export.stored import KEY
from atlas.figures import captions, titles
from atlas.figures.legends import legend, ranges
from atlas.model import MapShapes, MapView, mark
from atlas.snapshot import Snapshot
from atlas.text import Text

#: Figures that stand beside the view's own, each with its status.
COMPANIONS = ("location_quotient", "amount", "size", "focus", "growth", "turnover")
#: A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(view: MapView, text: Text) -> pd.DataFrame:
    """The view's regions, those without data too, by code; index 0, 1, 2 ...

    Columns: region_code, region, industry_code, industry, year, figure, measure, unit, value (NaN
    where missing), status, class (the range in words, None without value), the companions with
    their statuses, clusters (number), source, release.
    """
    regions = view.regions.sort_index()
    labels = ranges(view, text) if view.scale.kind != "circles" else []
    classes = [labels[number] if labels and number >= 0 else None for number in regions["class"]]
    frame = pd.DataFrame(
        {
            "region_code": regions.index.astype(str),
            "region": [text.name(view.items[str(code)]) for code in regions.index],
            "industry_code": view.industry.code,
            "industry": captions.industry_name(view.industry, text),
            "year": view.year,
            "figure": captions.figure_name(view, text),
            "measure": captions.measure_name(view, text, view.measure),
            "unit": unit(view, text),
            "value": regions["value"].to_numpy(dtype=float),
            "status": regions["status"].astype(str).to_numpy(),
            "class": pd.Series(classes, dtype=object),
        }
    )
    for name in COMPANIONS:
        if name in regions and name != view.metric.name:
            frame[name] = regions[name].to_numpy(dtype=float)
            frame[f"{name}_status"] = regions[f"{name}_status"].astype(str).to_numpy()
    frame["clusters"] = regions["clusters"].to_numpy(dtype=int)
    frame["source"] = titles.sources(view, text)
    frame["release"] = view.release.release_id
    return frame


def unit(view: MapView, text: Text) -> str:
    """What a value of the view is counted in: the edition's unit of an amount, else the kind of
    figure (a share of one, a ratio ...)."""
    if view.metric.unit == "amount":
        return view.measure_text("unit", text.language) or ""
    return view.metric.unit


def about(view: MapView, text: Text) -> dict[str, str]:
    """What stands around a picture, by the name of a file's property."""
    return {
        "Title": titles.title(view, text),
        "Description": titles.subtitle(view, text),
        "Choices": titles.filters(view, text, printed=False),
        "Source": titles.sources(view, text),
        "Notes": titles.notes(view, text),
        "Software": "Cluster atlas",
    }


@format_("csv", title=mark("Table (CSV)"), kind="data")
def csv(view: MapView, shapes: MapShapes, text: Text) -> bytes:  # noqa: ARG001
    """The rows as they are, UTF-8."""
    return plain_csv(rows(view, text))


@format_(
    "csv-escaped", title=mark("Table for spreadsheets (CSV)"), kind="data", mime="text/csv",
    ending="_escaped.csv",
)  # fmt: skip
def csv_escaped(view: MapView, shapes: MapShapes, text: Text) -> bytes:  # noqa: ARG001
    """The rows for a spreadsheet: with a mark of UTF-8, and words that would become a formula
    behind an apostrophe."""
    return escaped_csv(rows(view, text))


def escaped_csv(frame: pd.DataFrame) -> bytes:
    """A table as CSV with a mark of UTF-8, its words that begin like a formula behind an
    apostrophe."""
    words = frame.select_dtypes(exclude="number").columns
    return b"\xef\xbb\xbf" + plain_csv(frame.assign(**frame[words].map(_escaped)))


def _escaped(word: Any) -> Any:
    return f"'{word}" if isinstance(word, str) and word.startswith(_FORMULA) else word


def plain_csv(frame: pd.DataFrame) -> bytes:
    """A table as CSV, as it is."""
    return str(frame.to_csv(index=False, lineterminator="\n")).encode()


@format_("json", title=mark("Specification with its data (JSON)"), kind="data")
def json_(view: MapView, shapes: MapShapes, text: Text, *, snapshot: Snapshot) -> bytes:  # noqa: ARG001
    """The snapshot, the words around it, its classes and its regions."""
    frame = rows(view, text)
    found = {
        "snapshot": snapshot.as_data(),
        **{name.lower(): words for name, words in about(view, text).items()},
        "legend": [
            {"label": entry.label, "regions": entry.count, "status": entry.status}
            for entry in legend(view, text)
        ],
        "regions": frame.astype(object).where(frame.notna(), None).to_dict("records"),
    }
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def features(frame: pd.DataFrame, shapes: MapShapes) -> gpd.GeoDataFrame:
    """Rows with the shape of each one's ``region_code`` in EPSG:4326; None for a region that has
    none."""
    geometry = shapes.regions.geometry.reindex(frame["region_code"]).to_numpy()
    return gpd.GeoDataFrame(frame, geometry=geometry, crs=4326)


@format_(
    "gpkg", title=mark("Map data (GeoPackage)"), kind="data",
    mime="application/geopackage+sqlite3",
)  # fmt: skip
def gpkg(view: MapView, shapes: MapShapes, text: Text, *, snapshot: Snapshot) -> bytes:
    """One layer ``regions``; the words around it are the file's metadata."""
    said = {**about(view, text), KEY: snapshot.to_json()}
    return write_gpkg(features(rows(view, text), shapes), said)


def write_gpkg(found: gpd.GeoDataFrame, said: Mapping[str, str]) -> bytes:
    """Features as the layer ``regions`` of a GeoPackage with that metadata."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "snapshot.gpkg"
        found.to_file(
            path,
            layer="regions",
            driver="GPKG",
            engine="pyogrio",
            promote_to_multi=True,
            dataset_metadata=dict(said),
        )
        return path.read_bytes()


@format_(
    "parquet", title=mark("Map data (GeoParquet)"), kind="data",
    mime="application/vnd.apache.parquet",
)  # fmt: skip
def parquet(view: MapView, shapes: MapShapes, text: Text, *, snapshot: Snapshot) -> bytes:
    """The same as GeoParquet; the words around it are the schema's metadata."""
    said = {**about(view, text), KEY: snapshot.to_json()}
    return write_parquet(features(rows(view, text), shapes), said)


def write_parquet(found: gpd.GeoDataFrame, said: Mapping[str, str]) -> bytes:
    """Features as GeoParquet with that metadata in the schema."""
    written, target = io.BytesIO(), io.BytesIO()
    found.to_parquet(written, index=False)
    table = pyarrow.parquet.read_table(written)
    more = {name.encode(): words.encode() for name, words in said.items()}
    named = table.replace_schema_metadata({**(table.schema.metadata or {}), **more})
    pyarrow.parquet.write_table(named, target)
    return target.getvalue()
