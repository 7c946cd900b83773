"""The data manager's page in every language: who sees it, its views, an import step by step."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from conftest import TOYLAND
from office import Office
from screen import Screen, rows, words_of
from sound import is_sound

from atlas.config import settings
from atlas.ingest import jobs
from atlas.model import Release
from atlas.store import boundaries, record, releases
from atlas.text import Text, languages

DATA = "pages/manage/data.py"
NINO = "nino@example.org"
#: The whole year of the measure, farming in the south half as much again, the country misspelt.
FIGURES = """Region;Sector;Year;Employees
North One;A;2020;10
North One;C10;2020;20
North One;C11;2020;30
North Two;A;2020;40
North Two;C10;2020;0
XT-N;TOTAL;2020;120
XT-S;TOTAL;2020;250
XT-S;A;2020;150
XT-S;C;2020;100
Toylend;A;2020;200
"""


@pytest.fixture
def edition(
    toyland_home: Path, tmp_path: Path, at_home: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Path]:  # fmt: skip
    """An edition and a home that may be changed; Nino may."""
    folder = tmp_path / "editions" / "toyland"
    shutil.copytree(TOYLAND, folder)
    shutil.copytree(toyland_home, tmp_path / "home")
    monkeypatch.setenv("ATLAS_EDITION", "toyland")
    monkeypatch.setenv("ATLAS_EDITIONS", str(folder.parent))
    monkeypatch.setenv("ATLAS_DATA_MANAGERS", NINO)
    at_home(tmp_path / "home")
    yield folder
    jobs.dismiss()


def manager(**words: str) -> Screen:
    return Screen(DATA, signed_in={"email": NINO}, **words)


def done(screen: Screen) -> None:
    """Let the work be done, and the page see it."""
    job = jobs.running("toyland")
    if job is not None:
        job.wait()
    screen.again()
    screen.again()


def accept_and_import(screen: Screen, text: Text, reason: str) -> None:
    """Give every warning that reason, and import."""
    screen.fill("import_reason_", reason)
    screen.press(text("Accept with these reasons"))
    done(screen)
    screen.press("import_now")
    done(screen)


@pytest.mark.parametrize("language", languages())
def test_without_a_provider_managing_is_off(
    language: str, toyland_at_home: None, untold: list[str]
) -> None:
    screen = Screen(DATA, lang=language)
    is_sound(screen, untold)
    assert screen.said("refused") == Text(language)(
        "Managing is off: no provider of sign-ins is set up."
    )
    assert "ATLAS_DATA_MANAGERS" in screen.markup["who_may"]
    assert "who" not in screen.markup


@pytest.mark.parametrize("language", languages())
def test_others_are_refused(language: str, edition: Path, untold: list[str]) -> None:
    screen = Screen(DATA, signed_in={"email": "giorgi@example.org"}, lang=language)
    is_sound(screen, untold)
    said = Text(language)("{who} is signed in, but may not manage data.", who="giorgi@example.org")
    assert screen.said("refused") == said
    old = Screen(DATA, signed_in={"email": NINO, "iat": 1}, lang=language)
    hours = Text(language)(
        "Your sign-in is older than {hours} hours. Please sign in again.", hours="12"
    )
    assert old.said("refused") == hours
    none = Screen(DATA, signed_in={"is_logged_in": False}, lang=language)
    assert none.said("refused") == Text(language)("Managing data needs a sign-in.")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("view", ["import", "releases", "compare", "record"])
def test_every_view_is_sound(view: str, language: str, edition: Path, untold: list[str]) -> None:
    screen = manager(lang=language, view=view)
    assert screen.errors == []
    assert untold == []
    assert screen.titles[0] == Text(language)("Data")
    assert NINO in screen.said("who")


def test_no_name_that_is_typed_leads_elsewhere(edition: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "datapackage.json").write_text("{}")
    (edition.parent / "linked").symlink_to(tmp_path / "secret")
    for name in ("../secret", "linked", str(tmp_path / "secret"), "secret"):
        screen = manager(lang="en", into=name)
        assert screen.errors == []
        assert len(screen.notices) == 1
        assert screen.chosen["into"] == "toyland"


@pytest.mark.parametrize("language", languages())
def test_an_import_is_a_conversation(language: str, edition: Path, untold: list[str]) -> None:
    text, before = Text(language), (edition / "observations.csv").read_bytes()
    screen = manager(lang=language)
    screen.hand_over("import_file", "../figures.csv", FIGURES.encode())
    done(screen)
    assert screen.said("steps").startswith(f"✓{text('The file')}\n({text('done')})")
    assert (
        f'aria-current="step"><i aria-hidden="true">2</i>{text("Columns")}'
        in (screen.markup["steps"])
    )
    screen.press(text("Confirm the columns"))
    done(screen)
    screen.press(text("Confirm these names"))
    done(screen)
    table = rows(screen.markup["issues"])
    assert [row[0] for row in table[1:]] == [text("Warning")] * (len(table) - 1)
    assert screen.said("verdict").startswith(text.list(["0"]) + " ")
    # A warning stands until somebody says why it may.
    assert (edition / "observations.csv").read_bytes() == before
    with pytest.raises(StopIteration):
        screen.press("import_now")
    screen.fill("import_reason_", "It was corrected")
    screen.press(text("Accept with these reasons"))
    done(screen)
    assert "It was corrected" in screen.words
    screen.press("import_now")
    done(screen)
    assert (edition / "observations.csv").read_bytes() != before
    assert untold == []
    newest = record.entries("toyland")[0]
    assert (newest.who, newest.step, newest.note) == (NINO, "imported", "observations")
    assert list(newest.files) == ["figures.csv"]


@pytest.mark.parametrize("language", languages())
def test_a_published_table_is_fetched_and_imported(
    language: str, edition: Path, office: str, untold: list[str]
) -> None:
    text = Text(language)
    screen = manager(lang=language)
    screen.choose("import_table", "employment")
    screen.fill("import_address_typed", f"{office}/v1/en/Jobs/jobs.px")
    screen.press(text("Fetch"))
    done(screen)  # it is fetched
    done(screen)  # and read
    assert f"{office}/v1/en/Jobs/jobs.px" in screen.said("understood")
    # The table is divided by an indicator; its figures are in thousands.
    screen.mark("import_only_Indicator", "Employed")
    screen.mark("import_times_employment", 1000.0)
    screen.press(text("Confirm the columns"))
    done(screen)
    # Who forgot something goes back to the columns.
    screen.press("return")
    assert (
        f'aria-current="step"><i aria-hidden="true">2</i>{text("Columns")}'
        in (screen.markup["steps"])
    )
    screen.press(text("Confirm the columns"))
    done(screen)
    # A thousand times the figure of the release is a jump.
    accept_and_import(screen, text, "In units now")
    assert untold == []
    table = pd.read_csv(edition / "observations.csv")
    new = table[table["year"] == 2030].set_index("region_code")["employment"]
    assert new.to_dict() == {"XT-N": 41000, "XT-S": 70000}
    memory = json.loads((edition / "imports.json").read_text(encoding="utf-8"))
    assert memory["imports"][-1]["address"] == f"{office}/v1/en/Jobs/jobs.px"


def test_an_address_that_may_not_be_asked(edition: Path, office: str) -> None:
    screen = manager(lang="en")
    for address in ("http://127.0.0.1:9/x", "file:///etc/passwd", "http://[", "<b>x</b>"):
        screen.fill("import_address_typed", address)
        screen.press("Fetch")
        done(screen)
        (said,) = screen.errors
        assert "was not asked. Only addresses that begin so may be" in said
    assert Office.asked == []
    screen.fill("import_address_typed", "")
    screen.press("Fetch")
    assert screen.errors == []
    assert "steps" not in screen.markup


@pytest.mark.parametrize("language", languages())
def test_outlines_are_imported(language: str, edition: Path, untold: list[str]) -> None:
    text = Text(language)
    screen = manager(lang=language)
    screen.choose("import_table", "boundaries")
    drawn = (TOYLAND / "boundaries.geojson").read_bytes().replace(b"[3, 2]", b"[3.5, 2]")
    screen.hand_over("import_file", "drawn.geojson", drawn)
    done(screen)
    assert "EPSG:4326" in screen.said("understood")
    accept_and_import(screen, text, "Drawn anew")
    assert untold == []
    assert not (edition / "boundaries.geojson").exists()
    shapes = boundaries.read_boundaries(edition / "boundaries.parquet")
    assert shapes.loc["XT-E"].geometry.bounds[2] == 3.5


def test_another_file_ends_the_work_for_the_one_before(edition: Path) -> None:
    screen = manager(lang="en")
    screen.hand_over("import_file", "first.csv", FIGURES.encode())
    first = jobs.running("toyland")
    screen.hand_over("import_file", "second.csv", FIGURES.replace("120", "121").encode())
    assert first is None or first.over
    done(screen)
    assert screen.errors == []
    assert "steps" in screen.markup


def test_what_changes_is_said_and_drawn(edition: Path) -> None:
    screen = manager(lang="en")
    screen.hand_over("import_file", "figures.csv", FIGURES.replace("Toylend", "XT").encode())
    done(screen)
    screen.press("Confirm the columns")
    done(screen)
    assert screen.markup["import_map"].count("<path") > 3
    table = rows(screen.markup["import_regions"])
    assert table[0] == ["Region", "Before or after", "New", "Changed", "Gone"]
    assert ["South & <b>Sea</b> · XT-S", "4", "0", "2", "1"] in table


def test_a_hostile_file_is_refused_with_a_sentence(edition: Path) -> None:
    before = (edition / "observations.csv").read_bytes()
    screen = manager(lang="en")
    screen.hand_over("import_file", "<b>x</b>.csv", b"PK\x03\x04 not a table")
    done(screen)
    (said,) = screen.errors
    assert "cut off or damaged" in said
    assert (edition / "observations.csv").read_bytes() == before


@pytest.fixture
def draft(edition: Path, tmp_path: Path) -> Release:
    """A draft in which farming in the south is 150."""
    table = edition / "observations.csv"
    table.write_text(table.read_text().replace("XT-S,A,2020,100", "XT-S,A,2020,150"))
    job = jobs.start("toyland", "build", folder=edition, home=tmp_path / "home", who=NINO)
    job.wait()
    assert job.error is None
    return releases.find_draft("toyland", job.result)


@pytest.mark.parametrize("language", languages())
def test_a_draft_is_seen_by_its_manager_alone(
    language: str, draft: Release, untold: list[str]
) -> None:
    words = {
        "lang": language, "edition": "toyland", "release": draft.release_id, "industry": "A",
        "metric": "employment", "year": "2020",
    }  # fmt: skip
    text = Text(language)
    seen = Screen(signed_in={"email": NINO}, **words)
    is_sound(seen, untold)
    assert text("Draft, not published.") in seen.said("draft")
    assert 'href="data?' in seen.markup["draft"]
    assert "release=" not in seen.markup["draft"]
    assert "150" in [row[1] for row in rows(seen.markup["table"])]
    for person in (None, {"email": "giorgi@example.org"}, {"email": NINO, "iat": 1}):
        screen = Screen(signed_in=person, **words)
        (said,) = screen.errors
        known = releases.current("toyland").release_id
        assert said == text(
            "There is no release “{value}”. The nearest is “{nearest}”.",
            value=draft.release_id, nearest=known,
        )  # fmt: skip
        assert "draft" not in screen.markup
        # The same as for a name that nobody ever gave.
        other = Screen(signed_in=person, **{**words, "release": "9.9.9-0000000000"})
        assert other.errors[0].replace("9.9.9-0000000000", draft.release_id) == said


def test_publish_roll_back_and_delete(draft: Release, edition: Path) -> None:
    first = releases.current("toyland").release_id
    screen = manager(lang="en", view="releases")
    assert draft.release_id in screen.words
    screen.press(f"publish_{draft.release_id}")
    assert releases.current("toyland").release_id == draft.release_id
    assert screen.address["view"] == "releases"
    screen.press(f"roll_back_{first}")
    assert releases.current("toyland").release_id == first
    (edition / "facts.csv").write_text("indicator_en,value\nInvented,1\n")
    job = jobs.start("toyland", "build", folder=edition, home=None, who=NINO)
    job.wait()
    screen = manager(lang="en", view="releases")
    screen.press(f"delete_{job.result}")
    assert releases.drafts("toyland") == []
    steps = [(entry.who, entry.step) for entry in record.entries("toyland")[:5]]
    assert steps == [
        (NINO, "deleted"), (NINO, "built"), (NINO, "rolled_back"), (NINO, "published"),
        (NINO, "built"),
    ]  # fmt: skip
    shown = rows(manager(lang="en", view="record").markup["record"])
    assert [row[2] for row in shown[1:4]] == ["draft deleted", "built", "rolled back to"]


def test_compare_says_what_differs(draft: Release) -> None:
    first = releases.current("toyland").release_id
    screen = manager(lang="en", view="compare", before=first, after=draft.release_id)
    table = rows(screen.markup["largest"])
    farming = [row for row in table if row[:3] == ["South & <b>Sea</b>", "Farming", "2020"]]
    assert [row[4:6] for row in farming] == [["100", "150"]]
    assert "Share of a region’s figures that differ" in words_of(screen.markup["change_map"])


def test_without_an_edition_one_can_be_begun(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_EDITIONS", str(tmp_path / "none"))
    settings.cache_clear()
    screen = manager(lang="en")
    assert screen.notices == ["There is no edition yet: make one of a country."]
    assert screen.errors == []
