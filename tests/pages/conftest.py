"""Releases at home: what the app finds under ``ATLAS_HOME`` while its pages are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from screen import ROOT

from atlas.text import Text


@pytest.fixture(autouse=True)
def from_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app finds its own files from the folder it is started in."""
    monkeypatch.chdir(ROOT)


@pytest.fixture
def georgia_at_home(georgia_home: Path, at_home: Callable[[Path], None]) -> None:
    at_home(georgia_home)


@pytest.fixture
def toyland_at_home(
    toyland_home: Path, at_home: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_EDITION", "toyland")
    at_home(toyland_home)


@pytest.fixture
def untold(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Sentences that a page wanted in a language that has no translation of them."""
    found: list[str] = []
    say, count = Text.__call__, Text.plural

    def note(text: Text, message: str) -> None:
        if text.language != "en" and not getattr(text._catalogue.get(message), "string", None):
            found.append(message)

    def call(self: Text, message: str, **facts: object) -> str:
        note(self, message)
        return say(self, message, **facts)

    def plural(self: Text, one: str, many: str, number: float, **facts: object) -> str:
        note(self, one)
        return count(self, one, many, number, **facts)

    monkeypatch.setattr(Text, "__call__", call)
    monkeypatch.setattr(Text, "plural", plural)
    return found
