"""The map's figures: Georgia's published ones, and toyland's where something is missing."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from atlas.analysis.choices import choices
from atlas.analysis.map import (
    default_industry,
    default_since,
    figure_choices,
    map_shapes,
    map_view,
    points,
)
from atlas.analysis.map_table import COMPANIONS
from atlas.errors import ChoiceError
from atlas.metrics import METRICS
from atlas.model import Classing, MapView, Release

#: Location quotients of Manufacturing in 2022, from the published employment, highest first.
MANUFACTURING = {
    "GE-MM": 3.13,
    "GE-KA": 2.27,
    "GE-KK": 1.92,
    "GE-SK": 1.87,
    "GE-RL": 1.82,
    "GE-SJ": 1.63,
    "GE-IM": 1.60,
    "GE-GU": 1.34,
    "GE-SZ": 1.16,
    "GE-AJ": 1.10,
    "GE-TB": 0.63,
}
#: Of Agriculture.
FARMING = {"GE-RL": 6.17, "GE-KA": 5.84, "GE-KK": 4.00}


@pytest.fixture(scope="module")
def manufacturing(georgia: Release) -> MapView:
    return map_view(georgia, metric="location_quotient", industry="C", year=2022)


def test_golden_quotients(georgia: Release, manufacturing: MapView) -> None:
    found = manufacturing.regions["value"].dropna()
    assert found.round(2).to_dict() == MANUFACTURING
    farming = map_view(georgia, metric="location_quotient", industry="A", year=2022).regions
    assert farming["value"].head(3).round(2).to_dict() == FARMING
    assert pd.isna(farming.loc["GE-AB", "value"])


def test_order_and_what_is_missing(manufacturing: MapView) -> None:
    assert list(manufacturing.regions.index) == [*MANUFACTURING, "GE-AB"]
    last = manufacturing.regions.loc["GE-AB"]
    assert (last["status"], last["class"], last["clusters"]) == ("missing", -1, 0)
    companions = [*COMPANIONS, "growth", "turnover"]
    assert last[companions].isna().all()
    assert (last[[f"{name}_status" for name in companions]] == "missing").all()
    assert all(math.isnan(value) for value in last["trend"])


def test_companions(manufacturing: MapView) -> None:
    regions = manufacturing.regions
    kakheti = regions.loc["GE-KA"]
    assert (kakheti["amount"], kakheti["amount_then"]) == (6287, 4048)
    assert kakheti["turnover"] == 864.7
    assert kakheti["size"] == pytest.approx(6287 / 94848)
    assert kakheti["focus"] == pytest.approx(6287 / 22695)
    assert kakheti["growth"] == pytest.approx(6287 / 4048 - 1)
    growth = regions["growth"].dropna().map("{:+.0%}".format)
    assert (growth["GE-KA"], growth["GE-MM"], growth["GE-IM"]) == ("+55%", "+142%", "-15%")
    assert regions["clusters"].astype(int).to_dict() == {
        **dict.fromkeys(regions.index, 0),
        "GE-TB": 4,
        "GE-SZ": 2,
        "GE-KK": 2,
        "GE-KA": 1,
        "GE-RL": 1,
    }
    assert regions["status"].drop("GE-AB").eq("partial").all()
    assert regions["amount_status"].drop("GE-AB").eq("published").all()


def test_the_country_beside_it(manufacturing: MapView) -> None:
    country = manufacturing.country
    assert country["value"] == country["size"] == 1
    assert country["focus"] == pytest.approx(94848 / 778005)
    assert f"{country['growth']:+.1%}" == "+13.3%"
    assert country["turnover"] == pytest.approx(17030.1)
    assert manufacturing.root.code == "GE"


def test_years_and_trend(manufacturing: MapView) -> None:
    assert (manufacturing.year, manufacturing.since, manufacturing.level) == (2022, 2012, 1)
    assert manufacturing.years == tuple(range(2006, 2023))
    trend = dict(zip(manufacturing.years, manufacturing.regions.loc["GE-KA", "trend"], strict=True))
    assert trend[2022] == manufacturing.regions.loc["GE-KA", "value"]
    assert trend[2012] == pytest.approx((4048 / 16158) / (83696 / 533287))


def test_classes(manufacturing: MapView) -> None:
    scale = manufacturing.scale
    assert (scale.kind, scale.breaks) == ("diverging_log", (0.5, 0.8, 1.25, 2.0))
    assert scale.counts == (0, 1, 2, 6, 2)
    assert dict(scale.missing) == {"missing": 1}
    classes = manufacturing.regions["class"]
    assert (classes["GE-KA"], classes["GE-AJ"], classes["GE-TB"]) == (4, 2, 1)


def test_other_figures_order_by_themselves(georgia: Release) -> None:
    view = map_view(georgia, metric="amount", measure="turnover", industry="C", year=2022)
    assert list(view.regions.index[:3]) == ["GE-TB", "GE-IM", "GE-KK"]
    assert view.regions["value"].iloc[0] == 5281.8
    assert view.scale.kind == "circles"
    grown = map_view(georgia, metric="growth", industry="C", year=2022, since=2012)
    assert list(grown.regions.index[:2]) == ["GE-MM", "GE-RL"]
    assert grown.regions["value"].iloc[0] == pytest.approx(5073 / 2094 - 1)


def test_change_is_counted_from_the_year_that_is_chosen(georgia: Release) -> None:
    view = map_view(georgia, metric="location_quotient", industry="C", year=2022, since=2006)
    assert view.since == 2006
    kakheti = view.regions.loc["GE-KA"]
    assert kakheti["amount_then"] == 3828
    assert kakheti["growth"] == pytest.approx(6287 / 3828 - 1)


def test_growth_from_nothing_does_not_apply(georgia: Release) -> None:
    # In 2018 nobody was employed in education in Racha, nor in 2021.
    regions = map_view(georgia, metric="growth", industry="P", year=2021, since=2018).regions
    assert regions["status"]["GE-RL"] == "not_applicable"
    assert pd.isna(regions["value"]["GE-RL"])
    assert regions["status"]["GE-KA"] == "published"


def test_the_newest_year_unless_one_is_chosen(georgia: Release) -> None:
    assert map_view(georgia, metric="size", industry="C").year == 2022
    counted = map_view(georgia, metric="size", measure="establishments", industry="C")
    assert (counted.year, counted.since) == (2023, 2013)
    assert default_since([2006, 2022], 2022) == 2012
    assert default_since([2016, 2022], 2022) == 2016
    assert default_since([], 2022) == 2012


def test_toylands_map(toyland: Release) -> None:
    view = map_view(toyland, metric="location_quotient", industry="C11")
    regions = view.regions
    assert list(regions.index) == ["XT-N", "XT-E", "XT-S"]
    assert list(regions["status"]) == ["partial", "missing", "suppressed"]
    assert regions["value"].iloc[0] == pytest.approx(8 / 3)
    assert dict(view.scale.missing) == {"missing": 1, "suppressed": 1}
    below = map_view(toyland, metric="location_quotient", industry="C10", level=2).regions
    assert below["value"].to_dict() == {"XT-N1": pytest.approx(4 / 3), "XT-N2": 0}
    assert view.regions["turnover_status"].eq("missing").all()


def test_a_sector_without_figures_names_one_with(georgia: Release) -> None:
    with pytest.raises(ChoiceError) as raised:
        map_view(georgia, metric="location_quotient", industry="11.02")
    assert raised.value.kind == "no_figures"
    assert raised.value.facts["nearest"] == "C"
    assert raised.value.facts["industry"] == choices(georgia).industries["11.02"].names["en"]


def test_a_sector_without_figures_in_that_year(toyland: Release) -> None:
    with pytest.raises(ChoiceError) as raised:
        map_view(toyland, metric="location_quotient", industry="C", year=2010)
    assert raised.value.kind == "nothing_to_draw"
    assert raised.value.facts == {"industry": "Making", "year": 2010}


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ({"year": 2030}, "unknown_year"),
        ({"industry": "Z"}, "unknown_industry"),
        ({"metric": "lq"}, "unknown_metric"),
        ({"measure": "jobs"}, "unknown_measure"),
        ({"level": 7}, "unknown_level"),
    ],
)
def test_a_choice_that_is_not_there(georgia: Release, wrong: dict[str, object], kind: str) -> None:
    right = {"metric": "location_quotient", "industry": "C", "year": 2022}
    with pytest.raises(ChoiceError) as raised:
        map_view(georgia, **{**right, **wrong})  # type: ignore[arg-type]
    assert raised.value.kind == kind


def test_shapes(georgia: Release, toyland: Release) -> None:
    screen = map_shapes(georgia)
    assert len(screen.regions) == 12
    assert "GE" not in set(screen.backdrop.index)
    assert {"TR", "AM", "AZ", "RU"} <= set(screen.backdrop.index)
    assert screen.outline.bounds == pytest.approx((39.99, 41.04, 46.69, 43.58), abs=0.02)
    full = map_shapes(georgia, "regions")
    assert full.regions.get_coordinates().shape[0] > screen.regions.get_coordinates().shape[0]
    assert sorted(map_shapes(toyland, level=2).regions.index) == ["XT-N1", "XT-N2"]
    assert map_shapes(toyland, level=2).outline.area == pytest.approx(2)


def test_points(georgia: Release, toyland: Release) -> None:
    # 25 of Georgia's firms and institutions have a place that the gazetteer knows.
    assert len(points(georgia)) == 25
    placed = points(toyland)
    assert list(placed["id"]) == ["mill", "food-club"]
    assert list(placed["kind"]) == ["firm", "institution"]
    assert placed[["lon", "lat"]].to_numpy().tolist() == [[1, 0.5], [1, 0.5]]


def test_what_a_map_can_show(georgia: Release) -> None:
    found = figure_choices(choices(georgia))
    assert found["location_quotient"] == ("location_quotient", None)
    assert found["turnover"] == ("amount", "turnover")
    assert set(found) == {*METRICS, *choices(georgia).measures} - {"amount"}


def test_the_sector_shown_first(georgia: Release) -> None:
    known = choices(georgia)
    # Eight of the ten clusters make something.
    assert default_industry(known, ["A", "C"]) == "C"
    assert default_industry(known, ["A", "B"]) == "A"
    assert default_industry(known, ["B", "D"]) == "B"


def test_parts_of_one_region_are_drawn_on_the_rest_of_the_country(toyland: Release) -> None:
    view = map_view(toyland, metric="location_quotient", industry="C10", level=2, within="XT-N")
    assert sorted(view.regions.index) == ["XT-N1", "XT-N2"]
    assert view.within == choices(toyland).regions["XT-N"]
    assert view.around["amount"] == 20
    assert (
        view.country["amount"] == map_view(toyland, metric="size", industry="C10").country["amount"]
    )
    shapes = map_shapes(toyland, level=2, within="XT-N")
    assert sorted(shapes.regions.index) == ["XT-N1", "XT-N2"]
    # South and East, four of the country's six square degrees.
    assert shapes.backdrop.geometry["XT"].area == pytest.approx(4)
    assert "XT" not in map_shapes(toyland).backdrop.index
    with pytest.raises(ChoiceError) as raised:
        map_view(toyland, metric="size", industry="C10", level=2, within="XT-S")
    assert raised.value.kind == "unknown_level"


def test_classes_are_made_as_the_reader_wants(georgia: Release) -> None:
    def made(**how: object) -> MapView:
        classing = Classing(**how)  # type: ignore[arg-type]
        return map_view(
            georgia, metric="location_quotient", industry="C", year=2022, classing=classing
        )

    # Eleven regions with data in four classes of equal numbers.
    assert made(method="quantiles", number=4).scale.counts == (3, 3, 2, 3)
    equal = made(method="equal", number=5).scale
    assert equal.breaks == pytest.approx((1.13, 1.63, 2.13, 2.63), abs=0.01)
    assert equal.counts == (2, 3, 4, 1, 1)
    own = made(method="own", breaks=(1.0, 2.0)).scale
    assert (own.breaks, own.counts) == ((1.0, 2.0), (1, 8, 2))
    # Of shares and changes breaks are written in per cent.
    shares = Classing(method="own", breaks=(10.0, 25.0))
    drawn = map_view(georgia, metric="focus", industry="C", year=2022, classing=shares)
    assert drawn.scale.breaks == (0.1, 0.25)
    assert made(method="own").scale.breaks == (0.5, 0.8, 1.25, 2.0)
    assert made(number=3).scale.breaks == (0.5, 0.8, 1.25, 2.0)


def test_the_same_classes_for_all_years(georgia: Release) -> None:
    def drawn(year: int, **more: object) -> MapView:
        how = Classing(method="quantiles", number=5, same=True)
        chosen = {"metric": "focus", "industry": "C", "classing": how} | more
        return map_view(georgia, year=year, **chosen)  # type: ignore[arg-type]

    early, late = drawn(2006), drawn(2022)
    assert early.scale.breaks == late.scale.breaks
    assert early.scale.counts != late.scale.counts
    # A fifth of all 17 years' 187 values lies below the first break.
    values = np.concatenate(late.regions["trend"].to_list())
    values = values[np.isfinite(values)]
    assert len(values) == 187
    assert abs(int((values < late.scale.breaks[0]).sum()) - 187 / 5) <= 1
    # So are circles.
    counted = {"metric": "amount"}
    assert drawn(2006, **counted).scale.largest == drawn(2022, **counted).scale.largest == 39141
    grown = {"metric": "growth"}
    assert drawn(2012, **grown).scale.breaks == drawn(2022, **grown).scale.breaks
