"""A metric over cells, as the command line and the exports give it out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import pandas as pd

from atlas.analysis.choices import choices
from atlas.analysis.structure import figures_of_regions, structure_cells
from atlas.errors import ChoiceError
from atlas.metrics import STRUCTURES
from atlas.metrics import measure as compute
from atlas.metrics.registry import find
from atlas.model import MapView, Release
from atlas.store import database


def measure_cells(
    release: Release,
    metric: str,
    *,
    measure: str = "employment",
    level: int | None = None,
    industry: str | None = None,
    region: str | None = None,
    year: int | None = None,
    **settings: float,
) -> pd.DataFrame:
    """One metric, one row per region, industry and year, missing cells included.

    Columns: region_code, industry_code, year, value (float, NaN where missing), status (a word
    of :data:`atlas.model.STATUSES`). Without ``level`` and ``region`` the first level below the
    country. With ``settings`` (other values for the metric's parameters) the figure is computed
    anew over all regions of the level, else it is the release's own. Raises ChoiceError naming the
    first choice that does not exist.
    """
    known = choices(release)
    find(metric, settings)
    known.check(measure=measure, level=level, industry=industry, region=region, year=year)
    if level is None and region is None:
        level = 1
    at = known.regions[region].level if region else level
    if metric in STRUCTURES:
        rows = _structures(release, metric, measure, at or 0, year, settings)
        return _asked(rows, industry, region)
    cells = database.run(
        "measure/cells",
        release,
        metric=metric,
        measure=measure,
        level=level,
        industry=industry,
        region=region,
        year=year,
    )
    if not settings:
        return cells
    terms = terms_of(release, measure, at or 0, industry, year)
    keys = ["region_code", "industry_code", "year"]
    anew = pd.concat([terms[keys], compute(metric, terms, **settings)], axis=1)
    found = cells[keys].merge(anew, on=keys, how="left")
    return found.assign(status=found["status"].astype("str").fillna("missing"))


def _structures(
    release: Release, metric: str, measure: str, level: int, year: int | None,
    settings: Mapping[str, float],
) -> pd.DataFrame:  # fmt: skip
    """A figure of the whole table, year by year."""
    years = choices(release).years(measure) if year is None else [year]
    return pd.concat(
        (
            structure_cells(
                release,
                metric,
                terms_of(release, measure, level, None, when),
                terms_of(release, measure, 0, None, when),
                level=level,
                year=when,
                **settings,
            )
            for when in years
        ),
        ignore_index=True,
    )


@lru_cache(maxsize=64)
def region_figures(
    release: Release, metrics: tuple[str, ...], *, measure: str, level: int, year: int
) -> pd.DataFrame:
    """Several figures of whole regions over the sectors that they have figures of (missing ones
    skipped where the figure can): one row per region, columns (metric, ``value``) and (metric,
    ``status``). Computed once for a release; not to be changed by the caller."""
    rows = figures_of_regions(
        release,
        metrics,
        terms_of(release, measure, level, None, year),
        terms_of(release, measure, 0, None, year),
        level=level,
        year=year,
        skip_missing=1,
    )
    wide = rows.pivot(index="region_code", columns="metric", values=["value", "status"])
    return wide.swaplevel(axis=1)


def _asked(rows: pd.DataFrame, industry: str | None, region: str | None) -> pd.DataFrame:
    """The rows of one industry or one region. Raises ChoiceError for one that the figure is not
    about: a figure of a region stands under the root industry, one of an industry under the root
    region."""
    for column, wanted in (("industry_code", industry), ("region_code", region)):
        if wanted is not None:
            if wanted not in set(rows[column]):
                raise ChoiceError("figure_not_of", value=wanted)
            rows = rows[rows[column] == wanted]
    return rows.reset_index(drop=True)


def terms_of(
    release: Release, measure: str, level: int, industry: str | None, year: int | None
) -> pd.DataFrame:
    """The terms of all cells of a measure at a level (of one industry, in one year): what any
    metric is computed from; columns as ``queries/measure/terms.sql`` says."""
    return database.run(
        "measure/terms", release, measure=measure, level=level, industry=industry, year=year
    )


def measure_csv(view: MapView) -> bytes:
    """A map's own figure as CSV, one row per region, in the form of :func:`measure_cells`.

    Growth counts from the map's own year and so is taken from the view.
    """
    rows = pd.DataFrame(
        {
            "region_code": view.regions.index,
            "industry_code": view.industry.code,
            "year": view.year,
            "value": view.regions["value"].to_numpy(),
            "status": view.regions["status"].to_numpy(),
        }
    )
    text: str = rows.sort_values("region_code").to_csv(index=False, lineterminator="\n")
    return text.encode()
