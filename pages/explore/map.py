"""Map: where a sector concentrates, one region's figures beside it, all of them under it."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from atlas.analysis import map as question
from atlas.analysis.choices import choices, find_release
from atlas.analysis.compare import MOST, usual_regions
from atlas.analysis.firm_cells import FirmCells, firm_cells, firm_page, pages_of
from atlas.analysis.levels import ground, levels_inside, parted, place_words
from atlas.analysis.measure import measure_csv
from atlas.analysis.region import known_sectors, region_view
from atlas.analysis.search import find_regions
from atlas.analysis.snapshot import shapes_of, view_of
from atlas.analysis.why import why
from atlas.export.desk import Desk
from atlas.figures import (
    captions,
    comparison,
    leads,
    legend_panel,
    panels,
    places,
    regions_table,
    scales,
    why_panel,
)
from atlas.figures.deck import deck, switchable
from atlas.figures.firm_hexagons import firm_list
from atlas.figures.palette import THEMES
from atlas.figures.placing import circle_radii, first_frame, place_names
from atlas.figures.scene import Scene
from atlas.figures.symbols import point_boxes
from atlas.figures.time_chart import play_button
from atlas.model import Classing, Item, Metric
from atlas.snapshot import Snapshot
from atlas.ui import classes, frame, html, url, widgets
from atlas.ui.export_form import export_form

text, theme, narrow = frame.text(), THEMES[frame.theme_name()], frame.narrow()
known = choices(find_release(*frame.release_words()))


def to_region(item: Item) -> str:
    """The address of this map with a region selected."""
    return url.here(**place_words(known.release, item.code), find=None)


def looked_for(words: str) -> dict[str, str | int | None]:
    """Where words in the search field lead: to the region that is meant, else to what is alike."""
    found = find_regions(known.release, words)
    if len(found) != 1:
        return {"find": words}
    return {**place_words(known.release, found[0].code), "find": None}


def class_choices(figure: Metric) -> Classing:
    """The inputs for the map's classes, as far as the figure has any."""
    if figure.scale == "steps":
        return Classing()
    if figure.scale not in scales.CLASSED:
        return Classing(same=classes.same_for_all_years(text))
    return classes.choose(
        text,
        {name: title for name, (_, title) in scales.METHODS.items()},
        numbers=range(scales.LEAST, scales.MOST + 1),
        fixed=figure.scale != "sequential",
        per_cent=figure.unit in scales.PER_CENT,
    )


def add_to_comparison(item: Item) -> Markup:
    """The sign in a row of the table that adds its region to those compared."""
    return comparison.add_region(item, gathered, to_gathered, text, most=MOST, short=True)


def show_firms(hexagons: FirmCells) -> None:
    """The firms of the hexagon that was clicked, a page at a time."""
    cell = url.read("cell", hexagons.cells.index, None)
    if not cell:
        return
    number = url.read("sheet", pages_of(hexagons, cell), "1")
    found = firm_page(hexagons, cell, int(number or 1))
    sources = {source["name"]: source for source in known.release.manifest["sources"]}
    html.show(
        firm_list(
            found.firms,
            count=found.count,
            first=found.first,
            page=found.page,
            pages=found.pages,
            regions=known.regions,
            text=text,
            address=url.here,
            sources=sources,
        ),
        key="firms",
    )


def region_links(item: Item) -> list[Markup]:
    """What can be done with the selected region: its page, its parts, its comparison."""
    links = [panels.link(url.link("region", region=item.code), text("Region page →"))]
    if item.code in parted(known.release):
        links.append(places.inside_link(item, url.here, text))
    if item.code in comparable:
        beside = ",".join(usual_regions(known.release, item.code))
        links += [
            panels.link(url.link("compare", regions=beside), text("Compare with the most alike →")),
            comparison.add_region(item, gathered, to_gathered, text, most=MOST),
        ]
    return links


# Choices: what is offered depends on the figure, so the row is filled from there.
slots = widgets.choice_row([1.4, 1.7, 1.6, 1.3, 0.75, 0.95, 0.95], text("Choices"), narrow=narrow)
place_slot, sector_slot, figure_slot, year_slot, more_slot, copy_slot, export_slot = slots
more = more_slot.popover(text("More"), width="stretch", icon=":material/tune:")
with more:
    basis = widgets.select(
        text("Shares and quotients of"),
        "measure",
        {name: captions.measure_name(known.release, text, name) for name in known.measures},
        default=known.measures[0],
        folded=True,
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
with year_slot, st.container(horizontal=True, vertical_alignment="bottom"):
    years = known.years(measure, industry)
    year = widgets.slide(text("Year"), "year", years, default=years[-1])
    if len(years) > 1:
        later = [one for one in years if one > year][:1]
        following = url.also(year=later[0], same="yes") if later else None
        first_step = url.also(year=years[0], same="yes")
        with st.container(width=38):
            html.show(play_button(text), key="play", play=(following, first_step))
with more:
    usual = question.default_since(years, year)
    since = widgets.slide(text("Changes since"), "since", years, default=usual, folded=True)
    classing = class_choices(question.METRICS[metric])
with place_slot:
    within = url.read("within", parted(known.release), None)
    levels = levels_inside(known.release, within)
    level = int(url.read("level", levels, str(levels[0])) or levels[0])
    drawn = ground(known.release, level, within)
    regions = {code: text.name(item) for code, item in drawn.regions.items()}
    country = text.plural(
        "{country}, {count} region",
        "{country}, {count} regions",
        len(regions),
        country=text.name(drawn.path[-1]),
    )
    offered = {"all": country, **dict(sorted(regions.items(), key=lambda pair: pair[1]))}
    chosen = widgets.select(text("Place"), "region", offered, default="all")
    selected = None if chosen == "all" else chosen

# Answer
view = question.map_view(
    known.release,
    metric=metric,
    measure=measure,
    industry=industry,
    year=year,
    since=since,
    level=level,
    within=within,
    classing=classing,
)
shapes = question.map_shapes(view.release, level=level, within=within)
comparable = list(known.at_level(1))
gathered = url.read_several("compare", comparable, (), most=MOST)
to_gathered = url.here_with("compare")

# Show
with copy_slot:
    html.show(panels.copy_button(url.also(release=known.release.release_id), text), key="copy")
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
        level=level,
        within=within,
        layers=tuple(layers),
        **classes.as_fields(classing),
        language=text.language,
    )
    export_form(shown, Desk(view_of, shapes_of), text)
frame.title(captions.heading(view, text))
if len(known.levels) > 1:
    item = known.regions[selected] if selected else None
    html.show(places.way(drawn.path, item, levels, level, text, url.here), key="way")
lead = leads.lead(view, text, lambda item: panels.link(url.also(region=item.code), text.name(item)))
lead_slot, find_slot = st.columns([3.2, 1], gap="medium")
with lead_slot:
    html.show(panels.lead_line(lead, view, selected, url.also(region=None), text), key="lead")
with find_slot:
    wanted = widgets.search(text("Find a region: name or code"), "find", answer=looked_for)
if wanted:
    found = find_regions(known.release, wanted)
    html.show(places.found_line(wanted, found, text, to_region), key="found")
if gathered:
    line = comparison.gathered_regions(gathered, known.regions, to_gathered, url.link, text)
    html.show(line, key="gathered")
left, right = st.columns([2.25, 1])
with left:
    on = frozenset(layers)
    hexagons = firm_cells(view.release) if "firms" in on else None
    symbols = view.regions["clusters"].to_dict() if "clusters" in on else {}
    points = question.points(view.release)
    first = first_frame(shapes.regions, *((350, 300) if narrow else (930, 600)))
    written = place_names(
        shapes.regions, {} if narrow else regions, symbols, first,
        radii=circle_radii(view, first), told=captions.without_value(view, text),
        around=point_boxes(points, on, first, hexagons=bool(hexagons)),
    )  # fmt: skip
    scene = Scene(
        view=view,
        shapes=shapes,
        text=text,
        theme=theme,
        frame=first,
        places=written,
        points=points,
        cells=hexagons.cells if hexagons else None,
        selected=selected,
        on=on,
    )
    shown_map = deck(scene, frame.faces_late())
    widgets.deck_map(shown_map, key="map", height=first.height, alt=captions.plain(lead))
    legend = legend_panel.legend_panel(view, text, theme, on, first, hexagons=bool(hexagons))
    html.show(legend, key="legend")
    if hexagons:
        show_firms(hexagons)
with right:
    if selected:
        reasons = why(
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
            why_panel.details(reasons, text),
            known_sectors(region_view(view.release, selected, measure=measure, year=year)),
            known.industries,
            text,
            url.link,
            theme,
            links=region_links(known.regions[selected]),
        )
    else:
        panel = panels.country_panel(view, text, url.link, theme)
    html.show(panel, key="panel")
html.show(panels.footnotes(view, text), key="footnotes")
extra = add_to_comparison if level == 1 else None
rows = url.read("rows", regions_table.ROWS, None)
table = regions_table.regions_table(view, text, theme, url.also, selected, extra, rows)
html.show(table, key="table")
widgets.export(
    text("Download the table"),
    captions.file_name(view, text, "csv"),
    lambda: measure_csv(view),
    mime="text/csv",
    main=False,
)
