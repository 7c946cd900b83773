"""What goes together: which industries share regions, and what that says of both.

M is a table of regions x industries: 1 where the region is specialised in the industry, 0 where
not, NaN where that is not known (:func:`specialised`). Regions without any specialisation and
industries in which nobody is specialised have no figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from atlas.metrics.grouping import check_threshold
from atlas.metrics.registry import Numbers, ratio
from atlas.model import Parameter, mark

#: What each parameter of these figures sets.
PARAMETERS: Mapping[str, Parameter] = {
    "threshold": Parameter(
        mark("A region is specialised in a sector from this location quotient on."), 0
    ),
    "n": Parameter(mark("How many times the reflection is repeated."), 0),
}

#: Eigenvalues nearer than this are one, and their vectors are not determined.
_CLOSE = 1e-9


@dataclass(frozen=True, eq=False)
class Complexity:
    """Complexity of regions and of industries, each with mean 0 and standard deviation 1.

    ``eigenvalues``: descending, the first is 1; one for each industry that has a figure.
    """

    regions: Numbers
    industries: Numbers
    eigenvalues: Numbers


@dataclass(frozen=True, eq=False)
class Reflections:
    """The n-th reflections: ``regions`` (k_c,n) and ``industries`` (k_p,n)."""

    regions: Numbers
    industries: Numbers


def specialised(quotients: Numbers, threshold: float = 1.0) -> Numbers:
    """1 where the location quotient is at least ``threshold``, else 0, missing where it is.

    Shape: any. Raises ValueError for a threshold that is no number. Source: Balassa 1965;
    Hidalgo and others 2007.
    """
    check_threshold(threshold)
    table = np.asarray(quotients, dtype=np.float64)
    return np.where(np.isnan(table), np.nan, table >= threshold)


def proximity(m: Numbers) -> Numbers:
    """How often two industries go together: min(P(p|q), P(q|p)), 0 to 1.

    P(p|q): of the regions specialised in q, the part specialised in p; regions in which the other
    is not known are not counted. Shape: (regions, industries) gives (industries, industries),
    symmetric, 1 on the diagonal; missing for an industry in which nobody is specialised.
    Raises ValueError unless M is a table of 0, 1 and NaN. Source: Hidalgo, Klinger, Barabási and
    Hausmann 2007.
    """
    there, known = _binary(m)
    together = there.T @ there
    # Row p, column q: regions specialised in q in which p is known.
    seen = known.T @ there
    lacking = np.minimum(seen, seen.T) == 0
    return ratio(np.where(lacking, np.nan, together), np.maximum(seen, seen.T))


def density(m: Numbers, phi: Numbers) -> Numbers:
    """How near a region's specialisations are to an industry: sum M phi / sum phi, 0 to 1.

    The sums run over the industries known in the region, the one in question included; set the
    diagonal of ``phi`` to zero to leave it out. Shapes: (regions, industries) and
    (industries, industries) give (regions, industries). Missing for a region of which nothing is
    known and for an industry without proximities. Raises ValueError unless the shapes fit and M is
    a table of 0, 1 and NaN. Source: Hidalgo, Klinger, Barabási and Hausmann 2007.
    """
    there, known = _binary(m)
    near = np.asarray(phi, dtype=np.float64)
    if near.shape != (there.shape[1],) * 2:
        raise ValueError(f"proximities {near.shape} for {there.shape[1]} industries")
    near = np.where(np.isnan(near), 0, near)
    return ratio(there @ near, known @ near)


def reflections(m: Numbers, n: int) -> Reflections:
    """The method of reflections: k_c,n and k_p,n.

    k_c,0 is a region's diversity (its number of specialisations), k_p,0 an industry's ubiquity
    (its number of regions); then k_c,n is the mean of k_p,n-1 over the region's industries and
    k_p,n that of k_c,n-1 over the industry's regions. An unknown cell counts as not specialised.
    Shape: (regions, industries) gives (regions,) and (industries,). From n = 1 on missing for
    empty rows and columns; at 0 missing where nothing is known. Raises ValueError for a negative n
    and unless M is a table of 0, 1 and NaN. Source: Hidalgo and Hausmann 2009.
    """
    if n < 0:
        raise ValueError(f"reflections are counted from 0, not {n}")
    there, known = _binary(m)
    diversity, ubiquity = there.sum(axis=1), there.sum(axis=0)
    regions = np.where(known.any(axis=1), diversity, np.nan)
    industries = np.where(known.any(axis=0), ubiquity, np.nan)
    for _ in range(n):
        regions, industries = (
            ratio(there @ np.where(ubiquity == 0, 0, industries), diversity),
            ratio(there.T @ np.where(diversity == 0, 0, regions), ubiquity),
        )
    return Reflections(regions=regions, industries=industries)


def complexity(m: Numbers) -> Complexity:
    """Complexity of regions and industries by the second eigenvector.

    With diversity D (row sums) and ubiquity U (column sums) the industries' vector belongs to the
    second eigenvalue of U^-1 M' D^-1 M; a region's figure is the mean of its industries'. Both
    are standardised. The sign is set so that the regions' figure rises with their diversity
    (positive correlation); industries follow: high in complex regions.
    An unknown cell counts as not specialised. Missing for empty rows and columns, and for all where
    the vector is not determined: fewer than two of either, parts without any tie between them
    (second eigenvalue 1), a tie of the second and the third, no correlation with diversity.
    Shape: (regions, industries) gives (regions,) and (industries,). Raises ValueError unless M is
    a table of 0, 1 and NaN. Source: Hidalgo and Hausmann 2009; Hausmann and others 2014.
    """
    there, _ = _binary(m)
    rows, columns = there.any(axis=1), there.any(axis=0)
    kept = there[rows][:, columns]
    regions, industries = np.full(rows.shape, np.nan), np.full(columns.shape, np.nan)
    diversity, ubiquity = kept.sum(axis=1), kept.sum(axis=0)
    # Symmetric and alike, so that the sums stay exact: U^-1/2 M' D^-1 M U^-1/2.
    half = kept / np.sqrt(diversity)[:, None] / np.sqrt(ubiquity)
    values, vectors = np.linalg.eigh(half.T @ half)
    values = values[::-1]
    found = Complexity(regions=regions, industries=industries, eigenvalues=values)
    if not _determined(values):
        return found
    of_industry = vectors[:, -2] / np.sqrt(ubiquity)
    of_region = kept @ of_industry / diversity
    of_region, of_industry = _standard(of_region), _standard(of_industry)
    rising = float((of_region * _standard(diversity)).mean())
    if abs(rising) < _CLOSE or np.isnan(rising):
        return found
    regions[rows], industries[columns] = np.sign(rising) * of_region, np.sign(rising) * of_industry
    return found


def _determined(values: Numbers) -> bool:
    """Whether the second of the descending eigenvalues stands apart from the first and third."""
    if len(values) < 2 or values[1] < _CLOSE:
        return False
    third = values[2] if len(values) > 2 else 0
    return bool(values[0] - values[1] > _CLOSE and values[1] - third > _CLOSE)


def _standard(values: Numbers) -> Numbers:
    """With mean 0 and (population) standard deviation 1; missing where all are alike."""
    spread = values.std()
    centred: Numbers = values - values.mean()
    return centred / (spread if spread > _CLOSE else np.nan)


def _binary(m: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    """M with 0 for what is not known, and 1 where it is known."""
    table = np.asarray(m, dtype=np.float64)
    if table.ndim != 2 or not np.isin(table[~np.isnan(table)], (0, 1)).all():
        raise ValueError("M is a table of regions and industries of 0, 1 and missing")
    known = ~np.isnan(table)
    return np.where(known, table, 0), known.astype(np.float64)
