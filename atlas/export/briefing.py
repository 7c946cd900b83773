"""Briefings: one subject on a few slides, as PPTX to edit or as PDF.

A cover, where the subject lies on the map, its profile with the tables behind it (of a cluster its
firms and institutions), how its sector changed, and the sources. Every slide between the cover and
the sources is a snapshot of its own, drawn as it is drawn alone.

Modules of formats are taken whole: whichever of them is imported first brings all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from atlas.export import pdf, plate_slides, slides
from atlas.export.about import AUTHOR
from atlas.export.document import Page, Paper, cover, source_pages, table_pages
from atlas.export.formats import Ask, format_
from atlas.export.images import SIZES, draw
from atlas.export.plates import PLATES, draw_plate
from atlas.export.slide_deck import FIRST, new_deck, saved
from atlas.figures.captions import heading
from atlas.figures.profile_words import words_of
from atlas.figures.sheet import Sheet
from atlas.figures.titles import subtitle, title
from atlas.model import MapShapes, mark
from atlas.snapshot import Snapshot
from atlas.text import Text

_SIZE = "slide"
#: A map's usual classes.
_USUAL: dict[str, Any] = {"classes": None, "number": None, "breaks": None, "same": False}


@dataclass(frozen=True)
class Chapter:
    """A snapshot in a briefing: what it shows, and the geometry under it; ``bare``: without the
    tables behind it."""

    snapshot: Snapshot
    view: Any
    shapes: MapShapes
    bare: bool = False

    @property
    def kind(self) -> str:
        """The view's name."""
        return self.snapshot.view

    def sheets(self, text: Text, *, size: str = _SIZE, link: str | None = None) -> Iterator[Sheet]:
        """Its drawing, and the tables that its slides have, page by page."""
        if self.kind == "map":
            yield draw(self.view, self.shapes, text, size=size, link=link).sheet
            return
        yield draw_plate(self.kind, self.view, self.shapes, text, size=size, link=link)
        if self.bare:
            return
        words = words_of(self.kind, self.view, text)
        for table in PLATES[self.kind].tables(self.view, text):
            if table.slide and len(table.frame):
                paper = Paper(size, self.view.release, text)
                for page in table_pages(table, words.sources, paper):
                    yield page.sheet


def chapters(snapshot: Snapshot, view: Any, ask: Ask) -> list[Chapter]:
    """The snapshots of a briefing on what a snapshot shows: its map, itself, and the growth of the
    sector that the map is of; a subject without a sector that has figures has no maps. Of clusters
    side by side each one's profile as well."""
    found = [snapshot]
    of = map_of(snapshot, view)
    if of is not None:
        found = [of, *(found if snapshot.view != "map" else []), _growth(of)]
    made = [Chapter(one, *ask(one)) for one in found]
    if snapshot.view != "compare_clusters":
        return made
    profiles = [
        replace(snapshot, view="cluster", cluster=one.cluster.code, title=None, notes=None)
        for one in view.view.clusters
    ]
    at = 2 if of is not None else 1
    return [*made[:at], *(Chapter(one, *ask(one), bare=True) for one in profiles), *made[at:]]


def map_of(snapshot: Snapshot, view: Any) -> Snapshot | None:
    """The map that a subject is looked for on: of its strongest sector, its product's or its own;
    None when that has no figures."""
    own: dict[str, Any] = {}
    if snapshot.view == "map":
        return snapshot
    if snapshot.view == "maps":
        return replace(snapshot, view="map", layers=("clusters",), title=None, notes=None)
    if snapshot.view == "region":
        if not len(view.sectors):
            return None
        own = {"industry": str(view.sectors.index[0])}
    elif snapshot.view == "cluster":
        if view.view.with_figures is None or not view.year:
            return None
        own = {
            "industry": view.view.with_figures.code, "region": view.view.region.code,
            "level": view.view.region.level or 1,
        }  # fmt: skip
    elif snapshot.view == "compare_clusters":
        sectors = view.view.sectors
        known = [one for one in view.view.clusters if sectors[one.cluster.code] is not None]
        if not known:
            return None
        own = {"industry": known[0].with_figures.code}
    return replace(
        snapshot, view="map", metric="location_quotient", measure=view.measure, year=view.year,
        title=None, notes=None, since=None, **_USUAL, **own,
    )  # fmt: skip


def _growth(of: Snapshot) -> Snapshot:
    return replace(of, metric="growth", title=None, **_USUAL)


def _cover(snapshot: Snapshot, view: Any, text: Text) -> Page:
    if snapshot.view == "map":
        subject, said = heading(view, text), [title(view, text), subtitle(view, text)]
    else:
        words = words_of(snapshot.view, view, text)
        subject, said = words.keywords[0], [words.title, words.shown]
    return cover(subject, [text("Briefing"), *said], Paper(_SIZE, view.release, text))


@format_("briefing-pptx", title=mark("Briefing, slides (PPTX)"), kind="document",
         mime="application/vnd.openxmlformats-officedocument.presentationml.presentation",
         ending="_briefing.pptx")  # fmt: skip
def briefing_pptx(
    view: Any, _shapes: MapShapes, text: Text, *, snapshot: Snapshot, ask: Ask,
    link: str | None = None,
) -> bytes:  # fmt: skip
    """The briefing as PowerPoint slides, everything on them to be edited. The same snapshot of the
    same release gives the same bytes."""
    deck, numbers = new_deck(*SIZES[_SIZE].inches), count(FIRST)
    first = _cover(snapshot, view, text)
    plate_slides.put_sheet(deck, numbers, first.sheet, first.title, first.spoken, text)
    for chapter in chapters(snapshot, view, ask):
        own = link if chapter.snapshot == snapshot else None
        if chapter.kind == "map":
            slides.put_map(deck, numbers, chapter.view, chapter.shapes, text, link=own)
        else:
            plate_slides.put_plate(
                deck, numbers, chapter.kind, chapter.view, chapter.shapes, text, link=own,
                bare=chapter.bare,
            )  # fmt: skip
    for page in source_pages(Paper(_SIZE, view.release, text)):
        plate_slides.put_sheet(deck, numbers, page.sheet, page.title, page.spoken, text)
    slides.describe(
        deck.core_properties, title=first.title, subject=text("Briefing"), keywords="",
        language=text.language, comments=" ".join(first.spoken), author=AUTHOR,
    )  # fmt: skip
    return saved(deck)


@format_("briefing-pdf", title=mark("Briefing, document (PDF)"), kind="document",
         mime="application/pdf", ending="_briefing.pdf")  # fmt: skip
def briefing_pdf(
    view: Any, _shapes: MapShapes, text: Text, *, snapshot: Snapshot, ask: Ask,
    link: str | None = None, text_as_paths: bool = False,
) -> bytes:  # fmt: skip
    """The briefing as a PDF, a page for each slide."""
    first = _cover(snapshot, view, text)
    sheets = [first.sheet]
    for chapter in chapters(snapshot, view, ask):
        own = link if chapter.snapshot == snapshot else None
        sheets += chapter.sheets(text, link=own)
    sheets += [page.sheet for page in source_pages(Paper(_SIZE, view.release, text))]
    said = {
        "title": first.title,
        "subject": text("Briefing"),
        "keywords": "",
        "language": text.language,
    }
    return pdf.paint(sheets, said, text_as_paths=text_as_paths)
