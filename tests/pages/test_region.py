"""The page Region in words: strongest sectors, structure, change, peers, and what is missing."""

from __future__ import annotations

import re

import pytest
from screen import Screen, rows

FILE = "pages/explore/region.py"


@pytest.fixture
def kakheti(georgia_at_home: None) -> Screen:
    return Screen(FILE, lang="en", region="GE-KA")


def lines(screen: Screen, key: str) -> list[str]:
    return screen.said(key).split("\n")


def test_strongest_sectors_with_their_size(kakheti: Screen) -> None:
    said = lines(kakheti, "strongest")
    at = said.index("Agriculture, forestry, fishing")
    assert said[at + 1 : at + 3] == ["2,240, 17.0% of the sector in Georgia", "5.84"]
    # Only those with at least the country's share: four.
    assert sum(" of the sector in Georgia" in line for line in said) == 4
    assert (
        "map?lang=en&amp;region=GE-KA&amp;measure=employment&amp;year=2022&amp;industry=A"
        in (kakheti.markup["strongest"])
    )


def test_structure_has_its_figures_as_words(kakheti: Screen) -> None:
    markup, said = kakheti.markup["structure"], kakheti.said("structure")
    assert 'aria-label="Manufacturing: Kakheti: 27.7%; Georgia: 12.2%"' in markup
    assert markup.count('role="img"') == 17
    assert said.startswith(
        "Share of each sector in the total of all sectors (Persons employed). Farthest above the"
        " country: Manufacturing (+15.5 points). Farthest below the country: Transport and storage"
        " (−5.4 points)."
    )
    assert "The sectors with figures hold 100.0% of its total." in said
    assert "Not in the figures: Finance and insurance; Public administration;" in said
    # The largest share, Trade's, takes the whole width.
    assert re.search(r'<rect y="0" width="100\.00%"', markup)


def test_change_adds_up_and_is_said(kakheti: Screen) -> None:
    said = lines(kakheti, "change")
    assert said[0] == (
        "Growth like the whole country’s would alone have brought +7,421. It leaned to sectors that"
        " then grew more slowly than the country (−1,478). Its sectors grew faster than the same"
        " sectors in the country (+593). Won most against the country: Manufacturing (+1,700);"
        " Agriculture, forestry, fishing (+1,057). Lost most: Construction (−1,468); Electricity,"
        " gas, steam (−736)."
    )
    assert [said[said.index(name) + 2] for name in (
        "National share", "Industry mix", "Regional shift", "Change from 2012 to 2022",
    )] == ["+7,421", "−1,478", "+593", "+6,536"]  # fmt: skip
    assert "Persons employed; 17 sectors with figures for both years" in said
    assert said[-1] == "The published totals of all sectors changed by +6,537."
    assert 'href="methods?lang=en#industry_mix"' in kakheti.markup["change"]


def test_the_first_year_has_no_change(georgia_at_home: None) -> None:
    first = Screen(FILE, lang="en", region="GE-KA", year="2006")
    assert "since 2006" not in first.words
    assert "Growth" not in first.said("sectors")
    map_page = Screen(lang="en", metric="growth", year="2006", industry="C")
    # Not nought: nothing is known of a change from a year to itself.
    assert {row[1] for row in rows(map_page.markup["table"])[1:] if len(row) > 1} == {"no data"}


def test_change_without_the_year_it_begins_in(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en", region="GE-KA", year="2010")
    assert screen.said("change") == (
        "The change cannot be taken apart: there are no figures of the same sectors for 2000, ten"
        " years before."
    )
    left_out = Screen(FILE, lang="en", region="GE-SK").said("change")
    assert (
        "Left out, without figures for one of the years: Electricity, gas, steam; Water supply and"
        " waste."
    ) in left_out
    assert "15 sectors with figures for both years" in left_out


def test_similar_regions_and_neighbours(kakheti: Screen) -> None:
    said = lines(kakheti, "similar")
    at = said.index("Shida Kartli")
    assert said[at : at + 9] == [
        "Shida Kartli", "over 15 sectors", "0.32", "Mtskheta-Mtianeti", "over 17 sectors", "0.43",
        "Samtskhe-Javakheti", "over 16 sectors", "0.47",
    ]  # fmt: skip
    assert "0: the same, 2: nothing in common (Persons employed, 2022)." in kakheti.said("similar")
    assert said[-1] == "It shares a border with Kvemo Kartli and Mtskheta-Mtianeti."
    # The link to compare takes the same regions.
    assert "regions=GE-KA,GE-SK,GE-MM,GE-SJ" in kakheti.markup["side"]


def test_what_it_lacks_with_the_rule(kakheti: Screen) -> None:
    rule = (
        "Sectors in which at least 2 of its 3 most similar regions have a location quotient of at"
        " least 1 and it has less than 0.5."
    )
    assert rule in kakheti.said("lacks")
    assert "By this rule it lacks no sector." in kakheti.said("lacks")
    kakheti.visit(FILE, lang="en", region="GE-IM")
    said = lines(kakheti, "lacks")
    assert said[1:] == [
        "Agriculture, forestry, fishing", "Kvemo Kartli: 4.00 and Shida Kartli: 3.21", "0.46",
        "Water supply and waste", "Adjara A.R.: 1.23 and Kvemo Kartli: 1.16", "0.25",
    ]  # fmt: skip


def test_the_structure_in_figures(kakheti: Screen) -> None:
    said = lines(kakheti, "whole")
    assert said[1:4] == [
        "Equivalent number",
        "larger: more evenly spread; regions: 4.7 to 8.2",
        "5.1 sectors",
    ]
    assert said[said.index("Krugman index against the rest") + 2] == "0.58"
    assert said[said.index("Entropy") + 2] == "2.91 bits"
    assert "Related variety" not in said
    assert 'href="methods?lang=en#entropy"' in kakheti.markup["whole"]
    assert "not taken as zero" not in kakheti.said("whole")
    kakheti.visit(FILE, lang="en", region="GE-RL")
    assert lines(kakheti, "whole")[-1] == (
        "Over the sectors that have a figure; the others are left out, not taken as zero."
    )


def test_a_missing_share_says_so(georgia_at_home: None) -> None:
    markup = Screen(FILE, lang="en", region="GE-RL").markup["structure"]
    assert 'aria-label="Education: Racha-Lechkhumi and Kvemo Svaneti: no data; Georgia: 3.0%"' in (
        markup
    )


def test_a_region_without_figures(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en", region="GE-AB")
    figures = {"strongest", "structure", "change", "lacks", "whole", "sectors", "footnotes"}
    assert not figures & set(screen.markup)
    said = lines(screen, "similar")
    assert "Without figures it cannot be compared with other regions." in said
    assert said[-1] == "It shares a border with Samegrelo-Zemo Svaneti."
    assert "Compare with the regions most like it" not in screen.said("side")


def test_money_has_a_decimal(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en", region="GE-KA", measure="turnover")
    parts = [line for line in lines(screen, "change") if re.fullmatch(r"[+−][\d,.]+", line)]
    assert len(parts) == 4
    assert "Turnover, million GEL; 17 sectors with figures for both years" in screen.said("change")
    assert "Turnover, million GEL, all sectors" in screen.said("cards")
    assert all(re.fullmatch(r"[+−][\d,]+\.\d", part) for part in parts)


def test_toyland_has_too_few_regions_for_the_rule(toyland_at_home: None) -> None:
    screen = Screen(FILE, lang="en", region="XT-N")
    assert screen.said("lacks") == ("Fewer than 2 other regions have figures to compare with it.")
    assert "South & <b>Sea</b>" in lines(screen, "similar")


def test_in_georgian(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="ka", region="GE-KA")
    assert "უძლიერესი სექტორები" in screen.titles
    assert "2,91 ბიტი" in lines(screen, "whole")
    assert "ცვლილება 2012–2022 წლებში" in lines(screen, "change")


def test_region(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en", region="GE-KA")
    assert screen.titles[0] == "Kakheti, 2022"
    table = rows(screen.markup["sectors"])
    assert table[1][:2] == ["Agriculture, forestry, fishing", "5.84"]
    assert ["Manufacturing", "2.27"] in [row[:2] for row in table]
    assert "299,900" in screen.said("cards")
    empty = Screen(FILE, lang="en", region="GE-AB")
    (said,) = empty.notices
    assert said.startswith("No figures are published for Abkhazia. ")


def test_region_leaves_entities_without_activity_aside(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en", region="GE-TB", measure="establishments")
    assert len(rows(screen.markup["sectors"])) > 15
    assert "Activity not stated" not in screen.said("sectors")
