"""Breaks as people type them."""

from __future__ import annotations

import pytest

from atlas.ui.classes import read_breaks


@pytest.mark.parametrize(
    ("words", "breaks"),
    [
        ("0.5 1 2", (0.5, 1, 2)),
        (" 0,5  1;2 ", (0.5, 1, 2)),
        ("0.5, 1, 2", (0.5, 1, 2)),
        ("0.5,1,2", (0.5, 1, 2)),
        ("−20% 0% 50%", (-20, 0, 50)),
        ("1e3", (1000,)),
    ],
)
def test_numbers_are_read(words: str, breaks: tuple[float, ...]) -> None:
    assert read_breaks(words, most=6) == breaks


@pytest.mark.parametrize("words", ["", ",", "2 1", "1 1", "x", "1 nan", "inf", "1 2 3 4 5 6 7"])
def test_what_makes_no_classes_is_refused(words: str) -> None:
    assert read_breaks(words, most=6) is None
