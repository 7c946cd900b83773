"""Totals: what is stated wins, the rest adds up, and nothing is added twice or made up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.ingest.edition import LINE, Edition, read_edition
from atlas.ingest.tables import create_tables
from atlas.model import Release
from atlas.store import database

#: Toyland's employment as worked by hand: region, industry, year -> figure and where it is from.
TOYLAND = {
    # XT-N1 publishes its parts.
    ("XT-N1", "A", 2020): (10, "published"),
    ("XT-N1", "C10", 2020): (20, "published"),
    ("XT-N1", "C11", 2020): (30, "published"),
    ("XT-N1", "C", 2020): (50, "derived"),
    ("XT-N1", "TOTAL", 2020): (60, "derived"),
    # XT-N2 leaves C11 empty: what is above it is partial. Its C10 is a true zero.
    ("XT-N2", "A", 2020): (40, "published"),
    ("XT-N2", "C10", 2020): (0, "published"),
    ("XT-N2", "C", 2020): (0, "partial"),
    ("XT-N2", "TOTAL", 2020): (40, "partial"),
    # XT-N: its two parts added up, but its total is published.
    ("XT-N", "A", 2020): (50, "derived"),
    ("XT-N", "C10", 2020): (20, "derived"),
    ("XT-N", "C11", 2020): (30, "partial"),
    ("XT-N", "C", 2020): (50, "partial"),
    ("XT-N", "TOTAL", 2020): (120, "published"),
    # XT-S publishes all but C11, which is suppressed.
    ("XT-S", "A", 2020): (100, "published"),
    ("XT-S", "C10", 2020): (60, "published"),
    ("XT-S", "C11", 2020): (None, "suppressed"),
    ("XT-S", "C", 2020): (100, "estimated"),
    ("XT-S", "TOTAL", 2020): (200, "published"),
    # XT-E has nothing at all, so the country is partial everywhere.
    ("XT", "A", 2020): (150, "partial"),
    ("XT", "C10", 2020): (80, "partial"),
    ("XT", "C11", 2020): (30, "partial"),
    ("XT", "C", 2020): (150, "partial"),
    ("XT", "TOTAL", 2020): (320, "partial"),
    # Ten years before, one figure.
    ("XT-S", "A", 2010): (80, "published"),
    ("XT-S", "TOTAL", 2010): (80, "partial"),
    ("XT", "A", 2010): (80, "partial"),
    ("XT", "TOTAL", 2010): (80, "partial"),
}
#: Location quotients of 2020 from these: (x_ri / x_r) / (X_i / X).
QUOTIENTS = {
    ("XT-N", "A"): 8 / 9,
    ("XT-N", "C"): 8 / 9,
    ("XT-N", "C10"): 2 / 3,
    ("XT-N", "C11"): 8 / 3,
    ("XT-S", "A"): 16 / 15,
    ("XT-S", "C"): 16 / 15,
    ("XT-S", "C10"): 6 / 5,
    ("XT-N1", "A"): 16 / 45,
    ("XT-N1", "C"): 16 / 9,
    ("XT-N1", "C10"): 4 / 3,
    ("XT-N1", "C11"): 16 / 3,
    ("XT-N2", "A"): 32 / 15,
    ("XT-N2", "C"): 0,
    ("XT-N2", "C10"): 0,
}

Figures = dict[tuple[str, str, int], tuple[float | None, str]]


def cells_of(edition: Edition, measure: str = "employment") -> Figures:
    """Every cell of a measure: its figure and status."""
    with duckdb.connect() as connection:
        create_tables(edition, connection)
        frame = connection.table("cells").df()
    return as_figures(frame[frame["measure"] == measure])


def as_figures(frame: pd.DataFrame) -> Figures:
    return {
        (row.region_code, row.industry_code, int(row.year)): (
            None if pd.isna(row.value) else float(row.value),
            row.status,
        )
        for row in frame.itertuples()
    }


def metric(release: Release, name: str, measure: str = "employment", year: int = 2020) -> Figures:
    frame = database.run(
        "measure/cells",
        release,
        metric=name,
        measure=measure,
        level=None,
        region=None,
        industry=None,
        year=year,
    )
    return as_figures(frame)


def test_toyland_cell_by_cell(toyland: Release) -> None:
    with database.connection(toyland.path).cursor() as cursor:
        frame = cursor.execute("from cells where measure = 'employment'").df()
    assert as_figures(frame) == TOYLAND


def test_a_second_measure_adds_up_by_itself() -> None:
    found = cells_of(read_edition(Path(__file__).parents[1] / "toyland"), "establishments")
    # Here XT-S has neither C nor a total of its own: 6 + suppressed, and 5 more with A.
    assert found["XT-S", "C", 2020] == (6, "partial")
    assert found["XT-S", "TOTAL", 2020] == (11, "partial")
    assert found["XT-S", "C11", 2020] == (None, "suppressed")
    assert found["XT-N1", "TOTAL", 2020] == (6, "derived")
    assert found["XT-N", "TOTAL", 2020] == (10, "partial")
    assert found["XT", "TOTAL", 2020] == (21, "partial")


def test_toylands_quotients(toyland: Release) -> None:
    found = metric(toyland, "location_quotient")
    for (region, industry), value in QUOTIENTS.items():
        # Every quotient is partial: the country's figures lack XT-E.
        assert found[region, industry, 2020] == (pytest.approx(value), "partial"), region
    assert found["XT-S", "C11", 2020] == (None, "suppressed")
    assert found["XT-N2", "C11", 2020] == (None, "missing")
    for code in ("XT", "XT-N", "XT-S", "XT-N1", "XT-N2"):
        assert found[code, "TOTAL", 2020] == (1, "partial")
    for industry in ("TOTAL", "A", "C", "C10", "C11"):
        assert found["XT-E", industry, 2020] == (None, "missing")
        assert found["XT", industry, 2020] == (pytest.approx(1), "partial")


def test_toylands_shares_amounts_and_growth(toyland: Release) -> None:
    sizes, focuses = metric(toyland, "size"), metric(toyland, "focus")
    assert sizes["XT-S", "A", 2020] == (pytest.approx(2 / 3), "partial")
    assert sizes["XT-N2", "C10", 2020] == (0, "partial")
    assert focuses["XT-S", "A", 2020] == (0.5, "published")
    assert focuses["XT-S", "C", 2020] == (0.5, "estimated")
    assert focuses["XT-N", "A", 2020] == (pytest.approx(50 / 120), "derived")
    assert focuses["XT-N", "C", 2020] == (pytest.approx(50 / 120), "partial")
    assert metric(toyland, "amount")["XT-N2", "C10", 2020] == (0, "published")
    grown = metric(toyland, "growth")
    assert grown["XT-S", "A", 2020] == (0.25, "published")
    assert grown["XT-S", "TOTAL", 2020] == (1.5, "partial")
    assert grown["XT-N1", "A", 2020] == (None, "missing")
    assert metric(toyland, "growth", year=2010)["XT-S", "A", 2010] == (None, "missing")


def test_the_base_of_a_group(country: Any, tmp_path: Path) -> None:
    country.settings(quotient_base="group")
    with duckdb.connect() as connection:
        create_tables(read_edition(country.folder), connection)
        bases = dict(
            connection.sql("select industry_code, base_code from industry_bases").fetchall()
        )
        terms = connection.sql("from terms where measure = 'employment' and year = 2020").df()
    assert bases == {"TOTAL": "TOTAL", "A": "A", "C": "C", "C10": "C", "C11": "C"}
    terms = terms.set_index(["region_code", "industry_code"])
    assert terms.loc[("XT-S", "C10"), ["region_base", "root_base"]].tolist() == [100, 150]
    assert terms.loc[("XT-S", "C10"), "region_total"] == 200
    # A base that is not known makes the quotient missing, whatever the total.
    assert pd.isna(terms.loc[("XT-S", "C11"), "region_industry"])
    assert terms.loc[("XT-N2", "C10"), "region_base_status"] == "partial"


def test_the_base_of_a_group_in_a_release(country: Any, tmp_path: Path) -> None:
    from atlas.ingest.build import build
    from atlas.store import releases

    country.settings(quotient_base="group")
    release = releases.find("toyland", build(country.folder, tmp_path / "home"), tmp_path / "home")
    found = metric(release, "location_quotient")
    assert found["XT-S", "C10", 2020] == (pytest.approx((60 / 100) / (80 / 150)), "partial")
    assert found["XT-N", "C10", 2020] == (pytest.approx((20 / 50) / (80 / 150)), "partial")
    # In XT-N2 nothing at all is made: a share of nothing does not apply.
    assert found["XT-N2", "C10", 2020] == (None, "not_applicable")
    assert found["XT-S", "A", 2020] == (1, "partial")
    assert found["XT-S", "TOTAL", 2020] == (1, "partial")


DEEP_REGIONS = {"R": "", "R1": "R", "R2": "R", "R11": "R1", "R12": "R1", "R111": "R11"}
DEEP_INDUSTRIES = {"T": "", "A": "T", "C": "T", "C1": "C", "C11": "C1", "C12": "C1", "C2": "C"}


def deep(country_of: Callable[..., Any], *rows: str) -> Figures:
    return cells_of(read_edition(country_of(DEEP_REGIONS, DEEP_INDUSTRIES, list(rows)).folder))


def test_a_figure_two_levels_down_counts_once(country_of: Callable[..., Any]) -> None:
    found = deep(country_of, "R111,C11,2020,7,")
    assert found["R", "C11", 2020] == (7, "partial")
    assert found["R111", "T", 2020] == (7, "partial")
    assert found["R", "T", 2020] == (7, "partial")
    # R11 has one part only, and that is known.
    assert found["R11", "C11", 2020] == (7, "derived")
    # A cell for every region above R111 and every industry above C11.
    assert len(found) == 4 * 4


def test_a_stated_figure_in_the_middle_stops_the_descent(country_of: Callable[..., Any]) -> None:
    found = deep(
        country_of, "R111,C11,2020,7,", "R111,C12,2020,5,", "R111,C1,2020,100,", "R111,C2,2020,1,"
    )
    assert found["R111", "C1", 2020] == (100, "published")
    assert found["R111", "C", 2020] == (101, "derived")
    assert found["R", "C", 2020] == (101, "partial")
    found = deep(country_of, "R111,A,2020,3,", "R11,A,2020,50,", "R12,A,2020,2,")
    assert found["R11", "A", 2020] == (50, "published")
    assert found["R1", "A", 2020] == (52, "derived")


def test_a_suppressed_total_is_not_made_up_from_its_parts(
    country_of: Callable[..., Any],
) -> None:
    found = deep(
        country_of, "R11,A,2020,3,", "R12,A,2020,4,", "R1,A,2020,,suppressed", "R2,A,2020,5,"
    )
    assert found["R1", "A", 2020] == (None, "suppressed")
    assert found["R", "A", 2020] == (5, "partial")


def test_only_missing_or_suppressed_parts_make_no_total(country_of: Callable[..., Any]) -> None:
    found = deep(country_of, "R11,A,2020,3,suppressed", "R12,A,2020,,")
    assert found == {("R11", "A", 2020): (None, "suppressed")}


def test_a_total_is_made_of_the_totals_below_whichever_way_these_add_up(
    country_of: Callable[..., Any],
) -> None:
    # R1 publishes a part of C itself, its parts publish the whole of C: R1 is the whole, and so
    # what R is made of.
    found = deep(country_of, "R1,C1,2020,20,", "R11,C,2020,50,", "R12,C,2020,10,", "R2,C,2020,5,")
    assert found["R1", "C", 2020] == (60, "derived")
    assert found["R", "C", 2020] == (65, "derived")
    # A comes from R1 itself, C from its parts: the total has both.
    found = deep(country_of, "R1,A,2020,20,", "R11,C,2020,50,", "R12,C,2020,10,", "R2,T,2020,5,")
    assert found["R1", "T", 2020] == (80, "derived")
    assert found["R", "T", 2020] == (85, "derived")


def test_an_estimate_stays_one_further_up(country_of: Callable[..., Any]) -> None:
    found = deep(country_of, "R11,A,2020,3,estimated", "R12,A,2020,4,", "R2,A,2020,5,")
    assert found["R1", "A", 2020] == (7, "estimated")
    assert found["R", "A", 2020] == (12, "estimated")


def test_years_do_not_mix(country_of: Callable[..., Any]) -> None:
    found = deep(country_of, "R11,A,2020,3,", "R12,A,2021,4,")
    assert found["R1", "A", 2020] == (3, "partial")
    assert found["R1", "A", 2021] == (4, "partial")


# --- any trees, any figures ----------------------------------------------------------------

Parents = list[int | None]
Stated = dict[tuple[int, int], tuple[int | None, str]]
#: Trees of regions and of industries, and what is stated in each of several years.
Made = tuple[Parents, Parents, list[Stated]]


def trees(most: int) -> st.SearchStrategy[Parents]:
    """Parents of nodes 0, 1, 2 ...: the first is the root, the others hang below an earlier."""
    return st.integers(3, most).flatmap(
        lambda size: st.tuples(*(st.integers(0, node - 1) for node in range(1, size))).map(
            lambda parents: [None, *parents]
        )
    )


@st.composite
def countries(draw: st.DrawFn) -> Made:
    regions, industries = draw(trees(5)), draw(trees(5))
    place = st.tuples(st.integers(0, len(regions) - 1), st.integers(0, len(industries) - 1))
    figure = st.tuples(
        st.sampled_from([None, 0, 1, 2, 4, 8]),
        st.sampled_from(["", "", "", "estimated", "suppressed"]),
    )
    stated = st.dictionaries(place, figure, min_size=3, max_size=12)
    return regions, industries, draw(st.lists(stated, min_size=8, max_size=8))


def add_up(parts: list[tuple[float | None, str] | None]) -> tuple[float | None, str] | None:
    """The sum of the parts that have a figure."""
    known = [part for part in parts if part is not None and part[0] is not None]
    statuses = {part[1] for part in known}
    if not known:
        return None
    total = float(sum(part[0] or 0 for part in known))
    if len(known) < len(parts) or "partial" in statuses:
        return total, "partial"
    return total, "estimated" if "estimated" in statuses else "derived"


def by_hand(regions: Parents, industries: Parents, years: list[Stated]) -> Figures:
    """The rule read aloud: stated, else the sum of the parts; the complete sum first."""

    def cell(region: int, industry: int, stated: Stated) -> tuple[float | None, str] | None:
        figure, status = stated.get((region, industry), (None, ""))
        if status == "suppressed":
            return None, "suppressed"
        if figure is not None:
            return float(figure), status or "published"
        below = [node for node, parent in enumerate(regions) if parent == region]
        within = [node for node, parent in enumerate(industries) if parent == industry]
        ways = [
            add_up([cell(part, industry, stated) for part in below]),
            add_up([cell(region, part, stated) for part in within]),
        ]
        found = [way for way in ways if way is not None]
        return min(found, key=lambda way: way[1] == "partial", default=None)

    return {
        (f"r{region}", f"i{industry}", year): found
        for year, stated in enumerate(years, start=2001)
        for region in range(len(regions))
        for industry in range(len(industries))
        if (found := cell(region, industry, stated)) is not None
    }


def as_edition(regions: Parents, industries: Parents, years: list[Stated]) -> Edition:
    def tree(word: str, parents: Parents) -> pd.DataFrame:
        above = [None if parent is None else f"{word[0]}{parent}" for parent in parents]
        codes = [f"{word[0]}{node}" for node in range(len(parents))]
        frame = pd.DataFrame({f"{word}_code": codes, "parent_code": above, "name_en": codes})
        return frame.astype("str").assign(level=0.0)

    rows = [
        # As read: suppressed figures are forgotten.
        (f"r{region}", f"i{industry}", year, None if status == "suppressed" else figure, status)
        for year, stated in enumerate(years, start=2001)
        for (region, industry), (figure, status) in stated.items()
    ]
    columns = ["region_code", "industry_code", "year", "employment", "status"]
    observations = pd.DataFrame(rows, columns=columns).astype({"year": float, "employment": float})
    return Edition(
        folder=Path("nowhere"),
        package={"atlas": {"root_region": "r0", "root_industry": "i0"}},
        tables={
            "regions": tree("region", regions),
            "industries": tree("industry", industries),
            "observations": observations.assign(**{LINE: range(2, len(observations) + 2)}),
        },
    )


@settings(max_examples=15)
@given(countries())
def test_totals_are_as_the_rule_says(made: Made) -> None:
    assert cells_of(as_edition(*made)) == by_hand(*made)
