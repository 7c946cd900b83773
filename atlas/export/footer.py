"""The footer of a picture: sources, choices in words, what is not covered, whose picture it is."""

from __future__ import annotations

from collections.abc import Iterable

import segno
import shapely
from segno import DataOverflowError

from atlas.figures.lettering import Face, width_of, wrap
from atlas.figures.palette import LIGHT
from atlas.figures.sheet import Box, Sheet
from atlas.figures.titles import filters, own_notes, sources, standing_notes
from atlas.model import MapView, Release
from atlas.text import Text

FOOTER = Face(7.5)
_BRAND = Face(11, bold=True, serif=True)
#: Side of the code that leads to the view, and the room left of it, in inches.
_CODE, _BESIDE = 0.82, 0.16
_FEWEST = 2
#: The most lines that each of its sentences gets, and on a sheet narrower than so many inches.
_MOST, _MOST_NARROW, _NARROW = 4, 7, 12


def footer_words(view: MapView, text: Text) -> tuple[str, ...]:
    """The sentences under a map: sources, what is shown, the maker's own, what is not covered with
    the disclaimer."""
    return sources(view, text), filters(view, text), own_notes(view), standing_notes(view, text)


def footer_lines(
    width: float, said: Iterable[str], release: Release, text: Text, link: str | None, *,
    more: int = 0,
) -> list[str]:  # fmt: skip
    """The footer's lines of those sentences on a sheet so wide, ``more`` of them than under a map.
    Room is left for the atlas' name and, given a link, for its code."""
    most = (_MOST if width >= _NARROW else _MOST_NARROW) + more
    room = width - _brand_width(release, text) - (_CODE + _BESIDE if _code(link) else 0.0)
    # Long notes of the maker's own are cut short, never what stands under every picture.
    return [
        line
        for words in said
        if words
        for line in wrap(words, FOOTER, room, lines=most, hyphens=False)
    ]


def footer_height(lines: list[str], link: str | None) -> float:
    """Height in inches from the footer's foot to its rule."""
    words = 0.1 + max(len(lines), _FEWEST) * FOOTER.line
    return max(words, _CODE + 0.1) if _code(link) else words


def draw_footer(
    sheet: Sheet, box: Box, lines: list[str], release: Release, text: Text, link: str | None
) -> None:
    """Draw the footer under its rule, and at its right whose picture it is and the link's code."""
    west, _, east, north = box
    sheet.line([(west, north), (east, north)], LIGHT.border, width=0.8)
    sheet.lines(west, north - 0.165, lines, FOOTER, LIGHT.second)
    if code := _code(link):
        with sheet.part("code", name=link or ""):
            _draw_code(sheet, east - _CODE, north - 0.1, code)
        east -= _CODE + _BESIDE
    name, made_from = _brand(release, text)
    sheet.words(east, north - 0.2, name, _BRAND, LIGHT.text, align="right")
    sheet.words(east, north - 0.36, made_from, FOOTER, LIGHT.second, align="right")


def _code(link: str | None) -> tuple[bytearray, ...]:
    """The rows of the link's QR code, a byte for each module; nothing without a link, or for one
    longer than a code can hold."""
    if not link:
        return ()
    try:
        return tuple(segno.make_qr(link, error="l").matrix)
    except DataOverflowError:
        return ()


def _draw_code(sheet: Sheet, west: float, north: float, code: tuple[bytearray, ...]) -> None:
    """Draw a code as one shape on white, which it needs on any ground."""
    step = _CODE / len(code)
    sheet.rectangle((west, north - _CODE, west + _CODE, north), fill=LIGHT.page)
    modules = [
        shapely.box(
            west + x * step, north - (y + 1) * step, west + (x + 1) * step, north - y * step
        )
        for y, row in enumerate(code)
        for x, dark in enumerate(row)
        if dark
    ]
    sheet.area(shapely.union_all(modules), fill=LIGHT.text, level=3)


def _brand(release: Release, text: Text) -> tuple[str, str]:
    """The atlas' name, and the release that the picture was made from."""
    return text("Cluster atlas"), text("Release {release}", release=release.release_id)


def _brand_width(release: Release, text: Text) -> float:
    name, made_from = _brand(release, text)
    return max(width_of(name, _BRAND), width_of(made_from, FOOTER)) + 0.3
