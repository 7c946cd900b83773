"""Peer: every cell figure and rule in pandas, each industry and year by itself, ``apply``.

The loop that most scripts on clusters begin with: formulas row by row, cuts group by group. It is
what the atlas replaces, not the best that pandas can do.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

STATUSES = ("published", "derived", "estimated", "partial", "not_applicable", "missing",
            "suppressed")  # fmt: skip
_GROUP = ["measure", "level", "industry_code", "year"]


def prepare(terms: pd.DataFrame) -> pd.DataFrame:
    """The terms with statuses as text, as a script would read them."""
    words = [name for name in terms if str(name).endswith("_status")]
    return terms.astype(dict.fromkeys(words, "object"))


def figures(terms: pd.DataFrame) -> pd.DataFrame:
    """For every figure a column of its name and ``<name>_status``, one row for each cell, as in the
    terms."""
    parts = [_of_group(group) for _, group in terms.groupby(_GROUP, observed=True, sort=False)]
    return pd.concat(parts).loc[terms.index]


def _of_group(cells: pd.DataFrame) -> pd.DataFrame:
    found = cells.apply(_formulas, axis=1, result_type="expand")
    stars = found[["size", "location_quotient", "focus"]].notna().all(axis=1)
    jobs, firms = cells["region_industry"], cells["establishments"]
    strong = found["location_quotient"].notna() & jobs.notna() & firms.notna()
    counted = strong & (jobs > 0)
    cuts = {
        "size": _top(found.loc[stars, "size"]),
        "focus": _top(found.loc[stars, "focus"]),
        "jobs": jobs[counted].quantile(0.25),
        "firms": firms[counted].quantile(0.25),
        **{q: found.loc[counted, "location_quotient"].quantile(q) for q in (0.5, 0.75, 0.9)},
    }
    both = pd.concat([cells, found], axis=1)
    rules = both.apply(_rules, axis=1, result_type="expand", cuts=cuts)
    return pd.concat([found, rules], axis=1)


def _formulas(cell: pd.Series) -> dict[str, Any]:
    x, whole = cell["region_industry"], cell["root_industry"]
    firms = cell["establishments"]
    quotient = _ratio(_ratio(x, cell["region_base"]), _ratio(whole, cell["root_base"]))
    dense = (
        _ratio(x, whole)
        * _ratio(cell["root_area"], cell["region_area"])
        * _ratio(cell["root_population"], cell["region_population"])
        * (math.nan if firms == 0 and x > 0 else _ratio(firms, cell["root_establishments"]))
    )
    return {
        **_said(cell, "amount", x, "region_industry"),
        **_said(cell, "location_quotient", quotient, "region_industry", "region_base",
                "root_industry", "root_base"),
        **_said(cell, "size", _ratio(x, whole), "region_industry", "root_industry"),
        **_said(cell, "focus", _ratio(x, cell["region_total"]), "region_industry", "region_total"),
        **_said(cell, "growth", _ratio(x, cell["region_industry_before"]) - 1, "region_industry",
                "region_industry_before"),
        **_said(cell, "litzenberger", dense, "region_industry", "root_industry", "region_area",
                "root_area", "region_population", "root_population", "establishments",
                "root_establishments"),
    }  # fmt: skip


def _rules(cell: pd.Series, cuts: dict[Any, float]) -> dict[str, Any]:
    quotient, size, focus = cell["location_quotient"], cell["size"], cell["focus"]
    # NumPy's own booleans add up to a boolean.
    stars = sum(map(bool, (size >= cuts["size"], quotient >= 2, focus >= cuts["focus"])))
    above = cell["region_industry"] > cuts["jobs"] and cell["establishments"] > cuts["firms"]
    three, strong = ("size", "location_quotient", "focus"), (
        "location_quotient", "region_industry", "establishments",
    )  # fmt: skip
    yildiz = sum(map(bool, (size > 0.01, focus > 0.01, quotient > 1)))
    found = {
        **_said(cell, "observatory_stars", stars, *three),
        **_said(cell, "uc_yildiz", yildiz, *three),
        **_said(cell, "statsamerica", quotient >= 1.2, "location_quotient"),
    }
    for name, q in (("us_strong", 0.75), ("strong10", 0.9), ("significant", 0.5)):
        met = quotient >= cuts[q] and quotient >= 1 and above
        found.update(_said(cell, name, met, *strong))
    names = [name for name in found if not name.endswith("_status")]
    called = sum(bool(found[name] >= (3 if name == "uc_yildiz" else 1)) for name in names)
    return {**found, **_said(pd.Series(found), "agreement", called, *names)}


def _said(cell: pd.Series, name: str, value: float, *needs: str) -> dict[str, Any]:
    """The figure and the worst status of what it needs; no value where one of them has none."""
    worst = max((cell[f"{need}_status"] for need in needs), key=STATUSES.index)
    unknown = STATUSES.index(worst) >= STATUSES.index("not_applicable")
    if not unknown and math.isnan(value):
        worst = "not_applicable"
    return {name: math.nan if unknown else float(value), f"{name}_status": worst}


def _ratio(over: float, under: float) -> float:
    return math.nan if under == 0 else over / under


def _top(values: pd.Series) -> float:
    """The least value still in the top tenth of those above zero, at least the first."""
    there = np.sort(values[values > 0])[::-1]
    return there[max(1, math.floor(len(there) * 0.10 + 1e-9)) - 1] if len(there) else math.nan
