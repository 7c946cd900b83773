"""Every rule of validation: what is found, in which file, row, column and value."""

from __future__ import annotations

import ast
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas.config import ROOT
from atlas.errors import AtlasError
from atlas.ingest.contracts import TABLES
from atlas.ingest.edition import read_edition
from atlas.ingest.validate import errors, validate
from atlas.model import Issue
from atlas.text import RULES

TOYLAND = ROOT / "tests" / "toyland"


def only(issues: list[Issue]) -> Issue:
    assert len(issues) == 1, issues
    return issues[0]


def test_toyland_is_clean_but_for_one_total() -> None:
    found = only(validate(read_edition(TOYLAND)))
    # XT-N publishes 120, its parts have 50 in A and 50 in C.
    assert (found.file, found.row, found.column) == ("observations.csv", 8, "employment")
    assert (found.value, found.rule, found.severity) == ("120", "totals", "warning")
    facts = dict(found.facts)
    assert facts.pop("difference") == pytest.approx(100 / 120 - 1)
    assert facts == {"measure": "employment", "published": 120, "parts": 100}


def test_georgia_has_warnings_only() -> None:
    found = validate(read_edition(ROOT / "geodata" / "editions" / "georgia"))
    assert errors(found) == []
    assert {issue.rule for issue in found} == {"totals"}
    # As many as tests/test_georgia_edition.py finds straight from the digits.
    columns = [issue.column for issue in found]
    assert (columns.count("employment"), columns.count("turnover")) == (49, 38)


# --- tables and columns --------------------------------------------------------------------


@pytest.mark.parametrize("table", ["regions", "industries", "observations"])
def test_a_needed_table_is_missing(country: Any, table: str) -> None:
    country.remove(f"{table}.csv")
    assert (f"{table}.csv", None, None, None, "table") in country.found()


def test_clusters_need_their_industries(country: Any) -> None:
    country.remove("cluster_industries.csv")
    assert country.found() == [("cluster_industries.csv", None, None, None, "table")]


def test_an_edition_needs_no_clusters_firms_or_institutions(country: Any) -> None:
    for table in ("clusters", "cluster_industries", "firms", "institutions"):
        country.remove(f"{table}.csv")
    for table in ("members", "linkages"):
        country.remove(f"{table}.csv")
    assert country.found() == []


def test_a_needed_column_is_missing(country: Any) -> None:
    country.swap(
        "regions.csv", "region_code,parent_code,level,name_en", "region_code,up,level,name"
    )
    found = country.found()
    assert ("regions.csv", None, "parent_code", None, "column") in found
    assert ("regions.csv", None, "name_en", None, "column") in found


def test_every_needed_column_of_every_table(country: Any) -> None:
    for table in TABLES:
        country.write(f"{table}.csv", "nothing,of,this\n1,2,3\n")
    assert {(issue[0], issue[2]) for issue in country.found() if issue[4] == "column"} == {
        (f"{table}.csv", name)
        for table, contract in TABLES.items()
        for name, column in contract.schema.columns.items()
        if column.required
    }


def test_no_measure_at_all(country: Any) -> None:
    country.swap("observations.csv", "employment,establishments", "jobs,shops")
    issue = only(country.issues())
    assert (issue.file, issue.rule) == ("observations.csv", "no_measure")
    assert "employment, turnover, establishments" in issue.facts["allowed"]


def test_extra_columns_are_kept_whatever_they_are_called(country: Any, tmp_path: Any) -> None:
    # The names that our own queries use inside.
    header, row = "row,value,measure,count", "9,x,y,z"
    for table in ("observations", "regions", "firms"):
        lines = country.text(f"{table}.csv").splitlines()
        lines = [f"{lines[0]},{header}", *(f"{line},{row}" for line in lines[1:])]
        country.write(f"{table}.csv", "\n".join(lines))
    assert country.found() == []
    edition = read_edition(country.folder)
    assert edition.tables["regions"]["row"].tolist() == ["9"] * 6
    assert edition.tables["regions"]["mood"].dropna().tolist() == ["calm"]


def test_a_column_that_is_there_twice(country: Any) -> None:
    country.swap("regions.csv", "population,area_km2", "population,Population")
    issue = only([issue for issue in country.issues() if issue.rule == "unreadable"])
    assert (issue.file, issue.facts["reason"]) == (
        "regions.csv",
        "two columns are called “Population”",
    )


def test_letter_case_and_blanks_of_a_header_do_not_matter(country: Any) -> None:
    country.swap("observations.csv", "region_code,industry_code", "Region_Code, INDUSTRY_CODE ")
    assert country.found() == []


# --- cells ---------------------------------------------------------------------------------

NOT_NUMBERS = [
    *("nan", "NaN", "NA", "N/A", "inf", "-inf", "Infinity", "1e400", "None", "null", "-", ".."),
    *("1 234", "1\u00a0234", "12,5", "1.234,5", "1_000", "−5", "0x10", "1e", "5-", "many", " "),
]


HEADER = "region_code,industry_code,year,employment"


def test_texts_that_are_no_numbers(country: Any) -> None:
    lines = [f'XT-N1,A,{year},"{text}"' for year, text in enumerate(NOT_NUMBERS, start=1990)]
    country.write("observations.csv", "\n".join([HEADER, *lines]))
    assert country.found() == [
        ("observations.csv", row, "employment", text, "number")
        for row, text in enumerate(NOT_NUMBERS, start=2)
    ]


def test_texts_that_are_numbers(country: Any) -> None:
    texts = {"10": 10, " 11 ": 11, "+12": 12, "1.3e1": 13, "14.25": 14.25, "0": 0, "-0": 0}
    lines = [f"XT-N1,A,{year},{text}" for year, text in enumerate(texts, start=1990)]
    country.write("observations.csv", "\n".join([HEADER, *lines]))
    assert country.found() == []
    read = read_edition(country.folder).tables["observations"]["employment"]
    assert read.tolist() == list(texts.values())


def test_codes_that_look_like_missing_are_codes(country: Any) -> None:
    # Namibia is NA, and a sector may be called NULL.
    country.swap("regions.csv", "XT-N1,XT-N,", "NA,XT-N,")
    country.swap("boundaries.geojson", '"XT-N1"', '"NA"')
    text = country.text("observations.csv")
    country.write("observations.csv", text.replace("XT-N1,", "NA,"))
    assert country.found() == []


@pytest.mark.parametrize(
    ("old", "new", "issue"),
    [
        ("XT-N1,A,2020,10,1,", "XT-N1,A,2020,-10,1,", (2, "employment", "-10", "negative")),
        ("XT-N1,A,2020,10,1,", "XT-N1,A,2020.5,10,1,", (2, "year", "2020.5", "whole")),
        ("XT-N1,A,2020,10,1,", "XT-N1,A,20,10,1,", (2, "year", "20", "range")),
        ("XT-N1,A,2020,10,1,", "XT-N1,A,,10,1,", (2, "year", None, "empty")),
        ("XT-N1,A,2020,10,1,", ",A,2020,10,1,", (2, "region_code", None, "empty")),
        ("XT-N1,A,2020,10,1,", "XT-N1,A,2020,1e16,1,", (2, "employment", "1e+16", "range")),
        ("XT-N1,A,2020,10,1,", "XT-N1,A,2020,1,1,Estimated", (2, "status", "Estimated", "one_of")),
        ("XT-N1,A,2020,10,1,", "XT-N1,A,2020,10,1,Secret", (2, "status", "Secret", "one_of")),
        ("XT-N1,A,2020,10,1,", "XT-N,A,2020,10,1,\nXT-N,A,2020,11,1,",
         (3, "region_code, industry_code, year", "XT-N, A, 2020", "unique")),
    ],
)  # fmt: skip
def test_a_cell_that_is_wrong(country: Any, old: str, new: str, issue: tuple[Any, ...]) -> None:
    country.swap("observations.csv", old, new)
    assert country.found() == [("observations.csv", *issue)]


def test_sentences_know_the_bounds_and_the_words(country: Any) -> None:
    country.swap("observations.csv", "XT-N1,A,2020,10,1,", "XT-N1,A,20,10,1,secret")
    facts = {issue.rule: issue.facts for issue in country.issues()}
    assert facts["range"] == {"low": "1000", "high": "3000"}
    assert facts["one_of"] == {"allowed": "suppressed, estimated"}


def test_value_added_may_be_negative(country: Any) -> None:
    country.swap("observations.csv", "establishments", "gross_value_added")
    country.swap("observations.csv", "XT-N1,A,2020,10,1,", "XT-N1,A,2020,10,-1,")
    assert country.found() == []


#: One of everything wrong with the cells of the other tables: a passage, what is put in its place,
#: and what is found.
SPOILT = [
    ("firms", "Harbour,1.0,0.5,place", "Harbour,181,0.5,place", (2, "lon", "181", "range")),
    ("firms", "oven,=1+1 Oven", "mill,=1+1 Oven", (3, "firm_id", "mill", "unique")),
    ("firms", "XT-S,,,,region", "XT-S,,,-90.5,street", (3, "lat", "-90.5", "range")),
    ("firms", "-90.5,street", "-90.5,street", (3, "location_precision", "street", "one_of")),
    ("institutions", "university", "school", (3, "type", "school", "one_of")),
    ("clusters", "emerging", "born", (2, "stage", "born", "one_of")),
    ("clusters", "born,1,", "born,0.5,", (2, "rank", "0.5", "range")),
    ("clusters", "born,0.5,", "born,0.5,", (2, "rank", "0.5", "whole")),
    ("members", "firm,oven", "farm,oven", (3, "member_kind", "farm", "one_of")),
    ("linkages", "membership,", "membership,-1", (2, "weight", "-1", "negative")),
    ("regions", "XT-E,XT,1,East", "XT-E,XT,12,East", (5, "level", "12", "range")),
    ("regions", "1000,24700", "-1,24700", (3, "population", "-1", "negative")),
    ("regions", "XT-E,XT,12,East", "XT-E,XT,12,", (5, "name_en", None, "empty")),
]


def test_cells_of_other_tables(country: Any) -> None:
    for table, old, new, _ in SPOILT:
        country.swap(f"{table}.csv", old, new)
    assert set(country.found()) >= {(f"{table}.csv", *issue) for table, _, _, issue in SPOILT}


# --- codes and trees -----------------------------------------------------------------------


#: Codes that are nowhere: a passage, what is put in its place, where it is found, the nearest.
ASTRAY = [
    ("observations", "XT-S,C,2020", "XT-Z,C,2020", (11, "region_code", "XT-Z"), "XT-S"),
    ("observations", "XT-S,C10,2020", "XT-S,C1,2020", (12, "industry_code", "C1"), "C11"),
    ("regions", "XT-N1,XT-N,", "XT-N1,XT-n,", (6, "parent_code", "XT-n"), "XT-N"),
    ("industries", "C11,C,", "C11,c,", (6, "parent_code", "c"), "C"),
    ("clusters", "XT-S,emerging", "xt s,emerging", (2, "region_code", "xt s"), "XT-S"),
    ("clusters", "1,food-club", "1,foodclub", (2, "cmo_id", "foodclub"), "food-club"),
    ("cluster_industries", "C10", "C1", (2, "industry_code", "C1"), "C11"),
    ("cluster_industries", "food-south", "food", (2, "cluster_id", "food"), "food-south"),
    ("members", "firm,oven", "institution,oven", (3, "member_id", "oven"), "food-club"),
    ("members", "firm,mill", "firm,mil", (2, "member_id", "mil"), "mill"),
    ("linkages", "firm,mill,inst", "firm,milk,inst", (2, "from_id", "milk"), "mill"),
    (
        "linkages",
        "institution,food-club,mem",
        "firm,food-club,mem",
        (2, "to_id", "food-club"),
        "mill",
    ),
]


def test_unknown_codes(country: Any) -> None:
    for table, old, new, *_ in ASTRAY:
        country.swap(f"{table}.csv", old, new)
    issues = country.issues()
    assert {issue.rule for issue in issues} == {"unknown_code"}
    assert [
        (issue.file, issue.row, issue.column, issue.value, issue.facts["nearest"])
        for issue in sorted(issues, key=lambda issue: (issue.file, issue.row, issue.column))
    ] == sorted((f"{table}.csv", *place, nearest) for table, _, _, place, nearest in ASTRAY)


def test_two_roots(country: Any) -> None:
    country.swap("industries.csv", "C,TOTAL,", "C,,")
    issue = only(country.issues())
    assert (issue.file, issue.column, issue.value) == ("industries.csv", "parent_code", "TOTAL, C")
    assert (issue.rule, issue.facts["count"]) == ("roots", 2)


def test_no_root(country: Any) -> None:
    country.swap("industries.csv", "TOTAL,,", "TOTAL,C,")
    found = country.found()
    assert ("industries.csv", None, "parent_code", "", "roots") in found
    assert ("industries.csv", 2, "parent_code", "TOTAL", "loop") in found
    assert ("industries.csv", 4, "parent_code", "C", "loop") in found


def test_parents_that_go_round(country: Any) -> None:
    country.swap("regions.csv", "XT-N,XT,1,", "XT-N,XT-N2,1,")
    found = [issue for issue in country.found() if issue[4] == "loop"]
    assert found == [
        ("regions.csv", 3, "parent_code", "XT-N", "loop"),
        ("regions.csv", 7, "parent_code", "XT-N2", "loop"),
    ]


def test_a_region_that_is_its_own_parent(country: Any) -> None:
    country.swap("regions.csv", "XT-E,XT,1,", "XT-E,XT-E,1,")
    assert ("regions.csv", 5, "parent_code", "XT-E", "loop") in country.found()


@pytest.mark.parametrize(
    ("old", "new", "row", "value"),
    [
        ("XT,,0,", "XT,,1,", 2, "1"),
        ("XT-E,XT,1,", "XT-E,XT,0,", 5, "0"),
        ("XT-N1,XT-N,2,", "XT-N1,XT-N,1,", 6, "1"),
    ],
)
def test_a_level_that_does_not_fit_the_tree(
    country: Any, old: str, new: str, row: int, value: str
) -> None:
    country.swap("regions.csv", old, new)
    assert ("regions.csv", row, "level", value, "level") in country.found()


# --- content -------------------------------------------------------------------------------


def test_a_total_within_a_hundredth_is_no_finding(country: Any) -> None:
    country.swap("observations.csv", "XT-S,TOTAL,2020,200", "XT-S,TOTAL,2020,202")
    assert country.found() == []
    country.swap("observations.csv", "XT-S,TOTAL,2020,202", "XT-S,TOTAL,2020,203")
    issue = only(country.issues())
    assert (issue.row, issue.column, issue.value) == (9, "employment", "203")
    assert (issue.rule, issue.severity) == ("totals", "warning")
    assert (issue.facts["parts"], issue.facts["published"]) == (200, 203)


def test_a_suppressed_part_explains_a_larger_total_but_not_a_smaller_one(country: Any) -> None:
    country.swap("observations.csv", "XT-S,C10,2020,60", "XT-S,C10,2020,150")
    rules = [(issue.rule, issue.row, issue.facts.get("parts")) for issue in country.issues()]
    assert rules == [("totals", 11, 150)]


def test_a_part_larger_than_the_whole(country: Any) -> None:
    country.swap("observations.csv", "XT-S,TOTAL,2020,200", "XT-S,TOTAL,2020,90")
    found = [issue for issue in country.issues() if issue.rule == "shares"]
    assert [(issue.row, issue.value) for issue in found] == [(10, "100"), (11, "100")]
    assert {issue.severity for issue in found} == {"warning"}


def test_a_published_zero_with_parts(country: Any) -> None:
    country.swap("observations.csv", "XT-S,TOTAL,2020,200", "XT-S,TOTAL,2020,0")
    found = {issue.rule: issue for issue in country.issues()}
    assert (found["totals"].value, found["totals"].facts["parts"]) == ("0", 200)


# --- boundaries ----------------------------------------------------------------------------


def test_a_boundary_file_that_cannot_be_read(country: Any) -> None:
    country.write("boundaries.geojson", "{")
    issue = only(country.issues())
    assert (issue.file, issue.rule, issue.severity) == ("boundaries.geojson", "boundaries", "error")
    assert issue.facts["kind"] == "boundaries_unreadable"
    country.swap("boundaries.geojson", "{", '{"type": "FeatureCollection", "features": []}')
    assert only(country.issues()).rule == "boundaries"


def test_codes_without_a_boundary_are_a_warning(country: Any) -> None:
    country.swap("boundaries.geojson", '"XT-N1"', '"XT-X1"')
    issue = only(country.issues())
    assert (issue.file, issue.row, issue.column, issue.value, issue.rule, issue.severity) == (
        *("regions.csv", 6, "region_code", "XT-N1"),
        *("boundary", "warning"),
    )


def test_boundaries_of_another_country(country: Any) -> None:
    text = country.text("boundaries.geojson")
    country.write("boundaries.geojson", text.replace("XT-", "XX-"))
    issue = only(country.issues())
    assert (issue.file, issue.rule, issue.severity) == (
        *("boundaries.geojson", "no_boundaries"),
        "error",
    )


def test_shipped_boundaries_of_no_country(country: Any) -> None:
    country.remove("boundaries.geojson")
    country.settings(boundaries={"world_admin1": "XT"})
    issue = only(country.issues())
    assert (issue.file, issue.column, issue.value) == (
        *("datapackage.json", "atlas.boundaries"),
        "XT",
    )
    assert (issue.rule, issue.facts["kind"]) == ("boundaries", "unknown_country")
    country.settings(boundaries="GE")
    assert ("datapackage.json", None, "atlas.boundaries", "GE", "setting_form") in country.found()


# --- whatever comes ------------------------------------------------------------------------

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
SETTING_NAMES = [
    *("country", "languages", "classification", "metric_crs", "root_region", "root_industry"),
    *("quotient_base", "boundaries"),
]


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(
    name=st.just("toyland") | anything,
    changed=st.dictionaries(st.sampled_from(SETTING_NAMES), anything, min_size=1, max_size=3),
)
def test_no_setting_breaks_validation(country: Any, name: Any, changed: dict[str, Any]) -> None:
    package = json.loads((TOYLAND / "datapackage.json").read_text(encoding="utf-8"))
    package = {**package, "name": name, "atlas": {**package["atlas"], **changed}}
    country.write("datapackage.json", json.dumps(package))
    assert all(isinstance(issue, Issue) for issue in validate(read_edition(country.folder)))


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from(sorted(path.name for path in TOYLAND.glob("*.csv"))),
    st.binary(max_size=80) | st.text(max_size=80).map(str.encode),
    st.integers(0, 400),
)
def test_no_bytes_break_validation(country: Any, file: str, junk: bytes, at: int) -> None:
    content = (TOYLAND / file).read_bytes()
    country.write(file, content[:at] + junk + content[at:])
    try:
        assert all(isinstance(issue, Issue) for issue in country.issues())
    except AtlasError as error:
        pytest.fail(f"{file} raised {error}")
    finally:
        country.write(file, content)


def test_every_rule_has_a_sentence() -> None:
    reported = {path.stem for path in (ROOT / "queries" / "checks").glob("*.sql")}
    for path in (ROOT / "atlas" / "ingest").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = (
                node.func.attr
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
                else ""
            )
            if called == "report" and isinstance(node.args[0], ast.Constant):  # type: ignore[union-attr]
                reported.add(node.args[0].value)  # type: ignore[union-attr]
            for keyword in node.keywords if isinstance(node, ast.Call) else []:
                if keyword.arg == "error":
                    # Rules of a contract are the error words of its checks.
                    words = [n for n in ast.walk(keyword.value) if isinstance(n, ast.Constant)]
                    reported |= {word.value for word in words if isinstance(word.value, str)}
    assert reported >= {"totals", "shares", "table", "negative", "one_of", "loop", "no_boundaries"}
    assert reported | {"number"} == set(RULES)
