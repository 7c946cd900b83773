"""Regions side by side: published values, who is like whom, and what becomes of missing cells."""

from __future__ import annotations

import csv
import io
import math

import pytest

from atlas.analysis.choices import choices
from atlas.analysis.compare import (
    CompareView,
    alike,
    compare_csv,
    compare_view,
    sectors_of,
    usual_regions,
)
from atlas.analysis.compare_figures import Figure
from atlas.errors import ChoiceError
from atlas.model import Release

FOUR = ("GE-KA", "GE-IM", "GE-KK", "GE-AJ")


@pytest.fixture(scope="session")
def four(georgia: Release) -> CompareView:
    return compare_view(georgia, FOUR, industry="C")


def figure(view: CompareView, name: str, measure: str | None = None) -> Figure:
    (found,) = (
        one
        for one in view.figures
        if one.name == name and (measure is None or one.measure == measure)
    )
    return found


def values(found: Figure, digits: int, codes: tuple[str, ...] = FOUR) -> list[float]:
    return [round(found.values[code], digits) for code in codes]


def test_quotients_as_published(four: CompareView) -> None:
    assert (four.year, four.since, four.measure) == (2022, 2012, "employment")
    assert four.codes == list(FOUR)
    assert four.quotients.loc["C"].round(2).tolist() == [2.27, 1.60, 1.92, 1.10]
    assert four.quotients.loc["B"].round(2).tolist() == [0.58, 4.92, 7.95, 0.13]
    assert four.quotients.loc["A"].round(2).tolist() == [5.84, 0.46, 4.00, 0.20]
    assert four.map.regions["value"].round(2).to_dict() == {
        "GE-KA": 2.27, "GE-IM": 1.60, "GE-KK": 1.92, "GE-AJ": 1.10,
    }  # fmt: skip


def test_sectors_that_lie_farthest_apart_come_first(four: CompareView) -> None:
    assert "".join(four.quotients.index) == "BADRESINHMJPFQLCG"
    assert [item.code for item in four.absent] == ["K", "O", "T", "U"]


def test_the_table_holds_the_published_figures(four: CompareView) -> None:
    assert [one.name for one in four.figures] == [
        "population", "amount", "growth", "turnover_per_person", "unemployment_rate_pct_2023",
        "active_entities_2022", "equivalent_number", "krugman_rest", "clusters",
    ]  # fmt: skip
    assert values(figure(four, "population"), 0) == [299900, 442300, 436000, 363200]
    assert values(figure(four, "amount"), 0) == [22695, 59446, 47362, 75232]
    assert values(figure(four, "turnover_per_person"), 1) == [122.2, 133.8, 184.6, 146.0]
    assert values(figure(four, "growth"), 3) == [0.405, 0.357, 0.413, 0.683]
    assert values(figure(four, "unemployment_rate_pct_2023"), 1) == [12.0, 20.0, 21.7, 12.2]
    assert values(figure(four, "active_entities_2022"), 0) == [15036, 30864, 19150, 29652]
    assert values(figure(four, "equivalent_number"), 1) == [5.1, 7.2, 7.5, 7.9]
    assert values(figure(four, "krugman_rest"), 2) == [0.58, 0.45, 0.62, 0.38]
    assert values(figure(four, "clusters"), 0) == [1, 0, 2, 0]


def test_the_country_s_column(four: CompareView) -> None:
    country = {one.name: (one.values["GE"], one.statuses["GE"]) for one in four.figures}
    assert country["population"] == (3694600, "partial")
    assert country["active_entities_2022"] == (266521, "partial")
    assert country["amount"] == (778005, "partial")
    assert country["turnover_per_person"][0] == pytest.approx(181636.0 / 778005 * 1000)
    assert country["growth"][0] == pytest.approx(778005 / 533287 - 1)
    assert round(country["equivalent_number"][0], 1) == 7.6
    assert country["clusters"] == (10, "published")
    for name, status in (
        ("krugman_rest", "not_applicable"),
        ("unemployment_rate_pct_2023", "missing"),
    ):
        assert math.isnan(country[name][0])
        assert country[name][1] == status


def test_the_best_only_where_more_or_less_is_plainly_better(four: CompareView) -> None:
    assert {one.name: one.best(FOUR) for one in four.figures if one.best(FOUR)} == {
        "growth": {"GE-AJ"},
        "turnover_per_person": {"GE-KK"},
        "unemployment_rate_pct_2023": {"GE-KA"},
    }
    same = Figure("x", {"a": 1.0, "b": 1.0, "c": math.nan}, {}, better="more")
    assert same.best(["a", "b", "c"]) == set()
    assert same.best(["a", "c"]) == set()
    tied = Figure("x", {"a": 1.0, "b": 1.0, "c": 3.0}, {}, better="less")
    assert tied.best(["a", "b", "c"]) == {"a", "b"}


def test_who_is_like_whom(four: CompareView) -> None:
    pairs = [(p.one.code, p.other.code, round(p.index, 2), p.sectors) for p in four.pairs]
    assert pairs[0] == ("GE-IM", "GE-KK", 0.43, 17)
    assert pairs[-1] == ("GE-KA", "GE-AJ", 0.67, 17)
    assert len(pairs) == 6


def test_a_missing_sector_is_left_out_and_not_taken_as_zero(georgia: Release) -> None:
    """Racha's education, health, arts and other services are not published for 2022."""
    view = compare_view(georgia, ("GE-RL", "GE-KA"), industry="C")
    known = [271, 97, 577, 27, 100, 755, 510, 94, 111, 7, 7, 6, 34]
    equivalent = figure(view, "equivalent_number")
    assert equivalent.values["GE-RL"] == pytest.approx(
        sum(known) ** 2 / sum(number**2 for number in known)
    )
    assert (equivalent.sectors["GE-RL"], equivalent.sectors["GE-KA"]) == (13, 17)
    assert (equivalent.statuses["GE-RL"], equivalent.statuses["GE-KA"]) == ("partial", "published")
    assert round(figure(view, "krugman_rest").values["GE-RL"], 2) == 0.77
    count, share = view.covered("GE-RL")
    assert (count, share) == (13, pytest.approx(sum(known) / 2599))
    assert view.covered("GE-KA") == (17, 1.0)
    assert view.quotients.loc["P", "GE-RL"] != view.quotients.loc["P", "GE-RL"]
    assert view.statuses.loc["P", "GE-RL"] == "missing"
    (pair,) = view.pairs
    here = [271, 97, 577, 27, 100, 755, 510, 94, 111, 7, 7, 6, 34]
    there = [2240, 213, 6287, 188, 235, 1393, 7103, 707, 1512, 114, 355, 388, 157]
    assert pair.sectors == 13
    assert pair.index == pytest.approx(
        sum(abs(a / sum(here) - b / sum(there)) for a, b in zip(here, there, strict=True))
    )


def test_a_region_without_figures_stands_with_none(georgia: Release) -> None:
    view = compare_view(georgia, ("GE-AB", "GE-KA", "GE-IM"), industry="C")
    assert view.quotients["GE-AB"].isna().all()
    assert [(p.one.code, p.other.code) for p in view.pairs] == [("GE-KA", "GE-IM")]
    assert math.isnan(figure(view, "krugman_rest").values["GE-AB"])
    assert figure(view, "krugman_rest").statuses["GE-AB"] == "missing"
    assert figure(view, "clusters").values["GE-AB"] == 0
    assert view.covered("GE-AB")[0] == 0
    assert view.map.scale.missing == {"missing": 1}
    assert sum(view.map.scale.counts) == 2


def test_a_near_zero_does_not_outweigh_everything(georgia: Release) -> None:
    """Racha's turnover of transport in 2010 was published as 0.0."""
    view = compare_view(
        georgia, ("GE-TB", "GE-RL", "GE-KA"), measure="turnover", industry="A", year=2010
    )
    assert view.quotients.loc["H", "GE-RL"] == 0
    assert view.quotients.index[0] == "B"
    assert view.quotients.loc["B"].round(2).tolist() == [0.03, 3.67, 9.32]


def test_another_measure_and_year(georgia: Release) -> None:
    view = compare_view(georgia, FOUR, measure="establishments", industry="C", year=2023)
    assert "UNKNOWN" not in view.quotients.index
    assert "UNKNOWN" in choices(georgia).industries
    # Employment ends in 2022: nothing is shown for 2023, least of all a zero.
    assert [one.measure for one in view.figures if one.name == "amount"] == ["establishments"]
    assert not [one for one in view.figures if one.name == "turnover_per_person"]
    assert figure(view, "growth").since == 2013


def test_toyland_by_hand(toyland: Release) -> None:
    """North: 50 in farming, 50 known in making; South: 100 and 100; so both are alike."""
    view = compare_view(toyland, ("XT-S", "XT-N"), industry="A", year=2020)
    (pair,) = view.pairs
    assert (pair.index, pair.sectors) == (0, 2)
    assert figure(view, "equivalent_number").values["XT-S"] == 2
    assert figure(view, "amount").values == {"XT-S": 200, "XT-N": 120, "XT": 320}
    people = figure(view, "population")
    assert people.values == {"XT-S": 3000, "XT-N": 1000, "XT": 4000}
    assert people.statuses == {"XT-S": "published", "XT-N": "published", "XT": "partial"}
    # The edition has no turnover.
    assert not [one for one in view.figures if one.name == "turnover_per_person"]
    assert view.share("XT-N", ["A"]) == pytest.approx(50 / 120)


def test_the_most_alike_stand_beside_a_region(georgia: Release, toyland: Release) -> None:
    assert alike(georgia, "GE-KA") == ("GE-SK", "GE-MM", "GE-SJ")
    assert usual_regions(georgia, "GE-KA") == ("GE-KA", "GE-SK", "GE-MM", "GE-SJ")
    # No figures to be alike by: beside the largest ones.
    assert usual_regions(georgia, "GE-AB") == ("GE-AB", "GE-TB", "GE-AJ", "GE-IM")
    assert usual_regions(georgia) == ("GE-TB", "GE-AJ", "GE-IM", "GE-KK")
    assert usual_regions(georgia, "GE") == usual_regions(georgia)
    assert usual_regions(toyland) == ("XT-S", "XT-N")


def test_sectors_are_those_below_the_root_whose_activity_is_stated(georgia: Release) -> None:
    assert "".join(sectors_of(choices(georgia))) == "ABCDEFGHIJKLMNOPQRSTU"


@pytest.mark.parametrize(
    ("regions", "kind"),
    [
        (("GE-KA",), "regions_number"),
        (("GE-KA", "GE-KA"), "regions_number"),
        (("GE-KA", "GE-IM", "GE-KK", "GE-AJ", "GE-TB", "GE-SK", "GE-GU"), "regions_number"),
        (("GE-KA", "GE-XX"), "unknown_region"),
        (("GE-KA", "GE"), "unknown_region"),
    ],
)
def test_what_cannot_be_compared(georgia: Release, regions: tuple[str, ...], kind: str) -> None:
    with pytest.raises(ChoiceError) as raised:
        compare_view(georgia, regions, industry="C")
    assert raised.value.kind == kind


def test_the_table_as_a_file(four: CompareView, georgia: Release) -> None:
    rows = list(csv.DictReader(io.StringIO(compare_csv(four).decode())))
    assert len(rows) == 9 * 5 + 17 * 4
    found = {(r["figure"], r["industry_code"], r["region_code"]): r for r in rows}
    mining = found["location_quotient", "B", "GE-KK"]
    assert float(mining["value"]) == pytest.approx(7.95, abs=0.005)
    assert (mining["year"], mining["measure"], mining["source"]) == (
        "2022", "employment", "geostat-business",
    )  # fmt: skip
    rest = found["krugman_rest", "", "GE"]
    assert (rest["value"], rest["status"]) == ("", "not_applicable")
    grown = found["growth", "", "GE-AJ"]
    assert (grown["year"], grown["since"]) == ("2022", "2012")
    without = compare_view(georgia, ("GE-AB", "GE-KA"), industry="C")
    rows = list(csv.DictReader(io.StringIO(compare_csv(without).decode())))
    (cell,) = (r for r in rows if (r["industry_code"], r["region_code"]) == ("C", "GE-AB"))
    assert (cell["value"], cell["status"]) == ("", "missing")
