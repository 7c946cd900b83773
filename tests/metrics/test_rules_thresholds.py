"""What setting a threshold can do to every rule, and what cannot be set."""

from __future__ import annotations

import inspect
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.metrics import rules, us_rules
from atlas.metrics.rules import observatory_stars, statsamerica, uc_yildiz
from atlas.metrics.us_rules import significant, strong10, us_strong

#: Every rule with the number of its columns and whether it takes groups.
RULES = {
    observatory_stars: (3, True),
    us_strong: (3, True),
    strong10: (3, True),
    significant: (3, True),
    uc_yildiz: (3, False),
    statsamerica: (1, False),
}

figure = st.one_of(st.just(math.nan), st.integers(0, 4).map(float), st.floats(0, 5))
cells = st.lists(st.tuples(figure, figure, figure, st.integers(0, 2)), max_size=40)


def columns(rows: list[tuple[float, float, float, int]]) -> list[np.ndarray]:
    table = np.array(rows, dtype=float).reshape(-1, 4).T
    return [*table[:3], table[3].astype(int)]


def apply(rule: object, cells: list[np.ndarray], **thresholds: float) -> np.ndarray:
    number, grouped = RULES[rule]  # type: ignore[index]
    group = [cells[3]] if grouped else []
    return rule(*cells[:number], *group, **thresholds)  # type: ignore[operator]


RAISED = [
    (observatory_stars, "quotient_at_least", st.floats(0, 5), 1),
    # A smaller share is a higher threshold.
    (observatory_stars, "size_share", st.floats(0.01, 1), -1),
    (observatory_stars, "focus_share", st.floats(0.01, 1), -1),
    *((rule, "quantile", st.floats(0, 1), 1) for rule in (us_strong, strong10, significant)),
    (us_strong, "employment_quantile", st.floats(0, 1), 1),
    (us_strong, "establishments_quantile", st.floats(0, 1), 1),
    (us_strong, "quotient_at_least", st.floats(0, 5), 1),
    *((uc_yildiz, name, st.floats(0, 5), 1) for name in ("size_cut", "focus_cut", "quotient_cut")),
    (statsamerica, "quotient_at_least", st.floats(0, 5), 1),
]


@pytest.mark.parametrize(("rule", "name", "levels", "sign"), RAISED)
@given(data=st.data())
def test_raising_a_threshold_never_adds(
    rule: object, name: str, levels: st.SearchStrategy[float], sign: int, data: st.DataObject
) -> None:
    table = columns(data.draw(cells))
    low, high = sorted((data.draw(levels), data.draw(levels)), key=lambda level: sign * level)
    loose, strict = (apply(rule, table, **{name: level}) for level in (low, high))
    np.testing.assert_array_equal(np.isnan(loose), np.isnan(strict))
    assert not (strict > loose).any()


@pytest.mark.parametrize("rule", RULES)
def test_every_parameter_is_described(rule: object) -> None:
    named = [
        name
        for name, parameter in inspect.signature(rule).parameters.items()  # type: ignore[arg-type]
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    ]
    assert named
    described = {**rules.PARAMETERS, **us_rules.PARAMETERS}
    assert set(named) <= set(described)


@pytest.mark.parametrize(
    ("rule", "thresholds"),
    [
        (observatory_stars, {"size_share": 0.0}),
        (observatory_stars, {"focus_share": 1.5}),
        (observatory_stars, {"quotient_at_least": math.nan}),
        (us_strong, {"quantile": 75.0}),
        (us_strong, {"employment_quantile": -0.25}),
        (us_strong, {"quotient_at_least": math.nan}),
        (uc_yildiz, {"focus_cut": math.nan}),
        (statsamerica, {"quotient_at_least": math.nan}),
    ],
)
def test_impossible_thresholds(rule: object, thresholds: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"lies|number"):
        apply(rule, [*np.ones((3, 1)), np.zeros(1, dtype=int)], **thresholds)
