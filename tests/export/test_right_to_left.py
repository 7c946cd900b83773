"""Words that are read from the right: themselves, joined and in the same order, in every format."""

from __future__ import annotations

import io
import re
import warnings
import zipfile

import pytest

from atlas.analysis.map import map_shapes, map_view
from atlas.export.formats import FORMATS, make
from atlas.figures.lettering import Face, font_of, outlines, runs_left, width_of
from atlas.model import MapView, Release
from atlas.snapshot import Snapshot

ARABIC, HEBREW = "مرحبا", "שלום"
TITLE = f"{ARABIC} 2022: Kakheti – {HEBREW}"


@pytest.fixture
def view(georgia: Release) -> MapView:
    from dataclasses import replace

    found = map_view(georgia, metric="location_quotient", industry="C", year=2022)
    return replace(found, title=TITLE, notes=HEBREW)


def written(view: MapView, form: str) -> bytes:
    shapes = map_shapes(view.release, FORMATS[form].shapes)
    snapshot = Snapshot("georgia", title=TITLE, notes=HEBREW)
    with warnings.catch_warnings():
        # A letter that no font has is a warning.
        warnings.simplefilter("error")
        return make(snapshot, FORMATS[form], view, shapes)


def test_the_first_letter_with_a_direction_says_where_words_begin() -> None:
    assert [runs_left(words) for words in (TITLE, HEBREW, "2022 " + ARABIC)] == [True] * 3
    assert [runs_left(words) for words in ("Kakheti " + HEBREW, "2022", "")] == [False] * 3


def test_letters_join_and_every_face_that_titles_have_knows_them() -> None:
    face = Face(20, bold=True, serif=True)
    for letter in ARABIC + HEBREW:
        assert font_of(letter, face).name == "DejaVuSans-Bold.ttf"
    # Beside each other letters take other forms, and less room, than alone.
    assert width_of("مرحبا", face) < 0.9 * sum(width_of(letter, face) for letter in "مرحبا")
    # Two words: what is read first stands on the right.
    both, first = outlines("ש ם", face).get_extents(), outlines("ם", face).get_extents()
    assert both.width > 2 * first.width


@pytest.mark.parametrize("form", ["png", "pdf"])
def test_pictures_are_painted_with_letters_that_are_there(view: MapView, form: str) -> None:
    assert len(written(view, form)) > 100_000


def test_programs_are_told_where_words_begin(view: MapView) -> None:
    drawing = written(view, "svg").decode()
    heading = re.search(rf"<text[^>]*>{TITLE}</text>", drawing)
    assert heading
    assert "unicode-bidi:plaintext" in heading[0]
    assert drawing.count("unicode-bidi:plaintext") == 2
    assert f"<h1 dir='auto'>{TITLE}</h1>" in written(view, "html").decode()
    with zipfile.ZipFile(io.BytesIO(written(view, "pptx"))) as deck:
        slide = deck.read("ppt/slides/slide1.xml").decode()
    assert slide.count('rtl="1"') == 2
    assert TITLE in slide
