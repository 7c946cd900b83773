"""Publishing: from a valid edition to an immutable release with every metric computed."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import geopandas as gpd
import pandas as pd

from atlas import __version__
from atlas.config import ROOT
from atlas.errors import DataError, ReleaseError
from atlas.ingest.confidentiality.protect import protect
from atlas.ingest.confidentiality.rules import SETTING, Rules, read_rules
from atlas.ingest.confidentiality.withheld import sealed
from atlas.ingest.edition import Edition, read_edition
from atlas.ingest.memory import recall
from atlas.ingest.recording import enter_imports
from atlas.ingest.replacing import alone
from atlas.ingest.tables import FOLDERS, create_tables
from atlas.ingest.validate import errors, region_shapes, validate
from atlas.metrics import METRICS, measure
from atlas.metrics.registry import Work
from atlas.model import Issue, Release
from atlas.store import boundaries, database, drafts, releases
from atlas.store.coverage import METRES_A_DEGREE
from atlas.store.integrity import damaged_file
from atlas.store.record import entry, operator

#: How far the screen's outlines may stray, as a share of the country's width.
_SCREEN_DETAIL = 1 / 1500
#: How much of the surroundings is drawn, as a share of the country's width.
_ON_SCREEN, _IN_PRINT = 0.6, 0.9

Progress = Callable[[str, float], None]
Warn = Callable[[Issue], None]


def build(
    folder: Path,
    home: Path | None = None,
    progress: Progress | None = None,
    warn: Warn | None = None,
    *,
    draft: bool = False,
    who: str | None = None,
) -> str:
    """Validate an edition and publish it, or keep it as a ``draft``; returns the release's id.

    The id follows from the content: the same edition built by the same code is the same release,
    and building it again changes nothing but CURRENT; a damaged one is put right. ``progress``
    is told a step's name and the share done; ``warn`` whatever comes to light only when an edition
    is published, beside earlier releases; the record is told ``who`` did it (default: the operating
    system's user). Raises DataError ``edition_invalid`` (with ``issues``) when validation finds
    errors, and ``confidentiality_failed`` when the audit of a confidential edition finds a
    suppressed figure that can be worked out; ReleaseError ``published_already`` for a draft of what
    is published. Nothing is published then.
    """
    tell = progress or (lambda _step, _share: None)
    tell("read", 0.0)
    with alone(folder):
        edition, memory = read_edition(folder), recall(folder)
        checksums = edition.checksums()
    tell("validate", 0.1)
    issues = validate(edition)
    blocking = errors(issues)
    if blocking:
        raise DataError("edition_invalid", count=len(blocking), issues=issues)
    rules = read_rules(edition)
    by = who or operator()
    with drafts.writing(edition.name, home) as shelf:
        enter_imports(edition, memory, shelf)
        if rules is not None:
            checksums = sealed(checksums, drafts.private_key(shelf))
        release_id = identify(edition, checksums)
        if (shelf / release_id).is_dir() and not damaged_file(shelf / release_id, afresh=True):
            if draft:
                raise ReleaseError("published_already", release=release_id)
            drafts.show(shelf, release_id, "published", by)
            return release_id
        with drafts.workspace(shelf, release_id) as work:
            manifest = _write(edition, rules, issues, checksums, work, tell, warn or _nobody)
            tell("publish", 0.95)
            built = entry("built", by, release_id, files=checksums)
            if draft:
                drafts.keep(work, release_id, manifest, built)
            else:
                drafts.publish(work, release_id, manifest, built)
    return release_id


def _write(
    edition: Edition,
    rules: Rules | None,
    issues: list[Issue],
    checksums: dict[str, str],
    work: Path,
    tell: Progress,
    warn: Warn,
) -> dict[str, Any]:
    """Write the release's files into the workspace; returns its manifest."""
    said: dict[str, Any] = {}
    if rules is not None:
        tell("protect", 0.2)
        before = len(edition.issues)
        known = _earlier(edition.name, work.parent)
        edition, said[SETTING] = protect(edition, rules, known)
        said[drafts.EARLIER] = sorted(release.release_id for release in known)
        issues = [*issues, *edition.issues[before:]]
        for issue in edition.issues[before:]:
            warn(issue)
    tell("compute", 0.3)
    rows = _write_database(edition, work / database.DATABASE)
    tell("draw", 0.7)
    _write_shapes(edition, work)
    return {**_manifest(edition, checksums, rows, len(issues)), **said}


def is_source_of(folder: Path, release: Release, home: Path | None = None) -> bool:
    """Whether the edition in a folder still is what the release was made from."""
    edition = read_edition(folder)
    checksums = edition.checksums()
    if read_rules(edition) is not None:
        with drafts.writing(edition.name, home) as shelf:
            checksums = sealed(checksums, drafts.private_key(shelf))
    return checksums == release.manifest.get("checksums")


def _nobody(_issue: Issue) -> None:
    """Whoever builds without asking for warnings finds their number in the manifest."""


def _earlier(edition: str, shelf: Path) -> list[Release]:
    """The releases that readers have, or may have kept. Raises ReleaseError ``release_damaged``
    where one cannot be read: what it gave could not be taken into account."""
    if edition not in releases.editions(shelf.parent):
        return []
    names = [path.name for path in shelf.glob("[!.]*/")]
    return [releases.find(edition, name, shelf.parent) for name in sorted(names)]


def identify(edition: Edition, checksums: dict[str, str]) -> str:
    """The release's id: the edition's version and a digest of all that goes into the release."""
    content = json.dumps([checksums, code_digest()], sort_keys=True)
    digest = hashlib.sha256(content.encode())
    # The id becomes a folder and a word in addresses, whatever the edition calls its version.
    version = re.sub(r"[^A-Za-z0-9.]+", "-", str(edition.package.get("version") or "0"))
    return f"{version.strip('.-')[:32] or '0'}-{digest.hexdigest()[:10]}"


def code_digest() -> str:
    """A digest of the code that makes releases, and of the boundaries shipped with it: other code
    makes another release."""
    digest = hashlib.sha256()
    rooms = [ROOT / "atlas" / room for room in ("ingest", "metrics", "store")]
    rooms += [database.QUERIES / folder for folder in (*FOLDERS, "figures", SETTING)]
    for path in sorted(path for room in rooms for path in room.rglob("*.[ps][yq]*")):
        if path.suffix in (".py", ".sql"):
            digest.update(path.read_bytes())
    # The shipped boundaries go into every release, as its own or as what surrounds it.
    digest.update(boundaries.WORLD.read_bytes())
    return digest.hexdigest()


def _write_database(edition: Edition, path: Path) -> dict[str, int]:
    """Write ``atlas.duckdb``; returns the number of rows of each table.

    Raises ReleaseError ``home_unwritable`` when it cannot be written to its end.
    """
    try:
        with duckdb.connect(str(path)) as connection:
            rows = _fill(edition, connection)
            # Closing would do this too, but say nothing when the disk is full.
            connection.execute("checkpoint")
            return rows
    except (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException) as error:
        raise ReleaseError("home_unwritable", path=path.parents[1], reason=error) from error


def _fill(edition: Edition, connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Fill the release's database; returns the number of rows of each table."""
    create_tables(edition, connection)
    parts = connection.execute(database.query("figures/parts").sql).fetchall()
    for measure_name, year in parts:
        about = {"measure": measure_name, "year": year}
        terms = connection.execute(database.query("figures/terms").sql, about).df()
        connection.from_df(_figures(terms)).insert_into("figures")
    tables = ("regions", "industries", "observations", "cells", "figures", "clusters",
              "firms", "institutions", "members", "linkages", "facts")  # fmt: skip
    return {name: connection.table(name).shape[0] for name in tables}


def _figures(terms: pd.DataFrame) -> pd.DataFrame:
    """Every metric of every cell, sorted as pages ask: by sector, then metric, then region."""
    work = Work(terms)
    keys = terms[["measure", "industry_code", "year", "region_code"]]
    found = []
    for name in METRICS:
        figures = pd.concat([keys, measure(name, work)], axis=1)
        figures.insert(0, "metric", name)
        # A metric that says nothing about a cell takes no room; queries bring the cell back.
        said = figures["status"].isin(["suppressed", "not_applicable"])
        found.append(figures[figures["value"].notna() | said])
    together = pd.concat(found, ignore_index=True).astype({"status": "str"})
    # Of one sector the metrics and regions already stand in order.
    return together.sort_values("industry_code", kind="stable")


def _write_shapes(edition: Edition, folder: Path) -> None:
    """Write the geometry: ``regions`` full, ``screen`` simplified, the surroundings of each
    (``regions_backdrop``, ``screen_backdrop``)."""
    levels = edition.tables["regions"].set_index("region_code")["level"]
    shapes = region_shapes(edition)[["geometry"]]
    shapes = shapes[shapes.index.isin(levels.index)]
    west, _, east, _ = shapes.total_bounds
    country, crs = str(edition.settings["country"]), str(edition.settings["metric_crs"])
    metres = (east - west) * METRES_A_DEGREE * _SCREEN_DETAIL
    full, screen, beside = [], [], None
    # Level by level: within one the regions share borders, between two they lie on each other.
    for level in sorted(levels.unique()):
        own = shapes[shapes.index.isin(levels.index[levels == level])]
        if len(own):
            full.append(boundaries.clean_coverage(own))
            simple, beside = boundaries.simplify_with_backdrop(
                full[-1], _around(shapes, _ON_SCREEN), country, tolerance_m=metres, metric_crs=crs
            )
            screen.append(simple)
    pd.concat(full).to_parquet(folder / "regions.parquet")
    pd.concat(screen).to_parquet(folder / "screen.parquet")
    printed = boundaries.backdrop(_around(shapes, _IN_PRINT), country)
    printed.to_parquet(folder / "regions_backdrop.parquet")
    if beside is not None:
        beside.to_parquet(folder / "screen_backdrop.parquet")


def _around(shapes: gpd.GeoDataFrame, share: float) -> tuple[float, float, float, float]:
    """The country's bounds widened on all sides by a share of its width, within the map."""
    west, south, east, north = shapes.total_bounds
    pad = share * (east - west)
    return west - pad, max(south - pad, -85.0), east + pad, min(north + pad, 85.0)


def _manifest(
    edition: Edition, checksums: dict[str, str], rows: dict[str, int], warnings: int
) -> dict[str, Any]:
    package = edition.package
    # The rules of a confidential edition are told by its certificate, if at all.
    settings = {name: said for name, said in edition.settings.items() if name != SETTING}
    return {
        "name": edition.name,
        "title": package.get("title", edition.name),
        **{key: package[key] for key in package if key.startswith("title_")},
        "version": package.get("version"),
        "built": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "atlas_version": __version__,
        "code": code_digest(),
        "atlas": {**settings, "measures_observed": edition.measures},
        "measures": settings.get("measures", {}),
        "licences": package.get("licenses", []),
        "sources": package.get("sources", []),
        "rows": rows,
        "warnings": warnings,
        "checksums": checksums,
    }
