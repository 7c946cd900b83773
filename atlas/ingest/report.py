"""What an import found and did: for people as lines, for programs as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import geopandas as gpd

from atlas.ingest.headers import Column
from atlas.ingest.naming import Match
from atlas.model import Issue

#: The most issues of one rule that are listed; the report counts them all.
MOST = 1000

#: Rules whose warnings are accepted by accepting what is proposed, not one by one.
PROPOSALS = {"proposed_column": "columns", "proposed_name": "names"}


@dataclass
class Report:
    """What an import of ``source`` into the ``table`` of an edition found.

    ``address`` is where the source was fetched, ``foreign`` the classification of the file where it
    is not the edition's. ``issues`` are errors, which block; warnings, which must be accepted by
    their rule with a reason (``accepted``) or, for proposals, with ``columns`` and ``names``; and
    notes, which say what was done. ``kept`` are headers of columns that stay as they are.
    ``changes`` has by region how many figures or firms come, go and become others
    (:mod:`atlas.ingest.changes`); ``drawn`` is a picture of outlines as they will lie.
    ``counts`` has the number of issues of each rule, listed or not. ``written`` is the number
    of rows of the table that was written, None while nothing was; ``who`` imported.
    """

    source: str
    digest: str
    table: str
    about: Mapping[str, Any] = field(default_factory=dict)
    address: str | None = None
    foreign: str | None = None
    header: int = 0
    decimal: str | None = None
    columns: list[Column] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    matches: dict[str, list[tuple[Match, int]]] = field(default_factory=dict)
    coverage: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, dict[str, int]] = field(default_factory=dict)
    drawn: gpd.GeoDataFrame | None = None
    located: dict[str, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    accepted: dict[str, str] = field(default_factory=dict)
    agreed: frozenset[str] = frozenset()
    rows: int = 0
    who: str = ""
    written: int | None = None
    target: str = ""

    def note(
        self,
        rule: str,
        severity: str,
        row: int | None = None,
        column: str | None = None,
        value: Any = None,
        **facts: Any,
    ) -> None:
        """Note one issue of the file; beyond :data:`MOST` of one rule it is only counted."""
        shown = None if value is None else str(value)[:200]
        self.add(Issue(self.source, row, column, shown, rule, severity, facts))

    def add(self, issue: Issue) -> None:
        """Take up an issue found elsewhere; a field of the file is named by the file's header."""
        headers = {column.field: column.header for column in self.columns}
        if issue.file == self.source and issue.column in headers:
            issue = replace(issue, column=headers[issue.column])
        key = (issue.severity, issue.rule)
        self.counts[key] = self.counts.get(key, 0) + 1
        if self.counts[key] <= MOST:
            self.issues.append(issue)

    def count_more(self, severity: str, rule: str, count: int) -> None:
        """Count issues that are like those listed."""
        if count:
            self.counts[severity, rule] = self.counts.get((severity, rule), 0) + count

    def add_replaced(self, file: str, count: int, new: int) -> None:
        """A warning that the table is there already: all of its rows go."""
        self.add(Issue(file, None, None, None, "replaced", "warning", {"count": count, "new": new}))

    @property
    def errors(self) -> int:
        """How many issues block."""
        return sum(n for (severity, _), n in self.counts.items() if severity == "error")

    @property
    def waiting(self) -> list[str]:
        """The rules of warnings that nobody has accepted yet."""
        rules = {rule for severity, rule in self.counts if severity == "warning"}
        return sorted(
            rule
            for rule in rules
            if rule not in self.accepted and PROPOSALS.get(rule) not in self.agreed
        )

    @property
    def ready(self) -> bool:
        """Whether the table may be written."""
        return not self.errors and not self.waiting

    def as_data(self) -> dict[str, Any]:
        """The report as plain values; sentences are added by whoever knows a language."""
        return {
            "source": self.source, "address": self.address, "sha256": self.digest,
            "classification": self.foreign,
            "table": self.table,
            "read": dict(self.about), "header_row": self.header, "decimal_sign": self.decimal,
            "rows": self.rows, "written": self.written, "target": self.target or None,
            "columns": [asdict(column) for column in self.columns],
            "columns_left_out": self.left_out,
            "matches": {
                kind: [{**asdict(match), "rows": count} for match, count in found]
                for kind, found in self.matches.items()
            },
            "located_by": self.located, "coverage": self.coverage,
            "changes": self.changes,
            "errors": self.errors, "waiting": self.waiting, "accepted": self.accepted,
            "counts": [
                {"severity": severity, "rule": rule, "count": count}
                for (severity, rule), count in sorted(self.counts.items())
            ],
            "issues": [asdict(issue) for issue in self.issues],
        }  # fmt: skip
