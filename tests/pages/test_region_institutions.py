"""The page Region on kinds of institutions: what is lacking, and what cannot be said."""

from __future__ import annotations

from screen import Screen

FILE = "pages/explore/region.py"


def test_kinds_known_of_peers_alone(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en", region="GE-RL")
    assert screen.said("institutions").split("\n") == [
        (
            "Kinds of institutions that are known of clusters in Kakheti and of none here. Not"
            " known does not mean that there is none."
        ),
        "Association",
        "Kakheti",
    ]
    assert 'href="region?lang=en&amp;region=GE-KA">Kakheti</a>' in screen.markup["institutions"]
    screen.visit(FILE, lang="en", region="GE-KK")
    assert screen.said("institutions").endswith("Every kind known there is known here too.")


def test_what_is_not_known_is_said(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en", region="GE-KA")
    assert screen.said("institutions") == (
        "No institution of a cluster in its most similar regions is known."
    )
    screen.visit(FILE, lang="ka", region="GE-IM")
    assert screen.said("institutions") == (
        "აქაური კლასტერების არც ერთი ორგანიზაცია არ არის ცნობილი, ამიტომ ტიპების შედარება"
        " შეუძლებელია."
    )
    # Without figures there are no peers to look at.
    screen.visit(FILE, lang="en", region="GE-AB")
    assert "institutions" not in screen.markup
