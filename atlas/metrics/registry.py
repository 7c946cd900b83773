"""The register of metrics and the one way to compute one over a table of terms."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from atlas.errors import ChoiceError, unknown
from atlas.model import STATUSES, Criterion, Metric, Parameter

Numbers = npt.NDArray[np.float64]

METRICS: dict[str, Metric] = {}
#: From this position in STATUSES on there is no value.
UNKNOWN = STATUSES.index("not_applicable")


#: The last argument of a metric that compares cells with others of their group.
GROUP = "group"
#: What the cells of a group have in common.
GROUPED_BY = ("measure", "level", "industry_code", "year")


def metric(
    *, parameters: Mapping[str, Parameter] | None = None, **about: Any
) -> Callable[[Callable[..., Numbers]], Callable[..., Numbers]]:
    """Register the decorated function as a metric under its own name.

    Keywords are the fields of :class:`atlas.model.Metric`. What the metric needs are the function's
    positional parameters; its keyword-only ones are settings with their defaults, each described
    in ``parameters``.
    """

    def register(compute: Callable[..., Numbers]) -> Callable[..., Numbers]:
        taken = inspect.signature(compute).parameters.values()
        needs = [one.name for one in taken if one.kind is not one.KEYWORD_ONLY]
        settings = {
            one.name: replace((parameters or {})[one.name], default=float(one.default))
            for one in taken
            if one.kind is one.KEYWORD_ONLY
        }
        name = compute.__name__
        METRICS[name] = Metric(
            name=name,
            needs=tuple(need for need in needs if need != GROUP),
            grouped=GROUP in needs,
            parameters=settings,
            compute=compute,
            **about,
        )
        return compute

    return register


def measure(name: str, terms: pd.DataFrame, **settings: float) -> pd.DataFrame:
    """One metric for every row of ``terms``.

    ``terms`` has, for each term the metric needs, a float column of that name (NaN = missing)
    and a column ``<term>_status`` with a word of :data:`atlas.model.STATUSES`; other metrics that
    it needs are computed unless they are there. Grouped metrics need the columns GROUPED_BY, or a
    whole-number column ``group`` made of them. ``settings``: other values for the metric's
    parameters.

    Returns a frame with the same index: ``value`` (float, NaN where any term is missing or the
    figure is undefined) and ``status`` (the worst of its terms' statuses; ``not_applicable``
    where all terms are known but the figure is undefined). Raises ChoiceError for a name that
    is not registered, and for a setting that the metric does not have or that lies outside what
    it may be.
    """
    found = find(name, settings)
    columns, worst = _inputs(found, terms)
    value = np.asarray(found.compute(*columns, *_group(found, terms), **settings), dtype=float)
    known = np.all([~np.isnan(column) for column in columns], axis=0)
    rank = np.where(np.isnan(value) & known, UNKNOWN, worst)
    value = np.where(rank >= UNKNOWN, np.nan, value)
    status = pd.Categorical.from_codes(rank, categories=list(STATUSES))
    return pd.DataFrame({"value": value, "status": status}, index=terms.index)


def criteria(name: str, terms: pd.DataFrame, **settings: float) -> tuple[Criterion, ...]:
    """The conditions of a rule for every row of ``terms``; none for a figure that is no rule.

    Terms, settings and errors as for :func:`measure`.
    """
    found = find(name, settings)
    if found.criteria is None:
        return ()
    columns, _ = _inputs(found, terms)
    return found.criteria(*columns, *_group(found, terms), **settings)


def find(name: str, settings: Mapping[str, float] | None = None) -> Metric:
    """The metric of that name. Raises ChoiceError for a name that is not registered, and for a
    setting that the metric does not have or that lies outside what it may be."""
    if name not in METRICS:
        raise unknown("metric", name, METRICS)
    known = METRICS[name].parameters
    for setting, value in (settings or {}).items():
        if setting not in known:
            raise unknown("parameter", setting, known)
        low, high = known[setting].low, known[setting].high
        if not low <= value <= high:
            raise ChoiceError("parameter_outside", name=setting, value=value, low=low, high=high)
    return METRICS[name]


def _inputs(found: Metric, terms: pd.DataFrame) -> tuple[list[Numbers], npt.NDArray[np.int64]]:
    """What a metric needs, a column each, and row by row the worst of their statuses; what is
    suppressed, or otherwise without a value, is NaN whatever stands there."""
    columns, ranks = [], []
    for need in found.needs:
        if need in terms:
            value, status = terms[need], terms[f"{need}_status"]
        else:
            own = measure(need, terms)
            value, status = own["value"], own["status"]
        rank = _ranks(status)
        columns.append(np.where(rank >= UNKNOWN, np.nan, value.to_numpy(dtype=float)))
        ranks.append(rank)
    worst: npt.NDArray[np.int64] = np.max(ranks, axis=0)
    return columns, worst


def _group(found: Metric, terms: pd.DataFrame) -> list[npt.NDArray[np.int64]]:
    """The cells' group as the last argument of a grouped metric, nothing for others."""
    if not found.grouped:
        return []
    return [(terms[GROUP] if GROUP in terms else groups(terms)).to_numpy()]


def groups(terms: pd.DataFrame) -> pd.Series:
    """For every row the number of its group: rows alike in GROUPED_BY share one."""
    keys = terms.groupby(list(GROUPED_BY), sort=False, observed=True, dropna=False)
    numbers: pd.Series = keys.ngroup()
    return numbers


def _ranks(column: pd.Series) -> npt.NDArray[np.int64]:
    """Each status as its position in STATUSES."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype("category")
    order = np.array([STATUSES.index(word) for word in column.cat.categories], dtype=np.int64)
    ranks: npt.NDArray[np.int64] = order[column.cat.codes.to_numpy()]
    return ranks


def ratio(numerator: Numbers, denominator: Numbers) -> Numbers:
    """Numerator / denominator; missing where either is missing or the denominator is zero."""
    safe = np.where(denominator == 0, np.nan, denominator)
    return np.asarray(numerator, dtype=float) / safe
