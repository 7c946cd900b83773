"""The tables of a release, written by DuckDB from an edition: SQL adds up."""

from __future__ import annotations

import duckdb
import pandas as pd

from atlas.ingest.contracts import TABLES
from atlas.ingest.edition import LINE, Edition
from atlas.metrics.change import SPAN
from atlas.store import database

#: Folders of ``queries`` that a release is made by, in the order in which they run.
FOLDERS = ("build", "totals", "terms")


def create_tables(edition: Edition, connection: duckdb.DuckDBPyConnection) -> None:
    """Create the edition's tables and all that ``queries`` make of them on the connection.

    ``build`` lays out both trees and what is stated; ``totals`` runs once for every height above
    the leaves of both, so that a total is made of totals that are done; ``terms`` comes last.
    """
    settings = edition.settings
    _create(
        connection,
        "settings",
        pd.DataFrame(
            {
                "root_region": [settings["root_region"]],
                "root_industry": [settings["root_industry"]],
                "quotient_base": [settings.get("quotient_base", "root")],
                "span": [SPAN],
            }
        ),
    )
    for name in TABLES:
        if name == "observations":
            _create(connection, name, long_observations(edition))
        else:
            _create(connection, name, _whole(edition, name))
    before, each, after = (database.names(folder) for folder in FOLDERS)
    for name in before:
        connection.execute(database.query(name).sql)
    for height in range(1, _height(connection) + 1):
        for name in each:
            connection.execute(database.query(name).sql, {"height": height})
    for name in after:
        connection.execute(database.query(name).sql)


def _height(connection: duckdb.DuckDBPyConnection) -> int:
    """How high the country's total of all industries stands above the lowest cell."""
    trees = [connection.table(f"{tree}_heights").df() for tree in ("region", "industry")]
    return sum(int(tree["height"].max()) for tree in trees)


def _create(connection: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame) -> None:
    connection.from_df(frame).create(name)


def _whole(edition: Edition, name: str) -> pd.DataFrame:
    """The table with every column of its contract, those the edition leaves out empty."""
    columns = TABLES[name].schema.columns
    frame = edition.tables.get(name, pd.DataFrame())
    frame = frame.drop(columns=LINE, errors="ignore")
    numbers = TABLES[name].numbers
    for column in columns:
        if column not in frame:
            kind = "float64" if column in numbers else "str"
            frame[column] = pd.Series(index=frame.index, dtype=kind)
    # An all-empty column has no type of its own; the contract knows it.
    texts = {c: "str" for c in frame.columns if c not in numbers}
    return frame.astype(texts)


def long_observations(edition: Edition) -> pd.DataFrame:
    """One row per region, industry, year and measure: value (NaN = missing), status, file row.

    Of an edition whose confidential figures were taken out: what is left, totals included."""
    if edition.published is not None:
        return edition.published
    frame = edition.tables["observations"]
    if "status" not in frame:
        frame = frame.assign(status=pd.Series(index=frame.index, dtype="str"))
    # Only these: the edition's own columns may be called as ours are here.
    keys, measures = ["region_code", "industry_code", "year", "status", "row"], edition.measures
    frame = frame.drop(columns="row", errors="ignore").rename(columns={LINE: "row"})
    frame = frame[[*keys, *measures]]
    long = frame.melt(keys, list(measures), var_name="measure", value_name="value")
    long["year"] = long["year"].astype("int32")
    return long.astype({"status": "str", "measure": "str"})
