"""What is read of a release to fill a map's table."""

from __future__ import annotations

import pandas as pd
import pytest

from atlas.analysis import map_table
from atlas.analysis.map import map_view
from atlas.model import Release


@pytest.mark.parametrize("metric", ["location_quotient", "growth", "agreement", "amount"])
@pytest.mark.parametrize("year", [2011, 2022])
def test_of_many_regions_only_what_is_shown_is_read(
    georgia: Release, metric: str, year: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"metric": metric, "industry": "C", "year": year, "since": 2010}
    kept = map_view.__wrapped__(georgia, **asked)
    monkeypatch.setattr(map_table, "_FEW", 0)
    read = map_view.__wrapped__(georgia, **asked)
    pd.testing.assert_frame_equal(kept.regions, read.regions)
    pd.testing.assert_series_equal(pd.Series(kept.country), pd.Series(read.country))
