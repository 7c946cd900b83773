"""A dot plot on a log scale: for each sector one mark per place, the country at 1."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from atlas.figures.marks import mark_of, shape
from atlas.figures.palette import Theme
from atlas.text import Text

#: Room at both ends of the scale, in per cent of its width.
_END = 4.0
_HEIGHT = 32
_MOST_TICKS = 9
#: The scale begins no lower than at two to this power; what is less stands at the left edge.
_LOWEST = -4


@dataclass(frozen=True)
class DotRow:
    """One row: its name (a link), the same in words, and a value per place (NaN where none)."""

    name: Markup
    words: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class LogScale:
    """From ``low`` to ``high``, powers of two as exponents; what is less, zero too, stands at the
    left edge."""

    low: int
    high: int

    def place(self, value: float) -> float:
        """Per cent of the width."""
        if self.below(value):
            return _END / 2
        share = (math.log2(value) - self.low) / (self.high - self.low)
        return _END + min(max(share, 0.0), 1.0) * (100 - 2 * _END)

    def below(self, value: float) -> bool:
        """Whether a value stands at the left edge for all that are less than the scale."""
        return value < 2.0**self.low

    @property
    def ticks(self) -> list[int]:
        """Exponents that are labelled: all, or every second or third, 0 always among them."""
        step = math.ceil((self.high - self.low + 1) / _MOST_TICKS)
        return [power for power in range(self.low, self.high + 1) if power % step == 0]


def log_scale(rows: Sequence[DotRow]) -> LogScale:
    """The scale that holds 1 with room on both sides, and all values that are not too small."""
    known = [value for row in rows for value in row.values if value > 0]
    low = math.floor(math.log2(min(known, default=1)))
    high = math.ceil(math.log2(max(known, default=1)))
    return LogScale(max(min(low, -1), _LOWEST), max(high, 1))


def dot_plot(
    rows: Sequence[DotRow], places: Sequence[str], country: str, text: Text, theme: Theme
) -> Markup:
    """The rows under one scale, with what the marks mean; empty without rows.

    Every row's drawing has its values as words for readers' aids.
    """
    if not rows:
        return Markup("")
    scale = log_scale(rows)
    drawn = [
        Markup('<div class="dot-name">{}</div>{}').format(
            row.name, _strip(row, places, scale, text, theme)
        )
        for row in rows
    ]
    keys = [
        Markup("<span>{} {}</span>").format(mark_of(position, theme), name)
        for position, name in enumerate(places)
    ]
    below = any(scale.below(value) for row in rows for value in row.values)
    note = text("A mark on the left edge is less than {value}.", value=_power(scale.low))
    return Markup(
        '<div class="dots"><div></div>{}{}<div></div>{}</div><div class="keys">{}{}</div>'
    ).format(
        _line(scale, [(0, text("{country} = 1", country=country))], strong=True),
        Markup("").join(drawn),
        _line(scale, [(power, _power(power)) for power in scale.ticks], strong=False),
        Markup("").join(keys),
        Markup("<span>{}</span>").format(note) if below else "",
    )


def _strip(row: DotRow, places: Sequence[str], scale: LogScale, text: Text, theme: Theme) -> Markup:
    known = [(p, v) for p, v in enumerate(row.values) if math.isfinite(v)]
    ordered = sorted(known, key=lambda pair: -pair[1])
    said = [
        text("{region}: {value}", region=places[position], value=text.number(value, 2))
        for position, value in ordered
    ]
    ends = [scale.place(value) for _, value in known]
    grid = [
        Markup('<line x1="{0}%" x2="{0}%" y1="0" y2="100%" stroke="{1}" stroke-width="{2}"/>')
        .format(f"{scale.place(2.0**power):.2f}", *_stroke(power, theme))
        for power in scale.ticks
    ]  # fmt: skip
    # Marks that lie on each other: the first of the places is drawn last, on top.
    marks = [
        Markup('<svg x="{:.2f}%" y="50%" overflow="visible">{}</svg>').format(
            scale.place(value), shape(position, theme)
        )
        for position, value in reversed(known)
    ]
    return Markup(
        '<svg class="strip" width="100%" height="{}" role="img" aria-label="{}">{}'
        '<line x1="{:.2f}%" x2="{:.2f}%" y1="50%" y2="50%" stroke="{}" stroke-width="2.4"/>{}</svg>'
    ).format(
        _HEIGHT,
        f"{row.words}: {'; '.join(said)}",
        Markup("").join(grid),
        min(ends),
        max(ends),
        theme.input_border,
        Markup("").join(marks),
    )


def _stroke(power: int, theme: Theme) -> tuple[str, str]:
    return (theme.text, "1.4") if power == 0 else (theme.border, "1")


def _line(scale: LogScale, words: Sequence[tuple[int, str]], *, strong: bool) -> Markup:
    """Words over or under the scale at powers of two."""
    parts = [
        Markup('<text x="{:.2f}%" y="13" text-anchor="middle"{}>{}</text>').format(
            scale.place(2.0**power),
            Markup(' class="one"') if power == 0 or strong else "",
            word,
        )
        for power, word in words
    ]
    return Markup('<svg class="ticks" width="100%" height="18" aria-hidden="true">{}</svg>').format(
        Markup("").join(parts)
    )


def _power(power: int) -> str:
    """``1/8``, ``1/2``, ``1``, ``4``: a power of two as people write it."""
    return str(2**power) if power >= 0 else f"1/{2**-power}"
