"""The shipped fonts hold every letter and sign the atlas writes, on screen and in print."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "static" / "fonts"

GEORGIAN = "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"
MTAVRULI = "ᲐᲑᲒᲓᲔᲕᲖᲗᲘᲙᲚᲛᲜᲝᲞᲟᲠᲡᲢᲣᲤᲥᲦᲧᲨᲩᲪᲫᲬᲭᲮᲯᲰ"
LATIN = "ABCXYZabcxyz0123456789ğüşöçıİëçőűšžčćđåäößñáéíóúÇŞĞÖÜƏəȘșȚț"
SIGNS = "€₾₺÷×−±·•≥≤≈≠←→↑↓–—‘’“”„…²³¹⁴₀₁%‰№½"
SPACES = "\u0020\u00a0\u2009\u202f\u2007"

CHAINS = {
    ("Noto Sans", "400", "normal"): ("NotoSans-Regular", "NotoSansGeorgian-Regular"),
    ("Noto Sans", "600 900", "normal"): ("NotoSans-Bold", "NotoSansGeorgian-Bold"),
    ("Noto Sans", "400", "italic"): ("NotoSans-Italic", "NotoSansGeorgian-Italic"),
    ("Noto Serif", "400", "normal"): ("NotoSerif-Regular", "NotoSerifGeorgian-Regular"),
    ("Noto Serif", "600 900", "normal"): ("NotoSerif-Bold", "NotoSerifGeorgian-Bold"),
}
FILES = sorted(name for chain in CHAINS.values() for name in chain)
LATIN_FILES = [chain[0] for chain in CHAINS.values()]


def font(name: str) -> TTFont:
    return TTFont(FONTS / f"{name}.ttf")


def test_every_file_has_its_place():
    assert sorted(path.stem for path in FONTS.glob("*.ttf")) == FILES


@pytest.mark.parametrize("chain", CHAINS.values(), ids=lambda chain: chain[0])
def test_chain_holds_every_character(chain):
    latin, georgian = (set(font(name).getBestCmap()) for name in chain)
    assert [c for c in LATIN + SIGNS + SPACES if ord(c) not in latin] == []
    assert [c for c in GEORGIAN + MTAVRULI if ord(c) not in georgian] == []
    assert ord("₾") in georgian


@pytest.mark.parametrize("name", LATIN_FILES)
def test_signed_figures_stay_in_column(name):
    face = font(name)
    characters, widths = face.getBestCmap(), face["hmtx"]
    assert len({widths[characters[ord(digit)]][0] for digit in "0123456789"}) == 1
    outlines = face["glyf"]
    plus, minus = (characters[ord(sign)] for sign in "+−")
    assert widths[minus] == widths[plus]
    assert (outlines[minus].xMin, outlines[minus].xMax) == (
        outlines[plus].xMin,
        outlines[plus].xMax,
    )
    middle = (outlines[plus].yMin + outlines[plus].yMax) / 2
    assert outlines[minus].yMin < middle < outlines[minus].yMax
    assert outlines[minus].yMax - outlines[minus].yMin < 110


@pytest.mark.parametrize("name", LATIN_FILES)
def test_kerning_and_tabular_figures_are_kept(name):
    face = font(name)
    positioning = {record.FeatureTag for record in face["GPOS"].table.FeatureList.FeatureRecord}
    substitution = {record.FeatureTag for record in face["GSUB"].table.FeatureList.FeatureRecord}
    assert "kern" in positioning
    assert {"tnum", "locl"} <= substitution


@pytest.mark.parametrize("name", FILES)
def test_face_says_what_it_is(name):
    family, _, style = name.partition("-")
    told = font_manager.ttfFontProperty(font_manager.get_font(FONTS / f"{name}.ttf"))
    assert told.name.replace(" ", "") == family
    assert (told.weight, told.style) == {
        "Regular": (400, "normal"),
        "Bold": (700, "normal"),
        "Italic": (400, "italic"),
    }[style]


def test_georgian_italic_leans():
    upright, italic = (font(f"NotoSansGeorgian-{style}") for style in ("Regular", "Italic"))
    assert italic["post"].italicAngle == -12
    # ჯ ends far above and far below the line: slanted, its box is wider by its height's lean
    boxes = [face["glyf"][face.getBestCmap()[ord("ჯ")]] for face in (upright, italic)]
    assert (boxes[0].yMin, boxes[0].yMax) == (boxes[1].yMin, boxes[1].yMax)
    assert boxes[1].xMax > boxes[0].xMax + 0.1 * boxes[0].yMax


def test_screen_is_told_of_every_face():
    style = (ROOT / "atlas" / "ui" / "style.css").read_text(encoding="utf-8")
    told: dict[tuple[str, str, str], list[str]] = {}
    for face in re.findall(r"@font-face {(.*?)}", style):
        said = dict(line.strip().split(": ", 1) for line in face.split(";") if line.strip())
        url = said["src"].removeprefix('url("').removesuffix('")')
        assert url.startswith("app/static/fonts/")
        assert (FONTS / url.rpartition("/")[2]).is_file()
        georgian = "U+10A0-10FF" in said["unicode-range"]
        assert georgian == ("Georgian" in url)
        key = (said["font-family"].strip('"'), said["font-weight"], said["font-style"])
        told.setdefault(key, []).append(Path(url).stem)
    assert {key: tuple(sorted(names)) for key, names in told.items()} == {
        key: tuple(sorted(names)) for key, names in CHAINS.items()
    }


def test_script_lists_the_files_it_makes():
    script = runpy.run_path(str(FONTS / "subset.py"))
    assert sorted([*script["LATIN"], *script["GEORGIAN"], "NotoSansGeorgian-Italic"]) == FILES
    wanted = set(script["points"](script["LATIN_RANGES"], script["LATIN_EXTRA"]))
    assert {ord(c) for c in LATIN + SIGNS + SPACES} <= wanted


def test_licence_is_shipped_and_reserves_no_name():
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007" in licence
    for name in FILES:
        notice = font(name)["name"].getDebugName(0)
        assert notice in licence
        assert "Reserved Font Name" not in notice
