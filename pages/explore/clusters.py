"""Clusters: all of them or those that fit, as cards and on a map that agrees."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from atlas.analysis import map as question
from atlas.analysis.choices import choices, find_release
from atlas.analysis.narrowing import FILTERS, measured_clusters, narrowed
from atlas.figures import cluster_filters, cluster_panels, panels
from atlas.figures.cluster_filters import ANY
from atlas.figures.deck import deck
from atlas.figures.palette import THEMES
from atlas.figures.placing import first_frame, place_names
from atlas.figures.scene import Scene
from atlas.ui import frame, html, url, widgets

text, theme, narrow = frame.text(), THEMES[frame.theme_name()], frame.narrow()
known = choices(find_release(*frame.release_words()))
clusters = measured_clusters(known.release)

row = st.columns([5, 1], vertical_alignment="bottom")
with row[0]:
    frame.title(text("Clusters in {country}", country=text.name(known.root_region)))
with row[1]:
    html.show(panels.copy_button(url.here(release=known.release.release_id), text), key="copy")
if clusters.empty:
    st.info(text("This edition names no clusters. The map shows where sectors concentrate."))
    st.stop()
html.show(cluster_panels.programme(clusters, known.release, text), key="lead")

# Choices: how many clusters each would leave depends on the others, so they are read first.
offered = cluster_filters.choices(clusters, known.regions, known.industries, text)
read = {name: url.read(name, {ANY, *offered[name]}, ANY) for name in FILTERS}
wanted = {name: choice for name, choice in read.items() if choice != ANY}
order = str(url.read("order", cluster_filters.orders(text), "rank"))
slots = widgets.choice_row([1.6, 1.2, 1.2, 0.8], text("Choices"), narrow=narrow, buttons=0)
with slots[0]:
    words = widgets.search(text("Find a cluster: name, product or place"), "find")
answer = narrowed(
    known.release, wanted, words, order,
    {row["cluster_id"]: text.name(row) for row in clusters.to_dict("records")},
)  # fmt: skip
more = slots[3].popover(text("More"), width="stretch", icon=":material/tune:")
for name in FILTERS:
    place = {"region": slots[1], "sector": slots[2]}.get(name, more)
    options = cluster_filters.counted(name, offered[name], answer, text)
    with place:
        widgets.select(
            text(cluster_filters.TITLES[name]), name, options, default=ANY,
            hide_label=place is not more,
        )  # fmt: skip
with more:
    widgets.select(text("Order"), "order", cluster_filters.orders(text), default="rank")
html.show(
    cluster_filters.found(answer, wanted, words, offered, text, url.here),
    key="found",
)

# Show
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
counts = dict(answer.clusters["region_code"].value_counts())
with_clusters = {code: "" if narrow else name for code, name in names.items() if code in counts}
scene = Scene(
    view=replace(view, clusters=answer.clusters),
    shapes=shapes,
    text=text,
    theme=theme,
    frame=first,
    places=place_names(shapes.regions, with_clusters, counts, first),
    points=question.points(known.release),
    on=frozenset({"clusters"}),
    plain=True,
)
alt = cluster_filters.map_words(answer, known.regions, text.name(known.root_region), text)
widgets.deck_map(deck(scene), key="clusters_map", height=size[1], alt=alt, region_page=True)
html.show(panels.boundary_note(text), key="footnotes")
html.show(
    cluster_panels.cards(answer.clusters, known.industries, text, url.link, theme),
    key="cards",
)
