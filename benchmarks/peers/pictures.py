"""A map as a picture and as a slide, as one makes them who has GeoPandas and an afternoon.

Both show the regions by class with a legend, a title, the largest regions' names and a source, on a
page of 13.33 x 7.5 inches. Shapes and figures are read before; what is drawn is timed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

COLOURS = ["#1B6D9B", "#8FBCD1", "#E8DFD7", "#D8A586", "#B75A26"]
CLASSES, DPI, INCHES = 5, 300, (13 + 1 / 3, 7.5)
#: Regions with their names on the map; where there are more, none.
NAMED = 60
#: Corners that lie off their line by less than this part of the map's width are left out of slides.
DETAIL = 0.0004


def maps(shapes: Path, figures: Path, crs: str) -> Iterator[gpd.GeoDataFrame]:
    """The regions with the figure of one sector after the other, and its class."""
    regions = gpd.read_file(shapes).to_crs(crs)
    table = pd.read_parquet(figures)
    table = table[(table["metric"] == "location_quotient") & (table["year"] == table["year"].max())]
    for _, own in table.groupby("industry_code", sort=True):
        drawn = regions.merge(own[["region_code", "value"]], on="region_code", how="left")
        rank = drawn["value"].rank(pct=True)
        yield drawn.assign(place=(rank * CLASSES).clip(upper=CLASSES - 1).fillna(-1).astype(int))


def png(drawn: gpd.GeoDataFrame) -> bytes:
    """The map as a PNG by GeoPandas and matplotlib."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    figure = Figure(figsize=INCHES)
    FigureCanvasAgg(figure)
    paper = figure.add_subplot()
    paper.set_axis_off()
    without = drawn[drawn["place"] < 0]
    if len(without):
        without.plot(ax=paper, facecolor="#F3F1ED", hatch="///", edgecolor="#B9B3A8", aspect=None)
    for number, colour in enumerate(COLOURS):
        own = drawn[drawn["place"] == number]
        if len(own):
            own.plot(ax=paper, color=colour, edgecolor="white", linewidth=0.7, aspect=None)
    paper.set_aspect("equal")
    if len(drawn) <= NAMED:
        for name, value, at in zip(
            drawn["region_code"], drawn["value"], drawn.representative_point(), strict=True
        ):
            paper.annotate(f"{name}\n{value:.2f}", (at.x, at.y), ha="center", fontsize=8)
    handles = [Patch(color=colour, label=f"class {n + 1}") for n, colour in enumerate(COLOURS)]
    paper.legend(handles=handles, loc="lower center", ncols=CLASSES, bbox_to_anchor=(0.5, -0.1))
    figure.suptitle("Location quotient", fontsize=21)
    figure.text(0.03, 0.03, "Source: the edition's", fontsize=8)
    target = io.BytesIO()
    figure.savefig(target, format="png", dpi=DPI)
    return target.getvalue()


def pptx(drawn: gpd.GeoDataFrame) -> bytes:
    """The map as a slide by python-pptx: every region a freeform with its name."""
    from pptx import Presentation
    from pptx.dml.color import RGBColor
    from pptx.util import Inches, Pt

    deck = Presentation()
    deck.slide_width, deck.slide_height = (Inches(side) for side in INCHES)
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Location quotient"
    west, south, east, north = drawn.total_bounds
    scale = min(Inches(9) / (east - west), Inches(5) / (north - south))
    shapes = drawn.geometry.simplify_coverage((east - west) * DETAIL)

    def corners(ring: Any) -> list[tuple[float, float]]:
        return [(Inches(0.4) + (x - west) * scale, Inches(1.5) + (north - y) * scale)
                for x, y in ring.coords]  # fmt: skip

    for name, place, shape in zip(drawn["region_code"], drawn["place"], shapes, strict=True):
        rings = [part.exterior for part in getattr(shape, "geoms", [shape])]
        first, *others = (corners(ring) for ring in rings)
        builder = slide.shapes.build_freeform(*map(int, first[0]), scale=1.0)
        builder.add_line_segments(first[1:], close=True)
        for more in others:
            builder.move_to(*map(int, more[0]))
            builder.add_line_segments(more[1:], close=True)
        region = builder.convert_to_shape()
        region.name = name
        region.fill.solid()
        colour = COLOURS[place] if place >= 0 else "#F3F1ED"
        region.fill.fore_color.rgb = RGBColor.from_string(colour[1:])
        region.line.color.rgb = RGBColor.from_string("FFFFFF")
        region.line.width = Pt(0.7)
    for number, colour in enumerate(COLOURS):
        box = slide.shapes.add_shape(
            1, Inches(0.4 + 1.8 * number), Inches(6.7), Inches(1.7), Inches(0.12)
        )
        box.fill.solid()
        box.fill.fore_color.rgb = RGBColor.from_string(colour[1:])
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()
