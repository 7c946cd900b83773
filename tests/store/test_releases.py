"""Releases never change, CURRENT is never wrong, and whoever is killed leaves no trace."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from atlas.config import ROOT
from atlas.errors import ChoiceError, ReleaseError
from atlas.ingest.build import build, identify
from atlas.ingest.edition import read_edition
from atlas.model import Release
from atlas.store import database, drafts, releases
from atlas.store.record import entry

TOYLAND = ROOT / "tests" / "toyland"


def contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()}


def farming(release: Release) -> float:
    """XT-S's farming in 2020: 100, in the changed edition 90."""
    frame = database.run("map/slice", release, industry="A", year=2020, since=2020)
    own = frame[(frame["metric"] == "amount") & (frame["measure"] == "employment")]
    return float(own.set_index("region_code").loc["XT-S", "value"])


@pytest.fixture
def home(toyland_home: Path, tmp_path: Path) -> Path:
    """A home of its own with a release of toyland."""
    return shutil.copytree(toyland_home, tmp_path / "home")


def change(folder: Path) -> Path:
    """Toyland with one figure changed: 90 instead of 100 work on XT-S's farms."""
    shutil.copytree(TOYLAND, folder)
    text = (folder / "observations.csv").read_text(encoding="utf-8")
    (folder / "observations.csv").write_text(text.replace("XT-S,A,2020,100", "XT-S,A,2020,90"))
    return folder


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """An edition that is not quite toyland."""
    return change(tmp_path / "changed")


# --- identity ------------------------------------------------------------------------------


def test_building_again_is_the_same_release_untouched(home: Path) -> None:
    release = releases.current("toyland", home)
    before = contents(release.path)
    assert build(TOYLAND, home) == release.release_id
    assert contents(release.path) == before
    assert [found.release_id for found in releases.published("toyland", home)] == [
        release.release_id
    ]


def test_the_id_does_not_depend_on_the_place(toyland: Release, tmp_path: Path) -> None:
    edition = read_edition(shutil.copytree(TOYLAND, tmp_path / "somewhere" / "else"))
    assert identify(edition, edition.checksums()) == toyland.release_id


def test_a_changed_figure_is_a_new_release_and_the_old_one_stays(home: Path, changed: Path) -> None:
    old = releases.current("toyland", home)
    before = contents(old.path)
    new_id = build(changed, home)
    assert new_id != old.release_id
    assert new_id.startswith("1.0.0-")
    new = releases.current("toyland", home)
    assert (new.release_id, farming(new), farming(old)) == (new_id, 90, 100)
    assert releases.find("toyland", old.release_id, home) == old
    assert contents(old.path) == before
    # Built again, the first is current again and still the same.
    assert build(TOYLAND, home) == old.release_id
    assert releases.current("toyland", home) == old
    assert {found.release_id for found in releases.published("toyland", home)} == {
        old.release_id,
        new_id,
    }


def test_every_file_of_an_edition_counts(changed: Path) -> None:
    def release_id() -> str:
        edition = read_edition(changed)
        return identify(edition, edition.checksums())

    seen = {release_id()}
    for file in ("firms.csv", "boundaries.geojson", "datapackage.json"):
        with (changed / file).open("a") as table:
            table.write("\n")
        seen.add(release_id())
    assert len(seen) == 4


# --- what is asked for and not there -------------------------------------------------------


def test_an_unknown_edition_names_the_nearest(home: Path) -> None:
    for ask in (releases.current, releases.published):
        with pytest.raises(ChoiceError) as raised:
            ask("toylan", home)
        assert raised.value.kind == "unknown_edition"
        assert raised.value.facts == {"value": "toylan", "nearest": "toyland"}


def test_a_home_without_releases(tmp_path: Path) -> None:
    assert releases.editions(tmp_path / "nowhere") == []
    for ask in (releases.current, releases.published):
        with pytest.raises(ReleaseError) as raised:
            ask("toyland", tmp_path)
        assert (raised.value.kind, raised.value.facts) == ("no_release", {"edition": "toyland"})


def test_an_unknown_release_names_the_nearest(home: Path) -> None:
    current = releases.current("toyland", home)
    with pytest.raises(ChoiceError) as raised:
        releases.find("toyland", current.release_id[:-1], home)
    assert raised.value.kind == "unknown_release"
    assert raised.value.facts["nearest"] == current.release_id


@pytest.mark.parametrize(
    "trick", ["../other/toyland", "../../{home}/toyland", ".", "", "toyland/."]
)
def test_no_name_leads_out_of_the_home(home: Path, tmp_path: Path, trick: str) -> None:
    shutil.copytree(home, tmp_path / "other")
    release_id = releases.current("toyland", home).release_id
    name = trick.format(home=home.name)
    for ask in (releases.current, releases.published):
        with pytest.raises(ChoiceError):
            ask(name, home)
    with pytest.raises(ChoiceError):
        releases.find(name, release_id, home)
    with pytest.raises(ChoiceError):
        releases.find("toyland", f"../../../other/toyland/{release_id}", home)


def test_a_release_that_somebody_took_apart(home: Path) -> None:
    release = releases.current("toyland", home)
    (release.path / "screen.parquet").write_bytes(b"PAR1 and no more")
    (release.path / "atlas.duckdb").write_bytes(b"no database")
    with pytest.raises(ReleaseError) as raised:
        releases.shapes(release, "screen")
    assert raised.value.kind == "release_unreadable"
    with pytest.raises(ReleaseError) as raised:
        database.run("choices/regions", release)
    assert raised.value.kind == "release_unreadable"
    # Without its manifest it is no release, and a build puts it right.
    (release.path / "manifest.json").unlink()
    assert releases.published("toyland", home) == []
    assert build(TOYLAND, home) == release.release_id
    assert len(releases.shapes(releases.current("toyland", home), "screen")) == 5


def test_a_manifest_that_cannot_be_read_hides_no_other_release(home: Path) -> None:
    release = releases.current("toyland", home)
    folder = home / "toyland" / "1.0.0-broken"
    folder.mkdir()
    (folder / "manifest.json").write_text("{")
    assert releases.published("toyland", home) == [release]
    assert releases.current("toyland", home) == release
    assert releases.damaged("toyland", home) == {"1.0.0-broken": "manifest.json"}
    with pytest.raises(ReleaseError) as raised:
        releases.find("toyland", "1.0.0-broken", home)
    assert raised.value.kind == "release_damaged"
    assert raised.value.facts == {"release": "1.0.0-broken", "file": "manifest.json"}


# --- writing -------------------------------------------------------------------------------


def test_current_is_whole_at_every_moment(tmp_path: Path) -> None:
    targets = [tmp_path / "toyland" / f"1.0.0-{letter * 10}" for letter in "ab"]
    for target in targets:
        target.mkdir(parents=True)
    drafts.point_at(targets[0])
    seen, done = set(), threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.add((tmp_path / "toyland" / "CURRENT").read_text(encoding="utf-8"))

    reader = threading.Thread(target=look)
    reader.start()
    for turn in range(300):
        drafts.point_at(targets[turn % 2])
    done.set()
    reader.join()
    assert seen == {f"{target.name}\n" for target in targets}
    assert sorted(path.name for path in (tmp_path / "toyland").iterdir()) == [
        *(target.name for target in targets),
        "CURRENT",
    ]


def test_a_draft_that_fails_leaves_nothing(home: Path) -> None:
    before = releases.current("toyland", home)
    with pytest.raises(ZeroDivisionError), drafts.draft("toyland", "1.0.0-new", home) as folder:
        (folder / "atlas.duckdb").write_bytes(b"half" * (1 // 0))
    assert releases.current("toyland", home) == before
    assert not list((home / "toyland").glob(".draft*"))


def test_what_a_dead_writer_left_is_cleared_away(home: Path) -> None:
    left = home / "toyland" / ".draft-1.0.0-dead"
    left.mkdir()
    (left / "atlas.duckdb").write_bytes(b"half")
    (home / "toyland" / ".beside-CURRENT.4242").write_text("1.0.0-de")
    with drafts.draft("toyland", "1.0.0-new", home):
        assert not left.exists()
        assert not (home / "toyland" / ".beside-CURRENT.4242").exists()


def test_one_release_never_takes_the_place_of_another(home: Path) -> None:
    release = releases.current("toyland", home)
    before = contents(release.path)
    built = entry("built", "nobody", release.release_id)
    with (
        pytest.raises(ReleaseError),
        drafts.draft("toyland", "1.0.0-new", home) as folder,
    ):
        drafts.publish(folder, release.release_id, {"built": "2026-11-23"}, built)
    assert contents(release.path) == before


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(ReleaseError) as raised:
        build(TOYLAND, tmp_path / "home")
    assert raised.value.kind == "home_unwritable"
    assert raised.value.facts["path"] == tmp_path / "home" / "toyland"
    assert raised.value.facts["reason"] == "Not a directory"


@pytest.mark.parametrize("what", ["mkdir", "open"])
def test_a_home_that_may_only_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    # As root nothing is forbidden, so the system's answer is played.
    real = getattr(Path, what)

    def refuse(path: Path, *args: object, **more: object) -> object:
        if path.is_relative_to(tmp_path) and (what == "mkdir" or path.name == ".lock"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **more)

    monkeypatch.setattr(Path, what, refuse)
    with pytest.raises(ReleaseError) as raised:
        build(TOYLAND, tmp_path)
    assert (raised.value.kind, raised.value.facts["reason"]) == (
        "home_unwritable",
        "Permission denied",
    )


# --- other processes -----------------------------------------------------------------------

#: Imports the atlas once, then forks builds. Most are killed at the moment that names them: by an
#: audit hook of the child or, where DuckDB and Arrow write, as soon as the file is seen.
FORKS = """
import json, os, resource, signal, sys, time
from pathlib import Path
import atlas.ingest.build
from atlas.__main__ import main

def dies(moment):
    def hook(event, facts):
        now, names = "", [str(fact) for fact in facts[:2]] if event in ("open", "os.rename") else []
        if event == "open" and ".beside-manifest.json" in names[0]:
            now = "manifest"
        if event == "os.rename" and "manifest" not in names[0]:
            now = {"C": "current", "1": "publish"}.get(Path(names[1]).name[0], "")
        if now == moment:
            os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)

def start(moment, folder, home):
    child = os.fork()
    if child:
        return child
    os.nice(10)  # the one who watches is first
    for stream, name in ((1, "out"), (2, "err")):
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        os.dup2(os.open(f"{home}.{name}", flags, 0o600), stream)
    if moment == "full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    dies(moment)
    sys.argv = ["atlas", "build", folder, "--home", home]
    main()

def end(moment, home, child):
    while "." in moment and not list(Path(home).glob(f"toyland/.draft-*/{moment}")):
        time.sleep(0.001)
    if "." in moment:
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

codes = {}
for moment, home in json.loads(sys.argv[2]).items():
    children = [start(moment, sys.argv[1], home) for _ in range(2 if moment == "twice" else 1)]
    codes[moment] = [end(moment, home, child) for child in children]
print(json.dumps(codes))
"""
MOMENTS = ("atlas.duckdb", "manifest", "publish", "current")


@dataclass(frozen=True)
class Ended:
    """How builds of the changed edition ended in homes that had the other release."""

    changed: Path
    homes: Path
    codes: dict[str, list[int]]


@pytest.fixture(scope="module")
def ended(toyland_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """Builds killed at each of MOMENTS, one on a full disk, two at once."""
    homes = tmp_path_factory.mktemp("homes")
    changed = change(homes / "changed edition")
    moments = {name: homes / name for name in (*MOMENTS, "full", "twice")}
    for home in moments.values():
        shutil.copytree(toyland_home, home)
    arguments = [str(changed), json.dumps(moments, default=str)]
    answer = subprocess.run(
        [sys.executable, "-c", FORKS, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        timeout=120,
        check=True,
    )
    return Ended(changed, homes, json.loads(answer.stdout))


def assert_the_next_build_works(home: Path, changed: Path) -> None:
    """Nor does it leave a trace of the one that died."""
    before = releases.current("toyland", home).release_id
    new_id = build(changed, home)
    assert farming(releases.current("toyland", home)) == 90
    assert sorted(path.name for path in (home / "toyland").iterdir()) == sorted(
        [".lock", "CURRENT", "record.jsonl", before, new_id]
    )


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment_the_release_before_is_served(ended: Ended, moment: str) -> None:
    assert ended.codes[moment] == [-signal.SIGKILL]
    home = ended.homes / moment
    assert farming(releases.current("toyland", home)) == 100
    # Killed before CURRENT is turned, the new release stands finished but is not served.
    assert len(releases.published("toyland", home)) == (2 if moment == "current" else 1)
    assert bool(list((home / "toyland").glob(".draft-*"))) == (moment != "current")
    if moment in ("publish", "current"):
        assert_the_next_build_works(home, ended.changed)


def test_a_full_disk_publishes_nothing(ended: Ended) -> None:
    # The files of this one could not grow beyond 300 kB: its database is larger.
    assert ended.codes["full"] == [2]
    assert (ended.homes / "full.out").read_text() == ""
    said = (ended.homes / "full.err").read_text(encoding="utf-8")
    assert said.splitlines()[-1].startswith("atlas: Nothing can be written to “")
    assert "File too large" in said
    assert "Traceback" not in said
    home = ended.homes / "full"
    assert farming(releases.current("toyland", home)) == 100
    assert len(releases.published("toyland", home)) == 1
    assert not list((home / "toyland").glob(".draft*"))


def test_two_builds_at_once(ended: Ended, toyland: Release) -> None:
    assert ended.codes["twice"] == [0, 0]
    home = ended.homes / "twice"
    release = releases.current("toyland", home)
    assert (ended.homes / "twice.out").read_text() == f"{release.release_id}\n" * 2
    assert farming(release) == 90
    assert sorted(path.name for path in (home / "toyland").iterdir()) == sorted(
        [".lock", "CURRENT", "record.jsonl", toyland.release_id, release.release_id]
    )


def test_a_real_build_killed_from_outside(home: Path, changed: Path) -> None:
    command = [sys.executable, "-m", "atlas", "build", str(changed), "--home", str(home)]
    child = subprocess.Popen(["nice", "-n", "10", *command], cwd=ROOT, stdout=subprocess.PIPE)
    while child.poll() is None and not list((home / "toyland").glob(".draft-*/atlas.duckdb")):
        time.sleep(0.001)
    child.kill()
    out, _ = child.communicate(timeout=120)
    assert (child.returncode, out) == (-signal.SIGKILL, b"")
    assert farming(releases.current("toyland", home)) == 100
    assert list((home / "toyland").glob(".draft-*"))
    assert_the_next_build_works(home, changed)


def test_a_second_writer_waits_for_the_first(home: Path) -> None:
    order: list[str] = []
    inside, go_on = threading.Event(), threading.Event()

    def first() -> None:
        with drafts.draft("toyland", "1.0.0-first", home):
            inside.set()
            go_on.wait(10)
            order.append("first")

    def second() -> None:
        with drafts.draft("toyland", "1.0.0-second", home):
            order.append("second")

    writers = [threading.Thread(target=first), threading.Thread(target=second)]
    writers[0].start()
    assert inside.wait(10)
    writers[1].start()
    writers[1].join(0.2)
    assert order == []
    go_on.set()
    for writer in writers:
        writer.join(10)
    assert order == ["first", "second"]
