"""Why a figure is what it is, as sentences in the reader's language."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from atlas.figures import captions
from atlas.model import STATUS_NAMES, mark
from atlas.text import Text

#: What each term of a formula is, with the names of its sector and region.
TERMS: Mapping[str, str] = {
    "region_industry": mark("{industry} in {region}"),
    "region_base": mark("{industry} in {region}, the base"),
    "region_total": mark("{industry} in {region}"),
    "root_industry": mark("{industry} in {region}, the reference"),
    "root_base": mark("{industry} in {region}, base and reference"),
    "region_industry_before": mark("{industry} in {region}, ten years before"),
    "establishments": mark("Establishments of {industry} in {region}"),
}

RULE_NAMES: Mapping[str, str] = {
    "statsamerica": mark("the StatsAmerica rule"),
    "observatory_stars": mark("European Cluster Observatory"),
}


def amount(value: float, measure: str, text: Text) -> str:
    """A term's value in its unit's manner, or ``no data``."""
    return captions.value_text(value, "amount", text, measure)


def formula(why: Any, text: Text) -> str:
    """The formula with this cell's own numbers: ``(6,287 ÷ 22,695) ÷ (94,848 ÷ 778,005) = 2.27``.

    Written out for the figures that are ratios of terms; the formula in symbols for the others.
    """
    x = {term.name: amount(term.value, why.measure, text) for term in why.terms}
    written = {
        "amount": "{region_industry}",
        "location_quotient": "({region_industry} ÷ {region_base})"
        " ÷ ({root_industry} ÷ {root_base})",
        "size": "{region_industry} ÷ {root_industry}",
        "focus": "{region_industry} ÷ {region_total}",
        "growth": "{region_industry} ÷ {region_industry_before} − 1",
    }
    shown = written.get(why.metric.name)
    left = shown.format(**x) if shown else why.metric.formula
    if math.isnan(why.value):
        return left
    return f"{left} = {value(why, text)}"


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
    if len(why.terms) > 1:
        said.append(
            text(
                "Base: {base}. Reference: {reference}. Measure: {measure}.",
                base=captions.industry_name(why.base, text),
                reference=text.name(why.reference),
                measure=captions.measure_name(release, text, why.measure),
            )
        )
    said += [_cut(cut, why, text) for cut in why.cuts if math.isfinite(cut.keeps)]
    if why.interval is not None and all(map(math.isfinite, why.interval)):
        said.append(
            text(
                "By chance alone it could lie between {low} and {high} (95 % interval after Clopper"
                " and Pearson, each job on its own).",
                low=text.number(why.interval[0], 2),
                high=text.number(why.interval[1], 2),
            )
        )
    if why.small:
        said.append(text("Few are counted here: read this figure with care."))
    said += [_origin(term, why, text) for term in why.terms]
    return said


def _cut(cut: Any, why: Any, text: Text) -> str:
    here = why.terms[0].value
    facts = {
        "cut": text.number(cut.at, 2),
        "count": amount(cut.keeps, why.measure, text),
        "distance": amount(abs(here - cut.keeps), why.measure, text),
        "rule": text(RULE_NAMES[cut.rule]),
    }
    if here >= cut.keeps:
        return text(
            "It is above the cut of {cut} ({rule}) and would fall below it under {count}, that is"
            " {distance} fewer; what is lost leaves the totals too.",
            **facts,
        )
    return text(
        "It is below the cut of {cut} ({rule}) and would reach it at {count}, that is {distance}"
        " more; what is won joins the totals too.",
        **facts,
    )


def _origin(term: Any, why: Any, text: Text) -> str:
    """One input: what it is, how much, and how it came about."""
    source = captions.source_of(why.release, why.measure)
    return text(
        "{what}: {value}, {status} ({source}).",
        what=text(
            TERMS[term.name],
            industry=captions.industry_name(term.industry, text),
            region=text.name(term.region),
        ),
        value=amount(term.value, why.measure, text),
        status=text(STATUS_NAMES[term.status]),
        source=captions.source_title(source, text),
    )


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
                "source": captions.source_of(why.release, why.measure).get("name"),
            }
            for term in why.terms
        ],
        "thresholds": [
            {
                "rule": cut.rule,
                "location_quotient": cut.at,
                "reached_at": plain(cut.keeps),
                "distance": plain(why.terms[0].value - cut.keeps),
            }
            for cut in why.cuts
        ],
        "interval": None if why.interval is None else [plain(end) for end in why.interval],
        "small_count": why.small,
    }
