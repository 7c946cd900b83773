"""Map: where a sector concentrates, one region's figures beside it, all of them under it."""

from __future__ import annotations

import streamlit as st

from atlas.analysis import map as question
from atlas.analysis.choices import choices, find_release
from atlas.analysis.compare import usual_regions
from atlas.analysis.measure import measure_csv
from atlas.analysis.region import known_sectors, region_view
from atlas.analysis.snapshot import shapes_of, view_of
from atlas.analysis.why import why
from atlas.export.desk import Desk
from atlas.figures import captions, leads, legend_panel, panels, regions_table, why_panel
from atlas.figures.deck import deck, switchable
from atlas.figures.palette import THEMES
from atlas.figures.placing import circle_radii, first_frame, place_names
from atlas.figures.scene import Scene
from atlas.snapshot import Snapshot
from atlas.ui import frame, html, url, widgets
from atlas.ui.export_form import export_form

text, theme, narrow = frame.text(), THEMES[frame.theme_name()], frame.narrow()
known = choices(find_release(*frame.release_words()))

# Choices: what is offered depends on the figure, so the row is filled from there.
slots = widgets.choice_row([1.25, 1.5, 1.5, 1.5, 0.75, 1, 1], text("Choices"), narrow=narrow)
place_slot, sector_slot, figure_slot, year_slot, more_slot, copy_slot, export_slot = slots
more = more_slot.popover(text("More"), width="stretch", icon=":material/tune:")
with more:
    basis = widgets.select(
        text("Shares and quotients of"),
        "measure",
        {name: captions.measure_name(known.release, text, name) for name in known.measures},
        default=known.measures[0],
    )
    layers = widgets.several(
        text("Layers"),
        "layers",
        {name: text(title) for name, title in switchable().items()},
        # A phone has no room for symbols beside the values.
        default=() if narrow else ("clusters",),
    )
figures = question.figure_choices(known)
with figure_slot:
    names = {
        word: captions.choice_name(known.release, question.METRICS[metric], measure, text)
        for word, (metric, measure) in figures.items()
    }
    word = widgets.select(text("Figure"), "metric", names, default=next(iter(names)))
    metric, measure = figures[word][0], figures[word][1] or basis
with sector_slot:
    sectors = {
        code: f"{code} {captions.industry_name(known.industries[code], text)}"
        for code in known.industries_of(measure)
        if code != known.root_industry.code
    }
    default = question.default_industry(known, list(sectors))
    industry = widgets.select(text("Sector"), "industry", sectors, default=default)
with year_slot:
    years = known.years(measure, industry)
    year = widgets.slide(text("Year"), "year", years, default=years[-1])
with more:
    since = widgets.slide(
        text("Changes since"), "since", years, default=question.default_since(years, year)
    )
with place_slot:
    regions = {code: text.name(item) for code, item in known.at_level(1).items()}
    country = text.plural(
        "{country}, {count} region",
        "{country}, {count} regions",
        len(regions),
        country=text.name(known.root_region),
    )
    places = {"all": country, **dict(sorted(regions.items(), key=lambda pair: pair[1]))}
    chosen = widgets.select(text("Place"), "region", places, default="all")
    selected = None if chosen == "all" else chosen

# Answer
view = question.map_view(
    known.release, metric=metric, measure=measure, industry=industry, year=year, since=since
)
shapes = question.map_shapes(view.release)

# Show
with copy_slot:
    html.show(panels.copy_button(url.here(release=known.release.release_id), text), key="copy")
with export_slot:
    shown = Snapshot(
        edition=known.release.edition,
        release=known.release.release_id,
        metric=metric,
        measure=measure,
        industry=industry,
        region=selected,
        year=year,
        since=since,
        layers=tuple(layers),
        language=text.language,
    )
    export_form(shown, Desk(view_of, shapes_of), text)
frame.title(captions.heading(view, text))
lead = leads.lead(view, text, lambda item: panels.link(url.here(region=item.code), text.name(item)))
html.show(panels.lead_line(lead, view, selected, url.here(region=None), text), key="lead")
left, right = st.columns([2.25, 1])
with left:
    on = frozenset(layers)
    symbols = dict(view.clusters["region_code"].value_counts()) if "clusters" in on else {}
    first = first_frame(shapes.regions, *((350, 300) if narrow else (930, 600)))
    scene = Scene(
        view=view,
        shapes=shapes,
        text=text,
        theme=theme,
        frame=first,
        places=place_names(
            shapes.regions,
            {} if narrow else regions,
            symbols,
            first,
            radii=circle_radii(view, first),
        ),
        points=question.points(view.release),
        selected=selected,
        on=on,
    )
    widgets.deck_map(deck(scene), key="map", height=first.height, alt=captions.plain(lead))
    html.show(legend_panel.legend_panel(view, text, theme, on, first), key="legend")
with right:
    if selected:
        found = why(
            view.release,
            metric,
            measure=measure,
            region=selected,
            industry=industry,
            year=view.year,
            since=view.since,
        )
        panel = panels.region_panel(
            view,
            selected,
            why_panel.details(found, text),
            known_sectors(region_view(view.release, selected, measure=measure, year=year)),
            known.industries,
            text,
            url.link,
            theme,
            beside=usual_regions(known.release, selected),
        )
    else:
        panel = panels.country_panel(view, text, url.link, theme)
    html.show(panel, key="panel")
html.show(panels.footnotes(view, text), key="footnotes")
html.show(regions_table.regions_table(view, text, url.here, selected), key="table")
widgets.export(
    text("Download the table"),
    captions.file_name(view, text, "csv"),
    lambda: measure_csv(view),
    mime="text/csv",
    main=False,
)
