"""The Export button of a page of all clusters: the whole country as a book."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from atlas.text import Text, language_name, languages

#: Hears of each page: how many are made, and of how many.
Tell = Callable[[int, int], None]


@st.fragment
def book_form(
    file_name: Callable[[str], str], make: Callable[[str, Tell], bytes], text: Text
) -> None:
    """Offer the book: its language, a button that makes it and says how far it is, the file.

    ``file_name`` and ``make`` are of a language; ``make`` tells of each page.
    """
    with st.popover(
        text("Export"), type="primary", icon=":material/ios_share:", width="stretch", key="export",
        on_change="rerun",
    ) as panel:  # fmt: skip
        if panel.open:
            _form(file_name, make, text)


def _form(file_name: Callable[[str], str], make: Callable[[str, Tell], bytes], text: Text) -> None:
    st.markdown(
        text(
            "The whole country as one PDF: a spread for each cluster, a page for each region, the"
            " methods and the sources."
        )
    )
    if st.session_state.get("export_language") not in languages():
        st.session_state["export_language"] = text.language
    language = str(
        st.selectbox(
            text("Language of the file"), languages(), format_func=language_name,
            key="export_language", persist_state="session",
        )
    )  # fmt: skip
    if not st.button(text("Make the book"), type="primary", width="stretch", key="make_book"):
        return
    bar = st.progress(0.0)

    def tell(done: int, every: int) -> None:
        said = text("Page {number} of {every}", number=done, every=every)
        bar.progress(done / every, text=said)

    content = make(language, tell)
    bar.empty()
    st.download_button(
        text("Download"), content, file_name=file_name(language), mime="application/pdf",
        on_click="ignore", type="primary", icon=":material/download:", width="stretch",
    )  # fmt: skip
    st.caption(file_name(language))
