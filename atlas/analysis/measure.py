"""A metric over cells, as the command line and the exports give it out."""

from __future__ import annotations

import pandas as pd

from atlas.analysis.choices import choices
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
) -> pd.DataFrame:
    """One metric, one row per region, industry and year, missing cells included.

    Columns: region_code, industry_code, year, value (float, NaN where missing), status (a word
    of :data:`atlas.model.STATUSES`). Without ``level`` and ``region`` the first level below the
    country. Raises ChoiceError naming the first choice that does not exist.
    """
    choices(release).check(
        metric=metric, measure=measure, level=level, industry=industry, region=region, year=year
    )
    if level is None and region is None:
        level = 1
    return database.run(
        "measure/cells",
        release,
        metric=metric,
        measure=measure,
        level=level,
        industry=industry,
        region=region,
        year=year,
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
