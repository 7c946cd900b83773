"""Colours stay apart for every reader, and words on them stay readable.

Colour blindness is simulated in full (Machado et al., 2009) and distances are measured in
CAM02-UCS, both by colorspacious.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, pairwise

import numpy as np
import pytest
from cmcrameri import cm
from colorspacious import cspace_convert, deltaE

from atlas.figures.palette import (
    COMPARED_COLOURS,
    FIRM_COLOUR,
    INSTITUTION_COLOURS,
    RAMPS,
    THEMES,
    contrast,
    halo_on,
    hex_rgb,
    ramp,
    readable_on,
)

EYES = (None, "deuteranomaly", "protanomaly", "tritanomaly")


def seen(colour: str, eyes: str | None) -> np.ndarray:
    rgb = np.array(hex_rgb(colour)) / 255
    if eyes is None:
        return rgb
    space = {"name": "sRGB1+CVD", "cvd_type": eyes, "severity": 100}
    return np.clip(cspace_convert(rgb, space, "sRGB1"), 0, 1)


def closest(pairs: Iterable[tuple[str, str]]) -> float:
    """The smallest distance of any pair for any reader."""
    return min(
        float(deltaE(seen(first, eyes), seen(second, eyes), input_space="sRGB1"))
        for first, second in list(pairs)
        for eyes in EYES
    )


@pytest.mark.parametrize(("theme", "measured"), [("light", 18.0), ("dark", 16.9)])
def test_any_two_diverging_classes_stay_apart(theme, measured):
    distance = closest(combinations(RAMPS["diverging"][theme], 2))
    assert distance == pytest.approx(measured, abs=0.05)
    assert distance >= 10


@pytest.mark.parametrize(("theme", "measured"), [("light", 10.2), ("dark", 13.9)])
def test_neighbouring_sequential_classes_stay_apart(theme, measured):
    distance = closest(pairwise(RAMPS["sequential"][theme]))
    assert distance == pytest.approx(measured, abs=0.05)
    assert distance >= 10


def test_kinds_of_institution_stay_apart():
    colours = sorted({*INSTITUTION_COLOURS.values(), FIRM_COLOUR})
    assert len(colours) == 7
    assert closest(combinations(colours, 2)) == pytest.approx(11.0, abs=0.05)


def test_compared_places_stay_apart():
    assert len(COMPARED_COLOURS) == 6
    assert closest(combinations(COMPARED_COLOURS, 2)) >= 8


@pytest.mark.parametrize("kind", RAMPS)
@pytest.mark.parametrize("theme", THEMES)
def test_up_to_six_classes_neighbours_are_told_apart(kind, theme):
    for n in range(2, 7):
        assert closest(pairwise(ramp(kind, n, theme=theme))) >= 8, n


@pytest.mark.parametrize("kind", RAMPS)
@pytest.mark.parametrize("theme", THEMES)
def test_ramps_keep_their_ends_and_never_turn_back(kind, theme):
    own = RAMPS[kind][theme]
    assert ramp(kind, 5, theme=theme) == own
    for n in range(2, 10):
        fills = ramp(kind, n, theme=theme)
        assert len(set(fills)) == n
        assert (fills[0], fills[-1]) == (own[0], own[-1])
        if n % 2:
            assert fills[n // 2] == own[2]
        if kind == "sequential":
            steps = [contrast(fill, THEMES[theme].page) for fill in fills]
            assert steps == sorted(steps)


def test_nine_classes_hold_the_five():
    assert ramp("diverging", 9)[::2] == RAMPS["diverging"]["light"]
    assert ramp("sequential", 3, theme="dark") == ("#1C2C31", "#2C7782", "#8AD3DA")


@pytest.mark.parametrize("n", [1, 10])
def test_other_numbers_of_classes_are_refused(n):
    with pytest.raises(ValueError, match="2 to 9"):
        ramp("diverging", n)


@pytest.mark.parametrize(("theme", "source"), [("light", cm.vik), ("dark", cm.berlin)])
def test_diverging_ramps_follow_their_source_but_for_the_middle(theme, source):
    known = source(np.linspace(0, 1, 256))[:, :3]
    fills = RAMPS["diverging"][theme]
    places = []
    for fill in (*fills[:2], *fills[3:]):
        distances = [float(deltaE(seen(fill, None), c, input_space="sRGB1")) for c in known]
        assert min(distances) < 4
        places.append(int(np.argmin(distances)))
    assert places == sorted(places)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("role", ["text", "second", "missing", "accent", "warning"])
def test_text_is_readable_on_page_and_panel(theme, role):
    for ground in (theme.page, theme.panel):
        assert contrast(getattr(theme, role), ground) >= 4.5


def test_contrast_of_text_is_as_designed():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    light, dark = THEMES["light"], THEMES["dark"]
    assert contrast(light.text, light.page) == pytest.approx(15.75, abs=0.005)
    assert contrast(dark.text, dark.page) == pytest.approx(15.19, abs=0.005)


@pytest.mark.parametrize("kind", RAMPS)
@pytest.mark.parametrize("theme", THEMES)
def test_labels_are_readable_on_every_class(kind, theme):
    for fill in RAMPS[kind][theme]:
        assert contrast(readable_on(fill), fill) >= 4.5


def test_labels_turn_with_the_fill():
    assert readable_on("#D8A586") == "#12181C"
    assert readable_on("#B75A26") == "#FFFFFF"
    # usual text has the page's halo, reversed text a shade of its ground away from the text
    assert halo_on("#D8A586", theme="light") == "#FFFFFF"
    assert halo_on("#8D4632", theme="dark") == "#12181C"
    assert contrast(halo_on("#B75A26", theme="light"), "#FFFFFF") > contrast("#B75A26", "#FFFFFF")
    assert contrast(halo_on("#D18069", theme="dark"), "#12181C") > contrast("#D18069", "#12181C")


def test_symbols_stand_out_from_their_disc():
    for theme in THEMES.values():
        assert contrast(theme.disc, theme.disc_ink) >= 12


def test_hex_rgb():
    assert hex_rgb("#0F6170") == (15, 97, 112)
    with pytest.raises(ValueError, match="#FFF"):
        hex_rgb("#FFF")
