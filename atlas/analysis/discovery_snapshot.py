"""Discovery as a snapshot: what it leaves open filled in as its page does, and its map."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, fields

from atlas.analysis.choices import choices
from atlas.analysis.discovery import RULES, Rule, agreement_view, discover
from atlas.model import MapView, Release
from atlas.snapshot import Snapshot

#: On how many of the rules a cell is agreed unless it is chosen.
AT_LEAST = len(RULES) // 2


@dataclass(frozen=True)
class DiscoveryMap(MapView):
    """A map of what rules agree on: ``at_least`` how many of them, and the ``rules`` as they were
    applied."""

    at_least: int = AT_LEAST
    rules: tuple[Rule, ...] = ()


def filled_discovery(snapshot: Snapshot, release: Release) -> Snapshot:
    """The snapshot with measure, year and number of rules filled in, its release named. Raises
    ChoiceError for a choice that the release does not have."""
    known = choices(release)
    measure = snapshot.measure or known.measures[0]
    known.check(measure=measure, region=snapshot.region, year=snapshot.year)
    return dataclasses.replace(
        snapshot,
        release=release.release_id,
        metric=None,
        measure=measure,
        year=snapshot.year or known.years(measure)[-1],
        agree=min(max(snapshot.agree or AT_LEAST, 1), len(RULES)),
        layers=(),
    )


def discovery_map(snapshot: Snapshot, release: Release) -> DiscoveryMap:
    """The map of a snapshot that is filled in. Raises as
    :func:`atlas.analysis.discovery.discover`."""
    found = discover(
        release, measure=str(snapshot.measure), year=snapshot.year, level=snapshot.level,
        depth=snapshot.depth, industry=snapshot.industry, settings=_settings(snapshot),
    )  # fmt: skip
    at_least = snapshot.agree or AT_LEAST
    view = agreement_view(found, at_least=at_least)
    number = view.clusters["region_code"].value_counts()
    regions = view.regions.assign(
        clusters=[int(number.get(code, 0)) for code in view.regions.index]
    )
    said = {one.name: getattr(view, one.name) for one in fields(MapView)}
    return DiscoveryMap(
        **{**said, "regions": regions, "clusters": view.clusters.iloc[:0]},
        at_least=at_least, rules=found.rules,
    )  # fmt: skip


def _settings(snapshot: Snapshot) -> dict[str, dict[str, float]]:
    """Other values than the published ones, by rule and setting."""
    found: dict[str, dict[str, float]] = {}
    for one in snapshot.thresholds or ():
        name, _, value = one.partition("=")
        rule, _, setting = name.partition(".")
        found.setdefault(rule, {})[setting] = float(value)
    return found
