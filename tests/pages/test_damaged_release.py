"""A damaged release on the page: the last good one is shown, and a notice says so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from screen import MAP, Screen

from atlas.config import ROOT
from atlas.ingest.build import build
from atlas.store import releases


@pytest.fixture
def damaged(
    tmp_path: Path,
    toyland_home: Path,
    at_home: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[str, str]:
    """A home in which the newer of two releases has a bit turned: the older, the newer one."""
    home = shutil.copytree(toyland_home, tmp_path / "home")
    old = releases.current("toyland", home).release_id
    edition = shutil.copytree(ROOT / "tests" / "toyland", tmp_path / "edition")
    with (edition / "firms.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    new = build(edition, home)
    path = home / "toyland" / new / "atlas.duckdb"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    monkeypatch.setenv("ATLAS_EDITION", "toyland")
    at_home(home)
    return old, new


def test_the_map_shows_the_last_good_release_and_says_so(damaged: tuple[str, str]) -> None:
    old, new = damaged
    screen = Screen(MAP, lang="en", industry="A", year="2020")
    assert screen.errors == []
    assert screen.warnings == [
        f"The release “{new}” is damaged (“atlas.duckdb”). The last good one is shown\\: “{old}”."
    ]
    assert "South" in screen.words
    # Whoever asks for the damaged one by an old link is told the same, for the other nothing.
    assert Screen(MAP, lang="en", release=new).warnings == screen.warnings
    assert Screen(MAP, lang="en", release=old).warnings == []


def test_the_notice_is_in_georgian(damaged: tuple[str, str]) -> None:
    old, new = damaged
    screen = Screen("pages/about/sources.py", lang="ka")
    assert screen.errors == []
    assert screen.warnings == [
        f"გამოშვება „{new}“ დაზიანებულია („atlas.duckdb“). ნაჩვენებია ბოლო გამართული\\: „{old}“."
    ]


def test_where_no_release_is_sound_the_page_says_that(
    damaged: tuple[str, str], tmp_path: Path
) -> None:
    old, _ = damaged
    os.truncate(tmp_path / "home" / "toyland" / old / "screen.parquet", 9)
    screen = Screen(MAP, lang="en")
    (said,) = screen.errors
    assert "is damaged\\: “atlas.duckdb” is not as it was written. Put it back" in said
