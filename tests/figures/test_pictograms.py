"""Every pictogram parses, lies in its disc, and is drawn the same on the screen and in print."""

from __future__ import annotations

import base64
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

from atlas.figures.palette import FIRM_COLOUR
from atlas.figures.pictograms import (
    FALLBACK,
    FIRM,
    INSTITUTION_TYPES,
    PICTOGRAMS,
    VIEW_BOX,
    industry_pictogram,
    inline_svg,
    pictogram_mask_uri,
    pictogram_path,
    pictogram_svg,
    pictogram_uri,
)

SVG = "{http://www.w3.org/2000/svg}"
INK = {"disc": "#27343B", "ink": "#FFFFFF"}


def decoded(uri: str) -> ElementTree.Element:
    head, _, data = uri.partition(",")
    assert head == "data:image/svg+xml;base64"
    return ElementTree.fromstring(base64.b64decode(data))


@pytest.mark.parametrize("name", PICTOGRAMS)
def test_path_parses_and_lies_in_the_disc(name):
    outline = np.vstack(pictogram_path(name).to_polygons(closed_only=False))
    assert np.hypot(*outline.T).max() <= 0.85
    # and fills it: neither a speck nor pushed into a corner
    low, high = outline.min(axis=0), outline.max(axis=0)
    assert (high - low).max() >= 0.7
    assert np.abs(low + high).max() / 2 <= 0.2


def test_print_draws_the_glass_upright_and_hollow():
    figure = Figure(figsize=(1, 1), dpi=200)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(-1, 1), ylim=(-1, 1))
    axes.set_axis_off()
    axes.add_patch(PathPatch(pictogram_path("wine_bar"), facecolor="black", linewidth=0))
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    picture = np.asarray(canvas.buffer_rgba())[..., 0]

    def inked(x: float, y: float) -> bool:
        return picture[round(100 - 100 * y), round(100 + 100 * x)] < 128

    assert inked(0.2, 0.1)  # the bowl, above
    assert inked(0, -0.25)  # the stem, below it
    assert not inked(0.2, -0.25)
    assert inked(0.15, -0.45)  # the foot
    assert not inked(0, 0.3)  # the wine does not reach the rim


def test_view_box_is_the_one_the_path_is_centred_by():
    assert VIEW_BOX == "0 -960 960 960"


def test_svg_is_a_disc_with_a_ring():
    root = ElementTree.fromstring(pictogram_svg("egg", **INK, ring="#FFFFFE", size=32))
    assert (root.tag, root.get("width"), root.get("height")) == (f"{SVG}svg", "32", "32")
    ring, disc = root.findall(f"{SVG}circle")
    assert (ring.get("fill"), ring.get("r")) == ("#FFFFFE", "24")
    assert (disc.get("fill"), disc.get("r")) == ("#27343B", "21")
    drawing = root.find(f"{SVG}path")
    assert (drawing.get("d"), drawing.get("fill")) == (PICTOGRAMS["egg"], "#FFFFFF")


def test_svg_without_ring_fills_its_square():
    root = ElementTree.fromstring(pictogram_svg("egg", **INK))
    assert [circle.get("r") for circle in root.findall(f"{SVG}circle")] == ["24"]


def test_dashed_ring_closes_evenly():
    root = ElementTree.fromstring(pictogram_svg("egg", **INK, ring="#000000", dashed=True))
    (circle,) = root.findall(f"{SVG}circle")
    dash, gap = map(float, circle.get("stroke-dasharray").split())
    dashes = 2 * np.pi * float(circle.get("r")) / (dash + gap)
    assert dashes == pytest.approx(18, abs=0.01)


def test_colours_cannot_break_out():
    svg = pictogram_svg("egg", disc='"><script>', ink="#FFFFFF")
    assert ElementTree.fromstring(svg).find(f"{SVG}circle").get("fill") == '"><script>'


@pytest.mark.parametrize("name", PICTOGRAMS)
def test_uris_and_inline_svg_are_well_formed(name):
    assert decoded(pictogram_uri(name, **INK)).find(f"{SVG}path").get("d") == PICTOGRAMS[name]
    mask = decoded(pictogram_mask_uri(name))
    assert mask.find(f"{SVG}circle") is None
    assert mask.find(f"{SVG}path").get("d") == PICTOGRAMS[name]
    inline = ElementTree.fromstring(inline_svg(name, colour="#0F6170", size=18))
    assert inline.get("aria-hidden") == "true"
    assert inline.get("fill") == "#0F6170"


def test_unknown_name_falls_back():
    assert pictogram_svg("no such thing", **INK) == pictogram_svg(FALLBACK, **INK)
    assert inline_svg("no such thing") == inline_svg(FALLBACK)
    assert np.array_equal(
        pictogram_path("no such thing").vertices, pictogram_path(FALLBACK).vertices
    )


def test_kinds_of_institution_differ_in_colour_or_pictogram():
    assert set(INSTITUTION_TYPES) == {
        "cmo",
        "association",
        "public_agency",
        "university",
        "research",
        "vocational",
        "finance",
        "consultancy",
        "civil_society",
        "international",
    }
    names = [name for name, _ in INSTITUTION_TYPES.values()]
    assert set(names) <= set(PICTOGRAMS)
    assert all(first != second for first, second in combinations(names, 2))
    assert FIRM == (FALLBACK, FIRM_COLOUR)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("11.02", "wine_bar"),
        ("1102", "wine_bar"),
        ("21", "pill"),
        ("21.20", "pill"),
        ("01.47", "egg"),
        ("10.12", "egg"),
        ("03.11", "phishing"),
        ("03.22", "set_meal"),
        ("10.39", "nutrition"),
        ("14.13", "apparel"),
        ("31", "weekend"),
        ("32.12", "diamond"),
        ("22.22", "inventory_2"),
        ("22.21", "factory"),
        ("C", "factory"),
        ("A", "agriculture"),
        ("TOTAL", "factory"),
        ("", "factory"),
    ],
)
def test_industry_takes_the_nearest_pictogram(code, name):
    assert industry_pictogram(code) == name


def test_every_industry_pictogram_is_there_and_every_pictogram_is_used():
    codes = [*"ABCDEFGHIJKLMNOPQRSTU", *(f"{number:02}" for number in range(1, 100))]
    codes += [f"{number:03}" for number in range(10, 1000)]
    codes += [f"{number:04}" for number in range(100, 10000)]
    drawn = {industry_pictogram(code) for code in codes}
    assert drawn | {name for name, _ in INSTITUTION_TYPES.values()} == set(PICTOGRAMS)


def test_codes_of_other_classifications_are_not_misread():
    assert industry_pictogram("31", classification="NAICS 2022") == FALLBACK
    assert industry_pictogram("1102", classification="ISIC Rev. 4") == "wine_bar"
