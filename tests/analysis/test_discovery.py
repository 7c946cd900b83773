"""What several rules find at once, held against counts made from the published digits alone."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.analysis.choices import choices
from atlas.analysis.discovery import (
    CALLS,
    RULES,
    Discovery,
    agreement_view,
    depths,
    discover,
    discovery_csv,
    parameters,
    step,
)
from atlas.analysis.measure import measure_cells
from atlas.errors import ChoiceError
from atlas.metrics import METRICS
from atlas.model import Release

OBSERVATIONS = Path(__file__).parents[2] / "geodata/editions/georgia/observations.csv"


def published(measure: str) -> pd.DataFrame:
    """A measure in 2022, a row per region and a column per section, straight from the table."""
    with OBSERVATIONS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == "2022"]
    found = {
        (row["region_code"], row["industry_code"]): float(row[measure])
        for row in rows
        if row[measure] and row["region_code"] != "GE"
    }
    return pd.Series(found).unstack()


class Independent:
    """The terms of the rules in 2022 with nothing of the atlas' own in them."""

    def __init__(self) -> None:
        jobs = published("employment")
        total = jobs.pop("TOTAL").to_numpy()[:, None]
        self.jobs = jobs.to_numpy()
        self.firms = published("establishments").loc[jobs.index, jobs.columns].to_numpy()
        self.size = self.jobs / np.nansum(self.jobs, axis=0)
        self.focus = self.jobs / total
        self.quotient = self.focus / (np.nansum(self.jobs, axis=0) / total.sum())

    def strong(self, quantile: float) -> npt.NDArray[np.bool_]:
        """The U.S. rule by numpy's own quantiles."""
        known = self.jobs > 0
        lq, jobs, firms = (
            np.where(known, term, np.nan) for term in (self.quotient, self.jobs, self.firms)
        )
        return (
            (lq >= np.nanquantile(lq, quantile, axis=0) - 1e-12)
            & (lq >= 1)
            & (jobs > np.nanquantile(jobs, 0.25, axis=0))
            & (firms > np.nanquantile(firms, 0.25, axis=0))
        )

    def verdicts(self) -> list[npt.NDArray[np.bool_]]:
        """Which cells each rule calls, in the order of RULES. Of 11 regions the top tenth is the
        first alone."""
        first = [term == np.nanmax(term, axis=0) for term in (self.size, self.focus)]
        return [
            first[0] | first[1] | (self.quotient >= 2),
            (self.size > 0.01) & (self.focus > 0.01) & (self.quotient > 1),
            self.quotient >= 1.2,
            self.strong(0.75),
            self.strong(0.90),
            self.strong(0.50),
        ]


@pytest.fixture(scope="module")
def of_2022(georgia: Release) -> Discovery:
    return discover(georgia, year=2022)


def test_georgia_s_counts_are_those_of_the_published_digits(of_2022: Discovery) -> None:
    verdicts = Independent().verdicts()
    called = [int(verdict.sum()) for verdict in verdicts]
    assert called == [39, 62, 50, 34, 19, 46]
    assert [rule.called for rule in of_2022.rules] == called
    assert [rule.judged for rule in of_2022.rules] == [180] * 6
    agree = np.sum(verdicts, axis=0)
    assert (of_2022.judged, of_2022.judging) == (180, 6)
    for at_least, cells in ((1, 72), (3, 49), (6, 15)):
        assert len(of_2022.agreed(at_least)) == (agree >= at_least).sum() == cells


def test_overlap_is_that_of_the_published_digits(of_2022: Discovery) -> None:
    flat = np.array([verdict.ravel() for verdict in Independent().verdicts()]).astype(int)
    np.testing.assert_array_equal(of_2022.together.to_numpy(), flat @ flat.T)
    together = of_2022.together
    # The three U.S. rules lie inside each other.
    assert together.at["strong10", "us_strong"] == together.at["strong10", "strong10"] == 19
    assert together.at["us_strong", "significant"] == together.at["us_strong", "us_strong"] == 34


def test_manufacturing_in_kakheti(georgia: Release) -> None:
    found = discover(georgia, year=2022, industry="C")
    first = found.cells.iloc[0]
    assert (first["region_code"], first["agree"], first["judges"]) == ("GE-KA", 6, 6)
    assert round(first["location_quotient"], 2) == 2.27
    assert first["amount"] == 6287
    assert not first["small"]
    last = found.cells.iloc[-1]
    assert (last["region_code"], last["judges"], last["status"]) == ("GE-AB", 0, "missing")
    # One sector is judged as among all of them.
    everything = discover(georgia, year=2022).cells
    alike = everything[everything["industry_code"] == "C"].reset_index(drop=True)
    pd.testing.assert_frame_equal(found.cells, alike)


def test_order_is_by_agreement_then_quotient(of_2022: Discovery) -> None:
    cells = of_2022.cells
    assert len(cells) == 12 * 17
    assert cells["agree"].is_monotonic_decreasing
    for _, equals in cells.groupby("agree"):
        assert equals["location_quotient"].dropna().is_monotonic_decreasing


def test_the_metric_counts_the_same(georgia: Release, of_2022: Discovery) -> None:
    stored = measure_cells(georgia, "agreement", year=2022)
    keys = ["region_code", "industry_code"]
    both = of_2022.cells.merge(stored, on=keys)
    known = both["judges"] == 6
    assert (both.loc[known, "agree"] == both.loc[known, "value"]).all()
    assert both.loc[~known, "value"].isna().all()
    # Strict: without establishments nothing is known of the agreement of all six.
    before = measure_cells(georgia, "agreement", year=2008)
    assert before["value"].isna().all()


def test_rules_that_cannot_judge_have_no_say(georgia: Release) -> None:
    found = discover(georgia, year=2008)
    assert {rule.metric.name: rule.judged for rule in found.rules} == {
        **dict.fromkeys(RULES[:3], 167),
        **dict.fromkeys(RULES[3:], 0),
    }
    assert found.judging == 3
    assert set(found.cells["judges"]) == {0, 3}
    assert len(found.agreed(3)) == 22


def test_toyland_by_hand(toyland: Release) -> None:
    # As in test_rules: South has two of the Observatory's stars and all Turkish ones, its quotient
    # is 1.07, and its 5 establishments are not above the lowest quarter; North has two Turkish.
    found = discover(toyland, year=2020, industry="A").cells.set_index("region_code")
    assert found["agree"].to_dict() == {"XT-S": 2, "XT-N": 0, "XT-E": 0}
    assert found["judges"].to_dict() == {"XT-S": 6, "XT-N": 6, "XT-E": 0}


def test_suppressed_is_said(toyland: Release) -> None:
    found = discover(toyland, year=2020, depth=2, level=1)
    cells = found.cells.set_index(["industry_code", "region_code"])
    assert cells.loc[("C11", "XT-S"), ["judges", "status"]].tolist() == [0, "suppressed"]
    view = agreement_view(discover(toyland, year=2020, industry="C11"), at_least=3)
    assert view.regions.loc["XT-S", "status"] == "suppressed"
    assert np.isnan(view.regions.loc["XT-S", "value"])
    assert view.scale.missing == {"suppressed": 1, "missing": 1}


def test_depths_of_sectors(toyland: Release, georgia: Release) -> None:
    assert depths(choices(toyland), "employment") == {1: ["A", "C"], 2: ["C10", "C11"]}
    found = depths(choices(georgia), "establishments")
    assert list(found) == [1]
    assert "UNKNOWN" not in found[1]
    assert len(found[1]) == 20


def test_the_map_of_one_sector(georgia: Release) -> None:
    view = agreement_view(discover(georgia, year=2022, industry="C"), at_least=3)
    assert view.regions["value"].dropna().to_dict() == {
        "GE-KA": 6,
        "GE-KK": 4,
        "GE-MM": 3,
        "GE-SJ": 2,
        "GE-SK": 3,
        "GE-IM": 2,
        "GE-GU": 2,
        "GE-SZ": 1,
        "GE-RL": 1,
        "GE-AJ": 1,
        "GE-TB": 1,
    }
    assert view.scale.counts == (0, 4, 3, 2, 1, 0, 1)
    assert view.scale.missing == {"missing": 1}


def test_the_map_of_all_sectors(of_2022: Discovery) -> None:
    values = {k: agreement_view(of_2022, at_least=k).regions["value"] for k in range(1, 7)}
    for at_least, value in values.items():
        assert value.sum() == len(of_2022.agreed(at_least))
        assert np.isnan(value["GE-AB"])
    assert values[3]["GE-TB"] == 8
    # A region where all rules agree on nothing has a true zero.
    assert values[6]["GE-MM"] == 0
    assert agreement_view(of_2022, at_least=3).scale.kind == "circles"


SETTINGS = [(rule, name) for rule in RULES for name in parameters(METRICS[rule])]


def called(found: Discovery, name: str) -> set[tuple[str, str]]:
    rule = next(one for one in found.rules if one.metric.name == name)
    cells = found.cells[found.cells[name] >= rule.settings[CALLS]]
    return set(zip(cells["region_code"], cells["industry_code"], strict=True))


@pytest.mark.parametrize(("rule", "name"), SETTINGS)
@settings(max_examples=8)
@given(two=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_raising_a_threshold_never_adds_a_cell(
    georgia: Release, rule: str, name: str, two: tuple[float, float]
) -> None:
    about = parameters(METRICS[rule])[name]
    low, high = about.low, min(about.high, 5)
    values = sorted(low + share * (high - low) for share in two)
    if name == CALLS:
        values = [round(value) for value in values]
    if name in ("size_share", "focus_share"):
        # The top share is the other way round: a smaller one is harder to be in.
        values.reverse()
    lax, strict = (discover(georgia, year=2022, settings={rule: {name: v}}) for v in values)
    assert called(strict, rule) <= called(lax, rule)
    # No other rule is touched.
    others = [other for other in RULES if other != rule]
    assert [called(strict, o) for o in others] == [called(lax, o) for o in others]


def test_counts_move_with_thresholds(georgia: Release) -> None:
    moved = {"statsamerica": {"quotient_at_least": 1.5}, "observatory_stars": {CALLS: 2}}
    found = discover(georgia, year=2022, settings=moved)
    rules = {rule.metric.name: rule for rule in found.rules}
    independent = Independent()
    assert rules["statsamerica"].called == int((independent.quotient >= 1.5).sum()) == 32
    stars = (
        (independent.size == np.nanmax(independent.size, axis=0)).astype(int)
        + (independent.focus == np.nanmax(independent.focus, axis=0))
        + (independent.quotient >= 2)
    )
    assert rules["observatory_stars"].called == int((stars >= 2).sum())
    assert rules["statsamerica"].changed == ("quotient_at_least",)
    assert rules["us_strong"].changed == ()
    # What is stated as it is published is no change.
    same = discover(georgia, year=2022, settings={"statsamerica": {"quotient_at_least": 1.2}})
    assert [rule.changed for rule in same.rules] == [()] * 6


def test_small_counts_are_flagged(georgia: Release, of_2022: Discovery) -> None:
    small = of_2022.cells[of_2022.cells["small"]]
    assert len(small) == 6
    assert (small["amount"] < 35).all()
    assert not discover(georgia, year=2022, measure="turnover").cells["small"].any()


def test_the_file_has_every_cell_and_what_was_changed(georgia: Release) -> None:
    found = discover(georgia, year=2022, settings={"us_strong": {"quantile": 0.8}})
    table = pd.read_csv(io.BytesIO(discovery_csv(found)))
    assert len(table) == 204
    assert table.columns[:3].tolist() == ["region_code", "industry_code", "year"]
    assert set(RULES) < set(table.columns)
    assert set(table["us_strong.quantile"]) == {0.8}
    assert (table["status"] == "missing").sum() == 24


def test_steps_of_the_inputs() -> None:
    assert {step(about) for about in METRICS["us_strong"].parameters.values()} == {0.01, 0.1}
    assert step(parameters(METRICS["uc_yildiz"])[CALLS]) == 1


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ({"settings": {"focus": {}}}, "unknown_metric"),
        ({"settings": {"us_strong": {"size_cut": 0.1}}}, "unknown_parameter"),
        ({"settings": {"us_strong": {CALLS: 1}}}, "unknown_parameter"),
        ({"settings": {"us_strong": {"quantile": 1.5}}}, "parameter_outside"),
        ({"settings": {"uc_yildiz": {CALLS: 4}}}, "parameter_outside"),
        ({"depth": 2}, "unknown_depth"),
        ({"level": 3}, "unknown_level"),
        ({"industry": "ZZ"}, "unknown_industry"),
        ({"year": 1066}, "unknown_year"),
        ({"measure": "jobs"}, "unknown_measure"),
    ],
)
def test_wrong_choices(georgia: Release, wrong: dict[str, object], kind: str) -> None:
    with pytest.raises(ChoiceError) as raised:
        discover(georgia, **wrong)  # type: ignore[arg-type]
    assert raised.value.kind == kind
