"""A server where managing is on: a real provider of sign-ins, people, editions of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser.serving import free_port, serving
from tests.browser.visitor import Visitor
from tests.oidc.provider import providing, secrets

MANAGER, READER, MEMBER = "nino@example.org", "giorgi@example.org", "levan@example.org"
PEOPLE: Mapping[str, Mapping[str, Any]] = {
    MANAGER: {"groups": []},
    READER: {"groups": ["readers"]},
    MEMBER: {"groups": ["readers", "atlas-managers"]},
}


@contextmanager
def managed(home: Path, folder: Path, **settings: str) -> Iterator[str]:
    """The atlas with sign-ins, served from the releases in ``home``; gives its address. Its own
    files lie in ``folder``."""
    port = free_port()
    address = f"http://localhost:{port}"
    with providing(f"{address}/oauth2callback", PEOPLE, folder / "provider.log") as provider:
        written = folder / "secrets.toml"
        written.write_text(secrets(address, provider), encoding="utf-8")
        more = {
            "STREAMLIT_SECRETS_FILES": str(written),
            # The provider is on loopback; whatever else the server asks for is refused.
            "NO_PROXY": "127.0.0.1",
            "no_proxy": "127.0.0.1",
            "ATLAS_DATA_MANAGERS": f"somebody@example.org, {MANAGER.upper()}",
            "ATLAS_DATA_MANAGER_CLAIM": "groups=atlas-managers",
            **settings,
        }
        with serving(home, folder / "log", port=port, **more) as found:
            yield found


def sign_in(visitor: Visitor, address: str, button: str = "Sign in") -> None:
    """Sign in as somebody, from a page that asks for it; back there when this ends."""
    page = visitor.page
    page.get_by_role("button", name=button).click()
    page.get_by_label("Address").fill(address)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_test_id("stApp")).to_be_visible()
    visitor.settle()
