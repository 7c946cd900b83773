"""Firms by hexagon, on toyland with 30,000 test firms."""

from __future__ import annotations

import h3
import pytest

from atlas.analysis.firm_cells import LISTED, MOST_CELLS, firm_cells, firm_page, pages_of
from atlas.errors import ChoiceError
from atlas.model import Release


def test_few_firms_stay_points(toyland: Release, georgia: Release) -> None:
    assert firm_cells(toyland) is None
    assert firm_cells(georgia) is None


def test_hexagons_count_every_firm_once(crowded: Release) -> None:
    found = firm_cells(crowded)
    assert found is not None
    # All test firms and the mill; the oven has no place.
    assert len(found.firms) == found.cells["count"].sum() == 30_001
    assert 100 < len(found.cells) <= MOST_CELLS
    for cell in found.cells.index[:5]:
        inside = found.firms[found.cell_of == cell]
        assert len(inside) == found.cells.at[cell, "count"]
        own = {
            h3.latlng_to_cell(lat, lon, h3.get_resolution(cell))
            for lat, lon in zip(inside["lat"], inside["lon"], strict=True)
        }
        # A fine hexagon's children do not fill it exactly, but nearly.
        assert own <= set(h3.grid_disk(cell, 1))


def test_the_list_has_pages_of_a_hundred(crowded: Release) -> None:
    found = firm_cells(crowded)
    assert found is not None
    cell = str(found.cells.index[0])
    count = int(found.cells.at[cell, "count"])
    pages = [firm_page(found, cell, page) for page in pages_of(found, cell)]
    assert [len(page.firms) for page in pages[:-1]] == [LISTED] * (len(pages) - 1)
    assert 0 < len(pages[-1].firms) <= LISTED
    names = [name for page in pages for name in page.firms["name"]]
    assert len(names) == count
    assert names == sorted(names)
    assert (pages[1].first, pages[1].page, pages[1].pages) == (101, 2, len(pages))


@pytest.mark.parametrize(("cell", "page"), [("nope", 1), (None, 0), (None, 10_000)])
def test_what_is_not_there(cell: str | None, page: int, crowded: Release) -> None:
    found = firm_cells(crowded)
    assert found is not None
    with pytest.raises(ChoiceError) as raised:
        firm_page(found, cell or str(found.cells.index[0]), page)
    assert raised.value.kind == ("unknown_cell" if cell else "unknown_page")
