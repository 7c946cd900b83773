"""An import as a conversation: what was said so far, and what has to be said next.

The command line says everything in one call; a page asks step by step. Both end in the same
:func:`~atlas.ingest.importing.import_file`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from atlas.ingest.contracts import OUTLINED, TABLES
from atlas.ingest.naming import Match
from atlas.ingest.outline_source import OUTLINES
from atlas.ingest.report import PROPOSALS, Report
from atlas.ingest.wishes import Wishes
from atlas.model import MEASURES

#: The steps in their order; those of names are called as what they refer to.
STEPS = ("read", "columns", "regions", "industries", "places", "report", "import")
NAMES = STEPS[2:5]
#: So many words are asked for at once.
MOST_ASKED = 40


@dataclass
class Conversation:
    """A file (``source``, a copy of ours) on its way into the edition in ``folder``.

    ``table`` is one of the edition's, a measure, or ``boundaries``; ``reading`` has what was said
    about how the file is read (fields of Wishes); ``address`` is where it was fetched; ``report``
    is the last one; ``returned``: the columns are to be gone through once more.
    """

    folder: Path
    source: Path
    table: str
    reading: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    only: dict[str, str] = field(default_factory=dict)
    factors: dict[str, float] = field(default_factory=dict)
    meanings: dict[str, dict[str, str]] = field(default_factory=dict)
    accepted: dict[str, str] = field(default_factory=dict)
    report: Report | None = None
    address: str | None = None
    returned: bool = False

    def wishes(self, *, check_only: bool) -> Wishes:
        """What was said so far, as imports take it."""
        return Wishes(
            self.table, columns=self.columns, constants=self.constants, only=self.only,
            factors=self.factors, meanings=self.meanings, accepted=self.accepted,
            address=self.address, check_only=check_only, **self.reading,
        )  # fmt: skip

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps that concern the table, in their order."""
        table = self.wishes(check_only=True).name
        if table == OUTLINES:
            wanted = {"regions"}
        else:
            refers = {other for other, _ in TABLES[table].refers.values()} - {table}
            wanted = refers | ({"places"} if table == "firms" else set())
        return tuple(step for step in STEPS if step not in NAMES or step in wanted)

    @property
    def step(self) -> str:
        """The first step that needs an answer: ``import`` when nothing stands in the way."""
        report = self.report
        if report is None:
            return "read"
        proposed = any(column.how == "proposed" for column in report.columns)
        open_ones = {("error", "no_column"), ("error", "several")} & set(report.counts)
        if self.returned or proposed or open_ones:
            return "columns"
        for kind in NAMES:
            if self.asked(kind):
                return kind
        return "import" if report.ready else "report"

    def asked(self, kind: str) -> list[tuple[Match, int]]:
        """The words that nobody has confirmed or explained yet, each with its number of rows. A
        place that is no region needs no explanation: the firm may have a point."""
        if self.report is None:
            return []
        return [
            (one, rows)
            for one, rows in self.report.matches.get(kind, [])
            if not one.sure and (kind != "places" or one.code is not None)
        ]

    def lacking(self) -> list[str]:
        """Fields that must be there and that no column was found for, those included that were said
        to be alike in every row."""
        issues = self.report.issues if self.report else []
        open_ones = [str(one.column) for one in issues if one.rule == "no_column"]
        return [*self.constants, *open_ones]

    def divided(self) -> dict[str, list[str]]:
        """The columns that divide a published table, of which one value has to be chosen or was,
        with the values of each."""
        if self.report is None:
            return {}
        asked = {one.column for one in self.report.issues if one.rule == "several"} | {*self.only}
        dimensions = self.report.about.get("dimensions", ())
        known = {each["labelled"]: list(each["values"]) for each in dimensions}
        return {header: values for header, values in known.items() if header in asked}

    def measures(self) -> list[str]:
        """The measures that the file has figures of."""
        if self.table in MEASURES:
            return [self.table]
        fields = [column.field for column in self.report.columns] if self.report else []
        return [measure for measure in MEASURES if measure in fields]

    def reasons(self) -> list[str]:
        """The rules of warnings that wait for a reason to accept them."""
        return (
            [rule for rule in self.report.waiting if rule not in PROPOSALS] if self.report else []
        )


def fields_of(table: str) -> list[str]:
    """The fields that columns of a file may be, for a table or a measure."""
    if table == OUTLINES:
        return list(OUTLINED.schema.columns)
    name = "observations" if table in MEASURES else table
    others = set(MEASURES) - {table} if table in MEASURES else set()
    return [column for column in TABLES[name].schema.columns if column not in others]


def totals(report: Report) -> Mapping[str, int]:
    """How many issues there are of each severity."""
    found: dict[str, int] = {}
    for (severity, _), count in report.counts.items():
        found[severity] = found.get(severity, 0) + count
    return found
