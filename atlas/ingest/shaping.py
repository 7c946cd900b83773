"""From a grid to the edition's own table: fields named, numbers read, words counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from atlas.ingest import numerals
from atlas.ingest.contracts import TABLES
from atlas.ingest.edition import LINE
from atlas.ingest.grid import Grid
from atlas.ingest.headers import Column
from atlas.ingest.report import MOST, Report

#: Tables whose columns beyond the contract are kept; observations are added up, so they are not.
KEEPS_OTHERS = frozenset(TABLES) - {"observations"}

_FORMULA = r"^[=@]|^[+-][^\d., ]"
_MARKUP = r"<[A-Za-z/!][^>]*>"
#: So many cells of a column and batch are shown where a note says what they are.
_SHOWN = 20


@dataclass(frozen=True)
class Shape:
    """How the columns of a grid become those of a table.

    ``constants`` are the fields that every row has alike; ``missing`` and ``suppressed`` the signs
    that stand for no figure and for one that may not be published; ``years`` the columns that
    hold one year each, of which each gives a row of the ``measure``; ``factors`` by field what its
    figures are multiplied by.
    """

    grid: Grid
    table: str
    columns: tuple[Column, ...]
    others: Mapping[int, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    suppressed: frozenset[str] = frozenset()
    years: Mapping[int, int] = field(default_factory=dict)
    measure: str | None = None
    factors: Mapping[str, float] = field(default_factory=dict)

    @property
    def fields(self) -> set[str]:
        """The fields of the contract that rows will have."""
        found = {column.field for column in self.columns} | set(self.constants)
        return found | ({"year", str(self.measure)} if self.years else set())

    @property
    def numbers(self) -> dict[int, str]:
        """The columns that hold numbers, with their fields."""
        numbers = TABLES[self.table].numbers
        found = {each.place: each.field for each in self.columns if each.field in numbers}
        return found | dict.fromkeys(self.years, str(self.measure))


@dataclass
class Survey:
    """What a first pass over all rows found: ``words`` of the asked fields, each with the number
    of its rows and the first line; the ``votes`` on the decimal sign; how many ``rows``."""

    words: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)
    votes: dict[str, int] = field(default_factory=lambda: {",": 0, ".": 0, "unclear": 0})
    unclear: dict[str, tuple[int, str]] = field(default_factory=dict)
    rows: int = 0


def survey(shape: Shape, fields: tuple[str, ...]) -> Survey:
    """Count the words of some fields and the ways in which numbers are written."""
    found = Survey(words={name: {} for name in fields})
    places = {column.field: column.place for column in shape.columns}
    for rows in shape.grid.batches():
        found.rows += rows.num_rows
        for name in fields:
            if name in places:
                _count(found.words[name], rows, places[name])
        for place in shape.numbers:
            text = _without(rows[f"c{place}"], shape.missing | shape.suppressed)
            counted = numerals.votes(text, rows[f"n{place}"])
            found.votes = {sign: found.votes[sign] + counted[sign] for sign in counted}
    for name in fields:
        if name in shape.constants:
            found.words[name] = {shape.constants[name]: (found.rows, shape.grid.header)}
    return found


def _count(words: dict[str, tuple[int, int]], rows: Any, place: int) -> None:
    table = rows.select(["line", f"c{place}"]).rename_columns(["line", "word"])
    grouped = table.group_by("word").aggregate([("line", "count"), ("line", "min")])
    for row in grouped.to_pylist():
        if row["word"] is not None:
            count, line = words.get(row["word"], (0, row["line_min"]))
            words[row["word"]] = (count + row["line_count"], min(line, row["line_min"]))


def _without(text: Any, signs: frozenset[str]) -> Any:
    """The cells without those that hold one of the signs."""
    if not signs:
        return text
    held = pc.is_in(text, value_set=pa.array(sorted(signs)))
    return pc.if_else(held, pa.scalar(None, pa.string()), text)


def frames(shape: Shape, decimal: str, report: Report) -> Iterator[pd.DataFrame]:
    """The rows of the table batch by batch, numbers as floats, all else as text, with their
    :data:`LINE`; cells that are no number are reported and left missing."""
    for rows in shape.grid.batches():
        frame = pd.DataFrame({LINE: rows["line"].to_numpy()})
        hidden = np.zeros(len(frame), dtype=bool)
        for column in shape.columns:
            text = rows[f"c{column.place}"]
            if column.field in TABLES[shape.table].numbers:
                hidden |= _hidden(text, shape)
                numbers = _numbers(shape, rows, column.place, column.header, decimal, report)
                frame[column.field] = numbers * shape.factors.get(column.field, 1.0)
            else:
                frame[column.field] = _texts(text)
                look_at_text(rows, column.place, column.header, report)
        for place, name in shape.others.items():
            frame[name] = _texts(rows[f"c{place}"])
            look_at_text(rows, place, name, report)
        for name, value in shape.constants.items():
            number = name in TABLES[shape.table].numbers
            frame[name] = float(value) if number else pd.Series(value, frame.index, dtype="str")
        if shape.years:
            yield _melted(shape, rows, frame, decimal, report)
            continue
        yield _with_status(frame, hidden)


def _melted(
    shape: Shape, rows: Any, frame: pd.DataFrame, decimal: str, report: Report
) -> pd.DataFrame:
    """One row for each of the columns that hold a year; empty cells give none."""
    parts = []
    for place, year in shape.years.items():
        numbers = _numbers(shape, rows, place, str(year), decimal, report)
        numbers = numbers * shape.factors.get(str(shape.measure), 1.0)
        hidden = _hidden(rows[f"c{place}"], shape)
        part = frame.assign(**{"year": float(year), str(shape.measure): numbers})
        there = part[str(shape.measure)].notna().to_numpy() | hidden
        parts.append(_with_status(part, hidden)[there])
    return pd.concat(parts, ignore_index=True)


def _hidden(text: Any, shape: Shape) -> Any:
    if not shape.suppressed:
        return np.zeros(len(text), dtype=bool)
    signs = pa.array(sorted(shape.suppressed))
    return pc.fill_null(pc.is_in(text, value_set=signs), fill_value=False).to_numpy()


def _with_status(frame: pd.DataFrame, hidden: Any) -> pd.DataFrame:
    if not hidden.any():
        return frame
    status = frame.get("status", pd.Series(None, frame.index, dtype="str"))
    return frame.assign(status=status.mask(pd.Series(hidden, frame.index), "suppressed"))


def _numbers(shape: Shape, rows: Any, place: int, header: str, decimal: str, report: Report) -> Any:
    text = _without(rows[f"c{place}"], shape.missing | shape.suppressed)
    numbers, bad = numerals.parse(text, rows[f"n{place}"], decimal)
    if wrong := int(pc.sum(bad).as_py() or 0):
        cases = pa.table({"line": rows["line"], "text": text}).filter(bad)
        for case in cases[:MOST].to_pylist():
            report.note("number", "error", case["line"], header, case["text"])
        report.count_more("error", "number", max(wrong - MOST, 0))
    return numbers.to_numpy(zero_copy_only=False)


def look_at_text(rows: Any, place: int, header: str, report: Report) -> None:
    """Note the cells of a batch that another program might run: formulas in text, and HTML."""
    text = rows[f"c{place}"]
    for rule, pattern in (("formula_text", _FORMULA), ("markup", _MARKUP)):
        found = pc.fill_null(pc.match_substring_regex(text, pattern), fill_value=False)
        if pc.any(found).as_py():
            cases = pa.table({"line": rows["line"], "text": text}).filter(found)
            for case in cases[:_SHOWN].to_pylist():
                report.note(rule, "note", case["line"], header, case["text"])
            report.count_more("note", rule, max(cases.num_rows - _SHOWN, 0))


def _texts(text: Any) -> pd.Series:
    return text.to_pandas().astype("str")
