"""Killed at every step of every command that writes, the atlas serves the last good release, and
the same command then works. Commands are killed by ``tests/killing.py``."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from killing import kill

from atlas.config import ROOT
from atlas.ingest.build import build
from atlas.store import database, drafts, record, releases

TOYLAND = ROOT / "tests" / "toyland"


def farming(place: Path) -> float:
    """What readers are told of XT-S's farms in 2020: 100, in the changed edition 90."""
    release = releases.current("toyland", place / "home")
    frame = database.run("map/slice", release, industry="A", year=2020, since=2020)
    own = frame[(frame["metric"] == "amount") & (frame["measure"] == "employment")]
    return float(own.set_index("region_code").loc["XT-S", "value"])


def left_over(place: Path) -> list[str]:
    """Files and folders of a home or an edition that are on their way somewhere."""
    found = [*(place / "home" / "toyland").iterdir(), *(place / "edition").iterdir()]
    known = (".lock", ".drafts", ".private-key")
    return [path.name for path in found if path.name.startswith(".") and path.name not in known]


def shown(place: Path) -> str:
    return releases.pointed_at("toyland", place / "home")


def steps(place: Path) -> list[tuple[str, str | None]]:
    home = place / "home"
    assert record.unreadable_lines("toyland", home) == 0
    return [(one.step, one.release_id) for one in record.entries("toyland", home)]


# --- what they are killed in ---------------------------------------------------------------


@dataclass(frozen=True)
class Fixture:
    """A home with two releases (the first is shown) and a draft, and the draft's edition."""

    folder: Path
    old: str
    other: str
    draft: str


@pytest.fixture(scope="module")
def fixture(toyland_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Fixture:
    folder = tmp_path_factory.mktemp("killed") / "fixture"
    home = folder / "home"
    shutil.copytree(toyland_home, home)
    old = releases.current("toyland", home).release_id
    edition = folder / "edition"
    shutil.copytree(TOYLAND, edition)

    def change(before: str, after: str) -> None:
        text = (edition / "observations.csv").read_text(encoding="utf-8")
        assert text.count(before) == 1
        (edition / "observations.csv").write_text(text.replace(before, after), encoding="utf-8")

    change("XT-S,A,2020,100", "XT-S,A,2020,95")
    other = build(edition, home)
    drafts.roll_back("toyland", old, who="Ana", home=home)
    change("XT-S,A,2020,95", "XT-S,A,2020,90")
    draft = build(edition, home, draft=True)
    return Fixture(folder, old, other, draft)


# --- publish, roll back, delete ------------------------------------------------------------


def test_publish_killed_at_every_step(
    fixture: Fixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ("publish", fixture.draft, "--edition", "toyland", "--who", "Nino")
    found = kill(fixture.folder, tmp_path, *call)
    assert len(found.places) > 10
    seen = set()
    for place in found.places:
        was = shown(place)
        assert farming(place) == {fixture.old: 100, fixture.draft: 90}[was]
        # What took place is in the record, whether or not there was time to enter it.
        assert (steps(place)[0] == ("published", fixture.draft)) == (was == fixture.draft)
        seen.add(was)
        assert found.again(place, monkeypatch) == 0
        assert (farming(place), shown(place)) == (90, fixture.draft)
        assert [one for one in steps(place) if one[0] == "published"][:2] == [
            ("published", fixture.draft),
            ("published", fixture.other),
        ]
        assert releases.drafts("toyland", place / "home") == []
        assert left_over(place) == []
    assert seen == {fixture.old, fixture.draft}


def test_roll_back_killed_at_every_step(
    fixture: Fixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ("rollback", fixture.other, "--edition", "toyland", "--who", "Nino")
    found = kill(fixture.folder, tmp_path, *call)
    assert len(found.places) > 6
    seen = set()
    for place in found.places:
        was = shown(place)
        assert farming(place) == {fixture.old: 100, fixture.other: 95}[was]
        seen.add(was)
        assert found.again(place, monkeypatch) == 0
        assert farming(place) == 95
        assert [one[0] for one in steps(place)][:3] == ["rolled_back", "built", "rolled_back"]
        assert left_over(place) == []
    assert seen == {fixture.old, fixture.other}


def test_delete_killed_at_every_step(
    fixture: Fixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ("delete", fixture.draft, "--edition", "toyland", "--who", "Nino")
    found = kill(fixture.folder, tmp_path, *call)
    assert len(found.places) > 10
    for place in found.places:
        assert farming(place) == 100
        home = place / "home"
        there = [one.release_id for one in releases.drafts("toyland", home)]
        # Whole or gone.
        assert there in ([], [fixture.draft])
        if there:
            frame = database.run("choices/regions", releases.find_draft("toyland", there[0], home))
            assert len(frame) == 6
        assert (steps(place)[0] == ("deleted", fixture.draft)) == (not there)
        assert found.again(place, monkeypatch) == 0
        assert releases.drafts("toyland", home) == []
        assert [one[0] for one in steps(place)].count("deleted") == 1
        assert left_over(place) == []


# --- build ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["release", "draft"])
def test_build_killed_at_every_step(
    fixture: Fixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    call = ["build", "HERE/edition", "--who", "Nino", *(["--draft"] if kind == "draft" else [])]
    found = kill(fixture.folder, tmp_path, *call)
    assert len(found.places) > 15
    for place in found.places:
        was = shown(place)
        assert farming(place) == {fixture.old: 100, fixture.draft: 90}[was]
        assert was == fixture.old or kind == "release"
        for one in releases.drafts("toyland", place / "home"):
            releases.find_draft("toyland", one.release_id, place / "home")
        assert found.again(place, monkeypatch) == 0
        assert farming(place) == (90 if kind == "release" else 100)
        known = [one.release_id for one in releases.drafts("toyland", place / "home")]
        assert known == ([] if kind == "release" else [fixture.draft])
        assert left_over(place) == []


# --- import --------------------------------------------------------------------------------


def test_import_killed_at_every_step(
    fixture: Fixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "more.csv"
    source.write_text("region_code,industry_code,year,employment\nXT-S,A,2021,77\n")
    copies = tmp_path / "copies"
    copies.mkdir()
    call = ("import", str(source), "--edition", "HERE/edition", "--who", "Nino")
    found = kill(fixture.folder, copies, *call)
    assert len(found.places) > 8
    before = (fixture.folder / "edition" / "observations.csv").read_text(encoding="utf-8")
    after = (found.places[-1] / "edition" / "observations.csv").read_text(encoding="utf-8")
    assert "XT-S,A,2021,77" in after
    assert "2021" not in before
    seen = set()
    for place in found.places:
        assert farming(place) == 100
        table = place / "edition" / "observations.csv"
        assert table.read_text(encoding="utf-8") in (before, after)
        assert found.again(place, monkeypatch) in (
            0,
            1,
        )  # 1: figures of 2021 would be replaced, and that waits
        seen.add(table.read_text(encoding="utf-8"))
        memory = json.loads((place / "edition" / "imports.json").read_text(encoding="utf-8"))
        entries = [one for one in steps(place) if one[0] == "imported"]
        assert len(memory["imports"]) == 1
        assert len(entries) == 1
        assert left_over(place) == []
    assert seen == {after}
