"""The signs by which a cluster is seen to perform or not, after UNIDO, and what may be said."""

from __future__ import annotations

from collections.abc import Mapping

from atlas.model import mark

#: Signs of a performing cluster and of an under-performing one, after UNIDO.
PERFORMING: Mapping[str, str] = {
    "linkages": mark("Linkages among firms and institutions"),
    "trust": mark("Trust and social capital"),
    "organisation": mark("Cluster organisation with a manager"),
    "vision": mark("Vision and action plan"),
    "services": mark("Services to members"),
    "voice": mark("A say in policy"),
}
UNDERPERFORMING: Mapping[str, str] = {
    "few_linkages": mark("Few linkages"),
    "weak_bargaining": mark("Weak bargaining in inputs"),
    "no_services": mark("No specialised services"),
    "little_influence": mark("Little influence"),
}
#: What an edition may say of a sign.
SIGN_STATES = ("yes", "part", "no")
