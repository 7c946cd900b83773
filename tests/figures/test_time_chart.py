"""A figure through the years: gaps stay gaps, and one year is no line."""

from __future__ import annotations

import math
import re

import pytest

from atlas.analysis.map import map_view
from atlas.figures.time_chart import trend_chart
from atlas.model import MapView, Release
from atlas.text import Text

NONE = math.nan


@pytest.fixture(scope="module")
def view(georgia: Release) -> MapView:
    return map_view(georgia, metric="location_quotient", industry="C", year=2022)


def test_missing_years_are_gaps(view: MapView) -> None:
    trend = [1.0, NONE, 3.0, 4.0, *[NONE] * 12, 2.0]
    markup = trend_chart(view, trend, "Kakheti", Text("en"))
    assert markup.count("<circle") == 4
    (path,) = re.findall(r'<path d="([^"]*)"', markup)
    # One line alone: between the third and the fourth year.
    assert path.count("M") == path.count("L") == 1
    assert "13 years without a figure" in markup
    assert 'aria-label="Location quotient, Kakheti: 2006 1.00, 2022 2.00"' in markup


@pytest.mark.parametrize("known", [0, 1])
def test_fewer_than_two_years_make_no_chart(known: int, view: MapView) -> None:
    trend = [2.0] * known + [NONE] * (17 - known)
    assert trend_chart(view, trend, "Kakheti", Text("en")) == ""


def test_the_chosen_year_is_marked_even_without_a_value(view: MapView) -> None:
    markup = trend_chart(view, [1.0, 2.0, *[NONE] * 15], "<b>", Text("ka"))
    assert 'font-weight="600">2022</text>' in markup
    assert "<b>" not in markup
    assert 'r="4"' not in markup
