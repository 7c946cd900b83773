"""Why a figure is what it is: its terms, thresholds, uncertainty and sources, as data."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from atlas.analysis.choices import choices
from atlas.analysis.measure import terms_of
from atlas.metrics import METRICS, rules
from atlas.metrics import measure as compute
from atlas.metrics.uncertainty import Interval, quotient_interval, small_count
from atlas.model import Item, Metric, Release

#: Rules that cut the location quotient at a fixed value, as published.
QUOTIENT_CUTS: Mapping[str, float] = {
    rule.__name__: inspect.signature(rule).parameters["quotient_at_least"].default
    for rule in (rules.statsamerica, rules.observatory_stars)
}


#: Measures that are counts: only of these can chance be told from a pattern.
COUNTED = ("employment", "establishments")


@dataclass(frozen=True)
class Term:
    """One number of a formula: ``name`` as in :mod:`atlas.metrics`, value (NaN if missing),
    status, and the region and industry that it is of."""

    name: str
    value: float
    status: str
    region: Item
    industry: Item


@dataclass(frozen=True)
class Cut:
    """A threshold of a rule, and how far the cell is from it.

    ``keeps``: the number of jobs (or whatever is counted) at which the quotient is just the cut,
    when what is lost or won changes the totals too; NaN where no number does.
    """

    rule: str
    at: float
    keeps: float


@dataclass(frozen=True)
class Why:
    """A figure of one cell with everything it rests on.

    ``base`` and ``reference``: the industry and the region it is measured against. ``interval``:
    what the quotient could be by chance alone, None for money. ``small``: a stated rule says that
    so few were counted that the figure says little.
    """

    release: Release
    metric: Metric
    measure: str
    region: Item
    industry: Item
    year: int
    value: float
    status: str
    terms: tuple[Term, ...]
    base: Item
    reference: Item
    cuts: tuple[Cut, ...]
    interval: tuple[float, float] | None
    small: bool


def why(
    release: Release,
    metric: str,
    *,
    measure: str = "employment",
    region: str,
    industry: str,
    year: int,
) -> Why:
    """What a figure of one cell rests on. Raises ChoiceError for a choice that does not exist."""
    known = choices(release)
    known.check(metric=metric, measure=measure, region=region, industry=industry, year=year)
    cells = terms_of(release, measure, known.regions[region].level or 0, industry, year)
    found = METRICS[metric]
    own = cells[cells["region_code"] == region]
    answer = compute(metric, cells).loc[own.index]
    base = known.base_of(industry)
    places = {
        "region_industry": (region, industry),
        "region_base": (region, base),
        "region_total": (region, known.root_industry.code),
        "root_industry": (known.root_region.code, industry),
        "root_base": (known.root_region.code, base),
    }
    terms = tuple(
        Term(
            name,
            float(own[name].iloc[0]) if len(own) else float("nan"),
            str(own[f"{name}_status"].iloc[0]) if len(own) else "missing",
            known.regions[places.get(name, (region, industry))[0]],
            known.industries[places.get(name, (region, industry))[1]],
        )
        for name in raw_terms(found)
    )
    interval = _interval({term.name: term.value for term in terms}, measure)
    return Why(
        release=release,
        metric=found,
        measure=measure,
        region=known.regions[region],
        industry=known.industries[industry],
        year=year,
        value=float(answer["value"].iloc[0]) if len(own) else float("nan"),
        status=str(answer["status"].iloc[0]) if len(own) else "missing",
        terms=terms,
        base=known.industries[base],
        reference=known.root_region,
        cuts=_cuts({term.name: term.value for term in terms}),
        interval=None if interval is None else (float(interval.lower), float(interval.upper)),
        small=interval is not None and bool(small_count(np.array(terms[0].value), interval) == 1),
    )


def raw_terms(metric: Metric) -> list[str]:
    """The terms a metric comes down to, those of the metrics it needs included."""
    found: list[str] = []
    for need in metric.needs:
        found += raw_terms(METRICS[need]) if need in METRICS else [need]
    return list(dict.fromkeys(found))


def _interval(x: Mapping[str, float], measure: str) -> Interval | None:
    """What chance alone would make of a quotient; None for money and for other figures."""
    names = ("region_industry", "region_base", "root_industry", "root_base")
    if measure not in COUNTED or not set(names) <= set(x):
        return None
    return quotient_interval(*(np.array(x[name]) for name in names))


def _cuts(x: Mapping[str, float]) -> tuple[Cut, ...]:
    """Every rule that cuts the location quotient at a fixed value, with the count at its cut."""
    if "root_base" not in x:
        return ()
    return tuple(Cut(rule, at, count_at(at, x)) for rule, at in QUOTIENT_CUTS.items())


def count_at(quotient: float, x: Mapping[str, float]) -> float:
    """The count of a cell at which its location quotient is ``quotient``, all else being equal.

    What the cell loses or wins, its region's and the country's totals lose or win too, so this
    solves a quadratic equation. NaN where no count does. Example: 6287, 22695, 94848, 778005 and
    a quotient of 2 give 5221.7.
    """
    others_here = x["region_base"] - x["region_industry"]
    elsewhere = x["root_industry"] - x["region_industry"]
    others = x["root_base"] - x["region_industry"]
    a = 1 - quotient
    b = others - quotient * (others_here + elsewhere)
    c = -quotient * others_here * elsewhere
    if not np.isfinite([a, b, c]).all():
        return float("nan")
    roots = np.roots([a, b, c])
    real = [float(root.real) for root in roots if abs(root.imag) < 1e-9 and root.real >= 0]
    return min(real, default=float("nan"))
