"""What it is to be refused: one sentence, and nothing has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from commands import Answer


def state(folder: Path) -> dict[str, str]:
    """Every file of a folder, hidden ones too, by its content."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def is_refused(
    bring: Callable[..., Answer], edition: Path, name: str, content: bytes, sentence: str
) -> None:
    """A file is brought to the edition, that lies in the test's folder, and refused."""
    before = state(edition)
    answer = bring(name, content)
    assert (answer.code, answer.out) == (2, ""), answer.out
    (line,) = answer.err.splitlines()
    assert sentence in line, line
    assert str(edition.parent) not in line
    assert state(edition) == before
    assert {path.name for path in edition.parent.iterdir()} == {"toyland", name}
