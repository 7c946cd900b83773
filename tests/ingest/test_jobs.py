"""Long work in a process of its own: what it gives, what goes wrong, and that it can be ended."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import published
import pytest
from conftest import TOYLAND

from atlas.errors import DataError, JobError
from atlas.ingest import jobs
from atlas.ingest.wishes import Wishes

FIGURES = "region_code,industry_code,year,employment\nXT-S,A,2010,81\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, at_home: Callable[[Path], None]) -> Iterator[None]:
    at_home(tmp_path / "home")
    yield
    jobs.dismiss()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "figures.csv").write_text(FIGURES)
    return tmp_path / "figures.csv"


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TOYLAND, tmp_path / "toyland"))


def test_an_import_gives_its_report(source: Path, edition: Path) -> None:
    job = jobs.start("toyland", "import", source=source, folder=edition, who="Nino",
                     wishes=Wishes("observations"))  # fmt: skip
    job.wait()
    assert job.over
    assert job.error is None
    assert job.result.waiting == ["overwritten"]
    assert job.result.rows == 1
    assert jobs.running("toyland") is None


def test_an_error_arrives_as_it_was_raised(edition: Path, tmp_path: Path) -> None:
    job = jobs.start("toyland", "import", source=tmp_path / "none.csv", folder=edition, who="Nino",
                     wishes=Wishes("observations"))  # fmt: skip
    job.wait()
    assert job.result is None
    assert isinstance(job.error, DataError)
    assert job.error.kind == "cannot_open"
    assert str(tmp_path / "none.csv") in job.error.facts["path"]


def test_a_published_table_is_fetched_into_a_file(office: str, tmp_path: Path) -> None:
    target = tmp_path / "jobs"
    job = jobs.start("toyland", "fetch", address=f"{office}/sdmx/2.1/data/JOBS", target=target)
    job.wait()
    assert job.error is None
    assert job.result == target
    assert target.read_bytes() == published.GENERIC


def test_an_address_that_is_not_allowed_is_not_asked(office: str, tmp_path: Path) -> None:
    job = jobs.start("toyland", "fetch", address="http://127.0.0.1:9/x", target=tmp_path / "x")
    job.wait()
    assert job.error is not None
    assert job.error.kind == "address_not_allowed"
    assert not (tmp_path / "x").exists()


def test_one_piece_of_work_at_a_time_which_can_be_cancelled(edition: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in edition.iterdir()}
    job = jobs.start("toyland", "build", folder=edition, home=tmp_path / "home", who="Nino")
    with pytest.raises(JobError) as refused:
        jobs.start("toyland", "build", folder=edition, home=tmp_path / "home", who="Nino")
    assert refused.value.kind == "job_running"
    job.cancel()
    job.wait()
    assert (job.cancelled, job.result, job.error) == (True, None, None)
    assert {path.name: path.read_bytes() for path in edition.iterdir()} == before
    # The next one is taken.
    again = jobs.start("toyland", "build", folder=edition, home=tmp_path / "home", who="Nino")
    again.wait()
    assert again.error is None
    assert again.result.startswith("1")


def test_a_process_that_dies_is_said_to_have(edition: Path, tmp_path: Path) -> None:
    job = jobs.start("toyland", "build", folder=edition, home=tmp_path / "home", who="Nino")
    os.killpg(job._process.pid, signal.SIGKILL)
    job.wait()
    assert job.error is not None
    assert job.error.kind == "job_ended"
    assert not job._room.exists()


def test_work_that_will_not_end_is_ended(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "_GRACE", 0.2)
    job = jobs.start("toyland", "build", folder=edition, home=tmp_path / "home", who="Nino")
    os.killpg(job._process.pid, signal.SIGSTOP)
    job.cancel()
    waited = threading.Thread(target=job.wait)
    waited.start()
    waited.join(60)
    assert job.over
    assert job.result is None


def test_a_process_waits_for_work_and_is_dismissed() -> None:
    jobs.prepare()
    (hand,) = jobs._spare
    assert hand.process.poll() is None
    jobs.dismiss()
    until = time.monotonic() + 30
    while hand.process.poll() is None:
        assert time.monotonic() < until
    assert not hand.room.exists()
    assert jobs._spare == []
