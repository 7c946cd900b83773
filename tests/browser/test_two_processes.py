"""Two processes behind one address: readers are shared out, and each stays where its session is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import BrowserContext, expect

from tests.browser.haproxy import before
from tests.browser.serving import asked, serving
from tests.browser.test_export import downloaded, opened
from tests.browser.visitor import Visitor


def process_of(context: BrowserContext) -> str:
    """Which process a profile is with."""
    (cookie,) = [one for one in context.cookies() if one["name"] == "atlas_process"]
    assert cookie["httpOnly"]
    return cookie["value"]


def test_readers_of_two_processes(
    tmp_path: Path, georgia_home: Path, new_context: Callable[..., BrowserContext]
) -> None:
    logs = {name: tmp_path / name for name in ("one", "two")}
    with ExitStack() as stack:
        ended = {name: stack.enter_context(ExitStack()) for name in logs}
        servers = [ended[name].enter_context(serving(georgia_home, logs[name])) for name in logs]
        first, second = (int(urlsplit(server).port or 0) for server in servers)
        address = stack.enter_context(before((first, second), tmp_path / "proxy"))
        contexts = [new_context(base_url=address) for _ in range(2)]
        visitors = [Visitor(context.new_page()) for context in contexts]
        for visitor in visitors:
            visitor.open("/map?industry=A&year=2021")
            visitor.wait_for_map()
        assert {process_of(context) for context in contexts} == {"one", "two"}

        # A file lies with the process that made it.
        for visitor in visitors:
            opened(visitor, "/map?industry=A&year=2021")
            with Image.open(downloaded(visitor, "Download").path()) as picture:
                assert picture.size == (4000, 2250)

        # One process ends; its reader's next visit shows the same, from the other.
        place = process_of(contexts[0])
        visitors[0].page.close()
        ended[place].close()
        again = Visitor(contexts[0].new_page())
        again.open("/map?industry=A&year=2021&lang=ka")
        again.wait_for_map()
        expect(again.page.locator("html")).to_have_attribute("lang", "ka")
        assert process_of(contexts[0]) != place
        for context in contexts:
            context.close()
    assert [line for log in logs.values() for line in asked(log)] == []
