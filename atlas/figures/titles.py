"""The sentences of a picture: its title, what it shows and what its figures rest on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from pyproj import CRS

from atlas.figures.captions import (
    DISCLAIMER,
    coverage,
    explanation,
    figure_name,
    industry_name,
    is_number,
    measure_name,
    shown,
    source_line,
    value_text,
)
from atlas.figures.discovery_words import agreed_choices
from atlas.figures.legends import classes_note
from atlas.model import MapView, mark
from atlas.names import STATUS_NAMES
from atlas.text import Text

#: Statuses of values that are not as published, and so are named in a picture.
_TOLD = ("derived", "estimated", "partial")

#: The statement for figures that have none of their own.
_HIGHEST = mark("{industry}: {figure} highest in {first} ({value}) and {second} ({other})")


def title(view: MapView, text: Text) -> str:
    """The map in one short statement, made from its figures unless its maker gave it a title."""
    if view.title:
        return view.title
    known = view.regions["value"].dropna()
    facts: dict[str, Any] = {"industry": industry_name(view.industry, text), "year": view.year}
    if known.empty:
        return text("{industry}: no region has a figure for {year}", **facts)
    names = [text.name(view.items[code]) for code in known.index]
    facts |= {
        "first": names[0],
        "value": shown(view, known.iloc[0], text),
        "total": text.number(len(known)),
    }
    if len(known) == 1:
        return text("{industry}: {first} alone has a figure, {value}", **facts)
    facts |= {"second": names[1], "other": shown(view, known.iloc[1], text)}
    facts["figure"] = figure_name(view, text)
    statement = {
        "location_quotient": _concentrated,
        "growth": _grown,
        "amount": _held,
    }.get(view.metric.name)
    if statement:
        return statement(view, known, text, facts)
    sentence = {
        "size": mark("{industry}: {first} holds {value} of the national total, {second} {other}"),
        "focus": mark(
            "{industry}: largest part of the region’s total in {first} ({value}) and {second}"
            " ({other})"
        ),
    }
    return text(sentence.get(view.metric.name, _HIGHEST), **facts)


def _concentrated(view: MapView, known: pd.Series, text: Text, facts: dict[str, Any]) -> str:
    below = known[known < 1]
    if len(known) - len(below) == 1:
        return text("{industry}: only {first} lies above the national share ({value})", **facts)
    if below.empty:
        return text(
            "{industry}: most concentrated in {first} and {second}; no region lies below the"
            " national share",
            **facts,
        )
    if len(below) == 1:
        return text(
            "{industry}: most concentrated in {first} and {second}; only {region} lies below the"
            " national share",
            region=text.name(view.items[below.index[0]]),
            **facts,
        )
    return text(
        "{industry}: most concentrated in {first} and {second}; {count} of {total} regions lie"
        " below the national share",
        count=text.number(len(below)),
        **facts,
    )


def _grown(view: MapView, known: pd.Series, text: Text, facts: dict[str, Any]) -> str:
    grew, shrank = known[known > 0], known[known < 0]
    facts["since"] = view.since
    if len(shrank) == len(known):
        return text(
            "{industry}: shrank in every region since {since}, least in {first} ({value})", **facts
        )
    if grew.empty:
        return text(_HIGHEST, **facts)
    if len(grew) == 1:
        return text("{industry}: grew only in {first} since {since} ({value})", **facts)
    if len(grew) == len(known):
        return text(
            "{industry}: grew in every region since {since}, most in {first} ({value}) and"
            " {second} ({other})",
            **facts,
        )
    if len(shrank) == 1:
        return text(
            "{industry}: grew most in {first} ({value}) and {second} ({other}) since {since};"
            " only {region} shrank",
            region=text.name(view.items[shrank.index[0]]),
            **facts,
        )
    return text(
        "{industry}: grew most in {first} ({value}) and {second} ({other}) since {since};"
        " {count} of {total} regions shrank",
        count=text.number(len(shrank)),
        **facts,
    )


def _held(view: MapView, known: pd.Series, text: Text, facts: dict[str, Any]) -> str:
    """Of counts the shares say more; without a national total the counts themselves."""
    national = _number(view.country.get("amount"))
    if not national > 0 or known.iloc[1] < 0:
        return text("{industry}: most in {first} ({value}), then {second} ({other})", **facts)
    facts["value"] = text.percent(known.iloc[0] / national, 0)
    facts["other"] = text.percent(known.iloc[1] / national, 0)
    return text(
        "{industry}: {first} holds {value} of the national total, {second} {other}", **facts
    )


def subtitle(view: MapView, text: Text) -> str:
    """What the figure is, the year or years, and the region that is selected."""
    when = f"{view.since}–{view.year}" if view.metric.unit == "change" else str(view.year)
    said = [explanation(view, text).rstrip("."), when]
    if view.selected:
        said.append(text("Selected: {region}", region=text.name(view.selected)))
    return " · ".join(said)


def reference(view: MapView, text: Text) -> tuple[float, str] | None:
    """The value that bars are read against, if there is one, and the words for its line."""
    share, value = _number(view.country.get("focus")), _number(view.country.get("value"))
    facts: dict[str, Any] = {"country": text.name(view.root)}
    if view.metric.name == "location_quotient":
        if is_number(share):
            facts["share"] = value_text(share, "share", text)
            return 1.0, text("1 = as in {country}, {share} of the total", **facts)
        return 1.0, text("1 = as in {country}", **facts)
    if view.metric.name in ("focus", "growth") and is_number(value):
        return value, text("{country}: {value}", value=shown(view, value, text), **facts)
    return None


def _number(value: Any) -> float:
    """The value as a number, NaN where there is none."""
    return float(value) if is_number(value) else float("nan")


def sources(view: MapView, text: Text) -> str:
    """The line of sources: of the figures and, where some are drawn, of the clusters."""
    said = [source_line(view, text)]
    named = {str(one.get("name")): one for one in view.release.manifest.get("sources", [])}
    used: list[str] = []
    if "source" in view.clusters:
        drawn = view.clusters["region_code"].isin(view.regions.index)
        used = list(view.clusters.loc[drawn, "source"].dropna().unique())
    if used:
        titles = [_source_name(name, named, text) for name in used]
        said.append(text("Clusters: {source}.", source="; ".join(titles)))
    if view.points is not None and len(view.points):
        said.append(_point_sources(view.points, named, text))
    return " ".join(said)


def _source_name(name: Any, named: Mapping[str, Any], text: Text) -> str:
    """Publisher and title of a source of the edition, by its name."""
    source = named.get(str(name), {})
    heading = text.name(source, "title") or str(name)
    publisher = text.name(source, "publisher")
    return f"{publisher}, {heading}" if publisher and publisher not in heading else heading


def _point_sources(points: pd.DataFrame, named: Mapping[str, Any], text: Text) -> str:
    """Where firms and institutions are from: the edition's sources, and how many web pages."""
    used = list(points["source"].dropna().unique())
    pages = [name for name in used if str(name) not in named and "://" in str(name)]
    said = [_source_name(name, named, text) for name in used if name not in pages]
    if pages:
        said.append(
            text.plural(
                "{count} web page, listed in the atlas",
                "{count} web pages, listed in the atlas",
                len(pages),
            )
        )
    if not said:
        return ""
    kinds = set(points["kind"])
    sentence = {
        frozenset({"firm"}): mark("Firms: {source}."),
        frozenset({"institution"}): mark("Institutions: {source}."),
    }.get(frozenset(kinds), mark("Firms and institutions: {source}."))
    return text(sentence, source="; ".join(said))


def filters(view: MapView, text: Text, *, printed: bool = True) -> str:
    """What was chosen, in words, and what the figures rest on; ``printed``: and the projection."""
    classification = view.release.settings.get("classification")
    code = f"{classification} {view.industry.code}" if classification else view.industry.code
    parts = [
        text("Country: {name}", name=text.name(view.root)),
        *([text("Region: {name}", name=text.name(view.within))] if view.within else []),
        text("Sector: {name} ({code})", name=industry_name(view.industry, text), code=code),
        text("Figure: {name}", name=figure_name(view, text)),
        *([] if view.metric.unit == "amount" else [_counted(view, text)]),
        *_bases(view, text),
        *_qualities(view, text),
        *agreed_choices(view, text),
        *([text("Classes: {how}", how=note)] if (note := classes_note(view, text)) else []),
        text("Year: {year}", year=view.year),
    ]
    if printed:
        parts.append(text("Projection: {name}", name=_projection(view.release.metric_crs)))
    # A line breaks between two choices, not within one.
    parts = [part.replace(" ", "\u00a0") if len(part) < 50 else part for part in parts]
    return text("Shown: {choices}.", choices="\u00a0· ".join(parts))


def _counted(view: MapView, text: Text) -> str:
    return text("Counted: {name}", name=measure_name(view, text, view.measure))


def _bases(view: MapView, text: Text) -> list[str]:
    """What shares are taken of: totals of the regions, of the country."""
    name, parts = view.metric.name, []
    if name in ("location_quotient", "focus"):
        shares = view.regions.loc[view.regions["focus"].notna(), "focus_status"]
        if name == "location_quotient" and view.release.settings.get("quotient_base") == "group":
            parts.append(text("Base: totals of the sector’s group"))
        elif (shares == "published").all():
            parts.append(text("Base: region totals as published"))
        else:
            parts.append(text("Base: region totals, in part added up"))
    if name in ("location_quotient", "size", "amount"):
        national = {
            "published": mark("National total: as published"),
            "partial": mark("National total: added up from the regions with data"),
            "derived": mark("National total: added up from the regions"),
        }.get(str(view.country.get("amount_status")))
        if national:
            parts.append(text(national))
    return parts


def _qualities(view: MapView, text: Text) -> list[str]:
    """How many regions' own figures are not as published, by status."""
    if "amount_status" not in view.regions:
        return []
    status = view.regions.loc[view.regions["value"].notna(), "amount_status"].astype(str)
    return [
        f"{text.plural('{count} region', '{count} regions', int(count))}: "
        + text(STATUS_NAMES[word])
        for word in _TOLD
        if (count := (status == word).sum())
    ]


def _projection(crs: str) -> str:
    """``UTM zone 38N``: the projection's name without its datum."""
    return str(CRS.from_user_input(crs).name).split(" / ")[-1]


def notes(view: MapView, text: Text) -> str:
    """The maker's own notes, what the figures do not cover, and the disclaimer."""
    return " ".join(note for note in (own_notes(view), standing_notes(view, text)) if note)


def own_notes(view: MapView) -> str:
    """What the picture's maker wrote, as a sentence; nothing if nothing."""
    own = view.notes or ""
    return f"{own}." if own and own[-1] not in ".!?…" else own


def standing_notes(view: MapView, text: Text) -> str:
    """What is said under every picture: what the figures do not cover, and the disclaimer."""
    said = [coverage(view.release, text), text(DISCLAIMER)]
    return " ".join(note for note in said if note)
