"""Boundaries that come in: every format, every way in which they do not fit, and what is built of
them. Figures and districts are invented by the tests; provinces are the shipped ones, moved."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
import shapely.affinity
from commands import Answer, Run

from atlas.config import ROOT
from atlas.store import boundaries, releases

Bring = Callable[..., Answer]
ENDINGS = {
    "geojson": "a.geojson", "gpkg": "a.gpkg", "shapefile": "a.zip", "kml": "a.kml",
    "geoparquet": "a.parquet",
}  # fmt: skip


def written(frame: gpd.GeoDataFrame, path: Path, encoding: str = "UTF-8", **parts: bytes) -> Path:
    """The frame as a file of the kind that the path's ending says; ``parts`` of a Shapefile are
    changed, or with no bytes left out."""
    if path.suffix == ".zip":
        shape = path.with_suffix(".shp")
        frame = frame.rename(columns={"region_code": "REGION"})  # ten letters are the most
        frame.to_file(shape, encoding=encoding)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in ("shp", "shx", "dbf", "prj", "cpg"):
                raw = parts.get(part, shape.with_suffix(f".{part}").read_bytes())
                shape.with_suffix(f".{part}").unlink()
                if raw:
                    archive.writestr(f"folder/{shape.stem}.{part}", raw)
    elif path.suffix == ".parquet":
        frame.to_parquet(path)
    else:
        driver = {".geojson": "GeoJSON", ".gpkg": "GPKG", ".kml": "LIBKML"}[path.suffix]
        frame.to_file(path, driver=driver)
    return path


def provinces() -> gpd.GeoDataFrame:
    """The provinces of Turkey a tenth of a degree east of where they are shipped."""
    found = boundaries.world_regions("TR").reset_index()
    found["geometry"] = found.translate(0.1)
    return found


@pytest.fixture
def turkey(run: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "turkey"
    assert run("new", folder, "--country", "TR", "--languages", "en,tr").code == 0
    return folder


@pytest.fixture
def toyland(tmp_path: Path) -> Path:
    """Toyland, an invented country of squares, each of a degree: codes and names of its regions."""
    return Path(shutil.copytree(ROOT / "tests" / "toyland", tmp_path / "toyland"))


def squares(**columns: list[object]) -> gpd.GeoDataFrame:
    """The outlines of toyland as it has them, with these columns."""
    own = boundaries.read_boundaries(ROOT / "tests" / "toyland" / "boundaries.geojson")
    own = own.reset_index()[["region_code", "geometry"]]
    if columns:
        own = own.drop(columns="region_code").assign(**columns)
    return own


@pytest.fixture
def bring(run: Run) -> Callable[..., Answer]:
    """Imports outlines into an edition."""

    def call(folder: Path, path: Path, *more: object) -> Answer:
        return run("import", path, "--edition", folder, "--table", "boundaries", *more)

    return call


TAKEN = ("--accept-columns", "--accept-names", "--accept", "replaced=in this test")


@pytest.mark.parametrize("kind", ENDINGS)
def test_every_kind_gives_the_same_outlines(
    bring: Bring, toyland: Path, tmp_path: Path, kind: str
) -> None:
    own = squares()
    moved = own if kind in ("geojson", "kml") else own.to_crs(3857)
    answer = bring(toyland, written(moved, tmp_path / ENDINGS[kind]), *TAKEN)
    assert answer.code == 0, answer.out
    assert f"Read as {kind}" in answer.out
    assert f"{len(own)} features." in answer.out
    said = "EPSG:4326" if kind in ("geojson", "kml") else "EPSG:3857"
    assert f"Coordinates: {said}, as the file says; brought to EPSG:4326." in answer.out
    assert not (toyland / "boundaries.geojson").exists()
    found = boundaries.read_boundaries(toyland / "boundaries.parquet")
    expected = own.set_index("region_code").geometry
    assert sorted(found.index) == sorted(expected.index)
    for code, shape in found.geometry.items():
        assert shapely.symmetric_difference(shape, expected[code]).area < 1e-9


def test_turkey_from_nothing(run: Run, bring: Bring, turkey: Path, tmp_path: Path) -> None:
    named = pd.read_csv(turkey / "regions.csv", keep_default_na=False).set_index("region_code")
    frame = provinces().rename(columns={"name_en": "ILADI"})
    # As registers write them: without codes, in capitals, one with a slip, in Turkish letters of
    # Windows and in metres.
    frame["ILADI"] = frame["region_code"].map(named["name_tr"]).str.replace("i", "İ").str.upper()
    frame.loc[frame["region_code"] == "TR-06", "ILADI"] = "Ankra"
    frame = frame.drop(columns="region_code").to_crs(32636)
    file = written(frame, tmp_path / "iller.zip", "cp1254", cpg=b"")
    first = bring(turkey, file)
    assert first.code == 1
    assert not (turkey / "boundaries.parquet").exists()
    assert "Read as shapefile, iller: 81 features." in first.out
    assert "Coordinates: EPSG:32636, as the file says" in first.out
    assert "ILADI: looks like the field “region_code” (99 of 100)" in first.out
    assert "ILADI, “Ankra”: looks like TR-06 (91 of 100)" in first.out
    assert "To go on, accept: --accept-columns  --accept-names\n" in first.out
    second = bring(turkey, file, "--accept-columns", "--accept-names")
    assert second.code == 0, second.out
    assert second.out.endswith("Written: boundaries.parquet, 81 rows.\n")

    rows = ["il,nace,yıl,employment", "İstanbul,C,2023,400", "Ankara,C,2023,50",
            "İstanbul,TOTAL,2023,1000", "Ankara,TOTAL,2023,500", "TR,C,2023,2000",
            "TR,TOTAL,2023,9000"]  # fmt: skip
    (tmp_path / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    figures = run("import", tmp_path / "a.csv", "--edition", turkey, "--table", "employment",
                  "--accept-columns", "--accept", "totals=two provinces")  # fmt: skip
    assert figures.code == 0, figures.out
    home = tmp_path / "home"
    assert run("build", turkey, home=home).code == 0
    answer = run("measure", "location_quotient", "--edition", "turkey", "--industry", "C",
                 "--region", "TR-34", "--year", "2023", home=home)  # fmt: skip
    (cell,) = csv.DictReader(io.StringIO(answer.out))
    # 400 of 1,000 here, 2,000 of 9,000 in the country.
    assert float(cell["value"]) == pytest.approx(1.8)
    drawn = releases.shapes(releases.current("turkey", home), "regions").geometry
    assert len(drawn) == 81
    own, shipped = provinces().set_index("region_code"), boundaries.world_regions("TR")
    assert shapely.symmetric_difference(drawn["TR-06"], own.geometry["TR-06"]).area < 1e-3
    assert shapely.symmetric_difference(drawn["TR-06"], shipped.geometry["TR-06"]).area > 0.1
    memory = json.loads((turkey / "imports.json").read_text(encoding="utf-8"))
    assert memory["columns"]["boundaries"] == {"ILADI": "region_code"}
    assert memory["names"]["regions"]["Ankra"] == "TR-06"


def halves(turkey: Path) -> gpd.GeoDataFrame:
    """Each province cut in two, with the province's name in Turkish."""
    named = pd.read_csv(turkey / "regions.csv", keep_default_na=False).set_index("region_code")
    rows = []
    for code, shape in boundaries.world_regions("TR").geometry.items():
        west, south, east, north = shape.bounds
        middle = (west + east) / 2
        for side, box in (("W", (west, south, middle, north)), ("E", (middle, south, east, north))):
            part = shapely.intersection(shape, shapely.box(*box))
            rows.append({"ilce_kodu": f"D{code[3:]}{side}", "name_tr": f"{code} {side}",
                         "name_en": f"{code} {side}", "il": named["name_tr"][code],
                         "geometry": part})  # fmt: skip
    return gpd.GeoDataFrame(rows, crs=4326)


@pytest.mark.parametrize("told", [True, False], ids=["parent named", "parent by place"])
def test_a_level_that_the_edition_has_not(
    run: Run, bring: Bring, turkey: Path, tmp_path: Path, told: bool
) -> None:
    frame = halves(turkey)
    file = written(frame if told else frame.drop(columns="il"), tmp_path / "ilceler.gpkg")
    asked = ("--columns", "ilce_kodu=region_code", "--accept-columns", "--accept-names")
    refused = bring(turkey, file, *asked)
    assert refused.code == 1
    assert "“D01E”: means nothing that the edition has" in refused.out
    before = pd.read_csv(turkey / "regions.csv", keep_default_na=False)
    answer = bring(turkey, file, *asked, "--add-regions")
    assert answer.code == 0, answer.out
    placed = 0 if told else 162
    sentence = f"“2”: 162 regions of this level are new; the parent of {placed} is where they lie"
    assert sentence in answer.out
    assert "81 outlines that the file does not have stay as they were" in answer.out
    assert "Coverage: 243 of 243 regions have an outline." in answer.out
    regions = pd.read_csv(turkey / "regions.csv", keep_default_na=False)
    pd.testing.assert_frame_equal(regions.loc[:81, before.columns], before)
    regions = regions.set_index("region_code")
    assert len(regions) == 82 + 162
    assert regions.loc["D06W", ["parent_code", "level", "name_tr"]].to_list() == [
        "TR-06", 2, "TR-06 W",
    ]  # fmt: skip

    rows = ["region_code,industry_code,year,employment", "D06W,C,2023,30",
            "D06W,TOTAL,2023,100", "TR,C,2023,10", "TR,TOTAL,2023,100"]  # fmt: skip
    (turkey / "observations.csv").write_text("\n".join(rows), encoding="utf-8")
    home = tmp_path / "home"
    assert run("build", turkey, home=home).code == 0
    answer = run("measure", "location_quotient", "--edition", "turkey", "--industry", "C",
                 "--level", "2", "--region", "D06W", "--year", "2023", home=home)  # fmt: skip
    (cell,) = csv.DictReader(io.StringIO(answer.out))
    assert float(cell["value"]) == pytest.approx(3.0)


def test_parents_are_drawn_from_their_parts(bring: Bring, toyland: Path, tmp_path: Path) -> None:
    (toyland / "boundaries.geojson").unlink()
    regions = pd.read_csv(toyland / "regions.csv", keep_default_na=False)
    own = squares()
    lowest = set(regions["region_code"]) - set(regions["parent_code"])
    above = regions[(regions["level"] > 0) & ~regions["region_code"].isin(lowest)]
    frame = own[own["region_code"].isin(lowest)]
    answer = bring(toyland, written(frame, tmp_path / "a.gpkg"), *TAKEN)
    assert answer.code == 0, answer.out
    found = boundaries.read_boundaries(toyland / "boundaries.parquet")
    assert set(found.index) == lowest | set(above["region_code"])
    assert "“XT-N”: 1 outlines are made of the outlines of their parts" in answer.out
    north = squares().set_index("region_code").geometry["XT-N"]
    assert shapely.symmetric_difference(found.geometry["XT-N"], north).area == 0


def test_a_coordinate_system_is_asked_for(bring: Bring, toyland: Path, tmp_path: Path) -> None:
    file = written(squares().to_crs(3857), tmp_path / "a.zip", prj=b"")
    asked = bring(toyland, file, *TAKEN)
    assert (asked.code, asked.out) == (2, "")
    assert "does not say its coordinate system. Ask who made it, and name it: --crs" in asked.err
    wrong = bring(toyland, file, *TAKEN, "--crs", "EPSG:4326")
    assert wrong.code == 1
    assert "all outlines lie outside the world with these coordinates" in wrong.out
    other = bring(toyland, file, *TAKEN, "--crs", "EPSG:2320")
    assert other.code == 1
    assert "outlines meets its region as it is known; the nearest is" in other.out
    right = bring(toyland, file, *TAKEN, "--crs", "epsg:3857")
    assert right.code == 0, right.out
    assert "Coordinates: EPSG:3857, as you say; brought to EPSG:4326." in right.out
    path = bring(toyland, file, *TAKEN, "--crs", "/etc/passwd")
    assert (path.code, path.out) == (2, "")
    assert "“/etc/passwd” is not of the form EPSG:4326" in path.err
    unknown = bring(toyland, file, *TAKEN, "--crs", "EPSG:999999")
    assert "The coordinate system “EPSG:999999” is not known." in unknown.err


def test_a_stated_system_stands_before_the_file(
    bring: Bring, toyland: Path, tmp_path: Path
) -> None:
    frame = squares().set_crs(32636, allow_override=True)  # said to be metres, but in degrees
    file = written(frame, tmp_path / "a.gpkg")
    answer = bring(toyland, file, *TAKEN, "--crs", "EPSG:4326")
    assert "“EPSG:4326”: stands in place of what the file says: EPSG:32636 [crs_overruled]" in (
        answer.out
    )
    assert 'accept: --accept crs_overruled="..."' in answer.out
    accepted = bring(toyland, file, *TAKEN, "--crs", "EPSG:4326", "--accept", "crs_overruled=seen")
    assert accepted.code == 0, accepted.out


def test_overlaps_and_gaps_are_told(bring: Bring, toyland: Path, tmp_path: Path) -> None:
    frame = squares()
    first = frame.geometry.iloc[0]
    west, south, east, north = first.bounds
    # A tenth of a degree into its neighbour, and a hole within.
    middle = shapely.box(west + 0.4, south + 0.4, west + 0.6, south + 0.6)
    wider = shapely.union(first, shapely.box(east - 0.1, south + 0.1, east + 0.1, north - 0.1))
    frame.loc[0, "geometry"] = shapely.difference(wider, middle)
    answer = bring(toyland, written(frame, tmp_path / "a.gpkg"), *TAKEN)
    assert answer.code == 1, answer.out
    assert "these overlap by " in answer.out
    assert "between these lies a gap of " in answer.out
    assert 'accept: --accept outlines_gap="..."  --accept outlines_overlap="..."' in answer.out


def test_what_is_wrong_with_single_outlines(bring: Bring, toyland: Path, tmp_path: Path) -> None:
    frame = squares()
    crossing = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1), (0, 0)])
    west, south, *_ = frame.geometry.iloc[0].bounds
    frame.loc[0, "geometry"] = shapely.affinity.translate(crossing, west, south)
    frame.loc[1, "geometry"] = shapely.Point(west, south)
    frame.loc[2, "geometry"] = shapely.Polygon()
    answer = bring(toyland, written(frame, tmp_path / "a.gpkg"), *TAKEN)
    assert answer.code == 1
    assert "Warning: a.gpkg, row 1: the outline crosses or touches itself near " in answer.out
    assert "Error: a.gpkg, row 2: the outline encloses no area: Point [outline_no_area]" in (
        answer.out
    )
    assert "Error: a.gpkg, row 3: the outline is empty [outline_empty]" in answer.out
    code = frame["region_code"].tolist()
    left = [word for number in (1, 2) for word in ("--names", f"{code[number]}=-")]
    without = bring(toyland, tmp_path / "a.gpkg", *TAKEN, *left,
                    "--accept", "outline_crossing=seen",
                    "--accept", "outlines_gap=seen")  # fmt: skip
    assert without.code == 0, without.out
    assert "2 features called so were left out" in without.out
    absent = bring(toyland, tmp_path / "a.gpkg", *TAKEN, "--names", "Nowhere=-")
    assert (absent.code, absent.out) == (2, "")
    assert "The file does not speak of “Nowhere”." in absent.err
    assert "outlines that the file does not have stay as they were" in without.out


def test_names_are_matched_as_those_of_tables(bring: Bring, toyland: Path, tmp_path: Path) -> None:
    codes = squares()["region_code"].tolist()
    words = [*codes[:-1], "Nowhere"]
    answer = bring(toyland, written(squares(ad=words), tmp_path / "a.geojson"), *TAKEN)
    assert answer.code == 1
    assert f"row {len(words)}, ad, “Nowhere”: means nothing that the edition has" in answer.out
    stated = bring(toyland, tmp_path / "a.geojson", *TAKEN, "--names", f"Nowhere={codes[-1]}")
    assert stated.code == 0, stated.out
    again = bring(toyland, tmp_path / "a.geojson", "--accept", "replaced=again")
    assert again.code == 0, again.out  # columns and names are remembered


def test_several_features_of_a_region(bring: Bring, toyland: Path, tmp_path: Path) -> None:
    frame = squares()
    west, south, _, north = frame.geometry.iloc[0].bounds
    island = frame.iloc[[0]].assign(geometry=[shapely.box(west - 3, south, west - 2, north)])
    file = written(gpd.GeoDataFrame(pd.concat([frame, island]), crs=4326), tmp_path / "a.gpkg")
    answer = bring(toyland, file, *TAKEN)
    assert answer.code == 1
    assert "2 features are this region; they were made one [joined]" in answer.out
    assert bring(toyland, file, *TAKEN, "--accept", "joined=an island").code == 0
    found = boundaries.read_boundaries(toyland / "boundaries.parquet")
    assert len(shapely.get_parts(found.geometry[frame["region_code"][0]])) == 2


def test_the_layer_is_asked_for(bring: Bring, toyland: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    squares().to_file(path, layer="one", driver="GPKG")
    squares().to_file(path, layer="two", driver="GPKG")
    asked = bring(toyland, path, *TAKEN)
    assert (asked.code, asked.out) == (2, "")
    assert "has several layers. Name one with --sheet: one, two." in asked.err
    wrong = bring(toyland, path, *TAKEN, "--sheet", "tow")
    assert "There is no layer “tow”. The nearest is “two”." in wrong.err
    assert bring(toyland, path, *TAKEN, "--sheet", "two").code == 0


def test_an_edition_without_a_metric_system_gets_one(
    run: Run, bring: Bring, tmp_path: Path
) -> None:
    folder = tmp_path / "somewhere"
    assert run("new", folder, "--country", "XK").code == 0
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    shapes = boundaries.world_regions("XK").reset_index()
    package["atlas"] |= {"metric_crs": ""}
    package["atlas"].pop("boundaries", None)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    answer = bring(folder, written(shapes, tmp_path / "a.gpkg"), *TAKEN)
    assert answer.code == 0, answer.out
    assert "“EPSG:32634”: taken as the metric system of the edition, which had none" in answer.out
    after = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert after == {**package, "atlas": {**package["atlas"], "metric_crs": "EPSG:32634"}}


def test_the_report_in_georgian(bring: Bring, toyland: Path, tmp_path: Path) -> None:
    answer = bring(toyland, written(squares(), tmp_path / "a.gpkg"), *TAKEN, "--lang", "ka")
    assert answer.code == 0
    assert "კოორდინატები: EPSG:4326" in answer.out
