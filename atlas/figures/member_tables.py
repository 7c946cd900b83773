"""Tables of a cluster's firms and institutions, and links to where it is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from atlas.figures import captions
from atlas.figures.panels import link
from atlas.figures.tables import Cell, Column, Row, missing, table
from atlas.model import Item
from atlas.names import INSTITUTION_TYPES
from atlas.text import Text


def outside(address: Any, name: str | None = None) -> Markup:
    """A link that leaves the atlas, in a new tab; only web addresses become links."""
    if not isinstance(address, str) or not address.startswith(("https://", "http://")):
        return Markup.escape(name or (address if isinstance(address, str) else ""))
    host = address.split("/")[2].removeprefix("www.")
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(
        address, name or host
    )


def source_link(source: Any, release_sources: Mapping[str, Any], text: Text) -> Markup:
    """A row's source: a web address, or the name of one of the edition's sources."""
    found = release_sources.get(source) if isinstance(source, str) else None
    return (
        outside(found.get("url"), captions.source_name(found, text)) if found else outside(source)
    )


def both_tables(
    firms: pd.DataFrame, institutions: pd.DataFrame, regions: Mapping[str, Item], text: Text,
    sources: Mapping[str, Any], here: Callable[[str, str], str], chosen: str, *, narrowed: bool,
) -> Markup:  # fmt: skip
    """Firms and institutions, each as a table, or why there are none. ``chosen``: ``firm:<id>`` or
    ``institution:<id>``, its row is marked. ``narrowed``: there may be others."""
    kind, _, code = chosen.partition(":")
    parts = []
    if len(firms):
        on = code if kind == "firm" else None
        parts.append(firms_table(firms, regions, text, sources, here, on))
    elif not narrowed:
        parts.append(_nobody(text("No firm is known by name.")))
    if len(institutions):
        on = code if kind == "institution" else None
        parts.append(institutions_table(institutions, regions, text, sources, here, on))
    if not parts:
        parts.append(_nobody(text("No firm or institution here agrees with this choice.")))
    return Markup('<div class="stack">{}</div>').format(Markup("").join(parts))


def _nobody(words: str) -> Markup:
    return Markup('<p class="none">{}</p>').format(words)


def firms_table(
    firms: pd.DataFrame, regions: Mapping[str, Item], text: Text, sources: Mapping[str, Any],
    here: Callable[[str, str], str] | None = None, chosen: str | None = None,
) -> Markup:  # fmt: skip
    """Firms: place, what is recorded, source. ``here("firm", id)`` is where one is shown."""
    columns = [
        Column(text("Firm"), text=True),
        Column(text("Place"), text=True),
        Column(text("Recorded"), text=True, wide=True),
        Column(text("Source"), text=True, wide=True),
    ]
    rows = [
        Row(
            [
                Cell(
                    link(here("firm", firm["firm_id"]), firm["name"])
                    if here
                    else outside(firm.get("website"), firm["name"]),
                    str(firm["name"]),
                ),
                where(firm, regions, text),
                Cell(text.name(firm, "detail") or missing(text("nothing more")), ""),
                Cell(source_link(firm["source"], sources, text), str(firm["source"])),
            ],
            "on" if chosen and firm["firm_id"] == chosen else "",
        )
        for firm in firms.to_dict("records")
    ]
    return table(columns, rows, text, caption=text("Firms"))


def institutions_table(
    institutions: pd.DataFrame, regions: Mapping[str, Item], text: Text, sources: Mapping[str, Any],
    here: Callable[[str, str], str], chosen: str | None = None,
) -> Markup:  # fmt: skip
    """Member institutions: type, place, what is recorded, source."""
    columns = [
        Column(text("Institution"), text=True),
        Column(text("Type"), text=True),
        Column(text("Place"), text=True, wide=True),
        Column(text("Recorded"), text=True, wide=True),
        Column(text("Source"), text=True, wide=True),
    ]
    rows = [
        Row(
            [
                Cell(
                    link(here("institution", found["institution_id"]), found["name"]),
                    str(found["name"]),
                ),
                Cell(text(INSTITUTION_TYPES[found["type"]]), str(found["type"])),
                where(found, regions, text),
                Cell(text.name(found, "detail") or missing(text("nothing more")), ""),
                Cell(source_link(found["source"], sources, text), str(found["source"])),
            ],
            "on" if found["institution_id"] == chosen else "",
        )
        for found in institutions.to_dict("records")
    ]
    return table(columns, rows, text, caption=text("Institutions"))


def where(member: Mapping[str, Any], regions: Mapping[str, Item], text: Text) -> Cell:
    """A member's place, else its region."""
    place = text.name(member, "place")
    region = regions.get(str(member.get("region_code")))
    if place:
        return Cell(place, place)
    if region:
        name = text.name(region)
        return Cell(Markup("{} <i>({})</i>").format(name, text("region only")), name)
    return Cell(missing(text("not known")), "")
