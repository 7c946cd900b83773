"""The page that opens offline, as text; the browser's part is in tests/browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.analysis.snapshot import shapes_of, view_of
from atlas.export.desk import Desk
from atlas.export.stored import read_snapshot
from atlas.snapshot import Snapshot

SHOWN = Snapshot(edition="georgia", metric="location_quotient", industry="C", year=2022)
#: What a browser would fetch by itself.
FETCHED = re.compile(r"""<(?:script|img|link|iframe)\b[^>]*(?:src|href)=["'](?!data:)|@import""")


@pytest.fixture(autouse=True)
def at_georgia(georgia_home: Path, at_home: Callable[[Path], None]) -> None:
    at_home(georgia_home)


def test_the_page_holds_all_it_needs_and_the_same_snapshot_gives_the_same_page() -> None:
    desk = Desk(view_of, shapes_of)
    content = desk.make(SHOWN, "html")
    page = content.decode()
    assert FETCHED.findall(page) == []
    assert "default-src 'none'" in page
    assert "cdn" not in page.lower()
    assert "sourceMappingURL" not in page
    assert "L.map(" in page
    assert len(content) < 1_000_000
    assert read_snapshot(content) == SHOWN
    assert desk.make(SHOWN, "html") == content


def test_a_map_on_the_screen_is_of_no_printed_projection() -> None:
    page = Desk(view_of, shapes_of).make(SHOWN, "html").decode().replace("\u00a0", " ")
    assert "Figure: Location quotient" in page
    assert "UTM" not in page
