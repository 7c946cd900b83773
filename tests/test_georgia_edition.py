"""The Georgia edition holds what was published, and nothing that was not."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest
from shapely import Point

from atlas.store.boundaries import world_regions

EDITION = Path(__file__).parents[1] / "geodata" / "editions" / "georgia"
PACKAGE = json.loads((EDITION / "datapackage.json").read_text(encoding="utf-8"))
TABLES = [resource["name"] for resource in PACKAGE["resources"]]
#: First and last year of each measure.
MEASURES = {
    "employment": ("2006", "2022"),
    "turnover": ("2006", "2022"),
    "establishments": ("2012", "2023"),
}
GEORGIAN = re.compile(r"[ა-ჰ]")


def rows(table: str) -> list[dict[str, str]]:
    with (EDITION / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(table: str, name: str) -> list[str]:
    return [row[name] for row in rows(table)]


OBSERVATIONS = {
    (row["region_code"], row["industry_code"], row["year"]): row for row in rows("observations")
}


def total(measure: str, industry_code: str, year: str) -> int:
    """Sum over regions, straight from the published digits."""
    return sum(
        int(row[measure])
        for (_, industry, when), row in OBSERVATIONS.items()
        if (industry, when) == (industry_code, year) and row[measure]
    )


def apart(measure: str) -> list[tuple[str, str]]:
    """Regions and years whose sections differ from the published total by more than 1 %."""
    sums: dict[tuple[str, str], Decimal] = {}
    for (region, industry, year), row in OBSERVATIONS.items():
        if industry != "TOTAL" and row[measure]:
            sums[region, year] = sums.get((region, year), Decimal(0)) + Decimal(row[measure])
    return [
        (region, year)
        for (region, industry, year), row in OBSERVATIONS.items()
        if industry == "TOTAL"
        and abs(sums[region, year] - Decimal(row[measure])) > Decimal(row[measure]) / 100
    ]


def located() -> list[dict[str, str]]:
    return [row for table in ("firms", "institutions") for row in rows(table) if row["lon"]]


@pytest.fixture(scope="module")
def locate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("georgia_locate", EDITION / "locate.py")
    assert spec is not None
    assert spec.loader is not None
    # A dataclass looks its own module up while it is made.
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_counts() -> None:
    regions = rows("regions")
    assert [row["region_code"] for row in regions if row["level"] == "0"] == ["GE"]
    assert sum(row["level"] == "1" and row["parent_code"] == "GE" for row in regions) == 12
    assert sorted(int(rank) for rank in column("clusters", "rank")) == list(range(1, 11))
    assert len(rows("firms")) == 35
    assert len(rows("institutions")) == 58
    assert len(OBSERVATIONS) == len(rows("observations")) == 3961
    assert len(rows("members")) == 37
    assert len(rows("linkages")) == 12
    assert len(rows("facts")) == 31


def test_published_figures() -> None:
    assert OBSERVATIONS["GE-KA", "TOTAL", "2022"]["employment"] == "22695"
    assert OBSERVATIONS["GE-MM", "C", "2022"]["employment"] == "5073"
    assert OBSERVATIONS["GE-TB", "C", "2022"]["turnover"] == "5281.8"
    assert OBSERVATIONS["GE-AJ", "UNKNOWN", "2023"]["establishments"] == "5597"
    assert total("employment", "TOTAL", "2022") == 778005
    assert total("employment", "C", "2022") == 94848


def test_observations_are_as_published_and_sorted() -> None:
    assert list(OBSERVATIONS) == sorted(OBSERVATIONS)
    assert {region for region, _, _ in OBSERVATIONS} == {
        row["region_code"] for row in rows("regions") if row["population"]
    }
    assert "GE-AB" not in {region for region, _, _ in OBSERVATIONS}
    for row in OBSERVATIONS.values():
        assert re.fullmatch(r"\d*", row["employment"]), row
        assert re.fullmatch(r"(\d+\.\d)?", row["turnover"]), row
        assert re.fullmatch(r"\d*", row["establishments"]), row
        assert not (row["industry_code"] == "TOTAL" and row["establishments"]), row
    years = {name: [y for (*_, y), r in OBSERVATIONS.items() if r[name]] for name in MEASURES}
    assert {name: (min(seen), max(seen)) for name, seen in years.items()} == MEASURES


def test_missing_is_not_zero() -> None:
    assert OBSERVATIONS["GE-GU", "D", "2022"]["employment"] == "58"
    assert OBSERVATIONS["GE-GU", "D", "2022"]["turnover"] == ""
    sections = [r for (_, i, y), r in OBSERVATIONS.items() if i in "ABCDEFGHIJLMNPQRS"]
    sections = [row for row in sections if row["year"] <= "2022"]
    assert sum(row["employment"] == "" for row in sections) == 215
    assert sum(row["turnover"] == "" for row in sections) == 217
    assert sum(row["employment"] == "0" for row in sections) == 4


def test_sections_and_totals_differ_where_the_notes_say() -> None:
    employment, turnover = apart("employment"), apart("turnover")
    assert (len(employment), len(turnover)) == (49, 38)
    assert ("GE-RL", "2021") in employment
    assert ("GE-RL", "2022") not in employment
    assert ("GE-GU", "2022") in turnover
    assert {"GE-KA", "GE-TB"}.isdisjoint(region for region, _ in employment + turnover)


def test_every_key_resolves() -> None:
    regions, industries = column("regions", "region_code"), column("industries", "industry_code")
    firms, institutions = column("firms", "firm_id"), column("institutions", "institution_id")
    known = {
        "region_code": regions,
        "industry_code": industries,
        "cluster_id": column("clusters", "cluster_id"),
        "cmo_id": institutions,
    }
    for table in TABLES:
        for row in rows(table):
            for name in known.keys() & row.keys():
                assert row[name] == "" or row[name] in known[name], (table, row)
    assert set(column("regions", "parent_code")) <= {"", *regions}
    assert set(column("industries", "parent_code")) <= {"", *industries}
    ends = {"firm": firms, "institution": institutions}
    assert all(row["member_id"] in ends[row["member_kind"]] for row in rows("members"))
    for row in rows("linkages"):
        assert row["from_id"] in ends[row["from_kind"]]
        assert row["to_id"] in ends[row["to_kind"]]


def test_industries_nest_and_keep_their_zeros() -> None:
    parents = {row["industry_code"]: row["parent_code"] for row in rows("industries")}
    path = ["01.47"]
    while parents[path[-1]]:
        path.append(parents[path[-1]])
    assert path == ["01.47", "01.4", "01", "A", "TOTAL"]
    assert parents["10.12"] == "10.1"
    assert parents["11.02"] == "11.0"
    assert sum(parent == "TOTAL" for parent in parents.values()) == 22
    names = {row["industry_code"]: row["name_en"] for row in rows("industries")}
    assert names["32.1"] == "Manufacture of jewellery, bijouterie and related articles"


def test_members() -> None:
    def of(cluster_id: str) -> set[tuple[str, str]]:
        return {
            (r["member_id"], r["role"]) for r in rows("members") if r["cluster_id"] == cluster_id
        }

    assert of("wine-kakheti") == {
        ("telavi-wine-cellar", "producer"),
        ("teliani-valley", "producer"),
        ("kakhuri", "producer"),
        ("viniveria", "producer"),
        ("kindzmarauli-corporation", "producer"),
        ("kakhetian-winemakers-guild", "same_field"),
        ("national-wine-agency", "same_field"),
        ("tbsc-consulting", "study"),
    }
    assert "kakhetian-winemakers-guild" not in {member for member, _ in of("wine-kvemo-kartli")}
    for cluster in rows("clusters"):
        heads = {member for member, role in of(cluster["cluster_id"]) if role == "cmo"}
        assert heads == ({cluster["cmo_id"]} if cluster["cmo_id"] else set())


def test_a_member_firm_shares_the_region() -> None:
    regions = {row["cluster_id"]: row["region_code"] for row in rows("clusters")}
    firms = {row["firm_id"]: row["region_code"] for row in rows("firms")}
    members = [row for row in rows("members") if row["member_kind"] == "firm"]
    assert len(members) == 13
    assert all(firms[row["member_id"]] == regions[row["cluster_id"]] for row in members)


def test_points_lie_in_their_region() -> None:
    points = located()
    assert len(points) == 25
    outlines = world_regions("GE").geometry
    for row in points:
        point = Point(float(row["lon"]), float(row["lat"]))
        assert outlines[row["region_code"]].contains(point), row["name"]
        assert row["location_precision"] == "place"
    at = {row["place"]: (float(row["lon"]), float(row["lat"])) for row in points}
    assert at["Telavi"] == pytest.approx((45.47, 41.92), abs=0.01)
    assert at["Poti"] == pytest.approx((41.67, 42.15), abs=0.01)


def test_what_cannot_be_located_says_so() -> None:
    places = {row["name"]: row for table in ("firms", "institutions") for row in rows(table)}
    assert places["Guria Fish Farming"]["location_precision"] == "region"
    assert places["Georgia Wood"]["location_precision"] == ""
    for row in places.values():
        assert (row["lon"] == "") == (row["lat"] == "") == (row["location_precision"] != "place")
        assert (row["located_as"] == "") == (row["lon"] == "")


def test_package_describes_the_tables() -> None:
    assert PACKAGE["atlas"]["boundaries"] == {"world_admin1": "GE"}
    assert len(PACKAGE["atlas"]["notes_en"]) == len(PACKAGE["atlas"]["notes_ka"]) == 11
    named = {source["name"] for source in PACKAGE["sources"]}
    for resource in PACKAGE["resources"]:
        fields = [field["name"] for field in resource["schema"]["fields"]]
        table = rows(resource["name"])
        assert list(table[0]) == fields, resource["name"]
        for row in table:
            source = row.get("source", "")
            assert source == "" or source in named or source.startswith("http"), row
    for measure in PACKAGE["atlas"]["measures"].values():
        assert measure["source"] in named


def test_georgian_is_there_wherever_english_is() -> None:
    for table in TABLES:
        for row in rows(table):
            for name in (name for name in row if name.endswith("_ka")):
                english = row.get(name.removesuffix("_ka") + "_en", "")
                assert not english or row[name], (table, row)
    for name in ("regions", "industries", "clusters"):
        assert all(GEORGIAN.search(row["name_ka"]) for row in rows(name))


def test_no_personal_data() -> None:
    personal = re.compile(r"person|phone|mail|contact|owner|director|manager|birth")
    for table in TABLES:
        for row in rows(table):
            assert not [name for name in row if personal.search(name)], table
            assert not any(re.search(r"@|\+995|\btel\b", value) for value in row.values()), row


def test_locate_takes_the_village_first_then_the_town(locate: ModuleType, tmp_path: Path) -> None:
    def place(number: int, name: str, region_code: str) -> object:
        names = frozenset({locate.plain(name)})
        return locate.Place(number, name, names, region_code, 1000, 44.0 + number, 42.0)

    places = [
        place(1, "Sartich’ala", "GE-KK"),
        place(2, "Gardabani", "GE-KK"),
        place(3, "Kaspi", "GE-SK"),
        place(4, "Tbilisi", "GE-TB"),
    ]

    def found(published: str, region_code: str) -> int | None:
        match = locate.find(published, region_code, places=places)
        return None if match is None else int(match.number)

    assert found("Sartichala, Gardabani", "GE-KK") == 1
    assert found("Metekhi, Kaspi", "GE-SK") == 3
    assert found("Metekhi, Kaspi", "GE-KA") is None
    assert found("15 Some Street, Tbilisi 0159", "GE-TB") == 4
    assert found("Tbilisi", "") is None

    table = tmp_path / "firms.csv"
    header = "name,region_code,place,lon,lat,location_precision,located_as,detail\n"
    table.write_text(header + 'A,GE-SK,"Metekhi, Kaspi",,,,,"x, y"\nB,GE-SK,,,,,,\n')
    assert locate.locate(table, places=places) == []
    assert table.read_text() == (
        header
        + 'A,GE-SK,"Metekhi, Kaspi",47.00000,42.00000,place,Kaspi (GeoNames 3),"x, y"\n'
        + "B,GE-SK,,,,region,,\n"
    )
    table.write_text(header + "'A',GE-SK,,,,,,\"unneeded quotes\"\n")
    with pytest.raises(ValueError, match=r"firms\.csv"):
        locate.locate(table, places=places)


def test_figures_of_regions_are_columns_with_titles_dates_and_sources() -> None:
    stated = PACKAGE["atlas"]["region_figures"]
    assert [one["column"] for one in stated] == [
        "population", "unemployment_rate_pct_2023", "active_entities_2022",
    ]  # fmt: skip
    sources = {source["name"] for source in PACKAGE["sources"]}
    for one in stated:
        assert sum(bool(value) for value in column("regions", one["column"])) == 11
        assert GEORGIAN.search(one["name_ka"])
        assert one["name_en"]
        assert one["when_en"]
        assert one["when_ka"]
        assert one["source"] in sources
    # A rate is no count: the country's is not the sum of the regions'.
    assert [one["column"] for one in stated if not one.get("adds_up")] == [
        "unemployment_rate_pct_2023"
    ]
    assert PACKAGE["atlas"]["measures"]["turnover"]["per_person"]["times"] == 1000
