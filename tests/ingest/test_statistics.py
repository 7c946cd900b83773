"""Published statistical tables, from files and from addresses: the same figures in every form."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import published
import pytest
from commands import Answer, Run
from office import Office
from pxweb._internal.functions import unpack_table_data

from atlas.config import ROOT, Settings, settings
from atlas.ingest import fetching
from atlas.ingest.apart import read
from atlas.ingest.fetching import allowed

FORMS = {
    "SDMX-ML 2.1, generic": ("a.xml", published.GENERIC, "sdmx-ml"),
    "SDMX-ML 2.1, specific": ("a.xml", published.specific("v2_1"), "sdmx-ml"),
    "SDMX-ML 3.0": ("a.xml", published.specific("v3_0"), "sdmx-ml"),
    "SDMX-JSON 1.0": ("a.json", published.sdmx_json(1), "json"),
    "SDMX-JSON 2.0": ("a.json", published.sdmx_json(2), "json"),
    "JSON-stat": ("a.json", published.json_stat(), "json"),
}
TAKEN = ("--accept-columns", "--accept-names", "--accept", "totals=in this test")


@pytest.fixture
def toyland(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests" / "toyland", tmp_path / "toyland"))


@pytest.fixture
def bring(run: Run, toyland: Path) -> Callable[..., Answer]:
    def call(source: object, *more: object) -> Answer:
        return run("import", source, "--edition", toyland, "--table", "employment", *TAKEN, *more)

    return call


def observed(toyland: Path) -> dict[tuple[str, str, int], tuple[float, str]]:
    """The figures of the years that only the tests' tables have."""
    frame = pd.read_csv(toyland / "observations.csv", keep_default_na=False, na_values=[""])
    frame = frame[frame["year"] >= 2030]
    status = frame["status"].fillna("") if "status" in frame else pd.Series("", frame.index)
    key = zip(frame["region_code"], frame["industry_code"], frame["year"], strict=True)
    return dict(zip(key, zip(frame["employment"].fillna(-1), status, strict=True), strict=True))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_figures(
    bring: Callable[..., Answer], toyland: Path, tmp_path: Path, form: str
) -> None:
    name, content, kind = FORMS[form]
    (tmp_path / name).write_bytes(content)
    answer = bring(tmp_path / name)
    assert answer.code == 0, answer.out + answer.err
    assert f"Read as {kind}" in answer.out
    assert "Column “geo” → region_code" in answer.out
    assert "Column “OBS_VALUE” → employment" in answer.out
    assert observed(toyland) == {
        ("XT-N", "A", 2030): (41, ""),
        ("XT-N", "A", 2031): (43.5, "estimated"),
        ("XT-S", "A", 2030): (-1, "suppressed"),
    }


def test_sdmx_csv_is_a_table_as_any(
    bring: Callable[..., Answer], toyland: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_bytes(published.CSV)
    answer = bring(tmp_path / "a.csv")
    assert answer.code == 0, answer.out
    assert {key: value for key, (value, _) in observed(toyland).items()} == {
        ("XT-N", "A", 2030): 41, ("XT-N", "A", 2031): 43.5,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"), [("a.json", published.PXWEB_DATA), ("a.px", published.PX)]
)
def test_what_divides_a_table_is_asked_for(
    bring: Callable[..., Answer], toyland: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    asked = bring(tmp_path / name)
    assert asked.code == 1
    assert (
        f"Error: {name}, row 1, Indicator, “Employed, Hired”: the table is divided by this into 2;"
        " one has to be chosen [several]. Say which one is wanted: --only “HEADER=VALUE”."
    ) in asked.out
    wrong = bring(tmp_path / name, "--only", "Indicator=Fired")
    assert (wrong.code, wrong.out) == (2, "")
    assert "does not speak of “Fired”. The nearest is “Hired”." in wrong.err
    answer = bring(tmp_path / name, "--only", "Indicator=Employed")
    assert answer.code == 0, answer.out
    assert observed(toyland) == {
        ("XT-N", "A", 2030): (41, ""), ("XT-N", "A", 2031): (43, ""), ("XT-S", "A", 2030): (70, ""),
    } or observed(toyland) == {
        ("XT-N", "A", 2030): (41, ""), ("XT-N", "A", 2031): (43, ""), ("XT-S", "A", 2030): (70, ""),
        ("XT-S", "A", 2031): (-1, ""),
    }  # fmt: skip


def test_json_stat_as_a_library_of_pxweb_reads_it(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(published.PXWEB_DATA)
    theirs = [row for row in unpack_table_data(json.loads(published.PXWEB_DATA))
              if row["value"] is not None]  # fmt: skip
    with read(tmp_path / "a.json", "observations") as found:
        grid = pd.read_parquet(found.grid)
    texts = grid[[name for name in grid if name[0] == "c" and name[1:].isdigit()]]
    ours = texts.iloc[1:].set_axis(texts.iloc[0].to_list(), axis="columns")
    for name in ("Regions", "Indicator", "Year"):
        assert ours[name].to_list() == [row[name] for row in theirs]
    assert ours["OBS_VALUE"].to_list() == [str(row["value"]) for row in theirs]


BROKEN = {
    "JSON of something else": ("a.json", b'{"hello": 1}', "is JSON, not a table"),
    "JSON cut off": ("a.json", published.json_stat()[:-40], "is cut off or damaged"),
    "more figures than cells": ("a.json", published.json_stat(value=[1] * 9), "cut off or damaged"),
    "cells beyond all measure": (
        "a.json", published.json_stat(size=[2**31, 1, 2, 2]), "cut off or damaged"),
    "SDMX-ML cut off": ("a.xml", published.GENERIC[:-60], "is cut off or damaged"),
    "entities in SDMX-ML": (
        "a.xml", published.GENERIC.replace(b"<m:Gen", b'<!DOCTYPE m [<!ENTITY x "y">]><m:Gen', 1),
        "entities in “a.xml”"),
    "a PX cut off": ("a.px", published.PX[:200], "is cut off or damaged"),
    "a PX without figures": ("a.px", published.PX.replace(b"70", b""), "is cut off or damaged"),
    "deep JSON": ("a.json", b'{"a":' * 100_000, "is cut off or damaged"),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_table_is_refused(
    bring: Callable[..., Answer], toyland: Path, tmp_path: Path, what: str
) -> None:
    name, content, sentence = BROKEN[what]
    before = (toyland / "observations.csv").read_bytes()
    (tmp_path / name).write_bytes(content)
    answer = bring(tmp_path / name)
    assert (answer.code, answer.out) == (2, ""), answer.out
    assert sentence in answer.err
    assert (toyland / "observations.csv").read_bytes() == before


# --- addresses -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/sdmx/2.1/data/JOBS", "/sdmx/3.0/data/JOBS", "/statistics/1.0/data/JOBS?lang=EN",
             "/moved"],
)  # fmt: skip
def test_a_table_is_fetched(
    bring: Callable[..., Answer], toyland: Path, office: str, path: str
) -> None:
    answer = bring(office + path)
    assert answer.code == 0, answer.out + answer.err
    assert f"Fetched from: {office}{path}\n" in answer.out
    assert observed(toyland)["XT-N", "A", 2031] == (43.5, "estimated")
    memory = json.loads((toyland / "imports.json").read_text(encoding="utf-8"))
    assert memory["imports"][-1]["address"] == office + path


def test_a_table_of_pxweb_is_fetched_whole(
    bring: Callable[..., Answer], toyland: Path, office: str
) -> None:
    answer = bring(f"{office}/v1/en/Jobs/jobs.px", "--only", "Indicator=Employed")
    assert answer.code == 0, answer.out + answer.err
    assert Office.asked == ["GET /api/v1/en/Jobs/jobs.px", "POST /api/v1/en/Jobs/jobs.px"]
    assert observed(toyland)["XT-S", "A", 2030] == (70, "")


def test_an_address_with_blanks_and_georgian_letters(
    bring: Callable[..., Answer], toyland: Path, office: str
) -> None:
    answer = bring(
        f"{office}/v1/ka/Database/Social Statistics/ა.px", "--only", "Indicator=Employed"
    )
    assert answer.code == 0, answer.out + answer.err
    assert observed(toyland)["XT-S", "A", 2030] == (70, "")


@pytest.mark.parametrize(
    ("path", "asked", "sentence"),
    [
        ("/../other/JOBS", 0, "was not asked. Only addresses that begin so may be"),
        ("/out", 1, "/other/JOBS” was not asked."),
        ("/away", 1, "/api/sdmx/2.1/data/JOBS” was not asked."),
        ("/round", 6, "was reached by more than 5 redirects"),
        ("/none", 1, "answered with the error 404"),
    ],
)
def test_no_other_address_is_asked(
    bring: Callable[..., Answer], toyland: Path, office: str, path: str, asked: int, sentence: str
) -> None:
    before = (toyland / "observations.csv").read_bytes()
    answer = bring(office + path)
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err
    assert len(Office.asked) == asked
    assert (toyland / "observations.csv").read_bytes() == before


def test_an_answer_may_be_so_large(
    bring: Callable[..., Answer], office: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 100)
    answer = bring(f"{office}/sdmx/2.1/data/JOBS")
    assert "answered with more than 100 bytes" in answer.err


def test_an_address_that_does_not_answer(
    bring: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_SOURCES", '["http://127.0.0.1:9/"]')
    settings.cache_clear()
    answer = bring("http://127.0.0.1:9/x")
    settings.cache_clear()
    assert "“http://127.0.0.1:9/x” did not answer (ConnectError)." in answer.err


LIST = ("https://office.example/api/", "http://127.0.0.1:8000/api")


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://office.example/api/x?y=1", True),
        ("http://127.0.0.1:8000/api/x", True),
        ("http://127.0.0.1:8000/api", True),
        ("http://office.example/api/x", False),
        ("https://office.example/apiary", False),
        ("http://127.0.0.1:8000/apiary", False),
        ("https://office.example:444/api/x", False),
        ("https://office.example.evil.example/api/x", False),
        ("https://evil.example/office.example/api/", False),
        ("https://office.example@evil.example/api/", False),
        ("https://me:word@office.example/api/", False),
        ("https://office.example/api/../x", False),
        ("https://office.example/api/%2e%2e/x", False),
        ("https://office.example/api/..%2Fx", False),
        ("https://office.example/api/\\..\\x", False),
        ("https://office.example/api/ x", False),
        ("https://office.example:port/api/", False),
        ("file:///etc/passwd", False),
        ("ftp://office.example/api/", False),
        ("//office.example/api/", False),
        ("", False),
    ],
)
def test_which_addresses_are_allowed(address: str, may: bool) -> None:
    assert allowed(address, LIST) is may


def test_http_is_for_this_machine_alone() -> None:
    assert not allowed("http://office.example/api/x", ("http://office.example/api/",))
    assert all(each.startswith("https://") for each in Settings().sources)


@pytest.mark.parametrize(
    "address",
    [
        "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data/une_rt_m?lang=EN",
        "https://ec.europa.eu/eurostat/api/dissemination/sdmx/2.1/data/nama_10r_2gdp?format=SDMX",
        "https://pc-axis.geostat.ge/PXWeb/api/v1/en/Database/Labour/Wages_Nace2.px",
    ],
)
def test_the_offices_that_are_allowed_unasked_are_where_they_are(address: str) -> None:
    assert allowed(address, Settings().sources)
