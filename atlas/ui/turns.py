"""Pages are made one after another.

Python runs one thread at a time, however many there are. Dozens of runs that all go on at once keep
waking one another, and all end late; in turn each takes what it takes alone, and whoever asked
first is answered first. A slow run loses its turn: it goes on, and others no longer wait for it.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

#: Seconds after which a run is slow.
_SLOW = 0.05
_lock = threading.Lock()
#: Those who wait, the first in front; whose turn it is, and since when.
_waiting: deque[threading.Event] = deque()
_owner: threading.Event | None = None
_begun = 0.0


@contextmanager
def turn() -> Iterator[None]:
    """Wait until it is this run's turn, which lasts as long as the ``with`` unless it is slow."""
    own = threading.Event()
    with _lock:
        _waiting.append(own)
        if _owner is None:
            _pass_on()
    while not own.wait(_SLOW):
        with _lock:
            if time.monotonic() - _begun >= _SLOW:
                _pass_on()
    try:
        yield
    finally:
        with _lock:
            if _owner is own:
                _pass_on()


def _pass_on() -> None:
    """It is the turn of whoever waits longest. To be called under the lock."""
    global _owner, _begun
    _owner, _begun = _waiting.popleft() if _waiting else None, time.monotonic()
    if _owner is not None:
        _owner.set()
