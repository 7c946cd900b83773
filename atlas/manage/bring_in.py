"""Bringing a file into an edition: an import as a conversation on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from atlas import import_answers
from atlas.config import settings
from atlas.errors import AtlasError
from atlas.figures import import_panels
from atlas.ingest import conversation, jobs, outline_source, shelf
from atlas.ingest.concordance import FOREIGN
from atlas.ingest.conversation import Conversation
from atlas.ingest.fetching import file_name
from atlas.ingest.outline_source import OUTLINES
from atlas.ingest.report import Report
from atlas.ingest.source import ENDINGS
from atlas.ingest.wishes import Wishes
from atlas.manage import import_report
from atlas.manage.place import Place
from atlas.manage_words import FIELDS, TABLES, WORK
from atlas.names import MEASURE_NAMES
from atlas.text import Text
from atlas.ui import frame, html, import_form, upload, url, work


def show(place: Place) -> None:
    """The import, as far as it has come."""
    text = place.text
    talk = _conversation(place)
    if talk is None:
        return
    html.show(import_panels.steps(talk.steps, talk.step, text), key="steps")
    if job := st.session_state.get("import_job"):
        work.watch(job, WORK, text, lambda: _settle(place))
        return
    if fault := st.session_state.get("import_fault"):
        st.error(place.explain(fault))
    if talk.report is None:
        if said := _reading(talk, {}, text):
            _again(place, reading=said)
        st.button(text("Try again"), on_click=_look, args=[place], key="import_again")
    elif talk.report.written is not None:
        _written(place, talk.report)
    else:
        rows = shelf.rows_of(place.folder, "regions")
        names = {code: text.name(row) or code for code, row in rows.items()}
        lines = import_answers.understood(talk.report, text, names)
        html.show(import_panels.facts(lines), key="understood")
        if said := _reading(talk, talk.report.about, text):
            _again(place, reading=said)
        _ASK.get(talk.step, _ask_names)(place, talk, talk.report)


def _conversation(place: Place) -> Conversation | None:
    """The conversation about the file that is handed over, or about the table that an address has;
    None without either."""
    text = place.text
    table = import_form.choose_table(_tables(text), text)
    outlined = table == OUTLINES
    given = import_form.choose_file(_endings(table), text, outlines=outlined)
    known = () if outlined or given else settings().sources
    address = import_form.choose_address(known, text) if known else None
    if given is None and address is None:
        _drop()
        return None
    key = (place.edition, table, given.file_id if given else address)
    if st.session_state.get("import_key") != key:
        _drop()
        kept = upload.Upload(given.name if given else file_name(str(address)))
        if given:
            kept.path.write_bytes(given.getbuffer())
        talk = Conversation(place.folder, kept.path, table, address=address)
        st.session_state.update({"import_key": key, "import_upload": kept, "import": talk})
        _look(place)
    found: Conversation = st.session_state["import"]
    return found


def _drop() -> None:
    """Forget the import as far as it has come; work that is being done for it ends first."""
    if job := st.session_state.pop("import_job", None):
        job.cancel()
        job.wait()
    for word in ("import", "import_key", "import_upload", "import_fault"):
        st.session_state.pop(word, None)


def _endings(table: str) -> list[str]:
    kinds = (outline_source.ENDINGS if table == OUTLINES else ENDINGS).values()
    return sorted({ending.lstrip(".") for kind in kinds for ending in kind})


def _reading(talk: Conversation, about: Mapping[str, Any], text: Text) -> dict[str, Any] | None:
    """How the file is to be read otherwise; None until it is said."""
    if talk.table == OUTLINES:
        return import_form.reading_outlines(about, talk.reading, text)
    said = {"jump": Wishes.jump, **talk.reading}
    return import_form.reading(about, said, list(FOREIGN), text)


def _tables(text: Text) -> dict[str, str]:
    """What can be brought in, figures of one measure among it."""
    measures = {
        name: text("Figures: {measure}", measure=text(said)) for name, said in MEASURE_NAMES.items()
    }
    first = {"observations": text(TABLES["observations"])}
    return {**first, **measures, **{name: text(said) for name, said in TABLES.items()}}


def _look(place: Place) -> None:
    """Fetch the table, where it is one of an address, and look at it."""
    talk: Conversation = st.session_state["import"]
    if talk.address and not talk.source.exists():
        _start(place, "fetch", address=talk.address, target=talk.source)
    else:
        _run(place)


def _run(place: Place, *, check_only: bool = True) -> None:
    """Begin the import, or a look at what it would do."""
    talk: Conversation = st.session_state["import"]
    _start(
        place, "import", source=talk.source, folder=talk.folder, who=place.who,
        wishes=talk.wishes(check_only=check_only),
    )  # fmt: skip


def _start(place: Place, task: str, **given: Any) -> None:
    st.session_state["import_fault"] = None
    try:
        st.session_state["import_job"] = jobs.start(place.edition, task, **given)
    except AtlasError as error:
        st.session_state["import_fault"] = error


def _settle(place: Place) -> None:
    """What the work gave: a file that was fetched, a report, or what went wrong."""
    job = st.session_state.pop("import_job", None)
    if job is None:
        return
    st.session_state["import_fault"] = job.error
    if job.task == "fetch" and job.result is not None:
        _run(place)
    elif job.result is not None:
        st.session_state["import"].report = job.result


def _again(place: Place, **said: Mapping[str, Any]) -> None:
    """Note what was said, and look anew."""
    talk: Conversation = st.session_state["import"]
    talk.returned = False
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
    measures = {name: fields[name] for name in talk.measures()}
    divided = talk.divided()
    now: dict[str, Mapping[str, Any]] = {
        "constants": talk.constants,
        "only": talk.only,
        "factors": talk.factors,
    }
    if said := import_form.columns(headers, fields, talk.lacking(), divided, measures, now, text):
        _again(place, **said)


def _ask_names(place: Place, talk: Conversation, _report: Report) -> None:
    """What the words of the file mean."""
    kind, text = talk.step, place.text
    asked = [
        (one.word, text.plural("{count} row", "{count} rows", rows), one.code)
        for one, rows in talk.asked(kind)[: conversation.MOST_ASKED]
    ]
    codes = import_report.codes(place, kind)
    if talk.table == OUTLINES and not talk.reading.get("add_regions"):
        codes = {import_form.LEFT_OUT: text("Not wanted"), **codes}
    if said := import_form.names(kind, asked, codes, text):
        _again(place, meanings={kind: {**talk.meanings.get(kind, {}), **said}})


def _show_report(place: Place, talk: Conversation, report: Report) -> None:
    """The report; warnings are accepted here, or nothing stands in the way of the import."""
    text = place.text
    entries = import_answers.entries(report, text)
    import_report.show(place, report, entries)
    if report.errors:
        st.error(
            text("Errors block: correct the file and hand it over again, or read it otherwise.")
        )
    if report.columns:
        st.button(text("Change the columns"), on_click=_return, args=[talk], key="return")
    if report.errors:
        return
    rules = {rule: import_report.sentence_of(rule, entries, text) for rule in talk.reasons()}
    if rules and (said := import_form.reasons(rules, text)):
        _again(place, accepted=said)
    if talk.step == "import":
        rows = text.plural("{count} row", "{count} rows", report.rows)
        label = text("Import {rows} into “{table}”", rows=rows, table=_tables(text)[talk.table])
        st.button(
            label, type="primary", on_click=_run, args=[place], kwargs={"check_only": False},
            key="import_now",
        )  # fmt: skip


def _return(talk: Conversation) -> None:
    talk.returned = True


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
