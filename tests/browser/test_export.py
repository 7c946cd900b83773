"""The Export button opens a form that hands over what it previews."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import Download, expect
from pptx import Presentation
from pypdf import PdfReader

from atlas.export.stored import read_snapshot
from tests.browser.visitor import Visitor


def opened(visitor: Visitor, address: str) -> None:
    visitor.open(address)
    visitor.page.locator(".st-key-export button").click()
    expect(visitor.page.locator("[data-testid=stDownloadButton] button").first).to_be_visible()


def downloaded(visitor: Visitor, button: str) -> Download:
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name=button, exact=True).last.click()
    return download.value


@pytest.mark.parametrize(("lang", "button"), [("en", "Download"), ("ka", "ჩამოტვირთვა")])
def test_export_is_a_picture_for_a_slide(visitor: Visitor, lang: str, button: str) -> None:
    opened(visitor, f"/map?lang={lang}")
    preview = visitor.page.locator("[data-testid=stPopoverBody] img").first
    expect(preview).to_be_visible()
    found = downloaded(visitor, button)
    name = f"georgia_manufacturing_location-quotient_2022_{lang}.png"
    assert found.suggested_filename == name
    expect(visitor.page.get_by_text(name)).to_be_visible()
    with Image.open(found.path()) as picture:
        assert picture.size == (4000, 2250)
        assert tuple(round(dpi) for dpi in picture.info["dpi"]) == (300, 300)
        # The class of 2 and over fills Kakheti and Mtskheta-Mtianeti.
        counted = picture.convert("RGB").getcolors(1 << 22)
        colours = {colour: count for count, colour in counted}
        assert colours[(0xB7, 0x5A, 0x26)] > 50_000


def test_format_language_and_title_are_the_readers(visitor: Visitor) -> None:
    opened(visitor, "/map?industry=A&year=2021&region=GE-KA")
    visitor.choose("Format", "Workbook (XLSX)")
    visitor.choose("Language of the file", "ქართული")
    expect(visitor.page.get_by_text(re.compile(r"_2021_ka\.xlsx$"))).to_be_visible()
    title = visitor.page.get_by_role("textbox", name="Title")
    title.fill("<b>no</b>")
    title.press("Enter")
    expect(visitor.page.get_by_text("Without markup, please")).to_be_visible()
    title.fill("ჩვენი =სათაური")
    title.press("Enter")
    visitor.page.wait_for_timeout(1500)
    found = downloaded(visitor, "Download")
    name = "georgia_agriculture-forestry-fishing_location-quotient_2021_ka.xlsx"
    assert found.suggested_filename == name
    content = found.path().read_bytes()
    said = read_snapshot(content)
    assert (said.industry, said.year, said.region) == ("A", 2021, "GE-KA")
    assert (said.title, said.language) == ("ჩვენი =სათაური", "ka")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.properties.title == "ჩვენი =სათაური"
    assert book.worksheets[0].max_row == 13


def test_the_country_as_a_book(visitor: Visitor) -> None:
    visitor.open("/clusters?lang=ka")
    visitor.page.locator(".st-key-export button").click()
    visitor.page.get_by_role("button", name="წიგნის შექმნა", exact=True).click()
    body = visitor.page.locator("[data-testid=stPopoverBody]")
    expect(body.get_by_test_id("stProgress")).to_be_visible()
    ready = body.locator("[data-testid=stDownloadButton] button")
    expect(ready).to_be_visible(timeout=180_000)
    with visitor.page.expect_download() as download:
        ready.click()
    assert download.value.suggested_filename == "georgia_cluster-atlas_ka.pdf"
    assert len(PdfReader(download.value.path()).pages) >= 36


def test_a_briefing_from_a_clusters_page(visitor: Visitor) -> None:
    opened(visitor, "/cluster?cluster=wine-kakheti")
    visitor.choose("Format", "Briefing, slides (PPTX)")
    name = "georgia_wine-kakheti_cluster_2022_en_briefing.pptx"
    expect(visitor.page.get_by_text(name)).to_be_visible()
    found = downloaded(visitor, "Download")
    deck = Presentation(found.path())
    assert deck.slides[0].shapes.title.text == "Wine, Kakheti"
