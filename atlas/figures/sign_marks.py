"""The shapes by which the states of a sign are told apart, drawn on a sheet."""

from __future__ import annotations

import numpy as np
import shapely

from atlas.figures.palette import LIGHT
from atlas.figures.sheet import Sheet

#: Colours of the states, by name.
COLOURS = {
    "yes": LIGHT.accent, "part": LIGHT.accent, "no": LIGHT.warning, "none": LIGHT.warning,
    "unknown": LIGHT.missing,
}  # fmt: skip
_WIDTH = 1.1


def draw_state(sheet: Sheet, x: float, y: float, radius: float, state: str) -> None:
    """Draw the shape of a state around a point: a full disc (yes), half of one (part), a ring with
    a cross (no), with a stroke (none), or empty (unknown)."""
    colour = COLOURS[state]
    if state == "yes":
        sheet.disc(x, y, radius, fill=colour)
        tick = [(x - 0.45 * radius, y), (x - 0.1 * radius, y - 0.4 * radius),
                (x + 0.5 * radius, y + 0.4 * radius)]  # fmt: skip
        sheet.line(tick, LIGHT.page, width=1.3, level=7)
        return
    sheet.disc(x, y, radius, fill=LIGHT.page, line=colour, line_width=_WIDTH)
    if state == "part":
        angles = np.linspace(np.pi / 2, 3 * np.pi / 2, 24)
        half = [(x + radius * np.cos(angle), y + radius * np.sin(angle)) for angle in angles]
        sheet.area(shapely.Polygon(half), fill=colour, level=7)
    step = 0.42 * radius
    if state == "no":
        sheet.line([(x - step, y - step), (x + step, y + step)], colour, width=_WIDTH, level=7)
        sheet.line([(x - step, y + step), (x + step, y - step)], colour, width=_WIDTH, level=7)
    if state == "none":
        sheet.line([(x - step, y), (x + step, y)], colour, width=_WIDTH, level=7)
