"""A region's page: its totals, its sectors as a table, its clusters and what else is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from atlas.figures import captions, charts
from atlas.figures.palette import Theme, ramp
from atlas.figures.panels import Address, cluster_items, figure_card, link
from atlas.figures.scales import QUOTIENT_BREAKS
from atlas.figures.tables import Cell, Column, Row, missing, table
from atlas.model import Item
from atlas.text import Text


def lead(view: Any, industries: Mapping[str, Item], text: Text, address: Address) -> Markup:
    """The region in a sentence: what it is most specialised in."""
    top = view.sectors[view.sectors["location_quotient"] >= 1].head(3)
    if top.empty:
        return Markup("")
    parts = [
        Markup("{} ({})").format(
            link(
                address("map", industry=code, region=view.region.code, year=view.year),
                captions.industry_name(industries[str(code)], text),
            ),
            text.number(float(row["location_quotient"]), 2),
        )
        for code, row in top.iterrows()
    ]
    return Markup('<p class="lead">{}</p>').format(
        text.html(
            "Most specialised in {sectors}: so many times their share in the country.",
            sectors=Markup(text.list(map(str, parts))),  # noqa: S704 (escaped above)
        )
    )


def total_cards(view: Any, measure_name: str, text: Text) -> Markup:
    """The region's total of all sectors, and what else the edition says of it."""
    cards = []
    if view.total is not None:
        growth = float(view.total["growth"])
        cards.append(
            figure_card(
                text("{measure}, all sectors", measure=measure_name),
                captions.value_text(float(view.total["amount"]), "amount", text, view.measure),
                text.percent(growth, 0, signed=True) if np.isfinite(growth) else "",
                view.since,
                text,
            )
        )
        cards.append(
            figure_card(
                text("Share of the country"),
                text.percent(float(view.total["size"])),
                "",
                view.since,
                text,
            )
        )
    for name, title, unit in (
        ("population", text("Population"), "{number}"),
        ("area_km2", text("Area"), text("{number} km²")),
    ):
        value = view.region.extra.get(name)
        if captions.is_number(value):
            cards.append(
                figure_card(
                    title, unit.format(number=text.number(float(value))), "", view.since, text
                )
            )
    return Markup('<div class="cards">{}</div>').format(Markup("").join(cards))


def sectors_table(
    view: Any, sectors: pd.DataFrame, industries: Mapping[str, Item], measure_name: str, text: Text,
    address: Address, theme: Theme,
) -> Markup:  # fmt: skip
    """All sectors of the region: quotient with a bar, amount, growth where there is an earlier
    year, shares."""
    begun = view.since < view.year
    growth = Column(
        text("{figure} since {year}", figure=text("Growth"), year=view.since), wide=True
    )
    columns = [
        Column(text("Sector"), text=True),
        Column(text("Location quotient")),
        Column(text("1 = the country"), wide=True, sortable=False),
        Column(measure_name),
        *([growth] if begun else []),
        Column(text("Share of the region’s total"), wide=True),
        Column(text("Share of the country’s sector"), wide=True),
    ]
    colours = ramp("diverging", len(QUOTIENT_BREAKS) + 1, theme=theme.name)
    largest = float(np.nanmax(sectors["location_quotient"])) if len(sectors) else 1.0
    rows = []
    for code, row in sectors.iterrows():
        quotient = float(row["location_quotient"])
        known = np.isfinite(quotient)
        fill = colours[int(np.digitize(quotient, QUOTIENT_BREAKS))] if known else ""
        head = link(
            address("map", industry=code, region=view.region.code, year=view.year),
            captions.industry_name(industries[str(code)], text),
        )
        rows.append(
            Row(
                [
                    Cell(head, str(head.striptags())),
                    _cell(quotient, "ratio", view.measure, text),
                    Cell(charts.bar(quotient, max(largest, 1.2), fill, mark=1.0) if known else ""),
                    _cell(float(row["amount"]), "amount", view.measure, text),
                    *([_cell(float(row["growth"]), "change", view.measure, text)] if begun else []),
                    _cell(float(row["focus"]), "share", view.measure, text),
                    _cell(float(row["size"]), "share", view.measure, text),
                ]
            )
        )
    return table(
        columns, rows, text, caption=text("Sectors of {region}", region=text.name(view.region))
    )


def _cell(value: float, unit: str, measure: str, text: Text) -> Cell:
    if not np.isfinite(value):
        return Cell(missing(text("no data")), float("nan"))
    return Cell(captions.value_text(value, unit, text, measure), value)


def side(
    view: Any, text: Text, address: Address, theme: Theme, *, beside: tuple[str, ...]
) -> Markup:
    """The region's clusters, what the edition notes of it, and ways to the map and to a comparison
    with the regions ``beside`` it (itself the first; none without them)."""
    note = text.name(view.region.extra, "note")
    clusters = (
        cluster_items(view.clusters.to_dict("records"), text, address, theme)
        if len(view.clusters)
        else Markup('<p class="none">{}</p>').format(text("No cluster here is published by name."))
    )
    compare = Markup("")
    if beside:
        compare = Markup("<p>{}</p>").format(
            link(
                address("compare", regions=",".join(beside), measure=view.measure, year=view.year),
                text("Compare with the regions most like it →"),
            )
        )
    return Markup('<div class="panel"><h3>{}</h3>{}{}<h4>{}</h4><p>{}</p>{}</div>').format(
        text("Clusters"),
        clusters,
        Markup('<p class="quiet">{}</p>').format(note) if note else "",
        text("On the map"),
        link(
            address("map", region=view.region.code, year=view.year),
            text("Show {region} on the map →", region=text.name(view.region)),
        ),
        compare,
    )


def sources(view: Any, measure_name: str, text: Text) -> Markup:
    """Where the region's figures come from."""
    source = captions.source_of(view.release, view.measure)
    return Markup('<p class="quiet">{}</p>').format(
        text(
            "Source: {source}; {measure}, {year}.",
            source=captions.source_title(source, text),
            measure=measure_name,
            year=view.year,
        )
    )
