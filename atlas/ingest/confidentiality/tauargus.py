"""Secondary suppression by Tau-Argus (package pytauargus), in a process and a folder of its own.

Tau-Argus proposes; what it proposes is completed and audited like any other pattern. It is left
out where it is not installed, where the table does not add up exactly, and where it fails or takes
too long. It sees numbers in place of names, and its files go with the folder.

Source: modular approach (HiTaS), Tau-Argus, Statistics Netherlands; package under EUPL-1.2.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from atlas.ingest.confidentiality.tables import Array, Need, Table, Trees

#: The engine writes its logs, which hold figures, into the folder it is started in.
_PROGRAM = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from pytauargus.engine import run_batch
run_batch("table.arb")
"""
#: A little more than needed, so that rounding leaves enough.
_MORE = 1.01
_BATCH = """<OPENTABLEDATA> "table.tab"
<OPENMETADATA> "table.rda"
<SPECIFYTABLE> "region""industry"|"figure"||"costs"
<SAFETYRULE> MAN(20)
<READTABLE> 0
<SUPPRESS> MOD(1,{minutes},1,0,0)
<WRITETABLE> (1,5,SO+,"safe.tab")
"""
_FIELDS = """figure
 <NUMERIC>
 <DECIMALS> 6
firms
 <FREQUENCY>
costs
 <NUMERIC> <COST>
status
 <STATUS>
lower
 <NUMERIC> <LOWERPL>
upper
 <NUMERIC> <UPPERPL>
"""


def is_installed() -> bool:
    """Whether the package is there."""
    return importlib.util.find_spec("pytauargus") is not None


def propose(
    table: Table,
    trees: Trees,
    hidden: Array,
    need: Need,
    allowed: Array,
    *,
    seconds: float,
) -> Array | None:
    """The hidden cells with those that Tau-Argus suppresses beside them; None where it has no
    answer."""
    sensitive = need.up > 0
    if not is_installed() or not sensitive.any() or not _adds_up(table):
        return None
    with tempfile.TemporaryDirectory(prefix="atlas-") as name:
        folder = Path(name)
        _write(folder, table, trees, hidden, need, allowed, minutes=max(1, int(seconds // 60)))
        if not _run(folder, seconds):
            return None
        try:
            return hidden | _read(folder / "safe.tab", table, trees)
        except (OSError, ValueError, IndexError):
            return None


def _adds_up(table: Table) -> bool:
    off = np.abs(table.sums @ table.value).max(initial=0.0)
    return bool(off < 1e-6 and table.value.min(initial=0.0) >= 0)


def _run(folder: Path, seconds: float) -> bool:
    """Run the engine on the files of the folder; whether it came to an end by itself."""
    try:
        ended = subprocess.run(  # noqa: S603 (our own words only)
            [sys.executable, "-I", "-c", _PROGRAM],
            cwd=folder,
            env={"TMPDIR": str(folder), "PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return ended.returncode == 0


def _write(
    folder: Path,
    table: Table,
    trees: Trees,
    hidden: Array,
    need: Need,
    allowed: Array,
    *,
    minutes: int,
) -> None:
    width = len(trees.industries)
    named = {
        "R": [_code("R", place, parent) for place, parent in enumerate(trees.region_parents)],
        "I": [_code("I", place, parent) for place, parent in enumerate(trees.industry_parents)],
    }
    lines = []
    for at, (key, figure) in enumerate(zip(table.keys, table.value, strict=True)):
        if figure == 0:
            continue
        region, industry = divmod(int(key), width)
        sensitive = need.up[at] > 0
        status = "U" if sensitive else "S" if allowed[at] or hidden[at] else "P"
        cost = 1e-4 if hidden[at] else float(np.sqrt(figure + 1))
        lower, upper = need.down[at] * _MORE, need.up[at] * _MORE
        lines.append(
            f"{named['R'][region]};{named['I'][industry]};{figure:.6f};9;{cost:.6f};{status};"
            f"{min(lower, figure):.6f};{upper:.6f}"
        )
    (folder / "table.tab").write_text("\n".join(lines) + "\n", encoding="ascii")
    about = ['  <SEPARATOR> ";"', "  <SAFE> S", "  <UNSAFE> U", "  <PROTECT> P"]
    for word, letter, parents in (
        ("region", "R", trees.region_parents),
        ("industry", "I", trees.industry_parents),
    ):
        about += [word, " <RECODEABLE>", ' <TOTCODE> "Total"']
        tree = _tree(letter, parents)
        if any(line.startswith("@") for line in tree):
            (folder / f"{word}.hrc").write_text("\n".join(tree) + "\n", encoding="ascii")
            about += [" <HIERARCHICAL>", f' <HIERCODELIST> "{word}.hrc"', ' <HIERLEADSTRING> "@"']
    (folder / "table.rda").write_text("\n".join(about) + "\n" + _FIELDS, encoding="ascii")
    (folder / "table.arb").write_text(_BATCH.format(minutes=minutes), encoding="ascii")


def _code(letter: str, place: int, parent: int) -> str:
    return "Total" if parent < 0 else f"{letter}{place:06d}"


def _tree(letter: str, parents: Array) -> list[str]:
    """The codes below the root, each behind as many signs as it lies deep, parents first."""
    below: dict[int, list[int]] = {}
    for place, parent in enumerate(parents):
        below.setdefault(int(parent), []).append(place)
    lines = []
    (root,) = below[-1]
    waiting = [(place, 0) for place in reversed(below.get(root, []))]
    while waiting:
        place, depth = waiting.pop()
        lines.append("@" * depth + f"{letter}{place:06d}")
        waiting += [(part, depth + 1) for part in reversed(below.get(place, []))]
    return lines


def _read(path: Path, table: Table, trees: Trees) -> Array:
    """Which cells of the table were suppressed, by the status that the engine wrote."""
    roots = [int(np.flatnonzero(p < 0)[0]) for p in (trees.region_parents, trees.industry_parents)]
    place = np.full(trees.size, -1)
    place[table.keys] = np.arange(len(table.keys))
    suppressed = np.zeros(len(table.keys), bool)
    for line in path.read_text(encoding="ascii").splitlines():
        region, industry, *_, status, _lower, _upper = line.replace('"', "").split(";")
        row, column = (
            root if code == "Total" else int(code[1:])
            for root, code in zip(roots, (region, industry), strict=True)
        )
        at = place[row * len(trees.industries) + column]
        if status in ("U", "M") and at >= 0:
            suppressed[at] = True
    return np.asarray(suppressed & (table.value != 0))
