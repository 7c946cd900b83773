"""The list of clusters: what each card says, what is gathered, and why nothing fits."""

from __future__ import annotations

import re

import pytest
from screen import Screen

FILE = "pages/explore/clusters.py"


def card(screen: Screen, name: str) -> list[str]:
    """The lines of one cluster's card."""
    cards = screen.markup["cards"].split('<div class="card">')[1:]
    (found,) = (one for one in cards if f">{name}</a>" in one)
    text = re.sub(r"<br>|</div>|</small>|<small>|<p[ >]", "\n", found)
    lines = (re.sub(r"<[^>]*>|class=\"quiet\">", "", line).strip() for line in text.split("\n"))
    return [line for line in lines if line]


def test_a_card_says_where_what_and_how_strong(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en")
    assert card(screen, "Poultry, Kvemo Kartli") == [
        "Poultry, Kvemo Kartli",
        "rank 3 of those published",
        "Kvemo Kartli · 01.47 Raising of poultry, 10.12 Poultry meat",
        "Agriculture, forestry, fishing here, 2022: location quotient 4.00, 2 stars",
        "2 firms known · 2 institutions known",
        "No cluster organisation recorded",
        "+ Compare",
    ]
    assert card(screen, "Wine, Kvemo Kartli")[3] == (
        "Manufacturing here, 2022: location quotient 1.92, no star"
    )
    assert 'href="map?lang=en&amp;industry=A&amp;region=GE-KK"' in screen.markup["cards"]


def test_clusters_are_gathered_for_a_comparison(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en", sector="A")
    two = "poultry-kvemo-kartli,marine-fishing-samegrelo-zemo-svaneti"
    # Two are shown: they can be compared as they are.
    assert "Compare these 2 →" in screen.said("gathered")
    assert f"compare?lang=en&amp;what=clusters&amp;clusters={two}" in screen.markup["gathered"]
    assert "gathered=poultry-kvemo-kartli&" not in screen.markup["gathered"]
    assert (
        'href="?lang=en&amp;sector=A&amp;gathered=poultry-kvemo-kartli"' in (screen.markup["cards"])
    )
    screen.visit(FILE, lang="en", gathered="wine-kakheti")
    assert "Wine, Kakheti ✕" in screen.said("gathered")
    assert "Add another one to compare." in screen.said("gathered")
    assert card(screen, "Wine, Kakheti")[-1] == "✓ To be compared"
    both = "wine-kakheti,furniture-tbilisi"
    screen.visit(FILE, lang="en", gathered=both)
    assert f"clusters={both}" in screen.markup["gathered"]
    # Ten are too many to be compared at once: nothing is offered.
    screen.visit(FILE, lang="en")
    assert screen.said("gathered") == ""


def test_no_more_than_can_be_compared(georgia_at_home: None) -> None:
    everything = re.findall(r'cluster=([\w-]+)"', Screen(FILE, lang="en").markup["cards"])
    assert len(everything) == 10
    screen = Screen(FILE, lang="en", gathered=",".join(everything[:6]))
    assert "At most 6 clusters are compared" in card(screen, "Apparel, Tbilisi")
    assert card(screen, "Wine, Kakheti")[-1] == "✓ To be compared"


def test_why_nothing_fits_is_said(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en", find="wine", organisation="recorded")
    assert "cards" not in screen.markup
    assert screen.said("none").split("\n") == [
        "No cluster published by name fits all of these choices together.",
        "“wine”: alone 3 clusters, without it 4 clusters",
        "Organisation: Has a cluster organisation: alone 4 clusters, without it 3 clusters",
        "Show all clusters",
    ]
    assert 'href="?lang=en&amp;organisation=recorded">4 clusters' in screen.markup["none"]
    assert 'href="?lang=en">Show all clusters' in screen.markup["none"]
    screen.visit(FILE, lang="en", find="<b>beer")
    assert screen.said("none").startswith("“<b>beer” begins no word in the name, product or")
    assert "<b>beer" not in screen.markup["none"]
    georgian = Screen(FILE, lang="ka", find="wine", organisation="recorded")
    assert "„wine“: ცალკე 3 კლასტერი, მის გარეშე 4 კლასტერი" in georgian.said("none")


@pytest.mark.parametrize(
    ("language", "stage", "figures"),
    [
        ("en", "Stage: emerging", "Food here, 2020: location quotient 1.20, 2 stars"),
        ("ka", "ეტაპი: ჩამოყალიბების პროცესში", "2020: ლოკალიზაციის კოეფიციენტი 1,20"),
    ],
)
def test_toylands_cluster(language: str, stage: str, figures: str, toyland_at_home: None) -> None:
    screen = Screen(FILE, lang=language)
    (name,) = re.findall(r'cluster=food-south">([^<]*)<', screen.markup["cards"])
    said = " ".join(card(screen, name))
    assert stage in said
    assert figures in said


def test_clusters(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en")
    assert screen.titles == ["Clusters in Georgia"]
    assert screen.said("lead").startswith("10 clusters are published by name.\n")
    assert "mapped 57 clusters in Georgia" in screen.said("lead")
    assert screen.markup["cards"].count('class="card"') == 10
    assert len(screen.map["clusters"]["data"]) == 10
    assert Screen(FILE, lang="ka").titles == ["საქართველოს კლასტერები"]


def test_clusters_narrowed(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en", find="tbil", organisation="recorded", order="name")
    assert screen.said("found").startswith("3 clusters of 10 fit.")
    assert re.findall(r"(\w+), Tbilisi\n", screen.said("cards")) == [
        "Apparel", "Furniture", "Pharmaceutical",
    ]  # fmt: skip
    assert len(screen.map["clusters"]["data"]) == 3
    assert screen.map_alternative == "Map of the clusters of Georgia: Tbilisi (3)."
    assert "Tbilisi (3)" in screen.labels
    assert "Kakheti (0)" in screen.labels
    screen.choose("sector", "A")
    assert screen.address["sector"] == "A"
    assert screen.said("found").startswith("0 clusters of 10 fit.")
    assert 'href="?lang=en&amp;order=name"' in screen.markup["found"]
    assert "clusters" not in screen.map
    assert "cards" not in screen.markup
    assert screen.errors == []
    screen.choose("sector", "any")
    assert screen.said("found").startswith("3 clusters of 10 fit.")
    assert screen.notices == []
