"""How many rules call a cell a cluster, counted by hand."""

from __future__ import annotations

import numpy as np

from atlas.analysis.measure import terms_of
from atlas.metrics import METRICS, criteria, measure
from atlas.metrics.agreement import agreement
from atlas.model import Release


def test_every_rule_is_counted() -> None:
    rules = [name for name, found in METRICS.items() if found.criteria and name != "agreement"]
    assert list(METRICS["agreement"].needs) == rules
    assert METRICS["agreement"].top == len(rules) == 6


def test_counted_by_hand() -> None:
    # One of the Observatory's stars makes a cluster, of the Turkish ones all three.
    verdicts = np.array(
        [
            # stars, Turkish, StatsAmerica, strong, top tenth, significant -> agreement
            (3, 3, 1, 1, 1, 1, 6),
            (1, 2, 1, 0, 0, 0, 2),
            (0, 3, 0, 0, 0, 1, 2),
            (0, 0, 0, 0, 0, 0, 0),
            (3, 3, 1, np.nan, 1, 1, np.nan),
        ]
    ).T
    np.testing.assert_array_equal(agreement(*verdicts[:-1]), verdicts[-1])


def test_a_condition_for_each_rule(georgia: Release) -> None:
    terms = terms_of(georgia, "employment", 1, None, 2022)
    terms = terms[terms["industry_code"] != "TOTAL"]
    value = measure("agreement", terms)["value"].to_numpy()
    conditions = criteria("agreement", terms)
    assert [one.figure for one in conditions] == list(METRICS["agreement"].needs)
    assert [one.at for one in conditions] == [1, 3, 1, 1, 1, 1]
    met = np.sum([one.met for one in conditions], axis=0)
    np.testing.assert_array_equal(met[~np.isnan(value)], value[~np.isnan(value)])
    assert (value == 6).sum() == 15
