"""Beside a region: those most like it, its neighbours, what it lacks, its structure in figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from atlas.figures import captions
from atlas.figures.panels import Address, link
from atlas.model import mark
from atlas.text import Text

#: How the figures of a whole structure are written: digits, and a unit around them, if any.
FORMS: Mapping[str, tuple[int, str]] = {
    "equivalent_number": (1, mark("{value} sectors")),
    "krugman_rest": (2, ""),
    "entropy": (2, mark("{value} bits")),
    "related_variety": (2, mark("{value} bits")),
}


def similar(peers: Any, measure: str, year: int, text: Text, address: Address) -> Markup:
    """The regions most like one with the measure of it, and its neighbours.

    ``peers``: a :class:`atlas.analysis.peers.Peers`; ``measure``: its name.
    """
    rows = [
        Markup(
            '<div class="item"><div class="words">{}<small>{}</small></div>'
            '<div class="value">{}</div></div>'
        ).format(
            link(address("region", region=pair.other.code), text.name(pair.other)),
            text.plural("over {count} sector", "over {count} sectors", pair.sectors),
            text.number(pair.index, 2),
        )
        for pair in peers.similar
    ]
    how = text(
        "Krugman index between the two: the sum of the absolute differences of their sectors’"
        " shares. 0: the same, 2: nothing in common ({measure}, {year}).",
        measure=measure,
        year=year,
    )
    alike = (
        Markup('<p class="quiet">{}</p>{}').format(how, Markup("").join(rows))
        if rows
        else Markup('<p class="none">{}</p>').format(
            text("Without figures it cannot be compared with other regions.")
        )
    )
    return Markup('<div class="panel"><h3>{}</h3>{}<h4>{}</h4>{}</div>').format(
        text("Most similar regions"), alike, text("Neighbours"), _neighbours(peers, text, address)
    )


def _neighbours(peers: Any, text: Text, address: Address) -> Markup:
    if not peers.neighbours:
        return Markup('<p class="none">{}</p>').format(
            text("No other region shares a border with it.")
        )
    names = [link(address("region", region=i.code), text.name(i)) for i in peers.neighbours]
    return Markup("<p>{}</p>").format(
        text.html(
            "It shares a border with {regions}.",
            regions=Markup(text.list(map(str, names))),  # noqa: S704 (escaped above)
        )
    )


def lacks(peers: Any, rule: Mapping[str, float], text: Text, address: Address) -> Markup:
    """The sectors that a region lacks against those like it, with the rule.

    ``rule``: ``agreed`` of the ``peers`` most similar are ``strong``, the region below ``lacking``.
    """
    if len(peers.similar) < rule["agreed"]:
        return Markup('<p class="none">{}</p>').format(
            text(
                "Fewer than {count} other regions have figures to compare with it.",
                count=int(rule["agreed"]),
            )
        )
    said = text(
        "Sectors in which at least {agreed} of its {peers} most similar regions have a location"
        " quotient of at least {strong} and it has less than {lacking}. That they fit there does"
        " not say that they would here.",
        agreed=int(rule["agreed"]),
        peers=len(peers.similar),
        strong=text.number(rule["strong"], 0),
        lacking=text.number(rule["lacking"], 1),
    )
    rows = [
        Markup(
            '<div class="item"><div class="words">{}<small>{}</small></div>'
            '<div class="value">{}</div></div>'
        ).format(
            link(
                address("map", industry=lack.sector.code),
                captions.industry_name(lack.sector, text),
            ),
            text.list(
                text("{region}: {value}", region=text.name(item), value=text.number(value, 2))
                for item, value in lack.strong
            ),
            text.number(lack.quotient, 2),
        )
        for lack in peers.lacks
    ]
    none = Markup("<p>{}</p>").format(text("By this rule it lacks no sector."))
    untold = Markup("")
    if peers.untold:
        untold = Markup('<p class="quiet">{}</p>').format(
            text(
                "They are strong in these too, of which it has no figure: {sectors}.",
                sectors="; ".join(captions.industry_name(item, text) for item in peers.untold),
            )
        )
    return Markup('<div class="card"><p class="quiet">{}</p>{}{}</div>').format(
        said, Markup("").join(rows) or none, untold
    )


def whole(found: Any, text: Text, address: Address) -> Markup:
    """The figures of the whole structure, each leading to its formula; empty where there are none.

    ``found``: a :class:`atlas.analysis.region_structure.RegionStructure`.
    """
    if not found.whole:
        return Markup("")
    rows = []
    for one in found.whole:
        digits, form = FORMS[one.metric.name]
        value = text.number(one.value, digits)
        about = text(
            "regions: {low} to {high}",
            low=text.number(one.low, digits),
            high=text.number(one.high, digits),
        )
        rows.append(
            Markup(
                '<div class="item"><div class="words">{}<small>{}</small></div>'
                '<div class="value">{}</div></div>'
            ).format(
                link(f"{address('methods')}#{one.metric.name}", text(one.metric.title)),
                f"{text(one.metric.direction)}; {about}",
                text(form, value=value) if form else value,
            )
        )
    note = Markup("")
    if any(one.partial for one in found.whole):
        note = Markup('<p class="quiet">{}</p>').format(
            text("Over the sectors that have a figure; the others are left out, not taken as zero.")
        )
    return Markup('<div class="panel figures"><h3>{}</h3>{}{}</div>').format(
        text("Structure in figures"), Markup("").join(rows), note
    )
