"""Cells in which few firms have most: judged by what each contributes, which is never published."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from confidential import write_edition

from atlas.ingest.edition import read_edition
from atlas.ingest.validate import validate
from tests.ingest.confidentiality.test_confidential_edition import (
    ROWS,
    RULES,
    kept,
    published,
    tables,
)

CONTRIBUTIONS = [
    "region_code,industry_code,year,firm_id,employment",
    # Two rows of one firm are one contribution: 80 of 100.
    *("XT-S,A,2020,big,50", "XT-S,A,2020,big,30", "XT-S,A,2020,mid,15", "XT-S,A,2020,low,5"),
    *(f"XT-S,C10,2020,s{n},25" for n in range(4)),
    *(f"XT-N1,A,2020,n{n},25" for n in range(4)),
    *(f"XT-N1,C10,2020,m{n},25" for n in range(4)),
]
SMALL = ["XT-S,A,2020,100,4,", "XT-S,C10,2020,100,4,", "XT-N1,A,2020,100,4,"]
SMALL += ["XT-N1,C10,2020,100,4,"]


@pytest.mark.parametrize(
    ("firms", "share", "sensitive"), [(1, 0.75, True), (1, 0.8, False), (2, 0.94, True)]
)
def test_dominance_by_hand(tmp_path: Path, firms: int, share: float, sensitive: bool) -> None:
    rules = {"minimum_firms": 3, "dominance": {"firms": firms, "share": share}}
    edition = write_edition(
        tmp_path / "e", SMALL, rules, {"contributions.csv": "\n".join(CONTRIBUTIONS)}
    )
    assert [i.rule for i in validate(read_edition(edition)) if i.rule.startswith("dom")] == []
    found, said = kept(edition)
    assert said["dominance_judged"] is True
    assert (said["primary"] > 0) is sensitive
    assert (found.loc[("XT-S", "A"), "status"] == "suppressed") is sensitive


def test_not_a_word_of_the_contributions_is_published(tmp_path: Path) -> None:
    told = [*CONTRIBUTIONS, "XT-S,C11,2020,tell-tale firm,77345112"]
    edition = write_edition(
        tmp_path / "e", [*SMALL, "XT-S,C11,2020,90000000,9,"], RULES,
        {"contributions.csv": "\n".join(told)},
    )  # fmt: skip
    found = published(edition, tmp_path / "home")
    assert "contributions" not in dict(tables(found))
    assert "contributions.csv" in found.manifest["checksums"]
    for path in found.path.iterdir():
        content = path.read_bytes()
        for secret in (b"tell-tale firm", b"77345112", struct.pack("<d", 77345112)):
            assert secret not in content, path.name


def test_without_contributions_dominance_is_said_not_to_be_judged(tmp_path: Path) -> None:
    rules = {**RULES, "dominance": {"firms": 1, "share": 0.75}}
    edition = write_edition(tmp_path / "e", ROWS, rules)
    (issue,) = [i for i in validate(read_edition(edition)) if i.rule == "dominance_unjudged"]
    assert (issue.severity, issue.file) == ("warning", "contributions.csv")
    said = kept(edition)[1]
    assert (said["dominance_judged"], said["primary"]) == (False, 1)
