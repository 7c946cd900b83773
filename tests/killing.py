"""Commands killed before each of their changes of a file or folder: ``python -m tests.killing``.

A process with the atlas imported forks a child for each n; the child runs the command and is killed
(SIGKILL) just before its n-th change, until one gets through. Changes are told by Python's audit
events. DuckDB and Arrow write files of their own, but only in a workspace that nobody reads.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from atlas.__main__ import main
from atlas.config import ROOT, settings, use_home
from atlas.ingest import apart, build, importing
from atlas.store import record

#: Imported once, for all children.
WARM = (build, importing, record)
_CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link", "os.truncate"}


@dataclass(frozen=True)
class Killed:
    """A command that was killed before every one of its changes, each time in a copy of its own:
    ``places``, in order, in the last of which it got through."""

    call: list[str]
    places: list[Path]
    codes: list[int]
    kept: Path

    def again(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> int:
        """The same command once more in a place where it was killed; its exit code."""
        with monkeypatch.context() as patch:
            patch.setenv("ATLAS_HOME", str(place / "home"))
            patch.setattr(sys, "argv", _argv(self.call, place))
            patch.setattr(build, "_write", _written_once(self.kept))
            patch.setattr(apart, "_ask", _read_once(self.kept))
            _without_checks(patch.setattr)
            settings.cache_clear()
            with pytest.raises(SystemExit) as ended:
                main()
        settings.cache_clear()
        assert isinstance(ended.value.code, int)
        return ended.value.code


def kill(fixture: Path, copies: Path, *call: str) -> Killed:
    """Run a command (HERE in it is the copy of ``fixture`` that it runs in) again and again, killed
    one change later each time, until it gets through."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.killing", json.dumps([call, str(copies), str(fixture)])],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=500, check=True,
    )  # fmt: skip
    codes = [int(code) for code in answer.stdout.split()]
    places = [copies / str(number + 1) for number in range(len(codes))]
    assert codes[-1] == 0, Path(f"{places[-1]}.err").read_text(encoding="utf-8")
    assert set(codes[:-1]) == {-signal.SIGKILL}
    return Killed(list(call), places, codes, copies / "kept")


def _argv(call: list[str], place: Path) -> list[str]:
    return ["atlas", *(word.replace("HERE", str(place)) for word in call)]


def _written_once(kept: Path) -> Callable[..., dict[str, Any]]:
    """What writes a release's files, which takes a second: once really, then from a copy."""
    really = build._write

    def write(*about: Any) -> dict[str, Any]:
        work = next(one for one in about if isinstance(one, Path))
        return _once(kept, work, lambda: really(*about))

    return write


def _read_once(kept: Path) -> Callable[..., dict[str, Any]]:
    """What reads a file in a process of its own: once really, then from a copy."""
    really = apart._ask
    return lambda folder, job: _once(kept, folder, lambda: really(folder, job))


def _without_checks(put: Callable[[Any, str, Any], None]) -> None:
    """Checking an edition takes half a second and changes nothing."""
    put(build, "validate", lambda _edition: [])
    put(importing, "new_issues", lambda *_about: [])


def _once(kept: Path, folder: Path, really: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What is written into the folder and said of it: really the first time, then from a copy."""
    if not kept.exists():
        said = really()
        shutil.copytree(folder, kept)
        (kept / "said").write_text(json.dumps(said, default=str), encoding="utf-8")
        return said
    for path in sorted(kept.iterdir()):
        if path.name not in ("said", "source"):
            shutil.copyfile(path, folder / path.name)
    about: dict[str, Any] = json.loads((kept / "said").read_text(encoding="utf-8"))
    return about


def _dies(number: int, inside: str) -> None:
    """From here on this process is killed before its ``number``-th change in that folder."""
    left = [number]

    def hook(event: str, facts: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = facts
            changes = isinstance(path, str) and flags & (os.O_WRONLY | os.O_RDWR) and inside in path
        else:
            # Within a folder that is taken away, names stand without it.
            path = os.fsdecode(facts[0]) if event in _CHANGES else ""
            changes = event in _CHANGES and (inside in path or not path.startswith(os.sep))
        if changes:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def _child(call: list[str], place: Path, number: int) -> int:
    """Run the command in a child, killed at that change; how it ended."""
    child = os.fork()
    if not child:
        for stream, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(f"{place}.{name}", os.O_WRONLY | os.O_CREAT, 0o600), stream)
        use_home(place / "home")
        sys.argv = _argv(call, place)
        _dies(number, str(place))
        main()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _kill_everywhere(call: list[str], copies: Path, fixture: Path) -> None:
    build._write = _written_once(copies / "kept")
    apart._ask = _read_once(copies / "kept")
    if call[0] in ("build", "import"):
        _child(call, Path(shutil.copytree(fixture, copies / "0")), 10_000)
    _without_checks(setattr)
    for number in range(1, 1000):
        place = Path(shutil.copytree(fixture, copies / str(number)))
        code = _child(call, place, number)
        sys.stdout.write(f"{code}\n")
        sys.stdout.flush()
        if code != -signal.SIGKILL:
            return


if __name__ == "__main__":
    _kill_everywhere(
        *(Path(one) if isinstance(one, str) else one for one in json.loads(sys.argv[1]))
    )
