"""Which regions are like one, which lie beside it, and what it lacks that those like it have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import pandas as pd

from atlas.analysis.choices import choices
from atlas.analysis.compare import Pair, likeness, sector_amounts, sectors_of
from atlas.analysis.measure import measure_cells
from atlas.model import Item, Release
from atlas.store import boundaries, releases

#: How many of the regions most like one are its peers: few enough to be named, and one alone that
#: is out of the common run does not decide.
PEERS = 3
#: How many of them must be strong in a sector: what one alone has may be a single plant.
AGREED = 2
#: A peer is strong where the sector has at least its share in the country.
STRONG = 1.0
#: A region lacks a sector that has less than half its share in the country: the lowest class of
#: the map, below any doubt whether it is merely a little less.
LACKING = 0.5
#: The same by name, for who states the rule.
RULE = {"agreed": AGREED, "strong": STRONG, "lacking": LACKING}


@dataclass(frozen=True)
class Lack:
    """A sector that a region's peers are strong in and it is not: its own location quotient, and
    those of the peers that are strong, the strongest first."""

    sector: Item
    quotient: float
    strong: tuple[tuple[Item, float], ...]


@dataclass(frozen=True)
class Peers:
    """Who a region is like and what it lacks, in one year.

    ``similar``: at most ``PEERS`` pairs with the region itself as the one, the most alike first;
    none for a region without figures. ``sectors``: how many it has figures of. ``lacks``: those
    that most of the peers are strong in first. ``untold``: sectors that the peers are strong in
    and of which the region has no figure. ``neighbours``: those of its level that share a border
    with it, by code.
    """

    region: Item
    similar: tuple[Pair, ...]
    sectors: int
    lacks: tuple[Lack, ...]
    untold: tuple[Item, ...]
    neighbours: tuple[Item, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the region itself and of those most like it; none without any."""
        others = [pair.other.code for pair in self.similar]
        return (self.region.code, *others) if others else ()


@lru_cache(maxsize=256)
def peers(release: Release, region: str, *, measure: str, year: int) -> Peers:
    """The regions of its level that a region is like, by a measure in a year, and its neighbours.

    Raises ChoiceError for a region, measure or year that the release does not have.
    """
    known = choices(release)
    known.check(region=region, measure=measure, year=year)
    own = known.regions[region]
    level = own.level or 0
    amounts = sector_amounts(release, measure, year, level)
    amounts = amounts.reindex(list(known.at_level(level)))[sectors_of(known)]
    nearest = likeness(amounts, region).head(PEERS)
    there = amounts.notna()
    similar = tuple(
        Pair(
            own,
            known.regions[str(code)],
            float(index),
            int((there.loc[[region, code]]).all().sum()),
        )
        for code, index in nearest.items()
    )
    cells = measure_cells(release, "location_quotient", measure=measure, level=level, year=year)
    quotients = cells.pivot(index="industry_code", columns="region_code", values="value")
    quotients = quotients.reindex(index=sectors_of(known), columns=list(amounts.index))
    lacks, untold = lacking(quotients.astype(float), region, list(nearest.index))
    return Peers(
        region=own,
        similar=similar,
        sectors=int(there.loc[region].sum()),
        lacks=tuple(
            Lack(
                known.industries[sector],
                float(quotients.at[sector, region]),
                tuple((known.regions[code], value) for code, value in strong.items()),
            )
            for sector, strong in lacks.items()
        ),
        untold=tuple(known.industries[sector] for sector in untold),
        neighbours=tuple(known.regions[code] for code in neighbours(release, level)[region]),
    )


def lacking(
    quotients: pd.DataFrame, region: str, others: Sequence[str]
) -> tuple[Mapping[str, Mapping[str, float]], tuple[str, ...]]:
    """The sectors that a region lacks against its peers, and those of which it has no figure.

    ``quotients``: location quotients, one row per sector and one column per region. A sector is
    lacking where at least ``AGREED`` of the others have ``STRONG`` or more and the region less
    than ``LACKING``; a true zero is less, a missing one is untold. Each comes with the quotients
    of the strong ones, the strongest first; the sectors in which most are strong first, among
    them those with the largest sum.
    """
    strong = quotients[list(others)].where(quotients[list(others)] >= STRONG)
    agreed = strong[strong.notna().sum(axis=1) >= AGREED]
    order = pd.DataFrame({"number": agreed.notna().sum(axis=1), "sum": agreed.sum(axis=1)})
    order = order.sort_values(["number", "sum"], ascending=False, kind="stable")
    own = quotients.loc[order.index, region]
    lacks = {
        str(code): agreed.loc[code].dropna().sort_values(ascending=False).to_dict()
        for code in own.index[own < LACKING]
    }
    return lacks, tuple(map(str, own.index[own.isna()]))


@cache
def neighbours(release: Release, level: int) -> Mapping[str, tuple[str, ...]]:
    """For every region of a level the codes of those that share a border with it."""
    codes = list(choices(release).at_level(level))
    shapes = releases.shapes(release, "regions")
    found = boundaries.neighbours(shapes[shapes.index.isin(codes)], corners=False)
    return {code: found.get(code, ()) for code in codes}
