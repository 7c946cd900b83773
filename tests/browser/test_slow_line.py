"""On a slow line a reader chooses on before the browser has heard of the last choice."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor

#: Whatever the server says comes this many milliseconds late once ``slow`` is set.
LATE = 500
_SLOW_SOCKET = f"""(() => {{
  const later = (answer) => answer && ((event) =>
    window.slow ? setTimeout(() => answer(event), {LATE}) : answer(event));
  const place = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
  const add = WebSocket.prototype.addEventListener;
  Object.defineProperty(WebSocket.prototype, "onmessage", {{
    ...place, set(answer) {{ place.set.call(this, later(answer)); }},
  }});
  WebSocket.prototype.addEventListener = function (kind, answer, ...more) {{
    add.call(this, kind, kind === "message" ? later(answer) : answer, ...more);
  }};
}})()"""


def by_click(page: Page) -> None:
    """A second choice, in the popover that is open."""
    page.get_by_text("Same classes for all years").click()


def by_width(page: Page) -> None:
    """No choice: the browser says that the page is narrow now."""
    page.set_viewport_size({"width": 390, "height": 844})


def breaks_on_a_slow_line(visitor: Visitor) -> Page:
    """Open the map and type breaks, of which the browser has not heard back when this returns."""
    page = visitor.page
    page.add_init_script(_SLOW_SOCKET)
    visitor.open("/map?classes=own")
    visitor.wait_for_map()
    page.evaluate("window.slow = true")
    visitor.type_breaks("1 3")
    page.wait_for_timeout(LATE / 5)
    return page


@pytest.mark.parametrize(("then", "words"), [(by_click, {"same": "yes"}), (by_width, {})])
def test_what_follows_at_once_takes_no_choice_back(
    then: Callable[[Page], None], words: dict[str, str], visitor: Visitor
) -> None:
    page = breaks_on_a_slow_line(visitor)
    then(page)
    page.wait_for_timeout(3 * LATE)
    visitor.settle()
    assert visitor.words == {"classes": "own", "breaks": "1 3", **words}
    expect(page.locator(".legend")).to_contain_text("3 and over")


def test_a_link_leads_where_it_says(visitor: Visitor) -> None:
    page = breaks_on_a_slow_line(visitor)
    page.evaluate("document.querySelector('.atlas table a[href*=\"region=GE-SJ\"]').click()")
    page.wait_for_timeout(3 * LATE)
    visitor.settle()
    # The link was written before the breaks, and is one way back: address and page agree.
    assert visitor.words == {"classes": "own", "region": "GE-SJ"}
    visitor.shows_region("Samtskhe-Javakheti")
    expect(page.locator(".legend")).not_to_contain_text("3 and over")


def test_back_after_a_choice_is_one_step(visitor: Visitor) -> None:
    page = breaks_on_a_slow_line(visitor)
    visitor.arrive(re.compile("breaks="))
    page.go_back()
    page.wait_for_timeout(3 * LATE)
    assert visitor.words == {"classes": "own"}
    page.go_forward()
    page.wait_for_timeout(3 * LATE)
    assert visitor.words == {"classes": "own", "breaks": "1 3"}
    expect(page.locator(".legend")).to_contain_text("3 and over")


def test_a_link_into_a_page_keeps_its_place_after_a_choice(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/map")
    visitor.choose("Sector", "H Transport and storage")
    visitor.arrive(re.compile("industry=H"))
    page.locator(".legend a.term").first.click()
    visitor.arrive(re.compile(r"/glossary#location-quotient$"))
    page.wait_for_timeout(LATE)
    expect(page).to_have_url(re.compile(r"/glossary#location-quotient$"))
    page.go_back()
    visitor.arrive(re.compile(r"/map\?industry=H$"))
