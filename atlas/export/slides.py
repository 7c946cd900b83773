"""Slides as PPTX: the drawing in PowerPoint's own shapes, chart and table, all of them editable.

The map's slide has the same layout as every other format of the slide; a slide with the figures as
a table follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from atlas.export.about import AUTHOR, description, is_web_address, keywords, region_text
from atlas.export.formats import format_
from atlas.export.images import SIZES, draw
from atlas.export.simpler import simpler
from atlas.export.slide_chart import put_chart
from atlas.export.slide_deck import FIRST, add_slide, append, new_deck, saved, set_notes
from atlas.export.slide_shapes import shapes_xml
from atlas.export.slide_table import put_tables
from atlas.export.slide_words import ASCENT
from atlas.figures.lettering import printable, width_of
from atlas.figures.sheet import Box, Letters, Mark, Stroke
from atlas.figures.titles import filters, notes, sources, subtitle, title
from atlas.model import MapShapes, MapView, mark
from atlas.text import Text

#: Longest that a property of a document may be.
_LONGEST = 255


@format_("pptx", title=mark("Slides, editable (PPTX)"))
def pptx(view: MapView, shapes: MapShapes, text: Text, *, link: str | None = None) -> bytes:
    """The map as PowerPoint slides of 13.33 x 7.5 inches, in the language of ``text``.

    Regions, legend and key are shapes, the ranking is a chart, the figures are a table; sources,
    choices and notes are also in the speaker's notes. ``link``: where the map's code leads. The
    same view gives the same bytes.
    """
    deck = new_deck(*SIZES["slide"].inches)
    put_map(deck, count(FIRST), view, shapes, text, link=link)
    describe(
        deck.core_properties, title=title(view, text), subject=subtitle(view, text),
        keywords=", ".join(keywords(view, text)), language=text.language,
        comments=description(view, text), author=AUTHOR,
    )  # fmt: skip
    return saved(deck)


def put_map(
    deck: Any, numbers: Iterator[int], view: MapView, shapes: MapShapes, text: Text, *,
    link: str | None = None,
) -> None:  # fmt: skip
    """Add the slides of a map to a deck: the map, then its figures. ``numbers``: for shapes, no two
    alike."""
    sheet = draw(view, shapes, text, link=link).sheet
    width, height = SIZES["slide"].inches
    marks = simpler(sheet.marks)
    heading = [mark for mark in marks if isinstance(mark, Letters) and mark.part.role == "title"]
    face = heading[0].face
    slide = add_slide(deck, title(view, text), face, title_box(heading, width))
    _put_marks(slide, height, marks, numbers, view, text)
    if link and is_web_address(link):
        follow_code(slide, link, text("Code of the link"))
    set_notes(
        slide,
        [title(view, text), subtitle(view, text), sources(view, text), filters(view, text),
         notes(view, text), *([link] if link else [])],
    )  # fmt: skip
    put_tables(deck, width, height, numbers, view, text)


def title_box(heading: Sequence[Letters], width: float) -> Box:
    """Where the title stands. Of several lines it is as wide as they were measured, and a little
    for another font, so that it breaks into lines much alike; else as wide as the slide."""
    first, last = heading[0], heading[-1]
    above, room = ASCENT * first.face.line, width - 2 * first.x
    if len(heading) > 1:
        room = min(room, 1.05 * max(width_of(line.words, line.face) for line in heading))
    return first.x, last.y + above - first.face.line, first.x + room, first.y + above


def _put_marks(
    slide: Any, height: float, marks: Sequence[Mark], numbers: Iterator[int], view: MapView,
    text: Text,
) -> None:  # fmt: skip
    """Put the drawing on the slide: all but its title, and the bars as a chart."""
    bars = [mark for mark in marks if mark.part.role == "bars"]
    rest = [mark for mark in marks if mark.part.role not in ("title", "bars")]
    # The line that bars are read against lies under the chart, whose values then stay readable.
    lines = [mark for mark in bars if isinstance(mark, Stroke)]
    said = {str(code): region_text(view, str(code), text) for code in view.regions.index}
    append(slide, shapes_xml(height, [*rest, *lines], said, text, numbers))
    put_chart(slide, height, bars, view, text)


def follow_code(slide: Any, link: str, name: str) -> None:
    """Make the code lead where it says, for whoever looks on at a screen."""
    for shape in slide.shapes:
        if shape.name == name and shape.shape_type is not None and hasattr(shape, "click_action"):
            shape.click_action.hyperlink.address = link


def describe(properties: Any, **said: str) -> None:
    """Fill in what a file's properties say."""
    for name, words in {**said, "last_modified_by": AUTHOR}.items():
        setattr(properties, name, printable(words)[:_LONGEST])
