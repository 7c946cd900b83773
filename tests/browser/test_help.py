"""Help for a first visit, and the glossary from wherever one of its words is used."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def test_a_line_of_help_stays_away_once_dismissed(visitor: Visitor) -> None:
    visitor.open("/map")
    line = visitor.page.locator(".help")
    expect(line).to_contain_text("Choose a sector and a figure")
    visitor.page.get_by_role("button", name="Dismiss").press("Enter")
    expect(line).to_be_hidden()
    # Nothing is left of it, not even room.
    heading = visitor.page.locator(".stMain h1").first
    above = heading.bounding_box()
    visitor.open("/map?industry=A")
    expect(line).to_be_hidden()
    assert above is not None
    assert heading.bounding_box() == {**above, "width": heading.bounding_box()["width"]}  # type: ignore[index]
    # Each page has its own.
    visitor.open("/clusters")
    expect(line).to_be_visible()


def test_a_word_of_the_glossary_leads_to_it_and_back(visitor: Visitor) -> None:
    visitor.open("/map?region=GE-KA")
    term = visitor.page.locator(".panel a.term", has_text="Location quotient")
    expect(term).to_have_count(1)
    expect(term).to_have_attribute("title", "".join((
        "A sector’s share in the region divided by its share in the country. Above 1 the region",
        " has more of the sector than the country has; 2 is twice as much.",
    )))  # fmt: skip
    term.press("Enter")
    visitor.settle()
    assert visitor.heading == "Glossary"
    word = visitor.page.locator("dt.wanted")
    expect(word).to_have_text("Location quotient (LQ)")
    expect(word).to_be_in_viewport()
    visitor.page.go_back()
    visitor.settle()
    visitor.shows_region("Kakheti")


def test_longer_words_come_first_and_each_is_linked_once(visitor: Visitor) -> None:
    visitor.open("/glossary?lang=ka")
    page = visitor.page
    expect(page.locator("dt")).to_have_count(18)
    terms = page.locator(".glossary a.term")
    links = terms.evaluate_all("all => all.map(one => one.hash)")
    assert len(links) == len(set(links)) > 3
    # Inflected, and whole: the ending belongs to the link.
    expect(terms.filter(has_text="ლოკალიზაციის კოეფიციენტის")).to_have_count(1)
    expect(page.locator("dt a")).to_have_count(0)
    visitor.open("/compare?what=clusters")
    whole = page.locator("a.term", has_text="organisation that runs it")
    expect(whole).to_have_attribute("href", "glossary#cluster-organisation")
