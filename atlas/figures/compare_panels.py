"""A comparison's maps, heat map and chart of what differs most."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from markupsafe import Markup

from atlas.figures import captions, small_maps
from atlas.figures.dot_plot import DotRow, dot_plot
from atlas.figures.marks import mark_of
from atlas.figures.palette import Theme, ramp, readable_on
from atlas.figures.panels import Address, link
from atlas.figures.scales import QUOTIENT_BREAKS
from atlas.figures.tables import Cell, Column, Row, missing, table
from atlas.model import Item, MapShapes
from atlas.text import Text

#: How many sectors the chart of what differs most shows.
SHOWN = 7


def map_cards(
    view: Any, shapes: MapShapes, text: Text, address: Address, here: Address, theme: Theme, *,
    narrow: bool,
) -> Markup:  # fmt: skip
    """A small map for each region with its figure, and links that move or take it out.

    ``here`` makes the address of this page with other regions.
    """
    size = small_maps.size_of(len(view.regions), narrow=narrow)
    frames = small_maps.frames(view.map, shapes, size)
    cards = [
        _card(view, position, frames, shapes, text, address, here, theme)
        for position in range(len(view.regions))
    ]
    said = text(
        "On the maps, all at one scale: {industry}, {figure}, {year}.",
        industry=captions.industry_name(view.map.industry, text),
        figure=captions.figure_name(view.map, text),
        year=view.year,
    )
    return Markup('<p class="quiet">{}</p><div class="small-maps of{}">{}</div>').format(
        said, len(cards), Markup("").join(cards)
    )


def _card(
    view: Any, position: int, frames: Any, shapes: MapShapes, text: Text, address: Address,
    here: Address, theme: Theme,
) -> Markup:  # fmt: skip
    region = view.regions[position]
    row = view.map.regions.loc[region.code]
    drawn = (
        small_maps.small_map(view.map, shapes, region.code, frames[region.code], text, theme)
        if region.code in frames
        else Markup("")
    )
    value = (
        Markup("<b>{}</b>").format(captions.shown(view.map, row["value"], text))
        if math.isfinite(row["value"])
        else missing(captions.missing_text(str(row["status"]), text))
    )
    return Markup(
        '<div class="card">{}<div class="row"><h2>{} {}</h2><div class="figure">{}</div></div>'
        '<p class="quiet">{}</p>{}</div>'
    ).format(
        drawn,
        mark_of(position, theme),
        link(address("region", region=region.code), text.name(region)),
        value,
        _behind(view, region, text, address),
        moves(view.codes, position, text.name(region), "regions", text, here),
    )


def _behind(view: Any, region: Item, text: Text, address: Address) -> Markup:
    """The amount behind a map's figure, and the region's strongest sector."""
    row = view.map.regions.loc[region.code]
    said = []
    if math.isfinite(row["amount"]) and math.isfinite(row["focus"]):
        said.append(
            text.html(
                "{measure}: {amount}, {share} of the region’s total.",
                measure=captions.measure_title(view.map, text, view.measure),
                amount=captions.value_text(row["amount"], "amount", text, view.measure),
                share=text.percent(row["focus"]),
            )
        )
    strongest = view.quotients[region.code].dropna()
    if len(strongest):
        code = str(strongest.idxmax())
        said.append(
            text.html(
                "Strongest: {sector} ({value}).",
                sector=sector_link(view, code, text, address, region=region.code),
                value=text.number(strongest[code], 2),
            )
        )
    return Markup(" ").join(said)


def sector_link(
    view: Any, code: str, text: Text, address: Address, region: str | None = None
) -> Markup:
    """A sector's name, leading to its map in the year and measure of the comparison."""
    item = view.industries[code]
    target = address("map", industry=code, measure=view.measure, year=view.year, region=region)
    return link(target, captions.industry_name(item, text))


def moves(
    codes: Sequence[str], position: int, name: str, word: str, text: Text, here: Address
) -> Markup:
    """Links that move one of those compared to the left or right, or take it out."""
    items = list(codes)

    def without(at: int) -> str:
        return ",".join(items[:at] + items[at + 1 :])

    def swapped(one: int, other: int) -> str:
        moved = list(items)
        moved[one], moved[other] = moved[other], moved[one]
        return ",".join(moved)

    offers = []
    if position > 0:
        offers.append(("←", text("Move {name} to the left", name=name),
                       swapped(position, position - 1)))  # fmt: skip
    if position < len(items) - 1:
        offers.append(("→", text("Move {name} to the right", name=name),
                       swapped(position, position + 1)))  # fmt: skip
    offers.append(("✕", text("Remove {name}", name=name), without(position)))
    return Markup('<div class="moves">{}</div>').format(
        Markup("").join(
            Markup('<a href="{0}" title="{1}" aria-label="{1}">{2}</a>').format(
                here(**{word: target or "none"}), said, sign
            )
            for sign, said, target in offers
        )
    )


def heat_map(view: Any, text: Text, address: Address, theme: Theme) -> Markup:
    """Location quotients of all sectors in the map's classes, those that lie apart most first."""
    colours = ramp("diverging", len(QUOTIENT_BREAKS) + 1, theme=theme.name)
    columns = [
        Column(text("Sector"), text=True, sortable=False),
        *(
            Column(link(address("region", region=region.code), text.name(region)), sortable=False)
            for region in view.regions
        ),
    ]
    rows = []
    for code in view.quotients.index:
        head = sector_link(view, str(code), text, address)
        cells = [Cell(head, str(head.striptags()))]
        for region in view.regions:
            value = float(view.quotients.at[code, region.code])
            if math.isfinite(value):
                fill = colours[int(np.digitize(value, QUOTIENT_BREAKS))]
                shown = Markup('<span class="heat" style="background:{};color:{}">{}</span>')
                cells.append(
                    Cell(shown.format(fill, readable_on(fill), text.number(value, 2)), value)
                )
            else:
                words = captions.missing_text(str(view.statuses.at[code, region.code]), text)
                cells.append(Cell(missing(words), float("nan")))
        rows.append(Row(cells))
    caption = text("Location quotients of all sectors in the regions compared")
    said = text(
        "Location quotients ({measure}), those that lie farthest apart first.",
        measure=captions.measure_name(view.release, text, view.measure),
    )
    return Markup('<p class="quiet">{}</p><div class="heat-map" style="--n:{}">{}</div>').format(
        said, len(view.regions), table(columns, rows, text, caption=caption)
    )


def differences(view: Any, text: Text, address: Address, theme: Theme) -> Markup:
    """The sectors whose quotients lie farthest apart, as a chart."""
    apart = view.quotients[view.quotients.notna().sum(axis=1) >= 2].head(SHOWN)
    rows = [
        DotRow(
            name=sector_link(view, str(code), text, address),
            words=captions.industry_name(view.industries[str(code)], text),
            values=tuple(map(float, row)),
        )
        for code, row in apart.iterrows()
    ]
    names = [text.name(region) for region in view.regions]
    if not rows:
        return Markup('<p class="none">{}</p>').format(
            text("No sector has a figure in two of these regions.")
        )
    said = text("Location quotients of the sectors that lie farthest apart, on a log scale.")
    return Markup('<p class="quiet">{}</p><div class="card">{}</div>').format(
        said, dot_plot(rows, names, text.name(view.root), text, theme)
    )
