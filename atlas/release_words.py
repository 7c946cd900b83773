"""The sentences of releases: what goes wrong with them, and what was done. English; translated in
``locale``."""

from __future__ import annotations

from collections.abc import Mapping

from atlas.model import mark

ERRORS: Mapping[str, str] = {
    "unknown_release": mark("There is no release “{value}”. The nearest is “{nearest}”."),
    "unknown_draft": mark("There is no draft “{value}”. The nearest is “{nearest}”."),
    "no_draft": mark("The edition “{edition}” has no draft."),
    "no_release": mark(
        "The edition “{edition}” has no release yet. Build it with “python -m atlas build”."
    ),
    "release_unreadable": mark("The release “{release}” cannot be read."),
    "release_damaged": mark(
        "The release “{release}” is damaged: “{file}” is not as it was written. Put it back from a"
        " backup, or build it again."
    ),
    "last_good_shown": mark(
        "The release “{release}” is damaged (“{file}”). The last good one is shown: “{shown}”."
    ),
    "release_gone": mark(
        "This was made from the release “{release}” of the edition “{edition}”, which is not here."
    ),
    "published_already": mark(
        "The edition is published already as it stands, as “{release}”: there is nothing to draft."
    ),
    "draft_outdated": mark(
        "Nothing was published: the draft “{release}” keeps figures back, and was not checked"
        " against what was published since ({others}). Build it again."
    ),
    "home_unwritable": mark("Nothing can be written to “{path}”: {reason}"),
    "not_confidential": mark("The release “{release}” is of no confidential edition."),
}

#: What was done, as the record says it.
STEPS: Mapping[str, str] = {
    "imported": mark("imported"),
    "built": mark("built"),
    "published": mark("published"),
    "rolled_back": mark("rolled back to"),
    "deleted": mark("draft deleted"),
}
