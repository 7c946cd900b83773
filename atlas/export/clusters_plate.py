"""Two to six clusters side by side on a sheet: where they lie, what is recorded, their sectors."""

from __future__ import annotations

from typing import Any

import pandas as pd

from atlas.export.plate_parts import SMALL, draw_section, fitted
from atlas.export.plate_table import Cell, draw_table
from atlas.export.plates import Table, plate
from atlas.figures.captions import industry_name, measure_name
from atlas.figures.clusters_words import (
    Facts,
    organisation_name,
    recorded,
    sector_facts,
    sectors_text,
    stage_text,
)
from atlas.figures.lettering import Face, wrap
from atlas.figures.locator import draw_locator, fit
from atlas.figures.palette import LIGHT
from atlas.figures.pictograms import FIRM
from atlas.figures.sheet import Box, Sheet
from atlas.model import MapShapes
from atlas.text import Text

_GAP, _BELOW = 0.16, 0.2
#: Heights in inches: of a map at most and of the words under it; of a table's rows.
_MAP, _CAPTION = 1.6, 0.6
_ROW, _TWO_LINES, _TALL = 0.2, 0.29, 0.32
#: Height of the table's heading, note and column heads.
_HEADS = 1.0
#: More clusters than this take two rows of maps on a sheet that stands.
_IN_ROW = 3
#: The part of a table's width that what it says of has.
_FIRST = 0.17
_UNITS = {
    "firms": "number", "institutions": "number", "facts": "number", "amount": "amount",
    "location_quotient": "ratio", "focus": "share", "growth": "change",
}  # fmt: skip


def tables(view: Any, text: Text) -> list[Table]:
    """A row for each cluster: what is recorded, and its wider sector's figures in its region."""
    frame = pd.DataFrame(_row(one, view, text) for one in view.view.clusters)
    frame = frame.astype(dict.fromkeys(("rank", "year", "since"), "Int64"))
    heads = {
        "cluster_id": text("Code"), "cluster": text("Cluster"), "rank": text("Rank"),
        "region_code": text("Code of the region"), "region": text("Region"),
        "sectors": text("Sector"), "stage": text("Stage"), "organisation": text("Organisation"),
        "firms": text("Firms known by name"),
        "institutions": text("Institutions known by name"),
        "facts": text("Single figures published"),
        "industry_code": text("Code of the sector"), "industry": text("Sector with figures"),
        "measure": text("Counted"), "year": text("Year"),
        "amount": measure_name(view.release, text, view.measure),
        "location_quotient": text("Location quotient"),
        "focus": text("Share of the region’s total"), "since": text("Changes since"),
        "growth": text("Growth"),
    }  # fmt: skip
    shown = ("cluster", "firms", "institutions", "location_quotient", "amount", "growth")
    return [
        Table("clusters", text("Clusters"), frame, heads, _UNITS, shown, view.measure),
    ]


def _row(one: Any, view: Any, text: Text) -> dict[str, Any]:
    figures = view.view.sectors[one.cluster.code]
    return {
        "cluster_id": one.cluster.code,
        "cluster": text.name(one.cluster),
        "rank": one.cluster.extra.get("rank"),
        "region_code": one.region.code,
        "region": text.name(one.region),
        "sectors": sectors_text(one, text),
        "stage": stage_text(one, text),
        "organisation": organisation_name(one),
        "firms": len(one.firms),
        "institutions": len(one.institutions),
        "facts": len(one.facts),
        "industry_code": one.with_figures.code if one.with_figures else None,
        "industry": industry_name(one.with_figures, text) if one.with_figures else None,
        "measure": view.measure,
        "year": figures.year if figures else None,
        **{
            name: getattr(figures, name) if figures else float("nan")
            for name in ("amount", "location_quotient", "focus")
        },
        "since": figures.since if figures else None,
        "growth": figures.growth if figures else float("nan"),
    }


@plate("compare_clusters", tables)
def draw_clusters(sheet: Sheet, room: Box, view: Any, shapes: MapShapes, text: Text) -> None:
    """Draw a comparison; view: a :class:`atlas.analysis.cluster_profiles.ClustersProfile`."""
    west, south, east, top = room
    lies, number = sheet.width > sheet.height, len(view.view.clusters)
    facts, figures = recorded(view, text), sector_facts(view, text)
    row = _ROW if lies else _TWO_LINES
    need = _HEADS + row * (len(facts) + max(len(figures), 1))
    if lies:
        # Maps stand over their clusters' columns.
        first = (east - west) * _FIRST
        wide = (east - west - first) / number
        high = min(_MAP, wide * 0.6, top - south - need - _BELOW)
        for at, one in enumerate(view.view.clusters):
            x = west + first + at * wide
            _draw_place(sheet, (x, top - high, x + wide - _GAP, top), one, shapes, view, text)
        below = top - high
    else:
        below = _draw_named(sheet, (west, south + need + _BELOW, east, top), view, shapes, text)
    _draw_facts(sheet, (west, south, east, below - _BELOW), facts, figures, view, text)


def _draw_named(sheet: Sheet, box: Box, view: Any, shapes: MapShapes, text: Text) -> float:
    """The maps in one row or two, each with its name; returns how far down they went."""
    west, south, east, top = box
    number = len(view.view.clusters)
    rows = 1 if number <= _IN_ROW else 2
    across = -(-number // rows)
    wide = (east - west - _GAP * (across - 1)) / across
    high = min(wide * 0.6, (top - south) / rows - _CAPTION)
    for at, one in enumerate(view.view.clusters):
        x, y = west + at % across * (wide + _GAP), top - at // across * (high + _CAPTION)
        place = (x, y - high, x + wide, y)
        _draw_place(sheet, place, one, shapes, view, text)
        with sheet.part("caption", one.cluster.code, text.name(one.cluster)):
            _draw_name(sheet, place, one, text)
    return top - rows * (high + _CAPTION) + 0.1


def _draw_place(sheet: Sheet, box: Box, one: Any, shapes: MapShapes, view: Any, text: Text) -> None:
    """The country with a cluster's region and sign."""
    code, key, name = one.region.code, one.cluster.code, text.name(one.cluster)
    frame = fit(shapes.outline, view.release.metric_crs, box)
    names = {code: f"{text.name(one.region)}: {name}"}
    drawn = draw_locator(sheet, frame, shapes, {code: LIGHT.accent}, names, key=key)
    if code in drawn:
        inside = drawn[code].representative_point()
        symbol = str(one.cluster.extra.get("symbol") or FIRM[0])
        with sheet.part("members", key, name):
            sheet.pictogram(inside.x, inside.y, 0.12, symbol, disc=LIGHT.disc,
                            ink=LIGHT.disc_ink, ring=LIGHT.page)  # fmt: skip


def _draw_name(sheet: Sheet, box: Box, one: Any, text: Text) -> None:
    """What a cluster is called, and its region, under its map."""
    west, south, east, _ = box
    name, face = text.name(one.cluster), Face(10, bold=True, serif=True)
    lines = wrap(name, face.sized(9), east - west, lines=2)
    if len(lines) == 1:
        name, face = fitted(name, face, east - west)
        lines = [name]
    else:
        face = face.sized(9)
    y = sheet.lines(west, south - 0.17, lines, face, LIGHT.text)
    under, small = fitted(text.name(one.region), SMALL, east - west)
    sheet.words(west, y + 0.015, under, small, LIGHT.second)


def _draw_facts(
    sheet: Sheet, box: Box, facts: list[Facts], figures: list[Facts], view: Any, text: Text
) -> None:
    """What is recorded of each cluster, then its sector's figures, which are not its own."""
    west, south, east, top = box
    lies = sheet.width > sheet.height
    with sheet.part("sectors"):
        note = (
            text(
                "Figures exist for whole sectors only ({measure}, {year}). They are not the"
                " clusters’ own.",
                measure=measure_name(view.release, text, view.measure), year=view.year,
            )
            if figures
            else text("No sector with published figures contains these clusters.")
        )  # fmt: skip
        title = text("What is recorded")
        y = draw_section(sheet, west, top, east - west, title, note, lines=1 if lies else 2)
    rows = [
        [Cell(name), *(Cell(said or unknown, missing=not said, left=True) for said in own)]
        for part, unknown in ((facts, text("not known")), (figures, text("no data")))
        for name, own in part
    ]
    heads = [text("What"), *(text.name(one.cluster) for one in view.view.clusters)]
    draw_table(
        sheet, (west, south, east, y), text("What is recorded of the clusters compared"), heads,
        rows, text, first=(east - west) * (_FIRST if lies else 0.2),
        lowest=_ROW if lies else _TWO_LINES, tallest=_TALL, lines=1 if lies else 2,
    )  # fmt: skip
