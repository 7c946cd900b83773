"""What differs between two releases of an edition: cells, firms and institutions, by region."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from atlas.analysis.choices import choices
from atlas.metrics.registry import ratio
from atlas.model import Release
from atlas.store import database

CELL = ["region_code", "industry_code", "year", "measure"]
#: What may have become of a cell. ``suppressed``: it had a figure and is kept back now; ``shown``:
#: it was kept back and has one now; ``status``: the same figure, published before and estimated now
#: or the like.
KINDS = ("added", "removed", "changed", "suppressed", "shown", "status")
#: Figures nearer than this share of them are the same: sums are not added up in one order.
SAME = 1e-9


@dataclass(frozen=True, eq=False)
class ListChanges:
    """Rows of a list (firms, institutions) that one release has and the other has not, or has
    otherwise. Columns: ``id``, ``name`` (the newer), ``region_code`` and, of ``changed``,
    ``columns``: the names of those that differ, commas between."""

    added: pd.DataFrame
    removed: pd.DataFrame
    changed: pd.DataFrame


@dataclass(frozen=True, eq=False)
class ReleaseChanges:
    """What became of the release ``before`` in the release ``after``.

    ``cells``: every cell that differs, those of the largest change first (``region_code``,
    ``industry_code``, ``year``, ``measure``, ``level``, ``kind`` of :data:`KINDS`, ``before``,
    ``after``, ``factor``); of a cell that either release keeps back no figure stands there.
    ``parts``: one row per measure, year and level: ``cells`` (that either release has), how many of
    each kind, and ``before`` and ``after``, the sums over all sectors of the regions that have a
    figure in both. ``regions``: by region_code of either release ``cells``, ``differing`` and their
    ``share``. ``firms`` and ``institutions``: rows of those lists.
    """

    before: Release
    after: Release
    cells: pd.DataFrame
    parts: pd.DataFrame
    regions: pd.DataFrame
    firms: ListChanges
    institutions: ListChanges

    @property
    def is_empty(self) -> bool:
        """Whether figures and lists are the same in both."""
        lists = (self.firms, self.institutions)
        rows = [len(part) for one in lists for part in (one.added, one.removed, one.changed)]
        return not len(self.cells) and not any(rows)


@lru_cache(maxsize=16)
def release_changes(before: Release, after: Release) -> ReleaseChanges:
    """What differs between two releases, or a release and a draft, of one edition."""
    compared = _compared(before, after)
    return ReleaseChanges(
        before=before,
        after=after,
        cells=_differing(compared),
        parts=_parts(compared, choices(after).root_industry.code),
        regions=_by_region(compared),
        firms=_list_changes(
            database.run("changes/firms", before), database.run("changes/firms", after), "firm_id"
        ),
        institutions=_list_changes(
            database.run("changes/institutions", before),
            database.run("changes/institutions", after),
            "institution_id",
        ),
    )


def _compared(before: Release, after: Release) -> pd.DataFrame:
    """Every cell of either release with both figures and what became of it (``kind``, empty where
    it is the same)."""
    old, new = (database.run("changes/cells", release) for release in (before, after))
    both = old.merge(new, how="outer", on=CELL, suffixes=("_before", "_after"))
    both["level"] = both.pop("level_after").fillna(both.pop("level_before")).astype(int)
    was, now = both.pop("value_before"), both.pop("value_after")
    status_was, status_now = both.pop("status_before"), both.pop("status_after")
    hid, hides = (status == "suppressed" for status in (status_was, status_now))
    both["kind"] = np.select(
        [
            was.notna() & hides,
            hid & now.notna(),
            was.isna() & now.notna(),
            was.notna() & now.isna(),
            was.notna() & ~np.isclose(was, now, rtol=SAME, atol=0.0),
            was.notna() & (status_was != status_now),
        ],
        ["suppressed", "shown", "added", "removed", "changed", "status"],
        default="",
    )
    # What is kept back in one of them is not to be read from the other.
    open_cells = ~hid & ~hides
    both["before"], both["after"] = was.where(open_cells), now.where(open_cells)
    return both


def _differing(compared: pd.DataFrame) -> pd.DataFrame:
    cells = compared[compared["kind"] != ""].copy()
    cells["factor"] = ratio(cells["after"].to_numpy(), cells["before"].to_numpy())
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.abs(np.log(cells["factor"].to_numpy()))
    order = np.argsort(-np.nan_to_num(size, nan=-1.0, posinf=np.finfo(float).max), kind="stable")
    return cells.iloc[order].reset_index(drop=True)


def _parts(compared: pd.DataFrame, root_industry: str) -> pd.DataFrame:
    by = ["measure", "year", "level"]
    counts = compared.groupby(by).size().rename("cells").to_frame()
    for kind in KINDS:
        counts[kind] = (compared["kind"] == kind).groupby([compared[key] for key in by]).sum()
    known = compared["before"].notna() & compared["after"].notna()
    totals = compared[known & (compared["industry_code"] == root_industry)]
    sums = totals.groupby(by)[["before", "after"]].sum()
    return counts.join(sums).reset_index()


def _by_region(compared: pd.DataFrame) -> pd.DataFrame:
    by = compared.groupby("region_code")["kind"]
    found = pd.DataFrame({"cells": by.size(), "differing": by.agg(lambda kind: (kind != "").sum())})
    found["share"] = ratio(found["differing"].to_numpy(), found["cells"].to_numpy())
    return found


def _list_changes(old: pd.DataFrame, new: pd.DataFrame, key: str) -> ListChanges:
    old, new = (frame.set_index(key).rename_axis("id") for frame in (old, new))
    both = old.index.intersection(new.index)
    was, now = old.loc[both], new.loc[both]
    differs = pd.DataFrame(index=both)
    for column in dict.fromkeys([*new, *old]):
        left, right = (
            frame[column] if column in frame else pd.Series(None, index=both, dtype=object)
            for frame in (was, now)
        )
        same = (left.astype(object) == right.astype(object)) | (left.isna() & right.isna())
        differs[column] = ~same
    rows = differs[differs.any(axis="columns")]
    names = [", ".join(differs.columns[row]) for row in rows.to_numpy(dtype=bool)]
    return ListChanges(
        added=_named(new.loc[new.index.difference(old.index)]),
        removed=_named(old.loc[old.index.difference(new.index)]),
        changed=_named(now.loc[rows.index]).assign(columns=names),
    )


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.reset_index().reindex(columns=["id", "name", "region_code"])
