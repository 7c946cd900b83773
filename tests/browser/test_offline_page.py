"""The exported page in a browser that has no network: it draws, it tells, it runs nobody's code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from atlas.analysis.snapshot import shapes_of, view_of
from atlas.export.formats import FORMATS, make
from atlas.model import MapView
from atlas.snapshot import Snapshot
from tests.export.hostile import COMMAND, FORMULA, RIGHT_TO_LEFT, SCRIPT, TEMPLATE, hostile

FORM = FORMATS["html"]


@pytest.fixture
def offline(
    new_context: Callable[..., BrowserContext], tmp_path: Path
) -> Callable[[Snapshot, MapView], Page]:
    """Open the page of a snapshot from a file; the browser is offline and asks for nothing."""

    def opened(snapshot: Snapshot, view: MapView) -> Page:
        path = tmp_path / "page.html"
        path.write_bytes(make(snapshot, FORM, view, shapes_of(snapshot, FORM.shapes)))
        page = new_context(offline=True).new_page()
        asked: list[str] = []
        page.on("request", lambda made: asked.append(made.url))
        page.goto(path.as_uri())
        expect(page.locator(".leaflet-interactive").first).to_be_visible()
        assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
        return page

    return opened


def filled(page: Page, fill: str) -> int:
    return page.locator(f'path.leaflet-interactive[fill="{fill}"]').count()


@pytest.mark.parametrize("language", ["en", "ka"])
def test_the_map_is_drawn_and_told(
    offline: Callable[..., Page], georgia_home: Path, at_home: Callable[[Path], None], language: str
) -> None:
    at_home(georgia_home)
    snapshot = Snapshot(edition="georgia", industry="C", year=2022, language=language)
    page = offline(snapshot, view_of(snapshot))
    assert page.locator("html").get_attribute("lang") == language
    # Two of 2 and over, six of 1.25 to 2, one hatched.
    assert (filled(page, "#B75A26"), filled(page, "#D8A586")) == (2, 6)
    assert filled(page, "url(#hatch)") == 1
    words = {
        "en": ("Manufacturing: most concentrated in Mtskheta-Mtianeti and Kakheti", "Kakheti",
               "2.27", "2 and over", "no data", "Source: ", "Location quotient: 2.27"),
        "ka": ("დამამუშავებელი მრეწველობა: ", "კახეთი", "2,27", "2 და მეტი", "მონაცემები არ არის",
               "წყარო: ", "ლოკალიზაციის კოეფიციენტი: 2,27"),
    }[language]  # fmt: skip
    heading, kakheti, value, last_class, missing, source, pointed = words
    assert page.locator("h1").inner_text().startswith(heading)
    assert page.title() == page.locator("h1").inner_text()
    labels = page.locator(".place div").all_inner_texts()
    assert len(labels) == 12
    assert f"{kakheti}\n{value}" in [label.strip() for label in labels]
    assert last_class in page.locator(".legend").inner_text()
    rows = page.locator("tbody tr").all_inner_texts()
    assert len(rows) == 12
    assert rows[1].split("\t") == [kakheti, value]
    assert missing in rows[-1]
    assert source in page.locator("footer").inner_text()
    assert "2022" in page.locator("footer").inner_text()
    page.locator('path.leaflet-interactive[fill="#B75A26"]').first.hover()
    tip = page.locator(".leaflet-tooltip").inner_text()
    assert tip.split("\n")[-1].split(":")[0] == pointed.split(":")[0]


def test_a_phone_has_no_room_for_names_nor_for_the_lines_to_them(
    offline: Callable[..., Page], georgia_home: Path, at_home: Callable[[Path], None]
) -> None:
    at_home(georgia_home)
    snapshot = Snapshot(edition="georgia", industry="C", year=2022)
    page = offline(snapshot, view_of(snapshot))
    for width, shown in ((1440, True), (390, False)):
        page.set_viewport_size({"width": width, "height": 844})
        expect(page.locator(".place div").first).to_be_visible(visible=shown)
        expect(page.locator("path.leader").first).to_be_visible(visible=shown)
        assert page.evaluate("document.body.scrollWidth <= innerWidth")


def test_counts_are_circles(
    offline: Callable[..., Page], georgia_home: Path, at_home: Callable[[Path], None]
) -> None:
    at_home(georgia_home)
    snapshot = Snapshot(edition="georgia", metric="amount", industry="C", year=2022)
    page = offline(snapshot, view_of(snapshot))
    assert filled(page, "#0F6170") == 11
    assert filled(page, "url(#hatch)") == 1
    assert "20,000" in page.locator(".legend").inner_text()


def test_hostile_names_are_only_names(
    offline: Callable[..., Page], toyland_home: Path, at_home: Callable[[Path], None]
) -> None:
    at_home(toyland_home)
    snapshot = Snapshot(edition="toyland", industry="A", year=2020, notes="{{7*7}} & ${1}")
    page = offline(snapshot, hostile(view_of(snapshot)))
    assert page.title() != "hacked"
    assert COMMAND in page.locator("h1").inner_text()
    rows = "\n".join(page.locator("tbody th").all_inner_texts())
    for name in (SCRIPT, FORMULA, RIGHT_TO_LEFT):
        assert " ".join(name.split()) in " ".join(rows.split())
    assert TEMPLATE in page.locator("footer").inner_text()
    assert "{{7*7}} & ${1}" in page.locator("footer").inner_text()
    assert page.locator("img[onerror]").count() == 0
    for shape in page.locator("path.leaflet-interactive").all():
        shape.hover(force=True)
        page.wait_for_timeout(50)
    assert page.title() != "hacked"
    # No script but Leaflet and the map's own.
    assert page.locator("script").count() == 2
