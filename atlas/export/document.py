"""Pages of documents that are neither maps nor profiles: covers, contents, tables, running text.

Each page is a :class:`Page`: a sheet that any format paints, its title, and what is said of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd

from atlas.export.footer import draw_footer, footer_height, footer_lines
from atlas.export.heading import MARGIN, draw_heading
from atlas.export.images import SIZES
from atlas.export.plate_table import Cell, draw_table
from atlas.export.plates import Table, shown
from atlas.figures.captions import DISCLAIMER, coverage, sources_of
from atlas.figures.lettering import Face, wrap
from atlas.figures.palette import LIGHT
from atlas.figures.sheet import Box, Sheet
from atlas.model import Metric, Release
from atlas.text import Text

_NAME, _UNDER, _BRAND = Face(34, bold=True, serif=True), Face(15), Face(12, bold=True, serif=True)
_HEAD, _BODY, _ENTRY = Face(11, bold=True), Face(9.5), Face(10.5)
_NUMBER = Face(8)
#: Room after a paragraph and before a heading, in inches.
_AFTER, _BEFORE = 0.06, 0.14
_ROW = 0.3


@dataclass(frozen=True)
class Page:
    """A page: its sheet, title, and what whoever shows it may say."""

    title: str
    sheet: Sheet
    spoken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """What all pages of a document have in common: a size of SIZES, whose figures, the words."""

    size: str
    release: Release
    text: Text

    @property
    def inches(self) -> tuple[float, float]:
        """Width and height."""
        return SIZES[self.size].inches

    def blank(self) -> Sheet:
        """A page without anything."""
        return Sheet(*self.inches, page=LIGHT.page)

    def headed(self, title: str, under: str, sources: str = "") -> tuple[Sheet, Box]:
        """A page with a heading and a footer, and the room between them."""
        sheet, width = self.blank(), self.inches[0]
        top = draw_heading(sheet, title, under)
        lines = footer_lines(width - 2 * MARGIN, [sources], self.release, self.text, None)
        rule = 0.2 + footer_height(lines, None)
        with sheet.part("footer"):
            draw_footer(
                sheet, (MARGIN, 0.2, width - MARGIN, rule), lines, self.release, self.text, None
            )
        return sheet, (MARGIN, rule + 0.14, width - MARGIN, top - 0.02)


@dataclass(frozen=True)
class Block:
    """Running text under a heading of its own (or none)."""

    heading: str = ""
    paragraphs: Sequence[str] = field(default_factory=tuple)


def cover(title: str, under: Sequence[str], paper: Paper) -> Page:
    """The first page: what the document is, of when, and whose it is."""
    sheet, (width, height) = paper.blank(), paper.inches
    room = width - 2 * MARGIN - 0.5
    left = MARGIN + 0.3
    sheet.rectangle((MARGIN, height * 0.3, MARGIN + 0.09, height * 0.8), fill=LIGHT.accent)
    face = _NAME
    while face.size > 18 and len(wrap(title, face, room, hyphens=False)) > 3:
        face = face.sized(face.size - 2)
    with sheet.part("title"):
        y = sheet.lines(
            left, height * 0.8 - 0.45, wrap(title, face, room, lines=4, hyphens=False), face,
            LIGHT.text,
        )  # fmt: skip
    y -= 0.1
    with sheet.part("subtitle"):
        for words in under:
            lines = wrap(words, _UNDER, room, lines=3, hyphens=False)
            y = sheet.lines(left, y, lines, _UNDER, LIGHT.second) - 0.06
    made_from = paper.text("Release {release}", release=paper.release.release_id)
    with sheet.part("footer"):
        sheet.words(left, 0.62, paper.text("Cluster atlas"), _BRAND, LIGHT.text)
        sheet.words(left, 0.42, made_from, _NUMBER, LIGHT.second)
    return Page(title, sheet, tuple(under))


def table_pages(table: Table, sources: str, paper: Paper) -> Iterator[Page]:
    """A table of a profile, on as many pages as it needs."""
    names = list(table.slide)
    wordy = [not pd.api.types.is_numeric_dtype(table.frame[name]) for name in names]
    heads = [table.heads.get(name, name) for name in names]
    rows = []
    for row in table.frame.to_dict("records"):
        cells = [shown(row, name, table, paper.text) for name in names]
        rows.append(
            [
                Cell(words, missing=missing, left=left)
                for (words, missing), left in zip(cells, wordy, strict=True)
            ]
        )
    start = 0
    while start < len(rows):
        sheet, box = paper.headed(table.title, "", sources)
        fit = max(1, int((box[3] - box[1] - 0.5) / _ROW))
        first = (box[2] - box[0]) * (0.3 if len(names) > 2 else 0.5)
        draw_table(
            sheet, box, table.name, heads, rows[start : start + fit], paper.text, first=first
        )
        start += fit
        yield Page(table.title, sheet, (table.title, sources))


def text_pages(title: str, under: str, blocks: Sequence[Block], paper: Paper) -> Iterator[Page]:
    """Running text, on as many pages as it needs; no heading stands alone at a page's foot."""
    sheet, (west, south, east, y) = paper.headed(title, under)
    width = east - west
    for block in blocks:
        head = wrap(block.heading, _HEAD, width, lines=2, hyphens=False) if block.heading else []
        for number, paragraph in enumerate(block.paragraphs):
            said = wrap(paragraph, _BODY, width, hyphens=False)
            above = head if number == 0 else []
            needed = (
                len(above) * _HEAD.line
                + (_BEFORE if above else 0)
                + min(len(said), 8) * (_BODY.line)
            )
            if y - needed < south:
                yield Page(title, sheet, (title,))
                sheet, (west, south, east, y) = paper.headed(title, under)
            if above:
                y = sheet.lines(west, y - _BEFORE - 0.08, above, _HEAD, LIGHT.text) + 0.06
            for line in said:
                y -= _BODY.line
                sheet.words(west, y, line, _BODY, LIGHT.text)
            y -= _AFTER
    yield Page(title, sheet, (title,))


def contents_pages(
    title: str, entries: Sequence[tuple[str, int | None]], paper: Paper
) -> Iterator[Page]:
    """What is on which page: an entry without a number is a heading."""
    rest = list(entries)
    while rest:
        sheet, (west, south, east, y) = paper.headed(title, "")
        while rest and y - _ROW > south:
            words, number = rest.pop(0)
            y -= _ROW * (1.0 if number is not None else 1.3)
            face = _ENTRY if number is not None else _HEAD
            line = wrap(words, face, east - west - 0.6, lines=1, hyphens=False)[0]
            sheet.words(west, y, line, face, LIGHT.text)
            if number is not None:
                sheet.words(east, y, str(number), face, LIGHT.text, align="right")
                sheet.line([(west, y - 0.08), (east, y - 0.08)], LIGHT.border, width=0.4)
        yield Page(title, sheet, (title,))


def number_pages(pages: Sequence[Page]) -> None:
    """Write each page's number at its foot, but for the cover."""
    for number, page in enumerate(pages, 1):
        if number > 1:
            with page.sheet.part("page_number"):
                page.sheet.words(
                    page.sheet.width / 2, 0.1, str(number), _NUMBER, LIGHT.second, align="center"
                )


def source_pages(paper: Paper) -> Iterator[Page]:
    """Every source of the release with its licence and address, and what the figures do not
    cover."""
    release, text = paper.release, paper.text
    blocks = [Block(title, facts) for title, facts in sources_of(release, text)]
    standing = [words for words in (coverage(release, text), text(DISCLAIMER)) if words]
    blocks.append(Block(text("What to know"), tuple(standing)))
    yield from text_pages(text("Sources"), "", blocks, paper)


def method_pages(metrics: Sequence[Metric], paper: Paper) -> Iterator[Page]:
    """Every figure: what it says, its formula, how to read it, where it comes from."""
    text = paper.text
    blocks = [
        Block(
            text(metric.title),
            (
                text(metric.reading),
                metric.formula,
                text("Source: {source}.", source=text(metric.source)),
            ),
        )
        for metric in metrics
    ]
    yield from text_pages(text("Methods"), "", blocks, paper)
