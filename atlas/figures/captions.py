"""The words around a map: names, heading, values and sources, from the data."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from markupsafe import Markup

from atlas.model import COUNTED, Item, MapView, Metric, Release, mark
from atlas.names import MEASURE_NAMES, STATUS_NAMES
from atlas.text import Text

#: Longest part of a file's name.
_PART = 60
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


def measure_title(view_or_release: MapView | Release, text: Text, measure: str) -> str:
    """A measure's name with its unit where the name does not say it: ``Turnover, million GEL``."""
    release = view_or_release.release if isinstance(view_or_release, MapView) else view_or_release
    name = measure_name(release, text, measure)
    unit = text.name(release.manifest.get("measures", {}).get(measure, {}), "unit")
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
    return f"{safe_name(parts)}.{ending}"


def safe_name(parts: Iterable[str]) -> str:
    """Words as a file name for any system, its parts not too long for one."""
    safe = ["-".join(re.findall(r"[a-z0-9]+", part.lower().replace("_", "-"))) for part in parts]
    return "_".join(part[:_PART].strip("-") for part in safe if part)


def value_text(value: float, unit: str, text: Text, measure: str = "employment") -> str:
    """A value in its unit's manner: 2.27, 27.7%, +55%, 2 stars, cluster, 6,287, 864.7."""
    if unit == "ratio":
        return text.number(value, 2)
    if unit == "share":
        return text.percent(value, 1)
    if unit == "change":
        return text.percent(value, 0, signed=True)
    if unit == "stars":
        return text.plural("{count} star", "{count} stars", int(value))
    if unit == "rules":
        return text.plural("{count} rule", "{count} rules", int(value))
    if unit == "sectors":
        return text.plural("{count} sector", "{count} sectors", int(value))
    if unit == "verdict":
        return text("cluster") if value else text("no cluster")
    # Money and exports come with a decimal, people and firms do not.
    return text.number(value, 0 if measure in COUNTED else 1)


def shown(view: MapView, value: float, text: Text) -> str:
    """A value of the map's own figure."""
    return value_text(value, view.metric.unit, text, view.measure)


def without_value(view: MapView, text: Text) -> dict[str, str]:
    """What stands in the stead of a number where a region has none, by region_code."""
    statuses = view.statuses
    said = {status: missing_text(status, text) for status in set(statuses.values())}
    return {code: said[statuses[code]] for code, value in view.values.items() if math.isnan(value)}


def missing_text(status: str, text: Text) -> str:
    """Why there is no value: ``no data``, ``suppressed``, ``not applicable``."""
    return text(STATUS_NAMES.get(status, STATUS_NAMES["missing"]))


def heading(view: MapView, text: Text) -> str:
    """``Manufacturing in Georgia’s regions, 2022``; of one region's parts ``..., North, 2022``."""
    if view.within:
        return text(
            "{industry} in {region}, {year}",
            industry=industry_name(view.industry, text),
            region=text.name(view.within),
            year=view.year,
        )
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
    """A source's title, in the reader's language where the edition gives it."""
    return text.name(source, "title") or str(source.get("title") or text("not stated"))


def source_title(source: Mapping[str, Any], text: Text) -> str:
    """``Publisher, title``; the title alone when it names its publisher."""
    title = source_name(source, text)
    publisher = text.name(source, "publisher") or str(source.get("publisher") or "")
    return f"{publisher}, {title}" if publisher and publisher not in title else title


def sources_of(release: Release, text: Text) -> list[tuple[str, list[str]]]:
    """Every source of the release: its title, and what is known of its licence and address."""
    return [
        (
            source_title(source, text),
            [str(fact) for fact in (text.name(source, "licence"), source.get("url")) if fact],
        )
        for source in release.manifest.get("sources", [])
    ]


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
