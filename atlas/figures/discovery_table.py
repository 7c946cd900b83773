"""The cells that rules judge, as a table: one row per region and sector, a column per rule."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from atlas.figures import captions
from atlas.figures.discovery_panels import unknown
from atlas.figures.explanations import SMALL
from atlas.figures.panels import Address, link
from atlas.figures.tables import Cell, Column, Row, finder, missing, table
from atlas.model import Item
from atlas.text import Text

#: Rows that are shown on a wide page and on a phone; the file has all.
SHOWN, SHOWN_NARROW = 50, 15


def cells_table(
    found: Any, rows: pd.DataFrame, regions: Mapping[str, Item], industries: Mapping[str, Item],
    text: Text, address: Address, selected: str | None, *, narrow: bool = False,
) -> Markup:  # fmt: skip
    """Cells, those that most rules agree on first; of ``rows`` only the first are shown."""
    columns = [
        Column(text("Sector"), text=True),
        Column(text("Region"), text=True),
        Column(text("Rules that agree"), text=True),
        Column(text("Location quotient"), wide=True),
        Column(captions.measure_name(found.release, text, found.measure), wide=True),
        *(
            Column(f"{number}. {text(rule.metric.title)}", wide=True)
            for number, rule in enumerate(found.rules, 1)
        ),
        Column(text("Explanation"), text=True, wide=True, sortable=False),
    ]
    shown = [
        _row(found, row, regions, industries, text, address)
        for row in rows.head(SHOWN_NARROW if narrow else SHOWN).to_dict("records")
    ]
    heading = (
        text("Cells of {region}", region=text.name(regions[selected]))
        if selected
        else text("Cells, those most agreed on first")
    )
    counted = text(
        "{shown} of {total} cells are shown; the field finds among those shown, the file has all.",
        shown=len(shown),
        total=text.number(len(rows)),
    )
    tools = Markup(
        '<div class="tools"><div><h2>{}</h2><p class="quiet">{} {} {}</p></div>{}</div>'
    ).format(
        heading,
        counted,
        Markup("{} {} {}").format(
            Markup("<span>● {};</span>").format(text("called a cluster")),
            Markup("<span>○ {};</span>").format(text("not called")),
            Markup("<span><i>?</i> {}.</span>").format(text("cannot judge")),
        ),
        text("The map that a link leads to explains the rules as they are published.")
        if any(rule.changed for rule in found.rules)
        else "",
        finder(text("Find a sector or a region")),
    )
    return table(columns, shown, text, caption=heading, tools=tools)


def _row(
    found: Any, row: Mapping[str, Any], regions: Mapping[str, Item],
    industries: Mapping[str, Item], text: Text, address: Address,
) -> Row:  # fmt: skip
    at = {
        "industry": row["industry_code"],
        "region": row["region_code"],
        "year": found.year,
        "measure": found.measure,
    }
    sector = captions.industry_name(industries[row["industry_code"]], text)
    region = text.name(regions[row["region_code"]])
    of_region = {word: at[word] for word in ("region", "year", "measure")}
    of_sector = {word: at[word] for word in ("industry", "year", "measure")}
    return Row(
        [
            Cell(link(address("map", **of_sector), sector), sector),
            Cell(link(address("region", **of_region), region), region),
            Cell(_agreement(row, found, text), _share(row)),
            _quotient(row, text),
            _amount(row, found, text),
            *(_verdict(row, rule, text, address("map", **at, metric=rule.metric.name))
              for rule in found.rules),
            Cell(link(address("map", **at, metric="agreement"), text("Why?"))),
        ]
    )  # fmt: skip


def _share(row: Mapping[str, Any]) -> float:
    """What agreement is sorted by: the rules that agree, the quotient among equals."""
    quotient = float(row["location_quotient"])
    return float(row["agree"]) + (quotient / 1e6 if row["judges"] else math.nan)


def _agreement(row: Mapping[str, Any], found: Any, text: Text) -> Markup:
    """``4 of 6``, or ``3 of 3 that could judge``."""
    if not row["judges"]:
        return missing(captions.missing_text(row["status"], text))
    facts = {"count": row["agree"], "total": row["judges"]}
    if row["judges"] == len(found.rules):
        return Markup("<b>{}</b>").format(text("{count} of {total}", **facts))
    return Markup("<b>{}</b>").format(text("{count} of {total} that could judge", **facts))


def _quotient(row: Mapping[str, Any], text: Text) -> Cell:
    value = float(row["location_quotient"])
    if not math.isfinite(value):
        return Cell(missing(captions.missing_text(row["status"], text)), math.nan)
    return Cell(text.number(value, 2), value)


def _amount(row: Mapping[str, Any], found: Any, text: Text) -> Cell:
    value = float(row["amount"])
    if not math.isfinite(value):
        return Cell(missing(captions.missing_text(row["amount_status"], text)), math.nan)
    shown = Markup.escape(captions.value_text(value, "amount", text, found.measure))
    if row["small"]:
        shown += Markup(' <small class="changed" title="{}">{}</small>').format(
            text(SMALL), text("few")
        )
    return Cell(shown, value)


def _verdict(row: Mapping[str, Any], rule: Any, text: Text, why: str) -> Cell:
    """Called, not called or unknown, told apart by sign and by words; stars with their number. A
    link to the map that explains it."""
    value = float(row[rule.metric.name])
    if not math.isfinite(value):
        reason = (
            captions.missing_text(row["status"], text) if not row["judges"] else text("no data")
        )
        return Cell(unknown(text("cannot judge: {reason}", reason=reason)), math.nan)
    called = value >= rule.settings["calls"]
    words = text("called a cluster") if called else text("not called")
    sign = "●" if called else "○"
    if rule.metric.unit == "stars":
        stars = captions.value_text(value, "stars", text)
        words, sign = f"{words}: {stars}", f"{sign} {text.number(value)}"
    return Cell(link(why, _sign(words, sign, "called" if called else "quiet")), value)


def _sign(words: str, sign: str, css: str) -> Markup:
    return Markup('<span class="{0}" role="img" aria-label="{1}" title="{1}">{2}</span>').format(
        css, words, sign
    )
