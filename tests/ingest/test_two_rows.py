"""Headers in two rows, as spreadsheets with merged cells have them. Figures are invented."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from commands import Run

from atlas.config import ROOT
from atlas.ingest.two_rows import second_row, year_columns

YEARS_ABOVE = [
    (1, ["Employment and turnover", None, None, None, None, None]),
    (3, ["Region", "NACE", "2030", None, "2031", None]),
    (4, [None, None, "Employment", "Turnover", "Employment", "Turnover"]),
    (5, ["XT-N", "A", "41", "1.5", "43", "2.5"]),
]


def test_years_above_measures_are_one_header() -> None:
    line, headers = second_row(YEARS_ABOVE, 3) or (0, [])
    assert line == 4
    assert headers == ["Region", "NACE", "2030 Employment", "2030 Turnover", "2031 Employment",
                       "2031 Turnover"]  # fmt: skip
    # Whichever of the two was taken for the header.
    assert second_row(YEARS_ABOVE, 4) == (4, headers)
    words = [header or "" for header in headers]
    assert year_columns(words, "employment") == ({2: 2030, 4: 2031}, {3, 5})
    assert year_columns(words, "turnover") == ({3: 2030, 5: 2031}, {2, 4})
    assert year_columns(words, None) == ({}, set())


def test_measures_above_years() -> None:
    rows = [
        (1, ["Region", "Employment", None, "Turnover", None]),
        (2, [None, "2030", "2031", "2030", "2031"]),
    ]
    assert second_row(rows, 1) == (2, ["Region", "Employment 2030", "Employment 2031",
                                       "Turnover 2030", "Turnover 2031"])  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        [(1, ["Region", "NACE", "Employment"]), (2, ["XT-N", "A", "41"])],
        # A cell left empty in a row of figures.
        [(1, ["Region", "NACE", "Employment"]), (2, ["XT-N", None, "2031"])],
        # A title above.
        [(1, ["Employment 2030", None, None]), (2, ["Region", "NACE", "Employment"])],
        # Not beneath each other.
        [(1, ["Region", "2030", None]), (3, [None, "Employment", "Turnover"])],
        # A figure below.
        [(1, ["Region", "2030", None]), (2, [None, "41.5", "x"])],
        [(1, ["Region", "NACE", "Employment"])],
    ],
)
def test_one_row_stays_one(rows: list[tuple[int, list[str | None]]]) -> None:
    assert second_row(rows, 1) is None


def test_a_workbook_with_merged_cells(run: Run, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "tests" / "toyland", tmp_path / "toyland"))
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Test data")
        sheet.merge_range(2, 0, 3, 0, "Region")
        sheet.merge_range(2, 1, 3, 1, "NACE")
        for place, year in ((2, 2030), (4, 2031)):
            sheet.merge_range(2, place, 2, place + 1, year)
            sheet.write_row(3, place, ("Number of employees", "Turnover"))
        sheet.write_row(4, 0, ("XT-N", "A", 41, 1.5, 43, 2.5))
        sheet.write_row(5, 0, ("XT-S", "A", 70, 3.5, 71, 4.5))
    for measure in ("employment", "turnover"):
        answer = run("import", path, "--edition", folder, "--table", measure, "--accept-columns",
                     "--accept", "totals=in this test",
                     "--accept", "overwritten=in this test")  # fmt: skip
        assert answer.code == 0, answer.out
        assert "row 4: the header stands in two rows, this and the one above" in answer.out
    found = pd.read_csv(folder / "observations.csv").query("year >= 2030")
    rows = found[["region_code", "year", "employment", "turnover"]].to_numpy().tolist()
    assert sorted(rows) == [
        ["XT-N", 2030, 41, 1.5], ["XT-N", 2031, 43, 2.5],
        ["XT-S", 2030, 70, 3.5], ["XT-S", 2031, 71, 4.5],
    ]  # fmt: skip
