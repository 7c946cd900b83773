"""The footer of a slide: sources, choices in words, what is not covered, whose picture it is."""

from __future__ import annotations

from atlas.figures.lettering import Face, width_of, wrap
from atlas.figures.palette import LIGHT
from atlas.figures.sheet import Box, Sheet
from atlas.figures.titles import filters, notes, sources
from atlas.model import MapView
from atlas.text import Text

FOOTER = Face(7.5)
_BRAND = Face(11, bold=True, serif=True)


def footer_lines(width: float, view: MapView, text: Text) -> list[str]:
    """The footer's lines on a sheet so wide: sources, what is shown, what is not covered, the
    disclaimer. Room is left for the atlas' name."""
    room = width - _brand_width(view, text)
    return [
        line
        for words in (sources(view, text), filters(view, text), notes(view, text))
        for line in wrap(words, FOOTER, room, lines=3, hyphens=False)
    ]


def draw_footer(sheet: Sheet, box: Box, lines: list[str], view: MapView, text: Text) -> None:
    """Draw the footer under its rule, and at its right whose picture it is."""
    west, _, east, north = box
    sheet.line([(west, north), (east, north)], LIGHT.border, width=0.8)
    sheet.lines(west, north - 0.165, lines, FOOTER, LIGHT.second)
    name, release = _brand(view, text)
    sheet.words(east, north - 0.2, name, _BRAND, LIGHT.text, align="right")
    sheet.words(east, north - 0.36, release, FOOTER, LIGHT.second, align="right")


def _brand(view: MapView, text: Text) -> tuple[str, str]:
    """The atlas' name, and the release that the picture was made from."""
    return text("Cluster atlas"), text("Release {release}", release=view.release.release_id)


def _brand_width(view: MapView, text: Text) -> float:
    name, release = _brand(view, text)
    return max(width_of(name, _BRAND), width_of(release, FOOTER)) + 0.3
