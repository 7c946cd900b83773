"""The part of a key that has no room beside the map: its signs in lines under the legend."""

from __future__ import annotations

from collections.abc import Sequence

from atlas.export.keys import KEY_FACE, KEY_ROW, Section, Sign, draw_sign
from atlas.figures.lettering import shorten, width_of
from atlas.figures.palette import LIGHT
from atlas.figures.sheet import Box, Sheet

#: What a sign's words are from its left edge, and one entry from the next, in inches: less where
#: that saves a line.
_SIGN, _APART = 0.25, (0.26, 0.2, 0.14)
#: A heading or a sign, where it begins.
_Placed = tuple[float, str | Sign]


def strip_height(sections: Sequence[Section], width: float) -> float:
    """Height in inches of the lines that these sections take, so wide."""
    return len(_lines(sections, width)) * KEY_ROW


def draw_strip(sheet: Sheet, box: Box, sections: Sequence[Section]) -> None:
    """Draw headings and signs one after the other, line by line, from the top of a box."""
    west, _, east, north = box
    for number, line in enumerate(_lines(sections, east - west)):
        y = north - KEY_ROW * (number + 0.5)
        for at, entry in line:
            x = west + at
            if isinstance(entry, str):
                words = shorten(entry, KEY_FACE, east - x)
                sheet.words(x, y - 0.042, words, KEY_FACE, LIGHT.second)
                continue
            draw_sign(sheet, x + 0.095, y, entry)
            words = shorten(entry.words, KEY_FACE, east - x - _SIGN)
            sheet.words(x + _SIGN, y - 0.042, words, KEY_FACE, LIGHT.text)


def _lines(sections: Sequence[Section], width: float) -> list[list[_Placed]]:
    """Headings and signs in as few lines as may be, broken between them."""
    return min((_broken(sections, width, apart) for apart in _APART), key=len)


def _broken(sections: Sequence[Section], width: float, apart: float) -> list[list[_Placed]]:
    lines: list[list[_Placed]] = [[]]
    x = 0.0
    for section in sections:
        entries: list[str | Sign] = [*section.signs]
        if section.heading:
            entries.insert(0, " ".join(section.heading))
        for entry in entries:
            words, sign = (entry, 0.0) if isinstance(entry, str) else (entry.words, _SIGN)
            wide = sign + width_of(words, KEY_FACE)
            if lines[-1] and x + wide > width:
                lines.append([])
                x = 0.0
            lines[-1].append((x, entry))
            x += wide + apart
    return lines
