"""Importing a file into an edition: read, match columns, match names, check, write; all or nothing.

Errors block. What is only proposed, and every warning, has to be accepted; until then the report
says what would be done, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from atlas.errors import DataError, ReleaseError, unknown
from atlas.ingest import firms, merging, outlines
from atlas.ingest.apart import Read, read
from atlas.ingest.changes import changed_figures
from atlas.ingest.checking import CONCERNED, new_issues, rows_before, stored
from atlas.ingest.contracts import TABLES
from atlas.ingest.edition import LINE, PACKAGE, Edition, read_edition
from atlas.ingest.jumps import release_before, report_jumps
from atlas.ingest.layout import decimal_of, report_lacking, report_rows, shape_of
from atlas.ingest.matching import match_words
from atlas.ingest.memory import Memory, recall
from atlas.ingest.naming import Match
from atlas.ingest.outline_source import OUTLINES
from atlas.ingest.recording import record_imports
from atlas.ingest.replacing import alone
from atlas.ingest.report import MOST, Report
from atlas.ingest.shaping import frames, survey
from atlas.ingest.wishes import Wishes
from atlas.ingest.writing import write_firms, write_table
from atlas.model import MEASURES
from atlas.store.record import operator

Progress = Callable[[str, float], None]
Matches = Mapping[str, Mapping[str, Match]]


def import_file(
    source: Path,
    folder: Path,
    wishes: Wishes,
    progress: Progress | None = None,
    *,
    who: str | None = None,
) -> Report:
    """Import a file into the edition in ``folder``; the report says what was found and done.

    What is written is entered into the edition's record as done by ``who`` (default: the operating
    system's user). Raises ChoiceError for a table, column, field, sheet or encoding that there is
    not, DataError for a file that cannot be read and for a folder that is no edition.
    """
    tell = progress or (lambda _step, _share: None)
    if wishes.name not in (*TABLES, OUTLINES):
        raise unknown("table", wishes.table, [*TABLES, OUTLINES, *MEASURES])
    if wishes.check_only:
        return _import(source, folder, wishes, tell, who or operator())
    with alone(folder):
        report = _import(source, folder, wishes, tell, who or operator())
    try:
        # Also what an import that died had decided, and was brought to its end just now.
        record_imports(folder)
    except ReleaseError as error:
        # The import stands: the edition remembers it, and the next step enters it.
        if report.written is not None:
            report.note("not_recorded", "note", reason=error.facts["reason"])
    return report


def _import(source: Path, folder: Path, wishes: Wishes, tell: Progress, who: str) -> Report:
    if wishes.name == OUTLINES:
        return outlines.import_outlines(source, folder, wishes, tell, who)
    edition = read_edition(folder, CONCERNED.get(wishes.name))
    memory = recall(folder)
    tell("open", 0.0)
    with read(
        source, wishes.name, sheet=wishes.sheet, encoding=wishes.encoding,
        separator=wishes.separator,
    ) as found:  # fmt: skip
        report = Report(found.name, found.digest, wishes.name, found.about)
        report.address, report.foreign = wishes.address, wishes.classification
        report.accepted = dict(wishes.accepted)
        report.who, report.agreed = who, wishes.agreed
        tell("match", 0.3)
        _bring_in(found, edition, wishes, memory, report, tell)
    return report


def _bring_in(
    found: Read, edition: Edition, wishes: Wishes, memory: Memory, report: Report, tell: Progress
) -> None:
    shape = shape_of(found, wishes, memory, report)
    report_rows(shape.grid, found, report)
    report_lacking(shape, report)
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
    decimal = decimal_of(first, wishes, report)
    matches = match_words(edition, first, refers, wishes, memory, report)
    if any(issue.rule == "no_column" for issue in report.issues):
        return
    tell("check", 0.5)
    if wishes.name == "firms":
        ready = firms.arrive(
            shape, edition.folder, found.folder, decimal, matches, wishes.jump, report
        )
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
    before = release_before(edition.name)
    if before is not None:
        report_jumps(frame, before, wishes.jump, report)
    old = stored(edition.folder, "observations")
    report.changes = changed_figures(old, frame)
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
