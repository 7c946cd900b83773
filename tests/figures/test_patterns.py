"""The pattern picture holds what its mapping says, seamless, in the colours deck.gl wants."""

from __future__ import annotations

import hashlib
import runpy
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from atlas.figures.patterns import PATTERN_ATLAS, PATTERN_MAPPING

STATIC = Path(__file__).parents[2] / "static"
PICTURE = STATIC / "hatch.png"


@pytest.fixture(scope="module")
def alpha() -> np.ndarray:
    with Image.open(PICTURE) as picture:
        assert picture.mode == "RGBA"
        channels = np.asarray(picture)
    assert not channels[..., :3].any()
    return channels[..., 3].astype(float)


@pytest.mark.parametrize("name", PATTERN_MAPPING)
def test_cell_repeats_into_its_margin(alpha, name):
    x, y, width, height = (PATTERN_MAPPING[name][key] for key in ("x", "y", "width", "height"))
    assert (width, height) == (64, 64)
    cell = alpha[y : y + height, x : x + width]
    around = alpha[y - 32 : y + height + 32, x - 32 : x + width + 32]
    assert np.array_equal(around, np.tile(cell, (3, 3))[32:160, 32:160])
    assert cell.mean() / 255 == pytest.approx(1 / 8, abs=0.005)
    assert cell.min() == 0
    assert cell.max() == 255


def test_hatch_rises_to_the_right_and_dots_do_not(alpha):
    cells = {
        name: alpha[box["y"] : box["y"] + 64, box["x"] : box["x"] + 64]
        for name, box in PATTERN_MAPPING.items()
    }
    # one row down and one column to the left: the same point of a line that rises to the right
    hatch = cells["hatch"]
    assert np.array_equal(hatch, np.roll(hatch, (1, -1), axis=(0, 1)))
    assert not np.array_equal(cells["dots"], np.roll(cells["dots"], (1, -1), axis=(0, 1)))


def test_picture_is_what_the_script_draws():
    drawn = runpy.run_path(str(STATIC / "patterns.py"))["draw"]()
    with Image.open(PICTURE) as picture:
        assert np.array_equal(np.asarray(picture), np.asarray(drawn))


def test_address_changes_with_the_picture():
    address, _, version = PATTERN_ATLAS.partition("?v=")
    assert address == "app/static/hatch.png"
    assert hashlib.sha256(PICTURE.read_bytes()).hexdigest().startswith(version)
    assert len(version) == 8
