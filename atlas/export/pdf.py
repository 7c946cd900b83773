"""Documents as PDF: the marks of a sheet painted by ReportLab, a page for each sheet.

Everything is a vector; fonts are embedded, cut down to the letters used, so that words can be
searched for and copied out. The unit is the point (1/72 inch).
"""

from __future__ import annotations

import io
import threading
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import singledispatchmethod
from pathlib import Path

import numpy as np
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from atlas.export.about import AUTHOR, description, is_web_address, keywords
from atlas.export.formats import format_
from atlas.export.images import draw
from atlas.export.paths import (
    Step,
    left_of,
    letters_steps,
    line_steps,
    pictogram_steps,
    shape_steps,
)
from atlas.figures.lettering import POINTS, Face, font_runs, fonts, printable, width_of
from atlas.figures.outlines import HATCH_WIDTH, dotting, hatching
from atlas.figures.sheet import (
    Area,
    Box,
    Disc,
    Letters,
    Mark,
    Pattern,
    Pictogram,
    Rectangle,
    Sheet,
    Stroke,
)
from atlas.figures.titles import title
from atlas.model import MapShapes, MapView, mark
from atlas.text import Text

_registering = threading.Lock()
#: How letters are painted: filled; not at all, but there to be found and copied.
_FILLED, _UNSEEN = 0, 3


@format_("pdf", title=mark("Document (PDF)"))
def pdf(
    view: MapView,
    shapes: MapShapes,
    text: Text,
    *,
    size: str = "slide",
    link: str | None = None,
    text_as_paths: bool = False,
) -> bytes:
    """The map as a PDF document of one page, in the language of ``text``; options as those of the
    SVG. The same view gives the same bytes. Raises as :func:`atlas.export.images.draw`."""
    picture = draw(view, shapes, text, size=size, link=link)
    said = {
        "title": title(view, text),
        "subject": description(view, text),
        "keywords": ", ".join(keywords(view, text)),
        "language": text.language,
    }
    return paint([picture.sheet], said, text_as_paths=text_as_paths)


def paint(
    sheets: Sequence[Sheet], said: Mapping[str, str], *, text_as_paths: bool = False
) -> bytes:
    """The sheets as a PDF, one page each. ``said`` of it: title, subject, keywords, language.

    ``text_as_paths``: letters as shapes; their words can be neither searched for nor copied then.
    """
    target = io.BytesIO()
    # Invariant: no date and no random number, so that the same drawing gives the same bytes.
    canvas = Canvas(
        target, invariant=True, pageCompression=True, lang=said["language"],
        # Else a font that is not embedded is named in every file.
        initialFontName=_font(fonts(Face(9))[0]),
    )  # fmt: skip
    canvas.setTitle(printable(said["title"]))
    canvas.setAuthor(AUTHOR)
    canvas.setCreator(AUTHOR)
    canvas.setSubject(printable(said["subject"]))
    canvas.setKeywords(printable(said["keywords"]))
    pen = _Pen(canvas, as_paths=text_as_paths)
    for sheet in sheets:
        canvas.setPageSize((sheet.width * POINTS, sheet.height * POINTS))
        for one in sheet.marks:
            pen.put(one)
        _follow_codes(canvas, sheet)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _follow_codes(canvas: Canvas, sheet: Sheet) -> None:
    """Make the codes lead where they say, for whoever reads on a screen."""
    for one in sheet.marks:
        if isinstance(one, Rectangle) and one.part.role == "code" and is_web_address(one.part.name):
            canvas.linkURL(one.part.name, tuple(edge * POINTS for edge in one.box))


class _Pen:
    """Paints marks on a canvas."""

    def __init__(self, canvas: Canvas, *, as_paths: bool) -> None:
        self.canvas, self.as_paths = canvas, as_paths

    @singledispatchmethod
    def put(self, mark: Mark) -> None:
        """Paint the mark."""
        raise TypeError(type(mark))

    @put.register
    def _(self, mark: Letters) -> None:
        if mark.halo:
            self._path(letters_steps(mark), line=mark.halo, width=mark.halo_width)
        outlined = self.as_paths or not _is_simple(mark.words)
        if outlined:
            self._path(letters_steps(mark), fill=mark.colour)
        if not self.as_paths:
            self._words(mark, _UNSEEN if outlined else _FILLED)

    def _words(self, mark: Letters, mode: int) -> None:
        """Set the words, as wide as they were measured."""
        # Unseen, the font does not matter: more scripts are in the one without serifs.
        face = mark.face if mode == _FILLED else Face(mark.face.size)
        runs = [(_font(font), words) for font, words in font_runs(mark.words, face)]
        size = mark.face.size
        natural = sum(pdfmetrics.stringWidth(words, font, size) for font, words in runs)
        spare = width_of(mark.words, mark.face) * POINTS - natural
        letters = self.canvas.beginText(left_of(mark) * POINTS, mark.y * POINTS)
        letters.setFillColor(HexColor(mark.colour))
        letters.setTextRenderMode(mode)
        letters.setCharSpace(spare / len(mark.words))
        for font, words in runs:
            letters.setFont(font, size)
            letters.textOut(words)
        self.canvas.saveState()
        self.canvas.drawText(letters)
        self.canvas.restoreState()

    @put.register
    def _(self, mark: Rectangle) -> None:
        west, south, east, north = mark.box
        corners = np.array([(west, south), (east, south), (east, north), (west, north)])
        steps: list[Step] = [("M", corners[:1]), ("L", corners[1:]), ("Z", corners[:0])]
        self._path(steps, fill=mark.fill, line=mark.line, width=mark.line_width)

    @put.register
    def _(self, mark: Stroke) -> None:
        self._path(line_steps([np.array(mark.points)]), line=mark.colour, width=mark.width)

    @put.register
    def _(self, mark: Area) -> None:
        steps = shape_steps(mark.shape)
        self._path(steps, fill=mark.fill, line=mark.line, width=mark.line_width, clip=mark.clip)

    @put.register
    def _(self, mark: Pattern) -> None:
        if mark.kind == "dots":
            self._path(shape_steps(dotting(mark.shape)), fill=mark.colour, clip=mark.clip)
            return
        lines = line_steps(hatching(mark.shape))
        self._path(lines, line=mark.colour, width=HATCH_WIDTH, clip=mark.clip)

    @put.register
    def _(self, mark: Disc) -> None:
        canvas = self.canvas
        canvas.setFillColor(HexColor(mark.fill))
        if mark.line:
            canvas.setStrokeColor(HexColor(mark.line))
            canvas.setLineWidth(mark.line_width)
        x, y, radius = (inches * POINTS for inches in (mark.x, mark.y, mark.radius))
        canvas.circle(x, y, radius, stroke=int(bool(mark.line)), fill=1)

    @put.register
    def _(self, mark: Pictogram) -> None:
        self._path(pictogram_steps(mark), fill=mark.ink)

    def _path(
        self,
        steps: Iterable[Step],
        *,
        fill: str | None = None,
        line: str | None = None,
        width: float = 0.0,
        clip: Box | None = None,
    ) -> None:
        canvas = self.canvas
        canvas.saveState()
        if clip:
            window = canvas.beginPath()
            west, south, east, north = (edge * POINTS for edge in clip)
            window.rect(west, south, east - west, north - south)
            canvas.clipPath(window, stroke=0, fill=0)
        if fill:
            canvas.setFillColor(HexColor(fill))
        if line:
            canvas.setStrokeColor(HexColor(line))
            canvas.setLineWidth(width)
            canvas.setLineJoin(1)
        path = canvas.beginPath()
        for letter, points in steps:
            if letter == "M":
                path.moveTo(*(points[0] * POINTS))
            elif letter == "L":
                for point in points * POINTS:
                    path.lineTo(*point)
            elif letter == "C":
                path.curveTo(*(points * POINTS).ravel())
            else:
                path.close()
        canvas.drawPath(path, stroke=int(bool(line)), fill=int(bool(fill)), fillMode=1)
        canvas.restoreState()


def _font(file: Path) -> str:
    """The name by which ReportLab knows a font, which it is told on first use."""
    name = f"Atlas-{file.stem}"
    with _registering:
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(file)))
    return name


def _is_simple(words: str) -> bool:
    """Whether letters simply stand one after the other from the left: not Arabic, Hebrew, accents
    that are set on others, or signs that turn the order."""
    return not any(
        unicodedata.bidirectional(letter) in ("R", "AL", "RLE", "RLO", "LRO", "RLI")
        or unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf")
        for letter in words
    )
