"""The interactive map: a scene put together from its layers."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pydeck as pdk
import pydeck.bindings.deck
from markupsafe import Markup
from pydeck.bindings.json_tools import default_serialize
from pydeck.types import String

from atlas.figures import captions, symbols
from atlas.figures import layers as ground
from atlas.figures.placing import MANY
from atlas.figures.scene import LAYERS, MapLayer, Scene, value_words

# pydeck tries to import Jupyter's widget six times for every map; once is enough.
pydeck.bindings.deck.has_jupyter_extra = cache(pydeck.bindings.deck.has_jupyter_extra)

#: The rooms that fill the register, in drawing order.
DRAWN = (ground, symbols)


def switchable() -> dict[str, str]:
    """Titles of the layers that readers may switch, by name."""
    return {name: found.title for name, found in LAYERS.items() if found.title}


def _upwards() -> list[MapLayer]:
    """The layers in drawing order, whichever of their rooms was imported first."""
    rooms = [room.__name__ for room in DRAWN]
    return sorted(LAYERS.values(), key=lambda found: rooms.index(found.draw.__module__))


class Compact(pdk.Deck):  # type: ignore[misc]  # pydeck carries no types
    """A deck whose JSON goes without indentation, without empty layers and with five decimals
    (about a metre): a fifth of what pydeck sends by itself."""

    def to_json(self) -> str:
        """The deck as Streamlit sends it to the browser."""
        written = json.dumps(self, default=default_serialize)
        sent = json.loads(written, parse_float=lambda digits: round(float(digits), 5))
        sent["layers"] = [_brief(layer) for layer in sent["layers"] if layer["data"]]
        return json.dumps(sent, ensure_ascii=False, separators=(",", ":"))


def _brief(layer: dict[str, Any]) -> dict[str, Any]:
    """The layer without saying that it is not clicked on, which none is unless it says so."""
    return {name: value for name, value in layer.items() if (name, value) != ("pickable", False)}


def deck(scene: Scene, anew: int = 0) -> pdk.Deck:
    """The map of a scene for ``st.pydeck_chart``: no basemap, no request outside the server.

    Pickable objects carry ``id``, ``name`` and ``shown``. ``anew``: how often the browser is to
    have drawn the words again, because the faces of their letters came late.
    """
    frame = scene.frame
    layers = [
        made
        for found in _upwards()
        if found.title is None or found.name in scene.on
        for made in found.draw(scene)
    ]
    _letter_anew(layers, anew)
    return Compact(
        layers=layers,
        map_provider=None,
        initial_view_state=pdk.ViewState(
            longitude=frame.longitude,
            latitude=frame.latitude,
            zoom=frame.zoom,
            min_zoom=max(frame.zoom - 1, 0),
            max_zoom=12,
        ),
        tooltip={"html": f"<b>{{name}}</b><br/>{{shown}}{_told(scene)}"},
    )


def _letter_anew(layers: list[pdk.Layer], times: int) -> None:
    """The browser keeps letters by the name of their face: it is said once more each time."""
    for layer in layers:
        if "font_family" in vars(layer):
            layer.font_family = String(", ".join([layer.font_family.value] * (1 + times)))


def _told(scene: Scene) -> str:
    """What the tooltip says of a region beside its name. The objects of the map do not know it:
    ``atlas/ui/html.js`` picks the region's words from those of all by its number."""
    if scene.plain or len(scene.shapes.regions) > MANY:
        return ""
    figure = captions.figure_name(scene.view, scene.text)
    words = [f"{figure}: {value_words(scene, str(code))}" for code in scene.shapes.regions.index]
    # Braces are what the map fills in; a name may hold some.
    told = json.dumps(words, ensure_ascii=False).replace("{", "(").replace("}", ")")
    return Markup('<span data-at="{{id}}" data-told="{}"></span>').format(told)
