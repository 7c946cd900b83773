"""Firms where they are too many for a map to draw each: hexagons that say how many lie in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import h3.api.basic_int as h3
import pandas as pd

from atlas.analysis.map import points
from atlas.errors import unknown
from atlas.model import Release

#: As many firms as are drawn one by one.
MOST_POINTS = 20_000
#: As many hexagons as leave room for a number in each, and as many firms as a list shows at once.
MOST_CELLS, LISTED = 400, 100
#: Sizes of H3's hexagons tried, from some 5 km² up to a whole continent.
_FINEST = 7


@dataclass(frozen=True, eq=False)
class FirmCells:
    """Firms by hexagon. ``cells``: index the H3 cell's name; ``count`` of firms, ``lon`` and
    ``lat`` of its middle; the most firms first. ``cell_of``: the cell of each firm, by the position
    of its row in ``firms``."""

    cells: pd.DataFrame
    cell_of: pd.Series
    firms: pd.DataFrame


@dataclass(frozen=True, eq=False)
class FirmPage:
    """One page of the list of a cell's ``firms``, by name: ``page`` of ``pages``, from the
    ``first`` of ``count``."""

    cell: str
    firms: pd.DataFrame
    count: int
    first: int
    page: int
    pages: int


@lru_cache(maxsize=16)
def firm_cells(release: Release) -> FirmCells | None:
    """The hexagons of a release's firms, the finest of which at most ``MOST_CELLS`` hold them all;
    None for as few firms as are drawn one by one.

    Source: H3, a hexagonal hierarchical geospatial indexing system (Uber, 2018).
    """
    every = points(release)
    firms = every[every["kind"] == "firm"].sort_values(["name", "id"]).reset_index(drop=True)
    if len(firms) <= MOST_POINTS:
        return None
    size = _FINEST
    cells = pd.Series(
        [
            h3.latlng_to_cell(lat, lon, size)
            for lat, lon in zip(firms["lat"], firms["lon"], strict=True)
        ]
    )
    while cells.nunique() > MOST_CELLS and size:
        size -= 1
        parents = {cell: h3.cell_to_parent(cell, size) for cell in cells.unique()}
        cells = cells.map(parents)
    counts = cells.value_counts()
    middles = [h3.cell_to_latlng(cell) for cell in counts.index]
    table = pd.DataFrame(
        {
            "count": counts.to_numpy(),
            "lon": [lon for _, lon in middles],
            "lat": [lat for lat, _ in middles],
        },
        index=[h3.int_to_str(cell) for cell in counts.index],
    )
    names = dict(zip(counts.index, table.index, strict=True))
    return FirmCells(cells=table, cell_of=cells.map(names), firms=firms)


def firm_page(found: FirmCells, cell: str, page: int = 1) -> FirmPage:
    """A page of the firms in a cell. Raises ChoiceError for a cell or page that is not there."""
    if cell not in found.cells.index:
        raise unknown("cell", cell, found.cells.index)
    count, pages = int(found.cells.at[cell, "count"]), pages_of(found, cell)
    if page not in pages:
        raise unknown("page", page, pages)
    start = (page - 1) * LISTED
    firms = found.firms[found.cell_of == cell].iloc[start : start + LISTED]
    firms = firms.rename(columns={"id": "firm_id"})
    return FirmPage(cell, firms, count, start + 1, page, len(pages))


def pages_of(found: FirmCells, cell: str) -> range:
    """Numbers of the pages that list a cell's firms."""
    return range(1, -(-int(found.cells.at[cell, "count"]) // LISTED) + 1)
