"""The command ``snapshot``: files in every format, made again, and what cannot be made."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import SNAPSHOT, Answer, Run
from PIL import Image

from atlas.answers import write
from atlas.errors import ExportError
from atlas.export.formats import FORMATS
from atlas.export.stored import read_snapshot
from atlas.text import Text


def test_snapshot_of_the_map(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "map.png"
    answer = run(*SNAPSHOT, "--output", file)
    assert answer == Answer(0, f"{file}\n", "")
    content = file.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    assert (width * 9, width) == (height * 16, 4000)
    assert [path.name for path in tmp_path.iterdir()] == ["map.png"]
    answer = run(*SNAPSHOT, "--output", tmp_path / "nowhere" / "map.png")
    assert answer.err.endswith("cannot be written: No such file or directory\n")


def test_snapshot_in_every_format_is_named_for_what_it_shows(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for form in FORMATS:
        answer = run(*SNAPSHOT, "--language", "ka", "--format", form, "--output", tmp_path)
        ending = FORMATS[form].ending
        name = f"georgia_manufacturing_location-quotient_2022_ka{ending}"
        assert answer == Answer(0, f"{tmp_path / name}\n", "")
    assert len(list(tmp_path.iterdir())) == len(FORMATS)
    # Without an output it lies where one stands.
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    name = "georgia_manufacturing_employment_2022_en.csv"
    answer = run("snapshot", "--metric", "employment", "--industry", "C", "--format", "csv")
    assert answer == Answer(0, f"{name}\n", "")
    assert [path.name for path in (tmp_path / "here").iterdir()] == [name]
    # The file's own ending says its format.
    answer = run(*SNAPSHOT, "--output", "x.json")
    assert json.loads(Path("x.json").read_text())["snapshot"]["industry"] == "C"


def test_snapshot_made_again_from_its_own_file(run: Run, tmp_path: Path) -> None:
    first, again = tmp_path / "first.png", tmp_path / "again.png"
    title = ("--title", "ღვინო: “=1+1”", "--notes", "Draft.")
    assert run(*SNAPSHOT, *title, "--output", first).code == 0
    with Image.open(first) as picture:
        assert picture.info["Title"] == "ღვინო: “=1+1”"
    assert run("snapshot", "--from", first, "--output", again).code == 0
    assert again.read_bytes() == first.read_bytes()
    # Round through another format and back.
    page, last = tmp_path / "page.html", tmp_path / "last.png"
    assert run("snapshot", "--from", first, "--output", page).code == 0
    assert run("snapshot", "--from", page, "--output", last).code == 0
    assert last.read_bytes() == first.read_bytes()
    # With something changed, all else stays.
    table = tmp_path / "table.json"
    changes = ("--language", "ka", "--metric", "focus", "--title", "")
    assert run("snapshot", "--from", first, *changes, "--output", table).code == 0
    said = json.loads(table.read_text(encoding="utf-8"))
    found = said["snapshot"]
    assert (found["metric"], found["language"], found["title"]) == ("focus", "ka", None)
    assert (found["notes"], found["year"]) == ("Draft.", 2022)
    assert said["title"].startswith("დამამუშავებელი მრეწველობა: ")
    # JSON with its specification is enough to make the rest from.
    assert run("snapshot", "--from", table, "--format", "csv", "--output", tmp_path).code == 0


def test_snapshot_from_a_link(run: Run, tmp_path: Path) -> None:
    link = "https://atlas.example/map?metric=size&industry=A&year=2020&lang=ka&region=GE-KA"
    answer = run("snapshot", "--link", link, "--format", "json", "--output", tmp_path)
    name = "georgia_agriculture-forestry-fishing_size_2020_ka.json"
    assert answer == Answer(0, f"{tmp_path / name}\n", "")
    said = json.loads((tmp_path / name).read_text(encoding="utf-8"))["snapshot"]
    assert (said["region"], said["edition"], said["since"]) == ("GE-KA", "georgia", 2010)


def test_classes_come_out_again_from_the_command_line_the_file_and_the_link(
    run: Run, tmp_path: Path
) -> None:
    drawing, again, linked = (tmp_path / name for name in ("a.svg", "b.svg", "c.svg"))
    how = ("--metric", "focus", "--classes", "natural", "--number", "4", "--same", "yes")
    assert run(*SNAPSHOT, *how, "--output", drawing).code == 0
    words = "Natural breaks (Fisher-Jenks), 4 classes; Same classes for all years"
    assert words in drawing.read_text(encoding="utf-8")
    assert run("snapshot", "--from", drawing, "--output", again).code == 0
    assert again.read_bytes() == drawing.read_bytes()
    link = "map?metric=focus&industry=C&year=2022&classes=natural&number=4&same=yes&since=2012"
    release = read_snapshot(drawing.read_bytes()).release
    assert run("snapshot", "--link", f"{link}&release={release}", "--output", linked).code == 0
    assert linked.read_bytes() == drawing.read_bytes()
    # Own breaks of a share are in per cent; of a file made with a method they take its place.
    assert run("snapshot", "--from", drawing, "--breaks", "10,12.5", "--output", again).code == 0
    said = again.read_text(encoding="utf-8")
    assert "Own breaks, 3 classes" in said
    assert "10% – 12.5%" in said
    assert read_snapshot(again.read_bytes()).breaks == (10, 12.5)


def test_snapshot_of_another_release_is_not_made_from_this_one(
    run: Run, tmp_path: Path, toyland_home: Path
) -> None:
    file = tmp_path / "x.json"
    assert run(*SNAPSHOT, "--output", file).code == 0
    release = json.loads(file.read_text())["snapshot"]["release"]
    answer = run("snapshot", "--from", file, "--output", tmp_path / "y.png", home=toyland_home)
    assert answer == Answer(
        2,
        "",
        f"atlas: This was made from the release “{release}” of the edition “georgia”, which is"
        " not here.\n",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]


BAD_SNAPSHOTS = [
    (("--metric", "loc_quotient"), "There is no figure “loc_quotient”. The nearest is"),
    (("--industry", "O"), "There are no figures of “Public administration"),
    (("--year", "1900"), "There are no figures for the year “1900”. The nearest is 2006."),
    (("--year", "2O22"), "A snapshot cannot have “2O22” for “year”."),
    (("--title", "x" * 400), "“title” has 400 characters; 200 are the most."),
    (("--title", "a\tb"), "“title” may not hold the control character U+0009."),
    (("--title", "<script>x"), "“title” may not hold markup: “<script>x”."),
    (("--notes", "a\u2028b"), "“notes” may not hold the control character U+2028."),
    (("--format", "pgn"), "There is no format “pgn”. The nearest is “png”."),
    (("--size", "a5"), "There is no size “a5” here."),
    (("--lang", "kaa"), "There is no language “kaa”. The nearest is “ka”."),
    (("--breaks", "2,1"), "A snapshot cannot have “(2.0, 1.0)” for “breaks”."),
    (("--classes", "quantile"), "There is no way “quantile” to make classes. The nearest is"),
    (("--number", "2"), "There cannot be 2 classes. The nearest number is 3."),
    (("--same", "maybe"), "A snapshot cannot have “maybe” for “same”."),
    (("--layers", "rivers"), "There is no layer “rivers”."),
    (("--from", "nowhere.png"), "“nowhere.png” cannot be read: No such file or directory"),
    (("--from", "/dev/null"), "The file does not say what it shows, so it cannot be made again."),
    (("--link", "http://[x"), "This is not the specification of a snapshot."),
    (("--output", "/dev/full"), "“/dev/full” cannot be written: No space left on device"),
    (("--output", "/proc/x.png"), "“/proc/x.png” cannot be written: "),
]


@pytest.mark.parametrize(("options", "sentence"), BAD_SNAPSHOTS, ids=str)
def test_snapshot_that_cannot_be_leaves_no_file(
    run: Run, tmp_path: Path, options: tuple[str, ...], sentence: str
) -> None:
    answer = run(*SNAPSHOT, "--output", tmp_path / "x.json", *options)
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
    assert answer.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_ends_midway_is_no_file_and_leaves_the_old_one(
    run: Run, tmp_path: Path
) -> None:
    """As on a full disk, but with another reason: no file may be larger than 20 kB."""
    file = tmp_path / "map.png"
    file.write_bytes(b"as it was")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        answer = run(*SNAPSHOT, "--output", file)
        other = run(*SNAPSHOT, "--format", "pptx", "--output", tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert answer == Answer(2, "", f"atlas: “{file}” cannot be written: File too large\n")
    assert (other.code, other.out) == (2, "")
    assert other.err.endswith(".pptx” cannot be written: File too large\n")
    assert [path.name for path in tmp_path.iterdir()] == ["map.png"]
    assert file.read_bytes() == b"as it was"


def test_a_folder_that_may_only_be_read_is_said() -> None:
    with tempfile.TemporaryDirectory() as name, as_nobody(Path(name)):
        folder = Path(name) / "read-only"
        folder.mkdir()
        folder.chmod(0o555)
        with pytest.raises(ExportError) as error:
            write(folder / "map.png", b"picture")
        assert Text().explain(error.value).endswith("map.png” cannot be written: Permission denied")
        assert list(folder.iterdir()) == []


@contextlib.contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Without the rights of a superuser, who may write anywhere; the folder is then nobody's."""
    root = os.geteuid() == 0
    if root:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
