"""Signs and the admission test: what is known, what is not, and on what ground."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from atlas.analysis.clusters import all_clusters, cluster_view
from atlas.analysis.network import Network, network
from atlas.analysis.signs import Finding, admission, nearest_association, signs
from atlas.model import Release
from atlas.signs import PERFORMING, UNDERPERFORMING

ORGANISATION: dict[str, Any] = {
    "institution_id": "food-club", "name": "Food Club", "website": None, "source": "invented",
    "manager_fte": None, "member_count": None,
}  # fmt: skip


def of(release: Release, cluster: str) -> dict[str, Finding]:
    view = cluster_view(release, cluster)
    performing, under = signs(view, network(view))
    assert [found.name for found in performing] == list(PERFORMING)
    assert [found.name for found in under] == list(UNDERPERFORMING)
    return {found.name: found for found in (*performing, *under)}


def states(found: dict[str, Finding]) -> dict[str, str]:
    return {name: finding.state for name, finding in found.items()}


def test_wine_in_kakheti_is_mostly_unknown(georgia: Release) -> None:
    found = of(georgia, "wine-kakheti")
    known = {name: state for name, state in states(found).items() if state != "unknown"}
    assert known == {"linkages": "part", "organisation": "none"}
    assert found["linkages"].facts == {"ties": 5}
    assert found["linkages"].source == (
        "http://en.vinoge.com/articles/kakhetian-winemakers-guild-takes-first-step"
    )
    assert found["few_linkages"].basis == "no_census"
    assert found["few_linkages"].facts == {"tied": 5, "possible": 28}


def test_an_organisation_is_known_in_part_without_its_manager(georgia: Release) -> None:
    found = of(georgia, "furniture-tbilisi")["organisation"]
    assert (found.state, found.basis) == ("part", "manager_unknown")
    assert found.facts["name"] == "Georgian Furniture Cluster (GFC)"


def test_no_cluster_of_georgia_is_called_performing_or_not(georgia: Release) -> None:
    for cluster in all_clusters(georgia)["cluster_id"]:
        counted = list(states(of(georgia, cluster)).values())
        assert counted.count("unknown") >= 8
        assert "yes" not in counted
        assert "no" not in counted


def test_toyland_says_what_it_knows(toyland: Release) -> None:
    found = of(toyland, "food-south")
    assert states(found) == {
        "linkages": "part",
        "trust": "yes",
        "organisation": "yes",
        "vision": "unknown",
        "services": "yes",
        "voice": "unknown",
        "few_linkages": "unknown",
        "weak_bargaining": "no",
        # Services to members are known, so their lack is ruled out.
        "no_services": "no",
        "little_influence": "unknown",
    }
    assert found["trust"].facts["detail_en"] == "Members lend each other ovens"
    assert found["no_services"].facts == {"sign": "services"}


@pytest.fixture
def club(toyland: Release) -> Network:
    return network(cluster_view(toyland, "food-south"))


def put_to_it(net: Network, **known: Any) -> dict[str, tuple[str, str]]:
    found = admission({**ORGANISATION, **known}, net)
    return {finding.name: (finding.state, finding.basis) for finding in found}


def test_nothing_known_is_nothing_decided(club: Network) -> None:
    assert put_to_it(club) == {
        "manager": ("unknown", "nothing"),
        "website": ("unknown", "nothing"),
        # One firm is recorded as a member: neither enough nor too few.
        "members": ("unknown", "members_recorded"),
        "kinds": ("unknown", "kinds_recorded"),
        "public": ("unknown", "no_public_tie"),
    }


@pytest.mark.parametrize(("time", "state"), [(0.0, "no"), (0.49, "no"), (0.5, "yes"), (1.0, "yes")])
def test_half_a_manager_is_enough(time: float, state: str, club: Network) -> None:
    assert put_to_it(club, manager_fte=time)["manager"] == (state, "manager_time")


@pytest.mark.parametrize(("count", "state"), [(0.0, "no"), (14.0, "no"), (15.0, "yes")])
def test_fifteen_members_are_enough(count: float, state: str, club: Network) -> None:
    assert put_to_it(club, member_count=count)["members"] == (state, "member_count")


def with_members(net: Network, *kinds: str) -> Network:
    """The club with one more member of each of these types."""
    new = pd.DataFrame(
        {"kind": "institution", "type": kinds, "member": True, "runs": False},
        index=[f"institution:new{number}" for number in range(len(kinds))],
    )
    ties = pd.DataFrame({"one": new.index, "other": "institution:food-club", "kind": "membership"})
    return Network(
        **{
            **vars(net),
            "nodes": pd.concat([net.nodes, new]),
            "ties": pd.concat([net.ties, ties]),
        }
    )


def test_recorded_members_can_be_enough_but_never_too_few(club: Network) -> None:
    assert put_to_it(with_members(club, *["finance"] * 13))["members"][0] == "unknown"
    assert put_to_it(with_members(club, *["finance"] * 14))["members"][0] == "yes"


def test_kinds_of_member_and_public_bodies(club: Network) -> None:
    both = put_to_it(with_members(club, "public_agency"))
    assert both["kinds"] == ("yes", "kinds_recorded")
    assert both["public"] == ("yes", "public_tie")


def test_the_guild_is_below_fifteen_members(georgia: Release) -> None:
    view = cluster_view(georgia, "wine-kakheti")
    net = network(view)
    guild = nearest_association(view, net)
    assert guild is not None
    assert guild["name"] == "Kakhetian Winemakers Guild"
    found = {finding.name: finding for finding in admission(guild.to_dict(), net)}
    assert (found["members"].state, found["members"].facts["count"]) == ("no", 5)
    assert [f.state for name, f in found.items() if name != "members"] == ["unknown"] * 4


def test_published_members_of_georgias_organisations(georgia: Release) -> None:
    found = {}
    for cluster in all_clusters(georgia)["cluster_id"]:
        view = cluster_view(georgia, cluster)
        if view.organisation is not None:
            conditions = admission(view.organisation.to_dict(), network(view))
            found[cluster] = next(one for one in conditions if one.name == "members").state
    assert found == {
        "pharmaceutical-tbilisi": "unknown",
        "marine-fishing-samegrelo-zemo-svaneti": "unknown",
        "furniture-tbilisi": "yes",
        "apparel-tbilisi": "yes",
    }


def test_no_association_comes_near_without_a_tie(georgia: Release) -> None:
    view = cluster_view(georgia, "poultry-kvemo-kartli")
    assert "association" in set(view.institutions["type"])
    assert nearest_association(view, network(view)) is None
