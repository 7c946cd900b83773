"""Small tables worked out by hand, and editions that say they are confidential."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linprog

from atlas.config import ROOT
from atlas.ingest.confidentiality.tables import Need, Table, Trees

#: The example of the handbook: activities in rows, regions in columns; 22 is sensitive.
HANDBOOK = ((20, 50, 10), (8, 19, 22), (17, 32, 12))


def with_totals(inner: Sequence[Sequence[float]]) -> np.ndarray:
    """A table with its totals: row 0 and column 0."""
    rows = np.array(inner, dtype=float)
    whole = np.zeros((rows.shape[0] + 1, rows.shape[1] + 1))
    whole[1:, 1:] = rows
    whole[0, 1:], whole[1:, 0], whole[0, 0] = rows.sum(0), rows.sum(1), rows.sum()
    return whole


def flat(rows: int, columns: int) -> Trees:
    """Trees of one level below the root."""
    parents = [np.array([-1] + [0] * size) for size in (rows, columns)]
    codes = [tuple(map(str, range(size + 1))) for size in (rows, columns)]
    return Trees(codes[0], codes[1], parents[0], parents[1])


def table_of(inner: Sequence[Sequence[float]]) -> Table:
    """The inner figures with their totals; the number of a cell is row * columns + column."""
    whole = with_totals(inner)
    trees = flat(whole.shape[0] - 1, whole.shape[1] - 1)
    return Table.of(np.arange(whole.size), whole.ravel(), trees)


def cells(table: Table, *places: tuple[int, int], width: int = 4) -> np.ndarray:
    """Which cells lie at these rows and columns (0 is the total)."""
    chosen = np.zeros(len(table.keys), bool)
    chosen[[row * width + column for row, column in places]] = True
    return chosen


def needs(table: Table, sensitive: np.ndarray, margin: float = 0.2) -> Need:
    """What sensitive cells need where nobody dominates."""
    return Need.of(table, sensitive, margin, np.full(len(table.keys), np.nan))


def brute_force(table: Table, hidden: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The attacker's intervals by the plain method: two programs a cell, over all figures."""
    low, high = table.value.copy(), table.value.copy()
    bounds = [
        (0, None) if secret else (figure, figure)
        for secret, figure in zip(hidden, table.value, strict=True)
    ]
    off = table.sums @ table.value
    for cell in np.flatnonzero(hidden):
        for ends, sign in ((low, 1.0), (high, -1.0)):
            aim = np.zeros(len(hidden))
            aim[cell] = sign
            found = linprog(aim, A_eq=table.sums, b_eq=off, bounds=bounds, method="highs")
            ends[cell] = np.inf if found.status == 3 else found.x[cell]
    return low, high


def write_edition(
    folder: Path,
    rows: Sequence[str],
    rules: dict[str, Any] | None,
    files: dict[str, str] | None = None,
) -> Path:
    """Toyland's trees with other observations, lines of region_code, industry_code, year,
    employment, establishments, status; other ``files`` in place of toyland's own."""
    shutil.copytree(ROOT / "tests" / "toyland", folder)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    if rules is not None:
        package["atlas"]["confidentiality"] = rules
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    header = "region_code,industry_code,year,employment,establishments,status"
    for name, text in {"observations.csv": "\n".join([header, *rows]), **(files or {})}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
