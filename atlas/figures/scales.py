"""Classes of a figure, from its values, the way it is to be drawn and what a reader wants."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import mapclassify
import numpy as np
import numpy.typing as npt
import pandas as pd

from atlas.model import Classing, Scale, mark

# mapclassify says with every use that another library would make it faster.
warnings.filterwarnings("ignore", "Numba not installed")

#: Breaks of the location quotient: its middle class holds "about as in the country".
QUOTIENT_BREAKS = (0.5, 0.8, 1.25, 2.0)
#: Breaks of a change: the same ratios (half, four fifths, five quarters, double), less one.
CHANGE_BREAKS = (-0.5, -0.2, 0.25, 1.0)
USUAL = Classing()
#: How many classes a reader may ask for.
LEAST, MOST = 3, 7
#: Ways to make classes by their word in the address: mapclassify's name and ours.
METHODS: Mapping[str, tuple[str, str]] = {
    "natural": ("FisherJenks", mark("Natural breaks (Fisher-Jenks)")),
    "quantiles": ("Quantiles", mark("Equal numbers of regions (quantiles)")),
    "equal": ("EqualInterval", mark("Equal intervals")),
    "gaps": ("MaximumBreaks", mark("Largest gaps")),
}
#: Kinds of scale whose classes a reader may choose; of these the usual breaks are fixed for all
#: but the sequential one.
CLASSED = ("sequential", "diverging", "diverging_log")
#: Natural breaks are looked for among so many values: more are thinned to that many of their order
#: statistics, evenly spaced, for the time it takes grows with the square of their number.
_NATURAL_OF = 200

#: Units whose breaks are written in per cent.
PER_CENT = ("share", "change")

_Array = npt.NDArray[np.float64]


def make_scale(
    values: pd.Series, status: pd.Series, kind: str, *, top: int = 0,
    classing: Classing = USUAL, pool: pd.Series | None = None,
) -> Scale:  # fmt: skip
    """The scale for one value per region (NaN where there is none).

    ``kind`` and ``top`` as in :class:`atlas.model.Metric`: steps are a class for each whole number
    from 0 to ``top``. Usual sequential classes are natural breaks
    (Fisher-Jenks), rounded to what a legend can show; quotients and changes have fixed breaks,
    symmetrical as ratios; circles have none. ``classing`` is another way for these three.
    Its own breaks are in the values' unit. ``pool``: the values that classes and circles are made
    from, if not the regions' own.
    """
    numbers = (values if pool is None else pool).to_numpy(dtype=float)
    made_from = numbers[np.isfinite(numbers)]
    breaks = _breaks(made_from, kind, top, classing)
    classes = classify(values, breaks).to_numpy()
    counts = np.bincount(classes[classes >= 0], minlength=len(breaks) + 1)
    missing = Counter(map(str, status[classes < 0].tolist()))
    return Scale(
        kind=kind,
        breaks=breaks,
        counts=tuple(counts.tolist()),
        missing=dict(missing.most_common()),
        largest=float(made_from.max()) if len(made_from) else float("nan"),
    )


def in_unit(classing: Classing, unit: str) -> Classing:
    """The same with its own breaks in a figure's unit, as the values are, instead of as written."""
    if unit not in PER_CENT:
        return classing
    return replace(classing, breaks=tuple(edge / 100 for edge in classing.breaks))


def classify(values: pd.Series, breaks: tuple[float, ...]) -> pd.Series:
    """The class of each value, 0 the lowest; -1 where there is no value."""
    known = values.to_numpy(dtype=float)
    numbers = np.where(np.isfinite(known), np.digitize(known, breaks), -1)
    return pd.Series(numbers, index=values.index)


def _breaks(known: _Array, kind: str, top: int, classing: Classing) -> tuple[float, ...]:
    if kind == "steps":
        return tuple(float(step) for step in range(1, top + 1))
    if kind not in CLASSED:
        return ()
    if classing.method == "own" and classing.breaks:
        return classing.breaks
    if classing.method in METHODS:
        return _found(known, classing.method, classing.number)
    usual = {"diverging_log": QUOTIENT_BREAKS, "diverging": CHANGE_BREAKS}
    return usual[kind] if kind in usual else _found(known, "natural", classing.number)


def _found(known: _Array, method: str, number: int) -> tuple[float, ...]:
    """The breaks that a method finds, rounded; fewer than asked for among few different values."""
    ordered = np.unique(known)
    if len(ordered) < 2:
        return ()
    if method == "natural":
        known = _thinned(known)
    classes = min(number, len(np.unique(known)))
    found = getattr(mapclassify, METHODS[method][0])(known, k=classes)
    bins = [float(upper) for upper in found.bins[:-1]]
    if method != "equal":
        # mapclassify closes classes at the top; ours are closed at the bottom, so a break that is
        # a value lies between it and the next larger one.
        after = np.searchsorted(ordered, bins, side="right")
        bins = [
            (upper + ordered[place]) / 2 if place < len(ordered) and upper in ordered else upper
            for upper, place in zip(bins, after, strict=True)
        ]
    edges = sorted({edge for edge in bins if ordered[0] < edge <= ordered[-1]})
    return _rounded(edges, ordered) if edges else ()


def _thinned(known: _Array) -> _Array:
    if len(known) <= _NATURAL_OF:
        return known
    places = np.linspace(0, len(known) - 1, _NATURAL_OF).round().astype(int)
    return np.asarray(np.sort(known)[places])


def _rounded(edges: list[float], ordered: _Array) -> tuple[float, ...]:
    """Edges with as few digits as keep them apart (two significant ones at least), and one more
    unless every value stays in its class without it."""
    apart: list[tuple[float, ...]] = []
    for digits in range(2, 8):
        short = [float(f"{edge:.{digits}g}") for edge in edges]
        if len(set(short)) == len(short):
            apart.append(tuple(short))
    exact = np.digitize(ordered, edges)
    kept = [short for short in apart[:1] if (np.digitize(ordered, short) == exact).all()]
    return next(iter([*kept, *apart[1::-1]]), tuple(edges))
