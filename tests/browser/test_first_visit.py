"""A fresh server: the first release, the first visitor, and nothing asked of anyone."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.serving import asked, serving
from tests.browser.visitor import Visitor


def test_first_visitor_of_a_fresh_server_gets_the_page_of_the_address(
    tmp_path: Path, visit: Callable[..., Visitor]
) -> None:
    home = tmp_path / "home"
    log = tmp_path / "log"
    with serving(home, log) as address:
        # The server built the first release by itself before it answered.
        assert (home / "georgia" / "CURRENT").is_file()
        assert "Computing every figure" in log.read_text("utf-8")
        visitor = visit(base_url=address)
        visitor.open("/clusters?lang=ka")
        expect(visitor.page.locator("html")).to_have_attribute("lang", "ka")
        assert visitor.heading == "საქართველოს კლასტერები"
        expect(visitor.page.get_by_role("dialog")).to_have_count(0)
        assert "Page not found" not in visitor.page.locator("body").inner_text()
        visitor.wait_for_map()
        visitor.page.close()
    assert asked(log) == []


def test_server_asks_no_other_machine_whoever_calls(tmp_path: Path, georgia_home: Path) -> None:
    log = tmp_path / "log"
    with serving(georgia_home, log) as address:
        # A page of another site that tries to open a session here is turned away; to know its
        # own outside address for that, Streamlit would ask a server on the internet.
        port = urlsplit(address).port
        with socket.create_connection(("localhost", port), timeout=10) as caller:
            caller.sendall(
                b"GET /_stcore/stream HTTP/1.1\r\nHost: localhost\r\n"
                b"Origin: https://elsewhere.example\r\nUpgrade: websocket\r\n"
                b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
            )
            assert caller.recv(64).startswith(b"HTTP/1.1 403")
    assert asked(log) == []
