"""Figures that come in beside those of the release before, and the record of imports."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import Run
from confidential import write_edition

from atlas.config import ROOT
from atlas.ingest.build import build
from atlas.ingest.importing import import_file
from atlas.ingest.report import Report
from atlas.ingest.wishes import Wishes
from atlas.model import Issue
from atlas.store import record, releases
from atlas.store.integrity import sha256

HEADER = "region_code,industry_code,year,employment\n"


@pytest.fixture
def edition(tmp_path: Path, at_home: Callable[[Path], None], toyland_home: Path) -> Path:
    """Toyland's folder, in a home with a release of it."""
    at_home(shutil.copytree(toyland_home, tmp_path / "home"))
    return Path(shutil.copytree(ROOT / "tests" / "toyland", tmp_path / "toyland"))


def bring(folder: Path, rows: str, **wishes: object) -> Report:
    source = folder.parent / "source.csv"
    source.write_text(HEADER + rows, encoding="utf-8")
    return import_file(source, folder, Wishes("observations", **wishes), who="Nino")  # type: ignore[arg-type]


def jumps(report: Report) -> list[Issue]:
    return [issue for issue in report.issues if issue.rule.startswith("jump")]


def test_a_figure_many_times_that_of_the_release_is_warned_of(edition: Path) -> None:
    report = bring(edition, "XT-S,A,2020,301\nXT-N1,A,2020,3\nXT-N2,A,2020,40\n", check_only=True)
    low, high = jumps(report)
    # 10 in the release: 3 is less than a third. Of the two the larger jump stands first.
    assert (low.row, low.column, low.value, low.rule, low.severity) == (
        3, "employment", "3", "jump", "warning",
    )  # fmt: skip
    assert (high.row, high.value, high.facts["before"], high.facts["year"]) == (
        2,
        "301",
        "100",
        2020,
    )
    assert high.facts["release"] == releases.current("toyland").release_id
    assert "jump" in report.waiting


def test_three_times_is_no_jump_and_the_factor_is_settable(edition: Path) -> None:
    assert jumps(bring(edition, "XT-S,A,2020,300\n", check_only=True)) == []
    found = jumps(bring(edition, "XT-S,A,2020,300\n", check_only=True, jump=2.9))
    assert [issue.facts["factor"] for issue in found] == ["2.9"]


def test_a_year_that_is_new_is_compared_with_the_last_one_before(edition: Path) -> None:
    (issue,) = jumps(bring(edition, "XT-S,A,2021,20\nXT-N,A,2021,60\n", check_only=True))
    assert (issue.row, issue.rule, issue.facts["before"], issue.facts["year"]) == (
        2, "jump_year", "100", 2020,
    )  # fmt: skip


def test_what_is_suppressed_on_either_side_is_not_compared(edition: Path) -> None:
    # XT-N1's food is suppressed in the release: nothing is known of it there.
    source = edition.parent / "source.csv"
    source.write_text(HEADER.strip() + ",status\nXT-S,A,2020,900,suppressed\n", encoding="utf-8")
    report = import_file(source, edition, Wishes("observations", check_only=True))
    assert jumps(report) == []
    assert "900" not in [issue.value for issue in report.issues]


def test_without_a_release_nothing_is_compared(
    edition: Path, tmp_path: Path, at_home: Callable[[Path], None]
) -> None:
    at_home(tmp_path / "elsewhere")
    assert jumps(bring(edition, "XT-S,A,2020,900\n", check_only=True)) == []


def test_the_command_says_it_in_georgian(run: Run, edition: Path, tmp_path: Path) -> None:
    source = tmp_path / "s.csv"
    source.write_text(HEADER + "XT-S,A,2020,900\n", encoding="utf-8")
    call = ("import", source, "--edition", edition, "--lang", "ka", "--check")
    answer = run(*call, home=tmp_path / "home")
    assert answer.code == 1
    (line,) = [line for line in answer.out.splitlines() if "[jump]" in line]
    assert "სხვაობა 3-ჯერადზე მეტია" in line
    assert run(*call, "--jump", "9", home=tmp_path / "home").out.count("[jump]") == 0


# --- the record ----------------------------------------------------------------------------


def test_an_import_is_recorded_once(edition: Path, tmp_path: Path) -> None:
    report = bring(edition, "XT-S,A,2019,90\n")
    assert report.written is not None
    first = record.entries("toyland")[0]
    assert (first.step, first.who, first.note) == ("imported", "Nino", "observations")
    assert first.files == {"source.csv": sha256(tmp_path / "source.csv")}
    # The build looks whether there are imports that were not entered, and finds none.
    build(edition)
    steps = [one.step for one in record.entries("toyland")]
    assert steps == ["published", "built", "imported", "published", "built"]


def test_an_import_made_elsewhere_is_entered_by_the_build(
    edition: Path, tmp_path: Path, at_home: Callable[[Path], None]
) -> None:
    bring(edition, "XT-S,A,2019,90\n")
    at_home(tmp_path / "elsewhere")
    build(edition)
    steps = [(one.step, one.who) for one in record.entries("toyland")]
    assert steps[2] == ("imported", "Nino")


def test_a_record_that_cannot_be_written_does_not_undo_the_import(
    edition: Path, tmp_path: Path, at_home: Callable[[Path], None]
) -> None:
    (tmp_path / "file").write_text("")
    at_home(tmp_path / "file")
    report = bring(edition, "XT-S,A,2019,90\n")
    assert report.written is not None
    (note,) = [issue for issue in report.issues if issue.rule == "not_recorded"]
    assert (note.severity, note.facts["reason"]) == ("note", "Not a directory")


def test_of_a_confidential_edition_the_checksum_is_sealed(
    tmp_path: Path, at_home: Callable[[Path], None]
) -> None:
    at_home(tmp_path / "home")
    rows = [f"{region},A,2020,{n},9," for n, region in enumerate(("XT-N1", "XT-N2", "XT-S"), 500)]
    folder = write_edition(tmp_path / "e", rows, {"minimum_firms": 3})
    source = tmp_path / "source.csv"
    header = "region_code,industry_code,year,employment,establishments\n"
    source.write_text(header + "XT-S,A,2019,90,9\n", encoding="utf-8")
    assert import_file(source, folder, Wishes("observations")).written is not None
    (entry,) = record.entries("toyland")
    assert list(entry.files) == ["source.csv"]
    assert sha256(source) not in (
        home_text := (tmp_path / "home" / "toyland" / "record.jsonl").read_text()
    )
    assert entry.files["source.csv"] in home_text
