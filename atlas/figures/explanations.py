"""Why a figure is what it is, as sentences in the reader's language."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from atlas.figures import captions
from atlas.model import mark
from atlas.names import STATUS_NAMES
from atlas.text import Text

#: The rule of :func:`atlas.metrics.uncertainty.small_count` with its usual thresholds.
SMALL = mark(
    "Few are counted here (under 20, or the interval’s upper end is more than twice its lower):"
    " read this figure with care."
)
#: What the counts at the cuts rest on.
STAYS = mark(
    "What is lost or won changes the totals too; the cuts and the other regions stay as they are."
)
#: What each term of a formula is, with the names of its sector and region.
TERMS: Mapping[str, str] = {
    "region_industry": mark("{industry} in {region}"),
    "region_base": mark("{industry} in {region}, the base"),
    "region_total": mark("{industry} in {region}"),
    "root_industry": mark("{industry} in {region}, the reference"),
    "root_base": mark("{industry} in {region}, base and reference"),
    "region_industry_before": mark("{industry} in {region}, the year before that is compared"),
    "establishments": mark("Establishments of {industry} in {region}"),
    "root_establishments": mark("Establishments of {industry} in {region}"),
    "region_area": mark("Area of {region}, km²"),
    "root_area": mark("Area of {region}, km²"),
    "region_population": mark("Population of {region}"),
    "root_population": mark("Population of {region}"),
}


def amount(name: str, value: float, measure: str, text: Text) -> str:
    """A term's value in its unit's manner, or ``no data``."""
    return captions.value_text(value, "amount", text, measure_of(name, measure) or "employment")


def measure_of(term: str, measure: str) -> str | None:
    """What a term measures: the cell's measure, establishments, or None for area and people."""
    if term.endswith("establishments"):
        return "establishments"
    return None if term.endswith(("_area", "_population")) else measure


def formula(why: Any, text: Text) -> str:
    """The formula with this cell's own numbers: ``(6,287 ÷ 22,695) ÷ (94,848 ÷ 778,005) = 2.27``.

    Written out for the figures that are ratios of terms; the formula in symbols for the others.
    """
    x = {term.name: amount(term.name, term.value, why.measure, text) for term in why.terms}
    x |= _shares({term.name: term.value for term in why.terms}, text)
    written = {
        "amount": "{region_industry}",
        "location_quotient": "({region_industry} ÷ {region_base})"
        " ÷ ({root_industry} ÷ {root_base}) = {region_share} ÷ {root_share}",
        "size": "{region_industry} ÷ {root_industry}",
        "focus": "{region_industry} ÷ {region_total}",
        "growth": "{region_industry} ÷ {region_industry_before} − 1",
        "litzenberger": "({region_industry} ÷ {root_industry}) · ({root_area} ÷ {region_area})"
        " · ({root_population} ÷ {region_population}) · ({establishments} ÷ {root_establishments})",
    }
    shown = written.get(why.metric.name)
    left = shown.format(**x) if shown else why.metric.formula
    if math.isnan(why.value):
        return left
    return f"{left} = {value(why, text)}"


def _shares(x: Mapping[str, float], text: Text) -> dict[str, str]:
    """The two shares that a quotient divides, where both are known."""
    shares = {}
    for place in ("region", "root"):
        part, whole = x.get(f"{place}_industry", math.nan), x.get(f"{place}_base", math.nan)
        shares[f"{place}_share"] = text.percent(part / whole) if whole else "–"
    return shares


def value(why: Any, text: Text) -> str:
    """The figure itself in words."""
    if math.isnan(why.value):
        return captions.missing_text(why.status, text)
    return captions.value_text(why.value, why.metric.unit, text, why.measure)


def sentences(why: Any, text: Text) -> list[str]:
    """Everything a figure rests on, one sentence each, the most important first."""
    release = why.release
    names = {
        "figure": captions.choice_name(
            release, why.metric, why.measure if why.metric.unit == "amount" else None, text
        ),
        "industry": captions.industry_name(why.industry, text),
        "region": text.name(why.region),
        "year": why.year,
    }
    said = [
        text(
            "{figure} of {industry} in {region}, {year}: {value}.",
            value=value(why, text),
            **names,
        ),
        f"{formula(why, text)}.",
    ]
    said.append(against(why, text))
    said += [condition(one, why, text) for one in why.conditions]
    if why.conditions:
        said.append(text(STAYS))
    return said + doubts(why, text) + inputs(why, text)


def against(why: Any, text: Text) -> str:
    """What the figure is measured against, and what is measured."""
    names = {term.name for term in why.terms}
    facts = {
        "reference": text.name(why.reference),
        "measure": captions.measure_name(why.release, text, why.measure),
    }
    if "root_base" in names:
        base = captions.industry_name(why.base, text)
        return text("Base: {base}. Reference: {reference}. Measure: {measure}.", base=base, **facts)
    if any(name.startswith("root_") for name in names):
        return text("Reference: {reference}. Measure: {measure}.", **facts)
    return text("Measure: {measure}.", **facts)


def doubts(why: Any, text: Text) -> list[str]:
    """How far the figure can be trusted: what chance alone would do, whether few are counted."""
    said = []
    if why.interval is not None and all(map(math.isfinite, why.interval)):
        said.append(
            text(
                "By chance alone the location quotient could lie between {low} and {high} (95 %"
                " interval after Clopper and Pearson, each job on its own).",
                low=text.number(why.interval[0], 2),
                high=text.number(why.interval[1], 2),
            )
        )
    if why.small:
        said.append(text(SMALL))
    return said


def crossed(one: Any, why: Any, text: Text) -> dict[str, str]:
    """The count at which a condition is just met, and how far the cell's own is from it."""
    counted = "establishments" if one.figure == "establishments" else "region_industry"
    here = next(term.value for term in why.terms if term.name == counted)
    return {
        "count": amount(counted, one.keeps, why.measure, text),
        "distance": amount(counted, abs(here - one.keeps), why.measure, text),
    }


def condition(one: Any, why: Any, text: Text) -> str:
    """A threshold, what the cell has, and at which count it would cross it."""
    facts = {
        "figure": figure(one, why, text),
        "value": threshold(one, one.value, why, text),
        "cut": threshold(one, one.at, why, text),
        "rule": text(one.rule.title),
    }
    if not math.isfinite(one.keeps):
        if one.met:
            return text("{figure} {value} meets the cut of {cut} ({rule}).", **facts)
        return text("{figure} {value} misses the cut of {cut} ({rule}).", **facts)
    facts |= crossed(one, why, text)
    if one.met:
        return text(
            "{figure} {value} meets the cut of {cut} ({rule}); under {count}, that is {distance}"
            " fewer, it would miss it.",
            **facts,
        )
    return text(
        "{figure} {value} misses the cut of {cut} ({rule}); at {count}, that is {distance} more, it"
        " would meet it.",
        **facts,
    )


def figure(one: Any, why: Any, text: Text) -> str:
    """The name of the figure that a condition is about."""
    if one.metric is not None:
        return text(one.metric.title)
    return captions.measure_name(why.release, text, measure_of(one.figure, why.measure) or "")


def threshold(one: Any, value: float, why: Any, text: Text) -> str:
    """A condition's value or cut in the manner of its figure."""
    if one.metric is not None:
        return captions.value_text(value, one.metric.unit, text, why.measure)
    return amount(one.figure, value, why.measure, text)


def inputs(why: Any, text: Text) -> list[str]:
    """A sentence for each source: what it gave, how much, and how that came about."""
    given: dict[str, list[str]] = {}
    for term in why.terms:
        what = text(
            TERMS[term.name],
            industry=captions.industry_name(term.industry, text),
            region=text.name(term.region),
        )
        value, status = amount(term.name, term.value, why.measure, text), STATUS_NAMES[term.status]
        said = (
            f"{what}: {value} ({text(status)})"
            if math.isfinite(term.value)
            else f"{what}: {text(status)}"
        )
        given.setdefault(origin(term, why, text), []).append(said)
    return [
        text("Source: {source}. {figures}.", source=source, figures="; ".join(said))
        for source, said in given.items()
    ]


def origin(term: Any, why: Any, text: Text) -> str:
    """Whose figure a term is; area and people come with the edition's regions."""
    measured = measure_of(term.name, why.measure)
    if measured is None:
        return text("the edition’s list of regions")
    return captions.source_title(captions.source_of(why.release, measured), text)


def as_data(why: Any) -> dict[str, Any]:
    """The same as plain data: numbers as numbers, codes instead of names, missing as None."""

    def plain(number: float) -> float | None:
        return number if math.isfinite(number) else None

    return {
        "metric": why.metric.name,
        "measure": why.measure,
        "region_code": why.region.code,
        "industry_code": why.industry.code,
        "year": why.year,
        "value": plain(why.value),
        "status": why.status,
        "formula": why.metric.formula,
        "base": why.base.code,
        "reference": why.reference.code,
        "terms": [
            {
                "name": term.name,
                "region_code": term.region.code,
                "industry_code": term.industry.code,
                "value": plain(term.value),
                "status": term.status,
                "source": _source_name(term, why),
            }
            for term in why.terms
        ],
        "thresholds": [
            {
                "rule": one.rule.name,
                "figure": one.figure,
                "value": plain(one.value),
                "threshold": plain(one.at),
                "exceeds": one.over,
                "met": bool(one.met),
                "points": plain(one.value - one.at),
                "reached_at": plain(one.keeps),
            }
            for one in why.conditions
        ],
        "interval": None if why.interval is None else [plain(end) for end in why.interval],
        "small_count": why.small,
    }


def _source_name(term: Any, why: Any) -> str | None:
    """The name, in the manifest, of a term's source; None for what comes with the regions."""
    measured = measure_of(term.name, why.measure)
    found = captions.source_of(why.release, measured).get("name") if measured else None
    return None if found is None else str(found)
