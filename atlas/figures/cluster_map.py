"""The map of one cluster's firms and institutions in its region."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pydeck as pdk

from atlas.figures.deck import deck
from atlas.figures.palette import Theme
from atlas.figures.placing import first_frame, place_names
from atlas.figures.scene import Scene
from atlas.figures.symbols import member_points
from atlas.model import Item, MapShapes, MapView
from atlas.text import Text


def size_of(*, narrow: bool) -> tuple[int, int]:
    """Width and height of the map in pixels."""
    return (350, 300) if narrow else (690, 430)


def member_map(
    backdrop: MapView, shapes: MapShapes, region: Item, names: Mapping[str, Item], text: Text,
    theme: Theme, *, firms: pd.DataFrame, institutions: pd.DataFrame, chosen: str, narrow: bool,
    anew: int = 0,
) -> pdk.Deck:  # fmt: skip
    """The region with these members on it; ``chosen`` (``firm:<id>``) stands out. ``anew`` as for
    :func:`atlas.figures.deck.deck`."""
    frame = first_frame(shapes.regions.loc[[region.code]], *size_of(narrow=narrow), margin=0.72)
    named = {code: text.name(item) for code, item in names.items()}
    places = place_names(shapes.regions, named, {}, frame, inside=True, values=False)
    points = member_points(firms, institutions, places)
    scene = Scene(
        view=backdrop,
        shapes=shapes,
        text=text,
        theme=theme,
        frame=frame,
        places=places,
        points=points.assign(chosen=points["kind"].str.cat(points["id"], sep=":") == chosen),
        selected=region.code,
        on=frozenset({"firms", "institutions"}),
        plain=True,
    )
    return deck(scene, anew)
