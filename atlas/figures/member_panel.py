"""One firm or institution of a cluster in place, and the cluster's firms by stage."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from atlas.figures import captions
from atlas.figures.member_tables import outside, source_link, where
from atlas.figures.network_panel import kind_name
from atlas.figures.palette import Theme
from atlas.figures.panels import Address, institution_sign, link, sign
from atlas.figures.pictograms import FIRM
from atlas.figures.tables import missing
from atlas.model import Item, mark
from atlas.names import INSTITUTION_TYPES
from atlas.text import Text

#: What the members can be narrowed to.
KINDS: Mapping[str, str] = {
    "all": mark("All"),
    "firms": mark("Firms"),
    "institutions": mark("Institutions"),
    **INSTITUTION_TYPES,
}


def member_panel(
    member: Any, net: Any, choices: Any, text: Text, address: Address,
    here: Callable[[str, str], str], theme: Theme, *, sources: Mapping[str, Any], clear: str,
) -> Markup:  # fmt: skip
    """Everything recorded of one firm or institution, with a way to clear the selection.

    ``here(kind, id)`` is where another of this cluster's nodes is shown.
    """
    row = member.row
    firm = member.kind == "firm"
    symbol = row.get("symbol") if firm else None
    return Markup(
        '<div class="panel"><div class="top"><div class="item">{}<div class="words"><h3>{}</h3>'
        '<small>{}</small></div></div><a class="chip on" href="{}" title="{}">{} ✕</a></div>'
        '<p>{}</p><dl class="known">{}</dl></div>'
    ).format(
        sign(symbol if isinstance(symbol, str) else FIRM[0], theme)
        if firm
        else institution_sign(str(row["type"]), theme),
        row["name"],
        text("Firm") if firm else text(INSTITUTION_TYPES[row["type"]]),
        clear,
        text("Clear the selection"),
        text("Selected: {region}", region=row["name"]),
        text.name(row, "detail"),
        Markup("").join(
            Markup("<dt>{}</dt><dd>{}</dd>").format(*pair)
            for pair in _known(member, net, choices, text, address, here, sources)
        ),
    )


def _known(
    member: Any, net: Any, choices: Any, text: Text, address: Address,
    here: Callable[[str, str], str], sources: Mapping[str, Any],
) -> list[tuple[str, Markup | str]]:  # fmt: skip
    row, unknown = member.row, missing(text("not known"))
    region = choices.regions.get(str(row.get("region_code")))
    known: list[tuple[str, Markup | str]] = [
        (text("Place"), where(row, choices.regions, text).shown),
        (
            text("Region"),
            link(address("region", region=region.code), text.name(region)) if region else unknown,
        ),
    ]
    if member.kind == "firm":
        industry = choices.industries.get(str(row.get("industry_code")))
        known += [
            (text("Product"), text.name(row, "product") or unknown),
            (text("Sector"), _sector(industry, text) if industry else unknown),
            (text("Persons employed"), jobs(row, text)),
            (text("Stage of the value chain"), text.name(row, "value_chain_stage") or unknown),
        ]
    clusters = [
        link(address("cluster", cluster=found["cluster_id"]), text.name(found))
        for found in member.clusters.to_dict("records")
    ]
    known += [
        (text("Clusters"), Markup(", ").join(clusters) or missing(text("belongs to none of them"))),
        (text("Recorded ties"), _ties(member, net, text, here)),
        (text("Website"), outside(row.get("website")) or unknown),
        (text("Source"), source_link(row.get("source"), sources, text)),
    ]
    return known


def _sector(industry: Item, text: Text) -> str:
    return f"{industry.code} {captions.industry_name(industry, text)}"


def jobs(firm: Mapping[str, Any], text: Text) -> Markup | str:
    """A firm's persons employed with their year, where they are known."""
    count, year = firm.get("employment"), firm.get("year")
    if count is None or math.isnan(count):
        return missing(text("not known"))
    if year is None or math.isnan(year):
        return text.number(count)
    return text("{count} in {year}", count=text.number(count), year=int(year))


def _ties(member: Any, net: Any, text: Text, here: Callable[[str, str], str]) -> Markup:
    call = kind_name(text)
    said = []
    for tie in member.ties.to_dict("records"):
        other = net.nodes.loc[tie["other"]]
        kind = call(tie["kind"] if isinstance(tie["kind"], str) else "")
        said.append(
            Markup("{}: {}").format(kind, link(here(other["kind"], other["id"]), other["name"]))
        )
    return Markup("; ").join(said) or missing(text("none recorded"))


def chain_panel(
    stages: Sequence[tuple[str, pd.DataFrame]], text: Text, here: Callable[[str, str], str], *,
    ordered: bool, firms: int,
) -> Markup:  # fmt: skip
    """The firms by stage of the value chain, in its order where the edition gives one."""
    if not stages:
        return Markup('<p class="none">{}</p>').format(
            text("Of none of the firms is the stage of the value chain recorded.")
        )
    cards = [
        Markup('<div class="card"><div class="name">{}</div>{}</div>').format(
            text.name(found.iloc[0], "value_chain_stage"),
            Markup("").join(
                Markup('<div class="words">{}</div>').format(
                    link(here("firm", firm["firm_id"]), firm["name"])
                )
                for firm in found.to_dict("records")
            ),
        )
        for _, found in stages
    ]
    left = firms - sum(len(found) for _, found in stages)
    notes = [] if ordered else [text("The order of the stages is not recorded.")]
    if left:
        notes.append(
            text.plural(
                "Of {count} firm the stage is not known.",
                "Of {count} firms the stage is not known.",
                left,
            )
        )
    return Markup('<div class="chain{}">{}</div><p class="quiet">{}</p>').format(
        " ordered" if ordered else "", Markup("").join(cards), " ".join(notes)
    )
