"""PowerPoint slides in 16:9 with a title that any reader of slides finds, and their notes."""

from __future__ import annotations

import io
import re
import zipfile
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
from atlas.figures.lettering import Face, printable, runs_left
from atlas.figures.palette import LIGHT
from atlas.figures.sheet import Box

_CORE = "docProps/core.xml"
_DATES, _DAY = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"), b"2000-01-01T00:00:00Z"
_THUMBNAIL = "docProps/thumbnail.jpeg"
_SHOWN = re.compile(rb"<Relationship [^>]*thumbnail[^>]*/>")
#: Shapes of ours are numbered from here on; those before are the layout's.
FIRST = 100
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
    if runs_left(statement):
        paragraph._p.get_or_add_pPr().set("rtl", "1")
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


def saved(deck: Any) -> bytes:
    """The presentation as a file that does not say when it was made: the same slides, the same
    bytes."""
    target = io.BytesIO()
    deck.save(target)
    return _dateless(target.getvalue())


def _dateless(content: bytes) -> bytes:
    """A file of Office with the same date in and on all its parts, workbooks in it included."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == _THUMBNAIL:
                # Of python-pptx' own empty slide.
                continue
            if name == "_rels/.rels":
                part = _SHOWN.sub(b"", part)
            if name.endswith(".xlsx"):
                part = _dateless(part)
            elif name == _CORE:
                part = _DATES.sub(_DAY, part)
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return target.getvalue()
