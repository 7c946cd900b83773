"""A comparison in words: its heading, its lead, and a paragraph for each region."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from atlas.figures import captions
from atlas.figures.compare_panels import sector_link
from atlas.figures.compare_table import title, with_unit
from atlas.figures.panels import Address, link
from atlas.figures.scales import QUOTIENT_BREAKS
from atlas.model import Item, mark
from atlas.text import Text

_TITLES = {
    2: mark("Two regions side by side, {year}"),
    3: mark("Three regions side by side, {year}"),
    4: mark("Four regions side by side, {year}"),
    5: mark("Five regions side by side, {year}"),
    6: mark("Six regions side by side, {year}"),
}
#: From this quotient on a sector is one that a region stands on (a class break of the map).
_STANDS = QUOTIENT_BREAKS[2]
#: The sentence on the region with the most and with the least of a figure.
_EXTREMES: Mapping[str, tuple[str, str]] = {
    "growth": (
        mark("It grew most of those compared since {since}: {value} ({measure})."),
        mark("It grew least of those compared since {since}: {value} ({measure})."),
    ),
    "decline": (
        mark("It shrank least of those compared since {since}: {value} ({measure})."),
        mark("It shrank most of those compared since {since}: {value} ({measure})."),
    ),
    "turnover_per_person": (
        mark("It has the highest turnover per person employed ({value})."),
        mark("It has the lowest turnover per person employed ({value})."),
    ),
    "equivalent_number": (
        mark("Its economy is the most mixed of those compared ({value} equivalent sectors)."),
        mark("Its economy is the least mixed of those compared ({value} equivalent sectors)."),
    ),
    "krugman_rest": (
        mark("It differs most from the rest of the country (Krugman index {value})."),
        mark("It differs least from the rest of the country (Krugman index {value})."),
    ),
}
#: Of the edition's own figures, only those in which more or less is plainly better.
_OWN = (
    mark("{figure}: the highest of those compared ({value})."),
    mark("{figure}: the lowest of those compared ({value})."),
)


def heading(view: Any, text: Text) -> str:
    """``Four regions side by side, 2022``."""
    return text(_TITLES[len(view.regions)], year=view.year)


def lead(view: Any, text: Text, address: Address) -> Markup:
    """Which sector sets them apart most, and who is like whom in structure."""
    said = [*_apart(view, text, address), *_alike(view, text, address)]
    if not said:
        said = [text.html("No two of these regions have figures for {year}.", year=view.year)]
    return Markup('<p class="lead">{}</p>').format(Markup(" ").join(said))


def _region(region: Item, text: Text, address: Address) -> Markup:
    return link(address("region", region=region.code), text.name(region))


def _list(parts: Iterable[Markup], text: Text) -> Markup:
    return Markup(text.list(map(str, parts)))  # noqa: S704 (parts are Markup)


def _apart(view: Any, text: Text, address: Address) -> list[Markup]:
    apart = view.quotients[view.quotients.notna().sum(axis=1) >= 2]
    if apart.empty:
        return []
    values = apart.iloc[0].dropna().sort_values(ascending=False, kind="stable")
    items = {region.code: region for region in view.regions}
    first, *others = (
        (_region(items[str(code)], text, address), text.number(value, 2))
        for code, value in values.items()
    )
    rest = [Markup("{} ({})").format(region, value) for region, value in others]
    return [
        text.html(
            "{sector} sets them apart most: {region} ({value} times the national share), {others}.",
            sector=sector_link(view, str(apart.index[0]), text, address),
            region=first[0],
            value=first[1],
            others=_list(rest, text),
        )
    ]


def _alike(view: Any, text: Text, address: Address) -> list[Markup]:
    if not view.pairs:
        return []
    near, far = view.pairs[0], view.pairs[-1]
    counts = sorted({near.sectors, far.sectors})
    facts = {
        "low": text.number(near.index, 2),
        "high": text.number(far.index, 2),
        "measure": captions.measure_name(view.release, text, view.measure),
        "sectors": "–".join(map(str, counts)),
    }
    if near is far:
        sentence = mark(
            "The structures of {one} and {other} differ by {low} (Krugman index, 0: alike, 2:"
            " nothing in common; {measure}, {sectors} sectors)."
        )
    else:
        sentence = mark(
            "In structure {one} and {other} are the most alike, {third} and {fourth} the least"
            " (Krugman index {low} and {high}; 0: alike, 2: nothing in common; {measure},"
            " {sectors} sectors)."
        )
    names = [near.one, near.other, far.one, far.other]
    regions = {
        word: _region(region, text, address)
        for word, region in zip(("one", "other", "third", "fourth"), names, strict=True)
    }
    return [text.html(sentence, **facts, **regions)]


def paragraphs(view: Any, text: Text, address: Address) -> Markup:
    """What each region stands on, and in what it is first or last of those compared."""
    said = []
    for region in view.regions:
        sentences = [_stands_on(view, region, text, address), *_extremes(view, region, text)]
        said.append(Markup("<p>{}</p>").format(Markup(" ").join(sentences)))
    return Markup('<div class="panel words">{}</div>').format(Markup("").join(said))


def _stands_on(view: Any, region: Item, text: Text, address: Address) -> Markup:
    name = Markup("<b>{}</b>").format(_region(region, text, address))
    quotients = view.quotients[region.code].dropna().sort_values(ascending=False, kind="stable")
    if quotients.empty:
        return text.html("{region}: no figures for {year}.", region=name, year=view.year)
    first = quotients[quotients >= _STANDS].head(2)
    sectors = [
        Markup("{} ({})").format(
            sector_link(view, str(code), text, address, region=region.code),
            text.number(value, 2),
        )
        for code, value in (first if len(first) else quotients.head(1)).items()
    ]
    if first.empty:
        return text.html(
            "{region} has no sector far above the national share; the nearest is {sector}.",
            region=name,
            sector=sectors[0],
        )
    share = view.share(region.code, list(first.index))
    sentence = (
        mark("{region} stands on {sectors}: together {share} of its total.")
        if len(first) > 1
        else mark("{region} stands on {sectors}: {share} of its total.")
    )
    return text.html(
        sentence, region=name, sectors=_list(sectors, text), share=text.percent(share, 0)
    )


def _extremes(view: Any, region: Item, text: Text) -> list[Markup]:
    """Sentences on the figures of which the region has the most or the least."""
    said = []
    for figure in view.figures:
        value = figure.values[region.code]
        shrank = figure.name == "growth" and value < 0
        both = _EXTREMES.get("decline" if shrank else figure.name)
        if figure.about.get("better"):
            both = _OWN
        known = [figure.values[c] for c in view.codes if math.isfinite(figure.values[c])]
        if both is None or len(set(known)) < 2 or value not in (max(known), min(known)):
            continue
        measure = captions.measure_name(view.release, text, figure.measure or view.measure)
        said.append(
            text.html(
                both[0] if value == max(known) else both[1],
                value=with_unit(figure, value, text),
                since=figure.since,
                measure=measure,
                figure=title(figure, view.release, text),
            )
        )
    return said
