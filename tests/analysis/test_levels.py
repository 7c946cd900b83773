"""Levels of regions and the way down to them, on toyland, whose North has two parts."""

from __future__ import annotations

import pytest

from atlas.analysis.choices import choices
from atlas.analysis.levels import ground, levels_inside, place_words, way_to
from atlas.errors import ChoiceError
from atlas.model import Release


def test_the_country_s_levels(toyland: Release, georgia: Release) -> None:
    first = ground(toyland)
    assert (first.level, first.within) == (1, None)
    assert list(first.regions) == ["XT-E", "XT-N", "XT-S"]
    assert [item.code for item in first.path] == ["XT"]
    assert list(ground(toyland, 2).regions) == ["XT-N1", "XT-N2"]
    assert levels_inside(toyland) == (1, 2)
    assert levels_inside(georgia) == (1,)


def test_parts_of_a_region(toyland: Release) -> None:
    inside = ground(toyland, within="XT-N")
    assert (inside.level, list(inside.regions)) == (2, ["XT-N1", "XT-N2"])
    assert [item.code for item in inside.path] == ["XT", "XT-N"]
    assert levels_inside(toyland, "XT-N") == (2,)
    assert levels_inside(toyland, "XT-S") == ()
    assert [item.code for item in way_to(choices(toyland), "XT-N2")] == ["XT", "XT-N", "XT-N2"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ({"within": "XX"}, "unknown_region"),
        ({"level": 3}, "unknown_level"),
        ({"within": "XT-S"}, "unknown_level"),
        ({"within": "XT-N", "level": 1}, "unknown_level"),
    ],
)
def test_what_is_not_there(words: dict[str, object], kind: str, toyland: Release) -> None:
    with pytest.raises(ChoiceError) as raised:
        ground(toyland, **words)  # type: ignore[arg-type]
    assert raised.value.kind == kind


def test_a_region_is_selected_on_the_map_that_draws_it(toyland: Release) -> None:
    assert place_words(toyland, "XT-S") == {"region": "XT-S", "level": None, "within": None}
    assert place_words(toyland, "XT-N1") == {"region": "XT-N1", "level": 2, "within": "XT-N"}
