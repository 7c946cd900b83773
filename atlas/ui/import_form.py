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


def choose_file(tables: Mapping[str, str], kinds: Sequence[str], text: Text) -> tuple[str, Any]:
    """The table that the file is for, and the file, None as long as there is none."""
    left, right = st.columns([1, 2])
    with left:
        table = st.selectbox(
            text("What the file holds"), list(tables), format_func=lambda one: tables[one],
            key="import_table",
        )  # fmt: skip
    with right:
        given = st.file_uploader(
            text(
                "The file: CSV, TSV, XLSX, XLS, ODS or Parquet, at most {most} MB",
                most=text.number(upload.most()),
            ),
            type=list(kinds), key="import_file",
        )  # fmt: skip
    frame.quiet(
        text("Larger files: `python -m atlas import` on the machine itself."), "larger_files"
    )
    return str(table), given


def reading(about: Mapping[str, Any], said: Mapping[str, Any], text: Text) -> dict[str, Any] | None:
    """How the file is to be read, where what was found is not right; None until it is said."""
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
        if st.form_submit_button(text("Read again")):
            return {word: value for word, value in found.items() if value}
    return None


def columns(
    headers: Mapping[str, str],
    fields: Mapping[str, str],
    lacking: Sequence[str],
    text: Text,
) -> tuple[dict[str, str], dict[str, str]] | None:
    """Which column is which field; ``headers`` with the field that is proposed, LEFT_OUT or KEPT.
    Also the one value of every row for fields that no column has. None until it is
    confirmed, and while a field is taken twice."""
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
                text("{field}, the same in every row", field=fields[field]), max_chars=60,
                key=f"import_same_{field}",
            )
            for field in lacking
            if field in fields
        }  # fmt: skip
        if not st.form_submit_button(text("Confirm the columns"), type="primary"):
            return None
    chosen = {header: field for header, field in chosen.items() if field != KEPT}
    taken = [field for field in chosen.values() if field != LEFT_OUT]
    twice = sorted({fields[field] for field in taken if taken.count(field) > 1})
    if twice:
        st.warning(
            frame.literal(text("Two columns cannot both be: {names}", names=text.list(twice)))
        )
        return None
    return chosen, {field: said.strip() for field, said in values.items() if said.strip()}


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
