"""Classes and legends."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from atlas.analysis.map import map_view
from atlas.figures.legends import circle_sizes, legend
from atlas.figures.palette import class_fills
from atlas.figures.scales import LEAST, METHODS, MOST, classify, make_scale
from atlas.model import Classing, Release, Scale
from atlas.text import Text


def test_georgias_quotients_fall_into_the_classes_that_the_legend_counts(georgia: Release) -> None:
    view = map_view(georgia, metric="location_quotient", industry="C", year=2022)
    entries = [(entry.label, entry.count) for entry in legend(view, Text("en"))]
    assert entries == [
        ("under 0.5", 0),
        ("0.5 – 0.8", 1),
        ("0.8 – 1.25", 2),
        ("1.25 – 2", 6),
        ("2 and over", 2),
        ("No data", 1),
    ]


def test_a_value_on_a_break_belongs_to_the_class_above() -> None:
    values = pd.Series([0.49, 0.5, 1.25, 2.0, np.nan])
    assert classify(values, (0.5, 0.8, 1.25, 2.0)).tolist() == [0, 1, 3, 4, -1]


@pytest.mark.parametrize("kind", ["sequential", "diverging", "diverging_log", "circles"])
@pytest.mark.parametrize(
    "numbers",
    [[], [np.nan], [0.0], [1.0, 1.0, 1.0], [0.1, 0.2], [np.nan, 5.0, 1e9, 1e-9], [-0.5, 0.5]],
)
def test_every_value_has_a_class_and_every_region_is_counted(
    kind: str, numbers: list[float]
) -> None:
    values = pd.Series(numbers, dtype=float)
    status = pd.Series(["missing"] * len(numbers), dtype=str)
    scale = make_scale(values, status, kind)
    assert list(scale.breaks) == sorted(set(scale.breaks))
    assert sum(scale.counts) == int(values.notna().sum())
    assert sum(scale.missing.values()) == int(values.isna().sum())


def test_suppressed_and_missing_stand_apart_in_the_legend(toyland: Release) -> None:
    view = map_view(toyland, metric="amount", industry="C11", year=2020)
    without = {entry.status: entry.count for entry in legend(view, Text("en")) if entry.status}
    assert without == {"missing": 1, "suppressed": 1}


@pytest.mark.parametrize(
    ("largest", "sizes"),
    [(37085, [2000, 5000, 20000]), (5281.8, [500, 2000, 5000]), (1, [0.1, 0.25, 1.0]), (0, [])],
)
def test_circles_are_explained_by_round_numbers(largest: float, sizes: list[float]) -> None:
    assert circle_sizes(largest) == pytest.approx(sizes)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("number", range(LEAST, MOST + 1))
def test_every_method_makes_the_classes_asked_for(method: str, number: int) -> None:
    values = pd.Series(np.random.default_rng(7).lognormal(size=1000))
    status = pd.Series("published", index=values.index)
    scale = make_scale(values, status, "sequential", classing=Classing(method, number))
    assert len(scale.counts) == number
    assert min(scale.counts) > 0
    assert sum(scale.counts) == 1000
    if method == "quantiles":
        assert max(scale.counts) - min(scale.counts) <= 12


def test_few_different_values_make_few_classes() -> None:
    values = pd.Series([1.0, 1.0, 2.0, 2.0])
    status = pd.Series("published", index=values.index)
    for method in METHODS:
        scale = make_scale(values, status, "sequential", classing=Classing(method, 7))
        assert scale.counts == (2, 2), method


def test_the_middle_of_a_diverging_scale_keeps_its_colour() -> None:
    """Wherever the breaks lie, what is as in the country is neither blue nor brown."""

    def fills(*breaks: float) -> tuple[str, ...]:
        return class_fills(Scale("diverging_log", breaks, (1,) * (len(breaks) + 1), {}, 9.0))

    low, lower, middle, higher, high = class_fills(
        Scale("diverging_log", (0.5, 0.8, 1.25, 2.0), (1,) * 5, {}, 9.0)
    )
    assert fills(0.9, 1.1) == (low, middle, high)
    assert fills(1.2, 2.0) == (middle, higher, high)
    assert fills(0.5, 1.0, 2.0) == (low, lower, higher, high)
    assert fills(0.5, 1.0) == (low, lower, higher)
    assert fills(2.0, 3.0)[0] == middle
