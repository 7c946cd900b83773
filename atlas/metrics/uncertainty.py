"""How far a quotient can be trusted where counts are small. Notation as in :mod:`atlas.metrics`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from atlas.metrics.grouping import check_threshold
from atlas.metrics.registry import Numbers, ratio
from atlas.model import Parameter, mark

#: What each parameter of these figures sets.
PARAMETERS: Mapping[str, Parameter] = {
    "confidence": Parameter(mark("How sure the interval is to hold the quotient."), 0.5, 0.9999),
    "fewer_than": Parameter(mark("A figure that rests on fewer than this is a small count."), 0),
    "spread_over": Parameter(
        mark(
            "A figure is a small count if its interval’s upper end is more than this many times the"
            " lower."
        ),
        1,
    ),
}


@dataclass(frozen=True, eq=False)
class Interval:
    """The two ends of an interval, in the unit of what it is an interval for."""

    lower: Numbers
    upper: Numbers


def quotient_interval(
    region_industry: Numbers,
    region_base: Numbers,
    root_industry: Numbers,
    root_base: Numbers,
    *,
    confidence: float = 0.95,
) -> Interval:
    """An exact (Clopper-Pearson) interval for the location quotient; no unit.

    Each of the industry's X_Ri jobs (or establishments) is taken to have fallen to the region on
    its own, with a chance of w LQ, where w = x_rb / x_Rb is the region's share of the base, taken
    as known. So x_ri given X_Ri is binomial, and the quotient is its share over w: the interval is
    Clopper and Pearson's for x_ri / X_Ri, divided by w. This is at the same time the exact
    conditional interval for the ratio of two Poisson rates, the region's and the rest's, put in
    terms of the quotient. Why this one: it holds at least ``confidence`` at any count, one or zero
    included, where the delta method and the bootstrap fail (a zero has no spread to resample); it
    minds that the region is part of the country; it never passes 1/w, the largest quotient there
    can be. It is wide rather than narrow for that. But jobs come in establishments, not singly, so
    for jobs it is what chance alone would do and in truth too narrow.

    For counts only: of money it says nothing. Shape: one pair per cell, broadcast. With x_ri = 0
    the lower end is 0, with x_ri = X_Ri the upper one 1/w; where the region is the whole base both
    ends are the quotient. Missing where a term is, where x_Ri or a base is zero, and where a part
    exceeds its whole. Raises ValueError for a confidence outside ]0, 1[ and shapes that do not
    fit. Source: Clopper and Pearson 1934; Przyborowski and Wilenski 1940 for the two rates;
    Beyene and Moineddin 2005 on intervals for quotients; Tian, Gottlieb and Goetz 2020 on
    quotients of small areas.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence lies between 0 and 1, not at {confidence}")
    x, base, whole, root = np.broadcast_arrays(
        *(
            np.asarray(term, dtype=np.float64)
            for term in (region_industry, region_base, root_industry, root_base)
        )
    )
    weight = ratio(base, root)
    possible = (x >= 0) & (x <= whole) & (whole > 0) & (base > 0) & (base <= root)
    x, whole, weight = (np.where(possible, term, np.nan) for term in (x, whole, weight))
    left = whole - x
    tail = (1 - confidence) / 2
    # A beta distribution needs both its counts above zero; at the edges the ends are known.
    lower = np.where(x == 0, 0, betaincinv(np.where(x == 0, np.nan, x), left + 1, tail))
    upper = np.where(left == 0, 1, betaincinv(x + 1, np.where(left == 0, np.nan, left), 1 - tail))
    share = ratio(x, whole)
    all_here = weight == 1
    return Interval(
        lower=np.where(all_here, share, np.where(possible, lower, np.nan)) / weight,
        upper=np.where(all_here, share, np.where(possible, upper, np.nan)) / weight,
    )


def small_count(
    region_industry: Numbers,
    interval: Interval,
    *,
    fewer_than: float = 20,
    spread_over: float = 2.0,
) -> Numbers:
    """1 where a quotient rests on a small count, else 0, missing where the interval is.

    1 where x_ri is below ``fewer_than``, or where the interval's upper end is more than
    ``spread_over`` times its lower end: the quotient is then not known to that factor (at 95 %
    and a factor of two this holds below 35 jobs, unless the region has most of the industry).
    A true zero is a small count only where the interval reaches 1: else none is few indeed, and
    not by chance. So 18 jobs that give a quotient of 101 are flagged whatever the interval.
    Shape: one value per cell. Raises ValueError for thresholds that are no numbers and shapes that
    do not fit. Source: fewer than 20 is the U.S. National Center for Health Statistics' rule for
    unreliable rates (a count of 20 has a standard error of 22 %); the factor is ours.
    """
    for threshold in (fewer_than, spread_over):
        check_threshold(threshold)
    x, lower, upper = np.broadcast_arrays(
        np.asarray(region_industry, dtype=np.float64), interval.lower, interval.upper
    )
    small = (x < fewer_than) | (upper > spread_over * lower)
    small = np.where(x == 0, upper >= 1, small)
    return np.where(np.isnan(x) | np.isnan(lower) | np.isnan(upper), np.nan, small)
