"""The Export form: filled in only while it is open, for what the page shows."""

from __future__ import annotations

import pytest
from screen import Screen

from atlas.export import desk as desks
from atlas.text import languages


@pytest.fixture
def previews(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Titles of what was previewed."""
    found: list[str] = []
    real = desks.Desk.title

    def title(self: desks.Desk, snapshot: desks.Snapshot) -> str:
        found.append(snapshot.link())
        return real(self, snapshot)

    monkeypatch.setattr(desks.Desk, "title", title)
    return found


def opened(screen: Screen) -> Screen:
    screen._app.session_state["export"] = True
    screen._app.run()
    return screen


def test_nothing_is_drawn_until_the_form_is_opened(
    georgia_at_home: None, previews: list[str]
) -> None:
    screen = Screen()
    assert previews == []
    assert "export_format" not in screen.chosen
    opened(screen)
    assert len(previews) == 1
    assert screen.errors == []


@pytest.mark.parametrize("language", languages())
def test_the_form_offers_what_there_is_and_asks_for_what_is_shown(
    georgia_at_home: None, previews: list[str], language: str
) -> None:
    screen = opened(
        Screen(lang=language, metric="turnover", industry="A", year="2020", region="GE-KA")
    )
    assert screen.errors == []
    assert screen.chosen["export_format"] == "png"
    assert screen.chosen["export_language"] == language
    assert {"English", "ქართული"} <= set(screen.labels)
    assert {"en": "Workbook (XLSX)", "ka": "სამუშაო წიგნი (XLSX)"}[language] in screen.labels
    (asked,) = previews
    assert f"map?lang={language}&edition=georgia&release=" in asked
    assert "&metric=turnover&industry=A&region=GE-KA&year=2020&since=2010&" in asked
    (name,) = [
        caption.value
        for caption in screen._app.caption
        if caption.value.startswith("georgia_agriculture-forestry-fishing_turnover_2020_")
    ]
    assert name.endswith(f"_{language}.png")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("page", "words", "link", "name"),
    [
        ("region", {"region": "GE-KA", "year": "2020"},
         "&measure=employment&region=GE-KA&year=2020", "georgia_kakheti_profile_2020"),
        ("cluster", {"cluster": "wine-kakheti"},
         "&measure=employment&cluster=wine-kakheti", "georgia_wine-kakheti_cluster_2022"),
        ("compare", {"regions": "GE-KA,GE-TB", "industry": "A", "year": "2021"},
         "&measure=employment&industry=A&year=2021&regions=GE-KA,GE-TB",
         "georgia_compare_kakheti_tbilisi_2021"),
    ],
)  # fmt: skip
def test_other_pages_offer_their_own(
    georgia_at_home: None, previews: list[str], page: str, words: dict[str, str], link: str,
    name: str, language: str,
) -> None:  # fmt: skip
    screen = opened(Screen(f"pages/explore/{page}.py", lang=language, **words))
    assert screen.errors == []
    (asked,) = previews
    assert asked.startswith(f"{page}?lang={language}&edition=georgia&release=")
    assert asked.endswith(link)
    captions = [caption.value for caption in screen._app.caption]
    assert f"{name}_{language}.png" in captions
    # A map of regions is what these formats are of.
    assert "Map data (GeoPackage)" not in screen.labels
    assert {"en": "Workbook (XLSX)", "ka": "სამუშაო წიგნი (XLSX)"}[language] in screen.labels


def test_there_is_nothing_to_export_of_a_single_region(georgia_at_home: None) -> None:
    screen = opened(Screen("pages/explore/compare.py", lang="en", regions="GE-KA"))
    assert screen.errors == []
    assert "Format" not in screen.labels


def test_clusters_side_by_side_and_discovery_are_exported_too(
    georgia_at_home: None, previews: list[str]
) -> None:
    for page, words in (("explore/compare", {"what": "clusters"}), ("analyse/discovery", {})):
        screen = opened(Screen(f"pages/{page}.py", lang="en", **words))
        assert screen.errors == []
        assert "Format" in screen.labels
    assert len(previews) == 2
