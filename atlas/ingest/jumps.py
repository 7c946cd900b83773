"""Figures that come in beside those of the release before: where one is many times the other."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from atlas.errors import AtlasError
from atlas.ingest.edition import LINE
from atlas.ingest.merging import KEY
from atlas.ingest.report import MOST, Report
from atlas.model import MEASURES, Release
from atlas.store import database, releases

#: Fewer firms than this may come and go without a word.
MANY = 10
_SERIES = ["region_code", "industry_code", "measure"]


def release_before(edition: str) -> Release | None:
    """The edition's release that is shown; None where there is none that can be read."""
    try:
        return releases.current(edition) if edition in releases.editions() else None
    except AtlasError:
        return None


def report_jumps(frame: pd.DataFrame, before: Release, factor: float, report: Report) -> None:
    """Warn of figures that are ``factor`` times as large, or as small, as the release before gives
    for the same year (``jump``) or, for a year that it has not, for its last year before that
    (``jump_year``).

    What the release keeps back has no figure there; neither has a row that is suppressed now. A
    zero that was another number, and the other way round, is a jump of any factor.
    """
    given = database.run("confidentiality/published", before)
    visible = frame
    if "status" in frame:
        visible = frame[frame["status"].fillna("") != "suppressed"]
    measures = [measure for measure in MEASURES if measure in visible]
    new = visible.melt([*KEY, LINE], measures, var_name="measure").dropna(subset=["value", "year"])
    same = new.merge(given.rename(columns={"value": "before"}), how="left", on=[*KEY, "measure"])
    same["since"] = same["year"]
    _warn(same, factor, before, report, same_year=True)
    later = same[same["before"].isna()].drop(columns=["before", "since"])
    for year, rows in later.groupby("year"):
        last = given[given["year"] < year].sort_values("year").groupby(_SERIES, as_index=False)
        known = last.last().rename(columns={"value": "before", "year": "since"})
        _warn(rows.merge(known, on=_SERIES), factor, before, report, same_year=False)


def report_firm_jumps(
    firms: Mapping[str, int], before: Release, factor: float, report: Report
) -> None:
    """Warn of regions whose number of firms is ``factor`` times that of the release before, or a
    part of it as small, once either is :data:`MANY` (``jump_firms``)."""
    given = database.run("changes/firm_regions", before)
    was = dict(zip(given["region_code"], given["firms"].astype(int), strict=True))
    for code in sorted({*firms, *was} if was else ()):
        now, then = firms.get(code, 0), was.get(code, 0)
        if max(now, then) >= MANY and max(now, then) > factor * min(now, then):
            report.note("jump_firms", "warning", None, "region_code", code, now=now, before=then,
                        factor=f"{factor:g}", release=before.release_id)  # fmt: skip


def _warn(
    compared: pd.DataFrame, factor: float, before: Release, report: Report, *, same_year: bool
) -> None:
    rows = compared.dropna(subset=["before"])
    now, was = rows["value"].to_numpy(float), rows["before"].to_numpy(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(now == was, 0.0, np.abs(np.log(np.abs(now / was))))
    size[(now < 0) != (was < 0)] = np.inf
    jumps = rows.assign(size=size)[size > np.log(factor) * (1 + 1e-12)]
    jumps = jumps.sort_values("size", ascending=False, kind="stable")
    for row in jumps.head(MOST).to_dict("records"):
        report.note(
            "jump" if same_year else "jump_year", "warning",
            int(row[LINE]), row["measure"], f"{row['value']:.15g}",
            before=f"{row['before']:.15g}", factor=f"{factor:g}", release=before.release_id,
            region=row["region_code"], industry=row["industry_code"], year=int(row["since"]),
        )  # fmt: skip
    rule = "jump" if same_year else "jump_year"
    report.count_more("warning", rule, max(len(jumps) - MOST, 0))
