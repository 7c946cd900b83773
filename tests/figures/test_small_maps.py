"""Small maps: one scale for all, the map's own colours, no data hatched."""

from __future__ import annotations

import re

import pytest

from atlas.analysis import map as question
from atlas.analysis.compare import CompareView, compare_view
from atlas.figures import small_maps
from atlas.figures.palette import THEMES, ramp
from atlas.model import MapShapes, Release
from atlas.text import Text

CODES = ("GE-KA", "GE-IM", "GE-AJ", "GE-AB")
ENGLISH = Text("en")


@pytest.fixture(scope="session")
def view(georgia: Release) -> CompareView:
    return compare_view(georgia, CODES, industry="C")


@pytest.fixture(scope="session")
def shapes(georgia: Release) -> MapShapes:
    return question.map_shapes(georgia)


def points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path)]


def drawn(view: CompareView, shapes: MapShapes, code: str, theme: str = "light") -> str:
    frames = small_maps.frames(view.map, shapes, (336, 216))
    return str(small_maps.small_map(view.map, shapes, code, frames[code], ENGLISH, THEMES[theme]))


def extent(markup: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the region, which is drawn last."""
    found = points(re.findall(r'd="([^"]*)"', markup)[-1])
    across, down = zip(*found, strict=True)
    return min(across), min(down), max(across), max(down)


def test_all_have_one_scale_and_their_region_in_the_middle(
    view: CompareView, shapes: MapShapes
) -> None:
    metric = shapes.regions.to_crs(view.release.metric_crs).geometry
    scales = []
    for code in CODES:
        left, top, right, bottom = extent(drawn(view, shapes, code))
        west, south, east, north = metric[code].bounds
        assert (left + right) / 2 == pytest.approx(168, abs=0.6)
        assert (top + bottom) / 2 == pytest.approx(108, abs=0.6)
        scales.append((right - left) / (east - west))
        assert (bottom - top) / (north - south) == pytest.approx(scales[-1], rel=0.02)
    assert scales == pytest.approx([scales[0]] * 4, rel=0.02)
    # The tallest of them, Kakheti, fills its map but for a margin.
    assert (
        0.7 * 216
        < extent(drawn(view, shapes, "GE-KA"))[3] - extent(drawn(view, shapes, "GE-KA"))[1]
        < 0.78 * 216
    )


def test_the_scale_bar_is_as_long_as_it_says(view: CompareView, shapes: MapShapes) -> None:
    frame = small_maps.frames(view.map, shapes, (336, 216))["GE-KA"]
    share, words = re.findall(
        r'class="scale" style="width:([\d.]+)%">([^<]*)<', drawn(view, shapes, "GE-KA")
    )[0]
    assert words == "50 km"
    assert float(share) / 100 * 336 / frame.scale == pytest.approx(50_000, rel=0.001)


@pytest.mark.parametrize("theme", THEMES)
def test_a_region_takes_the_colour_of_its_class(
    view: CompareView, shapes: MapShapes, theme: str
) -> None:
    colours = ramp("diverging", 5, theme=theme)
    for code, place in (("GE-KA", 4), ("GE-IM", 3), ("GE-AJ", 2)):
        markup = drawn(view, shapes, code, theme)
        assert re.findall(r'fill="([^"]*)"', markup)[-1] == colours[place]
        assert "<pattern" not in markup
    hatched = drawn(view, shapes, "GE-AB", theme)
    assert re.findall(r'fill="([^"]*)"', hatched)[-1] == "url(#small-GE-AB)"
    assert THEMES[theme].hatch in hatched


def test_sea_and_neighbours_are_told_apart(view: CompareView, shapes: MapShapes) -> None:
    markup = drawn(view, shapes, "GE-AJ")
    theme = THEMES["light"]
    assert f'<rect width="100%" height="100%" fill="{theme.sea}"/>' in markup
    assert len(points(re.findall(rf'd="([^"]*)" fill="{theme.neighbour}"', markup)[0])) > 50


def test_a_map_has_words_for_those_who_do_not_see_it(view: CompareView, shapes: MapShapes) -> None:
    said = [re.findall(r'aria-label="([^"]*)"', drawn(view, shapes, c))[0] for c in CODES]
    assert said[0] == "Kakheti: Location quotient, Manufacturing: 2.27"
    assert said[3] == "Abkhazia: Location quotient, Manufacturing: no data"


def test_sizes_by_how_many_stand_side_by_side() -> None:
    assert small_maps.size_of(4, narrow=False) == (336, 216)
    assert small_maps.size_of(2, narrow=False)[0] > small_maps.size_of(3, narrow=False)[0] > 336
    assert small_maps.size_of(6, narrow=True) == small_maps.size_of(2, narrow=True)
