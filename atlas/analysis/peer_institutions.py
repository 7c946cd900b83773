"""Kinds of institutions that clusters of the regions most like one have and its own have not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from atlas.analysis.choices import choices
from atlas.model import Item, Release
from atlas.names import INSTITUTION_TYPES
from atlas.store import database


@dataclass(frozen=True)
class Kinds:
    """Kinds of institutions as far as they are known of named clusters.

    ``own``: those of the region's clusters; empty where no institution of theirs is known.
    ``known``: the regions beside it of whose clusters any is. ``lacking``: the kinds that these
    have and the region's clusters are not known to have, with the regions that have them; nothing
    where ``own`` is empty, since then nothing is known to be lacking.
    """

    own: tuple[str, ...]
    known: tuple[Item, ...]
    lacking: tuple[tuple[str, tuple[Item, ...]], ...]


def kinds(release: Release, region: str, beside: Sequence[str]) -> Kinds:
    """The kinds in a region against those in the regions ``beside`` it (codes)."""
    regions, table = choices(release).regions, _table(release)
    own = tuple(kind for kind in INSTITUTION_TYPES if table.get((region, kind)))
    having = {
        kind: tuple(regions[code] for code in beside if table.get((code, kind)))
        for kind in INSTITUTION_TYPES
    }
    told = {item.code for items in having.values() for item in items}
    return Kinds(
        own=own,
        known=tuple(regions[code] for code in beside if code in told),
        lacking=tuple(
            (kind, items) for kind, items in having.items() if own and items and kind not in own
        ),
    )


@cache
def _table(release: Release) -> pd.Series:
    """How many institutions of each kind are known of the clusters of each region."""
    frame = database.run("region/institutions", release)
    return frame.set_index(["region_code", "type"])["institutions"]
