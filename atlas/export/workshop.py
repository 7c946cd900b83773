"""Files made beside the app, in a few processes of their own, so that they do not hold up reruns.

Drawing keeps the interpreter busy for most of a second, and whoever reads waits as long. Not
``multiprocessing``: its children run the main module of their parent again, which in the app is
the page that is being drawn. ``python -m atlas.export.workshop`` is one worker: it reads calls from
its standard input until that ends, and is less urgent than the app.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from queue import LifoQueue
from typing import IO, Any

from atlas.errors import AtlasError

#: How much less urgent than the app, in steps of the system's.
_NICER = 10
#: The most workers: one for each core but the app's own.
_MOST = 2

Call = Callable[..., bytes]
_Worker = subprocess.Popen[bytes]


class Workshop:
    """At most ``size`` workers, each started when it is first needed; safe from any thread."""

    def __init__(self, size: int) -> None:
        self._idle: LifoQueue[_Worker | None] = LifoQueue()
        for _ in range(size):
            self._idle.put(None)
        self._size = size

    def make(self, call: Call, *given: Any) -> bytes:
        """What a function of a module gives, called by a worker; waits for one. Raises the
        AtlasError that it raises, RuntimeError for any other. Where the worker is gone, it is
        called here."""
        worker = self._idle.get()
        try:
            if worker is None or worker.poll() is not None:
                worker = _started()
            answer = _asked(worker, (call, given))
        except (OSError, EOFError):
            if worker is not None:
                _stop(worker)
            worker = None
            answer = _answer(call, given)
        finally:
            self._idle.put(worker)
        if isinstance(answer, bytes):
            return answer
        kind, *facts = answer
        if isinstance(kind, type):
            raise kind(facts[0], **facts[1])
        raise RuntimeError(*facts)

    def close(self) -> None:
        """End the workers, once what they are at is made."""
        for _ in range(self._size):
            worker = self._idle.get()
            if worker is not None:
                _stop(worker)
        for _ in range(self._size):
            self._idle.put(None)


@cache
def workshop() -> Workshop:
    """The workshop of this process."""
    found = Workshop(max(1, min(_MOST, (os.cpu_count() or 1) - 1)))
    atexit.register(found.close)
    return found


def _started() -> _Worker:
    command = [sys.executable, "-m", "atlas.export.workshop"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603


def _asked(worker: _Worker, wanted: Any) -> Any:
    """The worker's answer. Raises OSError or EOFError when it is gone."""
    if worker.stdin is None or worker.stdout is None:
        raise EOFError
    pickle.dump(wanted, worker.stdin)
    worker.stdin.flush()
    try:
        return pickle.load(worker.stdout)  # noqa: S301 (from our own child)
    except pickle.UnpicklingError as error:
        raise EOFError from error


def _stop(worker: _Worker) -> None:
    for stream in (worker.stdin, worker.stdout):
        if stream is not None:
            stream.close()
    worker.terminate()
    worker.wait()


def _answer(call: Call, given: tuple[Any, ...]) -> Any:
    """The bytes; or of an AtlasError its class, kind and facts, of any other its words."""
    try:
        return call(*given)
    except AtlasError as error:
        return type(error), error.kind, error.facts
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


def work(asked: IO[bytes], said: IO[bytes]) -> None:
    """Answer calls until there are no more."""
    while True:
        try:
            call, given = pickle.load(asked)  # noqa: S301 (from our own parent)
        except EOFError:
            return
        pickle.dump(_answer(call, given), said)
        said.flush()


if __name__ == "__main__":
    os.nice(_NICER)
    # Whatever else is printed must not come between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    work(sys.stdin.buffer, answers)
