"""Every error the atlas raises.

An error carries a ``kind`` (a fixed word) and facts; the sentence a person reads is made from
them in their language by :func:`atlas.text.Text.explain`.

    AtlasError
    ├── ChoiceError    asked for something the release does not have (region, year, metric ...)
    ├── DataError      an edition, table or boundary file is not as it should be
    ├── ReleaseError   there is no such release, or it cannot be read or written
    ├── QueryError     a query of ours is missing or was called wrongly
    ├── ExportError    a picture or file could not be made or written
    ├── AccessDenied   somebody may not do what they ask for
    └── JobError       work in a process of its own could not be begun or ended early
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any


class AtlasError(Exception):
    """Root of all errors raised on purpose; ``kind`` names the sentence, ``facts`` fill it."""

    def __init__(self, kind: str, **facts: Any) -> None:
        super().__init__(kind, facts)
        self.kind = kind
        self.facts = facts


class ChoiceError(AtlasError):
    """Something was asked for by a name or code that does not exist."""


class DataError(AtlasError):
    """Input data cannot be used as it is."""


class ReleaseError(AtlasError):
    """A release is missing, incomplete or in the way."""


class QueryError(AtlasError):
    """A query file is missing or was called with the wrong parameters."""


class ExportError(AtlasError):
    """An export could not be made."""


class AccessDenied(AtlasError):  # noqa: N818 (what it is called everywhere)
    """Whoever asks may not: not signed in, without the role, or nobody can sign in here."""


class JobError(AtlasError):
    """Work in a process of its own could not begin, or ended before it was done."""


def nearest(value: str, known: Iterable[str]) -> str:
    """The known word most like ``value``, letter case ignored; the first known one when none is
    alike, empty when nothing is known."""
    options = list(known)
    folded = {str(option).casefold(): str(option) for option in options}
    close = get_close_matches(str(value).casefold(), folded, n=1, cutoff=0.3)
    if close:
        return folded[close[0]]
    return str(options[0]) if options else ""


def unknown(what: str, value: Any, known: Iterable[Any]) -> ChoiceError:
    """A ChoiceError that names the wrong value and the nearest right one: among numbers the
    nearest number, else the most similar word."""
    options = list(known)
    if isinstance(value, int) and options and all(isinstance(option, int) for option in options):
        close = str(min(options, key=lambda option: abs(option - value)))
    else:
        close = nearest(str(value), map(str, options))
    return ChoiceError(f"unknown_{what}", value=value, nearest=close)
