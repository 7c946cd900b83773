"""The Export button hands over a picture for a slide."""

from __future__ import annotations

import pytest
from PIL import Image

from tests.browser.visitor import Visitor


@pytest.mark.parametrize(("lang", "button"), [("en", "Export"), ("ka", "ექსპორტი")])
def test_export_is_a_picture_for_a_slide(visitor: Visitor, lang: str, button: str) -> None:
    visitor.open(f"/map?lang={lang}")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name=button).click()
    assert (
        download.value.suggested_filename
        == f"georgia_manufacturing_location-quotient_2022_{lang}.png"
    )
    with Image.open(download.value.path()) as picture:
        assert picture.size == (4000, 2250)
        assert tuple(round(dpi) for dpi in picture.info["dpi"]) == (300, 300)
        # The class of 2 and over fills Kakheti and Mtskheta-Mtianeti.
        counted = picture.convert("RGB").getcolors(1 << 22)
        colours = {colour: count for count, colour in counted}
        assert colours[(0xB7, 0x5A, 0x26)] > 50_000
