"""Why a figure is what it is: its terms, thresholds, uncertainty and sources, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from atlas.analysis.choices import choices
from atlas.analysis.measure import terms_of
from atlas.metrics import METRICS, criteria
from atlas.metrics import measure as compute
from atlas.metrics.registry import find
from atlas.metrics.uncertainty import Interval, quotient_interval, small_count
from atlas.model import COUNTED, Item, Metric, Release

#: The terms that a threshold's count is found from.
REACHED_BY = (
    *("region_industry", "region_base", "region_total", "root_industry", "root_base"),
    "establishments",
)


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
class Condition:
    """A threshold of a rule on a ``figure`` (a term or a metric), and how far the cell is from it.

    ``metric``: the figure where it is one, else None. The ``value`` reaches ``at``, or must exceed
    it (``over``). ``keeps``: the number of jobs (or whatever is counted) at which the figure is
    just at the threshold, when what is lost or won changes the totals too, and the threshold and
    the other regions stay as they are; NaN where no number does.
    """

    rule: Metric
    figure: str
    metric: Metric | None
    value: float
    at: float
    over: bool
    keeps: float

    @property
    def met(self) -> bool:
        """Whether the cell meets it."""
        return self.value > self.at if self.over else self.value >= self.at


@dataclass(frozen=True)
class Why:
    """A figure of one cell with everything it rests on.

    ``conditions``: of a rule its own, of another figure those that any rule puts on it. ``base``
    and ``reference``: the industry and the region it is measured against. ``interval``: what the
    quotient could be by chance alone, None for money. ``small``: a stated rule says that so few
    were counted that the figure says little.
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
    conditions: tuple[Condition, ...]
    interval: tuple[float, float] | None
    small: bool


@lru_cache(maxsize=512)
def why(
    release: Release,
    metric: str,
    *,
    measure: str = "employment",
    region: str,
    industry: str,
    year: int,
    since: int | None = None,
) -> Why:
    """What a figure of one cell rests on.

    ``since``: the year that growth counts from, ten years before unless stated. Raises ChoiceError
    for a choice that does not exist.
    """
    known = choices(release)
    found = find(metric)
    known.check(metric=metric, measure=measure, region=region, industry=industry, year=year)
    cells = terms_of(release, measure, known.regions[region].level or 0, industry, year)
    if since is not None:
        before = terms_of(release, measure, known.regions[region].level or 0, industry, since)
        cells = _counted_from(cells, before)
    at = np.flatnonzero(cells["region_code"] == region)
    own = int(at[0]) if len(at) else None
    answer = None if own is None else compute(metric, cells).iloc[own]
    base = known.base_of(industry)
    industries = {"base": base, "total": known.root_industry.code}
    terms = tuple(
        Term(
            name,
            *_term(cells, own, name),
            known.root_region if name.startswith("root_") else known.regions[region],
            known.industries[industries.get(name.rpartition("_")[2], industry)],
        )
        for name in raw_terms(found)
    )
    x = {term.name: term.value for term in terms}
    interval = _interval(x, measure)
    return Why(
        release=release,
        metric=found,
        measure=measure,
        region=known.regions[region],
        industry=known.industries[industry],
        year=year,
        value=float("nan") if answer is None else float(answer["value"]),
        status="missing" if answer is None else str(answer["status"]),
        terms=terms,
        base=known.industries[base],
        reference=known.root_region,
        conditions=() if own is None else _conditions(found, cells, own),
        interval=None if interval is None else (float(interval.lower), float(interval.upper)),
        small=interval is not None
        and bool(small_count(np.array(x["region_industry"]), interval) == 1),
    )


def _term(cells: pd.DataFrame, own: int | None, name: str) -> tuple[float, str]:
    """Value and status of a term of the cell at position ``own``; of a region without a cell only
    what is the country's own is known."""
    if own is None and name.startswith("root_") and len(cells):
        own = 0
    if own is None:
        return float("nan"), "missing"
    status = str(cells[f"{name}_status"].iloc[own])
    return float("nan") if status == "suppressed" else float(cells[name].iloc[own]), status


def _counted_from(cells: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The cells with another year's figures as their earlier ones."""
    then = before.set_index("region_code")[["region_industry", "region_industry_status"]]
    then = then.reindex(cells["region_code"])
    return cells.assign(
        region_industry_before=then["region_industry"].to_numpy(),
        region_industry_before_status=then["region_industry_status"].fillna("missing").to_numpy(),
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


def _conditions(asked: Metric, cells: pd.DataFrame, own: int) -> tuple[Condition, ...]:
    """The conditions of a rule in its own order, or those that the rules put on a figure, each
    threshold once, the lowest first."""
    found = _thresholds(asked, cells, own)
    return tuple(found if asked.criteria else sorted(found, key=lambda one: one.at))


def _thresholds(asked: Metric, cells: pd.DataFrame, own: int) -> Iterator[Condition]:
    x = {name: _term(cells, own, name)[0] for name in REACHED_BY}
    seen = set()
    for rule in METRICS.values():
        if asked.criteria and rule is not asked:
            continue
        for criterion in criteria(rule.name, cells):
            at = float(np.broadcast_to(criterion.at, len(cells))[own])
            value = float(criterion.value[own])
            other = asked.criteria is None and criterion.figure != asked.name
            if other or np.isnan([at, value]).any() or (criterion.figure, at) in seen:
                continue
            seen.add((criterion.figure, at))
            yield Condition(
                rule=rule,
                figure=criterion.figure,
                metric=METRICS.get(criterion.figure),
                value=value,
                at=at,
                over=criterion.over,
                keeps=count_where(criterion.figure, at, x),
            )


def count_where(figure: str, at: float, x: Mapping[str, float]) -> float:
    """The count of a cell at which its figure is ``at``, all else being equal.

    What the cell loses or wins, the totals it is part of lose or win too. NaN where no count does,
    and for a rule, which has no one count. Example: a size of 0.1 where the others have 900 takes
    100.
    """
    if figure == "location_quotient":
        return count_at(at, x)
    whole = {"size": "root_industry", "focus": "region_total"}.get(figure)
    if whole is None:
        return float("nan") if figure in METRICS else at
    others = x[whole] - x["region_industry"]
    return at * others / (1 - at) if at < 1 else float("nan")


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
