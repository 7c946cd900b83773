"""What people read: numbers, dates and sentences in their language, and the translations."""

from __future__ import annotations

import datetime
import re
from string import Formatter

import pytest
from markupsafe import Markup

from atlas.errors import ChoiceError, unknown
from atlas.model import Item
from atlas.text import ERRORS, RULES, Text, catalogue, language_name, languages

ENGLISH, GEORGIAN = Text("en"), Text("ka")
NO_BREAK = "\u00a0"
TRANSLATED = [language for language in languages() if language != "en"]
#: Words that stay as they are in every language: names, abbreviations, what is typed or written.
NAMES = {
    "ATLAS_SOURCES", "CSV", "Connect", "EPSG", "Entra", "GeoJSON", "GeoPackage", "GeoParquet",
    "Google", "HEADER", "HTML", "ID", "ISO", "JSON", "KML", "Keycloak", "Microsoft", "NACE", "ODS",
    "OpenID", "PDF", "PNG", "PPTX", "PX", "PxWeb", "Parquet", "SDMX", "SHA", "SVG", "Shapefile",
    "StatsAmerica", "TSV", "UNIDO", "UTC", "UTF", "VALUE", "WORD", "XLS", "XLSX", "XML", "ZIP",
    "atlas", "build", "dbf", "firm_id", "institution_id", "parent_code", "prj", "shp", "shx",
    "stat",
    "contributions", "datapackage", "establishments", "json", "python", "region_code", "validate",
}  # fmt: skip


def facts_of(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def entries(language: str) -> list[tuple[str, list[str]]]:
    """Every message of a language (its last English form) with its translation in all forms."""
    found = []
    for message in catalogue(language):
        if message.id:
            forms = [message.id] if isinstance(message.id, str) else list(message.id)
            given = [message.string] if isinstance(message.string, str) else list(message.string)
            found.append((forms[-1], given))
    return found


def test_languages_are_english_and_georgian() -> None:
    assert languages() == ("en", "ka")
    assert [language_name(language) for language in languages()] == ["English", "ქართული"]


@pytest.mark.parametrize(
    ("value", "digits", "english", "georgian"),
    [
        (6287, 0, "6,287", f"6{NO_BREAK}287"),
        (1234567.891, 1, "1,234,567.9", f"1{NO_BREAK}234{NO_BREAK}567,9"),
        (2.27, 2, "2.27", "2,27"),
        (0.5, 1, "0.5", "0,5"),
        (0, 0, "0", "0"),
        (-1512, 0, "−1,512", f"−1{NO_BREAK}512"),
        (-0.16, 2, "−0.16", "−0,16"),
        (-0.004, 2, "0.00", "0,00"),
        (float("nan"), 0, "no data", "მონაცემები არ არის"),
        (None, 0, "no data", "მონაცემები არ არის"),
    ],
)
def test_numbers(value: float, digits: int, english: str, georgian: str) -> None:
    assert ENGLISH.number(value, digits) == english
    assert GEORGIAN.number(value, digits) == georgian


def test_changes_carry_their_sign() -> None:
    assert (ENGLISH.signed(0.68, 2), GEORGIAN.signed(0.68, 2)) == ("+0.68", "+0,68")
    assert (ENGLISH.signed(-15), GEORGIAN.signed(-15)) == ("−15", "−15")
    assert (ENGLISH.signed(0), GEORGIAN.signed(0)) == ("0", "0")
    assert ENGLISH.signed(float("nan")) == "no data"


def test_percentages() -> None:
    assert (ENGLISH.percent(0.277), GEORGIAN.percent(0.277)) == ("27.7%", f"27,7{NO_BREAK}%")
    assert (ENGLISH.percent(1.42, 0), GEORGIAN.percent(1.42, 0)) == ("142%", f"142{NO_BREAK}%")
    assert ENGLISH.percent(0.55, 0, signed=True) == "+55%"
    assert GEORGIAN.percent(-0.15, 0, signed=True) == f"−15{NO_BREAK}%"
    assert GEORGIAN.percent(float("nan")) == "მონაცემები არ არის"


def test_dates() -> None:
    day = datetime.date(2026, 11, 3)
    assert (ENGLISH.date(day), GEORGIAN.date(day)) == ("3 November 2026", "3 ნოემბერი, 2026")


def test_lists() -> None:
    names = ["Guria", "Imereti", "Kakheti"]
    assert ENGLISH.list(names) == "Guria, Imereti and Kakheti"
    assert GEORGIAN.list(names) == "Guria, Imereti და Kakheti"
    assert (ENGLISH.list(names[:2]), ENGLISH.list(names[:1])) == ("Guria and Imereti", "Guria")


def test_countries() -> None:
    assert (ENGLISH.country("GE"), GEORGIAN.country("GE")) == ("Georgia", "საქართველო")
    assert ENGLISH.country("XT") == "XT"


def test_plurals() -> None:
    forms = ("{count} region", "{count} regions")
    assert [ENGLISH.plural(*forms, count) for count in (0, 1, 2, 1000)] == [
        "0 regions", "1 region", "2 regions", "1,000 regions",
    ]  # fmt: skip
    # After a number a Georgian noun stays singular.
    assert [GEORGIAN.plural(*forms, count) for count in (0, 1, 2, 1000)] == [
        "0 რეგიონი", "1 რეგიონი", "2 რეგიონი", f"1{NO_BREAK}000 რეგიონი",
    ]  # fmt: skip
    told = GEORGIAN.plural("{country}, {count} region", "-", 12, country="საქართველო")
    assert told == "საქართველო, 12 რეგიონი"


def test_sentences_fill_in_their_facts() -> None:
    assert GEORGIAN("Location quotient") == "ლოკალიზაციის კოეფიციენტი"
    heading = "{industry} in {country}’s regions, {year}"
    facts = {"industry": "დამამუშავებელი მრეწველობა", "country": "საქართველო", "year": 2022}
    told = GEORGIAN(heading, **facts)
    assert told == "დამამუშავებელი მრეწველობა საქართველოს რეგიონებში, 2022"
    assert GEORGIAN("A sentence {nobody} translated", nobody="here") == (
        "A sentence here translated"
    )


def test_html_escapes_facts_that_are_not_markup() -> None:
    told = GEORGIAN.html(
        "Only {region} shrank ({value}).", region="<b>Sea</b>", value=Markup("<i>")
    )
    assert told == "შემცირდა მხოლოდ ერთ რეგიონში: &lt;b&gt;Sea&lt;/b&gt; (<i>)."


def test_names_fall_back_to_english_then_to_the_code() -> None:
    both = Item(code="GE-KA", names={"en": "Kakheti", "ka": "კახეთი"})
    assert (ENGLISH.name(both), GEORGIAN.name(both)) == ("Kakheti", "კახეთი")
    assert GEORGIAN.name(Item(code="XT-E", names={"en": "East"})) == "East"
    assert GEORGIAN.name(Item(code="XT-E", names={})) == "XT-E"
    row = {"name_en": "Wine", "name_ka": "ღვინო", "place": "Telavi", "detail_ka": float("nan")}
    assert (GEORGIAN.name(row), ENGLISH.name(row, "place")) == ("ღვინო", "Telavi")
    assert GEORGIAN.name(row, "detail") == ""


def test_an_unknown_language_names_the_nearest() -> None:
    with pytest.raises(ChoiceError) as caught:
        Text("kat")
    assert caught.value.kind == "unknown_language"
    assert ENGLISH.explain(caught.value) == "There is no language “kat”. The nearest is “ka”."


def test_errors_are_explained_in_the_reader_s_language() -> None:
    error = unknown("region", "GE-KAA", ["GE-TB", "GE-KA"])
    assert ENGLISH.explain(error) == "There is no region “GE-KAA”. The nearest is “GE-KA”."
    assert GEORGIAN.explain(error) == "რეგიონი „GE-KAA“ არ არსებობს. უახლოესია „GE-KA“."


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_error_and_rule_has_its_sentence(language: str) -> None:
    sentences = {*ERRORS.values(), *RULES.values()}
    translated = {message for message, _ in entries(language)}
    assert sentences <= translated


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_facts_of_their_message(language: str) -> None:
    wrong = [
        (message, form)
        for message, forms in entries(language)
        for form in forms
        if facts_of(form) != facts_of(message)
    ]
    assert wrong == []
    assert len(entries(language)) > 250


def test_georgian_is_never_upper_case() -> None:
    wrong = [
        form
        for _, forms in entries("ka")
        for form in forms
        if any("\u1c90" <= letter <= "\u1cbf" for letter in form)
    ]
    assert wrong == []


def test_georgian_leaves_no_english_words() -> None:
    """What stands in Latin letters is a fact, an option, what is to be typed (in backticks), a
    name, or a formula's single letter."""
    left = {
        word
        for message, forms in entries("ka")
        for form in forms
        for word in re.findall(r"[A-Za-z_]+", re.sub(r"`[^`]*`|\{\w+\}|--[a-z-]+", " ", form))
        if word not in NAMES and not (len(word) == 1 and re.search(rf"\b{word}(\b|\d)", message))
    }
    assert left == set()


def test_georgian_says_something_wherever_english_does() -> None:
    """A copied English sentence without a word in it (“{country}: {value}”) is none."""
    bare = re.compile(r"\{\w+\}")
    untold = [
        message
        for message, forms in entries("ka")
        for form in forms
        if re.search(r"[a-z]{2}", bare.sub("", message))
        and not re.search(r"[ა-ჰ]", bare.sub("", form))
        and message != "1 = as in {country}"
    ]
    assert untold == []


def test_georgian_quotes_are_georgian() -> None:
    wrong = [
        form
        for _, forms in entries("ka")
        for form in forms
        if form.count("„") != form.count("“") or re.search("[”\"'’]", form)
    ]
    assert wrong == []


def test_georgian_ends_its_sentences_as_english_does() -> None:
    wrong = [
        (message, form)
        for message, forms in entries("ka")
        for form in forms
        if message[-1:] in ".?:" and form[-1:] != message[-1:]
    ]
    assert wrong == []
