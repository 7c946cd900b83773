"""Every metric over a table of terms: values, and the reason where there is none."""

from __future__ import annotations

import inspect

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.errors import ChoiceError
from atlas.metrics import METRICS, measure
from atlas.model import STATUSES
from atlas.store import database

MISSING = ("missing", "suppressed")
#: Everything that a release offers a metric to be computed from.
COLUMNS = database.query("terms/10_terms").columns
TERMS = [column for column in COLUMNS if f"{column}_status" in COLUMNS]


def terms(*rows: tuple[float, str, float, str]) -> pd.DataFrame:
    """Terms of ``size``: the cell's figure and the country's, each with its status."""
    names = ("region_industry", "root_industry")
    columns = [word for name in names for word in (name, f"{name}_status")]
    return pd.DataFrame(list(rows), columns=columns)


def test_what_is_registered() -> None:
    assert set(METRICS) >= {"amount", "location_quotient", "size", "focus", "growth"}
    for name, found in METRICS.items():
        assert found.name == name
        taken = list(inspect.signature(found.compute).parameters)
        assert list(found.needs) == taken[: len(found.needs)]
        assert set(found.needs) <= {*TERMS, *METRICS}
        assert found.unit in ("ratio", "share", "change", "amount", "stars", "verdict", "rules")
        assert (found.criteria is not None) == (found.scale == "steps") == (found.top > 0)
        assert all((found.title, found.reading, found.formula, found.direction, found.source))


def test_values_and_reasons() -> None:
    found = measure(
        "size",
        terms(
            (25, "published", 100, "derived"),
            (0, "published", 100, "estimated"),
            (0, "published", 0, "published"),
            (5, "estimated", 0, "partial"),
            (np.nan, "missing", 100, "published"),
            (np.nan, "suppressed", 100, "published"),
            (np.nan, "suppressed", np.nan, "missing"),
            (np.nan, "missing", 0, "published"),
        ),
    )
    np.testing.assert_array_equal(found["value"], [0.25, 0, *[np.nan] * 6])
    assert list(found["status"]) == [
        *("derived", "estimated", "not_applicable", "not_applicable"),
        *("missing", "suppressed", "suppressed", "missing"),
    ]


def test_a_suppressed_figure_gives_no_value_even_where_one_slips_in() -> None:
    found = measure("size", terms((40, "suppressed", 100, "published")))
    assert found["value"].isna().all()
    assert list(found["status"]) == ["suppressed"]


@pytest.mark.parametrize("worse", range(len(STATUSES)))
@pytest.mark.parametrize("better", range(len(STATUSES)))
def test_the_worst_status_wins(better: int, worse: int) -> None:
    found = measure("size", terms((25, STATUSES[better], 100, STATUSES[worse])))
    assert list(found["status"]) == [STATUSES[max(better, worse)]]


def test_the_order_of_statuses() -> None:
    assert list(STATUSES) == [
        *("published", "derived", "estimated", "partial"),
        *("not_applicable", "missing", "suppressed"),
    ]


def test_the_index_is_kept_and_the_terms_are_untouched() -> None:
    table = terms((25, "published", 100, "derived"), (np.nan, "missing", 100, "published"))
    table.index = pd.Index(["XT-S", "XT-N"])
    before = table.copy(deep=True)
    assert list(measure("size", table).index) == ["XT-S", "XT-N"]
    pd.testing.assert_frame_equal(table, before)


def test_an_unknown_metric_names_the_nearest() -> None:
    with pytest.raises(ChoiceError) as raised:
        measure("location_quotent", terms())
    assert raised.value.kind == "unknown_metric"
    assert raised.value.facts == {"value": "location_quotent", "nearest": "location_quotient"}


cell = st.one_of(
    st.tuples(st.just(np.nan), st.sampled_from(MISSING)),
    st.tuples(st.integers(0, 5).map(float), st.sampled_from(STATUSES[:4])),
)


@settings(max_examples=30)
@given(st.lists(st.tuples(*[cell] * len(TERMS)), min_size=1, max_size=20))
def test_a_value_or_a_reason_never_both_never_neither(
    rows: list[tuple[tuple[float, str], ...]],
) -> None:
    table = pd.DataFrame(
        {
            column: [row[position][part] for row in rows]
            for position, name in enumerate(TERMS)
            for part, column in enumerate((name, f"{name}_status"))
        }
    ).assign(group=0)
    for metric in METRICS:
        found = measure(metric, table)
        reason = found["status"].isin(["not_applicable", *MISSING])
        assert (found["value"].isna() == reason).all()
