"""What the map draws: the colours of its classes, anew with every choice."""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin

import numpy as np
from playwright.sync_api import expect

from tests.browser.visitor import INSIDE, Visitor

OVER_2 = (0xB7, 0x5A, 0x26)
BELOW_08 = (0x8F, 0xBC, 0xD1)


def test_another_sector_recolours_the_map(visitor: Visitor) -> None:
    visitor.open("/map")
    visitor.wait_for_map()
    assert visitor.colour("GE-KA") == OVER_2  # manufacturing: 2.27
    before = visitor.picture()
    fetched: list[str] = []
    visitor.page.on("request", lambda request: fetched.append(request.url))
    visitor.choose("Sector", "F Construction")
    visitor.arrive(re.compile("industry=F"))
    visitor.wait_for_map()
    assert visitor.colour("GE-KA") == BELOW_08  # construction: 0.73
    after = visitor.picture()
    assert before.size == after.size
    assert int((np.asarray(before) != np.asarray(after)).any(axis=2).sum()) > 20_000
    # Not a border came anew: neither as a file nor with the map.
    assert [address for address in fetched if "map_files" in address] == []
    assert "coordinates" not in json.dumps(visitor.deck)


def test_map_files_are_kept_by_the_browser(visitor: Visitor) -> None:
    visitor.open("/map")
    visitor.wait_for_map()
    address = urljoin(visitor.page.url, visitor.layer("regions")["data"])
    answer = visitor.page.request.get(address)
    assert answer.headers["cache-control"] == "max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    # Borders other than those that the page counts on would be filled wrongly.
    other = visitor.page.request.get(address.replace("?v=", "?v=0"))
    assert (other.status, other.headers["cache-control"]) == (404, "no-store")
    assert visitor.page.request.get(address.replace("/georgia/", "/atlantis/")).status == 404


def test_the_tooltip_says_the_region_and_its_figure(visitor: Visitor) -> None:
    visitor.open("/map")
    visitor.wait_for_map()
    visitor.hover_region("GE-KA")
    tooltip = visitor.page.locator(".deck-tooltip")
    expect(tooltip).to_contain_text("Kakheti")
    expect(tooltip).to_contain_text("Location quotient: 2.27")


def test_counts_are_circles_on_plain_regions(visitor: Visitor) -> None:
    visitor.open("/map?metric=employment")
    visitor.wait_for_map()
    assert len({tuple(visitor.colour(code)) for code in INSIDE}) == 1
    radii = {row["id"]: row["radius"] for row in visitor.layer("circles")["data"]}
    # The area is the count: 37,085 persons employed in Tbilisi, 6,287 in Kakheti.
    assert round((radii["GE-TB"] / radii["GE-KA"]) ** 2, 2) == round(37_085 / 6_287, 2)
    assert "GE-AB" not in radii
