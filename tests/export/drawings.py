"""Drawings that are kept as they should be, so that a change of any of them is seen.

``python -m tests.export.drawings`` writes them into ``tests/export/reference`` anew: look at them
in a browser, and at what ``git diff`` says has changed, before they are committed.
"""

from __future__ import annotations

import dataclasses
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from atlas.analysis.map import map_shapes, map_view
from atlas.config import ROOT
from atlas.export.svg import svg
from atlas.ingest.build import build
from atlas.model import Release
from atlas.store import releases
from atlas.text import Text

REFERENCE = Path(__file__).parent / "reference"
#: File -> figure, sector, language and size.
DRAWINGS = {
    "location_quotient_en_slide.svg": ("location_quotient", "C11", "en", "slide"),
    "location_quotient_en_square.svg": ("location_quotient", "A", "en", "square"),
    "amount_ka_a4.svg": ("amount", "A", "ka", "a4"),
}
_FONT = re.compile(rb"base64,[^)]*")


def drawings(toyland: Release) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the drawings, their embedded fonts left out: those change with the
    version of fontTools."""
    # Of any release: its id is made from the code, which says nothing about the drawing.
    release = dataclasses.replace(toyland, release_id="0.0.0-reference")
    shapes = map_shapes(toyland, "regions")
    for name, (metric, industry, language, size) in DRAWINGS.items():
        view = map_view(toyland, metric=metric, industry=industry, year=2020)
        view = dataclasses.replace(view, release=release)
        drawing = svg(view, shapes, Text(language), size=size, link="https://atlas.example/map")
        yield name, _FONT.sub(b"base64,", drawing)


def renew() -> None:
    """Write the drawings as they come out now."""
    with tempfile.TemporaryDirectory() as home:
        build(ROOT / "tests" / "toyland", Path(home))
        for name, drawing in drawings(releases.current("toyland", Path(home))):
            (REFERENCE / name).write_bytes(drawing)
            sys.stdout.write(f"{REFERENCE / name}\n")


if __name__ == "__main__":
    renew()
