"""The clusters of a release, and all that is recorded of one."""

from __future__ import annotations

import pytest

from atlas.analysis.clusters import all_clusters, cluster_view
from atlas.errors import ChoiceError
from atlas.model import Release


def test_georgias_ten_in_the_order_of_their_rank(georgia: Release) -> None:
    frame = all_clusters(georgia)
    assert list(frame["rank"]) == list(range(1, 11))
    first = frame.iloc[0]
    assert (first["cluster_id"], first["region_code"]) == ("wine-kakheti", "GE-KA")
    assert (first["firms"], first["institutions"]) == (5, 3)
    assert (first["industry_codes"], first["sector"]) == (("11.02",), "C")
    assert frame["firms"].sum() == 13
    assert frame["sector"].value_counts().to_dict() == {"C": 8, "A": 2}
    poultry = frame.set_index("cluster_id").loc["poultry-kvemo-kartli"]
    assert (poultry["industry_codes"], poultry["sector"]) == (("01.47", "10.12"), "A")


def test_wine_in_kakheti(georgia: Release) -> None:
    view = cluster_view(georgia, "wine-kakheti")
    assert view.cluster.names == {"en": "Wine, Kakheti", "ka": "ღვინო, კახეთი"}
    assert view.region.code == "GE-KA"
    assert [industry.code for industry in view.industries] == ["11.02"]
    assert view.with_figures is not None
    assert view.with_figures.code == "C"
    assert (len(view.firms), len(view.institutions), view.number) == (5, 3, 10)
    # Nobody is known to run it.
    assert view.organisation is None
    assert view.trend.index.tolist() == list(range(2006, 2023))
    newest = view.trend.loc[2022]
    assert (newest["amount"], round(newest["location_quotient"], 2)) == (6287, 2.27)
    assert newest["size"] == pytest.approx(6287 / 94848)
    assert view.grown is not None
    assert (view.grown.since, view.grown.year) == (2012, 2022)
    assert view.grown.region == pytest.approx(6287 / 4048 - 1)
    # Persons employed in Manufacturing in the country, as published: 83,696 and 94,848.
    assert view.grown.country == pytest.approx(94848 / 83696 - 1)


def test_a_cluster_with_an_organisation(georgia: Release) -> None:
    view = cluster_view(georgia, "furniture-tbilisi")
    assert view.organisation is not None
    assert view.organisation["institution_id"] == "georgian-furniture-cluster-gfc"
    # The one who runs it comes first.
    assert view.institutions["institution_id"].iloc[0] == "georgian-furniture-cluster-gfc"
    assert view.institutions["role"].iloc[0] == "cmo"


def test_trend_of_another_measure(georgia: Release) -> None:
    view = cluster_view(georgia, "wine-kakheti", measure="turnover")
    assert view.trend.loc[2022, "amount"] == 864.7
    assert view.measure == "turnover"


def test_toylands_only_cluster(toyland: Release) -> None:
    view = cluster_view(toyland, "food-south")
    assert view.firms["name"].tolist() == ["=1+1 Oven", "Mill <script>alert(1)</script>"]
    assert view.organisation is not None
    assert view.organisation["name"] == "Food Club"
    assert view.cluster.extra["stage"] == "emerging"
    assert view.trend["amount"].to_dict() == {2020: 60}
    assert view.grown is None
    assert len(view.facts) == 0


def test_an_unknown_cluster_names_the_nearest(georgia: Release) -> None:
    with pytest.raises(ChoiceError) as raised:
        cluster_view(georgia, "wine-kaheti")
    assert raised.value.kind == "unknown_cluster"
    assert raised.value.facts == {"value": "wine-kaheti", "nearest": "wine-kakheti"}
