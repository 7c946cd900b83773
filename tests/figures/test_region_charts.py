"""A region's bars: where they begin and end, and the words beside them."""

from __future__ import annotations

import re

import pandas as pd

from atlas.analysis.region_structure import PARTS, RegionStructure, Shift
from atlas.figures.palette import THEMES
from atlas.figures.region_charts import change, structure
from atlas.metrics import STRUCTURES
from atlas.model import Item
from atlas.text import Text

ENGLISH, LIGHT = Text("en"), THEMES["light"]
FARMING = Item("A", {"en": "Farming & <b>fish</b>"})
MAKING = Item("C", {"en": "Making"})


def address(page: str, **words: object) -> str:
    return page + "?" + "&".join(f"{word}={value}" for word, value in words.items())


def shift(*parts: float, published: float = float("nan"), **own: float) -> Shift:
    items = {"A": FARMING, "C": MAKING}
    return Shift(
        since=2010,
        parts=tuple((STRUCTURES[name], value) for name, value in zip(PARTS, parts, strict=True)),
        sectors=2,
        left_out=(),
        sectors_shift=tuple((items[code], value) for code, value in own.items()),
        published=published,
    )


def region(found: Shift | None, **shares: tuple[float, float]) -> RegionStructure:
    frame = pd.DataFrame(shares, index=["region", "country"]).T
    return RegionStructure(frame, float(frame["region"].sum()), (), (), 2010, found)


def drawn(found: Shift, measure: str = "employment") -> str:
    return str(change(region(found), measure, "People", 2020, ENGLISH, address, LIGHT))


def test_parts_begin_at_zero_on_one_scale() -> None:
    """Parts 60, −40 and 0 of a change of 20: zero lies at two fifths of the 108 units."""
    bars = re.findall(
        r'<rect x="([\d.]+)" width="([\d.]+)" height="10" rx="2" fill="(#\w+)"',
        drawn(shift(60, -40, 0)),
    )
    assert bars == [
        ("43.2", "64.8", LIGHT.accent),
        ("0.0", "43.2", LIGHT.warning),
        ("43.2", "0.0", LIGHT.accent),
        ("43.2", "21.6", LIGHT.accent),
    ]


def test_what_lost_is_said_to_have_lost() -> None:
    said = drawn(shift(-60, 30, -10, A=5, C=-15))
    assert "A change like the whole country’s would alone have cost −60." in said
    assert "It leaned to sectors that then grew faster than the country (+30)." in said
    assert "Its sectors grew more slowly than the same sectors in the country (−10)." in said
    assert "Won most against the country: Farming &amp; &lt;b&gt;fish&lt;/b&gt; (+5)." in said
    assert "Lost most: Making (−15)." in said
    # A part of zero has nothing to say, and no sector won.
    quiet = drawn(shift(10, 0, -10, C=-10))
    assert "It leaned to" not in quiet
    assert "Won most" not in quiet


def test_what_the_parts_do_not_say() -> None:
    assert "The parts are rounded." in drawn(shift(10.4, 10.4, 10.4))
    assert "The parts are rounded." not in drawn(shift(10.4, 10.4, 10.4), "turnover")
    assert "changed by +35." in drawn(shift(10, 10, 10, published=35))
    assert "changed by" not in drawn(shift(10, 10, 10, published=30.2))


def test_pairs_of_shares_are_on_one_scale_and_read_aloud() -> None:
    found = region(None, C=(0.4, 0.1), A=(float("nan"), 0.2))
    items = {"A": FARMING, "C": MAKING}
    markup = str(structure(found, items, ("Here", "Land"), "People", ENGLISH, address, LIGHT))
    assert re.findall(r'<rect y="(\d+)" width="([\d.]+)%"', markup) == [
        ("0", "100.00"), ("11", "25.00"), ("11", "50.00"),
    ]  # fmt: skip
    assert 'aria-label="Making: Here: 40.0%; Land: 10.0%"' in markup
    assert (
        'aria-label="Farming &amp; &lt;b&gt;fish&lt;/b&gt;: Here: no data; Land: 20.0%"' in markup
    )
    assert "The sectors with figures hold 40.0% of its total." in markup
    assert "<b>fish" not in markup
