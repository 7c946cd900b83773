"""An import as its manager sees it: the steps, what was read, every issue, what was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from atlas.figures.tables import Cell, Column, Row, table
from atlas.manage_words import STEPS
from atlas.model import mark
from atlas.text import Text

_SEVERITIES = {"error": mark("Error"), "warning": mark("Warning"), "note": mark("Note")}
#: Issues of one rule that are listed; the report has all of them.
MOST_SHOWN = 12


def steps(names: Iterable[str], now: str, text: Text) -> Markup:
    """The steps in a row: those that are done, the one that is now, those that come."""
    known = list(names)
    at = known.index(now) if now in known else len(known)
    return Markup('<ol class="steps" aria-label="{}">{}</ol>').format(
        text("Steps of the import"),
        Markup("").join(
            Markup('<li class="{}"{}><i aria-hidden="true">{}</i>{}{}</li>').format(
                "done" if number < at else "now" if number == at else "later",
                Markup(' aria-current="step"') if number == at else "",
                "✓" if number < at else number + 1,
                text(STEPS[name]),
                Markup('<span class="heard"> ({})</span>').format(text("done"))
                if number < at
                else "",
            )
            for number, name in enumerate(known)
        ),
    )


def facts(said: Sequence[str]) -> Markup:
    """What was read and understood, one line each."""
    return Markup('<ul class="notes">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(line) for line in said)
    )


def matched(
    rows: Sequence[tuple[str, str, str]], heads: tuple[str, str, str], text: Text
) -> Markup:
    """What was taken for what: the word of the file, what it means, how that is known."""
    columns = [Column(head, text=True) for head in heads]
    return table(
        columns,
        [Row([Cell(part, part) for part in row]) for row in rows],
        text,
        caption=heads[0],
    )


def changes(rows: Sequence[tuple[str, Sequence[int]]], text: Text) -> Markup:
    """The regions in which something changes: how many there are before or after, and how many are
    new, changed and gone."""
    heads = (text("Before or after"), text("New"), text("Changed"), text("Gone"))
    columns = [Column(text("Region"), text=True)]
    columns += [Column(head, wide=head == heads[0]) for head in heads]
    found = [
        Row([Cell(name, name), *(Cell(text.number(count), float(count)) for count in counts)])
        for name, counts in rows
    ]
    return table(columns, found, text, caption=text("What changes, region by region"))


def verdict(found: Mapping[str, int], text: Text) -> Markup:
    """How many errors, warnings and notes there are, in one line."""
    said = [
        text.plural("{count} error", "{count} errors", found.get("error", 0)),
        text.plural("{count} warning", "{count} warnings", found.get("warning", 0)),
        text.plural("{count} note", "{count} notes", found.get("note", 0)),
    ]
    return Markup('<p class="lead">{}</p>').format(text.list(said))


def issues(entries: Sequence[Mapping[str, Any]], counts: Mapping[str, int], text: Text) -> Markup:
    """The issues, errors first: where, what value, what is wrong and what to do. Of each rule the
    first are listed; ``counts`` has how many there are of each."""
    columns = [
        Column(text("Kind of issue"), text=True),
        Column(text("Row")),
        Column(text("Column"), text=True, wide=True),
        Column(text("Value"), text=True, wide=True),
        Column(text("What is wrong, and what to do"), text=True),
    ]
    order = list(_SEVERITIES)
    shown: dict[str, int] = {}
    rows = []
    for entry in sorted(entries, key=lambda one: order.index(one["severity"])):
        rule = str(entry["rule"])
        shown[rule] = shown.get(rule, 0) + 1
        if shown[rule] <= MOST_SHOWN:
            rows.append(_issue(entry, text))
        elif shown[rule] == MOST_SHOWN + 1:
            more = text.plural(
                "{count} more like these stands in the report.",
                "{count} more like these stand in the report.",
                counts[rule] - MOST_SHOWN,
            )
            rows.append(Row([*(Cell("") for _ in columns[1:]), Cell(more)]))
    return table(columns, rows, text, caption=text("Report"))


def _issue(entry: Mapping[str, Any], text: Text) -> Row:
    severity = str(entry["severity"])
    row = entry["row"]
    said = Markup("{}").format(entry["message"])
    if entry["remedy"] and severity != "note":
        said += Markup("<small>{}</small>").format(entry["remedy"])
    value = "" if entry["value"] is None else str(entry["value"])
    return Row(
        [
            Cell(
                Markup('<span class="severity {}">{}</span>').format(
                    severity, text(_SEVERITIES[severity])
                ),
                severity,
            ),
            Cell("" if row is None else text.number(row), "" if row is None else float(row)),
            Cell(entry["column"] or "", entry["column"] or ""),
            Cell(value, value),
            Cell(said, str(entry["message"])),
        ]
    )
