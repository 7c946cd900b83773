"""The register of metrics and the one way to compute one over a table of terms."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from atlas.errors import ChoiceError, unknown
from atlas.metrics.grouping import Groups, groups_of
from atlas.metrics.grouping import Numbers as Numbers
from atlas.model import STATUSES, Criterion, Metric, Parameter

#: Figures of a cell by itself: a release holds them for every cell.
METRICS: dict[str, Metric] = {}
#: Figures of the whole table of a year, computed when they are asked for.
STRUCTURES: dict[str, Metric] = {}
#: From this position in STATUSES on there is no value.
UNKNOWN = STATUSES.index("not_applicable")
_STATUS = pd.CategoricalDtype(list(STATUSES), ordered=True)

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
        shelf = METRICS if about.get("grain", "cell") == "cell" else STRUCTURES
        shelf[name] = Metric(
            name=name,
            needs=tuple(need for need in needs if need != GROUP),
            grouped=GROUP in needs,
            parameters=settings,
            compute=compute,
            **about,
        )
        return compute

    return register


@dataclass
class Work:
    """A table of terms with what was already made of it, so that several metrics share the terms'
    ranks, the other metrics that they need, and the groups.

    ``terms`` has, for each term, a float column of that name (NaN = missing) and a column
    ``<term>_status`` with a word of :data:`atlas.model.STATUSES`. Grouped metrics need the columns
    GROUPED_BY, or a whole-number column ``group`` made of them.
    """

    terms: pd.DataFrame
    _columns: dict[str, tuple[Numbers, npt.NDArray[np.int8]]] = field(default_factory=dict)
    _groups: Groups | None = None

    def column(self, need: str) -> tuple[Numbers, npt.NDArray[np.int8]]:
        """A term, or another metric as published: values and each one's rank in STATUSES; what is
        suppressed, or otherwise without a value, is NaN whatever stands there."""
        if need not in self._columns:
            if need in self.terms:
                rank = _ranks(self.terms[f"{need}_status"])
                value = self.terms[need].to_numpy(dtype=float)
                self._columns[need] = (_masked(value, rank), rank)
            else:
                self._columns[need] = self.figure(METRICS[need])
        return self._columns[need]

    def figure(self, found: Metric, **settings: float) -> tuple[Numbers, npt.NDArray[np.int8]]:
        """A metric of every row: its value, and the rank of its status."""
        columns, worst = self.inputs(found)
        arguments = [*columns, *self.group(found)]
        value = np.asarray(found.compute(*arguments, **settings), dtype=float)
        # Of known terms nothing is missing: the figure is undefined.
        undefined = np.isnan(value) & (worst < UNKNOWN)
        rank = np.where(undefined, np.int8(UNKNOWN), worst) if undefined.any() else worst
        return _masked(value, rank), rank

    def inputs(self, found: Metric) -> tuple[list[Numbers], npt.NDArray[np.int8]]:
        """What a metric needs, a column each, and row by row the worst of their statuses."""
        pairs = [self.column(need) for need in found.needs]
        worst = pairs[0][1]
        for _, rank in pairs[1:]:
            worst = np.maximum(worst, rank)
        return [value for value, _ in pairs], worst

    def group(self, found: Metric) -> list[Groups]:
        """The rows' groups as the last argument of a grouped metric, nothing for others."""
        if not found.grouped:
            return []
        if self._groups is None:
            own = self.terms[GROUP] if GROUP in self.terms else groups(self.terms)
            self._groups = groups_of(own.to_numpy())
        return [self._groups]


def measure(name: str, terms: pd.DataFrame | Work, **settings: float) -> pd.DataFrame:
    """One metric for every row of ``terms`` (of a :class:`Work`, which several calls may share).

    Other metrics that it needs are computed, as published, unless they are there. ``settings``:
    other values for the metric's parameters.

    Returns a frame with the same index: ``value`` (float, NaN where any term is missing or the
    figure is undefined) and ``status`` (the worst of its terms' statuses; ``not_applicable``
    where all terms are known but the figure is undefined). Raises ChoiceError for a name that
    is not registered, and for a setting that the metric does not have or that lies outside what
    it may be.
    """
    found = find(name, settings)
    work = terms if isinstance(terms, Work) else Work(terms)
    value, rank = work.figure(found, **settings)
    status = pd.Categorical.from_codes(rank, dtype=_STATUS)
    return pd.DataFrame({"value": value, "status": status}, index=work.terms.index, copy=False)


def criteria(name: str, terms: pd.DataFrame | Work, **settings: float) -> tuple[Criterion, ...]:
    """The conditions of a rule for every row of ``terms``; none for a figure that is no rule.

    Terms, settings and errors as for :func:`measure`.
    """
    found = find(name, settings)
    if found.criteria is None:
        return ()
    work = terms if isinstance(terms, Work) else Work(terms)
    columns, _ = work.inputs(found)
    return found.criteria(*columns, *work.group(found), **settings)


def find(name: str, settings: Mapping[str, float] | None = None) -> Metric:
    """The metric of that name. Raises ChoiceError for a name that is not registered, and for a
    setting that the metric does not have or that lies outside what it may be."""
    found = {**METRICS, **STRUCTURES}.get(name)
    if found is None:
        raise unknown("metric", name, [*METRICS, *STRUCTURES])
    known = found.parameters
    for setting, value in (settings or {}).items():
        if setting not in known:
            raise unknown("parameter", setting, known)
        low, high = known[setting].low, known[setting].high
        if not low <= value <= high:
            raise ChoiceError("parameter_outside", name=setting, value=value, low=low, high=high)
    return found


def groups(terms: pd.DataFrame) -> pd.Series:
    """For every row the number of its group: rows alike in GROUPED_BY share one."""
    # Much cheaper than a groupby over four columns, of which most hold one value only.
    numbers = np.zeros(len(terms), dtype=np.int64)
    for name in GROUPED_BY:
        column = terms[name]
        if isinstance(column.dtype, pd.CategoricalDtype):
            codes, count = column.cat.codes.to_numpy(), len(column.cat.categories)
        else:
            codes, found = pd.factorize(column)
            count = len(found)
        if count > 1 or (codes < 0).any():
            numbers = numbers * (count + 1) + (codes + np.int64(1))
    return pd.Series(numbers, index=terms.index)


def _ranks(column: pd.Series) -> npt.NDArray[np.int8]:
    """Each status as its position in STATUSES. Raises ValueError for a word that is none."""
    if column.dtype != _STATUS:
        if set(column.unique()) - set(STATUSES):
            raise ValueError(f"not all statuses: {sorted(map(str, column.unique()))}")
        column = column.astype(_STATUS)
    ranks: npt.NDArray[np.int8] = column.cat.codes.to_numpy()
    return ranks


def _masked(value: Numbers, rank: npt.NDArray[np.int8]) -> Numbers:
    """The values, NaN where the rank says that there is none."""
    slipped = (rank >= UNKNOWN) & ~np.isnan(value)
    return np.where(slipped, np.nan, value) if slipped.any() else value


def ratio(numerator: Numbers, denominator: Numbers) -> Numbers:
    """Numerator / denominator; missing where either is missing or the denominator is zero."""
    over, under = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    zero = under == 0
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.asarray(over / under)
    if zero.any():
        found = np.where(zero, np.nan, found)
    return found
