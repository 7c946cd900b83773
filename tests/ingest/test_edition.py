"""Reading an edition: its data package and its files, in whatever form they come."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from atlas.config import ROOT
from atlas.errors import DataError
from atlas.ingest.edition import read_edition
from atlas.model import Issue

TOYLAND = ROOT / "tests" / "toyland"


def only(issues: list[Issue]) -> Issue:
    assert len(issues) == 1, issues
    return issues[0]


# --- the data package ----------------------------------------------------------------------


def test_no_folder_no_package(country: Any) -> None:
    for folder in (country.folder / "nowhere", country.folder / "regions.csv"):
        with pytest.raises(DataError) as raised:
            read_edition(folder)
        assert raised.value.kind == "no_edition_folder"
        assert raised.value.facts["path"] == folder
    with pytest.raises(DataError) as raised:
        read_edition(country.folder.with_name("cuontry"))
    assert raised.value.facts["nearest"] == str(country.folder)
    with pytest.raises(DataError) as raised:
        read_edition(country.folder / "far" / "away" / "gorgia")
    assert raised.value.facts["nearest"] == str(ROOT / "geodata" / "editions" / "georgia")


@pytest.mark.parametrize("content", ["", "{", "[1, 2", b"\xff\xfe{\x00}\x00", '{"name": "x",}'])
def test_json_that_is_none(country: Any, content: str | bytes) -> None:
    country.write("datapackage.json", content)
    found = [issue for issue in read_edition(country.folder).issues if issue.rule == "json"]
    assert only(found).file == "datapackage.json"
    assert only(found).facts["reason"]


@pytest.mark.parametrize(
    "setting",
    ["country", "languages", "classification", "metric_crs", "root_region", "root_industry"],
)
def test_a_setting_is_missing_or_of_the_wrong_form(country: Any, setting: str) -> None:
    column = f"atlas.{setting}"
    country.settings(**{setting: None})
    assert country.misread() == [("datapackage.json", None, column, None, "setting")]
    country.settings(**{setting: {"is": "no text"}})
    issue = only(read_edition(country.folder).issues)
    assert (issue.column, issue.value, issue.rule) == (column, "{'is': 'no text'}", "setting_form")
    assert issue.facts["example"].startswith(('"', '["'))


def test_languages_are_a_list(country: Any) -> None:
    country.settings(languages="en")
    assert country.misread() == [
        ("datapackage.json", None, "atlas.languages", "en", "setting_form")
    ]


@pytest.mark.parametrize("value", ["total", "", "Root", 1, ["root"]])
def test_quotient_base(country: Any, value: Any) -> None:
    country.settings(quotient_base=value)
    issue = only(read_edition(country.folder).issues)
    assert (issue.column, issue.value) == ("atlas.quotient_base", str(value))
    assert (issue.rule, issue.facts["allowed"]) == ("one_of", "root, group")


@pytest.mark.parametrize("value", ["EPSG:4326", "EPSG:99999999", "metres", "EPSG:2263"])
def test_the_metric_system_is_in_metres(country: Any, value: str) -> None:
    # Degrees; no system; no system; feet.
    country.settings(metric_crs=value)
    found = [("datapackage.json", None, "atlas.metric_crs", value, "metric_crs")]
    assert country.misread() == found


@pytest.mark.parametrize(
    ("setting", "value", "rule", "nearest"),
    [
        ("root_region", "XTT", "unknown_code", "XT"),
        ("root_industry", "total", "unknown_code", "TOTAL"),
        ("root_region", "XT-N", "one_of", None),
    ],
)
def test_the_roots_are_what_the_settings_say(
    country: Any, setting: str, value: str, rule: str, nearest: str | None
) -> None:
    country.settings(**{setting: value})
    issue = only(country.issues())
    assert (issue.file, issue.column, issue.value, issue.rule) == (
        *("datapackage.json", f"atlas.{setting}", value),
        rule,
    )
    assert issue.facts.get("nearest") == nearest


@pytest.mark.parametrize(
    "name",
    ["../x", "..", ".", "/etc", "a/b", "a\\b", "", "-x", "_", "Ä", "A", "x y", "x\n", "a" * 65, 7],
)
def test_a_name_that_is_no_word(country: Any, name: Any) -> None:
    country.write("datapackage.json", json.dumps({**country.package(), "name": name}))
    assert [issue[:3] for issue in country.misread()] == [("datapackage.json", None, "name")]


# --- files ---------------------------------------------------------------------------------


def test_a_byte_order_mark_and_windows_line_ends(country: Any) -> None:
    for file in [path.name for path in country.folder.glob("*.csv")]:
        country.write(file, b"\xef\xbb\xbf" + country.text(file).replace("\n", "\r\n").encode())
    country.write("datapackage.json", "\ufeff" + country.text("datapackage.json"))
    assert country.found() == []


def test_blank_lines_are_counted_and_passed_over(country: Any) -> None:
    text = country.text("observations.csv").replace("XT-S,A,2020", "\n,,,,,\nXT-S,A,2020")
    country.write("observations.csv", text.replace("XT-S,A,2010,80", "\nXT-S,A,2010,-80") + "\n\n")
    # The last of 14 lines, after three blank ones.
    assert country.found() == [("observations.csv", 17, "employment", "-80", "negative")]


def test_bytes_that_are_no_utf8(country: Any) -> None:
    country.write("firms.csv", country.text("firms.csv").replace("Oven", "Öfen").encode("cp1252"))
    issue = only([issue for issue in country.issues() if issue.rule == "unreadable"])
    assert issue.file == "firms.csv"
    assert "utf-8" in issue.facts["reason"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "No columns"),
        ("region_code,parent_code,level,name_en\nXT,,0,A,B\n", "line 2"),
        ('region_code,parent_code,level,name_en\nXT,,0,"A\n', "row 1"),
    ],
)
def test_a_table_that_is_none(country: Any, content: str, reason: str) -> None:
    country.write("regions.csv", content)
    issue = only([issue for issue in country.issues() if issue.rule == "unreadable"])
    assert issue.file == "regions.csv"
    assert reason in issue.facts["reason"]


def test_a_cell_too_many_in_every_line_moves_nothing(country: Any) -> None:
    lines = country.text("industries.csv").splitlines()
    country.write("industries.csv", "\n".join([lines[0], *(f"{line},more" for line in lines[1:])]))
    assert {issue.rule for issue in country.issues() if issue.file == "industries.csv"} == {
        "unreadable"
    }


def test_a_header_alone(country: Any) -> None:
    country.write("industries.csv", "industry_code,parent_code,name_en\n")
    assert ("industries.csv", None, "parent_code", "", "roots") in country.found()


def test_parquet_instead_of_csv(country: Any) -> None:
    for table in ("observations", "regions", "firms"):
        frame = pd.read_csv(country.folder / f"{table}.csv", keep_default_na=False, na_values=[""])
        country.remove(f"{table}.csv")
        # As pandas writes it: numbers as numbers, the first column as an index.
        frame.set_index(frame.columns[0]).to_parquet(country.folder / f"{table}.parquet")
    assert country.found() == []
    read = read_edition(country.folder).tables["observations"]
    assert (
        read["employment"].sum()
        == pd.read_csv(TOYLAND / "observations.csv")["employment"].sum() - 40
    )
    country.write("regions.parquet", "no parquet at all")
    issue = only([issue for issue in country.issues() if issue.rule == "unreadable"])
    assert issue.file == "regions.parquet"


def test_parquet_with_codes_that_are_numbers(country: Any) -> None:
    codes = {"TOTAL": 1, "A": 2, "C": 3, "C10": 310, "C11": 311}
    for table in ("industries", "observations", "firms", "cluster_industries"):
        frame = pd.read_csv(country.folder / f"{table}.csv")
        for column in set(frame) & {"industry_code", "parent_code"}:
            # A parent that is missing makes the whole column floats: 3.0 is the code "3".
            frame[column] = frame[column].map(codes)
        country.remove(f"{table}.csv")
        frame.to_parquet(country.folder / f"{table}.parquet")
    country.settings(root_industry="1")
    assert country.found() == []
