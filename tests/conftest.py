"""Releases that tests ask: each is built once per session, far from the checkout's own home.

``toyland`` and ``georgia`` are :class:`atlas.model.Release`; each lies in a home of its own,
``toyland_home`` and ``georgia_home``, for tests that need a folder (``home=``, ``--home``) or,
through ``at_home``, the environment.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from commands import Answer, Run
from office import serving

from atlas.__main__ import main
from atlas.config import ROOT, settings
from atlas.export.workshop import workshop
from atlas.ingest.build import build
from atlas.model import Release
from atlas.store import releases

# The same examples on every run and every machine, however slow.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("steady")

TOYLAND = ROOT / "tests" / "toyland"
GEORGIA = ROOT / "geodata" / "editions" / "georgia"


@pytest.fixture(autouse=True, scope="session")
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty home for whatever a test builds without naming one: never the checkout's."""
    home = tmp_path_factory.mktemp("home")
    before = os.environ.get("ATLAS_HOME")
    os.environ["ATLAS_HOME"] = str(home)
    settings.cache_clear()
    yield home
    if before is None:
        del os.environ["ATLAS_HOME"]
    else:
        os.environ["ATLAS_HOME"] = before
    settings.cache_clear()


#: The homes that tests were at, one after the other.
HOMES: list[Path | None] = [None]


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Call it with a folder: for the rest of the test that is ``ATLAS_HOME``."""

    def move(home: Path) -> None:
        monkeypatch.setenv("ATLAS_HOME", str(home))
        settings.cache_clear()
        if HOMES[-1] != home:
            # The workers keep the home that they were started in.
            workshop().close()
            HOMES.append(home)

    yield move
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture(scope="session")
def toyland_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a release of toyland, the hand-worked country. Not to be written to."""
    home = tmp_path_factory.mktemp("toyland-home")
    build(TOYLAND, home)
    return home


@pytest.fixture(scope="session")
def georgia_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a release of the shipped Georgia edition. Not to be written to."""
    home = tmp_path_factory.mktemp("georgia-home")
    build(GEORGIA, home)
    return home


@pytest.fixture(scope="session")
def toyland(toyland_home: Path) -> Release:
    """The release of toyland."""
    return releases.current("toyland", toyland_home)


@pytest.fixture(scope="session")
def georgia(georgia_home: Path) -> Release:
    """The release of Georgia."""
    return releases.current("georgia", georgia_home)


@pytest.fixture(scope="session")
def crowded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a release of toyland that has 30,000 firms more, every one of them test data and
    called so. Not to be written to."""
    edition = tmp_path_factory.mktemp("crowded") / "toyland"
    shutil.copytree(TOYLAND, edition)
    chance = random.Random(7)
    with (edition / "firms.csv").open("a", encoding="utf-8") as file:
        for number in range(1, 30_001):
            # Half of them in one town, the others anywhere.
            lon, lat = (
                (chance.gauss(1.0, 0.02), chance.gauss(0.5, 0.02))
                if number % 2
                else (chance.uniform(0.05, 2.95), chance.uniform(0.05, 1.95))
            )
            region = "XT-E" if lon > 2 else "XT-N" if lat > 1 else "XT-S"
            file.write(
                f"test-{number:05},Test firm {number:05},C10,{region},Test town,"
                f"{lon:.5f},{lat:.5f},place,,invented\n"
            )
    home = tmp_path_factory.mktemp("crowded-home")
    build(edition, home)
    return home


@pytest.fixture(scope="session")
def crowded(crowded_home: Path) -> Release:
    """The release of toyland with 30,000 test firms."""
    return releases.current("toyland", crowded_home)


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """How the addresses of a statistics office on this machine begin, the only ones allowed."""
    with serving() as base:
        monkeypatch.setenv("ATLAS_SOURCES", json.dumps([base]))
        settings.cache_clear()
        yield base
    settings.cache_clear()


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    at_home: Callable[[Path], None],
    georgia_home: Path,
) -> Run:
    """Runs ``python -m atlas`` in this process, in the home of Georgia unless told otherwise."""

    def run(*arguments: object, home: Path = georgia_home) -> Answer:
        at_home(home)
        monkeypatch.setattr(sys, "argv", ["atlas", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Answer(ended.value.code, said.out, said.err)

    return run
