"""The quotient's interval, against scipy's and by what it promises; the rule for small counts."""

from __future__ import annotations

import inspect
import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from atlas.metrics import uncertainty
from atlas.metrics.specialisation import location_quotient
from atlas.metrics.uncertainty import Interval, quotient_interval, small_count


def one(*values: float) -> list[np.ndarray]:
    return [np.array([value], dtype=float) for value in values]


def ends(*terms: float, confidence: float = 0.95) -> tuple[float, float]:
    found = quotient_interval(*one(*terms), confidence=confidence)
    return float(found.lower[0]), float(found.upper[0])


def test_clopper_pearson_five_of_ten() -> None:
    # The textbook's 5 of 10: .1871 to .8129; the region has a tenth of the base.
    assert ends(5, 100, 10, 1000) == pytest.approx((1.870860, 8.129140), abs=1e-5)


def test_eighteen_jobs_that_give_a_quotient_of_101() -> None:
    terms = (18, 660, 25, 92600)
    assert location_quotient(*one(*terms)) == pytest.approx([101], abs=0.05)
    lower, upper = ends(*terms)
    assert lower < 101 < upper < 92600 / 660
    found = quotient_interval(*one(*terms))
    # The interval is narrow: the region has most of a tiny industry. The count is small.
    assert upper < 2 * lower
    assert small_count(*one(18), found).tolist() == [1]
    assert small_count(*one(18), found, fewer_than=18).tolist() == [0]


def test_the_ends_of_the_scale() -> None:
    assert ends(0, 100, 10, 1000)[0] == 0
    assert ends(0, 100, 10, 1000)[1] == pytest.approx(10 * (1 - 0.025**0.1))
    assert ends(10, 100, 10, 1000) == pytest.approx((10 * 0.025**0.1, 10))
    # The whole country is as specialised as itself, for certain.
    assert ends(10, 1000, 10, 1000) == (1, 1)


@pytest.mark.parametrize(
    "terms",
    [
        *[tuple(np.nan if at == gap else 5.0 for at in range(4)) for gap in range(4)],
        (0, 100, 0, 1000),
        (5, 0, 10, 1000),
        (5, 100, 10, 0),
        (11, 100, 10, 1000),
        (5, 1001, 10, 1000),
        (-1, 100, 10, 1000),
        (np.nan, np.nan, np.nan, np.nan),
    ],
)
def test_what_is_unknown_or_cannot_be_has_no_interval(terms: tuple[float, ...]) -> None:
    assert np.isnan(ends(*terms)).all()


counts = st.tuples(st.integers(1, 10**6), st.floats(0, 1)).map(
    lambda pair: (int(pair[0] * pair[1]), pair[0])
)


@given(counts, st.floats(0.001, 0.999), st.sampled_from([0.8, 0.95, 0.99]))
def test_it_is_scipys_exact_interval_over_the_regions_share(
    count: tuple[int, int], weight: float, confidence: float
) -> None:
    part, whole = count
    exact = scipy.stats.binomtest(part, whole).proportion_ci(confidence, method="exact")
    found = ends(part, weight * 1000, whole, 1000, confidence=confidence)
    assert found == pytest.approx((exact.low / weight, exact.high / weight), rel=1e-6, abs=1e-9)


@given(counts, st.floats(0.001, 0.999))
def test_it_holds_the_quotient_and_widens_with_confidence(
    count: tuple[int, int], weight: float
) -> None:
    terms = (count[0], weight * 1000, count[1], 1000)
    quotient = float(location_quotient(*one(*terms))[0])
    lower, upper = ends(*terms)
    slack = 1e-9 * max(1, quotient)
    assert 0 <= lower <= quotient + slack
    assert quotient - slack <= upper <= 1 / weight + slack
    wide = ends(*terms, confidence=0.99)
    assert wide[0] <= lower + slack
    assert upper - slack <= wide[1]


@pytest.mark.parametrize("whole", [3, 25, 400])
@pytest.mark.parametrize("weight", [0.01, 0.2])
@pytest.mark.parametrize("quotient", [0.1, 1, 4.5])
def test_it_covers_the_true_quotient_as_often_as_it_promises(
    whole: int, weight: float, quotient: float
) -> None:
    drawn = np.arange(whole + 1.0)
    found = quotient_interval(drawn, *one(weight * 1000, whole, 1000))
    held = (found.lower <= quotient) & (quotient <= found.upper)
    chance = scipy.stats.binom.pmf(drawn, whole, weight * quotient)
    assert chance[held].sum() >= 0.95


def test_from_thirty_five_jobs_on_the_ends_are_within_a_factor_of_two() -> None:
    jobs = np.array([20.0, 30, 34, 35, 40, 100])
    found = quotient_interval(jobs, *one(1000, 10**7, 10**6))
    assert small_count(jobs, found).tolist() == [1, 1, 1, 0, 0, 0]
    assert small_count(jobs, found, spread_over=3.0).tolist() == [0] * 6


def test_a_zero_is_a_small_count_only_where_it_may_be_chance() -> None:
    none = np.zeros(2)
    # One job in a hundred thousand stands in the region; then a tenth of them all.
    found = quotient_interval(none, np.array([10.0, 10**5]), *one(5000, 10**6))
    assert found.upper[0] > 1 > found.upper[1]
    assert small_count(none, found).tolist() == [1, 0]


def test_a_missing_interval_is_no_small_count() -> None:
    interval = Interval(lower=np.array([np.nan, 1.0]), upper=np.array([np.nan, 1.5]))
    np.testing.assert_array_equal(small_count(np.array([3.0, np.nan]), interval), [np.nan, np.nan])


@given(st.integers(0, 200), st.floats(0, 100), st.floats(0, 100))
def test_a_wider_rule_flags_no_fewer(jobs: int, a: float, b: float) -> None:
    found = quotient_interval(*one(jobs, 1000, 10**5, 10**6))
    few, many = sorted((a, b))
    narrow = small_count(*one(jobs), found, fewer_than=few, spread_over=1 + many)
    wide = small_count(*one(jobs), found, fewer_than=many, spread_over=1 + few)
    assert narrow <= wide


@pytest.mark.parametrize("confidence", [0, 1, -0.5, 95, math.nan])
def test_impossible_confidence(confidence: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        ends(5, 100, 10, 1000, confidence=confidence)


def test_unusable_shapes_and_thresholds() -> None:
    with pytest.raises(ValueError, match="broadcast"):
        quotient_interval(np.ones(2), np.ones(3), *one(5, 5))
    found = quotient_interval(*one(5, 100, 10, 1000))
    with pytest.raises(ValueError, match="number"):
        small_count(*one(5), found, fewer_than=math.nan)
    with pytest.raises(ValueError, match="broadcast"):
        small_count(np.ones(2), Interval(np.ones(3), np.ones(3)))


def test_inputs_are_left_untouched() -> None:
    terms = [np.array([0.0, np.nan, 10, 3]), *one(100, 10, 1000)]
    before = [term.copy() for term in terms]
    small_count(terms[0], quotient_interval(*terms))
    for term, as_it_was in zip(terms, before, strict=True):
        np.testing.assert_array_equal(term, as_it_was)


@pytest.mark.parametrize("function", [quotient_interval, small_count])
def test_every_parameter_is_described(function: object) -> None:
    named = {
        name
        for name, parameter in inspect.signature(function).parameters.items()  # type: ignore[arg-type]
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }
    assert named
    assert named <= set(uncertainty.PARAMETERS)
