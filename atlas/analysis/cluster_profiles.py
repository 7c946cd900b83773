"""Clusters side by side as a view of a snapshot."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from atlas.analysis.choices import Choices
from atlas.analysis.compare_clusters import ClustersView, clusters_view, usual_clusters
from atlas.analysis.profiles import Profile, view_kind
from atlas.snapshot import Snapshot


@dataclass(frozen=True, kw_only=True)
class ClustersProfile(Profile):
    """Two to six clusters: ``view`` of their page, and the newest ``year`` of the figures of their
    wider sectors, None without."""

    view: ClustersView
    year: int | None


def _filled(snapshot: Snapshot, known: Choices) -> Snapshot:
    return dataclasses.replace(
        snapshot, clusters=snapshot.clusters or usual_clusters(known.release)
    )


def _clusters(snapshot: Snapshot, known: Choices, same: Mapping[str, Any]) -> ClustersProfile:
    view = clusters_view(known.release, snapshot.clusters or (), measure=str(snapshot.measure))
    years = [one.year for one in view.sectors.values() if one is not None]
    return ClustersProfile(**same, view=view, year=max(years, default=None))


view_kind("compare_clusters", _filled, _clusters)
