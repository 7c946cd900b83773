"""What an edition remembers of its imports: which column is which field, which word which code, and
who accepted what for which reason. Kept in ``imports.json`` beside the tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from atlas.errors import DataError

FILE = "imports.json"


@dataclass
class Memory:
    """``columns``: header to field, by table; ``names``: word to code, by table referred to;
    ``imports``: one entry for each import, the oldest first."""

    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    imports: list[dict[str, Any]] = field(default_factory=list)

    def as_text(self) -> str:
        """The file's content."""
        parts = {"columns": self.columns, "names": self.names, "imports": self.imports}
        return json.dumps(parts, ensure_ascii=False, indent=1, sort_keys=False) + "\n"


def recall(folder: Path) -> Memory:
    """What the edition remembers; nothing where it has no such file.

    Raises DataError ``memory_unreadable`` for a file that is not of this form.
    """
    path = folder / FILE
    if not path.is_file():
        return Memory()
    try:
        parts = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(parts, dict):
            raise TypeError(type(parts).__name__)
        names = {str(k): _words(v) for k, v in parts.get("names", {}).items()}
        columns = {str(k): _words(v) for k, v in parts.get("columns", {}).items()}
        return Memory(columns, names, list(parts.get("imports", [])))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise DataError("memory_unreadable", path=path.name, reason=str(error)) from error


def _words(found: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in found.items()}
