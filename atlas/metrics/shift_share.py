"""Why employment changed: with the country, with its industries, or on its own.

Notation: x of the region, X of the country (the root region), 0 before and 1 after, i an industry.
Arrays have the industries along the last axis, so that a table of regions x industries is taken
as well; the country's figures are one row, or broadcast.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from atlas.metrics.registry import Numbers, ratio


@dataclass(frozen=True, eq=False)
class ShiftShare:
    """Dunn's parts of each industry's change, in the measure's own unit.

    ``change`` = ``national_share`` + ``industry_mix`` + ``regional_shift``. Shape (..., n);
    ``left_out``, (...), says how many of the n industries have no parts, an end being missing.
    """

    change: Numbers
    national_share: Numbers
    industry_mix: Numbers
    regional_shift: Numbers
    left_out: npt.NDArray[np.int64]

    def total(self) -> ShiftShare:
        """Each part summed over the industries that have it: shape (...); missing if none has."""
        return ShiftShare(**_totals(self))


@dataclass(frozen=True, eq=False)
class EstebanMarquillas:
    """Dunn's regional shift of each industry, split in two, in the measure's own unit.

    ``regional_shift`` = ``competitive`` + ``allocation``. Shape and ``left_out`` as in
    :class:`ShiftShare`.
    """

    regional_shift: Numbers
    competitive: Numbers
    allocation: Numbers
    left_out: npt.NDArray[np.int64]

    def total(self) -> EstebanMarquillas:
        """Each part summed over the industries that have it: shape (...); missing if none has."""
        return EstebanMarquillas(**_totals(self))


def shift_share(
    before: Numbers,
    after: Numbers,
    root_before: Numbers,
    root_after: Numbers,
    *,
    root_total_before: Numbers | float | None = None,
    root_total_after: Numbers | float | None = None,
) -> ShiftShare:
    """Dunn's shift-share: the change split into national share, industry mix, regional shift.

    With the growth rates of the country G = X1/X0 - 1, of its industry G_i = X_i1/X_i0 - 1:
    national share x0 G, industry mix x0 (G_i - G), regional shift x1 - x0 (1 + G_i).
    Where x0 is zero the whole x1 is regional shift, without a division.
    X is the country's published total (``root_total_*``, one number or one per region) or, where
    it is not given, the sum of the industries known at both ends; give both or neither.
    A missing end (of the region or of the country) makes that industry's parts missing; so does an
    industry that the region had and the country had not.
    Shapes: (..., n); raises ValueError where they do not fit or one total stands alone.
    Source: Dunn 1960; Farhauer and Kröll. Example: x0 90, 20, 10, 60, x1 100, 40, 10, 55,
    X0 400, 150, 150, 400, X1 440, 210, 135, 480: 25 = 27 + 1 - 3.
    """
    x0, x1, root0, root1 = _ends(before, after, root_before, root_after)
    if (root_total_before is None) != (root_total_after is None):
        raise ValueError("both national totals or neither")
    if root_total_before is None or root_total_after is None:
        both = ~np.isnan(root0 + root1)
        total0, total1 = (np.where(both, root, 0).sum(axis=-1) for root in (root0, root1))
    else:
        total0, total1 = (
            np.asarray(total, dtype=np.float64) for total in (root_total_before, root_total_after)
        )
    growth = (ratio(total1, total0) - 1)[..., None]
    shift = _regional_shift(x0, x1, root0, root1)
    national = x0 * growth
    mix = np.where(x0 == 0, 0, x0 * (ratio(root1, root0) - 1 - growth))
    known = ~np.isnan(shift + national)
    return ShiftShare(
        change=np.where(known, x1 - x0, np.nan),
        national_share=np.where(known, national, np.nan),
        industry_mix=np.where(known, mix, np.nan),
        regional_shift=np.where(known, shift, np.nan),
        left_out=(~known).sum(axis=-1),
    )


def esteban_marquillas(
    before: Numbers, after: Numbers, root_before: Numbers, root_after: Numbers
) -> EstebanMarquillas:
    """Esteban-Marquillas' split of Dunn's regional shift into competitive and allocation effect.

    Homothetic employment h is what the region would have had before with the country's structure:
    its sum of x0 spread like X0, both over the industries known at every end. Competitive effect
    h (x1/x0 - X_i1/X_i0): faster or slower than the country's industry; allocation effect
    (x0 - h) (x1/x0 - X_i1/X_i0): that this happened in what the region is specialised in.
    Where x0 is zero there is no rate to compare: the whole x1 is allocation.
    Missing values, shapes and errors as in :func:`shift_share`.
    Source: Esteban-Marquillas 1972; Farhauer and Kröll. Example: as there, competitive -.6363636,
    allocation -2.3636364.
    """
    x0, x1, root0, root1 = _ends(before, after, root_before, root_after)
    shift = _regional_shift(x0, x1, root0, root1)
    known = ~np.isnan(shift)
    region, root = (np.where(known, amounts, 0).sum(axis=-1) for amounts in (x0, root0))
    homothetic = ratio(root0 * region[..., None], np.asarray(root)[..., None])
    competitive = np.where(x0 == 0, 0, homothetic * (ratio(x1, x0) - ratio(root1, root0)))
    return EstebanMarquillas(
        regional_shift=shift,
        competitive=np.where(known, competitive, np.nan),
        allocation=np.where(known, shift - competitive, np.nan),
        left_out=(~known).sum(axis=-1),
    )


def _ends(*ends: Numbers) -> list[Numbers]:
    arrays = np.broadcast_arrays(*(np.asarray(end, dtype=np.float64) for end in ends))
    if not arrays[0].ndim:
        raise ValueError("shift-share takes one figure per industry, not a single one")
    return list(arrays)


def _regional_shift(x0: Numbers, x1: Numbers, root0: Numbers, root1: Numbers) -> Numbers:
    """x1 - x0 X_i1/X_i0; x1 where x0 is zero; missing where one of the four is."""
    shift = np.where(x0 == 0, x1, x1 - x0 * ratio(root1, root0))
    return np.where(np.isnan(root0 + root1), np.nan, shift)


def _totals(parts: Any) -> dict[str, Any]:
    """Every part of a result summed over the industries; how many were left out stays."""
    found = {}
    for field in fields(parts):
        values = getattr(parts, field.name)
        if field.name != "left_out":
            none = np.isnan(values).all(axis=-1)
            values = np.where(none, np.nan, np.nansum(values, axis=-1))
        found[field.name] = values
    return found
