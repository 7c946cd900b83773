"""Which letters a text file is written in, and what stands between its cells."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from itertools import islice, pairwise
from pathlib import Path

from atlas.errors import DataError

#: Encodings that are told apart, by what Python calls them.
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "cp1254")
SEPARATORS = (",", ";", "\t", "|")
#: How much of a file is looked at to tell Cyrillic letters from Turkish ones.
_SAMPLE = 4_000_000
#: Bytes that no letter has in either of the two single-byte encodings.
_UNUSED = frozenset({"cp1251": b"\x98", "cp1254": b"\x81\x8d\x8e\x8f\x90\x9d\x9e"}.items())


def find_encoding(path: Path, name: str) -> str:
    """The encoding of a text file: UTF-8 or UTF-16 where its bytes are that to the end, else
    Windows-1251 (Cyrillic) or Windows-1254 (Turkish and Western European).

    In Cyrillic text letters beyond ASCII stand beside each other, in Turkish text between plain
    ones. Raises DataError ``source_binary`` for bytes that are no text in any of them.
    """
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in start:
        # Latin letters and digits have a zero beside each in UTF-16: before or after.
        even, odd = start[0:20_000:2].count(0), start[1:20_000:2].count(0)
        half = min(len(start), 20_000) // 2
        if odd > 0.4 * half and even < 0.1 * half:
            return "utf-16-le"
        if even > 0.4 * half and odd < 0.1 * half:
            return "utf-16-be"
        raise DataError("source_binary", path=name, value="NUL")
    if _is_utf8(path):
        return "utf-8-sig"
    high = [byte > 0xBF for byte in start]
    beside = sum(1 for one, two in pairwise(high) if one and two)
    return "cp1251" if beside > 0.5 * sum(high) else "cp1254"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 22):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def find_separator(path: Path, encoding: str) -> str:
    """What stands between cells: the sign that cuts the most lines into the same number of cells,
    two or more; a comma where none does (a table of one column)."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(400_000)
    scores = {}
    for separator in SEPARATORS:
        rows = csv.reader(io.StringIO(sample), delimiter=separator)
        widths = Counter(len(row) for row in islice(_unfailing(rows), 500))
        widths = Counter({width: count for width, count in widths.items() if width > 1})
        if widths:
            width, count = max(widths.items(), key=lambda found: (found[1], found[0]))
            scores[separator] = (count, width)
    return max(scores, key=lambda separator: scores[separator]) if scores else ","


def _unfailing(rows: object) -> list[list[str]]:
    """The rows up to the first that cannot be read: reading them says what is wrong there."""
    found: list[list[str]] = []
    try:
        for row in islice(rows, 500):  # type: ignore[call-overload]
            found.append(row)  # noqa: PERF402 (what was read before a failure counts)
    except csv.Error:
        pass
    return found
