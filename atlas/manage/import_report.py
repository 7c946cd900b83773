"""The report of an import on the page: what was found, taken for what, and what changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from atlas import import_answers
from atlas.analysis.map import map_shapes
from atlas.export.data import escaped_csv
from atlas.figures import change_panels, import_panels
from atlas.figures.palette import THEMES
from atlas.ingest import conversation, shelf
from atlas.ingest.changes import KINDS
from atlas.ingest.jumps import release_before
from atlas.ingest.report import Report
from atlas.manage.place import Place
from atlas.model import mark
from atlas.text import Text, language_name, languages
from atlas.ui import frame, html, widgets

#: The issues of a report in words (:func:`atlas.import_answers.entries`).
Entries = Sequence[Mapping[str, Any]]
#: How it is known what a word means.
HOW = {
    "alike": mark("spelt almost alike"),
    "written": mark("the same letters, written otherwise"),
    "whole": mark("a word for the whole"),
    "finer": mark("part of it, by the classification"),
    "remembered": mark("as confirmed before"),
    "stated": mark("as confirmed now"),
}


def show(place: Place, report: Report, entries: Entries) -> None:
    """The report: how many issues, what was taken for what, what changes, every issue, files of it,
    and what was accepted."""
    text = place.text
    html.show(import_panels.verdict(conversation.totals(report), text), key="verdict")
    _matched(place, report)
    _changes(place, report)
    if entries:
        counts = {rule: count for (_, rule), count in report.counts.items()}
        html.show(import_panels.issues(entries, counts, text), key="issues")
    with st.container(horizontal=True):
        for language in languages():
            widgets.export(
                text("Report ({language})", language=language_name(language)),
                f"{place.edition}_import_{language}.csv",
                _report_file(report, language), mime="text/csv", main=False,
            )  # fmt: skip
    for rule, reason in report.accepted.items():
        sentence = sentence_of(rule, entries, text)
        line = text("Accepted: {rule} ({reason})", rule=sentence, reason=reason)
        frame.quiet(line, f"accepted_{rule}")


def sentence_of(rule: str, entries: Entries, text: Text) -> str:
    """A rule by what its first issue says, with the number of them."""
    found = [entry for entry in entries if entry["rule"] == rule]
    if not found:
        return rule
    said = str(found[0]["message"])
    if len(found) == 1:
        return said
    return f"{said} ({text.plural('{count} time', '{count} times', len(found))})"


def codes(place: Place, kind: str) -> dict[str, str]:
    """Codes with their names, for a choice."""
    rows = shelf.rows_of(place.folder, "industries" if kind == "industries" else "regions")
    return {code: f"{place.text.name(row) or code} · {code}" for code, row in rows.items()}


def _report_file(report: Report, language: str) -> Callable[[], bytes]:
    return lambda: escaped_csv(import_answers.table(report, Text(language)))


def _matched(place: Place, report: Report) -> None:
    """What was taken for what, folded away."""
    text = place.text
    rows = []
    for kind, found in report.matches.items():
        called = codes(place, kind)
        rows += [
            (one.word, called.get(one.code, one.code), text(HOW[one.how]))
            for one, _ in found
            if one.code is not None
        ]
    if rows:
        heads = (text("Word of the file"), text("Means"), text("How that is known"))
        with st.expander(text("What was taken for what")):
            html.show(import_panels.matched(rows, heads, text), key="matched")


def _changes(place: Place, report: Report) -> None:
    """What the import changes in the edition: in words, and on a map once a release is shown; of
    outlines how they will lie."""
    text = place.text
    for line in import_answers.changes(report, text):
        frame.quiet(line, "import_changes")
    if report.drawn is not None:
        names, theme = codes(place, "regions"), THEMES[frame.theme_name()]
        crs = str(report.coverage["metric_crs"])
        left, _ = st.columns([1, 1.2])
        with left:
            drawn = change_panels.outline_map(report.drawn, crs, names, text, theme)
            html.show(drawn, key="import_outlines")
    release = release_before(place.edition)
    if not report.changes or release is None:
        return
    differing = {code: sum(one[kind] for kind in KINDS) for code, one in report.changes.items()}
    shares = {code: count / report.changes[code]["all"] for code, count in differing.items()}
    names = codes(place, "regions")
    rows = [
        (names.get(code, code), [report.changes[code][kind] for kind in ("all", *KINDS)])
        for code in sorted(differing, key=lambda code: -shares[code])
        if differing[code]
    ]
    with st.expander(text("What changes, region by region"), expanded=True):
        left, right = st.columns([1, 1.2], gap="medium")
        with left:
            shapes, theme = map_shapes(release), THEMES[frame.theme_name()]
            drawn = change_panels.change_map(shapes, pd.DataFrame({"share": shares}), text, theme)
            html.show(drawn, key="import_map")
        with right:
            html.show(import_panels.changes(rows, text), key="import_regions")
