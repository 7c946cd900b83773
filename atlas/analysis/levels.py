"""Levels of regions: which a map draws, and the way down to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from atlas.analysis.choices import Choices, choices
from atlas.errors import unknown
from atlas.model import Item, Release


@dataclass(frozen=True)
class Ground:
    """What a map draws: the ``regions`` of one ``level``, in the whole country or ``within`` one
    region of a level above (its code). ``path``: the country and the regions down to that one."""

    level: int
    within: str | None
    regions: Mapping[str, Item] = field(compare=False)
    path: tuple[Item, ...] = field(compare=False)


@lru_cache(maxsize=256)
def ground(release: Release, level: int | None = None, within: str | None = None) -> Ground:
    """The regions of a level within a region, or in the country: by itself the first level there.

    Raises ChoiceError for a region or level that the release does not have, or a region that has
    no regions of that level inside it.
    """
    known = choices(release)
    known.check(region=within)
    inside = levels_inside(release, within)
    if level is None:
        level = inside[0] if inside else known.levels[0]
    if level not in inside:
        raise unknown("level", level, inside or known.levels)
    top = within or known.root_region.code
    regions = {
        code: item for code, item in known.at_level(level).items() if top in _above(known, code)
    }
    return Ground(level, within, regions, way_to(known, top))


@cache
def parted(release: Release) -> frozenset[str]:
    """Codes of the regions that have parts, the country left out."""
    known = choices(release)
    parents = {str(item.parent) for item in known.regions.values() if item.parent}
    return frozenset(parents - {known.root_region.code})


@lru_cache(maxsize=1024)
def levels_inside(release: Release, region: str | None = None) -> tuple[int, ...]:
    """Levels of which a region (or the country) has regions inside it, the largest regions
    first; none for a region without parts."""
    known = choices(release)
    if region is None or region == known.root_region.code:
        return tuple(known.levels)
    found = {item.level for code, item in known.regions.items() if region in _above(known, code)}
    return tuple(sorted(level for level in found if level))


def way_to(known: Choices, region: str) -> tuple[Item, ...]:
    """The country, the regions down to a region, and itself."""
    return tuple(known.regions[code] for code in (*_above(known, region), region))


def place_words(release: Release, region: str) -> dict[str, str | int | None]:
    """The words of the map's address that select a region, on the map that draws it: that of the
    whole country for the first level, else that of the region around it."""
    known = choices(release)
    item = known.regions[region]
    if item.level == known.levels[0]:
        return {"region": region, "level": None, "within": None}
    return {"region": region, "level": item.level, "within": item.parent}


def _above(known: Choices, region: str) -> tuple[str, ...]:
    """Codes of the regions around a region, the country first."""
    found: list[str] = []
    at = known.regions[region].parent
    while at is not None:
        found.append(at)
        at = known.regions[at].parent
    return tuple(reversed(found))
