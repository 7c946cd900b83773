"""Bringing a file into an edition: an import as a conversation on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from atlas import import_answers
from atlas.errors import AtlasError
from atlas.export.data import escaped_csv
from atlas.figures import import_panels
from atlas.ingest import conversation, jobs, shelf
from atlas.ingest.conversation import Conversation
from atlas.ingest.report import Report
from atlas.ingest.source import ENDINGS
from atlas.manage.place import Place
from atlas.manage_words import FIELDS, TABLES, WORK
from atlas.model import mark
from atlas.names import MEASURE_NAMES
from atlas.text import Text, language_name, languages
from atlas.ui import frame, html, import_form, upload, url, widgets, work

#: How it is known what a word means.
HOW = {
    "alike": mark("spelt almost alike"),
    "written": mark("the same letters, written otherwise"),
    "whole": mark("a word for the whole"),
    "finer": mark("part of it, by the classification"),
    "remembered": mark("as confirmed before"),
    "stated": mark("as confirmed now"),
}


def show(place: Place) -> None:
    """The import, as far as it has come."""
    text = place.text
    talk = _begun(place)
    if talk is None:
        return
    html.show(import_panels.steps(talk.steps, talk.step, text), key="steps")
    if job := st.session_state.get("import_job"):
        work.watch(job, WORK, text, _settle)
        return
    if fault := st.session_state.get("import_fault"):
        st.error(place.explain(fault))
    if talk.report is None:
        if said := import_form.reading({}, talk.reading, text):
            _again(place, reading=said)
        st.button(text("Try again"), on_click=_run, args=[place], key="import_again")
    elif talk.report.written is not None:
        _written(place, talk.report)
    else:
        rows = shelf.rows_of(place.folder, "regions")
        names = {code: text.name(row) or code for code, row in rows.items()}
        lines = import_answers.understood(talk.report, text, names)
        html.show(import_panels.facts(lines), key="understood")
        if said := import_form.reading(talk.report.about, talk.reading, text):
            _again(place, reading=said)
        _ASK.get(talk.step, _ask_names)(place, talk, talk.report)


def _begun(place: Place) -> Conversation | None:
    """The conversation about the file that is handed over; None without one."""
    endings = [ending.lstrip(".") for kind in ENDINGS.values() for ending in kind]
    table, given = import_form.choose_file(_tables(place.text), endings, place.text)
    if given is None:
        for word in ("import", "import_key", "import_upload"):
            st.session_state.pop(word, None)
        return None
    key = (place.edition, table, given.file_id)
    if st.session_state.get("import_key") != key:
        if job := st.session_state.pop("import_job", None):
            job.cancel()
        kept = upload.Upload(given.name, given.getvalue())
        st.session_state.update({"import_key": key, "import_upload": kept})
        st.session_state["import"] = Conversation(place.folder, kept.path, table)
        _run(place)
    talk: Conversation = st.session_state["import"]
    return talk


def _tables(text: Text) -> dict[str, str]:
    """What can be brought in, figures of one measure among it."""
    measures = {
        name: text("Figures: {measure}", measure=text(said)) for name, said in MEASURE_NAMES.items()
    }
    first = {"observations": text(TABLES["observations"])}
    return {**first, **measures, **{name: text(said) for name, said in TABLES.items()}}


def _run(place: Place, *, check_only: bool = True) -> None:
    """Begin the import, or a look at what it would do."""
    talk: Conversation = st.session_state["import"]
    st.session_state["import_fault"] = None
    try:
        st.session_state["import_job"] = jobs.start(
            place.edition, "import", source=talk.source, folder=talk.folder, who=place.who,
            wishes=talk.wishes(check_only=check_only),
        )  # fmt: skip
    except AtlasError as error:
        st.session_state["import_fault"] = error


def _settle() -> None:
    """What the work gave: a report, or what went wrong."""
    job = st.session_state.pop("import_job", None)
    if job is not None:
        st.session_state["import_fault"] = job.error
        if job.result is not None:
            st.session_state["import"].report = job.result


def _again(place: Place, **said: Mapping[str, Any]) -> None:
    """Note what was said, and look anew."""
    talk: Conversation = st.session_state["import"]
    for name, value in said.items():
        if name == "reading":
            talk.reading = dict(value)
        else:
            getattr(talk, name).update(value)
    _run(place)
    st.rerun()


def _ask_columns(place: Place, talk: Conversation, report: Report) -> None:
    """Which column is which field."""
    text = place.text
    fields = {name: text(FIELDS[name]) for name in conversation.fields_of(talk.table)}
    headers = {
        **{column.header: column.field for column in report.columns},
        **dict.fromkeys(report.kept, import_form.KEPT),
        **{each: import_form.LEFT_OUT for each in report.left_out if not each.startswith("[")},
    }
    if said := import_form.columns(headers, fields, talk.lacking(), text):
        _again(place, columns=said[0], constants=said[1])


def _ask_names(place: Place, talk: Conversation, _report: Report) -> None:
    """What the words of the file mean."""
    kind, text = talk.step, place.text
    asked = [
        (one.word, text.plural("{count} row", "{count} rows", rows), one.code)
        for one, rows in talk.asked(kind)[: conversation.MOST_ASKED]
    ]
    if said := import_form.names(kind, asked, _codes(place, kind), text):
        _again(place, meanings={kind: {**talk.meanings.get(kind, {}), **said}})


def _codes(place: Place, kind: str) -> dict[str, str]:
    """Codes with their names, for a choice."""
    rows = shelf.rows_of(place.folder, "industries" if kind == "industries" else "regions")
    return {code: f"{place.text.name(row) or code} · {code}" for code, row in rows.items()}


def _show_report(place: Place, talk: Conversation, report: Report) -> None:
    """The report; warnings are accepted here, or nothing stands in the way of the import."""
    text = place.text
    html.show(import_panels.verdict(conversation.totals(report), text), key="verdict")
    _matched(place, report)
    entries = import_answers.entries(report, text)
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
    if report.errors:
        st.error(
            text("Errors block: correct the file and hand it over again, or read it otherwise.")
        )
        return
    rules = {rule: _sentence_of(rule, entries, text) for rule in talk.reasons()}
    if rules and (said := import_form.reasons(rules, text)):
        _again(place, accepted=said)
    for rule, reason in report.accepted.items():
        sentence = _sentence_of(rule, entries, text)
        line = text("Accepted: {rule} ({reason})", rule=sentence, reason=reason)
        frame.quiet(line, f"accepted_{rule}")
    if talk.step == "import":
        rows = text.plural("{count} row", "{count} rows", report.rows)
        label = text("Import {rows} into “{table}”", rows=rows, table=_tables(text)[talk.table])
        st.button(
            label, type="primary", on_click=_run, args=[place], kwargs={"check_only": False},
            key="import_now",
        )  # fmt: skip


def _report_file(report: Report, language: str) -> Callable[[], bytes]:
    return lambda: escaped_csv(import_answers.table(report, Text(language)))


def _matched(place: Place, report: Report) -> None:
    """What was taken for what, folded away."""
    text = place.text
    rows = []
    for kind, found in report.matches.items():
        codes = _codes(place, kind)
        rows += [
            (one.word, codes.get(one.code, one.code), text(HOW[one.how]))
            for one, _ in found
            if one.code is not None
        ]
    if rows:
        heads = (text("Word of the file"), text("Means"), text("How that is known"))
        with st.expander(text("What was taken for what")):
            html.show(import_panels.matched(rows, heads, text), key="matched")


def _sentence_of(rule: str, entries: list[dict[str, Any]], text: Text) -> str:
    """A rule by what its first issue says, with the number of them."""
    found = [entry for entry in entries if entry["rule"] == rule]
    if not found:
        return rule
    said = str(found[0]["message"])
    if len(found) == 1:
        return said
    return f"{said} ({text.plural('{count} time', '{count} times', len(found))})"


def _written(place: Place, report: Report) -> None:
    """The table is in the edition."""
    text = place.text
    rows = text.plural("{count} row", "{count} rows", report.written or 0)
    said = text("Imported: the table “{file}” now has {rows}.", file=report.target, rows=rows)
    st.success(frame.literal(said))
    st.markdown(text("Readers see nothing of it until a release is built and published."))
    st.button(
        text("Go on to drafts and releases"), type="primary", key="import_done",
        on_click=lambda: url.choose(view="releases"),
    )  # fmt: skip


_ASK: dict[str, Callable[[Place, Conversation, Report], None]] = {
    "columns": _ask_columns, "report": _show_report, "import": _show_report,
}  # fmt: skip
