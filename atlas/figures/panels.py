"""What stands beside and under the map, as HTML: legend, region's figures, regions' table."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from atlas.figures import captions, charts
from atlas.figures.palette import Theme, ramp
from atlas.figures.pictograms import FIRM, INSTITUTION_TYPES, pictogram_uri
from atlas.figures.tables import missing
from atlas.figures.time_chart import trend_chart
from atlas.model import Item, MapView
from atlas.text import Text

#: Makes the address of a view: ``address("region", region="GE-KA")``.
Address = Callable[..., str]


def variables(theme: Theme) -> str:
    """The theme as CSS variables for the style sheet."""
    names = {
        "page": theme.page, "panel": theme.panel, "head": theme.table_head,
        "selected": theme.selected_row, "border": theme.border, "input": theme.input_border,
        "text": theme.text, "second": theme.second, "missing": theme.missing,
        "accent": theme.accent, "warning": theme.warning, "neighbour": theme.neighbour,
        "track": theme.hatch_ground, "pale": ramp("sequential", 5, theme=theme.name)[1],
    }  # fmt: skip
    return "".join(f"--a-{name}:{colour};" for name, colour in names.items())


def link(address: str, name: Any) -> Markup:
    """A link inside the atlas."""
    # Dozens to a page: a format of Markup takes three times as long.
    return Markup(f'<a href="{escape(address)}">{escape(name)}</a>')  # noqa: S704 (escaped)


def sign(name: str, theme: Theme, *, disc: str | None = None, ink: str | None = None) -> Markup:
    """A pictogram on its disc, beside words that say the same."""
    address = pictogram_uri(name, disc=disc or theme.disc, ink=ink or theme.disc_ink)
    return Markup('<img src="{}" alt="" width="26" height="26">').format(address)


def institution_sign(kind: str, theme: Theme) -> Markup:
    """The pictogram of a type of institution."""
    name, disc = INSTITUTION_TYPES.get(kind, FIRM)
    return sign(name, theme, disc=disc, ink="#FFFFFF")


def figure_card(
    name: str,
    value: Markup | str,
    change: str,
    since: int,
    text: Text,
    trend: list[float] | None = None,
) -> Markup:
    """One figure large, with its change since a year and its line through the years."""
    said = (
        Markup('<div class="change"><b>{}</b> {}</div>').format(
            change, text("since {year}", year=since)
        )
        if change
        else Markup("")
    )
    return Markup(
        '<div class="card"><div class="name">{}</div><div class="row"><div class="figure">{}</div>'
        "{}</div>{}</div>"
    ).format(name, value, charts.sparkline(trend or [], area=True), said)


def region_cards(view: MapView, row: Mapping[str, Any], text: Text) -> Markup:
    """The four figures of a region with their change; the two that mean something for the
    country."""
    country = text.name(view.root)
    amount = captions.measure_name(view, text, view.measure)
    if row is view.country:
        titles = {"amount": amount, "focus": text("Share of the country’s total")}
    else:
        titles = {
            "location_quotient": text("Location quotient"),
            "amount": amount,
            "focus": text("Share of the region’s total"),
            "size": text("Share of the sector in {country}", country=country),
        }
    cards = []
    for name, title in titles.items():
        unit = {"location_quotient": "ratio", "amount": "amount"}.get(name, "share")
        value, then = float(row[name]), float(row[f"{name}_then"])
        shown = (
            captions.value_text(value, unit, text, view.measure)
            if captions.is_number(value)
            else missing(captions.missing_text(str(row[f"{name}_status"]), text))
        )
        trend = row["trend"] if name == view.metric.name else None
        change = _change(value, then, unit, text) if view.since < view.year else ""
        cards.append(figure_card(title, shown, change, view.since, text, trend))
    return Markup('<div class="cards">{}</div>').format(Markup("").join(cards))


def _change(value: float, then: float, unit: str, text: Text) -> str:
    if not (math.isfinite(value) and math.isfinite(then)):
        return ""
    if unit == "ratio":
        return text.signed(value - then, 2)
    if unit == "share":
        return text("{points} points", points=text.signed((value - then) * 100, 1))
    return text.percent(value / then - 1, 0, signed=True) if then else ""


def sector_bars(
    sectors: pd.DataFrame, items: Mapping[str, Item], text: Text, address: Address, theme: Theme,
    *, measure: str, country: str | None = None,
) -> Markup:  # fmt: skip
    """Sectors by location quotient, a bar each with a mark at 1, and the figure behind it; with
    the name of the ``country`` also the region's share of the sector there."""
    rows = []
    colours = ramp("diverging", 5, theme=theme.name)
    largest = float(sectors["location_quotient"].max()) if len(sectors) else 1.0
    for code, row in sectors.iterrows():
        value = float(row["location_quotient"])
        if not math.isfinite(value):
            continue
        fill = colours[sum(value >= edge for edge in (0.5, 0.8, 1.25, 2.0))]
        amount = captions.value_text(row["amount"], "amount", text, measure)
        if country and math.isfinite(row["size"]):
            share = text.percent(float(row["size"]))
            amount = text(
                "{amount}, {share} of the sector in {country}",
                amount=amount,
                share=share,
                country=country,
            )
        rows.append(
            Markup(
                '<div class="item"><div class="words">{}<small>{}</small></div>{}'
                '<div class="value">{}</div></div>'
            ).format(
                link(address("map", industry=code), captions.industry_name(items[str(code)], text)),
                amount,
                charts.bar(value, max(largest, 1.2), fill, mark=1.0),
                text.number(value, 2),
            )
        )
    return Markup("").join(rows)


def rank_text(rank: Any, text: Text) -> str:
    """``rank 1 of those published``, nothing for a cluster without a rank."""
    return (
        text("rank {rank} of those published", rank=int(rank)) if captions.is_number(rank) else ""
    )


def cluster_items(
    clusters: Sequence[Mapping[str, Any]], text: Text, address: Address, theme: Theme
) -> Markup:
    """Clusters as a short list: symbol, name as a link, published rank."""
    return Markup("").join(
        Markup('<div class="item">{}<div class="words">{}<small>{}</small></div></div>').format(
            sign(str(cluster["symbol"]), theme),
            link(address("cluster", cluster=cluster["cluster_id"]), text.name(cluster)),
            rank_text(cluster["rank"], text),
        )
        for cluster in clusters
    )


def copy_button(address: str, text: Text) -> Markup:
    """A button that copies the address of this view, its release included."""
    return Markup(
        '<button type="button" class="copy" data-copy="{}" data-done="{}">'
        "<span data-said>{}</span></button>"
    ).format(address, text("Copied"), text("Copy link"))


def paper_link(address: str, text: Text, *, paper: bool) -> Markup:
    """The way to the view for paper, or back from it."""
    name = text("← Back to the page") if paper else text("Print view")
    return Markup('<a class="button" href="{}">{}</a>').format(address, name)


def print_button(text: Text) -> Markup:
    """A button that prints the page, or keeps it as a PDF."""
    return Markup('<button type="button" class="copy" data-print>{}</button>').format(text("Print"))


def lead_line(lead: Markup, view: MapView, selected: str | None, clear: str, text: Text) -> Markup:
    """The lead sentence, and what is selected with a way to clear it."""
    chip = Markup("")
    if selected:
        chip = Markup('<a class="chip on" href="{}" title="{}">{} ✕</a>').format(
            clear,
            text("Clear the selection"),
            text("Selected: {region}", region=text.name(view.items[selected])),
        )
    return Markup('<div class="top"><p class="lead">{}</p>{}</div>').format(lead, chip)


def region_panel(
    view: MapView, code: str, why: Markup, sectors: pd.DataFrame,
    items: Mapping[str, Item], text: Text, address: Address, theme: Theme, *,
    links: Sequence[Markup],
) -> Markup:  # fmt: skip
    """The selected region: its rank, figures, ``why`` the drawn one is what it is, through the
    years, its clusters and strongest sectors (``sectors``: strongest first). ``links``: what else
    can be done with it."""
    region, row = text.name(view.items[code]), view.regions.loc[code]
    clusters = [one for one in view.cluster_rows if one["region_code"] == code]
    parts = [
        Markup('<h3>{}</h3><p class="links">{}</p><p class="quiet">{}</p>{}{}{}<h4>{}</h4>').format(
            region,
            Markup(" ").join(links),
            _rank_in_map(view, code, text),
            region_cards(view, row, text),
            why,
            trend_chart(view, row["trend"], region, text),
            text("Clusters in {region}", region=region),
        ),
        cluster_items(clusters, text, address, theme)
        if clusters
        else Markup('<p class="none">{}</p>').format(text("No cluster here is published by name.")),
    ]
    strongest = sectors[sectors["location_quotient"].notna()].head(5)
    if len(strongest):
        parts += [
            Markup("<h4>{}</h4>").format(text("Five strongest sectors, by location quotient")),
            sector_bars(
                strongest, items, text, lambda page, **words: address(page, region=code, **words),
                theme, measure=view.measure,
            ),
        ]  # fmt: skip
    return Markup('<div class="panel">{}</div>').format(Markup("").join(parts))


def _rank_in_map(view: MapView, code: str, text: Text) -> str:
    known = view.regions["value"].notna()
    if not known[code]:
        return captions.missing_text(str(view.regions.at[code, "status"]), text)
    place = int(view.regions.index[known].get_loc(code)) + 1
    return text("No. {place} of {count} regions with data", place=place, count=int(known.sum()))


def country_panel(view: MapView, text: Text, address: Address, theme: Theme) -> Markup:
    """The whole country, or the region whose parts are drawn, as long as none is selected."""
    name, clusters = text.name(view.within or view.root), view.cluster_rows
    if view.within:
        inside = {view.within.code, *view.values}
        clusters = [one for one in clusters if one["region_code"] in inside]
    return Markup(
        '<div class="panel"><h3>{}</h3><p class="quiet">{}</p>{}{}<h4>{}</h4>{}</div>'
    ).format(
        name,
        text("Click a region on the map or in the table to see its figures."),
        region_cards(view, view.around or view.country, text),
        _trend_of_whole(view, name, text),
        text("Clusters published by name"),
        cluster_items(clusters, text, address, theme)
        if clusters
        else Markup('<p class="none">{}</p>').format(text("No cluster here is published by name.")),
    )


def _trend_of_whole(view: MapView, name: str, text: Text) -> Markup:
    """What is drawn over the years, or the amounts where the country's own figure is always 1."""
    if not view.within and "amount_trend" in view.country:
        return trend_chart(view, view.country["amount_trend"], name, text, amounts=True)
    return trend_chart(view, (view.around or view.country)["trend"], name, text)


def footnotes(view: MapView, text: Text) -> Markup:
    """Source, what the figures do not cover, and the disclaimer, under every map."""
    lines = [captions.source_line(view, text)]
    covered = captions.coverage(view.release, text)
    lines += [covered] if covered else []
    lines.append(text(captions.DISCLAIMER))
    return Markup('<p class="quiet">{}</p>').format(" ".join(lines))


def boundary_note(text: Text) -> Markup:
    """The disclaimer under a map that shows no figures."""
    return Markup('<p class="quiet">{}</p>').format(text(captions.DISCLAIMER))
