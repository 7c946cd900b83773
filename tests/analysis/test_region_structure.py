"""A region's structure and its change: published values, and what becomes of missing ones."""

from __future__ import annotations

import math

import numpy as np
import pytest

from atlas.analysis.measure import measure_cells, region_figures
from atlas.analysis.region_structure import (
    PARTS,
    WHOLE,
    RegionStructure,
    Shift,
    region_structure,
)
from atlas.errors import ChoiceError
from atlas.model import Release


def of(
    release: Release, region: str, year: int = 2022, measure: str = "employment"
) -> RegionStructure:
    found = region_structure(release, region, measure=measure, year=year)
    assert found is not None
    return found


def shift_of(found: RegionStructure) -> Shift:
    assert found.shift is not None
    return found.shift


def test_shares_as_published(georgia: Release) -> None:
    found = of(georgia, "GE-KA")
    assert found.shares.index[:3].tolist() == ["G", "C", "A"]
    making = found.shares.loc["C"]
    assert making["region"] == pytest.approx(6287 / 22695)
    assert making["country"] == pytest.approx(94848 / 778005)
    assert found.held == pytest.approx(1.0, abs=1e-3)
    assert [item.code for item in found.absent] == ["K", "O", "T", "U"]


def test_a_missing_share_is_no_zero(georgia: Release) -> None:
    found = of(georgia, "GE-RL")
    assert math.isnan(found.shares.loc["P", "region"])
    assert found.shares.loc["P", "country"] == pytest.approx(23242 / 778005)
    assert found.held == pytest.approx(2596 / 2599)
    assert [item.code for item in found.absent] == ["K", "O", "P", "Q", "R", "S", "T", "U"]


def test_toylands_shares_by_hand(toyland: Release) -> None:
    """North: 50 farm and 50 make of 120; the country: 150 and 150 of 320."""
    found = of(toyland, "XT-N", 2020)
    assert found.shares["region"].to_dict() == pytest.approx({"A": 50 / 120, "C": 50 / 120})
    assert found.held == pytest.approx(100 / 120)
    assert found.absent == ()
    assert {one.metric.name: one.value for one in found.whole} == pytest.approx(
        {"equivalent_number": 2.0, "krugman_rest": 0.0, "entropy": 1.0}
    )
    # North Two's drinks are missing.
    assert all(one.partial for one in found.whole)


def test_no_figures_no_structure(georgia: Release, toyland: Release) -> None:
    assert region_structure(georgia, "GE-AB", measure="employment", year=2022) is None
    assert region_structure(toyland, "XT-E", measure="employment", year=2020) is None


def test_the_figures_of_the_whole(georgia: Release) -> None:
    found = {one.metric.name: one for one in of(georgia, "GE-KA").whole}
    # Related variety has no value: nothing finer than sectors is measured.
    assert list(found) == ["equivalent_number", "krugman_rest", "entropy"]
    assert round(found["equivalent_number"].value, 1) == 5.1
    assert round(found["krugman_rest"].value, 2) == 0.58
    assert round(found["entropy"].value, 2) == 2.91
    number = found["equivalent_number"]
    assert (round(number.low, 1), round(number.high, 1), number.regions) == (4.7, 8.2, 11)
    assert not number.partial
    assert of(georgia, "GE-RL").whole[0].partial


def test_the_parts_add_up_to_the_change(georgia: Release) -> None:
    found = shift_of(of(georgia, "GE-KA"))
    assert [metric.name for metric, _ in found.parts] == list(PARTS)
    assert [round(value) for _, value in found.parts] == [7421, -1478, 593]
    assert found.change == pytest.approx(6536)
    assert found.published == 22695 - 16158
    assert (found.since, found.sectors, found.left_out) == (2012, 17, ())


def test_the_regional_shift_sector_by_sector(georgia: Release) -> None:
    found = shift_of(of(georgia, "GE-KA"))
    own = {item.code: value for item, value in found.sectors_shift}
    # Manufacturing had 4048 and 6287, in the country 83696 and 94848.
    assert own["C"] == pytest.approx(6287 - 4048 * 94848 / 83696)
    assert sum(own.values()) == pytest.approx(
        {metric.name: value for metric, value in found.parts}["regional_shift"]
    )
    assert list(own.values()) == sorted(own.values(), reverse=True)
    assert [item.code for item, _ in found.sectors_shift][:2] == ["C", "A"]
    assert found.sectors_shift[-1][0].code == "F"


def test_sectors_without_one_of_the_years_are_left_out(georgia: Release) -> None:
    found = shift_of(of(georgia, "GE-SK"))
    assert [item.code for item in found.left_out] == ["D", "E"]
    assert found.sectors == 15
    both = [
        measure_cells(georgia, "amount", region="GE-SK", year=year).set_index("industry_code")
        for year in (2022, 2012)
    ]
    sectors = list("ABCFGHIJLMNPQRS")
    now, then = (cells.loc[sectors, "value"].sum() for cells in both)
    assert found.change == pytest.approx(now - then) == pytest.approx(7073)


def test_without_figures_ten_years_before(georgia: Release) -> None:
    early = of(georgia, "GE-KA", 2015)
    assert (early.since, early.shift) == (2005, None)
    assert shift_of(of(georgia, "GE-KA", 2016)).since == 2006
    counted = of(georgia, "GE-KA", 2023, "establishments")
    assert shift_of(counted).since == 2013


def test_many_figures_at_once_are_those_asked_for_one_by_one(georgia: Release) -> None:
    table = region_figures(georgia, WHOLE + PARTS, measure="employment", level=1, year=2022)
    for name in WHOLE + PARTS:
        settings = {"skip_missing": 1.0} if name in WHOLE else {}
        rows = measure_cells(georgia, name, year=2022, **settings)
        rows = rows[rows["industry_code"] == "TOTAL"].set_index("region_code")
        own = table[name].loc[rows.index]
        np.testing.assert_array_equal(own["value"].astype(float), rows["value"])
        assert own["status"].tolist() == rows["status"].tolist()


def test_a_choice_that_is_not_there(georgia: Release) -> None:
    with pytest.raises(ChoiceError):
        region_structure(georgia, "GE-KA", measure="employment", year=1990)
