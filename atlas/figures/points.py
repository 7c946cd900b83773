"""Firms and institutions as points of a map: their looks, and how those of one place make room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from atlas.figures.palette import Theme, ramp
from atlas.figures.pictograms import FIRM, INSTITUTION_TYPES
from atlas.figures.placing import Frame
from atlas.names import INSTITUTION_TYPES as TYPE_NAMES
from atlas.text import Text

#: Of more points than this none gives way; and how often the others do.
_MOST_APART, _ROUNDS = 400, 60


def point_look(point: Mapping[str, Any], theme: Theme) -> tuple[str, str, str]:
    """Pictogram, colour of its disc and its ink: of a firm by product, of an institution by
    type."""
    if point["kind"] == "institution":
        return (*INSTITUTION_TYPES.get(str(point["type"]), FIRM), "#FFFFFF")
    name = str(point["symbol"]) if isinstance(point["symbol"], str) else FIRM[0]
    return name, theme.disc, theme.disc_ink


def spread(points: pd.DataFrame, step: float = 23.0) -> pd.DataFrame:
    """Points that share a place side by side: columns ``dx`` and ``dy`` in the unit of ``step``,
    pixels unless it says; y runs down.

    Rows of four, centred on the place.
    """
    number = points.groupby(["lon", "lat"]).cumcount()
    size = points.groupby(["lon", "lat"])["id"].transform("size")
    across = np.minimum(size, 4)
    dx = (number % 4 - (across - 1) / 2) * step
    dy = (number // 4 - (np.ceil(size / 4) - 1) / 2) * step
    return points.assign(dx=dx.astype(float), dy=dy.astype(float))


def keep_apart(points: pd.DataFrame, frame: Frame, step: float) -> pd.DataFrame:
    """Spread points moved on until none lies on another in the first view: each gives way by half,
    so all stay near their place. Of very many none moves."""
    count = len(points)
    if not 1 < count <= _MOST_APART:
        return points
    places = [frame.to_pixels(*at) for at in points[["lon", "lat"]].itertuples(index=False)]
    home = np.array([(x, -y) for x, y in places])
    at = home + points[["dx", "dy"]].to_numpy(float)
    one, other = np.triu_indices(count, 1)
    for _ in range(_ROUNDS):
        away = at[other] - at[one]
        length = np.hypot(*away.T)
        near = length < step - 0.1
        if not near.any():
            break
        # Two on one spot part sideways.
        way = np.where(length[:, None] > 0, away, [1.0, 0.0]) / np.maximum(length, 1.0)[:, None]
        push = way[near] * ((step - length[near]) / 2)[:, None]
        np.add.at(at, other[near], push)
        np.add.at(at, one[near], -push)
    moved = at - home
    return points.assign(dx=moved[:, 0], dy=moved[:, 1])


def cell_fills(counts: pd.Series, theme: Theme) -> list[str]:
    """The colour of each hexagon by the number of firms in it: darker the more, evenly by
    powers."""
    colours = ramp("sequential", 5, theme=theme.name)
    steps = 5 * np.log(counts.to_numpy(float)) / np.log(counts.max() + 1)
    return [colours[min(int(step), 4)] for step in steps]


def firms_text(count: int, text: Text) -> str:
    """``1 firm``, ``1,234 firms``."""
    return text.plural("{count} firm", "{count} firms", count)


def institution_types(points: pd.DataFrame, text: Text) -> list[tuple[str, str]]:
    """The types of institution among points, the commonest first, and in words with their number:
    ``Association · 2``."""
    counts = points.loc[points["kind"] == "institution", "type"].value_counts()
    return [
        (str(kind), f"{text(TYPE_NAMES[str(kind)])} · {text.number(float(count), 0)}")
        for kind, count in counts.items()
    ]


def firms_drawn(count: int, how: str, text: Text) -> str:
    """How many firms are drawn, and how: as ``symbols``, ``dots`` or ``hexagons``."""
    if how == "hexagons":
        return text.plural(
            "{count} firm; hexagons with the number in each",
            "{count} firms; hexagons with the number in each",
            count,
        )
    if how == "dots":
        return text.plural("{count} firm, a dot", "{count} firms, a dot for each", count)
    return text.plural(
        "{count} firm, symbol by product", "{count} firms, symbols by product", count
    )
