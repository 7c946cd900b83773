"""Goal: fifty readers at once, each of whom changes something every second.

Georgia, served by two processes behind one address as the README has it for many readers, and by
one, which is stated beside; fifty sessions (:class:`benchmarks.visitor.Visitor`) from another
process on the same machine. Each opens the map, then chooses another sector, year or figure a
second after it chose the last, or as soon as that is answered; who begins when is spread over a
second. The peer is the limit alone: 95 of 100 reruns take less than half a second from asking to
the last message, and none fails. Memory: what the servers hold with all of them there beyond what
they held before, by session.

``python -m benchmarks.load SESSIONS SECONDS PROCESSES`` runs it by itself.
"""

from __future__ import annotations

import random
import statistics
import sys
import threading
import time
from dataclasses import dataclass, field

from benchmarks.place import GEORGIA_HOME
from benchmarks.running import PROJECT, Line
from benchmarks.serving import serving, serving_two
from benchmarks.visitor import Visitor

SESSIONS, SECONDS = 50, 30.0
#: Milliseconds in which 95 of 100 reruns are answered.
LIMIT = 500.0
#: How it is served, by the number of processes.
SERVED = {1: serving, 2: serving_two}
KEYS = ("choice_industry", "choice_year", "choice_metric")


@dataclass
class Found:
    """Seconds of every rerun, how many failed, megabytes a session, and CPU seconds a rerun."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    memory: float = 0.0
    cpu: float = 0.0

    def within(self, percent: int) -> float:
        """Milliseconds within which so many of a hundred reruns were answered."""
        return 1000 * statistics.quantiles(self.seconds, n=100)[percent - 1]


def load(sessions: int = SESSIONS, lasting: float = SECONDS, processes: int = 2) -> Found:
    """That many sessions for so many seconds."""
    found = Found()
    given = {"ATLAS_HOME": str(GEORGIA_HOME), "ATLAS_EDITION": "georgia"}
    with SERVED[processes](PROJECT / "app.py", **given) as server:
        for _ in range(processes):
            with Visitor(server.address, "map") as first:
                first.open()
        before = server.memory()
        there = threading.Barrier(sessions + 1)
        over = threading.Event()
        threads = [
            threading.Thread(
                target=reader, args=(server.address, number, sessions, there, over, found)
            )
            for number in range(sessions)
        ]
        for thread in threads:
            thread.start()
        there.wait()
        begun = server.cpu()
        time.sleep(lasting)
        found.memory = (server.memory() - before) / sessions
        over.set()
        for thread in threads:
            thread.join()
        found.cpu = (server.cpu() - begun) / max(1, len(found.seconds))
    return found


def reader(
    address: str, number: int, sessions: int, there: threading.Barrier, over: threading.Event,
    found: Found,
) -> None:  # fmt: skip
    """One session: opens the page, waits for the others, then chooses until it is over."""
    chance = random.Random(number)  # noqa: S311 (which choice is made, nothing secret)
    with Visitor(address, "map") as visitor:
        visitor.open()
        there.wait()
        time.sleep(number / sessions)
        while not over.is_set():
            begun = time.perf_counter()
            key = chance.choice(KEYS)
            try:
                answer = visitor.choose(key, chance.choice(visitor.options(key)))
            except (OSError, TimeoutError):
                found.failed += 1
                return
            found.seconds.append(answer.seconds)
            found.failed += answer.failed
            over.wait(max(0.0, 1 - (time.perf_counter() - begun)))


def lines() -> list[Line]:
    """The 95th percentile, the failures, memory and CPU."""
    found, alone = load(), load(processes=1)
    title = f"load, {SESSIONS} sessions"
    return [
        Line(f"{title}: 95th percentile of a rerun", found.within(95), "ms", LIMIT),
        Line(f"{title}: median of a rerun", found.within(50), "ms"),
        Line(f"{title}: reruns that failed", found.failed + alone.failed, "", 0),
        Line(f"{title}: reruns a second", len(found.seconds) / SECONDS, ""),
        Line(f"{title}: CPU of a rerun", 1000 * found.cpu, "ms"),
        Line(f"{title}: memory a session", found.memory, "MB"),
        Line(f"{title}, one process: 95th percentile of a rerun", alone.within(95), "ms"),
        Line(f"{title}, one process: reruns a second", len(alone.seconds) / SECONDS, ""),
    ]


def main(sessions: int = SESSIONS, seconds: float = SECONDS, processes: int = 2) -> None:
    """Run it and say what was found."""
    found = load(sessions, seconds, processes)
    print(
        f"{sessions} sessions, {len(found.seconds)} reruns: median {found.within(50):.0f} ms,"
        f" p95 {found.within(95):.0f} ms, {found.failed} failed,"
        f" CPU {1000 * found.cpu:.0f} ms, {found.memory:.1f} MB a session"
    )


if __name__ == "__main__":
    main(*(kind(word) for kind, word in zip((int, float, int), sys.argv[1:], strict=False)))
