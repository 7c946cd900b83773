"""Firms, institutions and the selected region on the printed map and the offline page."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
import shapely
from pptx import Presentation

from atlas.analysis.snapshot import shapes_of, view_of
from atlas.export.images import Picture, draw
from atlas.export.slides import pptx
from atlas.export.svg import svg
from atlas.export.web import html
from atlas.figures.lettering import POINTS, width_of
from atlas.figures.palette import LIGHT
from atlas.figures.print_points import MOST_SYMBOLS, RADIUS
from atlas.figures.sheet import Area, Disc, Letters, Pictogram
from atlas.figures.titles import sources, subtitle
from atlas.model import MapView, Release
from atlas.snapshot import Snapshot
from atlas.text import Text

ALL = Snapshot(edition="georgia", layers=("clusters", "institutions", "firms"), region="GE-KA")


@pytest.fixture
def at_georgia(georgia_home: Path, at_home: Callable[[Path], None]) -> None:
    at_home(georgia_home)


def drawing(snapshot: Snapshot, view: MapView | None = None) -> Picture:
    view = view_of(snapshot) if view is None else view
    text = Text(snapshot.language)
    return draw(view, shapes_of(snapshot, "regions"), text, size=snapshot.size)


def of(picture: Picture, kind: type, *roles: str) -> list:
    return [mark for mark in picture.sheet.marks
            if isinstance(mark, kind) and mark.part.role in roles]  # fmt: skip


def key(picture: Picture) -> list[str]:
    return [mark.words for mark in of(picture, Letters, "key")]


@pytest.mark.usefixtures("at_georgia")
@pytest.mark.parametrize("size", ["slide", "a4", "square"])
def test_institutions_and_firms_are_drawn_apart_and_clear_of_labels(size: str) -> None:
    picture = drawing(dataclasses.replace(ALL, size=size))
    institutions, firms = (of(picture, Disc, role) for role in ("institution", "firm"))
    assert (len(institutions), len(firms)) == (8, 17)
    assert {mark.symbol for mark in of(picture, Pictogram, "institution")} == {
        "hub", "groups", "school", "engineering",
    }  # fmt: skip
    assert {mark.fill for mark in firms} == {LIGHT.disc}
    assert "#0072B2" in {mark.fill for mark in institutions}
    discs = [*institutions, *firms]
    for one, other in combinations(discs, 2):
        assert np.hypot(one.x - other.x, one.y - other.y) > 2 * RADIUS - 1e-6
    spots = [shapely.Point(mark.x, mark.y).buffer(mark.radius) for mark in discs]
    labels = of(picture, Letters, "label")
    assert {"Tbilisi", "Kakheti"} <= {mark.words for mark in labels}
    for mark in labels:
        high = mark.face.size / POINTS
        box = shapely.box(mark.x, mark.y, mark.x + width_of(mark.words, mark.face), mark.y + high)
        assert not any(box.intersects(spot) for spot in spots), mark.words


@pytest.mark.usefixtures("at_georgia")
def test_the_key_says_how_many() -> None:
    words = key(drawing(ALL))
    assert "10 clusters published by name; symbols by product" in words
    assert "8 institutions, by type" in words
    assert {"Cluster organisation · 4", "Association · 2", "University · 1",
            "Vocational training · 1"} <= set(words)  # fmt: skip
    assert "17 firms, symbols by product" in words
    georgian = key(drawing(dataclasses.replace(ALL, language="ka")))
    assert "8 ორგანიზაცია, ტიპის მიხედვით" in georgian
    assert "კლასტერული ორგანიზაცია · 4" in georgian
    assert "17 ფირმა, ნიშანი პროდუქტის მიხედვით" in georgian
    assert key(drawing(dataclasses.replace(ALL, layers=("firms",)))) == [
        "17 firms, symbols by product"
    ]
    assert key(drawing(dataclasses.replace(ALL, layers=()))) == []


@pytest.mark.usefixtures("at_georgia")
def test_sources_of_institutions_and_firms_are_said() -> None:
    assert "Firms and institutions: 23 web pages, listed in the atlas." in sources(
        view_of(ALL), Text("en")
    )
    only = view_of(dataclasses.replace(ALL, layers=("institutions",)))
    assert "Institutions: 8 web pages, listed in the atlas." in sources(only, Text("en"))
    assert "web page" not in sources(view_of(dataclasses.replace(ALL, layers=())), Text("en"))


@pytest.mark.usefixtures("at_georgia")
def test_the_selected_region_is_outlined_and_named() -> None:
    view = view_of(ALL)
    assert subtitle(view, Text("en")).endswith(" · 2022 · Selected: Kakheti")
    assert subtitle(view, Text("ka")).endswith(" · 2022 · არჩეულია: კახეთი")
    casing, line = of(drawing(ALL), Area, "selected")
    assert (casing.line, line.line) == (LIGHT.selected_casing, LIGHT.selected_line)
    assert casing.line_width > line.line_width
    assert line.part.code == "GE-KA"
    # Circles may cover their region: their rim says it.
    rims = of(drawing(ALL.with_words({"metric": "employment"})), Disc, "circle")
    assert [mark.part.code for mark in rims if mark.line == LIGHT.selected_line] == ["GE-KA"]
    plain = dataclasses.replace(ALL, region=None)
    assert "Selected" not in subtitle(view_of(plain), Text("en"))
    assert of(drawing(plain), Area, "selected") == []


@pytest.mark.usefixtures("at_georgia")
def test_many_are_dots_under_the_labels() -> None:
    view = view_of(dataclasses.replace(ALL, layers=("firms",)))
    tile = pd.concat([view.points] * 20, ignore_index=True)
    turns = np.arange(len(tile))
    tile = tile.assign(
        id=[f"x{number}" for number in turns],
        lon=tile["lon"] + 0.2 * np.cos(turns), lat=tile["lat"] + 0.1 * np.sin(turns),
    )  # fmt: skip
    assert len(tile) == 340 > MOST_SYMBOLS
    picture = drawing(ALL, dataclasses.replace(view, points=tile))
    (dots,) = of(picture, Area, "firms")
    assert dots.fill == LIGHT.disc
    assert of(picture, Disc, "firm") == []
    assert key(picture) == ["340 firms, a dot for each"]
    assert dots.level < min(mark.level for mark in of(picture, Letters, "label"))


def test_very_many_are_hexagons_with_their_number(
    crowded: Release, crowded_home: Path, at_home: Callable[[Path], None]
) -> None:
    at_home(crowded_home)
    snapshot = Snapshot(edition="toyland", layers=("firms", "institutions"), industry="A")
    picture = drawing(snapshot)
    cells = {mark.part.code: mark.part.name for mark in of(picture, Area, "hexagon")}
    assert 100 < len(cells) <= 400
    numbers = [int(name.split()[0].replace(",", "")) for name in cells.values()]
    assert sum(numbers) == 30_001
    written = {mark.words for mark in of(picture, Letters, "hexagon")}
    assert f"{max(numbers):,}" in written
    assert key(picture) == [
        "1 institution, by type", "Cluster organisation · 1",
        "30,001 firms; hexagons with the number in each",
    ]  # fmt: skip
    page = html(view_of(snapshot), shapes_of(snapshot, "screen"), Text("en")).decode()
    assert "30,001 firms; hexagons with the number in each" in page
    assert f"{max(numbers):,} firms" in page


@pytest.mark.usefixtures("at_georgia")
def test_the_offline_page_has_them_too() -> None:
    page = html(view_of(ALL), shapes_of(ALL, "screen"), Text("en")).decode()
    for words in ("Selected: Kakheti", "Cluster organisation · 4", "17 firms, symbols by product",
                  "Georgian Furniture Cluster (GFC)", "Adjara Textile"):  # fmt: skip
        assert words in page
    assert page.count('"className": "selected"') == 2
    without = dataclasses.replace(ALL, layers=(), region=None)
    page = html(view_of(without), shapes_of(without, "screen"), Text("en")).decode()
    assert "Adjara Textile" not in page
    assert '"className": "selected"' not in page


def test_names_that_mean_harm_are_names(
    toyland_home: Path, at_home: Callable[[Path], None]
) -> None:
    at_home(toyland_home)
    snapshot = Snapshot(edition="toyland", layers=("firms",), industry="A")
    view, text = view_of(snapshot), Text("en")
    page = html(view, shapes_of(snapshot, "screen"), text).decode()
    assert "Mill &lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    drawing = ElementTree.fromstring(svg(view, shapes_of(snapshot, "regions"), text))
    titles = [found.text for found in drawing.iter("{http://www.w3.org/2000/svg}title")]
    assert "Mill <script>alert(1)</script>" in titles
    slides = Presentation(io.BytesIO(pptx(view, shapes_of(snapshot, "regions"), text)))
    assert "Mill <script>alert(1)</script>" in [shape.name for shape in slides.slides[0].shapes]
