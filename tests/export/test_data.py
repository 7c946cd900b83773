"""Files of data, opened by programs of others: every region, numbers as numbers, words as words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow.parquet
import pyogrio
import pytest

from atlas.analysis.snapshot import shapes_of, view_of
from atlas.export.desk import Desk
from atlas.export.formats import FORMATS, make
from atlas.export.stored import KEY, read_snapshot
from atlas.figures.titles import sources, title
from atlas.model import MapView, Release
from atlas.snapshot import Snapshot
from atlas.text import Text
from tests.export.hostile import COMMAND, FORMULA, RIGHT_TO_LEFT, SCRIPT, TEMPLATE, hostile

DATA = [form.name for form in FORMATS.values() if form.kind == "data"]
#: Drinks in Toyland: one value, one region without data, one suppressed.


@pytest.fixture
def drinks(toyland_home: Path, at_home: Callable[[Path], None]) -> Snapshot:
    at_home(toyland_home)
    return Snapshot(edition="toyland", metric="location_quotient", industry="C11", year=2020)


def table(form: str, content: bytes, folder: Path) -> pd.DataFrame:
    """The rows of a file, as somebody else's program reads them, by region."""
    path = folder / f"x.{form}"
    path.write_bytes(content)
    if form.startswith("csv"):
        frame = pd.read_csv(path, encoding="utf-8-sig")
    elif form == "json":
        frame = pd.DataFrame(json.loads(content)["regions"])
    elif form == "gpkg":
        frame = pyogrio.read_dataframe(path, layer="regions")
    elif form == "parquet":
        frame = gpd.read_parquet(path)
    else:
        sheet = openpyxl.load_workbook(path)["Data"]
        head, *rows = sheet.iter_rows(values_only=True)
        frame = pd.DataFrame(rows, columns=head)
        figure = "Location quotient"
        frame = frame.rename(
            columns={
                "Code of the region": "region_code", "Region": "region", "Year": "year",
                "Class": "class", figure: "value", f"{figure}: status": "status",
            }
        )  # fmt: skip
        frame["status"] = frame["status"].map(
            {
                "no data": "missing",
                "suppressed": "suppressed",
                "added up, some parts missing": "partial",
            }
        )
    return frame.set_index("region_code")


def test_the_formats_of_data_are_these() -> None:
    assert sorted(DATA) == ["csv", "csv-escaped", "gpkg", "json", "parquet", "xlsx"]


@pytest.mark.parametrize("form", DATA)
def test_every_region_is_there_with_its_value_or_why_it_has_none(
    form: str, drinks: Snapshot, tmp_path: Path
) -> None:
    view = view_of(drinks)
    frame = table(form, Desk(view_of, shapes_of).make(drinks, form), tmp_path)
    assert set(frame.index) == {"XT-N", "XT-S", "XT-E"}
    for code in frame.index:
        expected = view.regions.at[code, "value"]
        value, status = frame.at[code, "value"], frame.at[code, "status"]
        assert status == view.regions.at[code, "status"]
        # A workbook holds sixteen digits of a number.
        assert value == pytest.approx(expected, rel=1e-15, nan_ok=True)
    assert frame["value"].notna().sum() == 1
    assert frame.at["XT-S", "status"] == "suppressed"
    assert frame.at["XT-E", "status"] == "missing"
    assert set(frame["year"]) == {2020}
    assert frame.at["XT-N", "class"] == "2 and over"
    assert frame["class"].isna().sum() == 2


@pytest.mark.parametrize("form", DATA)
def test_the_words_are_in_the_language_of_the_file(
    form: str, drinks: Snapshot, tmp_path: Path
) -> None:
    georgian = drinks.with_words({"lang": "ka"})
    content = Desk(view_of, shapes_of).make(georgian, form)
    if form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert book.sheetnames == ["მონაცემები", "შენიშვნები", "წყაროები"]
        words = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
        assert {"რეგიონი", "ჩრდილოეთი", "დაფარული"} <= set(words)
        return
    frame = table(form, content, tmp_path)
    assert frame.at["XT-N", "region"] == "ჩრდილოეთი"
    assert set(frame["industry"]) == {"სასმელი"}
    assert frame.at["XT-N", "class"] == "2 და მეტი"
    assert frame["source"].iloc[0].startswith("წყარო: ")


@pytest.mark.parametrize("form", [name for name in DATA if not name.startswith("csv")])
def test_a_file_says_what_it_shows_and_is_made_again_from_that(form: str, drinks: Snapshot) -> None:
    desk = Desk(view_of, shapes_of)
    titled = drinks.with_words({"title": "Our =drinks, “now”", "notes": "A note."})
    content = desk.make(titled, form)
    found = read_snapshot(content)
    assert found == titled
    if form != "gpkg":  # whose tables say when they were written
        assert desk.make(found, form) == content


def test_the_words_around_it_are_in_the_file(drinks: Snapshot, tmp_path: Path) -> None:
    desk, view, text = Desk(view_of, shapes_of), view_of(drinks), Text("en")
    own = {"Title": title(view, text), "Source": sources(view, text)}
    assert "Drinks" in own["Title"]
    assert "Invented for tests" in own["Source"]
    assert "2020" in own["Source"]
    path = tmp_path / "x.gpkg"
    path.write_bytes(desk.make(drinks, "gpkg"))
    assert own.items() <= pyogrio.read_info(path)["dataset_metadata"].items()
    schema = pyarrow.parquet.read_schema(io.BytesIO(desk.make(drinks, "parquet")))
    assert schema.metadata[b"Title"].decode() == own["Title"]
    assert KEY.encode() in schema.metadata
    data = json.loads(desk.make(drinks, "json"))
    assert (data["title"], data["source"]) == (own["Title"], own["Source"])
    assert [entry["regions"] for entry in data["legend"]] == [0, 0, 0, 0, 1, 1, 1]
    assert data["snapshot"]["industry"] == "C11"
    book = openpyxl.load_workbook(io.BytesIO(desk.make(drinks, "xlsx")))
    notes = {row[0]: row[1] for row in book["Notes"].iter_rows(values_only=True)}
    assert (notes["Title"], notes["Source"]) == (own["Title"], own["Source"])
    assert notes["Year"] == "2020"
    assert notes["Class: 2 and over"] == "1 region"
    assert notes["Class: Suppressed"] == "1 region"
    assert [row[0] for row in book["Sources"].iter_rows(values_only=True)] == [
        "nobody, Invented for tests"
    ]


def test_shapes_lie_where_they_lie_and_a_region_without_one_stays(
    drinks: Snapshot, tmp_path: Path
) -> None:
    content = Desk(view_of, shapes_of).make(drinks, "parquet")
    frame = gpd.read_parquet(io.BytesIO(content)).set_index("region_code")
    shapes = shapes_of(drinks)
    assert frame.crs.to_epsg() == 4326
    for code, shape in shapes.regions.geometry.items():
        assert frame.geometry[code].equals(shape)
    fewer = replace(shapes, regions=shapes.regions.drop(index="XT-E"))
    for form in ("parquet", "gpkg"):
        found = table(form, make(drinks, FORMATS[form], view_of(drinks), fewer), tmp_path)
        assert found.geometry["XT-E"] is None
        assert len(found) == 3


def hostile_view(drinks: Snapshot) -> MapView:
    return hostile(view_of(drinks.with_words({"industry": "A"})))


def cells(content: bytes) -> list[Any]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row]


def rows_of(found: list[Any]) -> list[list[Any]]:
    """The rows of the first sheet."""
    sheet = found[0].parent
    return [list(row) for row in sheet.iter_rows(values_only=True)][1:]


def test_no_word_of_a_workbook_becomes_a_formula_and_no_number_a_word(drinks: Snapshot) -> None:
    found = cells(make(drinks, FORMATS["xlsx"], hostile_view(drinks), shapes_of(drinks)))
    assert {cell.data_type for cell in found} == {"s", "n"}
    assert all(cell.hyperlink is None for cell in found)
    values = [cell.value for cell in found]
    for name in (SCRIPT, FORMULA, RIGHT_TO_LEFT, COMMAND):
        assert name in values
    assert any(isinstance(value, str) and TEMPLATE in value for value in values)
    assert 2020 in values
    # The East has no data: its cell is empty, not nought.
    values_of = {row[0]: row[7] for row in rows_of(found)}
    assert values_of["XT-E"] is None
    assert values_of["XT-N"] > 0


@pytest.mark.parametrize("form", [name for name in DATA if name not in ("xlsx", "csv-escaped")])
def test_names_come_out_as_themselves(form: str, drinks: Snapshot, tmp_path: Path) -> None:
    content = make(drinks, FORMATS[form], hostile_view(drinks), shapes_of(drinks))
    frame = table(form, content, tmp_path)
    names = {"XT-N": SCRIPT, "XT-S": FORMULA, "XT-E": RIGHT_TO_LEFT}
    assert frame["region"].to_dict() == names
    assert set(frame["industry"]) == {COMMAND}
    assert TEMPLATE in frame["source"].iloc[0]


def test_csv_is_escaped_only_where_its_name_says_so(drinks: Snapshot) -> None:
    view = hostile_view(drinks)
    plain, escaped = (
        make(drinks, FORMATS[form], view, shapes_of(drinks)) for form in ("csv", "csv-escaped")
    )
    assert not plain.startswith(b"\xef\xbb\xbf")
    assert escaped.startswith(b"\xef\xbb\xbf")
    (_, *rows) = csv.reader(io.StringIO(plain.decode()))
    (_, *safe) = csv.reader(io.StringIO(escaped.decode("utf-8-sig")))
    assert [row[1] for row in rows] == [RIGHT_TO_LEFT, SCRIPT, FORMULA]
    assert [row[1] for row in safe] == [RIGHT_TO_LEFT, SCRIPT, f"'{FORMULA}"]
    assert {row[3] for row in safe} == {f"'{COMMAND}"}
    leading = {cell[0] for row in safe for cell in row if cell} & set("=+@\t\r-")
    assert leading == set()
    # Numbers stay numbers.
    assert [row[8] for row in safe] == [row[8] for row in rows]


def test_a_falling_figure_stays_a_number_in_the_escaped_table(georgia: Release) -> None:
    from atlas.analysis.map import map_shapes, map_view

    view = map_view(georgia, metric="growth", industry="C", year=2009, since=2006)
    assert (view.regions["value"] < 0).any()
    content = FORMATS["csv-escaped"](view, map_shapes(georgia), Text("en"))
    frame = pd.read_csv(io.BytesIO(content)).set_index("region_code")
    assert frame["value"].min() == view.regions["value"].min()
    assert len(frame) == 12
    assert frame.at["GE-AB", "status"] == "missing"


def test_file_names_say_what_they_are(drinks: Snapshot) -> None:
    desk = Desk(view_of, shapes_of)
    named = {form: desk.file_name(drinks.with_words({"lang": "ka"}), form) for form in FORMATS}
    assert named["xlsx"] == "toyland_drinks_location-quotient_2020_ka.xlsx"
    assert named["csv"] == "toyland_drinks_location-quotient_2020_ka.csv"
    assert named["csv-escaped"] == "toyland_drinks_location-quotient_2020_ka_escaped.csv"
    assert len(set(named.values())) == len(named)
