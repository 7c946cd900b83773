"""On a phone nothing is wider than the screen and the map is there."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations

import pytest
from playwright.sync_api import expect

from atlas.text import Text
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


#: The words of an element as they lie on the screen: left, top, right and bottom of each.
_WORDS = """all => all.map(one => {
  const range = document.createRange();
  range.selectNodeContents(one);
  const { left, top, right, bottom } = range.getBoundingClientRect();
  return [left, top, right, bottom];
})"""


NOTHING = Text("ka")("nothing differs")


def _apart(one: list[float], other: list[float]) -> bool:
    across = one[2] <= other[0] or other[2] <= one[0]
    return across or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize("lang", ["en", "ka"])
def test_headings_keep_clear_of_what_follows_them(visit: Callable[..., Visitor], lang: str) -> None:
    visitor = visit(**PHONE)
    visitor.open(f"/clusters?lang={lang}")
    heading = visitor.page.locator(".stMain h1").evaluate_all(_WORDS)[0]
    button = visitor.page.locator("button.copy").bounding_box()
    assert button is not None
    assert button["y"] - heading[3] >= 6
    visitor.open(f"/map?lang={lang}")
    heading = visitor.page.locator(".stMain h1").evaluate_all(_WORDS)[0]
    lead = visitor.page.locator(".atlas .lead").evaluate_all(_WORDS)[0]
    assert lead[1] - heading[3] >= 6


def test_words_of_a_legend_and_of_a_heat_map_do_not_overlap(visit: Callable[..., Visitor]) -> None:
    visitor = visit(**PHONE)
    for address, words in {
        "/map?lang=ka": ".legend .class div",
        "/map?lang=ka&metric=growth": ".legend .class div",
        f"{PAGES['compare_six']}&lang=ka": ".heat-map thead th:not(:first-child) a",
    }.items():
        visitor.open(address)
        found = visitor.page.locator(words).evaluate_all(_WORDS)
        assert len(found) > 4
        assert all(_apart(*pair) for pair in combinations(found, 2)), address
    # The legend of the map of changes begins with longer words than those of figures.
    visitor.open("/map?lang=ka")
    labels = visitor.page.locator(".legend .class div")
    labels.first.evaluate("(one, words) => { one.textContent = words; }", NOTHING)
    assert labels.first.inner_text() == NOTHING
    assert all(_apart(*pair) for pair in combinations(labels.evaluate_all(_WORDS), 2))


def test_copying_and_exporting_stand_in_one_row(visit: Callable[..., Visitor]) -> None:
    visitor = visit(**PHONE)
    for name in ("map", "clusters", "cluster", "region"):
        visitor.open(f"{PAGES[name]}?lang=ka")
        copy = visitor.page.locator("button.copy").bounding_box()
        export = visitor.page.get_by_role("button", name="ექსპორტი").first.bounding_box()
        assert copy is not None
        assert export is not None
        assert abs(copy["y"] - export["y"]) < 2, name
        assert copy["x"] + copy["width"] <= export["x"], name
