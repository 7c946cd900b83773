"""The sizes of a picture, its code of the link, and the ground it can do without."""

from __future__ import annotations

import dataclasses
import io
from typing import Any

import numpy as np
import pandas as pd
import pytest
import segno
from PIL import Image

from atlas.analysis.map import map_shapes, map_view
from atlas.errors import ChoiceError
from atlas.export.images import SIZES, Picture, draw
from atlas.export.png import paint, png
from atlas.figures.lettering import width_of
from atlas.figures.sheet import Area, Letters, Rectangle
from atlas.figures.titles import notes, sources
from atlas.model import MapShapes, MapView, Release
from atlas.text import Text

LINK = "https://atlas.example/map?year=2022&industry=C&lang=ka"


@pytest.fixture(scope="module")
def shapes(georgia: Release) -> MapShapes:
    return map_shapes(georgia, "regions")


def manufacturing(georgia: Release, metric: str = "location_quotient") -> MapView:
    return map_view(georgia, metric=metric, industry="C", year=2022)


def letters(picture: Picture, role: str = "") -> list[Letters]:
    return [
        mark
        for mark in picture.sheet.marks
        if isinstance(mark, Letters) and role in ("", mark.part.role)
    ]


def box(mark: Letters) -> tuple[float, float]:
    """Where a line begins and ends."""
    wide = width_of(mark.words, mark.face)
    start = mark.x - {"left": 0, "center": 0.5, "right": 1}[mark.align] * wide
    return start, start + wide


@pytest.mark.parametrize("language", ["en", "ka"])
@pytest.mark.parametrize("metric", ["location_quotient", "amount"])
@pytest.mark.parametrize("size", list(SIZES))
def test_every_size_has_all_parts_within_its_margins(
    georgia: Release, shapes: MapShapes, size: str, metric: str, language: str
) -> None:
    view, text = manufacturing(georgia, metric), Text(language)
    picture = draw(view, shapes, text, size=size, link=LINK)
    width, height = SIZES[size].inches
    assert (picture.sheet.width, picture.sheet.height) == (width, height)
    assert len(picture.labelled) >= 11
    for mark in letters(picture):
        start, end = box(mark)
        assert start > 0.3
        assert end < width - 0.3
        assert 0.15 < mark.y < height - 0.3
    # All eleven bars, and no sentence of the footer is cut off.
    bars = [mark for mark in picture.sheet.marks if mark.part.role == "bars"]
    assert len([mark for mark in bars if isinstance(mark, Rectangle)]) == 11
    footer = " ".join(mark.words for mark in letters(picture, "footer"))
    for words in (sources(view, text), notes(view, text)):
        assert words in footer
    assert "…" not in "".join(mark.words for mark in letters(picture))


@pytest.mark.parametrize("size", list(SIZES))
def test_the_makers_notes_never_push_out_what_stands_under_every_picture(
    georgia: Release, shapes: MapShapes, size: str
) -> None:
    own = ("We add a note of our own, and another. " * 16)[:600].strip()
    view = dataclasses.replace(manufacturing(georgia), title="T" * 200, notes=own)
    picture = draw(view, shapes, Text("en"), size=size, link=LINK)
    footer = " ".join(mark.words for mark in letters(picture, "footer"))
    assert "We add a note of our own" in footer
    assert "Boundaries and names shown do not imply endorsement or acceptance." in footer
    assert "Figures do not cover Abkhazia" in footer
    for mark in letters(picture):
        assert box(mark)[1] < SIZES[size].inches[0] - 0.3
    # The whole statement, however long, is in the slide's title or in letters set smaller.
    assert "".join(mark.words for mark in letters(picture, "title")).startswith("T" * 50)


@pytest.mark.parametrize("size", ["a4", "square"])
def test_where_it_stands_the_panel_lies_under_the_map(
    georgia: Release, shapes: MapShapes, size: str
) -> None:
    picture = draw(manufacturing(georgia), shapes, Text("en"), size=size)
    south = picture.map.frame.box[1]
    legend, ranking = (letters(picture, role) for role in ("legend", "ranking"))
    assert max(mark.y for mark in legend) < south
    assert max(mark.y for mark in ranking) < min(mark.y for mark in legend)
    assert picture.map.frame.box[2] == pytest.approx(SIZES[size].inches[0] - 0.42)


def test_a_picture_has_the_pixels_of_its_size(georgia: Release, shapes: MapShapes) -> None:
    view = manufacturing(georgia)
    content = png(view, shapes, Text("en"), size="a4", link=LINK)
    assert Image.open(io.BytesIO(content)).size == (2481, 3507)
    with pytest.raises(ChoiceError):
        png(view, shapes, Text("en"), size="a3")


def code_boxes(picture: Picture) -> Any:
    return next(
        mark.box
        for mark in picture.sheet.marks
        if isinstance(mark, Rectangle) and mark.part.role == "code"
    )


def test_the_code_says_the_link(georgia: Release, shapes: MapShapes) -> None:
    picture = draw(manufacturing(georgia), shapes, Text("en"), link=LINK)
    expected = np.array([list(row) for row in segno.make_qr(LINK, error="l").matrix]) > 0
    west, _, east, north = code_boxes(picture)
    pixels = np.asarray(Image.open(io.BytesIO(paint(picture.sheet))).convert("L"))
    count = len(expected)
    step = (east - west) / count
    x = np.round((west + (np.arange(count) + 0.5) * step) * 300).astype(int)
    y = np.round((7.5 - north + (np.arange(count) + 0.5) * step) * 300).astype(int)
    assert ((pixels[np.ix_(y, x)] < 128) == expected).all()


def test_no_link_or_one_beyond_any_code_has_none(georgia: Release, shapes: MapShapes) -> None:
    for link in (None, "", "https://atlas.example/" + "x" * 4000):
        picture = draw(manufacturing(georgia), shapes, Text("en"), link=link)
        assert not [mark for mark in picture.sheet.marks if mark.part.role == "code"]


def test_transparent_leaves_out_the_page_and_nothing_else(
    georgia: Release, shapes: MapShapes
) -> None:
    picture = draw(manufacturing(georgia), shapes, Text("en"), link=LINK)
    clear = Image.open(io.BytesIO(paint(picture.sheet, dpi=60, transparent=True)))
    assert clear.mode == "RGBA"
    assert clear.getpixel((2, 2))[3] == 0
    white = Image.new("RGBA", clear.size, "#FFFFFF")
    white.alpha_composite(clear)
    page = Image.open(io.BytesIO(paint(picture.sheet, dpi=60)))
    off = np.abs(np.asarray(white.convert("RGB"), int) - np.asarray(page, int))
    assert off.max() <= 3


def test_an_edition_without_clusters_has_no_key_and_wider_bars(
    georgia: Release, shapes: MapShapes
) -> None:
    view = manufacturing(georgia)
    bare = dataclasses.replace(view, clusters=pd.DataFrame())
    ends = []
    for one in (view, bare):
        picture = draw(one, shapes, Text("en"), size="square")
        marks = picture.sheet.marks
        ends.append(
            max(m.box[2] for m in marks if isinstance(m, Rectangle) and m.part.role == "bars")
        )
        assert bool([mark for mark in marks if mark.part.role == "key"]) == (one is view)
    assert ends[1] > ends[0] + 2


def test_marks_of_a_region_say_whose_they_are(georgia: Release, shapes: MapShapes) -> None:
    marks = draw(manufacturing(georgia), shapes, Text("ka")).sheet.marks
    regions = [mark for mark in marks if isinstance(mark, Area) and mark.part.role == "region"]
    assert {mark.part.code: mark.part.name for mark in regions}["GE-KA"] == "კახეთი"
    assert len(regions) == 12
    assert [mark.level for mark in marks] == sorted(mark.level for mark in marks)
