"""The frame around every page: language, theme, style sheet, header, notices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st
from markupsafe import Markup

from atlas.config import settings
from atlas.model import mark
from atlas.text import SOURCE_LANGUAGE, Text, language_name, languages
from atlas.ui import access, html, url

_NOT_THERE = mark(
    "The address asks for “{value}” as “{word}”, which is not there. The usual choice is shown"
    " instead."
)
#: What is said of values that a reader types in.
_NOTICES = {
    "breaks": mark(
        "“{value}” cannot be the breaks between classes: write one to six numbers, each larger"
        " than the one before, such as 0.5 1 2. The usual classes are shown instead."
    )
}
#: On one line: Streamlit looks for the indentation of every other.
_STYLE = " ".join((Path(__file__).parent / "style.css").read_text(encoding="utf-8").split())


def language() -> str:
    """The reader's language: the address's, else the browser's if we speak it, else English."""
    preferred = (st.context.locale or SOURCE_LANGUAGE).split("-")[0]
    default = preferred if preferred in languages() else SOURCE_LANGUAGE
    return str(url.read("lang", languages(), default))


def text() -> Text:
    """The words of this page."""
    return Text(language())


def theme_name() -> str:
    """``light`` or ``dark``, as the reader's browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def release_words() -> tuple[str, str | None, bool]:
    """The edition and, where the address names one, the release it asks for; whether whoever asks
    may see drafts, now."""
    edition = st.query_params.get("edition", settings().edition)
    release = st.query_params.get("release")
    return edition, release, release is not None and access.may("data_manager")


def preview(on: bool) -> None:
    """Note whether this run shows a draft: no file is made of one (``export_form``)."""
    st.session_state["_preview"] = on


def narrow() -> bool:
    """Whether the page is as narrow as a phone's: as the browser found, else as it calls itself."""
    found = html.found_narrow("languages")
    return "Mobi" in (st.context.headers.get("User-Agent") or "") if found is None else found


def faces_late() -> int:
    """How often faces of letters came after a map may have been drawn without them."""
    return html.faces_late("languages")


def draw(variables: str, glossary: Mapping[str, Any]) -> None:
    """Style sheet and language switch. ``variables``: the theme's colours as CSS variables;
    ``glossary``: the words to link, as :func:`atlas.ui.html.show` takes them.

    To be called after ``st.navigation``: a link that the browser follows before it has heard of
    the menu's page of this run would leave a step of history that belongs to no page.
    """
    chosen = language()
    words = Text(chosen)
    named = f'--a-title:"{words("Cluster atlas")}";--a-more:"{words("More")}";'
    named += f'--a-file:"{words("Choose a file")}";'
    st.html(f"<style>:root{{{variables}{named}}}\n{_STYLE}</style>")
    links = Markup("").join(
        Markup('<a href="{}" lang="{}" class="{}"{}>{}</a>').format(
            url.also(lang=code),
            code,
            "on" if code == chosen else "",
            Markup(' aria-current="true"') if code == chosen else "",
            language_name(code),
        )
        for code in languages()
    )
    with st.container(key="atlas_languages"):
        html.show(
            Markup('<nav class="languages" aria-label="{}">{}</nav>').format(
                Text(chosen)("Language"), links
            ),
            key="languages",
            lang=chosen,
            go=url.going(),
            narrow=narrow(),
        )
        # By itself: it stays as it is while the links above change with every choice.
        html.show("", key="atlas_words", glossary=glossary)


def help_line(page: str, said: str) -> None:
    """One quiet line of help on a first visit of a page, until the reader dismisses it."""
    words = text()
    html.show(
        Markup(
            '<p class="help" data-help="{}"><span>{}</span>'
            '<button data-dismiss title="{}" aria-label="{}">×</button></p>'
        ).format(page, said, words("Dismiss"), words("Dismiss")),
        key="help",
    )


def title(words: str) -> None:
    """The page's heading; names in it are shown as they are."""
    st.title(literal(words), anchor=False)


def quiet(words: str, key: str) -> None:
    """A line in the second colour; what stands in `backticks` is set as code."""
    parts = words.split("`")
    shown = (Markup("<code>{}</code>").format(p) if n % 2 else p for n, p in enumerate(parts))
    said = Markup('<p class="quiet">{}</p>').format(Markup("").join(shown))
    html.show(said, key=key)


def literal(words: str) -> str:
    """Words as they are where Streamlit would read them as Markdown."""
    return re.sub(r"([\\`*_\[\]$~:<>#|])", r"\\\1", words)


def notices() -> None:
    """Say which words of the address were not known and what is shown instead."""
    words = text()
    for word, value in url.notices().items():
        st.info(literal(words(_NOTICES.get(word, _NOT_THERE), value=value, word=word)))
