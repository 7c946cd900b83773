"""A sheet of paper to draw on: inches from its lower left corner, and no state but its own.

Nothing is painted here. A sheet keeps what is drawn on it as plain marks, and each format of
:mod:`atlas.export` paints those: one drawing, every format.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from shapely.affinity import translate

from atlas.figures.lettering import POINTS, Face, printable, width_of

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Part:
    """What of the picture a mark belongs to.

    ``role``: a fixed word (``region``, ``label``, ``legend`` ...). Of one region ``code`` and
    ``name`` say which. ``box``: the room that the whole part has, where one is set aside.
    """

    role: str = "page"
    code: str = ""
    name: str = ""
    box: Box | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Mark:
    """One thing drawn: what of the picture it belongs to, and what it lies on (``level``)."""

    part: Part
    level: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Letters(Mark):
    """One line of words, its baseline at ``y``; ``halo``: a rim's colour, its width in points."""

    x: float
    y: float
    words: str
    face: Face
    colour: str
    align: str
    halo: str | None
    halo_width: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Rectangle(Mark):
    """A box, filled or with a line round it or both."""

    box: Box
    fill: str | None
    line: str | None
    line_width: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Stroke(Mark):
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Area(Mark):
    """A shapely geometry, cut to ``clip``."""

    shape: Any
    fill: str | None
    line: str | None
    line_width: float
    clip: Box | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Pattern(Mark):
    """A shapely geometry filled with ``hatch`` or ``dots``, cut to ``clip``."""

    shape: Any
    kind: str
    colour: str
    clip: Box | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Disc(Mark):
    """A circle."""

    x: float
    y: float
    radius: float
    fill: str
    line: str | None
    line_width: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Pictogram(Mark):
    """A pictogram, by name, that fills a disc of that radius; its disc is a mark of its own."""

    x: float
    y: float
    radius: float
    symbol: str
    ink: str


class Sheet:
    """A page of ``width`` x ``height`` inches, ``page`` its colour.

    ``level`` of the drawing methods says what lies on what: a larger number is farther up.
    ``clip`` is the box that a drawing is cut to. Widths of lines are in points.
    """

    def __init__(self, width: float, height: float, *, page: str) -> None:
        self.width, self.height, self.page = width, height, page
        self._marks: list[Mark] = []
        self._part = Part()

    @property
    def marks(self) -> list[Mark]:
        """All that was drawn, what lies lowest first."""
        return sorted(self._marks, key=lambda mark: mark.level)

    @contextmanager
    def part(
        self, role: str, code: str = "", name: str = "", box: Box | None = None
    ) -> Iterator[None]:
        """Whatever is drawn meanwhile belongs to that :class:`Part` of the picture."""
        before, self._part = self._part, Part(role, str(code), name, box)
        try:
            yield
        finally:
            self._part = before

    def stamp(self, other: Sheet, x: float, y: float) -> None:
        """Draw the areas of another sheet, its lower left corner at a place of this one."""
        for mark in other.marks:
            if isinstance(mark, Area):
                moved = translate(mark.shape, x, y)
                west, south, east, north = mark.clip or (0, 0, other.width, other.height)
                clip = (west + x, south + y, east + x, north + y)
                self._marks.append(replace(mark, part=self._part, shape=moved, clip=clip))

    def words(
        self,
        x: float,
        y: float,
        words: str,
        face: Face,
        colour: str,
        *,
        align: str = "left",
        halo: str | None = None,
        halo_width: float = 2.0,
        level: float = 5,
    ) -> float:
        """Set one line with its baseline at ``y``; returns its width. ``$`` is just a sign."""
        said = printable(words)
        if said.strip():
            self._marks.append(
                Letters(
                    part=self._part, level=level, x=x, y=y, words=said, face=face, colour=colour,
                    align=align, halo=halo, halo_width=halo_width,
                )
            )  # fmt: skip
        return width_of(words, face)

    def lines(
        self, x: float, y: float, lines: Sequence[str], face: Face, colour: str, **how: Any
    ) -> float:
        """Set lines one under the other, the first with its baseline at ``y``; returns the
        baseline after the last."""
        for line in lines:
            self.words(x, y, line, face, colour, **how)
            y -= face.line
        return y

    def rectangle(
        self,
        box: Box,
        *,
        fill: str | None = None,
        line: str | None = None,
        line_width: float = 0.5,
        level: float = 3,
    ) -> None:
        """Draw a box given as west, south, east, north."""
        self._marks.append(
            Rectangle(
                part=self._part, level=level, box=box, fill=fill, line=line, line_width=line_width
            )
        )

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        *,
        width: float = 0.6,
        level: float = 3,
    ) -> None:
        """Draw a line through points."""
        path = tuple((float(x), float(y)) for x, y in points)
        self._marks.append(
            Stroke(part=self._part, level=level, points=path, colour=colour, width=width)
        )

    def area(
        self,
        shape: Any,
        *,
        fill: str | None = None,
        line: str | None = None,
        line_width: float = 0.6,
        clip: Box | None = None,
        level: float = 1,
    ) -> None:
        """Draw a shapely geometry in inches, holes left open; lines are drawn, not filled."""
        if shape is None or shape.is_empty:
            return
        self._marks.append(
            Area(
                part=self._part, level=level, shape=shape, fill=fill, line=line,
                line_width=line_width, clip=clip,
            )
        )  # fmt: skip

    def pattern(
        self, shape: Any, kind: str, colour: str, *, clip: Box | None = None, level: float = 1
    ) -> None:
        """Fill a geometry in inches with a ``hatch`` of lines rising at 45° or with ``dots``."""
        if shape is None or shape.is_empty:
            return
        self._marks.append(
            Pattern(part=self._part, level=level, shape=shape, kind=kind, colour=colour, clip=clip)
        )

    def disc(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str,
        line: str | None = None,
        line_width: float = 0.8,
        level: float = 6,
    ) -> None:
        """Draw a circle."""
        self._marks.append(
            Disc(
                part=self._part, level=level, x=float(x), y=float(y), radius=float(radius),
                fill=fill, line=line, line_width=line_width,
            )
        )  # fmt: skip

    def pictogram(
        self, x: float, y: float, radius: float, name: str, *, disc: str, ink: str, ring: str
    ) -> None:
        """Draw a pictogram on its disc, with a ring that sets it off from the map."""
        self.disc(x, y, radius, fill=disc, line=ring, line_width=radius * POINTS * 0.12)
        self._marks.append(
            Pictogram(
                part=self._part, level=7, x=float(x), y=float(y), radius=float(radius),
                symbol=name, ink=ink,
            )
        )  # fmt: skip
