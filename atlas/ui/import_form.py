"""The inputs of an import. They are nobody's state but the visit's: nothing of them is in the
address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from atlas.text import Text
from atlas.ui import frame, upload

#: What a column that is not wanted is called, and one that stays under its own name.
LEFT_OUT, KEPT = "-", ""
_ENCODINGS = ("utf-8", "utf-16", "cp1251", "cp1254", "cp1252")
_SEPARATORS = {";": ";", ",": ",", "\t": "Tab", "|": "|"}
_REASON = 300


def choose_table(tables: Mapping[str, str], text: Text) -> str:
    """The table that the file is for."""
    return str(
        st.selectbox(
            text("What the file holds"), list(tables), format_func=lambda one: tables[one],
            key="import_table",
        )
    )  # fmt: skip


def choose_file(endings: Sequence[str], text: Text, *, outlines: bool) -> Any:
    """The file that is handed over, None as long as there is none."""
    most = text.number(upload.most())
    label = (
        text("The file: GeoJSON, GeoPackage, Shapefile in a ZIP, KML or GeoParquet, at most"
             " {most} MB", most=most)
        if outlines
        else text("The file: CSV, TSV, XLSX, XLS, ODS, Parquet, SDMX, JSON-stat or PX, at most"
                  " {most} MB", most=most)
    )  # fmt: skip
    given = st.file_uploader(label, type=list(endings), key="import_file")
    frame.quiet(
        text("Larger files: `python -m atlas import` on the machine itself."), "larger_files"
    )
    return given


def choose_address(known: Sequence[str], text: Text) -> str | None:
    """The address of a published table, None as long as there is none; ``known``: how addresses
    begin that may be asked."""
    with (
        st.expander(text("Or fetch a published table"), icon=":material/cloud_download:"),
        st.form("import_address_form", border=False),
    ):
        typed = st.text_input(
            text("Address of the table (SDMX, JSON-stat or PxWeb)"), max_chars=2000,
            key="import_address_typed",
        )  # fmt: skip
        begin = text.list([f"`{one}`" for one in known])
        frame.quiet(text("Asked are only addresses that begin with {known}.", known=begin), "asked")
        if st.form_submit_button(text("Fetch")):
            st.session_state["import_address"] = typed.strip()
    return st.session_state.get("import_address") or None


def reading_outlines(
    about: Mapping[str, Any], said: Mapping[str, Any], text: Text
) -> dict[str, Any] | None:
    """How a file of outlines is to be read, where what was found is not right; None until it is
    said."""
    with st.popover(text("Read it otherwise"), icon=":material/tune:"), st.form("import_reading"):
        found: dict[str, Any] = {}
        if sheets := about.get("sheets"):
            found["sheet"] = _one(text("Layer"), sheets, said.get("sheet") or about.get("sheet"))
        crs = st.text_input(
            text("Coordinate system, such as EPSG:4326 (empty: as the file says)"),
            said.get("crs", ""), max_chars=20,
        )  # fmt: skip
        found["crs"] = crs.strip()
        found["add_regions"] = st.checkbox(
            text("Add the regions that the edition has not yet"), said.get("add_regions", False)
        )
        if st.form_submit_button(text("Read again")):
            return {word: value for word, value in found.items() if value}
    return None


def reading(
    about: Mapping[str, Any], said: Mapping[str, Any], foreign: Sequence[str], text: Text
) -> dict[str, Any] | None:
    """How the file is to be read, where what was found is not right; None until it is said.
    ``foreign``: classifications whose codes are understood."""
    with st.popover(text("Read it otherwise"), icon=":material/tune:"), st.form("import_reading"):
        found: dict[str, Any] = {}
        if sheets := about.get("sheets"):
            found["sheet"] = _one(text("Sheet"), sheets, said.get("sheet") or about.get("sheet"))
        if about.get("kind") in (None, "text"):
            as_found = text("As found")
            encodings = {"": as_found, **{one: one for one in _ENCODINGS}}
            found["encoding"] = _named(text("Encoding"), encodings, said.get("encoding"))
            signs = {"": as_found, **_SEPARATORS}
            found["separator"] = _named(text("Sign between cells"), signs, said.get("separator"))
        decimals = {"": text("As found"), ",": "0,5", ".": "0.5"}
        found["decimal"] = _named(text("Decimal sign"), decimals, said.get("decimal"))
        row = st.number_input(
            text("Row of the header (0: as found)"), 0, 10_000, int(said.get("header") or 0)
        )
        found["header"] = int(row) or None
        for word, label in (
            ("missing", text("Signs for no figure, blanks between")),
            ("suppressed", text("Signs for a suppressed figure, blanks between")),
        ):
            typed = st.text_input(label, " ".join(sorted(said.get(word, ()))), max_chars=80)
            found[word] = frozenset(typed.split())
        codes = {"": text("That of the edition"), **{one: one for one in foreign}}
        found["classification"] = _named(
            text("Classification of sectors in the file"), codes, said.get("classification")
        )
        found["jump"] = st.number_input(
            text("Warn of figures so many times those of the release before"), 1.0, 1000.0,
            float(said["jump"]), 0.5,
        )  # fmt: skip
        if st.form_submit_button(text("Read again")):
            return {word: value for word, value in found.items() if value}
    return None


def columns(
    headers: Mapping[str, str],
    fields: Mapping[str, str],
    lacking: Sequence[str],
    divided: Mapping[str, Sequence[str]],
    measures: Mapping[str, str],
    said: Mapping[str, Mapping[str, Any]],
    text: Text,
) -> dict[str, dict[str, Any]] | None:
    """Which column is which field; ``headers`` with the field that is proposed, LEFT_OUT or KEPT.
    Also the one value of every row for fields that no column has, the one that is wanted of columns
    that divide the table (``divided``, with their values), and what the figures of the ``measures``
    are counted in. By field of the conversation, as ``said`` before; None until it is confirmed,
    and while a field is taken twice."""
    offered = {LEFT_OUT: text("Not wanted"), **fields}
    if KEPT in headers.values():
        offered = {KEPT: text("Kept under its own name"), **offered}
    with st.form("import_columns"):
        st.markdown(text("Which column is what? What is not right you choose anew."))
        chosen: dict[str, str] = {}
        for number, (header, field) in enumerate(headers.items()):
            left, right = st.columns([1, 1], vertical_alignment="center")
            left.markdown(f"**{frame.literal(header)}**")
            with right:
                label = text("Field of “{header}”", header=header)
                chosen[header] = _named(
                    label, offered, field, key=f"import_column_{number}_{header}", hidden=True
                )
        values = {
            field: st.text_input(
                text("{field}, the same in every row", field=fields[field]),
                said["constants"].get(field, ""), max_chars=60, key=f"import_same_{field}",
            )
            for field in lacking
            if field in fields
        }  # fmt: skip
        only = {
            header: st.selectbox(
                text("Of “{header}” only the rows with", header=header), values,
                index=values.index(one) if (one := said["only"].get(header)) in values else None,
                placeholder=text("Choose"), key=f"import_only_{header}",
            )
            for header, values in divided.items()
        }  # fmt: skip
        units = {1.0: text("as they stand"), 1e3: text("thousands"), 1e6: text("millions")}
        factors = {
            measure: st.selectbox(
                text("{measure}: the figures are", measure=name), list(units),
                index=list(units).index(said["factors"].get(measure, 1.0)),
                format_func=lambda one: units[one], key=f"import_times_{measure}",
            )
            for measure, name in measures.items()
        }  # fmt: skip
        if not st.form_submit_button(text("Confirm the columns"), type="primary"):
            return None
    chosen = {header: field for header, field in chosen.items() if field != KEPT}
    fielded = {header for header, field in chosen.items() if field != LEFT_OUT}
    taken = [chosen[header] for header in fielded]
    twice = sorted({fields[field] for field in taken if taken.count(field) > 1})
    if twice:
        st.warning(
            frame.literal(text("Two columns cannot both be: {names}", names=text.list(twice)))
        )
        return None
    wanted = {header: one for header, one in only.items() if one and header not in fielded}
    return {
        "columns": chosen,
        "constants": {field: one.strip() for field, one in values.items() if one.strip()},
        "only": wanted,
        "factors": factors,
    }


def names(
    kind: str,
    asked: Sequence[tuple[str, str, str | None]],
    codes: Mapping[str, str],
    text: Text,
) -> dict[str, str] | None:
    """What the words of a file mean: ``asked`` has each word, its rows in words and the code that
    is proposed, None without. What nobody chose a code for is left open. None until confirmed."""
    with st.form(f"import_{kind}"):
        st.markdown(
            text(
                "These words are not exactly a name or code of the edition. Nothing is taken that"
                " you do not confirm."
            )
        )
        chosen = {}
        for number, (word, rows, code) in enumerate(asked):
            left, right = st.columns([1, 1], vertical_alignment="center")
            left.markdown(f"**{frame.literal(word)}** · {frame.literal(rows)}")
            with right:
                chosen[word] = st.selectbox(
                    text("Meaning of “{word}”", word=word), list(codes),
                    index=list(codes).index(code) if code is not None and code in codes else None,
                    format_func=lambda one: codes[one], placeholder=text("Choose"),
                    label_visibility="collapsed", key=f"import_{kind}_{number}_{word}",
                )  # fmt: skip
        if not st.form_submit_button(text("Confirm these names"), type="primary"):
            return None
    return {word: code for word, code in chosen.items() if code is not None}


def reasons(rules: Mapping[str, str], text: Text) -> dict[str, str] | None:
    """Warnings by their rule, each to be accepted with a reason; None until some are."""
    with st.form("import_reasons"):
        st.markdown(
            text("Accept a warning by saying why; the reason is kept with the edition’s record.")
        )
        said = {
            rule: st.text_input(
                frame.literal(sentence), max_chars=_REASON, key=f"import_reason_{rule}",
                placeholder=text("Why this can stand"),
            )
            for rule, sentence in rules.items()
        }  # fmt: skip
        if not st.form_submit_button(text("Accept with these reasons"), type="primary"):
            return None
    return {rule: " ".join(words.split()) for rule, words in said.items() if words.strip()}


def _named(
    label: str, options: Mapping[str, str], chosen: str | None, *, key: str | None = None,
    hidden: bool = False,
) -> str:  # fmt: skip
    known = list(options)
    found = st.selectbox(
        label, known, index=known.index(chosen) if chosen is not None and chosen in options else 0,
        format_func=lambda one: options[one], key=key,
        label_visibility="collapsed" if hidden else "visible",
    )  # fmt: skip
    return str(found)


def _one(label: str, options: Sequence[str], chosen: str | None) -> str:
    return _named(label, {one: one for one in options}, chosen)
