"""Clusters side by side: what is recorded of each, and its sector in its region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from atlas.analysis.choices import choices
from atlas.analysis.clusters import ClusterView, all_clusters, cluster_view
from atlas.analysis.compare import LEAST, MOST, USUAL
from atlas.analysis.map import default_since
from atlas.errors import ChoiceError
from atlas.metrics import METRICS
from atlas.model import Release


@dataclass(frozen=True)
class SectorFigures:
    """A cluster's wider sector in its region in one year, NaN where missing; not its own figures.

    ``growth`` counts from ``since``.
    """

    year: int
    since: int
    amount: float
    location_quotient: float
    focus: float
    growth: float


@dataclass(frozen=True)
class ClustersView:
    """Two to six clusters in the order asked for. ``sectors``: by cluster id, None without
    figures. ``number``: how many clusters the edition names."""

    release: Release
    measure: str
    clusters: tuple[ClusterView, ...]
    sectors: dict[str, SectorFigures | None]
    number: int


def clusters_view(
    release: Release, clusters: Sequence[str], *, measure: str = "employment"
) -> ClustersView:
    """Clusters side by side. Raises ChoiceError for an unknown one, for fewer than two or more
    than six of them or the same one twice (``clusters_number``)."""
    if not LEAST <= len(clusters) <= MOST or len(set(clusters)) < len(clusters):
        raise ChoiceError("clusters_number", count=len(set(clusters)), least=LEAST, most=MOST)
    choices(release).check(measure=measure)
    views = tuple(cluster_view(release, cluster, measure=measure) for cluster in clusters)
    return ClustersView(
        release=release,
        measure=measure,
        clusters=views,
        sectors={view.cluster.code: _sector(view) for view in views},
        number=len(all_clusters(release)),
    )


def usual_clusters(release: Release) -> tuple[str, ...]:
    """The clusters compared unless they are chosen: the first of the published ranking."""
    return tuple(map(str, all_clusters(release)["cluster_id"].head(USUAL)))


def _sector(view: ClusterView) -> SectorFigures | None:
    """The newest figures of a cluster's wider sector in its region."""
    if view.with_figures is None or view.trend.empty:
        return None
    years = [int(year) for year in view.trend.index]
    since = default_since(years, years[-1])
    now, then = view.trend.iloc[-1], view.trend["amount"].get(since, np.nan)
    grown = METRICS["growth"].compute(np.array([now["amount"]]), np.array([then]))
    return SectorFigures(
        year=years[-1],
        since=since,
        amount=float(now["amount"]),
        location_quotient=_of(now, "location_quotient"),
        focus=_of(now, "focus"),
        growth=float(grown[0]),
    )


def _of(row: pd.Series, name: str) -> float:
    return float(row[name]) if name in row else float("nan")


def clusters_csv(view: ClustersView) -> bytes:
    """The clusters as CSV, one row each: what is recorded, and its sector's figures in its region.

    Columns: cluster_id, region_code, rank, stage, cmo_id, firms, institutions (known by name),
    facts (published figures), industry_code (of the sector with figures), measure, year, amount,
    location_quotient, focus, since, growth; empty where not known.
    """
    rows = []
    for one in view.clusters:
        extra, sector = one.cluster.extra, view.sectors[one.cluster.code]
        rows.append(
            {
                "cluster_id": one.cluster.code,
                "region_code": one.region.code,
                **{name: extra.get(name) for name in ("rank", "stage", "cmo_id")},
                "firms": len(one.firms),
                "institutions": len(one.institutions),
                "facts": len(one.facts),
                "industry_code": one.with_figures.code if one.with_figures else None,
                "measure": view.measure,
                **{
                    name: getattr(sector, name) if sector else None
                    for name in ("year", "amount", "location_quotient", "focus", "since", "growth")
                },
            }
        )
    whole = dict.fromkeys(("rank", "year", "since"), "Int64")
    text: str = pd.DataFrame(rows).astype(whole).to_csv(index=False, lineterminator="\n")
    return text.encode()
