"""What the map draws: the colours of its classes, anew with every choice."""

from __future__ import annotations

import re

import numpy as np

from tests.browser.visitor import INSIDE, Visitor

OVER_2 = (0xB7, 0x5A, 0x26)
BELOW_08 = (0x8F, 0xBC, 0xD1)


def test_another_sector_recolours_the_map(visitor: Visitor) -> None:
    visitor.open("/map")
    visitor.wait_for_map()
    assert visitor.colour("GE-KA") == OVER_2  # manufacturing: 2.27
    before = visitor.picture()
    visitor.choose("Sector", "F Construction")
    visitor.arrive(re.compile("industry=F"))
    visitor.wait_for_map()
    assert visitor.colour("GE-KA") == BELOW_08  # construction: 0.73
    after = visitor.picture()
    assert before.size == after.size
    assert int((np.asarray(before) != np.asarray(after)).any(axis=2).sum()) > 20_000


def test_counts_are_circles_on_plain_regions(visitor: Visitor) -> None:
    visitor.open("/map?metric=employment")
    visitor.wait_for_map()
    assert len({tuple(visitor.colour(code)) for code in INSIDE}) == 1
    radii = {row["id"]: row["radius"] for row in visitor.layer("circles")["data"]}
    # The area is the count: 37,085 persons employed in Tbilisi, 6,287 in Kakheti.
    assert round((radii["GE-TB"] / radii["GE-KA"]) ** 2, 2) == round(37_085 / 6_287, 2)
    assert "GE-AB" not in radii
