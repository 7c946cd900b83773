"""Peer: every cell figure and rule in polars, one lazy query on all cores.

Written as a good hand would: each shared term once, cuts once per group, no Python in between.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

STATUSES = ("published", "derived", "estimated", "partial", "not_applicable", "missing",
            "suppressed")  # fmt: skip
_NOT_APPLICABLE = 4
_GROUP = ("measure", "level", "industry_code", "year")
_LIFT = 1e-9
#: The terms or figures that each figure needs.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "amount": ("region_industry",),
    "location_quotient": ("region_industry", "region_base", "root_industry", "root_base"),
    "size": ("region_industry", "root_industry"),
    "focus": ("region_industry", "region_total"),
    "growth": ("region_industry", "region_industry_before"),
    "litzenberger": (
        *("region_industry", "root_industry", "region_area", "root_area", "region_population"),
        *("root_population", "establishments", "root_establishments"),
    ),
    "observatory_stars": ("size", "location_quotient", "focus"),
    "uc_yildiz": ("size", "focus", "location_quotient"),
    "statsamerica": ("location_quotient",),
    "us_strong": ("location_quotient", "region_industry", "establishments"),
    "strong10": ("location_quotient", "region_industry", "establishments"),
    "significant": ("location_quotient", "region_industry", "establishments"),
    "agreement": (
        *("observatory_stars", "uc_yildiz", "statsamerica", "us_strong", "strong10"),
        "significant",
    ),
}
_PLAIN = ("amount", "location_quotient", "size", "focus", "growth", "litzenberger")
_RULES = tuple(name for name in NEEDS if name not in (*_PLAIN, "agreement"))
_c = pl.col


def prepare(terms: pl.DataFrame) -> pl.DataFrame:
    """The terms in polars' own form: statuses as an enumeration."""
    words = [name for name in terms.columns if name.endswith("_status")]
    return terms.with_columns(_c(words).cast(pl.String).cast(pl.Enum(STATUSES)))


def figures(terms: pl.DataFrame) -> pl.DataFrame:
    """For every figure a column of its name and ``<name>_status``, one row for each cell, as in the
    terms."""
    plain = _with_figures(terms.lazy(), _PLAIN, _plain())
    known = {name: _all_known(name) for name in ("observatory_stars", "us_strong")}
    counted = known["us_strong"] & (_c("region_industry") > 0)
    cuts = plain.group_by(_GROUP).agg(
        *(_top(_c(name).filter(known["observatory_stars"])).alias(f"top_{name}")
          for name in ("size", "focus")),
        *(_c("location_quotient").filter(counted).quantile(q, "linear").alias(f"quotient_{q}")
          for q in (0.5, 0.75, 0.9)),
        *(_c(name).filter(counted).quantile(0.25, "linear").alias(f"quarter_{name}")
          for name in ("region_industry", "establishments")),
    )  # fmt: skip
    beside = plain.join(cuts, on=_GROUP, how="left", maintain_order="left")
    ruled = _with_figures(beside, _RULES, _rules())
    called = _count(*(_c(name) >= (3 if name == "uc_yildiz" else 1) for name in _RULES))
    agreed = pl.when(_all_known("agreement")).then(called)
    ruled = _with_figures(ruled, ("agreement",), {"agreement": agreed})
    return ruled.select(*(word for name in NEEDS for word in (name, f"{name}_status"))).collect()


def _plain() -> dict[str, pl.Expr]:
    x, whole = _c("region_industry"), _c("root_industry")
    firms, all_firms = _c("establishments"), _c("root_establishments")
    return {
        "amount": x,
        "location_quotient": _ratio(_ratio(x, _c("region_base")), _ratio(whole, _c("root_base"))),
        "size": _ratio(x, whole),
        "focus": _ratio(x, _c("region_total")),
        "growth": _ratio(x, _c("region_industry_before")) - 1,
        "litzenberger": _ratio(x, whole)
        * _ratio(_c("root_area"), _c("region_area"))
        * _ratio(_c("root_population"), _c("region_population"))
        * pl.when(~((firms == 0) & (x > 0))).then(_ratio(firms, all_firms)),
    }


def _rules() -> dict[str, pl.Expr]:
    quotient, size, focus = _c("location_quotient"), _c("size"), _c("focus")
    above = (_c("region_industry") > _c("quarter_region_industry")) & (
        _c("establishments") > _c("quarter_establishments")
    )
    found = {
        "observatory_stars": _count(
            size >= _c("top_size"), quotient >= 2, focus >= _c("top_focus")
        ),
        "uc_yildiz": _count(size > 0.01, focus > 0.01, quotient > 1),
        "statsamerica": _count(quotient >= 1.2),
    }
    for name, q in (("us_strong", 0.75), ("strong10", 0.9), ("significant", 0.5)):
        found[name] = _count((quotient >= _c(f"quotient_{q}")) & (quotient >= 1) & above)
    return {name: pl.when(_all_known(name)).then(rule) for name, rule in found.items()}


def _with_figures(
    frame: pl.LazyFrame, names: tuple[str, ...], values: dict[str, pl.Expr]
) -> pl.LazyFrame:
    """The figures beside what is there: first the values, then their statuses."""
    frame = frame.with_columns(**values)
    return frame.with_columns(**{f"{name}_status": _status(name) for name in names})


def _status(name: str) -> pl.Expr:
    """The worst status of what the figure needs; not applicable where all of it is known."""
    worst = pl.max_horizontal(_c(f"{need}_status").to_physical() for need in NEEDS[name])
    undefined = _c(name).is_null() & (worst < _NOT_APPLICABLE)
    code = pl.when(undefined).then(pl.lit(_NOT_APPLICABLE, pl.UInt8)).otherwise(worst)
    return code.cast(pl.UInt8).cat.to(pl.Enum(STATUSES))


def _ratio(over: pl.Expr, under: pl.Expr) -> pl.Expr:
    return pl.when(under != 0).then(over / under)


def _all_known(name: str) -> pl.Expr:
    return pl.all_horizontal(_c(need).is_not_null() for need in NEEDS[name])


def _count(*conditions: pl.Expr) -> pl.Expr:
    return pl.sum_horizontal(one.fill_null(value=False).cast(pl.Float64) for one in conditions)


def _top(values: pl.Expr) -> pl.Expr:
    """The least value still in the top tenth of those above zero, at least the first."""
    there = values.filter(values > 0)
    count = (there.count() * 0.10 + _LIFT).floor().cast(pl.Int64).clip(lower_bound=1)
    return there.sort(descending=True).get(count - 1, null_on_oob=True)
