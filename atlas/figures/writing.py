"""How a region's name is broken into lines, and the room in pixels that its writing takes."""

from __future__ import annotations

from itertools import pairwise

LINE = 15
#: Pixels of a symbol of a cluster, and on maps narrower than this.
_SYMBOL, _SMALL_SYMBOL, _NARROW = 25, 21, 500
#: Mean width of a bold letter of 12.5 pixels, by script.
_LETTER = {"latin": 7.3, "other": 8.4}


def symbol(map_width: float) -> int:
    """Pixels of a symbol on a map of that width: small maps have small ones."""
    return _SMALL_SYMBOL if map_width < _NARROW else _SYMBOL


def step(symbol: int) -> int:
    """Pixels from one symbol of a row to the next."""
    return symbol + 2


def row(symbol: int) -> int:
    """Pixels that a row of symbols is high."""
    return symbol + 3


def size(
    lines: tuple[str, ...], symbols: int, *,
    value: bool = True, told: str = "", symbol: int = _SYMBOL,
) -> tuple[float, float]:  # fmt: skip
    """Width and height in pixels of a name, the value under it (a number, or what is ``told`` in
    its stead) and a row of symbols, each of ``symbol`` pixels."""
    letters = max((width(line) for line in (*lines, told)), default=34.0)
    across = max(letters, symbols * step(symbol), 34.0)
    return across + 4, (len(lines) + value) * LINE + (row(symbol) if symbols else 0) + 4


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
