"""Fonts for files that carry their own: cut down to the letters that are set in them."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from markupsafe import Markup

from atlas.figures.lettering import Face, font_of, fonts
from atlas.figures.sheet import Letters, Mark

#: What is asked for where letters stand as text: the embedded fonts first, then what may be there.
SANS = "Atlas Sans,Atlas Sans Georgian,Atlas More Sans,Noto Sans,Noto Sans Georgian,sans-serif"
SERIF = (
    "Atlas Serif,Atlas Serif Georgian,Atlas More Serif,Atlas More Sans,Noto Serif,"
    "Noto Serif Georgian,serif"
)
_OWN_SANS, _OWN_SERIF = SANS.split(",")[:3], SERIF.split(",")[:4]


def font_faces(marks: Iterable[Mark]) -> Markup:
    """The fonts of the letters, each cut down to those that are set in it."""
    used: dict[tuple[Path, str, Face], set[str]] = {}
    for mark in marks:
        if isinstance(mark, Letters):
            face = mark.face.sized(1)
            chain = fonts(face)
            for letter in mark.words:
                font = font_of(letter, face)
                family = (_OWN_SERIF if face.serif else _OWN_SANS)[chain.index(font)]
                used.setdefault((font, family, face), set()).add(letter)
    rules = [
        f'@font-face{{font-family:"{family}";font-weight:{700 if face.bold else 400};'
        f"font-style:{'italic' if face.italic else 'normal'};"
        f'src:url(data:font/woff;base64,{_cut_down(font, frozenset(letters))}) format("woff")}}'
        for (font, family, face), letters in sorted(used.items(), key=_by_family)
    ]
    # Nothing of it is anybody's words.
    return Markup("<style>{}</style>\n").format(Markup("\n".join(rules)))  # noqa: S704


def _by_family(used: tuple[tuple[Path, str, Face], set[str]]) -> tuple[str, str]:
    """The order of the fonts, the same wherever their files lie."""
    (_, family, face), _ = used
    return family, str(face)


@lru_cache(maxsize=64)
def _cut_down(font: Path, letters: frozenset[str]) -> str:
    """The font with only those letters, as WOFF in base64; the same letters, the same bytes."""
    options = subset.Options(flavor="woff", hinting=False, name_IDs=[0, 1, 2, 13, 14])
    # A time stamp of FontForge's, in DejaVu.
    options.drop_tables += ["FFTM"]
    with TTFont(font, recalcTimestamp=False) as whole:
        cutter = subset.Subsetter(options)
        cutter.populate(text="".join(sorted(letters)))
        cutter.subset(whole)
        whole.flavor = "woff"
        target = io.BytesIO()
        whole.save(target, reorderTables=False)
    return base64.b64encode(target.getvalue()).decode()
