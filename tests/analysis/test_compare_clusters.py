"""Clusters side by side: what is recorded, and the sector that is not their own."""

from __future__ import annotations

import csv
import io

import pytest

from atlas.analysis.compare_clusters import clusters_csv, clusters_view, usual_clusters
from atlas.errors import ChoiceError
from atlas.model import Release


def test_three_clusters(georgia: Release) -> None:
    codes = ["furniture-tbilisi", "wine-kakheti", "poultry-kvemo-kartli"]
    view = clusters_view(georgia, codes)
    assert [one.cluster.code for one in view.clusters] == codes
    assert view.number == 10
    assert [one.organisation is not None for one in view.clusters] == [True, False, False]
    wine = view.sectors["wine-kakheti"]
    assert wine is not None
    assert (wine.year, wine.since, wine.amount) == (2022, 2012, 6287)
    assert round(wine.location_quotient, 2) == 2.27
    assert wine.focus == pytest.approx(6287 / 22695)
    assert wine.growth == pytest.approx(6287 / 4048 - 1)
    poultry = view.sectors["poultry-kvemo-kartli"]
    assert poultry is not None
    assert (poultry.amount, round(poultry.location_quotient, 2)) == (3199, 4.00)


def test_the_first_of_the_ranking_stand_there_unless_others_are_chosen(georgia: Release) -> None:
    assert usual_clusters(georgia) == (
        "wine-kakheti",
        "pharmaceutical-tbilisi",
        "poultry-kvemo-kartli",
        "marine-fishing-samegrelo-zemo-svaneti",
    )


def test_clusters_as_a_file(georgia: Release) -> None:
    view = clusters_view(georgia, ["wine-kakheti", "furniture-tbilisi"])
    wine, furniture = csv.DictReader(io.StringIO(clusters_csv(view).decode()))
    assert (wine["rank"], wine["stage"], wine["cmo_id"], wine["firms"]) == ("1", "", "", "5")
    assert (wine["industry_code"], wine["amount"], wine["since"]) == ("C", "6287.0", "2012")
    assert furniture["cmo_id"] == "georgian-furniture-cluster-gfc"


@pytest.mark.parametrize(
    ("clusters", "kind"),
    [
        (["wine-kakheti"], "clusters_number"),
        (["wine-kakheti", "wine-kakheti"], "clusters_number"),
        (["wine-kakheti", "nope"], "unknown_cluster"),
    ],
)
def test_what_cannot_be_compared(georgia: Release, clusters: list[str], kind: str) -> None:
    with pytest.raises(ChoiceError) as raised:
        clusters_view(georgia, clusters)
    assert raised.value.kind == kind
