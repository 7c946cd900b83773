"""How a region's name is broken into lines, and the room in pixels that its writing takes."""

from __future__ import annotations

from itertools import pairwise

LINE = 15
SYMBOL_ROW = 28
SYMBOL_STEP = 27
#: Mean width of a bold letter of 12.5 pixels, by script.
_LETTER = {"latin": 7.3, "other": 8.4}


def size(lines: tuple[str, ...], symbols: int, *, value: bool = True) -> tuple[float, float]:
    """Width and height in pixels of a name, the value under it and a row of symbols."""
    letters = max((width(line) for line in lines), default=34.0)
    across = max(letters, symbols * SYMBOL_STEP, 34.0)
    return across + 4, (len(lines) + value) * LINE + (SYMBOL_ROW if symbols else 0) + 4


def width(line: str) -> float:
    """The width of a line in pixels."""
    return len(line) * _LETTER["latin" if line.isascii() else "other"]


def wraps(name: str) -> list[tuple[str, ...]]:
    """The name on one, two and three lines, broken where words or hyphens end, evenly."""
    if not name:
        return [()]
    words = name.replace("-", "-\u200b").replace(" ", " \u200b").split("\u200b")
    found: list[tuple[str, ...]] = []
    for count in range(1, min(3, len(words)) + 1):
        lines = _broken(words, count)
        if lines not in found:
            found.append(lines)
    return found


def _broken(words: list[str], count: int) -> tuple[str, ...]:
    """Words on ``count`` lines with the longest line as short as can be."""

    def cuts(first: int, left: int) -> list[list[int]]:
        if left == 0:
            return [[len(words)]]
        return [
            [at, *rest]
            for at in range(first + 1, len(words) - left + 1)
            for rest in cuts(at, left - 1)
        ]

    options = [
        tuple("".join(words[a:b]).strip() for a, b in pairwise([0, *cut]))
        for cut in cuts(0, count - 1)
    ]
    return min(options, key=lambda lines: max(map(width, lines)))
