"""Data: from a file to a published release, for those who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from atlas import import_answers
from atlas.config import settings
from atlas.errors import AtlasError
from atlas.export.data import escaped_csv
from atlas.figures import import_panels
from atlas.ingest import conversation, jobs, shelf
from atlas.ingest.conversation import Conversation
from atlas.ingest.source import ENDINGS
from atlas.manage_words import FIELDS, ON_PAGE, STEPS, TABLES, WORK
from atlas.model import MEASURE_NAMES, mark
from atlas.text import Text, language_name, languages
from atlas.ui import access, edition_form, frame, gate, html, import_form, upload, widgets, work

who = access.require("data_manager")
upload.allow(True)
text = frame.text()

VIEWS = {"import": mark("Bring in a file"), "releases": mark("Drafts and releases"),
         "record": mark("Record")}  # fmt: skip
HOW = {
    "alike": mark("spelt almost alike"),
    "written": mark("the same letters, written otherwise"),
    "whole": mark("a word for the whole"),
    "finer": mark("part of it, by the classification"),
    "remembered": mark("as confirmed before"),
    "stated": mark("as confirmed now"),
}


def explained(error: AtlasError) -> str:
    """The error's sentence, without the command line's options."""
    return frame.literal(
        text(ON_PAGE[error.kind], **error.facts) if error.kind in ON_PAGE else text.explain(error)
    )


def run(check_only: bool) -> None:
    """Begin the import, or a look at what it would do."""
    talk: Conversation = st.session_state["import"]
    try:
        st.session_state["import_job"] = jobs.start(
            edition, "import", source=talk.source, folder=talk.folder,
            wishes=talk.wishes(check_only=check_only),
        )  # fmt: skip
    except AtlasError as error:
        st.session_state["import_fault"] = error


def settle() -> None:
    """What the work gave: a report, or what went wrong."""
    job = st.session_state.pop("import_job", None)
    if job is None:
        return
    st.session_state["import_fault"] = job.error
    if job.result is not None:
        st.session_state["import"].report = job.result


def again(**said: Any) -> None:
    """Note what was said, and look anew."""
    talk: Conversation = st.session_state["import"]
    for name, value in said.items():
        if name == "reading":
            talk.reading = value
        else:
            getattr(talk, name).update(value)
    run(check_only=True)
    st.rerun()


def offered() -> dict[str, str]:
    """The tables that can be brought in, figures of one measure among them."""
    measures = {
        name: text("Figures: {measure}", measure=text(said)) for name, said in MEASURE_NAMES.items()
    }
    first = {"observations": text(TABLES["observations"])}
    return {**first, **measures, **{name: text(said) for name, said in TABLES.items()}}


def bring_in() -> None:
    """The import, step by step."""
    endings = [ending.lstrip(".") for kind in ENDINGS.values() for ending in kind]
    table, given = import_form.choose_file(offered(), endings, text)
    if given is None:
        st.session_state.pop("import", None)
        return
    key = (edition, table, given.file_id)
    if st.session_state.get("import_key") != key:
        kept = upload.Upload(given.name, given.getvalue())
        st.session_state.update({"import_key": key, "import_upload": kept})
        st.session_state["import"] = Conversation(folder, kept.path, table)
        run(check_only=True)
    talk: Conversation = st.session_state["import"]
    html.show(import_panels.steps(STEPS, talk.step, text), key="steps")
    if job := st.session_state.get("import_job"):
        work.watch(job, WORK, text, settle)
        return
    if fault := st.session_state.get("import_fault"):
        st.error(explained(fault))
    report = talk.report
    if report is None:
        if said := import_form.reading({}, talk.reading, text):
            again(reading=said)
        st.button(text("Try again"), on_click=run, args=[True], key="import_again")
        return
    if report.written is not None:
        written(report)
        return
    html.show(import_panels.facts(import_answers.understood(report, text)), key="understood")
    if said := import_form.reading(report.about, talk.reading, text):
        again(reading=said)
    ASK.get(talk.step, ask_names)(talk)


def ask_columns(talk: Conversation) -> None:
    """Which column is which field."""
    report = talk.report
    fields = {name: text(FIELDS[name]) for name in conversation.fields_of(talk.table)}
    headers = {
        **{column.header: column.field for column in report.columns},
        **dict.fromkeys(report.kept, import_form.KEPT),
        **{each: import_form.LEFT_OUT for each in report.left_out if not each.startswith("[")},
    }
    said = import_form.columns(headers, fields, talk.lacking(), text)
    if said:
        again(columns=said[0], constants=said[1])


def codes_of(kind: str) -> dict[str, str]:
    """Codes with their names, for a choice."""
    rows = shelf.rows_of(folder, "industries" if kind == "industries" else "regions")
    return {code: f"{text.name(row) or code} · {code}" for code, row in rows.items()}


def ask_names(talk: Conversation) -> None:
    """What the words of the file mean."""
    kind = talk.step
    asked = [
        (one.word, text.plural("{count} row", "{count} rows", rows), one.code)
        for one, rows in talk.asked(kind)[: conversation.MOST_ASKED]
    ]
    said = import_form.names(kind, asked, codes_of(kind), text)
    if said:
        again(meanings={kind: {**talk.meanings.get(kind, {}), **said}})


def show_report(talk: Conversation) -> None:
    """The report; warnings are accepted here, or nothing stands in the way of the import."""
    report = talk.report
    html.show(import_panels.verdict(conversation.totals(report), text), key="verdict")
    taken = [
        (
            one.word,
            codes_of(kind).get(str(one.code), str(one.code)),
            text(HOW.get(one.how, one.how)),
        )
        for kind, found in report.matches.items()
        for one, _ in found
        if one.code is not None
    ]
    if taken:
        heads = (text("Word of the file"), text("Means"), text("How that is known"))
        with st.expander(text("What was taken for what")):
            html.show(import_panels.matched(taken, heads, text), key="matched")
    entries = import_answers.entries(report, text)
    if entries:
        counts = {rule: count for (_, rule), count in report.counts.items()}
        html.show(import_panels.issues(entries, counts, text), key="issues")
    with st.container(horizontal=True):
        for language in languages():
            widgets.export(
                text("Report ({language})", language=language_name(language)),
                f"{edition}_import_{language}.csv",
                lambda language=language: escaped_csv(import_answers.table(report, Text(language))),
                mime="text/csv", main=False,
            )  # fmt: skip
    if report.errors:
        st.error(
            text("Errors block: correct the file and hand it over again, or read it otherwise.")
        )
        return
    rules = {rule: sentence_of(rule, entries) for rule in talk.reasons()}
    if rules and (said := import_form.reasons(rules, text)):
        again(accepted=said)
    for rule, reason in report.accepted.items():
        st.caption(frame.literal(text("Accepted: {rule} ({reason})", rule=rule, reason=reason)))
    if talk.step == "import":
        rows = text.plural("{count} row", "{count} rows", report.rows)
        label = text("Import {rows} into “{table}”", rows=rows, table=offered()[talk.table])
        st.button(label, type="primary", on_click=run, args=[False], key="import_now")


def sentence_of(rule: str, entries: list[dict[str, Any]]) -> str:
    """A rule by what its first issue says, with the number of them."""
    found = [entry for entry in entries if entry["rule"] == rule]
    count = text.plural("{count} time", "{count} times", len(found))
    return f"{found[0]['message']} ({count})"


def written(report: Any) -> None:
    """The table is in the edition."""
    rows = text.plural("{count} row", "{count} rows", report.written)
    st.success(
        frame.literal(text("Imported: {file} now has {rows}.", file=report.target, rows=rows))
    )
    st.markdown(text("Readers see nothing of it until a release is built and published."))


ASK: dict[str, Callable[[Conversation], None]] = {
    "columns": ask_columns, "report": show_report, "import": show_report,
}  # fmt: skip

frame.title(text("Data"))
gate.signed_in(who, text)
known = shelf.editions(settings().editions)
edition = edition_form.choose(known, text)
if edition is not None:
    folder = shelf.folder_of(edition, settings().editions)
    view = widgets.one(
        text("What to do"), "view", {name: text(said) for name, said in VIEWS.items()},
        default="import",
    )  # fmt: skip
    if view == "import":
        bring_in()
    if jobs.running(edition) is None:
        jobs.prepare()
