"""What the codes of a release are called: statuses, measures, types of institution, stages."""

from __future__ import annotations

from collections.abc import Mapping

from atlas.model import mark

STATUS_NAMES: Mapping[str, str] = {
    "published": mark("published"),
    "derived": mark("added up from its parts"),
    "estimated": mark("estimated"),
    "partial": mark("added up, some parts missing"),
    "not_applicable": mark("not applicable"),
    "missing": mark("no data"),
    "suppressed": mark("suppressed"),
}

#: How those without a value are titled in legends.
STATUS_TITLES: Mapping[str, str] = {
    "not_applicable": mark("Not applicable"),
    "missing": mark("No data"),
    "suppressed": mark("Suppressed"),
}

MEASURE_NAMES: Mapping[str, str] = {
    "employment": mark("Persons employed"),
    "turnover": mark("Turnover"),
    "establishments": mark("Establishments"),
    "exports": mark("Exports"),
    "gross_value_added": mark("Gross value added"),
    "wages": mark("Wages"),
}

INSTITUTION_TYPES: Mapping[str, str] = {
    "cmo": mark("Cluster organisation"),
    "association": mark("Association"),
    "public_agency": mark("Public agency"),
    "university": mark("University"),
    "research": mark("Research"),
    "vocational": mark("Vocational training"),
    "finance": mark("Finance"),
    "consultancy": mark("Consultancy"),
    "civil_society": mark("Civil society"),
    "international": mark("International organisation"),
}

STAGES: Mapping[str, str] = {
    "potential": mark("potential"),
    "emerging": mark("emerging"),
    "established": mark("established"),
}
