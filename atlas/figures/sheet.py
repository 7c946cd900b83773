"""A sheet of paper to draw on: inches from its lower left corner, and no state but its own.

Nothing of matplotlib's global state is read or changed on purpose (no pyplot, no rcParams), so
several pictures may be drawn at once in several threads.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import Normal, withStroke
from matplotlib.text import Text as Letters
from matplotlib.transforms import Affine2D, Bbox, TransformedBbox
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from atlas.figures.lettering import POINTS, Face, clean, printable, width_of
from atlas.figures.pictograms import pictogram_path

Box = tuple[float, float, float, float]

#: Distance of hatching lines, and of dots, in inches.
HATCH_STEP = 0.05
DOT_STEP = 0.07
DOT_RADIUS = 0.0105


class Sheet:
    """A page of ``width`` x ``height`` inches at ``dpi``.

    ``level`` of the drawing methods says what lies on what: a larger number is farther up.
    ``clip`` is the box that a drawing is cut to.
    """

    def __init__(self, width: float, height: float, dpi: float, *, page: str) -> None:
        self.width, self.height, self.dpi = width, height, dpi
        self.figure = Figure(figsize=(width, height), dpi=dpi, facecolor=page)
        self.canvas = FigureCanvasAgg(self.figure)
        self.paper = self.figure.add_axes((0, 0, 1, 1))
        self.paper.set_axis_off()
        self.paper.set_xlim(0, width)
        self.paper.set_ylim(0, height)

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
        letters = Letters(
            x, y, printable(words), color=colour, fontproperties=face.properties, ha=align,
            va="baseline", parse_math=False, usetex=False, zorder=level, clip_on=False,
        )  # fmt: skip
        # Drawn as outlines: hinted glyphs would run wider at few dots an inch than measured.
        outline = withStroke(linewidth=halo_width, foreground=halo) if halo else Normal()
        letters.set_path_effects([outline])
        self.paper.add_artist(letters)
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
        west, south, east, north = box
        shape = Rectangle((west, south), east - west, north - south, zorder=level)
        shape.set(facecolor=fill or "none", edgecolor=line or "none")
        shape.set_linewidth(line_width if line else 0.0)
        self.paper.add_artist(shape)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        *,
        width: float = 0.6,
        level: float = 3,
    ) -> None:
        """Draw a line through points, in points of thickness."""
        artist = LineCollection([points], colors=[colour], linewidths=[width], zorder=level)
        artist.set_capstyle("butt")
        self.paper.add_collection(artist, autolim=False)

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
        patch = PathPatch(path_of(shape), facecolor=fill or "none", edgecolor=line or "none")
        patch.set(linewidth=line_width if line else 0.0, joinstyle="round", zorder=level)
        self.paper.add_artist(patch)
        self._clip(patch, clip)

    def pattern(
        self, shape: Any, kind: str, colour: str, *, clip: Box | None = None, level: float = 1
    ) -> None:
        """Fill a geometry in inches with a ``hatch`` of lines rising at 45° or with ``dots``."""
        if kind == "dots":
            self.area(dotting(shape), fill=colour, clip=clip, level=level)
            return
        lines = LineCollection(hatching(shape), colors=[colour], linewidths=[0.7], zorder=level)
        self.paper.add_collection(lines, autolim=False)
        self._clip(lines, clip)

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
        circle = Path.unit_circle().transformed(Affine2D().scale(radius).translate(x, y))
        patch = PathPatch(circle, facecolor=fill, edgecolor=line or "none", zorder=level)
        patch.set_linewidth(line_width if line else 0.0)
        self.paper.add_artist(patch)

    def pictogram(
        self, x: float, y: float, radius: float, name: str, *, disc: str, ink: str, ring: str
    ) -> None:
        """Draw a pictogram on its disc, with a ring that sets it off from the map."""
        self.disc(x, y, radius, fill=disc, line=ring, line_width=radius * POINTS * 0.12)
        drawing = pictogram_path(name).transformed(Affine2D().scale(radius).translate(x, y))
        self.paper.add_artist(PathPatch(drawing, facecolor=ink, linewidth=0, zorder=7))

    def png(self, metadata: Mapping[str, str]) -> bytes:
        """The sheet as PNG with text chunks and resolution; the same drawing, the same bytes."""
        self.canvas.draw()
        picture = Image.fromarray(np.asarray(self.canvas.buffer_rgba())).convert("RGB")
        chunks = PngInfo()
        for name, value in metadata.items():
            chunks.add_text(name, clean(value))
        target = io.BytesIO()
        picture.save(target, "PNG", pnginfo=chunks, dpi=(self.dpi, self.dpi), compress_level=4)
        return target.getvalue()

    def _clip(self, artist: Any, clip: Box | None) -> None:
        # After adding: an artist without a clip of its own is then cut to the whole sheet.
        if clip is None:
            artist.set_clip_on(False)
            return
        inches = Bbox([clip[:2], clip[2:]])
        artist.set_clip_box(TransformedBbox(inches, self.paper.transData))


def hatching(shape: Any) -> list[Any]:
    """Lines rising at 45° over a geometry in inches, cut to it; each an array of two points."""
    west, south, east, north = shape.bounds
    step = HATCH_STEP * np.sqrt(2)
    # Lines are counted from the sheet's corner, so that hatches side by side run on.
    first, last = np.floor((south - east) / step), np.ceil((north - west) / step)
    offsets = np.arange(first, last + 1) * step
    ends = np.stack(
        [
            np.column_stack([np.full_like(offsets, west), west + offsets]),
            np.column_stack([np.full_like(offsets, east), east + offsets]),
        ],
        axis=1,
    )
    cut = shapely.intersection(shapely.linestrings(ends), shape)
    parts = shapely.get_parts(cut)
    return [shapely.get_coordinates(part) for part in parts if part.geom_type == "LineString"]


def dotting(shape: Any) -> Any:
    """Dots in a quincunx over a geometry in inches, as one geometry; none crosses its border."""
    west, south, east, north = shape.bounds
    columns = np.arange(np.floor(west / DOT_STEP), np.ceil(east / DOT_STEP) + 1)
    rows = np.arange(np.floor(south / DOT_STEP), np.ceil(north / DOT_STEP) + 1)
    x, y = np.meshgrid(columns, rows)
    x = (x + 0.5 * (rows % 2)[:, None]) * DOT_STEP
    inside = shapely.contains_xy(shape.buffer(-DOT_RADIUS), x, y * DOT_STEP)
    dots = shapely.buffer(shapely.points(x[inside], y[inside] * DOT_STEP), DOT_RADIUS, quad_segs=3)
    return shapely.multipolygons(dots)


def path_of(shape: Any) -> Path:
    """A shapely geometry as one matplotlib path, holes included."""
    vertices: list[Any] = []
    codes: list[Any] = []
    for ring in _rings(shape):
        points = shapely.get_coordinates(ring)
        if len(points) < 2:
            continue
        steps = np.full(len(points), Path.LINETO, dtype=Path.code_type)
        steps[0] = Path.MOVETO
        if ring.is_closed:
            steps[-1] = Path.CLOSEPOLY
        vertices.append(points)
        codes.append(steps)
    if not vertices:
        return Path(np.zeros((0, 2)))
    return Path(np.concatenate(vertices), np.concatenate(codes))


def _rings(shape: Any) -> Iterable[Any]:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            # Outer rings one way round, holes the other: the winding rule then leaves holes open.
            turned = shapely.orient_polygons(part)
            yield turned.exterior
            yield from turned.interiors
        elif part.geom_type in ("LineString", "LinearRing"):
            yield part
