"""Reading what offices send: encodings, separators, kinds of files, headers, numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest

from atlas.errors import AtlasError
from atlas.ingest import numerals
from atlas.ingest.apart import read
from atlas.ingest.headers import find_header, propose, settle

GEORGIAN = "რეგიონი;დასაქმებულთა რაოდენობა\nკახეთი;1 234,5\n"
TURKISH = "İl;Çalışan sayısı\nŞırnak;1.234,5\nAğrı;7\nİstanbul;8\n"
RUSSIAN = "Регион;Численность занятых\nКахетия;1 234,5\n"


def cells(path: Path, **how: Any) -> tuple[dict[str, Any], list[tuple[int, list[str | None]]]]:
    """What is said of a file, and its rows."""
    with read(path, "observations", **how) as found:
        rows = pyarrow.parquet.read_table(found.grid).to_pylist()
        about = found.about
    columns = [name for name in rows[0] if name[0] == "c" and name != "cells"]
    return about, [(row["line"], [row[name] for name in columns]) for row in rows]


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        (GEORGIAN, "utf-8", "utf-8-sig"),
        (GEORGIAN, "utf-8-sig", "utf-8-sig"),
        (GEORGIAN, "utf-16", "utf-16"),
        (TURKISH, "utf-16-le", "utf-16-le"),
        (TURKISH, "utf-16-be", "utf-16-be"),
        (TURKISH, "cp1254", "cp1254"),
        (RUSSIAN, "cp1251", "cp1251"),
    ],
)
def test_letters(tmp_path: Path, text: str, written: str, found: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(written))
    about, rows = cells(path)
    assert (about["encoding"], about["separator"]) == (found, ";")
    lines = [line.split(";") for line in text.splitlines()]
    assert [row for _, row in rows] == lines


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f'"a, b; c"{separator}d\n1{separator}2\n3{separator}4\n')
    about, rows = cells(path)
    assert about["separator"] == separator
    assert rows[0] == (1, ["a, b; c", "d"])


def test_lines_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n\n"two\nlines",1\nc,2\n')
    _, rows = cells(path)
    assert rows == [(1, ["a", "b"]), (2, [None, None]), (3, ["two\nlines", "1"]), (4, ["c", "2"])]


def test_an_encoding_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TURKISH.encode("cp1254"))
    with pytest.raises(AtlasError) as wrong:
        cells(path, encoding="utf-8")
    assert (wrong.value.kind, wrong.value.facts["encoding"]) == ("source_letters", "utf-8")


def test_an_xls(tmp_path: Path) -> None:
    # Made with xlwt from the figures that are asserted here; all of them invented.
    about, rows = cells(Path(__file__).with_name("figures.xls"))
    assert (about["kind"], about["sheet"]) == ("xls", "Sayfa1")
    assert rows[1:] == [
        (2, ["region_code", "industry_code", "year", "employment"]),
        (3, ["XT-N", "A", "2022", "5"]),
        (4, ["XT-S", "A", "2022", "7.5"]),
    ]


def test_a_parquet(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    columns = {
        "code": pa.array([7.0, None]),
        "name": pa.array(["a", "b"]).dictionary_encode(),
        "share": pa.array([0.25, float("nan")]),
        "year": pa.array([2022, 2023], pa.int16()),
    }
    pyarrow.parquet.write_table(pa.table(columns), path)
    _, rows = cells(path)
    assert rows == [
        (1, ["code", "name", "share", "year"]),
        (2, ["7", "a", "0.25", "2022"]),
        (3, [None, "b", "nan", "2023"]),
    ]


def test_an_unknown_sheet(tmp_path: Path) -> None:
    with pytest.raises(AtlasError) as wrong:
        cells(Path(__file__).with_name("figures.xls"), sheet="Sayfa2")
    assert (wrong.value.kind, wrong.value.facts["nearest"]) == ("unknown_sheet", "Sayfa1")


# --- headers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (["İl kodu", "NACE Rev. 2", "Yıl", "Çalışan sayısı (kişi)", "Ciro (bin TL)"],
         ["region_code", "industry_code", "year", "employment", "turnover"]),
        (["რეგიონი", "სექტორი", "წელი", "დასაქმებულთა რაოდენობა", "ბრუნვა"],
         ["region_code", "industry_code", "year", "employment", "turnover"]),
        (["Регион", "Вид деятельности", "Год", "Численность занятых", "Оборот"],
         ["region_code", "industry_code", "year", "employment", "turnover"]),
        (["YIL", "IL ADI", "faaliyet", "istihdam", "not"],
         ["year", "region_code", "industry_code", "employment", None]),
    ],
)  # fmt: skip
def test_headers_are_proposed(headers: list[str], fields: list[str | None]) -> None:
    found = {column.place: column for column in propose(headers, "observations")}
    assert [found[n].field if n in found else None for n in range(5)] == fields
    assert {column.how for column in found.values()} == {"proposed"}
    assert all(column.score > 95 for column in found.values())


def test_of_two_columns_the_code_is_taken() -> None:
    (column,) = propose(["İl adı", "İl kodu"], "observations")
    assert (column.header, column.field) == ("İl kodu", "region_code")


def test_a_header_that_says_nothing_is_not_proposed() -> None:
    assert propose(["Sıra", "Açıklama", "z", ""], "observations") == []


def test_the_header_stands_below_its_titles() -> None:
    rows = [
        (1, ["Employment by region", None, None]),
        (3, ["Region", "Year", "Employment"]),
        (4, ["Kakheti", "2022", "5"]),
    ]
    assert find_header(rows, "observations") == 3
    with pytest.raises(AtlasError) as none:
        find_header([(1, ["1", "2"]), (2, ["3", "4"])], "observations")
    assert none.value.kind == "no_header"


def test_what_is_stated_stands_before_what_is_remembered_and_proposed() -> None:
    headers = ["il", "bölge", "yıl", "x"]
    how: dict[str, Any] = {"stated": {"bölge": "region_code"}, "remembered": {"x": "turnover"}}
    taken, waiting = settle(headers, "observations", **how, accept=False)
    assert [(one.header, one.field, one.how) for one in taken] == [
        ("bölge", "region_code", "stated"),
        ("x", "turnover", "remembered"),
    ]
    assert [(one.header, one.field) for one in waiting] == [("yıl", "year")]
    left, _ = settle(headers, "observations", stated={"x": "-"}, remembered={}, accept=True)
    assert [one.field for one in left] == ["region_code", "year"]
    for stated, kind in (({"ill": "year"}, "unknown_column"), ({"il": "yeer"}, "unknown_field")):
        with pytest.raises(AtlasError) as wrong:
            settle(headers, "observations", stated=stated, remembered={}, accept=True)
        assert wrong.value.kind == kind


# --- numbers -------------------------------------------------------------------------------


def parsed(words: list[str | None], decimal: str, *, stored: bool = False) -> list[float | None]:
    text = pa.array(words, pa.string())
    numbers, bad = numerals.parse(text, pa.array([stored] * len(words)), decimal)
    assert [a is None or b is None for a, b in zip(words, numbers.to_pylist(), strict=True)] == [
        word is None or wrong for word, wrong in zip(words, bad.to_pylist(), strict=True)
    ]
    return list(numbers.to_pylist())


@pytest.mark.parametrize(
    ("word", "comma", "point"),
    [
        ("7", 7, 7),
        ("1,5", 1.5, None),
        ("1.5", None, 1.5),
        ("1.234,5", 1234.5, None),
        ("1,234.5", None, 1234.5),
        ("1 234,5", 1234.5, None),
        ("1\u00a0234\u00a0567", 1234567, 1234567),
        ("1\u202f234,5", 1234.5, None),
        ("1'234.5", None, 1234.5),
        ("1.234", 1234, 1.234),
        ("1,234", 1.234, 1234),
        ("12,34,567", None, None),
        ("−3", -3, -3),
        ("+4", 4, 4),
        (",5", 0.5, None),
        ("1e3", 1000, 1000),
        ("12 34", None, None),
        ("NaN", None, None),
        ("inf", None, None),
        ("1e999", None, None),
        ("5%", None, None),
        ("٣", None, None),
    ],
)
def test_a_number_by_its_decimal_sign(word: str, comma: float | None, point: float | None) -> None:
    assert parsed([word, None], ",") == [comma, None]
    assert parsed([word, None], ".") == [point, None]


def test_what_is_stored_as_a_number_has_a_point() -> None:
    assert parsed(["1.234", "7", "-1e-3"], ",", stored=True) == [1.234, 7, -0.001]


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        (["1", "20"], "."),
        (["1.234", "0,5"], ","),
        (["1,234", "0.5"], "."),
        (["1.234.567"], ","),
        (["0,123"], ","),
        (["1.234", "5.678"], None),
        (["1,5", "1.5"], None),
    ],
)
def test_the_decimal_sign_is_told_or_not_guessed(words: list[str], sign: str | None) -> None:
    text = pa.array(words)
    counted = numerals.votes(text, pa.array([False] * len(words)))
    assert numerals.decimal_sign(counted) == sign
