"""The one Export button: what is to be made, how it will look, and the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol

import streamlit as st

from atlas.snapshot import NOTES, TITLE, Snapshot
from atlas.text import Text, language_name, languages
from atlas.ui import url

#: What a title or note of one's own may be: no markup.
_PLAIN = r"^(?!.*<[A-Za-z/!?]).*$"


class Desk(Protocol):
    """Where files are made: :class:`atlas.export.desk.Desk`."""

    def kinds(self, snapshot: Snapshot, text: Text) -> dict[str, tuple[str, Snapshot]]:
        """What can be made from what is shown: by a word its title and snapshot."""

    def formats(self, snapshot: Snapshot, text: Text) -> dict[str, str]:
        """Names and titles of what can be made of a snapshot."""

    def sizes(self, form: str, text: Text) -> dict[str, str]:
        """Names and titles of a format's sizes."""

    def mime(self, form: str) -> str:
        """The type of a format's files."""

    def title(self, snapshot: Snapshot) -> str:
        """The title made from the figures."""

    def file_name(self, snapshot: Snapshot, form: str) -> str:
        """A file name that says what it is."""

    def preview(self, snapshot: Snapshot, form: str) -> bytes | None:
        """A small PNG of how it will look, None for what is no picture."""

    def make(
        self, snapshot: Snapshot, form: str, *, link: str | None = None, aside: bool = False
    ) -> bytes:
        """The file; ``aside``: made where it holds up nobody."""


@st.fragment
def export_form(snapshot: Snapshot, desk: Desk, text: Text) -> None:
    """The page's one accented button. It opens a form for a file of what the page shows; the form
    is filled in, and its preview drawn, only while it is open, the file made only on demand.

    Format, size and language stay as chosen for the visit; a title belongs to what is shown.
    """
    with panel(text) as opened:
        if opened.open:
            _form(snapshot, desk, text)


def panel(text: Text) -> Any:
    """The button and what it opens, a context whose ``open`` says whether it is. Of a draft it
    opens nothing."""
    draft = bool(st.session_state.get("_preview"))
    return st.popover(
        text("Export"), type="primary", icon=":material/ios_share:", width="stretch", key="export",
        on_change="rerun", disabled=draft,
        help=text("Files are made of published releases, not of drafts.") if draft else None,
    )  # fmt: skip


def _form(snapshot: Snapshot, desk: Desk, text: Text) -> None:
    kinds = desk.kinds(snapshot, text)
    if len(kinds) > 1:
        titles = {word: title for word, (title, _) in kinds.items()}
        # A link to small maps opens the form at them.
        asked = url.read("small", titles, None) or next(iter(titles))
        snapshot = kinds[_choice(text("Picture"), "export_kind", titles, asked)][1]
    form = _choice(text("Format"), "export_format", desk.formats(snapshot, text), "png")
    left, right = st.columns(2)
    sizes = desk.sizes(form, text)
    with left:
        size = _choice(text("Size"), "export_size", sizes, snapshot.size) if sizes else "slide"
    with right if sizes else left:
        language = language_of_file(snapshot.language, text)
    wanted = replace(snapshot, size=size, language=language)
    title = _words(text("Title"), "export_title", TITLE, desk.title(wanted), text)
    notes = _words(text("Notes"), "export_notes", NOTES, "", text)
    wanted = replace(wanted, title=title, notes=notes)
    picture = desk.preview(wanted, form)
    if picture is not None:
        st.image(picture, width="stretch")
    # Here and not when it is made: then nobody knows where the reader is.
    name, link = desk.file_name(wanted, form), url.whole(wanted.link())
    hand_over(name, lambda: desk.make(wanted, form, link=link, aside=True), desk.mime(form), text)


def language_of_file(usual: str, text: Text) -> str:
    """The language that the file is to have, stays as chosen for the visit."""
    known = {language: language_name(language) for language in languages()}
    return _choice(text("Language of the file"), "export_language", known, usual)


def hand_over(name: str, content: bytes | Callable[[], bytes], mime: str, text: Text) -> None:
    """The button that a file is downloaded by, and its name."""
    st.download_button(
        text("Download"), content, file_name=name, mime=mime, on_click="ignore", type="primary",
        icon=":material/download:", width="stretch",
    )  # fmt: skip
    st.caption(name)


def _choice(label: str, key: str, options: Mapping[str, str], usual: str) -> str:
    """A drop-down of the form; what was chosen before stays, where it is still offered."""
    if st.session_state.get(key) not in options:
        st.session_state[key] = usual if usual in options else next(iter(options))
    return str(
        st.selectbox(
            label, list(options), format_func=lambda one: options[one], key=key,
            persist_state="session",
        )
    )  # fmt: skip


def _words(label: str, key: str, most: int, usual: str, text: Text) -> str | None:
    """A line of the reader's own, None when it is empty; ``usual`` is what stands there then."""
    fault = text("Without markup, please: no “<” before a letter.")
    said = st.text_input(
        label, key=key, max_chars=most, placeholder=usual, validate=(_PLAIN, fault)
    )
    return said.strip() or None if said else None
