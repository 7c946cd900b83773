"""Methods: every figure, printed from the registry, and how totals and places come about."""

from __future__ import annotations

import streamlit as st

from atlas.analysis.choices import find_release
from atlas.analysis.methods import metrics
from atlas.figures import about_panels
from atlas.ui import frame, html

text = frame.text()
release = find_release(*frame.release_words())
frame.title(text("Methods"))
html.show(about_panels.methods(metrics(), text), key="methods")
st.subheader(text("Totals and missing values"), anchor=False)
html.show(about_panels.totals(text), key="totals")
st.subheader(text("About this edition"), anchor=False)
html.show(about_panels.notes(release, text), key="notes")
