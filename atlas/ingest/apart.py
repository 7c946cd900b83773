"""Reading a file from outside in a process of its own, which may use so much and no more.

The file is copied into a private folder under a name of ours and read there by a process that
knows nothing of this one's settings; what comes back is a grid of text and a few words about it
(:mod:`atlas.ingest.readers`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atlas.errors import AtlasError, ChoiceError, DataError
from atlas.ingest.outline_source import OUTLINES
from atlas.ingest.source import inspect

#: What the process may use: memory and files in bytes, processor and time in seconds.
MOST_MEMORY = 3_000_000_000
MOST_WRITTEN = 8_000_000_000
MOST_SECONDS = 900


@dataclass(frozen=True)
class Read:
    """A file that was read: its ``grid`` (Parquet, in the private ``folder``), its name, SHA-256,
    and what was said of it: ``kind``, ``encoding``, ``separator``, ``sheet``, ``sheets``,
    ``formulas``, ``uncomputed`` where they apply."""

    name: str
    folder: Path
    grid: Path
    digest: str
    about: dict[str, Any]


@contextlib.contextmanager
def read(
    source: Path,
    table: str,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    separator: str | None = None,
    crs: str | None = None,
) -> Iterator[Read]:
    """A file as a grid, for as long as the block lasts; its private folder goes with it.

    Raises DataError ``cannot_open``, those of :mod:`~atlas.ingest.source` and
    :mod:`~atlas.ingest.readers`, ``source_hungry`` when the process reached one of its limits.
    """
    with tempfile.TemporaryDirectory(prefix="atlas-import-") as made:
        folder = Path(made)
        copy = folder / "source"
        digest = _copy(source, copy)
        job = {
            "name": source.name, "table": table, "sheet": sheet, "encoding": encoding,
            "separator": separator, "crs": crs,
            "drivers": _drivers() if table == OUTLINES else [],
        }  # fmt: skip
        about = _ask(folder, job)
        copy.unlink(missing_ok=True)
        yield Read(source.name, folder, folder / "grid.parquet", digest, about)


def _drivers() -> list[str]:
    """All drivers that GDAL has: the other process turns off all but one before it starts."""
    import pyogrio

    return list(pyogrio.list_drivers())


def _copy(source: Path, copy: Path) -> str:
    try:
        if not source.is_file():
            raise DataError("cannot_open", path=source, reason=os.strerror(2))
        with source.open("rb") as file, copy.open("wb") as target:
            shutil.copyfileobj(file, target, 1 << 22)
        with copy.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DataError("cannot_open", path=source, reason=error.strerror) from error


def _ask(folder: Path, job: dict[str, Any]) -> dict[str, Any]:
    # Not at the top: the other process does without settings, and starts the sooner.
    from atlas.config import ROOT

    environment = {"PATH": os.defpath, "TMPDIR": str(folder), "PYTHONPATH": str(ROOT),
                   "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1", "PROJ_NETWORK": "OFF"}  # fmt: skip
    call = [sys.executable, "-m", "atlas.ingest.apart", json.dumps(job)]
    try:
        done = subprocess.run(  # noqa: S603 (this very module)
            call, cwd=folder, env=environment, capture_output=True, timeout=MOST_SECONDS,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise DataError("source_hungry", path=job["name"]) from error
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        # Killed, or out of memory: it had no words left.
        raise DataError("source_hungry", path=job["name"]) from error
    if "error" in answer:
        kind: type[AtlasError] = ChoiceError if answer["choice"] else DataError
        raise kind(answer["error"], **answer["facts"])
    return answer


def _limit() -> None:
    """Take from this process what it will not need; where a system knows no limits, none."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    with contextlib.suppress(ValueError, OSError):
        # A file that grows too long is an error of writing, not the process' end.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def _work(job: dict[str, Any]) -> dict[str, Any]:
    if job["table"] == OUTLINES:
        from atlas.ingest import outline_reader

        return outline_reader.read(Path("source"), job["name"], job)
    from atlas.ingest import readers

    here, name, out = Path("source"), job["name"], Path("grid.parquet")
    contents = inspect(here, name)
    if contents.kind == "text":
        about = readers.text(here, out, name, job["encoding"], job["separator"])
    elif contents.kind == "parquet":
        about = readers.parquet(here, out, name)
    elif contents.kind in ("sdmx-ml", "json", "px"):
        from atlas.ingest import statistics

        about = statistics.read(here, out, name, contents.kind)
    else:
        about = readers.sheet(here, out, name, job["sheet"], job["table"])
    found = {"kind": contents.kind, "formulas": contents.formulas}
    return {**found, "uncomputed": contents.uncomputed, **about}


def main() -> None:
    """Read the file ``source`` of this folder; the answer, or the error, as JSON."""
    _limit()
    job = json.loads(sys.argv[1])
    try:
        # Some readers print what they stumble over: only the answer may be taken for one.
        with contextlib.redirect_stdout(sys.stderr):
            answer = _work(job)
    except AtlasError as error:
        answer = {"error": error.kind, "facts": error.facts,
                  "choice": isinstance(error, ChoiceError)}  # fmt: skip
    except MemoryError:
        answer = {"error": "source_hungry", "facts": {"path": job["name"]}, "choice": False}
    except BaseException:  # panics of compiled readers are not Exceptions
        traceback.print_exc()
        answer = {"error": "source_truncated", "facts": {"path": job["name"]}, "choice": False}
    sys.stdout.write(json.dumps(answer, default=str))


if __name__ == "__main__":
    main()
