"""The Export button of a page of all clusters: the whole country as a book."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from atlas.text import Text
from atlas.ui.export_form import hand_over, language_of_file, panel

#: Hears of each page: how many are made, and of how many.
Tell = Callable[[int, int], None]


@st.fragment
def book_form(
    file_name: Callable[[str], str], make: Callable[[str, Tell], bytes], text: Text
) -> None:
    """Offer the book: its language, a button that makes it and says how far it is, the file.

    ``file_name`` and ``make`` are of a language; ``make`` tells of each page.
    """
    with panel(text) as opened:
        if opened.open:
            _form(file_name, make, text)


def _form(file_name: Callable[[str], str], make: Callable[[str, Tell], bytes], text: Text) -> None:
    st.markdown(
        text(
            "The whole country as one PDF: a spread for each cluster, a page for each region, the"
            " methods and the sources."
        )
    )
    language = language_of_file(text.language, text)
    if not st.button(text("Make the book"), type="primary", width="stretch", key="make_book"):
        return
    bar = st.progress(0.0)

    def tell(done: int, every: int) -> None:
        said = text("Page {number} of {every}", number=done, every=every)
        bar.progress(done / every, text=said)

    content = make(language, tell)
    bar.empty()
    hand_over(file_name(language), content, "application/pdf", text)
