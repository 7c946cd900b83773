"""Addresses made for many values of one word, and what goes along from page to page."""

from __future__ import annotations

import json
import re
from collections import deque
from typing import Any

import pytest
import streamlit as st
from hypothesis import example, given, strategies

from atlas.config import ROOT
from atlas.ui import url


class Query(dict):  # type: ignore[type-arg]
    """The words of the address as Streamlit has them."""

    def to_dict(self) -> dict[str, str]:
        return dict(self)

    def from_dict(self, words: dict[str, str]) -> None:
        self.clear()
        self.update(words)


@pytest.mark.parametrize(
    "words", [{}, {"lang": "ka", "find": "a&b=c"}, {"compare": "GE-KA", "year": "2020"}]
)
@pytest.mark.parametrize("value", [None, "GE-KA", "GE-KA,GE-IM", "a b&c=ä"])
def test_here_with_a_word_is_here(
    words: dict[str, str], value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "query_params", Query(words))
    assert url.here_with("compare")(value) == url.here(compare=value)


def test_the_menu_keeps_the_words_that_links_keep() -> None:
    script = (ROOT / "atlas" / "ui" / "html.js").read_text(encoding="utf-8")
    (kept,) = re.findall(r"^const KEPT = (\[.*\]);$", script, flags=re.MULTILINE)
    assert tuple(json.loads(kept)) == url.KEPT


CHOICES = strategies.tuples(
    strategies.sampled_from("abc"), strategies.sampled_from([None, "1", "2"])
)


@given(
    strategies.lists(
        strategies.one_of(CHOICES, strategies.sampled_from(["hear", "stay", "back"])), max_size=30
    )
)
@example([("a", "1"), ("a", None), "stay", "hear", ("b", "1")])
def test_no_choice_is_lost_however_late_the_browser_hears(steps: list[Any]) -> None:
    query, heard, expected = Query(), [{}], {}  # type: ignore[var-annotated]
    underway: deque[dict[str, str]] = deque()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "query_params", query)
        patch.setattr(st, "session_state", {})
        for step in steps:
            if step == "hear" and underway:
                heard.append(underway.popleft())
            elif step == "back" and len(heard) > 1 and not underway:
                heard.pop()
                expected = heard[-1]
                query.from_dict(expected)
                url.run_begins()
            elif step == "stay":
                query.from_dict(heard[-1])
                url.stay()
                url.run_begins()
            elif isinstance(step, tuple):
                word, value = step
                query.from_dict(heard[-1])
                url.choose(**{word: value})
                url.run_begins()
                underway.append(query.to_dict())
                expected = {**expected, word: value}
                expected = {word: value for word, value in expected.items() if value is not None}
            if step != "hear":
                assert query == expected


def test_two_choices_of_one_run_both_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "query_params", Query(a="1"))
    monkeypatch.setattr(st, "session_state", {})
    url.choose(b="2")
    url.choose(c="3")
    url.run_begins()
    assert st.query_params == {"a": "1", "b": "2", "c": "3"}
    # The next choice comes from a browser that has heard of neither.
    st.query_params.from_dict({"a": "1"})
    url.choose(a="4")
    assert st.query_params == {"a": "4", "b": "2", "c": "3"}
