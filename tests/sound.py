"""What every page is in every language: without errors, nothing raw, nothing untranslated."""

from __future__ import annotations

import re

from screen import Screen

#: What only a table of data or a program would say: column names, Python's words for nothing.
RAW = re.compile(r"\b(nan|NaN|None|null|undefined|inf)\b|\b[a-z]+_[a-z_]+\b|\{\w*\}|\[\]")


def is_sound(screen: Screen, untold: list[str]) -> None:
    """No error, nothing raw, nothing untranslated, nothing of the edition's own markup."""
    assert screen.errors == []
    assert untold == []
    assert [found.group() for found in RAW.finditer(screen.words)] == []
    # The upper-case letters of Georgian are for signboards.
    assert re.findall("[\u1c90-\u1cbf]+", screen.words) == []
    for markup in screen.markup.values():
        assert "<b>Sea</b>" not in markup
        assert "<script" not in markup
