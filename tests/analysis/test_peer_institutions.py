"""Kinds of institutions of clusters, a region's against those of others."""

from __future__ import annotations

from atlas.analysis.peer_institutions import Kinds, kinds
from atlas.model import Release


def test_racha_against_kakheti(georgia: Release) -> None:
    found = kinds(georgia, "GE-RL", ["GE-SJ", "GE-SK", "GE-KA"])
    # Published of its wine cluster: the national wine agency and a consultancy.
    assert found.own == ("public_agency", "consultancy")
    assert [item.code for item in found.known] == ["GE-KA"]
    ((kind, regions),) = found.lacking
    assert (kind, [item.code for item in regions]) == ("association", ["GE-KA"])


def test_several_regions_have_what_is_lacking(georgia: Release) -> None:
    found = kinds(georgia, "GE-KA", ["GE-TB", "GE-SZ"])
    lacking = {kind: [item.code for item in items] for kind, items in found.lacking}
    assert lacking == {
        "cmo": ["GE-TB", "GE-SZ"],
        "university": ["GE-SZ"],
        "research": ["GE-TB", "GE-SZ"],
        "vocational": ["GE-TB"],
    }


def test_what_is_not_known_is_not_lacking(georgia: Release, toyland: Release) -> None:
    # No cluster of Imereti is published by name.
    imereti = kinds(georgia, "GE-IM", ["GE-KK"])
    assert (imereti.own, imereti.lacking) == ((), ())
    assert [item.code for item in imereti.known] == ["GE-KK"]
    # The school in North belongs to no cluster.
    assert kinds(toyland, "XT-S", ["XT-N"]) == Kinds(("cmo",), (), ())
