"""An edition of 3,107 regions that look like regions: the counties of the United States (Census
Bureau, cartographic boundaries 2016 at 1:500,000, from the package plotly-geo), with figures drawn
at random. The counties lend their borders alone: neither their names nor any figure of theirs.

``python -m benchmarks.counties`` makes the edition, its release and the peer's files.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import _plotly_geo
import geopandas as gpd
import pandas as pd

from benchmarks.files import once, write_edition
from benchmarks.place import COUNTIES, COUNTIES_HOME, PEER_FIGURES, PEER_SHAPES
from benchmarks.running import PROJECT
from benchmarks.synthetic import Grid, Shape, grid

#: As many regions and industries as in the other benchmarks, in fewer years.
SHAPE = Shape(years=3, filled=750_000)
#: Names in the package's table of the states and territories that do not lie side by side.
_APART = ("02", "15", "60", "66", "69", "72", "78")
#: Equal areas; metres.
CRS = "EPSG:5070"


def outlines(data: Grid) -> gpd.GeoDataFrame:
    """A county's polygon for each region, in degrees: columns region_code and geometry."""
    path = Path(_plotly_geo.__file__).parent / "package_data" / "cb_2016_us_county_500k.shp"
    counties = gpd.read_file(path)
    counties = counties[~counties["STATEFP"].isin(_APART)].sort_values("GEOID")
    shapes = counties.geometry.to_numpy()[: data.shape.regions]
    # NAD83, which differs from WGS84 by less than the borders are drawn to.
    frame = {"region_code": data.region_codes(), "geometry": shapes}
    return gpd.GeoDataFrame(frame, crs="EPSG:4326")


def write_peer_shapes(path: Path) -> None:
    """The boundaries as they came, as the GeoJSON file that a peer reads."""
    gpd.read_parquet(COUNTIES / "boundaries.parquet").to_file(path, driver="GeoJSON")


def write_peer_figures(path: Path) -> None:
    """Location quotients of every cell as one Parquet file, ordered by industry and year."""
    observed = pd.read_parquet(COUNTIES / "observations.parquet")
    observed = observed.astype({"region_code": str, "industry_code": str})
    jobs = observed["employment"].astype(float)
    total = {
        keys: jobs.groupby([observed[key] for key in keys]).transform("sum")
        for keys in (("region_code", "year"), ("industry_code", "year"), ("year",))
    }
    observed["value"] = (jobs / total["region_code", "year"]) / (
        total["industry_code", "year"] / total["year",]
    )
    kept = ["industry_code", "year", "region_code", "employment", "value"]
    observed.sort_values(kept[:3])[kept].to_parquet(path, index=False)


def make() -> None:
    """Make what is not there yet."""
    if not COUNTIES.exists():
        data = grid(SHAPE)
        settings = {"country": "US", "metric_crs": CRS}
        once(COUNTIES, lambda path: write_edition(data, path, outlines(data), **settings))
    command = [sys.executable, "-m", "atlas", "build", str(COUNTIES), "--home"]
    once(
        COUNTIES_HOME,
        lambda path: subprocess.run([*command, str(path)], cwd=PROJECT, check=True),
    )
    once(PEER_SHAPES, write_peer_shapes)
    once(PEER_FIGURES, write_peer_figures)


if __name__ == "__main__":
    make()
