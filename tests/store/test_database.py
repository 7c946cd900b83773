"""One locked-down, read-only connection per release, a cursor per call."""

from __future__ import annotations

import threading
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from atlas.config import settings
from atlas.errors import QueryError, ReleaseError
from atlas.model import Release
from atlas.store import database


def test_a_query_by_name(toyland: Release) -> None:
    frame = database.run("choices/regions", toyland)
    assert list(frame["region_code"]) == ["XT", "XT-E", "XT-N", "XT-S", "XT-N1", "XT-N2"]
    trend = database.run(
        "region/trend", toyland, region="XT-S", measure="employment", industry="A"
    ).set_index(["metric", "year"])["value"]
    assert trend["amount", 2010] == 80
    assert trend["amount", 2020] == 100
    assert trend["growth", 2020] == 0.25


def test_values_are_bound_never_pasted(toyland: Release) -> None:
    frame = database.run("cluster/firms", toyland, cluster="food-south' or 'x' = 'x")
    assert len(frame) == 0
    assert len(database.run("cluster/firms", toyland, cluster="food-south")) == 2


def test_wrong_calls(toyland: Release) -> None:
    for name, params in (
        ("map/nowhere", {}),
        ("../../etc/passwd", {}),
        ("cluster/firms", {}),
        ("cluster/firms", {"cluster": "food-south", "more": 1}),
    ):
        with pytest.raises(QueryError) as raised:
            database.run(name, toyland, **params)
        assert raised.value.kind == "no_query"
        assert name in raised.value.facts["name"]


def test_one_connection_per_release(toyland: Release, georgia: Release) -> None:
    assert database.connection(toyland.path) is database.connection(toyland.path)
    assert database.connection(toyland.path) is not database.connection(georgia.path)


LOCKED_OUT = [
    # Other files of the server, to read or to write.
    "from read_csv('/etc/passwd', header = false)",
    "from read_text('/etc/hostname')",
    "from read_blob('{folder}/manifest.json')",
    "from glob('/etc/*')",
    "from '{folder}/regions.parquet'",
    "copy (select 1) to '{folder}/out.csv'",
    "export database '{folder}/out'",
    "attach '{folder}/other.duckdb'",
    "attach ':memory:' as other; create table other.t as from read_text('/etc/hostname')",
    "install httpfs",
    "load httpfs",
    # The release itself.
    "create table more as select 1",
    "update figures set value = 0",
    "delete from figures",
    "drop table figures",
    # The lock.
    "set enable_external_access = true",
    "set lock_configuration = false",
    "set memory_limit = '1TB'",
    "set threads = 64",
    "reset memory_limit",
    "set temp_directory = '{folder}'",
    "set allowed_directories = ['/']",
]


@pytest.mark.parametrize("statement", LOCKED_OUT)
def test_the_connection_is_locked_down(toyland: Release, statement: str) -> None:
    before = sorted(path.name for path in toyland.path.iterdir())
    with database.connection(toyland.path).cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(statement.format(folder=toyland.path))
    assert sorted(path.name for path in toyland.path.iterdir()) == before


def test_limits_are_those_of_the_settings(toyland: Release) -> None:
    with database.connection(toyland.path).cursor() as cursor:
        stated = dict(
            cursor.execute(
                "select name, value from duckdb_settings()"
                " where name in ('threads', 'access_mode', 'enable_external_access')"
            ).fetchall()
        )
    assert stated == {
        "threads": str(settings().threads),
        "access_mode": "read_only",
        "enable_external_access": "false",
    }


def test_a_folder_without_a_database(tmp_path: Path) -> None:
    release = Release("toyland", "1.0.0-none", tmp_path / "1.0.0-none", {})
    with pytest.raises(ReleaseError) as raised:
        database.run("choices/regions", release)
    assert raised.value.kind == "release_unreadable"
    # A failure is not remembered: once it is there, it is read.
    release.path.mkdir()
    with duckdb.connect(str(release.path / database.DATABASE)) as connection:
        connection.execute("create table industries (industry_code text, parent_code text)")
    assert len(database.run("choices/industries", release)) == 0


def test_eight_threads_get_their_own_answers(georgia: Release) -> None:
    industries = ["A", "B", "C", "D", "E", "F", "G", "H"]
    years = range(2013, 2023)

    def ask(industry: str, year: int) -> pd.DataFrame:
        return database.run("map/slice", georgia, industry=industry, year=year, since=year)

    alone = {(industry, year): ask(industry, year) for industry in industries for year in years}
    assert alone["C", 2022].equals(ask("C", 2022))
    assert not alone["C", 2022].equals(alone["A", 2022])
    wrong: list[object] = []
    ready = threading.Barrier(len(industries))

    def work(first: int) -> None:
        ready.wait()
        try:
            for turn in range(50):
                industry = industries[(first + turn) % len(industries)]
                year = years[(3 * first + turn) % len(years)]
                if not ask(industry, year).equals(alone[industry, year]):
                    wrong.append((industry, year))
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(first,)) for first in range(len(industries))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
