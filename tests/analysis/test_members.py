"""A cluster's members: narrowed, one by one, and by stage of the value chain."""

from __future__ import annotations

import pytest

from atlas.analysis.clusters import ClusterView, cluster_view
from atlas.analysis.members import chain, kinds, member, narrowed
from atlas.analysis.network import network
from atlas.errors import ChoiceError
from atlas.model import Release


@pytest.fixture
def wine(georgia: Release) -> ClusterView:
    return cluster_view(georgia, "wine-kakheti")


def shown(view: ClusterView, **words: str) -> list[str]:
    firms, institutions = narrowed(view, **words)
    return [*firms["name"], *institutions["name"]]


def test_kinds_and_their_numbers(wine: ClusterView, toyland: Release) -> None:
    assert kinds(wine) == {
        "all": 8, "firms": 5, "institutions": 3,
        "association": 1, "public_agency": 1, "consultancy": 1,
    }  # fmt: skip
    # One type alone is all institutions.
    assert kinds(cluster_view(toyland, "food-south")) == {"all": 3, "firms": 2, "institutions": 1}


def test_every_kind_shows_as_many_as_it_says(wine: ClusterView) -> None:
    for kind, number in kinds(wine).items():
        assert len(shown(wine, kind=kind)) == number


def test_words_are_found_in_any_language_and_case(wine: ClusterView) -> None:
    assert shown(wine, words="TELAVI") == ["Telavi Wine Cellar", "Kakhetian Winemakers Guild"]
    assert shown(wine, words="telavi cellar") == ["Telavi Wine Cellar"]
    assert shown(wine, words="თელავი") == ["Telavi Wine Cellar", "Kakhetian Winemakers Guild"]
    assert shown(wine, words="telavi", kind="firms") == ["Telavi Wine Cellar"]
    assert shown(wine, words="nobody") == []
    # Where it is said is not what is said.
    assert shown(wine, words="vinoge") == []


def test_one_member_with_its_ties(wine: ClusterView) -> None:
    found = member(wine, network(wine), "firm", "kakhuri")
    assert found.row["name"] == "Kakhuri"
    assert found.belongs
    assert found.clusters["cluster_id"].tolist() == ["wine-kakheti"]
    assert found.ties[["other", "kind"]].values.tolist() == [
        ["institution:kakhetian-winemakers-guild", "membership"]
    ]
    agency = member(wine, network(wine), "institution", "national-wine-agency")
    assert len(agency.clusters) == 3
    assert agency.ties.empty


def test_one_who_is_only_tied(georgia: Release) -> None:
    view = cluster_view(georgia, "pharmaceutical-tbilisi")
    found = member(view, network(view), "firm", "biochimpharm")
    assert (found.row["name"], found.belongs) == ("BioChimPharm", False)
    assert found.clusters.empty
    assert found.ties["other"].tolist() == ["institution:georgian-biopharmaceutical-cluster"]


def test_a_firm_of_another_cluster_is_refused(wine: ClusterView) -> None:
    with pytest.raises(ChoiceError) as raised:
        member(wine, network(wine), "firm", "kakhury")
    assert raised.value.facts == {"value": "kakhury", "nearest": "kakhuri"}


def test_the_value_chain_in_the_editions_order(toyland: Release, georgia: Release) -> None:
    stages, ordered = chain(cluster_view(toyland, "food-south"))
    assert ordered
    # The edition's order; by the alphabet Baking would come first.
    assert [(stage, firms["firm_id"].tolist()) for stage, firms in stages] == [
        ("Milling", ["mill"]), ("Baking", ["oven"]),
    ]  # fmt: skip
    assert chain(cluster_view(georgia, "wine-kakheti")) == ([], False)
