"""The snapshot in what was made of it: put into a finished file, and found again in any.

Where a file keeps it: PNG a text chunk ``Snapshot``, SVG a metadata element, PDF the document's
information, Office files (PPTX, XLSX) the comments among their properties, HTML a meta element.
GeoPackage, GeoParquet and JSON are written with it (:mod:`atlas.export.data`).
"""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from html import escape, unescape
from pathlib import Path

import pyarrow.lib
import pyarrow.parquet
import pyogrio
from pyogrio.errors import DataSourceError

from atlas.errors import ExportError
from atlas.snapshot import Snapshot

#: Under which a snapshot is kept among a file's other properties.
KEY = "Snapshot"
_PNG = b"\x89PNG\r\n\x1a\n"
_CORE = "docProps/core.xml"
#: More than this is no snapshot of ours.
_MOST = 100_000
_SVG_TAG = re.compile(rb"<svg\b[^>]*>")
_SVG_ELEMENT = re.compile(rb'<metadata id="atlas-snapshot">([^<]{1,100000})</metadata>')
_HTML_HEAD = re.compile(rb"<head\b[^>]*>")
_HTML_META = re.compile(rb'<meta name="atlas-snapshot" content="([^"]{1,100000})">')
_DESCRIPTION = re.compile(rb"<dc:description>([^<]{1,100000})</dc:description>")
_PDF_ENTRY = re.compile(rb"/Snapshot <([0-9A-F]{1,200000})>")


def put(content: bytes, snapshot: Snapshot) -> bytes:
    """The same file with the snapshot in it; as it is where a file of that kind has no room."""
    said, head = snapshot.to_json(), content[:64].lstrip()
    for sign, (store, _) in _KINDS.items():
        if store is not None and head.startswith(sign):
            return store(content, said)
    return content


def read_snapshot(content: bytes) -> Snapshot:
    """The snapshot that a file was made from. Raises ExportError ``no_snapshot`` when it holds
    none, and as :meth:`Snapshot.from_json` when it holds another's."""
    head = content[:64].lstrip()
    for sign, (_, find) in _KINDS.items():
        if head.startswith(sign) and (said := find(content)) is not None:
            return Snapshot.from_json(said)
    raise ExportError("no_snapshot")


def _put_png(content: bytes, said: str) -> bytes:
    body = b"tEXt" + KEY.encode() + b"\0" + said.encode("latin-1")
    chunk = (len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    # Right after the header, which always is 13 bytes long.
    at = len(_PNG) + 25
    return content[:at] + chunk + content[at:]


def _in_png(content: bytes) -> str | None:
    at = len(_PNG)
    while at + 8 <= len(content):
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        if kind == b"tEXt" and length <= _MOST:
            name, _, said = content[at + 8 : at + 8 + length].partition(b"\0")
            if name == KEY.encode():
                return said.decode("latin-1")
        at += length + 12
    return None


def _put_svg(content: bytes, said: str) -> bytes:
    element = f'<metadata id="atlas-snapshot">{escape(said)}</metadata>'.encode()
    return _after(_SVG_TAG, content, element)


def _put_html(content: bytes, said: str) -> bytes:
    meta = f'<meta name="atlas-snapshot" content="{escape(said)}">'.encode()
    return _after(_HTML_HEAD, content, meta)


def _after(place: re.Pattern[bytes], content: bytes, more: bytes) -> bytes:
    found = place.search(content)
    if found is None:
        return content
    return content[: found.end()] + b"\n" + more + content[found.end() :]


def _in_text(content: bytes) -> str | None:
    """In SVG or HTML: only at the head, where it was put."""
    head = content[: 4 * _MOST]
    found = _SVG_ELEMENT.search(head) or _HTML_META.search(head)
    return unescape(found[1].decode()) if found else None


def _put_pdf(content: bytes, said: str) -> bytes:
    """A PDF with one more entry in its information, written behind it as an update."""
    trailer = content[content.rindex(b"trailer") :]
    info, size = (_pdf_number(word, trailer) for word in (b"/Info ", b"/Size "))
    root, before = (_pdf_number(word, trailer) for word in (b"/Root ", b"startxref\n"))
    # Offsets in the table of objects are ten digits wide.
    start = content.index(b"<<", content.rindex(b"\n%d 0 obj" % info))
    words = f"\ufeff{said}".encode("utf-16-be").hex().upper()
    entry = f"/{KEY} <{words}>\n".encode()
    old = _PDF_ENTRY.sub(b"", content[start + 2 : content.index(b"endobj", start)])
    at = len(content) + 1
    new = b"\n%d 0 obj\n<<\n%s%sendobj\n" % (info, entry, old.lstrip())
    table = at + len(new) - 1
    update = (
        b"xref\n%d 1\n%010d 00000 n \n"
        b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /Prev %d >>\n"
        b"startxref\n%d\n%%%%EOF\n"
    )
    return content + new + update % (info, at, size, root, info, before, table)


def _pdf_number(word: bytes, trailer: bytes) -> int:
    return int(trailer[trailer.index(word) + len(word) :].split(None, 1)[0])


def _in_pdf(content: bytes) -> str | None:
    found = _PDF_ENTRY.findall(content)
    return bytes.fromhex(found[-1].decode()).decode("utf-16").lstrip("\ufeff") if found else None


def _put_office(content: bytes, said: str) -> bytes:
    element = f"<dc:description>{escape(said)}</dc:description>".encode()
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == _CORE:
                part = re.sub(rb"<dc:description\s*(/>|>.*?</dc:description>)", b"", part)
                part = part.replace(b"</cp:coreProperties>", element + b"</cp:coreProperties>")
            new.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _in_office(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(_CORE) as core:
            found = _DESCRIPTION.search(core.read(2 * _MOST))
    except (zipfile.BadZipFile, KeyError, NotImplementedError, OSError, zlib.error):
        return None
    return unescape(found[1].decode()) if found else None


def _in_gpkg(content: bytes) -> str | None:
    if content[68:72] != b"GPKG":
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "snapshot.gpkg"
        path.write_bytes(content)
        try:
            about = pyogrio.read_info(path)["dataset_metadata"] or {}
        except DataSourceError:
            return None
    return about.get(KEY)


def _in_parquet(content: bytes) -> str | None:
    try:
        about = pyarrow.parquet.read_schema(io.BytesIO(content)).metadata or {}
    except (pyarrow.lib.ArrowException, OSError):
        return None
    return about[KEY.encode()].decode() if KEY.encode() in about else None


def _in_json(content: bytes) -> str | None:
    """In our JSON under ``snapshot``; a snapshot by itself is one too."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return json.dumps(data.get("snapshot", data))


_Put = Callable[[bytes, str], bytes]
_Find = Callable[[bytes], str | None]

#: First bytes of a file -> how a snapshot is put into a finished one, and found again.
_KINDS: dict[bytes, tuple[_Put | None, _Find]] = {
    _PNG: (_put_png, _in_png),
    b"%PDF-": (_put_pdf, _in_pdf),
    b"PK\x03\x04": (_put_office, _in_office),
    b"<!doctype html>": (_put_html, _in_text),
    b"<svg": (_put_svg, _in_text),
    b"<?xml": (_put_svg, _in_text),
    b"SQLite format 3\0": (None, _in_gpkg),
    b"PAR1": (None, _in_parquet),
    b"{": (None, _in_json),
}
