"""The address is the state: choices are read from it and written to it, here only."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import quote_plus, urlencode, urljoin

import streamlit as st

from atlas.config import settings

#: Words of an address that go along from page to page.
KEPT = ("lang", "edition", "release", "compare")
#: "None of them", where a word may have several values.
NONE = "none"
#: Stands in an address for a value that is put in later.
_MARK = "~value~"
#: The words of the address that stands, last, behind those that the browser may still name: it
#: hears of a choice no sooner than the line lets it. Empty where it named the one that stands.
_UNHEARD = "addresses_unheard"
#: Whether an input called in this run.
_CALLED = "input_called"


def read(word: str, allowed: Collection[Any], default: str | None) -> str | None:
    """The chosen value of a word, the default when nothing is chosen.

    A value that is not allowed gives the default and a notice for the reader.
    """
    chosen = st.query_params.get(word)
    if chosen is None:
        return default
    if chosen in {str(value) for value in allowed}:
        return chosen
    note(word, chosen)
    return default


def note(word: str, value: str) -> None:
    """Tell the reader, under the page, that a word of the address has a value of no use."""
    st.session_state.setdefault("_notices", {})[word] = value


def read_several(
    word: str, allowed: Collection[str], default: tuple[str, ...], *, most: int | None = None
) -> tuple[str, ...]:
    """The chosen values of a word that may have several, joined by commas; NONE for none.

    Each counts once. A value that is not allowed, or more values than ``most``, give the default
    and a notice for the reader.
    """
    stated = st.query_params.get(word)
    if stated is None:
        return default
    wanted = () if stated == NONE else tuple(dict.fromkeys(stated.split(",")))
    sound = set(wanted) <= set(allowed) and (most is None or len(wanted) <= most)
    return wanted if read(word, {stated} if sound else (), None) else default


def read_number(word: str, *, low: float, high: float, default: float) -> float:
    """The chosen number of a word, the default when nothing is chosen.

    What is no number from ``low`` to ``high`` gives the default and a notice for the reader.
    """
    stated = st.query_params.get(word)
    if stated is None:
        return default
    try:
        chosen = float(stated)
    except ValueError:
        chosen = float("nan")
    if low <= chosen <= high:
        return chosen
    read(word, (), None)
    return default


def notices() -> dict[str, str]:
    """Words of this address whose value was not known, with that value; forgotten on reading."""
    found: dict[str, str] = st.session_state.pop("_notices", {})
    return found


def run_begins() -> None:
    """To be called before the first word is read. Where no input called, the reader went to the
    address that the browser names: by a link, or Back. A choice made just before may reach the
    browser only now and take it elsewhere, so it is told again where it is."""
    if not st.session_state.pop(_CALLED, False) and _unheard():
        st.session_state[_UNHEARD] = []
        st.query_params.from_dict(st.query_params.to_dict())


def words() -> dict[str, str]:
    """From a callback: the words of the address with all that the reader chose so far, even if the
    browser had not heard of the last choice when it told of this one."""
    named, unheard = st.query_params.to_dict(), _unheard()
    return dict(unheard[-1]) if named in unheard else named


def stay() -> None:
    """A callback for what is no choice: the address stays as it is."""
    st.session_state[_CALLED] = True
    standing = words()
    if standing != st.query_params.to_dict():
        st.query_params.from_dict(standing)


def choose(**changes: str | int | None) -> None:
    """Write choices into the address as one step of history; None takes a word out.

    To be called from callbacks: there it adds to history, so that Back undoes it.
    """
    named, unheard, chosen = st.query_params.to_dict(), _unheard(), words()
    if not st.session_state.get(_CALLED):
        # What lies before the address that the browser names now is behind it for good.
        unheard = unheard[unheard.index(named) :] if named in unheard else [named]
    for word, value in changes.items():
        if value is None:
            chosen.pop(word, None)
        else:
            chosen[word] = str(value)
    st.session_state.update({_CALLED: True, _UNHEARD: [*unheard, chosen]})
    st.query_params.from_dict(chosen)


def _unheard() -> list[dict[str, str]]:
    found: list[dict[str, str]] = st.session_state.get(_UNHEARD, [])
    return found


def visit(address: str) -> None:
    """From a callback: make the browser follow a link to another page.

    Streamlit's own switch leaves a step in history that belongs to neither page.
    """
    st.session_state["_going"] = [secrets.token_hex(4), address]


def going() -> list[str] | None:
    """The visit that the browser is to make: its mark and address."""
    found: list[str] | None = st.session_state.get("_going")
    return found


def link(page: str, **words: str | int | None) -> str:
    """The relative address of a page with these words; language, edition, release and what was
    gathered are kept unless they are given as None."""
    kept = {word: st.query_params[word] for word in KEPT if word in st.query_params}
    chosen = {word: str(value) for word, value in {**kept, **words}.items() if value is not None}
    query = urlencode(chosen, safe=",")
    return f"{page}?{query}" if query else page


def here_with(word: str) -> Callable[[str | None], str]:
    """:func:`here` for many values of one word, each made without reading the address again."""
    written = f"{word}={_MARK}"
    before, _, after = here(**{word: _MARK}).partition(written)
    without = here(**{word: None})

    def address(value: str | None) -> str:
        if value is None:
            return without
        return f"{before}{word}={quote_plus(value, safe=',')}{after}"

    return address


def also(**changes: str | int | None) -> str:
    """:func:`here`, but put together by the browser when it is followed (``html.js``): it stays
    as it is while other words change, and need not be sent anew."""
    words = {word: "" if value is None else str(value) for word, value in changes.items()}
    return f"?+{urlencode(words, safe=',')}"


def here(**changes: str | int | None) -> str:
    """The address of this page with some words changed; None takes a word out."""
    words = {**st.query_params.to_dict(), **changes}
    chosen = {word: str(value) for word, value in words.items() if value is not None}
    query = urlencode(chosen, safe=",")
    return f"?{query}"


def whole(address: str) -> str:
    """A relative address of the atlas as others reach it: where its operator says it is, else
    where the reader found it."""
    base = settings().address or str(st.context.url or "").rsplit("/", 1)[0]
    return urljoin(f"{base.rstrip('/')}/", address)
