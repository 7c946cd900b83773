"""What the tables of an edition must look like (see the edition's documentation in README.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pandera.pandas import Check, Column, DataFrameSchema

from atlas.model import MEASURES
from atlas.names import INSTITUTION_TYPES, STAGES
from atlas.signs import PERFORMING, SIGN_STATES, UNDERPERFORMING

_FAR = 1e15


def _key() -> Column:
    return Column(str, Check.str_length(min_value=1, error="empty"), nullable=False)


def _text(allowed: tuple[str, ...] | None = None) -> Column:
    checks = [Check.isin(allowed, error="one_of")] if allowed else []
    return Column(str, checks, nullable=True, required=False)


def _number(
    low: float = -_FAR, high: float = _FAR, *, nullable: bool = True, whole: bool = False
) -> Column:
    checks = [
        Check.ge(low, error="negative" if low == 0 else "range"),
        Check.le(high, error="range"),
    ]
    if whole:
        checks.append(Check(lambda column: column % 1 == 0, error="whole", ignore_na=True))
    return Column(float, checks, nullable=nullable, required=not nullable)


@dataclass(frozen=True)
class Table:
    """One table of an edition.

    ``schema`` checks columns and values, ``key`` is unique, ``refers`` maps a column to the
    (table, column) it must be found in; ``with_table`` makes it needed where that one is there.
    """

    schema: DataFrameSchema
    key: tuple[str, ...] = ()
    refers: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    needed: bool = False
    with_table: str | None = None

    @property
    def numbers(self) -> tuple[str, ...]:
        """Columns that hold numbers."""
        return tuple(
            name for name, column in self.schema.columns.items() if str(column.dtype) == "float64"
        )


_POINT = {
    "place": _text(),
    "lon": _number(-180, 180),
    "lat": _number(-90, 90),
    "location_precision": _text(("address", "place", "region")),
    "website": _text(),
    "source": _text(),
}
_ENDS = ("firm", "institution")

TABLES: Mapping[str, Table] = {
    "regions": Table(
        DataFrameSchema(
            {
                "region_code": _key(),
                "parent_code": Column(str, nullable=True),
                "level": _number(0, 9, nullable=False, whole=True),
                "name_en": _key(),
                "population": _number(0),
                "area_km2": _number(0),
            }
        ),
        key=("region_code",),
        refers={"parent_code": ("regions", "region_code")},
        needed=True,
    ),
    "industries": Table(
        DataFrameSchema(
            {"industry_code": _key(), "parent_code": Column(str, nullable=True), "name_en": _key()}
        ),
        key=("industry_code",),
        refers={"parent_code": ("industries", "industry_code")},
        needed=True,
    ),
    "observations": Table(
        DataFrameSchema(
            {
                "region_code": _key(),
                "industry_code": _key(),
                "year": _number(1000, 3000, nullable=False, whole=True),
                # Value added can be negative; nothing else we observe can.
                **{
                    measure: _number() if measure == "gross_value_added" else _number(0)
                    for measure in MEASURES
                },
                "status": _text(("suppressed", "estimated")),
            }
        ),
        key=("region_code", "industry_code", "year"),
        refers={
            "region_code": ("regions", "region_code"),
            "industry_code": ("industries", "industry_code"),
        },
        needed=True,
    ),
    "clusters": Table(
        DataFrameSchema(
            {
                "cluster_id": _key(),
                "name_en": _key(),
                "product_en": _text(),
                "region_code": _key(),
                "stage": _text(tuple(STAGES)),
                "rank": _number(1, whole=True),
                "cmo_id": _text(),
                "symbol": _text(),
                "vision": _text(),
                "action_plan_url": _text(),
                "source": _text(),
            }
        ),
        key=("cluster_id",),
        refers={
            "region_code": ("regions", "region_code"),
            "cmo_id": ("institutions", "institution_id"),
        },
    ),
    "cluster_industries": Table(
        DataFrameSchema({"cluster_id": _key(), "industry_code": _key()}),
        key=("cluster_id", "industry_code"),
        refers={
            "cluster_id": ("clusters", "cluster_id"),
            "industry_code": ("industries", "industry_code"),
        },
        with_table="clusters",
    ),
    "firms": Table(
        DataFrameSchema(
            {
                "firm_id": _key(),
                "name": _key(),
                "industry_code": _text(),
                "region_code": _text(),
                **_POINT,
                "employment": _number(0),
                "turnover": _number(0),
                "year": _number(1000, 3000, whole=True),
                "value_chain_stage": _text(),
                "symbol": _text(),
            }
        ),
        key=("firm_id",),
        refers={
            "region_code": ("regions", "region_code"),
            "industry_code": ("industries", "industry_code"),
        },
    ),
    "institutions": Table(
        DataFrameSchema(
            {
                "institution_id": _key(),
                "name": _key(),
                "type": Column(str, Check.isin(tuple(INSTITUTION_TYPES), error="one_of")),
                "region_code": _text(),
                **_POINT,
                "manager_fte": _number(0),
                "member_count": _number(0, whole=True),
            }
        ),
        key=("institution_id",),
        refers={"region_code": ("regions", "region_code")},
    ),
    "members": Table(
        DataFrameSchema(
            {
                "cluster_id": _key(),
                "member_kind": Column(str, Check.isin(_ENDS, error="one_of")),
                "member_id": _key(),
                "role": _text(),
            }
        ),
        key=("cluster_id", "member_kind", "member_id"),
        refers={"cluster_id": ("clusters", "cluster_id"), "member_id": ("member_kind", "")},
    ),
    "linkages": Table(
        DataFrameSchema(
            {
                "from_kind": Column(str, Check.isin(_ENDS, error="one_of")),
                "from_id": _key(),
                "to_kind": Column(str, Check.isin(_ENDS, error="one_of")),
                "to_id": _key(),
                "kind": _text(),
                "weight": _number(0),
                "source": _text(),
            }
        ),
        refers={"from_id": ("from_kind", ""), "to_id": ("to_kind", "")},
    ),
    "signs": Table(
        DataFrameSchema(
            {
                "cluster_id": _key(),
                "sign": Column(str, Check.isin((*PERFORMING, *UNDERPERFORMING), error="one_of")),
                "state": Column(str, Check.isin(SIGN_STATES, error="one_of")),
                "date": _text(),
                "source": _text(),
            }
        ),
        key=("cluster_id", "sign"),
        refers={"cluster_id": ("clusters", "cluster_id")},
    ),
    "facts": Table(
        DataFrameSchema(
            {
                "cluster_id": _text(),
                "subject": _text(),
                "indicator_en": _key(),
                "value": _text(),
                "unit": _text(),
                "date": _text(),
                "source": _text(),
            }
        ),
        refers={"cluster_id": ("clusters", "cluster_id")},
    ),
}

#: What a file of outlines says of each feature: a form of its own, not a table of an edition.
OUTLINED = Table(
    DataFrameSchema(
        {
            "region_code": _key(),
            "parent_code": Column(str, nullable=True, required=False),
            "name_en": _text(),
        }
    ),
    refers={"region_code": ("regions", "region_code"), "parent_code": ("regions", "region_code")},
)

#: Tables that are read for a confidential edition and are never part of a release.
PRIVATE: Mapping[str, Table] = {
    "contributions": Table(
        DataFrameSchema(
            {
                "region_code": _key(),
                "industry_code": _key(),
                "year": _number(1000, 3000, nullable=False, whole=True),
                "firm_id": _text(),
                **{measure: _number() for measure in MEASURES},
            }
        ),
        refers={
            "region_code": ("regions", "region_code"),
            "industry_code": ("industries", "industry_code"),
        },
    )
}

#: The keys of the ``atlas`` object in datapackage.json that cannot be done without, each with an
#: example of its form.
SETTINGS: Mapping[str, str | list[str]] = {
    "country": "GE",
    "languages": ["en", "ka"],
    "classification": "NACE Rev. 2",
    "metric_crs": "EPSG:32638",
    "root_region": "GE",
    "root_industry": "TOTAL",
}
BASES = ("root", "group")
