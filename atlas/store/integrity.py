"""Whether a release is what was published: every file by its size and its SHA-256.

The manifest names its files and carries a digest of itself, so that a flipped bit anywhere, a file
cut off and a file that is gone are all found before anything is read from the release.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
_FILES, _DIGEST = "files", "digest"

#: What a file looks like from outside: name, size, time of change and place on the disk.
Stamp = tuple[tuple[str, int, int, int], ...]
_judging = threading.Lock()
_judged: dict[Path, tuple[Stamp, str | None]] = {}


def signed(manifest: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The manifest with what tells whether it and the files of the folder are as they were."""
    files = {
        path.name: {"bytes": path.stat().st_size, "sha256": sha256(path)}
        for path in sorted(folder.iterdir())
        if not path.name.startswith(".") and path.name != MANIFEST
    }
    # As it will be read again: dates as text, tuples as lists.
    whole: dict[str, Any] = json.loads(written({**manifest, _FILES: files}))
    return {**whole, _DIGEST: _digest(whole)}


def changed(manifest: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A signed manifest with some keys more, signed again."""
    whole = {name: value for name, value in manifest.items() if name != _DIGEST} | more
    return {**whole, _DIGEST: _digest(whole)}


def digest_of(folder: Path) -> str | None:
    """The digest that the manifest of a release gives itself; None where there is none."""
    try:
        digest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))[_DIGEST]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return str(digest)


def written(manifest: Mapping[str, Any]) -> str:
    """A manifest as its file holds it."""
    return json.dumps(manifest, ensure_ascii=False, indent=1, default=str)


def sha256(path: Path) -> str:
    """The SHA-256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def damaged_file(folder: Path, *, afresh: bool = False) -> str | None:
    """The name of the first file of a release that is not as it was published; None where all are.

    Sizes and times of change are looked at on every call, contents when a process first asks, again
    whenever one of those has changed, and whenever they are to be read ``afresh``. Of a release
    that is older than these checksums the manifest alone is looked at.
    """
    try:
        stamp = _stamp(folder)
    except OSError:
        return MANIFEST
    with _judging:
        known = _judged.get(folder)
        if afresh or known is None or known[0] != stamp:
            known = _judged[folder] = (stamp, _judge(folder))
        return known[1]


def _stamp(folder: Path) -> Stamp:
    with os.scandir(folder) as found:
        stats = [(entry.name, entry.stat()) for entry in found]
    return tuple(sorted((name, s.st_size, s.st_ctime_ns, s.st_ino) for name, s in stats))


def _judge(folder: Path) -> str | None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if _FILES not in manifest and _DIGEST not in manifest:
            return None
        stated = manifest.pop(_DIGEST)
        if stated != _digest(manifest):
            return MANIFEST
        files = manifest[_FILES]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return MANIFEST
    for name, about in files.items():
        try:
            path = folder / name
            if path.stat().st_size != about["bytes"] or sha256(path) != about["sha256"]:
                return str(name)
        except OSError:
            return str(name)
    return None


def _digest(manifest: Mapping[str, Any]) -> str:
    content = json.dumps(manifest, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()
