"""The page Compare in words: its lead, table, heat map, choices, and what it does without them."""

from __future__ import annotations

import re

import pytest
from screen import Screen, rows, words_of

FILE = "pages/explore/compare.py"
FOUR = "GE-KA,GE-IM,GE-KK,GE-AJ"
NO_BREAK = "\u00a0"


@pytest.fixture
def four(georgia_at_home: None) -> Screen:
    return Screen(FILE, lang="en", regions=FOUR)


def test_lead_and_paragraphs_say_what_the_figures_say(four: Screen) -> None:
    assert four.titles[0] == "Four regions side by side, 2022"
    assert four.said("lead") == (
        "Mining and quarrying sets them apart most: Kvemo Kartli (7.95 times the national share),"
        " Imereti (4.92), Kakheti (0.58) and Adjara A.R. (0.13). In structure Imereti and Kvemo"
        " Kartli are the most alike, Kakheti and Adjara A.R. the least (Krugman index 0.43 and"
        " 0.67; 0: alike, 2: nothing in common; Persons employed, 17 sectors)."
    )
    kakheti, imereti, kvemo_kartli, adjara = four.said("words").split("\n")
    assert kakheti.startswith(
        "Kakheti stands on Agriculture, forestry, fishing (5.84) and Manufacturing (2.27):"
        " together 38% of its total."
    )
    assert "Unemployment rate: the lowest of those compared (12.0%)." in kakheti
    assert "It grew least of those compared since 2012: +35.7% (Persons employed)." in imereti
    assert "It has the highest turnover per person employed (184.6 thousand GEL)." in kvemo_kartli
    assert "the most mixed of those compared (7.9 equivalent sectors)." in adjara


def test_the_table_names_year_source_and_what_is_missing(four: Screen) -> None:
    table = rows(four.markup["table"])
    assert table[0] == ["Figure", "Kakheti", "Imereti", "Kvemo Kartli", "Adjara A.R.", "Georgia"]
    found = {row[0].split("\n")[0]: row for row in table[1:]}
    about = found["Turnover per person employed"][0].split("\n")[1:]
    assert " ".join(about) == "thousand GEL · 2022 · source 2"
    assert found["Population"][1:] == ["299,900", "442,300", "436,000", "363,200", "3,694,600"]
    assert found["Turnover per person employed"][1:] == [
        "122.2", "133.8", "● 184.6", "146.0", "233.5",
    ]  # fmt: skip
    assert found["Unemployment rate"][1:] == ["● 12.0%", "20.0%", "21.7%", "12.2%", "no data"]
    assert found["Difference from the rest of the country"][1:] == [
        "0.58", "0.45", "0.62", "0.38", "n/a",
    ]  # fmt: skip
    assert found["Equivalent number of sectors"][1:] == ["5.1", "7.2", "7.5", "7.9", "7.6"]
    assert found["Clusters published by name"][1:] == ["1", "0", "2", "0", "10"]
    notes = four.said("table")
    assert "Source 1: National Statistics Office of Georgia (Geostat), Regional statistics" in notes
    assert "Not in the figures: Finance and insurance, Public administration" in notes
    assert "left out of shares" not in notes


def test_missing_sectors_are_said_to_be_left_out(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en", regions="GE-RL,GE-KA")
    assert (
        "Racha-Lechkhumi and Kvemo Svaneti: 13 of 17 sectors have a figure; they hold 99.9% of its"
        " total. The others are left out of shares and indices, not taken as zero."
    ) in screen.said("table")
    (education,) = (row for row in rows(screen.markup["sectors"]) if row[0] == "Education")
    assert education[1:] == ["no data", "0.38"]
    assert "The structures of Racha-Lechkhumi and Kvemo Svaneti and Kakheti differ by" in (
        screen.said("lead")
    )


def test_the_heat_map_takes_the_map_s_colours_and_leads_to_the_map(four: Screen) -> None:
    markup = four.markup["sectors"]
    table = rows(markup)
    assert table[1] == ["Mining and quarrying", "0.58", "4.92", "7.95", "0.13"]
    assert table[-1] == ["Trade and vehicle repair", "1.09", "0.87", "0.73", "0.81"]
    assert len(table) == 18
    assert 'background:#B75A26;color:#FFFFFF">7.95<' in markup
    assert 'background:#1B6D9B;color:#FFFFFF">0.13<' in markup
    assert 'href="map?lang=en&amp;industry=B&amp;measure=employment&amp;year=2022"' in markup


def test_georgian(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="ka", regions=FOUR)
    assert screen.titles[0] == "ოთხი რეგიონის შედარება, 2022"
    assert "ქვემო ქართლი (ლოკალიზაციის კოეფიციენტი 7,95), იმერეთი (4,92)" in screen.said("lead")
    assert f"21,7{NO_BREAK}%" in screen.said("table")
    assert f"299{NO_BREAK}900" in screen.said("table")


def test_links_move_a_region_or_take_it_out(four: Screen) -> None:
    offers = dict(
        re.findall(r'<a href="\?[^"]*regions=([^"&]*)[^"]*" title="([^"]*)"', four.markup["maps"])
    )
    assert offers["GE-IM,GE-KK,GE-AJ"] == "Remove Kakheti"
    assert offers["GE-KA,GE-IM,GE-AJ,GE-KK"] in (
        "Move Kvemo Kartli to the right", "Move Adjara A.R. to the left",
    )  # fmt: skip
    assert "Move Kakheti to the left" not in offers.values()


def test_choosing_regions_writes_the_address(four: Screen) -> None:
    assert four.chosen["regions"] == FOUR.split(",")
    four.choose("regions", ["GE-KA", "GE-AJ", "GE-TB"])
    assert four.address["regions"] == "GE-KA,GE-AJ,GE-TB"
    assert four.titles[0] == "Three regions side by side, 2022"
    four.choose("regions", [])
    assert four.address["regions"] == "none"
    assert four.notices == ["Add regions above: two to six can be compared."]


def test_fewer_than_two_say_what_to_do(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en", regions="GE-KA")
    assert (screen.errors, screen.titles) == ([], ["Compare regions"])
    assert screen.notices == ["Add regions above: two to six can be compared."]
    assert screen.said("beside") == "Compare Kakheti with the regions most like it →"
    assert "regions=GE-KA,GE-SK,GE-MM,GE-SJ" in screen.markup["beside"]


@pytest.mark.parametrize(
    "regions",
    ["GE-KA,XX", "XX", "GE", "", "GE-KA,GE-IM,GE-KK,GE-AJ,GE-TB,GE-SK,GE-GU"],
)
def test_regions_that_are_not_there_are_noticed(regions: str, georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en", regions=regions)
    assert screen.errors == []
    assert screen.titles[0] == "Four regions side by side, 2022"
    (said,) = screen.notices
    assert said.startswith(f"The address asks for “{regions}” as “regions”")


def test_a_region_named_twice_counts_once(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en", regions="GE-KA,GE-IM,GE-KA")
    assert screen.titles[0] == "Two regions side by side, 2022"


def test_the_selected_region_stands_with_those_most_like_it(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en", region="GE-KA")
    assert screen.chosen["regions"] == ["GE-KA", "GE-SK", "GE-MM", "GE-SJ"]


@pytest.mark.parametrize("page", ["pages/explore/map.py", "pages/explore/region.py"])
def test_a_region_leads_to_its_comparison(page: str, georgia_at_home: None) -> None:
    screen = Screen(page, lang="en", region="GE-KA")
    markup = screen.markup["panel" if "map" in page else "side"]
    (address,) = re.findall(r'href="(compare[^"]*)"', markup)
    assert "regions=GE-KA,GE-SK,GE-MM,GE-SJ" in address


def test_clusters_side_by_side(georgia_at_home: None) -> None:
    screen = Screen(FILE, lang="en", what="clusters", clusters="wine-kakheti,furniture-tbilisi")
    assert screen.titles[0] == "Two clusters side by side"
    assert screen.said("lead").startswith("An organisation that runs it is recorded for 1 of 2.")
    found = {row[0]: row[1:] for row in rows(screen.markup["table"])}
    assert found["Rank"] == ["1 of 10 published", "7 of 10 published"]
    assert found["Organisation"][0] == "not known"
    assert "Furniture" in found["Organisation"][1]
    assert found["Vision"] == ["not known", "not known"]
    sector = {row[0]: row[1:] for row in rows(screen.markup["sectors"])}
    assert sector["Location quotient"] == ["2.27", "0.63"]
    assert sector["Persons employed"] == ["6,287", "37,085"]
    assert "They are not the clusters’ own." in screen.said("sectors")
    screen.choose("clusters", ["wine-kakheti"])
    assert screen.notices == ["Add clusters above: two to six can be compared."]


def test_an_edition_with_one_cluster_offers_regions_alone(toyland_at_home: None) -> None:
    screen = Screen(FILE, lang="en", what="clusters")
    assert screen.titles[0].startswith("Two regions side by side")
    assert screen.errors == []
    assert "<b>Sea</b>" not in screen.markup["maps"]
    assert "South & <b>Sea</b>" in words_of(screen.markup["maps"]).replace("&lt;", "<")
