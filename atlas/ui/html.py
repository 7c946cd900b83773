"""Our own HTML on a page, its links followed without loading the page anew.

Streamlit has no link that changes the address of the running session except in its own menu; a
plain ``<a>`` starts a new session. So one small component shows HTML and, on a click, writes the
link's address into the browser's history, which Streamlit answers like Back and Forward.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from markupsafe import Markup

_SCRIPT = (Path(__file__).parent / "html.js").read_text(encoding="utf-8")


def show(
    html: Markup | str, *, key: str, lang: str | None = None, go: list[str] | None = None
) -> None:
    """Show HTML. Anything that is not Markup is escaped.

    ``lang`` becomes the page's language; ``go`` is a visit (its own mark, the address) to make
    once, as if its link had been clicked.
    """
    _component()(key=key, data={"html": str(Markup.escape(html)), "lang": lang, "go": go})


@st.cache_resource
def _component():  # type: ignore[no-untyped-def]  # Streamlit's own type is private
    return st.components.v2.component("atlas_html", js=_SCRIPT, isolate_styles=False)


def outside(address: str, name: str) -> Markup:
    """A link that leaves the atlas, in a new tab; plain text unless it is a web address."""
    if not address.startswith(("https://", "http://")):
        return Markup("{}").format(name)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(
        address, name
    )
