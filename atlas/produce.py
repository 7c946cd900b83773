"""The command ``snapshot``: a picture, page or table of a view, or once more of a file's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from atlas import answers
from atlas.config import settings, use_home
from atlas.errors import ExportError, unknown
from atlas.snapshot import VIEWS, Snapshot
from atlas.text import languages


def _option(said: str, *names: str) -> Any:
    return typer.Option(*names, help=said)


Word = str | None
EditionName = Annotated[Word, _option("Name of a built edition (default: the configured).")]
ReleaseId = Annotated[Word, _option("Id of a release (default: the current one).")]
Output = Annotated[
    Path | None, _option("File, or folder for a file that is named for what it shows.")
]
Home = Annotated[Path | None, _option("Folder of releases (default: $ATLAS_HOME, else .atlas).")]


def snapshot(
    from_: Annotated[
        Path | None, _option("File made before: the same again, but for what is given.", "--from")
    ] = None,
    link: Annotated[Word, _option("Link to a page of the atlas: what it shows.")] = None,
    view: Annotated[Word, _option(f"What is shown: {', '.join(VIEWS)}.")] = None,
    edition: EditionName = None,
    release: ReleaseId = None,
    metric: Annotated[Word, _option("Name of a figure, or of a measure.")] = None,
    measure: Annotated[Word, _option("What is counted.")] = None,
    industry: Annotated[Word, _option("Code of a sector.")] = None,
    region: Annotated[Word, _option("Code of the selected region.")] = None,
    cluster: Annotated[Word, _option("Id of a cluster, for its profile.")] = None,
    regions: Annotated[Word, _option("Codes of regions to compare, with commas between.")] = None,
    clusters: Annotated[Word, _option("Ids of clusters to compare, with commas between.")] = None,
    each: Annotated[
        Word, _option("What small maps are of: years, sectors or regions (those of a list given).")
    ] = None,
    years: Annotated[Word, _option("Years of small maps, with commas between.")] = None,
    industries: Annotated[
        Word, _option("Codes of sectors of small maps, with commas between.")
    ] = None,
    depth: Annotated[Word, _option("Steps below all sectors, for discovery.")] = None,
    agree: Annotated[Word, _option("Rules that agree at least, for discovery.")] = None,
    threshold: Annotated[
        list[str] | None,
        _option("Setting of a rule, for discovery: statsamerica.quotient_at_least=1.5."),
    ] = None,
    year: Annotated[Word, _option("Year (default: the newest).")] = None,
    since: Annotated[Word, _option("Year that changes are counted from.")] = None,
    layers: Annotated[Word, _option("Layers, with commas between; or none.")] = None,
    classes: Annotated[
        Word, _option("How classes are made: usual, natural, quantiles, equal, gaps or own.")
    ] = None,
    number: Annotated[Word, _option("Number of classes.")] = None,
    breaks: Annotated[
        Word,
        _option("Own breaks between classes, with commas between; of shares and changes in %."),
    ] = None,
    same: Annotated[Word, _option("Whether classes are the same for all years: yes or no.")] = None,
    language: Annotated[Word, _option("Language: en, ka ...", "--language", "--lang")] = None,
    size: Annotated[Word, _option("Size of a picture: slide, a4 or square.")] = None,
    title: Annotated[Word, _option("Title, instead of the one made from the figures.")] = None,
    notes: Annotated[Word, _option("Notes of your own, beside those on the figures.")] = None,
    transparent: Annotated[bool, _option("Without a ground, where a format can.")] = False,
    text_as_paths: Annotated[bool, _option("Letters as shapes, where a format can.")] = False,
    form: Annotated[Word, _option("Format (default: the output's, else png).", "--format")] = None,
    output: Output = None,
    home: Home = None,
) -> None:
    """Write a view as a picture, a page or a table; prints the file's name last."""
    use_home(home)
    words = {
        "edition": edition, "release": release, "metric": metric, "measure": measure,
        "industry": industry, "region": region, "cluster": cluster, "regions": regions,
        "clusters": clusters, "each": each, "years": years, "industries": industries,
        "depth": depth, "agree": agree, "year": year, "since": since, "layers": layers,
        "classes": classes, "number": number, "same": same,
        "breaks": breaks.replace(",", " ") if breaks else breaks,
        "lang": language, "size": size, "title": title, "notes": notes,
    }  # fmt: skip
    asked = {word: value for word, value in words.items() if value is not None}
    asked |= dict(one.split("=", 1) for one in threshold or () if "=" in one)
    if language is not None and language not in languages():
        raise unknown("language", language, languages())
    wanted = _shown(from_, link).with_words(asked)
    wanted = replace(
        wanted,
        view=view or wanted.view,
        transparent=wanted.transparent or transparent,
        text_as_paths=wanted.text_as_paths or text_as_paths,
    )
    typer.echo(_write(wanted, form, output))


def _shown(file: Path | None, link: str | None) -> Snapshot:
    """What a file or a link shows; the usual without either."""
    if file is not None:
        from atlas.export.stored import read_snapshot

        try:
            return read_snapshot(file.read_bytes())
        except OSError as error:
            raise ExportError("cannot_read", path=file, reason=error.strerror) from error
    if link is not None:
        return Snapshot.from_link(link, edition=settings().edition)
    return Snapshot(edition=settings().edition)


def _write(wanted: Snapshot, form: str | None, output: Path | None) -> Path:
    """Make the file and write it, whole or not at all; returns where it lies."""
    from atlas.analysis.snapshot import resolved, shapes_of, view_of
    from atlas.export.desk import Desk
    from atlas.export.formats import FORMATS, find_format

    ending = output.suffix.removeprefix(".") if output else ""
    form = form or (ending if ending in FORMATS else "png")
    find_format(form, wanted.size, wanted.view)
    desk, said = Desk(view_of, shapes_of), resolved(wanted)
    target = _target(output, desk.file_name(said, form))
    address = settings().address
    link = f"{address.rstrip('/')}/{said.link()}" if address else None
    answers.write(target, desk.make(said, form, link=link))
    return target


def _target(output: Path | None, named: str) -> Path:
    """Where a file goes: under its own name, here or in a folder, unless it is given one."""
    if output is None:
        return Path(named)
    return output / named if output.is_dir() else output


def book(
    edition: EditionName = None,
    release: ReleaseId = None,
    language: Annotated[str, _option("Language: en, ka ...", "--language", "--lang")] = "en",
    output: Output = None,
    home: Home = None,
) -> None:
    """Write the atlas of a whole country as one PDF; prints the file's name last."""
    use_home(home)
    from atlas.analysis.book import contents
    from atlas.analysis.choices import find_release
    from atlas.analysis.snapshot import shapes_of, view_of
    from atlas.export.book import file_name, make_book
    from atlas.export.desk import Desk

    holds = contents(find_release(edition or settings().edition, release))
    target = _target(output, file_name(holds, language))
    with answers.progress() as tell:
        content = make_book(
            holds, language, Desk(view_of, shapes_of).ask,
            tell=lambda done, every: tell("pages", done / every),
        )  # fmt: skip
    answers.write(target, content)
    typer.echo(target)
