"""Publishing: what a release holds, what its id follows from, and where it may not go."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from atlas import __version__
from atlas.errors import DataError, ReleaseError
from atlas.ingest.build import build, identify
from atlas.ingest.edition import read_edition
from atlas.model import Release
from atlas.store import database, releases

TOYLAND = Path(__file__).parents[1] / "toyland"


def all_of(release: Release, table: str) -> pd.DataFrame:
    with database.connection(release.path).cursor() as cursor:
        return cursor.execute("from query_table($name)", {"name": table}).df()


def test_the_files_of_a_release(toyland: Release) -> None:
    assert sorted(path.name for path in toyland.path.iterdir()) == [
        *("atlas.duckdb", "manifest.json"),
        *("regions.parquet", "regions_backdrop.parquet"),
        *("screen.parquet", "screen_backdrop.parquet"),
    ]


def test_the_manifest(toyland: Release) -> None:
    manifest = json.loads((toyland.path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest == toyland.manifest
    assert (manifest["name"], manifest["version"]) == ("toyland", "1.0.0")
    assert manifest["atlas_version"] == __version__
    assert manifest["atlas"]["measures_observed"] == ["employment", "establishments"]
    assert manifest["warnings"] == 1
    assert manifest["sources"][0]["publisher"] == "nobody"
    assert manifest["licences"] == [{"name": "CC0-1.0", "title": "CC0 1.0"}]
    assert manifest["checksums"] == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in TOYLAND.iterdir()
    }
    assert {table: len(all_of(toyland, table)) for table in manifest["rows"]} == manifest["rows"]
    assert manifest["rows"]["regions"] == 6
    # 13 lines of two measures each, filled or empty.
    assert manifest["rows"]["observations"] == 26


def test_what_the_edition_adds_is_kept(toyland: Release) -> None:
    regions = all_of(toyland, "regions").set_index("region_code")
    assert regions.loc["XT-N", "mood"] == "calm"
    assert regions.loc["XT-N", "population"] == 1000
    assert pd.isna(regions.loc["XT-E", "population"])
    assert regions.loc["XT-S", "name_en"] == "South & <b>Sea</b>"
    firms = all_of(toyland, "firms").set_index("firm_id")
    assert firms.loc["oven", "name"] == "=1+1 Oven"
    assert len(all_of(toyland, "facts")) == 0


def test_geometry_of_a_release(toyland: Release) -> None:
    full, screen = releases.shapes(toyland, "regions"), releases.shapes(toyland, "screen")
    assert sorted(full.index) == sorted(screen.index) == ["XT-E", "XT-N", "XT-N1", "XT-N2", "XT-S"]
    assert full.geometry["XT-N"].area == pytest.approx(2)
    assert full.crs.to_epsg() == screen.crs.to_epsg() == 4326
    backdrop = releases.shapes(toyland, "screen_backdrop")
    assert backdrop.index.name == "country"
    assert not {"XT"} & set(backdrop.index)


def test_the_steps_are_told_in_order() -> None:
    told: list[tuple[str, float]] = []
    with pytest.raises(DataError):
        build(TOYLAND / "nowhere", progress=lambda *step: told.append(step))
    assert told == [("read", 0.0)]


def test_shares_of_progress_rise(tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    build(TOYLAND, tmp_path, progress=lambda *step: told.append(step))
    assert [step for step, _ in told] == ["read", "validate", "compute", "draw", "publish"]
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1


def test_an_invalid_edition_is_not_published(country: Any, tmp_path: Path) -> None:
    country.swap("observations.csv", "XT-N1,A,2020,10", "XT-N1,A,2020,ten")
    with pytest.raises(DataError) as raised:
        build(country.folder, tmp_path / "home")
    assert (raised.value.kind, raised.value.facts["count"]) == ("edition_invalid", 1)
    assert [issue.value for issue in raised.value.facts["issues"]] == ["ten"]
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("name", ["../escaped", "..", "/escaped", "a/../../escaped", ".hidden"])
def test_a_name_never_leads_out_of_the_home(country: Any, tmp_path: Path, name: str) -> None:
    country.write("datapackage.json", json.dumps({**country.package(), "name": name}))
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(DataError):
        build(country.folder, tmp_path / "deep" / "home")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("version", "start"),
    [("../../x", "x"), ("..", "0"), ("", "0"), (None, "0"), ("1.0-β", "1.0"), (2, "2")],
)
def test_a_version_never_leads_out_of_the_home(country: Any, version: Any, start: str) -> None:
    country.write("datapackage.json", json.dumps({**country.package(), "version": version}))
    release_id = identify(read_edition(country.folder), {})
    assert release_id.rsplit("-", 1)[0] == start
    assert Path(release_id).name == release_id


def test_a_long_version_is_cut(country: Any) -> None:
    country.write("datapackage.json", json.dumps({**country.package(), "version": "9" * 500}))
    assert len(identify(read_edition(country.folder), {})) < 60


def test_extra_columns_of_any_name_are_published(country: Any, tmp_path: Path) -> None:
    for table in ("observations", "regions", "firms", "clusters"):
        text = country.text(f"{table}.csv").splitlines()
        lines = [f"{text[0]},row,value,measure", *(f"{line},9,x,y" for line in text[1:])]
        country.write(f"{table}.csv", "\n".join(lines))
    home = tmp_path / "home"
    release = releases.find("toyland", build(country.folder, home), home)
    assert all_of(release, "regions")["row"].tolist() == ["9"] * 6
    assert all_of(release, "firms")["value"].tolist() == ["x"] * 2
    figures = all_of(release, "figures")
    assert (figures["metric"] == "location_quotient").sum() == 56


def test_shapes_of_other_countries_are_left_out(country: Any, tmp_path: Path) -> None:
    far = (
        '{"type": "Feature", "properties": {"region_code": "ZZ"}, "geometry": {"type": "Polygon",'
        ' "coordinates": [[[50, 50], [60, 50], [60, 60], [50, 50]]]}},'
    )
    country.swap("boundaries.geojson", '"features":[', f'"features":[{far}')
    home = tmp_path / "home"
    release = releases.find("toyland", build(country.folder, home), home)
    assert releases.shapes(release, "regions").total_bounds.tolist() == [0, 0, 3, 2]
    assert "ZZ" not in releases.shapes(release, "screen").index


def test_a_database_that_cannot_be_written_is_no_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise duckdb.IOException("No space left on device")

    monkeypatch.setattr("atlas.ingest.build._fill", full)
    with pytest.raises(ReleaseError) as raised:
        build(TOYLAND, tmp_path)
    assert (raised.value.kind, raised.value.facts["path"]) == (
        "home_unwritable",
        tmp_path / "toyland",
    )
    assert "No space left" in str(raised.value.facts["reason"])
    assert releases.editions(tmp_path) == []
    assert [path.name for path in (tmp_path / "toyland").iterdir()] == [".lock"]
