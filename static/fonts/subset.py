"""Cut the Noto fonts down to what the atlas writes: ``python static/fonts/subset.py FOLDER``.

FOLDER holds the fonts of Debian's ``fonts-noto-core`` (there: /usr/share/fonts/truetype/noto).
The same fonts and the same fonttools give the same bytes. Beyond leaving glyphs out, three things
are added, because these versions of the fonts lack them (see SOURCES.md):

- the true minus, cut from each font's own plus, so that signed numbers stay in column;
- arrows and comparison signs, taken over from Noto Sans Symbols and Noto Sans Math;
- a slanted Noto Sans Georgian, because missing values are words in italics.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.misc.transform import Transform
from fontTools.pens.filterPen import DecomposingFilterPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

HERE = Path(__file__).parent

LATIN_RANGES = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x017F),  # Latin-1, Latin Extended-A
    (0x018F, 0x018F),  # Ə
    (0x0218, 0x021B),  # Ș ș Ț ț
    (0x0259, 0x0259),  # ə
    (0x02C6, 0x02C7),  # ˆ ˇ
    (0x02D8, 0x02DD),  # free-standing diacritics
    (0x0300, 0x030C),  # combining diacritics
    (0x0391, 0x03A9),  # Greek of formulas
    (0x03B1, 0x03C9),
    (0x2002, 0x200B),  # spaces, thin and figure spaces among them
    (0x2010, 0x2015),  # hyphens and dashes
    (0x2018, 0x201F),  # quotation marks
    (0x2020, 0x2022),  # dagger, bullet
    (0x2026, 0x2026),  # ellipsis
    (0x202F, 0x2030),  # narrow no-break space, per mille
    (0x2032, 0x2033),  # minutes, seconds
    (0x2039, 0x203A),
    (0x2044, 0x2044),
    (0x2070, 0x2071),  # superscripts, subscripts
    (0x2074, 0x208E),
    (0x20AC, 0x20AC),  # euro
    (0x20BA, 0x20BA),  # Turkish lira
    (0x20BC, 0x20BE),  # manat, rouble, lari
    (0x2116, 0x2116),
    (0x2122, 0x2122),
)
BORROWED = "←↑→↓↔↗↘≈≠≤≥∈∏∑√∞"
MINUS = 0x2212
LATIN_EXTRA = (MINUS, *(ord(character) for character in BORROWED))
GEORGIAN_RANGES = ((0x10A0, 0x10FF), (0x1C90, 0x1CBF))
GEORGIAN_EXTRA = (0x20, 0xA0, 0x20BE)

FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "calt", "lnum", "tnum", "pnum"]
SLANT_DEGREES = 12

LATIN = {  # file: fonts that lend the signs it lacks, the first that has one
    "NotoSans-Regular": ("NotoSansMath-Regular",),
    "NotoSans-Bold": ("NotoSansSymbols-Bold", "NotoSansMath-Regular"),
    "NotoSans-Italic": ("NotoSansMath-Regular",),
    "NotoSerif-Regular": ("NotoSansMath-Regular",),
    "NotoSerif-Bold": ("NotoSansSymbols-Bold", "NotoSansMath-Regular"),
}
GEORGIAN = (
    "NotoSansGeorgian-Regular",
    "NotoSansGeorgian-Bold",
    "NotoSerifGeorgian-Regular",
    "NotoSerifGeorgian-Bold",
)


def points(ranges: Iterable[tuple[int, int]], extra: Iterable[int]) -> list[int]:
    """Return every code point of the inclusive ranges and of the single ones."""
    return [point for low, high in ranges for point in range(low, high + 1)] + list(extra)


def add_glyph(font: TTFont, point: int, glyph: Glyph, *, advance: int) -> None:
    """Give the font a new TrueType glyph for one code point; ``advance`` in font units."""
    name = f"uni{point:04X}"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (advance, getattr(glyph, "xMin", 0))
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[point] = name


def add_minus(font: TTFont) -> None:
    """Cut the true minus from the bar of the font's plus: same width, weight and height."""
    plus = font.getBestCmap()[ord("+")]
    outline = font["glyf"][plus]
    left, right = outline.xMin, outline.xMax
    heights = sorted(y for x, y in outline.coordinates if x == left)
    bottom, top = heights[0], heights[-1]
    pen = TTGlyphPen(None)
    pen.moveTo((left, bottom))
    for corner in ((left, top), (right, top), (right, bottom)):
        pen.lineTo(corner)
    pen.closePath()
    add_glyph(font, MINUS, pen.glyph(), advance=font["hmtx"][plus][0])


def borrow(font: TTFont, lenders: list[TTFont]) -> None:
    """Take over the signs the font lacks from the first lender with them (all have one em)."""
    for character in BORROWED:
        point = ord(character)
        if point in font.getBestCmap():
            continue
        lender = next(other for other in lenders if point in other.getBestCmap())
        glyphs = lender.getGlyphSet()
        source = glyphs[lender.getBestCmap()[point]]
        pen = TTGlyphPen(None)
        source.draw(DecomposingFilterPen(pen, glyphs))
        add_glyph(font, point, pen.glyph(), advance=source.width)


def slant(font: TTFont) -> None:
    """Slant every glyph in place and name the font an italic; hints would no longer fit."""
    lean = Transform(1, 0, math.tan(math.radians(SLANT_DEGREES)), 1, 0, 0)
    glyphs = font.getGlyphSet()
    drawn = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        glyphs[name].draw(DecomposingFilterPen(TransformPen(pen, lean), glyphs))
        drawn[name] = pen.glyph()
    for name, glyph in drawn.items():
        font["glyf"][name] = glyph
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x40 | 0x01
    font["head"].macStyle |= 0x02
    font["post"].italicAngle = -SLANT_DEGREES
    names = {2: "Italic", 4: "{} Italic", 6: "{}-Italic"}
    for record in font["name"].names:
        if record.nameID in names:
            stem = str(record).replace(" Regular", "").replace("-Regular", "")
            record.string = names[record.nameID].format(stem)


def cut(font: TTFont, wanted: Iterable[int], *, hinting: bool = True) -> TTFont:
    """Drop every glyph, feature and table that the wanted code points do not need."""
    options = Options(
        layout_features=FEATURES,
        hinting=hinting,
        name_IDs="*",
        notdef_outline=True,
        glyph_names=False,
        drop_tables=[*Options().drop_tables, "DSIG"],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    return font


def read(folder: Path, name: str) -> TTFont:
    """Open a source font so that saving keeps its own date."""
    return TTFont(folder / f"{name}.ttf", recalcTimestamp=False)


def make(folder: Path, target: Path = HERE) -> list[Path]:
    """Write every font of the atlas into ``target`` and return the files written."""
    latin, georgian = points(LATIN_RANGES, LATIN_EXTRA), points(GEORGIAN_RANGES, GEORGIAN_EXTRA)
    fonts = {}
    for name, lenders in LATIN.items():
        font = read(folder, name)
        add_minus(font)
        borrow(font, [read(folder, lender) for lender in lenders])
        fonts[name] = cut(font, latin)
    for name in GEORGIAN:
        fonts[name] = cut(read(folder, name), georgian)
    slanted = cut(read(folder, "NotoSansGeorgian-Regular"), georgian, hinting=False)
    slant(slanted)
    fonts["NotoSansGeorgian-Italic"] = slanted
    written = []
    for name, font in fonts.items():
        path = target / f"{name}.ttf"
        font.save(path, reorderTables=False)
        written.append(path)
    return written


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("Usage: python static/fonts/subset.py FOLDER (with NotoSans-Regular.ttf in it)")
    for written_path in make(Path(sys.argv[1])):
        print(f"{written_path.name:32} {written_path.stat().st_size / 1024:6.1f} KB")
