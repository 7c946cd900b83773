"""What is known of a cluster: as facts for its profile, and as tables."""

from __future__ import annotations

from typing import Any

import pandas as pd

from atlas.export.plates import Table
from atlas.figures.captions import industry_name, measure_name, plain, source_name, value_text
from atlas.figures.member_tables import source_link
from atlas.figures.signs_panel import STATES, ground_text, sign_name
from atlas.names import INSTITUTION_TYPES, STAGES
from atlas.text import Text


def tables(view: Any, text: Text) -> list[Table]:
    """Members, signs, what is known of the cluster, and its wider sector's figures."""
    found = view.view
    facts = pd.DataFrame(known_facts(view, text), columns=["figure", "value", "detail"])
    members = pd.DataFrame(
        [*(_member("firm", row, view, text) for row in found.firms.to_dict("records")),
         *(_member("institution", row, view, text)
           for row in found.institutions.to_dict("records"))]
    )  # fmt: skip
    signs = pd.DataFrame(
        {
            "group": group, "sign": one.name, "title": sign_name(one.name, text),
            "state": one.state, "said": text(STATES[one.state]), "detail": ground_text(one, text),
            "source": one.source,
        }
        for group, those in (("performing", view.performing), ("under_performing", view.under))
        for one in those
    )  # fmt: skip
    heads = {
        "figure": text("What"), "value": text("Published"), "detail": text("What it rests on"),
        "kind": text("Kind"), "name": text("Name"), "type": text("Type"), "place": text("Place"),
        "region_code": text("Code of the region"), "region": text("Region"), "lon": "lon",
        "lat": "lat", "source": text("Source"), "group": text("Group"), "sign": text("Code"),
        "title": text("Sign"), "state": text("Code of the state"), "said": text("State"),
        "year": text("Year"), "location_quotient": text("Location quotient"),
        "amount": measure_name(view.release, text, view.measure),
        "size": text("Share of the sector in {country}", country=text.name(view.root)),
        "focus": text("Share of the region’s total"), "id": text("Code"),
    }  # fmt: skip
    units = {"location_quotient": "ratio", "amount": "amount", "size": "share", "focus": "share"}
    trend = found.trend.rename_axis("year").reset_index() if len(found.trend) else pd.DataFrame()
    sector = industry_name(found.with_figures, text) if found.with_figures else ""
    name = text.name(found.cluster)
    return [
        Table("cluster", name, facts, heads, {}, ()),
        Table("members", text("{cluster}: firms and institutions", cluster=name), members, heads,
              {"lon": "number", "lat": "number"}, ("name", "type", "place", "source")),
        Table("signs", text("{cluster}: performing or under-performing?", cluster=name), signs,
              heads, {}, ("title", "said", "detail")),
        Table("sector", f"{sector}, {text.name(found.region)}", trend, heads, units,
              tuple(c for c in ("year", "amount", "location_quotient", "size", "focus")
                    if c in trend), view.measure),
    ]  # fmt: skip


def _member(kind: str, row: Any, view: Any, text: Text) -> dict[str, Any]:
    known = {source["name"]: source for source in view.release.manifest.get("sources", [])}
    own = row["region_code"] == view.view.region.code
    place = text.name(row, "place") if isinstance(row.get("place"), str) else ""
    region = text.name(view.view.region) if own else None
    return {
        "kind": kind,
        "id": row[f"{kind}_id"],
        "name": row["name"],
        "type": type_name(kind, row, text),
        "place": place or region or text("not known"),
        "region_code": row["region_code"],
        "region": region,
        "lon": row["lon"],
        "lat": row["lat"],
        "source": plain(source_link(row["source"], known, text)),
    }


def type_name(kind: str, row: Any, text: Text) -> str:
    """What a firm or an institution is."""
    if kind == "firm":
        return text("Firm")
    return text(INSTITUTION_TYPES[row["type"]]) if row["type"] in INSTITUTION_TYPES else ""


def known_facts(view: Any, text: Text) -> list[tuple[str, str, str]]:
    """What is known of the cluster; what is not says so. Each with what it rests on."""
    found, extra, unknown = view.view, view.view.cluster.extra, text("not known")
    known = {source["name"]: source for source in view.release.manifest.get("sources", [])}
    listed = known.get(str(extra.get("source")))
    facts = []
    if "rank" in extra:
        rank = text("{rank} of {count} published", rank=int(extra["rank"]), count=found.number)
        facts.append((text("Rank"), rank, source_name(listed, text) if listed else ""))
    facts.append((text("Region"), text.name(found.region), ""))
    sectors = "; ".join(f"{one.code} {industry_name(one, text)}" for one in found.industries)
    inferred = text("inferred from the product name") if extra.get("nace_basis") else ""
    facts.append((text("Sector"), sectors or unknown, inferred if sectors else ""))
    stage = text(STAGES[extra["stage"]]) if extra.get("stage") in STAGES else unknown
    facts.append((text("Stage"), stage, ""))
    if (
        found.with_figures is not None
        and view.year
        and pd.notna(quotient := found.trend.at[view.year, "location_quotient"])
    ):
        amount = found.trend.at[view.year, "amount"]
        shown = value_text(float(amount), "amount", text, view.measure)
        sector = industry_name(found.with_figures, text)
        detail = text(
            "{sector}, {region}: {value} ({measure}, {year}); not the cluster’s own",
            sector=sector, region=text.name(found.region), value=shown,
            measure=measure_name(view.release, text, view.measure), year=view.year,
        )  # fmt: skip
        facts.append((text("Location quotient"), text.number(float(quotient), 2), detail))
    return facts
