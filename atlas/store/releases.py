"""Releases on disk, for readers: ``<home>/<edition>/<release id>/`` and a CURRENT pointer beside.

Drafts lie apart in ``.drafts``; :mod:`atlas.store.drafts` writes both. A release that is not as it
was published is never read: :func:`current` gives the last good one instead.
"""

from __future__ import annotations

import datetime
import json
import logging
from functools import cache
from pathlib import Path

import geopandas as gpd

from atlas.config import settings
from atlas.errors import ChoiceError, ReleaseError, unknown
from atlas.model import Release
from atlas.store.integrity import MANIFEST, damaged_file

log = logging.getLogger("atlas")
CURRENT = "CURRENT"
#: Folder of the drafts of an edition. A draft's folder is its id, a point, and letters of its own:
#: built once more after other releases it may hold other figures, and caches go by the folder.
DRAFTS = ".drafts"


def home_folder(home: Path | None = None) -> Path:
    """The folder of releases: the one given, else the configured one."""
    return (home or settings().home).absolute()


def editions(home: Path | None = None) -> list[str]:
    """Names of the editions that have a published release, sorted."""
    root = home_folder(home)
    return sorted(path.parent.name for path in root.glob(f"*/{CURRENT}"))


def begun(home: Path | None = None) -> list[str]:
    """Names of the editions that have anything here, be it only a draft or a record; sorted."""
    return sorted(path.name for path in home_folder(home).glob("[!.]*/"))


def current(edition: str, home: Path | None = None) -> Release:
    """The release an edition's CURRENT points at or, when that is damaged, the last good one.

    Raises ChoiceError for an unknown edition, ReleaseError when nothing was published yet, and
    ``release_damaged`` when no release of the edition is as it was published.
    """
    wanted = pointed_at(edition, home)
    good = _last_good(edition, wanted, home)
    if good is None:
        folder = _shelf(edition, home) / wanted
        raise ReleaseError("release_damaged", release=wanted, file=damaged_file(folder))
    return good


def pointed_at(edition: str, home: Path | None = None) -> str:
    """The id that CURRENT holds, whether or not there is such a release. Raises as current."""
    pointer = _shelf(edition, home) / CURRENT
    return pointer.read_bytes().decode("utf-8", "replace").strip()


def find(edition: str, release_id: str, home: Path | None = None) -> Release:
    """A release by its id. Raises ChoiceError when the edition has none of that id, ReleaseError
    ``release_damaged`` (``file``) when it is not as it was published."""
    folder = _folders(edition, home).get(release_id)
    if folder is None:
        known = [release.release_id for release in published(edition, home)]
        raise unknown("release", release_id, known)
    return _sound(folder, edition, release_id)


def find_or_last_good(edition: str, release_id: str, home: Path | None = None) -> Release:
    """A release by its id or, when that is damaged, the last good one. Raises as find."""
    try:
        return find(edition, release_id, home)
    except ReleaseError:
        good = _last_good(edition, release_id, home)
        if good is None:
            raise
        return good


def served_instead(
    edition: str, release_id: str | None = None, home: Path | None = None
) -> ReleaseError | None:
    """What to tell whoever asks for that release, or for the current one, and is given another
    because it is damaged; None when they get what they asked for. Raises as :func:`find`."""
    if release_id is None:
        wanted, shown = pointed_at(edition, home), current(edition, home)
    else:
        wanted, shown = release_id, find_or_last_good(edition, release_id, home)
    if shown.release_id == wanted:
        return None
    file = damaged_file(_shelf(edition, home) / Path(wanted).name) or MANIFEST
    return ReleaseError("last_good_shown", release=wanted, file=file, shown=shown.release_id)


def published(edition: str, home: Path | None = None) -> list[Release]:
    """All releases of an edition whose manifest can be read, the newest first; what else they hold
    is not looked at. Raises as :func:`current`."""
    found = [_read(folder, edition, name) for name, folder in _folders(edition, home).items()]
    return sorted((one for one in found if one), key=published_when, reverse=True)


def published_when(release: Release) -> str:
    """When it was published, in UTC: as text in the order of time."""
    return str(release.manifest.get("published") or release.manifest["built"])


def damaged(edition: str, home: Path | None = None) -> dict[str, str]:
    """The releases and drafts of an edition that are not as they were written: id, and the first
    file that is not.

    What CURRENT points at is among them where it is not there at all. Raises as :func:`current`.
    """
    shelf = _shelf(edition, home)
    folders = {name: paths[-1] for name, paths in draft_folders(shelf).items()}
    wanted = pointed_at(edition, home)
    folders |= {wanted: shelf / Path(wanted).name} | _folders(edition, home)
    judged = {name: damaged_file(folder) for name, folder in folders.items()}
    return {name: file for name, file in judged.items() if file is not None}


def drafts(edition: str, home: Path | None = None) -> list[Release]:
    """The drafts of an edition whose manifest can be read, the newest first; none where there is
    no such edition."""
    try:
        folders = draft_folders(folder_of(edition, home))
    except (ChoiceError, ReleaseError):
        return []
    every = [_read(path, edition, name) for name, paths in folders.items() for path in paths]
    newest_last = sorted((one for one in every if one), key=_built)
    # Of the same id the older one is on its way out.
    return sorted({one.release_id: one for one in newest_last}.values(), key=_built, reverse=True)


def find_draft(edition: str, release_id: str, home: Path | None = None) -> Release:
    """A draft by its id. Raises ReleaseError ``no_draft`` when the edition has none, ChoiceError
    when it has others, ReleaseError ``release_damaged`` when it is not as it was built."""
    known = {draft.release_id: draft for draft in drafts(edition, home)}
    if not known:
        raise ReleaseError("no_draft", edition=edition)
    if release_id not in known:
        raise unknown("draft", release_id, known)
    return _sound(known[release_id].path, edition, release_id)


def folder_of(edition: str, home: Path | None = None) -> Path:
    """The folder of an edition that has a release or a draft. Raises as :func:`current`."""
    known = begun(home)
    # Only names that lie there: no other, and no path, leads anywhere.
    if edition in known:
        return home_folder(home) / edition
    if known:
        raise unknown("edition", edition, known)
    raise ReleaseError("no_release", edition=edition)


def find_either(edition: str, release_id: str, home: Path | None = None) -> Release:
    """A release or a draft by its id. Raises as :func:`find`."""
    if any(draft.release_id == release_id for draft in drafts(edition, home)):
        return find_draft(edition, release_id, home)
    return find(edition, release_id, home)


def draft_folders(folder: Path) -> dict[str, list[Path]]:
    """The folders of the drafts in an edition's folder, by id."""
    found: dict[str, list[Path]] = {}
    for path in sorted((folder / DRAFTS).glob("[!.]*/")):
        found.setdefault(path.name.rpartition(".")[0], []).append(path)
    return found


def _built(release: Release) -> str:
    return str(release.manifest["built"])


def _shelf(edition: str, home: Path | None) -> Path:
    """The folder of an edition that has a release: no other name, and no path, leads anywhere."""
    known = editions(home)
    if edition in known:
        return home_folder(home) / edition
    if known:
        raise unknown("edition", edition, known)
    raise ReleaseError("no_release", edition=edition)


def _folders(edition: str, home: Path | None) -> dict[str, Path]:
    """The folders of an edition's releases by their ids."""
    # One without a manifest is a release that somebody took apart.
    return {path.name: path for path in _shelf(edition, home).glob("[!.]*/")}


def _last_good(edition: str, wanted: str, home: Path | None) -> Release | None:
    """The release of that id if it is as it was published, else the one before it that is, else
    the newest of those after it; None where none is."""
    folders = _folders(edition, home)
    if wanted in folders and damaged_file(folders[wanted]) is None:
        return _read(folders[wanted], edition, wanted)
    when = _time(edition, wanted, folders[wanted]) if wanted in folders else "9"
    others = [one for one in published(edition, home) if one.release_id != wanted]
    before = [one for one in others if published_when(one) <= when]
    for one in [*before, *(other for other in others if other not in before)]:
        if damaged_file(one.path) is None:
            _tell(edition, wanted, one.release_id)
            return one
    return None


@cache
def _tell(edition: str, wanted: str, shown: str) -> None:
    """Once to whoever reads the log, or standard error of a command."""
    log.warning("%s: the release “%s” is damaged; “%s” is served instead", edition, wanted, shown)


def _time(edition: str, release_id: str, folder: Path) -> str:
    """When a release was published, as nearly as can be told of a damaged one."""
    release = _read(folder, edition, release_id)
    if release is not None:
        return published_when(release)
    changed = datetime.datetime.fromtimestamp(folder.stat().st_mtime, datetime.UTC)
    return changed.isoformat(timespec="seconds")


def _sound(folder: Path, edition: str, release_id: str) -> Release:
    file = damaged_file(folder)
    release = _read(folder, edition, release_id) if file is None else None
    if release is None:
        raise ReleaseError("release_damaged", release=release_id, file=file or MANIFEST)
    return release


def _read(folder: Path, edition: str, release_id: str) -> Release | None:
    """The release in that folder; None where its manifest cannot be read."""
    try:
        changed = (folder / MANIFEST).stat()
        return _load(folder, edition, release_id, (changed.st_mtime_ns, changed.st_ino))
    except (OSError, ValueError):
        return None


@cache
def _load(folder: Path, edition: str, release_id: str, _changed: tuple[int, int]) -> Release:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if not isinstance(manifest, dict) or not {"built", "atlas"} <= manifest.keys():
        raise ValueError(MANIFEST)
    return Release(edition=edition, release_id=release_id, path=folder, manifest=manifest)


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
