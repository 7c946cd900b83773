"""An edition of 3,107 regions that look like regions: the counties of the United States (Census
Bureau, cartographic boundaries 2016 at 1:500,000, from the package plotly-geo), with figures drawn
at random. The counties lend their borders alone: neither their names nor any figure of theirs.

``python -m benchmarks.counties`` makes the edition, its release, a release of Georgia, and the
files of both that a peer reads.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import _plotly_geo
import duckdb
import geopandas as gpd

from atlas.model import Release
from atlas.store import database, releases
from benchmarks.files import once, write_edition
from benchmarks.place import COUNTIES, COUNTIES_HOME, GEORGIA_HOME, NAME, PEERS
from benchmarks.running import PROJECT
from benchmarks.synthetic import Grid, Shape, grid

#: As many regions and industries as in the other benchmarks, in fewer years.
SHAPE = Shape(years=3, filled=750_000)
#: Codes of the states and territories that do not lie beside the others.
_APART = ("02", "15", "60", "66", "69", "72", "78")
#: Equal areas; metres.
_CRS = "EPSG:5070"
_GEORGIA = PROJECT / "geodata" / "editions" / "georgia"


def outlines(data: Grid) -> gpd.GeoDataFrame:
    """A county's polygon for each region, in degrees: columns region_code and geometry."""
    path = Path(_plotly_geo.__file__).parent / "package_data" / "cb_2016_us_county_500k.shp"
    counties = gpd.read_file(path)
    counties = counties[~counties["STATEFP"].isin(_APART)].sort_values("GEOID")
    shapes = counties.geometry.to_numpy()[: data.shape.regions]
    # NAD83, which differs from WGS84 by less than the borders are drawn to.
    frame = {"region_code": data.region_codes(), "geometry": shapes}
    return gpd.GeoDataFrame(frame, crs="EPSG:4326")


def write_peer_shapes(release: Release, path: Path) -> None:
    """The release's boundaries in full, as GeoJSON."""
    shapes = releases.shapes(release, "regions")[["geometry"]].reset_index(names="region_code")
    shapes.to_file(path, driver="GeoJSON", engine="pyogrio")


def write_peer_figures(release: Release, path: Path) -> None:
    """Three figures of employment in every cell, as Parquet."""
    with duckdb.connect(str(release.path / database.DATABASE), read_only=True) as connection:
        figures = connection.table("figures").filter("measure = 'employment'")
        figures = figures.filter("metric in ('location_quotient', 'size', 'focus')")
        kept = figures.project("metric, industry_code, year, region_code, value")
        kept.order("industry_code, metric, year").write_parquet(str(path))


def make() -> None:
    """Make what is not there yet; releases anew where the code that builds them is another."""
    if not COUNTIES.exists():
        data = grid(SHAPE)
        settings = {"country": "US", "metric_crs": _CRS}
        once(COUNTIES, lambda path: write_edition(data, path, outlines(data), **settings))
    editions = {
        "counties": (NAME, COUNTIES, COUNTIES_HOME),
        "georgia": ("georgia", _GEORGIA, GEORGIA_HOME),
    }
    for title, (name, folder, home) in editions.items():
        command = [sys.executable, "-m", "atlas", "build", str(folder), "--home", str(home)]
        subprocess.run(command, cwd=PROJECT, check=True)
        release = releases.current(name, home)
        shapes, figures = PEERS / f"{title}.geojson", PEERS / f"{title}.parquet"
        once(shapes, lambda path, of=release: write_peer_shapes(of, path))
        once(figures, lambda path, of=release: write_peer_figures(of, path))


if __name__ == "__main__":
    make()
