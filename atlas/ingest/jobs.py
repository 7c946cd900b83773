"""Long work in a process of its own: the server goes on serving, and the work can be cancelled.

A process that is ended half-way leaves everything as it was: what imports and builds write is put
in place at their end, at once. One piece of work at a time is done with an edition.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from atlas import errors
from atlas.config import ROOT
from atlas.errors import AtlasError, JobError

#: Seconds that work may take to tidy up when it is cancelled, and that a process waits for some.
_GRACE, _PATIENCE = 5, 900
_running: dict[str, Job] = {}
_spare: list[_Hand] = []
_lock = threading.Lock()


class _Hand:
    """A process that waits for work. It is begun before there is any: what it imports takes longer
    than most work."""

    def __init__(self) -> None:
        self.settings = dict(os.environ)
        self.room = Path(tempfile.mkdtemp(prefix="atlas-job-"))
        self.told, sender = Pipe()
        environment = {**self.settings, "TMPDIR": str(self.room), "PYTHONPATH": str(ROOT)}
        call = [sys.executable, "-m", "atlas.ingest.jobs", str(sender.fileno())]
        with sender:
            self.process = subprocess.Popen(  # noqa: S603 (this very module)
                call, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, pass_fds=[sender.fileno()], start_new_session=True,
            )  # fmt: skip

    def leave(self) -> None:
        """Nothing more is asked of it."""
        self.told.close()
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.room, ignore_errors=True)


def prepare() -> None:
    """Begin a process for the next piece of work, unless one waits already."""
    with _lock:
        _one_spare()


def _one_spare() -> None:
    while _spare and (_spare[0].process.poll() is not None or _spare[0].settings != os.environ):
        _spare.pop().leave()
    if not _spare:
        _spare.append(_Hand())


def dismiss() -> None:
    """End the process that waits for work."""
    with _lock:
        while _spare:
            _spare.pop().leave()


class Job:
    """One piece of work. ``step`` and ``share`` say how far it is (names as in ``answers.STEPS``);
    once it is ``over`` there is a ``result``, or an ``error``, or it was ``cancelled``."""

    def __init__(self, task: str, given: dict[str, Any]) -> None:
        self.task = task
        self.step, self.share = "open", 0.0
        self.result: Any = None
        self.error: AtlasError | None = None
        self.cancelled = False
        _one_spare()
        hand = _spare.pop()
        self._room, self._told, self._process = hand.room, hand.told, hand.process
        self._told.send((task, given))
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return not self._listener.is_alive()

    def wait(self) -> None:
        """Until it is over."""
        self._listener.join()

    def cancel(self) -> None:
        """End it; whatever it had begun is as it was before."""
        self.cancelled = True
        self._signal(signal.SIGTERM)
        timer = threading.Timer(_GRACE, self._signal, [signal.SIGKILL])
        timer.daemon = True
        timer.start()

    def _signal(self, number: int) -> None:
        if not self.over:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)

    def _listen(self) -> None:
        done = False
        with self._told, contextlib.suppress(EOFError, OSError):
            while True:
                what, *said = self._told.recv()
                if what == "progress":
                    self.step, self.share = said
                else:
                    done = True
                    self._settle(what, *said)
        self._process.wait()
        shutil.rmtree(self._room, ignore_errors=True)
        if not done and not self.cancelled:
            self.error = JobError("job_ended")

    def _settle(self, what: str, *said: Any) -> None:
        if what == "done":
            (self.result,) = said
            # It was done before it could be ended.
            self.cancelled = False
        elif not self.cancelled:
            kind, name, facts = said
            self.error = getattr(errors, kind)(name, **facts)


def start(edition: str, task: str, **given: Any) -> Job:
    """Begin work with an edition. ``task``: ``import`` (source, folder, wishes; gives the Report),
    ``fetch`` (address, target: the file to be written; gives it) or ``build`` (folder, home, who;
    gives the id of the draft).

    Raises JobError ``job_running`` while other work with it is not over.
    """
    with _lock:
        if running(edition):
            raise JobError("job_running", edition=edition)
        _running[edition] = Job(task, given)
        return _running[edition]


def running(edition: str) -> Job | None:
    """The work that is being done with an edition."""
    job = _running.get(edition)
    return job if job is not None and not job.over else None


# --- the other process ---------------------------------------------------------------------


def _import(tell: Callable[[str, float], None], **given: Any) -> Any:
    from atlas.ingest.importing import import_file

    return import_file(progress=tell, **given)


def _fetch(tell: Callable[[str, float], None], address: str, target: Path) -> Path:
    from atlas.ingest.fetching import fetched

    tell("fetch", 0.0)
    with fetched(address) as path:
        shutil.copyfile(path, target)
    return target


def _build(tell: Callable[[str, float], None], **given: Any) -> Any:
    from atlas.ingest.build import build

    return build(progress=tell, draft=True, **given)


_TASKS: dict[str, Callable[..., Any]] = {"import": _import, "fetch": _fetch, "build": _build}


def _plain(fact: Any) -> Any:
    """A fact as it can be sent: what is an error or a path becomes its words."""
    if isinstance(fact, dict):
        return {key: _plain(value) for key, value in fact.items()}
    return str(fact) if isinstance(fact, BaseException | Path) else fact


def main() -> None:
    """Do the work that comes through the pipe whose number is the argument."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    from atlas.ingest import build, importing  # noqa: F401 (before there is work, see _Hand)

    with Connection(int(sys.argv[1])) as told:
        try:
            task, given = told.recv() if told.poll(_PATIENCE) else sys.exit()
        except EOFError:
            return
        try:
            result = _TASKS[task](lambda step, share: told.send(("progress", step, share)), **given)
        except AtlasError as error:
            facts = {name: _plain(fact) for name, fact in error.facts.items()}
            told.send(("failed", type(error).__name__, error.kind, facts))
        else:
            told.send(("done", result))


if __name__ == "__main__":
    main()
