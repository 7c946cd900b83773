"""The synthetic data as files (see :mod:`benchmarks.place`): made once, reused by every run.

``python -m benchmarks.files`` makes them all; ``--regions 500 --industries 200 ...`` another size.
Each file is written beside its place and renamed into it, so what is there is whole.
"""

from __future__ import annotations

import argparse
import itertools
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, fields
from pathlib import Path

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from shapely import box

from atlas.model import STATUSES, Release
from atlas.store import database
from benchmarks.place import EDITION, FIRMS, HOME, NAME, SIZE, TERMS
from benchmarks.synthetic import Grid, Shape, grid

FIRM_YEARS = 10_000_000
#: What the edition's only country and all its industries are called.
ROOT, ALL = "XS", "TOTAL"
#: Years between the two ends of a change: the grid is too short for the atlas' own ten.
SPAN = 5
#: Where the squares begin (in the open sea) and how wide one is, in degrees.
_WEST, _SOUTH, _WIDTH = -30.0, 30.0, 0.1
#: Share of the rows of the firm table without an answer, column by column.
_UNANSWERED = {"region_code": 0.01, "employment": 0.02, "turnover": 0.05}


def once(path: Path, write: Callable[[Path], object]) -> Path:
    """The file or folder, written first unless it is there already."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}")
        if beside.is_dir():
            shutil.rmtree(beside)
        write(beside)
        beside.rename(path)
    return path


def terms_of(data: Grid) -> pd.DataFrame:
    """The terms of employment for every filled cell: columns as ``queries/measure/terms.sql`` says.

    The base is all industries; the earlier year is :data:`SPAN` years before. Totals count the
    suppressed cells, as those that an office publishes do.
    """
    years, first = data.shape.years, int(data.year.min())
    at = data.year - first
    region_total = _sums(data.region * years + at, data.employment)
    root_industry = _sums(data.industry * years + at, data.employment)
    place = (data.industry * years + at) * data.shape.regions + data.region
    jobs = np.full(data.shape.industries * years * data.shape.regions, np.nan)
    jobs[place] = np.where(data.suppressed, np.nan, data.employment)
    before = np.where(at >= SPAN, jobs[place - SPAN * data.shape.regions * (at >= SPAN)], np.nan)
    columns = {
        "region_industry": jobs[place],
        "region_base": region_total,
        "region_total": region_total,
        "root_industry": root_industry,
        "root_base": _sums(at, data.employment),
        "region_industry_before": before,
        "establishments": np.where(data.suppressed, np.nan, data.establishments),
        "root_establishments": _sums(data.industry * years + at, data.establishments),
        "region_area": data.area[data.region],
        "root_area": np.full(len(at), data.area.sum()),
        "region_population": data.population[data.region],
        "root_population": np.full(len(at), data.population.sum()),
    }
    frame = pd.DataFrame(
        {
            "measure": pd.Categorical.from_codes(np.zeros(len(at), np.int8), ["employment"]),
            "industry_code": pd.Categorical.from_codes(data.industry, data.industry_codes()),
            "year": data.year.astype(np.int32),
            "region_code": pd.Categorical.from_codes(data.region, data.region_codes()),
            "level": np.ones(len(at)),
        }
    )
    for name, values in columns.items():
        frame[name] = np.asarray(values, dtype=np.float64)
        frame[f"{name}_status"] = _statuses(name, frame[name].to_numpy(), data)
    return frame


def _sums(keys: np.ndarray, amounts: np.ndarray) -> np.ndarray:
    """For each entry the sum over all entries with the same key."""
    return np.bincount(keys, amounts)[keys]


def _statuses(name: str, values: np.ndarray, data: Grid) -> pd.Categorical:
    """Published, a cell in twenty estimated; else the reason why there is no figure."""
    status = np.full(len(values), STATUSES.index("published"), dtype=np.int8)
    if name in ("region_industry", "establishments"):
        status[(data.region + data.industry) % 20 == 0] = STATUSES.index("estimated")
        status[data.suppressed] = STATUSES.index("suppressed")
    elif name == "region_industry_before":
        status[np.isnan(values)] = STATUSES.index("missing")
    return pd.Categorical.from_codes(status, list(STATUSES))


def write_terms(data: Grid, path: Path) -> None:
    """:func:`terms_of` as Parquet, words as dictionaries."""
    terms_of(data).to_parquet(path, index=False)


def write_edition(
    data: Grid, folder: Path, shapes: gpd.GeoDataFrame | None = None, **settings: str
) -> None:
    """An edition that ``python -m atlas build`` takes; its title says what it is.

    ``shapes``: a polygon for each region by ``region_code``, squares unless given. ``settings``
    take the place of the edition's own.
    """
    folder.mkdir(parents=True)
    regions = pd.DataFrame(
        {
            "region_code": [ROOT, *data.region_codes()],
            "parent_code": ["", *[ROOT] * data.shape.regions],
            "level": [0, *[1] * data.shape.regions],
            "name_en": ["Test country", *(f"Test region {c}" for c in data.region_codes())],
            "population": [data.population.sum(), *data.population],
            "area_km2": [data.area.sum(), *data.area],
        }
    )
    regions.to_csv(folder / "regions.csv", index=False)
    groups = list(dict.fromkeys(data.industry_groups()))
    codes = [ALL, *groups, *data.industry_codes()]
    industries = pd.DataFrame(
        {
            "industry_code": codes,
            "parent_code": ["", *[ALL] * len(groups), *data.industry_groups()],
            "name_en": ["All test industries", *(f"Test industry {code}" for code in codes[1:])],
        }
    )
    industries.to_csv(folder / "industries.csv", index=False)
    _observations(data).to_parquet(folder / "observations.parquet", index=False)
    drawn = _squares(data) if shapes is None else shapes
    drawn.to_parquet(folder / "boundaries.parquet")
    package = _package(settings)
    (folder / "datapackage.json").write_text(json.dumps(package, indent=1), encoding="utf-8")


def _observations(data: Grid) -> pd.DataFrame:
    """Every filled cell, the suppressed ones without their figures."""
    shown = ~data.suppressed
    return pd.DataFrame(
        {
            "region_code": pd.Categorical.from_codes(data.region, data.region_codes()),
            "industry_code": pd.Categorical.from_codes(data.industry, data.industry_codes()),
            "year": data.year.astype(np.int32),
            "employment": pd.Series(data.employment, dtype="Int64").where(shown),
            "establishments": pd.Series(data.establishments, dtype="Int64").where(shown),
            "status": pd.Categorical.from_codes(np.where(shown, -1, 0), ["suppressed"]),
        }
    )


def _squares(data: Grid) -> gpd.GeoDataFrame:
    """A square for each region, side by side in rows, in degrees."""
    number = np.arange(data.shape.regions)
    across = int(np.ceil(np.sqrt(data.shape.regions)))
    west = np.round(_WEST + number % across * _WIDTH, 9)
    south = np.round(_SOUTH + number // across * _WIDTH, 9)
    squares = box(west, south, np.round(west + _WIDTH, 9), np.round(south + _WIDTH, 9))
    frame = {"region_code": data.region_codes(), "geometry": squares}
    return gpd.GeoDataFrame(frame, crs="EPSG:4326")


def _package(settings: dict[str, str]) -> dict[str, object]:
    return {
        "name": NAME,
        "title": "Synthetic test data, drawn at random: no country, no observed figure",
        "version": "1.0.0",
        "licenses": [{"name": "CC0-1.0", "title": "CC0 1.0"}],
        "sources": [{"title": "Drawn at random (benchmarks/synthetic.py)", "publisher": "nobody"}],
        "atlas": {
            "country": ROOT, "languages": ["en"], "classification": "invented",
            "metric_crs": "EPSG:32626", "root_region": ROOT, "root_industry": ALL,
            "quotient_base": "root", **settings,
        },
    }  # fmt: skip


def write_firms(data: Grid, rows: int, path: Path) -> None:
    """Firm-year rows as Parquet, year by year, within one in no order, as a register gives them.

    Columns: firm_id, year, region_code, industry_code (text), employment, turnover (whole numbers,
    empty where not answered). Cells get rows in proportion to their establishments.
    """
    random = np.random.default_rng(data.shape.seed)
    region_codes, industry_codes = pa.array(data.region_codes()), pa.array(data.industry_codes())
    years = range(int(data.year.min()), int(data.year.max()) + 1)
    ends = np.linspace(0, rows, len(years) + 1).astype(int)
    writer: pq.ParquetWriter | None = None
    for year, (begin, end) in zip(years, itertools.pairwise(ends), strict=True):
        inside = np.flatnonzero(data.year == year)
        weight = np.cumsum(data.establishments[inside], dtype=np.float64)
        count = int(end - begin)
        cell = inside[np.searchsorted(weight, random.random(count) * weight[-1], side="right")]
        jobs = np.maximum(1, np.round(random.lognormal(1.5, 1.2, count))).astype(np.int64)
        empty = {name: random.random(count) < share for name, share in _UNANSWERED.items()}
        table = pa.table(
            {
                "firm_id": pa.array(random.integers(1, max(2, rows // 4), count)),
                "year": pa.array(np.full(count, year, dtype=np.int32)),
                "region_code": region_codes.take(
                    pa.array(data.region[cell], mask=empty["region_code"])
                ),
                "industry_code": industry_codes.take(pa.array(data.industry[cell])),
                "employment": pa.array(jobs, mask=empty["employment"]),
                "turnover": pa.array(
                    np.round(jobs * random.lognormal(10.5, 1.0, count)).astype(np.int64),
                    mask=empty["turnover"],
                ),
            }
        )
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()


def figures_file(release: Release) -> Path:
    """The release's figures as one Parquet file beside it, in the order of the table."""

    def write(path: Path) -> None:
        with duckdb.connect(str(release.path / database.DATABASE), read_only=True) as connection:
            connection.table("figures").write_parquet(str(path))

    return once(HOME / f"{release.release_id}.parquet", write)


def make(shape: Shape, firm_years: int) -> None:
    """Make every file that is not there yet; those that are there are not looked at."""
    if all(path.exists() for path in (TERMS, FIRMS, EDITION, SIZE)):
        return
    data = grid(shape)
    once(TERMS, lambda path: write_terms(data, path))
    once(EDITION, lambda path: write_edition(data, path))
    once(FIRMS, lambda path: write_firms(data, firm_years, path))
    size = {**asdict(shape), "cells": len(data.region), "firm_years": firm_years}
    once(SIZE, lambda path: path.write_text(json.dumps(size), encoding="utf-8"))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    for field in fields(Shape):
        parser.add_argument(f"--{field.name}", type=int, default=field.default)
    parser.add_argument("--firm-years", type=int, default=FIRM_YEARS)
    given = vars(parser.parse_args())
    firm_years = given.pop("firm_years")
    make(Shape(**given), firm_years)


if __name__ == "__main__":
    main()
