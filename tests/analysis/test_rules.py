"""Rules and other settings, asked of the hand-worked country and of Georgia."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from atlas.analysis.measure import measure_cells
from atlas.errors import ChoiceError
from atlas.model import Release


def of_a(release: Release, metric: str, **settings: float) -> pd.DataFrame:
    cells = measure_cells(release, metric, industry="A", year=2020, **settings)
    return cells.set_index("region_code")


def test_stars_by_hand(toyland: Release) -> None:
    # Agriculture: North 50 of 120, South 100 of 200, East without figures. South has the most by
    # size (2/3) and by focus (1/2); its quotient is 1.07.
    assert of_a(toyland, "observatory_stars")["value"].fillna(-1).to_dict() == {
        "XT-E": -1,
        "XT-N": 0,
        "XT-S": 2,
    }
    assert of_a(toyland, "observatory_stars", quotient_at_least=1.0)["value"]["XT-S"] == 3
    assert of_a(toyland, "observatory_stars", size_share=1.0)["value"]["XT-N"] == 1
    assert of_a(toyland, "uc_yildiz")["value"].fillna(-1).to_dict() == {
        "XT-E": -1,
        "XT-N": 2,
        "XT-S": 3,
    }
    assert of_a(toyland, "statsamerica")["value"].to_list()[1:] == [0, 0]
    assert of_a(toyland, "statsamerica", quotient_at_least=1.05)["value"].to_list()[1:] == [0, 1]


def test_strong_by_hand(toyland: Release) -> None:
    # South: quotient 1.07 of at least Q75 = 1.02, jobs 100 above Q25 = 62.5, but 5 establishments
    # are not above Q25 = 5.
    assert of_a(toyland, "us_strong")["value"].to_list()[1:] == [0, 0]
    # In manufacturing 6 are above Q25 = 5.25: strong, but one part of the 6 is suppressed.
    cells = measure_cells(toyland, "us_strong", industry="C", year=2020)
    assert cells["value"].to_list()[1:] == [0, 1]
    assert cells["status"].to_list() == ["missing", "partial", "partial"]
    cells = measure_cells(toyland, "us_strong", industry="C11", year=2020)
    assert cells["status"].to_list()[2] == "suppressed"
    assert np.isnan(cells["value"].to_list()[2])


def test_litzenberger_by_hand(toyland: Release) -> None:
    # (50/150) (61700/24700) (4000/1000) (5/10): East has no area and no people, so it is partial.
    cells = of_a(toyland, "litzenberger")
    assert cells["value"]["XT-N"] == pytest.approx(1.6653171, abs=1e-7)
    assert cells["value"]["XT-S"] == pytest.approx(0.7411411, abs=1e-7)
    assert cells["status"].to_dict() == {"XT-E": "missing", "XT-N": "partial", "XT-S": "partial"}


def test_defaults_stated_change_nothing(georgia: Release) -> None:
    stored = measure_cells(georgia, "us_strong", year=2022)
    anew = measure_cells(georgia, "us_strong", year=2022, quantile=0.75)
    pd.testing.assert_frame_equal(stored, anew, check_dtype=False, check_categorical=False)
    assert stored["value"].sum() > 10


def test_georgia_manufacturing(georgia: Release) -> None:
    cells = measure_cells(georgia, "observatory_stars", industry="C", year=2022)
    stars = cells.set_index("region_code")["value"]
    # Mtskheta-Mtianeti by quotient (3.13) and focus, Kakheti by quotient, Tbilisi by size.
    assert stars[stars > 0].to_dict() == {"GE-KA": 1, "GE-MM": 2, "GE-TB": 1}
    assert np.isnan(stars["GE-AB"])


def test_one_region_is_judged_among_all_of_its_level(georgia: Release) -> None:
    alone = measure_cells(
        georgia, "observatory_stars", industry="C", year=2022, region="GE-TB", size_share=0.1
    )
    assert alone["value"].to_list() == [1]


def test_a_setting_the_metric_does_not_have(georgia: Release) -> None:
    with pytest.raises(ChoiceError) as raised:
        measure_cells(georgia, "statsamerica", quantile=0.5)
    assert raised.value.kind == "unknown_parameter"
    assert raised.value.facts["nearest"] == "quotient_at_least"


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_setting_outside_its_range(georgia: Release, value: float) -> None:
    with pytest.raises(ChoiceError) as raised:
        measure_cells(georgia, "us_strong", quantile=value)
    assert raised.value.kind == "parameter_outside"
    assert (raised.value.facts["low"], raised.value.facts["high"]) == (0, 1)
