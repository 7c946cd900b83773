"""What changed between two releases: on a map, in words, and the largest changes as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from markupsafe import Markup

from atlas.figures.palette import Theme, ramp
from atlas.figures.print_frame import Frame
from atlas.figures.small_maps import path_of
from atlas.figures.tables import Cell, Column, Row, table
from atlas.model import MapShapes
from atlas.text import Text

_SIZE = (640.0, 400.0)
_FILLED = 0.94
#: Shares of a region's figures that differ: upper ends of the classes but the last.
_BREAKS = (0.01, 0.1, 0.5)


def summary(same: bool, lines: Sequence[str], text: Text) -> Markup:
    """What differs, in words."""
    if same:
        said = text("Figures, firms and institutions are the same in both.")
        return Markup('<p class="lead">{}</p>').format(said)
    return Markup('<ul class="notes">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    )


def outline_map(
    shapes: gpd.GeoDataFrame, crs: str, names: Mapping[str, str], text: Text, theme: Theme
) -> Markup:
    """Outlines as they will lie, those that are ``new`` (a column) filled; ``shapes`` by
    region_code, in degrees."""
    frame = _frame(shapes.geometry.to_numpy(), crs)
    fills = {True: ramp("sequential", 4, theme=theme.name)[1], False: _ground(theme)}
    drawn = Markup("").join(
        _region(shape, frame, fills[bool(new)], names.get(str(code), str(code)), theme)
        for code, shape, new in zip(shapes.index, shapes.geometry, shapes["new"], strict=True)
    )
    count = int(shapes["new"].sum())
    said = text.plural(
        "Filled: {count} outline of the file, on this level.",
        "Filled: {count} outlines of the file, on this level.",
        count,
    )
    return Markup(
        '<div class="change-map"><svg viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}">'
        '<rect width="100%" height="100%" fill="{}"/>{}</svg></div><p class="quiet">{}</p>'
    ).format(*_SIZE, said, theme.sea, drawn, said)


def change_map(shapes: MapShapes, regions: pd.DataFrame, text: Text, theme: Theme) -> Markup:
    """The regions by the share of their figures that differ. ``regions``: ``share`` by code."""
    frame = _frame(shapes.outline, shapes.release.metric_crs)
    fills = ramp("sequential", len(_BREAKS) + 1, theme=theme.name)
    shares = regions["share"].reindex(shapes.regions.index)
    classes = [_class(share) for share in shares]
    drawn = Markup("").join(
        _region(
            shape,
            frame,
            _ground(theme) if place is None else fills[place],
            text(
                "{region}: {share} of its figures differ",
                region=text.name(shapes.items[code]),
                share=text.percent(0.0 if np.isnan(share) else share),
            ),
            theme,
        )
        for (code, shape), place, share in zip(
            shapes.regions.geometry.items(), classes, shares, strict=True
        )
    )
    abroad = "".join(path_of(shape, frame) for shape in shapes.backdrop.geometry)
    most = shares.idxmax() if shares.notna().any() and shares.max() > 0 else None
    alt = (
        text("No region’s figures differ.")
        if most is None
        else text(
            "Share of each region’s figures that differ; most in {region}, {share}.",
            region=text.name(shapes.items[str(most)]), share=text.percent(float(shares.max())),
        )
    )  # fmt: skip
    drawing = Markup(
        '<svg viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}">'
        '<rect width="100%" height="100%" fill="{}"/>'
        '<path d="{}" fill="{}" stroke="{}" stroke-width="0.8"/>{}'
        '<path d="{}" fill="none" stroke="{}" stroke-width="1.3"/></svg>'
    ).format(
        *_SIZE, alt, theme.sea, abroad, theme.neighbour, theme.neighbour_line, drawn,
        path_of(shapes.outline, frame), theme.country_line,
    )  # fmt: skip
    return Markup('<div class="change-map">{}</div>{}').format(
        drawing, _legend([_ground(theme), *fills], classes, text)
    )


def _region(shape: Any, frame: Frame, fill: str, title: str, theme: Theme) -> Markup:
    return Markup(
        '<path d="{}" fill="{}" stroke="{}" stroke-width="1"><title>{}</title></path>'
    ).format(path_of(shape, frame), fill, theme.border, title)


def _ground(theme: Theme) -> str:
    """The colour of a region of which nothing differs."""
    return theme.hatch_ground if theme.name == "dark" else theme.page


def _class(share: float) -> int | None:
    """The class of a share, None for a region of which nothing differs."""
    if np.isnan(share) or share == 0:
        return None
    return int(np.digitize(share, _BREAKS, right=True))


def _frame(shapes: Any, crs: str) -> Frame:
    """Where geometries in degrees, one or an array, fill the picture."""
    width, height = _SIZE
    metric = Frame(crs=crs, box=(0, 0, width, height), west=0, south=0, scale=1)
    west, south, east, north = shapely.total_bounds(metric.place(shapes))
    scale = _FILLED * min(width / (east - west), height / (north - south))
    return Frame(
        crs, (0, 0, width, height), (west + east - width / scale) / 2,
        (south + north - height / scale) / 2, scale,
    )  # fmt: skip


def _legend(fills: Sequence[str], classes: Sequence[int | None], text: Text) -> Markup:
    edges = [text.percent(edge, 0) for edge in _BREAKS]
    labels = [
        text("nothing differs"),
        text("up to {share}", share=edges[0]),
        *(f"{low}–{high}" for low, high in pairwise(edges)),
        text("over {share}", share=edges[-1]),
    ]
    counts = [sum(one is None for one in classes)]
    counts += [sum(one == place for one in classes) for place in range(len(fills) - 1)]
    parts = [
        Markup(
            '<div class="class"><svg aria-hidden="true"><rect fill="{}"/></svg>'
            "<div>{}</div><span>{}</span></div>"
        ).format(fill, label, text.plural("{count} region", "{count} regions", count))
        for fill, label, count in zip(fills, labels, counts, strict=True)
    ]
    said = text("Share of a region’s figures that differ")
    return Markup('<div class="legend"><div>{}</div><div class="classes">{}</div></div>').format(
        said, Markup("").join(parts)
    )


def largest(rows: Sequence[tuple[str, ...]], beyond: int, text: Text) -> Markup:
    """The largest changes: where, of what, before, after, and what became of the figure."""
    columns = [
        Column(text("Region"), text=True),
        Column(text("Sector"), text=True),
        Column(text("Year")),
        Column(text("Measure"), text=True, wide=True),
        Column(text("Before")),
        Column(text("After")),
        Column(text("What became of it"), text=True, wide=True),
    ]
    shown = [Row([Cell(part, part) for part in row]) for row in rows]
    said = text("The largest changes")
    more = (
        Markup('<p class="quiet">{}</p>').format(
            text.plural("{count} figure more differs.", "{count} figures more differ.", beyond)
        )
        if beyond > 0
        else Markup("")
    )
    return table(columns, shown, text, caption=said) + more
