"""SVG: read by an XML parser; the same bytes each time, and as the reference drawings stand."""

from __future__ import annotations

import base64
import dataclasses
import io
import re
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from fontTools.ttLib import TTFont

from atlas.analysis.map import map_shapes, map_view
from atlas.errors import ChoiceError
from atlas.export.formats import FORMATS
from atlas.export.svg import svg
from atlas.figures.titles import sources, title
from atlas.model import MapShapes, MapView, Release
from atlas.text import Text
from tests.export.drawings import DISCOVERY, DRAWINGS, PROFILES, REFERENCE, drawings
from tests.export.names import HOSTILE, renamed

S = "{http://www.w3.org/2000/svg}"
LINK = "https://atlas.example/map?year=2020&industry=A"


@pytest.fixture(scope="module")
def shapes(toyland: Release) -> MapShapes:
    return map_shapes(toyland, "regions")


def toy(release: Release, metric: str = "location_quotient", industry: str = "C11") -> MapView:
    return map_view(release, metric=metric, industry=industry, year=2020)


def words(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{S}text")]


def group(root: ET.Element, name: str) -> ET.Element:
    found = [element for element in root.iter() if element.get("id") == name]
    assert len(found) == 1, name
    return found[0]


def test_title_legend_source_and_year_are_in_the_drawing_as_text(
    toyland: Release, shapes: MapShapes
) -> None:
    view, text = toy(toyland), Text("en")
    root = ET.fromstring(FORMATS["svg"](view, shapes, text))
    assert root.tag == f"{S}svg"
    assert root.get("viewBox") == "0 0 960 540"
    said = words(root)
    assert sources(view, text) == (
        "Source: nobody, Invented for tests; Persons employed, 2020."
        " Clusters: nobody, Invented for tests."
    )
    assert sources(view, text) in said
    at = said.index("2 and over")
    assert said[at : at + 2] == ["2 and over", "1 region"]
    at = said.index("Suppressed")
    assert said[at : at + 2] == ["Suppressed", "1 region"]
    assert "Drinks: North alone has a figure, 2.67" in said
    assert title(view, text) == "Drinks: North alone has a figure, 2.67"
    assert group(root, "map-title").text == title(view, text)
    described = group(root, "map-description").text or ""
    assert "2 and over: 1 region; No data: 1 region; Suppressed: 1 region." in described
    assert sources(view, text) in described
    assert root.findtext(".//{http://purl.org/dc/elements/1.1/}creator") == "Cluster atlas"


def test_each_region_is_a_named_group_of_its_own(toyland: Release, shapes: MapShapes) -> None:
    root = ET.fromstring(svg(toy(toyland), shapes, Text("en")))
    names = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(names) == len(set(names))
    for code, name, parts in (
        ("XT-N", "North", 1), ("XT-S", "South & <b>Sea</b>", 2), ("XT-E", "East", 2),
    ):  # fmt: skip
        own = group(root, f"region-{code}")
        assert own.findtext(f"{S}title") == name
        # Without a value there is a pattern on it.
        assert len(own.findall(f"{S}path")) == parts
    assert words(group(root, "label-XT-S")) == ["South & <b>Sea</b>", "suppressed"]


def test_georgian_stands_as_text_in_a_font_that_has_its_letters(
    georgia: Release,
) -> None:
    view = map_view(georgia, metric="location_quotient", industry="C", year=2022)
    content = svg(view, map_shapes(georgia, "regions"), Text("ka"))
    root = ET.fromstring(content)
    said = words(root)
    assert "მცხეთა-მთიანეთი" in said
    assert {"2 და მეტი", "6 რეგიონი", "3,13"} <= set(said)
    letters: set[str] = set()
    for family, font in re.findall(rb'font-family:"([^"]*)"[^}]*base64,([^)]*)\)', content):
        if b"Georgian" in family:
            cut = TTFont(io.BytesIO(base64.b64decode(font)))
            assert len(cut.getGlyphOrder()) < 80
            letters |= {chr(code) for code in cut.getBestCmap()}
    used = {letter for line in said for letter in line if "\u10d0" <= letter <= "\u10ff"}
    assert len(used) > 25
    assert used <= letters


def test_letters_as_paths_leave_no_font_and_their_words_to_screen_readers(
    toyland: Release, shapes: MapShapes
) -> None:
    content = svg(toy(toyland), shapes, Text("ka"), text_as_paths=True)
    assert b"@font-face" not in content
    root = ET.fromstring(content)
    assert words(root) == []
    said = [element.get("aria-label") for element in root.iter(f"{S}path")]
    assert "ჩრდილოეთი" in said


def test_the_same_view_gives_the_same_bytes(toyland: Release, shapes: MapShapes) -> None:
    view = toy(toyland)
    one, other = (svg(view, shapes, Text("ka"), link=LINK) for _ in range(2))
    assert one == other


def test_the_drawing_is_as_the_reference_stands(toyland: Release) -> None:
    found = dict(drawings(toyland))
    assert (
        set(found)
        == {*DRAWINGS, *PROFILES, DISCOVERY}
        == {path.name for path in REFERENCE.glob("*.svg")}
    )
    for name, drawing in found.items():
        # If this is meant: python -m tests.export.drawings
        assert drawing.decode() == (REFERENCE / name).read_text(encoding="utf-8"), name


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.filterwarnings("ignore:Glyph .* missing from font")
def test_names_that_mean_harm_are_only_text(toyland: Release, shapes: MapShapes, name: str) -> None:
    view = renamed(toy(toyland), name)
    hostile = dataclasses.replace(shapes, labels=({"name_en": name, "lon": -0.3, "lat": 1.0},))
    for as_paths in (False, True):
        root = ET.fromstring(svg(view, hostile, Text("en"), link=LINK, text_as_paths=as_paths))
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert not tags & {"script", "b", "foreignObject", "image", "use"}
        assert not any(key.startswith("on") for element in root.iter() for key in element.attrib)
    if name == "<script>alert(1)</script> &amp; <b>":
        root = ET.fromstring(svg(view, hostile, Text("en")))
        assert group(root, "region-XT-N").findtext(f"{S}title") == name


def test_a_code_of_a_region_that_is_no_identifier_becomes_one(
    toyland: Release, shapes: MapShapes
) -> None:
    view, code = toy(toyland), 'X" onload="x'
    regions = view.regions.rename(index={"XT-N": code})
    items = {code if key == "XT-N" else key: item for key, item in view.items.items()}
    moved = dataclasses.replace(view, regions=regions, items=items)
    placed = dataclasses.replace(shapes, regions=shapes.regions.rename(index={"XT-N": code}))
    root = ET.fromstring(svg(moved, placed, Text("en")))
    own = group(root, "region-X_22__20_onload_3d__22_x")
    assert own.findtext(f"{S}title") == "North"
    assert own.get("onload") is None


def test_the_code_leads_to_the_link_and_only_to_web_pages(
    toyland: Release, shapes: MapShapes
) -> None:
    root = ET.fromstring(svg(toy(toyland), shapes, Text("en"), link=LINK))
    assert [element.get("href") for element in root.iter(f"{S}a")] == [LINK]
    root = ET.fromstring(svg(toy(toyland), shapes, Text("en"), link="javascript:alert(1)"))
    assert list(root.iter(f"{S}a")) == []
    root = ET.fromstring(svg(toy(toyland), shapes, Text("en")))
    assert not [element for element in root.iter() if element.get("class") == "code"]


def test_without_a_ground_there_is_no_page(toyland: Release, shapes: MapShapes) -> None:
    ground = b'<rect width="960" height="540" fill="#FFFFFF"/>'
    assert ground in svg(toy(toyland), shapes, Text("en"))
    assert ground not in svg(toy(toyland), shapes, Text("en"), transparent=True)


def test_an_unknown_size_is_told(toyland: Release, shapes: MapShapes) -> None:
    with pytest.raises(ChoiceError) as error:
        svg(toy(toyland), shapes, Text("en"), size="a5")
    assert error.value.kind == "unknown_size"
    assert error.value.facts == {"value": "a5", "nearest": "a4"}


def test_an_edition_without_clusters_has_no_key(toyland: Release, shapes: MapShapes) -> None:
    view = dataclasses.replace(toy(toyland), clusters=pd.DataFrame())
    root = ET.fromstring(svg(view, shapes, Text("en"), size="a4"))
    assert not [element for element in root.iter() if element.get("id") == "key"]
    assert "2 and over" in words(root)
