"""``python -m benchmarks``: run all goals, print one table, write ``benchmarks/results.json``.

``python -m benchmarks GOAL ...`` runs those alone and writes nothing: results are of one run.
"""

from __future__ import annotations

import datetime
import importlib
import json
import math
import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.place import RESULTS, SIZE
from benchmarks.running import PROJECT, RUNS, Line

# As in benchmarks.running: nothing large is imported here.

GOALS = (
    "cells", "cube", "slice", "map_page", "load", "exports", "load_exports", "points_in_regions",
    "imports",
)  # fmt: skip
PACKAGES = (
    "duckdb", "numpy", "pandas", "polars", "pyarrow", "geopandas", "shapely", "pydeck", "streamlit",
    "matplotlib", "python-pptx",
)  # fmt: skip


def main(goals: list[str]) -> int:
    """Run the goals; returns 1 when one is missed or could not be run, else 0."""
    subprocess.run([sys.executable, "-m", "benchmarks.files"], cwd=PROJECT, check=True)
    lines: list[Line] = []
    failed: dict[str, str] = {}
    for goal in goals:
        print(f"Running {goal}", file=sys.stderr)
        try:
            lines += importlib.import_module(f"benchmarks.{goal}").lines()
        except (subprocess.CalledProcessError, RuntimeError) as error:
            # The command names folders of this machine: what failed is enough.
            code = getattr(error, "returncode", None)
            failed[goal] = str(error) if code is None else f"a run ended with exit code {code}"
    print(table(lines))
    for goal, reason in failed.items():
        print(f"{goal}: {reason}")
    if goals == list(GOALS):
        _write(lines, failed)
    return int(bool(failed) or any(line.met is False for line in lines))


def _write(lines: list[Line], failed: dict[str, str]) -> None:
    results = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "runs": RUNS,
        "versions": versions(),
        "machine": machine(),
        "data": json.loads(SIZE.read_text(encoding="utf-8")),
        "results": [_told(line) for line in lines],
        "failed": failed,
    }
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def table(lines: list[Line]) -> str:
    """The lines as text in columns, their notes below."""
    rows = [("goal", "ours", "peer", "ratio", "limit", "met")]
    for line in lines:
        limit = "" if line.limit is None else f"{line.limit:.3g}"
        peer = "" if line.peer is None else f"{line.peer:.3g} {line.unit} ({line.peer_name})"
        rows.append(
            (
                line.goal,
                f"{line.ours:.3g} {line.unit}",
                peer,
                "" if line.ratio is None else f"{line.ratio:.3g}",
                limit and (f"{limit} × peer" if line.of_ratio else f"{limit} {line.unit}"),
                {True: "yes", False: "NO", None: ""}[line.met],
            )
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    texts = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    return "\n".join([*texts, *(line.note for line in lines if line.note)])


def _told(line: Line) -> dict[str, Any]:
    figures = {"ours": line.ours, "peer": line.peer, "ratio": line.ratio, "limit": line.limit}
    rounded = {
        name: None if value is None else float(f"{value:.4g}") for name, value in figures.items()
    }
    return {
        "goal": line.goal, "unit": line.unit, "peer_name": line.peer_name, **rounded,
        "limit_is_of_ratio": line.of_ratio, "met": line.met, "note": line.note,
    }  # fmt: skip


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that matter."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def machine() -> dict[str, Any]:
    """Cores that may be used, memory (GB) and the processor's model; no name, no path."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {"cores": cores, "memory_gb": math.ceil(memory), "cpu": _cpu_model()}


def _cpu_model() -> str:
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.is_file() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(GOALS)))
