"""The benchmarks compare like with like: the same data every time, the same figures on all sides.

Nothing here is timed.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from atlas.config import ROOT
from atlas.ingest.build import build
from atlas.ingest.cube import firm_cube
from atlas.ingest.placing import regions_of_points
from atlas.metrics import METRICS
from atlas.model import STATUSES
from atlas.store import database, releases
from benchmarks import cells, files, imports, points_in_regions
from benchmarks.__main__ import machine, table, versions
from benchmarks.peers import pandas_cells, polars_cells
from benchmarks.running import Line
from benchmarks.synthetic import Grid, Shape, grid

SMALL = Shape(regions=60, industries=12, years=7, filled=2500)


@pytest.fixture(scope="module")
def small() -> Grid:
    return grid(SMALL)


@pytest.fixture(scope="module")
def terms(small: Grid) -> pd.DataFrame:
    return files.terms_of(small)


def test_the_same_seed_gives_the_same_data(small: Grid) -> None:
    assert grid(SMALL).digest() == small.digest()
    assert grid(dataclasses.replace(SMALL, seed=1)).digest() != small.digest()


def test_what_the_data_look_like(small: Grid) -> None:
    assert len(small.region) == pytest.approx(SMALL.filled, rel=0.02)
    assert small.establishments.min() >= 1
    assert (small.employment >= small.establishments).all()
    assert not pd.DataFrame({"r": small.region, "i": small.industry, "y": small.year}).duplicated(
    ).any()  # fmt: skip
    assert small.suppressed.any()
    assert small.establishments[small.suppressed].max() <= 2
    # Heavy-tailed: the largest tenth of the cells has most of the employment.
    assert np.sort(small.employment)[::-1][:250].sum() > 0.5 * small.employment.sum()


def test_a_shape_that_holds_no_such_number_of_cells() -> None:
    with pytest.raises(ValueError, match="cannot hold 5 cells"):
        grid(Shape(regions=2, industries=2, years=1, filled=5))


@pytest.fixture(scope="module")
def peers(terms: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> list[pd.DataFrame]:
    path = tmp_path_factory.mktemp("terms") / "terms.parquet"
    terms.to_parquet(path)
    wide = polars_cells.figures(polars_cells.prepare(pl.read_parquet(path)))
    return [wide.to_pandas(), pandas_cells.figures(pandas_cells.prepare(terms))]


@pytest.mark.parametrize("name", METRICS)
def test_ours_and_both_peers_agree(
    name: str, terms: pd.DataFrame, peers: list[pd.DataFrame]
) -> None:
    own = cells.compute(terms)[name]
    assert own["value"].notna().any()
    for peer in peers:
        np.testing.assert_allclose(peer[name].astype(float), own["value"], rtol=1e-12)
        assert list(peer[f"{name}_status"]) == list(own["status"])


def test_peers_know_every_figure_and_status() -> None:
    assert set(polars_cells.NEEDS) == set(METRICS)
    assert polars_cells.STATUSES == pandas_cells.STATUSES == tuple(STATUSES)


def test_the_edition_builds(small: Grid, tmp_path: Path) -> None:
    files.write_edition(small, tmp_path / "edition")
    build(tmp_path / "edition", tmp_path / "home")
    release = releases.current("synthetic", tmp_path / "home")
    assert "Synthetic test data" in release.manifest["title"]
    found = database.run(
        "measure/cells", release, metric="amount", measure="employment", level=1, region=None,
        industry="I003", year=2020,
    ).set_index("region_code")  # fmt: skip
    assert len(found) == SMALL.regions
    here = (small.industry == 3) & (small.year == 2020)
    assert here.any()
    codes = np.array(small.region_codes())
    for region, jobs, hidden in zip(
        codes[small.region[here]], small.employment[here], small.suppressed[here], strict=True
    ):
        shown = found.loc[region]
        assert (shown["status"] == "suppressed") == hidden
        assert np.isnan(shown["value"]) if hidden else shown["value"] == jobs
    assert (found["status"] == "missing").sum() == SMALL.regions - here.sum()


def test_the_cube_and_pandas_agree(small: Grid, tmp_path: Path) -> None:
    files.write_firms(small, 5000, tmp_path / "firms.parquet")
    firms = pq.read_table(tmp_path / "firms.parquet").to_pandas()
    assert len(firms) == 5000
    assert firms["region_code"].isna().any()
    groups = firms.groupby(["region_code", "industry_code", "year"], dropna=False)
    expected = groups.agg(
        employment=("employment", lambda column: column.sum(min_count=1)),
        establishments=("year", "size"),
        turnover=("turnover", lambda column: column.sum(min_count=1)),
    ).reset_index()
    found = firm_cube(tmp_path / "firms.parquet").to_pandas()
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_what_is_told_of_a_line() -> None:
    ratio = Line("CPU", 1.5, "s", 1.3, 1.0, "peer", of_ratio=True)
    assert (ratio.ratio, ratio.met) == (1.5, False)
    assert Line("CPU", 1.5, "s", 2.0, 1.0, "peer").met is True
    assert Line("CPU", 1.5, "s").met is None
    told = table([ratio]).splitlines()[1]
    assert told.split() == ["CPU", "1.5", "s", "1", "s", "(peer)", "1.5", "1.3", "×", "peer", "NO"]


def test_neither_a_name_nor_a_path_of_the_machine_is_told() -> None:
    assert set(machine()) == {"cores", "memory_gb", "cpu"}
    assert versions()["duckdb"].startswith("2.0")
    told = json.dumps([versions(), machine()])
    assert str(ROOT) not in told


@pytest.mark.parametrize("which", ["provinces", "counties"])
def test_points_lie_where_the_peer_finds_them(which: str) -> None:
    assert len(points_in_regions.regions(which)) == {"provinces": 81, "counties": 3107}[which]
    lon, lat = points_in_regions.points(points_in_regions.regions(which), 3000)
    found = regions_of_points(lon, lat, points_in_regions.regions(which))
    # Most stand in a region, some in the sea or abroad.
    assert 1500 < sum(code is not None for code in found) < 3000
    assert points_in_regions.same(which, 3000)


def test_the_register_of_firms_is_whole(tmp_path: Path) -> None:
    imports._write(2000, tmp_path / "a.csv")
    firms = pd.read_csv(tmp_path / "a.csv", dtype={"NACE kodu": str})
    assert firms["vergi no"].to_list() == list(range(2000))
    named = firms["il kodu"].notna()
    assert 0.25 < named.mean() < 0.4
    assert (firms["boylam"].isna() == named).all()
    assert firms["NACE kodu"].str.fullmatch(r"\d\d").all()
