"""What people read: sentences, plurals, numbers and dates in their language.

Sentences are written in English in the code and translated in ``locale/<lang>/LC_MESSAGES/
atlas.po``, read as it stands (no compiled copy to forget). Adding a language is adding a file.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from markupsafe import Markup

from atlas import import_words, manage_words, release_words
from atlas.errors import AtlasError, unknown
from atlas.model import Item, mark

SOURCE_LANGUAGE = "en"
_LOCALES = Path(__file__).parent / "locale"
_NO_BREAK = "\u00a0"

#: The sentence of every kind of error; a test holds this against the code.
ERRORS: Mapping[str, str] = {
    **import_words.ERRORS,
    **manage_words.ERRORS,
    **release_words.ERRORS,
    "unknown_edition": mark("There is no edition “{value}”. The nearest is “{nearest}”."),
    "unknown_metric": mark("There is no figure “{value}”. The nearest is “{nearest}”."),
    "unknown_parameter": mark("There is no setting “{value}”. The nearest is “{nearest}”."),
    "parameter_outside": mark("The setting “{name}” may be {low} to {high}, not {value}."),
    "unknown_measure": mark("There is no measure “{value}”. The nearest is “{nearest}”."),
    "unknown_industry": mark("There is no sector “{value}”. The nearest is “{nearest}”."),
    "unknown_region": mark("There is no region “{value}”. The nearest is “{nearest}”."),
    "unknown_cluster": mark("There is no cluster “{value}”. The nearest is “{nearest}”."),
    "unknown_member": mark(
        "No firm or institution “{value}” is in this cluster or tied to it. The nearest is"
        " “{nearest}”."
    ),
    "unknown_level": mark("There is no level “{value}”. The nearest is “{nearest}”."),
    "unknown_cell": mark("There is no hexagon “{value}”. The nearest is “{nearest}”."),
    "unknown_page": mark("There is no page {value}. The nearest is {nearest}."),
    "unknown_depth": mark("There are no sectors {value} steps down. The nearest are {nearest}."),
    "unknown_year": mark("There are no figures for the year “{value}”. The nearest is {nearest}."),
    "unknown_language": mark("There is no language “{value}”. The nearest is “{nearest}”."),
    "unknown_format": mark("There is no format “{value}”. The nearest is “{nearest}”."),
    "format_not_for": mark("There is no “{format}” of the view “{view}”. There are: {known}."),
    "unknown_size": mark("There is no size “{value}” here. The nearest is “{nearest}”."),
    "unknown_view": mark("No snapshot can be taken of “{value}”. The nearest is “{nearest}”."),
    "unknown_layer": mark("There is no layer “{value}”. The nearest is “{nearest}”."),
    "unknown_classes": mark(
        "There is no way “{value}” to make classes. The nearest is “{nearest}”."
    ),
    "unknown_number": mark("There cannot be {value} classes. The nearest number is {nearest}."),
    "unknown_country": mark(
        "No boundaries are shipped for the country “{country}”. The nearest code is “{nearest}”."
    ),
    "no_edition_folder": mark(
        "“{path}” is no edition: it holds no datapackage.json. The nearest is “{nearest}”."
    ),
    "edition_invalid": mark(
        "The edition has {count} errors, so nothing was published. See “validate”."
    ),
    "confidentiality_failed": mark(
        "Nothing was published: {count} suppressed figures could be worked out from what would be"
        " published ({sensitive} sensitive ones, {other} suppressed to protect others; {totals} are"
        " totals), in {places}. Give coarser sectors or regions, or suppress more yourself."
    ),
    "table_unreadable": mark("The table “{path}” cannot be read: {reason}"),
    "table_without": mark("The table “{path}” has no column “{column}”."),
    "table_not_whole": mark(
        "The column “{column}” of the table “{path}” does not hold whole numbers."
    ),
    "boundaries_unreadable": mark("The boundary file “{path}” cannot be read: {reason}"),
    "boundaries_without_code": mark("The boundary file “{path}” has no column “region_code”."),
    "boundaries_repeat": mark("The boundary file “{path}” has the code “{value}” more than once."),
    "boundaries_missing": mark("There is no boundary file “{path}”."),
    "boundaries_format": mark(
        "The boundary file “{path}” is of no known form. Known are: {known}."
    ),
    "boundaries_empty_code": mark("The boundary file “{path}” has no code in feature {row}."),
    "boundaries_without_crs": mark(
        "The boundary file “{path}” does not say its coordinate system."
    ),
    "boundaries_not_degrees": mark(
        "The boundary file “{path}” has coordinates outside the world: {value}."
    ),
    "boundaries_not_polygons": mark("The boundary file “{path}” has “{value}” that is no polygon."),
    "boundaries_hidden": mark("The region “{value}” lies wholly under others."),
    "boundaries_tangled": mark("The boundaries overlap in a way that cannot be put right."),
    "no_query": mark("There is no query “{name}”."),
    "cannot_write": mark("“{path}” cannot be written: {reason}"),
    "cannot_read": mark("“{path}” cannot be read: {reason}"),
    "no_snapshot": mark("The file does not say what it shows, so it cannot be made again."),
    "snapshot_unreadable": mark("This is not the specification of a snapshot."),
    "snapshot_version": mark(
        "The specification of this snapshot is of version “{version}”; {known} is known here."
    ),
    "snapshot_unknown": mark("The specification of a snapshot has no “{name}”."),
    "snapshot_field": mark("A snapshot cannot have “{value}” for “{name}”."),
    "words_long": mark("“{name}” has {length} characters; {most} are the most."),
    "words_control": mark("“{name}” may not hold the control character {character}."),
    "words_markup": mark("“{name}” may not hold markup: “{value}”."),
    "breaks_not_for": mark("The figure “{metric}” has no classes that breaks could divide."),
    "regions_number": mark(
        "From {least} to {most} different regions can be compared, not {count}."
    ),
    "clusters_number": mark(
        "From {least} to {most} different clusters can be compared, not {count}."
    ),
    "no_figures": mark(
        "There are no figures of “{industry}”. The nearest with some is “{nearest}”."
    ),
    "not_of_cells": mark(
        "“{value}” is a figure of whole regions or sectors: ask “measure” for it; it is not"
        " drawn or explained cell by cell."
    ),
    "figure_not_of": mark("This figure has no value for “{value}”."),
    "nothing_to_draw": mark(
        "There are no figures of “{industry}” for {year}, so there is nothing to draw."
    ),
}

#: The sentence of every rule of validation; facts are the issue's own.
RULES: Mapping[str, str] = {
    "json": mark("not readable as JSON: {reason}"),
    "setting": mark("the “atlas” object lacks “{name}”"),
    "setting_form": mark("of a wrong form; a right one looks like {example}"),
    "metric_crs": mark("no coordinate system in metres; a right one looks like {example}"),
    "table": mark("the table is missing"),
    "unreadable": mark("the table cannot be read: {reason}"),
    "column": mark("the column is missing"),
    "empty": mark("the cell may not be empty"),
    "number": mark("not a number"),
    "whole": mark("not a whole number"),
    "negative": mark("may not be negative"),
    "range": mark("outside {low} to {high}"),
    "unique": mark("the key is there more than once"),
    "one_of": mark("not one of: {allowed}"),
    "unknown_code": mark("not in {table}; the nearest is “{nearest}”"),
    "roots": mark("there must be exactly one row without a parent, found {count}"),
    "loop": mark("its parents go round in a circle"),
    "totals": mark("{measure}: published {published}, its parts add up to {parts} ({difference})"),
    "shares": mark(
        "{measure}: {parts} is more than the published total of all sectors, {published}"
    ),
    "firms_unknown": mark(
        "the number of firms is not known, so the rules of confidentiality cannot judge it: give"
        " “establishments”, or “contributions”"
    ),
    "suppressed_empty": mark(
        "a confidential edition gives the figures of suppressed rows too, so that they can be"
        " protected; they are not published"
    ),
    "published_before": mark(
        "suppressed now, but an earlier release gave it, which cannot be taken back"
    ),
    "dominance_unjudged": mark(
        "without this table dominance cannot be judged: only the number of firms is"
    ),
    "level": mark("0 is for the root alone; every other region’s is higher than its parent’s"),
    "boundary": mark("the region has no boundary"),
    "boundaries": mark("the boundaries cannot be used: {reason}"),
    "no_boundaries": mark("no region of the edition is drawn there"),
    "no_measure": mark("no column of observed figures; expected one of: {allowed}"),
}


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages the atlas speaks, English first."""
    found = sorted(path.parts[-3] for path in _LOCALES.glob("*/LC_MESSAGES/atlas.po"))
    return (SOURCE_LANGUAGE, *found)


@cache
def catalogue(language: str) -> Catalog:
    """The translations of one language; empty for English, in which the code is written."""
    if language == SOURCE_LANGUAGE:
        return Catalog(locale=SOURCE_LANGUAGE)
    with (_LOCALES / language / "LC_MESSAGES" / "atlas.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def _plural(rule: str) -> Callable[[int], int]:
    """A language's rule of which form fits a number."""
    return c2py(rule)


class Text:
    """A reader's language. Call it with an English sentence to get the reader's own."""

    def __init__(self, language: str = SOURCE_LANGUAGE) -> None:
        if language not in languages():
            raise unknown("language", language, languages())
        self.language = language
        # British English: 23 November 2026; a, b and c.
        self._locale = Locale.parse("en_GB" if language == SOURCE_LANGUAGE else language)
        self._catalogue = catalogue(language)
        symbols = self._locale.number_symbols["latn"]
        group = _NO_BREAK if symbols["group"].isspace() else symbols["group"]
        self._marks = str.maketrans({",": group, ".": symbols["decimal"]})

    def __call__(self, message: str, **facts: Any) -> str:
        """The sentence in the reader's language, its ``{facts}`` filled in."""
        found = self._catalogue.get(message)
        sentence = str(found.string) if found and found.string else message
        return sentence.format(**facts) if facts else sentence

    def html(self, message: str, **facts: Any) -> Markup:
        """Like calling, for HTML: facts that are not Markup are escaped."""
        return Markup(self(message)).format(**facts)  # noqa: S704 (our own sentences)

    def plural(self, singular: str, plural: str, count: float, **facts: Any) -> str:
        """The form that fits ``count``, which is filled in as ``{count}``."""
        found = self._catalogue.get(singular)
        if found and isinstance(found.string, (list, tuple)) and found.string[0]:
            form = found.string[self._plural_form(count)]
        else:
            form = singular if count == 1 else plural
        return str(form).format(count=self.number(count), **facts)

    def _plural_form(self, count: float) -> int:
        """Which form of the catalogue's language fits; numbers with decimals take the last."""
        if count != int(count):
            return int(self._catalogue.num_plurals) - 1
        return int(_plural(self._catalogue.plural_expr)(int(count)))

    def name(self, item: Item | Mapping[str, Any], field: str = "name") -> str:
        """The item's name in the reader's language, else in English, else its code."""
        if isinstance(item, Item):
            return item.names.get(self.language) or item.names.get(SOURCE_LANGUAGE) or item.code
        for language in (self.language, SOURCE_LANGUAGE):
            value = item.get(f"{field}_{language}")
            if isinstance(value, str) and value:
                return value
        value = item.get(field)
        return value if isinstance(value, str) else ""

    def number(self, value: float, digits: int = 0) -> str:
        """``6,287`` in English, ``6 287`` in Georgian; a true minus."""
        if value is None or math.isnan(value):
            return self("no data")
        text = f"{abs(value):,.{digits}f}"
        text = text.translate(self._marks)
        negative = value < 0 and float(f"{value:.{digits}f}") != 0
        return f"−{text}" if negative else text

    def signed(self, value: float, digits: int = 0) -> str:
        """A change: ``+0.68``, ``−15``."""
        text = self.number(value, digits)
        rises = not math.isnan(value) and float(f"{value:.{digits}f}") > 0
        return f"+{text}" if rises else text

    def percent(self, share: float, digits: int = 1, *, signed: bool = False) -> str:
        """A share of one as per cent: ``27.7%``, in Georgian ``27,7 %``."""
        if share is None or math.isnan(share):
            return self("no data")
        text = self.signed(share * 100, digits) if signed else self.number(share * 100, digits)
        if self.language == SOURCE_LANGUAGE:
            return f"{text}%"
        leading = self._locale.percent_formats[None].pattern.startswith("%")
        return f"%{text}" if leading else f"{text}{_NO_BREAK}%"

    def date(self, day: datetime.date) -> str:
        """``23 November 2026`` in the reader's manner."""
        return format_date(day, format="long", locale=self._locale)

    def list(self, parts: Iterable[str]) -> str:
        """``a, b and c`` in the reader's language."""
        return format_list(list(parts), locale=self._locale)

    def country(self, code: str) -> str:
        """A country's name by its two-letter code, from Babel's tables."""
        return str(self._locale.territories.get(code, code))

    def explain(self, error: AtlasError) -> str:
        """The error as one sentence in the reader's language."""
        if error.kind not in ERRORS:
            return f"{error.kind}: {error.facts}"
        return self(ERRORS[error.kind], **error.facts)


def language_name(language: str) -> str:
    """A language's own name for itself: ``English``, ``ქართული``."""
    name = Locale.parse(language).get_display_name(language) or language
    return name[:1].upper() + name[1:] if name.isascii() else name
