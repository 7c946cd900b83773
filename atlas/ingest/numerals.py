"""Numbers as people write them: 1,234.5 and 1.234,5 and 1 234,5, by one rule for a whole file.

``1.234`` alone can be either: it is read only where other cells of the file, or whoever brings it,
say which sign is the decimal one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

#: Blanks and apostrophes that stand between thousands.
_BLANK = "[ \u00a0\u2009\u202f'’]"
_PLAIN = r"^[+-]?\d+$"
_STORED = r"^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$"


def _says(mark: str, other: str) -> str:
    """What can be read only where ``mark`` is the decimal sign."""
    m, o = f"[{mark}]", f"[{other}]"
    return "|".join((
        rf"^[+-]?\d{{1,3}}({_BLANK}\d{{3}})+{m}\d+$",  # 1 234,5
        rf"^[+-]?\d{{1,3}}({o}\d{{3}})+{m}\d+$",  # 1.234,5
        rf"^[+-]?\d{{1,3}}({o}\d{{3}}){{2,}}$",  # 1.234.567
        rf"^[+-]?(\d*{m}(\d{{1,2}}|\d{{4,}})|0+{m}\d+|\d{{4,}}{m}\d+)$",  # 1,5 and 0,123
    ))  # fmt: skip


_SAYS = {",": _says(",", "."), ".": _says(".", ",") + "|" + r"^[+-]?\d+(\.\d+)?[eE][+-]?\d+$"}
_UNCLEAR = r"^[+-]?[1-9]\d{0,2}[.,]\d{3}$"


def votes(text: Any, stored: Any) -> dict[str, int]:
    """How many cells say ``,`` or ``.`` is the decimal sign, and how many could be either
    (``unclear``); those stored as numbers say nothing."""
    written = _signed(pc.filter(text, pc.invert(pc.fill_null(stored, fill_value=False))))
    patterns = {**_SAYS, "unclear": _UNCLEAR}
    counts = {}
    for name, pattern in patterns.items():
        found = pc.sum(pc.match_substring_regex(written, pattern)).as_py()
        counts[name] = int(found or 0)
    return counts


def decimal_sign(counted: Mapping[str, int]) -> str | None:
    """The decimal sign that the counts speak for: the only one named, ``.`` where nothing needs
    one, None where it cannot be told (some unclear, none clear) or both are used."""
    if counted[","] and counted["."]:
        return None
    if counted[","]:
        return ","
    return "." if counted["."] or not counted["unclear"] else None


def parse(text: Any, stored: Any, decimal: str) -> tuple[Any, Any]:
    """Cells as floats (missing where they are empty or no number), and which are no number."""
    stored = pc.fill_null(stored, fill_value=False)
    signed = _signed(text)
    group = "," if decimal == "." else "."
    # A grouped number keeps to threes; else 1.5 would be 15 where the comma is decimal.
    pattern = "|".join((
        rf"^[+-]?(\d+|\d{{1,3}}({_BLANK}\d{{3}})+|\d{{1,3}}([{group}]\d{{3}})+)([{decimal}]\d+)?$",
        rf"^[+-]?[{decimal}]\d+$",
        rf"^[+-]?\d+([{decimal}]\d+)?[eE][+-]?\d+$",
    ))  # fmt: skip
    good = pc.if_else(
        stored,
        pc.match_substring_regex(signed, _STORED),
        pc.match_substring_regex(signed, pattern),
    )
    bare = pc.replace_substring_regex(signed, f"{_BLANK}|[{group}]", "")
    bare = pc.replace_substring(bare, decimal, ".")
    plain = pc.if_else(stored, signed, bare)
    readable = pc.if_else(good, plain, pa.scalar(None, pa.string()))
    numbers = pc.cast(pc.utf8_ltrim(readable, "+"), pa.float64())
    finite = pc.fill_null(pc.is_finite(numbers), fill_value=True)
    numbers = pc.if_else(finite, numbers, pa.scalar(None, pa.float64()))
    bad = pc.and_(pc.is_valid(text), pc.is_null(numbers))
    return numbers, bad


def _signed(text: Any) -> Any:
    return pc.replace_substring(pc.cast(text, pa.string()), "−", "-")
