"""One region: its sectors, their change, its clusters."""

from __future__ import annotations

import pandas as pd
import pytest

from atlas.analysis.region import default_region, known_sectors, region_view
from atlas.errors import ChoiceError
from atlas.model import Release


def test_kakheti(georgia: Release) -> None:
    view = region_view(georgia, "GE-KA")
    assert (view.year, view.since, view.measure) == (2022, 2012, "employment")
    assert view.years == tuple(range(2006, 2023))
    strongest = view.sectors["location_quotient"].head(4).round(2)
    assert strongest.to_dict() == {"A": 5.84, "C": 2.27, "I": 1.39, "G": 1.09}
    making = view.sectors.loc["C"]
    assert (making["amount"], making["amount_then"]) == (6287, 4048)
    assert making["growth"] == pytest.approx(6287 / 4048 - 1)
    assert view.total is not None
    assert view.total["amount"] == 22695
    assert view.total["focus"] == 1
    assert view.clusters["cluster_id"].tolist() == ["wine-kakheti"]


def test_only_sectors_right_below_the_root(georgia: Release, toyland: Release) -> None:
    assert set(region_view(georgia, "GE-KA").sectors.index) == set("ABCDEFGHIJLMNPQRS")
    assert set(region_view(toyland, "XT-S").sectors.index) == {"A", "C"}


def test_a_region_without_figures(georgia: Release) -> None:
    view = region_view(georgia, "GE-AB")
    assert len(view.sectors) == 0
    assert view.total is None
    assert len(view.clusters) == 0
    assert len(known_sectors(view)) == 0


def test_the_country_itself(georgia: Release) -> None:
    view = region_view(georgia, "GE", year=2022)
    assert view.sectors["location_quotient"].round(9).eq(1).all()
    assert view.total is not None
    assert view.total["amount"] == 778005


def test_another_year_and_measure(georgia: Release) -> None:
    view = region_view(georgia, "GE-KA", measure="turnover", year=2010)
    assert (view.year, view.since) == (2010, 2006)
    counted = region_view(georgia, "GE-AJ", measure="establishments", year=2023)
    unstated = set(counted.sectors.index) - set(known_sectors(counted).index)
    # Published for 2023: 5597 entities whose activity is not stated.
    assert [counted.sectors.loc[code, "amount"] for code in unstated] == [5597]


@pytest.mark.parametrize(
    ("wrong", "kind", "nearest"),
    [
        ({"region": "GE-TBL"}, "unknown_region", "GE-TB"),
        ({"region": "GE-KA", "year": 2040}, "unknown_year", "2022"),
        ({"region": "GE-KA", "year": 1990}, "unknown_year", "2006"),
        ({"region": "GE-KA", "measure": "turn-over"}, "unknown_measure", "turnover"),
    ],
)
def test_a_choice_that_is_not_there(
    georgia: Release, wrong: dict[str, object], kind: str, nearest: str
) -> None:
    with pytest.raises(ChoiceError) as raised:
        region_view(georgia, **wrong)  # type: ignore[arg-type]
    assert (raised.value.kind, raised.value.facts["nearest"]) == (kind, nearest)


def test_toylands_south(toyland: Release) -> None:
    view = region_view(toyland, "XT-S")
    assert view.sectors.loc["A", "growth"] == 0.25
    assert pd.isna(view.sectors.loc["C", "growth"])
    assert view.clusters["cluster_id"].tolist() == ["food-south"]


def test_the_region_shown_first(georgia: Release, toyland: Release) -> None:
    assert default_region(georgia) == "GE-TB"
    assert default_region(toyland) == "XT-S"
