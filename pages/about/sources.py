"""Sources: where every figure and name comes from, printed from the release's manifest."""

from __future__ import annotations

import streamlit as st

from atlas.analysis.choices import find_release
from atlas.analysis.sources import coverage, programme_facts
from atlas.figures import about_panels, cluster_panels
from atlas.ui import frame, html

text = frame.text()
release = find_release(*frame.release_words())
frame.title(text("Sources"))
html.show(about_panels.release_line(release, text), key="release")
html.show(about_panels.sources(release, text), key="sources")
st.subheader(text("What the release holds"), anchor=False)
html.show(about_panels.holdings(coverage(release), release, text), key="holdings")
certificate = about_panels.certificate(release, text)
if certificate:
    st.subheader(text("Confidentiality"), anchor=False)
    html.show(certificate, key="certificate")
facts = programme_facts(release)
if len(facts):
    st.subheader(text("Published facts about the mapping and the country"), anchor=False)
    html.show(cluster_panels.facts_table(facts, text), key="facts")
