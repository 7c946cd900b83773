"""What there is to choose from, and what is said of a wrong choice."""

from __future__ import annotations

from typing import Any

import pytest

from atlas.analysis.choices import choices, find_release, items, metric_names
from atlas.errors import ChoiceError
from atlas.metrics import METRICS
from atlas.model import Release


def test_georgias_choices(georgia: Release) -> None:
    known = choices(georgia)
    assert known.measures == ["employment", "turnover", "establishments"]
    assert known.levels == [1]
    assert len(known.at_level(1)) == 12
    assert known.root_region.names == {"en": "Georgia", "ka": "საქართველო"}
    assert known.root_industry.code == "TOTAL"
    assert known.years("employment") == list(range(2006, 2023))
    assert known.years("establishments", "C") == list(range(2012, 2024))
    assert known.industries_of("employment") == ["TOTAL", *"ABCDEFGHIJLMNPQRS"]
    assert set(known.industries_of("establishments")) - set(known.industries_of("employment"))


def test_toylands_choices(toyland: Release) -> None:
    known = choices(toyland)
    assert known.measures == ["employment", "establishments"]
    assert known.levels == [1, 2]
    assert list(known.at_level(2)) == ["XT-N1", "XT-N2"]
    assert list(known.industries) == ["TOTAL", "A", "C", "C10", "C11"]
    assert known.years("employment", "C") == [2020]
    assert known.years("turnover") == []
    assert known.regions["XT-N"].extra["mood"] == "calm"
    assert known.regions["XT-N"].parent == "XT"
    assert known.root_region.parent is None


def test_the_nearest_wider_sector_with_figures(georgia: Release, toyland: Release) -> None:
    known = choices(georgia)
    # Wine: 11.02 lies in 11 lies in C, and only C has figures.
    wine = known.with_figures("11.02")
    assert wine is not None
    assert wine.code == "C"
    section = known.with_figures("C")
    assert section is not None
    assert section.code == "C"
    assert known.with_figures("TOTAL") is None
    food = choices(toyland).with_figures("C10")
    assert food is not None
    assert food.code == "C10"


@pytest.mark.parametrize(
    ("wrong", "kind", "nearest"),
    [
        ({"metric": "location_quotiant"}, "unknown_metric", "location_quotient"),
        ({"measure": "employmnt"}, "unknown_measure", "employment"),
        ({"measure": "revenue turnover"}, "unknown_measure", "turnover"),
        ({"industry": "c"}, "unknown_industry", "C"),
        ({"industry": "Manufacturing"}, "unknown_industry", "C"),
        ({"industry": "11.2"}, "unknown_industry", "11.02"),
        ({"region": "ge-ka"}, "unknown_region", "GE-KA"),
        ({"region": "Kakheti"}, "unknown_region", "GE-KA"),
        ({"region": "კახეთი"}, "unknown_region", "GE-KA"),
        ({"region": "Tiblisi"}, "unknown_region", "GE-TB"),
        ({"level": 2}, "unknown_level", "1"),
        ({"level": -3}, "unknown_level", "0"),
        ({"measure": "employment", "year": 2030}, "unknown_year", "2022"),
        ({"measure": "employment", "year": 1999}, "unknown_year", "2006"),
        ({"measure": "establishments", "year": 2006}, "unknown_year", "2012"),
    ],
)
def test_a_wrong_choice(georgia: Release, wrong: dict[str, Any], kind: str, nearest: str) -> None:
    with pytest.raises(ChoiceError) as raised:
        choices(georgia).check(**wrong)
    assert raised.value.kind == kind
    assert raised.value.facts == {"value": list(wrong.values())[-1], "nearest": nearest}


def test_right_choices_pass(georgia: Release) -> None:
    choices(georgia).check(
        metric="size", measure="turnover", industry="11.02", region="GE-AB", level=0, year=2006
    )
    choices(georgia).check(metric=None, measure="turnover", industry=None, region=None, year=None)


def test_the_first_wrong_choice_is_named(georgia: Release) -> None:
    with pytest.raises(ChoiceError) as raised:
        choices(georgia).check(metric="sise", measure="jobs", year=1)
    assert raised.value.kind == "unknown_metric"


def test_find_release(georgia: Release, at_home: Any) -> None:
    at_home(georgia.path.parents[1])
    assert find_release("georgia") == georgia
    assert find_release("georgia", georgia.release_id) == georgia
    with pytest.raises(ChoiceError) as raised:
        find_release("georgia", "1.0.0-nothing")
    assert raised.value.facts["nearest"] == georgia.release_id


def test_items_keep_every_column() -> None:
    import pandas as pd

    frame = pd.DataFrame(
        {"firm_id": ["mill", "oven"], "name": ["Mill", "Oven"], "name_ka": ["წისქვილი", None],
         "employment": [12, None]}
    )  # fmt: skip
    found = items(frame, "firm_id")
    assert found["mill"].names == {"en": "Mill", "ka": "წისქვილი"}
    assert found["oven"].names == {"en": "Oven"}
    assert found["mill"].extra["employment"] == 12
    assert "employment" not in found["oven"].extra


def test_metric_names() -> None:
    assert metric_names() == list(METRICS)
