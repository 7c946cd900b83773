"""A country that the atlas never saw: made by ``new``, filled by a script, built, and browsed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from turkey import filled

from atlas.ingest.blank import new_edition
from atlas.ingest.build import build
from atlas.ingest.importing import import_file
from atlas.ingest.wishes import Wishes
from tests.browser.serving import serving
from tests.browser.visitor import Visitor

#: Places within provinces where nothing is written on the map.
INSIDE = {"TR-06": (31.8, 40.1), "TR-42": (33.2, 37.6), "TR-65": (43.9, 38.9)}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An atlas of Turkey with invented figures."""
    folder = tmp_path_factory.mktemp("turkey")
    edition, home = folder / "turkey", folder / "home"
    new_edition(edition, "TR", languages=("en", "tr"))
    filled(edition, folder / "istihdam.xlsx")
    wishes = Wishes("employment", accept_columns=True, accept_names=True)
    assert import_file(folder / "istihdam.xlsx", edition, wishes).written == 245
    build(edition, home)
    with serving(home, folder / "log", ATLAS_EDITION="turkey") as found:
        yield found


def test_from_the_map_to_a_province(visitor: Visitor) -> None:
    visitor.open("/map?industry=C")
    assert visitor.heading == "Manufacturing in Türkiye’s regions, 2023"
    visitor.wait_for_map(INSIDE)
    # 400 of 1,000 here, 2,000 of 9,000 in the country.
    istanbul = visitor.page.locator("table tbody tr", has_text="Istanbul").first
    expect(istanbul).to_contain_text("1.80")
    visitor.click_map(*visitor.pixel(*INSIDE["TR-06"]))
    visitor.arrive(re.compile(r"region=TR-06\b"))
    visitor.shows_region("Ankara")


def test_a_province_is_found_however_it_is_spelt(visitor: Visitor) -> None:
    visitor.open("/map?industry=C")
    field = visitor.page.get_by_label("Find a region", exact=False).first
    field.fill("sirnak")
    field.press("Enter")
    visitor.settle()
    expect(visitor.page.locator(".stMain")).to_contain_text("Şırnak")


@pytest.mark.parametrize("page", ["/region?region=TR-34", "/compare?regions=TR-34,TR-06"])
def test_other_pages_know_it_too(visitor: Visitor, page: str) -> None:
    visitor.open(page)
    expect(visitor.page.locator(".stMain")).to_contain_text("Istanbul")
    expect(visitor.page.get_by_test_id("stException")).to_have_count(0)
    expect(visitor.page.get_by_test_id("stAlert")).to_have_count(0)
