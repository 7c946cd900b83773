"""What a table that comes in would do to its edition: the edition's own checks, before it is
written, and only what would be new."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet

from atlas.ingest.edition import LINE, Edition, drop_suppressed, read_edition, read_one
from atlas.ingest.validate import check_table, errors, validate
from atlas.model import Issue

#: The tables that have a bearing on one that comes in, where these are few: a large register of
#: firms is not read to check some figures, nor the one before to check the next.
CONCERNED: Mapping[str, frozenset[str]] = {
    "observations": frozenset({"regions", "industries", "observations"}),
    "firms": frozenset({"regions", "industries", "institutions", "members", "linkages"}),
}


def _key(issue: Issue) -> tuple[Any, ...]:
    return issue.file, issue.row, issue.column, issue.value, issue.rule


def new_issues(folder: Path, name: str, frame: pd.DataFrame, source: str) -> list[Issue]:
    """The issues of the edition with this table in place that it does not have without: rows of
    the table are lines of ``source``, or of the edition's own file where :data:`LINE` is negative.
    """
    only = CONCERNED.get(name)
    known = validate(read_edition(folder, only))
    before = {_key(issue) for issue in known}
    edition = read_edition(folder, only)
    own = edition.file_name(name)
    edition.issues = [
        issue for issue in edition.issues if issue.file != own or issue.rule == "setting"
    ]
    edition.tables[name] = frame.copy()
    edition.files[name] = Path(source)
    if name == "observations":
        drop_suppressed(edition)
    found = []
    for issue in validate(edition):
        kept = issue.file == source and issue.row is not None and issue.row < 0
        moved = _moved(issue, own) if kept else issue
        if _key(moved) not in before:
            found.append(moved)
    if count := sum(issue.rule != "table" for issue in errors(known)):
        # The content of an edition is only looked at where its form holds.
        found.append(Issue(source, None, None, None, "not_compared", "note", {"count": count}))
    return found


def _moved(issue: Issue, file: str) -> Issue:
    return Issue(file, -(issue.row or 0), issue.column, issue.value, issue.rule, issue.severity,
                 issue.facts)  # fmt: skip


def rows_issues(edition: Edition, name: str, frame: pd.DataFrame, source: str) -> list[Issue]:
    """The issues of some rows of a table, by themselves and against the edition's other tables."""
    edition.issues = []
    edition.tables[name] = frame
    edition.files[name] = Path(source)
    check_table(edition, name)
    return edition.issues


def references_issues(edition: Edition, name: str, ids: pd.Series) -> list[Issue]:
    """The issues of other tables that refer to a table of which only the keys are given."""
    edition.issues = []
    edition.tables[name] = pd.DataFrame({f"{name[:-1]}_id": ids, LINE: range(2, len(ids) + 2)})
    for other in ("members", "linkages"):
        if other in edition.files:
            check_table(edition, other)
    # What else is wrong with them is not this table's doing.
    return [issue for issue in edition.issues if issue.rule == "unknown_code"]


def rows_before(folder: Path, name: str) -> tuple[str, int]:
    """The file of a table in the edition and how many rows it has; none without a file."""
    csv, parquet = folder / f"{name}.csv", folder / f"{name}.parquet"
    if csv.is_file():
        with csv.open("rb") as file:
            return csv.name, max(sum(1 for line in file if line.strip()) - 1, 0)
    if parquet.is_file():
        return parquet.name, int(pyarrow.parquet.read_metadata(parquet).num_rows)
    return csv.name, 0


def stored(folder: Path, name: str) -> pd.DataFrame | None:
    """The edition's table as it stands, suppressed figures included; None without one."""
    edition = read_one(folder, name)
    return edition.tables.get(name) if name in edition.files else None
