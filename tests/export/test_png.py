"""The snapshot: its size and chunks, the colours where regions lie, and names that mean harm."""

from __future__ import annotations

import dataclasses
import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
import shapely
from PIL import Image

from atlas.analysis.map import map_shapes, map_view
from atlas.export.formats import FORMATS
from atlas.export.images import SIZES, Picture, draw
from atlas.export.png import paint, png
from atlas.figures import palette
from atlas.figures.print_map import CIRCLE, PLAIN, class_fills
from atlas.figures.titles import sources, title
from atlas.metrics import METRICS
from atlas.model import MapShapes, MapView, Release
from atlas.text import Text
from tests.export.names import HOSTILE, renamed

DPI = 60
HEIGHT = SIZES["slide"].inches[1]

Pixels = np.ndarray[Any, Any]


@pytest.fixture(scope="module")
def shapes(toyland: Release) -> MapShapes:
    return map_shapes(toyland, "regions")


def toy(release: Release, metric: str = "location_quotient", industry: str = "A") -> MapView:
    return map_view(release, metric=metric, industry=industry, year=2020)


def pixels(slide: Picture, dpi: float = DPI) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(paint(slide.sheet, dpi=dpi))))


def colours_of(slide: Picture, picture: Pixels, shape: Any, dpi: float = DPI) -> dict[str, float]:
    """Share of each colour among pixels spread over a region, the commonest first."""
    west, south, east, north = shape.buffer(-0.05).bounds
    grid = np.meshgrid(np.linspace(west, east, 60), np.linspace(south, north, 60))
    inside = shapely.contains_xy(shape, *grid)
    where = [
        slide.map.frame.pixel(lon, lat, dpi=dpi, height=HEIGHT)
        for lon, lat in zip(grid[0][inside], grid[1][inside], strict=True)
    ]
    found = [f"#{r:02X}{g:02X}{b:02X}" for r, g, b in (picture[y, x] for x, y in where)]
    shares = pd.Series(found).value_counts(normalize=True)
    return {str(colour): float(share) for colour, share in shares.items()}


def test_the_snapshot_is_a_slide_of_4000_by_2250_pixels_with_its_title_and_source(
    toyland: Release, shapes: MapShapes
):
    view, text = toy(toyland), Text("en")
    picture = Image.open(io.BytesIO(FORMATS["png"](view, shapes, text)))
    assert picture.size == (4000, 2250)
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.01)
    assert picture.mode == "RGB"
    assert picture.info["Title"] == title(view, text)
    assert "South & <b>Sea</b>" in picture.info["Title"]
    assert picture.info["Source"] == sources(view, text)
    assert "nobody, Invented for tests" in picture.info["Source"]


def test_regions_have_the_fill_of_their_class_where_they_lie(toyland: Release, shapes: MapShapes):
    view = toy(toyland, "focus")
    slide = draw(view, shapes, Text("en"))
    picture = pixels(slide)
    low, high = class_fills(view.scale)
    assert (low, high) == palette.ramp("sequential", 2)
    for code, fill in (("XT-N", low), ("XT-S", high)):
        found = colours_of(slide, picture, shapes.regions.geometry[code])
        assert next(iter(found)) == fill
        assert found[fill] > 0.8


def test_the_representative_point_of_a_region_lies_on_its_fill(toyland: Release, shapes: MapShapes):
    view = toy(toyland, "location_quotient", "C11")
    slide = draw(view, shapes, Text("en"))
    # A little off the point itself, on which the label stands.
    point = shapes.regions.geometry["XT-N"].representative_point()
    x, y = slide.map.frame.pixel(point.x - 0.5, point.y + 0.2, dpi=DPI, height=HEIGHT)
    red, green, blue = palette.hex_rgb(palette.DIVERGING["light"][4])
    assert tuple(pixels(slide)[y, x]) == (red, green, blue)


@pytest.mark.parametrize(("code", "pattern"), [("XT-E", "hatch"), ("XT-S", "dots")])
def test_regions_without_a_value_are_hatched_or_dotted(
    toyland: Release, shapes: MapShapes, code: str, pattern: str
):
    # Drinks: nothing is known of the East, the South is suppressed.
    view = toy(toyland, "location_quotient", "C11")
    slide = draw(view, shapes, Text("en"))
    found = colours_of(slide, pixels(slide, 150), shapes.regions.geometry[code], 150)
    ground, ink = palette.LIGHT.hatch_ground, palette.LIGHT.hatch
    assert next(iter(found)) == ground
    assert 0.4 < found[ground] < 0.98
    darker = sum(share for colour, share in found.items() if near(colour, ink))
    expected = {"hatch": (0.04, 0.3), "dots": (0.005, 0.12)}[pattern]
    assert expected[0] < darker < expected[1]


def near(colour: str, other: str) -> bool:
    pairs = zip(palette.hex_rgb(colour), palette.hex_rgb(other), strict=True)
    return max(abs(a - b) for a, b in pairs) < 25


def test_counts_are_circles_of_proportional_area_on_plain_regions(
    toyland: Release, shapes: MapShapes
):
    view = toy(toyland, "amount")
    slide = draw(view, shapes, Text("en"))
    picture = pixels(slide)
    found = {
        code: colours_of(slide, picture, shapes.regions.geometry[code]) for code in ("XT-N", "XT-S")
    }
    assert all(next(iter(colours)) == PLAIN for colours in found.values())
    # 50 persons in the North, 100 in the South.
    assert found["XT-N"][CIRCLE] / found["XT-S"][CIRCLE] == pytest.approx(0.5, abs=0.08)


def test_all_regions_are_labelled_also_those_without_a_value(toyland: Release, shapes: MapShapes):
    slide = draw(toy(toyland), shapes, Text("en"))
    assert set(slide.labelled) == {"XT-N", "XT-S", "XT-E"}


@pytest.mark.parametrize("metric", list(METRICS))
@pytest.mark.parametrize("industry", ["A", "C11", "TOTAL"])
def test_every_figure_draws(toyland: Release, shapes: MapShapes, metric: str, industry: str):
    slide = draw(toy(toyland, metric, industry), shapes, Text("en"))
    assert paint(slide.sheet, dpi=DPI).startswith(b"\x89PNG")
    assert set(slide.labelled) == {"XT-N", "XT-S", "XT-E"}


def test_a_georgian_picture_differs_from_the_english_one(toyland: Release, shapes: MapShapes):
    view = toy(toyland)
    english, georgian = (pixels(draw(view, shapes, Text(language))) for language in ("en", "ka"))
    assert english.shape == georgian.shape
    heading = slice(0, int(0.12 * HEIGHT * DPI))
    assert (english[heading] != georgian[heading]).any()


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.filterwarnings("ignore:Glyph .* missing from font")
def test_names_that_mean_harm_are_just_drawn(toyland: Release, shapes: MapShapes, name: str):
    view = toy(toyland, "amount" if len(name) % 2 else "location_quotient")
    hostile = renamed(view, name)
    labels = ({"name_en": name, "lon": -0.3, "lat": 1.0},)
    slide = draw(hostile, dataclasses.replace(shapes, labels=labels), Text("en"))
    picture = pixels(slide)
    assert picture.shape == (450, 800, 3)
    # Nothing runs over the edges of the page.
    margin = int(0.2 * DPI)
    assert (picture[:, :margin] == 255).all()
    assert (picture[:, -margin:] == 255).all()
    assert (picture[:margin] == 255).all()


def test_nothing_known_at_all_still_says_so(toyland: Release, shapes: MapShapes):
    view = toy(toyland)
    regions = view.regions.assign(value=np.nan, status="missing", **{"class": -1})
    scale = dataclasses.replace(
        view.scale, counts=(0, 0, 0, 0, 0), missing={"missing": 3}, largest=float("nan")
    )
    empty = dataclasses.replace(view, regions=regions, scale=scale)
    assert title(empty, Text("en")) == "Farming: no region has a figure for 2020"
    assert pixels(draw(empty, shapes, Text("en"))).shape == (450, 800, 3)
    circles = dataclasses.replace(empty.scale, kind="circles", breaks=(), counts=(0,))
    assert pixels(draw(dataclasses.replace(empty, scale=circles), shapes, Text())).any()


def test_eighty_regions_draw_and_labels_without_room_are_left_out(
    toyland: Release, shapes: MapShapes
):
    view, shapes = crowded(toy(toyland, "size"), shapes)
    slide = draw(view, shapes, Text("en"))
    assert 0 < len(slide.labelled) <= 80
    assert pixels(slide).shape == (450, 800, 3)


def crowded(view: MapView, shapes: MapShapes) -> tuple[MapView, MapShapes]:
    """Ten by eight regions, one of them tiny, with values 1 to 80."""
    codes = [f"R{number:02}" for number in range(80)]
    cells = [
        shapely.box(x * 0.3, y * 0.25, (x + 1) * 0.3, (y + 1) * 0.25)
        for y in range(8)
        for x in range(10)
    ]
    row = view.regions.iloc[0]
    regions = pd.DataFrame([row] * 80, index=pd.Index(codes, name="region_code"))
    regions["value"] = np.arange(80, 0, -1) / 3240
    item = view.items["XT-N"]
    items = {
        code: dataclasses.replace(item, code=code, names={"en": f"Province of {code}"})
        for code in codes
    }
    return (
        dataclasses.replace(view, regions=regions, items={**items, "XT": view.root}),
        dataclasses.replace(
            shapes,
            regions=type(shapes.regions)(geometry=cells, index=codes, crs=4326),
            outline=shapely.union_all(cells),
        ),
    )


def test_the_same_view_gives_the_same_bytes_in_several_threads_at_once(
    toyland: Release, shapes: MapShapes
):
    views = [toy(toyland, metric) for metric in ("location_quotient", "amount")]
    jobs = [(view, Text(language)) for view in views for language in ("en", "ka")]

    def make(job: tuple[MapView, Text]) -> bytes:
        return paint(draw(job[0], shapes, job[1]).sheet, dpi=DPI)

    one_by_one = [make(job) for job in jobs]
    with ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(make, jobs))
    assert one_by_one == at_once
    assert len(set(one_by_one)) == 4


def test_drawing_leaves_matplotlib_as_it_was(toyland: Release, shapes: MapShapes):
    before = dict(mpl.rcParams)
    view = toy(toyland)
    plain = paint(draw(view, shapes, Text("en")).sheet, dpi=DPI)
    assert dict(mpl.rcParams) == before
    with mpl.rc_context({"text.color": "red", "font.size": 40, "axes.facecolor": "black"}):
        assert paint(draw(view, shapes, Text("en")).sheet, dpi=DPI) == plain


def test_georgia_labels_all_twelve_regions_without_collision(georgia: Release):
    view = map_view(georgia, metric="location_quotient", industry="C", year=2022)
    slide = draw(view, map_shapes(georgia, "regions"), Text("en"))
    assert len(slide.labelled) == 12
    tbilisi = slide.map.frame.page(44.79, 41.72)
    assert slide.map.regions["GE-TB"].contains(shapely.Point(tbilisi))


def test_png_is_registered_as_a_format():
    assert FORMATS["png"].make is png
