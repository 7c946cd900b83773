"""Clusters side by side as tables: what is recorded, and the sector in each one's region."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from atlas.figures import captions
from atlas.figures.compare_panels import moves
from atlas.figures.palette import Theme
from atlas.figures.panels import Address, link, sign
from atlas.figures.pictograms import FIRM
from atlas.figures.tables import Cell, Column, Row, missing, table
from atlas.model import mark
from atlas.names import STAGES
from atlas.text import Text

_TITLES = {
    2: mark("Two clusters side by side"),
    3: mark("Three clusters side by side"),
    4: mark("Four clusters side by side"),
    5: mark("Five clusters side by side"),
    6: mark("Six clusters side by side"),
}
#: A row: its title, and what it shows of a cluster (empty where nothing is known).
_Rows = Mapping[str, Callable[[Any], Markup | str]]


def heading(view: Any, text: Text) -> str:
    """``Four clusters side by side``."""
    return text(_TITLES[len(view.clusters)])


def lead(view: Any, text: Text) -> Markup:
    """How many of them have an organisation, and what is not recorded of any."""
    with_one = sum(one.organisation is not None for one in view.clusters)
    return Markup('<p class="lead">{} {}</p>').format(
        text(
            "An organisation that runs it is recorded for {count} of {total}.",
            count=with_one,
            total=len(view.clusters),
        ),
        text("What the published list does not say, this page does not guess."),
    )


def recorded(view: Any, text: Text, address: Address, here: Address, theme: Theme) -> Markup:
    """What is recorded of each cluster; what is not known says so."""
    rows: _Rows = {
        text("Rank"): lambda one: _rank(one, view, text),
        text("Region"): lambda one: link(
            address("region", region=one.region.code), text.name(one.region)
        ),
        text("Sector"): lambda one: Markup(", ").join(
            Markup("{} {}").format(item.code, captions.industry_name(item, text))
            for item in one.industries
        ),
        text("Stage"): lambda one: (
            text(STAGES[one.cluster.extra["stage"]])
            if one.cluster.extra.get("stage") in STAGES
            else ""
        ),
        text("Organisation"): lambda one: (
            ""
            if one.organisation is None
            else link(address("cluster", cluster=one.cluster.code), one.organisation["name"])
        ),
        text("Vision"): lambda one: text.name(one.cluster.extra, "vision"),
        text("Action plan"): lambda one: str(one.cluster.extra.get("action_plan_url") or ""),
        text("Firms known by name"): lambda one: text.number(len(one.firms)),
        text("Institutions known by name"): lambda one: text.number(len(one.institutions)),
        text("Single figures published"): lambda one: text.number(len(one.facts)),
    }
    codes = [one.cluster.code for one in view.clusters]
    heads = []
    for position, one in enumerate(view.clusters):
        name = text.name(one.cluster)
        heads.append(
            Markup("{}<br>{}{}").format(
                sign(str(one.cluster.extra.get("symbol", FIRM[0])), theme),
                link(address("cluster", cluster=one.cluster.code), name),
                moves(codes, position, name, "clusters", text, here),
            )
        )
    return _table(view, rows, heads, text, text("What is recorded of the clusters compared"))


def _rank(one: Any, view: Any, text: Text) -> str:
    rank = one.cluster.extra.get("rank")
    if rank is None:
        return ""
    return text("{rank} of {count} published", rank=int(rank), count=view.number)


def sectors(view: Any, text: Text, address: Address) -> Markup:
    """The figures of the wider sector in each one's region, with the caveat that they are not the
    cluster's own."""
    measure = captions.measure_name(view.release, text, view.measure)
    found = [one for one in view.sectors.values() if one is not None]
    if not found:
        return Markup('<p class="none">{}</p>').format(
            text("No sector with published figures contains these clusters.")
        )
    year, since = found[0].year, found[0].since

    def of(name: str, unit: str) -> Callable[[Any], str]:
        def say(one: Any) -> str:
            figures = view.sectors[one.cluster.code]
            value = getattr(figures, name) if figures else math.nan
            return (
                captions.value_text(value, unit, text, view.measure) if math.isfinite(value) else ""
            )

        return say

    rows: _Rows = {
        text("Sector with figures"): lambda one: _wider(one, text, address),
        text("Region"): lambda one: link(
            address("region", region=one.region.code), text.name(one.region)
        ),
        text("Location quotient"): of("location_quotient", "ratio"),
        measure: of("amount", "amount"),
        text("Share of the region’s total"): of("focus", "share"),
        text("{figure} since {year}", figure=text("Growth"), year=since): of("growth", "change"),
    }
    heads = [
        link(address("cluster", cluster=one.cluster.code), text.name(one.cluster))
        for one in view.clusters
    ]
    caption = text("The sectors of the clusters compared, {year}", year=year)
    note = text(
        "Figures exist for whole sectors only ({measure}, {year}). They are not the clusters’ own.",
        measure=measure,
        year=year,
    )
    return Markup('<p class="quiet">{}</p>{}').format(
        note, _table(view, rows, heads, text, caption, empty=text("no data"))
    )


def _wider(one: Any, text: Text, address: Address) -> Markup | str:
    item = one.with_figures
    if item is None:
        return ""
    target = address("map", industry=item.code, region=one.region.code)
    return link(target, captions.industry_name(item, text))


def _table(
    view: Any, rows: _Rows, heads: list[Markup], text: Text, caption: str, *,
    empty: str | None = None,
) -> Markup:  # fmt: skip
    columns = [
        Column(text("What"), text=True, sortable=False),
        *(Column(head, text=True, sortable=False) for head in heads),
    ]
    words = missing(empty or text("not known"))
    body = [
        Row([Cell(name, name), *(Cell(show(one) or words) for one in view.clusters)])
        for name, show in rows.items()
    ]
    return Markup('<div class="compared clusters" style="--n:{}">{}</div>').format(
        len(view.clusters), table(columns, body, text, caption=caption)
    )


def sources(view: Any, text: Text) -> Markup:
    """Where the clusters' names and ranks come from, and the sectors' figures."""
    known = {source["name"]: source for source in view.release.manifest.get("sources", [])}
    names = dict.fromkeys(one.cluster.extra.get("source") for one in view.clusters)
    said = [
        text("Clusters: {source}.", source=captions.source_title(known[name], text))
        for name in names
        if name in known
    ]
    source = captions.source_of(view.release, view.measure)
    said.append(text("Figures: {source}.", source=captions.source_title(source, text)))
    return Markup('<p class="quiet">{}</p>').format(" ".join(said))
