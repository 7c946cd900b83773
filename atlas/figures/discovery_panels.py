"""What several rules find at once, as HTML: the sentence, the rules, how they overlap, notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from atlas.figures import captions, charts
from atlas.figures.explanations import SMALL
from atlas.figures.palette import Theme
from atlas.figures.panels import Address, link
from atlas.figures.tables import Cell, Column, Row, missing, table
from atlas.model import Item, mark
from atlas.text import Text

#: Fewer regions than this, and ranking them says little.
_FEW = 20


def cell_name(row: Mapping[str, Any], regions: Mapping[str, Item], industries: Mapping[str, Item],
    text: Text) -> str:  # fmt: skip
    """A cell by its sector and region: ``Manufacturing, Kakheti``."""
    sector = captions.industry_name(industries[row["industry_code"]], text)
    return f"{sector}, {text.name(regions[row['region_code']])}"


def heading(view: Any, found: Any, text: Text) -> str:
    """``What several rules call clusters in Georgia, 2022``, or of the sector that is chosen."""
    if len(found.sectors) == 1:
        return text(
            "{industry}: what several rules call clusters, {year}",
            industry=captions.industry_name(view.industry, text),
            year=found.year,
        )
    return text(
        "What several rules call clusters in {country}, {year}",
        country=text.name(view.root),
        year=found.year,
    )


def lead(
    found: Any, rows: pd.DataFrame, at_least: int, regions: Mapping[str, Item],
    industries: Mapping[str, Item], text: Text, address: Address,
) -> Markup:  # fmt: skip
    """What the rules find, in sentences: counts of all cells, and by name the first of ``rows``
    (those of the selected region where one is)."""
    if not found.judged:
        return text.html("No cell has a figure for this choice, so no rule can judge any.")
    sentence = (
        mark(
            "All {rules} rules agree that {all} of {cells} cells (a sector in a region) are"
            " clusters; at least {some} rules call {agreed} so, at least one calls {any}."
        )
        if found.judging == len(found.rules)
        else mark(
            "All {rules} rules that can judge agree that {all} of {cells} cells (a sector in a"
            " region) are clusters; at least {some} rules call {agreed} so, at least one calls"
            " {any}."
        )
    )
    said = [
        text.html(
            sentence,
            rules=found.judging,
            all=text.number(len(found.agreed(found.judging))),
            cells=text.number(found.judged),
            some=at_least,
            agreed=text.number(len(found.agreed(at_least))),
            any=text.number(len(found.agreed(1))),
        )
    ]
    first = rows[rows["agree"] >= 1].head(3).to_dict("records")
    if first:
        named = [
            Markup("{} ({})").format(
                link(_explained(found, row, address), cell_name(row, regions, industries, text)),
                _of(row, text),
            )
            for row in first
        ]
        several = Markup("{}").format(Markup("; ").join(named))
        said.append(text.html("Most agreed on: {cells}.", cells=several))
    return Markup(" ").join(said)


def _explained(found: Any, row: Mapping[str, Any], address: Address, figure: str = "agreement") -> (
    str
):  # fmt: skip
    """The address that explains a cell's figure: the map with its region and sector chosen."""
    return address(
        "map", metric=figure, industry=row["industry_code"], region=row["region_code"],
        year=found.year, measure=found.measure,
    )  # fmt: skip


def _of(row: Mapping[str, Any], text: Text) -> str:
    """``4 of 6``."""
    return text("{count} of {total}", count=row["agree"], total=row["judges"])


def rule_item(
    rule: Any, number: int, meanings: Mapping[str, Any], text: Text, address: Address, theme: Theme
) -> Markup:
    """A rule: how many cells it calls clusters, what is published, what was changed.

    ``meanings``: the rule's settings (:class:`atlas.model.Parameter`) by name.
    """
    changes = Markup("").join(
        Markup('<small class="changed">{}</small>').format(
            text(
                "Changed to {value} (published: {published}): {meaning}",
                value=setting(rule.settings[name], text),
                published=setting(meanings[name].default, text),
                meaning=text(meanings[name].meaning),
            )
        )
        for name in rule.changed
    )
    calls = Markup("")
    if rule.metric.top > 1:
        stars = captions.value_text(rule.settings["calls"], "stars", text)
        calls = Markup("<small>{}</small>").format(text("A cluster from {stars} on.", stars=stars))
    return Markup(
        '<div class="item rule"><div class="words">{}. {}{}</div>{}<div class="value">{}</div>'
        '</div><div class="item"><div class="words"><small>{}</small>{}{}</div></div>'
    ).format(
        number,
        link(address("methods"), text(rule.metric.title)),
        Markup(' <b class="changed">{}</b>').format(text("changed")) if rule.changed else "",
        charts.bar(rule.called, max(rule.judged, 1), theme.accent, width=60),
        text("{count} of {total}", count=rule.called, total=rule.judged)
        if rule.judged
        else missing(text("cannot judge")),
        text(rule.metric.reading),
        calls,
        changes,
    )


def unknown(words: str) -> Markup:
    """A question mark that says in words what is not known."""
    return missing(Markup('<span role="img" aria-label="{0}" title="{0}">?</span>').format(words))


def setting(value: float, text: Text) -> str:
    """A threshold with as many digits as it has: 0.75, 2."""
    digits = next(d for d in range(13) if abs(round(value, d) - value) < 1e-12 or d == 12)
    return text.number(value, digits)


def rules_head(found: Any, reset: str, text: Text) -> Markup:
    """The heading over the rules, and the way back to what is published."""
    back = ""
    if any(rule.changed for rule in found.rules):
        back = Markup('<a class="chip on" href="{}">{} ✕</a>').format(
            reset, text("All thresholds as published")
        )
    return Markup('<div class="top"><h2>{}</h2>{}</div><p class="quiet">{}</p>').format(
        text("Rules"), back, text("How many cells each calls a cluster, of those it can judge.")
    )


def together_table(found: Any, text: Text) -> Markup:
    """How the rules overlap: for each two of them the cells that both call clusters."""
    names = [text(rule.metric.title) for rule in found.rules]
    numbers = [str(number) for number in range(1, len(names) + 1)]
    columns = [Column(text("Rule"), text=True, sortable=False)]
    columns += [Column(number, sortable=False) for number in numbers]
    rows = []
    judging = {rule.metric.name for rule in found.rules if rule.judged}
    for number, name, own in zip(numbers, names, found.rules, strict=True):
        cells = []
        for other, count in found.together.loc[own.metric.name].items():
            shown = Markup.escape(text.number(float(count)))
            if not {own.metric.name, other} <= judging:
                shown = unknown(text("cannot judge"))
            elif other == own.metric.name:
                shown = Markup("<b>{}</b>").format(shown)
            cells.append(Cell(shown))
        rows.append(Row([Cell(f"{number}. {name}", name), *cells]))
    caption = text("Cells that two rules both call a cluster")
    tools = Markup('<h2>{}</h2><p class="quiet" style="margin-bottom:8px">{}</p>').format(
        text("How the rules overlap"),
        text("Cells that both call a cluster; in bold, those that a rule calls at all."),
    )
    return table(columns, rows, text, caption=caption, tools=tools)


def notes(found: Any, regions: int, text: Text) -> Markup:
    """What to bear in mind, and where each rule comes from."""
    said = [
        text(
            "No rule here is the definition of a cluster. That several agree makes a"
            " concentration more worth a visit; it says nothing of firms working together."
        ),
        text(
            "The rules are no independent witnesses: as published, five of the six ask for a"
            " location quotient at or above a cut, and the three of the U.S. differ in one quantile"
            " only, so whoever meets the strictest meets all three."
        ),
        text.plural(
            "{count} region has figures: rules that rank regions say little with so few. The top"
            " tenth is then one region, and always some region.",
            "{count} regions have figures: rules that rank regions say little with so few. The top"
            " tenth is then one region, and always some region.",
            regions,
        )
        if regions < _FEW
        else "",
        text(SMALL) + " " + text("Such cells are marked “few”.")
        if found.cells["small"].any()
        else "",
        text(
            "The rules of the U.S. are published for employment; here they are applied to another"
            " measure."
        )
        if found.measure != "employment"
        else "",
    ]
    said += [
        text(
            "{rule} cannot judge in {year}: a figure that it needs (such as the number of"
            " establishments) is not published.",
            rule=text(rule.metric.title),
            year=found.year,
        )
        for rule in found.rules
        if not rule.judged
    ]
    sources = [
        Markup("<li>{}. {}: {}</li>").format(
            number, text(rule.metric.title), text(rule.metric.source)
        )
        for number, rule in enumerate(found.rules, 1)
    ]
    return Markup(
        '<h2>{}</h2><ul class="notes">{}</ul><h4>{}</h4><ul class="notes">{}</ul>'
    ).format(
        text("Read with care"),
        Markup("").join(Markup("<li>{}</li>").format(one) for one in said if one),
        text("Sources of the rules"),
        Markup("").join(sources),
    )
