"""The lead: one or two sentences that say what a map shows, from the data."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from atlas.figures.captions import figure_name, industry_name, missing_text, shown
from atlas.model import Item, MapView, mark
from atlas.text import Text

Link = Callable[[Item], Any]
#: The values there are by region, the highest first.
Known = Mapping[str, float]


def lead(view: MapView, text: Text, link: Link | None = None) -> Markup:
    """The map in words, as HTML; ``link`` makes a region's name a link (plain text without)."""
    name = link or text.name
    known = {code: value for code, value in view.values.items() if not math.isnan(value)}
    said: list[Markup] = []
    if not known:
        said.append(text.html("No region has a figure for this choice."))
    else:
        say = _called if view.scale.kind == "steps" else _extremes
        said.append(say(view, known, text, name))
        said += _below(view, known, text, name)
    for status, codes in _without(view):
        names = [str(Markup.escape(name(view.items[code]))) for code in codes]
        regions = Markup(text.list(names))  # noqa: S704 (escaped above)
        said.append(Markup("{}: {}.").format(regions, missing_text(status, text)))
    return Markup(" ").join(said)


#: A figure's own sentence on its two highest regions, and on the highest alone. The latter also
#: stands where the second lies below the figure's threshold.
_HIGHEST: Mapping[str, tuple[str, str]] = {
    "location_quotient": (
        mark(
            "{industry}: most concentrated in {first} ({value} times the national share) and"
            " {second} ({other})."
        ),
        mark("{industry}: most concentrated in {first} ({value} times the national share)."),
    ),
    "size": (
        mark("{first} holds {value} of the country’s sector, {second} {other}."),
        mark("{first} holds {value} of the country’s sector."),
    ),
    "focus": (
        mark(
            "{industry}: largest part of the region’s total in {first} ({value}) and {second}"
            " ({other})."
        ),
        mark("{industry}: largest part of the region’s total in {first} ({value})."),
    ),
    "growth": (
        mark("{industry}: grew most in {first} ({value}) and {second} ({other})."),
        mark("{industry}: grew most in {first} ({value})."),
    ),
}
_DEFAULT = (
    mark("{figure}: most in {first} ({value}) and {second} ({other})."),
    mark("{figure}: {first} {value}."),
)
#: Where "concentrated" and "grew" begin.
_THRESHOLDS: Mapping[str, float] = {"location_quotient": 1.0, "growth": 0.0}


def _called(view: MapView, known: Known, text: Text, name: Link) -> Markup:
    """Where a rule sees a cluster, or most of its stars."""
    best = next(iter(known.values()))
    if not best:
        return text.html("{figure}: in no region with data.", figure=figure_name(view, text))
    codes = [code for code, value in known.items() if value == best]
    names = [str(Markup.escape(name(view.items[code]))) for code in codes]
    return text.html(
        "{figure}: {value} in {count} of {total} regions with data: {regions}.",
        figure=figure_name(view, text),
        value=shown(view, best, text),
        count=text.number(len(codes)),
        total=text.number(len(known)),
        regions=Markup(text.list(names)),  # noqa: S704 (escaped above)
    )


def _extremes(view: MapView, known: Known, text: Text, name: Link) -> Markup:
    first, value = next(iter(known.items()))
    threshold = _THRESHOLDS.get(view.metric.name, -math.inf)
    both, alone = _HIGHEST.get(view.metric.name, _DEFAULT) if value >= threshold else _DEFAULT
    facts: dict[str, Any] = {
        "industry": industry_name(view.industry, text),
        "first": name(view.items[first]),
        "value": shown(view, value, text),
        "figure": figure_name(view, text),
    }
    named = [code for code in known if value < threshold or known[code] >= threshold]
    if len(named) < 2:
        return text.html(alone, **facts)
    other = shown(view, known[named[1]], text)
    return text.html(both, second=name(view.items[named[1]]), other=other, **facts)


def _below(view: MapView, known: Known, text: Text, name: Link) -> list[Markup]:
    """The sentence on those below the country's share, or those that shrank."""
    threshold = _THRESHOLDS.get(view.metric.name)
    if threshold is None:
        return []
    below = [code for code, value in known.items() if value < threshold]
    shrank = view.metric.name == "growth"
    if len(below) == 1:
        code = below[0]
        sentence = (
            mark("Only {region} shrank ({value}).")
            if shrank
            else mark("Only {region} lies below the national share ({value}).")
        )
        return [
            text.html(
                sentence,
                region=name(view.items[code]),
                value=shown(view, known[code], text),
            )
        ]
    if not below:
        sentence = (
            mark("No region shrank.")
            if shrank
            else mark("No region lies below the national share.")
        )
        return [text.html(sentence)]
    sentence = (
        mark("{count} of {total} regions with data shrank.")
        if shrank
        else mark("{count} of {total} regions with data lie below the national share.")
    )
    return [text.html(sentence, count=text.number(len(below)), total=text.number(len(known)))]


def _without(view: MapView) -> list[tuple[str, list[str]]]:
    """Regions without a value, by status; at most three of each are named."""
    groups: dict[str, list[str]] = {}
    for code, value in view.values.items():
        if math.isnan(value):
            groups.setdefault(view.statuses[code], []).append(code)
    return [(status, codes) for status, codes in sorted(groups.items()) if len(codes) <= 3]
