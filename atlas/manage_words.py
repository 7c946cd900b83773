"""The words of managing: what stands in the way, and what people call tables, fields, rules and
steps. English; translated in ``locale``."""

from __future__ import annotations

from collections.abc import Mapping

from atlas.model import mark
from atlas.names import MEASURE_NAMES

ERRORS: Mapping[str, str] = {
    "sign_in_off": mark("Managing is off: no provider of sign-ins is set up."),
    "sign_in_needed": mark("Managing data needs a sign-in."),
    "sign_in_old": mark("Your sign-in is older than {hours} hours. Please sign in again."),
    "role_lacking": mark("{who} is signed in, but may not manage data."),
    "unknown_folder": mark("There is no edition “{value}” here. The nearest is “{nearest}”."),
    "job_running": mark("Something is being done with the edition “{edition}” already."),
    "job_ended": mark("The work ended before it was done; nothing was changed."),
}

#: What can be brought in, besides the figures of one measure.
TABLES: Mapping[str, str] = {
    "observations": mark("Figures of regions and sectors"),
    "firms": mark("Register of firms"),
    "institutions": mark("Institutions"),
    "clusters": mark("Clusters"),
    "cluster_industries": mark("Sectors of clusters"),
    "members": mark("Members of clusters"),
    "linkages": mark("Who works with whom"),
    "signs": mark("Signs of clusters"),
    "facts": mark("Single facts"),
    "regions": mark("Regions"),
    "industries": mark("Sectors"),
    "boundaries": mark("Outlines of regions"),
}

#: What the fields of tables are called.
FIELDS: Mapping[str, str] = {
    **MEASURE_NAMES,
    "region_code": mark("Region"),
    "industry_code": mark("Sector"),
    "parent_code": mark("Belongs to"),
    "level": mark("Level"),
    "name_en": mark("Name in English"),
    "name": mark("Name"),
    "population": mark("Population"),
    "area_km2": mark("Area, km²"),
    "year": mark("Year"),
    "status": mark("Status of the figure"),
    "cluster_id": mark("Cluster"),
    "product_en": mark("Product in English"),
    "stage": mark("Stage"),
    "rank": mark("Rank"),
    "cmo_id": mark("Cluster organisation"),
    "symbol": mark("Symbol"),
    "vision": mark("Vision"),
    "action_plan_url": mark("Address of the action plan"),
    "source": mark("Source"),
    "firm_id": mark("Number of the firm"),
    "institution_id": mark("Number of the institution"),
    "place": mark("Place"),
    "lon": mark("Longitude"),
    "lat": mark("Latitude"),
    "location_precision": mark("How exact the point is"),
    "website": mark("Website"),
    "value_chain_stage": mark("Stage of the value chain"),
    "type": mark("Type"),
    "manager_fte": mark("Managers, full-time"),
    "member_count": mark("Number of members"),
    "member_kind": mark("Kind of member"),
    "member_id": mark("Number of the member"),
    "role": mark("Role"),
    "from_kind": mark("From: firm or institution"),
    "from_id": mark("From: number"),
    "to_kind": mark("To: firm or institution"),
    "to_id": mark("To: number"),
    "kind": mark("Kind"),
    "weight": mark("Weight"),
    "sign": mark("Sign"),
    "state": mark("State"),
    "date": mark("Date"),
    "subject": mark("Subject"),
    "indicator_en": mark("Indicator in English"),
    "value": mark("Value"),
    "unit": mark("Unit"),
}

#: The steps of an import, in their order.
STEPS: Mapping[str, str] = {
    "read": mark("The file"),
    "columns": mark("Columns"),
    "regions": mark("Regions"),
    "industries": mark("Sectors"),
    "places": mark("Places"),
    "report": mark("Report"),
    "import": mark("Import"),
}

#: What long work is doing.
WORK: Mapping[str, str] = {
    "fetch": mark("Fetching the table"),
    "open": mark("Reading the file"),
    "match": mark("Matching columns and names"),
    "check": mark("Checking every row"),
    "write": mark("Writing the table"),
    "read": mark("Reading the tables"),
    "validate": mark("Validating"),
    "protect": mark("Suppressing and auditing"),
    "compute": mark("Computing every figure"),
    "draw": mark("Simplifying the boundaries"),
    "publish": mark("Keeping the draft"),
}

#: What to do about a rule on a page, where the command line names options of its own.
REMEDIES: Mapping[str, str] = {
    "proposed_column": mark("Confirm it, or choose another field."),
    "no_column": mark("Say which column it is, or the one value of every row."),
    "proposed_name": mark("Confirm it, or choose another meaning."),
    "several": mark("Say which one is wanted, below the columns."),
    "unknown_name": mark("Say what it means, or correct the file."),
    "unclear_name": mark("Say which one is meant."),
    "unclear_numbers": mark("Say which sign is decimal, under “Read it otherwise”."),
    "mixed_numbers": mark("Correct the numbers, or say which sign is decimal."),
    "number": mark(
        "Correct it; if the sign stands for no figure, name it under “Read it otherwise”."
    ),
    **dict.fromkeys(
        ("outline_not_degrees", "outlines_elsewhere_all", "outlines_elsewhere"),
        mark("Name the right coordinate system under “Read it otherwise”."),
    ),
    **dict.fromkeys(
        ("outline_broken", "outline_empty", "outline_infinite", "outline_no_area"),
        mark("Correct it in the file, or take it out."),
    ),
    "no_parent": mark("Say which column holds what each region belongs to."),
}

#: What is said of a file on a page, where the command line names options of its own.
ON_PAGE: Mapping[str, str] = {
    "no_header": mark(
        "No row of the file looks like a header. Say under “Read it otherwise” which."
    ),
    "source_letters": mark(
        "“{path}” has bytes that are no letters in {encoding}. Choose another encoding under “Read"
        " it otherwise”."
    ),
}
