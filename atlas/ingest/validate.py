"""Every issue of an edition in one list. Validation is not an exception: it returns."""

from __future__ import annotations

import duckdb
import geopandas as gpd
import pandas as pd
from pandera.errors import SchemaErrors

from atlas.errors import DataError, nearest
from atlas.ingest.confidentiality.rules import check_rules
from atlas.ingest.confidentiality.sensitive import check_judged
from atlas.ingest.contracts import PRIVATE, TABLES
from atlas.ingest.edition import LINE, PACKAGE, Edition, read_edition
from atlas.ingest.tables import create_tables
from atlas.model import MEASURES, Issue
from atlas.store import boundaries, database

__all__ = ["read_edition", "validate"]

#: The most issues of one kind worth listing; a systematic mistake repeats in every row.
_MOST = 1000
_CONTRACTS = {**TABLES, **PRIVATE}


def validate(edition: Edition) -> list[Issue]:
    """All issues of an edition, errors first, each with file, row, column, value and rule.

    Checks form (columns, types, ranges, keys, references, roots) and, where the form holds, the
    content: every query in ``queries/checks``.
    """
    check_rules(edition)
    for name in _CONTRACTS:
        if name in edition.files and name in edition.tables:
            check_table(edition, name)
    for table, column, setting in (
        ("regions", "region_code", "root_region"),
        ("industries", "industry_code", "root_industry"),
    ):
        _check_tree(edition, table, column, setting)
    _check_levels(edition)
    if "observations" in edition.files and not edition.measures:
        edition.report("no_measure", edition.file_name("observations"),
                       allowed=", ".join(MEASURES))  # fmt: skip
    if not errors(edition.issues):
        _check_boundaries(edition)
        _check_content(edition)
    return sorted(edition.issues, key=lambda issue: issue.severity != "error")


def check_table(edition: Edition, name: str) -> None:
    """Report what is wrong with a table by itself (columns, values, key) and with what it refers
    to. Its rows may be a part of the table: then a key is looked for in that part alone."""
    _check_schema(edition, name)
    _check_key(edition, name)
    _check_references(edition, name)


def errors(issues: list[Issue]) -> list[Issue]:
    """Those that block publishing."""
    return [issue for issue in issues if issue.severity == "error"]


def _check_schema(edition: Edition, name: str) -> None:
    frame = edition.tables[name]
    file = edition.file_name(name)
    schema = _CONTRACTS[name].schema
    for column in schema.columns:
        if schema.columns[column].required and column not in frame:
            edition.report("column", file, column=column)
    present = schema.remove_columns([c for c in schema.columns if c not in frame])
    # A cell that is no number was reported when it was read; here it would be reported as empty.
    unread = {(i.row, i.column) for i in edition.issues if i.file == file and i.rule == "number"}
    try:
        present.validate(frame, lazy=True)
    except SchemaErrors as found:
        cases = found.failure_cases.drop_duplicates(["column", "index", "check"]).head(_MOST)
        for case in cases.itertuples():
            row = None if pd.isna(case.index) else int(frame.at[case.index, LINE])
            if (row, case.column) in unread:
                continue
            rule = "empty" if case.check == "not_nullable" else str(case.check)
            rule = "number" if rule.startswith("dtype") else rule
            value = None if rule == "empty" else case.failure_case
            edition.report(rule, file, row, str(case.column), value, **_facts(name, case.column))


def _facts(table: str, column: str) -> dict[str, str]:
    """What a rule's sentence needs to know about the column."""
    facts: dict[str, str] = {}
    for check in _CONTRACTS[table].schema.columns[column].checks:
        stated = check.statistics or {}
        if "allowed_values" in stated:
            facts["allowed"] = ", ".join(map(str, stated["allowed_values"]))
        for bound, word in (("min_value", "low"), ("max_value", "high")):
            if stated.get(bound) is not None:
                facts[word] = f"{stated[bound]:g}"
    return facts


def _check_key(edition: Edition, name: str) -> None:
    key = list(_CONTRACTS[name].key)
    if not key or not set(key) <= set(edition.tables[name]):
        return
    frame = edition.tables[name].dropna(subset=key)
    repeated = frame.loc[frame.duplicated(key), [LINE, *key]].head(_MOST)
    for row, *values in repeated.itertuples(index=False):
        shown = ", ".join(f"{v:g}" if isinstance(v, float) else v for v in values)
        edition.report("unique", edition.file_name(name), int(row), ", ".join(key), shown)


def _check_references(edition: Edition, name: str) -> None:
    frame = edition.tables[name]
    for column, (table, target) in _CONTRACTS[name].refers.items():
        if column not in frame:
            continue
        if target:
            _check_codes(edition, name, column, frame[[LINE, column]], table, target)
            continue
        # The column beside it says which table the id is of: a firm or an institution.
        for kind in ("firm", "institution"):
            if table in frame:
                part = frame.loc[frame[table] == kind, [LINE, column]]
                _check_codes(edition, name, column, part, f"{kind}s", f"{kind}_id")


def _check_codes(
    edition: Edition, name: str, column: str, codes: pd.DataFrame, table: str, target: str
) -> None:
    if target not in edition.tables.get(table, pd.DataFrame()):
        return
    if TABLES[table].needed and table not in edition.files:
        return  # the table itself is reported, not every line that refers to it
    known = set(edition.tables[table][target].dropna())
    codes = codes[codes[column].notna() & ~codes[column].isin(known)]
    guesses = {code: nearest(code, sorted(known)) for code in codes[column].unique()[:_MOST]}
    for row, code in codes.head(_MOST).itertuples(index=False):
        edition.report("unknown_code", edition.file_name(name), int(row), column, code,
                       table=edition.file_name(table), nearest=guesses[code])  # fmt: skip


def _check_tree(edition: Edition, table: str, column: str, setting: str) -> None:
    frame = edition.tables.get(table, pd.DataFrame())
    if not {column, "parent_code"} <= set(frame.columns) or table not in edition.files:
        return
    file = edition.file_name(table)
    roots = list(frame.loc[frame["parent_code"].isna(), column].dropna())
    if len(roots) != 1:
        edition.report("roots", file, column="parent_code", value=", ".join(roots[:5]),
                       count=len(roots))  # fmt: skip
    stated = edition.settings.get(setting)
    if not isinstance(stated, str):
        stated = None  # reported with the settings
    if stated and stated not in set(frame[column]):
        edition.report("unknown_code", PACKAGE, column=f"atlas.{setting}", value=stated,
                       table=file, nearest=nearest(stated, frame[column].dropna()))  # fmt: skip
    elif stated and roots and stated not in roots:
        edition.report("one_of", PACKAGE, column=f"atlas.{setting}", value=stated,
                       allowed=", ".join(roots))  # fmt: skip
    parents = dict(zip(frame[column], frame["parent_code"], strict=True))
    for code, row in zip(frame[column], frame[LINE], strict=True):
        seen: set[str] = set()
        at = code
        while isinstance(at, str) and at not in seen:
            seen.add(at)
            at = parents.get(at)
        if isinstance(at, str) and at == code:
            edition.report("loop", file, int(row), "parent_code", code)


def _check_levels(edition: Edition) -> None:
    """The root is at level 0 and every other region deeper than its parent."""
    frame = edition.tables.get("regions", pd.DataFrame())
    if not {"region_code", "parent_code", "level", LINE} <= set(frame.columns):
        return
    levels = dict(zip(frame["region_code"], frame["level"], strict=True))
    for row, level, parent in frame[[LINE, "level", "parent_code"]].itertuples(index=False):
        root = not isinstance(parent, str)
        # An unknown parent or a missing level compares as not wrong: both are reported elsewhere.
        if level > 0 if root else level <= levels.get(parent, -1):
            edition.report("level", edition.file_name("regions"), int(row), "level", level)


def region_shapes(edition: Edition) -> gpd.GeoDataFrame:
    """The edition's boundaries, indexed by region_code: its own file, else the shipped ones.

    Raises DataError when neither can be read.
    """
    own = edition.own_boundaries()
    if own:
        return boundaries.read_boundaries(own)
    stated = edition.settings.get("boundaries") or {}
    country = stated.get("world_admin1", edition.settings["country"])
    return boundaries.world_units(country, edition.tables["regions"]["region_code"])


def _check_boundaries(edition: Edition) -> None:
    own = edition.own_boundaries()
    file, column = (own.name, "region_code") if own else (PACKAGE, "atlas.boundaries")
    try:
        shapes = region_shapes(edition)
    except DataError as error:
        edition.report("boundaries", file, column=column, value=error.facts.get("country"),
                       kind=error.kind, about=error.facts)  # fmt: skip
        return
    regions = edition.tables["regions"]
    if not regions["region_code"].isin(shapes.index).any():
        codes = ", ".join(sorted(shapes.index)[:5])
        edition.report("no_boundaries", file, column=column, value=codes)
        return
    drawn = regions[(regions["level"] > 0) & ~regions["region_code"].isin(shapes.index)]
    for row, code in drawn[[LINE, "region_code"]].itertuples(index=False):
        edition.report("boundary", edition.file_name("regions"), int(row), "region_code", code,
                       severity="warning")  # fmt: skip


def _check_content(edition: Edition) -> None:
    with duckdb.connect() as connection:
        create_tables(edition, connection)
        for name in database.names("checks"):
            run_check(edition, connection, name)
        check_judged(edition, connection)


def run_check(edition: Edition, connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Run one query of ``queries/checks``; every row it returns becomes an issue."""
    check = database.query(name)
    found = connection.execute(check.sql).df()
    for case in found.head(_MOST).to_dict("records"):
        row, column, value = (case.pop(word) for word in ("row", "column", "value"))
        edition.report(
            name.removeprefix("checks/"),
            edition.file_name(check.header["file"]),
            int(row),
            column,
            value,
            severity=check.header["severity"],
            **case,
        )
