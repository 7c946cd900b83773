"""What the server promises of itself: headers, hosts, uploads, silence about itself, health."""

from __future__ import annotations

import http.client
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from atlas.config import ROOT
from tests.browser.serving import serving
from tests.browser.visitor import Visitor

UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture(scope="module")
def address(georgia_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that is told the names it may be called by."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serving(georgia_home, log, STREAMLIT_SERVER_ALLOWED_HOSTS="localhost") as found:
        yield found


def ask(
    address: str, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        upgraded = answer.status == 101
        content = b"" if upgraded else answer.read()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, content
    finally:
        connection.close()


@pytest.mark.parametrize(
    "path", ["/", "/data", "/html.js", "/_stcore/health", "/auth/login", "/oauth2callback", "/gone"]
)
def test_every_answer_has_the_headers(address: str, path: str) -> None:
    _, headers, _ = ask(address, "GET", path)
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "object-src" not in policy or "object-src 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_sessions_begin_under_a_known_name_and_origin_only(address: str) -> None:
    host = urlsplit(address).netloc
    ours = {**UPGRADE, "Origin": address}
    assert ask(address, "GET", "/_stcore/stream", Host=host, **ours)[0] == 101
    assert ask(address, "GET", "/_stcore/stream", Host="elsewhere.example", **ours)[0] == 403
    other = {**UPGRADE, "Origin": "https://elsewhere.example"}
    assert ask(address, "GET", "/_stcore/stream", Host=host, **other)[0] == 403


def test_health_is_said(address: str) -> None:
    assert ask(address, "GET", "/_stcore/health")[::2] == (200, b"ok")


def test_a_reader_cannot_hand_over_a_file(address: str, visitor: Visitor) -> None:
    visitor.open("/map")
    # The session's own name, as the server told the browser.
    for session in ("unknown", visitor.session):
        place = f"/_stcore/upload_file/{session}/one"
        status, _, said = ask(address, "PUT", place, b"x" * 1000)
        assert (status, said) == (403, b"sign in first")
        assert ask(address, "POST", place, b"x")[0] in {403, 405}


def test_programs_are_not_served(address: str) -> None:
    for path in ("interact", "mcp"):
        status, _, said = ask(address, "POST", f"/_stcore/agent/{path}", b"{}")
        assert status >= 400
        assert b"does not serve the agent API" in said


def test_nothing_is_said_of_inner_matters(address: str) -> None:
    for path in ("/map_files/georgia/../../etc/passwd/1/en/regions", "/app/static/../app.py"):
        status, _, said = ask(address, "GET", path)
        assert b"Traceback" not in said
        assert b"import streamlit" not in said
        assert status in {200, 400, 403, 404}


def test_use_is_reported_to_nobody_and_errors_are_not_shown(visitor: Visitor) -> None:
    visitor.open("/map")
    assert visitor.reports is False
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["server"]["maxUploadSize"] == 200
    assert settings["server"]["enableXsrfProtection"] is True
