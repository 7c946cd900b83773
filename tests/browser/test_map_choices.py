"""The map's search, play and own breaks as a reader's hands find them."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.visitor import Visitor

BETWEEN_1_AND_2 = (0xD8, 0xA5, 0x86)


def test_a_name_in_another_spelling_selects_the_region(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/map")
    field = page.get_by_label("Find a region: name or code")
    field.fill("kaxeti")
    field.press("Enter")
    visitor.arrive(re.compile(r"/map\?region=GE-KA$"))
    visitor.shows_region("Kakheti")
    field.fill("სვანეთი")
    field.press("Enter")
    visitor.arrive(re.compile(r"region=GE-KA&find="))
    page.locator(".found").get_by_role("link", name="Samegrelo-Zemo Svaneti").click()
    visitor.arrive(re.compile(r"/map\?region=GE-SZ$"))
    visitor.shows_region("Samegrelo-Zemo Svaneti")
    page.go_back()
    page.go_back()
    visitor.arrive(re.compile(r"/map\?region=GE-KA$"))
    visitor.shows_region("Kakheti")


def test_a_play_ends_with_the_last_year_and_is_one_step_back(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/map?year=2020&region=GE-KA")
    page.get_by_role("button", name="Play through the years").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    visitor.arrive(re.compile("year=2022"))
    expect(page.get_by_role("button", name="Play through the years")).to_be_visible()
    assert visitor.words == {"year": "2022", "region": "GE-KA", "same": "yes"}
    assert visitor.heading == "Manufacturing in Georgia’s regions, 2022"
    assert visitor.figures()[0] == "2.27"
    page.go_back()
    visitor.arrive(re.compile(r"/map\?year=2020&region=GE-KA$"))
    expect(page.locator(".stMain h1").first).to_have_text(
        "Manufacturing in Georgia’s regions, 2020"
    )


def test_a_play_can_be_stopped(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/map?year=2006")
    page.get_by_role("button", name="Play through the years").click()
    visitor.arrive(re.compile("year=2008"))
    page.get_by_role("button", name="Stop").click()
    reached = visitor.words["year"]
    page.wait_for_timeout(3000)
    visitor.settle()
    assert visitor.words["year"] == reached
    assert visitor.heading.endswith(reached)


def test_without_motion_each_press_is_one_year(visitor: Visitor) -> None:
    page = visitor.page
    page.emulate_media(reduced_motion="reduce")
    visitor.open("/map?year=2006")
    page.get_by_role("button", name="Next year").click()
    visitor.arrive(re.compile("year=2007"))
    page.wait_for_timeout(3000)
    assert visitor.words["year"] == "2007"


def test_more_opens_with_what_is_chosen(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/map?classes=quantiles&number=4&since=2010")
    # The browser makes what a popover holds when it is opened, of what the last run said of it.
    visitor.choose("Sector", "H Transport and storage")
    visitor.arrive(re.compile("industry=H"))
    page.get_by_role("button", name="More").click()
    chosen = page.get_by_label("Classes", exact=True)
    expect(chosen).to_have_value("Equal numbers of regions (quantiles)")
    for label, value in (("Changes since", "2010"), ("Number of classes", "4")):
        slider = page.locator(".stSlider", has_text=label)
        expect(slider.get_by_test_id("stSliderThumbValue")).to_have_text(value)
    page.get_by_text("Same classes for all years").click()
    visitor.arrive(re.compile("same=yes"))
    kept = {"classes": "quantiles", "number": "4", "since": "2010"}
    assert visitor.words == {**kept, "industry": "H", "same": "yes"}


def test_own_breaks_recolour_the_map(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/map?classes=own")
    visitor.wait_for_map()
    visitor.type_breaks("1 3")
    visitor.arrive(re.compile("breaks="))
    assert visitor.words["breaks"] == "1 3"
    expect(page.locator(".legend")).to_contain_text("3 and over")
    page.keyboard.press("Escape")
    visitor.wait_for_map()
    # Kakheti (2.27) lies between the breaks now, in the half of the scale above the middle.
    assert visitor.colour("GE-KA") == visitor.colour("GE-SJ") == BETWEEN_1_AND_2
