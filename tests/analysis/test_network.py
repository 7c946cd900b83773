"""Who works with whom: figures of small networks, worked out by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from atlas.analysis.clusters import all_clusters, cluster_view
from atlas.analysis.network import EXPECTED, Network, measured, network
from atlas.model import Release
from atlas.names import INSTITUTION_TYPES


def made(members: str, outside: str, *ties: str) -> Network:
    """A network of firms with one letter each; ``ab`` ties a to b."""
    nodes = pd.DataFrame(
        {
            "kind": "firm",
            "id": list(members + outside),
            "name": list(members + outside),
            "type": "firm",
            "symbol": None,
            "member": [letter in members for letter in members + outside],
            "runs": False,
        },
        index=[f"firm:{letter}" for letter in members + outside],
    )
    frame = pd.DataFrame(
        [("firm", one, "firm", other, "supply") for one, other in ties],
        columns=["from_kind", "from_id", "to_kind", "to_id", "kind"],
        dtype="str",
    )
    return measured(nodes, frame)


def test_a_path_of_four_with_one_aside() -> None:
    # a - b - c - d and e alone: 3 of 10 pairs; b is between a-c and a-d, 2 of 6 pairs of others.
    net = made("abcde", "", "ab", "bc", "cd")
    assert (net.tied, net.possible, net.density) == (3, 10, 0.3)
    assert net.nodes["degree"].tolist() == [1, 2, 2, 1, 0]
    assert net.nodes["betweenness"].tolist() == pytest.approx([0, 2 / 6, 2 / 6, 0, 0])
    assert net.central == net.bridges == ("firm:b", "firm:c")
    assert net.isolated == ("firm:e",)
    assert net.groups == (("firm:a", "firm:b", "firm:c", "firm:d"),)


def test_a_triangle_has_nobody_in_between() -> None:
    net = made("abc", "", "ab", "bc", "ca")
    assert net.density == 1
    assert net.bridges == ()
    assert net.central == ("firm:a", "firm:b", "firm:c")


def test_the_same_pair_counts_once_and_nobody_is_tied_to_itself() -> None:
    net = made("abc", "", "ab", "ba", "ab", "cc")
    assert (net.tied, len(net.ties)) == (1, 4)
    assert net.nodes["degree"].tolist() == [1, 1, 0]
    assert net.isolated == ("firm:c",)


def test_those_outside_count_for_no_density() -> None:
    net = made("abc", "x", "ax", "ab")
    assert (net.tied, net.possible) == (1, 3)
    assert net.density == pytest.approx(1 / 3)
    # ... but a tie with them is a tie.
    assert net.nodes["degree"].to_dict() == {"firm:a": 2, "firm:b": 1, "firm:c": 0, "firm:x": 1}
    assert net.central == ("firm:a",)
    assert net.isolated == ("firm:c",)


def test_one_or_nobody_is_no_network() -> None:
    assert math.isnan(made("a", "").density)
    nobody = made("", "")
    assert math.isnan(nobody.density)
    assert (nobody.central, nobody.groups, nobody.isolated) == ((), (), ())


def test_the_larger_group_comes_first_and_lies_level() -> None:
    net = made("abcdef", "", "ab", "cd", "de")
    assert [len(group) for group in net.groups] == [3, 2]
    for group in net.groups:
        x = [net.places[key][0] for key in group]
        assert (min(x), max(x)) == (-1, 1)
        assert all(abs(net.places[key][1]) < 1e-3 for key in group)
    assert made("abcdef", "", "ab", "cd", "de").places == net.places


def test_a_hundred_are_placed_apart() -> None:
    letters = "".join(chr(0x4E00 + number) for number in range(100))
    net = made(letters, "", *(letters[0] + other for other in letters[1:]))
    assert net.nodes["degree"].max() == 99
    assert len(set(net.places.values())) == 100


def test_toyland(toyland: Release) -> None:
    # Oven - Mill - Food Club - Toy School, which is no member.
    net = network(cluster_view(toyland, "food-south"))
    assert net.nodes["member"].to_dict() == {
        "institution:food-club": True,
        "firm:oven": True,
        "firm:mill": True,
        "institution:school": False,
    }
    assert net.nodes.index[net.nodes["runs"]].tolist() == ["institution:food-club"]
    assert (net.tied, net.possible) == (2, 3)
    assert net.density == pytest.approx(2 / 3)
    assert net.central == net.bridges == ("institution:food-club", "firm:mill")
    assert net.nodes["betweenness"].tolist() == pytest.approx([2 / 3, 0, 2 / 3, 0])
    assert net.isolated == ()
    # The school researches and teaches.
    assert net.lacking == ("capital", "government")
    assert net.absent == tuple(
        kind for kind in INSTITUTION_TYPES if kind not in ("cmo", "university")
    )


def test_wine_in_kakheti(georgia: Release) -> None:
    net = network(cluster_view(georgia, "wine-kakheti"))
    guild = "institution:kakhetian-winemakers-guild"
    assert (net.tied, net.possible) == (5, 28)
    assert net.density == pytest.approx(5 / 28)
    assert net.central == net.bridges == (guild,)
    # All ten pairs of the five wineries, of the 21 pairs of the seven others.
    assert net.nodes.at[guild, "betweenness"] == pytest.approx(10 / 21)
    assert net.isolated == ("institution:national-wine-agency", "institution:tbsc-consulting")
    assert net.lacking == ("research", "education", "capital", "organisation")


def test_a_co_founder_without_a_region_stays_outside(georgia: Release) -> None:
    net = network(cluster_view(georgia, "pharmaceutical-tbilisi"))
    assert net.nodes.index[~net.nodes["member"].astype(bool)].tolist() == ["firm:biochimpharm"]
    assert (net.tied, net.density) == (0, 0)
    assert net.groups == (("institution:georgian-biopharmaceutical-cluster", "firm:biochimpharm"),)


def test_every_cluster_names_what_is_lacking(georgia: Release) -> None:
    lacking = {
        cluster: network(cluster_view(georgia, cluster)).lacking
        for cluster in all_clusters(georgia)["cluster_id"]
    }
    assert all("capital" in roles for roles in lacking.values())
    assert lacking["marine-fishing-samegrelo-zemo-svaneti"] == ("capital",)
    assert lacking["jewelry-tbilisi"] == tuple(EXPECTED)
