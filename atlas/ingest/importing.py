"""Importing a file into an edition: read, match columns, match names, check, write; all or nothing.

Errors block. What is only proposed, and every warning, has to be accepted; until then the report
says what would be done, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from atlas.errors import DataError, unknown
from atlas.ingest import firms, merging, numerals
from atlas.ingest.apart import Read, read
from atlas.ingest.checking import CONCERNED, new_issues, rows_before, stored
from atlas.ingest.contracts import TABLES
from atlas.ingest.edition import LINE, PACKAGE, Edition, read_edition
from atlas.ingest.grid import Grid, first_rows
from atlas.ingest.headers import MOST_TITLES, find_header, settle
from atlas.ingest.matching import match_words
from atlas.ingest.memory import Memory, recall
from atlas.ingest.naming import Match
from atlas.ingest.report import MOST, Report
from atlas.ingest.shaping import KEEPS_OTHERS, Shape, Survey, frames, survey
from atlas.ingest.writing import write_firms, write_table
from atlas.model import MEASURES

Progress = Callable[[str, float], None]
Matches = Mapping[str, Mapping[str, Match]]


@dataclass(frozen=True)
class Wishes:
    """What whoever imports says: all of it may be left out but the ``table``, which is one of the
    edition's or a measure (observations of that measure).

    ``columns`` maps headers to fields, ``names`` words to codes, ``constants`` fields to values
    that every row has; ``accept_columns`` and ``accept_names`` take what is proposed; ``accepted``
    maps the rules of warnings to the reason for accepting them; ``missing`` and ``suppressed`` are
    signs in place of figures. ``check_only`` writes nothing.
    """

    table: str
    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None
    decimal: str | None = None
    header: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    suppressed: frozenset[str] = frozenset()
    accept_columns: bool = False
    accept_names: bool = False
    accepted: Mapping[str, str] = field(default_factory=dict)
    check_only: bool = False

    @property
    def name(self) -> str:
        """The table of the edition."""
        return "observations" if self.table in MEASURES else self.table

    @property
    def measure(self) -> str | None:
        """The only measure of the file, where the table was given by one."""
        return self.table if self.table in MEASURES else None


def import_file(
    source: Path, folder: Path, wishes: Wishes, progress: Progress | None = None
) -> Report:
    """Import a file into the edition in ``folder``; the report says what was found and done.

    Raises ChoiceError for a table, column, field, sheet or encoding that there is not, DataError
    for a file that cannot be read and for a folder that is no edition.
    """
    tell = progress or (lambda _step, _share: None)
    if wishes.name not in TABLES:
        raise unknown("table", wishes.table, [*TABLES, *MEASURES])
    edition = read_edition(folder, CONCERNED.get(wishes.name))
    memory = recall(folder)
    tell("open", 0.0)
    with read(
        source, wishes.name, sheet=wishes.sheet, encoding=wishes.encoding,
        separator=wishes.separator,
    ) as found:  # fmt: skip
        report = Report(found.name, found.digest, wishes.name, found.about)
        report.accepted = dict(wishes.accepted)
        report.agreed = frozenset(
            ({"columns"} if wishes.accept_columns else set())
            | ({"names"} if wishes.accept_names else set())
        )
        tell("match", 0.3)
        _bring_in(found, edition, wishes, memory, report, tell)
    return report


def _bring_in(
    found: Read, edition: Edition, wishes: Wishes, memory: Memory, report: Report, tell: Progress
) -> None:
    shape = _shape(found, wishes, memory, report)
    _report_rows(shape.grid, found, report)
    _lacking(shape, report)
    refers = {
        column: table
        for column, (table, _) in TABLES[wishes.name].refers.items()
        if column in ("region_code", "industry_code") and table != wishes.name
    }
    words = (*refers, *(("place",) if wishes.name == "firms" else ()))
    first = survey(shape, words)
    report.rows = first.rows
    if not first.rows:
        raise DataError("source_empty", path=report.source)
    decimal = _decimal(first, wishes, report)
    matches = match_words(edition, first, refers, wishes.names, memory, report)
    if any(issue.rule == "no_column" for issue in report.issues):
        return
    tell("check", 0.5)
    if wishes.name == "firms":
        ready = firms.arrive(shape, edition.folder, found.folder, decimal, matches, report)
        _replaced(edition, wishes.name, None, report)
        if report.ready and not wishes.check_only:
            tell("write", 0.9)
            write_firms(ready, edition.folder, memory, report)
        return
    frame = pd.concat(list(frames(shape, decimal, report)), ignore_index=True)
    frame = _settled(frame, edition, wishes, matches, report)
    known = {(issue.row, issue.column) for issue in report.issues if issue.rule == "number"}
    fields = {column.field: column.header for column in shape.columns}
    for issue in new_issues(edition.folder, wishes.name, frame, report.source):
        if (issue.row, fields.get(str(issue.column))) not in known:
            report.add(issue)
    if report.ready and not wishes.check_only:
        tell("write", 0.9)
        write_table(frame, edition.folder, memory, report)


def _shape(found: Read, wishes: Wishes, memory: Memory, report: Report) -> Shape:
    """Which row is the header, and what each column is."""
    rows = first_rows(found.grid, 2000)
    line = wishes.header or find_header(rows, wishes.name)
    cells = dict(rows).get(line)
    if cells is None:
        raise unknown("header", line, [number for number, _ in rows[:MOST_TITLES]])
    headers = tuple((cell or "").strip() for cell in cells)
    report.header = line
    remembered = memory.columns.get(wishes.name, {})
    taken, waiting = settle(
        headers, wishes.name, stated=wishes.columns, remembered=remembered,
        accept=wishes.accept_columns,
    )  # fmt: skip
    if wishes.measure:
        others = set(MEASURES) - {wishes.measure}
        waiting = [column for column in waiting if column.field not in others]
        taken = [column for column in taken if column.field not in others]
    for column in waiting:
        report.note("proposed_column", "warning", line, column.header, None,
                    field=column.field, score=f"{column.score:.0f}")  # fmt: skip
    columns = sorted([*taken, *waiting], key=lambda column: column.place)
    report.columns = columns
    used = {column.place for column in columns}
    years = _years(headers, used, wishes, {column.field for column in columns})
    names: dict[int, str] = {}
    # A name that is the contract's belongs to the column that was matched to it.
    called = {each.casefold() for each in TABLES[wishes.name].schema.columns} | {firms.GIVEN}
    for place, header in enumerate(headers):
        if place in used or place in years:
            continue
        if not header:
            if any(row[place] is not None for number, row in rows if number > line):
                report.left_out.append(f"[{place + 1}]")
            continue
        if wishes.name in KEEPS_OTHERS and wishes.columns.get(header) != "-":
            names[place] = firms.plain_header(header, called)
        else:
            report.left_out.append(header)
    grid = Grid(found.grid, line, headers)
    return Shape(grid, wishes.name, tuple(columns), names, wishes.constants,
                 wishes.missing, wishes.suppressed, years, wishes.measure)  # fmt: skip


def _years(
    headers: tuple[str, ...], used: set[int], wishes: Wishes, fields: set[str]
) -> dict[int, int]:
    """The columns whose header is a year, where one measure comes in and no column says years."""
    if wishes.measure is None or fields & {"year", wishes.measure} or "year" in wishes.constants:
        return {}
    found = {
        place: int(header.removesuffix(".0"))
        for place, header in enumerate(headers)
        if place not in used and header.removesuffix(".0").isdecimal()
    }
    return {place: year for place, year in found.items() if 1900 <= year <= 2100}


def _report_rows(grid: Grid, found: Read, report: Report) -> None:
    """Rows that are not as wide as the header, or hold one cell alone; formulas."""
    if found.about["kind"] == "text":
        for line, cells in grid.ragged():
            report.note("ragged", "error", line, None, None, cells=cells,
                        width=grid.width)  # fmt: skip
    for line, text in grid.lone():
        report.note("lone", "note", line, None, text)
    if found.about.get("uncomputed"):
        report.note("uncomputed", "error", count=found.about["uncomputed"])
    if found.about.get("formulas"):
        report.note("formulas", "warning", count=found.about["formulas"])


def _lacking(shape: Shape, report: Report) -> None:
    """Fields of the contract that must be there and are not, and figures where there are none."""
    schema = TABLES[shape.table].schema
    for name in shape.constants:
        if name not in schema.columns:
            raise unknown("field", name, list(schema.columns))
    for name, column in schema.columns.items():
        if column.required and name not in shape.fields:
            report.note("no_column", "error", shape.grid.header, name)
    if shape.table == "observations" and not shape.fields & set(MEASURES):
        report.note("no_column", "error", shape.grid.header, shape.measure or " / ".join(MEASURES))


def _decimal(first: Survey, wishes: Wishes, report: Report) -> str:
    """The decimal sign of the file; an error where it cannot be told."""
    decimal = wishes.decimal or numerals.decimal_sign(first.votes)
    if decimal is None:
        both = first.votes[","] and first.votes["."]
        report.note("mixed_numbers" if both else "unclear_numbers", "error",
                    comma=first.votes[","], point=first.votes["."],
                    unclear=first.votes["unclear"])  # fmt: skip
    report.decimal = decimal
    return decimal or "."


def _settled(
    frame: pd.DataFrame, edition: Edition, wishes: Wishes, matches: Matches, report: Report
) -> pd.DataFrame:
    """The rows with the edition's codes, as the table will be once they are in."""
    for column, kind in (("region_code", "regions"), ("industry_code", "industries")):
        if kind in matches and column in frame:
            if column == "industry_code":
                frame["word"] = frame[column]
            without = frame.loc[frame[column].isna(), LINE]
            for line in without if wishes.name == "observations" else ():
                report.note("empty", "error", int(line), column)
            codes = {word: match.code for word, match in matches[kind].items()}
            frame[column] = frame[column].map(codes).astype("str")
    if wishes.name != "observations":
        frame = frame.drop(columns="word", errors="ignore")
        _replaced(edition, wishes.name, frame, report)
        return frame
    frame = frame[frame["region_code"].notna() & frame["industry_code"].notna()]
    classification = str(edition.settings.get("classification", ""))
    frame = merging.add_up(frame, matches["industries"], classification, report)
    repeated = frame[frame.duplicated(merging.KEY)]
    for row in repeated.head(MOST).to_dict("records"):
        shown = f"{row['region_code']}, {row['industry_code']}, {row['year']:g}"
        report.note("unique", "error", row[LINE], ", ".join(merging.KEY), shown)
    frame = frame.drop_duplicates(merging.KEY)
    _cover(frame, edition, report)
    old = stored(edition.folder, "observations")
    for measure, count in merging.overwritten(old, frame).items():
        report.note("overwritten", "warning", None, measure, count=count, measure=measure)
    return merging.lay_over(old, frame)


def _cover(frame: pd.DataFrame, edition: Edition, report: Report) -> None:
    """How much of the edition the file has figures of."""
    drawn = edition.tables["regions"]
    below = set(drawn.loc[drawn["level"] > 0, "region_code"])
    years = sorted({int(year) for year in frame["year"].dropna()})
    report.coverage = {
        "regions": len(below & set(frame["region_code"])),
        "of_regions": len(below),
        "regions_without": sorted(below - set(frame["region_code"]))[:20],
        "industries": frame["industry_code"].nunique(),
        "of_industries": len(edition.tables["industries"]),
        "years": years,
        "cells": {name: int(frame[name].notna().sum()) for name in MEASURES if name in frame},
    }


def _replaced(edition: Edition, name: str, frame: pd.DataFrame | None, report: Report) -> None:
    """A warning where the table was there: its rows go."""
    file, count = rows_before(edition.folder, name)
    if count:
        report.add_replaced(file, count, report.rows if frame is None else len(frame))


def find_edition(word: str, shelf: Path) -> Path:
    """The folder of an edition by its path, or by its name among the shipped ones."""
    given = Path(word)
    if (given / PACKAGE).is_file() or not (shelf / word / PACKAGE).is_file():
        return given
    return shelf / word
