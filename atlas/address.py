"""Words of an address that several read: numbers as people write them, and switches."""

from __future__ import annotations

import re

from atlas.errors import ExportError

#: A switch that is on, and one that is off.
YES, NO = "yes", "no"
_WORD = 80


def numbers_in(words: str) -> tuple[float, ...] | None:
    """The numbers that are written, None where a word is none.

    They stand apart by spaces or semicolons; a comma is a decimal one (0,5) unless a space follows
    it or a number has several (0.5,1,2).
    """
    parts: list[str] = []
    for part in re.split(r"[;\s]+", words.replace("\N{MINUS SIGN}", "-").replace("%", " ")):
        bare = part.strip(",")
        several = bare.count(",") > 1 or ("," in bare and "." in bare)
        parts += bare.split(",") if several else [bare.replace(",", ".")]
    try:
        return tuple(float(part) for part in parts if part)
    except ValueError:
        return None


def numbers(name: str, words: str) -> tuple[float, ...]:
    """The numbers of a word of that name, one at least. Raises ExportError ``snapshot_field``."""
    found = numbers_in(words)
    if not found:
        raise ExportError("snapshot_field", name=name, value=words[:_WORD])
    return found


def yes(name: str, word: str) -> bool:
    """Whether a switch of that name is on. Raises ExportError ``snapshot_field``."""
    if word not in (YES, NO):
        raise ExportError("snapshot_field", name=name, value=word[:_WORD])
    return word == YES
