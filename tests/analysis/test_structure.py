"""Figures of whole tables: Georgia's against figures found another way, toyland's by hand."""

from __future__ import annotations

import inspect
from dataclasses import fields

import numpy as np
import pandas as pd
import pytest

from atlas.analysis.map import map_view
from atlas.analysis.measure import measure_cells
from atlas.analysis.why import why
from atlas.errors import ChoiceError
from atlas.metrics import METRICS, STRUCTURES
from atlas.metrics.structure import Table
from atlas.model import STATUSES, Release
from atlas.text import Text

GRAINS = ("region", "industry", "margin", "pair", "table cell")
NORTH, SOUTH = "XT-N", "XT-S"


def of(release: Release, metric: str, year: int = 2022, **settings: float) -> pd.DataFrame:
    return measure_cells(release, metric, year=year, **settings)


def of_regions(release: Release, metric: str, year: int = 2022, **settings: float) -> pd.Series:
    rows = of(release, metric, year, **settings)
    return rows[rows["industry_code"] == "TOTAL"].set_index("region_code")["value"]


def test_what_is_registered() -> None:
    named = {"herfindahl", "herfindahl_normalised", "equivalent_number", "krugman_rest"}
    named |= {"krugman_mean", "locational_gini", "theil_t", "theil_l", "ellison_glaeser", "entropy"}
    named |= {"related_variety", "proximity", "density", "region_complexity", "regional_shift"}
    assert named <= set(STRUCTURES)
    assert not set(STRUCTURES) & set(METRICS)
    there = {field.name for field in fields(Table)} | {"totals"}
    for name, found in STRUCTURES.items():
        assert found.name == name
        assert found.grain in GRAINS
        assert set(found.needs) <= there
        settings = [
            one.name
            for one in inspect.signature(found.compute).parameters.values()
            if one.kind is one.KEYWORD_ONLY
        ]
        assert list(found.parameters) == settings
        assert all((found.title, found.reading, found.formula, found.direction, found.source))


def test_georgias_regions(georgia: Release) -> None:
    number = of_regions(georgia, "equivalent_number", skip_missing=1)
    krugman = of_regions(georgia, "krugman_rest", skip_missing=1)
    four = ["GE-KA", "GE-IM", "GE-KK", "GE-AJ"]
    assert number[four].round(1).to_list() == [5.1, 7.2, 7.5, 7.9]
    assert krugman[four].round(2).to_list() == [0.58, 0.45, 0.62, 0.38]
    country = measure_cells(georgia, "equivalent_number", region="GE", year=2022, skip_missing=1)
    assert country["value"].round(1).to_list() == [7.6]


def test_entities_of_unknown_activity_are_no_sector(georgia: Release) -> None:
    own = {"measure": "establishments", "region": "GE-KA", "year": 2022}
    cells = measure_cells(georgia, "amount", **own).set_index("industry_code")["value"]
    sectors = cells[cells.index.str.len() == 1].dropna()
    assert cells["UNKNOWN"] > 0
    found = measure_cells(georgia, "equivalent_number", **own, skip_missing=1)
    assert found["value"].to_list() == pytest.approx([sectors.sum() ** 2 / (sectors**2).sum()])


def test_a_missing_sector_makes_it_missing_unless_it_may_be_skipped(georgia: Release) -> None:
    strict = of(georgia, "herfindahl").set_index(["region_code", "industry_code"])
    skipped = of(georgia, "herfindahl", skip_missing=1).set_index(["region_code", "industry_code"])
    # Racha's figures of four sectors are not published.
    assert np.isnan(strict.loc[("GE-RL", "TOTAL"), "value"])
    assert strict.loc[("GE-RL", "TOTAL"), "status"] == "missing"
    assert skipped.loc[("GE-RL", "TOTAL"), "status"] == "partial"
    assert strict.loc[("GE-KA", "TOTAL"), "status"] == "published"
    assert strict.loc[("GE-KA", "TOTAL"), "value"] == skipped.loc[("GE-KA", "TOTAL"), "value"]


def test_shares_squared_by_hand(georgia: Release) -> None:
    cells = measure_cells(georgia, "amount", industry="C", year=2022)
    shares = cells["value"].dropna() / cells["value"].sum()
    rows = of(georgia, "herfindahl", skip_missing=1)
    own = rows[(rows["industry_code"] == "C") & (rows["region_code"] == "GE")]
    assert own["value"].to_list() == pytest.approx([(shares**2).sum()])


def test_shift_share_adds_up_to_the_change(georgia: Release) -> None:
    parts = [
        of_regions(georgia, name) for name in ("national_share", "industry_mix", "regional_shift")
    ]
    sectors = list("ABCDEFGHIJKLMNOPQRS")
    now, then = (
        measure_cells(georgia, "amount", region="GE-KA", year=year).set_index("industry_code")
        for year in (2022, 2012)
    )
    both = (now["value"] + then["value"]).reindex(sectors).dropna().index
    change = now["value"][both].sum() - then["value"][both].sum()
    assert sum(part["GE-KA"] for part in parts) == pytest.approx(change)
    split = of_regions(georgia, "competitive_effect") + of_regions(georgia, "allocation_effect")
    pd.testing.assert_series_equal(split, parts[2], check_names=False)


def test_theils_parts_add_up(georgia: Release) -> None:
    whole, between, within = (
        of(georgia, f"theil_{part}", skip_missing=1)["value"] for part in ("t", "between", "within")
    )
    assert whole.notna().sum() > 10
    np.testing.assert_allclose(between + within, whole)


def test_what_goes_together(georgia: Release) -> None:
    pairs = of(georgia, "proximity")
    wide = pairs.pivot(index="industry_code", columns="other_industry_code", values="value")
    np.testing.assert_array_equal(wide, wide.T)
    assert wide.stack().between(0, 1).all()
    near = of(georgia, "density")
    assert near["value"].dropna().between(0, 1).all()
    assert near["value"].notna().sum() > 100
    # Complexity rises with the number of sectors that a region is strong in.
    quotients = measure_cells(georgia, "location_quotient", year=2022)
    strong = quotients[(quotients["value"] >= 1) & quotients["industry_code"].str.len().eq(1)]
    number = strong["region_code"].value_counts()
    complexity = of_regions(georgia, "region_complexity").dropna()
    assert np.corrcoef(complexity, number.reindex(complexity.index))[0, 1] > 0


def test_ends_of_the_interval(georgia: Release) -> None:
    low, high = (of(georgia, f"quotient_{end}") for end in ("lower", "upper"))
    own = (low["region_code"] == "GE-KA") & (low["industry_code"] == "C")
    assert (low[own]["value"].round(2).item(), high[own]["value"].round(2).item()) == (2.22, 2.33)
    money = measure_cells(georgia, "quotient_lower", measure="turnover", industry="C", year=2022)
    assert money["value"].isna().all()
    assert set(money["status"]) == {"not_applicable", "missing"}


def test_toyland_by_hand(toyland: Release) -> None:
    # North: A 50 of 100, C 50 of 100 (20 + 30, N2's drinks missing); South: 100 and 100.
    rows = of(toyland, "herfindahl", 2020).set_index(["region_code", "industry_code"])
    assert rows.loc[(NORTH, "TOTAL"), "value"] == 0.5
    assert rows.loc[(NORTH, "TOTAL"), "status"] == "partial"
    assert rows.loc[(SOUTH, "TOTAL"), "value"] == 0.5
    assert rows.loc[("XT-E", "TOTAL"), "status"] == "missing"
    # A suppressed figure stays out of all of them.
    drinks = rows.loc[("XT", "C11")]
    assert (np.isnan(drinks["value"]), drinks["status"]) == (True, "suppressed")
    # Farming: 50 and 100 of 150.
    assert of(toyland, "herfindahl", 2020, skip_missing=1).set_index("industry_code").loc[
        "A", "value"
    ] == pytest.approx((1 / 3) ** 2 + (2 / 3) ** 2)
    # One plant leaves no room for a pattern.
    assert of(toyland, "ellison_glaeser", 2020)["value"].isna().all()
    # The suppressed part of Making keeps its parts from standing for it: no finer industries.
    assert of(toyland, "related_variety", 2020)["value"].isna().all()


@pytest.mark.parametrize("name", STRUCTURES)
@pytest.mark.parametrize("level", [1, 2, 0])
def test_a_value_or_a_reason(toyland: Release, name: str, level: int) -> None:
    rows = measure_cells(toyland, name, level=level, year=2020)
    assert len(rows) > 0
    reason = rows["status"].isin(["not_applicable", "missing", "suppressed"])
    assert (rows["value"].isna() == reason).all()
    assert set(rows["status"]) <= set(STATUSES)
    assert not np.isinf(rows["value"]).any()


def test_it_is_neither_drawn_nor_explained_cell_by_cell(georgia: Release) -> None:
    with pytest.raises(ChoiceError) as raised:
        why(georgia, "herfindahl", region="GE-KA", industry="C", year=2022)
    assert raised.value.kind == "not_of_cells"
    with pytest.raises(ChoiceError) as raised:
        map_view(georgia, metric="herfindahl", industry="C")
    assert raised.value.kind == "not_of_cells"
    assert Text("en").explain(raised.value).startswith("“herfindahl” is a figure of whole regions")


def test_a_figure_of_regions_has_none_of_a_sector(georgia: Release) -> None:
    with pytest.raises(ChoiceError) as raised:
        measure_cells(georgia, "krugman_rest", industry="C", year=2022)
    assert raised.value.kind == "figure_not_of"
    with pytest.raises(ChoiceError):
        measure_cells(georgia, "theil_t", region="GE-KA", year=2022)
