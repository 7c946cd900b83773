"""Which row of a grid is its header, and which column holds which field of the edition.

Columns are proposed with a score and never taken unasked, unless they bear the field's own name or
were confirmed for this edition before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from atlas.errors import DataError, unknown
from atlas.ingest.contracts import OUTLINED, TABLES
from atlas.ingest.outline_source import OUTLINES
from atlas.spelling import parts

#: How alike (0 to 100) a header must be to a field's known name to be proposed for it.
ALIKE = 82
#: A header is looked for in so many rows.
MOST_TITLES = 60

#: What the fields are called in registers and tables (English, Georgian, Turkish, Russian), those
#: that say it best first: of two columns that fit a field, the one whose name stands further left.
KNOWN: Mapping[str, tuple[str, ...]] = {
    "region_code": (
        "region code", "il kodu", "plaka kodu", "bölge kodu", "NUTS", "ISO 3166-2",
        "რეგიონის კოდი", "код региона", "region", "province", "il", "il adı", "bölge", "bölge adı",
        "region name", "რეგიონი", "რეგიონის დასახელება", "მხარე", "регион", "geo",
    ),
    "industry_code": (
        "industry code", "sector code", "activity code", "NACE", "NACE code", "NACE kodu",
        "NACE Rev. 2", "ISIC", "ISIC Rev. 4", "nace r2",
        "faaliyet kodu", "sektör kodu", "სექტორის კოდი", "საქმიანობის კოდი", "код ОКВЭД",
        "industry", "sector", "activity", "economic activity", "sektör", "faaliyet",
        "iktisadi faaliyet", "ekonomik faaliyet", "sanayi", "სექტორი", "ეკონომიკური საქმიანობა",
        "საქმიანობის სახე", "отрасль", "вид деятельности",
    ),
    "year": ("year", "yıl", "sene", "dönem", "წელი", "год", "period", "time period", "time"),
    "employment": (
        "employment", "persons employed", "employees", "number of employees", "çalışan sayısı",
        "istihdam", "çalışan", "personel sayısı", "sigortalı sayısı", "დასაქმება", "დასაქმებულები",
        "დასაქმებულთა რაოდენობა", "занятость", "численность занятых", "число работников",
    ),
    "establishments": (
        "establishments", "local units", "number of establishments", "enterprises",
        "number of firms", "girişim sayısı", "işyeri sayısı", "yerel birim sayısı",
        "საწარმოთა რაოდენობა", "აქტიური სუბიექტები", "число предприятий",
    ),
    "turnover": (
        "turnover", "revenue", "sales", "ciro", "ciro tutarı", "ბრუნვა", "оборот", "выручка",
    ),
    "exports": ("exports", "export value", "ihracat", "ექსპორტი", "экспорт"),
    "gross_value_added": (
        "gross value added", "GVA", "value added", "katma değer", "brüt katma değer",
        "faktör maliyetiyle katma değer", "დამატებული ღირებულება", "добавленная стоимость",
    ),
    "wages": (
        "wages", "wages and salaries", "payroll", "maaş ve ücretler", "ücretler", "ხელფასები",
        "ხელფასი", "заработная плата",
    ),
    "status": ("status", "flag", "durum", "სტატუსი", "статус"),
    "firm_id": (
        "firm id", "register number", "identification number", "tax number", "vergi no",
        "vergi numarası", "sicil no", "MERSİS no", "საიდენტიფიკაციო კოდი", "ИНН", "id",
    ),
    "name": (
        "name", "firm name", "company name", "unvan", "ünvan", "firma adı", "ticaret unvanı",
        "დასახელება", "სახელწოდება", "ფირმის დასახელება", "наименование", "название",
    ),
    "place": (
        "place", "city", "town", "locality", "settlement", "ilçe", "şehir", "yer", "ქალაქი",
        "მდებარეობა", "დასახლება", "город",
    ),
    "lon": ("longitude", "lon", "lng", "x", "boylam", "გრძედი", "долгота"),
    "lat": ("latitude", "lat", "y", "enlem", "განედი", "широта"),
    "website": ("website", "web", "url", "web sitesi", "ვებგვერდი", "сайт"),
    "population": ("population", "nüfus", "მოსახლეობა", "население"),
    "area_km2": ("area km2", "area", "yüzölçümü", "alan", "ფართობი", "площадь"),
    "parent_code": ("parent code", "parent", "üst kod"),
    "name_en": ("name en", "name in english", "english name"),
}  # fmt: skip


#: What the figure is called in a table that says in its title what it counts.
VALUES = frozenset({"obs value", "value", "values", "değer", "მნიშვნელობა", "значение"})


@dataclass(frozen=True)
class Column:
    """A column of the file that may hold a ``field``: its place, header and score (0 to 100).

    ``how``: ``own`` (the field's own name), ``remembered``, ``stated`` (on this import), or
    ``proposed``, which must be confirmed.
    """

    place: int
    header: str
    field: str
    score: float
    how: str


def find_header(rows: Sequence[tuple[int, Sequence[str | None]]], table: str) -> int:
    """The line of the header among the first rows (line, cells): the row whose cells fit most
    fields of the table; where none fits two, the first that is filled as widely as most rows are.

    Raises DataError ``no_header``.
    """
    best, fitted = 0, 0.0
    for line, cells in rows[:MOST_TITLES]:
        found = propose([cell or "" for cell in cells], table)
        weight = sum(column.score for column in found)
        if weight > fitted and len(found) > 1:
            best, fitted = line, weight
    if best:
        return best
    widths = sorted(sum(cell is not None for cell in cells) for _, cells in rows)
    usual = widths[len(widths) // 2] if widths else 0
    for line, cells in rows[:MOST_TITLES]:
        words = [cell for cell in cells if cell is not None]
        if len(words) >= max(usual, 1) and not any(re.fullmatch(r"[\d.,\s]+", w) for w in words):
            return line
    raise DataError("no_header", table=table)


def _fields(table: str) -> list[str]:
    return list((OUTLINED if table == OUTLINES else TABLES[table]).schema.columns)


def propose(headers: Sequence[str], table: str) -> list[Column]:
    """The columns that fit a field of the table, each field and each column once, in the order of
    the columns; ``how`` is ``own`` or ``proposed``."""
    fields = _fields(table)
    scored = [
        (likeness(header, field), -place, field, header)
        for place, header in enumerate(headers)
        if header
        for field in fields
    ]
    taken: dict[str, Column] = {}
    places: set[int] = set()
    for score, back, field, header in sorted(scored, key=lambda one: (-one[0], -one[1])):
        if score < ALIKE or field in taken or -back in places:
            continue
        own = header.strip().casefold() == field
        taken[field] = Column(-back, header, field, round(score, 1), "own" if own else "proposed")
        places.add(-back)
    return sorted(taken.values(), key=lambda column: column.place)


def likeness(header: str, field: str) -> float:
    """How well a header says a field: 100 for the field's own name, a little less for a known
    word the further down it stands, the likeness of spelling below that."""
    if header.strip().casefold() == field:
        return 100.0
    # What stands in brackets is a unit or a note: “Employment (persons)”.
    said = _joined(re.sub(r"[(\[].*?[)\]]", " ", header))
    if not said:
        return 0.0
    best = 0.0
    for rank, word in enumerate((field, *KNOWN.get(field, ()))):
        known = _joined(word)
        if said == known:
            best = max(best, 99.0 - rank / 10)
        elif min(len(said), len(known)) > 3:
            best = max(best, fuzz.ratio(said, known) - 4)
    return best


@cache
def _joined(words: str) -> str:
    """Not as names are folded: by sound, Turkish “il” and “yıl” would be one."""
    return "".join(parts(words)).replace("ı", "i")


def settle(
    headers: Sequence[str],
    table: str,
    *,
    stated: Mapping[str, str],
    remembered: Mapping[str, str],
    accept: bool,
) -> tuple[list[Column], list[Column]]:
    """The columns that are taken, and those only proposed (empty when ``accept``).

    ``stated`` maps headers to fields for this import (``-`` leaves a column out), ``remembered``
    does so from before. Raises ChoiceError ``unknown_column`` or ``unknown_field``.
    """
    fields = _fields(table)
    for header, field in stated.items():
        if header not in headers:
            raise unknown("column", header, [one for one in headers if one])
        if field not in (*fields, "-"):
            raise unknown("field", field, fields)
    taken: dict[int, Column] = {}
    for how, known in (("stated", stated), ("remembered", remembered)):
        for header, field in known.items():
            places = [place for place, each in enumerate(headers) if each == header]
            used = {column.field for column in taken.values()} - {"-"}
            if places and places[0] not in taken and field not in used:
                taken[places[0]] = Column(places[0], header, field, 100.0, how)
    open_ones = ["" if place in taken else each for place, each in enumerate(headers)]
    waiting = []
    for column in propose(open_ones, table):
        if column.field in {each.field for each in taken.values()}:
            continue
        if column.how == "own" or accept:
            taken[column.place] = column
        else:
            waiting.append(column)
    kept = [column for column in taken.values() if column.field != "-"]
    return sorted(kept, key=lambda column: column.place), waiting
