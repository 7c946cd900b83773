"""Region: one region's figures, strongest sectors and clusters."""

from __future__ import annotations

import streamlit as st

from atlas.analysis.choices import choices, find_release
from atlas.analysis.compare import usual_regions
from atlas.analysis.region import default_region, known_sectors, region_view
from atlas.figures import captions, panels, region_panels
from atlas.figures.palette import THEMES
from atlas.ui import frame, html, url, widgets

text, theme = frame.text(), THEMES[frame.theme_name()]
known = choices(find_release(*frame.release_words()))

row = st.columns([2, 2, 2, 1.2], vertical_alignment="bottom")
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

view = region_view(known.release, chosen, measure=measure, year=year)
frame.title(text("{region}, {year}", region=names[chosen], year=year))
html.show(region_panels.lead(view, known.industries, text, url.link), key="lead")
left, right = st.columns([2.4, 1])
with left:
    if view.total is None:
        st.info(
            text(
                "No figures are published for {region}. Its clusters, where any are known, are"
                " listed beside this.",
                region=names[chosen],
            )
        )
    else:
        html.show(region_panels.total_cards(view, measures[measure], text), key="cards")
        st.subheader(text("All sectors, by location quotient"), anchor=False)
        html.show(
            region_panels.sectors_table(
                view,
                known_sectors(view),
                known.industries,
                measures[measure],
                text,
                url.link,
                theme,
            ),
            key="sectors",
        )
with right:
    beside = usual_regions(known.release, chosen) if chosen in known.at_level(1) else ()
    html.show(region_panels.side(view, text, url.link, theme, beside=beside), key="side")
html.show(region_panels.sources(view, measures[measure], text), key="footnotes")
