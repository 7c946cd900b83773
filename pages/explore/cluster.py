"""Cluster: one cluster's place, members, organisation, its region's sector, and sources."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from atlas.analysis import map as question
from atlas.analysis.choices import choices, find_release
from atlas.analysis.clusters import all_clusters, cluster_view
from atlas.figures import captions, cluster_panels, member_tables, panels
from atlas.figures.deck import deck
from atlas.figures.palette import THEMES
from atlas.figures.placing import first_frame, place_names
from atlas.figures.scene import Scene
from atlas.figures.symbols import member_points
from atlas.ui import frame, html, url, widgets

text, theme, narrow = frame.text(), THEMES[frame.theme_name()], frame.narrow()
known = choices(find_release(*frame.release_words()))
every = {
    row["cluster_id"]: text.name(row) for row in all_clusters(known.release).to_dict("records")
}
if not every:
    st.info(text("This edition names no clusters. The map shows where sectors concentrate."))
    st.stop()

row = st.columns([2, 3, 1], vertical_alignment="bottom")
with row[0]:
    chosen = widgets.select(text("Cluster"), "cluster", every, default=next(iter(every)))
with row[2]:
    html.show(
        panels.copy_button(url.here(cluster=chosen, release=known.release.release_id), text),
        key="copy",
    )

measure = known.measures[0]
view = cluster_view(known.release, chosen, measure=measure)
sources = {source["name"]: source for source in known.release.manifest["sources"]}
organisation = None if view.organisation is None else view.organisation.to_dict()
html.show(
    cluster_panels.heading(
        view.cluster, view.region, view.industries, view.number,
        organisation and organisation["name"], text, url.link, theme,
    ),
    key="heading",
)  # fmt: skip

left, right = st.columns(2)
with left:
    shapes = question.map_shapes(known.release)
    size = (350, 300) if narrow else (690, 430)
    first = first_frame(shapes.regions.loc[[view.region.code]], *size, margin=0.72)
    names = {code: text.name(item) for code, item in known.at_level(1).items()}
    places = place_names(shapes.regions, names, {}, first, inside=True)
    backdrop = question.map_view(
        known.release, metric="location_quotient", measure=measure,
        industry=view.with_figures.code if view.with_figures else known.root_industry.code,
    )  # fmt: skip
    scene = Scene(
        view=backdrop,
        shapes=shapes,
        text=text,
        theme=theme,
        frame=first,
        places=places,
        points=member_points(view.firms, view.institutions, places),
        selected=view.region.code,
        on=frozenset({"firms", "institutions"}),
        plain=True,
    )
    alt = text("Map of the firms and institutions of {cluster}", cluster=text.name(view.cluster))
    widgets.deck_map(deck(scene), key=f"map_{chosen}", height=size[1], alt=alt, region_page=True)
    html.show(cluster_panels.map_notes(view.firms, view.institutions, text, theme), key="map_notes")
    html.show(panels.boundary_note(text), key="footnotes")
with right:
    st.subheader(text("The organisation that runs it"), anchor=False)
    html.show(cluster_panels.organisation(organisation, text, theme), key="organisation")
    st.subheader(text("What is published"), anchor=False)
    html.show(cluster_panels.facts_list(view.facts, text), key="facts")
    st.subheader(text("The sector in its region"), anchor=False)
    html.show(
        cluster_panels.trend_charts(
            view.trend, view.with_figures, view.region,
            captions.measure_name(known.release, text, measure), text, theme, narrow=narrow,
        ),
        key="trend",
    )  # fmt: skip

st.subheader(text("Firms and institutions"), anchor=False)
if len(view.firms):
    html.show(member_tables.firms_table(view.firms, known.regions, text, sources), key="firms")
else:
    html.show(
        Markup('<p class="none">{}</p>').format(text("No firm is known by name.")), key="firms"
    )
if len(view.institutions):
    html.show(
        member_tables.institutions_table(view.institutions, known.regions, text, sources),
        key="institutions",
    )
st.subheader(text("Sources"), anchor=False)
html.show(cluster_panels.sources_list(view.cluster, sources, backdrop, text), key="sources")
