"""What a book of a whole country holds: its clusters, its regions, the figures' methods."""

from __future__ import annotations

from dataclasses import dataclass

from atlas.analysis.choices import choices
from atlas.analysis.clusters import all_clusters
from atlas.analysis.methods import metrics
from atlas.model import Item, Metric, Release


@dataclass(frozen=True)
class Contents:
    """The ``clusters`` in the order of their rank, each with its names by language, the ``regions``
    of the first level in that of the edition, and the ``metrics``."""

    release: Release
    country: Item
    clusters: tuple[Item, ...]
    regions: tuple[Item, ...]
    metrics: tuple[Metric, ...]


def contents(release: Release) -> Contents:
    """The contents of a release's book."""
    known, frame = choices(release), all_clusters(release)
    names = [column for column in frame if str(column).startswith("name_")]
    return Contents(
        release=release,
        country=known.root_region,
        clusters=tuple(
            Item(
                code=str(row["cluster_id"]),
                names={n.removeprefix("name_"): str(row[n]) for n in names if row[n] is not None},
            )
            for row in frame.to_dict("records")
        ),
        regions=tuple(known.at_level(1).values()),
        metrics=tuple(metrics()),
    )
