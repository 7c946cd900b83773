"""The list of clusters in a browser: choices that combine, and the way back through them."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def shown(visitor: Visitor, count: int) -> None:
    """Wait until so many cards stand, and as many symbols on the map."""
    expect(visitor.page.locator(".grid.clusters .card")).to_have_count(count)
    assert len(visitor.layer("clusters")["data"]) == count


def test_choices_combine_and_are_taken_back_step_by_step(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/clusters")
    shown(visitor, 10)
    page.get_by_label("Find a cluster: name, product or place").fill("ღვინო")
    page.keyboard.press("Enter")
    visitor.arrive(re.compile(r"find="))
    shown(visitor, 3)
    visitor.choose("Region", "Kvemo Kartli (1)")
    visitor.arrive(re.compile(r"region=GE-KK"))
    shown(visitor, 1)
    expect(page.locator(".chips").first).to_contain_text("1 cluster of 10 fits.")

    visitor.page.go_back()
    page.wait_for_url(lambda address: "region" not in address)
    visitor.settle()
    shown(visitor, 3)
    visitor.page.go_back()
    page.wait_for_url(lambda address: "find" not in address)
    visitor.settle()
    shown(visitor, 10)
    expect(page.get_by_label("Find a cluster: name, product or place")).to_have_value("")


def test_gathered_clusters_go_to_the_comparison(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/clusters")
    page.get_by_role("link", name="Add Wine, Kakheti to the comparison").click()
    visitor.arrive(re.compile(r"gathered=wine-kakheti$"))
    page.get_by_role("link", name="Add Furniture, Tbilisi to the comparison").click()
    visitor.arrive(re.compile(r"gathered=wine-kakheti,furniture-tbilisi$"))
    page.get_by_role("link", name="Compare these 2 →").click()
    visitor.arrive(re.compile(r"compare\?what=clusters&clusters=wine-kakheti,furniture-tbilisi$"))
    assert visitor.heading == "Two clusters side by side"
