"""Discovery: which rules call which sectors in which regions clusters, and where they agree."""

from __future__ import annotations

import streamlit as st

from atlas.analysis import discovery as question
from atlas.analysis.choices import choices, find_release
from atlas.analysis.map import map_shapes, points
from atlas.analysis.snapshot import shapes_of, view_of
from atlas.export.desk import Desk
from atlas.figures import captions, discovery_panels, discovery_table, legend_panel, panels
from atlas.figures.deck import deck
from atlas.figures.palette import THEMES
from atlas.figures.placing import circle_radii, first_frame, place_names
from atlas.figures.scene import Scene
from atlas.snapshot import Snapshot
from atlas.ui import frame, html, url, widgets
from atlas.ui.export_form import export_form

text, theme, narrow = frame.text(), THEMES[frame.theme_name()], frame.narrow()
known = choices(find_release(*frame.release_words()))

# Choices
slots = widgets.choice_row([1.5, 1.5, 1.4, 0.9, 0.8, 1, 1], text("Choices"), narrow=narrow)
place_slot, sector_slot, agree_slot, year_slot, more_slot, copy_slot, export_slot = slots
with more_slot.popover(text("More"), width="stretch", icon=":material/tune:"):
    names = {name: captions.measure_name(known.release, text, name) for name in known.measures}
    measure = widgets.select(text("Measure"), "measure", names, default=known.measures[0])
    offered = question.depths(known, measure)
    depth = level = 1
    if len(offered) > 1:
        steps = {str(d): text("{count} steps below all sectors", count=d) for d in offered}
        depth = int(widgets.select(text("Detail of sectors"), "depth", steps, default="1"))
    if len(known.levels) > 1:
        levels = {str(one): text("Level {level}", level=one) for one in known.levels}
        level = int(widgets.select(text("Regions"), "level", levels, default="1"))
with sector_slot:
    every = text.plural("All sectors ({count})", "All sectors ({count})", len(offered[depth]))
    sectors = {
        code: f"{code} {captions.industry_name(known.industries[code], text)}"
        for code in offered[depth]
    }
    chosen = widgets.select(text("Sector"), "industry", {"all": every, **sectors}, default="all")
    industry = None if chosen == "all" else chosen
with place_slot:
    regions = {code: text.name(item) for code, item in known.at_level(level).items()}
    everywhere = text.plural("{count} region", "{count} regions", len(regions))
    places = {"all": everywhere, **dict(sorted(regions.items(), key=lambda pair: pair[1]))}
    chosen = widgets.select(text("Place"), "region", places, default="all")
    selected = None if chosen == "all" else chosen
with agree_slot:
    total = len(question.RULES)
    counts = list(range(1, total + 1))
    at_least = widgets.slide(text("At least so many rules"), "agree", counts, default=total // 2)
with year_slot:
    years = known.years(measure)
    year = widgets.slide(text("Year"), "year", years, default=years[-1])
heading, lead_slot = st.container(), st.container()
left, right = st.columns([2.1, 1])
settings: dict[str, dict[str, float]] = {}
places_of_rules = {}
with right:
    rules_head = st.container()
    for number, name in enumerate(question.RULES, 1):
        places_of_rules[name] = st.container()
        label = text("Thresholds of rule {number}", number=number)
        with st.popover(label, icon=":material/tune:"):
            settings[name] = {
                setting: widgets.decimal(
                    text(about.meaning),
                    f"{name}.{setting}",
                    low=about.low,
                    high=about.high,
                    default=about.default,
                    step=question.step(about),
                    help_text=text(
                        "Published: {value}", value=discovery_panels.setting(about.default, text)
                    ),
                )
                for setting, about in question.parameters(question.METRICS[name]).items()
            }

# Answer
found = question.discover(
    known.release,
    measure=measure,
    year=year,
    level=level,
    depth=depth,
    industry=industry,
    settings=settings,
)
view = question.agreement_view(found, at_least=at_least)
shapes = map_shapes(known.release, level=level)
rows = found.cells if selected is None else found.cells[found.cells["region_code"] == selected]

# Show
with copy_slot:
    html.show(panels.copy_button(url.here(release=known.release.release_id), text), key="copy")
with export_slot:
    changed = [f"{rule.metric.name}.{name}={rule.settings[name]:g}"
               for rule in found.rules for name in rule.changed]  # fmt: skip
    shown = Snapshot(
        edition=known.release.edition,
        release=known.release.release_id,
        view="discovery",
        measure=measure,
        industry=industry,
        region=selected,
        year=year,
        level=level,
        depth=depth,
        agree=at_least,
        thresholds=tuple(changed) or None,
        layers=(),
        language=text.language,
    )
    export_form(shown, Desk(view_of, shapes_of), text)
with heading:
    frame.title(discovery_panels.heading(view, found, text))
with lead_slot:
    lead = discovery_panels.lead(
        found, rows, at_least, known.regions, known.industries, text, url.link
    )
    html.show(panels.lead_line(lead, view, selected, url.here(region=None), text), key="lead")
with left:
    first = first_frame(shapes.regions, *((350, 300) if narrow else (890, 600)))
    scene = Scene(
        view=view,
        shapes=shapes,
        text=text,
        theme=theme,
        frame=first,
        # A phone has no room for words between circles.
        places={}
        if narrow and industry is None
        else place_names(
            shapes.regions,
            {} if narrow else regions,
            {},
            first,
            radii=circle_radii(view, first),
            told=captions.without_value(view, text),
        ),
        points=points(known.release),
        selected=selected,
    )
    alt = captions.plain(lead)
    widgets.deck_map(
        deck(scene, frame.faces_late()), key="discovery_map", height=first.height, alt=alt
    )
    html.show(legend_panel.legend_panel(view, text, theme, frozenset(), first), key="legend")
    html.show(panels.footnotes(view, text), key="footnotes")
with rules_head:
    reset = {f"{name}.{setting}": None for name, own in settings.items() for setting in own}
    html.show(discovery_panels.rules_head(found, url.here(**reset), text), key="rules")
for number, rule in enumerate(found.rules, 1):
    with places_of_rules[rule.metric.name]:
        item = discovery_panels.rule_item(
            rule, number, question.parameters(rule.metric), text, url.link, theme
        )
        html.show(item, key=f"rule_{number}")
html.show(
    discovery_table.cells_table(
        found, rows, known.regions, known.industries, text, url.link, selected, narrow=narrow
    ),
    key="table",
)
widgets.export(
    text("Download the table"),
    captions.file_name(view, text, "csv"),
    lambda: question.discovery_csv(found),
    mime="text/csv",
    main=False,
)
left, right = st.columns(2)
with left:
    html.show(discovery_panels.together_table(found, text), key="together")
with right:
    html.show(discovery_panels.notes(found, int(view.regions["value"].count()), text), key="notes")
