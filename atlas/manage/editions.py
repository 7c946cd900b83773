"""Which edition is worked on, and a new one from nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from atlas.config import settings
from atlas.errors import AtlasError
from atlas.ingest import shelf
from atlas.text import Text, languages
from atlas.ui import edition_form, frame, url

CLASSIFICATIONS = ("ISIC Rev. 4", "NACE Rev. 2", "NACE Rev. 2.1", "ISIC Rev. 5")


def choose(known: Mapping[str, Mapping[str, Any]], text: Text) -> str | None:
    """The edition that the address names, else the one shown first; None where there is none."""
    titles = {
        name: f"{text.name(package, 'title') or name} · {name}" for name, package in known.items()
    }
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    with left:
        edition = edition_form.choose(titles, settings().edition, text)
    with right:
        countries = {code: text.country(code) for code in shelf.countries()}
        named = dict(sorted(countries.items(), key=lambda one: one[1]))
        said = edition_form.new(named, CLASSIFICATIONS, text)
    if said is not None:
        _begin(said, text)
    return edition


def _begin(said: edition_form.NewEdition, text: Text) -> None:
    try:
        shelf.begin(
            said.name, settings().editions, said.country, languages=said.languages,
            classification=said.classification,
            say={one: Text(one) for one in said.languages if one in languages()},
        )  # fmt: skip
    except AtlasError as error:
        st.error(frame.literal(text.explain(error)))
        return
    url.choose(into=said.name, view=None)
    st.rerun()
