"""What can be done with a release, each step after a second look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st
from markupsafe import Markup

from atlas.text import Text
from atlas.ui import html


@contextmanager
def row(shown: Markup, key: str) -> Iterator[None]:
    """One release, and beside it the place for what can be done with it."""
    with st.container(border=True):
        left, right = st.columns([2.2, 1.6], vertical_alignment="center")
        with left:
            html.show(shown, key=f"release_{key}")
        with right, st.container(horizontal=True, horizontal_alignment="right"):
            yield


def confirmed(
    label: str, warning: str, text: Text, *, key: str, act: Callable[[], None], main: bool = False
) -> None:
    """A button that says what would follow, and in that a button that does it."""
    with st.popover(label, type="primary" if main else "secondary", key=f"{key}_ask"):
        st.markdown(warning)
        st.button(text("Yes, do it"), on_click=act, key=key, type="primary", width="stretch")
