"""Every query file says what it does, does what it says, and is used."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from atlas.config import ROOT
from atlas.ingest.edition import read_edition
from atlas.ingest.tables import FOLDERS, create_tables
from atlas.model import Release
from atlas.store import database

NAMES = sorted(f"{path.parent.name}/{path.stem}" for path in (ROOT / "queries").glob("*/*.sql"))
#: Run in order over a whole folder; all others are called by name, on a release.
IN_ORDER = (*FOLDERS, "checks")
#: Asked of a file or an edition, not of a release: tested with the code that runs them.
OF_A_FILE = ("cube/", "intake/", "confidentiality/contributors", "confidentiality/figures")
ASKED = [name for name in NAMES if not name.startswith((*IN_ORDER, *OF_A_FILE))]
#: Values of toyland for every parameter that a query may have.
VALUES: dict[str, Any] = {
    "beside": ["location_quotient"],
    "cluster": "food-south",
    "ids": ["mill", "food-club"],
    "industry": "A",
    "kind": "firm",
    "level": 1,
    "measure": "employment",
    "member": "mill",
    "metric": "amount",
    "metrics": ["amount", "size"],
    "region": "XT-S",
    "since": 2010,
    "year": 2020,
    "years": [2010, 2020],
}


def columns_of(frame_columns: list[str], query: database.Query) -> list[str]:
    """The columns that a query gives, those of the edition left out where the header says so."""
    if not query.and_own:
        return frame_columns
    return [column for column in frame_columns if column in query.columns]


def test_all_files_lie_where_they_are_found() -> None:
    files = {path.relative_to(ROOT / "queries") for path in (ROOT / "queries").rglob("*.*")}
    assert files == {Path(f"{name}.sql") for name in NAMES}
    assert {name.split("/")[0] for name in NAMES} >= {*IN_ORDER, "map", "choices", "measure"}


@pytest.mark.parametrize("name", NAMES)
def test_every_query_is_described(name: str) -> None:
    query = database.query(name)
    assert len(query.about) > 15
    assert query.about.endswith(".")
    assert query.header["grain"].startswith("one row per")
    assert query.columns or query.and_own
    assert all(re.fullmatch(r"[a-z0-9_]+", word) for word in (*query.params, *query.columns))


@pytest.mark.parametrize("name", NAMES)
def test_one_statement_with_the_parameters_it_declares(name: str) -> None:
    query = database.query(name)
    (statement,) = duckdb.extract_statements(query.sql)
    assert set(statement.named_parameters) == set(query.params)


@pytest.mark.parametrize("name", ASKED)
def test_a_query_gives_the_columns_it_declares(name: str, toyland: Release) -> None:
    query = database.query(name)
    frame = database.run(name, toyland, **{param: VALUES[param] for param in query.params})
    found = list(frame.columns)
    assert sorted(columns_of(found, query)) == sorted(query.columns)
    if query.and_own:
        return
    assert found == list(query.columns)
    assert len(frame) > 0


@pytest.mark.parametrize("name", ASKED)
def test_a_query_takes_nothing_for_an_answer(name: str, toyland: Release) -> None:
    query = database.query(name)
    frame = database.run(name, toyland, **dict.fromkeys(query.params))
    assert sorted(columns_of(list(frame.columns), query)) == sorted(query.columns)


@pytest.fixture(scope="module")
def built() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    create_tables(read_edition(ROOT / "tests" / "toyland"), connection)
    return connection


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith(FOLDERS)])
def test_a_table_of_a_release_has_the_columns_it_declares(
    name: str, built: duckdb.DuckDBPyConnection
) -> None:
    query = database.query(name)
    table = re.sub(r"^\w+/\d+_", "", name)
    made = re.search(r"^(?:create (?:table|view)|insert into) (\w+)", query.sql, re.MULTILINE)
    assert made is not None
    assert made.group(1) == table
    assert tuple(built.table(table).columns) == query.columns
    # The figures come after all of them, part by part.
    assert built.table(table).shape[0] > 0 or table == "figures"


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("checks")])
def test_a_check_returns_what_a_report_needs(name: str, built: duckdb.DuckDBPyConnection) -> None:
    query = database.query(name)
    assert query.header["severity"] in ("error", "warning")
    assert query.header["file"] == "observations"
    assert query.columns[:3] == ("row", "column", "value")
    assert tuple(built.execute(query.sql).df().columns) == query.columns


def test_every_query_is_called_by_its_name() -> None:
    sources = [ROOT / "app.py", *(ROOT / "atlas").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    called = set(re.findall(r'"(\w+/\w+)"', code))
    of_files = {name for name in NAMES if name.startswith(OF_A_FILE)}
    assert {*ASKED, *of_files} - called == set()
    assert '"checks"' in code


def test_header_grammar() -> None:
    query = database.query("measure/cells")
    assert query.about == "One metric for every cell of a level, missing cells included."
    assert set(query.params) == {"metric", "measure", "level", "region", "industry", "year"}
    assert query.columns == ("region_code", "industry_code", "year", "value", "status")
    assert not query.and_own
    assert database.query("choices/regions").and_own
