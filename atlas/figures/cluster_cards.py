"""Clusters as cards, and those gathered for a comparison."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from atlas.figures import captions, comparison
from atlas.figures.palette import Theme
from atlas.figures.panels import Address, link, rank_text, sign
from atlas.figures.tables import missing
from atlas.model import Item
from atlas.names import STAGES
from atlas.text import Text


def cards(
    clusters: pd.DataFrame, gathered: Sequence[str], regions: Mapping[str, Item],
    industries: Mapping[str, Item], text: Text, gather: comparison.Gather, address: Address,
    theme: Theme, *, most: int,
) -> Markup:  # fmt: skip
    """Clusters as cards: name, place, rank, its sector with figures there, members known,
    organisation, and a way to compare at ``most`` so many of them.

    ``gather`` makes the address of this list with others gathered.
    """
    full = None
    if len(gathered) >= most:
        full = text("At most {count} clusters are compared", count=most)
    return Markup('<div class="grid clusters">{}</div>').format(
        Markup("").join(
            Markup(
                '<div class="card"><div class="item">{}<div class="words">{}<small>{}</small></div>'
                '</div><div class="words">{}</div><p class="quiet">{}</p></div>'
            ).format(
                sign(str(row["symbol"]), theme),
                link(address("cluster", cluster=row["cluster_id"]), text.name(row)),
                rank_text(row["rank"], text),
                Markup("<br>").join(_facts(row, regions, industries, text, address)),
                comparison.add_link(
                    str(row["cluster_id"]), text.name(row), gathered, gather, text, full=full
                ),
            )
            for row in clusters.to_dict("records")
        )
    )


def _facts(
    row: Mapping[str, Any], regions: Mapping[str, Item], industries: Mapping[str, Item],
    text: Text, address: Address,
) -> list[Markup | str]:  # fmt: skip
    code = str(row["region_code"])
    own = Markup(", ").join(
        Markup("{} {}").format(code, captions.industry_name(industries[code], text))
        for code in row["industry_codes"]
        if code in industries
    )
    firms = text.plural("{count} firm known", "{count} firms known", int(row["firms"]))
    institutions = text.plural(
        "{count} institution known", "{count} institutions known", int(row["institutions"])
    )
    stage = str(row.get("stage"))
    return [
        Markup("{} · {}").format(
            link(address("region", region=code), text.name(regions[code])), own
        ),
        _figures(row, industries, text, address),
        f"{firms} · {institutions}",
        *([text("Stage: {stage}", stage=text(STAGES[stage]))] if stage in STAGES else []),
        text("Has a cluster organisation")
        if isinstance(row["cmo_id"], str) and row["cmo_id"]
        else text("No cluster organisation recorded"),
    ]


def _figures(
    row: Mapping[str, Any], industries: Mapping[str, Item], text: Text, address: Address
) -> Markup:
    """The quotient and stars of the wider sector in the cluster's region; not its own."""
    if row["sector"] not in industries:
        return missing(text("no sector with figures"))
    target = address("map", industry=row["sector"], region=row["region_code"])
    sector = link(target, captions.industry_name(industries[str(row["sector"])], text))
    if not math.isfinite(row["location_quotient"]):
        return Markup("{}: {}").format(sector, missing(text("no data")))
    stars = text("stars not known")
    if math.isfinite(row["stars"]):
        number = int(row["stars"])
        stars = captions.value_text(number, "stars", text) if number else text("no star")
    return text.html(
        "{sector} here, {year}: location quotient {value}, {stars}",
        sector=sector,
        year=row["year"],
        value=Markup("<b>{}</b>").format(text.number(row["location_quotient"], 2)),
        stars=stars,
    )


def gathered_clusters(
    shown: Sequence[str], gathered: Sequence[str], names: Mapping[str, str],
    gather: comparison.Gather, address: Address, text: Text, *, least: int, most: int,
) -> Markup:  # fmt: skip
    """What is gathered for a comparison, each with a way out, and the way there; without any, the
    way to compare all that is shown, where they are few enough."""

    def compare(codes: Sequence[str]) -> Markup:
        target = address("compare", what="clusters", clusters=",".join(codes))
        return comparison.go_link(target, text("Compare these {count} →", count=len(codes)))

    if not gathered:
        few = least <= len(shown) <= most
        return Markup('<div class="chips gathered">{}</div>').format(compare(shown) if few else "")
    another = Markup('<span class="quiet">{}</span>').format(text("Add another one to compare."))
    go = compare(gathered) if len(gathered) >= least else another
    return comparison.gathered_line(gathered, names, gather, text, go=go)
