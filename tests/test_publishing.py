"""The commands about releases: drafts, publishing, what changed, rolling back, the record."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from commands import Answer, Run

from atlas.analysis.release_changes import release_changes
from atlas.config import ROOT
from atlas.ingest.build import build
from atlas.store import releases

TOYLAND = ROOT / "tests" / "toyland"


@dataclass(frozen=True)
class Home:
    """A home with a release of toyland and a draft in which something of everything differs."""

    folder: Path
    old: str
    draft: str


@pytest.fixture(scope="module")
def made(toyland_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("publishing")
    home = shutil.copytree(toyland_home, folder / "home")
    edition = shutil.copytree(TOYLAND, folder / "edition")

    def change(file: str, before: str, after: str) -> None:
        text = (edition / file).read_text(encoding="utf-8")
        assert text.count(before) == 1
        (edition / file).write_text(text.replace(before, after), encoding="utf-8")

    change("observations.csv", "XT-N1,A,2020,10,1,", "XT-N1,A,2020,40,1,")
    change("observations.csv", "XT-S,A,2020,100", "XT-S,A,2020,90")
    change("observations.csv", "XT-S,A,2010,80,5,", "XT-S,A,2010,80,5,suppressed")
    change("firms.csv", "=1+1 Oven", "Oven")
    with (edition / "firms.csv").open("a", encoding="utf-8") as file:
        file.write("new,New bakery,C10,XT-S,,,,,,,invented\n")
    old = releases.current("toyland", home).release_id
    return Home(home, old, build(edition, home, draft=True, who="Nino"))


@pytest.fixture
def home(made: Home, tmp_path: Path) -> Home:
    return Home(shutil.copytree(made.folder, tmp_path / "home"), made.old, made.draft)


def call(run: Run, home: Home, *arguments: object) -> Answer:
    answer = run(*arguments, "--edition", "toyland", home=home.folder)
    assert answer.err == ""
    assert answer.code == 0
    return answer


def test_drafts_are_listed_and_marked(run: Run, made: Home) -> None:
    draft, release = call(run, made, "releases").out.splitlines()
    assert draft.startswith(f"toyland  {made.draft}  2")
    assert draft.endswith("(draft)")
    assert release.endswith("(current)")
    assert call(run, made, "releases", "--lang", "ka").out.splitlines()[0].endswith("(მონახაზი)")
    rows = json.loads(call(run, made, "releases", "--format", "json").out)
    assert [(row["release"], row["draft"], row["current"], row["damaged"]) for row in rows] == [
        (made.draft, True, False, None),
        (made.old, False, True, None),
    ]


def test_from_a_draft_to_a_release_and_back(run: Run, home: Home) -> None:
    assert call(run, home, "publish", home.draft, "--who", "Ana").out == f"{home.draft}\n"
    assert releases.current("toyland", home.folder).release_id == home.draft
    assert call(run, home, "rollback", home.old, "--who", "Gia").out == f"{home.old}\n"
    assert releases.current("toyland", home.folder).release_id == home.old
    lines = [line for line in call(run, home, "record").out.splitlines() if line[0] != " "]
    assert [line.split("  ", 1)[1] for line in lines[:3]] == [
        f"Gia  rolled back to  {home.old}  (before: {home.draft})",
        f"Ana  published  {home.draft}  (before: {home.old})",
        f"Nino  built  {home.draft}",
    ]
    georgian = call(run, home, "record", "--lang", "ka").out.splitlines()[0]
    assert georgian.endswith(f"დაბრუნებულია ადრინდელზე  {home.old}  (მანამდე: {home.draft})")


def test_build_keeps_a_draft_and_says_who(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    draft = run("build", TOYLAND, "--draft", "--who", "Ana", home=home).out.strip()
    assert [one.release_id for one in releases.drafts("toyland", home)] == [draft]
    (entry,) = json.loads(run("record", "--edition", "toyland", "--format", "json", home=home).out)[
        "entries"
    ]
    assert (entry["who"], entry["step"], entry["release_id"]) == ("Ana", "built", draft)
    assert len(entry["files"]["regions.csv"]) == 64
    assert run("releases", home=home).out.endswith("(draft)\n")


def test_delete_takes_drafts_only(run: Run, home: Home) -> None:
    refused = run("delete", home.old, "--edition", "toyland", home=home.folder)
    assert (refused.code, refused.err) == (
        2,
        f"atlas: There is no draft “{home.old}”. The nearest is “{home.draft}”.\n",
    )
    assert call(run, home, "delete", home.draft).out == ""
    assert call(run, home, "releases").out.count("\n") == 1


# --- what changed --------------------------------------------------------------------------


def test_changes_in_words(run: Run, made: Home) -> None:
    lines = call(run, made, "changes", made.old, made.draft).out.splitlines()
    assert lines[0] == f"{made.old} → {made.draft}"
    assert "Persons employed, 2020, level 1: of 10 figures 2 changed" in lines
    assert "Establishments, 2010, level 1: of 2 figures 1 gone and 1 kept back now" in lines
    assert "North One, Farming, 2020, Persons employed: 10 → 40 (changed)" in lines
    assert "South & <b>Sea</b>, Farming, 2010, Persons employed: kept back now" in lines
    assert lines[-2:] == ["Firms: 1 new: New bakery", "Firms: 1 changed: Oven"]
    georgian = call(run, made, "changes", made.old, made.draft, "--lang", "ka").out
    assert "დასაქმებულები, 2020, დონე 1: 10 მაჩვენებლიდან 2 შეცვლილია" in georgian


def test_changes_as_json(run: Run, made: Home) -> None:
    answer = call(run, made, "changes", made.old, made.draft, "--format", "json")
    said: dict[str, Any] = json.loads(answer.out)
    first = said["cells"][0]
    assert (first["region_code"], first["before"], first["after"], first["factor"]) == (
        "XT-N1", 10, 40, 4,
    )  # fmt: skip
    share = {row["region_code"]: row["share"] for row in said["regions"]}
    assert share["XT-N2"] == 0
    assert share["XT-N1"] == pytest.approx(2 / 10)
    assert [row["id"] for row in said["firms"]["changed"]] == ["oven"]
    assert said["firms"]["changed"][0]["columns"] == "name"


def test_nothing_that_either_release_keeps_back_is_said(made: Home) -> None:
    old = releases.find("toyland", made.old, made.folder)
    draft = releases.find_draft("toyland", made.draft, made.folder)
    for before, after, kind in ((old, draft, "suppressed"), (draft, old, "shown")):
        found = release_changes(before, after)
        hidden = found.cells[found.cells["kind"] == kind]
        assert set(hidden["region_code"]) >= {"XT-S"}
        assert hidden[["before", "after", "factor"]].isna().all(axis=None)
        # Nor is it in the sums: 2010 has no total of both that it could be taken from.
        sums = found.parts[found.parts["year"] == 2010]
        assert (
            sums[["before", "after"]].isna().all(axis=None)
            or (sums["before"] == sums["after"]).all()
        )


def test_a_release_beside_itself(run: Run, made: Home) -> None:
    answer = call(run, made, "changes", made.old, made.old)
    assert answer.out.splitlines() == [
        f"{made.old} → {made.old}",
        "Figures, firms and institutions are the same.",
    ]
    old = releases.find("toyland", made.old, made.folder)
    assert release_changes(old, old).is_empty
