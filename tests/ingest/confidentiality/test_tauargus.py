"""Tau-Argus in its own process: what it proposes, and that it is never relied upon."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from confidential import HANDBOOK, cells, flat, needs, table_of, write_edition

from atlas.ingest.build import build
from atlas.ingest.confidentiality import suppress as secondary
from atlas.ingest.confidentiality import tauargus
from atlas.ingest.confidentiality.attack import audit
from atlas.ingest.confidentiality.rules import Rules
from atlas.ingest.confidentiality.tables import Array, Table, Trees
from atlas.store import releases

RULES = Rules(3, 0, 1.0, ("employment",), (), 0.2, True, 60)


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Temporary folders are made here, and work goes on beside it."""
    (tmp_path / "tmp").mkdir()
    (tmp_path / "work").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path


def handbook() -> tuple[Table, Trees, Array]:
    table = table_of(HANDBOOK)
    return table, flat(3, 3), cells(table, (2, 3))


def ask(table: Table, trees: Trees, sensitive: Array, seconds: float = 60) -> Array | None:
    return tauargus.propose(
        table, trees, sensitive, needs(table, sensitive), table.value > 0, seconds=seconds
    )


def test_it_is_there_where_it_can_be_had() -> None:
    assert tauargus.is_installed() is (sys.platform == "linux")


def test_it_protects_the_handbooks_cell_and_leaves_nothing_behind(private: Path) -> None:
    table, trees, sensitive = handbook()
    found = ask(table, trees, sensitive)
    assert found is not None
    assert found.sum() == 4
    assert found[sensitive].all()
    assert not audit(table, found, needs(table, sensitive)).exposed.any()
    assert sorted(path.name for path in private.rglob("*")) == ["tmp", "work"]


def deep() -> tuple[Table, Trees, Array]:
    """Two levels of regions (2, 3 in each) and of industries (2, 2 in each)."""
    chance = np.random.default_rng(3)
    regions = np.array([-1, 0, 0, 1, 1, 1, 2, 2, 2])
    industries = np.array([-1, 0, 0, 1, 1, 2, 2])
    whole = np.zeros((9, 7))
    whole[3:, 3:] = chance.integers(5, 90, (6, 4))
    for parents, table in ((regions, whole), (industries, whole.T)):
        for node in range(len(parents) - 1, 0, -1):
            table[parents[node]] += table[node]
    trees = Trees(tuple("abcdefghi"), tuple("tuvwxyz"), regions, industries)
    made = Table.of(np.arange(63), whole.ravel(), trees)
    sensitive = np.zeros(63, bool)
    sensitive[[3 * 7 + 3, 4 * 7 + 5, 8 * 7 + 6]] = True
    return made, trees, sensitive


def test_it_goes_through_both_trees(private: Path) -> None:
    table, trees, sensitive = deep()
    found = ask(table, trees, sensitive)
    assert found is not None
    assert 3 + 3 <= found.sum() <= 30
    assert audit(table, sensitive, needs(table, sensitive)).exposed.sum() == 3
    assert not audit(table, found, needs(table, sensitive)).exposed.any()


@pytest.mark.parametrize(
    "program", ["raise SystemExit(1)", "import os; os.abort()", "import time; time.sleep(60)", ""]
)
def test_where_it_fails_it_has_no_answer(
    private: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(tauargus, "_PROGRAM", program)
    table, trees, sensitive = handbook()
    assert ask(table, trees, sensitive, seconds=2) is None
    assert os.listdir(private / "tmp") == []  # noqa: PTH208


def test_it_sees_no_name_and_no_setting_of_ours(
    private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_SECRET", "4815162342")
    program = "import os; open('../seen', 'w').write(str(os.environ) + open('table.tab').read())"
    monkeypatch.setattr(tauargus, "_PROGRAM", program)
    ask(*deep())
    seen = (private / "tmp" / "seen").read_text(encoding="utf-8")
    assert "4815162342" not in seen
    assert "R000003;I000003;" in seen
    assert "Total;Total;" in seen


def test_what_does_not_add_up_is_left_to_our_own(private: Path) -> None:
    table, trees, sensitive = handbook()
    off = Table.of(table.keys, table.value + np.eye(1, 16)[0], trees)
    assert ask(off, trees, sensitive) is None
    one = secondary.Figures(off, off.value != 0, sensitive, np.full(16, np.nan), np.zeros(16, bool))
    done = secondary.suppress({"employment": one}, trees, RULES)
    assert (done.proposed, int(done.pattern.sum())) == (False, 4)
    assert not done.audits["employment"].exposed.any()


def test_a_bad_proposal_is_completed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tauargus, "propose", lambda _table, _trees, hidden, *_, **__: hidden)
    table, trees, sensitive = deep()
    one = secondary.Figures(
        table, table.value != 0, sensitive, np.full(63, np.nan), np.zeros(63, bool)
    )
    done = secondary.suppress({"employment": one}, trees, RULES)
    assert done.proposed
    assert done.pattern[sensitive].all()
    assert not done.audits["employment"].exposed.any()


def test_an_edition_is_published_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tauargus, "is_installed", lambda: False)
    places = ("XT-N1", "XT-N2", "XT-S", "XT-E")
    rows = [
        f"{place},{sector},2020,{100 + 7 * n},{2 if n == 4 else 5},"
        for n, (place, sector) in enumerate((p, s) for p in places for s in ("A", "C10", "C11"))
    ]
    edition = write_edition(tmp_path / "e", rows, {"minimum_firms": 3})
    release = releases.find("toyland", build(edition, tmp_path / "home"), tmp_path / "home")
    said = release.manifest["confidentiality"]
    assert (said["passed"], said["primary"], said["proposed_by_tau_argus"]) == (True, 1, 0)
    assert said["secondary"] >= 3
