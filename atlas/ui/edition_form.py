"""Which edition is worked on, and the form for a new one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from atlas.text import Text
from atlas.ui import widgets


def choose(known: Mapping[str, Mapping[str, Any]], text: Text) -> str | None:
    """The edition that the address names, else the first one; None where there is none."""
    if not known:
        st.info(text("There is no edition yet. Make one of a country."))
        return None
    titles = {
        name: f"{text.name(package, 'title') or name} · {name}" for name, package in known.items()
    }
    return widgets.select(text("Edition"), "into", titles, default=next(iter(titles)))
