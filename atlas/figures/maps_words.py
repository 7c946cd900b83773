"""The sentences of small maps side by side; views: :class:`atlas.analysis.small_maps.SmallMaps`."""

from __future__ import annotations

from collections import Counter
from typing import Any

from atlas.figures.captions import (
    explanation,
    figure_name,
    industry_name,
    measure_name,
    missing_text,
    shown,
    source_of,
    source_title,
)
from atlas.figures.legends import classes_note
from atlas.figures.profile_words import english, shown_choices, words_for
from atlas.model import mark
from atlas.text import Text

_OF = {
    "years": mark("Years: {years}"),
    "sectors": mark("Sectors: {count}"),
    "regions": mark("Regions: {count}"),
}


def figure_title(view: Any, text: Text) -> str:
    """What all of the maps show. Of growth over years without the year that it counts from: that
    is another on each."""
    if view.each == "years" and view.map.metric.unit == "change" and _starts(view) > 1:
        return text(view.map.metric.title)
    return figure_name(view.map, text)


def _starts(view: Any) -> int:
    return len({one.view.since for one in view.maps})


def map_title(view: Any, one: Any, text: Text) -> str:
    """What stands over one of the maps: its year, sector or region."""
    if one.region is not None:
        return text.name(one.region)
    if view.each == "sectors":
        return industry_name(one.view.industry, text)
    return str(one.view.year)


def map_note(one: Any, text: Text) -> str:
    """What one of the maps shows, in a few words: its region's value, the selected region's, else
    where the figure is highest."""
    values = one.view.regions["value"].dropna()
    own = one.region or one.view.selected
    if own is not None and own.code in one.view.regions.index:
        row = one.view.regions.loc[own.code]
        known = row["value"] == row["value"]
        value = shown(one.view, row["value"], text) if known else missing_text(row["status"], text)
        return value if one.region else f"{text.name(own)}: {value}"
    if values.empty:
        return text("no data")
    first = text.name(one.view.items[str(values.index[0])])
    return text(
        "Highest {value}: {region}", region=first, value=shown(one.view, values.iloc[0], text)
    )


def counted(view: Any, count: int, text: Text) -> str:
    """So many in a class of the legend: regions where each is drawn once, else values, of which a
    region has one on each map."""
    if view.each == "regions":
        return text.plural("{count} region", "{count} regions", count)
    return text.plural("{count} value", "{count} values", count)


def _maps(view: Any, text: Text) -> dict[str, Any]:
    first, country = view.map, text.name(view.root)
    years = sorted({one.view.year for one in view.maps})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
    measure = measure_name(view.release, text, view.measure)
    sector = [] if view.each == "sectors" else [industry_name(first.industry, text)]
    count = text.number(len(view.maps))
    every = len(years) == years[-1] - years[0] + 1
    of = text(_OF[view.each], years=span if every else ", ".join(map(str, years)), count=count)
    note = classes_note(first, text)
    titled = source_title(source_of(view.release, view.measure), text)
    parts = [
        text("Country: {name}", name=country),
        *([text("Region: {name}", name=text.name(first.within))] if first.within else []),
        *[text("Sector: {name}", name=name) for name in sector],
        text("Figure: {name}", name=figure_title(view, text)),
        text("Counted: {name}", name=measure),
        of,
        *([text("Classes: {how}", how=note)] if note else []),
        *([] if view.each == "years" else [text("Year: {year}", year=span)]),
    ]
    return {
        "title": _title(view, text),
        "subtitle": f"{_explained(view, text)} · {span}",
        "sources": text("Source: {source}; {measure}, {year}.", source=titled, measure=measure,
                        year=span),
        "shown": shown_choices(parts, text),
        "keywords": (*sector, figure_title(view, text), country, span),
        "name": _name(view, span),
    }  # fmt: skip


def _name(view: Any, span: str) -> tuple[str, ...]:
    first = view.map
    figure = view.measure if first.metric.unit == "amount" else first.metric.name
    sector = first.industry.extra.get("short_en") or english(first.industry)
    own = () if view.each == "sectors" else (str(sector),)
    return (view.release.edition, *own, figure, f"by-{view.each[:-1]}", span)


def _explained(view: Any, text: Text) -> str:
    if view.map.metric.unit == "change" and _starts(view) > 1:
        return text(view.map.metric.reading).rstrip(".")
    return explanation(view.map, text)


def _title(view: Any, text: Text) -> str:
    """Who leads on most of the maps; of regions, which has most and which least."""
    figure = figure_title(view, text)
    facts: dict[str, Any] = {"figure": figure, "total": text.number(len(view.maps))}
    facts["industry"] = industry_name(view.map.industry, text)
    if view.each == "regions":
        return _regions_title(view, text, facts)
    leaders = Counter(
        str(values.index[0])
        for one in view.maps
        if len(values := one.view.regions["value"].dropna())
    )
    if not leaders:
        return text("{figure}: no data", figure=figure)
    code, times = leaders.most_common(1)[0]
    facts |= {"region": text.name(view.map.items[code]), "count": text.number(times)}
    if view.each == "sectors":
        return text("{figure} highest in {region} in {count} of {total} sectors", **facts)
    if times == len(view.maps):
        return text("{industry}: {figure} highest in {region} in every year", **facts)
    return text("{industry}: {figure} highest in {region} in {count} of {total} years", **facts)


def _regions_title(view: Any, text: Text, facts: dict[str, Any]) -> str:
    codes = [one.region.code for one in view.maps]
    known = view.map.regions["value"].reindex(codes).dropna().sort_values(ascending=False)
    if len(known) < 2:
        return text("{industry}: {figure}, region by region", **facts)
    names = [text.name(view.map.items[str(code)]) for code in known.index]
    values = [shown(view.map, value, text) for value in known]
    return text(
        "{industry}: {figure} from {value} in {first} to {other} in {last}",
        first=names[0], value=values[0], last=names[-1], other=values[-1], **facts,
    )  # fmt: skip


words_for("maps", _maps)
