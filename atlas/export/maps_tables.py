"""What small maps show as tables: every value, the classes, and as a table for slides."""

from __future__ import annotations

from typing import Any

import pandas as pd

from atlas.export.plates import Table
from atlas.figures.captions import industry_name
from atlas.figures.legends import legend, ranges
from atlas.figures.maps_words import figure_title, map_title
from atlas.text import Text

#: Columns of figures that a slide has room for, of short and of long headings.
_YEARS, _NAMES = 8, 6


def tables(view: Any, text: Text) -> list[Table]:
    """Each region's value on each map, those without data too; the classes; and for slides a row
    for each region (of maps of regions one column)."""
    first, figure = view.map, figure_title(view, text)
    unit = "number" if first.metric.unit in ("stars", "rules", "verdict") else first.metric.unit
    values = pd.concat([_rows(one, view, text) for one in _each(view)], ignore_index=True)
    classes = pd.DataFrame(
        [(entry.label, entry.count, entry.status) for entry in legend(first, text)
         if entry.size is None],
        columns=["class", "values", "class_status"],
    ).astype({"values": "Int64"})  # fmt: skip
    heads = {
        "region_code": text("Code of the region"), "region": text("Region"),
        "industry_code": text("Code of the sector"), "industry": text("Sector"),
        "year": text("Year"), "since": text("Changes since"), "figure": text("Figure"),
        "measure": text("Counted"), "value": figure,
        "value_status": text("{figure}: status", figure=figure), "class": text("Class"),
        "class_status": text("Why without a value"), "values": text("Number"),
    }  # fmt: skip
    return [
        Table("values", figure, values, heads, {"value": unit}, (), view.measure),
        Table("classes", text("Classes"), classes, heads),
        *_slides(view, values, unit, text),
    ]


def _each(view: Any) -> list[Any]:
    """The maps whose figures differ: those of single regions are all of one."""
    return list(view.maps[:1] if view.each == "regions" else view.maps)


def _rows(one: Any, view: Any, text: Text) -> pd.DataFrame:
    """A map's regions by code; of maps of single regions those that have one."""
    regions = one.view.regions.sort_index()
    if view.each == "regions":
        regions = regions.loc[[each.region.code for each in view.maps]]
    labels = ranges(one.view, text) if one.view.scale.kind != "circles" else []
    frame = pd.DataFrame(
        {
            "region_code": regions.index.astype(str),
            "region": [text.name(one.view.items[str(code)]) for code in regions.index],
            "industry_code": one.view.industry.code,
            "industry": industry_name(one.view.industry, text),
            "year": one.view.year,
            "figure": one.view.metric.name,
            "measure": one.view.measure,
            "value": regions["value"].to_numpy(dtype=float),
            "value_status": regions["status"].astype(str).to_numpy(),
            "class": pd.Series(
                [labels[number] if labels and number >= 0 else None
                 for number in regions["class"]], dtype=object,
            ),
        }
    )  # fmt: skip
    return frame.assign(since=one.view.since) if one.view.metric.unit == "change" else frame


def _slides(view: Any, values: pd.DataFrame, unit: str, text: Text) -> list[Table]:
    """The values as tables of so many columns as a slide has room for."""
    figure, many = figure_title(view, text), _YEARS if view.each == "years" else _NAMES
    names = values.drop_duplicates("region_code").set_index("region_code")["region"]
    found = []
    maps = [*enumerate(_each(view))]
    for start in range(0, len(maps), many):
        part = maps[start : start + many]
        wide = pd.DataFrame({"region": names})
        heads, units = {"region": text("Region")}, {}
        for number, one in part:
            own = f"m{number}"
            regions = one.view.regions.reindex(names.index)
            wide[own], wide[f"{own}_status"] = regions["value"], regions["status"].astype(str)
            heads[own] = figure if view.each == "regions" else map_title(view, one, text)
            units[own] = unit
        said = figure if len(maps) <= many else f"{figure}: {heads[f'm{part[0][0]}']}"
        last = f"m{part[-1][0]}"
        if len(maps) > many and len(part) > 1:
            said = f"{said} – {heads[last]}"
        columns = ("region", *units)
        found.append(
            Table("slide", said, wide, heads, units, columns, view.measure, only_slides=True)
        )
    return found
