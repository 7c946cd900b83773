"""PDF: read by pypdf; its words can be copied out, its fonts are in it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from atlas.analysis.map import map_shapes, map_view
from atlas.export.formats import FORMATS
from atlas.export.images import INCHES, draw
from atlas.export.pdf import paint, pdf
from atlas.figures.titles import title
from atlas.model import MapShapes, MapView, Release
from atlas.text import Text
from tests.export.names import HOSTILE, renamed

LINK = "https://atlas.example/map?year=2020&industry=A"


@pytest.fixture(scope="module")
def shapes(toyland: Release) -> MapShapes:
    return map_shapes(toyland, "regions")


def toy(release: Release, metric: str = "location_quotient", industry: str = "C11") -> MapView:
    return map_view(release, metric=metric, industry=industry, year=2020)


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def words(content: bytes) -> str:
    return " ".join(read(content).pages[0].extract_text().split())


def test_title_legend_source_and_year_can_be_copied_out(
    toyland: Release, shapes: MapShapes
) -> None:
    view, text = toy(toyland), Text("en")
    content = FORMATS["pdf"](view, shapes, text)
    said = words(content)
    assert "Drinks: North alone has a figure, 2.67" in said
    for line in (
        "2 and over 1 region", "No data 1 region", "Suppressed 1 region",
        "Source: nobody, Invented for tests; Persons employed, 2020.", "South & <b>Sea</b>",
    ):  # fmt: skip
        assert line in said
    about = read(content).metadata
    assert about is not None
    assert about.title == title(view, text)
    assert about.author == "Cluster atlas"
    assert about["/Keywords"] == "Drinks, Location quotient, Toyland, 2020"
    assert "2 and over: 1 region" in (about.subject or "")


def test_georgian_can_be_copied_out(georgia: Release) -> None:
    view = map_view(georgia, metric="location_quotient", industry="C", year=2022)
    content = pdf(view, map_shapes(georgia, "regions"), Text("ka"))
    said = words(content)
    # The title stands in two lines.
    assert title(view, Text("ka")) in said
    assert "დამამუშავებელი მრეწველობა" in said
    assert "2 და მეტი 2 რეგიონი" in said
    assert "მცხეთა-მთიანეთი 3,13" in said
    document = read(content)
    assert document.metadata is not None
    assert document.metadata.title == title(view, Text("ka"))
    assert document.trailer["/Root"]["/Lang"] == "ka"


def test_every_font_is_embedded(georgia: Release) -> None:
    view = map_view(georgia, metric="amount", industry="C", year=2022)
    content = pdf(view, map_shapes(georgia, "regions"), Text("ka"), link=LINK)
    fonts: Any = read(content).pages[0]["/Resources"]["/Font"]
    assert len(fonts) >= 4
    for font in fonts.values():
        assert "/FontFile2" in font.get_object()["/FontDescriptor"].get_object()
        assert "+Noto" in font.get_object()["/BaseFont"]


@pytest.mark.parametrize("size", list(INCHES))
def test_a_page_has_the_size_asked_for(toyland: Release, shapes: MapShapes, size: str) -> None:
    page = read(pdf(toy(toyland), shapes, Text("en"), size=size)).pages[0]
    wide, high = INCHES[size]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(
        (wide * 72, high * 72), abs=0.01
    )


def test_the_same_view_gives_the_same_bytes(toyland: Release, shapes: MapShapes) -> None:
    one, other = (pdf(toy(toyland), shapes, Text("ka"), link=LINK) for _ in range(2))
    assert one == other


def test_several_sheets_are_several_pages(toyland: Release, shapes: MapShapes) -> None:
    sheets = [
        draw(toy(toyland), shapes, Text(language), size=size).sheet
        for language, size in (("en", "slide"), ("ka", "a4"))
    ]
    said = {"title": "Two", "subject": "", "keywords": "", "language": "en"}
    document = read(paint(sheets, said))
    assert len(document.pages) == 2
    assert "North" in document.pages[0].extract_text()
    assert "ჩრდილოეთი" in document.pages[1].extract_text()
    assert float(document.pages[1].mediabox.height) == pytest.approx(841.68)


def test_the_code_leads_to_the_link_and_only_to_web_pages(
    toyland: Release, shapes: MapShapes
) -> None:
    def links(link: str) -> list[str]:
        page = read(pdf(toy(toyland), shapes, Text("en"), link=link)).pages[0]
        return [note.get_object()["/A"]["/URI"] for note in page.get("/Annots", [])]

    assert links(LINK) == [LINK]
    assert links("javascript:alert(1)") == []


def test_letters_as_paths_cannot_be_copied_out(toyland: Release, shapes: MapShapes) -> None:
    assert words(pdf(toy(toyland), shapes, Text("en"), text_as_paths=True)) == ""


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.filterwarnings("ignore:Glyph .* missing from font")
def test_names_that_mean_harm_are_only_text(toyland: Release, shapes: MapShapes, name: str) -> None:
    document = read(pdf(renamed(toy(toyland), name), shapes, Text("en"), size="a4"))
    assert len(document.pages) == 1
    assert "/JavaScript" not in document.trailer["/Root"].get("/Names", {})
    said = document.pages[0].extract_text()
    if name in ("<script>alert(1)</script> &amp; <b>", "=1+1"):
        assert name in said
    # Which way round these run is the reader's business.
    for letters in ("إقليم", "אזור"):
        if letters in name:
            assert set(letters) <= set(said)
