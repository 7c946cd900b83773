"""Reading an edition's folder: every table as it stands, and every issue on the way."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet
from pyproj import CRS
from pyproj.exceptions import CRSError

from atlas.config import ROOT
from atlas.errors import DataError, nearest
from atlas.ingest.contracts import BASES, PRIVATE, SETTINGS, TABLES, Table
from atlas.model import MEASURES, Issue

PACKAGE = "datapackage.json"
SHIPPED = ROOT / "geodata" / "editions"
#: Column of a table as read: the line in the file (header = 1). No edition calls a column that.
LINE = "line in the file"
_ENDINGS = (".csv", ".parquet")
#: An edition's name becomes a folder and a word in addresses.
EDITION_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


@dataclass
class Edition:
    """An edition in memory: its settings, its tables as read, and what was wrong with them.

    Tables keep a column :data:`LINE`: the line in the file (header = 1). The figures of rows that
    are suppressed are not kept; those of a confidential edition are ``withheld``: nothing but
    :mod:`atlas.ingest.confidentiality` reads them. ``published``: the observations as they may be
    published, in the form of ``long_observations``, once that has settled them.
    """

    folder: Path
    package: Mapping[str, Any] = field(default_factory=dict)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    withheld: pd.DataFrame | None = None
    published: pd.DataFrame | None = None

    @property
    def name(self) -> str:
        """The edition's name: its folder under ``ATLAS_HOME`` and its word in addresses."""
        return str(self.package["name"])

    @property
    def settings(self) -> Mapping[str, Any]:
        """The ``atlas`` object of the data package."""
        settings = self.package.get("atlas")
        return settings if isinstance(settings, dict) else {}

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that the observations have a column for."""
        observed = self.tables.get("observations", pd.DataFrame()).columns
        return tuple(measure for measure in MEASURES if measure in observed)

    def file_name(self, table: str) -> str:
        """The table's file as a person finds it in the folder."""
        return self.files[table].name if table in self.files else f"{table}.csv"

    def report(
        self,
        rule: str,
        file: str,
        row: int | None = None,
        column: str | None = None,
        value: Any = None,
        severity: str = "error",
        **facts: Any,
    ) -> None:
        """Note one issue."""
        missing = value is None or value is pd.NA
        shown = None if missing else f"{value:.15g}" if isinstance(value, float) else str(value)
        self.issues.append(Issue(file, row, column, shown, rule, severity, facts))

    def checksums(self) -> dict[str, str]:
        """SHA-256 of every file of the edition, by file name."""
        paths = [self.folder / PACKAGE, *self.files.values()]
        own = self.own_boundaries()
        paths += [own] if own else []
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(paths)}

    def lowest_regions(self) -> list[str]:
        """The codes of the regions that have no parts."""
        regions = self.tables["regions"]
        return sorted(set(regions["region_code"].dropna()) - set(regions["parent_code"].dropna()))

    def own_boundaries(self) -> Path | None:
        """The edition's own boundary file, if it brings one."""
        found = [
            path
            for ending in (".geojson", ".gpkg", ".parquet")
            if (path := self.folder / f"boundaries{ending}").is_file()
        ]
        return found[0] if found else None


def read_edition(folder: Path, only: Collection[str] | None = None) -> Edition:
    """An edition's settings and tables (``only`` these, else all), text as text, numbers as
    floats, empty as missing.

    Whatever is wrong with the form (missing tables or columns, words where numbers belong) is in
    ``issues``. Raises DataError ``no_edition_folder`` when the folder holds no data package; it
    names the nearest folder beside it, or shipped with the project, that does.
    """
    edition = Edition(folder)
    if not (folder / PACKAGE).is_file():
        beside = [*folder.parent.glob(PACKAGE), *folder.parent.glob(f"*/{PACKAGE}")]
        # By their own names: where they lie says nothing about which was meant.
        packages = [*SHIPPED.glob(f"*/{PACKAGE}"), *beside]
        folders = {path.parent.name: str(path.parent) for path in packages}
        wanted = folder.parent if folder.is_file() else folder
        known = folders.get(nearest(wanted.name, folders), "")
        raise DataError("no_edition_folder", path=folder, nearest=known)
    try:
        package = json.loads((folder / PACKAGE).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        edition.report("json", PACKAGE, reason=str(error))
        package = {}
    edition.package = package if isinstance(package, dict) else {}
    _check_settings(edition)
    is_confidential = "confidentiality" in edition.settings
    for name, table in {**TABLES, **(PRIVATE if is_confidential else {})}.items():
        if only is None or name in only:
            _read_table(edition, name, table)
    drop_suppressed(edition, keep=is_confidential)
    return edition


def read_one(folder: Path, name: str) -> Edition:
    """One table of an edition as it stands: the figures of suppressed rows are in it."""
    edition = Edition(folder)
    _read_table(edition, name, TABLES[name])
    return edition


def _check_settings(edition: Edition) -> None:
    name = edition.package.get("name")
    if not isinstance(name, str) or not name:
        edition.report("setting", PACKAGE, column="name", name="name")
    elif not EDITION_NAME.fullmatch(name):
        edition.report("one_of", PACKAGE, column="name", value=name, allowed="a-z 0-9 - _")
    for name, example in SETTINGS.items():
        value = edition.settings.get(name)
        if not value:
            edition.report("setting", PACKAGE, column=f"atlas.{name}", name=name)
        elif not _alike(value, example):
            edition.report("setting_form", PACKAGE, column=f"atlas.{name}", value=value,
                           example=json.dumps(example))  # fmt: skip
        elif name == "metric_crs" and not _in_metres(value):
            edition.report("metric_crs", PACKAGE, column=f"atlas.{name}", value=value,
                           example=example)  # fmt: skip
    stated = edition.settings.get("boundaries")
    if stated is not None and not _alike(stated, {}):
        edition.report("setting_form", PACKAGE, column="atlas.boundaries", value=stated,
                       example='{"world_admin1": "GE"}')  # fmt: skip
    base = edition.settings.get("quotient_base", "root")
    if base not in BASES:
        edition.report("one_of", PACKAGE, column="atlas.quotient_base", value=base,
                       allowed=", ".join(BASES))  # fmt: skip


def _alike(value: Any, example: Any) -> bool:
    """Whether a setting has the form of its example: a text, a list or an object of texts."""
    if isinstance(example, dict):
        return isinstance(value, dict) and all(isinstance(part, str) for part in value.values())
    if isinstance(example, list):
        return isinstance(value, list) and all(isinstance(part, str) and part for part in value)
    return isinstance(value, str)


def _in_metres(code: str) -> bool:
    try:
        crs = CRS.from_user_input(code)
    except CRSError:
        return False
    return crs.is_projected and crs.axis_info[0].unit_name == "metre"


def drop_suppressed(edition: Edition, *, keep: bool = False) -> None:
    """Take the figures of suppressed rows away, so that no table of a release can hold them; they
    may be kept in ``withheld``, for the confidentiality of the others."""
    frame = edition.tables.get("observations", pd.DataFrame())
    if "status" in frame:
        rows, measures = frame["status"] == "suppressed", list(edition.measures)
        if keep:
            edition.withheld = frame.loc[rows, measures].copy()
        frame.loc[rows, measures] = np.nan


def _read_table(edition: Edition, name: str, table: Table) -> None:
    found = [p for ending in _ENDINGS if (p := edition.folder / f"{name}{ending}").is_file()]
    if not found:
        needed = table.needed or (table.with_table in edition.tables)
        if needed:
            edition.report("table", f"{name}.csv")
        edition.tables[name] = pd.DataFrame(
            {column: pd.Series(dtype=_dtype(table, column)) for column in table.schema.columns}
        )
        if needed or name != "clusters":
            return
        del edition.tables[name]
        return
    edition.files[name] = found[0]
    try:
        raw = _read_file(found[0], table)
    except (OSError, ValueError, pyarrow.ArrowException) as error:
        edition.report("unreadable", found[0].name, reason=" ".join(str(error).split()))
        return
    edition.tables[name] = _typed(edition, name, table, raw)


def _dtype(table: Table, column: str) -> str:
    return "float64" if column in table.numbers else "str"


def _read_file(path: Path, table: Table) -> pd.DataFrame:
    """The file's cells under its header, without blank lines, each with its line in the file.

    Raises OSError or ValueError (pandas' and Arrow's own among them) for a file that is none.
    """
    if path.suffix == ".parquet":
        frame = pyarrow.parquet.read_table(path).to_pandas(ignore_metadata=True)
    else:
        # Not under pandas' own header: that renames repeated columns, and moves every cell one
        # column to the left where each line has one more than the header.
        cells = pd.read_csv(
            path,
            dtype=str,
            encoding="utf-8-sig",
            keep_default_na=False,
            na_values=[""],
            skip_blank_lines=False,
            header=None,
        )
        frame = cells.iloc[1:].set_axis(cells.iloc[0].fillna("").to_list(), axis="columns")
    frame = frame.set_axis(_column_names(frame, table), axis="columns")
    lines = pd.Series(range(2, len(frame) + 2), index=frame.index, name=LINE)
    return pd.concat([frame.dropna(how="all"), lines], axis="columns", join="inner")


def _column_names(frame: pd.DataFrame, table: Table) -> list[str]:
    """The columns' names without blanks around, the contract's in its own letter case.

    A column without a name is called by its number. Raises ValueError for a name that is there
    twice (letter case ignored, as DuckDB does).
    """
    contract = {column.casefold(): column for column in table.schema.columns}
    found: dict[str, str] = {}
    for number, column in enumerate(frame.columns, start=1):
        name = str(column).strip() or f"column {number}"
        if name.casefold() in found:
            raise ValueError(f"two columns are called “{name}”")
        found[name.casefold()] = contract.get(name.casefold(), name)
    return list(found.values())


def _typed(edition: Edition, name: str, table: Table, raw: pd.DataFrame) -> pd.DataFrame:
    """The table with its number columns as floats, all others of its contract as text; each cell
    that should be a number and is none is an issue."""
    frame = raw.copy()
    for column in set(table.schema.columns) & set(raw.columns):
        if column not in table.numbers:
            frame[column] = _texts(raw[column])
            continue
        numbers = pd.to_numeric(raw[column], errors="coerce").astype("float64")
        numbers = numbers.where(np.isfinite(numbers))
        for index in raw.index[numbers.isna() & raw[column].notna()]:
            edition.report(
                "number",
                edition.file_name(name),
                row=int(raw.at[index, LINE]),
                column=column,
                value=raw.at[index, column],
            )
        frame[column] = numbers
    return frame


def _texts(column: pd.Series) -> pd.Series:
    """The column as text, missing kept; a code that Parquet holds as the number 7.0 is "7"."""

    def word(value: Any) -> str:
        whole = isinstance(value, float) and value.is_integer()
        return str(int(value)) if whole else str(value)

    return column.astype(object).map(word, na_action="ignore").astype("str")
