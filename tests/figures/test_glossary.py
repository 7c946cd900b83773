"""The glossary: every word explained in every language."""

from __future__ import annotations

import re

import pytest

from atlas.figures.glossary import TERMS, glossary
from atlas.metrics import METRICS, STRUCTURES
from atlas.text import Text, languages


@pytest.mark.parametrize("language", languages())
def test_the_page_explains_every_word_once(language: str) -> None:
    text = Text(language)
    page = str(glossary(text, "methods?lang=x"))
    for term in TERMS:
        assert page.count(f'<dt id="{term.name}">') == 1
        assert text.html(term.meaning) in page
    assert page.count("<dd>") == len(TERMS) == len({term.name for term in TERMS})
    titles = re.findall(r"<dt[^>]*>(.*?)</dt>", page)
    assert titles == sorted(titles, key=str.casefold)


def test_formulas_stand_on_the_page_of_methods() -> None:
    linked = {term.method for term in TERMS if term.method}
    assert linked <= {*METRICS, *STRUCTURES}
    assert {"location_quotient", "size", "focus", "us_strong"} <= linked
