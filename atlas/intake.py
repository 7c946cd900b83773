"""The commands ``new`` and ``import``: an edition from nothing, and a file into an edition."""

from __future__ import annotations

import contextlib
import math
from pathlib import Path
from typing import Annotated, Any

import typer

from atlas import answers, import_answers
from atlas.config import settings, use_home
from atlas.errors import DataError, unknown
from atlas.text import Text, languages


def _option(said: str, *names: str, **more: Any) -> Any:
    return typer.Option(*names, help=said, **more)


Word = str | None
Pairs = list[str] | None
Home = Annotated[
    Path | None, _option("Folder of releases (default: $ATLAS_HOME, else .atlas).", "--home")
]


def new(
    edition_dir: Annotated[Path, typer.Argument(help="Folder to be made, named as the edition.")],
    country: Annotated[str, _option("Code of the country: TR, GE ...")],
    names: Annotated[
        str, _option("Languages of names, with commas between.", "--languages")
    ] = "en",
    classification: Annotated[
        str, _option("Classification of sectors, such as NACE Rev. 2.")
    ] = "ISIC Rev. 4",
    home: Home = None,
) -> None:
    """Make an edition from nothing: regions, sectors, templates, instructions; prints its files."""
    use_home(home)
    from atlas.ingest.blank import new_edition

    wanted = tuple(part.strip() for part in names.split(",") if part.strip())
    say = {one: Text(one) for one in languages() if one in wanted}
    made = new_edition(
        edition_dir, country, languages=wanted, classification=classification, say=say
    )
    for path in made:
        typer.echo(path)


def import_(
    source: Annotated[str, typer.Argument(help="File, or address of a published table.")],
    edition: Annotated[str, _option("Folder of the edition, or name of a shipped one.")],
    table: Annotated[
        str, _option("Table, the one measure of the file, or boundaries.")
    ] = "observations",
    sheet: Annotated[Word, _option("Sheet of a spreadsheet, layer of boundaries.")] = None,
    header: Annotated[int | None, _option("Row of the header (default: it is found).")] = None,
    columns: Annotated[Pairs, _option("HEADER=field; may be repeated; field - leaves out.")] = None,
    accept_columns: Annotated[
        bool, _option("Take the columns as proposed.", "--accept-columns")
    ] = False,
    names: Annotated[Pairs, _option("WORD=CODE; may be repeated.")] = None,
    accept_names: Annotated[bool, _option("Take the names as proposed.", "--accept-names")] = False,
    constants: Annotated[Pairs, _option("FIELD=VALUE for every row.", "--set")] = None,
    accept: Annotated[Pairs, _option("RULE=REASON: accept the warnings of a rule.")] = None,
    classification: Annotated[
        Word, _option("Classification of the file, where not the edition's: NAICS 2017 ...")
    ] = None,
    only: Annotated[
        Pairs, _option("HEADER=VALUE: only rows that hold it; may be repeated.")
    ] = None,
    missing: Annotated[Pairs, _option("Sign that stands for no figure.")] = None,
    suppressed: Annotated[Pairs, _option("Sign that stands for a suppressed figure.")] = None,
    decimal: Annotated[Word, _option("Decimal sign: , or . (default: it is found).")] = None,
    encoding: Annotated[Word, _option("Encoding of text (default: it is found).")] = None,
    separator: Annotated[Word, _option("Sign between cells (default: it is found).")] = None,
    times: Annotated[
        Pairs, _option("MEASURE=NUMBER: multiply its figures; 1000 where they are in thousands.")
    ] = None,
    jump: Annotated[
        float, _option("Warn of figures so many times those of the release before.", min=1.0)
    ] = 3.0,
    crs: Annotated[
        Word, _option("Coordinate system of boundaries, such as EPSG:4326.", "--crs")
    ] = None,
    add_regions: Annotated[
        bool, _option("Add the regions that the edition has not yet.", "--add-regions")
    ] = False,
    who: Annotated[Word, _option("Who imports (default: the system's user).")] = None,
    check: Annotated[bool, _option("Report only, write nothing.", "--check")] = False,
    form: Annotated[str, _option("Format of the report: text or json.", "--format")] = "text",
    language: Annotated[str, _option("Language: en, ka ...", "--language", "--lang")] = "en",
    report: Annotated[Path | None, _option("Also write the report as JSON here.")] = None,
    home: Home = None,
) -> None:
    """Import a file into an edition; exit code 0 when it was written (or --check finds nothing)."""
    use_home(home)
    if language not in languages():
        raise unknown("language", language, languages())
    if form not in ("text", "json"):
        raise unknown("format", form, ("text", "json"))
    if decimal not in (None, ",", "."):
        raise DataError("not_a_pair", value=decimal, example="--decimal , / --decimal .")
    from atlas.ingest.fetching import fetched, is_address
    from atlas.ingest.importing import find_edition, import_file
    from atlas.ingest.wishes import Wishes

    wishes = Wishes(
        table=table, sheet=sheet, encoding=_encoding(encoding), separator=_separator(separator),
        decimal=decimal, header=header, columns=_pairs(columns), names=_pairs(names),
        constants=_pairs(constants), missing=frozenset(missing or ()),
        suppressed=frozenset(suppressed or ()), accept_columns=accept_columns,
        accept_names=accept_names, accepted=_pairs(accept), jump=jump, check_only=check,
        crs=crs, add_regions=add_regions, only=_pairs(only), factors=_factors(times),
        classification=classification,
        address=source if is_address(source) else None,
    )  # fmt: skip
    folder = find_edition(edition, settings().editions)
    brought = fetched(source) if wishes.address else contextlib.nullcontext(Path(source))
    with answers.progress() as tell, brought as path:
        found = import_file(path, folder, wishes, tell, who=who)
    text = Text(language)
    data = import_answers.as_json(found, text)
    if report is not None:
        answers.write(report, data.encode())
    typer.echo(data if form == "json" else "\n".join(import_answers.lines(found, text, check)))
    raise typer.Exit(0 if found.ready else 1)


def _pairs(given: list[str] | None) -> dict[str, str]:
    """What stands before and after the last “=” of each; a header may hold one, a code does not."""
    found = {}
    for pair in given or ():
        left, sign, right = pair.rpartition("=")
        if not sign or not left.strip() or not right.strip():
            raise DataError("not_a_pair", value=pair, example="NAME=VALUE")
        found[left.strip()] = right.strip()
    return found


def _factors(given: list[str] | None) -> dict[str, float]:
    """What the figures of measures are multiplied by: numbers above nought."""
    found = {}
    for name, word in _pairs(given).items():
        try:
            found[name] = float(word)
        except ValueError:
            found[name] = math.nan
        if not 0 < found[name] < math.inf:
            raise DataError("not_a_pair", value=word, example="--times turnover=1000")
    return found


def _encoding(word: str | None) -> str | None:
    """What Python calls an encoding that people call windows-1254 or UTF8."""
    import codecs

    if word is None:
        return None
    try:
        return codecs.lookup(word).name
    except LookupError:
        known = ("utf-8", "utf-16", "windows-1251", "windows-1254")
        raise unknown("encoding", word, known) from None


def _separator(word: str | None) -> str | None:
    if word is None:
        return None
    sign = {"tab": "\t", "\\t": "\t"}.get(word, word)
    if len(sign) != 1:
        raise DataError("not_a_pair", value=word, example="; / , / | / tab")
    return sign
