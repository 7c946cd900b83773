"""From what a snapshot says to what is shown: defaults, classes of one's own, releases gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.analysis.map import map_view
from atlas.analysis.snapshot import resolved, shapes_of, view_of
from atlas.errors import AtlasError
from atlas.figures.legends import classes_note
from atlas.figures.titles import notes, title
from atlas.model import Classing, Release
from atlas.snapshot import Snapshot
from atlas.text import Text

GEORGIA = Snapshot(edition="georgia")


@pytest.fixture(autouse=True)
def at_georgia(georgia_home: Path, at_home: Callable[[Path], None]) -> None:
    at_home(georgia_home)


def test_what_is_left_open_is_filled_in_as_on_the_map(georgia: Release) -> None:
    said = resolved(GEORGIA)
    assert said.release == georgia.release_id
    assert (said.metric, said.measure, said.industry) == ("location_quotient", "employment", "C")
    assert (said.year, said.since) == (2022, 2012)
    assert resolved(said) == said
    # The entities go on for a year longer than the persons.
    assert resolved(GEORGIA.with_words({"metric": "establishments"})).year == 2023


def test_its_view_is_the_maps_own(georgia: Release) -> None:
    view = view_of(GEORGIA)
    own = map_view(georgia, metric="location_quotient", industry="C", year=2022)
    assert view.regions["value"].equals(own.regions["value"])
    assert view.scale == own.scale
    assert len(view.clusters) == len(own.clusters) == 10
    assert len(view_of(GEORGIA.with_words({"layers": "none"})).clusters) == 0
    assert len(shapes_of(GEORGIA).regions) == 12


def test_title_and_notes_of_ones_own_stand_in_every_language() -> None:
    view = view_of(GEORGIA.with_words({"title": "Wine & “=1”", "notes": "Draft"}))
    assert {title(view, Text(language)) for language in ("en", "ka")} == {"Wine & “=1”"}
    assert notes(view, Text("en")).startswith("Draft. Figures do not cover Abkhazia")
    plain = view_of(GEORGIA)
    assert title(plain, Text("en")).startswith("Manufacturing: most concentrated in")
    assert notes(plain, Text("en")).startswith("Figures do not cover Abkhazia")


def test_breaks_of_ones_own_make_its_classes() -> None:
    view = view_of(GEORGIA.with_words({"breaks": "1,2,3"}))
    assert view.scale.breaks == (1, 2, 3)
    # Tbilisi; eight; Kakheti's 2.27; Mtskheta-Mtianeti's 3.13.
    assert view.scale.counts == (1, 8, 1, 1)
    assert view.scale.missing == {"missing": 1}
    classes = view.regions["class"]
    assert (classes["GE-TB"], classes["GE-KA"], classes["GE-MM"], classes["GE-AB"]) == (0, 2, 3, -1)
    # The view that others share has kept its own.
    assert view_of(GEORGIA).scale.counts == (0, 1, 2, 6, 2)


def test_classes_are_made_and_told_as_on_the_map(georgia: Release) -> None:
    shown = {"metric": "focus", "industry": "C", "year": 2022}
    for words, classing, note in (
        ({"classes": "natural"}, Classing("natural"), "Natural breaks (Fisher-Jenks), 5 classes"),
        (
            {"classes": "quantiles", "number": "4", "same": "yes"},
            Classing("quantiles", 4, same=True),
            "Equal numbers of regions (quantiles), 4 classes; Same classes for all years",
        ),
        # In per cent, as the legend has it and the map's address.
        ({"breaks": "10 12.5 20"}, Classing("own", 5, (10, 12.5, 20)), "Own breaks, 4 classes"),
    ):
        said = GEORGIA.with_words({**{k: str(v) for k, v in shown.items()}, **words})
        view, own = view_of(said), map_view(georgia, **shown, classing=classing)  # type: ignore[arg-type]
        assert view.scale == own.scale
        assert view.regions["class"].equals(own.regions["class"])
        assert classes_note(view, Text("en")) == note
        # The link and what is stored lead to the same again.
        for again in (
            Snapshot.from_link(resolved(said).link(), edition="x"),
            Snapshot.from_json(said.to_json()),
        ):
            assert view_of(again).scale == view.scale
    assert view.scale.breaks == (0.10, 0.125, 0.20)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            {"metric": "location_quotent"},
            "no figure “location_quotent”. The nearest is “location_q",
        ),
        ({"metric": "herfindahl"}, "“herfindahl” is a figure of whole regions or sectors"),
        ({"measure": "employmnt"}, "no measure “employmnt”. The nearest is “employment”"),
        ({"industry": "Manufacturng"}, "no sector “Manufacturng”. The nearest is “C”"),
        ({"industry": "O"}, "There are no figures of “Public administration"),
        ({"region": "GE-KAK"}, "no region “GE-KAK”. The nearest is “GE-K"),
        ({"year": "2031"}, "no figures for the year “2031”. The nearest is 2022"),
        ({"since": "1990"}, "no figures for the year “1990”. The nearest is 2006"),
        ({"level": "7"}, "no level “7”"),
        ({"layers": "clusters,firmz"}, "no layer “firmz”. The nearest is “firms”"),
        (
            {"metric": "employment", "breaks": "1"},
            "“amount” has no classes that breaks could divide",
        ),
        ({"classes": "quantile"}, "no way “quantile” to make classes. The nearest is “quantiles”"),
        ({"number": "9"}, "There cannot be 9 classes. The nearest number is 7."),
        ({"edition": "gorgia"}, "There is no edition “gorgia”. The nearest is “georgia”"),
        (
            {"release": "1.0.0-0000000000"},
            "This was made from the release “1.0.0-0000000000” of the",
        ),
        ({"edition": "atlantis", "release": "1"}, "of the edition “atlantis”, which is not here."),
        ({"release": "../georgia"}, "which is not here."),
    ],
    ids=lambda found: ",".join(found.values()) if isinstance(found, dict) else "",
)
def test_what_the_release_does_not_have_is_said(words: dict[str, str], sentence: str) -> None:
    with pytest.raises(AtlasError) as error:
        view_of(GEORGIA.with_words(words))
    assert sentence in Text().explain(error.value)
