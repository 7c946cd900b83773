"""Regions by what people call them: golden pairs, and what is not to be found."""

from __future__ import annotations

import pytest

from atlas.analysis.search import find_regions, fold
from atlas.model import Release


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Samegrelo-Zemo Svaneti", "GE-SZ"),
        ("Samegrelo Zemo Svaneti", "GE-SZ"),
        ("samegrelozemosvaneti", "GE-SZ"),
        ("samegrelo", "GE-SZ"),
        ("SAMEGR", "GE-SZ"),
        ("სამეგრელო", "GE-SZ"),
        ("zemo svaneti", "GE-SZ"),
        ("megrelo", "GE-SZ"),
        ("Kakheti", "GE-KA"),
        ("  kaheti ", "GE-KA"),
        ("kaxeti", "GE-KA"),
        ("Kákhéti", "GE-KA"),
        ("k'akheti", "GE-KA"),
        ("კახეთი", "GE-KA"),
        ("კახეთის", "GE-KA"),
        ("ge-ka", "GE-KA"),
        ("GE KA", "GE-KA"),
        ("ka", "GE-KA"),
        ("Tbilissi", "GE-TB"),
        ("ṭbilisi", "GE-TB"),
        ("Ajara", "GE-AJ"),
        ("Adzharia", "GE-AJ"),
        ("Achara", "GE-AJ"),
        ("აჭარა", "GE-AJ"),
        ("Apkhazeti", "GE-AB"),
        ("Abkhasia", "GE-AB"),
        ("mtskheta–mtianeti", "GE-MM"),
        ("Mtsheta", "GE-MM"),
        ("samtsxe javaxeti", "GE-SJ"),
        ("Ratcha", "GE-RL"),
        ("shida kartly", "GE-SK"),
        ("Gurya", "GE-GU"),
        ("Imeretia", "GE-IM"),
    ],
)
def test_a_region_is_found_however_it_is_spelt(words: str, code: str, georgia: Release) -> None:
    assert [item.code for item in find_regions(georgia, words)] == [code]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Svaneti", ["GE-RL", "GE-SZ"]),
        ("kartli", ["GE-KK", "GE-SK"]),
        ("ქართლი", ["GE-KK", "GE-SK"]),
        ("Kvemo", ["GE-KK", "GE-RL"]),
        ("s", ["GE-RL", "GE-SJ", "GE-SK", "GE-SZ"]),
    ],
)
def test_words_that_fit_several_give_them_all(
    words: str, codes: list[str], georgia: Release
) -> None:
    assert [item.code for item in find_regions(georgia, words)] == codes


@pytest.mark.parametrize(
    "words",
    ["", "  ", "-", "xyz", "Georgia", "GE", "Paris", "Tbilisi city", "kak hleb", "<b>", "ქარ ქარ"],
)
def test_nothing_is_guessed(words: str, georgia: Release) -> None:
    assert find_regions(georgia, words) == ()


def test_regions_of_every_level_are_found(toyland: Release) -> None:
    assert [item.code for item in find_regions(toyland, "north one")] == ["XT-N1"]
    assert [item.code for item in find_regions(toyland, "N2")] == ["XT-N2"]
    # The whole name comes before those that begin so.
    assert [item.code for item in find_regions(toyland, "North")] == ["XT-N"]
    assert [item.code for item in find_regions(toyland, "sea")] == ["XT-S"]


def test_words_are_compared_by_their_sound() -> None:
    assert fold("Samegrelo-Zemo  Svaneti") == ("samegrelo", "zemo", "svaneti")
    assert fold("ჯავახეთი") == fold("Javakheti") == fold("djavaxeti") == ("javaheti",)
    assert fold("Łódź") == ("lodz",)
