"""Which clusters fit several choices at once, and how many would fit each other choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial

import pandas as pd

from atlas.analysis.choices import choices
from atlas.analysis.clusters import all_clusters
from atlas.model import Release
from atlas.names import STAGES
from atlas.spelling import begins, fold
from atlas.store import database

#: A choice of several filters: it is not known of the cluster.
UNKNOWN = "unknown"
#: What clusters are narrowed by, in the order in which they are offered.
FILTERS = ("region", "sector", "stage", "organisation", "stars", "firms")
#: Numbers of firms known by name that can be asked for, as a least.
FIRMS = (1, 2, 5, 10, 20, 50)
#: Words looked for, among the choices made.
FIND = "find"
#: What clusters are put in order by; all but the first two falling.
ORDERS = ("rank", "name", "firms", "location_quotient")


@dataclass(frozen=True)
class Narrowed:
    """The clusters that fit, in the order asked for, one row each (columns as
    :func:`measured_clusters`).

    ``counts``: for each filter and each of its choices, how many clusters would fit with that
    choice, all other filters as they are. ``total``: clusters of the release. ``alone``: for each
    choice made (by filter, FIND for words) how many clusters fit it by itself; ``without``: how
    many fit all the others.
    """

    clusters: pd.DataFrame
    counts: Mapping[str, Mapping[str, int]]
    total: int
    alone: Mapping[str, int]
    without: Mapping[str, int]


def narrowed(
    release: Release, wanted: Mapping[str, str], words: str, order: str,
    names: Mapping[str, str],
) -> Narrowed:  # fmt: skip
    """The clusters that fit every choice (``wanted``: by filter; any where it has none) and
    all ``words``, in the order of ``order`` (one of ORDERS).

    A word fits where a word of the cluster's name, product or region begins with it, in any
    language of the edition. ``names``: each cluster's name as its reader sees it, to order by.
    """
    frame = measured_clusters(release)
    wanted_words = fold(words)
    fits = {FIND: frame["_words"].map(lambda own: begins(wanted_words, own))}
    fits |= {name: frame[f"_{name}"].map(partial(_fits, wanted.get(name))) for name in FILTERS}
    others = {name: _all(frame, [fits[one] for one in fits if one != name]) for name in fits}
    made = [name for name in fits if name in wanted or (name == FIND and words)]
    chosen = frame[_all(frame, list(fits.values()))]
    if order == "name":
        chosen = chosen.sort_values("cluster_id", key=lambda ids: ids.map(names), kind="stable")
    elif order != "rank":
        chosen = chosen.sort_values(order, ascending=False, na_position="last", kind="stable")
    return Narrowed(
        clusters=chosen,
        counts={
            name: _counted(frame.loc[others[name], f"_{name}"], frame[f"_{name}"])
            for name in FILTERS
        },
        total=len(frame),
        alone={name: int(fits[name].sum()) for name in made},
        without={name: int(others[name].sum()) for name in made},
    )


@cache
def measured_clusters(release: Release) -> pd.DataFrame:
    """All clusters by rank with ``location_quotient`` and ``stars`` (those of the European Cluster
    Observatory) of their sector in their region: the first measure's last year, missing where
    there is no figure; that ``year`` (0 without one); and for each filter the choices that a
    cluster fits (``_<filter>``)."""
    known = choices(release)
    frame = all_clusters(release).copy()
    for column, metric in (
        ("location_quotient", "location_quotient"),
        ("stars", "observatory_stars"),
    ):
        values = _values(release, metric, frame["sector"].dropna().unique().tolist())
        keys = zip(frame["region_code"], frame["sector"], strict=True)
        frame[column] = pd.Series([values.get(key) for key in keys], frame.index, dtype=float)
    measure = known.measures[0]
    frame["year"] = [
        known.years(measure, sector)[-1] if sector else 0 for sector in frame["sector"]
    ]
    frame["_region"] = frame["region_code"].map(lambda code: (code,))
    frame["_sector"] = frame["sector"].map(lambda code: (code or UNKNOWN,))
    frame["_stage"] = frame["stage"].map(lambda stage: (stage if stage in STAGES else UNKNOWN,))
    frame["_organisation"] = frame["cmo_id"].map(
        lambda one: ("recorded" if isinstance(one, str) and one else "none",)
    )
    frame["_stars"] = frame["stars"].map(
        lambda stars: (UNKNOWN,) if pd.isna(stars) else tuple(map(str, range(int(stars) + 1)))
    )
    frame["_firms"] = frame["firms"].map(
        lambda n: tuple(str(least) for least in FIRMS if n >= least)
    )
    frame["_words"] = [
        tuple(
            word
            for item in (row, known.regions[row["region_code"]].extra)
            for column, value in item.items()
            if str(column).startswith(("name", "product", "short")) and isinstance(value, str)
            for word in fold(value)
        )
        for row in frame.to_dict("records")
    ]
    return frame


def _values(release: Release, metric: str, industries: list[str]) -> dict[tuple[str, str], float]:
    """The metric's known values by region and industry."""
    known = choices(release)
    found: dict[tuple[str, str], float] = {}
    for industry in industries:
        measure = known.measures[0]
        cells = database.run(
            "measure/cells", release, metric=metric, measure=measure, level=None, region=None,
            industry=industry, year=known.years(measure, industry)[-1],
        )  # fmt: skip
        known_cells = cells.dropna(subset=["value"])
        pairs = zip(known_cells["region_code"], known_cells["value"], strict=True)
        found |= {(str(region), industry): float(value) for region, value in pairs}
    return found


def _all(frame: pd.DataFrame, conditions: list[pd.Series]) -> pd.Series:
    """Where all conditions hold: everywhere without any."""
    return pd.concat(conditions, axis=1).all(axis=1) if conditions else frame["_words"].notna()


def _fits(choice: str | None, own: tuple[str, ...]) -> bool:
    return choice is None or choice in own


def _counted(left: pd.Series, every: pd.Series) -> dict[str, int]:
    """How many of those left fit each choice that any cluster fits."""
    counts = {choice: 0 for own in every for choice in own}
    for own in left:
        for choice in own:
            counts[choice] += 1
    return counts


def narrowed_csv(answer: Narrowed) -> bytes:
    """The clusters that fit as CSV, in their order: what the edition says of each, its
    ``industry_codes`` (joined by spaces), and the figures of its ``sector`` in its region in
    ``year`` (empty where there are none)."""
    own = [column for column in answer.clusters if not column.startswith("_")]
    table = answer.clusters[own].drop(columns="symbol", errors="ignore")
    table["industry_codes"] = table["industry_codes"].map(" ".join)
    table["year"] = table["year"].astype("Int64").replace(0, pd.NA)
    text: str = table.to_csv(index=False, lineterminator="\n")
    return text.encode()
