"""Regions are compared from a link; one is taken out, and Back brings it back."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def names(visitor: Visitor) -> list[str]:
    return [name.strip() for name in visitor.page.locator(".small-maps h2").all_inner_texts()]


def test_compare_from_a_link_remove_one_and_go_back(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/region?region=GE-KA")
    page.get_by_role("link", name="Compare with the regions most like it").click()
    visitor.arrive(re.compile(r"/compare\?.*regions=GE-KA,GE-SK,GE-MM,GE-SJ"))
    heading = page.locator(".stMain h1")
    expect(heading).to_have_text("Four regions side by side, 2022")
    four = ["Kakheti", "Shida Kartli", "Mtskheta-Mtianeti", "Samtskhe-Javakheti"]
    assert names(visitor) == four

    page.locator(".small-maps").get_by_role("link", name="Remove Shida Kartli").click()
    visitor.arrive(re.compile(r"regions=GE-KA,GE-MM,GE-SJ"))
    expect(heading).to_have_text("Three regions side by side, 2022")
    expect(page.locator(".small-maps h2")).to_have_count(3)

    page.locator("[data-tag]", has_text="Kakheti").get_by_role("button").first.click()
    # The browser's own links keep the comma as it is, Streamlit writes %2C.
    visitor.arrive(re.compile(r"regions=GE-MM(,|%2C)GE-SJ"))
    expect(heading).to_have_text("Two regions side by side, 2022")

    page.go_back()
    visitor.arrive(re.compile(r"regions=GE-KA,GE-MM,GE-SJ"))
    expect(heading).to_have_text("Three regions side by side, 2022")
    page.go_back()
    visitor.arrive(re.compile(r"regions=GE-KA,GE-SK,GE-MM,GE-SJ"))
    expect(page.locator(".small-maps h2")).to_have_count(4)
    assert names(visitor) == four
    page.go_back()
    visitor.arrive(re.compile(r"/region\?region=GE-KA"))
    expect(heading).to_have_text("Kakheti, 2022")


def test_small_maps_are_of_one_size_and_coloured(visitor: Visitor) -> None:
    visitor.open("/compare?regions=GE-KA,GE-IM,GE-KK,GE-AJ")
    maps = visitor.page.locator(".small-map > svg")
    expect(maps).to_have_count(4)
    boxes = [box for box in (one.bounding_box() for one in maps.all()) if box]
    assert {round(box["width"]) for box in boxes} == {round(boxes[0]["width"])}
    assert len({round(box["y"]) for box in boxes}) == 1
    fills = [one.locator("path").last.get_attribute("fill") for one in maps.all()]
    assert fills == ["#B75A26", "#D8A586", "#D8A586", "#E8DFD7"]
