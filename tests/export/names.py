"""Names that mean harm, or are only long: each must come out as itself."""

from __future__ import annotations

import dataclasses

from atlas.model import MapView

HOSTILE = [
    "$\\frac{1}{0}$ $ $$ \\textbf{",
    "<script>alert(1)</script> &amp; <b>",
    "X" * 200,
    "A very long name of a region " * 7,
    "إقليم ألف $x^2$ مرحبا",
    "אזור_צפון \u202e abc",
    "line\nbreak\ttab\x00zero \ud83c",
    "北京市 🏭 e\u0301",
    "=1+1",
    " ",
]


def renamed(view: MapView, name: str) -> MapView:
    """The view with that name for its country, its sector and every region."""
    items = {
        code: dataclasses.replace(item, names={"en": name}) for code, item in view.items.items()
    }
    industry = dataclasses.replace(view.industry, names={"en": name}, extra={})
    return dataclasses.replace(view, items=items, root=items[view.root.code], industry=industry)
