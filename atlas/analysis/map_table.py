"""What a map shows of each region: its figure, the companions beside it, and the years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from atlas.analysis.choices import choices
from atlas.analysis.clusters import all_clusters
from atlas.analysis.levels import Ground
from atlas.metrics import METRICS
from atlas.metrics import measure as measure_cells
from atlas.model import Release
from atlas.store import database

#: Figures shown beside whichever one is drawn.
COMPANIONS = ("location_quotient", "amount", "size", "focus")
#: Figures that are 1 for the country itself, whatever the year.
WHOLE = ("location_quotient", "size")
#: What tells one figure from another where there are several.
_PART = ("metric", "measure", "year")
#: Of so few regions and years (multiplied) all figures of an industry are read at once and kept:
#: another figure or year then asks the release nothing.
_FEW = 1_000

Values = NDArray[np.float64]
#: Objects, in tables too: else pandas looks at each of them before it takes them for text.
Statuses = NDArray[np.object_]


class _Figures:
    """Figures of an industry, each as arrays of values and statuses over all regions: as plain
    arrays they cost a tenth of what a table with an index of four levels does."""

    def __init__(self, release: Release, measure: str, **chosen: Any) -> None:
        found = database.arrays("map/figures", release, measure=measure, **chosen)
        self._measure = measure
        self._places = _places(release)
        self._at = np.array([self._places[code] for code in found["region_code"].tolist()], int)
        self._values, self._statuses = found["value"], found["status"]
        names = zip(*(found[column].tolist() for column in _PART), strict=True)
        self._parts: dict[tuple[Any, ...], slice] = {}
        end = 0
        for part, rows in groupby(names):
            begin, end = end, end + sum(1 for _ in rows)
            self._parts[part] = slice(begin, end)

    def pick(self, metric: str, year: int, measure: str | None = None) -> tuple[Values, Statuses]:
        """Values (NaN where there is none) and statuses of a figure in a year."""
        values = np.full(len(self._places), np.nan)
        statuses = np.full(len(self._places), "missing", dtype=object)
        part = self._parts.get((metric, measure or self._measure, year))
        if part:
            values[self._at[part]] = self._values[part]
            statuses[self._at[part]] = self._statuses[part]
        return values, statuses

    def through(self, metric: str, years: Sequence[int]) -> Values:
        """The values of a figure over the years: (regions, years)."""
        return np.column_stack([self.pick(metric, year)[0] for year in years])


def _figures(
    release: Release, measure: str, metric: str, industry: str, shown: tuple[int, int], years: int
) -> _Figures:
    """What there is of an industry to show a metric: in two years, and through so many."""
    known = choices(release)
    if len(known.regions) * years <= _FEW:
        return _all_figures(release, measure, industry)
    root = known.root_region.code
    return _Figures(
        release, measure, metrics=[metric], beside=list(COMPANIONS), industry=industry,
        years=sorted({*shown}), region=root,
    )  # fmt: skip


@lru_cache(maxsize=128)
def _all_figures(release: Release, measure: str, industry: str) -> _Figures:
    """All there is of an industry, and turnover beside it."""
    every = sorted(METRICS)
    return _Figures(
        release, measure, metrics=every, beside=every, industry=industry,
        years=choices(release).years("turnover"), region=None,
    )  # fmt: skip


@lru_cache(maxsize=16)
def _clusters(release: Release) -> Counter[str]:
    """The number of clusters by region."""
    return Counter(all_clusters(release)["region_code"])


@lru_cache(maxsize=16)
def _places(release: Release) -> dict[str, int]:
    """Where each region stands in the arrays of a release's figures."""
    return {code: place for place, code in enumerate(choices(release).regions)}


def map_table(
    drawn: Ground, release: Release, metric: str, *,
    measure: str, industry: str, year: int, since: int, years: Sequence[int],
) -> tuple[pd.DataFrame, dict[str, Any], dict[str, Any]]:  # fmt: skip
    """The columns of :class:`atlas.model.MapView`, but for the class: of the regions that are
    drawn, the highest first; of the country; and of the region whose parts are drawn (nothing where
    these are the country's)."""
    root = choices(release).root_region.code
    of = "amount" if metric == "growth" else metric
    figures = _figures(release, measure, of, industry, (year, since), len(years))
    columns: dict[str, Any] = {}
    for name in dict.fromkeys((*COMPANIONS, of)):
        now, status = figures.pick(name, year)
        then, then_status = figures.pick(name, since)
        columns |= {name: now, f"{name}_status": status, f"{name}_then": then}
        if name == "amount":
            if since >= year:
                # From a year to itself nothing has changed yet: that is not known, and not zero.
                then, then_status = np.full_like(then, np.nan), np.full_like(status, "missing")
            columns |= _growth(now, status, then, then_status)
    if measure != "turnover":
        columns["turnover"], columns["turnover_status"] = figures.pick("amount", year, "turnover")
    columns["value"], columns["status"] = columns[metric], columns[f"{metric}_status"]
    trends = figures.through(of, years)
    number = _clusters(release)
    places = _places(release)

    def row(code: str) -> dict[str, Any]:
        at = places[code]
        own = {name: values[at] for name, values in columns.items()}
        return own | {"trend": trends[at].tolist(), "clusters": number[code]}

    country = row(root)
    if metric in WHOLE:
        country["amount_trend"] = figures.through("amount", years)[places[root]].tolist()
    at = np.array([places[code] for code in drawn.regions], dtype=int)
    # Numpy puts NaN last; equal values stay in the order of the regions.
    at = at[np.argsort(-columns["value"][at], kind="stable")]
    codes = np.array(list(places), dtype=object)[at]
    index = pd.Index(codes, name="region_code", dtype=object)
    table = pd.DataFrame(
        {
            name: pd.Series(values[at], index=index, dtype=values.dtype)
            for name, values in columns.items()
        }
    )
    table["trend"] = trends[at].tolist()
    table["clusters"] = [number[code] for code in codes]
    return table, country, row(drawn.within) if drawn.within else {}


def _growth(
    now: Values, status: Statuses, before: Values, before_status: Statuses
) -> dict[str, Any]:
    """The columns of the growth between two years."""
    terms = pd.DataFrame(
        {
            "region_industry": now,
            "region_industry_status": pd.Series(status, dtype=object),
            "region_industry_before": before,
            "region_industry_before_status": pd.Series(before_status, dtype=object),
        }
    )
    grown = measure_cells("growth", terms)
    return {
        "growth": grown["value"].to_numpy(),
        "growth_status": grown["status"].to_numpy(object),
    }
