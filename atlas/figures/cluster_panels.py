"""A cluster's page: what is known of it, its members, its facts."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from atlas.figures import captions, charts
from atlas.figures.member_tables import outside, source_link
from atlas.figures.palette import Theme
from atlas.figures.panels import Address, institution_sign, link, sign
from atlas.figures.pictograms import FIRM
from atlas.figures.tables import Cell, Column, Row, missing, table
from atlas.model import Item, MapView, Release
from atlas.names import INSTITUTION_TYPES, STAGES
from atlas.text import Text


def heading(
    cluster: Item, region: Item, industries: tuple[Item, ...], number: int,
    organisation: str | None, text: Text, address: Address, theme: Theme,
) -> Markup:  # fmt: skip
    """Name, place, sector, stage, rank and organisation; what is not known says so."""
    extra = cluster.extra
    unknown = missing(text("not known"))
    sectors = Markup(", ").join(
        Markup("{} {}").format(item.code, captions.industry_name(item, text)) for item in industries
    )
    inferred = (
        Markup(" <i>({})</i>").format(text("inferred from the product name"))
        if extra.get("nace_basis")
        else ""
    )
    stage = text(STAGES[extra["stage"]]) if extra.get("stage") in STAGES else unknown
    chips = [
        Markup('<span class="chip on">{}</span>').format(
            text("Rank {rank} of {count} published", rank=int(extra["rank"]), count=number)
        )
        if "rank" in extra
        else "",
        _chip(text("Region"), link(address("region", region=region.code), text.name(region))),
        _chip(text("Sector"), sectors + inferred if industries else unknown),
        _chip(text("Stage"), stage),
        _chip(text("Organisation"), organisation or missing(text("none recorded"))),
    ]
    return Markup(
        '<div class="title">{}<h1>{}</h1></div><p class="lead">{}</p><div class="chips">{}</div>'
    ).format(
        sign(str(extra.get("symbol", FIRM[0])), theme),
        text.name(cluster),
        text("What the published list does not say, this page does not guess."),
        Markup("").join(chips),
    )


def _chip(name: str, value: Any) -> Markup:
    return Markup('<span class="chip"><span>{}: {}</span></span>').format(name, value)


def facts_list(facts: pd.DataFrame, text: Text) -> Markup:
    """Single published figures of a cluster, each with its date and source."""
    if facts.empty:
        return Markup('<p class="none">{}</p>').format(text("No single figures are published."))
    items = [
        Markup('<li><b>{}</b> {} <span class="quiet">({}; {})</span></li>').format(
            _fact(fact, text),
            text.name(fact, "indicator"),
            _day(text.name(fact, "date"), text) or text("undated"),
            outside(fact["source"]),
        )
        for fact in facts.to_dict("records")
    ]
    return Markup('<ul class="notes">{}</ul>').format(Markup("").join(items))


def facts_table(facts: pd.DataFrame, text: Text) -> Markup:
    """Single published figures about the mapping and the country, each with what it is about."""
    columns = [
        Column(text("Subject"), text=True),
        Column(text("What"), text=True),
        Column(text("Published"), text=True),
        Column(text("Date"), text=True, wide=True),
        Column(text("Source"), text=True, wide=True),
    ]
    rows = []
    for fact in facts.to_dict("records"):
        about, what = text.name(fact, "subject"), text.name(fact, "indicator")
        date = _day(text.name(fact, "date"), text) or text("undated")
        rows.append(
            Row(
                [
                    Cell(about, about),
                    Cell(what, what),
                    Cell(_fact(fact, text)),
                    Cell(date, date),
                    Cell(outside(fact["source"]), str(fact["source"])),
                ]
            )
        )
    return table(columns, rows, text, caption=text("Published facts"))


def _fact(fact: Mapping[str, Any], text: Text) -> str:
    """A value with its unit; a value in words has none."""
    value = text.name(fact, "value") or str(fact["value"])
    unit = "" if fact["unit"] == "text" else text.name(fact, "unit")
    return f"{_figure(value, text)} {unit}".strip()


def _day(written: str, text: Text) -> str:
    """A day in the reader's manner; a year, or what else is written, as it stands."""
    whole = re.fullmatch(r"\d{4}-\d{2}-\d{2}", written)
    return text.date(datetime.date.fromisoformat(written)) if whole else written


def _figure(value: str, text: Text) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    return text.number(number, 0 if number.is_integer() else 1)


def trend_charts(
    trend: pd.DataFrame, grown: Any, wider: Item | None, region: Item, country: Item,
    measure_name: str, text: Text, theme: Theme, *, narrow: bool,
) -> Markup:  # fmt: skip
    """The wider sector's figures in the cluster's region through the years, and its growth there
    beside the country's (``grown``: an :class:`atlas.analysis.clusters.Grown` or None)."""
    if wider is None or trend.empty:
        return Markup('<p class="none">{}</p>').format(
            text("No sector with published figures contains this cluster.")
        )
    parts = [
        Markup('<p class="quiet">{}</p>').format(
            text(
                "Figures exist for {sector} only, as a whole, in {region}. They are not the"
                " cluster’s own.",
                sector=captions.industry_name(wider, text),
                region=text.name(region),
            )
        )
    ]
    for name, title, unit in (
        ("amount", measure_name, "amount"),
        ("location_quotient", text("Location quotient"), "ratio"),
    ):
        if name in trend:
            values = [float(value) for value in trend[name]]
            labels = [captions.value_text(value, unit, text) for value in values]
            parts.append(Markup("<h4>{}</h4>").format(title))
            parts.append(
                charts.columns(
                    list(map(int, trend.index)),
                    values,
                    labels=labels,
                    name=title,
                    theme=theme,
                    width=340 if narrow else 640,
                    height=150,
                )
            )
        if name == "amount" and grown:
            parts.append(_growth(grown, region, country, text))
    return Markup("").join(parts)


def _growth(grown: Any, region: Item, country: Item, text: Text) -> Markup:
    def said(value: float) -> str:
        return text.percent(value, 0, signed=True)

    return Markup("<p>{}</p>").format(
        text(
            "{since} to {year}: {region} {own}, {country} {whole}.",
            since=grown.since,
            year=grown.year,
            region=text.name(region),
            own=said(grown.region),
            country=text.name(country),
            whole=said(grown.country),
        )
    )


def programme(clusters: pd.DataFrame, release: Release, text: Text) -> Markup:
    """How many clusters are shown, and what the edition says of the others."""
    notes = release.settings.get(f"notes_{text.language}") or release.settings.get("notes_en") or []
    count = text.plural(
        "{count} cluster is published by name.",
        "{count} clusters are published by name.",
        len(clusters),
    )
    return Markup('<p class="lead">{}</p><ul class="notes">{}</ul>').format(
        count, Markup("").join(Markup("<li>{}</li>").format(note) for note in notes[:2])
    )


def map_notes(firms: pd.DataFrame, institutions: pd.DataFrame, text: Text, theme: Theme) -> Markup:
    """What solid and dashed symbols mean, and who is not drawn because no place is known."""
    members = pd.concat([firms, institutions])
    if members.empty:
        return Markup('<p class="none">{}</p>').format(
            text("No firm or institution is known by name.")
        )
    known = members["lon"].notna()
    nowhere = members[~known & ~members["region_code"].notna()]
    seen = institutions["type"].dropna().unique()
    signs = [
        Markup("<span>{}{}</span>").format(
            institution_sign(kind, theme), text(INSTITUTION_TYPES[kind])
        )
        for kind in INSTITUTION_TYPES
        if kind in seen
    ]
    if len(firms):
        signs.insert(
            0,
            Markup("<span>{}{}</span>").format(
                sign(str(firms["symbol"].iloc[0]), theme), text("Firm")
            ),
        )
    words = [
        text.plural(
            "{count} with a town known (solid)",
            "{count} with a town known (solid)",
            int(known.sum()),
        ),
        text.plural(
            "{count} somewhere in its region (dashed)",
            "{count} somewhere in their region (dashed)",
            int((~known).sum()) - len(nowhere),
        ),
    ]
    if len(nowhere):
        words.append(text("not drawn, no place given: {names}", names=text.list(nowhere["name"])))
    return Markup(
        '<div class="legend"><div class="signs">{}</div><p class="quiet">{}</p></div>'
    ).format(Markup("").join(signs), "; ".join(words) + ".")


def sources_list(cluster: Item, sources: Mapping[str, Any], view: MapView, text: Text) -> Markup:
    """Where the cluster's name and rank come from, and its region's figures."""
    return Markup("<p>{}: {}</p><p>{}</p>").format(
        text("Name, place and rank"),
        source_link(cluster.extra.get("source"), sources, text),
        captions.source_line(view, text),
    )
