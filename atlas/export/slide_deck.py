"""PowerPoint slides in 16:9 with a title that any reader of slides finds, and their notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from atlas.export.slide_words import font_family
from atlas.figures.lettering import Face, printable
from atlas.figures.palette import LIGHT
from atlas.figures.sheet import Box

#: The layout with a title and nothing else.
_TITLE_ONLY = 5


def new_deck(width: float, height: float) -> Any:
    """An empty presentation of slides so many inches wide and high.

    python-pptx brings layouts for 4:3 only: they are stretched with their placeholders, so that a
    slide that is added by hand fits too.
    """
    deck: Any = Presentation()
    wide, high = Inches(width) / deck.slide_width, Inches(height) / deck.slide_height
    deck.slide_width, deck.slide_height = Inches(width), Inches(height)
    master = deck.slide_master
    for shape in [
        *master.placeholders,
        *(one for layout in master.slide_layouts for one in layout.placeholders),
    ]:
        # What has no place of its own takes its master's, which is stretched already.
        if shape.element.xpath("./p:spPr/a:xfrm"):
            shape.left, shape.width = round(shape.left * wide), round(shape.width * wide)
            shape.top, shape.height = round(shape.top * high), round(shape.height * high)
    return deck


def add_slide(deck: Any, statement: str, face: Face, box: Box) -> Any:
    """Add a slide with a title in that face; ``box`` is where it stands, in inches. Returns it."""
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    west, south, east, north = box
    title = slide.shapes.title
    title.left, title.top = Inches(west), deck.slide_height - Inches(north)
    title.width, title.height = Inches(east - west), Inches(north - south)
    frame = title.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor, frame.word_wrap = MSO_ANCHOR.TOP, True
    frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    frame.text = printable(statement)
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    paragraph.line_spacing = Pt(face.line * 72)
    set_font(paragraph.runs, face, LIGHT.text)
    name_for_all_scripts(title.element)
    return slide


def set_font(runs: Iterable[Any], face: Face, colour: str) -> None:
    """Set runs of words in a face, in the font that has their letters."""
    for run in runs:
        font, family = run.font, font_family(run.text, serif=face.serif)
        font.size, font.bold, font.italic, font.name = Pt(face.size), face.bold, face.italic, family
        font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())


def name_for_all_scripts(element: Any) -> None:
    """Let the fonts under an element stand for letters of every script, Georgian among them."""
    for latin in list(element.iter(qn("a:latin"))):
        for script in ("cs", "ea"):
            name = parse_xml(f"<a:{script} {nsdecls('a')}/>")
            name.set("typeface", latin.get("typeface"))
            latin.addnext(name)


def append(slide: Any, shapes: Iterable[Markup]) -> None:
    """Put shapes written as PresentationML on top of a slide."""
    spaces = Markup(nsdecls("p", "a", "r"))  # noqa: S704 (names of our own choosing)
    root = parse_xml(Markup("<p:spTree {}>{}</p:spTree>").format(spaces, Markup("").join(shapes)))
    tree = slide.shapes.element
    for shape in list(root):
        tree.append(shape)


def set_notes(slide: Any, lines: Iterable[str]) -> None:
    """Write the speaker's notes, a paragraph for each line."""
    slide.notes_slide.notes_text_frame.text = "\n".join(printable(line) for line in lines)
