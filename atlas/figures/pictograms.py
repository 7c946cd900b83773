"""Pictograms of products and institutions, as SVG for the screen and as paths for print.

The drawings are Google's Material Symbols (rounded, filled; Apache-2.0, see static/SOURCES.md),
kept in ``pictograms.json`` next to this file. Nothing is fetched: a map gets them as data: URIs.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup

from atlas.figures.palette import FIRM_COLOUR, INSTITUTION_COLOURS

if TYPE_CHECKING:
    from matplotlib.path import Path as MatplotlibPath

_DATA = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))

#: The common view box: a square of 960, x to the right, y down from -960 to 0.
VIEW_BOX: str = _DATA["view_box"]

#: Name of a pictogram -> SVG path data in ``VIEW_BOX``.
PICTOGRAMS: Mapping[str, str] = MappingProxyType(_DATA["paths"])

#: Drawn for every name that has no pictogram of its own.
FALLBACK = "factory"

#: Type of institution -> name of its pictogram, colour of its disc.
INSTITUTION_TYPES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        kind: (name, INSTITUTION_COLOURS[kind])
        for kind, name in {
            "cmo": "hub",
            "association": "groups",
            "public_agency": "account_balance",
            "university": "school",
            "research": "biotech",
            "vocational": "engineering",
            "finance": "payments",
            "consultancy": "query_stats",
            "civil_society": "diversity_3",
            "international": "public",
        }.items()
    }
)

#: A firm of no known product.
FIRM: tuple[str, str] = (FALLBACK, FIRM_COLOUR)

_INDUSTRIES: Mapping[str, str] = MappingProxyType(_DATA["industries"])
_KNOWN_CLASSIFICATIONS = frozenset({"NACE Rev. 2", "ISIC Rev. 4"})

_CENTRE = 480.0
_FILL = 0.66  # side of the pictogram's square, as a share of the disc's diameter
_RADIUS = 24.0  # of the whole symbol in a drawn SVG
_RING = 3.0


def industry_pictogram(industry_code: str, *, classification: str = "NACE Rev. 2") -> str:
    """Return the pictogram of an industry: its own, or that of the nearest wider one.

    ``industry_code`` is a section letter or a numeric code with or without dots ("C", "11.02").
    Codes of other classifications than NACE Rev. 2 and ISIC Rev. 4, and codes without a
    pictogram anywhere above them, give ``FALLBACK``.
    """
    if classification not in _KNOWN_CLASSIFICATIONS:
        return FALLBACK
    code = industry_code.replace(".", "")
    if not code.isdigit():
        return _INDUSTRIES.get(code, FALLBACK)
    for length in range(len(code), 1, -1):
        if code[:length] in _INDUSTRIES:
            return _INDUSTRIES[code[:length]]
    return FALLBACK


def pictogram_svg(
    name: str, *, disc: str, ink: str, ring: str | None = None, size: int = 24, dashed: bool = False
) -> str:
    """Return a stand-alone SVG, ``size`` pixels square: a disc with the pictogram in it.

    ``disc``, ``ink`` and ``ring`` are colours. ``ring`` runs round the disc (the page's colour
    sets the symbol off from the map); ``dashed`` draws it as a broken line, which on the atlas'
    maps says "somewhere in this region". An unknown name gives the ``FALLBACK`` pictogram.
    """
    return _svg(_disc(disc, ring, dashed) + _drawing(name, ink, ring), size)


def pictogram_uri(
    name: str, *, disc: str, ink: str, ring: str | None = None, size: int = 96, dashed: bool = False
) -> str:
    """Return ``pictogram_svg`` as a data: URI, for an image's source.

    In deck.gl's icon layer its soft edge turns grey (measured): there, draw the disc and its ring
    as a scatterplot and lay ``pictogram_mask_uri`` over it.
    """
    return _uri(pictogram_svg(name, disc=disc, ink=ink, ring=ring, size=size, dashed=dashed))


def pictogram_mask_uri(name: str, *, size: int = 96) -> str:
    """Return the bare pictogram as a data: URI, for an icon layer with ``mask`` on.

    The layer gives the colour; an icon as large as the disc under it sits in it as elsewhere.
    """
    return _uri(_svg(_drawing(name, "#000000", None), size))


def inline_svg(name: str, *, colour: str = "currentColor", size: int = 18) -> str:
    """Return the bare pictogram as SVG to stand in HTML next to words; screen readers skip it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}"'
        f' viewBox="{VIEW_BOX}" fill="{escape(colour)}" aria-hidden="true" focusable="false">'
        f'<path d="{_path_data(name)}"/></svg>'
    )


def pictogram_mark(name: str, *, ink: str, size: float) -> Markup:
    """Return the bare pictogram as a path for a larger SVG, ``size`` wide around its origin."""
    return Markup('<path fill="{}" d="{}" transform="scale({:.5f}) translate(-480 480)"/>').format(
        ink, _path_data(name), size / (2 * _CENTRE)
    )


@cache
def pictogram_path(name: str) -> MatplotlibPath:
    """Return the pictogram for print: centred on 0, 0 for a disc of radius 1, y up.

    Scale it by the disc's radius and fill it; an unknown name gives the ``FALLBACK`` pictogram.
    """
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.svgLib.path import parse_path
    from matplotlib.path import Path as MatplotlibPath

    pen = RecordingPen()
    parse_path(_path_data(name), pen)
    codes_of = {
        "moveTo": (MatplotlibPath.MOVETO,),
        "lineTo": (MatplotlibPath.LINETO,),
        "qCurveTo": (MatplotlibPath.CURVE3,) * 2,
        "curveTo": (MatplotlibPath.CURVE4,) * 3,
    }
    vertices: list[tuple[float, float]] = []
    codes: list[int] = []
    for operator, points in pen.value:
        if operator == "closePath":
            vertices.append(vertices[-1])
            codes.append(int(MatplotlibPath.CLOSEPOLY))
        else:
            vertices.extend(points)
            codes.extend(int(code) for code in codes_of[operator])
    scale = _FILL / _CENTRE
    placed = [((x - _CENTRE) * scale, -(y + _CENTRE) * scale) for x, y in vertices]
    return MatplotlibPath(placed, codes, readonly=True)


def _uri(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _svg(shapes: str, size: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}"'
        f' viewBox="{-_RADIUS:g} {-_RADIUS:g} {2 * _RADIUS:g} {2 * _RADIUS:g}">{shapes}</svg>'
    )


def _disc(disc: str, ring: str | None, dashed: bool) -> str:
    if ring is None:
        return f'<circle r="{_RADIUS:g}" fill="{escape(disc)}"/>'
    if dashed:
        return (
            f'<circle r="{_RADIUS - _RING / 2:g}" fill="{escape(disc)}" stroke="{escape(ring)}"'
            f' stroke-width="{_RING:g}" stroke-dasharray="4.712 3.142"/>'
        )
    return (
        f'<circle r="{_RADIUS:g}" fill="{escape(ring)}"/>'
        f'<circle r="{_RADIUS - _RING:g}" fill="{escape(disc)}"/>'
    )


def _drawing(name: str, ink: str, ring: str | None) -> str:
    scale = (_RADIUS if ring is None else _RADIUS - _RING) * _FILL / _CENTRE
    return (
        f'<path fill="{escape(ink)}" d="{_path_data(name)}"'
        f' transform="scale({scale:.5f}) translate({-_CENTRE:g} {_CENTRE:g})"/>'
    )


def _path_data(name: str) -> str:
    return PICTOGRAMS.get(name, PICTOGRAMS[FALLBACK])
