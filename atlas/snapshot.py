"""What an export shows, said once: the app, the command line and a link build it alike.

A :class:`Snapshot` is stored in whatever was made of it, so that any export can be made again, in
any format, from the release it names. What is left out (None) takes the usual choice; see
:func:`atlas.analysis.snapshot.resolved`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from atlas.address import YES, numbers, yes
from atlas.errors import ExportError, unknown
from atlas.model import MEASURES, Classing

VERSION = 1  #: Of the form in which a snapshot is written down.
#: Screens that a snapshot can be taken of, by their page's address.
VIEWS = ("map", "region", "cluster", "compare")
USUAL = Classing()
#: Longest title and notes, in characters.
TITLE, NOTES = 200, 600
_WORD = 80
#: The most breaks of one's own: one less than the most classes.
_BREAKS = 6
_FAR = 1e15
#: "None of them" and "the whole country" in an address.
_NONE, _ALL = "none", "all"
#: The release that is current when it is asked for.
_CURRENT = "current"
_MARKUP = re.compile(r"<[A-Za-z/!?]")


@dataclass(frozen=True)
class Snapshot:
    """What is shown, of which release, in which language and size.

    ``view``: one of VIEWS. ``region``: the selected region, None for the country; ``within``: the
    region whose parts alone are drawn. ``cluster`` and ``regions``: what the views of a cluster
    and of a comparison show, None for what their pages show first. ``classes``, ``number``,
    ``breaks`` and ``same``: how the classes are made, as :class:`atlas.model.Classing` has it, None
    for the figure's usual way. ``size``: of a picture, as the register of formats names it.
    ``title`` and ``notes``: the maker's own words. ``transparent`` and ``text_as_paths``: for
    pictures that can. Raises ExportError for whatever is of a wrong form.
    """

    edition: str
    release: str | None = None
    view: str = "map"
    metric: str | None = None
    measure: str | None = None
    industry: str | None = None
    region: str | None = None
    year: int | None = None
    since: int | None = None
    level: int = 1
    within: str | None = None
    cluster: str | None = None
    regions: tuple[str, ...] | None = None
    layers: tuple[str, ...] = ("clusters",)
    classes: str | None = None
    number: int | None = None
    breaks: tuple[float, ...] | None = None
    same: bool = False
    language: str = "en"
    size: str = "slide"
    title: str | None = None
    notes: str | None = None
    transparent: bool = False
    text_as_paths: bool = False

    def __post_init__(self) -> None:
        for name, sound in _SOUND.items():
            value = getattr(self, name)
            if not sound(value):
                raise ExportError("snapshot_field", name=name, value=str(value)[:_WORD])
        if self.view not in VIEWS:
            raise unknown("view", self.view, VIEWS)
        for name, most in (("title", TITLE), ("notes", NOTES)):
            _check_words(name, getattr(self, name), most)
        if self.breaks and self.classes is None:
            object.__setattr__(self, "classes", "own")

    @property
    def classing(self) -> Classing:
        """How the classes are made."""
        method = self.classes or USUAL.method
        own = self.breaks if method == "own" else None
        return Classing(method, self.number or USUAL.number, own or (), self.same)

    def as_data(self) -> dict[str, Any]:
        """All that it says, as JSON has it; the same snapshot, the same order."""
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        lists = {name: list(value) for name, value in said.items() if isinstance(value, tuple)}
        return {"version": VERSION, **said, **lists}

    def to_json(self) -> str:
        """One line of JSON, all of it ASCII, that :meth:`from_json` reads."""
        return json.dumps(self.as_data())

    @classmethod
    def from_json(cls, text: str) -> Snapshot:
        """Read what :meth:`to_json` wrote. Raises ExportError for anything else: another version,
        a word that it does not know, a value of another type."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ExportError("snapshot_unreadable") from error
        return cls.from_data(data)

    @classmethod
    def from_data(cls, data: Any) -> Snapshot:
        """The same of JSON already read."""
        if not isinstance(data, dict) or "edition" not in data:
            raise ExportError("snapshot_unreadable")
        said = dict(data)
        version = said.pop("version", None)
        if version != VERSION or isinstance(version, bool):
            raise ExportError("snapshot_version", version=str(version)[:_WORD], known=VERSION)
        for name in said.keys() - {one.name for one in fields(cls)}:
            raise ExportError("snapshot_unknown", name=str(name)[:_WORD])
        lists = {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
        return cls(**{**said, **lists})

    def words(self) -> dict[str, str]:
        """The words of the address that says the same, what is as usual left out."""
        how = self.classing
        own_name = self.metric == "amount" and self.measure is not None
        said = {
            "lang": self.language,
            "edition": self.edition,
            "release": self.release,
            "metric": self.measure if own_name else self.metric,
            "measure": None if own_name else self.measure,
            "industry": self.industry,
            "region": self.region,
            "year": self.year,
            "since": self.since,
            "level": self.level if self.level != 1 else None,
            "within": self.within,
            "cluster": self.cluster,
            "regions": ",".join(self.regions) if self.regions else None,
            # Only a map has layers.
            "layers": (",".join(self.layers) or _NONE) if self.view == "map" else None,
            "classes": how.method if how.method != USUAL.method else None,
            "number": how.number if how.number != USUAL.number else None,
            "breaks": " ".join(f"{edge:.12g}" for edge in how.breaks) or None,
            "same": YES if how.same else None,
            "size": self.size if self.size != "slide" else None,
            "title": self.title,
            "notes": self.notes,
        }
        return {word: str(value) for word, value in said.items() if value is not None}

    def link(self) -> str:
        """The address of the page that shows it, relative to the atlas' own."""
        return f"{self.view}?{urlencode(self.words(), safe=',')}"

    def with_words(self, words: Mapping[str, str]) -> Snapshot:
        """The same snapshot with what the words of an address ask for instead.

        Words that say nothing of an export are passed over. Raises ExportError as the class.
        """
        said = {
            _NAMES.get(word, word): read(word, words[word])
            for word, read in _READ.items()
            if word in words
        }
        if said.get("metric") in MEASURES:
            said |= {"metric": "amount", "measure": said["metric"]}
        if "breaks" in said and "classes" not in said:
            said["classes"] = "own"
        return replace(self, **said)

    @classmethod
    def from_link(cls, link: str, *, edition: str) -> Snapshot:
        """The snapshot of a link, whole or relative. Raises ExportError as the class."""
        try:
            parts = urlsplit(link)
            words = dict(parse_qsl(parts.query, max_num_fields=60))
        except ValueError as error:
            raise ExportError("snapshot_unreadable") from error
        page = parts.path.rstrip("/").rsplit("/", 1)[-1]
        return cls(edition=edition, view=page or "map").with_words(words)


def _check_words(name: str, words: str | None, most: int) -> None:
    """Raise ExportError for a title or notes that no export could show as they stand."""
    if words is None:
        return
    if len(words) > most:
        raise ExportError("words_long", name=name, length=len(words), most=most)
    for letter in words:
        if unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp"):
            raise ExportError("words_control", name=name, character=f"U+{ord(letter):04X}")
    if found := _MARKUP.search(words):
        raise ExportError("words_markup", name=name, value=words[found.start() :][:20])


def _as_it_stands(_: str, word: str) -> str:
    return word


def _or_nothing(empty: str) -> Callable[[str, str], str | None]:
    return lambda _, word: None if word == empty else word


def _split(_: str, words: str) -> tuple[str, ...]:
    return () if words == _NONE else tuple(dict.fromkeys(words.split(",")))


def _several(name: str, words: str) -> tuple[str, ...] | None:
    return _split(name, words) or None


def _whole(name: str, word: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,9}", word):
        raise ExportError("snapshot_field", name=name, value=word[:_WORD])
    return int(word)


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _WORD and value.isprintable()


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10_000


def _is_breaks(value: Any) -> bool:
    if not isinstance(value, tuple) or not 0 < len(value) <= _BREAKS:
        return False
    if any(isinstance(edge, bool) or not isinstance(edge, (int, float)) for edge in value):
        return False
    # What is no number is not less than any.
    return all(abs(edge) < _FAR for edge in value) and list(value) == sorted(set(value))


def _is_words(value: Any) -> bool:
    return isinstance(value, tuple) and all(map(_is_word, value)) and len(set(value)) == len(value)


def _or_none(sound: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or sound(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_switch(value: Any) -> bool:
    return isinstance(value, bool)


_SOUND: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(("edition", "view", "language", "size"), _is_word),
    **dict.fromkeys(
        ("release", "metric", "measure", "industry", "region", "within", "cluster", "classes"),
        _or_none(_is_word),
    ),
    **dict.fromkeys(("year", "since", "number"), _or_none(_is_whole)),
    "level": _is_whole,
    "layers": _is_words,
    "regions": _or_none(_is_words),
    "breaks": _or_none(_is_breaks),
    **dict.fromkeys(("title", "notes"), _or_none(_is_text)),
    **dict.fromkeys(("same", "transparent", "text_as_paths"), _is_switch),
}

#: Word of an address -> how its value is read; the words of the same name are the fields.
_READ: Mapping[str, Callable[[str, str], Any]] = {
    **dict.fromkeys(
        (
            "edition",
            "metric",
            "measure",
            "industry",
            "within",
            "cluster",
            "classes",
            "lang",
            "size",
        ),
        _as_it_stands,
    ),
    **dict.fromkeys(("year", "since", "level", "number"), _whole),
    **dict.fromkeys(("title", "notes"), _or_nothing("")),
    "release": _or_nothing(_CURRENT),
    "region": _or_nothing(_ALL),
    "layers": _split,
    "regions": _several,
    "breaks": numbers,
    "same": yes,
}
_NAMES = {"lang": "language"}
