"""Addresses made for many values of one word, and what goes along from page to page."""

from __future__ import annotations

import json
import re

import pytest
import streamlit as st

from atlas.config import ROOT
from atlas.ui import url


@pytest.mark.parametrize(
    "words", [{}, {"lang": "ka", "find": "a&b=c"}, {"compare": "GE-KA", "year": "2020"}]
)
@pytest.mark.parametrize("value", [None, "GE-KA", "GE-KA,GE-IM", "a b&c=ä"])
def test_here_with_a_word_is_here(
    words: dict[str, str], value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Query(dict):  # type: ignore[type-arg]
        def to_dict(self) -> dict[str, str]:
            return dict(self)

    monkeypatch.setattr(st, "query_params", Query(words))
    assert url.here_with("compare")(value) == url.here(compare=value)


def test_the_menu_keeps_the_words_that_links_keep() -> None:
    script = (ROOT / "atlas" / "ui" / "html.js").read_text(encoding="utf-8")
    (kept,) = re.findall(r"^const KEPT = (\[.*\]);$", script, flags=re.MULTILINE)
    assert tuple(json.loads(kept)) == url.KEPT
