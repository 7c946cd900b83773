"""Pictures of small maps, and the same as data: one legend, each with what it shows."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest

from atlas.analysis.map import map_view
from atlas.errors import ChoiceError
from atlas.export.stored import read_snapshot
from atlas.figures.sheet import Disc
from atlas.model import Release
from atlas.text import Text
from tests.export.profiles import asked, usual, written
from tests.export.test_plates import drawn, said


def test_small_maps_share_one_legend_and_each_says_what_it_shows(georgia: Release) -> None:
    sheet = drawn(georgia, usual(georgia, "maps"))
    assert said(sheet, "title") == [
        "Manufacturing: Location quotient highest in Mtskheta-Mtianeti in 9 of 17 years"
    ]
    captions = said(sheet, "caption")
    assert [captions[at] for at in (1, 3, 33)] == ["2006", "2007", "2022"]
    assert captions[-2] == "Highest 3.13: Mtskheta-Mtianeti"
    legend = said(sheet, "legend")
    # 17 maps of eleven regions with figures, and of one without.
    counts = [int(words.split()[0]) for words in legend if words.endswith(("value", "values"))]
    assert counts == [0, 27, 54, 77, 29, 17]
    regions = [mark for mark in sheet.marks if mark.part.role == "region" and mark.level == 1]
    assert len(regions) == 17 * 12
    kakheti = next(mark for mark in regions if mark.part.code == "16-GE-KA")
    assert (kakheti.part.name, kakheti.fill) == ("2022, Kakheti: 2.27", "#B75A26")
    assert said(sheet, "scale") == ["100 km"]
    footer = " ".join(said(sheet, "footer")).replace("\u00a0", " ")
    assert "Years: 2006–2022" in footer
    few = drawn(georgia, usual(georgia, "maps", years="2012,2017,2022"))
    # Few maps are large: values stand in the regions.
    assert {"2.27", "1.92", "3.13"} <= set(said(few, "values"))
    assert said(sheet, "values") == []


def test_small_maps_are_of_sectors_of_regions_and_of_counts_too(georgia: Release) -> None:
    sectors = drawn(georgia, usual(georgia, "maps", each="sectors", industries="C,A", year="2022"))
    assert [words for words in said(sectors, "caption") if "Highest" not in words] == [
        "Manufacturing", "Agriculture, forestry, fishing",
    ]  # fmt: skip
    assert "Year: 2022" in " ".join(said(sectors, "footer")).replace("\u00a0", " ")
    regions = drawn(georgia, usual(georgia, "maps", regions="GE-KA,GE-TB,GE-AB"))
    assert said(regions, "caption") == ["2.27", "Kakheti", "0.63", "Tbilisi", "no data", "Abkhazia"]
    assert said(regions, "title") == [
        "Manufacturing: Location quotient from 2.27 in Kakheti to 0.63 in Tbilisi"
    ]
    assert said(regions, "legend")[-2:] == ["No data", "1 region"]
    counts = drawn(georgia, usual(georgia, "maps", metric="employment", years="2006,2022"))
    circles = [
        mark for mark in counts.marks if isinstance(mark, Disc) and mark.part.role == "values"
    ]
    # Areas are as the counts: Kakheti's 6,287 to Tbilisi's 37,085.
    largest = max(one.radius for one in circles if one.part.code == "1")
    kakheti = sorted(one.radius for one in circles if one.part.code == "1")
    assert any(abs((one / largest) ** 2 - 6287 / 37085) < 1e-6 for one in kakheti)
    with pytest.raises(ChoiceError) as error:
        asked(georgia, "maps", each="regions", regions="GE-KA,XX")
    assert "There is no region “XX" in Text().explain(error.value)


@pytest.mark.parametrize("form", ["gpkg", "parquet"])
def test_small_maps_are_data_with_the_shapes_of_every_region(
    georgia: Release, tmp_path: Path, form: str
) -> None:
    snapshot = usual(georgia, "maps", "ka", years="2012,2022")
    path = tmp_path / f"maps.{form}"
    path.write_bytes(written(georgia, snapshot, form))
    found = pyogrio.read_dataframe(path) if form == "gpkg" else gpd.read_parquet(path)
    assert found.crs == "EPSG:4326"
    # Every region once for each map, those without figures too.
    assert len(found) == 24
    assert found.groupby("region_code")["year"].agg(list).map(sorted).to_list() == 12 * [
        [2012, 2022]
    ]
    assert found.geometry.notna().all()
    kakheti = found[found["region_code"] == "GE-KA"].set_index("year")
    assert kakheti["region"].to_list() == ["კახეთი", "კახეთი"]
    table = map_view(georgia, metric="location_quotient", measure="employment", industry="C",
                     year=2022).regions  # fmt: skip
    assert kakheti.at[2022, "value"] == table.at["GE-KA", "value"]
    assert found.loc[found["region_code"] == "GE-AB", "value"].isna().all()
    assert read_snapshot(path.read_bytes()) == snapshot
