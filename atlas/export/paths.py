"""Drawings as the steps of a pen, which every format of vectors has in some spelling."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.path import Path

from atlas.figures.lettering import outlines, width_of
from atlas.figures.outlines import rings
from atlas.figures.pictograms import pictogram_path
from atlas.figures.sheet import Letters, Pictogram

#: ``M`` move, ``L`` line, ``C`` curve of three points, ``Z`` close; and the points.
Step = tuple[str, Any]

_SHARE = {"left": 0.0, "center": 0.5, "right": 1.0}


def shape_steps(shape: Any) -> Iterator[Step]:
    """The steps along a shapely geometry, in its own unit."""
    for points, closed in rings(shape):
        yield "M", points[:1]
        yield "L", points[1:-1] if closed else points[1:]
        if closed:
            yield "Z", points[:0]


def line_steps(lines: list[Any]) -> Iterator[Step]:
    """The steps along lines, each an array of points."""
    for points in lines:
        yield "M", points[:1]
        yield "L", points[1:]


def pictogram_steps(mark: Pictogram) -> Iterator[Step]:
    """The steps along a pictogram where it stands, in inches."""
    return _steps(pictogram_path(mark.symbol), mark.radius, (mark.x, mark.y))


def letters_steps(mark: Letters) -> Iterator[Step]:
    """The steps along the letters of a line where they stand, in inches."""
    return _steps(outlines(mark.words, mark.face), 1.0, (left_of(mark), mark.y))


def left_of(mark: Letters) -> float:
    """Where a line of words begins, in inches."""
    return mark.x - _SHARE[mark.align] * width_of(mark.words, mark.face)


def _steps(path: Path, scale: float, at: tuple[float, float]) -> Iterator[Step]:
    last = np.zeros((1, 2))
    for flat, code in path.iter_segments(simplify=False):
        points = np.reshape(flat, (-1, 2)) * scale + at
        if code == Path.MOVETO:
            yield "M", points
        elif code == Path.LINETO:
            yield "L", points
        elif code == Path.CURVE3:
            # The cubic curve that runs the same way as the quadratic one.
            control, end = points[:1], points[1:]
            first, second = last + (control - last) * 2 / 3, end + (control - end) * 2 / 3
            yield "C", np.concatenate([first, second, end])
        elif code == Path.CURVE4:
            yield "C", points
        elif code == Path.CLOSEPOLY:
            yield "Z", points[:0]
            continue
        last = points[-1:]
