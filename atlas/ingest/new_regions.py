"""Regions that come in with their outlines: a level that the edition has not yet."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from atlas.ingest.checking import new_issues
from atlas.ingest.edition import LINE, Edition
from atlas.ingest.placing import regions_of_points
from atlas.ingest.report import Report

#: Issues that a table of regions has only until its outlines are there.
_OF_OUTLINES = frozenset({"boundary", "no_boundaries", "boundaries"})


def add_regions(
    features: pd.DataFrame,
    shapes: gpd.GeoDataFrame,
    before: gpd.GeoDataFrame | None,
    edition: Edition,
    report: Report,
) -> pd.DataFrame:
    """The edition's table of regions with those of the ``features`` that it has not: each one level
    below its parent, which the file names (``parent_code``) or which it lies in.

    What is wrong with the table as it will be goes to the report.
    """
    old = edition.tables["regions"]
    is_new = features["code"].notna() & ~features["code"].isin(set(old["region_code"]))
    new = features[is_new].drop_duplicates("code")
    named = new.get("parent_code", pd.Series(None, new.index, dtype="str"))
    where = _lying_in(new, shapes, before, old)
    parents = named.where(named.notna(), where)
    for line, code in new.loc[parents.isna(), [LINE, "code"]].itertuples(index=False):
        report.note("no_parent", "error", int(line), "parent_code", code)
    levels = dict(zip(old["region_code"], old["level"], strict=True))
    rows = pd.DataFrame({
        "region_code": new["code"], "parent_code": parents,
        "level": parents.map(levels).astype("float64") + 1,
        LINE: new[LINE],
    })  # fmt: skip
    names = [name for name in new if name.startswith("name_")]
    rows = rows.assign(**{name: new[name] for name in names})[parents.notna()]
    if len(rows):
        placed = int((named.isna() & where.notna()).sum())
        report.note("regions_added", "note", None, None, _levels(rows), count=len(rows),
                    placed=placed)  # fmt: skip
    together = pd.concat([old.assign(**{LINE: -old[LINE]}), rows], ignore_index=True)
    for name in old.columns:
        together[name] = together[name].astype(old[name].dtype)
    for issue in new_issues(edition.folder, "regions", together, report.source):
        if issue.rule not in _OF_OUTLINES:
            report.add(issue)
    return together


def _levels(rows: pd.DataFrame) -> str:
    return ", ".join(f"{level:g}" for level in sorted(rows["level"].unique()))


def _lying_in(
    new: pd.DataFrame,
    shapes: gpd.GeoDataFrame,
    before: gpd.GeoDataFrame | None,
    old: pd.DataFrame,
) -> pd.Series:
    """The region of the edition's lowest level that a point inside of each new one lies in."""
    found = pd.Series(None, new.index, dtype="object")
    drawn = new["code"].isin(shapes.index)
    if before is None or not drawn.any():
        return found.astype("str")
    levels = old.set_index("region_code")["level"]
    known = before[before.index.isin(levels.index[levels == levels.max()])]
    points = shapes.geometry.loc[new.loc[drawn, "code"]].representative_point()
    codes = regions_of_points(points.x.to_numpy(), points.y.to_numpy(), known)
    found[drawn] = np.asarray(codes, dtype=object)
    return found.astype("str")
