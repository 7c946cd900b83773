"""Drawings as SVG: the marks of a sheet written out, a group with a name for each region.

Nothing is left to the reader's machine: fonts are embedded, cut down to the letters used, and
nothing is fetched. The unit is the point (1/72 inch), y runs down.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import singledispatchmethod
from itertools import groupby
from typing import Any

import numpy as np
from markupsafe import Markup

from atlas.export.about import AUTHOR, description, is_web_address, keywords
from atlas.export.fonts import SANS, SERIF, font_faces
from atlas.export.formats import format_
from atlas.export.images import draw
from atlas.export.paths import Step, letters_steps, line_steps, pictogram_steps, shape_steps
from atlas.figures.lettering import POINTS, printable, runs_left
from atlas.figures.outlines import DOT_RADIUS, HATCH_WIDTH, dots, hatching
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
    Sheet,
    Stroke,
)
from atlas.figures.titles import sources, title
from atlas.model import MapShapes, MapView, mark
from atlas.text import Text

_ANCHORS = {"center": "middle", "right": "end"}
#: Not allowed in XML, not even escaped.
_FORBIDDEN = re.compile("[\ufffe\uffff]")


@format_("svg", title=mark("Drawing (SVG)"))
def svg(
    view: MapView,
    shapes: MapShapes,
    text: Text,
    *,
    size: str = "slide",
    link: str | None = None,
    transparent: bool = False,
    text_as_paths: bool = False,
) -> bytes:
    """The map as an SVG drawing, in the language of ``text``; options as those of the PNG.

    ``text_as_paths``: letters as shapes, for programs that do not read embedded fonts. The same
    view gives the same bytes. Raises as :func:`atlas.export.images.draw`.
    """
    picture = draw(view, shapes, text, size=size, link=link)
    said = {
        "title": title(view, text),
        "description": description(view, text),
        "creator": AUTHOR,
        "source": sources(view, text),
        "subject": ", ".join(keywords(view, text)),
        "language": text.language,
    }
    return paint(picture.sheet, said, transparent=transparent, text_as_paths=text_as_paths)


def paint(
    sheet: Sheet,
    said: Mapping[str, str],
    *,
    transparent: bool = False,
    text_as_paths: bool = False,
) -> bytes:
    """The sheet as SVG. ``said`` of it: title, description, creator, source, subject, language."""
    wide, high = _number(sheet.width * POINTS), _number(sheet.height * POINTS)
    marks, pen = sheet.marks, _Pen(sheet.height, as_paths=text_as_paths)
    ground = "" if transparent else f'<rect width="{wide}" height="{high}" fill="{sheet.page}"/>\n'
    drawing = "".join(_groups(marks, pen))
    fonts_used = "" if text_as_paths else font_faces(marks)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" version="1.1" role="img"'
        f' aria-labelledby="map-title map-description" xml:lang="{said["language"]}"'
        f' width="{wide}pt" height="{high}pt" viewBox="0 0 {wide} {high}" font-family="{SANS}">\n'
        f"{_heading(said)}<defs>{fonts_used}{pen.clips()}</defs>\n{ground}{drawing}</svg>\n"
    ).encode()


def _heading(said: Mapping[str, str]) -> Markup:
    """Title and description for readers, and both with the rest for catalogues."""
    terms = ("title", "creator", "source", "subject", "language")
    core = Markup("").join(
        Markup("<dc:{}>{}</dc:{}>").format(term, _sound(said[term]), term) for term in terms
    )
    return Markup(
        '<title id="map-title">{}</title>\n<desc id="map-description">{}</desc>\n<metadata>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<rdf:Description rdf:about="">{}</rdf:Description></rdf:RDF></metadata>\n'
    ).format(_sound(said["title"]), _sound(said["description"]), core)


def _groups(marks: Iterable[Mark], pen: _Pen) -> Iterator[Markup]:
    """A group for each part of the picture, named; a part that is drawn in turns with others has
    its name on the first group."""
    used: set[str] = set()
    for part, its in groupby(marks, key=lambda mark: mark.part):
        name = _identifier(part)
        known = Markup("") if name in used else Markup(' id="{}"').format(name)
        used.add(name)
        said = Markup("<title>{}</title>").format(_sound(part.name)) if part.name else ""
        body = Markup("\n").join(pen.put(mark) for mark in its)
        group = Markup('<g{} class="{}">{}\n{}</g>').format(known, part.role, said, body)
        if part.role == "code" and is_web_address(part.name):
            group = Markup('<a href="{}">{}</a>').format(_sound(part.name), group)
        yield group + Markup("\n")


def _identifier(part: Part) -> str:
    """``region-GE-TB``: a name that XML allows, for any code."""
    code = re.sub(r"[^A-Za-z0-9.-]", lambda found: f"_{ord(found[0]):x}_", part.code)
    return f"{part.role}-{code}" if code else part.role


def _sound(words: str) -> str:
    return _FORBIDDEN.sub("", printable(words))


def _number(value: float) -> str:
    """A hundredth of a point is a fine dot at 7200 dots an inch."""
    said = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if said == "-0" else said


class _Pen:
    """Writes marks as elements; y is turned to run down."""

    def __init__(self, height: float, *, as_paths: bool) -> None:
        self.height, self.as_paths = height, as_paths
        self._clips: dict[Box, str] = {}

    def clips(self) -> Markup:
        """The boxes that something was cut to."""
        return Markup("").join(
            Markup('<clipPath id="{}"><rect{}/></clipPath>').format(name, self._box(box))
            for box, name in self._clips.items()
        )

    @singledispatchmethod
    def put(self, mark: Mark) -> Markup:
        """The mark as an element."""
        raise TypeError(type(mark))

    @put.register
    def _(self, mark: Letters) -> Markup:
        words, face = _sound(mark.words), mark.face
        look = Markup(' fill="{}"').format(mark.colour)
        if mark.halo:
            look += Markup(
                ' stroke="{}" stroke-width="{}" stroke-linejoin="round" paint-order="stroke"'
            ).format(mark.halo, _number(mark.halo_width))
        if self.as_paths:
            path = self._path(letters_steps(mark))
            return Markup('<path role="img" aria-label="{}" d="{}"{}/>').format(words, path, look)
        x, y = self._at((mark.x, mark.y))
        if face.serif:
            look += Markup(' font-family="{}"').format(SERIF)
        if face.bold:
            look += Markup(' font-weight="700"')
        if face.italic:
            look += Markup(' font-style="italic"')
        if runs_left(words):
            # The direction of the words alone: where they are anchored stays as it is.
            look += Markup(' style="unicode-bidi:plaintext"')
        if mark.align in _ANCHORS:
            look += Markup(' text-anchor="{}"').format(_ANCHORS[mark.align])
        return Markup('<text x="{}" y="{}" font-size="{}"{}>{}</text>').format(
            x, y, _number(face.size), look, words
        )

    @put.register
    def _(self, mark: Rectangle) -> Markup:
        look = self._look(mark.fill, mark.line, mark.line_width)
        return Markup("<rect{}{}/>").format(self._box(mark.box), look)

    @put.register
    def _(self, mark: Stroke) -> Markup:
        path = self._path(line_steps([np.array(mark.points)]))
        return Markup('<path d="{}"{}/>').format(path, self._look(None, mark.colour, mark.width))

    @put.register
    def _(self, mark: Area) -> Markup:
        look = self._look(mark.fill, mark.line, mark.line_width) + self._cut(mark.clip)
        return Markup('<path d="{}"{} stroke-linejoin="round"/>').format(
            self._path(shape_steps(mark.shape)), look
        )

    @put.register
    def _(self, mark: Pattern) -> Markup:
        cut = self._cut(mark.clip)
        if mark.kind == "dots":
            # Lines of no length with round ends: the shortest way to write a dot.
            path = "".join("M{},{}h0".format(*self._at(centre)) for centre in dots(mark.shape))
            look = self._look(None, mark.colour, 2 * DOT_RADIUS * POINTS) + cut
            return Markup('<path d="{}" stroke-linecap="round"{}/>').format(path, look)
        look = self._look(None, mark.colour, HATCH_WIDTH) + cut
        return Markup('<path d="{}"{}/>').format(self._path(line_steps(hatching(mark.shape))), look)

    @put.register
    def _(self, mark: Disc) -> Markup:
        x, y = self._at((mark.x, mark.y))
        look = self._look(mark.fill, mark.line, mark.line_width)
        return Markup('<circle cx="{}" cy="{}" r="{}"{}/>').format(
            x, y, _number(mark.radius * POINTS), look
        )

    @put.register
    def _(self, mark: Pictogram) -> Markup:
        return Markup('<path d="{}" fill="{}"/>').format(
            self._path(pictogram_steps(mark)), mark.ink
        )

    def _at(self, point: Any) -> tuple[str, str]:
        return _number(point[0] * POINTS), _number((self.height - point[1]) * POINTS)

    def _box(self, box: Box) -> Markup:
        west, south, east, north = box
        x, y = self._at((west, north))
        wide, high = _number((east - west) * POINTS), _number((north - south) * POINTS)
        return Markup(' x="{}" y="{}" width="{}" height="{}"').format(x, y, wide, high)

    def _path(self, steps: Iterable[Step]) -> str:
        """The steps as path data."""
        return "".join(
            letter + " ".join(",".join(self._at(point)) for point in points)
            for letter, points in steps
            if letter == "Z" or len(points)
        )

    def _look(self, fill: str | None, line: str | None, width: float) -> Markup:
        look = Markup(' fill="{}"').format(fill or "none")
        if line:
            look += Markup(' stroke="{}" stroke-width="{}"').format(line, _number(width))
        return look

    def _cut(self, clip: Box | None) -> Markup:
        if clip is None:
            return Markup("")
        name = self._clips.setdefault(clip, f"cut{len(self._clips)}")
        return Markup(' clip-path="url(#{})"').format(name)
