"""Where the labels of a map go: pure geometry, for print and for the screen.

A label is a box. It goes into its region where it fits, over the region's border a little where it
nearly fits, else beside the country with a line to its region, else nowhere. Nothing here is
random: the same shapes and sizes give the same places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from atlas.figures.label_room import Board, Box, Point, land_of
from atlas.figures.label_spots import Place, Size, inside, main_part, outside, visual_centre, void

__all__ = ["Box", "Place", "Point", "Size", "place_labels", "visual_centre"]

#: So many labels beside the country may be placed before those inside.
_FEW = 8


def place_labels(
    shapes: pd.Series,
    sizes: Mapping[str, Sequence[Size]],
    *,
    bounds: Box,
    outside_sizes: Mapping[str, Sequence[Size]] | None = None,
    taken: Iterable[Box] = (),
    symbols: Iterable[Box] = (),
    others: Iterable[Any] = (),
    gap: float = 0.0,
    overhang: float = 0.15,
    reach: float | None = None,
) -> dict[str, Place]:
    """A place for the label of each region, by the index of ``shapes``; those without are left out.

    ``shapes``: polygons in any planar units (metres of the metric system, pixels), y upwards; they
    do not overlap. Earlier rows choose first. ``sizes``: for each region the (width, height) its
    label may have, the most wanted first; one more line of text is another size.
    ``outside_sizes``: the same for labels beside the country (default: the same sizes); an empty
    list keeps a label from going there. ``bounds``: the map; no label leaves it. ``taken``: boxes
    already in use; ``symbols``: likewise, but leaders may run under these. ``others``: regions
    without a label, which those beside the country do not lie on either. ``gap``: room kept around
    each label, in addition to its size.
    ``overhang``: share of a label that may lie over its region's border.
    ``reach``: the longest leader (default: a quarter of the map's diagonal).

    No two boxes returned overlap, nor does any overlap ``taken`` or ``symbols``; leaders cross
    neither boxes nor one another. Raises KeyError when a region has no size.
    """
    parts = {code: main_part(shape) for code, shape in shapes.items() if not void(shape)}
    beside = outside_sizes or sizes
    bare = (main_part(shape) for shape in others if not void(shape))
    land = land_of((*parts.values(), *bare), bounds)
    centres = {code: visual_centre(part) for code, part in parts.items()}
    boxes, marks = [*taken], [*symbols]

    def attempt(first: Sequence[str]) -> dict[str, Place]:
        """Labels beside the country first for these, then all others inside where they fit."""
        board = Board(bounds, boxes, gap, marks)
        places: dict[str, Place] = {}
        steps = [(first, None), (parts, 1.0), (parts, 1.0 - overhang), (parts, None)]
        for codes, share in steps:
            for code in codes:
                if code in places:
                    continue
                place = (
                    outside(centres[code], 0.0, beside[code], board, land, reach)
                    if share is None
                    else inside(parts[code], sizes[code], board, share)
                )
                if place is not None:
                    places[code] = place
                    board.keep(place.box, place.leader)
        return places

    places = attempt([])
    beyond = [code for code in parts if code not in places or places[code].outside]
    if 0 < len(beyond) <= _FEW:
        # Few leaders: labels inside can make way for them, which shortens the leaders.
        other = attempt(beyond)
        if _standing(other) > _standing(places):
            return other
    return places


def _standing(places: Mapping[str, Place]) -> tuple[int, int, float]:
    """How good a set of places is: labels, labels inside, and how short the leaders are."""
    lines = [place.leader for place in places.values() if place.leader is not None]
    length = sum(float(np.hypot(b[0] - a[0], b[1] - a[1])) for a, b in lines)
    return len(places), sum(not place.outside for place in places.values()), -length
