"""The table of a comparison: titles, values and sources of its figures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from atlas.figures import captions
from atlas.figures.marks import mark_of
from atlas.figures.palette import Theme
from atlas.figures.panels import Address, link
from atlas.figures.tables import Cell, Column, Row, missing, table
from atlas.model import Release
from atlas.text import Text


def title(figure: Any, release: Release, text: Text) -> str:
    """What a figure is called: ``Persons employed``, ``Equivalent number of sectors``."""
    if figure.name == "amount":
        return captions.measure_name(release, text, figure.measure)
    if figure.name == "growth":
        measure = captions.measure_name(release, text, figure.measure)
        return text("Change since {year}: {measure}", year=figure.since, measure=measure)
    titles = {
        "turnover_per_person": text("Turnover per person employed"),
        "equivalent_number": text("Equivalent number of sectors"),
        "krugman_rest": text("Difference from the rest of the country"),
        "clusters": text("Clusters published by name"),
    }
    own = text("Population") if figure.name == "population" else figure.name
    return titles.get(figure.name) or text.name(figure.about) or own


def shown(figure: Any, value: float, text: Text) -> str:
    """A value of a figure without its unit, which stands beside the title."""
    if figure.name == "growth":
        return text.percent(value, 1, signed=True)
    if figure.about.get("unit") == "percent":
        return text.percent(value / 100, 1)
    if figure.name == "krugman_rest":
        return text.number(value, 2)
    if figure.name in ("turnover_per_person", "equivalent_number"):
        return text.number(value, 1)
    if figure.name == "amount":
        return captions.value_text(value, "amount", text, figure.measure)
    return text.number(value, 0 if float(value).is_integer() else 1)


def with_unit(figure: Any, value: float, text: Text) -> str:
    """A value as a sentence says it: ``184.6 thousand GEL``, ``12.0%``."""
    unit = text.name(figure.about, "unit") if figure.name == "turnover_per_person" else ""
    return f"{shown(figure, value, text)} {unit}".strip()


def figures_table(view: Any, text: Text, address: Address, theme: Theme) -> Markup:
    """All figures, a column for each region and one for the country; the best are marked."""
    columns = [
        Column(text("Figure"), text=True, sortable=False),
        *(
            Column(_head(position, region, text, address, theme), sortable=False)
            for position, region in enumerate(view.regions)
        ),
        Column(text.name(view.root), sortable=False),
    ]
    numbers = {name: place for place, name in enumerate(_sources(view), start=1)}
    rows = [Row(_cells(figure, view, numbers, text)) for figure in view.figures]
    return Markup('<div class="compared">{}{}</div>').format(
        table(columns, rows, text, caption=text("Figures of the regions compared")),
        _notes(view, text),
    )


def _head(position: int, region: Any, text: Text, address: Address, theme: Theme) -> Markup:
    return Markup("{} {}").format(
        mark_of(position, theme), link(address("region", region=region.code), text.name(region))
    )


def _cells(figure: Any, view: Any, numbers: Mapping[str, int], text: Text) -> list[Cell]:
    best = figure.best(view.codes)
    name = title(figure, view.release, text)
    head = Markup("{}<small>{}</small>").format(name, _about(figure, view, numbers, text))
    cells = [Cell(head, name)]
    for code in [*view.codes, view.root.code]:
        value = figure.values[code]
        if not math.isfinite(value):
            status = figure.statuses[code]
            words = (
                text("n/a") if status == "not_applicable" else captions.missing_text(status, text)
            )
            cells.append(Cell(missing(words), float("nan")))
            continue
        words = shown(figure, value, text)
        if code in best:
            words = Markup('<b class="best" title="{}"><i aria-hidden="true">●</i> {}</b>').format(
                text("Best of those compared"), words
            )
        cells.append(Cell(Markup("{}{}").format(words, _fewer(figure, code, text)), value))
    return cells


def _fewer(figure: Any, code: str, text: Text) -> Markup | str:
    """Over how many sectors, where a region lacks some that others have."""
    counts = figure.sectors
    if not counts or counts[code] == max(counts.values()):
        return ""
    return Markup("<small>{}</small>").format(
        text.plural("over {count} sector", "over {count} sectors", counts[code])
    )


def about(figure: Any, release: Release, text: Text) -> str:
    """Unit, base and year of a figure: ``thousand GEL · 2022``."""
    return " · ".join(_facts(figure, release, text))


def _facts(figure: Any, release: Release, text: Text) -> list[str]:
    parts = []
    if figure.name == "turnover_per_person":
        parts.append(text.name(figure.about, "unit"))
    elif figure.name == "equivalent_number":
        parts.append(text("1 ÷ Herfindahl index, of {count} sectors", count=_most(figure)))
    elif figure.name == "krugman_rest":
        parts.append(text("Krugman index, 0 to 2, {count} sectors", count=_most(figure)))
    elif figure.name == "amount":
        about = release.manifest.get("measures", {}).get(figure.measure, {})
        parts.append(text.name(about, "unit"))
    if figure.year is not None:
        span = f"{figure.since}–{figure.year}" if figure.since else str(figure.year)
        parts.append(span)
    parts.append(text.name(figure.about, "when"))
    return [part for part in parts if part]


def _about(figure: Any, view: Any, numbers: Mapping[str, int], text: Text) -> Markup:
    """Unit, base, year and source of a row: ``thousand GEL · 2022 · source 1``."""
    parts = _facts(figure, view.release, text)
    if figure.source in numbers:
        parts.append(text("source {number}", number=numbers[figure.source]))
    # On a wide screen a line breaks between two parts, not within one.
    return Markup(" · ").join(
        Markup('<span class="part">{}</span>').format(part) for part in parts if part
    )


def _most(figure: Any) -> int:
    return int(max(figure.sectors.values()))


def _sources(view: Any) -> list[str]:
    """Names of the sources in the order in which the table needs them."""
    return list(dict.fromkeys(figure.source for figure in view.figures if figure.source))


def _notes(view: Any, text: Text) -> Markup:
    """What lies behind the table: sums for the country, sectors left out, the sources."""
    said = []
    if any(f.statuses[view.root.code] in ("partial", "derived") for f in view.figures):
        said.append(
            text(
                "{country}: where no total is published, the regions with data are added up.",
                country=text.name(view.root),
            )
        )
    said += _left_out(view, text)
    known = {source["name"]: source for source in view.release.manifest.get("sources", [])}
    said += [
        text(
            "Source {number}: {source}.",
            number=number,
            source=captions.source_title(known[name], text) if name in known else name,
        )
        for number, name in enumerate(_sources(view), start=1)
    ]
    return Markup('<ul class="notes">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(note) for note in said)
    )


def _left_out(view: Any, text: Text) -> list[str]:
    """How missing sectors are treated: by region, and those that no region has."""
    said = []
    for region in view.regions:
        count, share = view.covered(region.code)
        if 0 < count < len(view.quotients):
            said.append(
                text(
                    "{region}: {count} of {total} sectors have a figure; they hold {share} of its"
                    " total. The others are left out of shares and indices, not taken as zero.",
                    region=text.name(region),
                    count=count,
                    total=len(view.quotients),
                    share=text.percent(share),
                )
            )
    if view.absent:
        said.append(
            text(
                "Not in the figures: {sectors}.",
                sectors=text.list(captions.industry_name(item, text) for item in view.absent),
            )
        )
    return said


def best_note(text: Text) -> Markup:
    """What the mark of the best means."""
    return Markup(
        '<p class="quiet"><b class="best"><i aria-hidden="true">●</i> {}</b> {}</p>'
    ).format(
        text("Best of those compared"),
        text("only where more, or less, is plainly better. n/a: not applicable."),
    )
