"""How unevenly amounts are spread: concentration, inequality, variety and difference of structure.

Amounts lie along the last axis, so that a table of regions x industries gives one value per region
(its transpose one per industry). A missing amount makes the figure missing, unless
``skip_missing=True``: then it is computed over the known amounts alone, as if the others did not
exist. An undefined figure is missing: where all amounts are zero, or one of them is negative.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from atlas.metrics.registry import Numbers, ratio
from atlas.model import Parameter, mark

#: What each parameter of these figures sets.
PARAMETERS: Mapping[str, Parameter] = {
    "skip_missing": Parameter(
        mark("1: compute over the known amounts alone; 0: a missing amount makes it missing."), 0, 1
    ),
}


@dataclass(frozen=True)
class Theil:
    """Theil's T and L, each also as the sum of its part between and its part within groups."""

    theil_t: float
    theil_l: float
    between: float
    within: float
    between_l: float
    within_l: float


@dataclass(frozen=True, eq=False)
class Variety:
    """Entropy in bits, one value per region: ``related`` + ``unrelated`` = ``entropy``."""

    related: Numbers
    unrelated: Numbers
    entropy: Numbers


def shares(amounts: Numbers, *, skip_missing: bool = False) -> Numbers:
    """Each amount as a share of the sum along the last axis; shape as ``amounts``.

    All missing where one is (with ``skip_missing`` only those themselves), where the sum is zero
    or an amount is negative. Raises ValueError for a single number.
    """
    table = np.asarray(amounts, dtype=np.float64)
    if not table.ndim:
        raise ValueError("shares of a single number")
    bad = (table < 0).any(axis=-1)
    if not skip_missing:
        bad |= np.isnan(table).any(axis=-1)
    total = np.where(bad, np.nan, np.nansum(table, axis=-1))
    return ratio(table, total[..., None])


def herfindahl(amounts: Numbers, *, skip_missing: bool = False) -> Numbers:
    """Herfindahl index sum s^2, from 1/n (all equal) to 1 (one has all); no unit.

    Shape: (..., n) gives (...). Example: 20, 50, 20, 10 give .34. Source: Hirschman 1945,
    Herfindahl 1950; Farhauer and Kröll.
    """
    return _sum(shares(amounts, skip_missing=skip_missing) ** 2)


def herfindahl_normalised(amounts: Numbers, *, skip_missing: bool = False) -> Numbers:
    """Herfindahl index on a scale from 0 to 1: (H - 1/n) / (1 - 1/n); no unit.

    n counts the amounts that are given, zeros too; missing for n = 1. Shape: (..., n) gives
    (...). Example: 20, 50, 20, 10 give .12. Source: as :func:`herfindahl`.
    """
    parts = shares(amounts, skip_missing=skip_missing)
    number = (~np.isnan(parts)).sum(axis=-1).astype(np.float64)
    # The same fraction, times n.
    return ratio(number * _sum(parts**2) - 1, number - 1)


def equivalent_number(amounts: Numbers, *, skip_missing: bool = False) -> Numbers:
    """How many equal parts would be as concentrated: 1/H, from 1 to n.

    Shape: (..., n) gives (...). Example: 20, 50, 20, 10 give 2.94. Source: Adelman 1969.
    """
    return 1 / herfindahl(amounts, skip_missing=skip_missing)


def entropy(amounts: Numbers, *, skip_missing: bool = False) -> Numbers:
    """Entropy -sum s log2 s in bits, from 0 (one has all) to log2 n (all equal).

    Shape: (..., n) gives (...). Source: Shannon 1948; Frenken, van Oort and Verburg 2007.
    """
    parts = shares(amounts, skip_missing=skip_missing)
    return _sum(parts * _surprise(parts))


def related_variety(
    amounts: Numbers, parents: npt.ArrayLike, *, skip_missing: bool = False
) -> Variety:
    """Variety within and between parent industries, in bits.

    ``parents``: the parent of each of the n industries (text or number). Unrelated variety is the
    entropy of the parents' shares P; related variety is the entropy within each parent, weighted
    by P. They add up to :func:`entropy`. Shape: (..., n) gives three of (...).
    Raises ValueError unless every industry has a parent. Source: Frenken, van Oort and Verburg
    2007.
    """
    parts = shares(amounts, skip_missing=skip_missing)
    codes, count = _codes(parents, parts.shape[-1])
    # Industries x parents: which is whose.
    belongs = np.eye(count)[codes]
    there = np.where(np.isnan(parts), 0, parts)
    of_parent = there @ belongs
    undefined = np.isnan(parts).all(axis=-1)
    between = (of_parent * _surprise(of_parent)).sum(axis=-1)
    within = (there * _surprise(there, of_parent @ belongs.T)).sum(axis=-1)
    between, within = (np.where(undefined, np.nan, value) for value in (between, within))
    return Variety(related=within, unrelated=between, entropy=within + between)


def locational_gini(amounts: Numbers, totals: Numbers, *, skip_missing: bool = False) -> Numbers:
    """Gini coefficient of the quotients amount / total, 0 (all alike) to 1 - 1/n; no unit.

    For an industry over n regions give its employment and the regions' totals; for a region over
    n industries its employment and the industries' national totals. With the quotients R in
    ascending order and their plain mean m: 2 / (n^2 m) x sum of k (R_k - m). Every region counts
    alike, whatever its size. A place with neither amount nor total is left out; an amount without
    a total makes the figure missing. Shape: (..., n) and what broadcasts to it gives (...).
    Raises ValueError where the shapes do not fit. Source: Farhauer and Kröll. Example:
    500, 500, 1000, 7000, 1000 of 20000, 15000, 20000, 40000, 5000 give .4068966.
    """
    table, base = np.broadcast_arrays(*(np.asarray(x, dtype=np.float64) for x in (amounts, totals)))
    if not table.ndim:
        raise ValueError("the quotient of a single place has no Gini coefficient")
    missing = np.isnan(table) | np.isnan(base)
    bad = ((table < 0) | (base < 0) | ((base == 0) & (table > 0))).any(axis=-1)
    if not skip_missing:
        bad |= missing.any(axis=-1)
    quotients = np.sort(np.where(missing, np.nan, ratio(table, base)), axis=-1)
    number = (~np.isnan(quotients)).sum(axis=-1).astype(np.float64)
    total = np.where(bad, np.nan, np.nansum(quotients, axis=-1))
    mean = ratio(total, number)
    ranks = np.arange(1, table.shape[-1] + 1)
    spread = np.nansum(ranks * (quotients - mean[..., None]), axis=-1)
    return np.maximum(ratio(2 * spread, number**2 * mean), 0)


def krugman(region: Numbers, rest: Numbers, *, skip_missing: bool = False) -> Numbers:
    """Krugman's index: the sum of absolute differences of two structures' shares, 0 to 2.

    0: the same structure; 2: nothing in common. ``region`` and ``rest`` are amounts (or shares)
    over the same n industries; an industry missing in either is missing, or left out of both.
    Shape: (..., n) and what broadcasts to it gives (...). Raises ValueError where the shapes do
    not fit. Source: Krugman 1991. Against what a region is measured has to be said: see
    :func:`krugman_rest` and :func:`krugman_mean`.
    """
    one, other = np.broadcast_arrays(*(np.asarray(x, dtype=np.float64) for x in (region, rest)))
    missing = np.isnan(one) | np.isnan(other)
    pair = [
        shares(np.where(missing, np.nan, amounts), skip_missing=skip_missing)
        for amounts in (one, other)
    ]
    return _sum(np.abs(pair[0] - pair[1]))


def krugman_rest(amounts: Numbers, *, skip_missing: bool = False) -> Numbers:
    """Krugman's index of each region against all other regions pooled into one, 0 to 2.

    Shape: (regions, industries) gives (regions,). A region with a missing amount has no figure and
    is no part of the others' rest; with ``skip_missing`` its known amounts are. Missing where
    there is no other region. Raises ValueError for another number of dimensions. Source: Krugman
    1991; Midelfart-Knarvik and others 2000 for the rest.
    """
    table = _regions(amounts, skip_missing)
    known = ~np.isnan(table)
    there = np.where(known, table, 0)
    # Rounding must not leave less than nothing.
    rest = np.maximum(there.sum(axis=0) - there, 0)
    others = known.sum(axis=0) - known
    return krugman(table, np.where(others > 0, rest, np.nan), skip_missing=skip_missing)


def krugman_mean(amounts: Numbers, *, skip_missing: bool = False) -> Numbers:
    """Krugman's index of each region against the mean of the other regions' shares, 0 to 2.

    Every other region counts alike, whatever its size. Shape, missing and errors as
    :func:`krugman_rest`. Source: Farhauer and Kröll. Example: Sweden 45000, 15000, 32000, 10000,
    30000 against four others gives .1595.
    """
    parts = shares(_regions(amounts, skip_missing), skip_missing=skip_missing)
    known = ~np.isnan(parts)
    there = np.where(known, parts, 0)
    others = (known.sum(axis=0) - known).astype(np.float64)
    mean = ratio(np.maximum(there.sum(axis=0) - there, 0), others)
    return krugman(parts, mean, skip_missing=skip_missing)


def theil(
    values: Numbers, weights: Numbers | None = None, groups: npt.ArrayLike | None = None
) -> Theil:
    """Theil's T and L of ``values`` (say, income per head of regions); no unit, 0: all alike.

    With the weights w (their sum made 1; equal unless given, say population) and the weighted mean
    m: T = sum w (y/m) ln(y/m), L = sum w ln(m/y). ``groups``: the group of each value; without
    them all stand in one. Between: the same figure with every value replaced by its group's mean;
    within: each group's own figure weighted by its share of w y (T) or of w (L); together the
    total. Shapes: (n,) each. Missing where a value or weight is missing or negative or all are
    zero; L also where a value with weight is zero. Raises ValueError for other shapes or a value
    without a group. Source: Theil 1967. Example: 10, 10, 10, 20, 50 give T .2502012, L .2326302.
    """
    y = np.asarray(values, dtype=np.float64)
    w = np.ones(y.shape) if weights is None else np.asarray(weights, dtype=np.float64)
    if y.ndim != 1 or y.shape != w.shape:
        raise ValueError(f"values {y.shape} and weights {w.shape} are not two rows of one length")
    codes, count = _codes(np.zeros(y.shape) if groups is None else groups, len(y))
    w = shares(w)
    s = shares(w * np.where(y < 0, np.nan, y))
    weight, share = (
        np.bincount(codes, part, count).astype(np.float64, copy=False) for part in (w, s)
    )
    # A group without weight has no mean; nothing of it is counted.
    inner_w, inner_s = ratio(w, weight[codes]), ratio(s, share[codes])
    inner_w, inner_s = np.where(w == 0, 0, inner_w), np.where(s == 0, 0, inner_s)
    between, within = _divergence(share, weight), _divergence(inner_s, inner_w, s)
    between_l, within_l = _divergence(weight, share), _divergence(inner_w, inner_s, w)
    return Theil(
        theil_t=between + within,
        theil_l=between_l + within_l,
        between=between,
        within=within,
        between_l=between_l,
        within_l=within_l,
    )


def _divergence(of: Numbers, against: Numbers, weights: Numbers | None = None) -> float:
    """Sum of weights x ln(of / against); nothing where the weight is zero, missing if infinite."""
    weights = of if weights is None else weights
    counted = np.not_equal(weights, 0)
    quotient = ratio(of[counted], against[counted])
    if not quotient.size or np.isnan(quotient).any() or (quotient <= 0).any():
        return float("nan")
    return float((weights[counted] * np.log(quotient)).sum())


def _codes(labels: npt.ArrayLike, number: int) -> tuple[npt.NDArray[np.intp], int]:
    """Labels as 0, 1, 2 ...; every one of ``number`` must be there."""
    codes, found = pd.factorize(np.asarray(labels))
    if codes.shape != (number,) or (codes < 0).any():
        raise ValueError(f"{number} values need a label each")
    return codes, len(found)


def _regions(amounts: Numbers, skip_missing: bool) -> Numbers:
    """A table of regions x industries; unusable regions are missing as a whole."""
    table = np.asarray(amounts, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"a table of regions and industries has two dimensions, not {table.ndim}")
    unusable = np.isnan(shares(table, skip_missing=skip_missing)).all(axis=-1, keepdims=True)
    return np.where(unusable, np.nan, table)


def _surprise(part: Numbers, whole: Numbers | float = 1.0) -> Numbers:
    """log2(whole / part), 0 where the part is zero; missing where it is missing."""
    bits: Numbers = np.log2(np.where(part == 0, 1, ratio(np.asarray(whole), part)))
    return bits


def _sum(values: Numbers) -> Numbers:
    """The sum of the known along the last axis, missing where none is."""
    none = np.isnan(values).all(axis=-1)
    total: Numbers = np.where(none, np.nan, np.nansum(values, axis=-1))
    return total
