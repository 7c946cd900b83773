"""What the tables of an edition and their columns are, in words: for templates and instructions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atlas.ingest.contracts import TABLES

ABOUT: Mapping[str, str] = {
    "regions": "The country and its regions, every one once. Needed.",
    "industries": "The sectors: the total and its parts, every one once. Needed.",
    "observations": "The figures: one row for each region, sector and year. Needed.",
    "clusters": "The clusters that are known by name.",
    "cluster_industries": "The sectors of each cluster. Needed where there are clusters.",
    "firms": "Single firms, on the map and in clusters.",
    "institutions": "Universities, agencies, associations and others that support clusters.",
    "members": "Which firms and institutions belong to which cluster.",
    "linkages": "Who works with whom.",
    "signs": "What is known of the signs by which a cluster performs or not.",
    "facts": "Single published figures about a cluster or the country.",
}

COLUMNS: Mapping[str, str] = {
    "region_code": "Code of the region, as in the table regions (ISO 3166-2 where there is one).",
    "parent_code": "Code of what this is a part of; empty for the root alone.",
    "level": "0 for the country, 1 for its first-level regions, 2 for those below.",
    "name_en": "Name in English.",
    "population": "Inhabitants.",
    "area_km2": "Area in square kilometres.",
    "industry_code": "Code of the sector, as in the table industries.",
    "year": "Year of the figures.",
    "employment": "Persons employed.",
    "turnover": "Turnover, in the unit that datapackage.json names.",
    "establishments": "Number of establishments or local units.",
    "exports": "Exports, in the unit that datapackage.json names.",
    "gross_value_added": "Gross value added; the only measure that may be negative.",
    "wages": "Wages, in the unit that datapackage.json names.",
    "status": "Empty for a published figure.",
    "cluster_id": "A short name for the cluster, the same in every table.",
    "product_en": "What the cluster makes, in English.",
    "stage": "How far the cluster has come.",
    "rank": "Its place in the list that it was published in.",
    "cmo_id": "The institution that runs the cluster, as in the table institutions.",
    "symbol": "Name of a pictogram.",
    "vision": "What the cluster wants to be.",
    "action_plan_url": "Address of its plan.",
    "source": "Where this is known from.",
    "firm_id": "Number of the firm in its register.",
    "name": "Name as it is registered.",
    "place": "Town or village.",
    "lon": "Longitude in degrees, east positive.",
    "lat": "Latitude in degrees, north positive.",
    "location_precision": "What the point stands for.",
    "website": "Address on the web.",
    "value_chain_stage": "One of the stages that datapackage.json lists.",
    "institution_id": "A short name for the institution, the same in every table.",
    "type": "What kind of institution it is.",
    "manager_fte": "Staff that manage the cluster, in full-time equivalents.",
    "member_count": "Number of its members.",
    "member_kind": "Whether the member is a firm or an institution.",
    "member_id": "Its firm_id or institution_id.",
    "role": "What it does in the cluster.",
    "from_kind": "Whether the first of the two is a firm or an institution.",
    "from_id": "The first of the two.",
    "to_kind": "Whether the second of the two is a firm or an institution.",
    "to_id": "The second of the two.",
    "kind": "What ties them: supply, research, finance, training, advocacy ...",
    "weight": "How strong the tie is.",
    "sign": "Which sign.",
    "state": "Whether the cluster has it.",
    "date": "When this was so.",
    "subject": "What the figure is of.",
    "indicator_en": "What is counted, in English.",
    "value": "The figure as it was published.",
    "unit": "Its unit.",
}


def allowed(table: str, column: str) -> tuple[str, ...]:
    """The words that a column may hold; none where it holds anything."""
    for check in TABLES[table].schema.columns[column].checks:
        if "allowed_values" in (check.statistics or {}):
            return tuple(map(str, check.statistics["allowed_values"]))
    return ()


def explain(table: str, column: str) -> str:
    """What a column holds, with its allowed words, and whether it has to be filled."""
    about: Any = TABLES[table].schema.columns[column]
    words = allowed(table, column)
    listed = f" One of: {', '.join(words)}." if words else ""
    needed = " Needed." if not about.nullable else ""
    return f"{COLUMNS[column]}{listed}{needed}"


def headers(table: str, languages: tuple[str, ...]) -> list[str]:
    """The columns of a table, names in every language of the edition."""
    found: list[str] = []
    for column in TABLES[table].schema.columns:
        found.append(column)
        if column.endswith("_en"):
            found += [f"{column[:-2]}{one}" for one in languages if one != "en"]
    return found


def instructions(name: str, country: str, languages: tuple[str, ...]) -> str:
    """How to fill the edition, as Markdown."""
    lines = [
        f"# {name}: an edition of {country}",
        "",
        "What is here was made by `python -m atlas new`: the regions of `regions.csv` and the",
        "sectors of `industries.csv`. Unknown names are empty. Everything else is yours:",
        "",
        "1. Look through `regions.csv` and `industries.csv`. Fill names, population and area.",
        "2. Fill in `datapackage.json` who publishes the figures and on what terms.",
        "3. Import your figures, from a file of your own or from `template.xlsx`:",
        f"   `python -m atlas import FIGURES.xlsx --edition {name} --table employment`.",
        "   It proposes which column is which and which name means which code; nothing is written",
        "   until you accept. `--table firms` does the same for a register of firms.",
        f"4. `python -m atlas validate {name}` lists what is wrong;",
        f"   `python -m atlas build {name}` publishes a release.",
        "",
        "An empty cell is missing, `0` is zero. Files are CSV (UTF-8, commas, decimal points) or",
        "Parquet. `templates/` holds every table with its header; copy here what you need. Further",
        "columns are kept and shown. Codes may not repeat.",
        "",
    ]
    for table in TABLES:
        lines += [f"## {table}", "", ABOUT[table], "", "| column | |", "| --- | --- |"]
        for column in headers(table, languages):
            said = explain(table, column) if column in COLUMNS else _in_language(column)
            lines.append(f"| `{column}` | {said} |")
        lines.append("")
    return "\n".join(lines)


def _in_language(column: str) -> str:
    base, _, language = column.rpartition("_")
    return COLUMNS[f"{base}_en"].replace("in English", f"in the language “{language}”")
