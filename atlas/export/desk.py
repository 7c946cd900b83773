"""The desk where files are asked for: what there is, what it will look like, and the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from atlas.export.formats import FORMATS, file_name, find_format, make
from atlas.export.images import SIZES, draw
from atlas.export.plate_files import formats_of
from atlas.export.plates import draw_plate
from atlas.export.png import paint
from atlas.export.workshop import workshop
from atlas.figures import titles
from atlas.figures.profile_words import words_of
from atlas.model import MapShapes, mark
from atlas.snapshot import ONE_MAP, Snapshot
from atlas.text import Text

#: Formats that most people want, before others of their kind.
_FIRST = ("png", "pptx", "xlsx")
#: What small maps can be made of beside a map.
_SMALL = {"years": mark("Small maps: all years"), "sectors": mark("Small maps: all sectors")}
#: Dots an inch of a preview: enough to read its title.
_PREVIEW_DPI = 75


@dataclass(frozen=True)
class Desk:
    """Makes files of snapshots: ``view_of`` and ``shapes_of`` say what a snapshot shows and the
    geometry under it (see :mod:`atlas.analysis.snapshot`)."""

    view_of: Callable[[Snapshot], Any]
    shapes_of: Callable[[Snapshot, str], MapShapes]

    def kinds(self, snapshot: Snapshot, text: Text) -> dict[str, tuple[str, Snapshot]]:
        """What can be made from what is shown, itself first: by a word its title and snapshot. Of a
        map there are small maps too."""
        found = {snapshot.view: (text("What the page shows"), snapshot)}
        if snapshot.view == "map":
            for each, title in _SMALL.items():
                own = replace(snapshot, view="maps", each=each, layers=())
                found[each] = (text(title), own)
        return found

    def formats(self, snapshot: Snapshot, text: Text) -> dict[str, str]:
        """What can be made of a snapshot, pictures first: names and titles."""
        kinds = ("picture", "document", "page", "data")
        offered = sorted(
            (FORMATS[name] for name in formats_of(snapshot.view, FORMATS)),
            key=lambda form: (kinds.index(form.kind), form.name not in _FIRST, form.name),
        )
        return {form.name: text(form.title) for form in offered}

    def sizes(self, form: str, text: Text) -> dict[str, str]:
        """The sizes of a format: names and titles; none when it has no size."""
        return {size: text(SIZES[size].title) for size in FORMATS[form].sizes}

    def mime(self, form: str) -> str:
        """The type of a format's files."""
        return FORMATS[form].mime

    def file_name(self, snapshot: Snapshot, form: str) -> str:
        """A file name that says what it is. Raises as :func:`find_format`."""
        found = find_format(form, snapshot.size, snapshot.view)
        return file_name(snapshot, found, self.view_of(snapshot))

    def make(
        self, snapshot: Snapshot, form: str, *, link: str | None = None, aside: bool = False
    ) -> bytes:
        """The file; ``link`` leads to what it shows. ``aside``: made in a process of its own, for
        an app whose readers shall not wait for it. Raises as :func:`find_format`."""
        if aside:
            return workshop().make(_make, self, snapshot, form, link)
        found = find_format(form, snapshot.size, snapshot.view)
        view, shapes = self.view_of(snapshot), self.shapes_of(snapshot, found.shapes)
        return make(snapshot, found, view, shapes, link=link, ask=self.ask)

    def ask(self, snapshot: Snapshot) -> tuple[Any, MapShapes]:
        """What a snapshot shows, and the geometry under it, for documents of several."""
        return self.view_of(snapshot), self.shapes_of(snapshot, "regions")

    def title(self, snapshot: Snapshot) -> str:
        """The title that it gets unless its maker gives it one."""
        view, text = self.view_of(replace(snapshot, title=None)), Text(snapshot.language)
        if snapshot.view not in ONE_MAP:
            return words_of(snapshot.view, view, text).title
        return titles.title(view, text)

    def preview(self, snapshot: Snapshot, form: str) -> bytes | None:
        """A picture as it will be, small, as PNG, made in a process of its own; None for what is no
        picture."""
        return _kept_preview(self, snapshot) if FORMATS[form].kind == "picture" else None


def _make(desk: Desk, snapshot: Snapshot, form: str, link: str | None) -> bytes:
    return desk.make(snapshot, form, link=link)


@lru_cache(maxsize=64)
def _kept_preview(desk: Desk, snapshot: Snapshot) -> bytes:
    return workshop().make(_preview, desk, snapshot)


def _preview(desk: Desk, snapshot: Snapshot) -> bytes:
    # The whole layout is in inches: fewer dots change nothing but the detail.
    view, shapes = desk.view_of(snapshot), desk.shapes_of(snapshot, "regions")
    text, size = Text(snapshot.language), snapshot.size
    if snapshot.view not in ONE_MAP:
        return paint(draw_plate(snapshot.view, view, shapes, text, size=size), dpi=_PREVIEW_DPI)
    return paint(draw(view, shapes, text, size=size).sheet, dpi=_PREVIEW_DPI)
