"""On a phone nothing is wider than the screen and the map is there."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.visitor import INSIDE, PAGES, Visitor

_WIDEST = """() => Math.max(
  document.documentElement.scrollWidth,
  ...[...document.querySelectorAll(".stMain, .stMainBlockContainer")].map(at => at.scrollWidth)
)"""


@pytest.mark.parametrize("lang", ["en", "ka"])
def test_no_page_is_wider_than_the_screen(visit: Callable[..., Visitor], lang: str) -> None:
    visitor = visit(**PHONE)
    widths = {}
    for name, address in PAGES.items():
        visitor.open(address + ("&" if "?" in address else "?") + f"lang={lang}")
        widths[name] = visitor.page.evaluate(_WIDEST)
        expect(visitor.page.locator(".languages a")).to_have_count(2)
        for link in visitor.page.locator(".languages a").all():
            expect(link).to_be_in_viewport(ratio=1)
    assert widths == dict.fromkeys(PAGES, 390)


def test_a_narrow_window_of_a_desktop_is_laid_out_like_a_phone(
    visit: Callable[..., Visitor],
) -> None:
    visitor = visit(viewport={"width": 390, "height": 844})
    visitor.open("/map")
    expect(visitor.page.get_by_text("Choices", exact=True)).to_be_visible()
    visitor.settle()
    visitor.wait_for_map()
    assert visitor.page.evaluate(_WIDEST) == 390
    visitor.page.set_viewport_size({"width": 1440, "height": 1000})
    expect(visitor.page.get_by_label("Sector", exact=True)).to_be_visible()
    visitor.settle()
    visitor.wait_for_map()


def test_map_is_seen_and_a_touch_selects(visit: Callable[..., Visitor]) -> None:
    visitor = visit(**PHONE)
    visitor.open("/map")
    visitor.wait_for_map()
    box = visitor.map.bounding_box()
    assert box is not None
    assert 330 <= box["width"] <= 390
    assert 250 <= box["height"] <= 400
    visitor.map.scroll_into_view_if_needed()
    visitor.click_region("GE-KA", touch=True)
    visitor.arrive(re.compile(r"region=GE-KA"))
    visitor.shows_region("Kakheti")
    assert set(INSIDE) >= {"GE-KA"}
