"""The sentences of a picture, held against the figures they are made from."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from atlas.analysis.map import map_view
from atlas.figures.titles import filters, reference, sources, subtitle, title
from atlas.model import Release
from atlas.text import Text


def test_the_title_of_georgia_says_what_the_figures_say(georgia: Release):
    def said(metric: str, language: str = "en", **choice: Any) -> str:
        view = map_view(georgia, metric=metric, year=2022, **{"industry": "C", **choice})
        return title(view, Text(language))

    assert said("location_quotient") == (
        "Manufacturing: most concentrated in Mtskheta-Mtianeti and Kakheti; only Tbilisi lies"
        " below the national share"
    )
    # 37,085 and 11,595 of 94,848 persons.
    assert said("amount") == "Manufacturing: Tbilisi holds 39% of the national total, Imereti 12%"
    assert said("growth") == (
        "Manufacturing: grew most in Mtskheta-Mtianeti (+142%) and Racha-Lechkhumi and Kvemo"
        " Svaneti (+82%) since 2012; only Imereti shrank"
    )
    assert "მცხეთა-მთიანეთი" in said("location_quotient", "ka")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            [0.5, 0.2, 0.1],
            "Farming: grew in every region since 2010, most in North (+50%)",
        ),
        ([0.5, 0.2, -0.1], "(+20%) since 2010; only South & <b>Sea</b> shrank"),
        ([0.5, -0.2, -0.3], "Farming: grew only in North since 2010 (+50%)"),
        ([-0.1, -0.2, -0.3], "Farming: shrank in every region since 2010, least in North (−10%)"),
        ([0.0, -0.2, -0.3], "Farming: Growth since 2010 highest in North (0%) and East (−20%)"),
        ([0.5, np.nan, np.nan], "Farming: North alone has a figure, +50%"),
    ],
)
def test_the_title_of_a_change_is_true_whatever_the_signs(
    toyland: Release, values: list[float], said: str
):
    view = map_view(toyland, metric="growth", industry="A", year=2020)
    regions = view.regions.loc[["XT-N", "XT-E", "XT-S"]].assign(value=values)
    assert said in title(dataclasses.replace(view, regions=regions), Text("en"))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([3.0, 0.8, 0.2], "Farming: only North lies above the national share (3.00)"),
        ([3.0, 2.0, 0.2], "North and East; only South & <b>Sea</b> lies below the national share"),
        ([3.0, 2.0, 1.2], "in North and East; no region lies below the national share"),
        ([0.9, 0.8, 0.2], "in North and East; 3 of 3 regions lie below the national share"),
    ],
)
def test_the_title_of_a_quotient_tells_who_lies_below(
    toyland: Release, values: list[float], said: str
):
    view = map_view(toyland, metric="location_quotient", industry="A", year=2020)
    regions = view.regions.loc[["XT-N", "XT-E", "XT-S"]].assign(value=values)
    assert said in title(dataclasses.replace(view, regions=regions), Text("en"))


def test_what_is_shown_says_what_the_figures_rest_on(georgia: Release):
    view = map_view(georgia, metric="location_quotient", industry="C", year=2022)
    shown = filters(view, Text("en"))
    assert "Base:\u00a0region\u00a0totals\u00a0as\u00a0published" in shown
    # The country's own total is not published: it is what the regions with figures add up to.
    assert "National total: added up from the regions with data" in shown.replace("\u00a0", " ")
    assert "UTM\u00a0zone\u00a038N" in shown
    assert "Sector:\u00a0Manufacturing\u00a0(NACE\u00a0Rev.\u00a02\u00a0C)" in shown


def test_figures_that_are_not_as_published_are_counted(toyland: Release):
    view = map_view(toyland, metric="focus", industry="A", year=2020)
    shown = filters(view, Text("en")).replace("\u00a0", " ")
    # The North's farming is the sum of its two districts.
    assert "1 region: added up from its parts" in shown
    assert "Base: region totals, in part added up" in shown


def test_bars_are_read_against_the_country(georgia: Release):
    text = Text("en")
    quotient = map_view(georgia, metric="location_quotient", industry="C", year=2022)
    assert reference(quotient, text) == (1.0, "1 = as in Georgia, 12.2% of the total")
    growth = map_view(georgia, metric="growth", industry="C", year=2022)
    value, words = reference(growth, text)
    # 94,848 persons after 83,696.
    assert value == pytest.approx(94848 / 83696 - 1)
    assert words == "Georgia: +13%"
    assert subtitle(growth, text).endswith("2012–2022")
    amount = map_view(georgia, metric="amount", industry="C", year=2022)
    assert reference(amount, text) is None


def test_the_clusters_have_their_own_source(georgia: Release):
    view = map_view(georgia, metric="amount", industry="C", year=2022)
    said = sources(view, Text("en"))
    assert "Geostat" in said
    assert "Clusters: UNIDO and the European Union" in said
    elsewhere = dataclasses.replace(view, clusters=view.clusters.assign(region_code="XX"))
    assert "UNIDO" not in sources(elsewhere, Text("en"))
