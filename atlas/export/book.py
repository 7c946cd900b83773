"""The cluster atlas as a book: a whole country in one PDF, in one language.

A cover, the contents, the country's map, a spread for each cluster (where its sector is strong, and
what is known of it), a page for each region, the methods, the sources. A spread begins on an even
page, so that both of its pages are seen at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Protocol

from atlas.export.briefing import Chapter, map_of
from atlas.export.document import (
    Page,
    Paper,
    contents_pages,
    cover,
    method_pages,
    number_pages,
    source_pages,
)
from atlas.export.formats import Ask
from atlas.export.pdf import paint
from atlas.figures.captions import safe_name
from atlas.model import Item, Metric, Release
from atlas.snapshot import Snapshot
from atlas.text import Text

SIZE = "a4"
#: ``(pages made, pages in all)``: hears how far the making is.
Tell = Callable[[int, int], None]


class Contents(Protocol):
    """What the book holds; see :class:`atlas.analysis.book.Contents`."""

    @property
    def release(self) -> Release:
        """Whose figures it shows."""

    @property
    def country(self) -> Item:
        """What its cover names."""

    @property
    def clusters(self) -> Sequence[Item]:
        """A spread each."""

    @property
    def regions(self) -> Sequence[Item]:
        """A page each."""

    @property
    def metrics(self) -> Sequence[Metric]:
        """A paragraph each."""


def file_name(holds: Contents, language: str) -> str:
    """``georgia_cluster-atlas_ka.pdf``."""
    return f"{safe_name([holds.release.edition, 'cluster-atlas', language])}.pdf"


def make_book(holds: Contents, language: str, ask: Ask, *, tell: Tell) -> bytes:
    """The book as a PDF. ``ask``: what a snapshot shows; ``tell`` hears of each page. The same
    release gives the same bytes.

    Raises ChoiceError for an unknown language.
    """
    text = Text(language)
    paper = Paper(SIZE, holds.release, text)
    title = text("Cluster atlas of {country}", country=text.name(holds.country))
    pages = list(_pages(title, holds, paper, ask, tell))
    number_pages(pages)
    said = {
        "title": title,
        "subject": text("Release {release}", release=holds.release.release_id),
        "keywords": ", ".join(text.name(item) for item in holds.clusters),
        "language": language,
    }
    return paint([page.sheet for page in pages], said)


def _pages(title: str, holds: Contents, paper: Paper, ask: Ask, tell: Tell) -> Iterator[Page]:
    text = paper.text
    base = Snapshot(
        edition=holds.release.edition, release=holds.release.release_id,
        language=text.language, size=SIZE,
    )  # fmt: skip
    behind = [list(method_pages(holds.metrics, paper)), list(source_pages(paper))]
    ahead = list(contents_pages(text("Contents"), _entries(holds, behind, text, 0), paper))
    # The cover, the contents and the country's map lie before the first spread.
    start = 1 + len(ahead) + 1 + 1
    start += start % 2
    yield cover(title, [_counts(holds, text)], paper)
    yield from contents_pages(text("Contents"), _entries(holds, behind, text, start), paper)
    every, done = 1 + 2 * len(holds.clusters) + len(holds.regions), count(1)

    def drawn(snapshot: Snapshot | None) -> Page:
        tell(next(done), every)
        if snapshot is None:
            return Page(title, paper.blank())
        chapter = Chapter(snapshot, *ask(snapshot))
        return Page(title, next(chapter.sheets(text, size=SIZE)))

    yield drawn(base)
    yield from [Page(title, paper.blank())] * (start - len(ahead) - 3)
    for cluster in holds.clusters:
        profile = replace(base, view="cluster", cluster=cluster.code)
        yield drawn(map_of(profile, ask(profile)[0]))
        yield drawn(profile)
    for region in holds.regions:
        yield drawn(replace(base, view="region", region=region.code))
    for part in behind:
        yield from part


def _counts(holds: Contents, text: Text) -> str:
    return text.list(
        [
            text.plural("{count} cluster", "{count} clusters", len(holds.clusters)),
            text.plural("{count} region", "{count} regions", len(holds.regions)),
        ]
    )


def _entries(
    holds: Contents, behind: Sequence[Sequence[Page]], text: Text, start: int
) -> list[tuple[str, int | None]]:
    """The lines of the contents; the first spread is on page ``start``."""
    found: list[tuple[str, int | None]] = [(text("Clusters"), None)]
    page = start
    for cluster in holds.clusters:
        found.append((text.name(cluster), page))
        page += 2
    found.append((text("Regions"), None))
    for region in holds.regions:
        found.append((text.name(region), page))
        page += 1
    found.append((text("About the figures"), None))
    for part in behind:
        found.append((part[0].title, page))
        page += len(part)
    return found
