"""A country from nothing: made, filled with invented figures from files such as offices send, built
and asked. Every figure here is test data, made by the script below."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from commands import Run
from turkey import filled, provinces

from atlas.config import ROOT
from atlas.ingest.contracts import TABLES
from atlas.ingest.edition import read_edition
from atlas.ingest.validate import validate

ALL = "--accept-columns", "--accept-names"


@pytest.fixture
def turkey(run: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "turkey"
    answer = run("new", folder, "--country", "TR", "--languages", "en,tr")
    assert (answer.code, answer.err) == (0, "")
    return folder


def test_new_fills_what_is_known(turkey: Path) -> None:
    names = provinces(turkey)
    assert len(names) == 82
    assert (names["TR"], names["TR-34"], names["TR-73"]) == ("Türkiye", "İstanbul", "Şırnak")
    industries = pd.read_csv(turkey / "industries.csv", dtype=str)
    # The total, 21 sections and 88 divisions of ISIC Rev. 4.
    assert len(industries) == 1 + 21 + 88
    assert industries.set_index("industry_code").loc["10", "parent_code"] == "C"
    package = json.loads((turkey / "datapackage.json").read_text(encoding="utf-8"))
    assert package["atlas"]["boundaries"] == {"world_admin1": "TR"}
    assert package["atlas"]["metric_crs"] == "EPSG:32636"
    # All that is missing is what only the office can bring.
    (lacking,) = validate(read_edition(turkey))
    assert (lacking.file, lacking.rule) == ("observations.csv", "table")


def test_from_nothing_to_a_location_quotient(run: Run, turkey: Path, tmp_path: Path) -> None:
    source = tmp_path / "istihdam.xlsx"
    counts = filled(turkey, source)
    asked = ("import", source, "--edition", turkey, "--table", "employment")
    first = run(*asked)
    assert first.code == 1
    assert not (turkey / "observations.csv").exists()
    assert "Read as xlsx, Tablo 1: 245 rows under the header in row 4" in first.out
    assert "Decimal sign: ,\n" in first.out
    assert "Column “Çalışan sayısı (kişi)” → employment" in first.out
    assert "row 249, İl, “Sirnak”: looks like TR-73 (100 of 100), in 1 rows" in first.out
    assert "row 248, NACE kodu, “Toplam”: looks like TOTAL (100 of 100), in 2 rows" in first.out
    assert "Note: istihdam.xlsx, row 251, “Kaynak: test”: a row with one cell alone" in first.out
    assert "To go on, accept: --accept-columns  --accept-names\n" in first.out

    second = run(*asked, *ALL)
    assert second.code == 0, second.out
    assert second.out.endswith("Written: observations.csv, 245 rows.\n")
    observed = pd.read_csv(turkey / "observations.csv")
    assert observed["employment"].sum() == sum(counts.values()) + 1000 + 100

    firms = tmp_path / "ciro.csv"
    rows = "İl;NACE kodu;2022;2023\nİstanbul;C;1\u00a0234,5;2\u00a0000,25\nAğrı;C;;7,5\n"
    firms.write_bytes(rows.encode("cp1254"))
    third = run("import", firms, "--edition", turkey, "--table", "turnover", *ALL)
    assert third.code == 0, third.out
    assert "Read as CSV (cp1254, “;”): 2 rows" in third.out
    observed = pd.read_csv(turkey / "observations.csv").set_index(
        ["region_code", "industry_code", "year"]
    )
    assert observed.loc[("TR-34", "C", 2022), "turnover"] == 1234.5
    assert observed.loc[("TR-34", "C", 2023), ["employment", "turnover"]].to_list() == [
        400,
        2000.25,
    ]
    assert observed.loc[("TR-04", "C", 2023), "turnover"] == 7.5
    assert ("TR-04", "C", 2022) not in observed.index

    home = tmp_path / "home"
    assert run("build", turkey, home=home).code == 0
    answer = run("measure", "location_quotient", "--edition", "turkey", "--industry", "C",
                 "--region", "TR-34", "--year", "2023", home=home)  # fmt: skip
    (cell,) = csv.DictReader(io.StringIO(answer.out))
    # 400 of 1,000 here, 2,000 of 9,000 in the country.
    assert float(cell["value"]) == pytest.approx(1.8)


def test_the_readme_says_it_as_it_is(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.split("## Load your own country")[1].split("\n## ")[0]
    (script,) = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    (file,) = re.findall(r"cat > jobs.csv <<END\n(.*?)END\n", script, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    Path("jobs.csv").write_text(file, encoding="utf-8")
    calls = re.findall(r"^python -m atlas (.*)$", script.replace("\\\n", " "), re.MULTILINE)
    made, first, second, built, asked = (
        run(*shlex.split(call), home=tmp_path / "home") for call in calls
    )
    assert [one.code for one in (made, first, second, built, asked)] == [0, 1, 0, 0, 0]
    assert "To go on, accept: --accept-columns  --accept-names  --accept totals=" in first.out
    assert "Written: observations.csv, 6 rows." in second.out
    # 400 of 1,000 here, 2,000 of 9,000 in the country.
    header, cell = asked.out.splitlines()
    assert header == "region_code,industry_code,year,value,status"
    assert float(cell.split(",")[3]) == pytest.approx(1.8)


def test_what_was_accepted_is_remembered(run: Run, turkey: Path, tmp_path: Path) -> None:
    source = tmp_path / "istihdam.xlsx"
    filled(turkey, source)
    asked = ("import", source, "--edition", turkey, "--table", "employment")
    assert run(*asked, *ALL).code == 0
    again = run(*asked)
    # Columns and names are known now; that the same year comes once more has to be accepted.
    assert "245 figures of employment for the years of the file are replaced" in again.out
    assert 'To go on, accept: --accept overwritten="..."\n' in again.out
    assert run(*asked, "--accept", "overwritten=sent once more").code == 0
    memory = json.loads((turkey / "imports.json").read_text(encoding="utf-8"))
    assert memory["columns"]["observations"]["Çalışan sayısı (kişi)"] == "employment"
    assert memory["names"] == {"regions": {"Sirnak": "TR-73"}, "industries": {"Toplam": "TOTAL"}}
    first, last = memory["imports"]
    assert first["accepted"] == {}
    assert last["accepted"] == {"overwritten": "sent once more"}
    assert (last["source"], last["rows"], last["written"]) == ("istihdam.xlsx", 245, 245)
    assert len(last["sha256"]) == 64


def test_the_report_in_georgian_and_as_json(run: Run, turkey: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("il,nace,yıl,employment\nAnkra,C,2023,5\nBolu,C,2023,beş\n", "utf-8")
    asked = ("import", source, "--edition", turkey, "--lang", "ka", "--report", tmp_path / "r.json")
    answer = run(*asked)
    assert answer.code == 1
    assert "შეცდომა: a.csv, სტრიქონი 3, employment, „beş“: რიცხვი არ არის [number]." in answer.out
    assert "„Ankra“: ჰგავს კოდს TR-06 (100-დან 91); სტრიქონები: 1" in answer.out
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert report["errors"] == 1
    assert report["waiting"] == ["proposed_column", "proposed_name"]
    (wrong,) = [issue for issue in report["issues"] if issue["severity"] == "error"]
    assert {key: wrong[key] for key in ("file", "row", "column", "value", "rule")} == {
        "file": "a.csv", "row": 3, "column": "employment", "value": "beş", "rule": "number",
    }  # fmt: skip
    assert run(*asked, "--format", "json").out == (tmp_path / "r.json").read_text("utf-8") + "\n"
    assert wrong["message"] == "რიცხვი არ არის"
    assert wrong["remedy"].startswith("შეასწორეთ")


def test_the_template_itself_can_be_imported(run: Run, turkey: Path) -> None:
    answer = run("import", turkey / "template.xlsx", "--edition", turkey, "--table", "regions",
                 "--check")  # fmt: skip
    assert "Read as xlsx, regions: 82 rows under the header in row 1" in answer.out
    assert 'To go on, accept: --accept replaced="..."\n' in answer.out


def test_the_template_offers_what_may_be_written(turkey: Path) -> None:
    book = openpyxl.load_workbook(turkey / "template.xlsx")
    assert book.sheetnames == ["read me", *TABLES]
    offered = {
        (
            sheet.title,
            str(sheet.cell(1, next(iter(rule.sqref.ranges)).min_col).value),
        ): rule.formula1
        for sheet in book
        for rule in sheet.data_validations.dataValidation
    }
    assert offered["observations", "region_code"] == "regions!$A$2:$A$5000"
    assert offered["observations", "status"] == '"suppressed,estimated"'
    assert offered["clusters", "stage"] == '"potential,emerging,established"'
    # A code stays a code: 01 is no number.
    cell = book["industries"]["A3"]
    assert (book["industries"]["A4"].value, cell.value) == ("01", "A")
    assert "Code of the sector" in book["observations"]["B1"].comment.text


def test_new_speaks_the_edition_s_languages(run: Run, turkey: Path, tmp_path: Path) -> None:
    # Turkish is a language of the edition, not of the atlas: its templates are in English.
    assert not (turkey / "README.tr.md").exists()
    folder = tmp_path / "sakartvelo"
    assert run("new", folder, "--country", "GE", "--languages", "en,ka").code == 0
    assert "# sakartvelo: an edition of Georgia" in (folder / "README.md").read_text("utf-8")
    words = (folder / "README.ka.md").read_text(encoding="utf-8")
    assert "# sakartvelo: გამოცემა, საქართველო" in words
    assert "| `employment` | დასაქმებულები. |" in words
    assert "| `name_ka` | იგივე, რაც `name_en`, ენაზე „ka“. |" in words
    assert "`python -m atlas build sakartvelo`" in words
    book = openpyxl.load_workbook(folder / "template.xlsx")
    explained = {row[1]: row for row in book["read me"].iter_rows(values_only=True)}
    assert explained["column"] == ("table", "column", "what it holds", "რას შეიცავს")
    assert explained["lat"][2:] == ("Latitude in degrees, north positive.",
                                    "განედი გრადუსებში, ჩრდილოეთი დადებითია.")  # fmt: skip
    note = str(book["observations"]["C1"].comment.text)
    assert note == "Year of the figures. Needed.\nმაჩვენებლების წელი. სავალდებულოა."
    rule = next(iter(book["clusters"].data_validations.dataValidation))
    assert len(rule.prompt) <= 255


def test_new_refuses(run: Run, turkey: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    said = {
        ("new", turkey, "--country", "TR"): "is there already; nothing was changed.",
        ("new", tmp_path / "x", "--country", "TRR"): "There is no country “TRR”.",
        ("new", tmp_path / "Ş", "--country", "TR"): "“Ş” cannot name an edition",
        ("new", tmp_path / "x", "--country", "TR", "--classification", "SIC 87"):
            "The classification “SIC 87” is not known here.",
    }  # fmt: skip
    for call, sentence in said.items():
        answer = run(*call)
        assert (answer.code, sentence in answer.err) == (2, True), answer.err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("country", ["GE", "US", "FR", "XK", "VA"])
def test_new_for_other_countries(run: Run, tmp_path: Path, country: str) -> None:
    folder = tmp_path / "made"
    assert run("new", folder, "--country", country, "--languages", "ka").code == 0
    regions = pd.read_csv(folder / "regions.csv", keep_default_na=False)
    assert len(regions) > (2 if country != "VA" else 0)
    if country == "GE":
        named = dict(zip(regions["region_code"], regions["name_ka"], strict=True))
        assert (named["GE"], named["GE-TB"]) == ("საქართველო", "თბილისი")
        # The translation lacks this one: it stays empty rather than in another script.
        assert named["GE-KA"] == ""
