"""How a reader wants the map's classes: words of the address, and the inputs for them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from atlas.address import numbers_in
from atlas.model import Classing
from atlas.text import Text
from atlas.ui import url, widgets


def choose(
    text: Text, methods: Mapping[str, str], *, numbers: range, fixed: bool, per_cent: bool
) -> Classing:
    """Inputs for the classes of a figure, in a popover. ``methods``: titles by name, as
    ``Classing`` has them.

    ``fixed``: the figure's usual breaks are, so there is no number to choose for them.
    ``per_cent``: breaks are typed as the legend shows them, in per cent.
    """
    names = {
        "usual": text("As usual for this figure"),
        **{name: text(title) for name, title in methods.items()},
        "own": text("Own breaks"),
    }
    method = widgets.select(text("Classes"), "classes", names, default="usual", folded=True)
    number, breaks = Classing().number, None
    if method == "own":
        label = text("Breaks, in per cent") if per_cent else text("Breaks")
        words = widgets.typed(label, "breaks", placeholder="10 20 30" if per_cent else "0.5 1 2")
        breaks = read_breaks(words, most=numbers.stop - 2)
        if words and breaks is None:
            url.note("breaks", words)
    elif method != "usual" or not fixed:
        label = text("Number of classes")
        number = widgets.slide(label, "number", list(numbers), default=number, folded=True)
    return Classing(
        method=method, number=number, breaks=breaks or (), same=same_for_all_years(text)
    )


def as_fields(classing: Classing) -> dict[str, Any]:
    """The fields of a snapshot that say the same; what is as usual is left open."""
    usual = Classing()
    return {
        "classes": classing.method if classing.method != usual.method else None,
        "number": classing.number if classing.number != usual.number else None,
        "breaks": classing.breaks or None,
        "same": classing.same,
    }


def same_for_all_years(text: Text) -> bool:
    """A switch: whether classes, or sizes of circles, are made from all years."""
    return widgets.switch(text("Same classes for all years"), "same")


def read_breaks(words: str, *, most: int) -> tuple[float, ...] | None:
    """The breaks that are written, one to ``most`` numbers that rise; None for anything else.

    Numbers as :func:`atlas.address.numbers_in` reads them.
    """
    found = numbers_in(words) or ()
    rises = all(a < b for a, b in pairwise(found))
    sound = rises and all(map(math.isfinite, found)) and 1 <= len(found) <= most
    return found if sound else None
