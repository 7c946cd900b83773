"""PPTX: read by python-pptx; everything is PowerPoint's own, within the slide, and readable."""

from __future__ import annotations

import dataclasses
import io
import re
import time
import zipfile
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from atlas.analysis.map import map_shapes, map_view
from atlas.export.formats import FORMATS
from atlas.export.slides import pptx
from atlas.figures import palette
from atlas.figures.lettering import Face, printable, width_of
from atlas.figures.titles import filters, notes, sources, title
from atlas.metrics import METRICS
from atlas.model import MapShapes, MapView, Release
from atlas.text import Text
from tests.export.names import HOSTILE, renamed

INCH = 914_400
LINK = "https://atlas.example/map?year=2020&industry=A"


@pytest.fixture(scope="module")
def shapes(toyland: Release) -> MapShapes:
    return map_shapes(toyland, "regions")


@pytest.fixture(scope="module")
def ka(georgia: Release) -> Any:
    """Manufacturing in Georgia, in Georgian."""
    return read(pptx(manufacturing(georgia), map_shapes(georgia, "regions"), Text("ka"), link=LINK))


@pytest.fixture(scope="module")
def en(georgia: Release) -> Any:
    """The same in English."""
    return read(pptx(manufacturing(georgia), map_shapes(georgia, "regions"), Text("en"), link=LINK))


def manufacturing(georgia: Release) -> MapView:
    return map_view(georgia, metric="location_quotient", industry="C", year=2022)


def toy(release: Release, metric: str = "location_quotient", industry: str = "C11") -> MapView:
    return map_view(release, metric=metric, industry=industry, year=2020)


def read(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def every(shapes: Any) -> Iterator[Any]:
    """All shapes, those in groups too."""
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every(shape.shapes)
        else:
            yield shape


def words(slide: Any) -> list[str]:
    return [
        line.text
        for shape in every(slide.shapes)
        if shape.has_text_frame
        for line in shape.text_frame.paragraphs
        if line.text
    ]


def chart_of(slide: Any) -> Any:
    return next(shape.chart for shape in slide.shapes if shape.has_chart)


def table_of(slide: Any) -> Any:
    return next(shape.table for shape in slide.shapes if shape.has_table)


def named(slide: Any, name: str) -> list[Any]:
    return [shape for shape in slide.shapes if shape.name == name]


def test_the_slide_is_wide_and_its_title_stands_in_the_placeholder(
    en: Any, georgia: Release
) -> None:
    assert (en.slide_width, en.slide_height) == (round(13 / 1 * INCH + INCH / 3), 7.5 * INCH)
    said = title(manufacturing(georgia), Text("en"))
    assert en.slides[0].shapes.title.text == said
    assert en.slides[0].shapes.title.is_placeholder
    assert said.startswith("Manufacturing: most concentrated in Mtskheta-Mtianeti and Kakheti")


def test_no_placeholder_of_any_layout_reaches_over_the_wide_slide_or_stays_narrow(en: Any) -> None:
    for layout in en.slide_layouts:
        for place in layout.placeholders:
            assert place.left >= 0
            assert place.left + place.width <= en.slide_width
    wide = en.slide_master.placeholders[0]
    assert wide.width / en.slide_width == pytest.approx(0.9, abs=0.001)


def test_every_region_is_a_freeform_with_its_name_and_value(en: Any, ka: Any) -> None:
    regions = {shape.name: shape for shape in en.slides[0].shapes}
    kakheti = regions["Kakheti"]
    assert kakheti.shape_type == MSO_SHAPE_TYPE.FREEFORM
    assert kakheti.element.nvSpPr.cNvPr.get("descr") == "Kakheti: 2.27"
    assert str(kakheti.fill.fore_color.rgb) == palette.DIVERGING["light"][4].lstrip("#")
    assert str(kakheti.line.color.rgb) == palette.LIGHT.region_border.lstrip("#")
    # Of Abkhazia nothing is known: hatched.
    assert regions["Abkhazia"].element.nvSpPr.cNvPr.get("descr") == "Abkhazia: no data"
    assert regions["Abkhazia"].fill.pattern is not None
    freeforms = [one for one in en.slides[0].shapes if one.shape_type == MSO_SHAPE_TYPE.FREEFORM]
    assert len({one.name for one in freeforms}) >= 12
    assert "კახეთი" in {shape.name for shape in ka.slides[0].shapes}


def test_legend_source_and_year_are_text_in_the_readers_language(en: Any, ka: Any) -> None:
    said = words(en.slides[0])
    for label, count in (("under 0.5", "0 regions"), ("1.25 – 2", "6 regions"),
                         ("2 and over", "2 regions"), ("No data", "1 region")):  # fmt: skip
        assert said[said.index(label) + 1] == count
    assert any(line.startswith("Source: National Statistics Office of Georgia") for line in said)
    assert any("2022" in line for line in said)
    georgian = words(ka.slides[0])
    assert georgian[georgian.index("2 და მეტი") + 1] == "2 რეგიონი"
    assert any(line.startswith("წყარო: საქართველოს სტატისტიკის") for line in georgian)


def test_georgian_words_ask_for_a_font_that_has_them_in_every_script(ka: Any) -> None:
    runs = [
        run
        for slide in ka.slides
        for shape in every(slide.shapes)
        if shape.has_text_frame
        for line in shape.text_frame.paragraphs
        for run in line.runs
        if re.search("[\u10d0-\u10ff]", run.text)
    ]
    assert len(runs) > 60
    for run in runs:
        names = {
            child.tag.rpartition("}")[2]: child.get("typeface")
            for child in run.font._rPr
            if child.get("typeface")
        }
        assert names == {"latin": "Sylfaen", "ea": "Sylfaen", "cs": "Sylfaen"}


def test_the_ranking_is_a_chart_with_the_maps_colours(en: Any, georgia: Release) -> None:
    chart = chart_of(en.slides[0])
    known = manufacturing(georgia).regions["value"].dropna()
    series = chart.plots[0].series[0]
    assert list(series.values) == pytest.approx(list(known))
    assert list(chart.plots[0].categories)[:2] == ["Mtskheta-Mtianeti", "Kakheti"]
    assert len(list(series.values)) == 11
    colours = [str(series.points[number].format.fill.fore_color.rgb) for number in (0, 2, 10)]
    ramp = palette.DIVERGING["light"]
    assert colours == [ramp[position].lstrip("#") for position in (4, 3, 1)]
    assert chart.plots[0].data_labels.number_format == "0.00"
    assert chart.value_axis.minimum_scale == 0
    assert chart.value_axis.maximum_scale == pytest.approx(known.max())


def test_the_figures_are_a_table_with_what_is_missing_in_words(en: Any, ka: Any) -> None:
    table = table_of(en.slides[1])
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0][:3] == ["Region", "Location quotient", "Persons employed"]
    assert rows[2][:3] == ["Kakheti", "2.27", "6,287"]
    assert rows[12] == ["Abkhazia", *["no data"] * 5]
    assert rows[13][:3] == ["Georgia", "1.00", "94,848"]
    assert len(rows) == 14
    georgian = [[cell.text for cell in row.cells] for row in table_of(ka.slides[1]).rows]
    assert georgian[2][:3] == ["კახეთი", "2,27", "6\u00a0287"]
    assert georgian[12][1] == "მონაცემები არ არის"


def test_notes_and_properties_say_what_it_rests_on(en: Any, georgia: Release) -> None:
    view, text = manufacturing(georgia), Text("en")
    said = en.slides[0].notes_slide.notes_text_frame.text
    for line in (sources(view, text), filters(view, text), notes(view, text), LINK):
        assert line in said
    about = en.core_properties
    assert about.title == title(view, text)
    assert (about.author, about.language) == ("Cluster atlas", "en")
    assert about.keywords == "Manufacturing, Location quotient, Georgia, 2022"


def test_the_code_leads_to_the_link_and_only_to_web_pages(
    toyland: Release, shapes: MapShapes
) -> None:
    def links(link: str | None) -> set[str | None]:
        slide = read(pptx(toy(toyland), shapes, Text("en"), link=link)).slides[0]
        found = named(slide, "Code of the link")
        return {shape.click_action.hyperlink.address for shape in found}

    assert links(LINK) == {LINK}
    assert links("javascript:alert(1)") == {None}
    assert links(None) == set()


def test_the_same_view_gives_the_same_bytes_whenever_it_is_made(
    toyland: Release, shapes: MapShapes, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = []
    for moment in (1_700_000_000.0, 1_800_000_000.0):
        monkeypatch.setattr(time, "time", lambda moment=moment: moment)
        monkeypatch.setattr(time, "localtime", lambda *_, moment=moment: time.gmtime(moment))
        files.append(pptx(toy(toyland, "amount", "A"), shapes, Text("en"), link=LINK))
    assert files[0] == files[1]
    assert read(files[0]).core_properties.created.year == 2000
    # No picture of an empty slide stands for them.
    with zipfile.ZipFile(io.BytesIO(files[0])) as archive:
        assert not [name for name in archive.namelist() if "thumbnail" in name]
        assert b"thumbnail" not in archive.read("_rels/.rels")


def check_room(deck: Any) -> None:
    """Nothing reaches over a slide, no words over their box, no box over another."""
    for slide in deck.slides:
        boxes = []
        for shape in every(slide.shapes):
            if shape.shape_type == MSO_SHAPE_TYPE.FREEFORM:
                continue
            left, top = shape.left / INCH, shape.top / INCH
            right, foot = left + shape.width / INCH, top + shape.height / INCH
            assert left >= -0.01
            assert right <= 13.35
            assert top >= -0.01
            assert foot <= 7.51
            if not shape.has_text_frame or not shape.text_frame.text.strip():
                continue
            boxes.append((left, top, right, foot, shape.text_frame.text))
            if shape.is_placeholder:
                continue
            for line in shape.text_frame.paragraphs:
                wide = sum(
                    width_of(run.text, Face(run.font.size.pt, bool(run.font.bold),
                                            bool(run.font.italic), run.font.name == "Georgia"))
                    for run in line.runs if run.font.size
                )  # fmt: skip
                assert wide <= right - left + 0.05, line.text
        for number, (west, north, east, south, said) in enumerate(boxes):
            for other in boxes[number + 1 :]:
                across = min(east, other[2]) - max(west, other[0])
                down = min(south, other[3]) - max(north, other[1])
                # Leading of lines close to one another may touch, letters may not.
                assert min(across, down) < 0.05, (said, other[4])


@pytest.mark.parametrize("language", ["en", "ka"])
@pytest.mark.parametrize("metric", ["location_quotient", "amount", "growth"])
def test_nothing_overlaps_or_overflows(georgia: Release, metric: str, language: str) -> None:
    view = map_view(georgia, metric=metric, industry="C", year=2022)
    check_room(read(pptx(view, map_shapes(georgia, "regions"), Text(language), link=LINK)))


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.filterwarnings("ignore:Glyph .* missing from font")
def test_names_that_mean_harm_come_out_as_themselves(
    toyland: Release, shapes: MapShapes, name: str
) -> None:
    view = renamed(toy(toyland), name)
    deck = read(pptx(view, shapes, Text("en"), link=LINK))
    check_room(deck)
    slide = deck.slides[0]
    said = printable(name)
    assert slide.shapes.title.text == printable(title(view, Text("en")))
    regions = [one for one in slide.shapes if one.shape_type == MSO_SHAPE_TYPE.FREEFORM]
    assert [one.name for one in regions].count(said) >= 3
    category = str(next(iter(chart_of(slide).plots[0].categories)))
    assert " ".join(said.split()).startswith(category.removesuffix("…").strip())


@pytest.mark.parametrize("metric", list(METRICS))
def test_every_figure_has_its_slides(toyland: Release, shapes: MapShapes, metric: str) -> None:
    view = toy(toyland, metric, "A")
    deck = read(FORMATS["pptx"](view, shapes, Text("ka")))
    known = view.regions["value"].dropna()
    charts = [shape.chart for shape in deck.slides[0].shapes if shape.has_chart]
    assert [list(chart.plots[0].series[0].values) for chart in charts] == (
        [pytest.approx(list(known))] if len(known) else []
    )
    assert len(table_of(deck.slides[1]).rows) == 5


def test_without_any_value_there_is_no_chart_and_without_clusters_no_key(
    toyland: Release, shapes: MapShapes
) -> None:
    view = toy(toyland)
    regions = view.regions.assign(value=np.nan, status="missing", **{"class": -1})
    scale = dataclasses.replace(view.scale, counts=(0, 0, 0, 0, 0), missing={"missing": 3})
    empty = dataclasses.replace(view, regions=regions, scale=scale, clusters=pd.DataFrame())
    slide = read(pptx(empty, shapes, Text("en"))).slides[0]
    assert slide.shapes.title.text == "Drinks: no region has a figure for 2020"
    assert not [shape for shape in slide.shapes if shape.has_chart]
    assert named(slide, "Key of the symbols") == []
    assert len(named(slide, "Legend")) == 1
