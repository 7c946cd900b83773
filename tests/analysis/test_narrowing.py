"""Clusters that fit several choices, and the count of every other choice."""

from __future__ import annotations

import csv
import io
import itertools

import pytest

from atlas.analysis.narrowing import (
    FILTERS,
    ORDERS,
    measured_clusters,
    narrowed,
    narrowed_csv,
)
from atlas.model import Release


def ask(release: Release, words: str = "", order: str = "rank", **wanted: str):  # type: ignore[no-untyped-def]
    frame = measured_clusters(release)
    names = dict(zip(frame["cluster_id"], frame["name_en"], strict=True))
    return narrowed(release, wanted, words, order, names)


def test_georgias_ten_with_counts(georgia: Release) -> None:
    answer = ask(georgia)
    assert list(answer.clusters["rank"]) == list(range(1, 11))
    assert answer.total == 10
    assert answer.counts["region"] == {"GE-KA": 1, "GE-TB": 4, "GE-KK": 2, "GE-SZ": 2, "GE-RL": 1}
    assert answer.counts["sector"] == {"C": 8, "A": 2}
    assert answer.counts["organisation"] == {"recorded": 4, "none": 6}
    assert answer.counts["stage"] == {"unknown": 10}
    # Kvemo Kartli's agriculture: a quotient of 4.0 and the largest share of the country's.
    assert answer.counts["stars"] == {"0": 10, "1": 7, "2": 1}
    assert answer.counts["firms"] == {"1": 6, "2": 4, "5": 1}


def test_every_count_is_what_the_choice_leaves(georgia: Release) -> None:
    for words, fixed in itertools.product(
        ("", "wine"), ({}, {"organisation": "none"}, {"sector": "C"})
    ):
        counts = ask(georgia, words, **fixed).counts
        for name in FILTERS:
            for choice, count in counts[name].items():
                left = ask(georgia, words, **{**fixed, name: choice}).clusters
                assert len(left) == count, (words, fixed, name, choice)


@pytest.mark.parametrize(
    ("words", "clusters"),
    [
        ("wine", {"wine-kakheti", "wine-kvemo-kartli", "wine-racha-lechkhumi-and-kvemo-svaneti"}),
        ("ღვინო კახეთი", {"wine-kakheti"}),
        ("WINE  kakh", {"wine-kakheti"}),
        ("samegrelo fish", {"marine-fishing-samegrelo-zemo-svaneti"}),
        ("beer", set()),
        ("<script>", set()),
    ],
)
def test_words_fit_from_their_beginning_in_any_language(
    georgia: Release, words: str, clusters: set[str]
) -> None:
    assert set(ask(georgia, words).clusters["cluster_id"]) == clusters


def test_orders(georgia: Release) -> None:
    found = {order: ask(georgia, order=order).clusters for order in ORDERS}
    assert found["name"]["name_en"].is_monotonic_increasing
    assert found["firms"]["firms"].is_monotonic_decreasing
    assert found["location_quotient"]["location_quotient"].is_monotonic_decreasing
    assert found["location_quotient"]["cluster_id"].iloc[0] == "poultry-kvemo-kartli"
    assert found["location_quotient"]["location_quotient"].iloc[0] == pytest.approx(
        3.9986, abs=1e-4
    )
    for frame in found.values():
        assert len(frame) == 10


def test_why_nothing_fits(georgia: Release) -> None:
    answer = ask(georgia, "wine", sector="A", organisation="recorded")
    assert answer.clusters.empty
    # Three make wine, two belong to agriculture, four are run by an organisation.
    assert answer.alone == {"find": 3, "sector": 2, "organisation": 4}
    # Marine fishing alone is of agriculture and run by one; no wine cluster is either.
    assert answer.without == {"find": 1, "sector": 0, "organisation": 0}
    everything = ask(georgia)
    assert (everything.alone, everything.without) == ({}, {})


def test_figures_are_of_the_newest_year(georgia: Release, toyland: Release) -> None:
    frame = measured_clusters(georgia).set_index("cluster_id")
    wine = frame.loc["wine-kakheti"]
    assert (round(wine["location_quotient"], 2), wine["stars"], wine["year"]) == (2.27, 1, 2022)
    # South's food: (60 / 200) / (80 / 320); of two known regions it has the larger share and focus.
    (row,) = measured_clusters(toyland).to_dict("records")
    assert (row["sector"], row["year"]) == ("C10", 2020)
    assert row["location_quotient"] == pytest.approx(1.2)
    assert row["stars"] == 2


def test_the_file_has_what_is_shown_in_its_order(georgia: Release) -> None:
    rows = list(csv.DictReader(io.StringIO(narrowed_csv(ask(georgia, "wine", "firms")).decode())))
    assert [row["cluster_id"] for row in rows] == [
        "wine-kakheti", "wine-racha-lechkhumi-and-kvemo-svaneti", "wine-kvemo-kartli",
    ]  # fmt: skip
    first = rows[0]
    assert (first["industry_codes"], first["sector"], first["year"]) == ("11.02", "C", "2022")
    assert first["stage"] == ""
    assert float(first["location_quotient"]) == pytest.approx(2.27, abs=0.005)
    assert not [column for column in first if column.startswith("_") or column == "symbol"]


def test_toylands_one(toyland: Release) -> None:
    answer = ask(toyland, "ძირი")
    assert answer.clusters.empty
    assert ask(toyland, "საკვები", stage="emerging").clusters["cluster_id"].tolist() == [
        "food-south"
    ]
    assert ask(toyland).counts["firms"] == {"1": 1, "2": 1}
