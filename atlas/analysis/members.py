"""A cluster's firms and institutions: those that are shown, and one of them with all its ties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from atlas.analysis.clusters import ClusterView, all_clusters
from atlas.analysis.network import Network, outside
from atlas.errors import unknown
from atlas.names import INSTITUTION_TYPES
from atlas.spelling import begins, fold
from atlas.store import database

ALL, FIRMS, INSTITUTIONS = "all", "firms", "institutions"


@dataclass(frozen=True)
class Member:
    """One firm or institution (``kind``): its ``row``; the ``clusters`` it belongs to and whether
    the asked one is among them (``belongs``); its ``ties``, one row each: key of the ``other``,
    kind, source and the edition's own words."""

    kind: str
    code: str
    row: Mapping[str, Any]
    belongs: bool
    clusters: pd.DataFrame
    ties: pd.DataFrame


def kinds(view: ClusterView) -> dict[str, int]:
    """What the members can be narrowed to, with their number: all, firms, institutions, and each
    type of institution where there is more than one."""
    types = view.institutions["type"].value_counts()
    found = {
        ALL: len(view.firms) + len(view.institutions),
        FIRMS: len(view.firms),
        INSTITUTIONS: len(view.institutions),
    }
    if len(types) > 1:
        found |= {kind: int(types[kind]) for kind in INSTITUTION_TYPES if kind in types}
    return found


def narrowed(
    view: ClusterView, *, kind: str = ALL, words: str = ""
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Firms and institutions of a kind in which all the words occur, in any language."""
    firms, institutions = view.firms, view.institutions
    if kind not in (ALL, FIRMS):
        firms = firms.iloc[:0]
    if kind == FIRMS:
        institutions = institutions.iloc[:0]
    elif kind not in (ALL, INSTITUTIONS):
        institutions = institutions[institutions["type"] == kind]
    return _holding(firms, words), _holding(institutions, words)


def member(view: ClusterView, net: Network, kind: str, code: str) -> Member:
    """One of a cluster's members, or of those tied to one. Raises ChoiceError for others."""
    key = f"{kind}:{code}"
    if key not in net.nodes.index:
        raise unknown("member", code, net.nodes.loc[net.nodes["kind"] == kind, "id"])
    own = view.firms if kind == "firm" else view.institutions
    if not net.nodes.at[key, "member"]:
        own = outside(view, kind, [code])
    row = own[own[f"{kind}_id"] == code].iloc[0].to_dict()
    ties = net.ties[(net.ties["one"] == key) | (net.ties["other"] == key)]
    belonging = database.run("cluster/belonging", view.release, kind=kind, member=code)
    clusters = all_clusters(view.release)
    return Member(
        kind=kind,
        code=code,
        row=row,
        belongs=bool(net.nodes.at[key, "member"]),
        clusters=clusters[clusters["cluster_id"].isin(belonging["cluster_id"])],
        ties=ties.assign(other=ties["other"].where(ties["one"] == key, ties["one"])),
    )


def chain(view: ClusterView) -> tuple[list[tuple[str, pd.DataFrame]], bool]:
    """Firms by stage of the value chain, and whether the edition gives the stages' order.

    ``value_chain`` of its settings lists them first to last; stages it does not list follow in
    alphabetical order. Firms without a stage are left out.
    """
    order = {
        stage: number for number, stage in enumerate(view.release.settings.get("value_chain", ()))
    }
    staged = view.firms[view.firms["value_chain_stage"].fillna("") != ""]
    stages = sorted(
        staged["value_chain_stage"].unique(),
        key=lambda stage: (order.get(stage, len(order)), stage),
    )
    ordered = len(stages) > 0 and all(stage in order for stage in stages)
    return [(stage, staged[staged["value_chain_stage"] == stage]) for stage in stages], ordered


def _holding(frame: pd.DataFrame, words: str) -> pd.DataFrame:
    """The rows of which every word wanted begins one, in either language."""
    wanted = fold(words)
    if not wanted or frame.empty:
        return frame
    texts = frame.select_dtypes(include=["object", "string"]).drop(
        columns=["source", "website", "symbol"], errors="ignore"
    )
    joined = texts.fillna("").agg(" ".join, axis=1)
    return frame[joined.map(lambda found: begins(wanted, fold(found)))]
