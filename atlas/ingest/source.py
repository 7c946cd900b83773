"""What a file from outside is, by its bytes and not by its name; and what is refused unread.

Nothing is unpacked and nothing in a file leads to another: archives are read as streams, counted
as they come (what their headers claim is not believed), and dropped.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from atlas.errors import DataError

#: The most that is read: bytes of a file, of all that an archive holds, entries, and how many
#: times larger than itself an archive may be once it is larger than :data:`SMALL`.
MOST_BYTES = 4_000_000_000
MOST_UNPACKED = 2_000_000_000
MOST_ENTRIES = 2_000
MOST_RATIO = 150
SMALL = 10_000_000
#: The most rows and columns of a table, and letters in a cell.
MOST_ROWS = 20_000_000
MOST_COLUMNS = 1_000
MOST_LETTERS = 32_767

#: What a file may be called, by what it is.
ENDINGS = {
    "text": (".csv", ".tsv", ".txt", ".tab"),
    "xlsx": (".xlsx", ".xlsm", ".xlsb"),
    "xls": (".xls",),
    "ods": (".ods",),
    "parquet": (".parquet", ".pq"),
    "sdmx-ml": (".xml", ".sdmx"),
    "json": (".json",),
    "px": (".px",),
}
#: How tables that offices publish begin: of SDMX-ML a name that stands near its beginning.
_SDMX = b"sdmx.org/resources/sdmxml/schemas/"
_PX = (b"CHARSET=", b"AXIS-VERSION=", b"CODEPAGE=", b"LANGUAGE=")
#: First bytes of what is often sent by mistake.
_OTHERS = {
    b"%PDF": "PDF",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"SQLite format 3": "SQLite",
    b"\x89PNG": "PNG",
    b"\x7fELF": "ELF",
    b"GIF8": "GIF",
    b"\xff\xd8\xff": "JPEG",
    b"{\\rtf": "RTF",
}
#: What XML needs only to fetch or to multiply something, in the three ways in which it is written.
_ENTITIES = tuple(
    word.encode(letters)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for letters in ("utf-8", "utf-16-le", "utf-16-be")
)
_FORMULA = re.compile(rb"<f[ >/]|table:formula=")
_UNCOMPUTED = re.compile(rb"(?:</f>|<f[^>]*/>)(?:<v/>|<v></v>)?</c>")
#: What is kept of one piece for the next, so that no word is cut in two.
OVERLAP = 256


@dataclass(frozen=True)
class Contents:
    """What a file is: its ``kind`` (a key of :data:`ENDINGS`), and of a spreadsheet how many cells
    hold a formula, and how many of these no result."""

    kind: str
    formulas: int = 0
    uncomputed: int = 0


def inspect(path: Path, name: str) -> Contents:
    """What the file at ``path``, called ``name`` by whoever sent it, is.

    Raises DataError: ``source_empty``, ``source_large``, ``source_kind`` (it is something else),
    ``source_named`` (its name says something else), ``source_truncated``, and those of archives:
    ``archive_entries``, ``archive_path``, ``archive_large``, ``archive_locked``, ``xml_entities``.
    """
    found = _look(path, name, *both_ends(path, name, MOST_BYTES))
    check_name(name, found.kind, ENDINGS)
    return found


def both_ends(path: Path, name: str, most: int) -> tuple[bytes, bytes]:
    """The first bytes of a file and its last four. Raises DataError ``source_empty`` and, for more
    than ``most`` bytes, ``source_large``."""
    size = path.stat().st_size
    if size == 0:
        raise DataError("source_empty", path=name)
    if size > most:
        raise DataError("source_large", path=name, size=size, most=most)
    with path.open("rb") as file:
        start = file.read(4096)
        file.seek(max(size - 4, 0))
        return start, file.read()


def check_name(name: str, kind: str, endings: Mapping[str, tuple[str, ...]]) -> None:
    """Raises DataError ``source_named`` where the file's name ends as that of another kind."""
    known = {ending: one for one, own in endings.items() for ending in own}
    if known.get(PurePosixPath(name).suffix.lower(), kind) != kind:
        raise DataError("source_named", path=name, form=kind, right=endings[kind][0])


def _look(path: Path, name: str, start: bytes, end: bytes) -> Contents:
    if start.startswith(b"PAR1"):
        if end != b"PAR1":
            raise DataError("source_truncated", path=name)
        return Contents("parquet")
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Contents("xls")
    if start.startswith(b"PK"):
        return _archive(path, name)
    if other := mistaken(start):
        raise DataError("source_kind", path=name, form=other)
    head = start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")
    if head.startswith(b"<") and _SDMX in start:
        return Contents("sdmx-ml")
    if head.startswith(b"{"):
        return Contents("json")
    if head.startswith(_PX):
        return Contents("px")
    if head.startswith((b"<", b"[{")):
        raise DataError("source_kind", path=name, form="XML/HTML" if head[:1] == b"<" else "JSON")
    return Contents("text")


def mistaken(start: bytes) -> str | None:
    """What a file that begins so is, where it is something often sent by mistake."""
    return next((form for sign, form in _OTHERS.items() if start.startswith(sign)), None)


def _archive(path: Path, name: str) -> Contents:
    """A spreadsheet that is a zip archive, read once to its end."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _spreadsheet(archive, name, path.stat().st_size)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise DataError("source_truncated", path=name) from error


def _spreadsheet(archive: zipfile.ZipFile, name: str, size: int) -> Contents:
    entries = archive.infolist()
    check_entries(entries, name)
    kind = _kind(archive, {entry.filename for entry in entries})
    if kind is None:
        raise DataError("source_kind", path=name, form="ZIP")
    formulas = uncomputed = 0
    last, before = "", b""
    for entry, piece in pieces(archive, name, size):
        if not entry.endswith((".xml", ".rels")):
            continue
        window = (before if entry == last else b"") + piece
        seen = len(window) - len(piece)
        if has_entities(window):
            raise DataError("xml_entities", path=name, value=entry)
        # Those wholly within the overlap were counted with the piece before.
        formulas += _new(_FORMULA, window, seen)
        uncomputed += _new(_UNCOMPUTED, window, seen)
        last, before = entry, window[-OVERLAP:]
    return Contents(kind, formulas, uncomputed)


def has_entities(xml: bytes) -> bool:
    """Whether a piece of XML declares what could fetch or multiply something."""
    return any(word in xml for word in _ENTITIES)


def pieces(archive: zipfile.ZipFile, name: str, size: int) -> Iterator[tuple[str, bytes]]:
    """All that an archive of ``size`` bytes holds, piece by piece with the entry's name.

    Raises DataError ``archive_large`` as soon as it is too much, whatever its headers claim.
    """
    unpacked = 0
    for entry in archive.infolist():
        with archive.open(entry) as part:
            while piece := part.read(1 << 20):
                unpacked += len(piece)
                if unpacked > MOST_UNPACKED or unpacked > max(SMALL, size * MOST_RATIO):
                    raise DataError("archive_large", path=name, most=MOST_RATIO)
                yield entry.filename, piece


def check_entries(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse an archive by what it says to hold: too many entries, names that lead out of it, a
    password (DataError ``archive_entries``, ``archive_path``, ``archive_locked``)."""
    if len(entries) > MOST_ENTRIES:
        raise DataError("archive_entries", path=name, count=len(entries), most=MOST_ENTRIES)
    names = {entry.filename for entry in entries}
    for entry in sorted(names):
        parts = re.split(r"[/\\]", entry)
        if ".." in parts or entry.startswith(("/", "\\")) or ":" in parts[0]:
            raise DataError("archive_path", path=name, value=entry)
    if any(entry.flag_bits & 1 for entry in entries):
        raise DataError("archive_locked", path=name)


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    if names & {"xl/workbook.xml", "xl/workbook.bin"}:
        return "xlsx"
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as file:
            if file.read(100).startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
                return "ods"
    return None


def _new(pattern: re.Pattern[bytes], window: bytes, seen: int) -> int:
    return sum(1 for found in pattern.finditer(window) if found.end() > seen)
