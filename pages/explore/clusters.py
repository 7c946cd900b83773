"""Clusters: all of them as cards, and on a map that agrees."""

from __future__ import annotations

import streamlit as st

from atlas.analysis import map as question
from atlas.analysis.choices import choices, find_release
from atlas.analysis.clusters import all_clusters
from atlas.figures import cluster_panels, panels
from atlas.figures.deck import deck
from atlas.figures.palette import THEMES
from atlas.figures.placing import first_frame, place_names
from atlas.figures.scene import Scene
from atlas.ui import frame, html, url, widgets

text, theme, narrow = frame.text(), THEMES[frame.theme_name()], frame.narrow()
known = choices(find_release(*frame.release_words()))
clusters = all_clusters(known.release)

row = st.columns([5, 1], vertical_alignment="bottom")
with row[0]:
    frame.title(text("Clusters in {country}", country=text.name(known.root_region)))
with row[1]:
    html.show(panels.copy_button(url.here(release=known.release.release_id), text), key="copy")
if clusters.empty:
    st.info(text("This edition names no clusters. The map shows where sectors concentrate."))
    st.stop()
html.show(cluster_panels.programme(clusters, known.release, text), key="lead")

view = question.map_view(
    known.release,
    metric="location_quotient",
    measure=known.measures[0],
    industry=question.default_industry(known, known.industries_of(known.measures[0])),
)
shapes = question.map_shapes(known.release)
size = (350, 300) if narrow else (1370, 430)
first = first_frame(shapes.regions, *size)
names = {code: text.name(item) for code, item in known.at_level(1).items()}
counts = dict(clusters["region_code"].value_counts())
with_clusters = {code: "" if narrow else name for code, name in names.items() if code in counts}
scene = Scene(
    view=view,
    shapes=shapes,
    text=text,
    theme=theme,
    frame=first,
    places=place_names(shapes.regions, with_clusters, counts, first),
    points=question.points(known.release),
    on=frozenset({"clusters"}),
    plain=True,
)
alt = text("Map of the clusters of {country}", country=text.name(known.root_region))
widgets.deck_map(deck(scene), key="clusters_map", height=size[1], alt=alt, region_page=True)
html.show(panels.boundary_note(text), key="footnotes")
html.show(
    cluster_panels.cards(clusters, known.industries, text, url.link, theme),
    key="cards",
)
