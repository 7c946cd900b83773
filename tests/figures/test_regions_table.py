"""The table under the map: a bar beside each quotient, the highest the longest."""

from __future__ import annotations

import re

from atlas.analysis.map import map_view
from atlas.figures.palette import LIGHT
from atlas.figures.regions_table import regions_table
from atlas.model import Release
from atlas.text import Text


def bars(georgia: Release, metric: str) -> dict[str, tuple[float, str]]:
    """The length of each region's bar and its colour, by the region's name."""
    view = map_view(georgia, metric=metric, industry="C", year=2022)
    table = regions_table(view, Text(), LIGHT, lambda **_: "?", None)
    rows = re.findall(r'<th scope="row".*?>([^<>]+)(?:</a>)?</th>(.*?)</tr>', table)
    assert len(rows) == len(view.regions) + 1
    found = {}
    for name, cells in rows:
        bar = re.search(r'class="track".*?width="([\d.]+)" height="10" rx="2" fill="(#\w+)"', cells)
        if bar:
            found[name] = float(bar[1]), bar[2]
    return found


def test_every_quotient_has_a_bar_in_the_colour_of_its_class(georgia: Release) -> None:
    found = bars(georgia, "location_quotient")
    # Neither the country, whose quotient is 1, nor the region without figures.
    assert len(found) == 11
    assert not {"Georgia", "Abkhazia"} & set(found)
    assert found["Mtskheta-Mtianeti"] == (108.0, "#B75A26")
    length, colour = found["Tbilisi"]
    assert colour == "#8FBCD1"
    assert abs(length / 108 - 0.63 / 3.13) < 0.005


def test_other_figures_have_none(georgia: Release) -> None:
    assert bars(georgia, "focus") == {}
