"""The report of an import in words: lines for people, JSON for programs, in any language."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from atlas import answers
from atlas.import_words import REMEDIES
from atlas.ingest.changes import total
from atlas.ingest.naming import ALIKE
from atlas.ingest.outline_source import OUTLINES
from atlas.ingest.report import PROPOSALS, Report
from atlas.manage_words import REMEDIES as ON_A_PAGE
from atlas.model import Issue, mark
from atlas.names import MEASURE_NAMES
from atlas.text import Text

#: So many issues of one rule are written out; JSON has those beyond.
MOST_LINES = 20
SEVERITIES = {"error": mark("Error"), "warning": mark("Warning"), "note": mark("Note")}
WAYS = {
    "code": mark("by code or name of the region"),
    "place": mark("by place"),
    "point": mark("by point within a region"),
    "none": mark("not at all"),
}


def lines(report: Report, text: Text, check: bool) -> Iterator[str]:
    """The report line by line: what was read, how it was understood, every issue, what follows."""
    yield from _reading(report, text)
    if report.decimal:
        yield text("Decimal sign: {sign}", sign=report.decimal)
    for column in report.columns:
        yield text("Column “{header}” → {field}", header=column.header, field=column.field)
    if report.left_out:
        yield text("Columns left out: {names}", names=", ".join(report.left_out))
    yield from _coverage(report, text)
    yield from _located(report, text)
    yield from changes(report, text)
    shown: dict[tuple[str, str], int] = {}
    for issue in report.issues:
        key = (issue.severity, issue.rule)
        shown[key] = shown.get(key, 0) + 1
        if shown[key] <= MOST_LINES:
            yield issue_line(issue, text)
    for key, count in sorted(report.counts.items()):
        if beyond := count - min(shown[key], MOST_LINES):
            yield text(
                "{rule}: {count} more like these; --report FILE lists them.",
                rule=key[1], count=text.number(beyond),
            )  # fmt: skip
    yield from _outcome(report, text, check)


def _reading(report: Report, text: Text) -> Iterator[str]:
    yield text("File: {name} (SHA-256 {digest})", name=report.source, digest=report.digest[:16])
    if report.address:
        yield text("Fetched from: {address}", address=report.address)
    if report.table != OUTLINES:
        yield text(
            "Read as {kind}: {rows} rows under the header in row {header}, into the table"
            " “{table}”.",
            kind=_kind(report), rows=text.number(report.rows), header=report.header,
            table=report.table,
        )  # fmt: skip
        return
    yield from _features(report, text)


def _features(report: Report, text: Text) -> Iterator[str]:
    rows = text.number(report.rows)
    yield text("Read as {kind}: {rows} features.", kind=_kind(report), rows=rows)
    crs = report.about["crs"]
    if report.about["stated"]:
        yield text("Coordinates: {crs}, as you say; brought to EPSG:4326.", crs=crs)
    else:
        yield text("Coordinates: {crs}, as the file says; brought to EPSG:4326.", crs=crs)


def _kind(report: Report) -> str:
    about = report.about
    if about["kind"] != "text":
        return ", ".join(str(part) for part in (about["kind"], about.get("sheet")) if part)
    sign = {"\t": "tab"}.get(about["separator"], about["separator"])
    return f"CSV ({about['encoding']}, “{sign}”)"


def _coverage(report: Report, text: Text, names: Mapping[str, str] | None = None) -> Iterator[str]:
    found = report.coverage
    if not found:
        return
    if "firms" in found:
        yield text(
            "Coverage: firms in {regions} of {of_regions} regions and {industries} of"
            " {of_industries} sectors.", **_counts(found, text),
        )  # fmt: skip
        if found["regions_without"]:
            yield text("Regions without firms: {names}", names=_listed(found, names))
        return
    if "years" not in found:
        yield text(
            "Coverage: {regions} of {of_regions} regions have an outline.", **_counts(found, text)
        )
        if found["regions_without"]:
            yield text("Without an outline: {names}", names=_listed(found, names))
        return
    years = found["years"]
    yield text(
        "Coverage: {regions} of {of_regions} regions, {industries} of {of_industries} sectors,"
        " years {years}.",
        years=f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years)),
        **_counts(found, text),
    )  # fmt: skip
    for measure, count in found["cells"].items():
        name = text(MEASURE_NAMES[measure])
        yield text("{measure}: {count} figures", measure=name, count=text.number(count))
    if found["regions_without"]:
        yield text("Regions without figures: {names}", names=_listed(found, names))


def _counts(found: Mapping[str, Any], text: Text) -> dict[str, str]:
    words = ("regions", "of_regions", "industries", "of_industries")
    return {word: text.number(found[word]) for word in words if word in found}


def _listed(found: Mapping[str, Any], names: Mapping[str, str] | None) -> str:
    return ", ".join((names or {}).get(code, code) for code in found["regions_without"])


def changes(report: Report, text: Text) -> Iterator[str]:
    """What the import changes in the edition, in a sentence; nothing where it had no such table."""
    if not report.changes:
        return
    found = {kind: text.number(count) for kind, count in total(report.changes).items()}
    if report.table == "firms":
        yield text(
            "Firms before or after: {all}; new {new}, described otherwise {changed}, gone {gone}.",
            **found,
        )
    else:
        yield text(
            "Figures before or after: {all}; new {new}, changed {changed}, gone {gone}.", **found
        )


def _outcome(report: Report, text: Text, check: bool) -> Iterator[str]:
    for rule, reason in report.accepted.items():
        yield text("Accepted: {rule} ({reason})", rule=rule, reason=reason)
    if report.errors:
        yield text("Nothing was written: {count} errors.", count=text.number(report.errors))
    elif report.waiting:
        ways = [_way(rule) for rule in report.waiting]
        yield text("Nothing was written. To go on, accept: {ways}", ways="  ".join(ways))
        yield text("Names at least {alike} of 100 alike are proposed.", alike=ALIKE)
    elif report.written is not None:
        count = text.number(report.written)
        yield text("Written: {file}, {count} rows.", file=report.target, count=count)
    elif check:
        yield text("Nothing stands in the way. Nothing was written, as asked.")


def _way(rule: str) -> str:
    proposal = PROPOSALS.get(rule)
    return f"--accept-{proposal}" if proposal else f'--accept {rule}="..."'


def issue_line(issue: Issue, text: Text) -> str:
    """An issue as one line: severity, file, row, column, value, what is wrong, what to do."""
    parts = [f"{text(SEVERITIES[issue.severity])}: {issue.file}"]
    if issue.row is not None:
        parts.append(text("row {row}", row=issue.row))
    if issue.column:
        parts.append(issue.column)
    if issue.value is not None:
        parts.append(text("“{words}”", words=" ".join(issue.value.split())))
    remedy = REMEDIES.get(issue.rule)
    do = f" {text(remedy)}" if remedy and issue.severity != "note" else ""
    return f"{', '.join(parts)}: {answers.sentence(issue, text)} [{issue.rule}].{do}"


def as_json(report: Report, text: Text) -> str:
    """The report as JSON, each issue with its sentence and what to do, in the language."""
    data = report.as_data()
    data["issues"] = [_entry(issue, text) for issue in report.issues]
    return json.dumps(data, ensure_ascii=False, indent=1, default=str)


def entries(report: Report, text: Text) -> list[dict[str, Any]]:
    """The issues as a page lists them: what to do is said without the command line's options."""
    remedies = {**REMEDIES, **ON_A_PAGE}
    found = [_entry(_in_words(issue, text), text, remedies) for issue in report.issues]
    for entry in found:
        if entry["file"] != report.source:
            # What is said of a file of the edition, not of the one that comes in.
            entry["message"] = f"{entry['file']}: {entry['message']}"
    return found


def _in_words(issue: Issue, text: Text) -> Issue:
    """The issue with a measure called as people call it."""
    measure = str(issue.facts.get("measure"))
    if measure not in MEASURE_NAMES:
        return issue
    return replace(issue, facts={**issue.facts, "measure": text(MEASURE_NAMES[measure])})


def table(report: Report, text: Text) -> pd.DataFrame:
    """The issues as a table for people, its heads in their language."""
    heads = {
        "severity": text("Kind of issue"), "file": text("File"), "row": text("Row"),
        "column": text("Column"), "value": text("Value"), "message": text("What is wrong"),
        "remedy": text("What to do"), "rule": text("Rule"),
    }  # fmt: skip
    rows = [{**one, "severity": text(SEVERITIES[one["severity"]])} for one in entries(report, text)]
    frame = pd.DataFrame(rows, columns=list(heads)).astype({"row": "Int64"})
    return frame.rename(columns=heads)


def understood(report: Report, text: Text, names: Mapping[str, str]) -> list[str]:
    """What was read and how it was understood, in a few sentences. ``names``: of regions, by
    code."""
    if report.table == OUTLINES:
        said = list(_features(report, text))
    else:
        said = [
            text(
                "Read as {kind}: {rows} rows under the header in row {header}.",
                kind=_kind(report), rows=text.number(report.rows), header=report.header,
            )
        ]  # fmt: skip
    said.append(text("Checksum (SHA-256): {digest}", digest=report.digest[:16]))
    if report.address:
        said.append(text("Fetched from: {address}", address=report.address))
    if report.decimal:
        said.append(text("Decimal sign: {sign}", sign=report.decimal))
    return [*said, *_coverage(report, text, names), *_located(report, text)]


def _located(report: Report, text: Text) -> Iterator[str]:
    for way, sentence in WAYS.items():
        if report.located.get(way):
            firms = text.number(report.located[way])
            yield text("Firms located {way}: {count}", way=text(sentence), count=firms)


def _entry(issue: Issue, text: Text, remedies: Mapping[str, str] = REMEDIES) -> dict[str, Any]:
    remedy = remedies.get(issue.rule)
    return {
        "file": issue.file, "row": issue.row, "column": issue.column, "value": issue.value,
        "rule": issue.rule, "severity": issue.severity, "facts": dict(issue.facts),
        "message": answers.sentence(issue, text), "remedy": text(remedy) if remedy else None,
    }  # fmt: skip
