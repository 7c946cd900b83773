"""Draw the fill patterns of the map, ``hatch.png``: ``python static/patterns.py``.

Two seamless cells of 64 pixels: a 45° hatch (no data) and staggered dots (suppressed). The shape
is in the alpha channel and the colour black, so that deck.gl's FillStyleExtension with its mask
on takes the colour from the layer. Each cell is surrounded by 32 pixels of its own repetition:
a picture scaled down would else mix the neighbouring cell into the edge. The boxes of the cells
stand in ``atlas/figures/patterns.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

CELL, MARGIN = 64, 32
REPEATS = 3  # lines, or dots, across a cell
COVERAGE = 1 / 8  # share of the ground that is covered
SAMPLES = 8  # per pixel and axis, to smooth the edges

Mask = np.ndarray


def hatch(x: Mask, y: Mask) -> Mask:
    """Return where lines rising to the right cover the points ``x``, ``y`` (y down)."""
    return REPEATS * (x + y) % CELL < CELL * COVERAGE


def dots(x: Mask, y: Mask) -> Mask:
    """Return where dots cover the points: one at every corner and centre of a square lattice."""
    radius_squared = CELL**2 * COVERAGE / 2 / np.pi  # lengths are REPEATS times themselves here,
    covered = np.zeros(np.broadcast(x, y).shape, dtype=bool)
    for shift in (0, CELL / 2):  # so that every period is a whole cell and no rounding shows
        across = (REPEATS * x + shift) % CELL - CELL / 2
        down = (REPEATS * y + shift) % CELL - CELL / 2
        covered |= across**2 + down**2 < radius_squared
    return covered


def alpha(pattern: Callable[[Mask, Mask], Mask]) -> Mask:
    """Return a cell with its margins as coverage, 0 to 255, shape (128, 128)."""
    side = CELL + 2 * MARGIN
    place = (np.arange(side * SAMPLES) + 0.5) / SAMPLES - MARGIN
    covered = pattern(place[np.newaxis, :], place[:, np.newaxis])
    share = covered.reshape(side, SAMPLES, side, SAMPLES).mean(axis=(1, 3))
    return np.round(share * 255).astype(np.uint8)


def draw() -> Image.Image:
    """Return both cells side by side: black, 256 x 128 pixels, the pattern in the alpha."""
    channel = np.hstack([alpha(hatch), alpha(dots)])
    black = np.zeros_like(channel)
    return Image.fromarray(np.dstack([black, black, black, channel]), mode="RGBA")


if __name__ == "__main__":
    draw().save(Path(__file__).with_name("hatch.png"), optimize=True)
