"""Where labels go, on shapes whose right answers can be seen by eye."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import shapely

from atlas.figures.disc_labels import place_beside, place_discs
from atlas.figures.labels import Place, place_labels, visual_centre

MAP = (-40.0, -40.0, 140.0, 140.0)


def series(**shapes: object) -> pd.Series:
    return pd.Series(shapes, dtype=object)


def overlaps(places: dict[str, Place]) -> list[tuple[str, str]]:
    boxes = {code: shapely.box(*place.box) for code, place in places.items()}
    return [
        (one, other)
        for one in boxes
        for other in boxes
        if one < other and boxes[one].intersection(boxes[other]).area > 1e-9
    ]


def chessboard(rows: int, *, side: float = 10.0) -> pd.Series:
    return series(
        **{
            f"r{x:02}{y:02}": shapely.box(x * side, y * side, (x + 1) * side, (y + 1) * side)
            for x in range(rows)
            for y in range(rows)
        }
    )


def test_a_label_that_fits_stands_in_the_middle():
    found = place_labels(series(a=shapely.box(0, 0, 100, 100)), {"a": [(40, 10)]}, bounds=MAP)
    place = found["a"]
    assert (place.option, place.outside, place.leader) == (0, False, None)
    assert place.x == pytest.approx(50, abs=2)
    assert place.y == pytest.approx(50, abs=2)
    assert place.box == pytest.approx((place.x - 20, place.y - 5, place.x + 20, place.y + 5))


def test_the_first_size_that_fits_is_taken():
    tower = series(a=shapely.box(0, 0, 20, 100))
    found = place_labels(tower, {"a": [(40, 10), (30, 20), (18, 30), (10, 40)]}, bounds=MAP)
    assert found["a"].option == 2
    assert tower["a"].contains(shapely.box(*found["a"].box))


def test_in_a_bent_region_the_label_stands_in_an_arm_not_in_the_bend():
    bent = shapely.Polygon([(0, 0), (100, 0), (100, 30), (30, 30), (30, 100), (0, 100)])
    found = place_labels(series(a=bent), {"a": [(60, 20)]}, bounds=MAP)
    assert bent.contains(shapely.box(*found["a"].box))


def test_a_label_may_lie_over_its_border_a_little_but_no_more():
    shapes = series(a=shapely.box(0, 0, 50, 20))
    sizes = {"a": [(55, 10)]}
    over = place_labels(shapes, sizes, bounds=MAP, outside_sizes={"a": []}, overhang=0.1)
    assert not over["a"].outside
    assert shapes["a"].intersection(shapely.box(*over["a"].box)).area == pytest.approx(500, abs=25)
    strict = place_labels(shapes, sizes, bounds=MAP, outside_sizes={"a": []}, overhang=0.05)
    assert strict == {}


def test_a_label_beside_its_region_keeps_off_regions_that_have_none():
    small, bare = shapely.box(40, 40, 48, 48), shapely.box(48, 0, 100, 100)
    sizes = {"a": [(30, 10)]}
    free = place_labels(series(a=small), sizes, bounds=(0, 0, 120, 120))["a"]
    kept = place_labels(series(a=small), sizes, bounds=(0, 0, 120, 120), others=[bare])["a"]
    assert shapely.box(*free.box).intersection(bare).area > 200
    assert shapely.box(*kept.box).intersection(bare).area == 0


def test_a_small_region_is_labelled_beside_the_country_with_a_leader():
    big = shapely.box(0, 0, 100, 100)
    small = shapely.box(80, 10, 88, 18)
    shapes = series(big=big.difference(small), small=small)
    sizes = {"big": [(40, 10)], "small": [(30, 10)]}
    found = place_labels(shapes, sizes, bounds=MAP, gap=1)
    place = found["small"]
    assert place.outside
    start, end = place.leader
    assert small.contains(shapely.Point(start))
    assert shapely.box(*place.box).exterior.distance(shapely.Point(end)) < 1e-9
    on_others = shapes["big"].intersection(shapely.box(*place.box)).area
    assert on_others <= 0.3 * 300
    assert not shapely.LineString([start, end]).intersects(shapely.box(*found["big"].box))
    assert np.hypot(end[0] - start[0], end[1] - start[1]) < 40


def test_labels_inside_make_way_for_a_leader():
    # Unhindered, the large label would stand across the short way down from the small region.
    small = shapely.box(48, 40, 54, 46)
    shapes = series(big=shapely.box(0, 0, 100, 60).difference(small), small=small)
    sizes = {"big": [(34, 14)], "small": [(24, 8)]}
    found = place_labels(shapes, sizes, bounds=MAP, gap=1)
    assert found["small"].outside
    assert not found["big"].outside
    leader = shapely.LineString(found["small"].leader)
    assert leader.length < 50
    assert leader.distance(shapely.box(*found["big"].box)) >= 0.99


def test_many_labels_never_overlap_and_stay_on_the_map():
    shapes = chessboard(9)
    rng = np.random.default_rng(7)
    sizes = {
        code: [(float(width), 4.0), (float(width) / 2, 8.0)]
        for code, width in zip(shapes.index, rng.uniform(4, 30, len(shapes)), strict=True)
    }
    found = place_labels(shapes, sizes, bounds=(-15, -15, 105, 105), gap=0.3)
    assert overlaps(found) == []
    assert len(found) > 60
    # A label 30 wide fits into no region of 10, and the middle of the country is far from the sea.
    assert len(found) < 81
    for place in found.values():
        west, south, east, north = place.box
        assert west >= -15
        assert south >= -15
        assert east <= 105
        assert north <= 105
    leaders = {code: shapely.LineString(p.leader) for code, p in found.items() if p.leader}
    crossed = [
        (code, other)
        for code, leader in leaders.items()
        for other, place in found.items()
        if other != code and leader.intersects(shapely.box(*place.box))
    ]
    assert crossed == []


def test_boxes_in_use_are_left_alone():
    shapes = series(a=shapely.box(0, 0, 100, 100))
    used = (0.0, 30.0, 100.0, 100.0)
    found = place_labels(shapes, {"a": [(40, 10)]}, bounds=MAP, taken=[used], gap=2)
    assert found["a"].box[3] <= 28


def test_a_label_without_any_room_is_left_out():
    shapes = series(a=shapely.box(0, 0, 10, 10), b=shapely.box(50, 50, 90, 90))
    found = place_labels(shapes, {"a": [(300, 5)], "b": [(20, 5)]}, bounds=MAP)
    assert list(found) == ["b"]


def test_the_same_shapes_give_the_same_places():
    shapes = chessboard(6)
    sizes = {code: [(14, 3), (7, 6)] for code in shapes.index}
    once = place_labels(shapes, sizes, bounds=MAP)
    assert once == place_labels(shapes, sizes, bounds=MAP)


def test_an_archipelago_is_labelled_on_its_main_island_and_nothing_is_no_region():
    islands = shapely.MultiPolygon([shapely.box(0, 0, 5, 5), shapely.box(40, 40, 90, 90)])
    shapes = series(a=islands, b=shapely.Polygon())
    found = place_labels(shapes, {"a": [(30, 10)], "b": [(1, 1)]}, bounds=MAP)
    assert list(found) == ["a"]
    assert shapely.box(40, 40, 90, 90).contains(shapely.box(*found["a"].box))


def test_the_visual_centre_lies_well_inside():
    ring = shapely.Point(50, 50).buffer(50).difference(shapely.Point(60, 50).buffer(35))
    x, y = visual_centre(ring)
    assert ring.contains(shapely.Point(x, y))
    assert ring.boundary.distance(shapely.Point(x, y)) > 8
    assert visual_centre(shapely.box(0, 0, 10, 4)) == pytest.approx((5, 2))


def test_discs_keep_clear_of_larger_ones_within_their_region():
    shapes = series(city=shapely.box(40, 40, 50, 50), land=shapely.box(0, 0, 100, 40))
    alone = place_discs(shapes, {"land": 15.0})
    assert alone["land"] == pytest.approx((50, 20))
    both = place_discs(shapes, {"city": 20.0, "land": 15.0})
    assert both["city"] == pytest.approx((45, 45))
    apart = np.hypot(both["land"][0] - 45, both["land"][1] - 45)
    assert apart >= 35
    assert shapes["land"].contains(shapely.Point(both["land"]))


def test_a_label_stands_in_its_disc_or_right_beside_it():
    points = {"large": (20.0, 50.0, 15.0), "small": (80.0, 50.0, 3.0)}
    found = place_beside(points, {code: [(20, 8)] for code in points}, bounds=MAP, gap=1)
    assert (found["large"].x, found["large"].y, found["large"].outside) == (20, 50, False)
    # Below: half the label, the gap and the radius away.
    assert (found["small"].x, found["small"].y) == (80, 50 - 3 - 1 - 4)
    assert found["small"].leader is None


def test_labels_of_crowded_discs_overlap_neither_labels_nor_discs():
    points = {f"d{i}": (6.0 * (i % 5), 6.0 * (i // 5), 2.0) for i in range(25)}
    found = place_beside(points, {code: [(9, 3)] for code in points}, bounds=MAP, gap=0.2)
    assert overlaps(found) == []
    discs = {code: shapely.Point(x, y).buffer(r) for code, (x, y, r) in points.items()}
    covered = [
        (code, other)
        for code, place in found.items()
        for other, disc in discs.items()
        if other != code and disc.intersection(shapely.box(*place.box)).area > 1e-6
    ]
    assert covered == []
    # Those in the middle have no way out between the others.
    assert 10 <= len(found) < 25
