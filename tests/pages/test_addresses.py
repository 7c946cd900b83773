"""Addresses that ask for what is not there, and releases that cannot be read: said in words."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from screen import MAP, PAGES, Screen

from atlas.store import releases

CLUSTER, REGION = "pages/explore/cluster.py", "pages/explore/region.py"
DISCOVERY = "pages/analyse/discovery.py"
USUAL = "which is not there. The usual choice is shown instead."


@cache
def usual(file: str) -> Screen:
    """The page as its bare address shows it, opened once."""
    return Screen(file)


@pytest.mark.parametrize(
    ("file", "word", "value"),
    [
        (MAP, "region", "XX"),
        (MAP, "region", "GE"),
        (MAP, "industry", "ZZ"),
        (MAP, "industry", "TOTAL"),
        (MAP, "metric", "nope"),
        (MAP, "measure", "nope"),
        (MAP, "year", "abc"),
        (MAP, "year", "1800"),
        (MAP, "year", "2022.5"),
        (MAP, "since", "2050"),
        (MAP, "layers", "nope"),
        (MAP, "lang", "xx"),
        (REGION, "region", "XX"),
        (REGION, "measure", "nope"),
        (REGION, "year", "²"),
        (CLUSTER, "cluster", "nope"),
        (DISCOVERY, "industry", "TOTAL"),
        (DISCOVERY, "agree", "7"),
        (DISCOVERY, "us_strong.quantile", "1.01"),
        (DISCOVERY, "us_strong.quantile", "nan"),
        (DISCOVERY, "statsamerica.quotient_at_least", "much"),
    ],
)
def test_an_unknown_word_is_noticed(
    file: str, word: str, value: str, georgia_at_home: None
) -> None:
    screen, expected = Screen(file, **{word: value}), usual(file)
    assert screen.errors == []
    literal = word.replace("_", r"\_")
    assert screen.notices == [f"The address asks for “{value}” as “{literal}”, {USUAL}"]
    assert (screen.titles, screen.chosen) == (expected.titles, expected.chosen)
    assert screen.map if file != REGION else screen.said("sectors")


def test_a_notice_speaks_the_reader_s_language(georgia_at_home: None) -> None:
    (said,) = Screen(lang="ka", region="XX").notices
    assert said.startswith("მისამართში მითითებული მნიშვნელობა „XX“ („region“) ატლასში არ არის.")


def test_a_notice_shows_what_was_asked_as_words(georgia_at_home: None) -> None:
    """Whoever makes a link must not make a text of the atlas: no links, no pictures in it."""
    for word in ("region", "release"):
        screen = Screen(**{word: "[prize](https://example.org) ![x](https://example.org/x.png)"})
        (said,) = screen.notices or screen.errors
        assert not re.search(r"(?<!\\)\]\(", said)


@pytest.mark.parametrize("file", [file for file in PAGES if not file.startswith("pages/manage/")])
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"release": "nope"}, "There is no release “nope”. The nearest is “{current}”."),
        ({"edition": "georgai"}, "There is no edition “georgai”. The nearest is “georgia”."),
        (
            {"edition": "../georgia", "release": "nope"},
            "There is no edition “../georgia”. The nearest is “georgia”.",
        ),
    ],
    ids=["release", "edition", "path"],
)
def test_an_unknown_release_is_one_sentence(
    file: str, words: dict[str, str], sentence: str, georgia_at_home: None
) -> None:
    current = releases.current("georgia").release_id
    screen = Screen(file, lang="en", **words)
    assert screen.errors == [sentence.format(current=current)]
    assert screen.titles == []
    # The frame stands: the reader can still change the language or go elsewhere.
    assert screen.said("languages") == "Englishქართული"


def test_a_release_can_be_asked_for_by_its_name(georgia_at_home: None) -> None:
    current = releases.current("georgia").release_id
    screen = Screen(lang="en", edition="georgia", release=current)
    assert screen.errors == []
    assert screen.titles == ["Manufacturing in Georgia’s regions, 2022"]


@pytest.fixture
def own_release(georgia_home: Path, tmp_path: Path, at_home: Callable[[Path], None]) -> Path:
    """A copy of the release that a test may break; returns its folder."""
    shutil.copytree(georgia_home, tmp_path / "home")
    at_home(tmp_path / "home")
    # Not asked of the store: it would keep the manifest as it still is.
    pointer = tmp_path / "home" / "georgia" / releases.CURRENT
    return pointer.with_name(pointer.read_text(encoding="utf-8").strip())


@pytest.fixture
def no_map(georgia_at_home: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The map's page fails in a way that nobody foresaw; other pages do not."""

    def fail(*_: object) -> None:
        raise RuntimeError("unforeseen")

    monkeypatch.setattr("atlas.analysis.map.figure_choices", fail)


@pytest.mark.parametrize("language", ["en", "ka"])
def test_what_nobody_foresaw_has_a_reference_number(
    language: str, no_map: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="atlas"):
        (said,) = Screen(lang=language).errors
    sentence = {
        "en": r"Something went wrong that should not have\. Please tell whoever runs this atlas"
        r" the number ([0-9a-f]{6})\.",
        "ka": r"მოხდა გაუთვალისწინებელი შეცდომა\. გთხოვთ, ატლასის ადმინისტრატორს შეატყობინოთ"
        r" ნომერი ([0-9a-f]{6})\.",
    }[language]
    found = re.fullmatch(sentence, said)
    assert found
    logged = [record for record in caplog.records if record.name == "atlas"]
    assert [found[1] in record.getMessage() for record in logged] == [True]
    assert logged[0].exc_info


@pytest.mark.parametrize("name", ["atlas.duckdb", "manifest.json", "screen.parquet"])
def test_a_damaged_release_is_one_sentence(name: str, own_release: Path) -> None:
    (own_release / name).write_bytes(b"nothing of the kind")
    (said,) = Screen(lang="en").errors
    assert re.fullmatch(
        rf"The release “{own_release.name}” is damaged\\: “{name}” is not as it was written\. Put"
        r" it back from a backup, or build it again\. Please tell whoever runs this atlas the"
        r" number [0-9a-f]{6}\.",
        said,
    )
    assert str(own_release) not in said


def test_an_atlas_without_releases_says_how_to_build_one(
    tmp_path: Path, at_home: Callable[[Path], None]
) -> None:
    at_home(tmp_path)
    (said,) = Screen(lang="en").errors
    assert said.startswith(
        "The edition “georgia” has no release yet. Build it with “python -m atlas build”."
    )


def test_a_notice_belongs_to_its_address_alone(no_map: None) -> None:
    """What one page could not show is not said on the next one."""
    screen = Screen(lang="en", region="XX")
    assert len(screen.errors) == 1
    screen.visit(REGION, lang="en")
    assert screen.titles[0].endswith(", 2022")
    assert screen.notices == []
