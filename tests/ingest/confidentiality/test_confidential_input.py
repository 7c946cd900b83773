"""Rules and rows of a confidential edition that cannot stand: each an error with its place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from confidential import write_edition

from atlas.ingest.edition import read_edition
from atlas.ingest.validate import validate
from tests.ingest.confidentiality.test_confidential_edition import ROWS, RULES


def broken(rows: Sequence[str], rules: Any, folder: Path) -> list[tuple[Any, ...]]:
    issues = validate(read_edition(write_edition(folder / "e", rows, rules)))
    return [(i.file, i.row, i.column, i.rule) for i in issues if i.severity == "error"]


def test_a_figure_of_unknown_firms_is_an_error(tmp_path: Path) -> None:
    rows = [*ROWS, "XT-E,A,2019,5,,", "XT-E,C10,2019,0,,"]
    assert broken(rows, RULES, tmp_path) == [
        ("observations.csv", 14, "employment", "firms_unknown")
    ]


def test_a_suppressed_row_without_figures_is_an_error(tmp_path: Path) -> None:
    assert broken([*ROWS, "XT-E,A,2019,,,suppressed"], RULES, tmp_path) == [
        ("observations.csv", 14, "status", "suppressed_empty")
    ]


@pytest.mark.parametrize(
    ("rules", "column", "rule"),
    [
        ("yes", "atlas.confidentiality", "setting_form"),
        ({"minimum_firms": 0}, "atlas.confidentiality.minimum_firms", "setting_form"),
        ({"minimum_firms": True}, "atlas.confidentiality.minimum_firms", "setting_form"),
        ({"dominance": {"firms": 1, "share": 75}}, "atlas.confidentiality.dominance",
         "setting_form"),
        ({"measures": ["exports"]}, "atlas.confidentiality.measures", "setting_form"),
        ({"linked": [["employment", "establishments"]]}, "atlas.confidentiality.linked",
         "setting_form"),
        ({"margin": math.inf}, "atlas.confidentiality.margin", "setting_form"),
        ({"minimum": 3}, "atlas.confidentiality.minimum", "one_of"),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_an_error(tmp_path: Path, rules: Any, column: str, rule: str) -> None:
    assert broken(ROWS, rules, tmp_path) == [("datapackage.json", None, column, rule)]
