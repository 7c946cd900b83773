"""Releases at home: what the app finds under ``ATLAS_HOME`` while its pages are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from screen import ROOT


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
