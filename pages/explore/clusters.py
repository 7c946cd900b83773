"""Clusters: all of them or those that fit, as cards and on a map that agrees."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from atlas.analysis import map as question
from atlas.analysis.book import contents
from atlas.analysis.choices import choices, find_release
from atlas.analysis.compare import LEAST, MOST
from atlas.analysis.narrowing import FILTERS, measured_clusters, narrowed, narrowed_csv
from atlas.analysis.snapshot import shapes_of, view_of
from atlas.export.book import file_name, make_book
from atlas.export.desk import Desk
from atlas.figures import cluster_cards, cluster_filters, cluster_panels, panels
from atlas.figures.cluster_filters import ANY
from atlas.figures.deck import deck
from atlas.figures.palette import THEMES
from atlas.figures.placing import first_frame, place_names
from atlas.figures.scene import Scene
from atlas.ui import frame, html, url, widgets
from atlas.ui.book_form import book_form

text, theme, narrow = frame.text(), THEMES[frame.theme_name()], frame.narrow()
known = choices(find_release(*frame.release_words()))
clusters = measured_clusters(known.release)

if narrow:
    heading, buttons = st.container(), st.container(horizontal=True)
    row = [heading, buttons.container(), buttons.container()]
else:
    row = st.columns([4, 1, 1], vertical_alignment="bottom")
with row[0]:
    frame.title(text("Clusters in {country}", country=text.name(known.root_region)))
with row[1]:
    html.show(panels.copy_button(url.here(release=known.release.release_id), text), key="copy")
if clusters.empty:
    st.info(text("This edition names no clusters. The map shows where sectors concentrate."))
    st.stop()
with row[2]:
    holds, desk = contents(known.release), Desk(view_of, shapes_of)
    book_form(
        lambda language: file_name(holds, language),
        lambda language, tell: make_book(holds, language, desk.ask, tell=tell),
        text,
    )
html.show(cluster_panels.programme(clusters, known.release, text), key="lead")

# Choices: how many clusters each would leave depends on the others, so they are read first.
offered = cluster_filters.choices(clusters, known.regions, known.industries, text)
read = {name: url.read(name, {ANY, *offered[name]}, ANY) for name in FILTERS}
wanted = {name: choice for name, choice in read.items() if choice != ANY}
order = str(url.read("order", cluster_filters.orders(text), "rank"))
# On a phone the field stays in sight; everything else is in one place.
slots = (
    [st.container()] * 4
    if narrow
    else st.columns([1.6, 1.2, 1.2, 0.8], vertical_alignment="bottom")
)
with slots[0]:
    words = widgets.search(text("Find a cluster: name, product or place"), "find")
answer = narrowed(
    known.release, wanted, words, order,
    {row["cluster_id"]: text.name(row) for row in clusters.to_dict("records")},
)  # fmt: skip
label = text("Choices") if narrow else text("More")
more = slots[3].popover(label, width="stretch", icon=":material/tune:")
places = {} if narrow else {"region": slots[1], "sector": slots[2]}
for name in FILTERS:
    options = cluster_filters.counted(name, offered[name], answer, text)
    with places.get(name, more):
        widgets.select(
            text(cluster_filters.TITLES[name]), name, options, default=ANY,
            hide_label=name in places,
        )  # fmt: skip
with more:
    widgets.select(text("Order"), "order", cluster_filters.orders(text), default="rank")
html.show(
    cluster_filters.found(answer, wanted, words, offered, text, url.here),
    key="found",
)

# Show
titles = {str(row["cluster_id"]): text.name(row) for row in clusters.to_dict("records")}
gathered = url.read_several("gathered", titles, (), most=MOST)
gather = url.here_with("gathered")
left, right = st.columns([1.1, 1], gap="medium")
with left.container(key="beside_list"):
    view = question.map_view(
        known.release,
        metric="location_quotient",
        measure=known.measures[0],
        industry=question.default_industry(known, known.industries_of(known.measures[0])),
    )
    shapes = question.map_shapes(known.release)
    first = first_frame(shapes.regions, *((350, 300) if narrow else (710, 430)))
    counts = dict(answer.clusters["region_code"].value_counts())
    names = {
        code: "" if narrow else text.name(item)
        for code, item in known.at_level(1).items()
        if code in counts
    }
    scene = Scene(
        view=replace(view, clusters=answer.clusters),
        shapes=shapes,
        text=text,
        theme=theme,
        frame=first,
        # Without any there is nothing to write; an empty list would place every region's value.
        places=place_names(shapes.regions, names, counts, first, values=False) if names else {},
        points=question.points(known.release),
        selected=wanted.get("region"),
        on=frozenset({"clusters"}),
        plain=True,
    )
    alt = cluster_filters.map_words(answer, known.regions, text.name(known.root_region), text)
    widgets.deck_map(
        deck(scene, frame.faces_late()),
        key="clusters_map",
        height=first.height,
        alt=alt,
        region_page=True,
    )
    html.show(panels.boundary_note(text), key="footnotes")
with right:
    html.show(
        cluster_cards.gathered_clusters(
            list(answer.clusters["cluster_id"]), gathered, titles, gather, url.link, text,
            least=LEAST, most=MOST,
        ),
        key="gathered",
    )  # fmt: skip
    if answer.clusters.empty:
        why = cluster_filters.none_fits(answer, wanted, words, offered, text, url.here)
        html.show(why, key="none")
    else:
        html.show(
            cluster_cards.cards(
                answer.clusters, gathered, known.regions, known.industries, text, gather,
                url.link, theme, most=MOST,
            ),
            key="cards",
        )  # fmt: skip
        widgets.export(
            text("Download the table"),
            f"{known.release.edition}_clusters_{text.language}.csv",
            lambda: narrowed_csv(answer),
            mime="text/csv",
            main=False,
        )
