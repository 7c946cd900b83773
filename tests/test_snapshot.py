"""The specification of an export: what it takes, what it refuses, and in which words."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.errors import AtlasError, ExportError
from atlas.model import Classing
from atlas.snapshot import NOTES, TITLE, Snapshot
from atlas.text import Text

WHOLE = Snapshot(
    edition="georgia",
    release="1.0.0-abc",
    metric="amount",
    measure="turnover",
    industry="C",
    region="GE-KA",
    year=2022,
    since=2012,
    layers=("clusters", "firms"),
    breaks=(0.5, 1, 2.25),
    language="ka",
    size="a4",
    title="ღვინო: “=1+1” & co, عنب",
    notes="a < b, 5 <6",
)


def said(error: pytest.ExceptionInfo[AtlasError]) -> str:
    return Text().explain(error.value)


def test_json_brings_back_the_same_snapshot_and_is_plain_ascii() -> None:
    written = WHOLE.to_json()
    assert Snapshot.from_json(written) == WHOLE
    assert written.isascii()
    assert "\n" not in written
    assert json.loads(written)["version"] == 1
    assert json.loads(written)["title"] == WHOLE.title


def test_a_link_brings_back_the_same_snapshot() -> None:
    link = WHOLE.link()
    assert link.startswith("map?lang=ka&edition=georgia&release=1.0.0-abc&metric=turnover&industry")
    assert "measure" not in link
    for address in (
        link,
        f"https://atlas.example/here/{link}",
        f"https://atlas.example/?{link[4:]}",
    ):
        assert Snapshot.from_link(address, edition="toyland") == WHOLE
    usual = Snapshot.from_link("map?metric=size", edition="toyland")
    assert usual == Snapshot(edition="toyland", metric="size")
    assert Snapshot.from_link("?layers=none&region=all&play=1", edition="x").layers == ()


def test_words_over_a_snapshot_change_only_what_they_name() -> None:
    changed = WHOLE.with_words({"metric": "size", "title": "", "region": "all", "nonsense": "x"})
    assert (changed.metric, changed.measure) == ("size", "turnover")
    assert (changed.title, changed.region) == (None, None)
    assert (changed.breaks, changed.notes, changed.size) == (WHOLE.breaks, WHOLE.notes, "a4")
    assert WHOLE.with_words({"release": "current"}).release is None


def test_how_classes_are_made_is_in_the_address_as_the_map_has_it() -> None:
    def words(**how: Any) -> dict[str, str]:
        said = Snapshot("x", **how).words()
        return {
            word: said[word] for word in ("classes", "number", "breaks", "same") if word in said
        }

    assert words() == {}
    assert words(classes="natural", number=4, same=True) == {
        "classes": "natural", "number": "4", "same": "yes",
    }  # fmt: skip
    assert words(breaks=(-20, 0.5, 100)) == {"classes": "own", "breaks": "-20 0.5 100"}
    # Of one way alone.
    assert words(classes="gaps", breaks=(1, 2)) == {"classes": "gaps"}
    read = Snapshot.from_link("map?classes=own&breaks=0,5+1%3B2&number=7&same=yes", edition="x")
    assert read.classing == Classing("own", 7, (0.5, 1, 2), same=True)
    assert Snapshot("x").classing == Classing()
    changed = Snapshot("x", classes="gaps", same=True).with_words({"breaks": "1 2", "same": "no"})
    assert changed.classing == Classing("own", 5, (1, 2))
    assert changed.with_words({"classes": "usual"}).classing == Classing()


@given(
    title=st.text(max_size=TITLE).filter(lambda words: not words or words.strip()),
    breaks=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6, unique=True).map(sorted),
    layers=st.lists(st.sampled_from(["clusters", "firms", "institutions"]), unique=True),
)
def test_whatever_is_taken_comes_back(title: str, breaks: list[float], layers: list[str]) -> None:
    try:
        snapshot = Snapshot("x", title=title, breaks=tuple(breaks), layers=tuple(layers))
    except ExportError:
        # Refused, and rightly: such a title cannot be shown as it stands.
        odd = any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in title)
        assert odd or re.search("<[A-Za-z/!?]", title)
        return
    assert Snapshot.from_json(snapshot.to_json()) == snapshot


WRONG: dict[str, tuple[Any, str]] = {
    "no JSON": ("{", "This is not the specification of a snapshot."),
    "a list": ("[]", "This is not the specification of a snapshot."),
    "somebody else's": ('{"a": 1}', "This is not the specification of a snapshot."),
    "deep": ("[" * 100_000, "This is not the specification of a snapshot."),
    "no version": ({"version": None}, "of version “None”; 1 is known here"),
    "a later version": ({"version": 2}, "of version “2”; 1 is known here"),
    "true is not 1": ({"version": True}, "of version “True”"),
    "an unknown word": ({"colour": "red"}, "specification of a snapshot has no “colour”."),
    "a year in words": ({"year": "2022"}, "cannot have “2022” for “year”"),
    "half a year": ({"year": 2022.5}, "cannot have “2022.5” for “year”"),
    "a year of yes": ({"year": True}, "cannot have “True” for “year”"),
    "a number as title": ({"title": 5}, "cannot have “5” for “title”"),
    "a list as edition": ({"edition": ["x"]}, "for “edition”"),
    "no edition": ({"edition": None}, "cannot have “None” for “edition”"),
    "an endless code": ({"industry": "C" * 81}, "for “industry”"),
    "a code with a bell": ({"industry": "C\a"}, "for “industry”"),
    "breaks that fall": ({"breaks": [2, 1]}, "for “breaks”"),
    "a break twice": ({"breaks": [1, 1]}, "for “breaks”"),
    "no breaks": ({"breaks": []}, "for “breaks”"),
    "seven breaks": ({"breaks": list(range(7))}, "for “breaks”"),
    "no number": ({"breaks": [float("nan")]}, "for “breaks”"),
    "no end": ({"breaks": [10**400]}, "for “breaks”"),
    "layers in a list of lists": ({"layers": [["a"]]}, "for “layers”"),
    "a layer twice": ({"layers": ["a", "a"]}, "for “layers”"),
    "another screen": ({"view": "mapp"}, "No snapshot can be taken of “mapp”."),
    "a long title": ({"title": "x" * 400}, "“title” has 400 characters; 200 are the most."),
    "long notes": ({"notes": "x" * (NOTES + 1)}, "“notes” has 601 characters; 600 are the most."),
    "a title in two lines": ({"title": "a\nb"}, "may not hold the control character U+000A"),
    "a title with nothing": ({"title": "a\0b"}, "may not hold the control character U+0000"),
    "half a letter": ({"title": "a\ud800"}, "may not hold the control character U+D800"),
    "markup": ({"title": "a <b>c</b>"}, "“title” may not hold markup: “<b>c</b>”"),
    "a comment": ({"notes": "<!-- x"}, "“notes” may not hold markup: “<!-- x”"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said(case: str) -> None:
    given, sentence = WRONG[case]
    text = given if isinstance(given, str) else json.dumps({**WHOLE.as_data(), **given})
    with pytest.raises(AtlasError) as error:
        Snapshot.from_json(text)
    assert sentence in said(error)


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("map?year=2O22", "cannot have “2O22” for “year”"),
        ("map?breaks=1,x", "cannot have “1,x” for “breaks”"),
        ("map?breaks=2+1", "for “breaks”"),
        ("map?number=five", "cannot have “five” for “number”"),
        ("map?same=perhaps", "cannot have “perhaps” for “same”"),
        ("map?layers=,", "for “layers”"),
        ("map?title=%3Cscript%3E", "“title” may not hold markup: “<script>”"),
        ("clusters?cluster=x", "No snapshot can be taken of “clusters”"),
        ("http://[x", "This is not the specification of a snapshot."),
        ("map?" + "a=1&" * 70, "This is not the specification of a snapshot."),
    ],
)
def test_a_wrong_link_is_said(link: str, sentence: str) -> None:
    with pytest.raises(AtlasError) as error:
        Snapshot.from_link(link, edition="georgia")
    assert sentence in said(error)
