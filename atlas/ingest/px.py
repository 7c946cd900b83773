"""PX files (PC-Axis), as PxWeb offers them for downloading: keywords, then the figures in order."""

from __future__ import annotations

import re
from typing import Any

#: Signs in place of figures: not there, not known, secret.
_NOTHING = re.compile(r"\.{1,6}|-")
_WORDS = re.compile(r'"([^"]*)"')
_KEYWORD = re.compile(r'\s*([A-Z0-9-]+)(?:\[[a-z]+\])?(?:\("((?:[^"]|"",?")*)"\))?=', re.ASCII)

Dimensions = list[tuple[str, dict[str, str]]]


def parse_px(raw: bytes) -> tuple[Dimensions, list[Any]]:
    """The dimensions, each with its codes and their labels, and the figures in their order, as
    text; None where there is none.

    Raises ValueError for what is no such file, LookupError for a code page that there is not.
    """
    text = raw.decode(_code_page(raw))
    head, sign, data = text.partition("DATA=")
    if not sign:
        raise ValueError("no data")
    said = _keywords(head)
    names = [*said.get(("STUB", ""), []), *said.get(("HEADING", ""), [])]
    dimensions: Dimensions = []
    for name in names:
        labels = said["VALUES", name]
        codes = said.get(("CODES", name), labels)
        dimensions.append((name, dict(zip(codes, labels, strict=True))))
    figures = re.findall(r'"[^"]*"|[^\s,;"]+', data.partition(";")[0])
    return dimensions, [_figure(word.strip('"')) for word in figures]


def _code_page(raw: bytes) -> str:
    """The letters: as CODEPAGE says, else those of Western Europe, as the form has it."""
    found = re.search(rb'CODEPAGE="([A-Za-z0-9-]+)"', raw[:4000])
    return found[1].decode("ascii") if found else "utf-8-sig" if raw[:3] == b"\xef\xbb\xbf" else (
        "cp1252")  # fmt: skip


def _keywords(head: str) -> dict[tuple[str, str], list[str]]:
    """What each keyword says, by the dimension that it speaks of."""
    found: dict[tuple[str, str], list[str]] = {}
    place = 0
    while match := _KEYWORD.match(head, place):
        end = _end(head, match.end())
        # The first of several languages is the main one.
        found.setdefault((match[1], match[2] or ""), _WORDS.findall(head[match.end() : end]))
        place = end + 1
    return found


def _end(head: str, start: int) -> int:
    """Where a keyword's words end: at a semicolon that is in no quotation."""
    quoted = False
    for place in range(start, len(head)):
        if head[place] == '"':
            quoted = not quoted
        elif head[place] == ";" and not quoted:
            return place
    raise ValueError("a keyword without end")


def _figure(word: str) -> str | None:
    return None if _NOTHING.fullmatch(word) else word
