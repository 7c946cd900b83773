"""Industries in the codes of another classification. Figures are invented."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from commands import Answer, Run

from atlas.errors import ChoiceError
from atlas.ingest.concordance import Concordant

DIVISIONS = {"TOTAL": [], "A": [], "01": [], "02": [], "C": [], "10": [], "11": [], "12": [],
             "13": [], "G": [], "47": []}  # fmt: skip
SECTIONS = {"TOTAL": [], "A": [], "C": [], "G": []}


def test_a_code_is_taken_where_all_of_it_lies() -> None:
    names = Concordant(DIVISIONS, "TOTAL", "ISIC Rev. 4", "NAICS 2017")
    # Soybean farming is 0111 and nothing else; breweries are 1103.
    assert (names.find("111110").code, names.find("111110").how) == ("01", "converted")
    assert (names.find("312120").code, names.find("312120").how) == ("11", "converted")
    # A group is what all its parts are: crop production.
    assert names.find("1111").code == "01"
    # Beverage and tobacco manufacturing is divided: nothing is guessed.
    divided = names.find("312")
    assert (divided.code, divided.how, divided.others) == (None, "unclear", ("11", "12", "C"))
    # Beverages, and spirits that are chemicals, which of these only C holds; ice is energy.
    assert (names.find("3121").code, names.find("3121").others) == (None, ("11", "C"))
    assert names.find("999999").how == "none"
    assert (names.find("Total").code, names.find("Total").how) == ("TOTAL", "exact")


def test_coarser_industries_take_more() -> None:
    names = Concordant(SECTIONS, "TOTAL", "ISIC Rev. 4", "NAICS 2017")
    assert (names.find("3122").code, names.find("3122").how) == ("C", "converted")
    assert (names.find("312120").code, names.find("111110").code) == ("C", "A")


def test_nace_is_isic_down_to_its_divisions() -> None:
    deep = {**DIVISIONS, "01.1": [], "01.11": []}
    nace = Concordant(deep, "TOTAL", "NACE Rev. 2", "NAICS 2017")
    isic = Concordant({**DIVISIONS, "0111": []}, "TOTAL", "ISIC Rev. 4", "NAICS 2017")
    assert nace.find("111110").code == "01"
    assert isic.find("111110").code == "0111"
    assert Concordant(DIVISIONS, "TOTAL", "ISIC Rev. 4", "NACE Rev. 2").find("11.05").code == "11"


@pytest.mark.parametrize(
    ("own", "foreign"), [("ISIC Rev. 4", "NAICS 1066"), ("SIC 87", "NAICS 2017")]
)
def test_what_is_not_known_is_said(own: str, foreign: str) -> None:
    with pytest.raises(ChoiceError, match="unknown_classification"):
        Concordant(DIVISIONS, "TOTAL", own, foreign)


def test_an_import_of_naics(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "made"
    assert run("new", folder, "--country", "TR").code == 0
    rows = ["region,NAICS,year,employment", "TR-34,111110,2030,5", "TR-34,111120,2030,7",
            "TR-34,1111,2031,20", "TR-34,111110,2031,9", "TR-34,312120,2030,"]  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_text("\n".join(rows), encoding="utf-8")

    def bring(*more: str) -> Answer:
        return run("import", path, "--edition", folder, "--accept-columns",
                   "--columns", "NAICS=industry_code", *more)  # fmt: skip

    answer = bring("--classification", "NAICS 2017")
    assert answer.code == 0, answer.out
    assert "“111110”: all of it lies in 01, by the published concordance, in 2 rows" in answer.out
    assert "1 rows are parts of what the file also has whole, and were left out" in answer.out
    found = pd.read_csv(folder / "observations.csv", dtype={"industry_code": str})
    assert found[["region_code", "industry_code", "year"]].to_numpy().tolist() == [
        ["TR-34", "01", 2030], ["TR-34", "01", 2031], ["TR-34", "11", 2030],
    ]  # fmt: skip
    assert found["employment"].fillna(-1).to_list() == [12, 20, -1]
    # What is divided is an error, until somebody says where it belongs.
    path.write_text("region,NAICS,year,employment\nTR-34,312,2032,5\n", encoding="utf-8")
    divided = bring("--classification", "NAICS 2017")
    assert divided.code == 1
    assert "“312”: may mean any of 11, 12, 20, 35, in 1 rows" in divided.out
    stated = bring("--classification", "NAICS 2017", "--names", "312=11")
    assert stated.code == 0, stated.out
    unknown = bring("--classification", "NAICS")
    assert (unknown.code, unknown.out) == (2, "")
    assert "The classification “NAICS” is not known here. The nearest is “NAICS 20" in unknown.err
