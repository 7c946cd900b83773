"""Small charts as SVG, for panels and tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from atlas.figures.palette import Theme

Point = tuple[float, float]


def along(values: Sequence[float], box: tuple[float, float, float, float]) -> list[Point | None]:
    """Where a line through values stands in a box (left, top, right, bottom): the lowest at its
    bottom, the highest at its top, evenly from left to right; None where a value is missing.
    Takes two values at least, one of them known."""
    left, top, right, bottom = box
    known = [value for value in values if math.isfinite(value)]
    low, high = min(known), max(known)
    reach = (high - low) or 1
    return [
        (
            left + number * (right - left) / (len(values) - 1),
            bottom - (value - low) / reach * (bottom - top),
        )
        if math.isfinite(value)
        else None
        for number, value in enumerate(values)
    ]


def broken_line(points: Sequence[Point | None]) -> str:
    """The path through neighbouring points; where one is missing the line is broken."""
    return "".join(
        f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}"
        for a, b in pairwise(points)
        if a is not None and b is not None
    )


def sparkline(
    values: Sequence[float], *, width: int = 84, height: int = 22, area: bool = False
) -> Markup:
    """A line of values (NaN leaves a gap) with its last point marked; empty without values."""
    known = [value for value in values if math.isfinite(value)]
    if len(known) < 2:
        return Markup("")
    pad = 3
    points = along(values, (pad, pad, width - pad, height - pad))
    lines = broken_line(points)
    drawn = [point for point in points if point is not None]
    under = ""
    if area:
        edge = "L".join(f"{x:.1f} {y:.1f}" for x, y in drawn)
        under = (
            f'<path d="M{drawn[0][0]:.1f} {height}L{edge}L{drawn[-1][0]:.1f} {height}Z"'
            ' fill="var(--a-accent)" opacity="0.12"/>'
        )
    x, y = drawn[-1]
    colour = "var(--a-accent)" if area else "var(--a-second)"
    return Markup(  # noqa: S704 (numbers only)
        f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" aria-hidden="true">'
        f'{under}<path d="{lines}" fill="none" stroke="{colour}" stroke-width="1.3"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="{colour}"/></svg>'
    )


def bar(
    value: float, largest: float, colour: str, *, mark: float | None = None, width: int = 108,
    start: float = 0.0,
) -> Markup:  # fmt: skip
    """A bar from ``start`` to ``value`` on a track that ends at ``largest``, with a mark."""

    def place(number: float) -> float:
        return min(max(number / largest, 0), 1) * width if largest > 0 else 0

    left, right = sorted((place(start), place(value)))
    line = ""
    if mark is not None:
        line = (
            f'<rect x="{place(mark) - 0.75:.1f}" width="1.5" height="14" y="-1"'
            ' fill="var(--a-text)"/>'
        )
    return Markup(  # noqa: S704 (numbers and our own colours only)
        f'<svg class="track" viewBox="0 -1 {width} 14" preserveAspectRatio="none"'
        f' aria-hidden="true"><g transform="translate(0 1)">'
        f'<rect width="{width}" height="10" rx="2" fill="var(--a-track)"/>'
        f'<rect x="{left:.1f}" width="{right - left:.1f}" height="10" rx="2" fill="{colour}"/></g>'
        f"{line}</svg>"
    )


def columns(
    years: Sequence[int], values: Sequence[float], *, labels: Sequence[str], name: str,
    theme: Theme, width: int = 460, height: int = 170,
) -> Markup:  # fmt: skip
    """A column for each year (none where NaN); the last is dark and carries its label.

    ``name``: what is drawn, for readers' aids. ``labels``: the value of each year in words,
    shown on hovering and read aloud.
    """
    known = [value for value in values if math.isfinite(value)]
    if not known:
        return Markup("")
    top = max(known) or 1
    step = (width - 20) / len(years)
    parts = []
    for number, (year, value, label) in enumerate(zip(years, values, labels, strict=True)):
        x = 10 + number * step
        if math.isfinite(value):
            tall = value / top * (height - 50)
            last = number == len(years) - 1
            fill = "var(--a-accent)" if last else "var(--a-pale)"
            parts.append(
                f'<rect x="{x + step * 0.15:.1f}" width="{step * 0.7:.1f}"'
                f' y="{height - 24 - tall:.1f}" height="{tall:.1f}" rx="2" fill="{fill}">'
                f"<title>{Markup.escape(f'{year}: {label}')}</title></rect>"
            )
            if last:
                parts.append(
                    f'<text x="{x + step * 0.85:.1f}" y="{height - 30 - tall:.1f}"'
                    f' text-anchor="end" font-weight="600">{Markup.escape(label)}</text>'
                )
        every, left = max(1, len(years) // 8), len(years) - 1 - number
        if left == 0 or (number % every == 0 and left >= every):
            parts.append(
                f'<text x="{x + step / 2:.1f}" y="{height - 8}" text-anchor="middle"'
                f' fill="var(--a-second)">{year}</text>'
            )
    spoken = Markup.escape(f"{name}: {years[0]} {labels[0]}, {years[-1]} {labels[-1]}")
    return Markup(  # noqa: S704 (numbers, and words escaped above)
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{spoken}"'
        f' style="width:100%;max-width:{width * 2}px"'
        f' font-size="11.5" fill="{theme.text}">'
        f'<line x1="10" x2="{width - 10}" y1="{height - 24}" y2="{height - 24}"'
        f' stroke="var(--a-border)"/>{"".join(parts)}</svg>'
    )
