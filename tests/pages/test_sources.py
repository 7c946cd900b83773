"""The Sources page of a confidential edition: its certificate, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from confidential import write_edition
from screen import Screen

from atlas.ingest.build import build

SOURCES = "pages/about/sources.py"


@pytest.fixture
def confidential_at_home(
    tmp_path: Path, at_home: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    places = ("XT-N1", "XT-N2", "XT-S", "XT-E")
    rows = [
        f"{place},{sector},2020,{100 + 7 * n},{2 if n == 4 else 5},"
        for n, (place, sector) in enumerate((p, s) for p in places for s in ("A", "C10", "C11"))
    ]
    edition = write_edition(tmp_path / "edition", rows, {"minimum_firms": 3})
    build(edition, tmp_path / "home")
    monkeypatch.setenv("ATLAS_EDITION", "toyland")
    at_home(tmp_path / "home")


def test_the_certificate_is_read_in_both_languages(confidential_at_home: None) -> None:
    english = Screen(SOURCES, lang="en")
    assert english.errors == english.notices == []
    assert "Confidentiality" in english.titles
    said = english.said("certificate")
    assert "Suppressed of 30 figures: 1 that could reveal a firm, and" in said
    assert "fewer than 3 firms stand behind it" in said
    assert "worked out none of them" in said
    georgian = Screen(SOURCES, lang="ka")
    assert "კონფიდენციალურობა" in georgian.titles
    assert "30 მაჩვენებლიდან დაფარულია 1" in georgian.said("certificate")
    assert "3 ფირმაზე ნაკლები" in georgian.said("certificate")


def test_an_edition_that_hides_nothing_has_no_certificate(toyland_at_home: None) -> None:
    screen = Screen(SOURCES, lang="en")
    assert "Confidentiality" not in screen.titles
    assert "certificate" not in screen.markup
