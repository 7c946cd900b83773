"""Which edition is worked on, and the form for a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from atlas.text import Text, language_name, languages
from atlas.ui import widgets

_LONGEST_NAME = 64


@dataclass(frozen=True)
class NewEdition:
    """What is said of an edition that is to be made."""

    name: str
    country: str
    languages: tuple[str, ...]
    classification: str


def choose(titles: Mapping[str, str], usual: str, text: Text) -> str | None:
    """The edition that the address names, else the usual or the first one; None without any."""
    if not titles:
        st.info(text("There is no edition yet: make one of a country."))
        return None
    default = usual if usual in titles else next(iter(titles))
    return widgets.select(text("Edition"), "into", titles, default=default)


def new(
    countries: Mapping[str, str], classifications: Sequence[str], text: Text
) -> NewEdition | None:
    """The form for an edition from nothing, folded away; None until it is sent."""
    label = text("New edition")
    with (
        st.popover(label, icon=":material/add:", width="stretch"),
        st.form("new_edition", border=False),
    ):
        st.markdown(
            text(
                "An edition of a country: its first-level regions and the sectors are filled in,"
                " everything else you bring."
            )
        )
        country = st.selectbox(
            text("Country"), list(countries), index=None, placeholder=text("Choose"),
            format_func=lambda code: countries[code], key="new_country",
        )  # fmt: skip
        name = st.text_input(
            text("Name in addresses: small Latin letters, digits, - and _"),
            max_chars=_LONGEST_NAME, key="new_name",
        )  # fmt: skip
        classification = st.selectbox(
            text("Classification of sectors"), list(classifications), key="new_classification"
        )
        spoken = st.multiselect(
            text("Languages of names"), list(languages()), ["en"], format_func=language_name,
            key="new_languages",
        )  # fmt: skip
        sent = st.form_submit_button(text("Make the edition"), type="primary")
    if not sent or country is None or not name.strip():
        return None
    return NewEdition(
        name.strip(), str(country), tuple(dict.fromkeys(["en", *spoken])), str(classification)
    )
