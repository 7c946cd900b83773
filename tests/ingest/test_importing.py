"""Importing: what is asked, what is accepted, what is written, and that nothing is written else."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet
import pytest
import shapely

from atlas.config import ROOT
from atlas.errors import AtlasError
from atlas.ingest import apart, writing
from atlas.ingest.importing import find_edition, import_file
from atlas.ingest.memory import FILE
from atlas.ingest.placing import regions_of_points
from atlas.ingest.report import Report
from atlas.ingest.wishes import Wishes
from atlas.store.boundaries import world_regions

GEORGIA = ROOT / "geodata" / "editions" / "georgia"
ACCEPT: dict[str, Any] = {"accept_columns": True, "accept_names": True}


@pytest.fixture
def toyland(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests" / "toyland", tmp_path / "toyland"))


@pytest.fixture
def bare(toyland: Path) -> Path:
    """Toyland without firms and who speaks of them."""
    for table in ("firms", "members", "linkages", "institutions"):
        (toyland / f"{table}.csv").unlink()
    return toyland


def bring(folder: Path, text: str, table: str = "observations", **wishes: Any) -> Report:
    path = folder.parent / "source.csv"
    path.write_text(text, encoding="utf-8")
    return import_file(path, folder, Wishes(table, **wishes))


def rules(report: Report, severity: str = "error") -> dict[str, int]:
    return {rule: count for (kind, rule), count in report.counts.items() if kind == severity}


# --- figures -------------------------------------------------------------------------------


def test_georgia_brought_in_again_is_the_same(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(GEORGIA, tmp_path / "georgia"))
    report = import_file(
        GEORGIA / "observations.csv", folder,
        Wishes("observations", accepted={"overwritten": "the same once more"}),
    )  # fmt: skip
    assert rules(report) == {}
    # The totals that Georgia's own figures always had are no news.
    assert set(rules(report, "warning")) == {"overwritten"}
    before, after = (pd.read_csv(path / "observations.csv") for path in (GEORGIA, folder))
    key = ["region_code", "industry_code", "year"]
    pd.testing.assert_frame_equal(
        after.sort_values(key, ignore_index=True)[before.columns],
        before.sort_values(key, ignore_index=True),
        check_dtype=False,
    )


def test_what_every_row_has_alike(toyland: Path) -> None:
    report = bring(toyland, "region_code,employment\nXT-N,5\nXT-S,6\n",
                   constants={"year": "2019", "industry_code": "A"})  # fmt: skip
    assert report.written == 15
    rows = pd.read_csv(toyland / "observations.csv")
    assert rows.loc[rows["year"] == 2019, ["region_code", "industry_code", "employment"]].to_numpy(
    ).tolist() == [["XT-N", "A", 5], ["XT-S", "A", 6]]  # fmt: skip


def test_a_row_without_a_region_is_an_error_and_not_left_out(toyland: Path) -> None:
    report = bring(toyland, "region_code,industry_code,year,employment\n,A,2019,5\nXT-S,,2019,6\n")
    assert [
        (one.rule, one.row, one.column) for one in report.issues if one.severity == "error"
    ] == [
        ("empty", 2, "region_code"),
        ("empty", 3, "industry_code"),
    ]
    assert report.written is None


def test_a_field_without_a_column_is_an_error(toyland: Path) -> None:
    report = bring(toyland, "region_code,employment\nXT-N,5\n")
    assert rules(report) == {"no_column": 2}
    assert [issue.column for issue in report.issues] == ["industry_code", "year"]


def test_signs_for_missing_and_suppressed(toyland: Path) -> None:
    text = "region_code,industry_code,2018,2019\nXT-N,A,…,5\nXT-S,A,c,-\n"
    refused = bring(toyland, text, "employment")
    assert rules(refused) == {"number": 3}
    report = bring(toyland, text, "employment", missing=frozenset("…-"),
                   suppressed=frozenset("c"))  # fmt: skip
    assert report.written == 15
    rows = pd.read_csv(toyland / "observations.csv").set_index(["region_code", "year"])
    assert rows.loc[("XT-N", 2019), "employment"] == 5
    assert ("XT-N", 2018) not in rows.index
    assert rows.loc[("XT-S", 2018), "status"] == "suppressed"
    assert np.isnan(rows.loc[("XT-S", 2018), "employment"])


def test_suppressed_figures_that_are_there_are_not_lost(toyland: Path) -> None:
    bring(toyland, "region_code,industry_code,year,employment\nXT-N,A,2019,5\n")
    rows = pd.read_csv(toyland / "observations.csv")
    hidden = rows[rows["status"] == "suppressed"]
    assert hidden[["region_code", "industry_code", "employment"]].to_numpy().tolist() == [
        ["XT-S", "C11", 40]
    ]


def test_names_and_columns_are_stated(toyland: Path) -> None:
    text = "where,industry_code,year,employment\nUp there,A,2019,5\n"
    assert rules(bring(toyland, text)) == {"no_column": 1}
    report = bring(toyland, text, columns={"where": "region_code"})
    assert rules(report) == {"unknown_name": 1}
    stated: dict[str, Any] = {
        "columns": {"where": "region_code"}, "names": {"Up there": "XT-N"}
    }  # fmt: skip
    assert bring(toyland, text, **stated).written == 14
    # Both are remembered: the next year comes in by itself.
    again = bring(toyland, text.replace("2019", "2018"))
    assert (again.written, again.waiting) == (15, [])
    for names, kind in (({"Nowhere": "XT-N"}, "unknown_word"), ({"Up there": "X"}, "unknown_code")):
        with pytest.raises(AtlasError) as wrong:
            bring(toyland, text, names=names)
        assert wrong.value.kind == kind


def test_a_new_difference_of_totals_is_a_warning(toyland: Path) -> None:
    text = "region_code,industry_code,year,employment\nXT-N,A,2019,5\nXT-N,TOTAL,2019,100\n"
    report = bring(toyland, text)
    assert (report.written, report.waiting) == (None, ["totals"])
    (issue,) = [issue for issue in report.issues if issue.rule == "totals"]
    assert (issue.file, issue.row, issue.column, issue.value) == (
        "source.csv", 3, "employment", "100",
    )  # fmt: skip
    report = bring(toyland, text, accepted={"totals": "only farming was counted"})
    assert report.written == 15
    memory = json.loads((toyland / FILE).read_text(encoding="utf-8"))
    assert memory["imports"][0]["accepted"] == {"totals": "only farming was counted"}


def test_coverage(toyland: Path) -> None:
    report = bring(toyland, "region_code,industry_code,year,employment\nXT-N,A,2018,5\n"
                            "XT-N,A,2019,\nXT-S,C,2019,7\n", check_only=True)  # fmt: skip
    assert report.coverage == {
        "regions": 2, "of_regions": 5, "regions_without": ["XT-E", "XT-N1", "XT-N2"],
        "industries": 2, "of_industries": 5, "years": [2018, 2019], "cells": {"employment": 2},
    }  # fmt: skip
    assert (report.ready, report.written) == (True, None)


def test_errors_elsewhere_do_not_stand_in_the_way(toyland: Path) -> None:
    with (toyland / "industries.csv").open("a") as file:
        file.write("Z,NOWHERE,Nothing,\n")
    text = "region_code,industry_code,year,employment\nXT-N,A,2019,5\nXT-N,TOTAL,2019,100\n"
    report = bring(toyland, text)
    assert report.written == 15
    (issue,) = report.issues
    assert (issue.rule, issue.severity, issue.facts) == ("not_compared", "note", {"count": 1})


@pytest.mark.parametrize(
    ("wishes", "kind"),
    [
        ({"table": "observation"}, "unknown_table"),
        ({"table": "observations", "header": 9}, "unknown_header"),
        ({"table": "observations", "constants": {"yaer": "1"}}, "unknown_field"),
    ],
)
def test_wrong_wishes(toyland: Path, wishes: dict[str, Any], kind: str) -> None:
    path = toyland.parent / "a.csv"
    path.write_text("region_code,industry_code,year,employment\nXT-N,A,2018,5\n")
    with pytest.raises(AtlasError) as wrong:
        import_file(path, toyland, Wishes(**wishes))
    assert wrong.value.kind == kind


# --- firms ---------------------------------------------------------------------------------


def test_firms_are_located_by_code_then_place_then_point(bare: Path) -> None:
    rows = [
        "1,One,XT-N,,,",
        "2,Two,north,,2.5,0.5",  # the name stands before the point
        "3,Three,,South & <b>Sea</b>,,",
        "4,Four,,,2.5,0.5",
        "5,Five,,Elsewhere,,",
        "6,Six,,,50,50",
    ]
    text = "\n".join(["firm_id,name,region_code,place,lon,lat", *rows])
    report = bring(bare, text, "firms")
    assert report.located == {"code": 2, "place": 1, "point": 1, "none": 2}
    assert rules(report, "warning") == {"not_located": 2}
    assert [issue.row for issue in report.issues if issue.rule == "not_located"] == [6, 7]
    report = bring(bare, text, "firms", accepted={"not_located": "abroad"})
    firms = pd.read_csv(bare / "firms.csv").set_index("firm_id")
    assert firms["region_code"].fillna("").to_dict() == {
        1: "XT-N", 2: "XT-N", 3: "XT-S", 4: "XT-E", 5: "", 6: "",
    }  # fmt: skip


def test_finer_industries_of_firms_are_kept_beside(bare: Path) -> None:
    text = "firm_id,name,region_code,industry_code\n1,One,XT-N,C10\n2,Two,XT-N,C10.51\n"
    assert bring(bare, text, "firms").written == 2
    written = (bare / "firms.csv").read_text(encoding="utf-8").splitlines()
    assert written == [
        "firm_id,name,industry_code,region_code,industry_code_given",
        "1,One,C10,XT-N,",
        "2,Two,C10,XT-N,C10.51",
    ]


def test_duplicates_of_firms(bare: Path) -> None:
    rows = [
        "1,Wine House Ltd,XT-N",
        "1,Another,XT-N",
        "2,WINE HOUSE LTD,XT-N",
        "3,Wine-House LLC,XT-N",
        "4,Wine House Ltd,XT-S",  # elsewhere: not the same
        "5,Mill Number 1,XT-N",
        "6,Mill Number 2,XT-N",  # another digit: not the same
        "7,Bakery of the North,XT-N",
        "8,Bakery of the Nort,XT-N",
    ]
    report = bring(bare, "\n".join(["firm_id,name,region_code", *rows]), "firms")
    found = [(i.rule, i.severity, i.row, i.value, i.facts["first"]) for i in report.issues]
    assert found == [
        ("unique", "error", 3, "1", 2),
        ("same_firm", "warning", 4, "WINE HOUSE LTD", 2),
        ("like_firm", "warning", 5, "Wine-House LLC", 4),
        ("like_firm", "warning", 9, "Bakery of the North", 10),
    ]
    assert report.written is None


def test_members_that_would_lose_their_firm(toyland: Path) -> None:
    report = bring(toyland, "firm_id,name,region_code\nnew,New,XT-N\n", "firms")
    assert rules(report)["unknown_code"] >= 1
    assert {issue.file for issue in report.issues if issue.rule == "unknown_code"} <= {
        "members.csv", "linkages.csv",
    }  # fmt: skip


def test_a_large_register_is_written_as_parquet(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "MOST_CSV", 1)
    assert bring(bare, "firm_id,name,region_code\n1,A,XT-N\n", "firms").target == "firms.csv"
    text = "firm_id,name,region_code,employment\n1,A,XT-N,3\n2,B,XT-S,\n"
    report = bring(bare, text, "firms", accepted={"replaced": "a newer register"})
    assert report.target == "firms.parquet"
    assert not (bare / "firms.csv").exists()
    rows = pyarrow.parquet.read_table(bare / "firms.parquet").to_pylist()
    assert rows == [
        {"firm_id": "1", "name": "A", "region_code": "XT-N", "employment": 3.0},
        {"firm_id": "2", "name": "B", "region_code": "XT-S", "employment": None},
    ]


def test_points_lie_where_a_spatial_join_puts_them() -> None:
    shapes = world_regions("GE")
    west, south, east, north = shapes.total_bounds
    chance = np.random.default_rng(6)
    lon, lat = chance.uniform(west, east, 3000), chance.uniform(south, north, 3000)
    lon[:3] = np.nan
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    joined = gpd.sjoin(points, shapes[["geometry"]].reset_index(), predicate="within")
    expected = joined["region_code"].reindex(range(3000))
    found = pd.Series(regions_of_points(lon, lat, shapes))
    assert expected.notna().sum() > 1000
    assert found.fillna("").to_list() == expected.fillna("").to_list()


def test_a_point_on_a_border_lies_in_the_first_region() -> None:
    boxes = gpd.GeoDataFrame(
        geometry=[shapely.box(1, 0, 2, 1), shapely.box(0, 0, 1, 1)], index=["B", "A"], crs=4326
    )
    assert list(regions_of_points([1.0, 1.5, 3.0], [0.5, 1.0, 0.5], boxes)) == ["A", "B", None]


# --- all or nothing ------------------------------------------------------------------------


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_disk_that_fails_changes_nothing(
    toyland: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    before = files_of(toyland)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, full)
    with pytest.raises(AtlasError) as wrong:
        bring(toyland, "region_code,industry_code,year,employment\nXT-N,A,2019,5\n")
    assert (wrong.value.kind, wrong.value.facts["reason"]) == (
        "edition_unwritable", "No space left on device",
    )  # fmt: skip
    assert files_of(toyland) == before


def test_a_memory_that_cannot_be_read_stops_the_import(toyland: Path) -> None:
    (toyland / FILE).write_text("[1]")
    before = files_of(toyland)
    with pytest.raises(AtlasError) as wrong:
        bring(toyland, "region_code,industry_code,year,employment\nXT-N,A,2019,5\n")
    assert wrong.value.kind == "memory_unreadable"
    assert files_of(toyland) == before


def test_a_reader_that_takes_too_long_is_stopped(
    toyland: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "MOST_SECONDS", 0.01)
    with pytest.raises(AtlasError) as wrong:
        bring(toyland, "region_code,industry_code,year,employment\nXT-N,A,2019,5\n")
    assert wrong.value.kind == "source_hungry"


def test_an_edition_by_its_folder_or_by_its_shipped_name(tmp_path: Path) -> None:
    assert find_edition("georgia", GEORGIA.parent) == GEORGIA
    assert find_edition(str(GEORGIA), tmp_path) == GEORGIA
    assert find_edition("nowhere", tmp_path) == Path("nowhere")
