"""Letters for print: the shipped fonts, how wide words are, and how they break into lines.

The fonts are registered under names of our own, so that a machine's own Noto (another version,
another set of glyphs) is never taken for ours. Each face is a chain: a glyph that the Latin font
lacks comes from the Georgian one, else from DejaVu, which comes with matplotlib.
"""

from __future__ import annotations

import dataclasses
import re
import threading
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.path import Path as MatplotlibPath
from matplotlib.textpath import text_to_path

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
ELLIPSIS = "…"
#: Height of a line as a multiple of the size of its letters.
LEADING = 1.24
POINTS = 72

_FEW_PIECES = 24
_SANS = ("Atlas Sans", "Atlas Sans Georgian", "DejaVu Sans")
#: Arabic and Hebrew are in DejaVu Sans alone.
_SERIF = ("Atlas Serif", "Atlas Serif Georgian", "DejaVu Serif", "DejaVu Sans")
_STYLES = {"Regular": ("normal", 400), "Bold": ("normal", 700), "Italic": ("italic", 400)}
_registering = threading.Lock()
_registered: list[Path] = []


@dataclasses.dataclass(frozen=True)
class Face:
    """How words are set: ``size`` in points, and the font."""

    size: float
    bold: bool = False
    italic: bool = False
    serif: bool = False

    @property
    def line(self) -> float:
        """Height of a line in inches."""
        return self.size * LEADING / POINTS

    @property
    def properties(self) -> FontProperties:
        """The face in matplotlib's terms."""
        return _properties(self)

    def sized(self, size: float) -> Face:
        """The same face in another size."""
        return dataclasses.replace(self, size=size)


@cache
def _properties(face: Face) -> FontProperties:
    register()
    return FontProperties(
        family=list(_SERIF if face.serif else _SANS),
        style="italic" if face.italic else "normal",
        weight=700 if face.bold else 400,
        size=face.size,
    )


def register() -> None:
    """Make the shipped fonts known to matplotlib, once per process."""
    with _registering:
        for path in sorted(FONTS.glob("Noto*.ttf")):
            if path in _registered:
                continue
            fontManager.addfont(path)
            own = next(font for font in reversed(fontManager.ttflist) if font.fname == str(path))
            family, style = path.stem.removeprefix("Noto").split("-")
            name = "Atlas " + family.replace("Georgian", " Georgian")
            slope, weight = _STYLES[style]
            alias = dataclasses.replace(own, name=name, style=slope, weight=weight)
            fontManager.ttflist.append(alias)
            _registered.append(path)


def runs_left(words: str) -> bool:
    """Whether words are read from the right: the first letter that has a direction says so."""
    kinds = (unicodedata.bidirectional(letter) for letter in words)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def printable(words: str) -> str:
    """The words without what cannot be set: breaks and tabs become blanks, the rest of the
    control characters go."""
    kept = (" " if c in "\n\r\t\v\f\u2028\u2029" else c for c in str(words))
    return "".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cs"))


def clean(words: str) -> str:
    """One line of printable characters, without blanks around it or runs of blanks in it."""
    return " ".join(part for part in printable(words).split(" ") if part)


@lru_cache(maxsize=16384)
def width_of(words: str, face: Face) -> float:
    """Width of one line in inches."""
    line = printable(words)
    if not line:
        return 0.0
    wide, _, _ = text_to_path.get_text_width_height_descent(line, face.properties, False)
    return float(wide) / POINTS


@cache
def fonts(face: Face) -> tuple[Path, ...]:
    """The files of the face's fonts, in the order in which a glyph is looked for."""
    found = []
    for family in face.properties.get_family():
        one = face.properties.copy()
        one.set_family(family)
        found.append(Path(fontManager.findfont(one)))
    return tuple(found)


@cache
def _letters_of(font: Path) -> frozenset[int]:
    return frozenset(get_font(font).get_charmap())


def font_of(letter: str, face: Face) -> Path:
    """The file of the font that a letter is set in: the first that has it, else the first."""
    chain = fonts(face)
    return next((font for font in chain if ord(letter) in _letters_of(font)), chain[0])


def font_runs(words: str, face: Face) -> list[tuple[Path, str]]:
    """The words in runs of one font each; a blank stays with what stands before it."""
    runs: list[tuple[Path, str]] = []
    for letter in printable(words):
        font = font_of(letter, face)
        if runs and (runs[-1][0] == font or letter == " "):
            runs[-1] = (runs[-1][0], runs[-1][1] + letter)
        else:
            runs.append((font, letter))
    return runs


@lru_cache(maxsize=4096)
def outlines(words: str, face: Face) -> MatplotlibPath:
    """The words as a path in inches, the start of their baseline at 0, 0, y up."""
    vertices, codes = text_to_path.get_text_path(face.properties, printable(words), ismath=False)
    scale = face.size / text_to_path.FONT_SCALE / POINTS
    return MatplotlibPath(np.reshape(vertices, (-1, 2)) * scale, codes or None, readonly=True)


def shorten(words: str, face: Face, width: float) -> str:
    """The words, cut to the width with an ellipsis where they are too long."""
    words = clean(words)
    if width_of(words, face) <= width:
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(words[:middle].rstrip() + ELLIPSIS, face) <= width:
            low = middle
        else:
            high = middle - 1
    return words[:low].rstrip() + ELLIPSIS


def wrap(
    words: str, face: Face, width: float, *, lines: int | None = None, hyphens: bool = True
) -> list[str]:
    """The words in lines of at most ``width``; what goes beyond ``lines`` ends in an ellipsis.

    Lines break at blanks and, unless told otherwise, after hyphens, an overlong word anywhere.
    """
    pieces: list[str] = []
    for piece in breakable(words, hyphens=hyphens):
        rest = piece
        while width_of(rest.rstrip(), face) > width and len(rest) > 1:
            fitting = _fitting(rest, face, width)
            pieces.append(rest[:fitting])
            rest = rest[fitting:]
        pieces.append(rest)
    found, line, used = [], "", 0.0
    for piece in pieces:
        if line and used + width_of(piece.rstrip(), face) > width:
            found.append(line.rstrip())
            line, used = "", 0.0
        line += piece
        used += width_of(piece, face)
    found.append(line.rstrip())
    if lines is not None and len(found) > lines:
        rest = " ".join(found[lines - 1 :]) + ELLIPSIS
        found = [*found[: lines - 1], shorten(rest, face, width)]
    return found


def balanced(words: str, face: Face, lines: int, *, hyphens: bool = True) -> list[str]:
    """The words in that many lines, or fewer, of about the same width."""
    pieces = breakable(words, hyphens=hyphens)
    if lines <= 1 or len(pieces) == 1:
        return [clean(words)]
    widths = [width_of(piece, face) for piece in pieces]
    if len(widths) > _FEW_PIECES:
        return wrap(words, face, 1.1 * sum(widths) / lines)
    # Few pieces: the width of every run of them is a possible width of the label.
    runs = sorted(
        {sum(widths[i:j]) for i in range(len(widths)) for j in range(i + 1, len(widths) + 1)}
    )
    rows = next(rows for run in runs if len(rows := _rows(widths, run)) <= lines)
    return ["".join(pieces[start:end]).rstrip() for start, end in rows]


def _fitting(piece: str, face: Face, width: float) -> int:
    """How many characters of a word fit, one at least."""
    low, high = 1, len(piece) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(piece[:middle], face) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def _rows(widths: list[float], most: float) -> list[tuple[int, int]]:
    """Pieces put into rows one after the other: (first, last + 1) of each row."""
    rows, start, used = [], 0, 0.0
    for position, piece in enumerate(widths):
        if position > start and used + piece > most + 1e-9:
            rows.append((start, position))
            start, used = position, 0.0
        used += piece
    rows.append((start, len(widths)))
    return rows


def breakable(words: str, *, hyphens: bool = True) -> list[str]:
    """The pieces between which a line may break, each with the blank that follows it."""
    pieces: list[str] = []
    for word in clean(words).split(" "):
        # A hyphen breaks between two words, not in "-5" or "A-1".
        pieces += re.split(r"(?<=\w\w-)(?=\w\w\w)", word) if hyphens else [word]
        pieces[-1] += " "
    pieces[-1] = pieces[-1].rstrip(" ")
    return pieces
