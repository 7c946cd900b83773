"""Goal: a register of a million firms, and of ten million, into an edition in bounded memory.

``python -m atlas import`` of a CSV file as a whole command, from its start to the table in place:
reading in the process set apart, columns, names, codes of industries, a region by name for a third
of the firms and by point for the others (81 provinces), every check, duplicates exact and near. The
edition is Turkey as ``python -m atlas new`` makes it; firms, names and points are drawn at random.

No peer. CPU is of all processes; the peak is that of the largest one. Its limit is the same for
both sizes: what is held may not grow with the file. ``python -m benchmarks.imports ROWS`` runs one
size.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.place import DATA
from benchmarks.running import PROJECT, Line, Run, spent

ROWS = (1_000_000, 10_000_000)
#: Gigabytes that no process may exceed.
MEMORY = 2.0
_BATCH, _SEED = 500_000, 20261125
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu", "pa", "re", "si", "to",
              "vu", "ya", "ze", "çe", "şi", "ğa")  # fmt: skip
_TRADES = ("Tekstil", "Gıda", "Makina", "İnşaat", "Yazılım", "Mobilya", "Kimya", "Taşıma")
_ACCEPTED = ("not_located", "like_firm", "same_firm", "replaced")


def register(rows: int) -> Path:
    """A CSV of so many firms that there are not, made once."""
    from benchmarks.files import once

    return once(DATA / f"register-{rows}.csv", lambda path: _write(rows, path))


def _write(rows: int, path: Path) -> None:
    import numpy as np
    import pyarrow as pa
    import pyarrow.csv

    from benchmarks.points_in_regions import points, regions

    shapes = regions("provinces")
    lon, lat = points(shapes, rows)
    random = np.random.default_rng(_SEED)
    syllables, trades, codes = (np.array(w, dtype=object) for w in (_SYLLABLES, _TRADES,
                                                                   list(shapes.index)))  # fmt: skip
    industries = np.array([f"{number:02d}" for number in (*range(10, 34), 41, 46, 47, 62)])
    with path.open("wb") as file:
        for begin in range(0, rows, _BATCH):
            count = min(_BATCH, rows - begin)
            parts = [syllables[random.integers(0, len(syllables), count)] for _ in range(5)]
            names = np.char.add(sum(parts[1:], parts[0]).astype(str), " ")
            names = np.char.add(names, trades[random.integers(0, len(trades), count)].astype(str))
            named = random.random(count) < 1 / 3
            piece = slice(begin, begin + count)
            table = pa.table({
                "vergi no": np.arange(begin, begin + count),
                "unvan": names,
                "NACE kodu": industries[random.integers(0, len(industries), count)],
                "il kodu": pa.array(codes[random.integers(0, len(codes), count)], mask=~named),
                "boylam": pa.array(np.round(lon[piece], 6), mask=named),
                "enlem": pa.array(np.round(lat[piece], 6), mask=named),
                "employment": np.maximum(1, np.round(random.lognormal(1.5, 1.2, count))),
            })  # fmt: skip
            options = pyarrow.csv.WriteOptions(include_header=begin == 0)
            pyarrow.csv.write_csv(table, file, options)


def bring(rows: int) -> tuple[Run, int]:
    """One import of so many rows; returns what it took and how many rows were written.

    Raises CalledProcessError where it failed.
    """
    import pyarrow.parquet

    source = register(rows)
    with tempfile.TemporaryDirectory(dir=DATA) as made:
        folder, atlas = Path(made) / "turkey", [sys.executable, "-m", "atlas"]
        subprocess.run([*atlas, "new", str(folder), "--country", "TR", "--languages", "en,tr"],
                       cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)  # fmt: skip
        accepted = [word for rule in _ACCEPTED for word in ("--accept", f"{rule}=drawn at random")]
        run = spent([*atlas, "import", str(source), "--edition", str(folder), "--table", "firms",
                     "--accept-columns", "--accept-names", *accepted])  # fmt: skip
        written = pyarrow.parquet.read_metadata(folder / "firms.parquet").num_rows
        shutil.rmtree(folder)
    return run, int(written)


def lines(sizes: tuple[int, ...] = ROWS) -> list[Line]:
    """Each size once. Raises RuntimeError where a row is lost."""
    found = []
    for rows in sizes:
        run, written = bring(rows)
        if written != rows:
            raise RuntimeError(f"{written} of {rows} rows were written")
        name = f"import of {rows:,} firms"
        note = f"{rows:,} firms: {run.cpu:.0f} s CPU, {run.wall:.0f} s, peak {run.peak:.2f} GB."
        found += [
            Line(f"{name}: peak memory", run.peak, "GB", MEMORY, note=note),
            Line(f"{name}: CPU", run.cpu, "s"),
            Line(f"{name}: time", run.wall, "s"),
        ]
    return found


if __name__ == "__main__":
    from benchmarks.__main__ import table

    print(table(lines(tuple(map(int, sys.argv[1:])) or ROWS)))
