"""Region: its figures, sectors, structure and change, those like it, and its clusters."""

from __future__ import annotations

import streamlit as st

from atlas.analysis.choices import choices, find_release
from atlas.analysis.peer_institutions import kinds
from atlas.analysis.peers import RULE, peers
from atlas.analysis.region import default_region, known_sectors, region_view
from atlas.analysis.region_structure import region_structure
from atlas.analysis.snapshot import shapes_of, view_of
from atlas.export.desk import Desk
from atlas.figures import (
    captions,
    panels,
    peer_institutions,
    peer_panels,
    region_charts,
    region_panels,
)
from atlas.figures.palette import THEMES
from atlas.snapshot import Snapshot
from atlas.ui import frame, html, url, widgets
from atlas.ui.export_form import export_form

text, theme, narrow = frame.text(), THEMES[frame.theme_name()], frame.narrow()
known = choices(find_release(*frame.release_words()))

row = widgets.choice_row([2, 2, 2, 1, 1], None, narrow=narrow)
names = {code: text.name(item) for code, item in known.regions.items() if item.level}
names = dict(sorted(names.items(), key=lambda pair: pair[1]))
measures = {name: captions.measure_name(known.release, text, name) for name in known.measures}
with row[0]:
    chosen = widgets.select(text("Region"), "region", names, default=default_region(known.release))
with row[1]:
    measure = widgets.select(text("Figures of"), "measure", measures, default=known.measures[0])
with row[2]:
    years = known.years(measure)
    year = widgets.slide(text("Year"), "year", years, default=years[-1])
with row[3]:
    html.show(
        panels.copy_button(url.here(region=chosen, release=known.release.release_id), text),
        key="copy",
    )
with row[4]:
    shown = Snapshot(
        edition=known.release.edition,
        release=known.release.release_id,
        view="region",
        measure=measure,
        region=chosen,
        year=year,
        language=text.language,
    )
    export_form(shown, Desk(view_of, shapes_of), text)

view = region_view(known.release, chosen, measure=measure, year=year)


def at_region(page: str, **words: object) -> str:
    """The address of a view of this region by this measure in this year."""
    return url.link(page, region=chosen, measure=measure, year=year, **words)


like = peers(known.release, chosen, measure=measure, year=year)
structure = region_structure(known.release, chosen, measure=measure, year=year)
title = captions.measure_title(known.release, text, measure)
here, country = names[chosen], text.name(known.root_region)
frame.title(text("{region}, {year}", region=here, year=year))
html.show(region_panels.lead(view, known.industries, text, url.link), key="lead")
left, right = st.columns([2.4, 1])
with left:
    if view.total is None or structure is None:
        st.info(
            text(
                "No figures are published for {region}. Its clusters, where any are known, are"
                " listed beside this.",
                region=here,
            )
        )
    else:
        html.show(region_panels.total_cards(view, title, text), key="cards")
        first, second = st.columns(2, gap="medium")
        sectors = known_sectors(view)
        with first:
            st.subheader(text("Strongest sectors"), anchor=False)
            html.show(
                region_charts.strongest(
                    sectors, known.industries, text, at_region, theme,
                    measure=measure, country=country,
                ),
                key="strongest",
            )  # fmt: skip
            st.subheader(text("Change over ten years"), anchor=False)
            html.show(
                region_charts.change(structure, measure, title, year, text, url.link, theme),
                key="change",
            )
            st.subheader(text("What it lacks beside those like it"), anchor=False)
            html.show(peer_panels.lacks(like, RULE, text, at_region), key="lacks")
            if like.codes:
                known_of = kinds(known.release, chosen, like.codes[1:])
                html.show(
                    peer_institutions.institutions(known_of, text, url.link, theme),
                    key="institutions",
                )
        with second:
            st.subheader(text("Structure"), anchor=False)
            html.show(
                region_charts.structure(
                    structure, known.industries, (here, country), measures[measure], text,
                    at_region, theme,
                ),
                key="structure",
            )  # fmt: skip
with right:
    html.show(region_panels.side(view, text, url.link, theme, beside=like.codes), key="side")
    html.show(peer_panels.similar(like, measures[measure], year, text, url.link), key="similar")
    if structure is not None:
        html.show(peer_panels.whole(structure, text, url.link), key="whole")
if view.total is not None and structure is not None:
    st.subheader(text("All sectors, by location quotient"), anchor=False)
    html.show(
        region_panels.sectors_table(view, sectors, known.industries, title, text, url.link, theme),
        key="sectors",
    )
if structure is not None:
    html.show(region_panels.sources(view, measures[measure], text), key="footnotes")
