"""Where everything of a network stands, in pixels: nodes, and names that meet nothing.

A name stands where it meets no other name and no node; where there is no room, the node carries a
number, and the list under the drawing says whose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from atlas.figures.lettering import POINTS, Face, width_of, wrap

_RADIUS = 15.0
LINE = 15.0  # pixels from one line of a name to the next
_GAP = 5.0
_ROOM = 21.0  # room for a node itself, its ring included

#: left, top, right, bottom.
Box = tuple[float, float, float, float]


@dataclass
class Sheet:
    """A drawing in the making: what has a place on it already."""

    width: float
    face: Face
    height: float = 0.0
    spots: dict[str, tuple[float, float]] = field(default_factory=dict)
    labels: dict[str, tuple[Box, Sequence[str], str]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    rule: float = 0.0

    @property
    def taken(self) -> Iterator[Box]:
        """What no name may cover: the nodes, and the names that stand already."""
        for x, y in self.spots.values():
            yield x - _RADIUS - 2, y - _RADIUS - 2, x + _RADIUS + 2, y + _RADIUS + 2
        for box, _, _ in self.labels.values():
            yield box


def arranged(net: Any, *, narrow: bool) -> Sheet:
    """Where everything stands, in pixels: groups one under the other, then those without a tie."""
    sheet = Sheet(width=350 if narrow else 640, face=Face(12 if narrow else 12.5))
    for group in net.groups:
        _place_group(sheet, group, net.places)
    ties = [
        (sheet.spots[one], sheet.spots[other])
        for one, other in zip(net.ties["one"], net.ties["other"], strict=True)
        if one in sheet.spots and other in sheet.spots
    ]
    for key in net.nodes["degree"].sort_values(ascending=False, kind="stable").index:
        if key in sheet.spots:
            _place_label(sheet, key, str(net.nodes.at[key, "name"]), ties)
    alone = [key for key in net.nodes.index if key not in sheet.spots]
    _place_alone(sheet, {key: str(net.nodes.at[key, "name"]) for key in alone}, narrow=narrow)
    return sheet


def _place_group(
    sheet: Sheet, group: Sequence[str], places: Mapping[str, tuple[float, float]]
) -> None:
    tall = min(96 + 34 * len(group), 560) if len(group) > 2 else 136
    across = sheet.width / 2 - min(88.0, sheet.width / 4)
    flat = max(abs(places[key][1]) for key in group) < 1e-6
    down = 0.0 if flat else tall / 2 - 44
    middle = sheet.height + tall / 2
    for key in group:
        x, y = places[key]
        sheet.spots[key] = (sheet.width / 2 + x * across, middle + y * down)
    sheet.height += tall


def _place_label(
    sheet: Sheet, key: str, name: str, ties: Sequence[tuple[tuple[float, float], ...]]
) -> None:
    """The name at the free side of its node that the fewest ties cross; else a number."""
    best: tuple[float, Box, Sequence[str], str] | None = None
    for number, (lines, side) in enumerate(
        (lines, side)
        for widest in (132.0, 96.0)
        for lines in [_lines(name, sheet.face, widest)]
        for side in ("below", "above", "right", "left")
    ):
        box = _label_box(sheet.spots[key], lines, side, sheet.face)
        inside = _within(box, sheet)
        if not inside or any(meet(box, other) for other in sheet.taken):
            continue
        crossed = sum(crosses(box, one, other) for one, other in ties)
        cost = crossed * 10 + number
        if best is None or cost < best[0]:
            best = cost, box, lines, side
    if best is None:
        sheet.numbers[key] = len(sheet.numbers) + 1
    else:
        sheet.labels[key] = best[1:]


def _place_alone(sheet: Sheet, names: Mapping[str, str], *, narrow: bool) -> None:
    """Those without a tie in rows, each name right of its node."""
    if not names:
        return
    sheet.rule = sheet.height + 8 if sheet.spots else 0.0
    sheet.height += 40 if sheet.spots else 34
    columns = 2 if narrow else 3
    cell = sheet.width / columns
    for start in range(0, len(names), columns):
        row = list(names)[start : start + columns]
        broken = [_lines(names[key], sheet.face, cell - 2 * _RADIUS - 24) for key in row]
        tall = max(2 * _ROOM, max(map(len, broken)) * LINE + 12)
        for number, (key, lines) in enumerate(zip(row, broken, strict=True)):
            spot = (number * cell + _RADIUS + 8, sheet.height + tall / 2)
            sheet.spots[key] = spot
            sheet.labels[key] = (_label_box(spot, lines, "right", sheet.face), lines, "right")
        sheet.height += tall
    sheet.height += 4


def _lines(name: str, face: Face, widest: float) -> list[str]:
    """A name in at most three lines."""
    return wrap(name, face, widest / POINTS, lines=3)


def _label_box(spot: tuple[float, float], lines: Sequence[str], side: str, face: Face) -> Box:
    x, y = spot
    wide = max(width_of(line, face) for line in lines) * POINTS + 4
    tall = len(lines) * LINE
    if side in ("below", "above"):
        top = y + _RADIUS + _GAP if side == "below" else y - _RADIUS - _GAP - tall
        return x - wide / 2, top, x + wide / 2, top + tall
    left = x + _RADIUS + _GAP + 2 if side == "right" else x - _RADIUS - _GAP - 2 - wide
    return left, y - tall / 2, left + wide, y + tall / 2


def _within(box: Box, sheet: Sheet) -> bool:
    left, top, right, bottom = box
    return left >= 2 and top >= 2 and right <= sheet.width - 2 and bottom <= sheet.height


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes cover each other in part."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def crosses(box: Box, one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether the line from one point to another runs through the box (Liang and Barsky)."""
    first, last = 0.0, 1.0
    for axis in (0, 1):
        step = other[axis] - one[axis]
        low, high = box[axis] - one[axis], box[axis + 2] - one[axis]
        if abs(step) < 1e-9:
            if low > 0 or high < 0:
                return False
            continue
        enters, leaves = sorted((low / step, high / step))
        first, last = max(first, enters), min(last, leaves)
    return first < last
