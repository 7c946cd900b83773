"""Why a figure is what it is."""

from __future__ import annotations

import math

import pytest

from atlas.analysis.why import count_at, why
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
    assert [(cut.rule, cut.at, round(cut.keeps)) for cut in found.cuts] == [
        ("statsamerica", 1.2, 2703),
        ("observatory_stars", 2.0, 5222),
    ]
    for cut in found.cuts:
        lost = 6287 - cut.keeps
        here = (6287 - lost) / (22695 - lost)
        country = (94848 - lost) / (778005 - lost)
        assert here / country == pytest.approx(cut.at)


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
    assert said[1] == "(6,287 ÷ 22,695) ÷ (94,848 ÷ 778,005) = 2.27."
    assert "under 5,222, that is 1,065 fewer" in " ".join(said)
    assert explanations.sentences(found, Text("ka"))[1] == (
        "(6\u00a0287 ÷ 22\u00a0695) ÷ (94\u00a0848 ÷ 778\u00a0005) = 2,27."
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
