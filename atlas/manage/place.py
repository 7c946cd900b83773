"""Where a data manager works, and who that is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from atlas.errors import AtlasError
from atlas.manage_words import ON_PAGE
from atlas.text import Text
from atlas.ui import frame


@dataclass(frozen=True)
class Place:
    """An edition by its name and ``folder``, who works with it, and their language."""

    edition: str
    folder: Path
    who: str
    text: Text

    def explain(self, error: AtlasError) -> str:
        """The error's sentence without the command line's options, as Markdown."""
        if error.kind in ON_PAGE:
            return frame.literal(self.text(ON_PAGE[error.kind], **error.facts))
        return frame.literal(self.text.explain(error))
