"""The commands about releases: list, publish, compare, roll back, delete a draft, the record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from atlas import release_answers
from atlas.config import settings, use_home
from atlas.errors import ReleaseError, unknown
from atlas.text import Text, languages

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder of releases (default: $ATLAS_HOME, else .atlas)."),
]
EditionName = Annotated[
    str | None, typer.Option("--edition", help="Name of the edition (default: $ATLAS_EDITION).")
]
Form = Annotated[str, typer.Option("--format", help="Format of the answer: text or json.")]
Language = Annotated[str, typer.Option("--language", "--lang", help="Language: en, ka ...")]
Who = Annotated[
    str | None, typer.Option("--who", help="Who does this (default: the system's user).")
]
ReleaseId = Annotated[str, typer.Argument(help="Id of the release.")]
DraftId = Annotated[str, typer.Argument(help="Id of the draft.")]


def releases(
    edition: Annotated[str | None, typer.Option("--edition", help="Only this edition.")] = None,
    form: Form = "text",
    language: Language = "en",
    home: Home = None,
) -> None:
    """List the releases there are, the newest first: the current one, drafts, what is damaged."""
    use_home(home)
    text = _text(form, language)
    from atlas.store import releases as shelf

    names = shelf.begun() if edition is None else [edition]
    rows = [row for name in names for row in _listed(name)]
    if edition and not rows:
        shelf.published(edition)  # says what is wrong
    if form == "json":
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            typer.echo(release_answers.release_line(row, text))


def _listed(edition: str) -> Iterator[dict[str, Any]]:
    """Drafts first, then releases, each the newest first, those that cannot be read last."""
    from atlas.store import releases as shelf

    found = [(draft, True) for draft in shelf.drafts(edition)]
    wanted, shown = None, None
    damaged: dict[str, str] = {}
    if edition in shelf.editions():
        found += [(release, False) for release in shelf.published(edition)]
        wanted, damaged = shelf.pointed_at(edition), shelf.damaged(edition)
        if wanted in damaged:
            shown = shelf.served_instead(edition)
    instead = shown.facts["shown"] if shown else None
    about = [(one.release_id, one.manifest["built"], draft) for one, draft in found]
    listed = {name for name, _, _ in about}
    about += [(name, None, False) for name in damaged if name not in listed]
    for name, built, draft in about:
        yield {
            "edition": edition, "release": name, "built": built, "draft": draft,
            "current": name == wanted and not draft, "damaged": damaged.get(name),
            "shown_instead": name == instead,
        }  # fmt: skip


def publish(
    release: DraftId, edition: EditionName = None, who: Who = None, home: Home = None
) -> None:
    """Publish a draft; prints its id."""
    use_home(home)
    from atlas.store import drafts, record

    name = edition or settings().edition
    done = drafts.publish_draft(name, release, who=who or record.operator())
    typer.echo(done.release_id)


def rollback(
    release: ReleaseId, edition: EditionName = None, who: Who = None, home: Home = None
) -> None:
    """Show a release again that was published before; prints its id. Links to others go on."""
    use_home(home)
    from atlas.store import drafts, record

    name = edition or settings().edition
    typer.echo(drafts.roll_back(name, release, who=who or record.operator()).release_id)


def delete(
    release: DraftId, edition: EditionName = None, who: Who = None, home: Home = None
) -> None:
    """Delete a draft. What is published is never deleted."""
    use_home(home)
    from atlas.store import drafts, record

    drafts.delete_draft(edition or settings().edition, release, who=who or record.operator())


def changes(
    before: ReleaseId,
    after: ReleaseId,
    edition: EditionName = None,
    form: Form = "text",
    language: Language = "en",
    home: Home = None,
) -> None:
    """Say what differs between two releases, or a release and a draft: figures, firms, regions."""
    use_home(home)
    text = _text(form, language)
    from atlas.analysis.release_changes import release_changes
    from atlas.store import releases as shelf

    name = edition or settings().edition
    found = release_changes(shelf.find_either(name, before), shelf.find_either(name, after))
    if form == "json":
        typer.echo(release_answers.changes_json(found))
    else:
        typer.echo("\n".join(release_answers.changes_lines(found, text)))


def record(
    edition: EditionName = None, form: Form = "text", language: Language = "en", home: Home = None
) -> None:
    """List what was done to an edition, the newest first: who, when, from which files."""
    use_home(home)
    text = _text(form, language)
    from atlas.store import record as kept

    name = edition or settings().edition
    found, torn = kept.entries(name), kept.unreadable_lines(name)
    if form == "json":
        typer.echo(release_answers.record_json(found, torn))
    else:
        for line in release_answers.record_lines(found, torn, text):
            typer.echo(line)


def certificate(
    edition: Annotated[str, typer.Option("--edition", help="Name of a built edition.")],
    release: Annotated[
        str | None, typer.Option("--release", help="Id of a release (default: the current one).")
    ] = None,
    form: Form = "text",
    language: Language = "en",
    home: Home = None,
) -> None:
    """Say what a confidential release keeps back, and what an attack on it found."""
    use_home(home)
    text = _text(form, language)
    from atlas.figures.certificate import sentences
    from atlas.store import releases as shelf

    found = shelf.find_either(edition, release) if release else shelf.current(edition)
    said = found.manifest.get("confidentiality")
    if said is None:
        raise ReleaseError("not_confidential", release=found.release_id)
    if form == "json":
        typer.echo(json.dumps(said, indent=1))
    else:
        typer.echo("\n".join(sentences(said, text)))


def _text(form: str, language: str) -> Text:
    if form not in ("text", "json"):
        raise unknown("format", form, ("text", "json"))
    if language not in languages():
        raise unknown("language", language, languages())
    return Text(language)
