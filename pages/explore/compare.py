"""Compare: two to six regions, or clusters, side by side."""

from __future__ import annotations

import streamlit as st

from atlas.analysis import map as question
from atlas.analysis.choices import choices, find_release
from atlas.analysis.clusters import all_clusters
from atlas.analysis.compare import (
    LEAST,
    MOST,
    USUAL,
    compare_csv,
    compare_view,
    sectors_of,
    usual_regions,
)
from atlas.analysis.compare_clusters import clusters_csv, clusters_view, usual_clusters
from atlas.analysis.snapshot import shapes_of, view_of
from atlas.export.desk import Desk
from atlas.figures import (
    captions,
    compare_clusters,
    compare_panels,
    compare_table,
    compare_words,
    legend_panel,
    panels,
)
from atlas.figures.palette import THEMES
from atlas.figures.placing import first_frame
from atlas.snapshot import Snapshot
from atlas.ui import frame, html, url, widgets
from atlas.ui.export_form import export_form

text, theme, narrow = frame.text(), THEMES[frame.theme_name()], frame.narrow()
known = choices(find_release(*frame.release_words()))
every = all_clusters(known.release)
clusters = {row["cluster_id"]: text.name(row) for row in every.to_dict("records")}
regions = {code: text.name(item) for code, item in known.at_level(1).items()}
measures = {name: captions.measure_name(known.release, text, name) for name in known.measures}
kinds = {"regions": text("Regions"), "clusters": text("Clusters")}
if len(clusters) < LEAST:
    kinds.pop("clusters")


def compare_regions(slots: list[st.delta_generator.DeltaGenerator]) -> None:
    """Regions: choices, maps on one scale, figures, all sectors, words."""
    with slots[0]:
        chosen = widgets.pick(
            text("Regions (two to six)"),
            "regions",
            dict(sorted(regions.items(), key=lambda pair: pair[1])),
            # Those gathered on the map, if any.
            default=url.read_several("compare", regions, (), most=MOST)
            or usual_regions(known.release, url.read("region", regions, None)),
            most=MOST,
            placeholder=text("Add a region"),
        )
    with more:
        measure = widgets.select(text("Figures of"), "measure", measures, default=known.measures[0])
    with slots[1]:
        sectors = {
            code: f"{code} {captions.industry_name(known.industries[code], text)}"
            for code in sectors_of(known)
            if known.years(measure, code)
        }
        usual = question.default_industry(known, list(sectors))
        industry = widgets.select(text("Sector on the maps"), "industry", sectors, default=usual)
    with slots[2]:
        years = known.years(measure, industry)
        year = widgets.slide(text("Year"), "year", years, default=years[-1])
    copy(slots[-2], regions=chosen)
    if len(chosen) < LEAST:
        frame.title(text("Compare regions"))
        st.info(text("Add regions above: two to six can be compared."))
        if chosen:
            beside = ",".join(usual_regions(known.release, chosen[0]))
            said = text(
                "Compare {region} with the regions most like it →", region=regions[chosen[0]]
            )
            html.show(panels.link(url.here(regions=beside), said), key="beside")
        return
    with slots[-1]:
        shown = Snapshot(
            edition=known.release.edition,
            release=known.release.release_id,
            view="compare",
            measure=measure,
            industry=industry,
            regions=tuple(chosen),
            year=year,
            language=text.language,
        )
        export_form(shown, Desk(view_of, shapes_of), text)
    view = compare_view(known.release, tuple(chosen), measure=measure, industry=industry, year=year)
    shapes = question.map_shapes(known.release)
    frame.title(compare_words.heading(view, text))
    html.show(compare_words.lead(view, text, url.link), key="lead")
    html.show(
        compare_panels.map_cards(view, shapes, text, url.link, url.here, theme, narrow=narrow),
        key="maps",
    )
    first = first_frame(shapes.regions, 930, 600)
    html.show(legend_panel.legend_panel(view.map, text, theme, frozenset(), first), key="legend")
    # A table of many columns takes the whole width.
    many = len(chosen) > USUAL
    above = st.container()
    left, right = st.columns(2, gap="medium")
    with above if many else left:
        st.subheader(text("Figures"), anchor=False)
        html.show(compare_table.best_note(text), key="best")
        html.show(compare_table.figures_table(view, text, url.link, theme), key="table")
        widgets.export(
            text("Download the table"),
            f"{known.release.edition}_compare_{measure}_{year}_{text.language}.csv",
            lambda: compare_csv(view),
            mime="text/csv",
            main=False,
        )
    with left:
        st.subheader(text("What differs most"), anchor=False)
        html.show(compare_panels.differences(view, text, url.link, theme), key="differences")
    with right:
        st.subheader(text("All sectors"), anchor=False)
        html.show(compare_panels.heat_map(view, text, url.link, theme), key="sectors")
    with left if many else right:
        st.subheader(text("The difference in words"), anchor=False)
        html.show(compare_words.paragraphs(view, text, url.link), key="words")
    html.show(panels.footnotes(view.map, text), key="footnotes")


def compare_named_clusters(slots: list[st.delta_generator.DeltaGenerator]) -> None:
    """Clusters: what is recorded of each, and its sector in its region."""
    with slots[0]:
        chosen = widgets.pick(
            text("Clusters (two to six)"),
            "clusters",
            clusters,
            default=usual_clusters(known.release),
            most=MOST,
            placeholder=text("Add a cluster"),
        )
    with more:
        measure = widgets.select(text("Figures of"), "measure", measures, default=known.measures[0])
    copy(slots[-2], clusters=chosen)
    if len(chosen) < LEAST:
        frame.title(text("Compare clusters"))
        st.info(text("Add clusters above: two to six can be compared."))
        return
    with slots[-1]:
        shown = Snapshot(
            edition=known.release.edition,
            release=known.release.release_id,
            view="compare_clusters",
            measure=measure,
            clusters=tuple(chosen),
            language=text.language,
        )
        export_form(shown, Desk(view_of, shapes_of), text)
    view = clusters_view(known.release, chosen, measure=measure)
    frame.title(compare_clusters.heading(view, text))
    html.show(compare_clusters.lead(view, text), key="lead")
    st.subheader(text("What is recorded"), anchor=False)
    html.show(compare_clusters.recorded(view, text, url.link, url.here, theme), key="table")
    st.subheader(text("The sector in its region"), anchor=False)
    html.show(compare_clusters.sectors(view, text, url.link), key="sectors")
    widgets.export(
        text("Download the table"),
        f"{known.release.edition}_compare_clusters_{measure}_{text.language}.csv",
        lambda: clusters_csv(view),
        mime="text/csv",
        main=False,
    )
    html.show(compare_clusters.sources(view, text), key="footnotes")


def copy(slot: st.delta_generator.DeltaGenerator, **chosen: list[str]) -> None:
    """The button that copies the address of this comparison."""
    words = {word: ",".join(codes) or None for word, codes in chosen.items()}
    with slot:
        address = url.here(**words, release=known.release.release_id)
        html.show(panels.copy_button(address, text), key="copy")


widths = {"regions": [1.1, 3, 1.8, 0.9, 0.8, 1, 1], "clusters": [1.1, 5.7, 0.8, 1, 1]}
kind = url.read("what", kinds, None) or "regions"
kind_slot, *slots = widgets.choice_row(widths[kind], text("Choices"), narrow=narrow)
more = slots[-3].popover(text("More"), width="stretch", icon=":material/tune:")
with kind_slot:
    widgets.select(text("Compare"), "what", kinds, default="regions")
if kind == "clusters":
    compare_named_clusters(slots)
else:
    compare_regions(slots)
