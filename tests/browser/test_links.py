"""A copied link shows a stranger the same."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from atlas.model import Release
from tests.browser.visitor import Visitor


@pytest.mark.parametrize(
    ("view", "parts"),
    [
        ("/map?region=GE-KA&industry=A&year=2021", (".lead", ".panel", "table", ".legend")),
        ("/cluster?cluster=wine-kakheti&lang=ka", ("h1", "table")),
        ("/region?region=GE-GU&measure=turnover", (".lead", "table")),
    ],
)
def test_copied_link_shows_the_same_in_a_fresh_profile(
    visit: Callable[..., Visitor], georgia: Release, view: str, parts: tuple[str, ...]
) -> None:
    one = visit(permissions=["clipboard-read", "clipboard-write"])
    one.open(view)
    one.page.locator("button.copy").click()
    expect(one.page.locator("button.copy")).to_have_text(re.compile("Copied|კოპირებულია"))
    copied = one.page.evaluate("navigator.clipboard.readText()")
    assert f"release={georgia.release_id}" in copied
    for word, value in one.words.items():
        assert f"{word}={value}" in copied

    other = visit()
    other.open(copied)
    assert other.heading == one.heading
    for part in parts:
        said = one.page.locator(f".stMain {part}").all_inner_texts()
        assert "".join(said).strip()
        expect(other.page.locator(f".stMain {part}")).to_have_text(said, use_inner_text=True)


def test_unknown_words_of_an_address_fall_back_with_a_notice(visitor: Visitor) -> None:
    visitor.open("/map?region=GE-XX&industry=C")
    assert visitor.heading == "Manufacturing in Georgia’s regions, 2022"
    visitor.shows_region("Georgia")
    expect(visitor.page.get_by_test_id("stAlert")).to_contain_text("“GE-XX”")
