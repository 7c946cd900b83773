"""The head of a picture: its statement, and under it what it shows."""

from __future__ import annotations

from atlas.figures.lettering import Face, balanced, width_of, wrap
from atlas.figures.palette import LIGHT
from atlas.figures.sheet import Sheet

#: Room at the sides of a sheet, in inches.
MARGIN = 0.42


def draw_heading(sheet: Sheet, statement: str, words: str) -> float:
    """Title in at most two lines (three where the sheet stands tall) and subtitle; returns where
    the rest may begin."""
    left, width = MARGIN, sheet.width - 2 * MARGIN
    most = 2 if sheet.width > sheet.height else 3
    face = Face(21, bold=True, serif=True)
    while face.size > 14 and len(wrap(statement, face, width, hyphens=False)) > most:
        face = face.sized(face.size - 1)
    lines = wrap(statement, face, width, lines=most, hyphens=False)
    if len(lines) > 1 and width_of(lines[-1], face) < width / 4:
        lines = balanced(statement, face, len(lines), hyphens=False)
    with sheet.part("title"):
        y = sheet.lines(left, sheet.height - 0.52, lines, face, LIGHT.text)
    small = Face(11.5)
    while small.size > 9 and width_of(words, small) > width:
        small = small.sized(small.size - 0.5)
    y += face.line - 0.31
    below = wrap(words, small, width, lines=2)
    with sheet.part("subtitle"):
        return sheet.lines(left, y, below, small, LIGHT.second) + small.line - 0.16
