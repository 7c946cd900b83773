"""What the interactive map is drawn from, and the register of its layers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pydeck as pdk
from pydeck.types import String

from atlas.figures import captions
from atlas.figures.palette import Theme, class_fills, hex_rgb
from atlas.figures.placing import Frame, Place
from atlas.figures.writing import LINE
from atlas.model import MapShapes, MapView
from atlas.text import Text


@dataclass(frozen=True)
class Scene:
    """What the layers draw from. ``points``: firms and institutions with lon and lat.

    ``frame``: the first view. ``places``: where each region's label goes. ``selected``: a
    region_code or None. ``on``: names of the switchable layers that are shown. ``plain``: regions
    by name only, the selected one tinted, no figure. ``cells``: hexagons of the firms where these
    are too many to draw (``firm_hexagons``).
    """

    view: MapView
    shapes: MapShapes
    text: Text
    theme: Theme
    frame: Frame
    places: Mapping[str, Place]
    points: pd.DataFrame
    selected: str | None = None
    on: frozenset[str] = frozenset()
    plain: bool = False
    cells: pd.DataFrame | None = None


@dataclass(frozen=True)
class MapLayer:
    """A layer: its name, its title where readers may switch it, and what draws it."""

    name: str
    title: str | None
    draw: Callable[[Scene], list[pdk.Layer]]


LAYERS: dict[str, MapLayer] = {}


def layer(title: str | None = None) -> Callable[..., Any]:
    """Register a function Scene -> pydeck layers under its own name, in drawing order.

    With a ``title`` readers can switch the layer on and off.
    """

    def register(draw: Callable[[Scene], list[pdk.Layer]]) -> Callable[..., Any]:
        LAYERS[draw.__name__] = MapLayer(draw.__name__, title, draw)
        return draw

    return register


def rgb(colour: str) -> list[int]:
    """A colour as deck.gl wants it."""
    return list(hex_rgb(colour))


def fills(scene: Scene) -> dict[str, str]:
    """The fill of every region: its class's colour, plain under circles, grounds without data."""
    view, theme = scene.view, scene.theme
    colours = class_fills(view.scale, theme=theme.name)
    if scene.plain:
        chosen = {scene.selected: theme.selected_row}
        return {code: chosen.get(code, theme.panel) for code in view.values}
    rows = zip(view.values.items(), view.regions["class"].tolist(), strict=True)
    return {
        code: theme.hatch_ground
        if math.isnan(value)
        else (colours[number] if colours else theme.panel)
        for (code, value), number in rows
    }


def value_words(scene: Scene, code: str) -> str:
    """A region's value in words, or why there is none."""
    value = scene.view.values[code]
    if math.isnan(value):
        return captions.missing_text(scene.view.statuses[code], scene.text)
    return captions.shown(scene.view, value, scene.text)


def down(place: Place, line: float) -> float:
    """Pixels from a place's centre down to the middle of a line of its writing."""
    return (line + 0.5) * LINE + 2 - place.top


def words_layer(
    rows: list[dict[str, Any]], name: str, colour: str, size: float, *,
    font: str = "Noto Sans", weight: int = 400, halo: str | None = None,
) -> pdk.Layer:  # fmt: skip
    """Words on the map. Each row: ``position``, ``words`` and, where wanted, a pixel ``offset``."""
    # Drawn large and scaled down, with room around each letter: a J reaches out of its box.
    more: dict[str, Any] = {"font_settings": {"fontSize": 48, "buffer": 10}}
    if halo:
        # The halo eats into thin strokes; a lower cutoff gives them back.
        cutoff = 0.25 if weight > 400 else 0.17
        more["font_settings"] |= {"sdf": True, "radius": 14, "cutoff": cutoff}
        more |= {"outline_width": 2.4, "outline_color": [*rgb(halo), 240]}
    if rows and "offset" in rows[0]:
        more["get_pixel_offset"] = "offset"
    return pdk.Layer(
        "TextLayer", rows, id=name, get_position="position", get_text="words", get_size=size,
        get_color=rgb(colour), font_family=String(font), font_weight=weight,
        character_set=String("auto"), pickable=False, **more,
    )  # fmt: skip
