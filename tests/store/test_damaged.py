"""A release that is not as it was published: the last good one is served, what is wrong is said."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from commands import Run
from confidential import write_edition

from atlas.config import ROOT
from atlas.errors import ReleaseError
from atlas.ingest.build import build
from atlas.store import database, drafts, integrity, record, releases
from atlas.text import Text

TOYLAND = ROOT / "tests" / "toyland"
FILES = (
    *("atlas.duckdb", "manifest.json", "regions.parquet", "regions_backdrop.parquet"),
    *("screen.parquet", "screen_backdrop.parquet"),
)


@dataclass(frozen=True)
class Home:
    """A home with two releases of toyland, the newer shown, and a draft."""

    folder: Path
    old: str
    new: str
    draft: str

    @property
    def shelf(self) -> Path:
        return self.folder / "toyland"

    @property
    def farming(self) -> float:
        """What readers are told of XT-S's farms in 2020: 100 by the old, 90 by the new one."""
        release = releases.current("toyland", self.folder)
        frame = database.run("map/slice", release, industry="A", year=2020, since=2020)
        own = frame[(frame["metric"] == "amount") & (frame["measure"] == "employment")]
        return float(own.set_index("region_code").loc["XT-S", "value"])


@pytest.fixture(scope="module")
def made(toyland_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("damaged")
    home = shutil.copytree(toyland_home, folder / "home")
    edition = shutil.copytree(TOYLAND, folder / "edition")

    def change(before: str, after: str) -> None:
        text = (edition / "observations.csv").read_text(encoding="utf-8")
        (edition / "observations.csv").write_text(text.replace(before, after), encoding="utf-8")

    old = releases.current("toyland", home).release_id
    change("XT-S,A,2020,100", "XT-S,A,2020,90")
    new = build(edition, home)
    change("XT-S,A,2020,90", "XT-S,A,2020,80")
    return Home(home, old, new, build(edition, home, draft=True))


@pytest.fixture
def home(made: Home, tmp_path: Path) -> Home:
    """A copy to be damaged."""
    return Home(shutil.copytree(made.folder, tmp_path / "home"), made.old, made.new, made.draft)


def flip(path: Path, where: float = 0.5) -> None:
    """Turn one bit of a file, the times of change left as they were."""
    stat, content = path.stat(), bytearray(path.read_bytes())
    content[int(len(content) * where)] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


WAYS: dict[str, Callable[[Path], None]] = {"flipped": flip, "cut": cut, "gone": Path.unlink}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("file", FILES)
def test_the_last_good_release_is_served_and_what_is_wrong_is_said(
    home: Home, run: Run, file: str, way: str
) -> None:
    WAYS[way](home.shelf / home.new / file)
    assert home.farming == 100
    assert releases.damaged("toyland", home.folder) == {home.new: file}
    said = releases.served_instead("toyland", home=home.folder)
    assert said is not None
    assert said.facts == {"release": home.new, "file": file, "shown": home.old}
    # A link to it is answered by the last good one too, one to the other release as ever.
    assert releases.find_or_last_good("toyland", home.new, home.folder).release_id == home.old
    assert releases.served_instead("toyland", home.old, home.folder) is None
    with pytest.raises(ReleaseError) as raised:
        releases.find("toyland", home.new, home.folder)
    assert (raised.value.kind, raised.value.facts["file"]) == ("release_damaged", file)
    lines = run("releases", "--edition", "toyland", home=home.folder).out.splitlines()
    (line,) = [line for line in lines if f"  {home.new}  " in line]
    assert line.endswith(f"(current, damaged: {file})")
    (line,) = [line for line in lines if f"  {home.old}  " in line]
    assert line.endswith("(shown instead)")


@pytest.mark.parametrize("where", [0.0, 0.1, 0.3, 0.6, 0.9])
def test_a_bit_of_the_manifest_is_found_wherever_it_is(home: Home, where: float) -> None:
    flip(home.shelf / home.new / "manifest.json", where)
    assert releases.current("toyland", home.folder).release_id == home.old


@pytest.mark.parametrize("bit", range(6))
def test_a_pointer_that_leads_nowhere(home: Home, bit: int) -> None:
    pointer = home.shelf / "CURRENT"
    content = bytearray(pointer.read_bytes())
    content[bit] ^= 0x80 >> bit
    pointer.write_bytes(content)
    # Of those there are the newest one is taken.
    assert home.farming == 90
    said = releases.served_instead("toyland", home=home.folder)
    assert said is not None
    assert said.facts["shown"] == home.new
    drafts.roll_back("toyland", home.old, who="Ana", home=home.folder)
    assert releases.served_instead("toyland", home=home.folder) is None


def test_a_pointer_never_leads_out_of_the_edition(home: Home, tmp_path: Path) -> None:
    shutil.copytree(home.shelf / home.old, tmp_path / "elsewhere")
    (home.shelf / "CURRENT").write_text("../../elsewhere\n")
    assert releases.current("toyland", home.folder).release_id == home.new


def test_a_release_from_before_a_roll_back_is_not_preferred(home: Home) -> None:
    # The new one was taken back for a reason: it is shown only where nothing older is sound.
    drafts.publish_draft("toyland", home.draft, who="Ana", home=home.folder)
    drafts.roll_back("toyland", home.new, who="Ana", home=home.folder)
    flip(home.shelf / home.new / "atlas.duckdb")
    assert releases.current("toyland", home.folder).release_id == home.old
    flip(home.shelf / home.old / "atlas.duckdb")
    assert releases.current("toyland", home.folder).release_id == home.draft
    flip(home.shelf / home.draft / "atlas.duckdb")
    with pytest.raises(ReleaseError) as raised:
        releases.current("toyland", home.folder)
    assert raised.value.facts == {"release": home.new, "file": "atlas.duckdb"}
    assert "დაზიანებულია" in Text("ka").explain(raised.value)


def test_contents_are_read_once_and_again_after_a_change(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    real = integrity.sha256

    def counted(path: Path) -> str:
        read.append(path.name)
        return real(path)

    monkeypatch.setattr(integrity, "sha256", counted)
    for _ in range(3):
        releases.current("toyland", home.folder)
    assert sorted(read) == sorted(set(FILES) - {"manifest.json"})
    # The same size, another time of change.
    os.utime(home.shelf / home.new / "screen.parquet", (1, 1))
    assert releases.current("toyland", home.folder).release_id == home.new
    assert len(read) == 10


def test_damage_is_noticed_and_mended_while_the_atlas_runs(home: Home, made: Home) -> None:
    assert home.farming == 90
    path = home.shelf / home.new / "atlas.duckdb"
    path.write_bytes(b"broken")
    assert home.farming == 100
    build(made.folder.parent / "edition", home.folder, draft=True)
    shutil.copyfile(made.shelf / home.new / "atlas.duckdb", beside := path.with_name(".new"))
    os.replace(beside, path)
    assert home.farming == 90


def test_building_again_puts_a_damaged_release_right(home: Home) -> None:
    drafts.roll_back("toyland", home.old, who="Ana", home=home.folder)
    flip(home.shelf / home.old / "atlas.duckdb")
    assert home.farming == 90
    assert build(TOYLAND, home.folder, who="Nino") == home.old
    assert home.farming == 100
    assert releases.damaged("toyland", home.folder) == {}
    steps = [(one.step, one.who) for one in record.entries("toyland", home.folder)][:2]
    assert steps == [("published", "Nino"), ("built", "Nino")]


def test_a_damaged_draft_is_not_published(home: Home) -> None:
    draft = releases.find_draft("toyland", home.draft, home.folder)
    flip(draft.path / "screen.parquet")
    with pytest.raises(ReleaseError) as raised:
        drafts.publish_draft("toyland", home.draft, who="Ana", home=home.folder)
    assert raised.value.kind == "release_damaged"
    assert releases.damaged("toyland", home.folder) == {home.draft: "screen.parquet"}
    assert home.farming == 90
    drafts.delete_draft("toyland", home.draft, who="Ana", home=home.folder)
    assert releases.drafts("toyland", home.folder) == []


def test_beside_a_damaged_release_no_confidential_one_is_published(tmp_path: Path) -> None:
    rows = [f"{region},A,2020,{n},9," for n, region in enumerate(("XT-N1", "XT-N2", "XT-S"), 500)]
    first = build(write_edition(tmp_path / "a", rows, {"minimum_firms": 3}), tmp_path / "home")
    flip(tmp_path / "home" / "toyland" / first / "atlas.duckdb")
    more = write_edition(tmp_path / "b", [*rows, "XT-E,A,2020,70,9,"], {"minimum_firms": 3})
    with pytest.raises(ReleaseError) as raised:
        build(more, tmp_path / "home")
    # What it told its readers cannot be known, so nothing can be checked against it.
    assert (raised.value.kind, raised.value.facts["release"]) == ("release_damaged", first)


# --- the record ----------------------------------------------------------------------------


def test_a_line_cut_off_is_left_out_and_said(home: Home, run: Run) -> None:
    path = home.shelf / "record.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    before = len(record.entries("toyland", home.folder))
    assert record.unreadable_lines("toyland", home.folder) == 1
    drafts.roll_back("toyland", home.old, who="Ana", home=home.folder)
    entries = record.entries("toyland", home.folder)
    assert (len(entries), entries[0].step) == (before + 1, "rolled_back")
    answer = run("record", "--edition", "toyland", home=home.folder)
    assert answer.out.splitlines()[0] == (
        "1 line of the record was cut off or changed, and is left out."
    )
    said = json.loads(run("record", "--edition", "toyland", "--format", "json",
                          home=home.folder).out)  # fmt: skip
    assert (said["lines_left_out"], said["entries"][0]["who"]) == (1, "Ana")


def test_a_line_that_was_changed_is_left_out(home: Home) -> None:
    path = home.shelf / "record.jsonl"
    entries = record.entries("toyland", home.folder)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(entries[0].who, "somebody", 1), encoding="utf-8")
    assert record.unreadable_lines("toyland", home.folder) == 1
    assert len(record.entries("toyland", home.folder)) == len(entries) - 1


# --- a full disk ---------------------------------------------------------------------------


class Full:
    """A disk that is full from the n-th sync, rename or new folder on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
        self.left = number
        for name in ("fsync", "replace", "mkdir"):
            monkeypatch.setattr(os, name, self._failing(getattr(os, name)))

    def _failing(self, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **more: object) -> object:
            self.left -= 1
            if self.left <= 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*args, **more)

        return call


@pytest.mark.parametrize("step", ["publish", "rollback", "delete"])
def test_a_full_disk_leaves_the_last_good_release(
    made: Home, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    wanted = {"publish": made.draft, "rollback": made.old, "delete": made.draft}[step]
    refused = 0
    for number in range(1, 60):
        place = Home(shutil.copytree(made.folder, tmp_path / str(number)), made.old, made.new,
                     made.draft)  # fmt: skip
        with monkeypatch.context() as patch:
            full = Full(patch, number)
            answer = run(step, wanted, "--edition", "toyland", home=place.folder)
        shown = releases.current("toyland", place.folder).release_id
        assert shown in (made.new, wanted)
        assert place.farming == {made.old: 100, made.new: 90, made.draft: 80}[shown]
        if answer.code:
            assert answer.code == 2
            assert answer.err == (
                f"atlas: Nothing can be written to “{place.shelf}”: No space left on device\n"
            )
            refused += 1
        # With room again the same command works, and whatever was done is recorded once.
        assert run(step, wanted, "--edition", "toyland", home=place.folder).code == 0
        done = {"publish": "published", "rollback": "rolled_back", "delete": "deleted"}[step]
        said = [one for one in record.entries("toyland", place.folder)
                if (one.step, one.release_id) == (done, wanted)]  # fmt: skip
        expected = 2 if (step, wanted) == ("publish", made.old) else 1
        assert len(said) == expected
        assert not list(place.shelf.glob(".beside-*"))
        assert not list(place.shelf.glob(".draft-*"))
        if full.left > 0:
            break
    else:
        raise AssertionError("it never gets through")
    assert refused >= 3
