"""Discovery: several rules at once, as a reader sees and moves them."""

from __future__ import annotations

import pytest
from screen import Screen, rows

from atlas.text import languages

DISCOVERY = "pages/analyse/discovery.py"
WIDE = ("Mining and quarrying", "Kvemo Kartli", "6 of 6", "7.95", "6,088", "● 3", "● 3")


@pytest.fixture
def screen(georgia_at_home: None) -> Screen:
    return Screen(DISCOVERY, lang="en")


def test_what_it_says(screen: Screen) -> None:
    assert screen.titles == ["What several rules call clusters in Georgia, 2022"]
    assert screen.said("lead") == (
        "All 6 rules agree that 15 of 180 cells (a sector in a region) are clusters; at least 3"
        " rules call 49 so, at least one calls 72. Most agreed on: Mining and quarrying, Kvemo"
        " Kartli (6 of 6); Agriculture, forestry, fishing, Kakheti (6 of 6); Mining and quarrying,"
        " Imereti (6 of 6)."
    )
    assert screen.map_alternative == screen.said("lead")
    rules = [screen.said(f"rule_{number}") for number in range(1, 7)]
    for called, said in zip((39, 62, 50, 34, 19, 46), rules, strict=True):
        assert f"\n{called} of 180\n" in said
        assert "changed" not in said


def test_what_it_says_in_georgian(georgia_at_home: None) -> None:
    screen = Screen(DISCOVERY, lang="ka")
    assert screen.titles == ["საქართველო\\: კლასტერები სხვადასხვა წესით, 2022"]
    assert screen.said("lead").startswith(
        "სექტორისა და რეგიონის 180 წყვილიდან კლასტერია: ყველა წესით (სულ 6) – 15, მინიმუმ 3 წესით"
        " – 49, ერთი წესით მაინც – 72."
    )
    assert rows(screen.markup["table"])[1][:4] == [
        "სამთომოპოვებითი მრეწველობა", "ქვემო ქართლი", "6-დან 6", "7,95",
    ]  # fmt: skip
    assert "180-დან 39" in screen.said("rule_1")


def test_the_table(screen: Screen) -> None:
    table = rows(screen.markup["table"])
    assert table[1] == [*WIDE, "●", "●", "●", "●", "Why?"]
    assert len(table) == 1 + 50
    assert "50 of 204 cells are shown" in screen.said("table")
    markup = screen.markup["table"]
    assert 'aria-label="called a cluster: 3 stars"' in markup
    assert 'aria-label="not called"' in markup
    assert (
        "map?lang=en&amp;industry=B&amp;region=GE-KK&amp;year=2022&amp;measure=employment" in markup
    )
    assert "metric=agreement" in markup


def test_the_map_counts_sectors_by_circles(screen: Screen) -> None:
    sizes = {circle["id"]: circle["shown"] for circle in screen.map["circles"]["data"]}
    assert len(sizes) == 11
    assert sizes["GE-TB"] == "Sectors agreed on: 8 sectors"
    assert "pattern-hatch" in screen.map
    # There is no half of a sector.
    assert "0.5" not in screen.said("legend")
    more = Screen(DISCOVERY, lang="en", agree="6")
    assert {c["id"]: c["shown"] for c in more.map["circles"]["data"]}["GE-TB"].endswith(
        ": 3 sectors"
    )


def test_the_map_of_one_sector_is_coloured(georgia_at_home: None) -> None:
    screen = Screen(DISCOVERY, lang="en", industry="C", region="GE-KA")
    assert screen.titles == ["Manufacturing\\: what several rules call clusters, 2022"]
    regions = screen.regions()
    assert regions["GE-KA"]["shown"] == "Agreement of the rules: 6 rules"
    assert regions["GE-AB"]["shown"] == "Agreement of the rules: no data"
    assert "circles" not in screen.map
    assert "6 rules\n1 region" in screen.said("legend")
    assert "5 rules\n0 regions" in screen.said("legend")
    assert "Selected: Kakheti" in screen.said("lead")
    assert [row[1] for row in rows(screen.markup["table"])[1:]] == ["Kakheti"]
    assert "Most agreed on: Manufacturing, Kakheti (6 of 6)." in screen.said("lead")


def test_a_threshold_moves_the_counts(screen: Screen) -> None:
    screen.choose("statsamerica.quotient_at_least", 1.5)
    assert screen.address == {"lang": "en", "statsamerica.quotient_at_least": "1.5"}
    rule = screen.said("rule_3")
    assert "32 of 180" in rule
    assert "Changed to 1.5 (published: 1.2): The location quotient must be at least this." in rule
    assert "39 of 180" in screen.said("rule_1")
    assert "All thresholds as published" in screen.said("rules")
    published = "explains the rules as they are published"
    assert published in screen.said("table")
    assert 'href="?lang=en"' in screen.markup["rules"]
    # Back to the published value: nothing is left of it in the address.
    screen.choose("statsamerica.quotient_at_least", 1.2)
    assert screen.address == {"lang": "en"}
    assert "50 of 180" in screen.said("rule_3")
    assert "All thresholds as published" not in screen.said("rules")
    assert published not in screen.said("table")


def test_every_threshold_is_an_input(screen: Screen) -> None:
    words = [word for word in screen.chosen if "." in word]
    assert len(words) == 3 + 3 + 1 + 3 * 4 + 2
    assert screen.chosen["us_strong.quantile"] == 0.75
    assert screen.chosen["uc_yildiz.calls"] == 3


def test_how_the_rules_overlap(screen: Screen) -> None:
    table = rows(screen.markup["together"])
    assert table[0] == ["Rule", "1", "2", "3", "4", "5", "6"]
    assert table[1] == [
        "1. Stars of the European Cluster Observatory", "39", "30", "28", "22", "17", "24",
    ]  # fmt: skip
    assert table[5][-2:] == ["19", "19"]


def test_a_year_without_establishments(georgia_at_home: None) -> None:
    screen = Screen(DISCOVERY, lang="en", year="2008")
    assert screen.said("lead").startswith(
        "All 3 rules that can judge agree that 22 of 167 cells (a sector in a region) are clusters"
    )
    first = rows(screen.markup["table"])[1]
    assert first[2] == "3 of 3 that could judge"
    assert first[-4:-1] == ["?", "?", "?"]
    assert "cannot judge" in screen.said("rule_4")
    assert "Strong cluster (U.S.) cannot judge in 2008" in screen.said("notes")
    assert rows(screen.markup["together"])[4][1:] == ["?"] * 6


def test_notes_say_what_to_bear_in_mind(screen: Screen) -> None:
    notes = screen.said("notes")
    assert "No rule here is the definition of a cluster." in notes
    assert "11 regions have figures: rules that rank regions say little with so few." in notes
    assert "Such cells are marked “few”." in notes
    assert "2. Three stars (Turkey): Turkish cluster mapping literature" in notes
    assert "another measure" not in notes
    money = Screen(DISCOVERY, lang="en", measure="turnover")
    assert "here they are applied to another measure" in money.said("notes")
    assert "marked “few”" not in money.said("notes")


@pytest.mark.parametrize("language", languages())
def test_toyland_has_levels_and_details(language: str, toyland_at_home: None) -> None:
    screen = Screen(DISCOVERY, lang=language, depth="2", level="1")
    assert screen.errors == []
    assert screen.chosen["depth"] == "2"
    assert len(rows(screen.markup["table"])) == 1 + 3 * 2
    other = Screen(DISCOVERY, lang=language, level="2")
    assert set(other.regions()) == {"XT-N1", "XT-N2"}
    assert "<b>Sea</b>" not in "".join(screen.markup.values())
