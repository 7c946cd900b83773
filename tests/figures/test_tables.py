"""HTML tables and small charts."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from atlas.figures.charts import bar, columns, sparkline
from atlas.figures.palette import LIGHT
from atlas.figures.tables import Cell, Column, Row, missing, table
from atlas.text import Text

NAN = float("nan")


def test_a_table_reads_as_a_table_and_sorts_by_plain_values() -> None:
    html = table(
        [Column("Region", text=True), Column("Value")],
        [
            Row([Cell("A <b>", "A"), Cell("1,234", 1234.0)]),
            Row([Cell("B"), Cell(missing("no data"), NAN)]),
        ],
        Text("en"),
        caption="Figures",
        total=Row([Cell("All"), Cell("1,234", 1234.0)], "total"),
    )
    tree = ElementTree.fromstring(
        str(html)
        .replace(" data-table", ' data-table=""')
        .replace(" data-sort", ' data-sort=""')
        .replace(" hidden", ' hidden=""')
    )
    heads = tree.findall(".//thead//th")
    assert [head.get("scope") for head in heads] == ["col", "col"]
    body = tree.findall(".//tbody/tr")
    assert body[0].find("th").text == "A <b>"
    assert body[0].find("td").get("data-value") == "1234"
    assert body[1].find("td").get("data-value") == ""
    assert body[1].find(".//span").text == "no data"
    assert tree.find(".//tfoot/tr").get("class") == "total"


def test_a_sparkline_leaves_a_gap_where_a_year_is_missing() -> None:
    drawn = ElementTree.fromstring(sparkline([1.0, NAN, 2.0, 3.0]))
    path = drawn.findall("path")[-1].get("d")
    assert path.count("M") == 1
    assert sparkline([NAN, 1.0]) == ""


def test_a_bar_ends_where_its_value_does() -> None:
    drawn = ElementTree.fromstring(bar(2.0, 4.0, "#000000", mark=1.0, width=100))
    value = drawn.findall(".//rect")[1]
    assert (value.get("x"), value.get("width")) == ("0.0", "50.0")


def test_columns_are_named_and_skip_missing_years() -> None:
    html = columns(
        [2020, 2021, 2022], [1.0, NAN, 4.0], labels=["1", "", "<4>"], name="Jobs", theme=LIGHT
    )
    drawn = ElementTree.fromstring(html)
    assert drawn.get("aria-label") == "Jobs: 2020 1, 2022 <4>"
    assert len(drawn.findall("rect")) == 2
    assert columns([2020], [NAN], labels=[""], name="x", theme=LIGHT) == ""


@pytest.mark.parametrize("largest", [0.0, -1.0])
def test_a_bar_without_a_scale_is_empty(largest: float) -> None:
    drawn = ElementTree.fromstring(bar(1.0, largest, "#000000"))
    assert drawn.findall(".//rect")[1].get("width") == "0.0"
