"""A cluster's firms are reached from everywhere, and its page goes on paper."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.visitor import PATIENCE, Visitor

#: What a page of A4 measures in points, give or take a rounding.
A4 = (595, 842)
ASSOCIATION = (230, 159, 0)


def drawn(visitor: Visitor, layer: str, code: str) -> tuple[float, float]:
    """Wait until a member's symbol is on the map; where it is. The orange of an association shows
    left of its pictogram."""
    row = next(row for row in visitor.layer(layer)["data"] if row["id"] == code)
    x, y = visitor.pixel(*row["position"])
    x, y = x + row["offset"][0], y + row["offset"][1]
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if visitor.picture().getpixel((int(x) - 8, int(y))) == ASSOCIATION:
            return x, y
        visitor.page.wait_for_timeout(500)
    raise AssertionError(f"{code} was not drawn")


def test_table_network_and_map_select_the_same_firm(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/cluster?cluster=wine-kakheti")
    page.locator("table").get_by_role("link", name="Kakhuri").first.click()
    visitor.arrive(re.compile(r"cluster=wine-kakheti&firm=kakhuri$"))
    expect(page.locator(".panel h3").first).to_have_text("Kakhuri")
    expect(page.locator("tr.on")).to_contain_text("Kakhuri")

    # A link of the drawing is followed with the keyboard, in the same session.
    page.evaluate("window.stayed = true")
    node = page.locator("svg.network a", has_text="Viniveria")
    node.focus()
    page.keyboard.press("Enter")
    visitor.arrive(re.compile(r"firm=viniveria$"))
    expect(page.locator(".panel h3").first).to_have_text("Viniveria")
    assert page.evaluate("window.stayed")

    visitor.map.scroll_into_view_if_needed()
    visitor.click_map(*drawn(visitor, "institutions", "kakhetian-winemakers-guild"))
    visitor.arrive(re.compile(r"institution=kakhetian-winemakers-guild$"))
    assert "firm" not in visitor.words
    expect(page.locator(".panel h3").first).to_have_text("Kakhetian Winemakers Guild")

    page.go_back()
    visitor.arrive(re.compile(r"firm=viniveria$"))
    page.get_by_title("Clear the selection").click()
    visitor.arrive(re.compile(r"cluster=wine-kakheti$"))
    expect(page.locator("tr.on")).to_have_count(0)


def test_kind_and_words_narrow_table_and_map(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/cluster?cluster=wine-kakheti")
    page.get_by_role("button", name="Firms 5").or_(
        page.get_by_role("radio", name="Firms 5")
    ).click()
    visitor.arrive(re.compile(r"show=firms"))
    page.get_by_label("Find a firm or institution").fill("telavi")
    page.keyboard.press("Enter")
    visitor.arrive(re.compile(r"find=telavi"))
    expect(page.locator("table").first.locator("tbody tr")).to_have_count(1)
    assert [row["id"] for row in visitor.layer("firms")["data"]] == ["telavi-wine-cellar"]
    page.go_back()
    visitor.arrive(re.compile(r"show=firms$"))
    expect(page.locator("table").first.locator("tbody tr")).to_have_count(5)


def test_the_network_is_as_wide_as_a_phone(visit: Callable[..., Visitor]) -> None:
    visitor = visit(**PHONE)
    visitor.open("/cluster?cluster=wine-kakheti")
    box = visitor.page.locator("svg.network").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    # The letters are no smaller than eleven pixels.
    size = float(visitor.page.locator("svg.network").get_attribute("font-size") or 0)
    view = (visitor.page.locator("svg.network").get_attribute("viewBox") or "").split()
    assert size * box["width"] / float(view[2]) >= 10.5


def test_the_page_goes_on_a_few_sheets_of_a4(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/cluster?cluster=wine-kakheti")
    page.get_by_role("link", name="Print view").click()
    visitor.arrive(re.compile(r"view=print$"))
    printed = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert {(round(float(w)), round(float(h))) for w, h in boxes} == {A4}
    # All of it, not the first screen alone; the five sheets hold the drawing and its words.
    assert 4 <= len(boxes) <= 6
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_have_text("Wine, Kakheti")
    expect(page.locator("svg.network")).to_be_visible()
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    expect(page.get_by_text("Copy link")).to_be_hidden()
    expect(page.get_by_label("Find a firm or institution")).to_be_hidden()
    # As wide as the paper without its margins.
    page.set_viewport_size({"width": 703, "height": 1000})
    wide = page.locator("table").evaluate_all("all => Math.max(...all.map(one => one.scrollWidth))")
    assert wide <= 703
