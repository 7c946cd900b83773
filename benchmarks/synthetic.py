"""Seeded synthetic data for the benchmarks: clustered, heavy-tailed, of any size.

Nothing of it is observed and none of it may be shown as fact. Regions and industries have
heavy-tailed sizes, each industry lives in some of the regions and is concentrated in a few of them,
and figures change slowly over the years. The same seed and shape give the same data.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]

#: The last year of every grid.
LAST_YEAR = 2023
#: About this many industries share a parent.
_INDUSTRIES_A_GROUP = 20
#: Share of the cells of a pair of region and industry that are empty: founded later, or closed.
_NOT_THERE = 0.05
#: How many times what their size would give a cluster's regions have at most.
_MOST_CONCENTRATED = 40
#: Share of the cells that an office would not publish; all of them have few establishments.
_SUPPRESSED = 0.01
_FEW_ESTABLISHMENTS = 2


@dataclass(frozen=True)
class Shape:
    """How large a grid is: ``filled`` is about how many cells are above zero, in all years."""

    regions: int = 3107
    industries: int = 600
    years: int = 10
    filled: int = 2_500_000
    seed: int = 20261125


@dataclass(frozen=True, eq=False)
class Grid:
    """The filled cells, one entry each, sorted by industry, year and region.

    ``region`` and ``industry`` are positions, ``year`` a calendar year; ``employment`` and
    ``establishments`` whole numbers above zero; ``suppressed`` cells have both all the same, to be
    left out by whoever publishes them. ``area`` (km²) and ``population`` are one entry per region.
    """

    shape: Shape
    region: Integers
    industry: Integers
    year: Integers
    employment: Integers
    establishments: Integers
    suppressed: npt.NDArray[np.bool_]
    area: Integers
    population: Integers

    def digest(self) -> str:
        """SHA-256 over every figure: the same data, the same digest."""
        found = hashlib.sha256()
        for column in (self.region, self.industry, self.year, self.employment, self.establishments,
                       self.suppressed, self.area, self.population):  # fmt: skip
            found.update(np.ascontiguousarray(column, dtype="<i8").tobytes())
        return found.hexdigest()

    def region_codes(self) -> list[str]:
        """A code for each region, in its position."""
        return [f"R{number:04d}" for number in range(self.shape.regions)]

    def industry_codes(self) -> list[str]:
        """A code for each industry, in its position."""
        return [f"I{number:03d}" for number in range(self.shape.industries)]

    def industry_groups(self) -> list[str]:
        """The parent of each industry, in its position."""
        return [f"G{number // _INDUSTRIES_A_GROUP:02d}" for number in range(self.shape.industries)]


def grid(shape: Shape) -> Grid:
    """The cells of a grid. Raises ValueError for a shape that cannot hold ``filled`` cells."""
    if not 0 < shape.filled <= shape.regions * shape.industries * shape.years:
        raise ValueError(f"{shape} cannot hold {shape.filled} cells")
    random = np.random.default_rng(shape.seed)
    # Both tails are those of real counties and industries: the largest tenth has most of it.
    region_size = random.lognormal(0, 1.4, shape.regions)
    industry_size = random.lognormal(0, 1.2, shape.industries)
    industry, region = _pairs(random, shape, region_size, industry_size)
    figures = _figures(random, shape, region_size[region] * industry_size[industry])
    there = _there(random, shape, len(region))
    year = np.broadcast_to(np.arange(LAST_YEAR - shape.years + 1, LAST_YEAR + 1), there.shape)
    firm_size = random.lognormal(2.3, 0.8, shape.industries)[industry][:, None]
    employment = figures[there]
    establishments = np.maximum(1, np.round(figures / firm_size)).astype(np.int64)[there]
    establishments = np.minimum(establishments, employment)
    few = _SUPPRESSED * establishments.size / max(1, (establishments <= _FEW_ESTABLISHMENTS).sum())
    region_of = np.repeat(region, shape.years)[there.ravel()]
    industry_of = np.repeat(industry, shape.years)[there.ravel()]
    year_of = year[there].astype(np.int64)
    columns = (
        region_of,
        industry_of,
        year_of,
        employment,
        establishments,
        (establishments <= _FEW_ESTABLISHMENTS) & (random.random(len(employment)) < few),
    )
    order = np.lexsort((region_of, year_of, industry_of))
    population = np.round(region_size / region_size.sum() * 330_000_000 + 100).astype(np.int64)
    area = np.round(random.lognormal(7.3, 0.7, shape.regions) + 20).astype(np.int64)
    return Grid(shape, *(column[order] for column in columns), area=area, population=population)


def _pairs(
    random: np.random.Generator,
    shape: Shape,
    region_size: npt.NDArray[np.float64],
    industry_size: npt.NDArray[np.float64],
) -> tuple[Integers, Integers]:
    """Which industries live in which regions: positions of both, sorted by industry."""
    wanted = min(
        round(shape.filled / (shape.years * (1 - _NOT_THERE))), shape.regions * shape.industries
    )
    spread = industry_size**0.5 * random.lognormal(0, 0.5, shape.industries)
    count = np.ones(shape.industries)
    # Common industries reach every region; what they cannot take goes to the others.
    for _ in range(20):
        room = spread * (wanted - count[count >= shape.regions].sum())
        free = count < shape.regions
        count[free] = room[free] / spread[free].sum() if free.any() else 0
        count = np.clip(count, 1, shape.regions)
    number = np.round(count).astype(np.int64)
    # The largest of weight plus Gumbel noise is a draw without replacement by weight.
    draw = 0.7 * np.log(region_size) + random.gumbel(0, 1, (shape.industries, shape.regions))
    rank = np.argsort(np.argsort(-draw, axis=1, kind="stable"), axis=1, kind="stable")
    industry, region = np.nonzero(rank < number[:, None])
    return industry, region


def _figures(
    random: np.random.Generator, shape: Shape, expected: npt.NDArray[np.float64]
) -> Integers:
    """Employment of every pair in every year, (pairs, years): whole numbers of at least one."""
    pairs = len(expected)
    # A few regions have many times what their size would give: those are the clusters.
    level = expected * random.lognormal(0, 0.9, pairs)
    level *= 1 + np.minimum(random.pareto(1.3, pairs), _MOST_CONCENTRATED)
    level *= 130_000_000 / 250_000 * pairs / level.sum()
    steps = random.normal(0.005, 0.06, (pairs, shape.years))
    steps[:, 0] = 0
    figures = level[:, None] * np.exp(np.cumsum(steps, axis=1))
    return np.maximum(1, np.round(figures)).astype(np.int64)


def _there(random: np.random.Generator, shape: Shape, pairs: int) -> npt.NDArray[np.bool_]:
    """Whether a pair has a figure in a year: a few begin later or end earlier."""
    moving = random.random(pairs) < 2 * _NOT_THERE
    cut = random.integers(1, shape.years, pairs) if shape.years > 1 else np.ones(pairs, int)
    late = random.random(pairs) < 0.5
    years = np.arange(shape.years)
    begun = np.where(late[:, None], years >= cut[:, None], years < cut[:, None])
    return np.asarray(~moving[:, None] | begun, dtype=np.bool_)
