"""The map's figures as a table, one row per region; of many regions, the highest."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from atlas.figures import captions, charts
from atlas.figures.palette import Theme, class_fills
from atlas.figures.panels import Address, link
from atlas.figures.placing import MANY
from atlas.figures.tables import Cell, Column, Row, finder, missing, table
from atlas.model import Item, MapView
from atlas.text import Text

#: How many of many regions are shown, and how many on request. All of them are a file: thousands
#: of rows would be sent anew with every choice.
FEW, MORE = 10, 100
ROWS = (FEW, MORE)
#: What else is said of each of them.
_BRIEF = ("amount", "location_quotient")


def regions_table(
    view: MapView, text: Text, theme: Theme, address: Address, selected: str | None,
    extra: Callable[[Item], Markup] | None = None, rows: str | None = None,
) -> Markup:  # fmt: skip
    """The map's figures as a table, one row per region, the country as the total. ``address``:
    of this map with another ``region`` or number of ``rows``. ``extra``: what stands in a last
    column, to add the region to a comparison.

    Of more than ``MANY`` regions the ``FEW`` highest and the selected one, or as many as ``rows``
    says, one of ``ROWS``.
    """
    if len(view.regions) > MANY:
        return _highest(view, text, address, selected, int(rows or FEW))
    figure = captions.figure_name(view, text)
    country = text.name(view.root)
    columns = [
        Column(text("Region"), text=True),
        Column(figure, main=True),
        *([Column(text("1 = the country"), wide=True, sortable=False)] if _barred(view) else []),
        Column(
            text("{first}–{last}", first=view.years[0], last=view.years[-1]),
            wide=True,
            sortable=False,
        ),
    ]
    others = _others(view, text)
    columns += [Column(title, wide=name != "amount") for name, (title, _) in others.items()]
    if _clusters_counted(view):
        columns.append(Column(text("Clusters published"), wide=True))
    if extra:
        columns.append(Column(text("Compare"), sortable=False))
    shown = [
        Row(
            [
                *_cells(
                    view,
                    row,
                    others,
                    text,
                    theme,
                    link(address(region=str(code)), text.name(view.items[str(code)])),
                ),
                *([Cell(extra(view.items[str(code)]))] if extra else []),
            ],
            "on" if code == selected else "",
        )
        for code, row in view.region_rows.items()
    ]
    last = _cells(view, view.country, others, text, theme, Markup.escape(country))
    total = Row([*last, *([Cell("")] if extra else [])], "total")
    tools = Markup(
        '<div class="tools"><div><h2>{}</h2><p class="quiet">{}</p></div>{}</div>'
    ).format(
        text("The same figures as a table"),
        text("Sorted by {figure}. A click on a region selects it everywhere.", figure=figure),
        finder(text("Find a region")),
    )
    caption = f"{figure}: {captions.heading(view, text)}"
    return table(columns, shown, text, caption=caption, total=total, tools=tools)


def _others(view: MapView, text: Text) -> dict[str, tuple[str, str]]:
    """What stands beside the figure: each one's title and unit."""
    country = text.name(view.root)
    amount = captions.measure_title(view, text, view.measure)
    others = {
        "location_quotient": (text("Location quotient"), "ratio"),
        "amount": (amount, "amount"),
        "growth": (text("{figure} since {year}", figure=text("Growth"), year=view.since), "change"),
        "focus": (text("Share of the region’s total"), "share"),
        "size": (text("Share of the sector in {country}", country=country), "share"),
    }
    others.pop(view.metric.name, None)
    if "turnover" in view.regions and view.regions["turnover"].notna().any():
        others["turnover"] = (captions.measure_title(view, text, "turnover"), "amount")
    return others


def _highest(
    view: MapView, text: Text, address: Address, selected: str | None, number: int
) -> Markup:
    """The highest regions and the selected one, with what fits beside them; not to be sorted: that
    would be an order of these alone."""
    figure = captions.figure_name(view, text)
    others = {name: said for name, said in _others(view, text).items() if name in _BRIEF}
    columns = [
        Column(text("Region"), text=True, sortable=False),
        Column(figure, sortable=False, main=True),
        *(
            Column(title, wide=name != "amount", sortable=False)
            for name, (title, _) in others.items()
        ),
    ]
    head = view.regions.iloc[:number]
    if selected is not None and selected not in head.index:
        head = view.regions.loc[[*head.index, selected]]
    rows = [
        Row(
            [
                Cell(
                    link(
                        address(region=row["region_code"]),
                        text.name(view.items[row["region_code"]]),
                    )
                ),
                *_numbers(view, row, others, text),
            ],
            "on" if row["region_code"] == selected else "",
        )
        for row in head.reset_index().to_dict("records")
    ]
    country = Markup.escape(text.name(view.root))
    total = Row([Cell(country), *_numbers(view, view.country, others, text)], "total")
    other = FEW if number == MORE else MORE
    more = link(address(rows=other), text("Show {count}", count=other))
    told = text(
        "The {count} highest of {total} regions by {figure}. “Place” finds any of them; the file"
        " has all.",
        count=number,
        total=text.number(len(view.regions)),
        figure=figure,
    )
    tools = Markup(
        '<div class="tools"><div><h2>{}</h2><p class="quiet">{} {}</p></div></div>'
    ).format(text("The same figures as a table"), told, more)
    caption = f"{figure}: {captions.heading(view, text)}"
    return table(columns, rows, text, caption=caption, total=total, tools=tools)


def _numbers(
    view: MapView, row: Mapping[str, Any], others: Mapping[str, tuple[str, str]], text: Text
) -> list[Cell]:
    units = {
        view.metric.name: view.metric.unit,
        **{name: unit for name, (_, unit) in others.items()},
    }
    return [_cell(row, name, unit, view, text) for name, unit in units.items()]


def _cells(
    view: MapView, row: Mapping[str, Any], others: Mapping[str, tuple[str, str]], text: Text,
    theme: Theme, head: Markup,
) -> list[Cell]:  # fmt: skip
    own = view.metric.name
    cells = [Cell(head, str(head.striptags())), _cell(row, own, view.metric.unit, view, text)]
    if _barred(view):
        cells.append(Cell(_bar(view, row, theme)))
    cells.append(Cell(charts.sparkline(row["trend"])))
    cells += [_cell(row, name, unit, view, text) for name, (_, unit) in others.items()]
    if _clusters_counted(view):
        count = row["clusters"] if row is not view.country else len(view.clusters)
        cells.append(Cell(text.number(float(count)), float(count)))
    return cells


def _barred(view: MapView) -> bool:
    """Whether each region's value has a bar beside it: a quotient, to be compared with 1."""
    return view.metric.name == "location_quotient"


def _bar(view: MapView, row: Mapping[str, Any], theme: Theme) -> Markup:
    value = float(row["value"])
    if row is view.country or not math.isfinite(value):
        return Markup("")
    fill = class_fills(view.scale, theme=theme.name)[int(row["class"])]
    return charts.bar(value, max(view.scale.largest, 1.2), fill, mark=1.0)


def _clusters_counted(view: MapView) -> bool:
    """Whether clusters are published by regions of this level. Where they are published by larger
    ones only, that a part has none is not known."""
    return view.level == 1 or bool(view.regions["clusters"].any())


def _cell(row: Mapping[str, Any], name: str, unit: str, view: MapView, text: Text) -> Cell:
    value = float(row[name])
    if not math.isfinite(value):
        return Cell(missing(captions.missing_text(str(row[f"{name}_status"]), text)), float("nan"))
    measure = "turnover" if name == "turnover" else view.measure
    return Cell(captions.value_text(value, unit, text, measure), value)
