"""What the map can be made to do: classes, playing, comparing, going down a level."""

from __future__ import annotations

import re
from typing import Any

import pytest
from screen import Screen, words_of

from atlas.analysis.snapshot import view_of
from atlas.figures.legends import classes_note
from atlas.figures.legends import legend as entries
from atlas.snapshot import Snapshot
from atlas.text import Text

COMPARE = "pages/explore/compare.py"


def legend(screen: Screen) -> list[str]:
    return screen.said("legend").split("\n")


def test_another_method_makes_other_classes(georgia_at_home: None) -> None:
    screen = Screen(lang="en", year="2022")
    screen.choose("classes", "quantiles")
    screen.choose("number", 4)
    assert screen.address == {"lang": "en", "year": "2022", "classes": "quantiles", "number": "4"}
    lines = legend(screen)
    assert "· Equal numbers of regions (quantiles), 4 classes" in lines
    assert [line for line in lines if re.fullmatch(r"\d+ regions?", line)] == [
        "3 regions", "3 regions", "2 regions", "3 regions", "1 region",
    ]  # fmt: skip
    # Four fills, and the ground of what has no data.
    assert len({tuple(found["fill"]) for found in screen.regions().values()}) == 5


def test_own_breaks_are_kept_in_the_address(georgia_at_home: None) -> None:
    screen = Screen(lang="en")
    assert "number" not in screen.chosen
    screen.choose("classes", "own")
    screen.choose("breaks", "1 2")
    assert screen.address["breaks"] == "1 2"
    lines = legend(screen)
    assert {"under 1", "1 – 2", "2 and over", "8 regions"} <= set(lines)
    assert screen.notices == []


@pytest.mark.parametrize("breaks", ["2 1", "a b", "1 1", "1 2 3 4 5 6 7", "nan", "inf", "1 <b>"])
def test_breaks_that_cannot_be_are_said(breaks: str, georgia_at_home: None) -> None:
    screen = Screen(lang="en", classes="own", breaks=breaks)
    assert screen.errors == []
    (said,) = screen.notices
    assert "cannot be the breaks between classes\\: write one to six numbers" in said
    assert "under 0.5" in legend(screen)
    (said,) = Screen(lang="ka", classes="own", breaks=breaks).notices
    assert "კლასების ზღვრებად ვერ გამოდგება" in said


def test_breaks_of_shares_are_typed_as_the_legend_shows_them(georgia_at_home: None) -> None:
    screen = Screen(lang="en", metric="focus", classes="own", breaks="10 20")
    assert {"under 10%", "10% – 20%", "20% and over"} <= set(legend(screen))
    georgian = Screen(lang="ka", metric="focus", classes="own", breaks="12,5 20")
    assert "12,5\u00a0%" in georgian.said("legend")


@pytest.mark.parametrize(
    "how", [{"breaks": (10, 12.5, 20)}, {"classes": "natural", "number": 4, "same": True}]
)
def test_the_link_of_a_snapshot_shows_its_classes(
    how: dict[str, Any], georgia_at_home: None
) -> None:
    snapshot = Snapshot("georgia", metric="focus", industry="C", year=2022, **how)
    view, text = view_of(snapshot), Text("en")
    screen = Screen(**snapshot.words())
    assert screen.notices == []
    lines = legend(screen)
    assert [entry.label for entry in entries(view, text)] == [
        line for line in lines if line in {entry.label for entry in entries(view, text)}
    ]
    assert f"· {classes_note(view, text)}" in lines


def test_the_same_classes_for_all_years(georgia_at_home: None) -> None:
    words = {"lang": "en", "metric": "focus", "same": "yes"}
    early, late = Screen(year="2006", **words), Screen(year="2022", **words)
    assert "· Same classes for all years" in legend(early)

    def ranges(screen: Screen) -> list[str]:
        return [line for line in legend(screen) if "%" in line]

    assert ranges(early) == ranges(late)
    assert ranges(late) != ranges(Screen(lang="en", metric="focus", year="2022"))
    circles = Screen(lang="en", metric="employment", same="yes", year="2006")
    assert "· Same sizes for all years" in legend(circles)


def test_classes_of_rules_cannot_be_chosen(georgia_at_home: None) -> None:
    screen = Screen(lang="en", metric="agreement")
    assert not {"classes", "number", "breaks", "same"} & set(screen.chosen)


def test_the_play_goes_year_by_year(georgia_at_home: None) -> None:
    screen = Screen(lang="en", region="GE-KA", year="2020")
    assert screen.play == {
        "next": "?+year=2021&same=yes",
        "first": "?+year=2006&same=yes",
    }
    assert Screen(lang="en").play["next"] is None
    assert 'aria-label="Play through the years"' in screen.markup["play"]


def test_a_region_s_figure_through_the_years(georgia_at_home: None) -> None:
    panel = Screen(lang="en", region="GE-KA", year="2012").markup["panel"]
    chart = re.search(r'<div class="through-years">(.*?)</svg>', panel, re.DOTALL)
    assert chart
    assert "Location quotient, 2006–2022" in words_of(panel)
    assert chart[1].count("<circle") == 17
    assert 'aria-label="Location quotient, Kakheti: 2006 1.55, 2022 2.27"' in chart[1]
    assert "<title>2012: 1.60</title>" in chart[1]
    # The country's own quotient is 1 in every year: its amounts say more.
    for metric in ("employment", "location_quotient", "growth"):
        country = Screen(lang="en", metric=metric).markup["panel"]
        assert 'aria-label="Persons employed, Georgia: 2006 ' in country
        assert ', 2022 94,848"' in country
    assert "through-years" not in Screen(lang="en", region="GE-AB").markup["panel"]


def test_one_year_makes_no_chart(toyland_at_home: None) -> None:
    assert "through-years" not in Screen(lang="en", region="XT-N", industry="C10").markup["panel"]


def test_regions_are_gathered_for_a_comparison(georgia_at_home: None) -> None:
    screen = Screen(lang="en", region="GE-KA")
    assert "gathered" not in screen.markup
    assert 'href="?lang=en&amp;region=GE-KA&amp;compare=GE-KA"' in screen.markup["panel"]
    assert 'title="Add Imereti to the comparison"' in screen.markup["table"]
    two = Screen(lang="en", region="GE-KA", compare="GE-KA,GE-IM")
    assert two.said("gathered") == "2 regions to compare:Kakheti ✕Imereti ✕Compare →Clear"
    line = two.markup["gathered"]
    assert 'href="compare?lang=en&amp;compare=GE-KA,GE-IM&amp;regions=GE-KA,GE-IM"' in line
    assert 'href="?lang=en&amp;region=GE-KA&amp;compare=GE-IM"' in line
    assert 'href="?lang=en&amp;region=GE-KA"' in line
    assert "✓ To be compared" in two.said("panel")
    # It goes along to other pages.
    assert "compare=GE-KA,GE-IM" in two.markup["panel"].split("Region page")[0]
    assert Screen(COMPARE, lang="en", compare="GE-KA,GE-IM").chosen["regions"] == [
        "GE-KA", "GE-IM",
    ]  # fmt: skip


def test_at_most_six_are_gathered(georgia_at_home: None) -> None:
    six = "GE-KA,GE-IM,GE-TB,GE-AJ,GE-GU,GE-SZ"
    screen = Screen(lang="en", region="GE-RL", compare=six)
    assert "At most 6 regions are compared" in screen.said("panel")
    seven = Screen(lang="en", compare=f"{six},GE-RL")
    assert len(seven.notices) == 1
    assert "gathered" not in seven.markup
    assert len(Screen(lang="en", compare="GE-KA,XX").notices) == 1


def test_levels_have_a_switch_and_a_way_back(toyland_at_home: None) -> None:
    screen = Screen(lang="en", industry="C10")
    assert screen.said("way").replace("\n", "") == "ToylandLevel 1Level 2"
    assert set(screen.regions()) == {"XT-N", "XT-S", "XT-E"}
    second = Screen(lang="en", industry="C10", level="2")
    assert set(second.regions()) == {"XT-N1", "XT-N2"}
    assert "compare" not in second.markup["table"]
    # The one cluster is published by a region of the first level.
    assert "Clusters published" in screen.said("table")
    assert "Clusters published" not in second.said("table")
    assert 'href="?lang=en&amp;industry=C10"' in second.markup["way"]


def test_down_into_a_region_and_up_again(toyland_at_home: None) -> None:
    top = Screen(lang="en", industry="C10", region="XT-N")
    assert (
        'href="?lang=en&amp;industry=C10&amp;within=XT-N">Regions inside North →'
        in (top.markup["panel"])
    )
    inside = Screen(lang="en", industry="C10", within="XT-N", region="XT-N1")
    assert set(inside.regions()) == {"XT-N1", "XT-N2"}
    assert inside.titles == ["Food in North, 2020"]
    assert inside.said("way").replace("\n", " ").split(" › ")[-1] == "North One"
    ups = re.findall(r'<a href="([^"]*)">([^<]*)</a>', inside.markup["way"])
    assert ups == [
        ("?lang=en&amp;industry=C10", "Toyland"),
        ("?lang=en&amp;industry=C10&amp;within=XT-N", "North"),
    ]
    around = Screen(lang="en", industry="C10", within="XT-N")
    assert around.said("panel").startswith("North\n")
    assert around.errors == []
    # Searching goes down, too.
    around.choose("find", "north two")
    assert around.address["region"] == "XT-N2"
    assert (around.address["level"], around.address["within"]) == ("2", "XT-N")


@pytest.mark.parametrize(
    "words",
    [{"level": "3"}, {"within": "XT-S"}, {"within": "XX"}, {"within": "XT-N", "level": "1"}],
)
def test_levels_that_are_not_there_are_noticed(
    words: dict[str, str], toyland_at_home: None
) -> None:
    screen = Screen(lang="en", industry="C10", **words)
    assert screen.errors == []
    assert len(screen.notices) == 1


def test_georgia_has_no_switch(georgia_at_home: None) -> None:
    assert "way" not in Screen(lang="en").markup
