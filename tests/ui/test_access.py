"""Who may manage: the provider, the sign-in, its age and the role, each on every run."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Route

from atlas.config import settings
from atlas.errors import AccessDenied
from atlas.ui import access
from atlas.ui.way_back import COOKIE, WayBack

AUTH = {
    "redirect_uri": "https://atlas.example/oauth2callback",
    "cookie_secret": "x",
    "client_id": "atlas",
    "client_secret": "y",
    "server_metadata_url": "https://id.example/.well-known/openid-configuration",
}


class Secrets(dict[str, Any]):
    """What stands in secrets.toml."""

    def load_if_toml_exists(self) -> bool:
        return bool(self)


class User:
    """What the cookie says."""

    def __init__(self, **said: Any) -> None:
        self.said = said

    def to_dict(self) -> dict[str, Any]:
        return self.said


def sits_there(monkeypatch: pytest.MonkeyPatch, **said: Any) -> None:
    fresh = {"is_logged_in": True, "iat": time.time() - 60}
    monkeypatch.setattr(st, "user", User(**{**fresh, **said}))


@pytest.fixture(autouse=True)
def provider(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(st, "secrets", Secrets(auth=AUTH))
    monkeypatch.setenv("ATLAS_DATA_MANAGERS", "Nino@Example.org, other@example.org")
    monkeypatch.setenv("ATLAS_DATA_MANAGER_CLAIM", "realm_access.roles=managers")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@pytest.mark.parametrize(
    "said",
    [
        {"email": "nino@example.org"},
        {"email": "NINO@example.org", "email_verified": True},
        {"sub": "7", "realm_access": {"roles": ["readers", "managers"]}},
        {"sub": "7", "realm_access": {"roles": "managers"}},
    ],
)
def test_who_has_the_role_is_let_in(monkeypatch: pytest.MonkeyPatch, said: dict[str, Any]) -> None:
    sits_there(monkeypatch, **said)
    assert access.require("data_manager") == said.get("email", "7")
    assert access.may("data_manager")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"is_logged_in": False, "email": "nino@example.org"}, "sign_in_needed"),
        ({"is_logged_in": "yes", "email": "nino@example.org"}, "sign_in_needed"),
        ({"email": "nino@example.org", "iat": 0}, "sign_in_old"),
        ({"email": "nino@example.org", "iat": None}, "sign_in_old"),
        ({"email": "nino@example.org", "iat": time.time() + 9_000_000}, "sign_in_old"),
        ({"email": "nino@example.org", "email_verified": False}, "role_lacking"),
        ({"email": "nino@example.org.evil.example"}, "role_lacking"),
        ({"email": "", "sub": "nino@example.org"}, "role_lacking"),
        ({"realm_access": {"roles": ["managers2"]}}, "role_lacking"),
        ({"realm_access": "managers"}, "role_lacking"),
        ({"realm_access.roles": "managers"}, "role_lacking"),
    ],
)
def test_nobody_else_is(monkeypatch: pytest.MonkeyPatch, said: dict[str, Any], kind: str) -> None:
    sits_there(monkeypatch, **said)
    with pytest.raises(AccessDenied) as denied:
        access.require("data_manager")
    assert denied.value.kind == kind
    assert not access.may("data_manager")


def test_no_other_role_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    sits_there(monkeypatch, email="nino@example.org")
    assert not access.may("owner")


def test_an_empty_list_lets_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_DATA_MANAGERS", " , ")
    monkeypatch.setenv("ATLAS_DATA_MANAGER_CLAIM", "groups=")
    settings.cache_clear()
    for said in ({"email": ""}, {"groups": [""]}, {"groups": None}, {}):
        sits_there(monkeypatch, **said)
        assert not access.may("data_manager")


@pytest.mark.parametrize("lacking", [*AUTH, "auth"])
def test_without_a_whole_provider_managing_is_off(
    monkeypatch: pytest.MonkeyPatch, lacking: str
) -> None:
    rest = {word: said for word, said in AUTH.items() if word != lacking}
    monkeypatch.setattr(st, "secrets", Secrets(auth=rest) if lacking != "auth" else Secrets())
    sits_there(monkeypatch, email="nino@example.org")
    assert access.providers() == []
    with pytest.raises(AccessDenied) as denied:
        access.require("data_manager")
    assert denied.value.kind == "sign_in_off"


def test_several_providers_each_have_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = {word: AUTH[word] for word in ("redirect_uri", "cookie_secret")}
    monkeypatch.setattr(st, "secrets", Secrets(auth={**shared, "ministry": AUTH, "half": {}}))
    assert access.providers() == ["ministry"]


ROUTES = [
    Route("/oauth2callback", lambda _: RedirectResponse("/", status_code=302)),
    Route("/auth/login", lambda _: RedirectResponse("https://id.example", status_code=302)),
    Route("/other", lambda _: PlainTextResponse("here")),
]


def answer(cookie: str, path: str = "/oauth2callback") -> httpx.Response:
    async def ask() -> httpx.Response:
        app = Starlette(routes=ROUTES, middleware=[Middleware(WayBack)])
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as client:
            return await client.get(path, headers={"Cookie": f"{COOKIE}={cookie}"})

    # A browser's tests leave a loop running in their own thread.
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, ask()).result()


def test_the_way_back_leads_to_a_page_of_ours() -> None:
    kept = "%2Fdata%3Flang%3Dka%26compare%3DGE-KA%252CGE-IM%26find%3D%25E1%2583%25A6"
    found = answer(kept).headers
    assert found["Location"] == "/data?lang=ka&compare=GE-KA%2CGE-IM&find=%E1%83%A6"
    assert f"{COOKIE}=; Path=/; Max-Age=0" in found["Set-Cookie"]


@pytest.mark.parametrize(
    "cookie",
    [
        "", "%2F%2Felsewhere.example", "%2F%5Celsewhere.example", "https%3A%2F%2Felsewhere.example",
        "%2Fdata%0D%0ASet-Cookie%3A%20a%3Db", "%2Fdata%20x", "data", "%2Fdata%3Fa%3D%3Cscript%3E",
        "%2F" + "a" * 300, "%2F.%E2%80%AE", "%2Fdata%23here", "%2F%09%2Felsewhere.example",
        "%2Fdata%0A",
    ],
)  # fmt: skip
def test_and_never_anywhere_else(cookie: str) -> None:
    assert answer(cookie).headers["Location"] == "/"


def test_only_after_a_sign_in() -> None:
    assert answer("%2Fdata", "/auth/login").headers["Location"] == "https://id.example"
    assert answer("%2Fdata", "/other").text == "here"
