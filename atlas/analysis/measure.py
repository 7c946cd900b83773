"""A metric over cells, as the command line and the exports give it out."""

from __future__ import annotations

import pandas as pd

from atlas.analysis.choices import choices
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
    known.check(
        metric=metric, measure=measure, level=level, industry=industry, region=region, year=year
    )
    if level is None and region is None:
        level = 1
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
    at = known.regions[region].level if region else level
    terms = terms_of(release, measure, at or 0, industry, year)
    keys = ["region_code", "industry_code", "year"]
    anew = pd.concat([terms[keys], compute(metric, terms, **settings)], axis=1)
    found = cells[keys].merge(anew, on=keys, how="left")
    return found.assign(status=found["status"].astype("str").fillna("missing"))


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
