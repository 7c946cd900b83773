"""Where the fill patterns of the map lie in ``static/hatch.png`` (drawn by static/patterns.py).

For deck.gl's FillStyleExtension: ``fillPatternAtlas``, ``fillPatternMapping``, and sizes in screen
pixels, so that a hatch looks the same on a country and on a town. The ground between the lines is
``getFillPatternBackgroundColor``; the lines take the layer's own fill.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: Address of the picture, relative to the app. The first digits of its SHA-256 keep browsers from
#: showing an old one. pydeck wants it as ``pydeck.types.String``, or reads it as an expression.
PATTERN_ATLAS = "app/static/hatch.png?v=e6316fa5"

#: Name of a pattern -> its cell in the picture, in pixels: ``hatch`` no data, ``dots`` suppressed.
PATTERN_MAPPING: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "hatch": MappingProxyType({"x": 32, "y": 32, "width": 64, "height": 64}),
        "dots": MappingProxyType({"x": 160, "y": 32, "width": 64, "height": 64}),
    }
)

#: ``fillPatternSizeUnits`` and ``getFillPatternScale``: lines about 7.5 pixels apart.
PATTERN_UNITS = "pixels"
PATTERN_SCALE = 0.5
