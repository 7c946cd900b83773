"""The legend of a map as data: ranges, numbers of regions, and what is without a value."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from atlas.figures.captions import value_text
from atlas.figures.scales import CLASSED, METHODS
from atlas.model import MapView
from atlas.names import STATUS_TITLES
from atlas.text import Text


@dataclass(frozen=True)
class LegendEntry:
    """``position``: class in the scale, -1 for a status; ``status``: why without a value.

    ``size``: for circles, the value a sample circle stands for.
    """

    label: str
    count: int | None
    position: int = -1
    status: str | None = None
    size: float | None = None


def legend(view: MapView, text: Text) -> list[LegendEntry]:
    """The entries of a map's legend, lowest class first, then those without a value."""
    scale = view.scale
    entries: list[LegendEntry] = []
    if scale.kind == "circles":
        entries += [
            LegendEntry(text.number(size, _digits(size)), None, size=size)
            for size in circle_sizes(scale.largest)
            # There is no half of a sector.
            if view.metric.unit != "sectors" or size >= 1
        ]
    else:
        labels = ranges(view, text)
        entries += [
            LegendEntry(label, count, position)
            for position, (label, count) in enumerate(zip(labels, scale.counts, strict=True))
        ]
    for status, count in scale.missing.items():
        title = STATUS_TITLES.get(status, STATUS_TITLES["missing"])
        entries.append(LegendEntry(text(title), count, status=status))
    return entries


def ranges(view: MapView, text: Text) -> list[str]:
    """``under 0.5``, ``0.5 – 0.8``, ... ``2 and over``: one label per class."""
    if view.scale.kind == "steps":
        return [value_text(step, view.metric.unit, text) for step in range(view.metric.top + 1)]
    edges = [_edge(edge, view.metric.unit, text) for edge in view.scale.breaks]
    if not edges:
        known = view.regions["value"].dropna()
        return [value_text(known.iloc[0], view.metric.unit, text)] if len(known) else [""]
    middle = [f"{low} – {high}" for low, high in pairwise(edges)]
    return [
        text("under {value}", value=edges[0]),
        *middle,
        text("{value} and over", value=edges[-1]),
    ]


def _edge(edge: float, unit: str, text: Text) -> str:
    """A break with as many digits as it has: 0.5, 1.25, 2; shares and changes in per cent."""
    if unit in ("share", "change"):
        return text.percent(edge, _digits(edge * 100), signed=unit == "change")
    return text.number(edge, _digits(edge))


def _digits(value: float) -> int:
    return next((d for d in range(6) if abs(round(value, d) - value) < 1e-9), 6)


def circle_sizes(largest: float) -> list[float]:
    """Three round values that span the circles: 1, 2 or 5 times a power of ten."""
    if not np.isfinite(largest) or largest <= 0:
        return []
    power = 10.0 ** np.floor(np.log10(largest))
    top = max(step * power for step in (1, 2, 5) if step * power <= largest)
    return [top / 10, top / 2.5 if str(top)[0] == "5" else top / 4, top][-3:]


def count_text(count: int, text: Text) -> str:
    """``1 region``, ``6 regions``."""
    return text.plural("{count} region", "{count} regions", count)


def classes_note(view: MapView, text: Text) -> str:
    """How the classes were made where a reader chose it; empty for the figure's usual ones."""
    how, kind = view.classing, view.scale.kind
    said = []
    own = how.method == "own" and bool(how.breaks)
    if kind in CLASSED and (own or how.method in METHODS):
        said.append(
            text.plural(
                "{method}, {count} class",
                "{method}, {count} classes",
                len(view.scale.counts),
                method=text("Own breaks") if own else text(METHODS[how.method][1]),
            )
        )
    if how.same and kind == "circles":
        said.append(text("Same sizes for all years"))
    elif how.same and kind in CLASSED:
        said.append(text("Same classes for all years"))
    return "; ".join(said)
