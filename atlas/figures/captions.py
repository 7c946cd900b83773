"""The words around a map: names, heading, lead sentence, values and sources, from the data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from atlas.model import MEASURE_NAMES, STATUS_NAMES, Item, MapView, Metric, Release, mark
from atlas.text import Text

Link = Callable[[Item], Any]

#: Measures that are counts of people or firms: no decimals, and their name says the unit.
COUNTED = ("employment", "establishments")

DISCLAIMER = mark("Boundaries and names shown do not imply endorsement or acceptance.")


def industry_name(item: Item, text: Text) -> str:
    """A sector's name as people say it: the edition's short name, else the full one."""
    short = item.extra.get(f"short_{text.language}") or item.extra.get("short_en")
    return str(short) if short else text.name(item)


def measure_name(view_or_release: MapView | Release, text: Text, measure: str) -> str:
    """A measure's name: the edition's own, else the usual one."""
    release = view_or_release.release if isinstance(view_or_release, MapView) else view_or_release
    about = release.manifest.get("measures", {}).get(measure, {})
    own = about.get(f"name_{text.language}") or about.get("name_en")
    return str(own) if own else text(MEASURE_NAMES[measure])


def measure_title(view: MapView, text: Text, measure: str) -> str:
    """A measure's name with its unit where the name does not say it: ``Turnover, million GEL``."""
    name = measure_name(view, text, measure)
    unit = text.name(view.release.manifest.get("measures", {}).get(measure, {}), "unit")
    return name if measure in COUNTED or not unit else f"{name}, {unit}"


def figure_name(view: MapView, text: Text) -> str:
    """What the map shows: ``Location quotient``, ``Persons employed``, ``Growth since 2012``."""
    if view.metric.unit == "amount":
        return measure_name(view, text, view.measure)
    if view.metric.unit == "change":
        return text("{figure} since {year}", figure=text(view.metric.title), year=view.since)
    return text(view.metric.title)


def choice_name(release: Release, metric: Metric, measure: str | None, text: Text) -> str:
    """A figure's name among the choices: the metric's, or the measure's it is bound to."""
    return measure_name(release, text, measure) if measure else text(metric.title)


def file_name(view: MapView, text: Text, ending: str) -> str:
    """A file name that says what it is: ``georgia_manufacturing_location-quotient_2022_ka.png``."""
    figure = view.measure if view.metric.unit == "amount" else view.metric.name
    industry = str(view.industry.extra.get("short_en") or view.industry.names.get("en", ""))
    parts = [view.release.edition, industry, figure, str(view.year), text.language]
    safe = ["-".join(re.findall(r"[a-z0-9]+", part.lower().replace("_", "-"))) for part in parts]
    return "_".join(part for part in safe if part) + f".{ending}"


def value_text(value: float, unit: str, text: Text, measure: str = "employment") -> str:
    """A value in its unit's manner: 2.27, 27.7%, +55%, 6,287, 864.7."""
    if unit == "ratio":
        return text.number(value, 2)
    if unit == "share":
        return text.percent(value, 1)
    if unit == "change":
        return text.percent(value, 0, signed=True)
    # Money and exports come with a decimal, people and firms do not.
    return text.number(value, 0 if measure in COUNTED else 1)


def shown(view: MapView, value: float, text: Text) -> str:
    """A value of the map's own figure."""
    return value_text(value, view.metric.unit, text, view.measure)


def missing_text(status: str, text: Text) -> str:
    """Why there is no value: ``no data``, ``suppressed``, ``not applicable``."""
    return text(STATUS_NAMES.get(status, STATUS_NAMES["missing"]))


def heading(view: MapView, text: Text) -> str:
    """``Manufacturing in Georgia’s regions, 2022``."""
    return text(
        "{industry} in {country}’s regions, {year}",
        industry=industry_name(view.industry, text),
        country=text.name(view.root),
        year=view.year,
    )


def explanation(view: MapView, text: Text) -> str:
    """One line on what the figure is, for legends and subtitles."""
    facts = {
        "measure": measure_name(view, text, view.measure),
        "industry": industry_name(view.industry, text),
        "country": text.name(view.root),
    }
    if view.metric.name == "amount":
        unit = view.measure_text("unit", text.language)
        return text("{measure} ({unit})", unit=unit, **facts) if unit else facts["measure"]
    sentence = {
        "location_quotient": text(
            "Location quotient: the sector’s share of the region ÷ its share of {country}"
            " ({measure})",
            **facts,
        ),
        "size": text("The region’s share of the sector in {country} ({measure})", **facts),
        "focus": text("The sector’s share of the region’s total ({measure})", **facts),
        "growth": text("Change since {year} ({measure})", year=view.since, **facts),
    }
    return sentence.get(view.metric.name, text(view.metric.reading))


def lead(view: MapView, text: Text, link: Link | None = None) -> Markup:
    """The map in words, as HTML; ``link`` makes a region's name a link (plain text without)."""
    name = link or text.name
    known = view.regions[view.regions["value"].notna()]
    said: list[Markup] = []
    if known.empty:
        said.append(text.html("No region has a figure for this choice."))
    else:
        said.append(_extremes(view, known, text, name))
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


def _extremes(view: MapView, known: pd.DataFrame, text: Text, name: Link) -> Markup:
    first, value = known.index[0], float(known["value"].iloc[0])
    threshold = _THRESHOLDS.get(view.metric.name, -np.inf)
    both, alone = _HIGHEST.get(view.metric.name, _DEFAULT) if value >= threshold else _DEFAULT
    facts: dict[str, Any] = {
        "industry": industry_name(view.industry, text),
        "first": name(view.items[first]),
        "value": shown(view, value, text),
        "figure": figure_name(view, text),
    }
    named = known if value < threshold else known[known["value"] >= threshold]
    second = named.index[1:2]
    if not len(second):
        return text.html(alone, **facts)
    other = shown(view, float(known.at[second[0], "value"]), text)
    return text.html(both, second=name(view.items[second[0]]), other=other, **facts)


def _below(view: MapView, known: pd.DataFrame, text: Text, name: Link) -> list[Markup]:
    """The sentence on those below the country's share, or those that shrank."""
    threshold = _THRESHOLDS.get(view.metric.name)
    if threshold is None:
        return []
    below = known[known["value"] < threshold]
    shrank = view.metric.name == "growth"
    if len(below) == 1:
        code = below.index[0]
        sentence = (
            mark("Only {region} shrank ({value}).")
            if shrank
            else mark("Only {region} lies below the national share ({value}).")
        )
        return [
            text.html(
                sentence,
                region=name(view.items[code]),
                value=shown(view, below.at[code, "value"], text),
            )
        ]
    if below.empty:
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
    return [text.html(sentence, count=len(below), total=len(known))]


def _without(view: MapView) -> list[tuple[str, list[str]]]:
    """Regions without a value, by status; at most three of each are named."""
    rows = view.regions[view.regions["value"].isna()]
    groups = [(str(status), list(part.index)) for status, part in rows.groupby("status")]
    return [(status, codes) for status, codes in groups if len(codes) <= 3]


def plain(markup: Markup) -> str:
    """The words of an HTML sentence, for pictures and files."""
    return str(markup.striptags())


def source_of(release: Release, measure: str) -> Mapping[str, Any]:
    """The manifest's source of a measure, the first one when the edition does not say."""
    wanted = release.manifest.get("measures", {}).get(measure, {}).get("source")
    sources = release.manifest.get("sources", [])
    for source in sources:
        if source.get("name") == wanted:
            return dict(source)
    return dict(sources[0]) if sources else {}


def source_name(source: Mapping[str, Any], text: Text) -> str:
    """A source's title in the reader's language where the edition gives it."""
    return text.name(source, "title") or str(source.get("title", ""))


def source_title(source: Mapping[str, Any], text: Text) -> str:
    """``Publisher, title``; the title alone when it names its publisher."""
    title = source_name(source, text)
    publisher = text.name(source, "publisher") or str(source.get("publisher") or "")
    return f"{publisher}, {title}" if publisher and publisher not in title else title


def source_line(view: MapView, text: Text) -> str:
    """Where the figures come from: ``Source: Geostat, ...; Persons employed, 2022.``."""
    return text(
        "Source: {source}; {measure}, {year}.",
        source=source_title(source_of(view.release, view.measure), text),
        measure=measure_name(view, text, view.measure),
        year=view.year,
    )


def coverage(release: Release, text: Text) -> str | None:
    """What the figures do not cover although the map draws it, in the edition's own words."""
    about = release.settings
    found = about.get(f"coverage_{text.language}") or about.get("coverage_en")
    return str(found) if found else None


def is_number(value: Any) -> bool:
    """Whether there is a value to show."""
    return value is not None and bool(np.isfinite(value))
