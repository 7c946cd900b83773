"""One selection, however it is made, and every choice a step of history."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def test_second_click_on_the_map_clears_the_selection(visitor: Visitor) -> None:
    visitor.open("/map")
    visitor.wait_for_map()
    visitor.click_region("GE-KA")
    visitor.arrive(re.compile(r"region=GE-KA"))
    visitor.click_region("GE-KA")
    visitor.arrive(re.compile(r"/map$"))
    visitor.shows_region("Georgia")
    visitor.click_region("GE-KA")
    visitor.arrive(re.compile(r"region=GE-KA"))
    visitor.click_region("GE-SJ")
    visitor.arrive(re.compile(r"region=GE-SJ"))
    visitor.shows_region("Samtskhe-Javakheti")


def test_list_table_and_sentence_select_what_the_map_selects(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/map")
    visitor.choose("Place", "Kakheti")
    visitor.arrive(re.compile(r"/map\?region=GE-KA$"))
    visitor.shows_region("Kakheti")
    by_list = visitor.figures()
    assert by_list[0] == "2.27"

    page.locator("table").get_by_role("link", name="Imereti", exact=True).click()
    visitor.arrive(re.compile(r"/map\?region=GE-IM$"))
    visitor.shows_region("Imereti")
    expect(page.get_by_label("Place")).to_have_value("Imereti")

    page.locator(".lead").get_by_role("link", name="Kakheti").click()
    visitor.arrive(re.compile(r"/map\?region=GE-KA$"))
    visitor.shows_region("Kakheti")
    assert visitor.figures() == by_list
    expect(page.locator("tr.on")).to_contain_text("Kakheti")

    page.get_by_title("Clear the selection").click()
    visitor.arrive(re.compile(r"/map\??$"))
    visitor.shows_region("Georgia")


def test_five_choices_and_five_steps_back(visitor: Visitor) -> None:
    visitor.open("/map")
    steps = [visitor.state()]
    for label, option, words in (
        ("Place", "Kakheti", "region=GE-KA"),
        ("Sector", "A Agriculture, forestry, fishing", "industry=A"),
        ("Figure", "Share of the country’s sector", "metric=size"),
        ("Place", "Tbilisi", "region=GE-TB"),
        ("Sector", "F Construction", "industry=F"),
    ):
        visitor.choose(label, option)
        visitor.arrive(re.compile(words))
        steps.append(visitor.state())
    assert len({str(step) for step in steps}) == 6
    for earlier in reversed(steps[:-1]):
        visitor.page.go_back()
        visitor.page.wait_for_function(
            "address => location.href === address", arg=earlier["address"]
        )
        visitor.settle()
        visitor.shows_region(earlier["region"])
        expect(visitor.page.locator(".panel .figure")).to_have_text(earlier["figures"])
        expect(visitor.page.locator(".stMain h1").first).to_have_text(earlier["heading"])


def test_region_is_chosen_without_a_mouse(visitor: Visitor) -> None:
    visitor.open("/map")
    page = visitor.page
    visitor.tab_to("Place")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("Kakh")
    page.keyboard.press("Enter")
    visitor.arrive(re.compile(r"region=GE-KA"))
    visitor.shows_region("Kakheti")
    # On by Tab, to a region's name in the table.
    visitor.tab_to("Imereti")
    page.keyboard.press("Enter")
    visitor.arrive(re.compile(r"region=GE-IM"))
    visitor.shows_region("Imereti")
