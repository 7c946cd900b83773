"""Files that want to harm or to mislead, made afresh for each test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import xlsxwriter

#: A planted secret: what it holds may appear nowhere.
SECRET = "the-secret-of-the-server"

HEADER = ("region_code", "industry_code", "year", "employment")
ROW = ("XT-N", "A", "2022", "5")


def table(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> bytes:
    """A CSV of observations of toyland."""
    return "".join(",".join(row) + "\n" for row in (header, *rows)).encode()


def workbook(*rows: tuple[object, ...]) -> bytes:
    """A sound XLSX."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate((HEADER, *(rows or (ROW,)))):
            sheet.write_row(line, 0, row)
    return out.getvalue()


def changed(content: bytes, parts: Mapping[str, Callable[[bytes], bytes]], **more: bytes) -> bytes:
    """A zip archive with some of its parts changed and others added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            raw = old.read(entry)
            new.writestr(entry.filename, parts.get(entry.filename, bytes)(raw))
        for name, raw in more.items():
            new.writestr(name, raw)
    return out.getvalue()


def bomb() -> bytes:
    """A workbook of some 300 KB that unpacks to 300 MB."""
    return changed(workbook(), {}, **{"xl/media/image1.xml": b" " * 300_000_000})


def climbing() -> bytes:
    """A workbook with a part that lies outside of it."""
    return changed(workbook(), {}, **{"../../escaped.xml": b"<a/>"})


def crowded() -> bytes:
    """A workbook of very many parts."""
    return changed(workbook(), {}, **{f"xl/media/{number}.xml": b"" for number in range(2500)})


def entity(secret: Path) -> bytes:
    """A workbook whose words are the content of another file of the server (XXE)."""
    doctype = f'<!DOCTYPE sst [<!ENTITY x SYSTEM "file://{secret}">]>'.encode()

    def steal(xml: bytes) -> bytes:
        head, _, body = xml.partition(b"?>")
        return head + b"?>" + doctype + body.replace(b"<t>XT-N</t>", b"<t>&x;</t>")

    return changed(workbook(), {"xl/sharedStrings.xml": steal})


def laughing() -> bytes:
    """A workbook whose entities multiply (a billion laughs)."""
    lines = ['<!ENTITY a0 "ha">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    doctype = f"<!DOCTYPE sst [{''.join(lines)}]>".encode()

    def laugh(xml: bytes) -> bytes:
        head, _, body = xml.partition(b"?>")
        return head + b"?>" + doctype + body

    return changed(workbook(), {"xl/sharedStrings.xml": laugh})


def vast() -> bytes:
    """A workbook with one cell in the first corner of a sheet and one in the last."""

    def corners(xml: bytes) -> bytes:
        far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        return xml.replace(b"</sheetData>", far)

    return changed(workbook(), {"xl/worksheets/sheet1.xml": corners})


def uncomputed() -> bytes:
    """A workbook with a formula that no program has worked out."""

    def forget(xml: bytes) -> bytes:
        # The row of figures ends with a cell whose result is taken away.
        return xml.replace(b"</row></sheetData>", b'<c r="E2"><f>1+1</f></c></row></sheetData>')

    return changed(workbook(), {"xl/worksheets/sheet1.xml": forget})


def linked(secret: Path) -> bytes:
    """A workbook that refers to another one by an external link."""
    link = f'<Relationships><Relationship Target="file://{secret}" TargetMode="External"/>'
    part = (link + "</Relationships>").encode()
    return changed(workbook(), {}, **{"xl/externalLinks/_rels/externalLink1.xml.rels": part})


def parquet(**columns: list[object]) -> bytes:
    """A Parquet file."""
    out = io.BytesIO()
    pyarrow.parquet.write_table(pa.table(columns), out)
    return out.getvalue()


def claiming() -> bytes:
    """A Parquet file whose footer claims two gigabytes."""
    sound = parquet(region_code=["XT-N"], employment=[1])
    return sound[:-8] + (2**31 - 1).to_bytes(4, "little") + b"PAR1"


def ods(rows: str, doctype: str = "") -> bytes:
    """An ODS with these rows of XML."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?>{doctype}<office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="S">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def ods_row(*cells: str, attributes: str = "") -> str:
    """A row of text cells."""
    inner = "".join(
        f'<table:table-cell {attributes} office:value-type="string"><text:p>{cell}</text:p>'
        "</table:table-cell>"
        for cell in cells
    )
    return f"<table:table-row>{inner}</table:table-row>"
