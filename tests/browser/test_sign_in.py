"""Signing in with a real provider: who is let in, who is not, and the way back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.managing import MANAGER, MEMBER, READER, managed, sign_in
from tests.browser.visitor import Visitor


@pytest.fixture(scope="module")
def address(georgia_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An atlas with sign-ins."""
    with managed(georgia_home, tmp_path_factory.mktemp("managed")) as found:
        yield found


@pytest.mark.parametrize("person", [MANAGER, MEMBER], ids=["by address", "by claim"])
def test_a_manager_signs_in_and_out_and_comes_back_where_it_began(
    visitor: Visitor, person: str
) -> None:
    page = visitor.page
    visitor.open("/data?lang=ka&compare=GE-KA,GE-IM")
    assert visitor.heading == "მონაცემები"
    sign_in(visitor, person, "შესვლა")
    expect(page).to_have_url(re.compile(r"/data\?lang=ka&compare=GE-KA(,|%2C)GE-IM$"))
    expect(page.locator(".st-key-signed_in")).to_contain_text(person)
    # The cookie is not for scripts, and goes along with no other site's requests.
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert cookies["_streamlit_user"]["httpOnly"]
    assert cookies["_streamlit_user"]["sameSite"] == "Lax"
    assert "atlas_back" not in cookies

    page.locator(".st-key-sign_out button").click()
    page.get_by_role("button", name="Leave").click()
    expect(page).to_have_url(re.compile(r"/data\?lang=ka&compare=GE-KA(,|%2C)GE-IM$"))
    visitor.settle()
    expect(page.get_by_role("button", name="შესვლა")).to_be_visible()
    assert "_streamlit_user" not in {cookie["name"] for cookie in page.context.cookies()}


def test_a_person_without_the_role_is_told_so(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/data")
    sign_in(visitor, READER)
    expect(page).to_have_url(re.compile(r"/data$"))
    expect(page.locator(".lead")).to_contain_text(
        f"{READER} is signed in, but may not manage data."
    )
    expect(page.locator(".st-key-signed_in")).to_have_count(0)
    # Public pages do not change for them.
    visitor.open("/map?region=GE-KA")
    visitor.shows_region("Kakheti")


def test_a_forged_way_back_leads_nowhere_else(visitor: Visitor, address: str) -> None:
    page = visitor.page
    page.context.add_cookies(
        [{"name": "atlas_back", "value": "%2F%2Felsewhere.example%2F", "url": address}]
    )
    # Nobody asked for this answer of a provider: no sign-in, and home.
    answer = page.request.get(f"{address}/oauth2callback?state=x&code=y", max_redirects=0)
    assert answer.status == 302
    assert answer.headers["location"] == "/"


def test_without_a_provider_the_page_says_how(visit: Callable[..., Visitor], tmp_path: Path,
                                              georgia_home: Path) -> None:  # fmt: skip
    from tests.browser.serving import serving

    with serving(georgia_home, tmp_path / "log") as plain:
        visitor = visit(base_url=plain)
        visitor.open("/data")
        expect(visitor.page.locator(".lead")).to_contain_text("Managing is off")
        expect(visitor.page.get_by_test_id("stCode")).to_contain_text("server_metadata_url")
        expect(visitor.page.get_by_role("button", name="Sign in")).to_have_count(0)
        assert "ATLAS_DATA_MANAGERS" in visitor.page.locator(".stMain").inner_text()
        visitor.page.close()
