"""Small maps side by side: one region each, all at the same kilometres per pixel."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import shapely
from markupsafe import Markup

from atlas.figures import captions
from atlas.figures.palette import Theme, class_fills
from atlas.figures.print_frame import Frame
from atlas.figures.print_map import bar_length, length_text
from atlas.model import MapShapes, MapView
from atlas.text import Text

#: Width and height of each map in pixels of the drawing, by how many stand side by side.
SIZES = {1: (690, 270), 2: (690, 270), 3: (450, 250), 4: (336, 216), 5: (450, 230), 6: (450, 230)}
#: Two in a row on a phone.
NARROW = (174, 150)
#: The words over a scale bar need so many pixels.
_BAR = 58
#: The largest region fills this share of its map.
_FILLED = 0.74
#: How far outside its map a shape is cut, so that cut edges are not seen.
_BEYOND = 4
_PATTERN = Markup(
    '<pattern id="{0}" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="{1}"/>{2}</pattern>'
)
_LINES = Markup('<path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke="{}" stroke-width="1"/>')
_DOTS = Markup('<circle cx="3" cy="3" r="1.1" fill="{}"/>')


def size_of(number: int, *, narrow: bool) -> tuple[int, int]:
    """Width and height of each of so many maps."""
    return NARROW if narrow else SIZES[number]


def frames(view: MapView, shapes: MapShapes, size: tuple[float, float]) -> dict[str, Frame]:
    """Where each region of the view lies in the middle of its own map, by code.

    All have the scale at which the largest fits. A region that is not drawn is left out.
    """
    width, height = size
    crs = view.release.metric_crs
    metric = Frame(crs=crs, box=(0, 0, width, height), west=0, south=0, scale=1)
    bounds = {
        str(code): metric.place(shapes.regions.geometry[code]).bounds
        for code in view.regions.index
        if code in shapes.regions.index
    }
    scale = min(
        min(width / max(east - west, 1e-6), height / max(north - south, 1e-6))
        for west, south, east, north in bounds.values()
    )
    scale *= _FILLED
    return {
        code: replace(
            metric,
            west=(west + east - width / scale) / 2,
            south=(south + north - height / scale) / 2,
            scale=scale,
        )
        for code, (west, south, east, north) in bounds.items()
    }


def small_map(
    view: MapView, shapes: MapShapes, code: str, frame: Frame, text: Text, theme: Theme
) -> Markup:
    """One region in its class's colour among its neighbours, with a scale bar, as HTML."""
    width, height = frame.box[2:]
    value = view.regions.at[code, "value"]
    metres, length = bar_length(frame, max(width / 5, _BAR))
    words = text(
        "{region}: {figure}, {industry}: {value}",
        region=text.name(view.items[code]),
        figure=captions.figure_name(view, text),
        industry=captions.industry_name(view.industry, text),
        value=_value_words(view, code, text),
    )
    geometry = shapes.regions.geometry
    own = path_of(geometry[code], frame)
    others = "".join(path_of(shape, frame) for other, shape in geometry.items() if other != code)
    abroad = "".join(path_of(shape, frame) for shape in shapes.backdrop.geometry)
    fill = (
        f"url(#small-{code})"
        if pd.isna(value)
        else class_fills(view.scale, theme=theme.name)[int(view.regions.at[code, "class"])]
    )
    drawing = Markup(
        '<svg viewBox="0 0 {w:.0f} {h:.0f}" role="img" aria-label="{words}"><defs>{pattern}</defs>'
        '<rect width="100%" height="100%" fill="{sea}"/>'
        '<path d="{abroad}" fill="{neighbour}" stroke="{neighbour_line}" stroke-width="0.8"/>'
        '<path d="{others}" fill="{page}" stroke="{border}" stroke-width="0.8"/>'
        '<path d="{outline}" fill="none" stroke="{country}" stroke-width="1.1"/>'
        '<path d="{own}" fill="{page}" stroke="{casing}" stroke-width="3.6"/>'
        '<path d="{own}" fill="{fill}" stroke="{line}" stroke-width="1.5"'
        ' stroke-linejoin="round"/></svg>'
    ).format(
        w=width, h=height, words=words, pattern=_pattern(view, code, theme), sea=theme.sea,
        abroad=abroad, neighbour=theme.neighbour, neighbour_line=theme.neighbour_line,
        others=others, page=_ground(theme), border=theme.border,
        outline=path_of(shapes.outline, frame),
        country=theme.country_line, own=own, casing=theme.selected_casing, fill=fill,
        line=theme.selected_line,
    )  # fmt: skip
    return Markup(
        '<div class="small-map">{}<div class="scale" style="width:{:.2f}%">{}</div></div>'
    ).format(drawing, length / width * 100, length_text(metres, text))


def _ground(theme: Theme) -> str:
    """The country's other regions: paler than its neighbours, in the dark lighter than the sea."""
    return theme.hatch_ground if theme.name == "dark" else theme.page


def _value_words(view: MapView, code: str, text: Text) -> str:
    value = view.regions.at[code, "value"]
    if pd.isna(value):
        return captions.missing_text(str(view.regions.at[code, "status"]), text)
    return captions.shown(view, value, text)


def _pattern(view: MapView, code: str, theme: Theme) -> Markup:
    """The hatch (or dots) of a region without a value, nothing for the others."""
    if not pd.isna(view.regions.at[code, "value"]):
        return Markup("")
    suppressed = view.regions.at[code, "status"] == "suppressed"
    lines = (_DOTS if suppressed else _LINES).format(theme.hatch)
    return _PATTERN.format(f"small-{code}", theme.hatch_ground, lines)


def path_of(shape: Any, frame: Frame) -> str:
    """A shape as an SVG path in the frame's pixels, y downwards; empty where it is not seen."""
    width, height = frame.box[2:]
    placed = frame.place(shape)
    if not np.isfinite(shapely.get_coordinates(placed)).all():
        return ""
    window = (-_BEYOND, -_BEYOND, width + _BEYOND, height + _BEYOND)
    seen = shapely.clip_by_rect(shapely.make_valid(placed), *window)
    rings = [
        ring
        for part in shapely.get_parts(seen)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    return "".join(_ring(np.asarray(ring.coords), height) for ring in rings)


def _ring(points: Any, height: float) -> str:
    """A closed ring, points nearer than a third of a pixel to the one before left out."""
    kept = [points[0]]
    for point in points[1:-1]:
        if math.dist(point, kept[-1]) > 1 / 3:
            kept.append(point)
    return "M" + "L".join(f"{x:.1f} {height - y:.1f}" for x, y in kept) + "Z"
