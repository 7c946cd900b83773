"""A region's profile on a sheet: figures, strongest sectors, structure, clusters, where it lies."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from atlas.export.plate_parts import (
    NOTE,
    OTHER,
    OWN,
    Bar,
    Card,
    Entry,
    Pair,
    draw_bars,
    draw_cards,
    draw_entries,
    draw_key_line,
    draw_pairs,
    draw_paragraph,
    draw_section,
)
from atlas.export.plates import Table, plate
from atlas.figures.captions import industry_name, measure_name, measure_title, value_text
from atlas.figures.locator import draw_locator, fit
from atlas.figures.palette import LIGHT, ramp
from atlas.figures.panels import rank_text
from atlas.figures.scales import QUOTIENT_BREAKS
from atlas.figures.sheet import Box, Sheet
from atlas.model import MapShapes
from atlas.text import Text

#: Room between columns, and between what lies one under the other, in inches.
_BESIDE, _BELOW = 0.42, 0.2
#: How many of the strongest sectors are drawn at most, and the height that they take then.
_MOST, _STRONGEST = 8, 4.0


def tables(view: Any, text: Text) -> list[Table]:
    """Figures of the region as a whole, and all its sectors beside the country's."""
    country, measure = text.name(view.root), measure_title(view.release, text, view.measure)
    region = {
        "region_code": view.view.region.code,
        "region": text.name(view.view.region),
        "measure": view.measure,
        "year": view.year,
    }
    sectors = view.sectors
    frame = pd.DataFrame(
        {
            **region,
            "industry_code": sectors.index.astype(str),
            "industry": [industry_name(view.industries[str(c)], text) for c in sectors.index],
            **{name: sectors[name].to_numpy() for name in ("location_quotient", "amount")},
            "since": view.view.since,
            **{name: sectors[name].to_numpy() for name in ("growth", "focus", "size")},
            "country_share": _country_shares(view).reindex(sectors.index).to_numpy(),
        }
    )
    whole = pd.DataFrame(
        [
            {**region, "figure": one.name, "measure": one.measure, "year": one.year,
             "value": one.value, "since": one.since, "change": one.change}
            for one in view.figures
        ]
    ).astype({"year": "Int64", "since": "Int64"}) if view.figures else pd.DataFrame()  # fmt: skip
    heads = {
        "region_code": text("Code of the region"),
        "region": text("Region"),
        "measure": text("Counted"),
        "year": text("Year"),
        "industry_code": text("Code of the sector"),
        "industry": text("Sector"),
        "location_quotient": text("Location quotient"),
        "amount": measure,
        "since": text("Changes since"),
        "growth": text("{figure} since {year}", figure=text("Growth"), year=view.view.since),
        "focus": text("Share of the region’s total"),
        "size": text("Share of the sector in {country}", country=country),
        "country_share": text("Its share in {country}", country=country),
        "figure": text("Figure"),
        "value": text("Value"),
        "change": text("Change"),
    }
    units = {
        "location_quotient": "ratio", "amount": "amount", "growth": "change", "focus": "share",
        "size": "share", "country_share": "share", "value": "amount", "change": "number",
    }  # fmt: skip
    shown = (
        "industry", "location_quotient", "amount", "growth", "focus", "country_share", "size",
    )  # fmt: skip
    return [
        Table("sectors", text("Sectors of {region}", region=region["region"]), frame, heads, units,
              shown, view.measure),
        Table("figures", text("Figures"), whole, heads, units),
    ]  # fmt: skip


def _country_shares(view: Any) -> pd.Series:
    if view.structure is None:
        return pd.Series(dtype=float)
    shares: pd.Series = view.structure.shares["country"]
    return shares


@plate("region", tables)
def draw_region(sheet: Sheet, room: Box, view: Any, shapes: MapShapes, text: Text) -> None:
    """Draw a region's profile; view: a :class:`atlas.analysis.profiles.RegionProfile`."""
    west, south, east, top = room
    below = draw_cards(sheet, room, [_card(one, view, text) for one in view.figures])
    if below < top:
        below -= _BELOW
    width = east - west
    if view.structure is None:
        # Nothing but where it lies, and its clusters.
        edge = west + width * 0.6
        _draw_locator(sheet, (west, max(south, below - width * 0.37), edge, below), view, shapes,
                      text)  # fmt: skip
        _draw_clusters(sheet, (edge + _BESIDE, south, east, below), view, text)
        return
    if sheet.width > sheet.height:
        side = width * 0.245
        half = (width - side - 2 * _BESIDE) / 2
        _draw_strongest(sheet, (west, south, west + half, below), view, text)
        second = west + half + _BESIDE
        _draw_structure(sheet, (second, south, second + half, below), view, text)
        _draw_place(sheet, (east - side, south, east, below), view, shapes, text)
        return
    middle = west + width * 0.56
    foot = below - min((below - south) * 0.48, _STRONGEST)
    _draw_strongest(sheet, (west, foot, middle, below), view, text)
    _draw_place(sheet, (middle + _BESIDE, foot, east, below), view, shapes, text)
    _draw_structure(sheet, (west, south, east, foot - _BELOW), view, text)


def _card(one: Any, view: Any, text: Text) -> Card:
    """A figure at the head, with its year and its change."""
    if one.name == "amount":
        value = value_text(one.value, "amount", text, one.measure)
        name = text(
            "{measure}, all sectors", measure=measure_title(view.release, text, one.measure)
        )
        change = text.percent(one.change, 0, signed=True)
    elif one.name == "size":
        name = text("Share of the country")
        value, change = text.percent(one.value), text.signed(one.change * 100, 1)
        if np.isfinite(one.change):
            change = text("{points} points", points=change)
    else:
        area = one.name == "area_km2"
        value = text.number(one.value)
        value = text("{number} km²", number=value) if area else value
        return Card(text("Area") if area else text("Population"), value, "")
    if one.year != view.year:
        name = f"{name}, {one.year}"
    if not np.isfinite(one.change):
        return Card(name, value, "")
    return Card(name, value, text("{change} since {year}", change=change, year=one.since))


def _draw_strongest(sheet: Sheet, box: Box, view: Any, text: Text) -> None:
    west, south, east, top = box
    country = text.name(view.root)
    with sheet.part("sectors"):
        note = text(
            "Location quotient; the mark is 1, the country’s average. Small: {measure}, and the"
            " share of the sector in {country}.",
            measure=measure_title(view.release, text, view.measure), country=country,
        )  # fmt: skip
        y = draw_section(sheet, west, top, east - west, text("Strongest sectors"), note, lines=3)
        known = view.sectors[view.sectors["location_quotient"].notna()].head(_MOST)
        if known.empty:
            said = text("No sector has a location quotient.")
            draw_paragraph(sheet, west, y, east - west, said, NOTE, LIGHT.second, lines=3)
            return
        bars = [_bar(str(code), row, view, text) for code, row in known.iterrows()]
        draw_bars(sheet, (west, south, east, y), bars, 1.0, text)


def _bar(code: str, row: Any, view: Any, text: Text) -> Bar:
    value = float(row["location_quotient"])
    amount = value_text(float(row["amount"]), "amount", text, view.measure)
    if np.isfinite(row["size"]):
        amount = f"{amount} · {text.percent(float(row['size']))}"
    fill = ramp("diverging", len(QUOTIENT_BREAKS) + 1)[int(np.digitize(value, QUOTIENT_BREAKS))]
    name = industry_name(view.industries[code], text)
    return Bar(name, amount, value, text.number(value, 2), fill)


def _draw_structure(sheet: Sheet, box: Box, view: Any, text: Text) -> None:
    west, south, east, top = box
    width = east - west
    measure = measure_name(view.release, text, view.measure)
    with sheet.part("structure"):
        note = text("Share of each sector in the total of all sectors ({measure}).",
                    measure=measure)  # fmt: skip
        y = draw_section(sheet, west, top, width, text("Structure"), note)
        keys = [(OWN, text.name(view.view.region)), (OTHER, text.name(view.root))]
        y = draw_key_line(sheet, west, y, width, keys)
        shares = view.structure.shares
        pairs = [
            Pair(
                industry_name(view.industries[str(code)], text),
                (float(row["region"]), float(row["country"])),
                (_share(row["region"], text), _share(row["country"], text)),
            )
            for code, row in shares.iterrows()
        ]
        draw_pairs(sheet, (west, south, east, y), pairs, text)


def _share(value: float, text: Text) -> str:
    return text.percent(float(value)) if np.isfinite(value) else text("no data")


def _draw_place(sheet: Sheet, box: Box, view: Any, shapes: MapShapes, text: Text) -> None:
    """Where it lies, and its clusters."""
    west, south, east, top = box
    foot = top - min((east - west) * 0.62, (top - south) * 0.5)
    _draw_locator(sheet, (west, foot, east, top), view, shapes, text)
    _draw_clusters(sheet, (west, south, east, foot - 0.16), view, text)


def _draw_locator(sheet: Sheet, box: Box, view: Any, shapes: MapShapes, text: Text) -> None:
    region = view.view.region.code
    frame = fit(shapes.outline, view.release.metric_crs, box)
    names = {str(code): text.name(item) for code, item in shapes.items.items()}
    draw_locator(sheet, frame, shapes, {region: LIGHT.accent}, names, key=region)


def _draw_clusters(sheet: Sheet, box: Box, view: Any, text: Text) -> None:
    west, south, east, top = box
    with sheet.part("clusters"):
        y = draw_section(sheet, west, top, east - west, text("Clusters"))
        clusters = view.view.clusters
        if clusters.empty:
            said = text("No cluster here is published by name.")
            draw_paragraph(sheet, west, y, east - west, said, NOTE, LIGHT.second, lines=3)
            return
        entries = [
            Entry(str(one.get("symbol")), LIGHT.disc, LIGHT.disc_ink, text.name(one),
                  rank_text(one.get("rank"), text))
            for one in clusters.to_dict("records")
        ]  # fmt: skip
        draw_entries(sheet, (west, south, east, y), entries, text)
