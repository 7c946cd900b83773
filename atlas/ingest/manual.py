"""What the tables of an edition and their columns are, in words: for templates and instructions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from atlas.ingest.contracts import TABLES
from atlas.model import mark

#: A reader's language: a sentence in it, its facts filled in.
Say = Callable[..., str]


def plain(sentence: str, **facts: Any) -> str:
    """A sentence as it stands in the code, in English."""
    return sentence.format(**facts) if facts else sentence


ABOUT: Mapping[str, str] = {
    "regions": mark("The country and its regions, every one once. Needed."),
    "industries": mark("The sectors: the total and its parts, every one once. Needed."),
    "observations": mark("The figures: one row for each region, sector and year. Needed."),
    "clusters": mark("The clusters that are known by name."),
    "cluster_industries": mark("The sectors of each cluster. Needed where there are clusters."),
    "firms": mark("Single firms, on the map and in clusters."),
    "institutions": mark("Universities, agencies, associations and others that support clusters."),
    "members": mark("Which firms and institutions belong to which cluster."),
    "linkages": mark("Who works with whom."),
    "signs": mark("What is known of the signs by which a cluster performs or not."),
    "facts": mark("Single published figures about a cluster or the country."),
}

COLUMNS: Mapping[str, str] = {
    "region_code": mark(
        "Code of the region, as in the table regions (ISO 3166-2 where there is one)."
    ),
    "parent_code": mark("Code of what this is a part of; empty for the root alone."),
    "level": mark("0 for the country, 1 for its first-level regions, 2 for those below."),
    "name_en": mark("Name in English."),
    "population": mark("Inhabitants."),
    "area_km2": mark("Area in square kilometres."),
    "industry_code": mark("Code of the sector, as in the table industries."),
    "year": mark("Year of the figures."),
    "employment": mark("Persons employed."),
    "turnover": mark("Turnover, in the unit that datapackage.json names."),
    "establishments": mark("Number of establishments or local units."),
    "exports": mark("Exports, in the unit that datapackage.json names."),
    "gross_value_added": mark("Gross value added; the only measure that may be negative."),
    "wages": mark("Wages, in the unit that datapackage.json names."),
    "status": mark("Empty for a published figure."),
    "cluster_id": mark("A short name for the cluster, the same in every table."),
    "product_en": mark("What the cluster makes, in English."),
    "stage": mark("How far the cluster has come."),
    "rank": mark("Its place in the list that it was published in."),
    "cmo_id": mark("The institution that runs the cluster, as in the table institutions."),
    "symbol": mark("Name of a pictogram."),
    "vision": mark("What the cluster wants to be."),
    "action_plan_url": mark("Address of its plan."),
    "source": mark("Where this is known from."),
    "firm_id": mark("Number of the firm in its register."),
    "name": mark("Name as it is registered."),
    "place": mark("Town or village."),
    "lon": mark("Longitude in degrees, east positive."),
    "lat": mark("Latitude in degrees, north positive."),
    "location_precision": mark("What the point stands for."),
    "website": mark("Address on the web."),
    "value_chain_stage": mark("One of the stages that datapackage.json lists."),
    "institution_id": mark("A short name for the institution, the same in every table."),
    "type": mark("What kind of institution it is."),
    "manager_fte": mark("Staff that manage the cluster, in full-time equivalents."),
    "member_count": mark("Number of its members."),
    "member_kind": mark("Whether the member is a firm or an institution."),
    "member_id": mark("Its firm_id or institution_id."),
    "role": mark("What it does in the cluster."),
    "from_kind": mark("Whether the first of the two is a firm or an institution."),
    "from_id": mark("The first of the two."),
    "to_kind": mark("Whether the second of the two is a firm or an institution."),
    "to_id": mark("The second of the two."),
    "kind": mark("What ties them: supply, research, finance, training, advocacy ..."),
    "weight": mark("How strong the tie is."),
    "sign": mark("Which sign."),
    "state": mark("Whether the cluster has it."),
    "date": mark("When this was so."),
    "subject": mark("What the figure is of."),
    "indicator_en": mark("What is counted, in English."),
    "value": mark("The figure as it was published."),
    "unit": mark("Its unit."),
}


def allowed(table: str, column: str) -> tuple[str, ...]:
    """The words that a column may hold; none where it holds anything."""
    for check in TABLES[table].schema.columns[column].checks:
        if "allowed_values" in (check.statistics or {}):
            return tuple(map(str, check.statistics["allowed_values"]))
    return ()


def explain(table: str, column: str, text: Say = plain) -> str:
    """What a column holds, with its allowed words, and whether it has to be filled."""
    about: Any = TABLES[table].schema.columns[column]
    parts = [text(COLUMNS[column])]
    if words := allowed(table, column):
        parts.append(text("One of: {words}.", words=", ".join(words)))
    if not about.nullable:
        parts.append(text("Needed."))
    return " ".join(parts)


def headers(table: str, languages: tuple[str, ...]) -> list[str]:
    """The columns of a table, names in every language of the edition."""
    found: list[str] = []
    for column in TABLES[table].schema.columns:
        found.append(column)
        if column.endswith("_en"):
            found += [f"{column[:-2]}{one}" for one in languages if one != "en"]
    return found


def instructions(name: str, country: str, languages: tuple[str, ...], text: Say = plain) -> str:
    """How to fill the edition, as Markdown in a reader's language."""
    steps = (
        text("Look through {regions} and {sectors}. Fill names, population and area.",
             regions="`regions.csv`", sectors="`industries.csv`"),
        text("Fill in {package} who publishes the figures and on what terms.",
             package="`datapackage.json`"),
        text("Import your figures, from a file of your own or from {template}: {command}",
             template="`template.xlsx`",
             command=f"`python -m atlas import FIGURES.xlsx --edition {name} --table employment`"),
        text("It proposes which column is which and which name means which code; nothing is"
             " written until you accept. {firms} does the same for a register of firms,"
             " {boundaries} for the outlines of regions.",
             firms="`--table firms`", boundaries="`--table boundaries`"),
        text("{validate} lists what is wrong; {build} publishes a release.",
             validate=f"`python -m atlas validate {name}`",
             build=f"`python -m atlas build {name}`"),
    )  # fmt: skip
    lines = [
        "# " + text("{name}: an edition of {country}", name=name, country=country),
        "",
        text("What is here was made by {command}: the regions of {regions} and the sectors of"
             " {sectors}. Unknown names are empty. Everything else is yours:",
             command="`python -m atlas new`", regions="`regions.csv`", sectors="`industries.csv`"),
        "",
        *(f"{number}. {step}" for number, step in enumerate(steps, start=1)),
        "",
        text("An empty cell is missing, {zero} is zero. Files are CSV (UTF-8, commas, decimal"
             " points) or Parquet. {templates} holds every table with its header; copy here what"
             " you need. Further columns are kept and shown. Codes may not repeat.",
             zero="`0`", templates="`templates/`"),
        "",
    ]  # fmt: skip
    for table in TABLES:
        lines += [f"## {table}", "", text(ABOUT[table]), "", "| column | |", "| --- | --- |"]
        for column in headers(table, languages):
            said = explain(table, column, text) if column in COLUMNS else _named(column, text)
            lines.append(f"| `{column}` | {said} |")
        lines.append("")
    return "\n".join(lines)


def _named(column: str, text: Say) -> str:
    """A column that is another one in a language of its own."""
    base, _, language = column.rpartition("_")
    return text("As {column}, in the language “{language}”.", column=f"`{base}_en`",
                language=language)  # fmt: skip
