"""Growth between two years."""

from __future__ import annotations

import numpy as np

from atlas.metrics.change import SPAN, growth


def test_growth_by_hand() -> None:
    now = np.array([100.0, 60.0, 80.0, 0.0])
    before = np.array([80.0, 80.0, 80.0, 80.0])
    assert growth(now, before).tolist() == [0.25, -0.25, 0.0, -1.0]


def test_growth_from_nothing_or_from_the_unknown_is_missing() -> None:
    now = np.array([5.0, 0.0, 5.0, np.nan])
    before = np.array([0.0, 0.0, np.nan, 5.0])
    assert np.isnan(growth(now, before)).all()


def test_change_is_counted_over_ten_years_at_build() -> None:
    assert SPAN == 10
