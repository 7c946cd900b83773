"""Primary suppression: which figures reveal a firm, by the edition's own rules."""

from __future__ import annotations

import dataclasses

import duckdb
import numpy as np
import pandas as pd

from atlas.ingest.confidentiality.rules import Rules, read_rules
from atlas.ingest.edition import LINE, Edition
from atlas.model import MEASURES
from atlas.store import database

CELL = ["region_code", "industry_code", "year"]
_MOST = 1000


def judge(edition: Edition, connection: duckdb.DuckDBPyConnection, rules: Rules) -> pd.DataFrame:
    """Every figure on the connection (tables as ``create_tables`` makes them), judged.

    Columns region_code, industry_code, year, measure, value, status, row, ``firms`` (NaN where
    nobody knows), ``sensitive`` and ``dominant``: the figure at which the largest firms would no
    longer dominate (NaN where they do not or where contributions are not given). A zero reveals
    nothing by itself and is never sensitive; where the number of firms is not known a cell is.
    """
    cells = connection.execute(database.query("confidentiality/figures").sql).df()
    counted = cells.loc[cells["measure"] == "establishments", [*CELL, "value"]]
    cells = cells.merge(counted.rename(columns={"value": "firms"}), on=CELL, how="left")
    found = _contributors(edition, connection, rules)
    cells = cells.merge(found, on=[*CELL, "measure"], how="left", suffixes=("", "_told"))
    cells["firms"] = cells.pop("firms_told").fillna(cells["firms"])
    largest = cells.pop("largest")
    covered = cells["measure"].isin(rules.measures) & (cells["value"] != 0)
    few = cells["firms"].isna() | (cells["firms"] < rules.minimum_firms)
    size = cells["value"].abs()
    dominates = largest > rules.dominant_share * size * (1 + 1e-12)
    cells["sensitive"] = covered & (few | dominates)
    cells["dominant"] = np.where(covered & dominates, largest / rules.dominant_share, np.nan)
    return cells


def has_contributions(edition: Edition) -> bool:
    """Whether the edition tells what each firm contributes."""
    return len(edition.tables.get("contributions", ())) > 0


def _contributors(
    edition: Edition, connection: duckdb.DuckDBPyConnection, rules: Rules
) -> pd.DataFrame:
    columns = [*CELL, "measure", "firms", "largest"]
    if not has_contributions(edition):
        return pd.DataFrame({column: pd.Series(dtype=_DTYPES[column]) for column in columns})
    frame = edition.tables["contributions"]
    own = pd.Series("line " + frame[LINE].astype("str"), index=frame.index)
    named = "firm " + frame["firm_id"] if "firm_id" in frame else own
    frame = frame.assign(firm=named.fillna(own), year=frame["year"].astype("int32"))
    measures = [measure for measure in MEASURES if measure in frame]
    long = frame.melt([*CELL, "firm"], measures, var_name="measure").dropna(subset=["value"])
    connection.from_df(long.astype({"measure": "str", "firm": "str"})).create("contributions")
    asked = database.query("confidentiality/contributors").sql
    return connection.execute(asked, {"largest": rules.dominant_firms}).df()


_DTYPES = {
    "region_code": "str", "industry_code": "str", "year": "int32", "measure": "str",
    "firms": "float64", "largest": "float64",
}  # fmt: skip


def whole_truth(edition: Edition) -> Edition:
    """The edition with the figures of its suppressed rows put back: for the eyes of
    suppression and audit alone."""
    if edition.withheld is None or not len(edition.withheld):
        return edition
    frame = edition.tables["observations"].copy()
    frame.loc[edition.withheld.index, list(edition.withheld)] = edition.withheld
    frame.loc[edition.withheld.index, "status"] = np.nan
    return dataclasses.replace(edition, tables={**edition.tables, "observations": frame})


def check_judged(edition: Edition, connection: duckdb.DuckDBPyConnection) -> None:
    """Report figures that the rules cannot judge, as issues of a confidential edition."""
    rules = read_rules(edition)
    if rules is None:
        return
    file = edition.file_name("observations")
    cells = judge(edition, connection, rules)
    unknown = cells["firms"].isna() & cells["row"].notna() & (cells["value"] != 0)
    unknown &= cells["measure"].isin(rules.measures)
    for row, column in cells.loc[unknown, ["row", "measure"]].head(_MOST).itertuples(index=False):
        edition.report("firms_unknown", file, int(row), column)
    if edition.withheld is not None:
        empty = edition.withheld.index[edition.withheld.isna().all(axis="columns")]
        for row in edition.tables["observations"].loc[empty, LINE].head(_MOST):
            edition.report("suppressed_empty", file, int(row), "status", "suppressed")
    if rules.dominant_firms and not has_contributions(edition):
        edition.report("dominance_unjudged", edition.file_name("contributions"),
                       severity="warning")  # fmt: skip
