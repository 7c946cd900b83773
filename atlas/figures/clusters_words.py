"""The sentences and facts of clusters side by side; views:
:class:`atlas.analysis.cluster_profiles.ClustersProfile`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from atlas.figures.captions import (
    industry_name,
    measure_name,
    source_of,
    source_title,
    value_text,
)
from atlas.figures.compare_clusters import heading
from atlas.figures.profile_words import english, shown_choices, words_for
from atlas.names import STAGES
from atlas.text import Text

#: Clusters that a file is named for.
_NAMED = 3
#: A fact of each cluster: what it is, and it in words for each, "" where nothing is known.
Facts = tuple[str, list[str]]


def recorded(view: Any, text: Text) -> list[Facts]:
    """What is recorded of each cluster, in the order of its page."""
    every = view.view.clusters
    return [
        (text("Rank"), [_rank(one, view, text) for one in every]),
        (text("Region"), [text.name(one.region) for one in every]),
        (text("Sector"), [sectors_text(one, text) for one in every]),
        (text("Stage"), [stage_text(one, text) for one in every]),
        (text("Organisation"), [organisation_name(one) for one in every]),
        (text("Firms known by name"), [text.number(len(one.firms)) for one in every]),
        (text("Institutions known by name"), [text.number(len(one.institutions)) for one in every]),
        (text("Single figures published"), [text.number(len(one.facts)) for one in every]),
    ]


def _rank(one: Any, view: Any, text: Text) -> str:
    rank = one.cluster.extra.get("rank")
    if rank is None:
        return ""
    return text("{rank} of {count}", rank=int(rank), count=view.view.number)


def sectors_text(one: Any, text: Text) -> str:
    """``10 Food products; 11 Beverages``."""
    return "; ".join(f"{item.code} {industry_name(item, text)}" for item in one.industries)


def stage_text(one: Any, text: Text) -> str:
    """The stage that is published, "" for none."""
    stage = one.cluster.extra.get("stage")
    return text(STAGES[stage]) if stage in STAGES else ""


def organisation_name(one: Any) -> str:
    """Who runs the cluster, "" where nobody is recorded."""
    return "" if one.organisation is None else str(one.organisation["name"])


def sector_facts(view: Any, text: Text) -> list[Facts]:
    """The figures of each one's wider sector in its region; none where no sector has any."""
    found = [one for one in view.view.sectors.values() if one is not None]
    if not found:
        return []
    wider = [
        industry_name(one.with_figures, text) if one.with_figures else ""
        for one in view.view.clusters
    ]
    rows = [
        (text("Location quotient"), "location_quotient", "ratio"),
        (measure_name(view.release, text, view.measure), "amount", "amount"),
        (text("Share of the region’s total"), "focus", "share"),
        (text("{figure} since {year}", figure=text("Growth"), year=found[0].since), "growth",
         "change"),
    ]  # fmt: skip
    return [
        (text("Sector with figures"), wider),
        *((title, list(_figures(view, name, unit, text))) for title, name, unit in rows),
    ]


def _figures(view: Any, name: str, unit: str, text: Text) -> Iterator[str]:
    for one in view.view.clusters:
        figures = view.view.sectors[one.cluster.code]
        value = getattr(figures, name) if figures else math.nan
        yield value_text(value, unit, text, view.measure) if math.isfinite(value) else ""


def _clusters(view: Any, text: Text) -> dict[str, Any]:
    country, every = text.name(view.root), view.view.clusters
    measure = measure_name(view.release, text, view.measure)
    # Their names have commas.
    named = " · ".join(text.name(one.cluster) for one in every)
    known = {source["name"]: source for source in view.release.manifest.get("sources", [])}
    used = dict.fromkeys(one.cluster.extra.get("source") for one in every)
    listed = [source_title(known[name], text) for name in used if name in known]
    said = [text("Clusters: {source}.", source="; ".join(listed))] if listed else []
    year = [text("Year: {year}", year=view.year)] if view.year else []
    if view.year:
        title = source_title(source_of(view.release, view.measure), text)
        said.insert(0, text("Source: {source}; {measure}, {year}.", source=title, measure=measure,
                            year=view.year))  # fmt: skip
    return {
        "title": _title(view, text),
        "subtitle": f"{heading(view.view, text)}: {named}",
        "sources": " ".join(said),
        "shown": shown_choices(
            [text("Country: {name}", name=country), text("Counted: {name}", name=measure), *year],
            text,
        ),
        "keywords": (named, country, *([str(view.year)] if view.year else [])),
        "name": (
            view.release.edition, "compare", *(english(one.cluster) for one in every[:_NAMED]),
            *([f"and-{len(every) - _NAMED}-more"] if len(every) > _NAMED else []),
            *([str(view.year)] if view.year else []),
        ),
    }  # fmt: skip


def _title(view: Any, text: Text) -> str:
    """Whose sector weighs most in its region, of those that have figures."""
    quotients = {
        code: one.location_quotient
        for code, one in view.view.sectors.items()
        if one is not None and math.isfinite(one.location_quotient)
    }
    if len(quotients) < 2:
        return heading(view.view, text)
    first = max(quotients, key=lambda code: quotients[code])
    own = next(one for one in view.view.clusters if one.cluster.code == first)
    sector = industry_name(own.with_figures, text) if own.with_figures else ""
    return text(
        "{cluster}: of those compared, its sector ({sector}) weighs most in its region, {value}"
        " times the national share",
        cluster=text.name(own.cluster), sector=sector, value=text.number(quotients[first], 2),
    )  # fmt: skip


words_for("compare_clusters", _clusters)
