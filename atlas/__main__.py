"""Command line of the cluster atlas: ``python -m atlas --help``."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from atlas import answers, intake, produce, publishing
from atlas.config import settings, use_home
from atlas.errors import AtlasError, unknown
from atlas.model import Issue
from atlas.options import NO_SETTINGS, with_settings
from atlas.text import Text

# Typer carries a click of its own: this is its root of everything wrong with a call.
WrongCall: type[Exception] = typer.BadParameter.__mro__[2]

app = typer.Typer(
    help="Cluster atlas: build releases of an edition, and ask them for figures and pictures.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder of releases (default: $ATLAS_HOME, else .atlas)."),
]
EditionName = Annotated[str, typer.Option("--edition", help="Name of a built edition.")]
Form = Annotated[str, typer.Option("--format", help="Format of the answer.")]
Output = Annotated[
    Path | None, typer.Option("--output", help="File to write (default: standard output).")
]


@app.callback(invoke_without_command=True)
def use(context: typer.Context, home: Home = None) -> None:
    """Cluster atlas: build releases of an edition, and ask them for figures and pictures."""
    use_home(home)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def build(
    edition_dir: Annotated[Path, typer.Argument(help="Folder of the edition.")],
    draft: Annotated[
        bool, typer.Option("--draft", help="Keep it as a draft, for “publish” to publish.")
    ] = False,
    who: publishing.Who = None,
    home: Home = None,
) -> None:
    """Validate an edition and publish it as a release; prints the release's id last."""
    use_home(home)
    typer.echo(_build(edition_dir, draft=draft, who=who))


def first_release() -> None:
    """Build the configured edition unless it has a sound release made by this very code; progress
    on standard error. An edition of which only releases are here is served as it is, and so is one
    that was changed since: what was changed is published by whoever changed it."""
    from atlas.ingest.build import code_digest, is_source_of
    from atlas.store import releases as shelf
    from atlas.store.integrity import damaged_file

    name = settings().edition
    folder = settings().editions / name
    if name in shelf.editions():
        wanted = shelf.pointed_at(name)
        shown = {release.release_id: release for release in shelf.published(name)}.get(wanted)
        sound = shown is not None and damaged_file(shown.path) is None
        same_code = shown is not None and shown.manifest.get("code") == code_digest()
        if (sound and same_code) or not folder.is_dir():
            return
        if shown is None or not is_source_of(folder, shown):
            typer.echo(f"The edition “{name}” is not what “{wanted}” was made from: it is not built"
                       " anew, and what was published is served.", err=True)  # fmt: skip
            return
    _build(folder)


def _build(folder: Path, *, draft: bool = False, who: str | None = None) -> str:
    from atlas.ingest.build import build as make

    try:
        with answers.progress() as tell:
            return make(folder, progress=tell, warn=_warn, draft=draft, who=who)
    except AtlasError as error:
        for issue in error.facts.get("issues", []):
            _warn(issue)
        raise


def _warn(issue: Issue) -> None:
    typer.echo(answers.issue_line(issue), err=True)


@app.command()
def validate(
    edition_dir: Annotated[Path, typer.Argument(help="Folder of the edition.")],
    form: Form = "text",
    home: Home = None,
) -> None:
    """List every issue of an edition; exit code 0 when there are no errors, else 1."""
    use_home(home)
    _check_format(form, ("text", "json"))
    from atlas.ingest import validate as checks

    issues = checks.validate(checks.read_edition(edition_dir))
    blocking = checks.errors(issues)
    if form == "json":
        rows = [{**asdict(issue), "message": answers.sentence(issue)} for issue in issues]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    else:
        for issue in issues:
            typer.echo(answers.issue_line(issue))
        warnings = len(issues) - len(blocking)
        typer.echo(f"{len(blocking)} errors, {warnings} warnings in {edition_dir}")
    raise typer.Exit(1 if blocking else 0)


@app.command()
@with_settings
def measure(
    metric: Annotated[str, typer.Argument(help="Name of a figure, such as location_quotient.")],
    edition: EditionName,
    measure: Annotated[str, typer.Option(help="What is counted.")] = "employment",
    level: Annotated[str | None, typer.Option(help="Level of regions (default: 1).")] = None,
    industry: Annotated[str | None, typer.Option(help="Code of one sector.")] = None,
    region: Annotated[str | None, typer.Option(help="Code of one region.")] = None,
    year: Annotated[str | None, typer.Option(help="One year.")] = None,
    form: Form = "csv",
    output: Output = None,
    home: Home = None,
    settings: Mapping[str, float] = NO_SETTINGS,
) -> None:
    """Give out a figure for every cell: region_code, industry_code, year, value, status."""
    use_home(home)
    _check_format(form, ("csv", "json"))
    from atlas.analysis.choices import choices, find_release
    from atlas.analysis.measure import measure_cells

    release = find_release(edition)
    known = choices(release)
    cells = measure_cells(
        release,
        metric,
        measure=measure,
        level=_whole("level", level, [*known.levels, 0]),
        industry=industry,
        region=region,
        year=_whole("year", year, known.years(measure)),
        **settings,
    )
    if form == "csv":
        text = cells.to_csv(index=False, lineterminator="\n")
    else:
        # Not pandas' own: it keeps 15 digits of a number, where 17 make it the same number again.
        rows = cells.astype({"value": object}).where(cells.notna(), None).to_dict("records")
        text = "[\n" + ",\n".join(map(json.dumps, rows)) + "\n]\n"
    answers.give(text, output)


@app.command()
def why(
    metric: Annotated[str, typer.Argument(help="Name of a figure, such as location_quotient.")],
    edition: EditionName,
    region: Annotated[str, typer.Option(help="Code of a region.")],
    industry: Annotated[str, typer.Option(help="Code of a sector.")],
    year: Annotated[str, typer.Option(help="Year.")],
    measure: Annotated[str, typer.Option(help="What is counted.")] = "employment",
    lang: Annotated[str, typer.Option(help="Language: en, ka ...")] = "en",
    form: Form = "text",
    home: Home = None,
) -> None:
    """Explain a figure: its formula with its own numbers, cuts, uncertainty and sources."""
    use_home(home)
    _check_format(form, ("text", "json"))
    text = Text(lang)
    from atlas.analysis.choices import choices, find_release
    from atlas.analysis.why import why as explain
    from atlas.figures import explanations

    release = find_release(edition)
    found = explain(
        release,
        metric,
        measure=measure,
        region=region,
        industry=industry,
        year=_whole("year", year, choices(release).years(measure)) or 0,
    )
    if form == "json":
        typer.echo(json.dumps(explanations.as_data(found), ensure_ascii=False, indent=1))
    else:
        typer.echo("\n".join(explanations.sentences(found, text)))


# Options of their own that are many: these commands stand in files of their own.
app.command()(produce.snapshot)
app.command()(produce.book)
app.command()(intake.new)
app.command("import")(intake.import_)
app.command()(publishing.releases)
app.command()(publishing.publish)
app.command()(publishing.changes)
app.command()(publishing.rollback)
app.command()(publishing.delete)
app.command()(publishing.record)
app.command()(publishing.certificate)


def _check_format(form: str, known: tuple[str, ...]) -> None:
    if form not in known:
        raise unknown("format", form, known)


def _whole(word: str, value: str | None, known: list[int]) -> int | None:
    if value is None:
        return None
    try:
        return int(value)
    except ValueError:
        raise unknown(word, value, known) from None


def main() -> None:
    """Run a command; what goes wrong is one line on standard error and exit code 2."""
    text = Text()
    try:
        code = app(standalone_mode=False)
    except AtlasError as error:
        # An edition with errors is an answer, not a wrong call.
        _complain(text.explain(error), 1 if error.kind == "edition_invalid" else 2)
    except WrongCall as error:
        _complain(getattr(error, "format_message", error.__str__)(), 2)
    except typer.Abort:
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)


def _complain(sentence: str, code: int) -> NoReturn:
    typer.echo(f"atlas: {' '.join(sentence.split())}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
