"""The interactive map: a scene put together from its layers."""

from __future__ import annotations

import json

import pydeck as pdk

from atlas.figures import layers as ground
from atlas.figures import symbols
from atlas.figures.scene import LAYERS, Scene

#: The rooms that fill the register, in drawing order.
DRAWN = (ground, symbols)


def switchable() -> dict[str, str]:
    """Titles of the layers that readers may switch, by name."""
    return {name: found.title for name, found in LAYERS.items() if found.title}


class Compact(pdk.Deck):  # type: ignore[misc]  # pydeck carries no types
    """A deck whose JSON goes without indentation: a fifth of what pydeck sends by itself."""

    def to_json(self) -> str:
        """The deck as Streamlit sends it to the browser."""
        return json.dumps(json.loads(super().to_json()), separators=(",", ":"))


def deck(scene: Scene) -> pdk.Deck:
    """The map of a scene for ``st.pydeck_chart``: no basemap, no request outside the server.

    Pickable objects carry ``id``, ``name`` and ``shown``.
    """
    frame = scene.frame
    layers = [
        made
        for found in LAYERS.values()
        if found.title is None or found.name in scene.on
        for made in found.draw(scene)
    ]
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
        tooltip={"html": "<b>{name}</b><br/>{shown}"},
    )
