"""Who works with whom in a cluster: its network of firms, institutions and organisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd

from atlas.analysis.clusters import ClusterView
from atlas.names import INSTITUTION_TYPES
from atlas.store import database

#: What a cluster has beside its firms, and the types of institution that do each. The roles are
#: those of the model below; which of our types does which is our own reading: a university both
#: researches and teaches.
EXPECTED: Mapping[str, tuple[str, ...]] = {
    "research": ("research", "university"),
    "education": ("university", "vocational"),
    "capital": ("finance",),
    "government": ("public_agency",),
    "organisation": ("cmo",),
}
#: Where those roles are from: its seven innovation gaps.
SOURCE = "Lindqvist, Sölvell: Organising Clusters for Innovation. CLUSNET final report, 2011"
#: Above so many nodes the drawing is left to springs: the other way takes the cube of the number.
_MANY = 80
#: A group lower than this share of its width is a row.
_FLAT = 0.05


@dataclass(frozen=True)
class Network:
    """A cluster's members, those they are tied to, and the ties that a source states.

    ``nodes``: index ``firm:<id>`` or ``institution:<id>``, members first; columns kind, id, name,
    type (``firm`` or the institution's), symbol, member (False: only tied to one), runs (the
    cluster's organisation), degree (number of others it is tied to) and betweenness (share of the
    shortest ways between two others that lead through it, 0 to 1; 0 without such ways).
    ``ties``: one row each, in the edition's words; ``one`` and ``other`` name its nodes.
    ``possible`` pairs of members and how many of them are ``tied``; ``density``: the share, NaN
    with fewer than two members. ``central``: most ties, ``bridges``: most ways through them, both
    empty where there are none. ``isolated``: members without a tie. ``groups``: nodes that hang
    together, largest group first, each with its ``places``: x and y from -1 to 1.
    ``lacking``: roles of EXPECTED that no member and nobody tied to one has; ``absent``: types of
    institution of which nobody is here.
    """

    nodes: pd.DataFrame
    ties: pd.DataFrame
    possible: int
    tied: int
    density: float
    central: tuple[str, ...]
    bridges: tuple[str, ...]
    isolated: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    places: Mapping[str, tuple[float, float]]
    lacking: tuple[str, ...]
    absent: tuple[str, ...]


def network(view: ClusterView) -> Network:
    """The network of a cluster."""
    ties = database.run("cluster/ties", view.release, cluster=view.cluster.code)
    own = {"institution": view.institutions, "firm": view.firms}
    tied = {
        kind: outside(view, kind, _ends(ties, kind) - set(own[kind][f"{kind}_id"])) for kind in own
    }
    nodes = pd.concat(
        _nodes(frame, kind, member=found is own)
        for found in (own, tied)
        for kind, frame in found.items()
    )
    runs_it = None if view.organisation is None else view.organisation["institution_id"]
    nodes["runs"] = (nodes["kind"] == "institution") & (nodes["id"] == runs_it)
    return measured(nodes, ties)


def outside(view: ClusterView, kind: str, codes: Iterable[str]) -> pd.DataFrame:
    """Firms or institutions (``kind``) by their codes, whether they are members or not."""
    if kind == "firm":
        return database.run("cluster/firms_by_id", view.release, ids=sorted(codes))
    return database.run("cluster/institutions_by_id", view.release, ids=sorted(codes))


def _ends(ties: pd.DataFrame, kind: str) -> set[str]:
    """The firms, or institutions, at either end of the ties."""
    ends = [ties.loc[ties[f"{end}_kind"] == kind, f"{end}_id"] for end in ("from", "to")]
    return set(pd.concat(ends))


def measured(nodes: pd.DataFrame, ties: pd.DataFrame) -> Network:
    """The figures of a network. ``nodes`` as in Network without degree and betweenness; ``ties``
    with from_kind, from_id, to_kind, to_id. A tie of one with itself counts for nothing."""
    ends = {
        name: ties[f"{end}_kind"].str.cat(ties[f"{end}_id"], sep=":")
        for name, end in (("one", "from"), ("other", "to"))
    }
    ties = ties.assign(**ends)
    graph = nx.Graph()
    graph.add_nodes_from(nodes.index)
    graph.add_edges_from(
        (one, other)
        for one, other in zip(ties["one"], ties["other"], strict=True)
        if one != other and one in graph and other in graph
    )
    nodes = nodes.assign(
        degree=pd.Series(dict(graph.degree()), dtype="int64").reindex(nodes.index),
        betweenness=pd.Series(nx.betweenness_centrality(graph), dtype=float).reindex(nodes.index),
    )
    members = list(nodes.index[nodes["member"]])
    within = graph.subgraph(members)
    here = set(nodes["type"])
    groups = sorted(
        (
            tuple(key for key in nodes.index if key in part)
            for part in nx.connected_components(graph)
        ),
        key=len,
        reverse=True,
    )
    groups = [group for group in groups if len(group) > 1]
    return Network(
        nodes=nodes,
        ties=ties,
        possible=len(members) * (len(members) - 1) // 2,
        tied=within.number_of_edges(),
        density=float(nx.density(within)) if len(members) > 1 else float("nan"),
        central=_highest(nodes["degree"]),
        bridges=_highest(nodes["betweenness"].round(9)),
        isolated=tuple(key for key in members if graph.degree(key) == 0),
        groups=tuple(groups),
        places={
            key: place for group in groups for key, place in _places(graph.subgraph(group)).items()
        },
        lacking=tuple(role for role, types in EXPECTED.items() if not here & set(types)),
        absent=tuple(kind for kind in INSTITUTION_TYPES if kind not in here),
    )


def _nodes(frame: pd.DataFrame, kind: str, *, member: bool) -> pd.DataFrame:
    index = f"{kind}:" + frame[f"{kind}_id"]
    return pd.DataFrame(
        {
            "kind": kind,
            "id": frame[f"{kind}_id"].to_numpy(),
            "name": frame["name"].to_numpy(),
            "type": "firm" if kind == "firm" else frame["type"].to_numpy(),
            "symbol": frame["symbol"].to_numpy() if kind == "firm" else None,
            "member": member,
        },
        index=pd.Index(index, dtype="str"),
    )


def _highest(figure: pd.Series) -> tuple[str, ...]:
    top = figure.max() if len(figure) else 0
    return tuple(str(key) for key in figure.index[figure == top]) if top > 0 else ()


def _places(group: nx.Graph) -> dict[str, tuple[float, float]]:
    """Where the nodes of a group stand, the group's longest way lying level.

    The drawing is the same on every run: it starts from a circle in the order of the nodes.
    """
    keys = list(group)
    found = (
        nx.spring_layout(group, seed=0, iterations=200)
        if len(keys) > _MANY
        else nx.kamada_kawai_layout(group)
    )
    spots = np.array([found[key] for key in keys], dtype=float)
    spots -= spots.mean(axis=0)
    _, _, axes = np.linalg.svd(spots, full_matrices=False)
    # Either end may point right; the first node that is not in the middle decides.
    spots = spots @ axes.T
    for column in (0, 1):
        far = spots[np.abs(spots[:, column]) > 1e-6, column]
        if len(far) and far[0] > 0:
            spots[:, column] *= -1
    reach = np.abs(spots).max(axis=0)
    # A row stays a row: what is left of its height is the placing's last uncertainty.
    spots = np.where(reach > _FLAT * reach[0], spots / np.maximum(reach, 1e-9), 0.0)
    return {
        key: (round(float(x), 4) + 0.0, round(float(y), 4) + 0.0)
        for key, (x, y) in zip(keys, spots, strict=True)
    }
