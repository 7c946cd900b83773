"""Letters for print: whose fonts they are, and how words break."""

from __future__ import annotations

import pytest
from matplotlib.font_manager import FontProperties, fontManager

from atlas.figures.lettering import (
    FONTS,
    Face,
    balanced,
    breakable,
    clean,
    shorten,
    width_of,
    wrap,
)

FACE = Face(9)


@pytest.mark.parametrize(
    ("face", "files"),
    [
        (Face(9), ["NotoSans-Regular.ttf", "NotoSansGeorgian-Regular.ttf"]),
        (Face(9, bold=True), ["NotoSans-Bold.ttf", "NotoSansGeorgian-Bold.ttf"]),
        (Face(9, italic=True), ["NotoSans-Italic.ttf", "NotoSansGeorgian-Italic.ttf"]),
        (Face(9, serif=True), ["NotoSerif-Regular.ttf", "NotoSerifGeorgian-Regular.ttf"]),
        (Face(9, bold=True, serif=True), ["NotoSerif-Bold.ttf", "NotoSerifGeorgian-Bold.ttf"]),
    ],
)
def test_each_face_is_a_chain_of_the_shipped_files(face: Face, files: list[str]):
    chain = face.properties
    found = [
        fontManager.findfont(
            FontProperties(family=[family], weight=chain.get_weight(), style=chain.get_style()),
            fallback_to_default=False,
        )
        for family in chain.get_family()[:2]
    ]
    assert found == [str(FONTS / name) for name in files]


def test_widths_are_inches_and_grow_with_words_and_size():
    # Ten digits of Noto Sans are 572 thousandths of an em each.
    assert width_of("0000000000", Face(72)) == pytest.approx(5.72, abs=0.05)
    assert width_of("საქართველო", FACE) > width_of("საქართ", FACE) > 0
    assert width_of("Tbilisi", Face(18)) == pytest.approx(2 * width_of("Tbilisi", FACE), rel=0.03)
    assert width_of("Tbilisi", Face(9, bold=True)) > width_of("Tbilisi", FACE)
    assert width_of("", FACE) == 0


def test_cleaning_leaves_one_line_of_printable_characters():
    assert clean("  a\n b\tc\x00 \ud83c  ") == "a b c"
    assert clean("27,7\u00a0%") == "27,7\u00a0%"


def test_lines_break_at_blanks_and_between_hyphened_words_only():
    assert breakable("Mtskheta-Mtianeti and A-1 −5 -5") == [
        "Mtskheta-", "Mtianeti ", "and ", "A-1 ", "−5 ", "-5",
    ]  # fmt: skip
    assert breakable("Mtskheta-Mtianeti", hyphens=False) == ["Mtskheta-Mtianeti"]
    assert breakable("") == [""]


def test_wrapped_lines_keep_within_the_width_and_lose_nothing():
    words = "Racha-Lechkhumi and Kvemo Svaneti " * 4
    lines = wrap(words, FACE, 1.2)
    assert max(width_of(line, FACE) for line in lines) <= 1.2
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    long = wrap("X" * 200, FACE, 1.0)
    assert "".join(long) == "X" * 200
    assert max(width_of(line, FACE) for line in long) <= 1.0


def test_what_does_not_fit_ends_in_an_ellipsis():
    lines = wrap("one two three four five six seven eight nine ten", FACE, 0.8, lines=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert max(width_of(line, FACE) for line in lines) <= 0.8
    assert shorten("Tbilisi", FACE, 5) == "Tbilisi"
    short = shorten("Samegrelo-Zemo Svaneti", FACE, 0.9)
    assert short.endswith("…")
    assert short.startswith("Samegrelo")
    assert width_of(short, FACE) <= 0.9


def test_balanced_lines_are_about_alike():
    assert balanced("Racha-Lechkhumi and Kvemo Svaneti", FACE, 2) == [
        "Racha-Lechkhumi", "and Kvemo Svaneti",
    ]  # fmt: skip
    assert balanced("Tbilisi", FACE, 3) == ["Tbilisi"]
    assert balanced("a b c", FACE, 1) == ["a b c"]
    many = balanced("word " * 60, FACE, 3)
    assert 2 <= len(many) <= 3
