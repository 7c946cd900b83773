"""Which region or industry a word of a file means. Nothing is guessed silently: what is not the
code or the name itself is a proposal that somebody has to accept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from atlas.ingest.classes import ancestors, bare
from atlas.spelling import fold

#: How alike (0 to 100) a spelling must be to a known name to be proposed, and how far the next
#: best must stand behind it: closer ones are as likely meant, and none is proposed.
ALIKE = 85
TIE = 4

#: Words that say what kind of a region it is, not which.
_KINDS = frozenset(
    "".join(fold(word))
    for word in (
        *("region", "province", "county", "municipality", "district", "governorate", "oblast"),
        *("il", "ili", "ilçe", "ilçesi", "vilayeti", "bölgesi", "büyükşehir", "belediyesi"),
        *("რეგიონი", "მხარე", "მუნიციპალიტეტი", "область", "край", "район", "of", "the"),
    )
)
#: Words for the whole: the root region or industry.
_WHOLE = frozenset(
    "".join(fold(word))
    for word in (
        *("total", "all", "all sectors", "whole country", "country", "toplam", "genel toplam"),
        *("სულ", "ჯამი", "итого", "всего"),
    )
)


@dataclass(frozen=True)
class Match:
    """What a word means: a ``code``, or None.

    ``how``: ``exact`` (the code or a name itself, letter case aside), ``remembered``, ``stated``,
    ``finer`` (a code below the edition's: deterministic, by its classification), ``converted`` (a
    code of another classification, all of which lies there), ``written`` (the same letters
    otherwise written: hyphens, accents, another script), ``alike`` (``score`` of likeness),
    ``whole`` (a word for the total), ``unclear`` (several are meant: ``others``) or ``none`` (the
    nearest in ``others``).
    """

    word: str
    code: str | None
    how: str
    score: float = 100.0
    others: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether it may be taken without being accepted."""
        return self.how in ("exact", "remembered", "stated", "finer", "converted")


class Names:
    """The codes and names of one table of an edition, to find words among."""

    def __init__(self, entries: Mapping[str, Iterable[str]], root: str) -> None:
        self.root = root
        self._exact: dict[str, set[str]] = {}
        self._folded: dict[str, set[str]] = {}
        for code, names in entries.items():
            self._exact.setdefault(_plain(code), set()).add(code)
            for word in {_joined(code), _joined(_local(code, root))} - {""}:
                self._folded.setdefault(word, set()).add(code)
            for name in names:
                self._exact.setdefault(_plain(name), set()).add(code)
                for word in {_joined(name), _joined(name, kinds=False)} - {""}:
                    self._folded.setdefault(word, set()).add(code)
        self._codes = set(entries)

    def find(self, word: str) -> Match:
        """What a word means."""
        if word in self._codes:
            return Match(word, word, "exact")
        if found := self._exact.get(_plain(word)):
            return self._only(word, found, "exact")
        joined = {_joined(word), _joined(word, kinds=False)} - {""}
        if found := set().union(*(self._folded.get(each, set()) for each in joined)):
            return self._only(word, found, "written")
        if joined & _WHOLE:
            return Match(word, self.root, "whole")
        return self._alike(word, joined)

    def _only(self, word: str, found: set[str], how: str) -> Match:
        if len(found) == 1:
            return Match(word, next(iter(found)), how)
        return Match(word, None, "unclear", others=tuple(sorted(found)))

    def _alike(self, word: str, joined: set[str]) -> Match:
        scores: dict[str, float] = {}
        for known, codes in self._folded.items():
            # Short words and codes are alike by chance.
            if len(known) < 4 or any(letter.isdigit() for letter in known):
                continue
            score = max((fuzz.ratio(each, known) for each in joined), default=0.0)
            for code in codes:
                scores[code] = max(scores.get(code, 0.0), score)
        ranked = sorted(scores.items(), key=lambda found: (-found[1], found[0]))
        if not ranked or ranked[0][1] < ALIKE:
            return Match(word, None, "none", others=tuple(code for code, _ in ranked[:1]))
        near = tuple(code for code, score in ranked if score > ranked[0][1] - TIE)
        if len(near) > 1:
            return Match(word, None, "unclear", round(ranked[0][1], 1), near[:5])
        return Match(word, near[0], "alike", round(ranked[0][1], 1))


class Industries(Names):
    """The industries of an edition: also by codes otherwise written, and by finer ones."""

    def __init__(
        self, entries: Mapping[str, Iterable[str]], root: str, classification: str
    ) -> None:
        super().__init__(entries, root)
        self._classification = classification
        self._bare = {bare(code): code for code in entries}

    def find(self, word: str) -> Match:
        """What a code or name means; a finer code means the nearest that the edition has."""
        if word in self._codes:
            return Match(word, word, "exact")
        if re.fullmatch(r"[A-Za-z]?\s*\d[\d.\s]*", word) or len(word) == 1:
            wanted = bare(word)
            if wanted in self._bare:
                return Match(word, self._bare[wanted], "exact")
            for above in ancestors(word, self._classification):
                if above in self._bare:
                    return Match(word, self._bare[above], "finer")
            # A spreadsheet drops the zero of 01: it is put back only when accepted.
            if f"0{wanted}" in self._bare and len(wanted) == 1:
                return Match(word, self._bare[f"0{wanted}"], "written")
            return Match(word, None, "none", others=(self.root,))
        return super().find(word)


def match(
    words: Iterable[str], names: Names, *, stated: Mapping[str, str], remembered: Mapping[str, str]
) -> dict[str, Match]:
    """What each word means, first by what was ``stated`` for it, then as ``remembered``."""
    found = {}
    for word in sorted(set(words)):
        if word in stated:
            found[word] = Match(word, stated[word], "stated")
        elif word in remembered:
            found[word] = Match(word, remembered[word], "remembered")
        else:
            found[word] = names.find(word)
    return found


def _plain(word: str) -> str:
    """Letter case, blanks and forms of one letter aside; Turkish İ and I are both i."""
    folded = unicodedata.normalize("NFC", word).replace("İ", "i").casefold().replace("ı", "i")
    return " ".join(folded.split())


def _joined(word: str, *, kinds: bool = True) -> str:
    return "".join(part for part in fold(word) if kinds or part not in _KINDS)


def _local(code: str, root: str) -> str:
    """TR-34 without the country's own letters."""
    return code.removeprefix(f"{root}-") if code.startswith(f"{root}-") else ""
