"""Releases, drafts and the record as their manager sees them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from babel.dates import format_datetime
from markupsafe import Markup

from atlas.figures.tables import Cell, Column, Row, table
from atlas.model import Entry, Release
from atlas.release_words import STEPS
from atlas.text import Text

#: Letters of a checksum that are shown.
_DIGEST = 12


def moment(when: datetime.datetime, text: Text) -> str:
    """Day and minute in the reader's manner, in coordinated universal time."""
    at = when.astimezone(datetime.UTC)
    return text("{date}, {time} UTC", date=text.date(at.date()), time=format_datetime(at, "HH:mm"))


def title(release: Release, text: Text) -> str:
    """A release by its id and when it was built."""
    return f"{release.release_id} · {_built(release, text)}"


def _built(release: Release, text: Text) -> str:
    return moment(datetime.datetime.fromisoformat(str(release.manifest["built"])), text)


def line(
    release: Release, state: str | None, links: Sequence[tuple[str, str]], text: Text
) -> Markup:
    """One release: its id, when it was built, what it is now, and where it can be looked at."""
    return Markup(
        '<div class="release"><div><b>{}</b>{}</div><small>{}</small>'
        '<div class="links">{}</div></div>'
    ).format(
        release.release_id,
        Markup(' <span class="chip on">{}</span>').format(state) if state else "",
        text("built on {when}", when=_built(release, text)),
        Markup(" ").join(
            Markup('<a href="{}">{}</a>').format(address, said) for said, address in links
        ),
    )


def record(entries: Sequence[Entry], text: Text) -> Markup:
    """Who did what when, to which release, and from which files."""
    columns = [
        Column(text("When"), text=True),
        Column(text("Who"), text=True),
        Column(text("What was done"), text=True),
        Column(text("Release"), text=True),
        Column(text("Note"), text=True, wide=True),
        Column(text("Files"), text=True, wide=True),
    ]
    rows = [
        Row(
            [
                Cell(moment(entry.when, text), entry.when.isoformat()),
                Cell(entry.who, entry.who),
                Cell(text(STEPS[entry.step]), entry.step),
                Cell(entry.release_id or "", entry.release_id or ""),
                Cell(_note(entry, text), entry.note),
                Cell(_files(entry, text), str(len(entry.files))),
            ]
        )
        for entry in entries
    ]
    return table(columns, rows, text, caption=text("Record"))


def _note(entry: Entry, text: Text) -> str:
    """The table that was imported, or the release that was shown before."""
    if entry.step in ("published", "rolled_back") and entry.note:
        return text("before: {release}", release=entry.note)
    return entry.note


def _files(entry: Entry, text: Text) -> Markup:
    if not entry.files:
        return Markup("")
    return Markup("<details><summary>{}</summary>{}</details>").format(
        text.plural("{count} file", "{count} files", len(entry.files)),
        Markup("").join(
            Markup("<small>{} <code>{}</code></small>").format(name, digest[:_DIGEST])
            for name, digest in entry.files.items()
        ),
    )


def draft_banner(release_id: str, back: str, text: Text) -> Markup:
    """What stands over every page while a draft is shown."""
    return Markup('<p class="draft" role="status"><b>{}</b> {} <a href="{}">{}</a></p>').format(
        text("Draft, not published."),
        text("You alone, and other data managers, see “{release}”.", release=release_id),
        back,
        text("Back to drafts and releases"),
    )
