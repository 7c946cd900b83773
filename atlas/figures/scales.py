"""Classes of a figure, from its values and the way it is to be drawn."""

from __future__ import annotations

import mapclassify
import numpy as np
import pandas as pd

from atlas.model import Scale

#: Breaks of the location quotient: its middle class holds "about as in the country".
QUOTIENT_BREAKS = (0.5, 0.8, 1.25, 2.0)
#: Breaks of a change: the same ratios (half, four fifths, five quarters, double), less one.
CHANGE_BREAKS = (-0.5, -0.2, 0.25, 1.0)
CLASSES = 5


def make_scale(values: pd.Series, status: pd.Series, kind: str, *, top: int = 0) -> Scale:
    """The scale for one value per region (NaN where there is none).

    ``kind`` and ``top`` as in :class:`atlas.model.Metric`: steps are a class for each whole number
    from 0 to ``top``. Sequential classes are natural breaks
    (Fisher-Jenks), rounded to what a legend can show; quotients and changes have fixed breaks,
    symmetrical as ratios; circles have none.
    """
    known = values[np.isfinite(values)]
    breaks: tuple[float, ...] = ()
    if kind == "diverging_log":
        breaks = QUOTIENT_BREAKS
    elif kind == "diverging":
        breaks = CHANGE_BREAKS
    elif kind == "steps":
        breaks = tuple(float(step) for step in range(1, top + 1))
    elif kind == "sequential":
        breaks = _natural(known)
    classes = classify(values, breaks)
    counts = tuple(int((classes == number).sum()) for number in range(len(breaks) + 1))
    missing = status[~np.isfinite(values)].astype(str).value_counts()
    return Scale(
        kind=kind,
        breaks=breaks,
        counts=counts,
        missing={str(word): int(count) for word, count in missing.items()},
        largest=float(known.max()) if len(known) else float("nan"),
    )


def classify(values: pd.Series, breaks: tuple[float, ...]) -> pd.Series:
    """The class of each value, 0 the lowest; -1 where there is no value."""
    numbers = np.digitize(values.to_numpy(dtype=float), breaks)
    numbers[~np.isfinite(values.to_numpy(dtype=float))] = -1
    return pd.Series(numbers, index=values.index)


def _natural(known: pd.Series) -> tuple[float, ...]:
    distinct = known.nunique()
    if distinct < 2:
        return ()
    found = mapclassify.FisherJenks(known.to_numpy(), k=min(CLASSES, distinct))
    # mapclassify closes classes at the top; ours are closed at the bottom, so the break lies
    # between a class's largest value and the next class's smallest.
    ordered = np.sort(known.unique())
    edges = [
        (upper + ordered[np.searchsorted(ordered, upper, side="right")]) / 2
        for upper in found.bins[:-1]
    ]
    return _rounded(edges)


def _rounded(edges: list[float]) -> tuple[float, ...]:
    """Edges with as few digits as keep them apart (two significant ones at least)."""
    for digits in range(2, 8):
        short = [float(f"{edge:.{digits}g}") for edge in edges]
        if len(set(short)) == len(short):
            return tuple(short)
    return tuple(edges)
