"""The editions that files can be brought into from a page: those of one folder, by their names.

No name that somebody types leads out of that folder, nor does a link that lies in it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from atlas.errors import DataError, unknown
from atlas.ingest.blank import new_edition
from atlas.ingest.checking import rows_before
from atlas.ingest.contracts import TABLES
from atlas.ingest.edition import EDITION_NAME, PACKAGE, read_one
from atlas.store import boundaries


def editions(shelf: Path) -> dict[str, dict[str, Any]]:
    """The editions of a folder by name, each with its data package; one that cannot be read has
    an empty one."""
    if not shelf.is_dir():
        return {}
    root = shelf.resolve()
    return {
        path.name: _package(path)
        for path in sorted(shelf.iterdir())
        if EDITION_NAME.fullmatch(path.name)
        and path.resolve() == root / path.name
        and (path / PACKAGE).is_file()
    }


def folder_of(name: str, shelf: Path) -> Path:
    """The folder of an edition. Raises ChoiceError ``unknown_folder`` for any other name."""
    known = editions(shelf)
    if name not in known:
        raise unknown("folder", name, known)
    return shelf / name


def begin(name: str, shelf: Path, country: str, **more: Any) -> Path:
    """Make an edition from nothing in the folder; returns its own. More as for, and errors as of
    :func:`~atlas.ingest.blank.new_edition`; DataError ``edition_name`` for what is no name."""
    if not EDITION_NAME.fullmatch(name):
        raise DataError("edition_name", value=name)
    new_edition(shelf / name, country, **more)
    return shelf / name


def holdings(folder: Path) -> dict[str, int]:
    """How many rows each table of the edition has; tables that are not there are left out."""
    found = {name: rows_before(folder, name)[1] for name in TABLES}
    return {name: rows for name, rows in found.items() if rows}


def _package(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / PACKAGE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def rows_of(folder: Path, table: str) -> dict[str, dict[str, Any]]:
    """The regions or industries of the edition by their code."""
    frame = read_one(folder, table).tables.get(table)
    if frame is None:
        return {}
    code = "region_code" if table == "regions" else "industry_code"
    rows = frame.dropna(subset=[code]).to_dict("records")
    return {str(row[code]): {str(key): value for key, value in row.items()} for row in rows}


def countries() -> list[str]:
    """Codes of the countries whose regions are shipped, so that an edition can be begun."""
    return sorted(boundaries.world_countries())
