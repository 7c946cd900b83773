"""Many firms on the map: hexagons that say how many, and their list a page at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from screen import Screen, rows


@pytest.fixture
def crowded_at_home(
    crowded_home: Path, at_home: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_EDITION", "toyland")
    at_home(crowded_home)


def test_many_firms_are_hexagons_with_their_number(crowded_at_home: None) -> None:
    screen = Screen(lang="en", layers="firms,institutions")
    assert "firms" not in screen.map
    hexagons = screen.map["firm-cells"]
    assert hexagons["@@type"] == "H3HexagonLayer"
    counts = [int(re.sub(r"\D", "", row["name"])) for row in hexagons["data"]]
    assert sum(counts) == 30_001
    words = [
        w["words"] for name, one in screen.map.items() if "numbers" in name for w in one["data"]
    ]
    assert sorted(int(word.replace(",", "")) for word in words) == sorted(counts)
    assert "Hexagons: the number of firms in each; a click lists them" in screen.said("legend")
    # Institutions stay where they are.
    assert [row["id"] for row in screen.map["institutions"]["data"]] == ["food-club"]
    assert "firm-cells" not in Screen(lang="en").map


@pytest.mark.parametrize("language", ["en", "ka"])
def test_the_list_of_a_hexagon(language: str, crowded_at_home: None) -> None:
    words = {"lang": language, "layers": "firms"}
    cell = Screen(**words).map["firm-cells"]["data"][0]["id"]
    first = Screen(cell=cell, **words)
    assert first.errors == first.notices == []
    assert len(rows(first.markup["firms"])) == 1 + 100
    assert "sheet=2" in first.markup["firms"]
    second = Screen(cell=cell, sheet="2", **words)
    found = re.findall(r"Test firm \d+", second.said("firms"))
    assert len(set(found)) == 100
    assert not set(found) & set(re.findall(r"Test firm \d+", first.said("firms")))
    if language == "en":
        assert "Firms 101 to 200 of" in second.said("firms")
        assert "Close the list" in second.said("firms")
    else:
        assert "ფირმიდან ნაჩვენებია 101–200" in second.said("firms")


def test_a_hexagon_or_page_that_is_not_there(crowded_at_home: None) -> None:
    words = {"lang": "en", "layers": "firms"}
    assert len(Screen(cell="nope", **words).notices) == 1
    cell = Screen(**words).map["firm-cells"]["data"][0]["id"]
    wrong = Screen(cell=cell, sheet="9999", **words)
    assert (wrong.errors, len(wrong.notices)) == ([], 1)
    assert len(rows(wrong.markup["firms"])) == 101
