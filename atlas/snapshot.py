"""What an export shows, said once: the app, the command line and a link build it alike.

A :class:`Snapshot` is stored in whatever was made of it, so that any export can be made again, in
any format, from the release it names. What is left out (None) takes the usual choice; see
:func:`atlas.analysis.snapshot.resolved`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from atlas.address import YES
from atlas.errors import ExportError, unknown
from atlas.model import MEASURES, Classing
from atlas.snapshot_fields import NAMES, NONE, READ, SOUND, WORD, check_words

VERSION = 1  #: Of the form in which a snapshot is written down.
#: What a snapshot can be taken of: most are called as their page's address is.
VIEWS = ("map", "maps", "region", "cluster", "compare", "compare_clusters", "discovery")
#: Views that are one map, whatever it is of.
ONE_MAP = ("map", "discovery")
#: View -> its page and the word of its address that says which view, where the page has several.
_PAGES = {"maps": ("map", "small"), "compare_clusters": ("compare", "what")}
_WHICH = {"compare_clusters": "clusters"}
#: List of small maps -> what they are of.
_EACH = {"years": "years", "industries": "sectors", "regions": "regions"}
USUAL = Classing()
#: Longest title and notes, in characters.
TITLE, NOTES = 200, 600


@dataclass(frozen=True)
class Snapshot:
    """What is shown, of which release, in which language and size.

    ``view``: one of VIEWS. ``region``: the selected region, None for the country; ``within``: the
    region whose parts alone are drawn. ``cluster``, ``regions`` and ``clusters``: what the views of
    a cluster and of comparisons show, None for what their pages show first. ``each``: what small
    maps are of, ``years``, ``sectors`` or ``regions``, and the list of that name (``industries``)
    which of them, None for all that there is room for. ``depth``, ``agree`` and ``thresholds``: how
    many steps below all sectors, on how many rules at least, and which settings of the rules
    (``rule.setting=0.7``) a discovery has. ``classes``, ``number``,
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
    clusters: tuple[str, ...] | None = None
    each: str | None = None
    years: tuple[int, ...] | None = None
    industries: tuple[str, ...] | None = None
    depth: int = 1
    agree: int | None = None
    thresholds: tuple[str, ...] | None = None
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
        for name, sound in SOUND.items():
            value = getattr(self, name)
            if not sound(value):
                raise ExportError("snapshot_field", name=name, value=str(value)[:WORD])
        if self.view not in VIEWS:
            raise unknown("view", self.view, VIEWS)
        for name, most in (("title", TITLE), ("notes", NOTES)):
            check_words(name, getattr(self, name), most)
        if self.breaks and self.classes is None:
            object.__setattr__(self, "classes", "own")
        if self.view == "maps" and self.each is None:
            object.__setattr__(self, "each", self._each())

    def _each(self) -> str:
        """What small maps are of where only the list of them says it."""
        return next((each for name, each in _EACH.items() if getattr(self, name)), "years")

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
            raise ExportError("snapshot_version", version=str(version)[:WORD], known=VERSION)
        for name in said.keys() - {one.name for one in fields(cls)}:
            raise ExportError("snapshot_unknown", name=str(name)[:WORD])
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
            **_listed(self, ("regions", "clusters", "years", "industries")),
            "depth": self.depth if self.depth != 1 else None,
            "agree": self.agree,
            **dict(one.split("=") for one in self.thresholds or ()),
            # Only a map has layers.
            "layers": (",".join(self.layers) or NONE) if self.view == "map" else None,
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
        page, word = _PAGES.get(self.view, (self.view, ""))
        which = {word: self.each or _WHICH[self.view]} if word else {}
        return f"{page}?{urlencode({**self.words(), **which}, safe=',')}"

    def with_words(self, words: Mapping[str, str]) -> Snapshot:
        """The same snapshot with what the words of an address ask for instead.

        Words that say nothing of an export are passed over. Raises ExportError as the class.
        """
        said = {
            NAMES.get(word, word): read(word, words[word])
            for word, read in READ.items()
            if word in words
        }
        if own := tuple(f"{word}={value}" for word, value in words.items() if "." in word):
            said["thresholds"] = own
        lists = [name for name in _EACH if said.get(name)]
        if self.view == "maps" and lists:
            said.setdefault("each", _EACH[lists[0]])
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
        page = parts.path.rstrip("/").rsplit("/", 1)[-1] or "map"
        if page == "map" and "small" in words:
            page, words["each"] = "maps", words["small"]
        elif page == "compare" and words.get("what") == "clusters":
            page = "compare_clusters"
        return cls(edition=edition, view=page).with_words(words)


def _listed(snapshot: Snapshot, names: tuple[str, ...]) -> dict[str, str | None]:
    """The fields that are lists as an address writes them."""
    found = {name: getattr(snapshot, name) for name in names}
    return {name: ",".join(map(str, own)) if own else None for name, own in found.items()}
