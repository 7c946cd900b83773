"""What an edition remembers of its imports, entered into the record beside its releases."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from atlas.ingest.confidentiality.rules import is_confidential
from atlas.ingest.confidentiality.withheld import sealed
from atlas.ingest.edition import Edition, read_edition
from atlas.ingest.memory import Memory, recall
from atlas.model import Entry
from atlas.store import drafts, record


def record_imports(folder: Path, home: Path | None = None) -> None:
    """Enter the imports into the edition in ``folder`` that its record does not have yet.

    Raises ReleaseError ``home_unwritable``.
    """
    memory = recall(folder)
    if memory.imports:
        edition = read_edition(folder, ())
        with drafts.writing(edition.name, home) as shelf:
            enter_imports(edition, memory, shelf)


def enter_imports(edition: Edition, memory: Memory, shelf: Path) -> None:
    """The same for whoever holds the lock of the edition's folder of releases, ``shelf``."""
    there = record.entries(edition.name, shelf.parent)
    known = {(one.when, one.note) for one in there if one.step == "imported"}
    new = [one for one in _entries(edition, memory, shelf) if (one.when, one.note) not in known]
    record.append(shelf, new)


def _entries(edition: Edition, memory: Memory, shelf: Path) -> Iterator[Entry]:
    for one in memory.imports:
        try:
            when = datetime.datetime.fromisoformat(str(one["date"]))
            files = {str(one["source"]): str(one["sha256"])}
            table = str(one["table"])
        except (KeyError, ValueError, TypeError):
            continue  # written by hand
        if when.tzinfo is None:
            when = when.replace(tzinfo=datetime.UTC)
        if is_confidential(edition):
            files = sealed(files, drafts.private_key(shelf))
        yield record.entry("imported", str(one.get("who") or "unknown"), files=files, note=table,
                           when=when)  # fmt: skip
