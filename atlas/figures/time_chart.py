"""A figure through the years as one line, missing years as gaps."""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup

from atlas.figures import captions
from atlas.figures.charts import Point, along, broken_line
from atlas.model import MapView
from atlas.text import Text

_WIDTH, _HEIGHT = 360, 136
#: Room left, right and above the line, for the years, and between these and the line.
_LEFT, _RIGHT, _TOP, _FOOT, _UNDER = 10, 10, 22, 20, 18


def trend_chart(
    view: MapView, trend: Sequence[float], place: str, text: Text, *, amounts: bool = False
) -> Markup:
    """The map's figure of one place over all years, under its heading; growth by the amounts it is
    counted from. ``amounts``: the measure itself is given instead. Empty where fewer than two years
    have a value."""
    values = [float(value) for value in trend]
    known = [number for number, value in enumerate(values) if math.isfinite(value)]
    if len(known) < 2:
        return Markup("")
    growth = amounts or view.metric.unit == "change"
    unit = "amount" if growth else view.metric.unit
    figure = (
        captions.measure_name(view, text, view.measure)
        if growth
        else captions.figure_name(view, text)
    )
    labels = [
        captions.value_text(value, unit, text, view.measure) if math.isfinite(value) else ""
        for value in values
    ]
    first, last = known[0], known[-1]
    spoken = text(
        "{figure}, {place}: {first} {value}, {last} {other}",
        figure=figure,
        place=place,
        first=view.years[first],
        value=labels[first],
        last=view.years[last],
        other=labels[last],
    )
    heading = text(
        "{figure}, {first}–{last}", figure=figure, first=view.years[0], last=view.years[-1]
    )
    chart = _svg(view.years, values, labels, spoken, view.years.index(view.year))
    gaps = len(values) - len(known)
    note = (
        Markup('<p class="quiet">{}</p>').format(
            text.plural("{count} year without a figure", "{count} years without a figure", gaps)
        )
        if gaps
        else Markup("")
    )
    return Markup('<h4>{}</h4><div class="through-years">{}{}</div>').format(heading, chart, note)


def _svg(
    years: Sequence[int], values: Sequence[float], labels: Sequence[str], spoken: str, now: int
) -> Markup:
    across = (_WIDTH - _LEFT - _RIGHT) / (len(years) - 1)
    points = along(values, (_LEFT, _TOP, _WIDTH - _RIGHT, _HEIGHT - _FOOT - _UNDER))
    marks = []
    for number, point in enumerate(points):
        if point is not None:
            x, y = point
            said = Markup.escape(f"{years[number]}: {labels[number]}")
            marks.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{4 if number == now else 2.4}"'
                f' fill="var(--a-accent)"><title>{said}</title></circle>'
            )
    marks += [_label(points, number, labels[number], now) for number in _labelled(points, now)]
    return Markup(  # noqa: S704 (numbers, and words escaped above)
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{Markup.escape(spoken)}"'
        ' style="width:100%" font-size="11.5" fill="var(--a-text)">'
        f'<line x1="0" x2="{_WIDTH}" y1="{_HEIGHT - _FOOT}" y2="{_HEIGHT - _FOOT}"'
        f' stroke="var(--a-border)"/><path d="{broken_line(points)}" fill="none"'
        f' stroke="var(--a-accent)" stroke-width="1.6"/>{"".join(marks)}'
        f"{_axis(years, now, across)}</svg>"
    )


def _labelled(points: Sequence[Point | None], now: int) -> list[int]:
    """Positions with their value beside them: the chosen year's, and the first and the last if
    they are not too near it."""
    known = [number for number, point in enumerate(points) if point is not None]
    across = (_WIDTH - _LEFT - _RIGHT) / (len(points) - 1)
    shown = [now] if points[now] is not None else []
    for end in (known[0], known[-1]):
        if all(abs(end - one) * across > 56 for one in shown):
            shown.append(end)
    return shown


def _label(points: Sequence[Point | None], number: int, words: str, now: int) -> str:
    """A point's value above it, or under it where the line rises away from it."""
    x, y = points[number] or (0.0, 0.0)
    beside = (*points[max(number - 1, 0) : number], *points[number + 1 : number + 2])
    under = any(one is not None and one[1] < y - 3 for one in beside)
    anchor = "start" if x < 40 else "end" if x > _WIDTH - 40 else "middle"
    weight = ' font-weight="600"' if number == now else ' fill="var(--a-second)"'
    return (
        f'<text x="{x:.1f}" y="{y + 16 if under else y - 9:.1f}" text-anchor="{anchor}"{weight}>'
        f"{Markup.escape(words)}</text>"
    )


def _axis(years: Sequence[int], now: int, across: float) -> str:
    """The first, the last and the chosen year under the line, as far as they have room."""
    shown = [now]
    shown += [n for n in (0, len(years) - 1) if all(abs(n - one) * across > 34 for one in shown)]
    parts = []
    for number in sorted(shown):
        anchor = "start" if number == 0 else "end" if number == len(years) - 1 else "middle"
        x = {"start": 0.0, "end": float(_WIDTH)}.get(anchor, _LEFT + number * across)
        weight = ' font-weight="600"' if number == now else ' fill="var(--a-second)"'
        parts.append(
            f'<text x="{x:.1f}" y="{_HEIGHT - 5}" text-anchor="{anchor}"{weight}>{years[number]}'
            "</text>"
        )
    return "".join(parts)


def play_button(text: Text) -> Markup:
    """The button that steps through the years; its script is in ``ui/html.js``."""
    return Markup(
        '<button type="button" class="play" data-play="{0}" data-stop="{1}" data-step="{2}"'
        ' aria-label="{0}" title="{0}"><svg viewBox="0 0 14 14" aria-hidden="true">'
        '<path class="start" d="M2 0L13 7L2 14Z"/>'
        '<path class="pause" d="M1 0H5V14H1ZM9 0H13V14H9Z"/></svg></button>'
    ).format(text("Play through the years"), text("Stop"), text("Next year"))
