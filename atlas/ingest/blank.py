"""An edition from nothing: a country's regions, the sectors of a classification, templates."""

from __future__ import annotations

import csv
import gettext
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pycountry
from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages

from atlas.errors import ChoiceError, DataError, nearest, unknown
from atlas.ingest import classes, manual, workbook
from atlas.ingest.contracts import TABLES
from atlas.ingest.edition import EDITION_NAME, PACKAGE
from atlas.store import boundaries

ROOT_INDUSTRY = "TOTAL"
_CLASSIFICATIONS = ("ISIC Rev. 4", "ISIC Rev. 5", "NACE Rev. 2", "NACE Rev. 2.1")


def new_edition(
    folder: Path,
    country: str,
    *,
    languages: Sequence[str] = ("en",),
    classification: str = "ISIC Rev. 4",
    say: Mapping[str, manual.Say] | None = None,
) -> list[Path]:
    """Make the folder of an edition; returns its files. It is there whole or not at all.

    Instructions and notes are in English and in those of the edition's languages that ``say`` has.

    The regions are the country's first level as its boundaries are shipped (else as ISO 3166-2
    lists them), the sectors the two upper levels of the classification. Raises ChoiceError
    ``no_such_country`` or ``unknown_classification``, DataError ``edition_name``,
    ``edition_there`` or ``edition_unwritable``.
    """
    code = _country(country)
    if not classes.tree(classification):
        raise unknown("classification", classification, _CLASSIFICATIONS)
    if not EDITION_NAME.fullmatch(folder.name):
        raise DataError("edition_name", value=folder.name)
    if folder.exists():
        raise DataError("edition_there", path=folder)
    spoken = tuple(dict.fromkeys(("en", *languages)))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            told = {
                "en": manual.plain,
                **{one: (say or {})[one] for one in spoken if one in (say or {})},
            }
            _fill(made, folder.name, code, spoken, classification, told)
            made.chmod(0o755)
            made.rename(folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise DataError("edition_unwritable", path=folder, reason=error.strerror) from error
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _country(given: str) -> str:
    countries: Any = pycountry.countries
    found = countries.get(alpha_2=given.upper())
    if found is None and given.upper() in boundaries.world_countries():
        return given.upper()
    if found is None:
        codes = [each.alpha_2 for each in countries]
        close = nearest(given, codes)
        raise ChoiceError("no_such_country", value=given, nearest=close)
    return str(found.alpha_2)


def _fill(
    folder: Path,
    name: str,
    country: str,
    languages: tuple[str, ...],
    classification: str,
    say: Mapping[str, manual.Say],
) -> None:
    regions, sectors = _regions(country, languages), _industries(classification)
    _write(folder / "regions.csv", manual.headers("regions", languages), regions)
    _write(folder / "industries.csv", manual.headers("industries", languages), sectors)
    (folder / "templates").mkdir()
    for table in TABLES:
        _write(folder / "templates" / f"{table}.csv", manual.headers(table, languages), [])
    package = _package(name, country, languages, classification)
    (folder / PACKAGE).write_text(
        json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    for language, words in say.items():
        text = manual.instructions(name, _country_name(country, language), languages, words)
        ending = "" if language == "en" else f".{language}"
        (folder / f"README{ending}.md").write_text(text, encoding="utf-8")
    filled = {"regions": regions, "industries": sectors}
    workbook.write(folder / "template.xlsx", languages, filled, list(say.values()))


def _write(path: Path, header: list[str], rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _regions(country: str, languages: tuple[str, ...]) -> list[dict[str, Any]]:
    """The country and its first-level regions, named in every language that is known offline."""
    official = set(get_official_languages(country, de_facto=True))
    listed = {each.code: each for each in pycountry.subdivisions.get(country_code=country) or ()}
    if country in boundaries.world_countries():
        units = boundaries.world_regions(country)["name_en"].to_dict()
    else:
        units = {code: each.name for code, each in listed.items() if each.parent_code is None}
    rows: list[dict[str, Any]] = [{"region_code": country, "level": 0}]
    rows[0] |= {f"name_{one}": _country_name(country, one) for one in languages}
    for code, name in sorted(units.items()):
        row = {"region_code": code, "parent_code": country, "level": 1, "name_en": name}
        for language in languages:
            if language != "en" and code in listed:
                row[f"name_{language}"] = _local(listed[code].name, language, official)
        rows.append(row)
    return rows


def _local(name: str, language: str, official: set[str]) -> str:
    """ISO's name in a language: translated, or as it stands where that is the country's own."""
    try:
        words = gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=[language])
    except OSError:
        return ""
    found = words.gettext(name)
    # ISO writes names in Latin letters, whatever the country's own are.
    latin = "_Latn" in get_global("likely_subtags").get(language, "")
    return found if found != name or (latin and language in official) else ""


def _country_name(country: str, language: str) -> str:
    try:
        return str(Locale.parse(language).territories.get(country) or "")
    except (UnknownLocaleError, ValueError):
        return ""


def _industries(classification: str) -> list[dict[str, Any]]:
    """The total, and the sections and divisions of the classification in English."""
    rows: list[dict[str, Any]] = [{"industry_code": ROOT_INDUSTRY, "name_en": "All sectors"}]
    tree = classes.tree(classification)
    for code, (parent, name) in tree.items():
        if parent is None or tree[parent][0] is None:
            rows.append(
                {"industry_code": code, "parent_code": parent or ROOT_INDUSTRY, "name_en": name}
            )
    return rows


def _package(
    name: str, country: str, languages: tuple[str, ...], classification: str
) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "country": country,
        "languages": list(languages),
        "classification": classification,
        "metric_crs": "",
        "root_region": country,
        "root_industry": ROOT_INDUSTRY,
        "quotient_base": "root",
    }
    if country in boundaries.world_countries():
        crs = boundaries.world_regions(country).estimate_utm_crs()
        settings["metric_crs"] = f"EPSG:{crs.to_epsg()}"
        settings["boundaries"] = {"world_admin1": country}
    return {
        "name": name,
        "title": _country_name(country, "en") or country,
        **{f"title_{one}": _country_name(country, one) for one in languages if one != "en"},
        "version": "0.1.0",
        "licenses": [],
        "sources": [],
        "atlas": settings,
    }
