"""Each run in a process of its own: CPU seconds and peak memory of one side of a comparison.

A benchmark names its sides (ours and the peers). A side is a function that imports and reads what
it needs, does the same once on a small piece, and returns a :class:`Task`; only the task is timed.
Without that piece whatever a library imports or starts on its first call (0.9 s in pyarrow's
``read_table``) would be counted against it. Sides take turns, so that whatever else the machine
does falls on all of them; medians are compared.

``python -m benchmarks.running MODULE SIDE`` is one run, and prints it as JSON.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

# Nothing large may be imported here: a process begins with the peak memory of its parent.

PROJECT = Path(__file__).parents[1]
#: Runs of each side of which the median is taken.
RUNS = 5


@dataclass(frozen=True)
class Task:
    """What is timed, and by what its CPU and wall time are to be multiplied: 1/n for n calls, the
    number of years where one year stands for all."""

    run: Callable[[], object]
    times: float = 1


Sides = Mapping[str, Callable[[], Task]]


@dataclass(frozen=True)
class Run:
    """CPU seconds (user and system, all threads and children), wall seconds, peak memory (GB)."""

    cpu: float
    wall: float
    peak: float


@dataclass(frozen=True)
class Line:
    """A goal: our figure, a peer's, and what must not exceed ``limit``: ours, or (``of_ratio``)
    ours over the peer's. ``limit`` None: told only. ``note`` stands under the table."""

    goal: str
    ours: float
    unit: str
    limit: float | None = None
    peer: float | None = None
    peer_name: str = ""
    of_ratio: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours over the peer's: below 1 ours took less."""
        return self.ours / self.peer if self.peer else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is no limit."""
        judged = self.ratio if self.of_ratio else self.ours
        return None if self.limit is None or judged is None else bool(judged <= self.limit)


def turns(module: str, sides: Sides) -> dict[str, Run]:
    """The median run of each side of a benchmark, the sides taking turns :data:`RUNS` times."""
    runs: dict[str, list[Run]] = {side: [] for side in sides}
    for _ in range(RUNS):
        for side in sides:
            runs[side].append(once(module, side))
    return {side: _median(found) for side, found in runs.items()}


def once(module: str, side: str) -> Run:
    """One run of a side in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.running", module, side]
    said = subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True)
    return Run(**json.loads(said.stdout.splitlines()[-1]))


def spent(command: list[str]) -> Run:
    """A whole command from its start to its end. Raises CalledProcessError when it fails."""
    begun = time.monotonic()
    child = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return Run(used.ru_utime + used.ru_stime, time.monotonic() - begun, _gigabytes(used.ru_maxrss))


def _median(runs: list[Run]) -> Run:
    """The median of each figure on its own."""
    return Run(*(statistics.median(column) for column in zip(*map(_figures, runs), strict=True)))


def _figures(run: Run) -> Iterator[float]:
    yield from (run.cpu, run.wall, run.peak)


def _gigabytes(maxrss: int) -> float:
    # Linux tells kilobytes, macOS bytes.
    return maxrss / (1e9 if sys.platform == "darwin" else 1e9 / 1024)


def _cpu() -> float:
    """CPU seconds of this process and of its children that ended, to the microsecond."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main(module: str, side: str) -> None:
    """Time one side here and print the run."""
    task = importlib.import_module(module).SIDES[side]()
    gc.collect()
    wall, cpu = time.perf_counter(), _cpu()
    kept = task.run()
    cpu, wall = (_cpu() - cpu) * task.times, (time.perf_counter() - wall) * task.times
    del kept
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(one).ru_maxrss for one in who)
    print(json.dumps(asdict(Run(cpu, wall, _gigabytes(peak)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
