"""Why a figure is what it is."""

from __future__ import annotations

import math

import pytest

from atlas.analysis.why import count_at, count_where, why
from atlas.errors import ChoiceError
from atlas.figures import explanations
from atlas.model import Release
from atlas.text import Text

KAKHETI = {"region": "GE-KA", "industry": "C", "year": 2022}
TERMS = {
    "region_industry": 6287.0,
    "region_base": 22695.0,
    "root_industry": 94848.0,
    "root_base": 778005.0,
}


def test_a_quotient_names_its_terms_base_and_reference(georgia: Release) -> None:
    found = why(georgia, "location_quotient", **KAKHETI)
    assert round(found.value, 2) == 2.27
    assert {term.name: term.value for term in found.terms} == TERMS
    assert (found.base.code, found.reference.code) == ("TOTAL", "GE")
    statuses = {term.name: term.status for term in found.terms}
    assert statuses["region_industry"] == "published"
    assert statuses["root_base"] == "partial"


def test_the_distance_to_a_cut_lets_the_totals_go_along(georgia: Release) -> None:
    found = why(georgia, "location_quotient", **KAKHETI)
    fixed = {"uc_yildiz": 1.0, "statsamerica": 1.2, "observatory_stars": 2.0}
    own = [one for one in found.conditions if one.rule.name in fixed]
    assert [(one.rule.name, one.at, round(one.keeps)) for one in own] == [
        ("uc_yildiz", 1.0, 2179),
        ("statsamerica", 1.2, 2703),
        ("observatory_stars", 2.0, 5222),
    ]
    for one in found.conditions:
        lost = 6287 - one.keeps
        here = (6287 - lost) / (22695 - lost)
        country = (94848 - lost) / (778005 - lost)
        assert here / country == pytest.approx(one.at)


def test_a_rule_gives_its_own_conditions(georgia: Release) -> None:
    found = why(georgia, "us_strong", **KAKHETI)
    assert found.value == 1
    # Type-7 quantiles over the eleven regions with figures: the mean of the 3rd and 4th for Q75.
    figures = [(one.figure, round(one.at, 2), one.over, one.met) for one in found.conditions]
    assert figures == [
        ("location_quotient", 1.90, False, True),
        ("location_quotient", 1.0, False, True),
        ("region_industry", 3430.5, True, True),
        ("establishments", 506.0, True, True),
    ]
    stars = why(georgia, "observatory_stars", **KAKHETI)
    assert stars.value == sum(one.met for one in stars.conditions) == 1
    # The largest share of the country's sector is Tbilisi's, of a region's total Mtskheta's.
    assert [round(one.at, 3) for one in stars.conditions] == [0.391, 2.0, 0.382]
    size = stars.conditions[0]
    assert size.keeps / (94848 - 6287 + size.keeps) == pytest.approx(size.at)


def test_a_figure_without_rules_has_no_conditions(georgia: Release) -> None:
    assert why(georgia, "growth", **KAKHETI).conditions == ()
    assert (
        why(georgia, "location_quotient", region="GE-AB", industry="C", year=2022).conditions == ()
    )


def test_a_change_counts_from_the_year_that_is_asked_for(georgia: Release) -> None:
    found = why(georgia, "growth", since=2020, **KAKHETI)
    then = why(georgia, "amount", region="GE-KA", industry="C", year=2020).value
    assert found.value == pytest.approx(6287 / then - 1)
    assert {term.name: term.value for term in found.terms}["region_industry_before"] == then


def test_a_count_is_reached_where_its_share_is() -> None:
    terms = {"region_industry": 50.0, "root_industry": 950.0, "region_total": 1050.0}
    assert count_where("size", 0.1, terms) == pytest.approx(100)
    assert count_where("focus", 0.5, terms) == pytest.approx(1000)
    assert math.isnan(count_where("size", 1.0, terms))
    assert count_where("establishments", 12.0, terms) == 12


def test_a_cut_out_of_reach_has_no_count() -> None:
    assert math.isnan(count_at(2.0, TERMS | {"root_base": math.nan}))
    assert count_at(1.0, TERMS) == pytest.approx(
        (22695 - 6287) * (94848 - 6287) / (778005 - 6287 - (22695 - 6287) - (94848 - 6287))
    )


def test_small_counts_are_flagged_and_large_ones_not(georgia: Release) -> None:
    few = why(georgia, "location_quotient", region="GE-RL", industry="J", year=2022)
    assert few.terms[0].value == 7
    assert few.small
    assert not why(georgia, "location_quotient", **KAKHETI).small


def test_money_has_no_interval(georgia: Release) -> None:
    found = why(georgia, "location_quotient", measure="turnover", **KAKHETI)
    assert found.interval is None
    low, high = why(georgia, "location_quotient", **KAKHETI).interval or (0, 0)
    assert (round(low, 2), round(high, 2)) == (2.22, 2.33)


def test_it_reads_like_sentences(georgia: Release) -> None:
    found = why(georgia, "location_quotient", **KAKHETI)
    said = explanations.sentences(found, Text("en"))
    assert said[0] == "Location quotient of Manufacturing in Kakheti, 2022: 2.27."
    assert said[1] == "(6,287 ÷ 22,695) ÷ (94,848 ÷ 778,005) = 27.7% ÷ 12.2% = 2.27."
    assert "under 5,222, that is 1,065 fewer" in " ".join(said)
    assert explanations.sentences(found, Text("ka"))[1] == (
        "(6\u00a0287 ÷ 22\u00a0695) ÷ (94\u00a0848 ÷ 778\u00a0005)"
        " = 27,7\u00a0% ÷ 12,2\u00a0% = 2,27."
    )


def test_what_is_missing_is_said(georgia: Release, toyland: Release) -> None:
    nothing = why(georgia, "location_quotient", region="GE-AB", industry="C", year=2022)
    assert explanations.value(nothing, Text("en")) == "no data"
    assert explanations.as_data(nothing)["value"] is None
    hidden = why(toyland, "amount", region="XT-S", industry="C11", year=2020)
    assert explanations.value(hidden, Text("en")) == "suppressed"
    with pytest.raises(ChoiceError):
        why(georgia, "location_quotient", region="GE-XX", industry="C", year=2022)


def test_growth_and_shares_are_written_out(georgia: Release) -> None:
    grown = why(georgia, "growth", **KAKHETI)
    assert explanations.formula(grown, Text("en")) == "6,287 ÷ 4,048 − 1 = +55%"
    share = why(georgia, "focus", **KAKHETI)
    assert explanations.formula(share, Text("en")) == "6,287 ÷ 22,695 = 27.7%"


def test_the_agreement_of_rules_is_explained_rule_by_rule(georgia: Release) -> None:
    found = why(georgia, "agreement", region="GE-KK", industry="C", year=2022)
    assert found.value == 4
    assert [(one.figure, one.met) for one in found.conditions] == [
        ("observatory_stars", False),
        ("uc_yildiz", True),
        ("statsamerica", True),
        ("us_strong", True),
        ("strong10", False),
        ("significant", True),
    ]
    # No one count makes a rule's verdict.
    assert all(math.isnan(one.keeps) for one in found.conditions)
