"""Many firms as hexagons on the map, and the list of one hexagon's firms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pydeck as pdk
from markupsafe import Markup

from atlas.figures.member_tables import firms_table
from atlas.figures.palette import halo_on, readable_on
from atlas.figures.panels import Address
from atlas.figures.points import cell_fills, firms_text
from atlas.figures.scene import Scene, rgb, words_layer
from atlas.model import Item
from atlas.text import Text


def hexagon_layers(scene: Scene, cells: pd.DataFrame) -> list[pdk.Layer]:
    """Hexagons by H3 cell, darker the more firms there are (evenly by powers), each with its
    number. ``cells``: index the cell's name; ``count``, ``lon``, ``lat``."""
    text = scene.text
    fills = cell_fills(cells["count"], scene.theme)
    rows: list[dict[str, Any]] = []
    numbers: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for cell, lon, lat, count, fill in zip(
        cells.index, cells["lon"], cells["lat"], cells["count"], fills, strict=True
    ):
        rows.append(
            {
                "id": cell,
                "name": firms_text(int(count), text),
                "shown": text("Click for the list"),
                "fill": [*rgb(fill), 225],
            }
        )
        ink = (readable_on(fill), halo_on(fill, theme=scene.theme.name))
        word = {"position": [lon, lat], "words": text.number(float(count))}
        numbers.setdefault(ink, []).append(word)
    hexagons = pdk.Layer(
        "H3HexagonLayer", rows, id="firm-cells", get_hexagon="id", get_fill_color="fill",
        get_line_color=rgb(scene.theme.page), line_width_min_pixels=1, stroked=True, filled=True,
        extruded=False, pickable=True, auto_highlight=True,
        highlight_color=[*rgb(scene.theme.text), 50],
    )  # fmt: skip
    return [
        hexagons,
        *(
            words_layer(words, f"firm-numbers-{number}", ink, 10.5, halo=halo)
            for number, ((ink, halo), words) in enumerate(numbers.items())
        ),
    ]


def firm_list(
    firms: pd.DataFrame, *, count: int, first: int, page: int, pages: int,
    regions: Mapping[str, Item], text: Text, address: Address, sources: Mapping[str, Any],
) -> Markup:  # fmt: skip
    """One page of the firms of a hexagon, with links to the pages beside it and one that closes."""
    last = first + len(firms) - 1
    shown = text(
        "Firms {first} to {last} of {count} in the hexagon that was clicked, by name.",
        first=first,
        last=last,
        count=count,
    )
    links = []
    if page > 1:
        before = address(sheet=page - 1 if page > 2 else None)
        links.append(Markup('<a href="{}">{}</a>').format(before, text("← Page before")))
    if page < pages:
        links.append(
            Markup('<a href="{}">{}</a>').format(address(sheet=page + 1), text("Next page →"))
        )
    closing = address(cell=None, sheet=None)
    links.append(Markup('<a href="{}">{}</a>').format(closing, text("Close the list")))
    return Markup(
        '<div class="tools"><div><h2>{}</h2><p class="quiet">{}</p></div><p class="links">{}</p>'
        "</div>{}"
    ).format(
        firms_text(count, text),
        shown,
        Markup(" ").join(links),
        firms_table(firms, regions, text, sources),
    )
