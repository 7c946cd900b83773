"""Pictures as PNG: the marks of a sheet painted by matplotlib's Agg.

Nothing of matplotlib's global state is read or changed on purpose (no pyplot, no rcParams), so
several pictures may be painted at once in several threads.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from functools import singledispatch
from typing import Any

import numpy as np
import shapely
from matplotlib import patches
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import Normal, withStroke
from matplotlib.text import Text as MatplotlibText
from matplotlib.transforms import Affine2D, Bbox, TransformedBbox
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from atlas.export.formats import format_
from atlas.export.images import draw
from atlas.figures.lettering import clean
from atlas.figures.outlines import HATCH_WIDTH, dotting, hatching, rings
from atlas.figures.pictograms import pictogram_path
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
from atlas.figures.titles import sources, title
from atlas.model import MapShapes, MapView, mark
from atlas.text import Text

#: Parts of which there are many, that lie side by side.
_MANY, _OWN = ("region", "border"), ("part", "shape")
#: Dots an inch: a slide has 4000 x 2250 pixels.
DPI = 300


@format_("png", title=mark("Picture (PNG)"))
def png(
    view: MapView,
    shapes: MapShapes,
    text: Text,
    *,
    size: str = "slide",
    link: str | None = None,
    transparent: bool = False,
) -> bytes:
    """The map as a PNG picture at 300 dpi (a slide has 4000 x 2250 pixels), in the language of
    ``text``.

    Drawn in the edition's metric system. ``link``: where its code leads; without one there is no
    code. ``transparent``: without the page's white. Text chunks: Title, Source, Software. The
    same view gives the same bytes. Needs no screen, and may run in several threads at once.
    Raises as :func:`atlas.export.images.draw`.
    """
    picture = draw(view, shapes, text, size=size, link=link)
    said = {
        "Title": title(view, text), "Source": sources(view, text), "Software": "Cluster atlas",
    }  # fmt: skip
    return paint(picture.sheet, said, transparent=transparent)


def paint(
    sheet: Sheet,
    metadata: Mapping[str, str] | None = None,
    *,
    dpi: float = DPI,
    transparent: bool = False,
) -> bytes:
    """The sheet as PNG with text chunks and resolution; the same drawing, the same bytes.

    The layout is in inches, so ``dpi`` changes nothing but the detail.
    """
    ground = "none" if transparent else sheet.page
    figure = Figure(figsize=(sheet.width, sheet.height), dpi=dpi, facecolor=ground)
    canvas = FigureCanvasAgg(figure)
    paper = figure.add_axes((0, 0, 1, 1))
    paper.set_axis_off()
    paper.set_xlim(0, sheet.width)
    paper.set_ylim(0, sheet.height)
    for one in _together(sheet.marks):
        _put(one, paper)
    canvas.draw()
    picture = Image.fromarray(np.asarray(canvas.buffer_rgba()))
    chunks = PngInfo()
    for name, value in (metadata or {}).items():
        chunks.add_text(name, clean(value))
    target = io.BytesIO()
    (picture if transparent else picture.convert("RGB")).save(
        target, "PNG", pnginfo=chunks, dpi=(dpi, dpi), compress_level=4
    )
    return target.getvalue()


def _together(marks: Iterable[Mark]) -> list[Mark]:
    """The marks, with what is many and looks alike as one where the first of it lies: regions,
    which do not overlap, and their borders. An artist for each of thousands takes seconds."""
    found: list[Mark] = []
    groups: dict[tuple[object, ...], list[Area | Pattern]] = {}
    for one in marks:
        if not isinstance(one, Area | Pattern) or one.part.role not in _MANY:
            found.append(one)
            continue
        # All that it is but what and where.
        look = tuple(getattr(one, field.name) for field in fields(one) if field.name not in _OWN)
        group = groups.setdefault((type(one), one.part.role, *look), [])
        if not group:
            found.append(one)
        group.append(one)
    first = {id(group[0]): group for group in groups.values()}
    return [_one(first[id(one)]) if id(one) in first else one for one in found]


def _one(marks: list[Area | Pattern]) -> Mark:
    """Several areas or patterns as one."""
    if len(marks) == 1:
        return marks[0]
    parts = shapely.get_parts([one.shape for one in marks])
    return replace(marks[0], shape=shapely.geometrycollections(parts))


@singledispatch
def _put(mark: Mark, _: Axes) -> None:
    """Put a mark on the paper."""
    raise TypeError(type(mark))


@_put.register
def _(mark: Letters, paper: Axes) -> None:
    letters = MatplotlibText(
        mark.x, mark.y, mark.words, color=mark.colour, fontproperties=mark.face.properties,
        ha=mark.align, va="baseline", parse_math=False, usetex=False, zorder=mark.level,
        clip_on=False,
    )  # fmt: skip
    # Drawn as outlines: hinted glyphs would run wider at few dots an inch than measured.
    rim = withStroke(linewidth=mark.halo_width, foreground=mark.halo) if mark.halo else Normal()
    letters.set_path_effects([rim])
    paper.add_artist(letters)


@_put.register
def _(mark: Rectangle, paper: Axes) -> None:
    west, south, east, north = mark.box
    shape = patches.Rectangle((west, south), east - west, north - south, zorder=mark.level)
    shape.set(facecolor=mark.fill or "none", edgecolor=mark.line or "none")
    shape.set_linewidth(mark.line_width if mark.line else 0.0)
    paper.add_artist(shape)


@_put.register
def _(mark: Stroke, paper: Axes) -> None:
    artist = LineCollection(
        [mark.points], colors=[mark.colour], linewidths=[mark.width], zorder=mark.level
    )
    artist.set_capstyle("butt")
    paper.add_collection(artist, autolim=False)


@_put.register
def _(mark: Area, paper: Axes) -> None:
    _put_shape(mark.shape, mark, paper, fill=mark.fill, line=mark.line, width=mark.line_width)


@_put.register
def _(mark: Pattern, paper: Axes) -> None:
    several = mark.shape.geom_type == "GeometryCollection"
    shapes = shapely.get_parts(mark.shape) if several else [mark.shape]
    if mark.kind == "dots":
        dots = shapely.geometrycollections(shapely.get_parts([dotting(one) for one in shapes]))
        _put_shape(dots, mark, paper, fill=mark.colour)
        return
    lines = LineCollection(
        [line for shape in shapes for line in hatching(shape)],
        colors=[mark.colour],
        linewidths=[HATCH_WIDTH],
        zorder=mark.level,
    )
    paper.add_collection(lines, autolim=False)
    _clip(lines, mark.clip, paper)


@_put.register
def _(mark: Disc, paper: Axes) -> None:
    circle = Path.unit_circle().transformed(Affine2D().scale(mark.radius).translate(mark.x, mark.y))
    patch = PathPatch(circle, facecolor=mark.fill, edgecolor=mark.line or "none", zorder=mark.level)
    patch.set_linewidth(mark.line_width if mark.line else 0.0)
    paper.add_artist(patch)


@_put.register
def _(mark: Pictogram, paper: Axes) -> None:
    place = Affine2D().scale(mark.radius).translate(mark.x, mark.y)
    drawing = pictogram_path(mark.symbol).transformed(place)
    paper.add_artist(PathPatch(drawing, facecolor=mark.ink, linewidth=0, zorder=mark.level))


def _put_shape(
    shape: Any, mark: Area | Pattern, paper: Axes,
    *, fill: str | None, line: str | None = None, width: float = 0.0,
) -> None:  # fmt: skip
    patch = PathPatch(_path(shape), facecolor=fill or "none", edgecolor=line or "none")
    patch.set(linewidth=width if line else 0.0, joinstyle="round", zorder=mark.level)
    paper.add_artist(patch)
    _clip(patch, mark.clip, paper)


def _clip(artist: Any, clip: Box | None, paper: Axes) -> None:
    # After adding: an artist without a clip of its own is then cut to the whole sheet.
    if clip is None:
        artist.set_clip_on(False)
        return
    artist.set_clip_box(TransformedBbox(Bbox([clip[:2], clip[2:]]), paper.transData))


def _path(shape: Any) -> Path:
    """A shapely geometry as one matplotlib path, holes included."""
    vertices: list[Any] = []
    codes: list[Any] = []
    for points, closed in rings(shape):
        steps = np.full(len(points), Path.LINETO, dtype=Path.code_type)
        steps[0] = Path.MOVETO
        if closed:
            steps[-1] = Path.CLOSEPOLY
        vertices.append(points)
        codes.append(steps)
    if not vertices:
        return Path(np.zeros((0, 2)))
    return Path(np.concatenate(vertices), np.concatenate(codes))
