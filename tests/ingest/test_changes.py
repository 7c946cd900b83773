"""What an import changes in its edition: figures and firms, region by region; units; coverage."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from commands import Run
from hypothesis import given
from hypothesis import strategies as st

from atlas.config import ROOT
from atlas.ingest.build import build
from atlas.ingest.changes import changed_figures, total
from atlas.ingest.importing import import_file
from atlas.ingest.report import Report
from atlas.ingest.wishes import Wishes
from atlas.store import releases

ACCEPTED = {"overwritten": "newer", "replaced": "newer", "totals": "known", "like_firm": "two"}


@pytest.fixture
def toyland(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests" / "toyland", tmp_path / "toyland"))


def bring(folder: Path, text: str, table: str = "observations", **wishes: Any) -> Report:
    source = folder.parent / "source.csv"
    source.write_text(text, encoding="utf-8")
    return import_file(source, folder, Wishes(table, accepted=ACCEPTED, **wishes))


# --- figures -------------------------------------------------------------------------------


def test_figures_that_come_change_and_go(toyland: Path) -> None:
    """Of 2020 the edition has 9 figures that are not kept back; the file has four of them, of which
    one is another, and one that was missing."""
    rows = "XT-N1,A,2020,10\nXT-N1,C10,2020,21\nXT-N2,C10,2020,0\nXT-N2,C11,2020,5\nXT-S,A,2020,100"
    report = bring(toyland, f"region_code,industry_code,year,employment\n{rows}\n", check_only=True)
    none = {"new": 0, "changed": 0, "gone": 0}
    assert report.changes == {
        "XT-N": {**none, "gone": 1, "all": 1},
        "XT-N1": {**none, "changed": 1, "gone": 1, "all": 3},
        "XT-N2": {**none, "new": 1, "gone": 1, "all": 3},
        "XT-S": {**none, "gone": 3, "all": 4},
    }
    assert total(report.changes) == {"all": 11, "new": 1, "changed": 1, "gone": 6}
    assert report.as_data()["changes"] == report.changes


def test_the_command_says_what_changes(run: Run, toyland: Path, tmp_path: Path) -> None:
    source = tmp_path / "s.csv"
    source.write_text("region_code,industry_code,year,employment\nXT-S,A,2010,81\n")
    answer = run("import", source, "--edition", toyland, "--check")
    assert "Figures before or after: 1; new 0, changed 1, gone 0.\n" in answer.out
    georgian = run("import", source, "--edition", toyland, "--check", "--lang", "ka")
    assert "ახალი 0, შეცვლილი 1, გამქრალი 0." in georgian.out


def test_where_nothing_was_there_nothing_changes(toyland: Path) -> None:
    report = bring(toyland, "region_code,industry_code,year,wages\nXT-S,A,2010,81\n")
    assert report.written is not None
    assert report.changes == {}
    assert changed_figures(None, pd.DataFrame({"year": [2020.0]})) == {}


_CELLS = st.dictionaries(
    st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["A", "C"]), st.just(2020.0)),
    st.floats(0, 1e12), max_size=4,
)  # fmt: skip


@given(_CELLS, _CELLS)
def test_every_figure_before_or_after_is_counted_once(
    old: dict[tuple[str, str, float], float], new: dict[tuple[str, str, float], float]
) -> None:
    def frame(cells: dict[tuple[str, str, float], float]) -> pd.DataFrame:
        keys = pd.DataFrame(list(cells), columns=["region_code", "industry_code", "year"])
        return keys.assign(employment=pd.Series(cells.values(), dtype="float64"))

    found = total(changed_figures(frame(old), frame(new)))
    if old and new:
        assert found["all"] == len({*old, *new})
        assert (found["new"], found["gone"]) == (len({*new} - {*old}), len({*old} - {*new}))
        assert found["changed"] <= len({*old} & {*new})
    if old == new:
        assert found["new"] == found["changed"] == found["gone"] == 0


# --- in what figures are counted ------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["region_code,industry_code,year,turnover\nXT-S,A,2030,1.5\nXT-N,A,2030,\n",
     "region_code;industry_code;2030\nXT-S;A;1,5\n"],
    ids=["long", "a column a year"],
)  # fmt: skip
def test_thousands_become_units(toyland: Path, text: str) -> None:
    report = bring(toyland, text, "turnover", factors={"turnover": 1000.0})
    assert report.written is not None
    rows = pd.read_csv(toyland / "observations.csv")
    assert rows.loc[rows["year"] == 2030, "turnover"].dropna().to_list() == [1500]
    (note,) = [issue for issue in report.issues if issue.rule == "multiplied"]
    assert (note.severity, note.column, note.facts) == ("note", "turnover", {"factor": "1000"})


def test_units_on_the_command_line(run: Run, toyland: Path, tmp_path: Path) -> None:
    source = tmp_path / "s.csv"
    source.write_text("region_code,industry_code,year,wages\nXT-S,A,2030,2.5\n")
    call = ("import", source, "--edition", toyland, "--table", "wages")
    assert run(*call, "--times", "wages=1000").code == 0
    rows = pd.read_csv(toyland / "observations.csv")
    assert rows["wages"].dropna().to_list() == [2500]
    for word in ("wages=x", "wages=0", "wages=-1", "wages=inf", "wages=nan", "wages"):
        answer = run(*call, "--times", word)
        assert (answer.code, answer.out) == (2, "")
        assert "is not of the form" in answer.err
    unknown = run(*call, "--times", "place=10")
    assert unknown.code == 2
    assert "has no field “place”" in unknown.err


# --- firms ---------------------------------------------------------------------------------

FIRMS = "firm_id,name,industry_code,region_code\n"
#: The two firms of the edition: one moves, one is as it was; and one comes.
BROUGHT = FIRMS + (
    'mill,Mill <script>alert(1)</script>,C10,XT-N1\noven,"=1+1 Oven",C10,XT-S\nnew,New,A,XT-N1\n'
)


def test_firms_that_come_move_and_go(toyland: Path) -> None:
    report = bring(toyland, BROUGHT, "firms", check_only=True)
    assert report.changes == {
        "XT-N1": {"all": 2, "new": 1, "changed": 1, "gone": 0},
        "XT-S": {"all": 1, "new": 0, "changed": 0, "gone": 0},
    }
    gone = bring(toyland, FIRMS + "new,New,A,XT-E\n", "firms", check_only=True)
    assert total(gone.changes) == {"all": 3, "new": 1, "changed": 0, "gone": 2}


def test_a_large_register_is_compared_where_it_lies(toyland: Path) -> None:
    """In Parquet, and without a column that firms may lack."""
    old = pd.read_csv(toyland / "firms.csv")[["firm_id", "name", "region_code"]]
    (toyland / "firms.csv").unlink()
    old.to_parquet(toyland / "firms.parquet", index=False)
    report = bring(toyland, BROUGHT, "firms", check_only=True)
    # A sector that was not known before is a change too.
    assert total(report.changes) == {"all": 3, "new": 1, "changed": 2, "gone": 0}


def test_how_much_a_register_covers(run: Run, toyland: Path, tmp_path: Path) -> None:
    report = bring(toyland, BROUGHT, "firms", check_only=True)
    assert report.coverage == {
        "firms": 3, "regions": 2, "of_regions": 4, "regions_without": ["XT-E", "XT-N2"],
        "industries": 2, "of_industries": 5,
    }  # fmt: skip
    answer = run("import", tmp_path / "source.csv", "--edition", toyland, "--table", "firms",
                 "--check")  # fmt: skip
    assert "Coverage: firms in 2 of 4 regions and 2 of 5 sectors.\n" in answer.out
    assert "Regions without firms: XT-E, XT-N2\n" in answer.out
    assert "Firms before or after: 3; new 1, described otherwise 1, gone 0.\n" in answer.out


def register(count: int, region: str) -> str:
    return "".join(f"{region}{n},Firm number {n},C10,{region}\n" for n in range(count))


def test_a_region_that_loses_its_firms_is_warned_of(
    toyland: Path, tmp_path: Path, at_home: Callable[[Path], None]
) -> None:
    for table in ("members", "linkages"):
        (toyland / f"{table}.csv").unlink()
    (toyland / "firms.csv").write_text(FIRMS + register(12, "XT-S") + register(9, "XT-E"))
    at_home(tmp_path / "home")
    build(toyland)
    report = bring(toyland, FIRMS + register(3, "XT-S") + register(4, "XT-N1"), "firms")
    # Twelve become three, which is more than three times as few; nine and four are few anyway.
    (jump,) = [issue for issue in report.issues if issue.rule == "jump_firms"]
    assert (jump.severity, jump.value) == ("warning", "XT-S")
    assert jump.facts == {
        "now": 3, "before": 12, "factor": "3", "release": releases.current("toyland").release_id,
    }  # fmt: skip
    assert report.waiting == ["jump_firms"]
    assert report.written is None
    calm = bring(toyland, FIRMS + register(4, "XT-S"), "firms", check_only=True)
    assert "jump_firms" not in calm.waiting
