"""Which region or industry a word means, and what becomes of finer industries."""

from __future__ import annotations

import pandas as pd
import pytest

from atlas.ingest.classes import ancestors, bare, tree
from atlas.ingest.edition import LINE
from atlas.ingest.merging import add_up, lay_over, overwritten
from atlas.ingest.naming import Industries, Match, Names, match
from atlas.ingest.report import Report

PROVINCES = Names(
    {
        "TR": ["Türkiye", "Turkey"],
        "TR-34": ["İstanbul"],
        "TR-46": ["Kahramanmaraş"],
        "TR-73": ["Şırnak"],
        "TR-03": ["Afyonkarahisar"],
        "TR-06": ["Ankara"],
        "TR-31": ["Hatay"],
        "TR-44": ["Malatya"],
    },
    "TR",
)
REGIONS = Names(
    {
        "GE": ["Georgia", "საქართველო"],
        "GE-SZ": ["Samegrelo-Zemo Svaneti", "სამეგრელო-ზემო სვანეთი"],
        "GE-KA": ["Kakheti", "კახეთი"],
        "GE-KK": ["Kvemo Kartli", "ქვემო ქართლი"],
        "GE-SK": ["Shida Kartli", "შიდა ქართლი"],
    },
    "GE",
)


@pytest.mark.parametrize(
    ("names", "word", "code", "how"),
    [
        (PROVINCES, "TR-34", "TR-34", "exact"),
        (PROVINCES, "İSTANBUL", "TR-34", "exact"),
        (PROVINCES, "Istanbul", "TR-34", "exact"),
        (PROVINCES, "34", "TR-34", "written"),
        (PROVINCES, "Kahraman Maraş", "TR-46", "written"),
        (PROVINCES, "SIRNAK", "TR-73", "written"),
        (PROVINCES, "Ankara ili", "TR-06", "written"),
        (PROVINCES, "Genel Toplam", "TR", "whole"),
        (PROVINCES, "Malatia", "TR-44", "written"),
        (PROVINCES, "Ankra", "TR-06", "alike"),
        (PROVINCES, "Afyon", None, "none"),
        (PROVINCES, "Berlin", None, "none"),
        (REGIONS, "კახეთი", "GE-KA", "exact"),
        (REGIONS, "კახეთის მხარე", "GE-KA", "alike"),
        (REGIONS, "Samegrelo–Zemo Svaneti", "GE-SZ", "written"),
        (REGIONS, "Samegrelo and Zemo Svaneti", "GE-SZ", "alike"),
        (REGIONS, "სულ", "GE", "whole"),
    ],
)
def test_what_a_region_means(names: Names, word: str, code: str | None, how: str) -> None:
    found = names.find(word)
    assert (found.code, found.how) == (code, how)
    assert found.sure == (how == "exact")


def test_two_that_are_as_likely_meant_are_neither() -> None:
    names = Names({"A": ["Kartlia"], "B": ["Kartlio"], "C": ["Twin"], "D": ["Twin"]}, "R")
    assert names.find("Kartlie") == Match("Kartlie", None, "unclear", 85.7, ("A", "B"))
    assert names.find("twin") == Match("twin", None, "unclear", 100.0, ("C", "D"))


def test_what_is_stated_and_remembered() -> None:
    found = match(["Afyon", "Ankra"], PROVINCES, stated={"Afyon": "TR-03"},
                  remembered={"Ankra": "TR-06", "Afyon": "TR-06"})  # fmt: skip
    assert (found["Afyon"].code, found["Afyon"].how) == ("TR-03", "stated")
    assert (found["Ankra"].code, found["Ankra"].how) == ("TR-06", "remembered")


# --- industries ----------------------------------------------------------------------------

ENTRIES = {"TOTAL": ["All sectors"], "A": ["Farming"], "01": [], "C": ["Making"], "10": ["Food"]}


@pytest.mark.parametrize(
    ("word", "code", "how"),
    [
        ("10", "10", "exact"),
        ("C10", "10", "exact"),
        ("c", "C", "exact"),
        ("10.51", "10", "finer"),
        ("C10.5", "10", "finer"),
        ("1051", "10", "finer"),
        ("25.1", "C", "finer"),
        ("01.11", "01", "finer"),
        ("1", "01", "written"),
        ("food", "10", "exact"),
        ("Farmng", "A", "alike"),
        ("Toplam", "TOTAL", "whole"),
        ("77.1", None, "none"),
        ("N", None, "none"),
    ],
)
def test_what_an_industry_means(word: str, code: str | None, how: str) -> None:
    found = Industries(ENTRIES, "TOTAL", "NACE Rev. 2").find(word)
    assert (found.code, found.how) == (code, how)


def test_without_its_tree_a_finer_code_goes_by_its_beginning_only() -> None:
    industries = Industries(ENTRIES, "TOTAL", "a classification of our own")
    assert industries.find("10.51").code == "10"
    assert industries.find("25.1").how == "none"


@pytest.mark.parametrize(
    ("classification", "sections", "divisions"),
    [("ISIC Rev. 4", 21, 88), ("NACE Rev. 2", 21, 88), ("NACE Rev. 2.1", 22, 87)],
)
def test_the_published_trees(classification: str, sections: int, divisions: int) -> None:
    entries = tree(classification)
    tops = [code for code, (parent, _) in entries.items() if parent is None]
    assert len(tops) == sections
    assert sum(parent in tops for parent, _ in entries.values()) == divisions
    assert all(code[0] in "ABCDEFGHIJKLMNOPQRSTUV" for code in tops)


def test_ancestors() -> None:
    assert ancestors("10.51", "NACE Rev. 2") == ["105", "10", "C"]
    assert ancestors("C", "NACE Rev. 2") == []
    assert tree("SIC") == {}
    assert [bare(code) for code in ("C10.51", "10.51", "1051", "C", "c")] == [
        "1051", "1051", "1051", "C", "C",
    ]  # fmt: skip


# --- adding up -----------------------------------------------------------------------------


def added(
    rows: list[tuple[str, float | None, str | None]],
) -> tuple[dict[str, tuple[float | None, str | None]], Report]:
    """Rows of one region and year, (word, employment, status), added up to A, C and 10."""
    report = Report("a.csv", "", "observations")
    industries = Industries(ENTRIES, "TOTAL", "NACE Rev. 2")
    matches = {word: industries.find(word) for word, _, _ in rows}
    frame = pd.DataFrame(
        {
            LINE: range(2, len(rows) + 2),
            "region_code": "R",
            "industry_code": [matches[word].code for word, _, _ in rows],
            "year": 2022.0,
            "employment": [value for _, value, _ in rows],
            "status": pd.Series([status for _, _, status in rows], dtype="str"),
            "word": [word for word, _, _ in rows],
        }
    )
    out = add_up(frame, matches, "NACE Rev. 2", report)
    found = {
        str(row["industry_code"]): (
            None if pd.isna(row["employment"]) else float(row["employment"]),
            None if pd.isna(row["status"]) else str(row["status"]),
        )
        for row in out.to_dict("records")
    }
    assert len(found) == len(out)
    return found, report


def rules(report: Report) -> set[str]:
    return {issue.rule for issue in report.issues}


def test_parts_are_added_up() -> None:
    found, report = added([("10.1", 5, None), ("10.5", 7, None), ("A", 3, None)])
    assert found == {"10": (12, None), "A": (3, None)}
    (issue,) = report.issues
    assert (issue.rule, issue.severity, issue.value) == ("incomplete_sum", "warning", "10")
    assert issue.facts == {"count": 2, "lacking": "102, 103, 104, 106, 107"}


def test_all_parts_are_a_note() -> None:
    groups = [(f"10.{n}", 1.0, None) for n in range(1, 10)]
    found, report = added(groups)
    assert found == {"10": (9, None)}
    assert [(issue.rule, issue.severity) for issue in report.issues] == [("added_up", "note")]


def test_nothing_is_counted_twice() -> None:
    found, report = added([("10", 20, None), ("10.1", 5, None), ("10.11", 4, None)])
    assert found == {"10": (20, None)}
    assert rules(report) == {"parts_left"}
    found, _ = added([("10.1", 5, None), ("10.11", 4, None), ("10.51", 1, None)])
    assert found == {"10": (6, None)}


def test_a_sum_with_a_missing_part_is_missing() -> None:
    found, report = added([("10.1", 5, None), ("10.5", None, None)])
    assert found == {"10": (None, None)}
    assert rules(report) == {"incomplete_sum", "partial_sum"}


def test_a_sum_with_a_suppressed_part_is_suppressed() -> None:
    found, report = added([("10.1", 5, None), ("10.5", None, "suppressed")])
    assert found == {"10": (None, "suppressed")}
    assert rules(report) == {"incomplete_sum"}
    found, _ = added([("10.1", 5, "estimated"), ("10.5", 1, None)])
    assert found == {"10": (6, "estimated")}


def test_the_same_part_twice_is_an_error() -> None:
    _, report = added([("10.1", 5, None), ("C10.1", 5, None)])
    (issue,) = [issue for issue in report.issues if issue.severity == "error"]
    assert (issue.rule, issue.row, issue.value) == ("unique", 3, "C10.1")


def test_what_was_there_stays_but_for_the_years_and_measures_of_the_file() -> None:
    def observed(**columns: list[object]) -> pd.DataFrame:
        count = len(next(iter(columns.values())))
        return pd.DataFrame({LINE: range(2, count + 2), **columns})

    old = observed(
        region_code=["R", "R", "S", "S"], industry_code=["A"] * 4,
        year=[2021.0, 2022.0, 2022.0, 2021.0], employment=[1.0, 2.0, 3.0, 4.0],
        turnover=[10.0, 20.0, None, None],
    )  # fmt: skip
    new = observed(region_code=["R", "T"], industry_code=["A"] * 2, year=[2022.0, 2022.0],
                   employment=[5.0, 6.0])  # fmt: skip
    assert overwritten(old, new) == {"employment": 2}
    both = lay_over(old, new).set_index(["region_code", "year"])
    assert both["employment"].to_dict() == {
        ("R", 2021.0): 1, ("R", 2022.0): 5, ("S", 2021.0): 4, ("T", 2022.0): 6,
    }  # fmt: skip
    assert both["turnover"].dropna().to_dict() == {("R", 2021.0): 10, ("R", 2022.0): 20}
    # Lines of the file are its own, those of the table before are told by their sign.
    assert both[LINE].to_dict() == {
        ("R", 2021.0): -2, ("R", 2022.0): 2, ("S", 2021.0): -5, ("T", 2022.0): 3,
    }  # fmt: skip
