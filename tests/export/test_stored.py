"""The snapshot in files: where other programs see it, and what is read from files of others."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pypdf
import pytest
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from PIL import Image
from xlsxwriter import Workbook

from atlas.errors import ExportError
from atlas.export.stored import put, read_snapshot
from atlas.snapshot import Snapshot

SAID = Snapshot(edition="georgia", release="r-1", title="ღვინო “<” & 'co' (100%) \\ → ok")


def drawing(form: str) -> bytes:
    figure, target = Figure(figsize=(2, 2)), io.BytesIO()
    figure.text(0.1, 0.5, "Wine")
    canvas = FigureCanvasPdf(figure) if form == "pdf" else FigureCanvasSVG(figure)
    canvas.print_figure(target, format=form, metadata={"Title": "Wine"})
    return target.getvalue()


def png() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (3, 2), "red").save(target, "PNG")
    return target.getvalue()


def workbook(comments: str | None = None) -> bytes:
    target = io.BytesIO()
    book = Workbook(target)
    book.set_properties({"title": "Wine", **({"comments": comments} if comments else {})})
    book.add_worksheet("Data").write_number(0, 0, 5)
    book.close()
    return target.getvalue()


def test_pillow_sees_it_in_a_text_chunk_of_png() -> None:
    content = put(png(), SAID)
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()
        assert Snapshot.from_json(picture.info["Snapshot"]) == SAID
        assert picture.getpixel((2, 1)) == (255, 0, 0)
    assert read_snapshot(content) == SAID


def test_pypdf_sees_it_among_the_properties_of_pdf_and_the_page_is_as_before() -> None:
    content = put(drawing("pdf"), SAID)
    for strict in (True, False):
        found = pypdf.PdfReader(io.BytesIO(content), strict=strict)
        assert found.metadata is not None
        assert Snapshot.from_json(found.metadata["/Snapshot"]) == SAID
        assert found.metadata.title == "Wine"
        assert "Wine" in found.pages[0].extract_text()
    assert read_snapshot(content) == SAID
    # Once more: the newest counts.
    other = Snapshot(edition="toyland")
    again = put(content, other)
    assert read_snapshot(again) == other
    assert Snapshot.from_json(pypdf.PdfReader(io.BytesIO(again)).metadata["/Snapshot"]) == other


def test_svg_has_it_as_metadata() -> None:
    content = put(drawing("svg"), SAID)
    assert read_snapshot(content) == SAID
    assert content.count(b'<metadata id="atlas-snapshot">') == 1
    assert content.startswith(b"<?xml")


@pytest.mark.parametrize("comments", [None, "Somebody's own"])
def test_openpyxl_sees_it_among_the_properties_of_a_workbook(comments: str | None) -> None:
    content = put(workbook(comments), SAID)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert Snapshot.from_json(book.properties.description) == SAID
    assert book.properties.title == "Wine"
    assert book["Data"]["A1"].value == 5
    assert read_snapshot(content) == SAID


def test_a_file_with_no_room_for_it_stays_as_it_is() -> None:
    assert put(b"a,b\n1,2\n", SAID) == b"a,b\n1,2\n"


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/core.xml", b" " * 50_000_000)
    return target.getvalue()


STRANGE = {
    "nothing": b"",
    "a table": b"region_code,value\n",
    "a picture": png(),
    "a picture cut short": png()[:20],
    "a document": drawing("pdf"),
    "a drawing": drawing("svg"),
    "a workbook": workbook("no snapshot"),
    "a bomb": bomb(),
    "an archive of nothing": b"PK\x03\x04" + b"\0" * 40,
    "no database": b"SQLite format 3\0" + b"\0" * 100,
    "no table": b"PAR1" + b"\0" * 100 + b"PAR1",
    "half of JSON": b'{"snapshot": ',
    "a program": b"\x7fELF" + b"\0" * 100,
}


@pytest.mark.parametrize("name", STRANGE)
def test_files_of_others_have_none(name: str) -> None:
    with pytest.raises(ExportError) as error:
        read_snapshot(STRANGE[name])
    assert error.value.kind in ("no_snapshot", "snapshot_unreadable")


def test_a_file_that_only_looks_like_a_database_opens_no_other(tmp_path: Path) -> None:
    """GDAL opens by content: a list of files must not pass for a GeoPackage."""
    listing = b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource>'
    for content in (listing, b"<?xml version='1.0'?>" + listing, b"<svg>" + listing):
        with pytest.raises(ExportError):
            read_snapshot(content)


def test_a_snapshot_in_the_words_of_a_page_is_not_the_pages_own() -> None:
    """Only at the head of a file, and only as an element of its own."""
    head = b"<!doctype html>\n<html><head></head><body>"
    escaped = b"&lt;meta name=&quot;atlas-snapshot&quot; content=&quot;{}&quot;&gt;"
    with pytest.raises(ExportError):
        read_snapshot(head + escaped)
