"""A region in bars: its strongest sectors, its structure beside the country’s, its change."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from atlas.figures import captions, charts
from atlas.figures.palette import Theme
from atlas.figures.panels import Address, link, sector_bars
from atlas.figures.tables import missing
from atlas.model import COUNTED, Item, mark
from atlas.text import Text

#: How many of the strongest sectors are drawn; the table has them all.
STRONGEST = 5
#: How many sectors are named that won, and that lost, most of the regional shift.
NAMED = 2
#: The parts of a change: what they are called here, and in a few words what they are.
PARTS: Mapping[str, tuple[str, str]] = {
    "national_share": (
        mark("National share"),
        mark("had every sector grown like the country as a whole"),
    ),
    "industry_mix": (
        mark("Industry mix"),
        mark("having sectors that grew faster or slower than the country"),
    ),
    "regional_shift": (
        mark("Regional shift"),
        mark("its sectors against the same sectors in the country"),
    ),
}
#: What a part says where it is above zero, and where it is below.
SAID: Mapping[str, tuple[str, str]] = {
    "national_share": (
        mark("Growth like the whole country’s would alone have brought {value}."),
        mark("A change like the whole country’s would alone have cost {value}."),
    ),
    "industry_mix": (
        mark("It leaned to sectors that then grew faster than the country ({value})."),
        mark("It leaned to sectors that then grew more slowly than the country ({value})."),
    ),
    "regional_shift": (
        mark("Its sectors grew faster than the same sectors in the country ({value})."),
        mark("Its sectors grew more slowly than the same sectors in the country ({value})."),
    ),
}
#: Of a paired bar, in its own units: each of the two bars, and the pair with the gap between.
_THICK, _PAIR = 9, 20
#: So many sectors without a figure are named.
_NAMED = 6


def strongest(
    sectors: pd.DataFrame, industries: Mapping[str, Item], text: Text, address: Address,
    theme: Theme, *, measure: str, country: str,
) -> Markup:  # fmt: skip
    """The sectors of a region with more than the country has on average, a bar each.

    ``sectors``: as of a :class:`atlas.analysis.region.RegionView`, the strongest first.
    """
    above = sectors[sectors["location_quotient"] >= 1].head(STRONGEST)
    if above.empty:
        return Markup('<p class="none">{}</p>').format(
            text("No sector has a location quotient of at least 1.")
        )
    said = text("Location quotient; the mark is 1, the country’s average.")
    bars = sector_bars(above, industries, text, address, theme, measure=measure, country=country)
    return Markup('<div class="card"><p class="quiet">{}</p>{}</div>').format(said, bars)


def structure(
    found: Any, industries: Mapping[str, Item], names: tuple[str, str], measure: str, text: Text,
    address: Address, theme: Theme,
) -> Markup:  # fmt: skip
    """Every sector's share of the region's total above its share of the country's.

    ``found``: a :class:`atlas.analysis.region_structure.RegionStructure`; ``names``: of the region
    and of the country; ``measure``: its name. Every pair of bars has its values as words.
    """
    top = float(found.shares.max(axis=None))
    rows = [
        _pair(
            captions.industry_name(industries[str(code)], text), address("map", industry=code),
            (float(row["region"]), float(row["country"])), names, top, text, theme,
        )
        for code, row in found.shares.iterrows()
    ]  # fmt: skip
    keys = Markup("").join(
        Markup('<span><i style="background:{}"></i> {}</span>').format(colour, name)
        for colour, name in zip(_colours(theme), names, strict=True)
    )
    return Markup(
        '<div class="card"><p class="quiet">{}</p><div class="paired">{}</div>'
        '<div class="keys">{}</div><p class="quiet">{}</p></div>'
    ).format(
        _farthest(found.shares, industries, measure, text),
        Markup("").join(rows),
        keys,
        _not_in_it(found, text),
    )


def _pair(
    name: str, target: str, values: tuple[float, float], names: tuple[str, str], top: float,
    text: Text, theme: Theme,
) -> Markup:  # fmt: skip
    said = [text.percent(value) if math.isfinite(value) else text("no data") for value in values]
    spoken = "; ".join(
        text("{region}: {value}", region=place, value=share)
        for place, share in zip(names, said, strict=True)
    )
    bars = Markup("").join(
        Markup('<rect y="{}" width="{:.2f}%" height="{}" rx="1.5" fill="{}"/>').format(
            position * (_PAIR - _THICK), value / top * 100 if top else 0, _THICK, colour
        )
        for position, (value, colour) in enumerate(zip(values, _colours(theme), strict=True))
        if math.isfinite(value)
    )
    own = said[0] if math.isfinite(values[0]) else missing(said[0])
    return Markup(
        '<div>{}</div><svg width="100%" height="{}" role="img" aria-label="{}">{}</svg>'
        '<div class="values" aria-hidden="true">{}<small>{}</small></div>'
    ).format(link(target, name), _PAIR, f"{name}: {spoken}", bars, own, said[1])


def _colours(theme: Theme) -> tuple[str, str]:
    """Of the region and of the country."""
    return theme.accent, theme.missing


def _farthest(
    shares: pd.DataFrame, industries: Mapping[str, Item], measure: str, text: Text
) -> str:
    """What is drawn, and the sectors farthest above and below their share in the country."""
    said = [text("Share of each sector in the total of all sectors ({measure}).", measure=measure)]
    apart = (shares["region"] - shares["country"]).dropna()

    def facts(code: Any) -> dict[str, str]:
        return {
            "sector": captions.industry_name(industries[str(code)], text),
            "points": text.signed(float(apart[code]) * 100, 1),
        }

    if (apart > 0).any():
        highest = facts(apart.idxmax())
        said.append(text("Farthest above the country: {sector} ({points} points).", **highest))
    if (apart < 0).any():
        lowest = facts(apart.idxmin())
        said.append(text("Farthest below the country: {sector} ({points} points).", **lowest))
    return " ".join(said)


def _not_in_it(found: Any, text: Text) -> str:
    """How much of the published total the sectors hold, and which have no figure here."""
    said = [
        text("The sectors with figures hold {share} of its total.", share=text.percent(found.held))
    ]
    named, more = found.absent[:_NAMED], len(found.absent) - _NAMED
    if more > 0:
        said.append(
            text(
                "Not in the figures: {sectors}, and {count} more.",
                sectors=_names(named, text), count=text.number(more),
            )
        )  # fmt: skip
    elif named:
        said.append(text("Not in the figures: {sectors}.", sectors=_names(named, text)))
    return " ".join(said)


def _names(items: Iterable[Item], text: Text) -> str:
    """Names of sectors, which have commas in them, one after the other."""
    return "; ".join(captions.industry_name(item, text) for item in items)


def change(
    found: Any, measure: str, title: str, year: int, text: Text, address: Address, theme: Theme
) -> Markup:
    """The change over ten years in its parts: in words, and as bars on both sides of zero.

    ``found``: a :class:`atlas.analysis.region_structure.RegionStructure`; ``title``: of the
    measure, with its unit.
    """
    shift = found.shift
    if shift is None:
        return Markup('<p class="none">{}</p>').format(
            text(
                "The change cannot be taken apart: there are no figures of the same sectors for"
                " {since}, ten years before.",
                since=found.since,
            )
        )
    low = min(0.0, shift.change, *(value for _, value in shift.parts))
    high = max(0.0, shift.change, *(value for _, value in shift.parts))

    def row(name: Markup | str, about: str, value: float) -> Markup:
        colour = theme.accent if value >= 0 else theme.warning
        drawn = charts.bar(value - low, high - low, colour, mark=-low, start=-low)
        return Markup(
            '<div class="item"><div class="words">{}<small>{}</small></div>{}'
            '<div class="value">{}</div></div>'
        ).format(name, about, drawn, _signed(value, measure, text))

    rows = [
        row(
            link(f"{address('methods')}#{metric.name}", text(PARTS[metric.name][0])),
            text(PARTS[metric.name][1]),
            value,
        )
        for metric, value in shift.parts
    ]
    total = text("Change from {since} to {year}", since=shift.since, year=year)
    counted = text.plural(
        "{count} sector with figures for both years", "{count} sectors with figures for both years",
        shift.sectors,
    )  # fmt: skip
    return Markup(
        '<div class="card change-parts"><p>{}</p>{}<div class="sum">{}</div>'
        '<p class="quiet">{}</p></div>'
    ).format(
        _in_words(shift, measure, text),
        Markup("").join(rows),
        row(Markup("<b>{}</b>").format(total), f"{title}; {counted}", shift.change),
        _behind(shift, measure, text),
    )


def _in_words(shift: Any, measure: str, text: Text) -> str:
    """The parts in sentences, and the sectors that won and lost most of the regional shift."""
    said = [
        text(SAID[metric.name][value < 0], value=_signed(value, measure, text))
        for metric, value in shift.parts
        if value
    ]

    def named(sectors: Iterable[tuple[Item, float]]) -> str:
        return "; ".join(
            f"{captions.industry_name(item, text)} ({_signed(value, measure, text)})"
            for item, value in sectors
        )

    won = [(item, value) for item, value in shift.sectors_shift[:NAMED] if value > 0]
    lost = [(item, value) for item, value in shift.sectors_shift[: -NAMED - 1 : -1] if value < 0]
    if won:
        said.append(text("Won most against the country: {sectors}.", sectors=named(won)))
    if lost:
        said.append(text("Lost most: {sectors}.", sectors=named(lost)))
    return " ".join(said)


def _behind(shift: Any, measure: str, text: Text) -> str:
    """What the parts do not cover: sectors left out, the published totals, rounding."""
    said = []
    if shift.left_out:
        said.append(
            text(
                "Left out, without figures for one of the years: {sectors}.",
                sectors=_names(shift.left_out, text),
            )
        )
    digits = _digits(measure)
    if math.isfinite(shift.published) and round(shift.published - shift.change, digits):
        said.append(
            text(
                "The published totals of all sectors changed by {value}.",
                value=_signed(shift.published, measure, text),
            )
        )
    if round(sum(round(value, digits) for _, value in shift.parts) - shift.change, digits):
        said.append(text("The parts are rounded."))
    return " ".join(said)


def _digits(measure: str) -> int:
    return 0 if measure in COUNTED else 1


def _signed(value: float, measure: str, text: Text) -> str:
    return text.signed(value, _digits(measure))
