"""Compare: two to six regions side by side, as maps, figures and words."""

from __future__ import annotations

import streamlit as st

from atlas.analysis import map as question
from atlas.analysis.choices import choices, find_release
from atlas.analysis.compare import LEAST, MOST, compare_csv, compare_view, sectors_of, usual_regions
from atlas.figures import (
    captions,
    compare_panels,
    compare_table,
    compare_words,
    legend_panel,
    panels,
)
from atlas.figures.palette import THEMES
from atlas.figures.placing import first_frame
from atlas.ui import frame, html, url, widgets

text, theme, narrow = frame.text(), THEMES[frame.theme_name()], frame.narrow()
known = choices(find_release(*frame.release_words()))

# Choices
slots = widgets.choice_row([3.6, 1.7, 1.1, 0.8, 1], text("Choices"), narrow=narrow)
regions_slot, sector_slot, year_slot, more_slot, copy_slot = slots
regions = {code: text.name(item) for code, item in known.at_level(1).items()}
with regions_slot:
    chosen = widgets.pick(
        text("Regions (two to six)"),
        "regions",
        dict(sorted(regions.items(), key=lambda pair: pair[1])),
        default=usual_regions(known.release, url.read("region", regions, None)),
        most=MOST,
        placeholder=text("Add a region"),
    )
with more_slot.popover(text("More"), width="stretch", icon=":material/tune:"):
    measures = {name: captions.measure_name(known.release, text, name) for name in known.measures}
    measure = widgets.select(text("Figures of"), "measure", measures, default=known.measures[0])
with sector_slot:
    sectors = {
        code: f"{code} {captions.industry_name(known.industries[code], text)}"
        for code in sectors_of(known)
        if known.years(measure, code)
    }
    default = question.default_industry(known, list(sectors))
    industry = widgets.select(text("Sector on the maps"), "industry", sectors, default=default)
with year_slot:
    years = known.years(measure, industry)
    year = widgets.slide(text("Year"), "year", years, default=years[-1])
with copy_slot:
    address = url.here(regions=",".join(chosen) or None, release=known.release.release_id)
    html.show(panels.copy_button(address, text), key="copy")
if len(chosen) < LEAST:
    frame.title(text("Compare regions"))
    st.info(text("Add regions above: two to six can be compared."))
    st.stop()

# Answer
view = compare_view(known.release, tuple(chosen), measure=measure, industry=industry, year=year)
shapes = question.map_shapes(known.release)

# Show
frame.title(compare_words.heading(view, text))
html.show(compare_words.lead(view, text, url.link), key="lead")
html.show(
    compare_panels.map_cards(view, shapes, text, url.link, url.here, theme, narrow=narrow),
    key="maps",
)
first = first_frame(shapes.regions, 930, 600)
html.show(legend_panel.legend_panel(view.map, text, theme, frozenset(), first), key="legend")
left, right = st.columns(2, gap="medium")
with left:
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
    st.subheader(text("What differs most"), anchor=False)
    html.show(compare_panels.differences(view, text, url.link, theme), key="differences")
with right:
    st.subheader(text("All sectors"), anchor=False)
    html.show(compare_panels.heat_map(view, text, url.link, theme), key="sectors")
    st.subheader(text("The difference in words"), anchor=False)
    html.show(compare_words.paragraphs(view, text, url.link), key="words")
html.show(panels.footnotes(view.map, text), key="footnotes")
