"""A drawing with fewer corners, for programs in which every corner can be taken hold of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from atlas.figures.outlines import within
from atlas.figures.sheet import Area, Mark, Pattern

#: The most corners that all regions have together; more only make a slide slow to open.
CORNERS = 3000
#: How far off its line a corner may lie when it is left out, in inches: unseen at first.
_DETAIL, _COARSER = 0.003, 1.5
#: The outline and the regions are the same land if their areas differ by less than this share.
_SAME = 0.01


def simpler(marks: Iterable[Mark]) -> list[Mark]:
    """The marks with simpler shapes cut to their boxes; borders that regions share stay shared."""
    given = list(marks)
    regions = {
        mark.part.code: mark.shape
        for mark in given
        if isinstance(mark, Area) and mark.part.role == "region"
    }
    shapes, detail = _simpler_coverage(list(regions.values()))
    regions = dict(zip(regions, shapes, strict=True))
    land = shapely.union_all(shapes)
    found: list[Mark] = []
    for mark in given:
        if not isinstance(mark, Area | Pattern):
            found.append(mark)
            continue
        if mark.part.role in ("region", "border", "selected"):
            shape = regions.get(mark.part.code, mark.shape)
        elif mark.part.role == "country" and abs(land.area / mark.shape.area - 1) < _SAME:
            # Its line then runs along the regions' own.
            shape = land
        elif mark.part.role in ("country", "surroundings"):
            shape = mark.shape.simplify(detail)
        else:
            shape = mark.shape
        shape = within(shape, mark.clip)
        if not shape.is_empty:
            found.append(replace(mark, shape=shape))
    return found


def _simpler_coverage(shapes: list[Any]) -> tuple[Any, float]:
    """The shapes with at most CORNERS corners where that can be, and how coarse they are."""
    given = np.array(shapes, dtype=object)
    detail, found = _DETAIL, given
    while len(given) and detail < 1:
        found = shapely.coverage_simplify(given, detail)
        if shapely.get_num_coordinates(found).sum() <= CORNERS:
            break
        detail *= _COARSER
    return found, detail
