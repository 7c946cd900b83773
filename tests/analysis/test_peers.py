"""Who a region is like, beside whom it lies and what it lacks: toyland by hand, Georgia's golden
values."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from atlas.analysis.choices import choices
from atlas.analysis.compare import sector_amounts, sectors_of
from atlas.analysis.peers import AGREED, LACKING, PEERS, RULE, STRONG, lacking, neighbours, peers
from atlas.errors import ChoiceError
from atlas.model import Release


def alike(release: Release, region: str, year: int, measure: str = "employment") -> list[tuple]:
    found = peers(release, region, measure=measure, year=year).similar
    return [(pair.other.code, round(pair.index, 2), pair.sectors) for pair in found]


def test_toylands_parts_by_hand(toyland: Release) -> None:
    """North One: 10 of 60 farm, 50 make. North Two: 40 farm, and what it makes is 0 of what is
    known: shares 1/6, 5/6 and 1, 0."""
    (pair,) = peers(toyland, "XT-N1", measure="employment", year=2020).similar
    assert (pair.other.code, pair.sectors) == ("XT-N2", 2)
    assert pair.index == pytest.approx(2 * 5 / 6)
    # North and South: half and half each.
    assert alike(toyland, "XT-N", 2020) == [("XT-S", 0.0, 2)]


def test_toyland_without_figures(toyland: Release) -> None:
    found = peers(toyland, "XT-E", measure="employment", year=2020)
    assert (found.similar, found.codes, found.sectors) == ((), (), 0)
    assert found.lacks == found.untold == ()


def test_the_three_most_alike(georgia: Release) -> None:
    # Of Kakheti's seventeen sectors Shida Kartli has fifteen: electricity and water are missing.
    assert alike(georgia, "GE-KA", 2022) == [
        ("GE-SK", 0.32, 15), ("GE-MM", 0.43, 17), ("GE-SJ", 0.47, 16),
    ]  # fmt: skip
    found = peers(georgia, "GE-KA", measure="employment", year=2022)
    assert found.codes == ("GE-KA", "GE-SK", "GE-MM", "GE-SJ")
    assert found.sectors == 17


def test_the_index_by_hand(georgia: Release) -> None:
    amounts = sector_amounts(georgia, "employment", 2022)[sectors_of(choices(georgia))]
    both = amounts.loc[["GE-KA", "GE-SK"]].dropna(axis=1)
    assert both.shape == (2, 15)
    shares = both.div(both.sum(axis=1), axis=0)
    by_hand = (shares.loc["GE-KA"] - shares.loc["GE-SK"]).abs().sum()
    first = peers(georgia, "GE-KA", measure="employment", year=2022).similar[0]
    assert first.index == pytest.approx(by_hand)


def test_by_another_measure_and_year(georgia: Release) -> None:
    assert alike(georgia, "GE-KA", 2022, "turnover") != alike(georgia, "GE-KA", 2022)
    assert alike(georgia, "GE-KA", 2010) != alike(georgia, "GE-KA", 2022)


def test_what_imereti_lacks(georgia: Release) -> None:
    found = peers(georgia, "GE-IM", measure="employment", year=2022)
    assert [pair.other.code for pair in found.similar] == ["GE-SK", "GE-KK", "GE-AJ"]
    said = [
        (lack.sector.code, round(lack.quotient, 2), [(i.code, round(v, 2)) for i, v in lack.strong])
        for lack in found.lacks
    ]
    assert said == [
        ("A", 0.46, [("GE-KK", 4.0), ("GE-SK", 3.21)]),
        ("E", 0.25, [("GE-AJ", 1.23), ("GE-KK", 1.16)]),
    ]
    assert peers(georgia, "GE-KA", measure="employment", year=2022).lacks == ()


def test_the_rule_by_hand() -> None:
    quotients = pd.DataFrame(
        {
            "own": [0.49, 0.5, 0.0, 0.1, np.nan, 0.2],
            "p": [1.0, 3.0, 2.0, 5.0, 1.0, 1.0],
            "q": [1.5, 3.0, 1.0, 0.99, 1.0, 1.0],
            "r": [0.2, 3.0, np.nan, np.nan, 1.0, 1.0],
            "stranger": [9.0] * 6,
        },
        index=list("ABCDEF"),
    )
    lacks, untold = lacking(quotients, "own", ["p", "q", "r"])
    # A and C: two strong; F: three, so first. B has half, D one strong peer alone, E no figure.
    assert list(lacks) == ["F", "C", "A"]
    assert list(lacks["A"].items()) == [("q", 1.5), ("p", 1.0)]
    assert untold == ("E",)
    assert lacking(quotients, "own", ["p"]) == ({}, ())
    assert {"agreed": AGREED, "strong": STRONG, "lacking": LACKING} == RULE
    assert (PEERS, AGREED, STRONG, LACKING) == (3, 2, 1.0, 0.5)


def test_a_region_without_figures_has_neighbours_all_the_same(georgia: Release) -> None:
    abkhazia = peers(georgia, "GE-AB", measure="employment", year=2022)
    assert (abkhazia.similar, abkhazia.sectors, abkhazia.lacks) == ((), 0, ())
    assert [item.code for item in abkhazia.neighbours] == ["GE-SZ"]


def test_neighbours(georgia: Release, toyland: Release) -> None:
    around = neighbours(georgia, 1)
    assert around["GE-KA"] == ("GE-KK", "GE-MM")
    assert around["GE-TB"] == ("GE-KK", "GE-MM")
    assert len(around["GE-IM"]) == 5
    assert all(code in around[other] for code in around for other in around[code])
    # Levels are not mixed: no region is its part's neighbour.
    assert set(neighbours(toyland, 1)) == {"XT-N", "XT-S", "XT-E"}
    assert set(neighbours(toyland, 2)["XT-N1"]) <= {"XT-N2"}


@pytest.mark.parametrize(
    "wrong", [{"region": "GE-XX"}, {"year": 1990}, {"measure": "turn-over"}], ids=str
)
def test_a_choice_that_is_not_there(georgia: Release, wrong: dict[str, object]) -> None:
    asked = {"region": "GE-KA", "measure": "employment", "year": 2022, **wrong}
    with pytest.raises(ChoiceError):
        peers(georgia, asked.pop("region"), **asked)  # type: ignore[arg-type]
