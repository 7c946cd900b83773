"""A register of firms that comes in: batch by batch, so that a million take the room of a few."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet

from atlas.errors import DataError
from atlas.ingest.changes import look_at_firms
from atlas.ingest.checking import CONCERNED, references_issues, rows_issues
from atlas.ingest.contracts import TABLES
from atlas.ingest.edition import LINE, Edition, read_edition
from atlas.ingest.jumps import release_before
from atlas.ingest.naming import Match
from atlas.ingest.placing import locate
from atlas.ingest.report import MOST, Report
from atlas.ingest.shaping import Shape, frames
from atlas.ingest.validate import region_shapes
from atlas.store import database

#: Names whose likeness (Jaro and Winkler, 0 to 1) reaches this are reported as nearly the same.
ALIKE = 0.97
#: Legal forms that say nothing of which firm it is, as words of a folded name.
FORMS = r"(^|\s)((?:{})(\s|$))+".format(
    "|".join((
        *("ltd", "llc", "inc", "plc", "gmbh", "ag", "sa", "srl", "bv", "jsc", "ojsc", "limited"),
        *("as", "anonim sirketi", "limited sirketi", "ltd sti", "sti", "san ve tic", "ve tic"),
        *("შპს", "სს", "იმ", "ооо", "оао", "зао", "ип"),
    ))
)  # fmt: skip
#: What the duplicates' search may use; beyond it DuckDB works on the disk.
_MEMORY = "250MB"
#: The column in which an industry finer than the edition's, or of another classification, is kept
#: as it was given.
GIVEN = "industry_code_given"
GIVEN_AS = ("finer", "converted")


def arrive(
    shape: Shape,
    folder: Path,
    work: Path,
    decimal: str,
    matches: Mapping[str, Mapping[str, Match]],
    jump: float,
    report: Report,
) -> Path:
    """Write the firms as they will stand in the edition, with their :data:`LINE`, to a Parquet file
    in the private folder ``work``; what is wrong, how they were located and what they change goes
    to the report. ``jump`` as in :class:`~atlas.ingest.wishes.Wishes`."""
    edition = read_edition(folder, CONCERNED["firms"])
    target, writer = work / "firms.parquet", None
    codes = {
        kind: {word: match.code for word, match in found.items()} for kind, found in matches.items()
    }
    shapes = _shapes(edition, shape)
    for frame in frames(shape, decimal, report):
        ready = _settled(frame, codes, matches.get("industries", {}), shapes, report)
        for issue in rows_issues(edition, "firms", ready, report.source):
            if issue.rule != "unique":  # of the whole table, below
                report.add(issue)
        table = pa.Table.from_pandas(ready, preserve_index=False)
        writer = writer or pyarrow.parquet.ParquetWriter(target, table.schema, compression="zstd")
        writer.write_table(table.cast(writer.schema))
    if writer is None:
        raise DataError("source_empty", path=report.source)
    writer.close()
    with _register(target) as connection:
        _find_duplicates(connection, report)
        look_at_firms(connection, edition, release_before(edition.name), jump, report)
    if {"members", "linkages"} & set(edition.files):
        ids = pyarrow.parquet.read_table(target, columns=["firm_id"])["firm_id"].to_pandas()
        for issue in references_issues(edition, "firms", ids):
            report.add(issue)
    return target


def _shapes(edition: Edition, shape: Shape) -> gpd.GeoDataFrame | None:
    """The outlines of the lowest regions, where firms have points and the edition has outlines."""
    if not {"lon", "lat"} <= shape.fields:
        return None
    try:
        shapes = region_shapes(edition)
    except DataError:
        return None
    return shapes[shapes.index.isin(edition.lowest_regions())]


def _settled(
    frame: pd.DataFrame,
    codes: Mapping[str, Mapping[str, str | None]],
    industries: Mapping[str, Match],
    shapes: gpd.GeoDataFrame | None,
    report: Report,
) -> pd.DataFrame:
    """Firms with the edition's codes of regions and industries."""
    region, how = locate(
        frame, regions=codes.get("regions", {}), places=codes.get("places", {}), shapes=shapes
    )
    for way, count in how.value_counts().items():
        report.located[str(way)] = report.located.get(str(way), 0) + int(count)
    lost = frame[(how == "none").to_numpy()]
    for line in lost[LINE].head(MOST):
        report.note("not_located", "warning", int(line), "region_code")
    report.count_more("warning", "not_located", max(len(lost) - MOST, 0))
    frame = frame.assign(region_code=region)
    for name in ("industry_code", "place"):
        if name not in frame:
            frame[name] = pd.Series(None, frame.index, dtype="str")
    if codes.get("industries"):
        given = frame["industry_code"]
        finer = given.map(lambda word: word in industries and industries[word].how in GIVEN_AS)
        frame[GIVEN] = given.where(finer.astype(bool)).astype("str")
        frame["industry_code"] = given.map(codes.get("industries", {})).astype("str")
    return frame


@contextlib.contextmanager
def _register(firms: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The firms of a Parquet file as the view ``firms``, to be asked with little memory."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": _MEMORY,
        "threads": 2,
        "temp_directory": str(firms.parent),
    }
    with duckdb.connect(config=config) as connection:
        connection.from_parquet(str(firms)).create_view("firms")
        yield connection


def _find_duplicates(connection: duckdb.DuckDBPyConnection, report: Report) -> None:
    for line, value, first in _rows(connection, database.query("intake/same_ids")):
        report.note("unique", "error", line, "firm_id", value, first=first)
    for line, value, first in _rows(connection, database.query("intake/same_firms")):
        report.note("same_firm", "warning", line, "name", value, first=first)
    nearly = _rows(connection, database.query("intake/like_firms"), forms=FORMS, alike=ALIKE)
    for line, value, other, first, score in nearly:
        report.note("like_firm", "warning", line, "name", value, other=other, first=first,
                    score=f"{score:.0%}")  # fmt: skip


def _rows(
    connection: duckdb.DuckDBPyConnection, query: database.Query, **about: Any
) -> Iterator[tuple[Any, ...]]:
    found = connection.execute(query.sql, about)
    while rows := found.fetchmany(10_000):
        yield from rows


def columns_in_order(names: list[str]) -> list[str]:
    """The columns of the table as it is written: the contract's first, in its order."""
    known = [name for name in TABLES["firms"].schema.columns if name in names]
    return known + [name for name in names if name not in known and name != LINE]


def plain_header(header: str, taken: set[str]) -> str:
    """A name for a column beyond the contract: the file's own, one line of it, not there yet."""
    name = re.sub(r"\s+", " ", header).strip()[:64] or "column"
    number, base = 2, name
    while name.casefold() in taken:
        name, number = f"{base} {number}", number + 1
    taken.add(name.casefold())
    return name
