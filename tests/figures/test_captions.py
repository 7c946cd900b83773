"""The words around a map, from Georgia's published figures and from toyland's hostile names."""

from __future__ import annotations

import pytest

from atlas.analysis.map import map_view
from atlas.figures import captions, leads
from atlas.model import MapView, Release
from atlas.text import Text

GEORGIAN, ENGLISH = Text("ka"), Text("en")


@pytest.fixture(scope="module")
def manufacturing(georgia: Release) -> MapView:
    return map_view(georgia, metric="location_quotient", industry="C", year=2022)


def test_the_heading_names_sector_country_and_year(manufacturing: MapView) -> None:
    assert captions.heading(manufacturing, ENGLISH) == "Manufacturing in Georgia’s regions, 2022"
    assert (
        captions.heading(manufacturing, GEORGIAN)
        == "დამამუშავებელი მრეწველობა საქართველოს რეგიონებში, 2022"
    )


def test_the_lead_says_where_it_concentrates_who_lies_below_and_who_has_no_data(
    manufacturing: MapView,
) -> None:
    assert captions.plain(leads.lead(manufacturing, ENGLISH)) == (
        "Manufacturing: most concentrated in Mtskheta-Mtianeti (3.13 times the national share)"
        " and Kakheti (2.27). Only Tbilisi lies below the national share (0.63)."
        " Abkhazia: no data."
    )


def test_several_below_the_national_share_are_counted(georgia: Release) -> None:
    view = map_view(georgia, metric="location_quotient", industry="J", year=2022)
    below = int((view.regions["value"] < 1).sum())
    assert below == 10
    assert "10 of 11 regions with data lie below" in captions.plain(leads.lead(view, ENGLISH))


def test_growth_is_told_as_growth(georgia: Release) -> None:
    view = map_view(georgia, metric="growth", industry="C", year=2022, since=2012)
    assert captions.figure_name(view, ENGLISH) == "Growth since 2012"
    said = captions.plain(leads.lead(view, ENGLISH))
    assert "grew most in Mtskheta-Mtianeti (+142%)" in said
    assert "Only Imereti shrank (−15%)." in said


def test_values_read_in_the_manner_of_their_unit_and_language() -> None:
    assert captions.value_text(2.2723, "ratio", ENGLISH) == "2.27"
    assert captions.value_text(0.277, "share", GEORGIAN) == "27,7\u00a0%"
    assert captions.value_text(-0.15, "change", ENGLISH) == "−15%"
    assert captions.value_text(6287, "amount", GEORGIAN) == "6\u00a0287"
    assert captions.value_text(864.7, "amount", ENGLISH, "turnover") == "864.7"


def test_file_names_say_what_is_inside(manufacturing: MapView, georgia: Release) -> None:
    assert (
        captions.file_name(manufacturing, GEORGIAN, "png")
        == "georgia_manufacturing_location-quotient_2022_ka.png"
    )
    turnover = map_view(georgia, metric="amount", measure="turnover", industry="C", year=2021)
    assert (
        captions.file_name(turnover, ENGLISH, "png") == "georgia_manufacturing_turnover_2021_en.png"
    )


def test_names_with_markup_come_out_escaped(toyland: Release) -> None:
    view = map_view(toyland, metric="location_quotient", industry="A", year=2020)
    lead = leads.lead(view, ENGLISH)
    assert "South &amp; &lt;b&gt;Sea&lt;/b&gt;" in lead
    assert "<b>" not in lead


def test_source_and_coverage_come_from_the_edition(manufacturing: MapView) -> None:
    line = captions.source_line(manufacturing, ENGLISH)
    assert line.startswith("Source: National Statistics Office of Georgia (Geostat), ")
    assert line.endswith("Persons employed, 2022.")
    assert "Abkhazia" in str(captions.coverage(manufacturing.release, ENGLISH))
    assert "საქსტატი" in captions.source_line(manufacturing, GEORGIAN)
