"""Queries by name: ``run("map/slice", release, year=2022)`` runs ``queries/map/slice.sql``."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from atlas.config import ROOT, settings
from atlas.errors import QueryError, ReleaseError
from atlas.model import Release

QUERIES = ROOT / "queries"
DATABASE = "atlas.duckdb"
#: How a header ends its columns when the edition's own follow.
_OWN = " and the edition's own"
_opening = threading.Lock()
#: By release: the place of its database on the disk, and the connection.
_opened: dict[Path, tuple[int, duckdb.DuckDBPyConnection]] = {}


@dataclass(frozen=True)
class Query:
    """One SQL file: its name (path without ending), text and what its header declares.

    ``columns`` are those it gives whatever the edition; where ``and_own`` is true the edition's
    own columns of the table stand among them.
    """

    name: str
    sql: str
    about: str
    params: tuple[str, ...]
    columns: tuple[str, ...]
    and_own: bool
    header: dict[str, str]


@cache
def query(name: str) -> Query:
    """The query of that name; QueryError ``no_query`` when there is no such file."""
    path = QUERIES / f"{name}.sql"
    if not path.is_file():
        raise QueryError("no_query", name=name)
    sql = path.read_text(encoding="utf-8")
    lines = [line[2:].strip() for line in sql.splitlines() if line.startswith("--")]
    header: dict[str, str] = {}
    word = "about"
    for line in lines:
        found = re.match(r"(grain|params|columns|severity|file):\s*(.*)", line)
        word, text = found.groups() if found else (word, line)
        header[word] = f"{header[word]} {text}" if word in header else text
    columns = header.get("columns", "")
    return Query(
        name=name,
        sql=sql,
        about=header.get("about", ""),
        params=_words(header.get("params", "")),
        columns=_words(columns.removesuffix(_OWN)),
        and_own=columns.endswith(_OWN),
        header=header,
    )


def _words(text: str) -> tuple[str, ...]:
    """The names in ``a (int), b (text or null: all)``."""
    bare = re.sub(r"\([^()]*\)", "", text)
    return tuple(word.strip() for word in bare.split(",") if word.strip())


def names(folder: str) -> list[str]:
    """Names of all queries in a folder of ``queries/``, in their order."""
    return [f"{folder}/{path.stem}" for path in sorted((QUERIES / folder).glob("*.sql"))]


def run(name: str, release: Release, **params: Any) -> pd.DataFrame:
    """The rows of a query over a release, one frame, columns as the query's header says.

    A cursor of its own per call: threads sharing one would read each other's answers.
    Raises QueryError for an unknown query or wrong parameters.
    """
    with connection(release.path).cursor() as cursor:
        return cursor.execute(_asked(name, params), params).df()


def arrays(name: str, release: Release, **params: Any) -> dict[str, npt.NDArray[Any]]:
    """The same as plain arrays by column, NaN for numbers that are missing: half the time of a
    frame where there are many rows."""
    with connection(release.path).cursor() as cursor:
        found = cursor.execute(_asked(name, params), params).fetchnumpy()
    return {
        column: np.ma.filled(values, np.nan) if values.dtype.kind == "f" else np.ma.getdata(values)
        for column, values in found.items()
    }


def _asked(name: str, params: Mapping[str, Any]) -> str:
    """The statement of a query that takes these parameters."""
    wanted = query(name)
    if set(params) != set(wanted.params):
        raise QueryError("no_query", name=f"{name}({', '.join(params)})")
    return wanted.sql


def connection(path: Path) -> duckdb.DuckDBPyConnection:
    """The one read-only, locked-down connection to the release in that folder."""
    file = path / DATABASE
    with _opening:
        try:
            place = file.stat().st_ino
            found = _opened.get(path)
            if found is None or found[0] != place:
                if found is not None:
                    # A damaged file was replaced. DuckDB would go on with the one that it has open.
                    found[1].close()
                found = _opened[path] = (place, _open(file))
        except (OSError, duckdb.Error) as error:
            raise ReleaseError("release_unreadable", release=path.name, reason=error) from error
        return found[1]


def _open(file: Path) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "memory_limit": settings().memory_limit,
        "threads": str(settings().threads),
        "lock_configuration": "true",
    }
    return duckdb.connect(str(file), read_only=True, config=config)
