"""The map page as one writes it who has a GeoJSON file, a table, and an afternoon.

A script for ``streamlit run``. Files: ``PEER_SHAPES`` (GeoJSON with region_code), ``PEER_FIGURES``
(Parquet: metric, industry_code, year, region_code, value).
"""

from __future__ import annotations

import json
import os

import geopandas as gpd
import pandas as pd
import pydeck as pdk
import streamlit as st

COLOURS = [[27, 109, 155], [143, 188, 209], [232, 223, 215], [216, 165, 134], [183, 90, 38]]

figures = pd.read_parquet(os.environ["PEER_FIGURES"])
sector = st.selectbox("Sector", sorted(figures["industry_code"].unique()), key="sector")
figure = st.selectbox("Figure", sorted(figures["metric"].unique()), key="figure")
years = sorted(int(year) for year in figures["year"].unique())
year = st.select_slider("Year", years, years[-1], key="year")
chosen = figures[
    (figures["industry_code"] == sector) & (figures["year"] == year) & (figures["metric"] == figure)
]

regions = gpd.read_file(os.environ["PEER_SHAPES"])
regions = regions.merge(chosen[["region_code", "value"]], on="region_code", how="left")
rank = regions["value"].rank(pct=True)
regions["fill"] = [
    [243, 241, 237] if pd.isna(share) else COLOURS[min(int(share * 5), 4)] for share in rank
]
west, south, east, north = regions.total_bounds
layer = pdk.Layer(
    "GeoJsonLayer",
    json.loads(regions.to_json()),
    get_fill_color="properties.fill",
    get_line_color=[255, 255, 255],
    line_width_min_pixels=1,
    pickable=True,
)
view = pdk.ViewState(longitude=(west + east) / 2, latitude=(south + north) / 2, zoom=3)
deck = pdk.Deck(
    layers=[layer], initial_view_state=view, map_provider=None, tooltip={"text": "{region_code}"}
)
st.pydeck_chart(deck)
st.dataframe(regions[["region_code", "value"]].sort_values("value", ascending=False))
