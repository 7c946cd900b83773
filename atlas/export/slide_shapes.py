"""The marks of a sheet as native shapes of a PowerPoint slide, each of which can be edited.

Regions are freeforms with their names, words are text boxes as wide as they were measured, hatches
are pattern fills. What belongs together (a label, the legend) is a group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import singledispatchmethod

import numpy as np
from markupsafe import Markup

from atlas.export.about import PARTS
from atlas.export.paths import Step, line_steps, pictogram_steps, shape_steps
from atlas.export.slide_words import Block, block_body, blocks
from atlas.figures.lettering import printable
from atlas.figures.palette import LIGHT
from atlas.figures.sheet import (
    Area,
    Box,
    Disc,
    Letters,
    Mark,
    Part,
    Pattern,
    Pictogram,
    Rectangle,
    Stroke,
)
from atlas.text import Text

#: English Metric Units to an inch and to a point.
INCH, POINT = 914_400, 12_700
#: PowerPoint's names of the patterns.
_PATTERNS = {"hatch": "wdUpDiag", "dots": "dotGrid"}
#: Parts whose shapes are moved as one.
_GROUPED = (
    "surroundings", "label", "legend", "key", "scale", "selected", "firm", "institution", "hexagon",
)  # fmt: skip
_NO_FILL, _NO_LINE = Markup("<a:noFill/>"), Markup("<a:ln><a:noFill/></a:ln>")
_NOTHING = Markup("")

#: Left, top, width and height in EMU.
_Place = tuple[int, int, int, int]


@dataclass
class _Shape:
    """A shape to be, in DrawingML."""

    place: _Place
    geometry: Markup
    fill: Markup = _NO_FILL
    line: Markup = _NO_LINE
    words: Markup = _NOTHING


def shapes_xml(
    height: float,
    marks: Iterable[Mark],
    said: Mapping[str, str],
    text: Text,
    numbers: Iterator[int],
) -> Iterator[Markup]:
    """The marks of a sheet so high as PresentationML, lowest first: a shape or group at a time.

    ``said``: of each region what a screen reader says; ``numbers``: for the shapes, no two alike.
    Marks of one part are brought together where the first of them lies; the borders become the
    lines of the regions.
    """
    parts: dict[Part, list[Mark]] = {}
    for mark in marks:
        parts.setdefault(mark.part, []).append(mark)
    borders = {part.code: its[0] for part, its in parts.items() if part.role == "border"}
    pen = _Pen(height, text.language)
    for part, its in parts.items():
        if part.role == "border":
            continue
        shapes = pen.shapes(its)
        border = borders.get(part.code)
        if part.role == "region" and isinstance(border, Area) and border.line:
            shapes[0].line = _line(border.line, border.line_width)
        name = (
            text(PARTS[part.role], name=part.name) if part.role in PARTS else part.name or part.role
        )
        told = said.get(part.code, "") if part.role == "region" else ""
        if part.role in _GROUPED and len(shapes) > 1:
            yield _group(name, shapes, numbers)
        else:
            yield from (_xml(shape, name, told, next(numbers)) for shape in shapes)


class _Pen:
    """Turns marks into shapes; y is turned to run down."""

    def __init__(self, height: float, language: str) -> None:
        self.height, self.language = height, language

    def shapes(self, marks: Iterable[Mark]) -> list[_Shape]:
        """The shapes of one part, its words last."""
        given = list(marks)
        found: dict[_Place, _Shape] = {}
        others: list[_Shape] = []
        for mark in given:
            if isinstance(mark, Letters):
                continue
            shape = self.put(mark)
            if isinstance(mark, Pattern) and shape.place in found:
                # A pattern brings its ground along: it takes the place of what it lies on.
                found[shape.place].fill = shape.fill
                continue
            others.append(shape)
            found[shape.place] = shape
        letters = [mark for mark in given if isinstance(mark, Letters)]
        return others + [self._text_box(block) for block in blocks(letters)]

    @singledispatchmethod
    def put(self, mark: Mark) -> _Shape:
        """The mark as a shape."""
        raise TypeError(type(mark))

    @put.register
    def _(self, mark: Rectangle) -> _Shape:
        line = _line(mark.line, mark.line_width)
        return _Shape(self._place(mark.box), _preset("rect"), _fill(mark.fill), line)

    @put.register
    def _(self, mark: Disc) -> _Shape:
        x, y, r = mark.x, mark.y, mark.radius
        place = self._place((x - r, y - r, x + r, y + r))
        return _Shape(
            place, _preset("ellipse"), _fill(mark.fill), _line(mark.line, mark.line_width)
        )

    @put.register
    def _(self, mark: Stroke) -> _Shape:
        shape = self._freeform(line_steps([np.array(mark.points)]), filled=False)
        shape.line = _line(mark.colour, mark.width)
        return shape

    @put.register
    def _(self, mark: Area) -> _Shape:
        shape = self._freeform(shape_steps(mark.shape), filled=bool(mark.fill))
        shape.fill, shape.line = _fill(mark.fill), _line(mark.line, mark.line_width)
        return shape

    @put.register
    def _(self, mark: Pattern) -> _Shape:
        shape = self._freeform(shape_steps(mark.shape), filled=True)
        shape.fill = Markup(
            '<a:pattFill prst="{}"><a:fgClr><a:srgbClr val="{}"/></a:fgClr>'
            '<a:bgClr><a:srgbClr val="{}"/></a:bgClr></a:pattFill>'
        ).format(_PATTERNS[mark.kind], _hex(mark.colour), _hex(LIGHT.hatch_ground))
        return shape

    @put.register
    def _(self, mark: Pictogram) -> _Shape:
        shape = self._freeform(pictogram_steps(mark), filled=True)
        shape.fill = _fill(mark.ink)
        return shape

    def _text_box(self, block: Block) -> _Shape:
        place = self._place((block.west, block.foot, block.east, block.top))
        words = block_body(block, self.language)
        return _Shape(place, _preset("rect"), words=words)

    def _place(self, box: Box) -> _Place:
        west, south, east, north = box
        left, top = round(west * INCH), round((self.height - north) * INCH)
        return left, top, round((east - west) * INCH), round((north - south) * INCH)

    def _freeform(self, steps: Iterable[Step], *, filled: bool) -> _Shape:
        """The steps as a shape of its own geometry."""
        given = [(letter, points) for letter, points in steps if letter == "Z" or len(points)]
        corners = np.concatenate([points for _, points in given])
        west, south = corners.min(axis=0)
        east, north = corners.max(axis=0)
        place = self._place((west, south, east, north))
        path = Markup("").join(_step(letter, points, west, north) for letter, points in given)
        geometry = Markup(
            "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            '<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{}" h="{}"{}>{}</a:path>'
            "</a:pathLst></a:custGeom>"
        ).format(place[2], place[3], Markup("") if filled else Markup(' fill="none"'), path)
        return _Shape(place, geometry)


def _step(letter: str, points: np.ndarray, west: float, north: float) -> Markup:
    """One step of the pen in DrawingML, counted from the shape's upper left corner."""
    if letter == "Z":
        return Markup("<a:close/>")
    pairs = np.round((points - (west, north)) * (INCH, -INCH)).astype(int).tolist()
    corners = [f'<a:pt x="{x}" y="{y}"/>' for x, y in pairs]
    if letter == "M":
        return Markup(f"<a:moveTo>{corners[0]}</a:moveTo>")  # noqa: S704 (numbers)
    if letter == "C":
        return Markup(f"<a:cubicBezTo>{''.join(corners)}</a:cubicBezTo>")  # noqa: S704
    return Markup("".join(f"<a:lnTo>{corner}</a:lnTo>" for corner in corners))  # noqa: S704


def _hex(colour: str) -> str:
    return colour.lstrip("#").upper()


def _fill(colour: str | None) -> Markup:
    if not colour:
        return _NO_FILL
    return Markup('<a:solidFill><a:srgbClr val="{}"/></a:solidFill>').format(_hex(colour))


def _line(colour: str | None, width: float) -> Markup:
    """A line so many points wide."""
    if not colour:
        return _NO_LINE
    return Markup('<a:ln w="{}">{}<a:round/></a:ln>').format(round(width * POINT), _fill(colour))


def _preset(kind: str) -> Markup:
    return Markup('<a:prstGeom prst="{}"><a:avLst/></a:prstGeom>').format(kind)


def _frame(place: _Place) -> Markup:
    return Markup('<a:off x="{}" y="{}"/><a:ext cx="{}" cy="{}"/>').format(*place)


def _xml(shape: _Shape, name: str, told: str, number: int) -> Markup:
    box = Markup(' txBox="1"') if shape.words else Markup("")
    return Markup(
        '<p:sp><p:nvSpPr><p:cNvPr id="{}" name="{}" descr="{}"/><p:cNvSpPr{}/><p:nvPr/>'
        "</p:nvSpPr><p:spPr><a:xfrm>{}</a:xfrm>{}{}{}</p:spPr>{}</p:sp>"
    ).format(
        number, printable(name), printable(told), box, _frame(shape.place), shape.geometry,
        shape.fill, shape.line, shape.words,
    )  # fmt: skip


def _group(name: str, shapes: list[_Shape], numbers: Iterator[int]) -> Markup:
    """Shapes that are moved as one."""
    left = min(shape.place[0] for shape in shapes)
    top = min(shape.place[1] for shape in shapes)
    right = max(shape.place[0] + shape.place[2] for shape in shapes)
    foot = max(shape.place[1] + shape.place[3] for shape in shapes)
    wide, high = right - left, foot - top
    number = next(numbers)
    return Markup(
        '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{}" name="{}"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        '<p:grpSpPr><a:xfrm>{}<a:chOff x="{}" y="{}"/><a:chExt cx="{}" cy="{}"/></a:xfrm>'
        "</p:grpSpPr>{}</p:grpSp>"
    ).format(
        number, printable(name), _frame((left, top, wide, high)), left, top, wide, high,
        Markup("").join(_xml(shape, name, "", next(numbers)) for shape in shapes),
    )  # fmt: skip
