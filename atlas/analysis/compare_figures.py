"""The table under a comparison: what is known of each region, and which is plainly best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from atlas.analysis.choices import Choices
from atlas.analysis.clusters import all_clusters
from atlas.analysis.measure import measure_cells, region_figures
from atlas.metrics import METRICS
from atlas.metrics.registry import ratio
from atlas.model import STATUSES


@dataclass(frozen=True)
class Figure:
    """One row of the table.

    ``name``: ``amount`` (of ``measure``), ``growth``, ``turnover_per_person``,
    ``equivalent_number``, ``krugman_rest``, ``clusters``, or the column of an edition's own figure.
    ``values`` (NaN where there is none) and ``statuses`` by region code, the country's too.
    ``better``: ``more`` or ``less`` where that is plainly better, else empty. ``year``: what it is
    of, None where ``about`` (the edition's own words) says it. ``sectors``: what a figure of the
    structure is taken over, by region. ``source``: name of a source.
    """

    name: str
    values: Mapping[str, float]
    statuses: Mapping[str, str]
    year: int | None = None
    since: int | None = None
    measure: str = ""
    better: str = ""
    source: str | None = None
    about: Mapping[str, Any] = field(default_factory=dict)
    sectors: Mapping[str, int] = field(default_factory=dict)

    def best(self, regions: Iterable[str]) -> set[str]:
        """The regions that are plainly best, none unless two are known and differ."""
        known = {code: self.values[code] for code in regions if np.isfinite(self.values[code])}
        if not self.better or len(set(known.values())) < 2:
            return set()
        best = (max if self.better == "more" else min)(known.values())
        return {code for code, value in known.items() if value == best}


def figures(
    known: Choices, regions: Sequence[str], amounts: pd.DataFrame, sectors: list[str],
    measure: str, year: int, since: int,
) -> tuple[Figure, ...]:  # fmt: skip
    """The rows of the table for these regions and the country, in the order of the table.

    ``amounts``: of the measure in that year, as :func:`atlas.analysis.compare.sector_amounts`.
    """
    codes = [*regions, known.root_region.code]
    stated = list(known.release.settings.get("region_figures", ()))
    if not any(about.get("column") == "population" for about in stated):
        # A column of every edition's regions, whether or not it says more of it.
        stated.append({"column": "population", "adds_up": True})
    own = [_own(known, codes, about) for about in stated]
    first = [one for one in own if one.name == "population"]
    rows = [*first, *_counted(known, codes, measure, year, since)]
    rows += [one for one in own if one not in first]
    rows += _structure(known, codes, amounts, sectors, measure, year)
    return tuple(row for row in [*rows, *_clusters(known, codes)] if _says_something(row, regions))


def _says_something(row: Figure, regions: Sequence[str]) -> bool:
    return any(np.isfinite(row.values[code]) for code in regions)


def _totals(known: Choices, measure: str, year: int) -> pd.DataFrame:
    """Value and status of all sectors together by region, the country's too; no rows for a year
    without figures."""
    if measure not in known.measures or year not in known.years(measure):
        return pd.DataFrame({"value": [], "status": []}, dtype=object)
    root = known.root_industry.code
    cells = [
        measure_cells(
            known.release, "amount", measure=measure, level=level, industry=root, year=year
        )
        for level in (1, 0)
    ]
    return pd.concat(cells).set_index("region_code")[["value", "status"]]


def _row(table: pd.DataFrame, codes: Sequence[str]) -> tuple[dict[str, float], dict[str, str]]:
    found = table.reindex(codes)
    values = found["value"].astype(float)
    return values.to_dict(), found["status"].fillna("missing").astype(str).to_dict()


def _counted(
    known: Choices, codes: Sequence[str], measure: str, year: int, since: int
) -> list[Figure]:
    """Persons employed and the chosen measure, its change, and turnover per person."""
    release, found = known.release, []
    for name in dict.fromkeys(("employment", measure)):
        if name in known.measures:
            values, statuses = _row(_totals(known, name, year), codes)
            found.append(
                Figure(
                    "amount", values, statuses, year, measure=name, source=source_name(known, name)
                )
            )
    now, then = _totals(known, measure, year), _totals(known, measure, since)
    if since < year and len(now) and len(then):
        values, statuses = _combined(now, then, codes, METRICS["growth"].compute)
        found.append(
            Figure(
                "growth",
                values,
                statuses,
                year,
                since,
                measure,
                "more",
                source_name(known, measure),
            )
        )
    money, people = _totals(known, "turnover", year), _totals(known, "employment", year)
    if len(money) and len(people):
        about = dict(release.manifest.get("measures", {}).get("turnover", {}))
        per_person = about.get("per_person") or {**about, "times": 1}
        values, statuses = _combined(money, people, codes, ratio)
        times = float(per_person.get("times", 1))
        found.append(
            Figure(
                "turnover_per_person",
                {code: value * times for code, value in values.items()},
                statuses,
                year,
                better="more",
                source=source_name(known, "turnover"),
                about=per_person,
            )
        )
    return found


def _combined(
    one: pd.DataFrame, other: pd.DataFrame, codes: Sequence[str], compute: Any
) -> tuple[dict[str, float], dict[str, str]]:
    """A figure of two amounts by region; it takes the worse status of the two."""
    both = [_row(table, codes) for table in (one, other)]
    values = compute(*(np.array([values[code] for code in codes]) for values, _ in both))
    statuses = [max((status[code] for _, status in both), key=STATUSES.index) for code in codes]
    return dict(zip(codes, map(float, values), strict=True)), dict(
        zip(codes, statuses, strict=True)
    )


def source_name(known: Choices, measure: str) -> str | None:
    """The name of a measure's source, where the edition says it."""
    found = known.release.manifest.get("measures", {}).get(measure, {}).get("source")
    return str(found) if found else None


def _own(known: Choices, codes: Sequence[str], about: Mapping[str, Any]) -> Figure:
    """A figure that the edition states of its regions. The country's is the sum of the known ones
    where the edition says that they add up and does not state it."""
    column = str(about.get("column"))
    stated = {
        code: _number(item.extra.get(column))
        for code, item in known.regions.items()
        if item.level in (0, 1)
    }
    statuses = {code: "published" if np.isfinite(v) else "missing" for code, v in stated.items()}
    root = known.root_region.code
    parts = np.array([stated[code] for code in known.at_level(1)])
    if about.get("adds_up") and np.isnan(stated[root]) and np.isfinite(parts).any():
        stated[root] = float(np.nansum(parts))
        statuses[root] = "derived" if np.isfinite(parts).all() else "partial"
    return Figure(
        column,
        {code: stated[code] for code in codes},
        {code: statuses[code] for code in codes},
        better=str(about.get("better") or ""),
        source=about.get("source"),
        about=about,
    )


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


def _structure(
    known: Choices, codes: Sequence[str], amounts: pd.DataFrame, sectors: list[str],
    measure: str, year: int,
) -> list[Figure]:  # fmt: skip
    """How many equal sectors a region would have, and how far it is from the rest of the country.

    Both over the sectors that have a figure in the region: a missing one is left out, of its
    shares and (for the second) of the others', never taken as zero.
    """
    counts = amounts.loc[codes, sectors].notna().sum(axis=1)
    names = ("equivalent_number", "krugman_rest")
    table = pd.concat(
        region_figures(known.release, names, measure=measure, level=level, year=year)
        for level in (1, 0)
    )
    rows = []
    for name in names:
        values, statuses = _row(table[name], codes)
        rows.append(
            Figure(
                name,
                values,
                statuses,
                year,
                measure=measure,
                source=source_name(known, measure),
                sectors=counts.to_dict(),
            )
        )
    return rows


def _clusters(known: Choices, codes: Sequence[str]) -> list[Figure]:
    """How many clusters are published by name; no row where the edition names none."""
    every = all_clusters(known.release)
    if every.empty:
        return []
    counts = every["region_code"].value_counts()
    values = {code: float(counts.get(code, 0)) for code in codes}
    values[known.root_region.code] = float(len(every))
    sources = every["source"].dropna().unique() if "source" in every else []
    return [
        Figure(
            "clusters",
            values,
            dict.fromkeys(codes, "published"),
            source=str(sources[0]) if len(sources) == 1 else None,
        )
    ]
