"""Releases, what changed between two of them, and the record: lines for people, JSON for
programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from atlas.analysis.choices import choices
from atlas.analysis.release_changes import KINDS, ListChanges, ReleaseChanges
from atlas.model import Entry, Item, mark
from atlas.names import MEASURE_NAMES
from atlas.release_words import STEPS
from atlas.text import Text

#: So many cells and regions are written out; JSON has all.
MOST_LINES = 20
KIND_NAMES = {
    "added": mark("new"),
    "removed": mark("gone"),
    "changed": mark("changed"),
    "suppressed": mark("kept back now"),
    "shown": mark("no longer kept back"),
    "status": mark("of another status"),
}


def release_line(row: Mapping[str, Any], text: Text) -> str:
    """One release of a list: edition, id, when it was built, and what it is."""
    marks = []
    if row["draft"]:
        marks.append(text("draft"))
    if row["current"]:
        marks.append(text("current"))
    if row["damaged"]:
        marks.append(text("damaged: {file}", file=row["damaged"]))
    if row["shown_instead"]:
        marks.append(text("shown instead"))
    said = f"  ({', '.join(marks)})" if marks else ""
    return f"{row['edition']}  {row['release']}  {row['built'] or text('unknown')}{said}"


# --- what changed --------------------------------------------------------------------------


def changes_lines(found: ReleaseChanges, text: Text) -> Iterator[str]:
    """What differs, in words: by measure, year and level, by region, the largest changes, lists."""
    yield f"{found.before.release_id} → {found.after.release_id}"
    if found.is_empty:
        yield text("Figures, firms and institutions are the same.")
        return
    for part in found.parts.to_dict("records"):
        if any(part[kind] for kind in KINDS):
            yield _part(part, text)
    differing = found.regions[found.regions["differing"] > 0]
    for code, row in differing.sort_values("share", ascending=False).head(MOST_LINES).iterrows():
        yield text(
            "{region}: {share} of its figures differ",
            region=_name(found, "regions", str(code), text), share=text.percent(row["share"]),
        )  # fmt: skip
    for cell in found.cells.head(MOST_LINES).to_dict("records"):
        yield _cell(found, cell, text)
    if (beyond := len(found.cells) - MOST_LINES) > 0:
        yield text("{count} more; --format json lists them.", count=text.number(beyond))
    yield from _list(text("Firms"), found.firms, text)
    yield from _list(text("Institutions"), found.institutions, text)


def summary(found: ReleaseChanges, text: Text) -> list[str]:
    """What differs by measure, year and level, and in the lists; the figures themselves apart."""
    parts = [part for part in found.parts.to_dict("records") if any(part[kind] for kind in KINDS)]
    return [
        *(_part(part, text) for part in parts),
        *_list(text("Firms"), found.firms, text),
        *_list(text("Institutions"), found.institutions, text),
    ]


def largest(found: ReleaseChanges, text: Text) -> list[tuple[str, ...]]:
    """The largest changes: region, sector, year, measure, before, after, what became of it."""
    return [
        (
            _name(found, "regions", cell["region_code"], text),
            _name(found, "industries", cell["industry_code"], text),
            str(cell["year"]),
            text(MEASURE_NAMES[cell["measure"]]),
            *_sides(cell, text),
            text(KIND_NAMES[cell["kind"]]),
        )
        for cell in found.cells.head(MOST_LINES).to_dict("records")
    ]


def _sides(cell: Mapping[str, Any], text: Text) -> tuple[str, str]:
    """The figure before and after; of one that is kept back in either nothing is said."""
    if cell["kind"] in ("suppressed", "shown"):
        return ("", "")
    before, after = (
        text("no data") if pd.isna(value) else text.number(value, 0 if value % 1 == 0 else 1)
        for value in (cell["before"], cell["after"])
    )
    return before, after


def _part(part: Mapping[str, Any], text: Text) -> str:
    kinds = [
        text("{count} {kind}", count=text.number(part[kind]), kind=text(KIND_NAMES[kind]))
        for kind in KINDS
        if part[kind]
    ]
    return text(
        "{measure}, {year}, level {level}: of {cells} figures {kinds}",
        measure=text(MEASURE_NAMES[part["measure"]]), year=part["year"], level=part["level"],
        cells=text.number(part["cells"]), kinds=text.list(kinds),
    )  # fmt: skip


def _cell(found: ReleaseChanges, cell: Mapping[str, Any], text: Text) -> str:
    where = text(
        "{region}, {industry}, {year}, {measure}",
        region=_name(found, "regions", cell["region_code"], text),
        industry=_name(found, "industries", cell["industry_code"], text),
        year=cell["year"], measure=text(MEASURE_NAMES[cell["measure"]]),
    )  # fmt: skip
    if cell["kind"] in ("suppressed", "shown"):
        return f"{where}: {text(KIND_NAMES[cell['kind']])}"
    sides = _sides(cell, text)
    return f"{where}: {sides[0]} → {sides[1]} ({text(KIND_NAMES[cell['kind']])})"


def _list(title: str, rows: ListChanges, text: Text) -> Iterator[str]:
    for kind in ("added", "removed", "changed"):
        part: pd.DataFrame = getattr(rows, kind)
        if len(part):
            names = [str(name) for name in part["name"].head(MOST_LINES)]
            more = ["…"] if len(part) > MOST_LINES else []
            yield text(
                "{title}: {count} {kind}: {names}",
                title=title, count=text.number(len(part)), kind=text(KIND_NAMES[kind]),
                names="; ".join([*names, *more]),
            )  # fmt: skip


def _name(found: ReleaseChanges, table: str, code: str, text: Text) -> str:
    for release in (found.after, found.before):
        known: Mapping[str, Item] = getattr(choices(release), table)
        if code in known:
            return text.name(known[code])
    return code


def changes_json(found: ReleaseChanges) -> str:
    """The same whole, as JSON."""
    data = {
        "before": found.before.release_id, "after": found.after.release_id,
        "parts": _rows(found.parts), "regions": _rows(found.regions.reset_index()),
        "cells": _rows(found.cells),
        **{
            name: {kind: _rows(part) for kind, part in vars(rows).items()}
            for name, rows in (("firms", found.firms), ("institutions", found.institutions))
        },
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=1)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object).where(frame.notna(), None)
    rows: list[dict[str, Any]] = plain.to_dict("records")
    return rows


# --- the record ----------------------------------------------------------------------------


def record_lines(entries: Sequence[Entry], torn: int, text: Text) -> Iterator[str]:
    """The record line by line: when, who, what, and what it was made from."""
    if torn:
        yield text.plural(
            "{count} line of the record was cut off or changed, and is left out.",
            "{count} lines of the record were cut off or changed, and are left out.",
            torn,
        )
    for entry in entries:
        parts = [
            entry.when.isoformat(sep=" ", timespec="seconds"), entry.who, text(STEPS[entry.step]),
            *([entry.release_id] if entry.release_id else []),
            *([_note(entry, text)] if entry.note else []),
        ]  # fmt: skip
        yield "  ".join(parts)
        # What was published was built before, from the same files.
        for name, digest in entry.files.items() if entry.step != "published" else ():
            yield f"    {digest[:16]}  {name}"


def _note(entry: Entry, text: Text) -> str:
    if entry.step == "imported":
        return text("into “{table}”", table=entry.note)
    return text("(before: {release})", release=entry.note)


def record_json(entries: Sequence[Entry], torn: int) -> str:
    """The record as JSON."""
    rows = [{**asdict(entry), "when": entry.when.isoformat()} for entry in entries]
    return json.dumps({"entries": rows, "lines_left_out": torn}, ensure_ascii=False, indent=1)
