"""Performing or under-performing, sign by sign; and whether an organisation would be admitted.

Nothing is added up to a score: a sign that nobody has looked at is unknown, and stays so in the
count. What the edition itself says of a sign (table ``signs``) stands before what its other tables
let us see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from atlas.analysis.clusters import ClusterView
from atlas.analysis.network import Network
from atlas.signs import PERFORMING, UNDERPERFORMING
from atlas.store import database

#: Name and address of what the signs are after, and of what the admission test is after.
SIGNS_SOURCE = (
    "UNIDO, Cluster Development Programme",
    (
        "https://www.unido.org/our-focus-advancing-economic-competitiveness-supporting-small-and"
        "-medium-industry-clusters/clusters-and-networks-development"
    ),
)
ADMISSION_SOURCE = (
    "European Cluster Collaboration Platform, “Register your profile”, validation criteria",
    "https://clustercollaboration.eu",
)
#: The platform's thresholds: a manager's working time, members, kinds of member.
LEAST_MANAGER, LEAST_MEMBERS, LEAST_KINDS = 0.5, 15, 2
#: Kinds of tie by which a public body is told what a cluster wants.
_HEARD = ("advocacy", "policy")
_PUBLIC = "public_agency"


@dataclass(frozen=True)
class Finding:
    """One sign or condition: ``state`` is ``yes`` (it is there, it is met), ``part``, ``no``,
    ``none`` (nothing recorded where it would be) or ``unknown``. ``basis`` is a fixed word for what
    that rests on, ``facts`` its figures, ``source`` the address or name of the source, if any."""

    name: str
    state: str
    basis: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    source: str | None = None


def signs(view: ClusterView, net: Network) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The signs of a performing cluster, and those of an under-performing one."""
    stated = database.run("cluster/signs", view.release, cluster=view.cluster.code)
    said = {
        row["sign"]: Finding(row["sign"], row["state"], "stated", row, _word(row["source"]))
        for row in stated.to_dict("records")
    }
    seen = {
        "linkages": _linkages(net),
        "organisation": _organisation(view),
        "vision": _vision(view),
        "services": _services(view),
        "voice": _voice(net),
    }
    known = {**seen, **said}
    opposite = {"no_services": "services", "little_influence": "voice"}
    for sign, other in opposite.items():
        # That a thing is there rules its lack out; that nothing is recorded proves no lack.
        if sign not in known and known[other].state in ("yes", "no"):
            turned = "no" if known[other].state == "yes" else "yes"
            known[sign] = Finding(sign, turned, "opposite", {"sign": other}, known[other].source)
    if "few_linkages" not in known and net.tied:
        facts = {"tied": net.tied, "possible": net.possible}
        known["few_linkages"] = Finding("few_linkages", "unknown", "no_census", facts)
    return (
        tuple(known.get(name) or _nothing(name) for name in PERFORMING),
        tuple(known.get(name) or _nothing(name) for name in UNDERPERFORMING),
    )


def _nothing(name: str) -> Finding:
    return Finding(name, "unknown", "nothing")


def _linkages(net: Network) -> Finding:
    if net.ties.empty:
        return _nothing("linkages")
    # No source says how many ties make enough; how many there are is never fully known.
    source = _word(net.ties["source"].iloc[0])
    return Finding("linkages", "part", "ties", {"ties": len(net.ties)}, source)


def _organisation(view: ClusterView) -> Finding:
    found = view.organisation
    if found is None:
        return Finding("organisation", "none", "no_organisation")
    manager, source = _number(found, "manager_fte"), _word(found["source"])
    facts = {"name": found["name"], "manager": manager}
    if manager is None:
        return Finding("organisation", "part", "manager_unknown", facts, source)
    state = "yes" if manager > 0 else "part"
    return Finding("organisation", state, "manager_known", facts, source)


def _vision(view: ClusterView) -> Finding:
    extra = view.cluster.extra
    vision, plan = bool(extra.get("vision")), bool(extra.get("action_plan_url"))
    source = _word(extra.get("action_plan_url") or extra.get("source"))
    if vision and plan:
        return Finding("vision", "yes", "vision_and_plan", source=source)
    if vision or plan:
        return Finding("vision", "part", "vision_only" if vision else "plan_only", source=source)
    return _nothing("vision")


def _services(view: ClusterView) -> Finding:
    found = view.organisation
    if found is not None and _services_of(found):
        return Finding("services", "yes", "services", dict(found), _word(found["source"]))
    return _nothing("services")


def _voice(net: Network) -> Finding:
    heard = net.ties[net.ties["kind"].isin(_HEARD)]
    public = set(net.nodes.index[net.nodes["type"] == _PUBLIC])
    heard = heard[heard["one"].isin(public) | heard["other"].isin(public)]
    if heard.empty:
        return _nothing("voice")
    facts = {"ties": len(heard)}
    return Finding("voice", "yes", "heard", facts, _word(heard["source"].iloc[0]))


def nearest_association(view: ClusterView, net: Network) -> pd.Series | None:
    """Where nobody runs the cluster: its association with the most ties, None if none has any."""
    if view.organisation is not None:
        return None
    nodes = net.nodes[net.nodes["member"] & (net.nodes["type"] == "association")]
    nodes = nodes[nodes["degree"] > 0].sort_values("degree", ascending=False, kind="stable")
    if nodes.empty:
        return None
    found = view.institutions
    return found[found["institution_id"] == nodes["id"].iloc[0]].iloc[0]


def admission(organisation: Mapping[str, Any], net: Network) -> tuple[Finding, ...]:
    """The European platform's conditions of admission, one by one, for one organisation.

    Recorded ties are no list of members: they can show that there are enough, not that there are
    too few. The platform waives its conditions for organisations of a public cluster programme.
    """
    key = f"institution:{organisation['institution_id']}"
    own = net.ties[(net.ties["one"] == key) | (net.ties["other"] == key)]
    partners = own["other"].where(own["one"] == key, own["one"])
    types = net.nodes["type"].reindex(partners)
    belonging = types[(own["kind"] == "membership").to_numpy()].dropna()
    return (
        _manager(organisation),
        _website(organisation),
        _members(organisation, len(set(belonging.index))),
        _kinds(tuple(dict.fromkeys(belonging))),
        Finding("public", "yes", "public_tie")
        if (types == _PUBLIC).any()
        else Finding("public", "unknown", "no_public_tie"),
    )


def _manager(organisation: Mapping[str, Any]) -> Finding:
    time, source = _number(organisation, "manager_fte"), _word(organisation["source"])
    if time is None:
        return Finding("manager", "unknown", "nothing")
    state = "yes" if time >= LEAST_MANAGER else "no"
    return Finding("manager", state, "manager_time", {"time": time}, source)


def _website(organisation: Mapping[str, Any]) -> Finding:
    website = _word(organisation.get("website"))
    if website is None:
        return Finding("website", "unknown", "nothing")
    # Whether it is in English and shows that they are at work, only a reader can say.
    return Finding("website", "unknown", "website_unread", source=website)


def _members(organisation: Mapping[str, Any], recorded: int) -> Finding:
    count, source = _number(organisation, "member_count"), _word(organisation["source"])
    if count is not None:
        state = "yes" if count >= LEAST_MEMBERS else "no"
        return Finding("members", state, "member_count", {**organisation, "count": count}, source)
    facts = {"recorded": recorded}
    state = "yes" if recorded >= LEAST_MEMBERS else "unknown"
    return Finding("members", state, "members_recorded" if recorded else "nothing", facts)


def _kinds(kinds: tuple[str, ...]) -> Finding:
    if len(kinds) >= LEAST_KINDS:
        return Finding("kinds", "yes", "kinds_recorded", {"kinds": kinds})
    return Finding("kinds", "unknown", "kinds_recorded" if kinds else "nothing", {"kinds": kinds})


def _services_of(organisation: Mapping[str, Any]) -> bool:
    return any(
        str(name).startswith("services") and _word(value) for name, value in organisation.items()
    )


def _number(row: Mapping[str, Any], name: str) -> float | None:
    value = row.get(name)
    return None if value is None or pd.isna(value) else float(value)


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
