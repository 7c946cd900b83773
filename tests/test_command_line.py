"""The command line: what each command prints, and one line for whatever is wrong with a call."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commands import SNAPSHOT, Answer, Run

from atlas.__main__ import app
from atlas.config import ROOT, settings
from atlas.model import Release
from atlas.store import releases
from atlas.store.integrity import changed

TOYLAND = ROOT / "tests" / "toyland"
HEADER = "region_code,industry_code,year,value,status"
COMMANDS = sorted(
    one.name or str(one.callback.__name__) for one in app.registered_commands if one.callback
)
MEASURE = ("measure", "location_quotient", "--edition", "georgia")
WHY = ("why", "location_quotient", *SNAPSHOT[1:3], "--industry", "C", "--year", "2022")


# --- help ----------------------------------------------------------------------------------


def test_help_explains_every_command(run: Run) -> None:
    answer = run("--help")
    assert (answer.code, answer.err) == (0, "")
    for command in COMMANDS:
        assert re.search(rf"^  {command}\s+[A-Z]\w+ \w+", answer.out, re.MULTILINE), command
    assert "--home" in answer.out
    assert "ATLAS_HOME" in answer.out
    assert run() == answer


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_explains_every_option(run: Run, command: str) -> None:
    text = run(command, "--help").out
    options = re.findall(r"^  (--[a-z]+)(?: <\w+>)? +(.*)$", text, re.MULTILINE)
    assert "--home" in dict(options)
    assert all(explained for _, explained in options), options


# --- build ---------------------------------------------------------------------------------


def test_build_prints_the_release_last(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    answer = subprocess.run(
        [sys.executable, "-m", "atlas", "build", str(TOYLAND), "--home", str(home)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert answer.returncode == 0
    release = releases.current("toyland", home)
    assert answer.stdout.splitlines()[-1] == release.release_id
    assert answer.stdout == f"{release.release_id}\n"
    # Standard output is the answer alone; how far it is stands on standard error.
    assert answer.stderr.splitlines() == ["Computing every figure", "Simplifying the boundaries"]
    assert run("build", TOYLAND, home=home) == Answer(0, answer.stdout, "")


def test_build_of_an_invalid_edition(run: Run, tmp_path: Path) -> None:
    folder = shutil.copytree(TOYLAND, tmp_path / "edition")
    text = (folder / "observations.csv").read_text(encoding="utf-8")
    (folder / "observations.csv").write_text(text.replace("XT-N1,A,2020,10", "XT-N1,A,2020,ten"))
    answer = run("build", folder, home=tmp_path / "home")
    assert (answer.code, answer.out) == (1, "")
    first, second = answer.err.splitlines()
    assert first == "error: observations.csv:2 employment “ten”: not a number"
    assert second == ("atlas: The edition has 1 errors, so nothing was published. See “validate”.")
    assert releases.editions(tmp_path / "home") == []


# --- validate ------------------------------------------------------------------------------


def test_validate_a_clean_edition(run: Run) -> None:
    answer = run("validate", TOYLAND)
    assert (answer.code, answer.err) == (0, "")
    warning, last = answer.out.splitlines()
    assert warning == (
        "warning: observations.csv:8 employment “120”: employment: published 120, its parts add"
        " up to 100 (−16.7%)"
    )
    assert last == f"0 errors, 1 warnings in {TOYLAND}"


def test_validate_as_json(run: Run) -> None:
    answer = run("validate", TOYLAND, "--format", "json")
    assert answer.code == 0
    (issue,) = json.loads(answer.out)
    assert {name: issue[name] for name in ("file", "row", "column", "value", "rule")} == {
        "file": "observations.csv",
        "row": 8,
        "column": "employment",
        "value": "120",
        "rule": "totals",
    }
    assert issue["severity"] == "warning"
    assert issue["message"].startswith("employment: published 120")


EXAMPLE = "a right one looks like EPSG:32638"
REPEATED = "the key is there more than once"


def spoil(folder: Path) -> Path:
    """Toyland with one of everything wrong, each with a sentence of another kind."""
    shutil.copytree(TOYLAND, folder)
    table = folder / "observations.csv"
    text = table.read_text(encoding="utf-8").replace("XT-N1,A,2020,10,1,", "XT-Z,A,2020.5,-10,x,y")
    table.write_text(text.replace("XT-S,A,2010,80", "XT-S,A,2020,80"), encoding="utf-8")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["atlas"] |= {"metric_crs": "EPSG:4326", "languages": "en", "country": ""}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (folder / "industries.csv").unlink()
    return folder


def test_validate_an_edition_with_errors(run: Run, tmp_path: Path) -> None:
    folder = spoil(tmp_path / "edition")
    answer = run("validate", folder)
    assert (answer.code, answer.err) == (1, "")
    assert (
        answer.out
        == f"""\
error: datapackage.json atlas.country: the “atlas” object lacks “country”
error: datapackage.json atlas.languages “en”: of a wrong form; a right one looks like ["en", "ka"]
error: datapackage.json atlas.metric_crs “EPSG:4326”: no coordinate system in metres; {EXAMPLE}
error: industries.csv: the table is missing
error: observations.csv:2 establishments “x”: not a number
error: observations.csv:2 year “2020.5”: not a whole number
error: observations.csv:2 employment “-10”: may not be negative
error: observations.csv:2 status “y”: not one of: suppressed, estimated
error: observations.csv:14 region_code, industry_code, year “XT-S, A, 2020”: {REPEATED}
error: observations.csv:2 region_code “XT-Z”: not in regions.csv; the nearest is “XT-S”
10 errors, 0 warnings in {folder}
"""
    )
    listed = run("validate", folder, "--format", "json")
    assert listed.code == 1
    assert len(json.loads(listed.out)) == 10
    assert {issue["severity"] for issue in json.loads(listed.out)} == {"error"}


def test_validate_says_what_is_wrong_with_boundaries(run: Run, tmp_path: Path) -> None:
    folder = shutil.copytree(TOYLAND, tmp_path / "edition")
    (folder / "boundaries.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    answer = run("validate", folder)
    assert answer.code == 1
    assert answer.out.startswith(
        "error: boundaries.geojson region_code: the boundaries cannot be used: The boundary file"
        " “boundaries.geojson” "
    )


# --- releases ------------------------------------------------------------------------------


def test_releases_of_an_empty_home(run: Run, tmp_path: Path) -> None:
    assert run("releases", home=tmp_path) == Answer(0, "", "")
    assert run("releases", "--format", "json", home=tmp_path).out == "[]\n"


def test_releases_newest_first_the_current_marked(run: Run, tmp_path: Path) -> None:
    folder = shutil.copytree(TOYLAND, tmp_path / "edition")
    home = tmp_path / "home"
    first = run("build", folder, home=home).out.strip()
    # As if it had been built a while ago.
    manifest = home / "toyland" / first / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    long_ago = "2020-01-01T00:00:00+00:00"
    manifest.write_text(json.dumps(changed(content, built=long_ago, published=long_ago)))
    with (folder / "firms.csv").open("a") as table:
        table.write("\n")
    second = run("build", folder, home=home).out.strip()
    listed = json.loads(run("releases", "--format", "json", home=home).out)
    assert [(row["edition"], row["release"], row["current"]) for row in listed] == [
        ("toyland", second, True),
        ("toyland", first, False),
    ]
    lines = run("releases", "--edition", "toyland", home=home).out.splitlines()
    assert lines[0].startswith(f"toyland  {second}  2")
    assert lines[0].endswith("(current)")
    assert lines[1] == f"toyland  {first}  2020-01-01T00:00:00+00:00"


# --- measure -------------------------------------------------------------------------------


def test_measure_gives_out_the_golden_figures(run: Run) -> None:
    answer = run(*MEASURE, "--industry", "C", "--year", 2022)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(f"{HEADER}\nGE-AB,C,2022,,missing\nGE-AJ,C,2022,1.10132")
    rows = {row["region_code"]: row for row in csv.DictReader(io.StringIO(answer.out))}
    assert len(rows) == 12
    rounded = {code: f"{float(row['value']):.2f}" for code, row in rows.items() if row["value"]}
    assert {code: rounded[code] for code in ("GE-MM", "GE-KA", "GE-KK", "GE-TB")} == {
        "GE-MM": "3.13",
        "GE-KA": "2.27",
        "GE-KK": "1.92",
        "GE-TB": "0.63",
    }
    # Full precision: the very same number.
    assert float(rows["GE-KA"]["value"]) == pytest.approx(
        (6287 / 22695) / (94848 / 778005), rel=1e-15
    )
    assert len(rows["GE-KA"]["value"]) > 15


def test_measure_as_json_is_the_same(run: Run) -> None:
    wanted = (*MEASURE, "--industry", "A", "--year", "2022")
    table = list(csv.DictReader(io.StringIO(run(*wanted).out)))
    listed = json.loads(run(*wanted, "--format", "json").out)
    assert [list(row) for row in listed] == [HEADER.split(",")] * 12
    for row, cell in zip(table, listed, strict=True):
        assert (row["region_code"], int(row["year"]), row["status"]) == (
            cell["region_code"],
            cell["year"],
            cell["status"],
        )
        assert cell["value"] == (float(row["value"]) if row["value"] else None)


def test_measure_of_one_region_and_of_a_level(run: Run, toyland_home: Path) -> None:
    def codes(*more: object) -> list[str]:
        wanted = ("measure", "amount", "--edition", "toyland", "--industry", "A", "--year", 2020)
        out = run(*wanted, *more, home=toyland_home).out
        return [row["region_code"] for row in csv.DictReader(io.StringIO(out))]

    assert codes() == ["XT-E", "XT-N", "XT-S"]
    assert codes("--level", 1) == ["XT-E", "XT-N", "XT-S"]
    assert codes("--level", 2) == ["XT-N1", "XT-N2"]
    assert codes("--level", 0) == ["XT"]
    assert codes("--region", "XT-N2") == ["XT-N2"]
    assert codes("--region", "XT-N2", "--level", 2) == ["XT-N2"]


def test_measure_of_another_measure(run: Run) -> None:
    wanted = ("--measure", "turnover", "--industry", "C", "--year", 2022, "--region", "GE-KA")
    answer = run("measure", "amount", "--edition", "georgia", *wanted)
    assert answer.out == f"{HEADER}\nGE-KA,C,2022,864.7,published\n"


def test_suppressed_and_zero_are_told_apart(run: Run, toyland_home: Path) -> None:
    wanted = ("measure", "amount", "--edition", "toyland", "--year", 2020)
    south = run(*wanted, "--region", "XT-S", home=toyland_home).out.splitlines()
    assert "XT-S,C11,2020,,suppressed" in south
    north = run(*wanted, "--region", "XT-N2", home=toyland_home).out.splitlines()
    assert "XT-N2,C10,2020,0.0,published" in north
    assert "XT-N2,C11,2020,,missing" in north


def test_measure_into_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("what was there before")
    wanted = (*MEASURE, "--industry", "C", "--year", "2022")
    assert run(*wanted, "--output", file) == Answer(0, "", "")
    assert file.read_text() == run(*wanted).out
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    # Through a link to the file behind it, and through what is no file at all.
    (tmp_path / "link").symlink_to(file)
    run(*MEASURE, "--region", "GE-AB", "--output", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert "GE-KA" not in file.read_text()
    assert run(*wanted, "--output", "/dev/null").code == 0
    assert not Path("/dev/null").is_file()


def test_a_reader_that_has_gone_away(georgia_home: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    wanted = (*MEASURE, "--industry", "C", "--year", "2022", "--home", str(georgia_home))
    command = [sys.executable, "-m", "atlas", *wanted]
    with os.fdopen(writer, "wb") as gone:
        answer = subprocess.run(
            command, cwd=ROOT, stdout=gone, stderr=subprocess.PIPE, timeout=120, check=False
        )
    assert (answer.returncode, answer.stderr) == (1, b"")


# --- what is wrong -------------------------------------------------------------------------

WRONG = [
    (("mesure",), "mesure", "measure"),
    ((*MEASURE, "--edtion", "x"), "--edtion", "--edition"),
    (("measure", "size"), "--edition", ""),
    (("measure", "location_quotent", "--edition", "georgia"), "location_quotent",
     "location_quotient"),
    (("measure", "size", "--edition", "gorgia"), "gorgia", "georgia"),
    (("measure", "size", "--edition", "../georgia"), "../georgia", "georgia"),
    ((*MEASURE, "--measure", "employmnt"), "employmnt", "employment"),
    ((*MEASURE, "--industry", "c"), "c", "C"),
    ((*MEASURE, "--industry", "Manufacturng"), "Manufacturng", "C"),
    ((*MEASURE, "--region", "GE-K A"), "GE-K A", "GE-KA"),
    ((*MEASURE, "--region", "Tiblisi"), "Tiblisi", "GE-TB"),
    ((*MEASURE, "--year", "2031"), "2031", "2022"),
    ((*MEASURE, "--year", "1995"), "1995", "2006"),
    ((*MEASURE, "--year", "2O22"), "2O22", "2022"),
    ((*MEASURE, "--level", "7"), "7", "1"),
    ((*MEASURE, "--level", "one"), "one", "1"),
    ((*MEASURE, "--format", "jsn"), "jsn", "json"),
    ((*SNAPSHOT, "--output", "x.png", "--lang", "kat"), "kat", "ka"),
    ((*SNAPSHOT, "--output", "x.png", "--format", "pngg"), "pngg", "png"),
    ((*SNAPSHOT, "--output", "x.png", "--metric", "sizes"), "sizes", "size"),
    ((*SNAPSHOT, "--output", "x.png", "--year", "2030"), "2030", "2022"),
    ((*SNAPSHOT, "--output", "x.png", "--industry", "11.02"), "Manufacture of wine", "C"),
    ((*WHY, "--region", "GE-KAA"), "GE-KAA", "GE-KA"),
    ((*WHY, "--region", "GE-KA", "--year", "2040"), "2040", "2022"),
    ((*WHY, "--region", "GE-KA", "--lang", "eng"), "eng", "en"),
    ((*WHY, "--region", "GE-KA", "--format", "jason"), "jason", "json"),
    (("releases", "--edition", "gorgia"), "gorgia", "georgia"),
    (("releases", "--format", "jason"), "jason", "json"),
    (("validate", "tests/toyland", "--format", "txt"), "txt", "text"),
    (("validate", ROOT / "tests" / "toylnd"), "toylnd", "toyland"),
    (("build", ROOT / "geodata" / "editions" / "gorgia"), "gorgia", "georgia"),
    (("build", "tests/toyland/regions.csv"), "tests/toyland/regions.csv", "toyland"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "wrong", "right"), WRONG, ids=[" ".join(map(str, row[0])) for row in WRONG]
)
def test_one_line_names_what_is_wrong_and_the_nearest_right_one(
    run: Run, arguments: tuple[object, ...], wrong: str, right: str
) -> None:
    answer = run(*arguments)
    assert (answer.code, answer.out) == (2, "")
    (line,) = answer.err.splitlines()
    assert line.startswith("atlas: ")
    assert wrong in line
    assert right in line.replace(wrong, "", 1)
    assert not (ROOT / "x.png").exists()


def test_an_edition_that_is_not_built(run: Run, tmp_path: Path) -> None:
    for arguments in (MEASURE, ("releases", "--edition", "georgia")):
        answer = run(*arguments, home=tmp_path)
        assert answer == Answer(
            2,
            "",
            "atlas: The edition “georgia” has no release yet. Build it with “python -m atlas"
            " build”.\n",
        )


def test_an_output_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    for output, reason in (
        (tmp_path / "nowhere" / "out", "No such file or directory"),
        (tmp_path, "Is a directory"),
        (".", "Is a directory"),
        ("", "Is a directory"),
        (tmp_path / "file" / "out", "Not a directory"),
        (tmp_path / ("x" * 300), "File name too long"),
    ):
        answer = run(*MEASURE, "--year", "2022", "--output", output)
        shown = output or "."
        assert answer == Answer(2, "", f"atlas: “{shown}” cannot be written: {reason}\n")
        assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text() == "here"


def test_a_file_is_never_half_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "out.csv"
    file.write_text("whole")
    real = Path.write_bytes

    def fill_the_disk(path: Path, content: bytes) -> int:
        if path.is_relative_to(tmp_path):
            real(path, content[:100])
            raise OSError(28, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", fill_the_disk)
    answer = run(*MEASURE, "--output", file)
    assert answer.err == f"atlas: “{file}” cannot be written: No space left on device\n"
    assert file.read_text() == "whole"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_home_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    answer = run("build", TOYLAND, "--home", tmp_path / "home")
    assert answer == Answer(
        2,
        "",
        f"atlas: Nothing can be written to “{tmp_path / 'home' / 'toyland'}”: Not a directory\n",
    )


def test_a_broken_release(run: Run, tmp_path: Path, georgia: Release) -> None:
    home = shutil.copytree(georgia.path.parents[1], tmp_path / "home")
    (home / "georgia" / georgia.release_id / "atlas.duckdb").write_bytes(b"broken")
    answer = run(*MEASURE, home=home)
    assert (answer.code, answer.out) == (2, "")
    (line,) = answer.err.splitlines()
    assert georgia.release_id in line


# --- where the releases are ----------------------------------------------------------------


#: A call of every command, and the code that it ends with.
CALLS: dict[str, tuple[tuple[object, ...], int]] = {
    "build": ((TOYLAND,), 0),
    "validate": ((TOYLAND,), 0),
    "releases": (("--edition", "toyland"), 0),
    "certificate": (("--edition", "toyland"), 2),
    "measure": (("size", "--edition", "toyland", "--year", "2020"), 0),
    "why": (
        ("size", "--edition", "toyland", "--region", "XT-S", "--industry", "A", "--year", "2020"),
        0,
    ),
    # Drawing takes its time: the year is looked up in the release before.
    "snapshot": (
        (*("--edition", "toyland", "--metric", "size"), *("--industry", "A", "--year", "2021"),
         *("--output", "x.png")),
        2,
    ),
    "book": (("--edition", "toyland", "--language", "xx"), 2),
    # These write into a home: here they are refused before they do.
    "publish": (("1.0.0-none", "--edition", "toyland"), 2),
    "rollback": (("1.0.0-none", "--edition", "toyland"), 2),
    "delete": (("1.0.0-none", "--edition", "toyland"), 2),
    "changes": (("1.0.0-none", "1.0.0-none", "--edition", "toyland"), 2),
    "record": (("--edition", "toyland"), 0),
    # Both write into an edition and not into a home: here they are refused before they do.
    "new": ((TOYLAND, "--country", "GE"), 2),
    "import": ((TOYLAND / "firms.csv", "--edition", TOYLAND, "--table", "firms", "--check"), 1),
}  # fmt: skip


def test_every_command_has_its_call() -> None:
    assert sorted(CALLS) == COMMANDS


@pytest.mark.parametrize("command", CALLS)
def test_home_before_and_after_every_command(
    run: Run, tmp_path: Path, toyland_home: Path, command: str
) -> None:
    arguments, code = CALLS[command]
    after = run(command, *arguments, "--home", toyland_home, home=tmp_path)
    assert settings().home == toyland_home
    before = run("--home", toyland_home, command, *arguments, home=tmp_path)
    by_environment = run(command, *arguments, home=toyland_home)
    assert after == before == by_environment
    assert after.code == code, after.err
    assert list(tmp_path.iterdir()) == []


def test_the_nearer_home_wins(run: Run, tmp_path: Path, toyland_home: Path) -> None:
    answer = run("--home", tmp_path, "releases", "--home", toyland_home)
    assert answer.out.startswith("toyland  1.0.0-")
