"""Headers that stand in two rows, as under merged cells: years above measures, words cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from atlas.ingest.headers import ALIKE, likeness
from atlas.model import MEASURES

Rows = Sequence[tuple[int, Sequence[str | None]]]

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\.0)?(?![\d.,])")
_NUMBER = re.compile(r"[\d.,\s%+-]+")


def second_row(rows: Rows, line: int) -> tuple[int, list[str | None]] | None:
    """The lower line of a header of two rows, one of which is ``line``, and both rows as one; None
    where the header is one row.

    It is two where the rows lie upon each other, none of them is a title or holds a figure, and
    each has words where the other has none.
    """
    places = {number: place for place, (number, _) in enumerate(rows)}
    at = places[line]
    for upper in (at - 1, at):
        if upper < 0 or upper + 1 >= len(rows):
            continue
        (above, top), (below, bottom) = rows[upper], rows[upper + 1]
        if below == above + 1 and _belong(top, bottom):
            return below, _as_one(top, bottom)
    return None


def _belong(top: Sequence[str | None], bottom: Sequence[str | None]) -> bool:
    words = [cell for cell in top if cell], [cell for cell in bottom if cell]
    if min(map(len, words)) < 2 or not all(_may_head(cell) for row in words for cell in row):
        return False
    pairs = list(zip(top, bottom, strict=True))
    return any(one and not other for one, other in pairs) and any(
        other and not one for one, other in pairs
    )


def _may_head(cell: str) -> bool:
    """Whether a cell can stand in a header: a word, or a year."""
    return not _NUMBER.fullmatch(cell) or _YEAR.fullmatch(cell.strip()) is not None


def _as_one(top: Sequence[str | None], bottom: Sequence[str | None]) -> list[str | None]:
    """Each column's words of both rows; what stands above spreads over the empty cells beside it,
    as far as there is something below."""
    found: list[str | None] = []
    spread: str | None = None
    for above, below in zip(top, bottom, strict=True):
        spread = above or (spread if below else None)
        found.append(" ".join(part for part in (spread, below) if part) or None)
    return found


def year_columns(headers: Sequence[str], measure: str | None) -> tuple[dict[int, int], set[int]]:
    """The columns of one measure whose header is a year and the measure, by their year; and those
    that are of a year and of something else. None where no measure is given or no year repeats."""
    years: dict[int, int] = {}
    others: set[int] = set()
    for place, header in enumerate(headers):
        found = _YEAR.search(header)
        words = _YEAR.sub(" ", header).strip(" -–:/,") if found else ""
        if found is None or measure is None or not words:
            continue
        scores = {name: likeness(words, name) for name in MEASURES}
        best = max(scores, key=lambda name: scores[name])
        if best == measure and scores[best] >= ALIKE:
            years[place] = int(found[1])
        else:
            others.add(place)
    if len(set(years.values())) != len(years):
        return {}, set()
    return years, others
