"""Our own HTML on a page, its links followed without loading the page anew.

Streamlit has no link that changes the address of the running session except in its own menu; a
plain ``<a>`` starts a new session. So one small component shows HTML and, on a click, writes the
link's address into the browser's history, which Streamlit answers like Back and Forward.

Streamlit sends a component's script with everything it shows. So the script itself is a file that
browsers keep, and what goes along is a line that loads it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from atlas.ui import url
from atlas.ui.kept import kept

_SCRIPT = (Path(__file__).parent / "html.js").read_bytes()
_MARK = hashlib.sha256(_SCRIPT).hexdigest()[:8]
_GZIPPED = gzip.compress(_SCRIPT, 9, mtime=0)
#: Where the script is served.
ROUTE = "/html.js"


def _loader() -> str:
    """The line that loads the script; two lines, for one would be taken for a path. It runs from
    an address of its own, so the whole of the script's is named."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    place = f"/{base}{ROUTE}" if base else ROUTE
    return f"export default async s=>(await import(origin+'{place}?v={_MARK}'))\n.default(s)"


def script(request: Request) -> Response:
    """The script, for the browser."""
    return kept(request, _GZIPPED, _MARK, "text/javascript")


def show(
    html: Markup | str,
    *,
    key: str,
    lang: str | None = None,
    go: list[str] | None = None,
    narrow: bool | None = None,
    glossary: Mapping[str, Any] | None = None,
    play: tuple[str | None, str] | None = None,
    back: bool | None = None,
) -> None:
    """Show HTML. Anything that is not Markup is escaped.

    ``lang`` becomes the page's language; ``go`` is a visit (its own mark, the address) to make
    once, as if its link had been clicked. ``narrow`` is whether the page is believed to be as
    narrow as a phone's: :func:`found_narrow` of the same key says what the browser answered, and
    :func:`faces_late` how often letters were drawn before their faces came.
    ``glossary`` (:func:`atlas.figures.glossary.found_words`) tells the browser which words of this
    and all other HTML to link. ``play``: the addresses that a button with ``data-play`` leads to
    step by step, the next one (None after the last) and the first one. ``back``: whoever signs in
    or out from here comes back here (:mod:`atlas.ui.way_back`).
    """
    told = {
        "lang": lang,
        "go": go,
        "narrow": narrow,
        "glossary": glossary,
        "play": {"next": play[0], "first": play[1]} if play else None,
        "back": back,
    }
    more = {word: value for word, value in told.items() if value is not None}
    # As JSON each quotation mark would be two letters, and each Georgian letter six.
    said = f"{Markup.escape(html)}\0{json.dumps(more, ensure_ascii=False)}"
    answers = () if narrow is None else ("narrow", "late")
    watched = {f"on_{answer}_change": url.stay for answer in answers}
    _component()(key=key, data=_packed(said), **watched)


@lru_cache(maxsize=256)
def _packed(said: str) -> bytes:
    """What is sent. Streamlit's socket compresses nothing by itself, and HTML says much of itself
    again; most of a page is as it was."""
    return zlib.compress(said.encode())


def found_narrow(key: str) -> bool | None:
    """Whether the browser found the page narrow, None as long as it has not contradicted."""
    found: bool | None = st.session_state.get(key, {}).get("narrow")
    return found


def faces_late(key: str) -> int:
    """How often the browser found faces of letters that came after a map may have been drawn."""
    return int(st.session_state.get(key, {}).get("late") or 0)


@st.cache_resource
def _component():  # type: ignore[no-untyped-def]  # Streamlit's own type is private
    return st.components.v2.component("atlas_html", js=_loader(), isolate_styles=False)
