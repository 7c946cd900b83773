"""From the map to a region, to a cluster, and back."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def test_map_then_region_then_cluster_and_back_twice(visitor: Visitor) -> None:
    visitor.open("/map")
    assert visitor.heading == "Manufacturing in Georgia’s regions, 2022"
    visitor.wait_for_map()
    visitor.click_region("GE-KA")
    visitor.arrive(re.compile(r"/map\?(.*&)?region=GE-KA\b"))
    panel = visitor.page.locator(".panel")
    expect(panel.locator("h3")).to_have_text("Kakheti")
    expect(panel.locator(".figure").first).to_have_text("2.27")
    expect(panel).to_contain_text("6,287")
    assert [layer["id"] for layer in visitor.deck["layers"]].count("selected") == 1

    panel.get_by_role("link", name="Wine, Kakheti").click()
    visitor.arrive(re.compile(r"/cluster\?(.*&)?cluster=wine-kakheti\b"))
    expect(visitor.page.locator(".stMain h1")).to_have_text("Wine, Kakheti")

    visitor.page.go_back()
    visitor.arrive(re.compile(r"/map\?(.*&)?region=GE-KA\b"))
    expect(panel.locator("h3")).to_have_text("Kakheti")
    visitor.page.go_back()
    visitor.arrive(re.compile(r"/map$"))
    expect(panel.locator("h3")).to_have_text("Georgia")
    assert visitor.heading == "Manufacturing in Georgia’s regions, 2022"


def test_symbol_on_the_map_opens_its_cluster_and_one_step_leads_back(visitor: Visitor) -> None:
    visitor.open("/map?industry=I")
    visitor.wait_for_map()
    for _ in range(2):  # the second time as well as the first
        visitor.click_cluster("poultry-kvemo-kartli")
        visitor.arrive(re.compile(r"/cluster\?cluster=poultry-kvemo-kartli$"))
        expect(visitor.page.locator(".stMain h1")).to_have_text("Poultry, Kvemo Kartli")
        visitor.page.go_back()
        visitor.arrive(re.compile(r"/map\?industry=I$"))
        visitor.wait_for_map()


def test_region_on_the_map_of_clusters_opens_its_page(visitor: Visitor) -> None:
    visitor.open("/clusters")
    visitor.wait_for_map()
    visitor.click_region("GE-SJ")
    visitor.arrive(re.compile(r"/region\?region=GE-SJ$"))
    assert visitor.heading == "Samtskhe-Javakheti, 2022"
    visitor.page.go_back()
    visitor.arrive(re.compile(r"/clusters$"))


def test_menu_and_logo_keep_the_language_and_the_comparison(visitor: Visitor) -> None:
    visitor.open("/map?lang=ka&compare=GE-KA&year=2015")
    visitor.page.get_by_test_id("stTopNavSection").first.click()
    visitor.page.get_by_role("menuitem", name="კლასტერები", exact=True).click()
    visitor.arrive(re.compile(r"/clusters\?lang=ka&compare=GE-KA$"))
    expect(visitor.page.locator(".stMain h1")).to_have_text("საქართველოს კლასტერები")
    expect(visitor.page.get_by_role("menuitem")).to_have_count(0)
    visitor.page.get_by_test_id("stLogoLink").click()
    visitor.arrive(re.compile(r"/\?lang=ka&compare=GE-KA$"))
    visitor.page.go_back()
    visitor.page.go_back()
    visitor.arrive(re.compile(r"/map\?lang=ka&compare=GE-KA&year=2015$"))
