"""The register of export formats: what a snapshot can be written as, and its writing."""

from __future__ import annotations

import inspect
import mimetypes
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from atlas.errors import unknown
from atlas.export.images import SIZES
from atlas.export.stored import put
from atlas.figures.captions import file_name as named
from atlas.figures.captions import safe_name
from atlas.figures.profile_words import words_of
from atlas.model import MapShapes, MapView
from atlas.snapshot import ONE_MAP, Snapshot
from atlas.text import Text

#: What a snapshot shows, and the geometry under it.
Ask = Callable[[Snapshot], tuple[Any, MapShapes]]
#: ``(view, shapes, text)`` and keyword options -> the bytes of a file. Options that a format may
#: take: ``size`` (of SIZES), ``transparent``, ``text_as_paths``, ``snapshot`` (what it is of, for
#: formats that write it themselves), ``link`` (the atlas' own address of it, or None) and ``ask``
#: (for documents of several snapshots).
Export = Callable[..., bytes]


@dataclass(frozen=True)
class Format:
    """One format: what makes a file's bytes, and how the file is called, typed and offered.

    ``kind``: a ``picture``, which has a size, a ``document`` of several snapshots, a ``page`` to
    look at, or ``data``. ``shapes``: the geometry that it wants, as
    :func:`atlas.analysis.map.map_shapes` names it. ``ending``: of a file's name.
    """

    name: str
    make: Export
    title: str
    kind: str
    mime: str
    shapes: str
    ending: str

    @property
    def options(self) -> frozenset[str]:
        """The options that it takes."""
        return frozenset(inspect.signature(self.make).parameters) - {
            "view",
            "shapes",
            "_shapes",
            "text",
        }

    @property
    def sizes(self) -> tuple[str, ...]:
        """The sizes that it can be made in; none when it has no size."""
        if "size" in self.options:
            return tuple(SIZES)
        return ("slide",) if self.kind == "picture" else ()

    def __call__(self, view: MapView, shapes: MapShapes, text: Text, **options: Any) -> bytes:
        """The file's bytes, with only those options that it takes."""
        taken = {name: value for name, value in options.items() if name in self.options}
        return self.make(view, shapes, text, **taken)


#: Name of a format -> the format.
FORMATS: dict[str, Format] = {}


def format_(
    name: str, *, title: str = "", kind: str = "picture", mime: str = "", shapes: str = "regions",
    ending: str = "",
) -> Callable[[Export], Export]:  # fmt: skip
    """Register the decorated function as the export format of that name; see :class:`Format`."""

    def register(export: Export) -> Export:
        FORMATS[name] = Format(
            name=name,
            make=export,
            title=title or name.upper(),
            kind=kind,
            mime=mime or mimetypes.guess_type(f"x.{name}")[0] or "application/octet-stream",
            shapes=shapes,
            ending=ending or f".{name}",
        )
        return export

    return register


def find_format(name: str, size: str = "slide", view: str = "map") -> Format:
    """The format of that name. Raises ChoiceError when there is none, or not in that size,
    ExportError ``format_not_for`` when there is none for that view."""
    if name not in FORMATS:
        raise unknown("format", name, FORMATS)
    plate_files.check_format(name, view, FORMATS)
    form = FORMATS[name]
    # What has no size takes any that there is.
    known = form.sizes or tuple(SIZES)
    if size not in known:
        raise unknown("size", size, known)
    return form


def make(
    snapshot: Snapshot, form: Format, view: Any, shapes: MapShapes, *, link: str | None = None,
    ask: Ask | None = None,
) -> bytes:  # fmt: skip
    """The file of a snapshot, which is stored in it; ``view`` and ``shapes`` are what it shows, and
    ``ask`` says it of others, for documents.

    The same snapshot of the same release gives the same picture again.
    """
    if snapshot.view not in ONE_MAP and form.kind != "document":
        content = plate_files.make_plate(snapshot, form.name, view, shapes, link=link)
        return content if form.name == "json" else put(content, snapshot)
    text = Text(snapshot.language)
    said = {name: value for name, value in asdict(snapshot).items() if name in form.options}
    content = form(view, shapes, text, **said, snapshot=snapshot, link=link, ask=ask)
    # JSON is written with it.
    return content if form.name == "json" else put(content, snapshot)


def file_name(snapshot: Snapshot, form: Format, view: Any) -> str:
    """A file name that says what it is: ``georgia_manufacturing_location-quotient_2022_ka.png``,
    ``georgia_kakheti_profile_2022_ka.png``; sizes other than the slide are named."""
    size = f"_{snapshot.size}" if form.sizes and snapshot.size != "slide" else ""
    text = Text(snapshot.language)
    if snapshot.view not in ONE_MAP:
        said = words_of(snapshot.view, view, text).name
        return safe_name([*said, text.language]) + size + form.ending
    return named(view, text, "").rstrip(".") + size + form.ending


from atlas.export import briefing, data, pdf, plate_files, png, slides, svg, tables, web  # noqa: E402, F401  (last: they fill the register)
