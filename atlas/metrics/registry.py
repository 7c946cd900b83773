"""The register of metrics and the one way to compute one over a table of terms."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from atlas.errors import unknown
from atlas.model import STATUSES, Metric, Parameter

Numbers = npt.NDArray[np.float64]

METRICS: dict[str, Metric] = {}


#: The last argument of a metric that compares cells with others of their group.
GROUP = "group"


def metric(
    *, parameters: Mapping[str, str] | None = None, **about: Any
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
            one.name: Parameter(one.name, float(one.default), (parameters or {})[one.name])
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
    it needs are computed unless they are there. Grouped metrics need a whole-number column
    ``group``: cells of one measure, level, industry and year share one. ``settings``: other
    values for the metric's parameters.

    Returns a frame with the same index: ``value`` (float, NaN where any term is missing or the
    figure is undefined) and ``status`` (the worst of its terms' statuses; ``not_applicable``
    where all terms are known but the figure is undefined). Raises ChoiceError for a name that
    is not registered, or a parameter that the metric does not have.
    """
    if name not in METRICS:
        raise unknown("metric", name, METRICS)
    found = METRICS[name]
    for setting in settings:
        if setting not in found.parameters:
            raise unknown("parameter", setting, found.parameters)
    columns, statuses = [], []
    for need in found.needs:
        if need in terms:
            own = pd.DataFrame({"value": terms[need], "status": terms[f"{need}_status"]})
        else:
            own = measure(need, terms)
        columns.append(own["value"].to_numpy(dtype=float))
        statuses.append(own["status"])
    group = [terms[GROUP].to_numpy()] if found.grouped else []
    value = np.asarray(found.compute(*columns, *group, **settings), dtype=float)
    worst = worst_status(statuses)
    known = np.all([~np.isnan(column) for column in columns], axis=0)
    rank = np.where(np.isnan(value) & known, STATUSES.index("not_applicable"), worst)
    value = np.where(rank >= STATUSES.index("not_applicable"), np.nan, value)
    status = pd.Categorical.from_codes(rank, categories=list(STATUSES))
    return pd.DataFrame({"value": value, "status": status}, index=terms.index)


def worst_status(columns: list[pd.Series]) -> npt.NDArray[np.int64]:
    """Row by row, the position in STATUSES of the worst status of several columns."""
    worst: npt.NDArray[np.int64] = np.max([_ranks(column) for column in columns], axis=0)
    return worst


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
