"""Writing releases: drafts, publishing, rolling back, deleting; one writer per edition at a time.

A release is written in a hidden folder, then renamed into place, then pointed at; each of the last
two steps is atomic, so a process killed at any moment leaves the release before as it was. What it
did or did not do is recorded all the same, by whoever comes next (:mod:`atlas.store.record`).
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from atlas.errors import ChoiceError, ReleaseError, unknown
from atlas.model import Entry, Release
from atlas.store import record, releases
from atlas.store.files import BESIDE, move, sync, write
from atlas.store.integrity import MANIFEST, changed, damaged_file, digest_of, signed, written
from atlas.store.record import Effect, entry
from atlas.store.releases import CURRENT, DRAFTS, drafts, find_draft

#: Folders that are being written or taken away.
_WORK = ".draft-"
_KEY = ".private-key"
#: Of a confidential release: the releases that its audit knew of.
EARLIER = "earlier"


# --- one writer ----------------------------------------------------------------------------


@contextlib.contextmanager
def writing(edition: str, home: Path | None = None) -> Iterator[Path]:
    """The edition's folder for one writer at a time: a second one waits for the first.

    What a writer that died has left is put in order first. Raises ReleaseError ``home_unwritable``
    when something cannot be written there, then or in the block (a full disk).
    """
    folder = releases.home_folder(home) / edition
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _settle(folder)
            yield folder
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReleaseError("home_unwritable", path=folder, reason=reason) from error


@contextlib.contextmanager
def draft(edition: str, release_id: str, home: Path | None = None) -> Iterator[Path]:
    """As :func:`writing`, with a private folder to write a release in; removed again unless it was
    kept or published."""
    with writing(edition, home) as folder, workspace(folder, release_id) as work:
        yield work


@contextlib.contextmanager
def workspace(folder: Path, release_id: str) -> Iterator[Path]:
    """A private folder in the edition's ``folder``; removed again unless kept or published."""
    work = folder / f"{_WORK}{release_id}"
    work.mkdir()
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _settle(folder: Path) -> None:
    """Clear away and enter into the record what whoever held the lock before us could not."""
    for stale in folder.glob(f"{_WORK}*"):
        shutil.rmtree(stale)
    for stale in folder.glob(f"{BESIDE}*"):
        stale.unlink()
    record.enter(folder)
    for kept in drafts(folder.name, folder.parent):
        published = folder / kept.release_id
        is_done = published.is_dir() and damaged_file(published) is None
        _take_away_older(folder, kept.release_id, None if is_done else kept.path)


def _take_away_older(folder: Path, release_id: str, kept: Path | None = None) -> None:
    """Remove every draft of that id but the one that is ``kept``."""
    for path in releases.draft_folders(folder).get(release_id, ()):
        if path != kept:
            _take_away(path)


def _take_away(path: Path) -> None:
    """Remove a folder: gone at once, however long it takes or however it ends."""
    folder = path.parent.parent if path.parent.name == DRAFTS else path.parent
    gone = folder / f"{_WORK}{secrets.token_hex(4)}"
    move(path, gone)
    shutil.rmtree(gone, ignore_errors=True)


def private_key(folder: Path) -> bytes:
    """The secret of the edition in ``folder``, made when first asked for: it lies beside its
    releases, never in one. The caller holds the lock."""
    path = folder / _KEY
    if not path.exists():
        beside = path.with_name(f"{BESIDE}{_KEY}")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        move(beside, path)
    return path.read_bytes()


# --- keeping and publishing ----------------------------------------------------------------


def keep(work: Path, release_id: str, manifest: Mapping[str, Any], built: Entry) -> Path:
    """Turn a finished workspace into a draft; returns its folder. Of an older draft with the same
    id it takes the place."""
    _finish(work, signed(manifest, work))
    folder = work.parent
    (folder / DRAFTS).mkdir(exist_ok=True)
    target = folder / DRAFTS / f"{release_id}.{secrets.token_hex(4)}"
    record.announce(folder, [built], Effect(there=f"{DRAFTS}/{target.name}"))
    move(work, target)
    _enter(folder)
    _take_away_older(folder, release_id, target)
    return target


def publish(work: Path, release_id: str, manifest: Mapping[str, Any], built: Entry) -> Path:
    """Turn a finished workspace into a release and point CURRENT at it; returns its folder."""
    folder = work.parent
    _finish(work, signed({**manifest, "published": _now()}, work))
    shown = entry("published", built.who, release_id, files=built.files, note=_shown(folder) or "")
    return _place(work, folder / release_id, [built, shown])


def show(folder: Path, release_id: str, step: str, who: str) -> None:
    """Make a release that is published the one that is shown; nothing where it is already."""
    before = _shown(folder)
    if before != release_id:
        record.announce(folder, [entry(step, who, release_id, note=before or "")],
                        Effect(current=release_id))  # fmt: skip
        point_at(folder / release_id)
        _enter(folder)


def point_at(target: Path) -> None:
    """Make a release the current one, atomically."""
    write(target.parent / CURRENT, target.name + "\n")


def _finish(work: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest last and have all of it on the disk."""
    write(work / MANIFEST, written(manifest))
    for path in work.iterdir():
        sync(path)
    sync(work)


def _place(work: Path, target: Path, steps: Sequence[Entry]) -> Path:
    folder = target.parent
    record.announce(folder, steps, Effect(current=target.name, digest=digest_of(work)))
    if target.exists() and damaged_file(target) is not None:
        _take_away(target)
    move(work, target)
    point_at(target)
    _enter(folder)
    _take_away_older(folder, target.name)
    return target


def _enter(folder: Path) -> None:
    # The step took place: a full disk must not make it look undone. What was announced is read
    # together with the record, and entered by the next writer.
    with contextlib.suppress(OSError):
        record.enter(folder)


def _shown(folder: Path) -> str | None:
    pointer = folder / CURRENT
    return pointer.read_bytes().decode("utf-8", "replace").strip() if pointer.exists() else None


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat()


# --- what a data manager does --------------------------------------------------------------


def publish_draft(edition: str, release_id: str, *, who: str, home: Path | None = None) -> Release:
    """Publish a draft and show it; what is published already is shown again.

    Raises ReleaseError or ChoiceError when there is no such draft, ReleaseError
    ``release_damaged`` when it is not as it was built, and ``draft_outdated`` when it keeps figures
    back and its audit did not know a release that was published since.
    """
    releases.folder_of(edition, home)
    with writing(edition, home) as folder:
        try:
            found = find_draft(edition, release_id, home)
        except (ChoiceError, ReleaseError):
            if not _is_published(edition, release_id, home):
                raise
            show(folder, release_id, "published", who)
            return releases.find(edition, release_id, home)
        _check_afresh(found.path, release_id)
        _check_audit(found, folder)
        write(found.path / MANIFEST, written(changed(found.manifest, published=_now())))
        said = entry("published", who, release_id, files=found.manifest.get("checksums"),
                     note=_shown(folder) or "")  # fmt: skip
        _place(found.path, folder / release_id, [said])
    return releases.find(edition, release_id, home)


def roll_back(edition: str, release_id: str, *, who: str, home: Path | None = None) -> Release:
    """Show a release that was published before. Links to the others go on.

    Raises ChoiceError when there is none of that id, ReleaseError ``release_damaged`` when it is
    not as it was published.
    """
    _check_afresh(releases.find(edition, release_id, home).path, release_id)
    with writing(edition, home) as folder:
        show(folder, release_id, "rolled_back", who)
    return releases.find(edition, release_id, home)


def delete_draft(edition: str, release_id: str, *, who: str, home: Path | None = None) -> None:
    """Delete a draft; nothing where that was the last thing done to it.

    Raises ReleaseError or ChoiceError when there is no such draft. A published release is never
    deleted.
    """
    releases.folder_of(edition, home)
    with writing(edition, home) as folder:
        known = releases.draft_folders(folder)
        if release_id not in known:
            if _was_deleted(edition, release_id, home):
                return
            if not known:
                raise ReleaseError("no_draft", edition=edition)
            raise unknown("draft", release_id, known)
        path = known[release_id][-1]
        record.announce(folder, [entry("deleted", who, release_id)],
                        Effect(gone=f"{DRAFTS}/{path.name}"))  # fmt: skip
        _take_away_older(folder, release_id)
        _enter(folder)


def _is_published(edition: str, release_id: str, home: Path | None) -> bool:
    return edition in releases.editions(home) and release_id in {
        release.release_id for release in releases.published(edition, home)
    }


def _was_deleted(edition: str, release_id: str, home: Path | None) -> bool:
    steps = [one.step for one in record.entries(edition, home) if one.release_id == release_id]
    return steps[:1] == ["deleted"]


def _check_afresh(folder: Path, release_id: str) -> None:
    """Whoever is about to show a release to everybody does not go by what was found before."""
    file = damaged_file(folder, afresh=True)
    if file is not None:
        raise ReleaseError("release_damaged", release=release_id, file=file)


def _check_audit(found: Release, folder: Path) -> None:
    """Readers can compare a release with every other that was published: one that keeps figures
    back must have been audited against all of them."""
    if EARLIER in found.manifest:
        others = {path.name for path in folder.glob("[!.]*/")} - set(found.manifest[EARLIER])
        if others:
            raise ReleaseError("draft_outdated", release=found.release_id,
                               others=", ".join(sorted(others)))  # fmt: skip
