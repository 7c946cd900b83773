"""Glossary: the words of this field, each in a sentence or two."""

from __future__ import annotations

from atlas.analysis.choices import find_release
from atlas.figures.glossary import glossary
from atlas.ui import frame, html, url

text = frame.text()
# An address that names a release that is not there says so on every page.
find_release(*frame.release_words())
frame.title(text("Glossary"))
html.show(glossary(text, url.link("methods")), key="glossary")
