"""The dot plot: where marks stand on a log scale, and what is read aloud."""

from __future__ import annotations

import math
import re

import pytest
from markupsafe import Markup

from atlas.figures.dot_plot import DotRow, LogScale, dot_plot, log_scale
from atlas.figures.marks import mark_of
from atlas.figures.palette import COMPARED_COLOURS, THEMES
from atlas.text import Text

ENGLISH, LIGHT = Text("en"), THEMES["light"]


def row(*values: float) -> DotRow:
    return DotRow(Markup('<a href="map">Mining</a>'), "Mining", values)


def test_equal_ratios_are_equally_long() -> None:
    scale = LogScale(-3, 3)
    assert scale.place(1) == pytest.approx(50)
    assert scale.place(2) - scale.place(1) == pytest.approx(scale.place(8) - scale.place(4))
    assert scale.place(0.125) == pytest.approx(4)
    assert scale.place(8) == pytest.approx(96)
    assert scale.place(0) == scale.place(0.01) == pytest.approx(2)


def test_the_scale_holds_what_is_drawn_and_the_country() -> None:
    assert log_scale([row(0.58, 4.92, 7.95, 0.13)]) == LogScale(-3, 3)
    assert log_scale([row(1.1, 1.2)]) == LogScale(-1, 1)
    assert log_scale([row(0.0, 0.001, 3.0)]) == LogScale(-4, 2)
    assert log_scale([row(math.nan)]) == LogScale(-1, 1)
    assert LogScale(-4, 6).ticks == [-4, -2, 0, 2, 4, 6]


def test_a_row_is_read_aloud_from_the_most_to_the_least() -> None:
    plot = str(dot_plot([row(0.58, math.nan, 7.95)], ["A", "B", "C"], "Land", ENGLISH, LIGHT))
    assert 'aria-label="Mining: C: 7.95; A: 0.58"' in plot
    assert "Land = 1" in plot
    assert plot.count('<svg x="') == 2
    assert '<a href="map">Mining</a>' in plot
    assert re.findall(r"<text[^>]*>([^<]*)</text>", plot)[1:] == ["1/2", "1", "2", "4", "8"]


def test_what_is_too_small_for_the_scale_stands_at_the_edge_and_the_note_says_so() -> None:
    plot = str(dot_plot([row(0.0, 2.0)], ["A", "B"], "Land", ENGLISH, LIGHT))
    assert '<svg x="2.00%"' in plot
    assert "A mark on the left edge is less than 1/2." in plot
    assert "left edge" not in dot_plot([row(0.6, 2.0)], ["A", "B"], "Land", ENGLISH, LIGHT)
    assert dot_plot([], ["A"], "Land", ENGLISH, LIGHT) == ""


def test_every_place_has_a_shape_and_a_colour_of_its_own() -> None:
    marks = [str(mark_of(position, LIGHT)) for position in range(len(COMPARED_COLOURS))]
    assert len({re.findall(r'd="([^"]*)"', mark)[0] for mark in marks}) == 6
    assert len({re.findall(r'fill="([^"]*)"', mark)[0] for mark in marks}) == 6
