"""Regions by what people call them: any language, any spelling, or their code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from atlas.analysis.choices import choices
from atlas.model import Item, Release
from atlas.spelling import fold, parts

#: How alike words must be to be meant for each other (rapidfuzz's ratio, 0 to 100): one letter of
#: five may differ.
ALIKE = 80
#: Of words as short as this every letter must be right.
SHORT = 3
#: Names that are alike to within this of the most alike one are as likely meant.
TIE = 2.0


@dataclass(frozen=True)
class _Entry:
    """A region with its codes and names as they are compared: each name a row of words."""

    item: Item
    codes: frozenset[str]
    names: tuple[tuple[str, ...], ...]


def find_regions(release: Release, words: str) -> tuple[Item, ...]:
    """The regions that are called so: one, several when the words fit several, none when nothing
    is alike enough; the country itself is never found.

    Looked for in turn, the first that finds anything: the code (with or without the country's);
    the whole name in any language of the edition; names whose words begin as the words do; names
    that sound alike (``ALIKE``), those within ``TIE`` of the most alike. Letter case, accents,
    hyphens, spaces and the usual ways to write Georgian in Latin letters make no difference.
    """
    wanted = fold(words)
    if not wanted:
        return ()
    entries = _entries(release)
    joined = "".join(wanted)
    code = "".join(parts(words))
    exact = (
        [entry.item for entry in entries if code in entry.codes]
        or [e.item for e in entries if any("".join(name) == joined for name in e.names)]
        or [e.item for e in entries if any(_begins(wanted, name) for name in e.names)]
    )
    if exact:
        return tuple(exact)
    likeness = [
        (entry.item, max((_alike(wanted, name) for name in entry.names), default=0.0))
        for entry in entries
    ]
    best = max((value for _, value in likeness), default=0.0)
    if best < ALIKE:
        return ()
    return tuple(item for item, value in likeness if value >= max(best - TIE, ALIKE))


@cache
def _entries(release: Release) -> tuple[_Entry, ...]:
    known = choices(release)
    found = []
    for item in known.regions.values():
        if not item.level:
            continue
        words = parts(item.code)
        own = words[1:] if words[:1] == parts(known.root_region.code) else []
        codes = {"".join(words), "".join(own)} - {""}
        names = {fold(name) for name in item.names.values()} - {()}
        found.append(_Entry(item, frozenset(codes), tuple(sorted(names))))
    return tuple(found)


def _begins(wanted: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether each wanted word begins another word of the name, in order."""
    left = iter(name)
    return all(any(word.startswith(part) for word in left) for part in wanted)


def _alike(wanted: tuple[str, ...], name: tuple[str, ...]) -> float:
    """How alike, 0 to 100: the whole written together, or the least alike of the wanted words
    beside the word of the name that is most like it."""
    whole = fuzz.ratio("".join(wanted), "".join(name))
    by_word = min(max(_word_alike(part, word) for word in name) for part in wanted)
    return max(whole if len("".join(wanted)) > SHORT else 0.0, by_word)


def _word_alike(part: str, word: str) -> float:
    if min(len(part), len(word)) <= SHORT:
        return 100.0 if part == word else 0.0
    return fuzz.ratio(part, word)
