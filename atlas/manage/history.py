"""The record of an edition on the page: who did what, when, and from which files."""

from __future__ import annotations

import streamlit as st

from atlas.figures import release_panels
from atlas.manage.place import Place
from atlas.store import record
from atlas.ui import frame, html


def show(place: Place) -> None:
    """Every step that was taken, the newest first."""
    text = place.text
    found = record.entries(place.edition)
    torn = record.unreadable_lines(place.edition)
    if torn:
        st.warning(
            text.plural(
                "{count} line of the record was cut off or changed, and is left out.",
                "{count} lines of the record were cut off or changed, and are left out.",
                torn,
            )
        )
    if not found:
        frame.quiet(text("Nothing has been done with this edition yet."), "nothing_done")
        return
    html.show(release_panels.record(found, text), key="record")
