"""A cluster's profile on a sheet: what is known of it, its members, who runs it, and its signs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from atlas.export import cluster_tables
from atlas.export.plate_parts import (
    NOTE,
    SMALL,
    Entry,
    draw_entries,
    draw_facts,
    draw_paragraph,
    draw_section,
    fitted,
    middle,
)
from atlas.export.plates import plate
from atlas.figures.lettering import Face, width_of, wrap
from atlas.figures.member_map import draw_member_map, symbol_of
from atlas.figures.palette import LIGHT
from atlas.figures.sheet import Box, Sheet
from atlas.figures.sign_marks import COLOURS, draw_state
from atlas.figures.signs_panel import STATES, ground_text, sign_name
from atlas.model import MapShapes
from atlas.text import Text

_BESIDE, _BELOW = 0.42, 0.14
#: Heights in inches of a group's title and of a sign without what it rests on; the
#: most room for its state, and the room for the shape beside it.
_TITLE, _SIGN, _STATE = 0.27, 0.22, 1.35
_SHAPE = 0.3
_GROUND = Face(7.5)
#: Height of the signs in two columns; most members that are named.
_SIGNS, _FIRST = 2.95, 30
#: Height of who runs it.
_ORGANISATION = 1.25
_STRONG = Face(9.5, bold=True)


# Asked when it is called: the two modules import each other.
@plate("cluster", lambda view, text: cluster_tables.tables(view, text))  # noqa: PLW0108
def draw_cluster(sheet: Sheet, room: Box, view: Any, shapes: MapShapes, text: Text) -> None:
    """Draw a cluster's profile; view: a :class:`atlas.analysis.profiles.ClusterProfile`."""
    west, south, east, top = room
    width = east - west
    if sheet.width > sheet.height:
        side = width * 0.29
        half = (width - side - 2 * _BESIDE) / 2
        y = _draw_map(sheet, (west, south + 1.15, west + half, top), view, shapes, text)
        _draw_organisation(sheet, (west, south, west + half, y - _BELOW), view, text)
        second = west + half + _BESIDE
        y = _draw_known(sheet, (second, south, second + half, top), view, text)
        _draw_members(sheet, (second, south, second + half, y - _BELOW), view, text)
        _draw_signs(sheet, (east - side, south, east, top), view, text)
        return
    half = (width - _BESIDE) / 2
    foot = south + min((top - south) * 0.4, _SIGNS)
    # The map takes what the organisation and the institutions under it leave.
    under = _ORGANISATION + 0.5 + 0.225 * min(len(view.view.institutions), 5)
    low = max(top - half, min(foot + under, top - half * 0.6))
    y = _draw_map(sheet, (west, low, west + half, top), view, shapes, text)
    y = _draw_organisation(sheet, (west, y - _ORGANISATION, west + half, y - _BELOW), view, text)
    _draw_institutions(sheet, (west, foot, west + half, y - _BELOW), view, text)
    second = west + half + _BESIDE
    y = _draw_known(sheet, (second, foot, east, top), view, text)
    _draw_firms(sheet, (second, foot, east, y - _BELOW), view, text)
    _draw_signs(sheet, (west, south, east, foot - _BELOW), view, text, columns=2)


def _draw_map(sheet: Sheet, box: Box, view: Any, shapes: MapShapes, text: Text) -> float:
    """The map of its members, and under it what solid and outlined symbols are."""
    west, south, east, top = box
    foot = south + 0.42
    placed, somewhere, nowhere = draw_member_map(
        sheet, (west, foot, east, top), view.view, shapes, text
    )
    said = []
    if placed:
        said.append(
            text.plural(
                "{count} with a town known (solid)", "{count} with a town known (solid)", placed
            )
        )
    if somewhere:
        said.append(
            text.plural(
                "{count} somewhere in its region (outlined)",
                "{count} somewhere in their region (outlined)",
                somewhere,
            )
        )
    if nowhere:
        names = text.list(nowhere[:4]) if len(nowhere) <= 4 else text.number(len(nowhere))
        said.append(text("not drawn, no place given: {names}", names=names))
    words = "; ".join(said) + "."
    if not placed and not somewhere and not nowhere:
        words = text("No firm or institution is known by name.")
    with sheet.part("map-notes"):
        return draw_paragraph(
            sheet, west, foot - 0.06, east - west, words, SMALL, LIGHT.second, lines=3
        )


def _draw_known(sheet: Sheet, box: Box, view: Any, text: Text) -> float:
    west, south, east, top = box
    with sheet.part("known"):
        y = draw_section(sheet, west, top, east - west, text("What is known"))
        return draw_facts(sheet, (west, south, east, y), cluster_tables.known_facts(view, text))


def _draw_organisation(sheet: Sheet, box: Box, view: Any, text: Text) -> float:
    """Who runs it, or the plain statement that nobody is recorded; returns how far down."""
    west, south, east, top = box
    width, found = east - west, view.view.organisation
    if found is None:
        said = text("No cluster organisation is recorded.")
        below = text("This means that the published sources name none, not that none exists.")
    else:
        said = str(found["name"])
        parts = [
            text.name(found, "place") if isinstance(found.get("place"), str) else "",
            text.name(found, "detail"),
            text.name(found, "services"),
        ]
        below = "; ".join(part for part in parts if part)
    with sheet.part("organisation"):
        y = draw_section(sheet, west, top, width, text("The organisation that runs it"))
        y = draw_paragraph(sheet, west, y, width, said, _STRONG, LIGHT.text, lines=2)
        lines = int((y - south) / NOTE.line)
        lines = min(lines, 4)
        return draw_paragraph(sheet, west, y - 0.03, width, below, NOTE, LIGHT.second, lines=lines)


def _draw_members(sheet: Sheet, box: Box, view: Any, text: Text) -> None:
    """Firms, and under them institutions."""
    west, south, east, top = box
    firms, others = len(view.view.firms), len(view.view.institutions)
    room = top - south - 2 * 0.3 - _BELOW
    share = (firms + 1) / (firms + others + 2)
    # Where there is no room for all, both have a good part of it.
    share = min(max(share, 0.35), 0.65) if room < 0.24 * (firms + others) else share
    foot = top - 0.3 - room * share if others else south
    y = _draw_firms(sheet, (west, foot, east, top), view, text)
    _draw_institutions(sheet, (west, south, east, y - _BELOW), view, text)


def _draw_firms(sheet: Sheet, box: Box, view: Any, text: Text) -> float:
    """How many firms there are, and the first of them."""
    found = view.view.firms
    title = text.plural("{count} firm by name", "{count} firms by name", len(found))
    return _draw_list(sheet, box, "firm", found, title, text)


def _draw_institutions(sheet: Sheet, box: Box, view: Any, text: Text) -> float:
    """The same of institutions."""
    found = view.view.institutions
    title = text.plural("{count} institution by name", "{count} institutions by name", len(found))
    return _draw_list(sheet, box, "institution", found, title, text)


def _draw_list(sheet: Sheet, box: Box, kind: str, found: Any, title: str, text: Text) -> float:
    west, south, east, top = box
    first = [_entry(kind, row, text) for row in found.head(_FIRST).to_dict("records")]
    with sheet.part(f"{kind}s"):
        y = draw_section(sheet, west, top, east - west, title)
        if not first:
            return y
        return draw_entries(sheet, (west, south, east, y), first, text, all_of=len(found))


def _entry(kind: str, row: Any, text: Text) -> Entry:
    symbol, disc, ink = symbol_of(kind, row)
    place = text.name(row, "place") if isinstance(row.get("place"), str) else ""
    parts = [place] if kind == "firm" else [cluster_tables.type_name(kind, row, text), place]
    small = ", ".join(part for part in parts if part)
    return Entry(symbol, disc, ink, str(row["name"]), small)


def _draw_signs(sheet: Sheet, box: Box, view: Any, text: Text, *, columns: int = 1) -> None:
    """All signs with what each rests on: no score."""
    west, south, east, top = box
    groups = (
        (text("Signs of a performing cluster"), view.performing),
        (text("Signs of an under-performing one"), view.under),
    )
    wide = (east - west - _BESIDE * (columns - 1)) / columns
    with sheet.part("signs"):
        y = draw_section(sheet, west, top, east - west, text("Performing or under-performing?"))
        together = [view.performing, view.under] if columns > 1 else [groups[0][1] + groups[1][1]]
        room = y - south - _TITLE * len(groups) / columns
        # As much of what each rests on as there is room for: two lines, one, none.
        lines = next(
            (
                most
                for most in (2, 1)
                if max(sum(_heights(those, wide, most, text)) for those in together) <= room
            ),
            0,
        )
        for number, (title, those) in enumerate(groups):
            x = west + (wide + _BESIDE) * number * (columns > 1)
            words, face = fitted(title, Face(9, bold=True), wide)
            sheet.words(x, y - 0.16, words, face, LIGHT.second)
            end = _draw_group(sheet, (x, x + wide, y - 0.22), those, lines, text)
            y = end - 0.05 if columns == 1 else y


def _state(one: Any, text: Text) -> tuple[str, Face]:
    """A sign's state in words."""
    return fitted(text(STATES[one.state]), SMALL, _STATE)


def _ground(one: Any, wide: float, lines: int, text: Text) -> list[str]:
    """What a sign rests on, in at most so many lines beside its state."""
    if not lines:
        return []
    room = wide - width_of(*_state(one, text)) - _SHAPE
    return wrap(ground_text(one, text), _GROUND, room, lines=lines, hyphens=False)


def _heights(those: Sequence[Any], wide: float, lines: int, text: Text) -> list[float]:
    return [_SIGN + _GROUND.line * len(_ground(one, wide, lines, text)) for one in those]


def _draw_group(
    sheet: Sheet, at: tuple[float, float, float], those: Sequence[Any], lines: int,
    text: Text,
) -> float:  # fmt: skip
    west, east, y = at
    heights = _heights(those, east - west, lines, text)
    for one, height in zip(those, heights, strict=True):
        centre = y - height / 2
        state, small = _state(one, text)
        sheet.words(east, middle(centre, small), state, small, COLOURS[one.state], align="right")
        x = east - width_of(state, small) - 0.14
        draw_state(sheet, x, centre, 0.058, one.state)
        name, face = fitted(
            sign_name(one.name, text), Face(9), east - west - width_of(state, small) - _SHAPE
        )
        sheet.words(west, y - 0.155, name, face, LIGHT.text)
        ground = _ground(one, east - west, lines, text)
        sheet.lines(west, y - 0.285, ground, _GROUND, LIGHT.second)
        y -= height
        sheet.line([(west, y), (east, y)], LIGHT.border, width=0.5)
    return y
