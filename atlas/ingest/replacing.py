"""Files of an edition replaced together: all of them or none, whoever is killed in between."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from atlas.errors import DataError
from atlas.store.files import BESIDE, sync, write

#: What is to be moved and taken away, written once everything that is to be moved is there. As
#: soon as it is, the import took place: whoever comes next brings it to its end.
_PLAN = ".replacing.json"
_NEW = ".new"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """The edition's folder for oneself: a second one waits. What an import that died had decided
    is brought to its end first, and what it had not is cleared away.

    A folder that is not there is left to whoever reads it. Raises DataError ``edition_unwritable``
    where something of that kind lies there and cannot be put in order.
    """
    if not folder.is_dir():
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            _settle(folder)
        except (OSError, ValueError, AttributeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise DataError("edition_unwritable", path=folder, reason=reason) from error
        yield
    finally:
        os.close(descriptor)


def _settle(folder: Path) -> None:
    if (folder / _PLAN).exists():
        plan = json.loads((folder / _PLAN).read_text(encoding="utf-8"))
        _carry_out(folder, dict(plan["moves"]), list(plan["gone"]))
    for stale in [*folder.glob(f".*{_NEW}"), *folder.glob(f"{BESIDE}*")]:
        stale.unlink()


def _carry_out(folder: Path, moves: dict[str, str], gone: list[str]) -> None:
    for aside, name in moves.items():
        if Path(aside).name != aside or Path(name).name != name:
            raise ValueError(f"{aside}, {name}")
        if (folder / aside).exists():
            os.replace(folder / aside, folder / name)
    for name in gone:
        if Path(name).name != name:
            raise ValueError(name)
        (folder / name).unlink(missing_ok=True)
    sync(folder)
    (folder / _PLAN).unlink()
    sync(folder)


@contextmanager
def replacing(folder: Path) -> Iterator[Replacement]:
    """Files of the edition to be replaced together: written aside first, moved into place at the
    end of the block, and taken away if it fails. To be called :func:`alone`.

    Raises DataError ``edition_unwritable``.
    """
    work = Replacement(folder)
    try:
        yield work
        work.commit()
    except OSError as error:
        raise DataError("edition_unwritable", path=folder, reason=error.strerror) from error
    finally:
        if not (folder / _PLAN).exists():
            for aside in work.aside.values():
                aside.unlink(missing_ok=True)


class Replacement:
    """Files on their way into an edition's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.aside: dict[str, Path] = {}
        self._gone: list[str] = []

    def path(self, name: str) -> Path:
        """Where to write the file that will be called ``name``."""
        self.aside[name] = self.folder / f".{name}.{os.getpid()}{_NEW}"
        return self.aside[name]

    def remove(self, name: str) -> None:
        """A file that goes together with what the others take the place of."""
        self._gone.append(name)

    def commit(self) -> None:
        """Put everything in place."""
        for aside in self.aside.values():
            sync(aside)
        moves = {aside.name: name for name, aside in self.aside.items()}
        write(self.folder / _PLAN, json.dumps({"moves": moves, "gone": self._gone}))
        _carry_out(self.folder, moves, self._gone)
