"""A metric cell by cell, as it is given out."""

from __future__ import annotations

import pandas as pd
import pytest

from atlas.analysis.measure import measure_cells
from atlas.analysis.methods import metrics
from atlas.analysis.sources import coverage, programme_facts
from atlas.errors import ChoiceError
from atlas.metrics import METRICS, STRUCTURES
from atlas.model import Release

COLUMNS = ["region_code", "industry_code", "year", "value", "status"]


def test_one_row_per_cell(georgia: Release) -> None:
    cells = measure_cells(georgia, "location_quotient", industry="C", year=2022)
    assert list(cells.columns) == COLUMNS
    assert len(cells) == 12
    assert list(cells["region_code"]) == sorted(cells["region_code"])
    values = cells.set_index("region_code")
    assert values["value"].round(2)["GE-KA"] == 2.27
    assert (values["status"]["GE-AB"], values["value"].isna()["GE-AB"]) == ("missing", True)


def test_every_cell_there_can_be(georgia: Release, toyland: Release) -> None:
    # 12 regions, 18 sectors, 17 years.
    cells = measure_cells(georgia, "size")
    assert len(cells) == 12 * 18 * 17
    assert not cells.duplicated(COLUMNS[:3]).any()
    assert len(measure_cells(toyland, "size")) == 3 * 5 * 2
    assert len(measure_cells(toyland, "size", level=2)) == 2 * 5 * 2
    assert len(measure_cells(toyland, "size", region="XT-N1")) == 5 * 2
    assert len(measure_cells(toyland, "size", level=0, year=2020)) == 5


def test_a_value_or_a_reason(georgia: Release) -> None:
    for metric in ("amount", "location_quotient", "size", "focus", "growth"):
        cells = measure_cells(georgia, metric)
        assert (cells["value"].isna() == cells["status"].isin(["missing", "not_applicable"])).all()


def test_a_published_zero_is_a_zero_in_every_figure(georgia: Release) -> None:
    # Four published figures of employment are zero; of ten years before none is.
    amounts = measure_cells(georgia, "amount")
    zero = amounts["value"] == 0
    assert zero.sum() == 4
    for metric in ("location_quotient", "size", "focus"):
        assert measure_cells(georgia, metric).loc[zero, "value"].tolist() == [0] * 4


def test_quotients_weighted_by_the_regions_average_one(georgia: Release) -> None:
    def wide(metric: str, industry: str | None = None) -> pd.DataFrame:
        cells = measure_cells(georgia, metric, industry=industry)
        cells = cells[cells["region_code"] != "GE-AB"]
        return cells.pivot(index=["industry_code", "year"], columns="region_code", values="value")

    quotients = wide("location_quotient").dropna()
    weights = wide("amount", "TOTAL").droplevel("industry_code")
    weights = weights.div(weights.sum(axis=1), axis=0)
    weights = weights.loc[quotients.index.get_level_values("year")].set_axis(quotients.index)
    # All sectors and years without a missing cell.
    assert len(quotients) == 197
    assert (quotients * weights).sum(axis=1).to_numpy() == pytest.approx(1, abs=1e-12)


def test_a_sector_without_figures_is_all_missing(georgia: Release) -> None:
    cells = measure_cells(georgia, "location_quotient", industry="11.02")
    assert len(cells) == 12 * 17
    assert set(cells["status"]) == {"missing"}
    assert cells["value"].isna().all()


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ({"metric": "lq"}, "unknown_metric"),
        ({"measure": "jobs"}, "unknown_measure"),
        ({"industry": "Z9"}, "unknown_industry"),
        ({"region": "XX"}, "unknown_region"),
        ({"level": 5}, "unknown_level"),
        ({"year": 1066}, "unknown_year"),
    ],
)
def test_wrong_choices(georgia: Release, wrong: dict[str, object], kind: str) -> None:
    with pytest.raises(ChoiceError) as raised:
        measure_cells(georgia, **{"metric": "size", **wrong})  # type: ignore[arg-type]
    assert raised.value.kind == kind


def test_what_the_sources_cover(georgia: Release, toyland: Release) -> None:
    rows = coverage(georgia).set_index("measure").to_dict("index")
    assert rows["employment"] == {"figures": 3151, "first_year": 2006, "last_year": 2022}
    assert rows["establishments"] == {"figures": 2652, "first_year": 2012, "last_year": 2023}
    assert rows["turnover"] == {"figures": 3149, "first_year": 2006, "last_year": 2022}
    # Toyland states 11 figures of employment; the suppressed one and the empty one are none.
    assert coverage(toyland).set_index("measure")["figures"].to_dict() == {
        "employment": 11,
        "establishments": 8,
    }


def test_facts_about_the_whole_programme(georgia: Release) -> None:
    facts = programme_facts(georgia)
    assert facts["cluster_id"].isna().all()
    mapped = facts[facts["indicator_en"] == "Clusters mapped"]
    assert mapped["value"].tolist() == ["57"]


def test_every_method_is_described() -> None:
    assert metrics() == [*METRICS.values(), *STRUCTURES.values()]
