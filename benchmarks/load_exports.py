"""Goal: ten exports at once do not slow down those who read.

One server of Georgia and ten readers, each of whom chooses another sector, year or figure every
second, as in :mod:`benchmarks.load`. Beside them ten others, each on a figure of their own, have a
picture at 300 dpi made, all at once, and as soon as all have it once more. The peer is the limit
alone: 95 of 100 reruns take less than half a second while exports are being made, none fails.

``python -m benchmarks.load_exports SECONDS`` runs it by itself.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time

from benchmarks.load import LIMIT, Found, reader
from benchmarks.place import GEORGIA_HOME
from benchmarks.running import PROJECT, Line
from benchmarks.serving import serving
from benchmarks.visitor import Visitor

READERS, EXPORTS, SECONDS = 10, 10, 20.0


def load(lasting: float = SECONDS) -> tuple[Found, Found]:
    """What readers found while files were made for so many seconds, and what the files took."""
    read, made = Found(), Found()
    with serving(
        PROJECT / "app.py", ATLAS_HOME=str(GEORGIA_HOME), ATLAS_EDITION="georgia"
    ) as server:
        there = threading.Barrier(READERS + EXPORTS + 1)
        turn = threading.Barrier(EXPORTS)
        over = threading.Event()
        threads = [
            *(
                threading.Thread(
                    target=reader, args=(server.address, number, READERS, there, over, read)
                )
                for number in range(READERS)
            ),
            *(
                threading.Thread(
                    target=_maker, args=(server.address, number, there, turn, over, made)
                )
                for number in range(EXPORTS)
            ),
        ]
        for thread in threads:
            thread.start()
        there.wait()
        time.sleep(lasting)
        over.set()
        for thread in threads:
            thread.join()
    return read, made


def _maker(
    address: str, number: int, there: threading.Barrier, turn: threading.Barrier,
    over: threading.Event, made: Found,
) -> None:  # fmt: skip
    """One who exports, again and again."""
    with Visitor(address, "map") as visitor:
        visitor.open(year=2022 - number)
        there.wait()
        while not over.is_set():
            answer = visitor.export()
            made.seconds.append(answer.seconds)
            made.failed += answer.failed
            try:
                turn.wait(timeout=60)
            except threading.BrokenBarrierError:
                return


def lines() -> list[Line]:
    """The 95th percentile beside exports, and how long those took."""
    read, made = load()
    title = f"load, {READERS} sessions and {EXPORTS} exports at once"
    return [
        Line(f"{title}: 95th percentile of a rerun", read.within(95), "ms", LIMIT),
        Line(f"{title}: median of a rerun", read.within(50), "ms"),
        Line(f"{title}: reruns and exports that failed", read.failed + made.failed, "", 0),
        Line(f"{title}: median of an export", statistics.median(made.seconds), "s"),
    ]


def main(seconds: float = SECONDS) -> None:
    """Run it and say what was found."""
    read, made = load(seconds)
    print(
        f"{len(read.seconds)} reruns: median {read.within(50):.0f} ms, p95 {read.within(95):.0f}"
        f" ms, {read.failed} failed; {len(made.seconds)} exports: median"
        f" {statistics.median(made.seconds):.2f} s, {made.failed} failed"
    )


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
