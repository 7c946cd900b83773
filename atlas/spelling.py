"""Names as they are compared: however they are spelt, one way of writing."""

from __future__ import annotations

import re
import unicodedata

#: Georgian letters in Latin ones, by the national system of 2002 without its apostrophes.
_GEORGIAN = str.maketrans({
    "ა": "a", "ბ": "b", "გ": "g", "დ": "d", "ე": "e", "ვ": "v", "ზ": "z", "თ": "t", "ი": "i",
    "კ": "k", "ლ": "l", "მ": "m", "ნ": "n", "ო": "o", "პ": "p", "ჟ": "zh", "რ": "r", "ს": "s",
    "ტ": "t", "უ": "u", "ფ": "p", "ქ": "k", "ღ": "gh", "ყ": "q", "შ": "sh", "ჩ": "ch", "ც": "ts",
    "ძ": "dz", "წ": "ts", "ჭ": "ch", "ხ": "kh", "ჯ": "j", "ჰ": "h",
})  # fmt: skip
#: Spellings of one sound, in the order in which they are made one.
_SOUNDS = (
    ("dzh", "j"), ("zh", "j"), ("dj", "j"), ("kh", "h"), ("x", "h"), ("gh", "g"), ("q", "k"),
    ("tz", "ts"), ("w", "v"), ("y", "i"), ("ß", "ss"), ("ø", "o"), ("ł", "l"), ("đ", "d"),
    ("ı", "i"), ("æ", "ae"), ("œ", "oe"),
)  # fmt: skip


def fold(words: str) -> tuple[str, ...]:
    """Words as they are compared: ``Samegrelo-Zemo  Svaneti`` gives samegrelo, zemo, svaneti."""
    folded = []
    for word in parts(words):
        # Letters that sound are made one way of writing, doubled ones single.
        for spelling, sound in _SOUNDS:
            word = word.replace(spelling, sound)  # noqa: PLW2901 (changed step by step)
        folded.append(re.sub(r"(.)\1+", r"\1", word))
    return tuple(folded)


def begins(wanted: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """Whether each folded word that is wanted begins one of its own."""
    return all(any(word.startswith(part) for word in own) for part in wanted)


def parts(words: str) -> list[str]:
    """Words in small letters without accents, apostrophes and signs, Georgian in Latin letters."""
    plain = unicodedata.normalize("NFKD", words.casefold()).translate(_GEORGIAN)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.findall(r"\w+", re.sub(r"['’‘ʼ`´]", "", plain).replace("_", " "))
