"""A confidential edition from its folder to its release: what is kept back, and where it is not."""

from __future__ import annotations

import dataclasses
import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from commands import Run
from confidential import write_edition
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from atlas.errors import DataError
from atlas.ingest.build import build
from atlas.ingest.confidentiality.attack import audit
from atlas.ingest.confidentiality.protect import protect
from atlas.ingest.confidentiality.rules import read_rules
from atlas.ingest.confidentiality.suppress import Suppressed, suppress
from atlas.ingest.edition import read_edition
from atlas.model import Release
from atlas.store import database, releases

#: Employment and firms of toyland's lowest cells, each figure unlike any other number around.
FIGURES = {
    ("XT-N1", "A"): (48151623, 9), ("XT-N1", "C10"): (62342108, 7), ("XT-N1", "C11"): (15727193, 2),
    ("XT-N2", "A"): (88471351, 8), ("XT-N2", "C10"): (95413027, 5), ("XT-N2", "C11"): (60293817, 4),
    ("XT-S", "A"): (71689403, 11), ("XT-S", "C10"): (82129577, 6), ("XT-S", "C11"): (31847269, 5),
    ("XT-E", "A"): (60917381, 4), ("XT-E", "C10"): (52361749, 4), ("XT-E", "C11"): (33923861, 9),
}  # fmt: skip
ROWS = [f"{r},{i},2020,{people},{firms}," for (r, i), (people, firms) in FIGURES.items()]
RULES = {"minimum_firms": 3, "margin": 0.1}
FIRMS = (
    "firm_id,name,industry_code,region_code,employment,value_chain_stage,staff_2020,motto\n"
    "mill,Mill,C11,XT-N1,15101737,Milling,15102959,Bread\n"
    "oven,Oven,C10,XT-S,12,Baking,13,Heat\n"
)


def published(folder: Path, home: Path) -> Release:
    return releases.find("toyland", build(folder, home), home)


def tables(release: Release) -> Iterator[tuple[str, pd.DataFrame]]:
    with database.connection(release.path).cursor() as cursor:
        for (name,) in cursor.execute("show tables").fetchall():
            yield name, cursor.execute("from query_table($table)", {"table": name}).df()


def kept(edition: Path) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Employment as it may be published, by region and sector, and the certificate."""
    read = read_edition(edition)
    rules = read_rules(read)
    assert rules is not None
    after, said = protect(read, rules, [])
    assert after.published is not None
    frame = after.published[after.published["measure"] == "employment"]
    return frame.set_index(["region_code", "industry_code"]), said


def cells(release: Release, measure: str = "employment") -> pd.DataFrame:
    frame = dict(tables(release))["cells"]
    frame = frame[frame["measure"] == measure]
    return frame.set_index(["region_code", "industry_code"])


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp("confidential")
    edition = write_edition(folder / "edition", ROWS, RULES, {"firms.csv": FIRMS})
    return published(edition, folder / "home")


def truth(which: int = 0) -> dict[tuple[str, str], int]:
    """Employment (or, 1, firms) of every cell of toyland."""
    return totals({cell: figures[which] for cell, figures in FIGURES.items()})


def totals(lowest: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """The lowest cells of toyland with all their totals."""
    above = {"XT-N1": "XT-N", "XT-N2": "XT-N", "XT-N": "XT", "XT-S": "XT", "XT-E": "XT"}
    within = {"C10": "C", "C11": "C", "C": "TOTAL", "A": "TOTAL"}
    found: dict[tuple[str, str], int] = {}
    for (region, industry), figure in lowest.items():
        place: str | None = region
        while place:
            sector: str | None = industry
            while sector:
                found[place, sector] = found.get((place, sector), 0) + figure
                sector = within.get(sector)
            place = above.get(place)
    return found


def test_the_cell_of_two_firms_is_suppressed_and_not_alone(release: Release) -> None:
    found = cells(release)
    hidden = found[found["status"] == "suppressed"]
    assert ("XT-N1", "C11") in hidden.index
    assert hidden["value"].isna().all()
    # A rectangle with a partner in its row and its column, and what they take along.
    assert len(hidden) >= 4
    assert {region for region, _ in hidden.index} > {"XT-N1"}
    assert {industry for _, industry in hidden.index} > {"C11"}


def test_no_other_figure_changed(release: Release) -> None:
    found, expected = cells(release), truth()
    assert set(found.index) == set(expected)
    shown = found[found["status"] != "suppressed"]
    assert shown["value"].to_dict() == {key: expected[key] for key in shown.index}
    assert set(shown["status"]) == {"published", "derived"}
    firms = cells(release, "establishments")["value"]
    assert (firms["XT-N1", "C11"], firms["XT-N", "C11"], firms["XT", "TOTAL"]) == (2, 6, 74)


def test_what_is_suppressed_is_nowhere(release: Release) -> None:
    found, expected = cells(release), truth()
    secrets = {expected[key] for key in found[found["status"] == "suppressed"].index}
    # The size of a firm in the suppressed cell, and what the edition adds of its own.
    secrets |= {15101737, 15102959}
    assert not secrets & {expected[key] for key in found[found["status"] != "suppressed"].index}
    for name, frame in tables(release):
        for column in frame:
            numbers = pd.to_numeric(frame[column], errors="coerce").dropna()
            assert not secrets & set(numbers), (name, column)
    raw = [
        form
        for secret in secrets
        for form in (str(secret).encode(), struct.pack("<d", secret), struct.pack("<q", secret))
    ]
    files = [path for path in release.path.rglob("*") if path.is_file()]
    assert len(files) == 6
    for path in files:
        content = path.read_bytes()
        assert not any(secret in content for secret in raw), path.name


def test_quotients_of_it_are_suppressed_too(release: Release) -> None:
    frame = database.run("map/slice", release, industry="C11", year=2020, since=2020)
    own = frame[(frame["region_code"] == "XT-N1") & (frame["measure"] == "employment")]
    assert {"amount", "location_quotient", "size", "focus"} <= set(own["metric"])
    assert set(own["status"]) == {"suppressed"}
    assert own["value"].isna().all()


def test_a_firm_in_it_loses_its_size_and_another_keeps_its_own(release: Release) -> None:
    firms = dict(tables(release))["firms"].set_index("firm_id")
    assert pd.isna(firms.loc["mill", "employment"])
    assert pd.isna(firms.loc["mill", "staff_2020"])
    assert (firms.loc["mill", "name"], firms.loc["mill", "motto"]) == ("Mill", "Bread")
    assert firms.loc["mill", "industry_code"] == "C11"
    hidden = cells(release)
    near = {("XT-S", "C10"), ("XT-S", "C"), ("XT-S", "TOTAL"), ("XT", "C10")}
    if not near & set(hidden[hidden["status"] == "suppressed"].index):
        assert firms.loc["oven", "employment"] == 12


def test_the_certificate_counts_what_is_suppressed(release: Release) -> None:
    said = release.manifest["confidentiality"]
    hidden = int((cells(release)["status"] == "suppressed").sum())
    assert said["passed"] is True
    assert (said["cells"], said["primary"], said["secondary"]) == (30, 1, hidden - 1)
    assert said["measures"] == {
        "employment": {"cells": 30, "primary": 1, "secondary": hidden - 1},
    }
    assert (said["tables"], said["published_before"], said["firms_without_figures"]) == (1, 0, 1)
    assert said["rules"] == {
        "minimum_firms": 3, "dominance": None, "margin": 0.1, "linked": [],
    }  # fmt: skip
    # A tenth of the figure must be left open, both ways.
    assert 0.18 <= said["narrowest"]["sensitive"] <= 1
    assert said["narrowest"]["any"] <= said["narrowest"]["sensitive"]
    assert said["narrowest_is_exact"] is True


def test_the_release_does_not_tell_the_rules_or_checksums_of_the_files(
    release: Release, tmp_path: Path
) -> None:
    assert "confidentiality" not in release.manifest["atlas"]
    edition = write_edition(tmp_path / "e", ROWS, RULES, {"firms.csv": FIRMS})
    plain = read_edition(edition).checksums()
    sealed = release.manifest["checksums"]
    assert set(sealed) == set(plain)
    assert not set(sealed.values()) & set(plain.values())
    # Another home, another key, another id: figures cannot be tried until the id fits.
    assert published(edition, tmp_path / "home").release_id != release.release_id
    key = tmp_path / "home" / "toyland" / ".private-key"
    assert (len(key.read_bytes()), key.stat().st_mode & 0o077) == (32, 0)
    assert published(edition, tmp_path / "home").release_id == build(edition, tmp_path / "home")


def test_rules_may_be_kept_back(tmp_path: Path) -> None:
    edition = write_edition(tmp_path / "e", ROWS, {**RULES, "state_rules": False})
    assert kept(edition)[1]["rules"] is None


def test_a_broken_suppression_publishes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(figures: Any, trees: Any, rules: Any) -> Suppressed:
        done = suppress(figures, trees, rules)
        (one,) = figures.values()
        # All but the sensitive cell is shown again.
        pattern = np.zeros_like(done.pattern)
        pattern[one.table.keys[one.sensitive]] = True
        audits = {
            name: audit(one.table, pattern[one.table.keys], one.need(rules.margin))
            for name in figures
        }
        return dataclasses.replace(done, pattern=pattern, audits=audits)

    monkeypatch.setattr("atlas.ingest.confidentiality.protect.suppress", broken)
    edition = write_edition(tmp_path / "e", ROWS, RULES)
    with pytest.raises(DataError) as raised:
        build(edition, tmp_path / "home")
    assert raised.value.kind == "confidentiality_failed"
    facts = raised.value.facts
    assert (facts["count"], facts["sensitive"], facts["other"], facts["totals"]) == (1, 1, 0, 0)
    assert facts["places"] == "employment 2020"
    assert releases.editions(tmp_path / "home") == []
    left = [path.name for path in (tmp_path / "home" / "toyland").iterdir()]
    assert sorted(left) == [".lock", ".private-key"]


def stated(measure: dict[tuple[str, str], int], firms: dict[tuple[str, str], int]) -> list[str]:
    """Every cell as a row of its own, totals too."""
    return [f"{r},{i},2020,{people},{firms[r, i]}," for (r, i), people in measure.items()]


def test_where_nothing_can_protect_the_command_says_which_cells(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    rows = stated(truth(), truth(1))
    secret = next(row for row in rows if row.startswith("XT-N1,C11"))
    # All but the secret were published once: nothing is left to hide it behind.
    open_edition = write_edition(tmp_path / "a", [row for row in rows if row != secret], None)
    first = published(open_edition, home).release_id
    answer = run("build", write_edition(tmp_path / "b", rows, RULES), home=home)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "Suppressing and auditing\n"
        "atlas: Nothing was published: 1 suppressed figures could be worked out from what would"
        " be published (1 sensitive ones, 0 suppressed to protect others; 0 are totals), in"
        " employment 2020. Give coarser sectors or regions, or suppress more yourself.\n"
    )
    assert releases.current("toyland", home).release_id == first


def test_earlier_releases_are_known_to_the_attacker(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = published(write_edition(tmp_path / "a", ROWS, RULES), home)
    before = cells(first)
    stricter = write_edition(tmp_path / "b", ROWS, {**RULES, "minimum_firms": 5})
    answer = run("build", stricter, home=home)
    second = releases.current("toyland", home)
    assert answer.out == f"{second.release_id}\n"
    after = cells(second)
    newly = after.index[(after["status"] == "suppressed") & (before["status"] != "suppressed")]
    # XT-N2 C11, XT-E A and C10 have four firms: what was given of them is given.
    few = {("XT-N2", "C11"), ("XT-E", "A"), ("XT-E", "C10")}
    assert set(newly) == few - set(before.index[before["status"] == "suppressed"])
    assert second.manifest["confidentiality"]["published_before"] == len(newly) > 0
    said = "suppressed now, but an earlier release gave it, which cannot be taken back"
    warned = {f"warning: observations.csv:{2 + list(FIGURES).index(cell)} employment “"
              f"{' '.join(cell)} 2020”: {said}" for cell in newly}  # fmt: skip
    assert warned <= set(answer.err.splitlines())
    # And what was suppressed stays so: two patterns together would give it away.
    kept = before.index[before["status"] == "suppressed"]
    assert (after.loc[kept, "status"] == "suppressed").all()


def test_all_was_published_before_it_was_confidential(tmp_path: Path) -> None:
    home = tmp_path / "home"
    published(write_edition(tmp_path / "a", ROWS, None), home)
    said = published(write_edition(tmp_path / "b", ROWS, RULES), home).manifest["confidentiality"]
    assert (said["primary"], said["secondary"], said["published_before"]) == (1, 0, 1)


def test_rows_suppressed_by_the_edition_are_protected(tmp_path: Path) -> None:
    rows = [row + ("suppressed" if row.startswith("XT-S,C10") else "") for row in ROWS]
    found = published(write_edition(tmp_path / "e", rows, RULES), tmp_path / "home")
    for measure in ("employment", "establishments"):
        hidden = cells(found, measure)
        hidden = hidden[hidden["status"] == "suppressed"]
        assert ("XT-S", "C10") in hidden.index
        assert len(hidden) >= 4
    assert found.manifest["confidentiality"]["primary"] == 3
    assert found.manifest["confidentiality"]["measures"]["establishments"]["cells"] == 30


def test_linked_measures_are_suppressed_in_the_same_cells(tmp_path: Path) -> None:
    rules = {
        **RULES,
        "measures": ["employment", "establishments"],
        "linked": [["employment", "establishments"]],
    }
    found = published(
        write_edition(tmp_path / "e", ROWS, rules, {"firms.csv": FIRMS}), tmp_path / "home"
    )
    hidden = [
        set(frame.index[frame["status"] == "suppressed"])
        for frame in (cells(found), cells(found, "establishments"))
    ]
    assert hidden[0] == hidden[1]
    assert ("XT-N1", "C11") in hidden[0]
    # The list of firms cannot be counted either.
    firms = dict(tables(found))["firms"].set_index("firm_id")
    assert pd.isna(firms.loc["mill", "industry_code"])
    assert firms.loc["mill", "name"] == "Mill"


@settings(max_examples=12)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6)), min_size=12, max_size=12),
    st.integers(2, 4),
)
def test_suppression_changes_no_figure_that_is_shown(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[int, int]], minimum: int
) -> None:
    rows = [f"{r},{i},2020,{a},{b}," for (r, i), (a, b) in zip(FIGURES, drawn, strict=True)]
    rules = {"minimum_firms": minimum}
    edition = write_edition(tmp_path_factory.mktemp("drawn") / "e", rows, rules)
    before = totals({cell: people for cell, (people, _) in zip(FIGURES, drawn, strict=True)})
    try:
        frame, said = kept(edition)
    except DataError:
        reject()
    hidden = frame["status"] == "suppressed"
    assert frame.loc[hidden, "value"].isna().all()
    assert frame.loc[~hidden, "value"].to_dict() == {k: before[k] for k in frame.index[~hidden]}
    assert int(hidden.sum()) == said["primary"] + said["secondary"]
    few = {k for k, (a, b) in zip(FIGURES, drawn, strict=True) if a > 0 and b < minimum}
    assert few <= set(frame.index[hidden])


def test_the_certificate_on_the_command_line(
    run: Run, release: Release, toyland_home: Path
) -> None:
    home = release.path.parents[1]
    answer = run("certificate", "--edition", "toyland", home=home)
    assert (answer.code, answer.err) == (0, "")
    hidden = release.manifest["confidentiality"]["secondary"]
    assert answer.out.splitlines()[0] == (
        f"Suppressed of 30 figures: 1 that could reveal a firm, and {hidden} more so that nobody"
        " can work those out from totals."
    )
    assert "fewer than 3 firms" in answer.out
    assert "1 firm is listed without its size" in answer.out
    told = run("certificate", "--edition", "toyland", "--format", "json", home=home)
    assert json.loads(told.out) == release.manifest["confidentiality"]
    other = run("certificate", "--edition", "toyland", home=toyland_home)
    assert other.code == 2
    assert "is of no confidential edition" in other.err
