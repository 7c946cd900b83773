"""Every error that is raised has a sentence, with all the facts that the sentence speaks of."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator

import pytest

from atlas import errors
from atlas.config import ROOT
from atlas.errors import AtlasError, ChoiceError, nearest, unknown
from atlas.text import ERRORS, Text, languages

KINDS = {
    name
    for name, found in vars(errors).items()
    if isinstance(found, type) and issubclass(found, AtlasError)
}
#: What ``unknown(word, ...)`` is called with where the word is not written out: choices.check.
CHOICES = {"metric", "measure", "industry", "region", "level", "year"}


def raised() -> Iterator[tuple[str, str, set[str]]]:
    """Where an error is made, its kind, and the facts that it carries."""
    files = [ROOT / "app.py", *ROOT.glob("pages/**/*.py"), *ROOT.glob("atlas/**/*.py")]
    for path in sorted(files):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            place = f"{path.relative_to(ROOT)}:{node.lineno}"
            first = node.args[0] if node.args else None
            if node.func.id == "unknown":
                word = first.value if isinstance(first, ast.Constant) else None
                for each in [word] if word else sorted(CHOICES):
                    yield place, f"unknown_{each}", {"value", "nearest"}
            elif node.func.id in KINDS and isinstance(first, ast.Constant):
                yield place, str(first.value), {str(one.arg) for one in node.keywords}


RAISED = list(raised())


def spoken_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_they_are_found() -> None:
    assert len(RAISED) > 30
    assert {place.split(":")[0] for place, _, _ in RAISED} >= {
        "atlas/answers.py",
        "atlas/analysis/choices.py",
        "atlas/ingest/build.py",
        "atlas/store/boundaries.py",
        "atlas/store/releases.py",
    }


@pytest.mark.parametrize(("place", "kind", "facts"), RAISED, ids=str)
def test_every_kind_has_a_sentence_and_its_facts(place: str, kind: str, facts: set[str]) -> None:
    assert kind in ERRORS, place
    assert spoken_of(ERRORS[kind]) <= facts, place


def test_every_sentence_is_of_an_error_that_is_raised() -> None:
    assert set(ERRORS) == {kind for _, kind, _ in RAISED}


@pytest.mark.parametrize("language", languages())
def test_every_error_is_one_sentence_in_every_language(language: str) -> None:
    text = Text(language)
    for kind, sentence in ERRORS.items():
        facts = {name: f"<{name}>" for name in spoken_of(sentence)}
        said = text.explain(AtlasError(kind, **facts))
        assert all(f"<{name}>" in said for name in facts), said
        assert "{" not in said
        assert "\n" not in said


def test_the_nearest_word() -> None:
    known = ["location_quotient", "size", "focus"]
    assert nearest("loc_quotient", known) == "location_quotient"
    assert nearest("FOCUS", known) == "focus"
    # Nothing is alike: the first there is.
    assert nearest("zzz", known) == "location_quotient"
    assert nearest("anything", []) == ""


def test_the_nearest_number() -> None:
    def close(value: object, known: list[object]) -> object:
        return unknown("year", value, known).facts["nearest"]

    assert close(2030, [2006, 2014, 2022]) == "2022"
    assert close(2009, [2006, 2014, 2022]) == "2006"
    assert close(1, [2006, 2014, 2022]) == "2006"
    # As words these two are alike.
    assert close("2O14", [2006, 2014, 2022]) == "2014"
    assert close(5, []) == ""


def test_an_error_carries_facts_and_no_sentence() -> None:
    error = unknown("region", "GE-KAK", ["GE-KA"])
    assert isinstance(error, ChoiceError)
    assert error.kind == "unknown_region"
    assert error.facts == {"value": "GE-KAK", "nearest": "GE-KA"}
    assert Text().explain(error) == "There is no region “GE-KAK”. The nearest is “GE-KA”."
    assert issubclass(ChoiceError, AtlasError)
