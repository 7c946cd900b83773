"""Releases on disk: ``<home>/<edition>/<release id>/`` and a CURRENT pointer beside them.

A release is written in a hidden folder, then renamed into place, then pointed at; each of the
last two steps is atomic, so a process killed at any moment leaves the release before as it was.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd

from atlas.config import settings
from atlas.errors import ReleaseError, unknown
from atlas.model import Release

CURRENT = "CURRENT"
_BESIDE = f".{CURRENT}."
MANIFEST = "manifest.json"
_DRAFT = ".draft-"
_KEY = ".private-key"


def home_folder(home: Path | None = None) -> Path:
    """The folder of releases: the one given, else the configured one."""
    return (home or settings().home).absolute()


def editions(home: Path | None = None) -> list[str]:
    """Names of the editions that have a published release, sorted."""
    root = home_folder(home)
    return sorted(path.parent.name for path in root.glob(f"*/{CURRENT}"))


def current(edition: str, home: Path | None = None) -> Release:
    """The release an edition's CURRENT points at.

    Raises ChoiceError for an unknown edition, ReleaseError when nothing was published yet.
    """
    pointer = _shelf(edition, home) / CURRENT
    return find(edition, pointer.read_text(encoding="utf-8").strip(), home)


def find(edition: str, release_id: str, home: Path | None = None) -> Release:
    """A release by its id; ChoiceError when the edition has none of that id, else as current."""
    _shelf(edition, home)
    known = [release.release_id for release in published(edition, home)]
    if release_id not in known:
        raise unknown("release", release_id, known)
    return _load(home_folder(home) / edition / release_id)


def published(edition: str, home: Path | None = None) -> list[Release]:
    """All releases of an edition, the newest first. Raises as :func:`current`."""
    folders = _shelf(edition, home).glob(f"[!.]*/{MANIFEST}")
    loaded = [_load(path.parent) for path in folders]
    return sorted(loaded, key=lambda release: str(release.manifest["built"]), reverse=True)


def _shelf(edition: str, home: Path | None) -> Path:
    """The folder of an edition that has a release: no other name, and no path, leads anywhere."""
    known = editions(home)
    if edition in known:
        return home_folder(home) / edition
    if known:
        raise unknown("edition", edition, known)
    raise ReleaseError("no_release", edition=edition)


@cache
def _load(path: Path) -> Release:
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReleaseError("release_unreadable", release=path.name, reason=error) from error
    return Release(edition=path.parent.name, release_id=path.name, path=path, manifest=manifest)


@contextlib.contextmanager
def draft(edition: str, release_id: str, home: Path | None = None) -> Iterator[Path]:
    """A private folder to write a release in; removed again unless it was published.

    One writer per edition at a time: a second one waits for the first.
    Raises ReleaseError ``home_unwritable`` when something cannot be written there, then or while
    the draft is being written (a full disk).
    """
    folder = home_folder(home) / edition
    path = folder / f"{_DRAFT}{release_id}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            # Whoever held the lock before us and died left its draft behind.
            for stale in folder.glob(f"{_DRAFT}*"):
                shutil.rmtree(stale)
            for stale in folder.glob(f"{_BESIDE}*"):
                stale.unlink()
            path.mkdir()
            try:
                yield path
            finally:
                shutil.rmtree(path, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReleaseError("home_unwritable", path=folder, reason=reason) from error


def private_key(edition: str, home: Path | None = None) -> bytes:
    """The edition's secret, made when first asked for: it lies beside its releases, never in one.

    Raises ReleaseError ``home_unwritable`` when it cannot be made.
    """
    path = home_folder(home) / edition / _KEY
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            beside = path.with_name(f"{_KEY}.{os.getpid()}")
            beside.touch(mode=0o600)
            with beside.open("wb") as file:
                file.write(secrets.token_bytes(32))
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(beside, path)
            beside.unlink()
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReleaseError("home_unwritable", path=path.parent, reason=reason) from error


def publish(path: Path, release_id: str, manifest: Mapping[str, Any]) -> Path:
    """Turn a finished draft into a release and point CURRENT at it.

    Returns the release's folder. The manifest is written last, so a folder without one is no
    release.
    """
    _write(path / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1, default=str))
    target = path.parent / release_id
    if not (target / MANIFEST).is_file():
        # No release: what is left of one that somebody took apart.
        shutil.rmtree(target, ignore_errors=True)
    os.replace(path, target)
    point_at(target)
    return target


def point_at(target: Path) -> None:
    """Make a release the current one, atomically."""
    pointer = target.parent / CURRENT
    beside = pointer.with_name(f"{_BESIDE}{os.getpid()}")
    _write(beside, target.name + "\n")
    os.replace(beside, pointer)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


@cache
def shapes(release: Release, layer: str) -> gpd.GeoDataFrame:
    """Geometry of a release in EPSG:4326, not to be changed by the caller.

    ``layer``: ``regions`` (full, for print) or ``screen`` (simplified), both indexed by
    region_code, or their surroundings ``regions_backdrop`` and ``screen_backdrop`` (neighbouring
    countries, indexed by country code).
    """
    path = release.path / f"{layer}.parquet"
    try:
        return gpd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise ReleaseError(
            "release_unreadable", release=release.release_id, reason=error
        ) from error
