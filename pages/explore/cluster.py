"""Cluster: its place, members, network, organisation, signs, its region's sector, and sources."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from atlas.analysis import map as question
from atlas.analysis import members, signs
from atlas.analysis.choices import choices, find_release
from atlas.analysis.clusters import all_clusters, cluster_view
from atlas.analysis.network import SOURCE, network
from atlas.analysis.snapshot import shapes_of, view_of
from atlas.export.desk import Desk
from atlas.figures import (
    captions,
    cluster_panels,
    member_panel,
    member_tables,
    network_panel,
    panels,
    signs_panel,
)
from atlas.figures.cluster_map import member_map, size_of
from atlas.figures.organisation_panel import organisation_panel
from atlas.figures.palette import THEMES
from atlas.snapshot import Snapshot
from atlas.ui import frame, html, url, widgets
from atlas.ui.export_form import export_form

text, theme, narrow = frame.text(), THEMES[frame.theme_name()], frame.narrow()
known = choices(find_release(*frame.release_words()))
every = {
    row["cluster_id"]: text.name(row) for row in all_clusters(known.release).to_dict("records")
}
if not every:
    st.info(text("This edition names no clusters. The map shows where sectors concentrate."))
    st.stop()

paper = url.read("view", ("print",), None) == "print"
with st.container(key="screen_paper" if paper else "screen_choices"):
    row = widgets.choice_row([3, 1, 1, 1, 1], None, narrow=narrow)
with row[0]:
    chosen = widgets.select(text("Cluster"), "cluster", every, default=next(iter(every)))
with row[1 if paper else 2]:
    other = url.here(cluster=chosen, view=None if paper else "print")
    html.show(panels.paper_link(other, text, paper=paper), key="paper")
if paper:
    with row[2]:
        html.show(panels.print_button(text), key="print")
with row[3]:
    html.show(
        panels.copy_button(url.here(cluster=chosen, release=known.release.release_id), text),
        key="copy",
    )
measure = known.measures[0]
with row[4]:
    exported = Snapshot(
        edition=known.release.edition,
        release=known.release.release_id,
        view="cluster",
        measure=measure,
        cluster=chosen,
        language=text.language,
    )
    export_form(exported, Desk(view_of, shapes_of), text)

view = cluster_view(known.release, chosen, measure=measure)
net = network(view)
sources = {source["name"]: source for source in known.release.manifest["sources"]}
organisation = None if view.organisation is None else view.organisation.to_dict()
nearest = signs.nearest_association(view, net)
nodes = net.nodes
firm = url.read("firm", set(nodes.loc[nodes["kind"] == "firm", "id"]), None)
institution = url.read("institution", set(nodes.loc[nodes["kind"] == "institution", "id"]), None)
kind = "firm" if firm else "institution"
picked = f"{kind}:{firm or institution}"


def here(kind: str, code: str) -> str:
    """Where a firm or institution of this cluster is shown."""
    other = "firm" if kind == "institution" else "institution"
    return url.here(cluster=chosen, **{kind: code, other: None})


html.show(
    cluster_panels.heading(
        view.cluster, view.region, view.industries, view.number,
        organisation and organisation["name"], text, url.link, theme,
    ),
    key="heading",
)  # fmt: skip

left, right = widgets.halves(paper=paper)
with left:
    options = {
        kind: text("{kind} {count}", kind=text(member_panel.KINDS[kind]), count=text.number(count))
        for kind, count in members.kinds(view).items()
    }
    with st.container(key="screen_filter"):
        shown = widgets.one(text("Show"), "show", options, default=members.ALL)
        find = widgets.search(text("Find a firm or institution"), "find")
    firms, institutions = members.narrowed(view, kind=shown, words=find)
    backdrop = question.map_view(
        known.release, metric="location_quotient", measure=measure,
        industry=view.with_figures.code if view.with_figures else known.root_industry.code,
    )  # fmt: skip
    drawn = member_map(
        backdrop, question.map_shapes(known.release), view.region, known.at_level(1), text, theme,
        firms=firms, institutions=institutions, chosen=picked, narrow=narrow,
        anew=frame.faces_late(),
    )  # fmt: skip
    widgets.deck_map(
        drawn, key=f"map_{chosen}", height=size_of(narrow=narrow)[1],
        alt=text("Map of the firms and institutions of {cluster}", cluster=text.name(view.cluster)),
        region_page=True, members=True,
    )  # fmt: skip
    html.show(cluster_panels.map_notes(firms, institutions, text, theme), key="map_notes")
    html.show(panels.boundary_note(text), key="footnotes")
with right:
    if firm or institution:
        html.show(
            member_panel.member_panel(
                members.member(view, net, kind, str(firm or institution)), net, known, text,
                url.link, here, theme, sources=sources,
                clear=url.here(firm=None, institution=None),
            ),
            key="member",
        )  # fmt: skip
    st.subheader(text("Firms and institutions"), anchor=False)
    html.show(
        member_tables.both_tables(
            firms, institutions, known.regions, text, sources, here, picked,
            narrowed=bool(find) or shown != members.ALL,
        ),
        key="members",
    )  # fmt: skip
    st.subheader(text("Value chain"), anchor=False)
    stages, ordered = members.chain(view)
    html.show(
        member_panel.chain_panel(stages, text, here, ordered=ordered, firms=len(view.firms)),
        key="chain",
    )

left, right = widgets.halves(paper=paper)
with left:
    st.subheader(text("Who works with whom"), anchor=False)
    html.show(
        network_panel.panel(
            net, text, here, theme, sources=sources, source=SOURCE, narrow=narrow,
            chosen=picked,
        ),
        key="network",
    )  # fmt: skip
    st.subheader(text("Performing or under-performing?"), anchor=False)
    html.show(
        signs_panel.signs_panel(*signs.signs(view, net), text, sources, signs.SIGNS_SOURCE),
        key="signs",
    )
with right:
    st.subheader(text("The organisation that runs it"), anchor=False)
    tested = organisation if nearest is None else nearest.to_dict()
    test = Markup("")
    if tested is not None:
        conditions = signs.admission(tested, net)
        test = signs_panel.admission_panel(conditions, text, sources, signs.ADMISSION_SOURCE)
    html.show(
        organisation_panel(
            organisation, None if nearest is None else tested, view.cluster, test, text, theme
        ),
        key="organisation",
    )
    st.subheader(text("What is published"), anchor=False)
    html.show(cluster_panels.facts_list(view.facts, text), key="facts")
    st.subheader(text("The sector in its region"), anchor=False)
    html.show(
        cluster_panels.trend_charts(
            view.trend, view.grown, view.with_figures, view.region, known.root_region,
            captions.measure_name(known.release, text, measure), text, theme, narrow=narrow,
        ),
        key="trend",
    )  # fmt: skip
    st.subheader(text("Sources"), anchor=False)
    html.show(cluster_panels.sources_list(view.cluster, sources, backdrop, text), key="sources")
