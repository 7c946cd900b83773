"""The record of an edition: who did what when, from which files. It lies beside the releases.

One line of JSON per step, appended and synced, each with a digest of itself. A step is announced in
a file beside the record before it is done and entered after; whoever is killed between the two
leaves the announcement, and whether the step took place can be seen from what lies there.
"""

from __future__ import annotations

import datetime
import getpass
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atlas.model import Entry
from atlas.store.files import sync, write
from atlas.store.integrity import digest_of
from atlas.store.releases import CURRENT, begun, home_folder

FILE = "record.jsonl"
_ANNOUNCED = ".announced"


@dataclass(frozen=True)
class Effect:
    """What can be seen once a step took place: CURRENT holds ``current`` and the manifest of that
    release, where ``digest`` says one, that digest; or the path ``there`` (as the edition's folder
    has it) exists; or ``gone`` does not."""

    current: str | None = None
    digest: str | None = None
    there: str | None = None
    gone: str | None = None

    def is_seen(self, folder: Path) -> bool:
        """Whether it did, in the edition's folder."""
        if self.current is not None:
            pointer = folder / CURRENT
            if not pointer.is_file() or pointer.read_bytes().strip() != self.current.encode():
                return False
            return self.digest in (None, digest_of(folder / self.current))
        if self.there is not None:
            return (folder / self.there).exists()
        return self.gone is not None and not (folder / self.gone).exists()


def entries(edition: str, home: Path | None = None) -> list[Entry]:
    """What was done to an edition, the newest first; nothing where nothing was."""
    folder = _folder(edition, home)
    if folder is None:
        return []
    lines, _ = _read(folder)
    lines += [line for line in _announced(folder) if line not in lines]
    return [_entry(line) for line in reversed(lines)]


def unreadable_lines(edition: str, home: Path | None = None) -> int:
    """How many lines of the record were cut off, as by a crash, or changed since."""
    folder = _folder(edition, home)
    return 0 if folder is None else _read(folder)[1]


def operator() -> str:
    """The operating system's name of whoever runs this; ``unknown`` where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def entry(step: str, who: str, release_id: str | None = None, *,
          files: Mapping[str, str] | None = None, note: str = "",
          when: datetime.datetime | None = None) -> Entry:  # fmt: skip
    """An entry of this moment, or of the moment said."""
    now = when or datetime.datetime.now(datetime.UTC)
    return Entry(now, who, step, release_id, dict(files or {}), note)


def announce(folder: Path, steps: Sequence[Entry], effect: Effect) -> None:
    """Say what is about to be done; :func:`enter` follows."""
    about = {"entries": [_line(one) for one in steps], "effect": vars(effect)}
    write(folder / _ANNOUNCED, json.dumps(about, ensure_ascii=False))


def enter(folder: Path) -> None:
    """Enter what was announced if it took place, and be done with it. The caller holds the lock."""
    announced = folder / _ANNOUNCED
    if not announced.exists():
        return
    there, _ = _read(folder)
    append(folder, [line for line in _announced(folder) if line not in there])
    announced.unlink()
    sync(folder)


def append(folder: Path, lines: Sequence[str | Entry]) -> None:
    """Add lines or entries at the end; they are on the disk when this returns."""
    if not lines:
        return
    path = folder / FILE
    # What was suppressed can be tried against plain checksums: nobody else may read them.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        size = file.seek(0, os.SEEK_END)
        torn = False
        if size:
            file.seek(size - 1)
            torn = file.read(1) != b"\n"
        said = [one if isinstance(one, str) else _line(one) for one in lines]
        try:
            # In one piece, after the line that a crash has cut off if there is one.
            file.write(("\n" * torn + "".join(f"{line}\n" for line in said)).encode())
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            os.ftruncate(file.fileno(), size)
            raise
    sync(folder)


def _folder(edition: str, home: Path | None) -> Path | None:
    """The edition's folder; no other name, and no path, leads anywhere."""
    return home_folder(home) / edition if edition in begun(home) else None


def _line(one: Entry) -> str:
    about = {
        "when": one.when.isoformat(), "who": one.who, "step": one.step,
        "release": one.release_id, "files": dict(one.files), "note": one.note,
    }  # fmt: skip
    return json.dumps({**about, "digest": _digest(about)}, ensure_ascii=False)


def _digest(about: Mapping[str, Any]) -> str:
    content = json.dumps(about, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _entry(line: str) -> Entry:
    about = json.loads(line)
    if about.pop("digest") != _digest(about):
        raise ValueError(line)
    return Entry(
        datetime.datetime.fromisoformat(about["when"]), about["who"], about["step"],
        about["release"], about["files"], about["note"],
    )  # fmt: skip


def _read(folder: Path) -> tuple[list[str], int]:
    """The lines that are whole, and how many are not."""
    path = folder / FILE
    if not path.is_file():
        return [], 0
    found, torn = [], 0
    for line in path.read_bytes().split(b"\n"):
        if not line:
            continue
        try:
            _entry(line.decode())
            found.append(line.decode())
        except (ValueError, KeyError, TypeError, AttributeError):
            torn += 1
    return found, torn


def _announced(folder: Path) -> list[str]:
    """The lines of what was announced and took place, but may not have been entered."""
    try:
        about = json.loads((folder / _ANNOUNCED).read_text(encoding="utf-8"))
        lines: list[str] = about["entries"]
        return lines if Effect(**about["effect"]).is_seen(folder) else []
    except (OSError, ValueError, KeyError, TypeError):
        return []
