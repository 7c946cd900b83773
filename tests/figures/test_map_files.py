"""The map's geometry as files, and the expressions that colour it."""

from __future__ import annotations

import gzip
import json
import random

import geopandas as gpd
import pytest
import shapely
from drawn import look

from atlas.analysis.map import map_shapes
from atlas.errors import ChoiceError
from atlas.figures.map_files import map_file, one_region, picked, sized
from atlas.model import Item, MapShapes, Release


def content(shapes: MapShapes, part: str, language: str = "en") -> dict:
    return json.loads(gzip.decompress(map_file(shapes, part, language).content))


def many(georgia: Release, number: int) -> MapShapes:
    """A row of squares."""
    codes = [f"R{n}" for n in range(number)]
    squares = gpd.GeoDataFrame(
        index=codes, geometry=[shapely.box(n, 0, n + 1, 1) for n in range(number)], crs=4326
    )
    return MapShapes(
        release=georgia, level=1, within=None, items={c: Item(c, {"en": c}) for c in codes},
        regions=squares, backdrop=squares, outline=shapely.box(0, 0, number, 1), labels=(),
    )  # fmt: skip


def test_regions_are_numbered_and_named_in_the_language(georgia: Release) -> None:
    shapes = map_shapes(georgia)
    english, georgian = content(shapes, "regions"), content(shapes, "regions", "ka")
    assert [feature["id"] for feature in english["features"]] == list(range(12))
    kakheti = shapes.regions.index.get_loc("GE-KA")
    assert english["features"][kakheti]["properties"]["name"] == "Kakheti"
    assert georgian["features"][kakheti]["properties"]["name"] == "კახეთი"
    assert english["features"][kakheti]["properties"]["id"] == "GE-KA"
    alone = content(shapes, one_region(shapes, "GE-KA"))["features"]
    assert [one["geometry"] for one in alone] == [english["features"][kakheti]["geometry"]]


def test_borders_stay_shared_and_leave_no_gap(georgia: Release) -> None:
    served = gpd.GeoDataFrame.from_features(content(map_shapes(georgia), "regions"))
    assert shapely.coverage_is_valid(served.geometry.to_numpy())
    apart = served.area.sum() - shapely.union_all(served.geometry.to_numpy()).area
    assert abs(apart) < 1e-9


def test_an_address_names_its_content(georgia: Release) -> None:
    shapes = map_shapes(georgia)
    english, georgian = (map_file(shapes, "regions", language) for language in ("en", "ka"))
    assert english.address.endswith(f"?v={english.mark}")
    assert english.mark != georgian.mark
    with pytest.raises(KeyError):
        map_file(shapes, "region-12", "en")
    with pytest.raises(ChoiceError):
        map_file(shapes, "regions", "xx")


@pytest.mark.parametrize("different", [1, 2, 3, 5, 6, 7, 10, 17])
def test_each_region_gets_its_colour(georgia: Release, different: int) -> None:
    shapes, chance = many(georgia, 1000), random.Random(different)
    colours = [(number, 0, 255 - number) for number in range(different)]
    values = {code: chance.choice(colours) for code in shapes.regions.index}
    expression = picked(shapes, values, (1, 2, 3))
    for number, code in enumerate(shapes.regions.index):
        assert tuple(look(expression, number)) == values[code]


def test_a_rare_colour_is_named_and_costs_little(georgia: Release) -> None:
    shapes = many(georgia, 3107)
    expression = picked(shapes, {"R7": (1, 1, 1), "R3000": (1, 1, 1)}, (2, 2, 2))
    assert expression == "(id==7||id==3000)?[1,1,1]:[2,2,2]"
    codes = list(shapes.regions.index)
    classes = {code: (number % 6,) for number, code in enumerate(codes)}
    assert len(picked(shapes, classes, (9,))) < 3107 * 2 / 3 + 120
    halves = {code: (number % 2,) for number, code in enumerate(codes)}
    assert len(picked(shapes, halves, (9,))) < 3107 / 4 + 100


def test_many_circles_come_in_sizes_near_their_own(georgia: Release) -> None:
    shapes = many(georgia, 1000)
    radii = {f"R{number}": 46 * 0.995**number for number in range(900)} | {"R950": 0.01}
    expression = sized(shapes, radii)
    sizes = {code: look(expression, number) for number, code in enumerate(shapes.regions.index)}
    assert sizes["R0"] == 46
    assert sizes["R950"] == 0.5
    assert sizes["R999"] == 0
    for number in range(899):
        assert sizes[f"R{number}"] == pytest.approx(radii[f"R{number}"], rel=0.08)
    (first, *_) = content(shapes, "points")
    assert first == {
        "id": 0, "p": [0.5, 0.5],
        "properties": {"id": "R0", "name": "R0", "shown": "A click shows its figures."},
    }  # fmt: skip
