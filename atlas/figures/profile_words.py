"""The sentences of the pictures that are no map: of a region, a cluster and a comparison.

Views are those of :mod:`atlas.analysis.profiles`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from atlas.figures.captions import (
    DISCLAIMER,
    coverage,
    industry_name,
    measure_name,
    measure_title,
    plain,
    source_of,
    source_title,
)
from atlas.figures.compare_words import heading as compare_heading
from atlas.figures.member_tables import source_link
from atlas.model import Item, Release
from atlas.text import Text


@dataclass(frozen=True)
class Words:
    """What stands around a picture. ``own``: notes of its maker, ``standing``: what is said under
    every picture; ``name``: what a file is called after, without language and ending."""

    title: str
    subtitle: str
    sources: str
    shown: str
    own: str
    standing: str
    keywords: tuple[str, ...]
    name: tuple[str, ...]

    @property
    def notes(self) -> str:
        """The maker's notes and the standing ones."""
        return " ".join(note for note in (self.own, self.standing) if note)

    @property
    def description(self) -> str:
        """All of it, for those who cannot see the picture."""
        return " ".join((f"{self.subtitle}.", self.sources, self.shown, self.notes))


def words_of(kind: str, view: Any, text: Text) -> Words:
    """The sentences of a view; ``kind``: its name among a snapshot's views."""
    own = view.notes or ""
    own = f"{own}." if own and own[-1] not in ".!?…" else own
    standing = (coverage(view.release, text), text(DISCLAIMER))
    said = _WORDS[kind](view, text)
    return Words(
        **{**said, "title": view.title or said["title"]},
        own=own,
        standing=" ".join(note for note in standing if note),
    )


def _region(view: Any, text: Text) -> dict[str, Any]:
    region, country = text.name(view.view.region), text.name(view.root)
    measure = measure_name(view.release, text, view.measure)
    used = dict.fromkeys([view.measure, *(one.measure for one in view.figures if one.measure)])
    return {
        "title": _region_title(view, region, text),
        "subtitle": _region_subtitle(view, region, country, measure, text),
        "sources": _sources(view, used, view.year, view.view.clusters, text),
        "shown": shown_choices(
            [text("Country: {name}", name=country), text("Region: {name}", name=region),
             text("Counted: {name}", name=measure), text("Year: {year}", year=view.year)], text,
        ),
        "keywords": (region, text("Location quotient"), country, str(view.year)),
        "name": (
            view.release.edition, english(view.view.region), "profile",
            *([view.measure] if view.measure != _usual(view.release) else []), str(view.year),
        ),
    }  # fmt: skip


def _region_subtitle(view: Any, region: str, country: str, measure: str, text: Text) -> str:
    """What is measured, and when; of a region without figures only which and when."""
    if view.structure is None:
        return text("{region}, {year}", region=region, year=view.year)
    said = text(
        "Location quotient: a sector’s share of {region} ÷ its share of {country} ({measure})",
        region=region,
        country=country,
        measure=measure,
    )
    return f"{said} · {view.year}"


def _region_title(view: Any, region: str, text: Text) -> str:
    if view.structure is None:
        return text("{region}: no figures are published", region=region)
    known = view.sectors[view.sectors["location_quotient"] >= 1]["location_quotient"]
    if known.empty:
        return text("{region}: no sector lies above its national share", region=region)
    facts = {
        "region": region,
        "first": industry_name(view.industries[str(known.index[0])], text),
        "value": text.number(float(known.iloc[0]), 2),
    }
    if len(known) == 1:
        return text("{region}: {first} weighs {value} times its national share", **facts)
    return text(
        "{region}: {first} weighs {value} times its national share, {second} {other} times",
        second=industry_name(view.industries[str(known.index[1])], text),
        other=text.number(float(known.iloc[1]), 2),
        **facts,
    )


def _cluster(view: Any, text: Text) -> dict[str, Any]:
    found, name = view.view, text.name(view.view.cluster)
    region, country = text.name(found.region), text.name(view.root)
    sectors = "; ".join(f"{one.code} {industry_name(one, text)}" for one in found.industries)
    figures = (
        [text("Figures: {sector}, {year}", sector=industry_name(found.with_figures, text),
              year=view.year)]
        if found.with_figures and view.year
        else []
    )  # fmt: skip
    return {
        "title": _cluster_title(view, name, text),
        "subtitle": text("What the published list does not say, this page does not guess."),
        "sources": _cluster_sources(view, text),
        "shown": shown_choices(
            [text("Country: {name}", name=country), text("Region: {name}", name=region),
             *([text("Sectors: {name}", name=sectors)] if sectors else []), *figures], text,
        ),
        "keywords": (name, region, country, *([str(view.year)] if view.year else [])),
        "name": (
            view.release.edition, english(found.cluster), "cluster",
            *([str(view.year)] if view.year else []),
        ),
    }  # fmt: skip


def _cluster_title(view: Any, name: str, text: Text) -> str:
    found = view.view
    members = text(
        "{firms} and {institutions} known by name",
        firms=text.plural("{count} firm", "{count} firms", len(found.firms)),
        institutions=text.plural(
            "{count} institution", "{count} institutions", len(found.institutions)
        ),
    )
    if "rank" not in found.cluster.extra:
        return f"{name}: {members}"
    rank = text(
        "rank {rank} of {count} published", rank=int(found.cluster.extra["rank"]),
        count=found.number,
    )  # fmt: skip
    return f"{name}: {rank}; {members}"


def _cluster_sources(view: Any, text: Text) -> str:
    """Of its rank, its members, its signs, and of its wider sector's figures."""
    named = {source["name"]: source for source in view.release.manifest.get("sources", [])}
    found = view.view

    def titles(words: Iterable[Any]) -> str:
        links = (plain(source_link(one, named, text)) for one in words)
        return "; ".join(dict.fromkeys(link for link in links if link))

    own = found.cluster.extra.get("source")
    listed = source_title(named[own], text) if own in named else titles([own])
    members = titles([*found.firms["source"], *found.institutions["source"]])
    said = []
    if listed:
        said.append(text("Name, place and rank: {source}.", source=listed))
    if members:
        said.append(text("Firms and institutions: {source}.", source=members))
    if view.year:
        said.append(_measured(view.release, [view.measure], view.year, text))
    said.append(text("Signs after {source}.", source=view.signs_source[0]))
    return " ".join(said)


def _compare(view: Any, text: Text) -> dict[str, Any]:
    found, country = view.view, text.name(view.root)
    measure = measure_name(view.release, text, view.measure)
    regions = text.list([text.name(region) for region in found.regions])
    sector = industry_name(view.map.industry, text)
    named = {source["name"]: source for source in view.release.manifest.get("sources", [])}
    used = dict.fromkeys(one.source for one in found.figures if one.source)
    titles = [source_title(named[name], text) if name in named else name for name in used]
    return {
        "title": _compare_title(view, text),
        "subtitle": f"{compare_heading(found, text)}: {regions}",
        "sources": text("Source: {source}.", source="; ".join(titles)),
        "shown": shown_choices(
            [text("Country: {name}", name=country), text("Sector on the maps: {name}", name=sector),
             text("Counted: {name}", name=measure), text("Year: {year}", year=view.year)], text,
        ),
        "keywords": (regions, sector, country, str(view.year)),
        "name": (
            view.release.edition, "compare",
            *(english(region) for region in found.regions), str(view.year),
        ),
    }  # fmt: skip


def _compare_title(view: Any, text: Text) -> str:
    """The sector that sets them apart most, and where it weighs most and least."""
    found = view.view
    apart = found.quotients[found.quotients.notna().sum(axis=1) >= 2]
    if apart.empty:
        return compare_heading(found, text)
    values = apart.iloc[0].dropna().sort_values(ascending=False, kind="stable")
    names = {region.code: text.name(region) for region in found.regions}
    return text(
        "{sector} sets them apart most: {value} times the national share in {first}, {other} in"
        " {last}",
        sector=industry_name(view.industries[str(apart.index[0])], text),
        first=names[str(values.index[0])],
        value=text.number(float(values.iloc[0]), 2),
        last=names[str(values.index[-1])],
        other=text.number(float(values.iloc[-1]), 2),
    )


def _sources(view: Any, measures: Iterable[str], year: int, clusters: Any, text: Text) -> str:
    said = [_measured(view.release, measures, year, text)]
    named = {source["name"]: source for source in view.release.manifest.get("sources", [])}
    used = clusters["source"].dropna().unique() if "source" in clusters else []
    titles = [source_title(named.get(name, {"title": name}), text) for name in used]
    if titles:
        said.append(text("Clusters: {source}.", source="; ".join(titles)))
    return " ".join(said)


def _measured(release: Release, measures: Iterable[str], year: int, text: Text) -> str:
    """``Source: Geostat, ...; Persons employed and Turnover, million GEL, 2022.``: each source
    with what is taken from it."""
    taken: dict[str, list[str]] = {}
    for measure in measures:
        title = source_title(source_of(release, measure), text)
        taken.setdefault(title, []).append(measure_title(release, text, measure))
    return " ".join(
        text("Source: {source}; {measure}, {year}.", source=title, measure="; ".join(names),
             year=year)
        for title, names in taken.items()
    )  # fmt: skip


def shown_choices(parts: list[str], text: Text) -> str:
    """What was chosen as one sentence; a line breaks between two choices, not within one."""
    kept = [part.replace(" ", "\u00a0") if len(part) < 50 else part for part in parts]
    return text("Shown: {choices}.", choices="\u00a0· ".join(kept))


def english(item: Item) -> str:
    """An item's English name, for names of files."""
    return str(item.names.get("en") or item.code)


def _usual(release: Release) -> str:
    """The measure that is shown unless another is chosen."""
    return str(next(iter(release.manifest.get("measures", {})), ""))


_Say = Callable[[Any, Text], dict[str, Any]]
_WORDS: dict[str, _Say] = {}


def words_for(name: str, say: _Say) -> None:
    """Register what makes the sentences of the view of that name."""
    _WORDS[name] = say


words_for("region", _region)
words_for("cluster", _cluster)
words_for("compare", _compare)


from atlas.figures import clusters_words, maps_words  # noqa: E402, F401  (last: they fill the register)
