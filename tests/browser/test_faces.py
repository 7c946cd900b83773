"""Letters of a map are those of the atlas, however late their faces come."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Route

from tests.browser.visitor import PATIENCE, Visitor

PLAIN, ANEW = {"Noto Sans", "Noto Serif"}, {"Noto Sans, Noto Sans", "Noto Serif, Noto Serif"}


def faces(visitor: Visitor) -> set[str]:
    """The faces that the map's words are to be written in."""
    return {layer["fontFamily"] for layer in visitor.deck["layers"] if "fontFamily" in layer}


@pytest.mark.parametrize("lang", ["en", "ka"])
def test_words_are_drawn_anew_when_their_faces_came_late(
    visit: Callable[..., Visitor], lang: str
) -> None:
    visitor, held = visit(), list[Route]()
    late = True
    visitor.page.context.route(
        "**/fonts/*.ttf", lambda route: held.append(route) if late else route.continue_()
    )
    visitor.open(f"/map?lang={lang}")
    visitor.map.wait_for()
    # A picture of the map would wait for the faces.
    visitor.page.wait_for_timeout(3000)
    assert faces(visitor) == PLAIN
    late = False
    for route in held:
        route.continue_()
    end = time.monotonic() + PATIENCE
    while faces(visitor) != ANEW:
        assert time.monotonic() < end
        visitor.page.wait_for_timeout(50)
    visitor.settle()
    visitor.wait_for_map()
