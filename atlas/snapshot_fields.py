"""The fields of a snapshot: what form each may have, and how an address writes it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from atlas.address import numbers, yes
from atlas.errors import ExportError

#: Longest that a word may be.
WORD = 80
#: What small maps may be of, and how many of them there may be at least and at most.
EACH = ("years", "sectors", "regions")
FEWEST, MOST = 2, 24
#: The most breaks of one's own: one less than the most classes.
_BREAKS = 6
_FAR = 1e15
#: "None of them" and "the whole country" in an address.
NONE, _ALL = "none", "all"
#: The release that is current when it is asked for.
_CURRENT = "current"
_MARKUP = re.compile(r"<[A-Za-z/!?]")
#: A threshold of a rule: ``statsamerica.quotient_at_least=1.5``.
_THRESHOLD = re.compile(r"[a-z0-9_]{1,40}\.[a-z0-9_]{1,40}=-?[0-9]{1,9}(\.[0-9]{1,9})?")


def check_words(name: str, words: str | None, most: int) -> None:
    """Raise ExportError for a title or notes that no export could show as they stand."""
    if words is None:
        return
    if len(words) > most:
        raise ExportError("words_long", name=name, length=len(words), most=most)
    for letter in words:
        if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp"):
            raise ExportError("words_control", name=name, character=f"U+{ord(letter):04X}")
    if found := _MARKUP.search(words):
        raise ExportError("words_markup", name=name, value=words[found.start() :][:20])


def _as_it_stands(_: str, word: str) -> str:
    return word


def _or_nothing(empty: str) -> Callable[[str, str], str | None]:
    return lambda _, word: None if word == empty else word


def _split(_: str, words: str) -> tuple[str, ...]:
    return () if words == NONE else tuple(dict.fromkeys(words.split(",")))


def _several(name: str, words: str) -> tuple[str, ...] | None:
    return _split(name, words) or None


def _years(name: str, words: str) -> tuple[int, ...]:
    return tuple(sorted({_whole(name, word) for word in words.split(",")}))


def _whole(name: str, word: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,9}", word):
        raise ExportError("snapshot_field", name=name, value=word[:WORD])
    return int(word)


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= WORD and value.isprintable()


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10_000


def _is_breaks(value: Any) -> bool:
    if not isinstance(value, tuple) or not 0 < len(value) <= _BREAKS:
        return False
    if any(isinstance(edge, bool) or not isinstance(edge, (int, float)) for edge in value):
        return False
    # What is no number is not less than any.
    return all(abs(edge) < _FAR for edge in value) and list(value) == sorted(set(value))


def _is_words(value: Any) -> bool:
    return isinstance(value, tuple) and all(map(_is_word, value)) and len(set(value)) == len(value)


def _is_years(value: Any) -> bool:
    return isinstance(value, tuple) and all(map(_is_whole, value)) and _is_many(value)


def _is_many(value: Any) -> bool:
    return FEWEST <= len(set(value)) == len(value) <= MOST


def _is_thresholds(value: Any) -> bool:
    return _is_words(value) and all(map(_THRESHOLD.fullmatch, value))


def _or_none(sound: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or sound(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_switch(value: Any) -> bool:
    return isinstance(value, bool)


#: Field -> whether it may have a value.
SOUND: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("edition", "view", "language", "size"), _is_word),
    **dict.fromkeys(
        ("release", "metric", "measure", "industry", "region", "within", "cluster", "classes"),
        _or_none(_is_word),
    ),
    **dict.fromkeys(("year", "since", "number", "agree"), _or_none(_is_whole)),
    **dict.fromkeys(("level", "depth"), _is_whole),
    "each": _or_none(EACH.__contains__),
    "years": _or_none(_is_years),
    "industries": _or_none(lambda value: _is_words(value) and _is_many(value)),
    "thresholds": _or_none(_is_thresholds),
    "layers": _is_words,
    **dict.fromkeys(("regions", "clusters"), _or_none(_is_words)),
    "breaks": _or_none(_is_breaks),
    **dict.fromkeys(("title", "notes"), _or_none(_is_text)),
    **dict.fromkeys(("same", "transparent", "text_as_paths"), _is_switch),
}

#: Word of an address -> how its value is read; the words of the same name are the fields.
READ: Mapping[str, Callable[[str, str], Any]] = {
    **dict.fromkeys(
        (
            "edition",
            "metric",
            "measure",
            "industry",
            "within",
            "cluster",
            "each",
            "classes",
            "lang",
            "size",
        ),
        _as_it_stands,
    ),
    **dict.fromkeys(("year", "since", "level", "number", "depth", "agree"), _whole),
    **dict.fromkeys(("title", "notes"), _or_nothing("")),
    "release": _or_nothing(_CURRENT),
    "region": _or_nothing(_ALL),
    "layers": _split,
    **dict.fromkeys(("regions", "clusters", "industries"), _several),
    "years": _years,
    "breaks": numbers,
    "same": yes,
}
#: Words of an address whose fields are called otherwise.
NAMES = {"lang": "language"}
