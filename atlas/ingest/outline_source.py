"""What a file of outlines from outside is, by its bytes; and what is refused unread.

As with tables (:mod:`atlas.ingest.source`) nothing leads to another file: of a zipped Shapefile the
few parts that are needed are written under names of ours, XML that declares entities is refused.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from atlas.errors import DataError, unknown
from atlas.ingest.source import (
    OVERLAP,
    both_ends,
    check_entries,
    check_name,
    has_entities,
    mistaken,
    pieces,
)

#: What the outlines of regions are called where tables are.
OUTLINES = "boundaries"
#: The most bytes of a file of outlines.
MOST_BYTES = 1_000_000_000

#: What a file may be called, by what it is, and the one driver of GDAL that may read it.
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "geojson": (".geojson", ".json"),
    "gpkg": (".gpkg",),
    "shapefile": (".zip",),
    "kml": (".kml",),
    "geoparquet": (".parquet", ".geoparquet", ".pq"),
}
DRIVERS: Mapping[str, str] = {
    "geojson": "GeoJSON",
    "gpkg": "GPKG",
    "shapefile": "ESRI Shapefile",
    "kml": "LIBKML",
}
#: The parts of a Shapefile that are read: without the first three there is none.
PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_NEEDED = 3
_KML = tuple("<kml".encode(letters) for letters in ("utf-8", "utf-16-le", "utf-16-be"))


def kind_of(path: Path, name: str) -> str:
    """What the file at ``path``, called ``name`` by whoever sent it, is: a key of :data:`ENDINGS`.

    Raises DataError ``source_empty``, ``source_large``, ``source_truncated``, ``source_named``,
    ``outline_kind`` (it is something else), ``shapefile_alone`` (of a Shapefile one part),
    ``xml_entities``, and those of archives.
    """
    found = _look(path, name, *both_ends(path, name, MOST_BYTES))
    check_name(name, found, ENDINGS)
    return found


def _look(path: Path, name: str, start: bytes, end: bytes) -> str:
    if start.startswith(b"PAR1"):
        if end != b"PAR1":
            raise DataError("source_truncated", path=name)
        return "geoparquet"
    if start.startswith(b"SQLite format 3\x00"):
        # The mark of a GeoPackage stands at a fixed place of the database's header.
        if start[68:70] != b"GP":
            raise DataError("outline_kind", path=name, form="SQLite")
        return "gpkg"
    if start.startswith(b"PK"):
        return "shapefile"
    if start.startswith(b"\x00\x00\x27\x0a"):
        raise DataError("shapefile_alone", path=name)
    head = start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")
    if head.startswith(b"{"):
        return "geojson"
    if head.startswith(b"<") and any(word in start for word in _KML):
        _refuse_entities(path, name)
        return "kml"
    form = mistaken(start) or ("XML/HTML" if head.startswith(b"<") else "text")
    raise DataError("outline_kind", path=name, form=form)


def _refuse_entities(path: Path, name: str) -> None:
    before = b""
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            window = before + piece
            if has_entities(window):
                raise DataError("xml_entities", path=name, value=name)
            before = window[-OVERLAP:]


def unpack(path: Path, name: str, wanted: str | None, folder: Path) -> tuple[str, list[str]]:
    """Write a Shapefile of a zip archive as ``shapes.shp`` and so on into ``folder``: the one
    ``wanted``, else the only one; returns its name and those of all.

    Raises DataError ``outline_kind``, ``layer_unclear`` (several, none wanted), ``shapefile_part``
    (a needed part lacks) and those of archives; ChoiceError ``unknown_layer``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            check_entries(entries, name)
            layers = _layers([entry.filename for entry in entries])
            if not layers:
                raise DataError("outline_kind", path=name, form="ZIP")
            chosen = choose(name, list(layers), wanted)
            lacking = [part for part in PARTS[:_NEEDED] if part not in layers[chosen]]
            if lacking:
                raise DataError("shapefile_part", path=name, layer=chosen, part=lacking[0])
            targets = {entry: f"shapes{part}" for part, entry in layers[chosen].items()}
            # All of it is read, so that what is too large is found whatever is chosen.
            for entry, piece in pieces(archive, name, path.stat().st_size):
                if entry in targets:
                    with (folder / targets[entry]).open("ab") as file:
                        file.write(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise DataError("source_truncated", path=name) from error
    return chosen, list(layers)


def _layers(entries: list[str]) -> dict[str, dict[str, str]]:
    """The Shapefiles of an archive by their name: each part with its entry."""
    shapes: dict[str, dict[str, str]] = {}
    for entry in entries:
        stem, part = str(PurePosixPath(entry).with_suffix("")), PurePosixPath(entry).suffix.lower()
        # A Mac adds an entry of its own for each file.
        if part in PARTS and not entry.startswith("__MACOSX"):
            shapes.setdefault(stem, {}).setdefault(part, entry)
    found: dict[str, dict[str, str]] = {}
    for stem, parts in sorted(shapes.items()):
        if ".shp" in parts:
            short = PurePosixPath(stem).name
            found[stem if short in found else short] = parts
    return found


def choose(name: str, layers: list[str], wanted: str | None) -> str:
    """The layer that is wanted, or the only one.

    Raises ChoiceError ``unknown_layer``, DataError ``layer_unclear``.
    """
    if wanted is not None and wanted not in layers:
        raise unknown("layer", wanted, layers)
    if wanted is None and len(layers) != 1:
        raise DataError("layer_unclear", path=name, names=", ".join(layers[:20]) or "–")
    return wanted or layers[0]
