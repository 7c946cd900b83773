"""A suppressed figure is nowhere in a release: not in a table, not in the bytes of a file."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest

from atlas.config import ROOT
from atlas.ingest.build import build
from atlas.model import Release
from atlas.store import database, releases

#: Toyland's secret is 40, but 40 is also what XT-N2 publishes: one that nobody else has.
SECRET = 4815162.375


@pytest.fixture(scope="module")
def with_secret(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Toyland, XT-S's suppressed figures of drinks being SECRET, its parents not published."""
    folder = shutil.copytree(ROOT / "tests" / "toyland", tmp_path_factory.mktemp("s") / "edition")
    table = folder / "observations.csv"
    text = table.read_text(encoding="utf-8")
    old = "XT-S,C11,2020,40,1,suppressed"
    assert old in text
    text = text.replace(old, f"XT-S,C11,2020,{SECRET},{SECRET},suppressed")
    text = text.replace("XT-S,C,2020,100,,estimated\n", "").replace("XT-S,TOTAL,2020,200,,\n", "")
    table.write_text(text, encoding="utf-8")
    home = folder.parent / "home"
    return releases.find("toyland", build(folder, home), home)


def rows(release: Release, table: str) -> list[tuple[object, ...]]:
    with database.connection(release.path).cursor() as cursor:
        return cursor.execute("from query_table($table)", {"table": table}).fetchall()


def tables(release: Release) -> list[str]:
    with database.connection(release.path).cursor() as cursor:
        return [str(name) for (name,) in cursor.execute("show tables").fetchall()]


def test_toylands_suppressed_cell_has_no_figure_in_any_table(toyland: Release) -> None:
    seen = set()
    for table in tables(toyland):
        for row in rows(toyland, table):
            if {"XT-S", "C11"} <= set(row):
                seen.add(table)
                assert not {40, "40"} & set(row), (table, row)
                assert "suppressed" in row, (table, row)
    assert seen >= {"observations", "stated", "cells", "figures", "terms"}


def test_the_cell_is_said_to_be_suppressed_for_every_figure(toyland: Release) -> None:
    frame = database.run("map/slice", toyland, industry="C11", year=2020, since=2020)
    own = frame[frame["region_code"] == "XT-S"]
    assert set(own["status"]) == {"suppressed"}
    assert own["value"].isna().all()
    assert {"amount", "location_quotient", "size", "focus", "growth"} <= set(own["metric"])
    assert set(own["measure"]) == {"employment", "establishments"}


def test_a_secret_is_in_no_table(with_secret: Release) -> None:
    for table in tables(with_secret):
        for row in rows(with_secret, table):
            numbers = [value for value in row if isinstance(value, (int, float))]
            # Nor in a sum: everything else in toyland is far below.
            assert all(abs(value) < 4_800_000 for value in numbers), (table, row)
            assert not any(str(SECRET) in str(value) for value in row), (table, row)


def test_a_secret_is_in_no_file(with_secret: Release) -> None:
    whole = int(SECRET)
    forms = [
        *(struct.pack("<d", SECRET), struct.pack(">d", SECRET), struct.pack("<f", SECRET)),
        *(str(SECRET).encode(), str(whole).encode()),
    ]
    files = sorted(with_secret.path.rglob("*"))
    assert Path(with_secret.path / "atlas.duckdb") in files
    for file in files:
        content = file.read_bytes()
        assert not [form for form in forms if form in content], file.name
