"""Whatever bytes a file holds, the process that reads it answers in its own words."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import files
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas.ingest import apart
from atlas.text import ERRORS

STEADY = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
WORKBOOK = files.workbook(files.ROW, ("XT-S", "A", 2022, 5.5))
PARQUET = files.parquet(region_code=["XT-N", "XT-S"], employment=[1, None])
ODS = files.ods(files.ods_row(*files.HEADER) + files.ods_row(*files.ROW))


@pytest.fixture
def answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> object:
    """What the reading process says of some bytes, run here and without its limits."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(apart, "_limit", lambda: None)

    def ask(content: bytes, name: str) -> dict[str, object]:
        Path("source").write_bytes(content)
        job = {"name": name, "table": "observations", "sheet": None, "encoding": None,
               "separator": None}  # fmt: skip
        monkeypatch.setattr(sys, "argv", ["apart", json.dumps(job)])
        apart.main()
        said: dict[str, object] = json.loads(capsys.readouterr().out)
        assert ("kind" in said) != (said.get("error") in ERRORS), said
        return said

    return ask


@given(content=st.binary(max_size=400))
@STEADY
def test_any_bytes(answer: object, content: bytes) -> None:
    answer(content, "a.csv")  # type: ignore[operator]


@given(content=st.text(alphabet="abçşğ1.,;\"'\t\n\r =", max_size=200))
@STEADY
def test_any_text(answer: object, content: str) -> None:
    said = answer(content.encode(), "a.csv")  # type: ignore[operator]
    assert said.get("error") in (None, "source_empty", "source_quotes", "no_header")


@pytest.mark.parametrize(
    ("name", "sound"), [("a.xlsx", WORKBOOK), ("a.parquet", PARQUET), ("a.ods", ODS)]
)
@given(data=st.data())
@STEADY
def test_any_change_of_a_sound_file(
    answer: object, name: str, sound: bytes, data: st.DataObject
) -> None:
    spoilt = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 4))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(spoilt)))
    answer(bytes(spoilt[:cut]) if data.draw(st.booleans()) else bytes(spoilt), name)  # type: ignore[operator]
