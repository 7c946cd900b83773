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

from atlas.analysis.discovery_snapshot import discovery_map, filled_discovery
from atlas.analysis.map import map_shapes, map_view
from atlas.analysis.profiles import profile_of
from atlas.config import ROOT
from atlas.export.plate_files import make_plate
from atlas.export.svg import svg
from atlas.ingest.build import build
from atlas.model import Release
from atlas.snapshot import Snapshot
from atlas.store import releases
from atlas.text import Text
from tests.export.profiles import usual

REFERENCE = Path(__file__).parent / "reference"
#: File -> figure, sector, language and size.
DRAWINGS = {
    "location_quotient_en_slide.svg": ("location_quotient", "C11", "en", "slide"),
    "location_quotient_en_square.svg": ("location_quotient", "A", "en", "square"),
    "amount_ka_a4.svg": ("amount", "A", "ka", "a4"),
}
#: The same of views that are no map: file -> view, language and size.
PROFILES = {
    "region_ka_a4.svg": ("region", "ka", "a4"),
    "cluster_en_slide.svg": ("cluster", "en", "slide"),
    "compare_en_square.svg": ("compare", "en", "square"),
    "maps_ka_slide.svg": ("maps", "ka", "slide"),
}
#: And of what rules agree on.
DISCOVERY = "discovery_en_slide.svg"
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
    found = filled_discovery(Snapshot("toyland", view="discovery", agree=2), toyland)
    view = dataclasses.replace(discovery_map(found, toyland), release=release)
    yield DISCOVERY, _FONT.sub(b"base64,", svg(view, shapes, Text("en")))
    for name, (kind, language, size) in PROFILES.items():
        snapshot = usual(toyland, kind, language, size=size)
        profile = dataclasses.replace(profile_of(snapshot, toyland), release=release)
        drawing = make_plate(snapshot, "svg", profile, shapes, link="https://atlas.example/map")
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
