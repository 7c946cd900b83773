"""What an import changes in its edition, region by region: rows that come, go, or become others."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import numpy as np
import pandas as pd

from atlas.ingest.checking import stored
from atlas.ingest.edition import Edition
from atlas.ingest.jumps import report_firm_jumps
from atlas.ingest.merging import KEY
from atlas.ingest.report import Report
from atlas.model import MEASURES, Release
from atlas.store import database

#: Figures nearer than this share of them are the same: files are written with so many digits.
SAME = 1e-9
#: What may become of a figure or a firm.
KINDS = ("new", "changed", "gone")
#: Columns by which a firm is the same as before.
_COMPARED = ("firm_id", "name", "region_code", "industry_code")


def changed_figures(old: pd.DataFrame | None, new: pd.DataFrame) -> dict[str, dict[str, int]]:
    """By region how many figures there are before or after (``all``), and how many are ``new``,
    ``changed`` or ``gone``; of the measures and years of ``new``. Empty where nothing was there.
    """
    if old is None:
        return {}
    measures = [measure for measure in MEASURES if measure in new and measure in old]
    was, now = (_figures(frame, measures, set(new["year"].dropna())) for frame in (old, new))
    if was.empty:
        return {}
    both = was.merge(now, how="outer", on=[*KEY, "measure"], suffixes=("_old", "_new"))
    left, right = both["value_old"], both["value_new"]
    differs = ~np.isclose(left, right, rtol=SAME, atol=0.0)
    kinds = np.select(
        [left.isna(), right.isna(), differs], ["new", "gone", "changed"], default="same"
    )
    counts = pd.crosstab(both["region_code"], kinds)
    found = counts.reindex(columns=KINDS, fill_value=0).assign(all=counts.sum(axis=1))
    return {str(code): {str(k): int(n) for k, n in row.items()} for code, row in found.iterrows()}


def _figures(frame: pd.DataFrame, measures: list[str], years: set[float]) -> pd.DataFrame:
    rows = frame[frame["year"].isin(years)]
    if "status" in rows:
        # A figure that is kept back is none.
        rows = rows[rows["status"].fillna("") != "suppressed"]
    return rows.melt(KEY, measures, var_name="measure").dropna(subset=["value"])


def look_at_firms(
    connection: duckdb.DuckDBPyConnection,
    edition: Edition,
    before: Release | None,
    factor: float,
    report: Report,
) -> None:
    """How many regions and industries a register that comes in (``firms`` of the connection) has
    firms of, where their number jumps, and what it changes."""
    firms = dict(connection.execute(database.query("changes/firm_regions").sql).fetchall())
    lowest = edition.lowest_regions()
    [(industries,)] = connection.execute(database.query("intake/firm_industries").sql).fetchall()
    report.coverage = {
        "firms": report.rows,
        "regions": sum(code in firms for code in lowest),
        "of_regions": len(lowest),
        "regions_without": [code for code in lowest if code not in firms][:20],
        "industries": industries,
        "of_industries": len(edition.tables["industries"]),
    }
    if before is not None:
        report_firm_jumps(firms, before, factor, report)
    if not _look_at_old(connection, edition):
        return
    found = connection.execute(database.query("intake/changed_firms").sql).fetchall()
    report.changes = {str(code): dict(zip(("all", *KINDS), counts, strict=True))
                      for code, *counts in found}  # fmt: skip


def _look_at_old(connection: duckdb.DuckDBPyConnection, edition: Edition) -> bool:
    """Make the firms that the edition has the view ``before``; False where it has none. A large
    register lies in Parquet and is not read whole."""
    path = edition.folder / "firms.parquet"
    if path.is_file() and not path.with_suffix(".csv").is_file():
        old = connection.from_parquet(str(path))
        columns = [f"cast({name} as varchar) as {name}" if name in old.columns
                   else f"cast(null as varchar) as {name}" for name in _COMPARED]  # fmt: skip
        old.project(", ".join(columns)).create_view("before")
        return True
    few = stored(edition.folder, "firms")
    if few is None or few.empty:
        return False
    connection.register("before", few.reindex(columns=list(_COMPARED)).astype("str"))
    return True


def total(changes: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """The changes of all regions together."""
    return {kind: sum(one[kind] for one in changes.values()) for kind in ("all", *KINDS)}
