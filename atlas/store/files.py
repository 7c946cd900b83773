"""Writing so that a file is there whole or not at all, and stays when the power goes."""

from __future__ import annotations

import os
from pathlib import Path

#: How the names of files begin that are on their way to another name.
BESIDE = ".beside-"


def write(path: Path, text: str) -> None:
    """Write a file beside, sync it, and move it into place: at every moment the old or the new."""
    beside = path.with_name(f"{BESIDE}{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    sync(path.parent)


def move(path: Path, target: Path) -> None:
    """Give a file or folder another name, for good."""
    os.replace(path, target)
    sync(target.parent)
    if path.parent != target.parent:
        sync(path.parent)


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk when this returns."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
