"""A real browser on the real server, which holds a release of Georgia."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    WebSocket,
    expect,
)

from tests.browser import chromium
from tests.browser.serving import serving
from tests.browser.visitor import PATIENCE, Visitor

HERE = Path(__file__).parent
DESKTOP = {"viewport": {"width": 1440, "height": 1000}, "locale": "en-GB"}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/140.0.0.0 Mobile Safari/537.36",
}
#: Errors on the console that are none of the atlas' doing: whose address they name, and why.
TOLERATED = {
    r"/\w+/_stcore/(health|host-config)$": "Streamlit's script tries the folder of a page's address"
    " for its server before it tries the root.",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies here needs a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Chromium as it is found here."""
    expect.set_options(timeout=PATIENCE * 1000)
    return {**browser_type_launch_args, **chromium.launch_options()}


@pytest.fixture(scope="session")
def address(georgia_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server that serves the release of Georgia."""
    with serving(georgia_home, tmp_path_factory.mktemp("server") / "log") as found:
        yield found


@pytest.fixture(autouse=True)
def complaints() -> Iterator[list[str]]:
    """What went wrong in any tab of the test; more than nothing fails it."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], complaints: list[str]
) -> Callable[..., BrowserContext]:
    """A fresh browser profile, every tab of which is watched. Options as Playwright's."""

    def make(**options: Any) -> BrowserContext:
        context = new_context(**{**DESKTOP, **options})
        context.set_default_timeout(PATIENCE * 1000)
        watch(context, complaints)
        return context

    return make


@pytest.fixture
def visit(new_context: Callable[..., BrowserContext], address: str) -> Callable[..., Visitor]:
    """Make a visitor with a fresh profile. Options as Playwright's for a context."""

    def make(**options: Any) -> Visitor:
        return Visitor(new_context(**{"base_url": address, **options}).new_page())

    return make


@pytest.fixture
def visitor(visit: Callable[..., Visitor]) -> Visitor:
    """A visitor at a desk with a fresh profile."""
    return visit()


def watch(context: BrowserContext, complaints: list[str]) -> None:
    """Note requests that leave this machine, script that fails, and errors on the console."""

    def request(made: Request) -> None:
        if leaves(made.url):
            complaints.append(f"request to another machine: {made.url[:200]}")

    def console(message: ConsoleMessage) -> None:
        place = str(message.location.get("url", ""))
        tolerated = any(re.search(known, urlsplit(place).path) for known in TOLERATED)
        if message.type == "error" and not tolerated:
            complaints.append(f"console: {message.text[:500]} ({place})")

    def socket(opened: WebSocket) -> None:
        if leaves(opened.url):
            complaints.append(f"socket to another machine: {opened.url[:200]}")

    def tab(page: Page) -> None:
        page.on("websocket", socket)

    context.on("request", request)
    context.on("console", console)
    context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
    context.on("page", tab)


def leaves(address: str) -> bool:
    """Whether a request to this address leaves the machine."""
    parts = urlsplit(address)
    return parts.scheme not in {"data", "blob", "about", "file"} and parts.hostname not in {
        "localhost",
        "127.0.0.1",
    }
