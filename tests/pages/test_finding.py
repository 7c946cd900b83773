"""Finding a region on the map by its name: one is selected, several are offered, none is said."""

from __future__ import annotations

from screen import Screen


def test_one_region_is_selected_as_by_a_click(georgia_at_home: None) -> None:
    screen = Screen(lang="en", industry="A")
    screen.choose("find", "kaheti")
    assert screen.address == {"lang": "en", "industry": "A", "region": "GE-KA"}
    assert "Selected: Kakheti" in screen.said("lead")
    assert screen.chosen["region"] == "GE-KA"
    screen.choose("find", "თბილისი")
    assert screen.address["region"] == "GE-TB"


def test_several_regions_are_offered_as_links(georgia_at_home: None) -> None:
    screen = Screen(lang="en", region="GE-KA")
    screen.choose("find", "svaneti")
    assert screen.address == {"lang": "en", "region": "GE-KA", "find": "svaneti"}
    assert screen.said("found") == (
        "“svaneti” may be:Racha-Lechkhumi and Kvemo Svaneti Samegrelo-Zemo Svaneti"
    )
    assert 'href="?lang=en&amp;region=GE-SZ"' in screen.markup["found"]
    # What was selected stays so until something is chosen.
    assert "Selected: Kakheti" in screen.said("lead")


def test_nothing_found_is_said(georgia_at_home: None) -> None:
    screen = Screen(lang="en")
    screen.choose("find", "Paris <b>")
    assert screen.said("found").startswith("No region is called “Paris <b>” or nearly so.")
    assert "region" not in screen.address
    screen.choose("find", " ")
    assert screen.address == {"lang": "en"}
    assert "found" not in screen.markup
    georgian = Screen(lang="ka", find="პარიზი").said("found")
    assert georgian.startswith("რეგიონი სახელით „პარიზი“ ან მსგავსი სახელით ვერ მოიძებნა.")
