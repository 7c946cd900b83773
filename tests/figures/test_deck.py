"""The interactive map as the browser gets it."""

from __future__ import annotations

import gzip
import json
import math
from itertools import combinations
from typing import Any

import pytest
import shapely
from drawn import regions

from atlas.analysis.map import map_shapes, map_view, points
from atlas.figures import writing
from atlas.figures.deck import deck, switchable
from atlas.figures.map_files import map_file
from atlas.figures.palette import DARK, LIGHT, class_fills, hex_rgb
from atlas.figures.placing import circle_radii, first_frame, in_pixels, place_names
from atlas.figures.scene import Scene
from atlas.figures.symbols import point_boxes
from atlas.model import Release
from atlas.text import Text


def scene(release: Release, *, size: tuple[int, int] = (930, 600), **more: Any) -> Scene:
    chosen = {"metric": "location_quotient", "industry": "C", "year": 2022} | more.pop("view", {})
    view = map_view(release, **chosen)
    shapes = map_shapes(release)
    frame = first_frame(shapes.regions, *size)
    text = more.pop("text", Text("en"))
    names = {code: text.name(view.items[code]) for code in map(str, shapes.regions.index)}
    places = place_names(shapes.regions, names, {}, frame, radii=circle_radii(view, frame))
    places = more.pop("places", places)
    about = {"theme": LIGHT, "points": points(release), "on": frozenset(switchable())} | more
    return Scene(view=view, shapes=shapes, text=text, frame=frame, places=places, **about)


def layers(drawn: Scene) -> dict[str, Any]:
    return {layer["id"]: layer for layer in json.loads(deck(drawn).to_json())["layers"]}


def filled(drawn: Scene) -> dict[str, Any]:
    """The regions as the browser shows them."""
    file = map_file(drawn.shapes, "regions", drawn.text.language)
    assert layers(drawn)["regions"]["data"] == file.address
    return regions(layers(drawn), json.loads(gzip.decompress(file.content))["features"])


def test_regions_are_filled_by_class_and_none_is_dropped(georgia: Release) -> None:
    drawn = scene(georgia)
    fills = {code: region["fill"] for code, region in filled(drawn).items()}
    colours = [list(hex_rgb(colour)) for colour in class_fills(drawn.view.scale)]
    assert len(fills) == 12
    assert fills["GE-MM"] == fills["GE-KA"] == colours[4]
    assert fills["GE-TB"] == colours[1]
    # What has no data lets the hatch through.
    assert fills["GE-AB"] == [*hex_rgb(LIGHT.hatch_ground), 0]


def test_no_data_is_hatched_and_suppressed_dotted(georgia: Release, toyland: Release) -> None:
    def patterns(drawn: Scene) -> list[list[str]]:
        return sorted(one["patterns"] for one in filled(drawn).values() if one["patterns"])

    assert patterns(scene(georgia)) == [["hatch"]]
    assert "pattern-dots" not in layers(scene(georgia))
    both = scene(toyland, view={"industry": "C11", "year": 2020, "metric": "amount"})
    assert patterns(both) == [["dots"], ["hatch"]]


def test_counts_are_circles_whose_area_is_the_count(georgia: Release) -> None:
    counts = scene(georgia, view={"metric": "amount"})
    drawn = layers(counts)
    radii = {row["id"]: row["radius"] for row in drawn["circles"]["data"]}
    assert len(radii) == 11
    assert (radii["GE-TB"] / radii["GE-IM"]) ** 2 == pytest.approx(37085 / 11595)
    plain = {region["fill"][0] for region in filled(counts).values()}
    assert plain == {hex_rgb(LIGHT.panel)[0], hex_rgb(LIGHT.hatch_ground)[0]}


def test_the_selected_region_is_outlined_on_a_casing(georgia: Release) -> None:
    drawn = layers(scene(georgia, selected="GE-KA", theme=DARK))
    assert drawn["selected"]["getLineColor"] == list(hex_rgb(DARK.selected_line))
    assert drawn["casing"]["lineWidthMinPixels"] == 5
    assert "selected" not in layers(scene(georgia))


def test_layers_are_drawn_only_when_switched_on(georgia: Release) -> None:
    on, off = layers(scene(georgia)), layers(scene(georgia, on=frozenset()))
    assert {"clusters", "firms", "institutions"} <= set(on)
    assert not {"clusters", "firms", "institutions"} & set(off)
    assert len(on["clusters"]["data"]) == 10
    assert len(on["firms"]["data"]) == int((points(georgia)["kind"] == "firm").sum())


def test_symbols_lie_on_the_ground_whichever_was_imported_first(georgia: Release) -> None:
    order = list(layers(scene(georgia)))
    assert order[:4] == ["sea", "neighbours", "pattern-hatch", "regions"]
    assert min(map(order.index, ("clusters", "institutions", "firms"))) > order.index("outline")
    assert order.index("clusters") == len(order) - 3


def test_every_region_is_named_once_within_the_map_without_overlap(georgia: Release) -> None:
    for language in ("en", "ka"):
        drawn = scene(georgia, text=Text(language))
        assert len(drawn.places) == 12
        west, south, east, north = drawn.frame.bounds
        for place in drawn.places.values():
            x, y = drawn.frame.to_pixels(*place.centre)
            assert west < x < east
            assert south < y < north


def test_nothing_is_fetched_from_elsewhere(georgia: Release) -> None:
    text = deck(scene(georgia)).to_json()
    assert "http" not in text
    assert "mapProvider" not in json.loads(text)


def test_the_map_stays_small(georgia: Release) -> None:
    assert len(deck(scene(georgia, on=frozenset({"clusters"}))).to_json()) < 17_000


@pytest.mark.parametrize("size", [(350, 300), (930, 600)])
def test_firms_and_institutions_lie_side_by_side(georgia: Release, size: tuple[int, int]) -> None:
    drawn = scene(georgia, size=size)
    found = layers(drawn)
    at = []
    for one in (*found["firms"]["data"], *found["institutions"]["data"]):
        x, y = drawn.frame.to_pixels(*one["position"])
        at.append((x + one["offset"][0], -y + one["offset"][1]))
    wide = found["firms"]["getSize"]
    assert len(at) > 20
    assert min(math.dist(*pair) for pair in combinations(at, 2)) >= wide
    home = [drawn.frame.to_pixels(*one["position"]) for one in found["firms"]["data"]]
    assert max(math.dist(p, (x, -y)) for p, (x, y) in zip(at, home, strict=False)) < 4 * wide


def test_writing_keeps_clear_of_firms(georgia: Release) -> None:
    drawn = scene(georgia, size=(350, 300))
    boxes = point_boxes(drawn.points, drawn.on, drawn.frame, hexagons=False)
    values = dict.fromkeys(map(str, drawn.shapes.regions.index), "")
    told = {"GE-AB": "მონაცემები არ არის"}
    places = place_names(drawn.shapes.regions, values, {}, drawn.frame, told=told, around=boxes)
    assert places["GE-AB"].width > 150
    written = [shapely.box(*place.box(drawn.frame)) for place in places.values()]
    assert len(written) >= 11
    assert not any(one.intersects(shapely.box(*box)) for one in written for box in boxes)
    assert not any(one.intersects(other) for one, other in combinations(written, 2))


@pytest.mark.parametrize("lang", ["en", "ka"])
def test_names_of_neighbours_and_seas_are_whole_and_keep_clear_of_the_regions_writing(
    georgia: Release, lang: str
) -> None:
    text = Text(lang)
    plain = scene(georgia, size=(350, 300), on=frozenset())
    regions = plain.shapes.regions
    places = place_names(
        regions, dict.fromkeys(map(str, regions.index), ""), {"GE-SZ": 2, "GE-TB": 4}, plain.frame
    )
    drawn = layers(scene(georgia, size=(350, 300), on=frozenset(), text=text, places=places))
    names = [*drawn["countries"]["data"], *drawn.get("seas", {"data": []})["data"]]
    boxes = []
    for one in names:
        x, y = plain.frame.to_pixels(*one["position"])
        half = writing.width(one["words"]) * 12 / 12.5 / 2
        boxes.append(shapely.box(x - half, y - 7, x + half, y + 7))
    assert text.country("RU") in [one["words"] for one in names]
    view = shapely.box(*plain.frame.bounds)
    assert all(view.contains(box) for box in boxes[: len(drawn["countries"]["data"])])
    land = in_pixels(plain.shapes.outline, plain.frame)
    written = [shapely.box(*place.box(plain.frame)) for place in places.values()]
    assert not any(box.intersects(other) for box in boxes for other in (land, *written))


def test_circles_of_a_small_map_without_writing_lie_apart(georgia: Release) -> None:
    drawn = scene(georgia, size=(350, 300), view={"metric": "amount"}, places={})
    circles = layers(drawn)["circles"]["data"]
    assert len(circles) == 11
    at = [(*drawn.frame.to_pixels(*one["position"]), one["radius"]) for one in circles]
    over = [a[2] + b[2] - math.dist(a[:2], b[:2]) for a, b in combinations(at, 2)]
    assert max(over) < 2
