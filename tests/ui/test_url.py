"""Addresses made for many values of one word."""

from __future__ import annotations

import pytest
import streamlit as st

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
