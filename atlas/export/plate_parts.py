"""What pictures that are no map are put together from: headings, cards, bars and lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from atlas.figures.lettering import POINTS, Face, balanced, shorten, width_of, wrap
from atlas.figures.palette import LIGHT
from atlas.figures.sheet import Box, Sheet
from atlas.text import Text

_VALUE = Face(19, bold=True)
HEADING, NOTE, BODY, SMALL = Face(12.5, bold=True, serif=True), Face(8.5), Face(9.5), Face(8)
#: Smallest letters of a picture, in points.
LEAST = 7.0
#: Heights in inches of a row of cards: with all that is said side by side, and else.
_LOW, _HIGH = 0.72, 0.95
_PAD = 0.12
#: Colours of the two bars of a pair.
OWN, OTHER = LIGHT.accent, LIGHT.hatch


@dataclass(frozen=True)
class Card:
    """One figure: what it is, its value, and its change in words (or nothing)."""

    name: str
    value: str
    change: str


@dataclass(frozen=True)
class Bar:
    """A bar: its name, what stands small under that, its value as a number and in words."""

    name: str
    small: str
    value: float
    shown: str
    fill: str


@dataclass(frozen=True)
class Pair:
    """Two bars of one name: their values (NaN where missing), and those in words."""

    name: str
    values: tuple[float, float]
    shown: tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """A row of a list: a pictogram with its colours, a name, and what is said of it."""

    symbol: str
    disc: str
    ink: str
    name: str
    small: str = ""


def fitted(words: str, face: Face, width: float, *, least: float = LEAST) -> tuple[str, Face]:
    """The words in letters so small, and then so shortened, that one line holds them."""
    while face.size > least and width_of(words, face) > width:
        face = face.sized(face.size - 0.5)
    return shorten(words, face, width), face


def middle(y: float, face: Face) -> float:
    """The baseline of letters that stand in the middle of a row at that height."""
    return y - 0.36 * face.size / POINTS


def draw_section(
    sheet: Sheet, west: float, top: float, width: float, title: str, note: str = "", *,
    lines: int = 2,
) -> float:  # fmt: skip
    """Draw a heading and the note under it; returns how far down they went."""
    words, face = fitted(title, HEADING, width, least=9)
    sheet.words(west, top - 0.155, words, face, LIGHT.text)
    if not note:
        return top - 0.26
    below = wrap(note, NOTE, width, lines=lines, hyphens=False)
    return sheet.lines(west, top - 0.35, below, NOTE, LIGHT.second) + NOTE.line - 0.12


def draw_paragraph(
    sheet: Sheet, west: float, top: float, width: float, words: str, face: Face, colour: str, *,
    lines: int,
) -> float:  # fmt: skip
    """Draw words in at most so many lines; returns how far down they went."""
    if not words or lines < 1:
        return top
    said = wrap(words, face, width, lines=lines, hyphens=False)
    return sheet.lines(west, top - 0.78 * face.line, said, face, colour) + 0.7 * face.line


def draw_cards(sheet: Sheet, box: Box, cards: Sequence[Card]) -> float:
    """Draw cards side by side into the top of a box; returns how far down they went."""
    west, _, east, top = box
    if not cards:
        return top
    gap = 0.14
    wide = (east - west - gap * (len(cards) - 1)) / len(cards)
    low = all(_is_low(card, wide - 2 * _PAD) for card in cards)
    foot = top - (_LOW if low else _HIGH)
    for number, card in enumerate(cards):
        x = west + number * (wide + gap)
        with sheet.part("card", str(number), card.name):
            _draw_card(sheet, (x, foot, x + wide, top), card, low=low)
    return foot


def _is_low(card: Card, room: float) -> bool:
    """Whether a card's name fits in one line, and its change beside its value."""
    beside = width_of(card.value, _VALUE) + 0.14 + width_of(card.change, Face(9))
    return max(width_of(card.name, Face(9)), beside) <= room


def _draw_card(sheet: Sheet, box: Box, card: Card, *, low: bool) -> None:
    west, south, east, north = box
    sheet.rectangle(box, fill=LIGHT.panel, line=LIGHT.border, line_width=0.6)
    x, room = west + _PAD, east - west - 2 * _PAD
    face = Face(9)
    said = [card.name]
    if width_of(card.name, face) > room:
        face = Face(8)
        said = balanced(card.name, face, 2)
        if max(width_of(line, face) for line in said) > room:
            said = wrap(card.name, face, room, lines=2)
    sheet.lines(x, north - 0.19, said, face, LIGHT.second)
    value, big = fitted(card.value, _VALUE, room, least=11)
    if low:
        sheet.words(x, south + 0.14, value, big, LIGHT.text)
        beside = x + width_of(value, big) + 0.14
        sheet.words(beside, south + 0.14, card.change, Face(9), LIGHT.second)
        return
    sheet.words(x, south + 0.29, value, big, LIGHT.text)
    change, small = fitted(card.change, Face(8.5), room)
    sheet.words(x, south + 0.1, change, small, LIGHT.second)


def rows_that_fit(number: int, room: float, lowest: float, tallest: float) -> tuple[int, float]:
    """How many of so many rows a room holds, a line kept for what is left out; their height."""
    if number * lowest > room:
        number = max(int((room - 0.2) / lowest), 0)
        room -= 0.2
    return number, float(np.clip(room / max(number, 1), lowest, tallest))


def draw_more(sheet: Sheet, west: float, top: float, left: int, text: Text) -> float:
    """Say how many rows were left out, if any; returns how far down that went."""
    if left < 1:
        return top
    more = text.plural("and {count} more", "and {count} more", left)
    sheet.words(west, top - 0.14, more, NOTE, LIGHT.second)
    return top - 0.2


def draw_bars(sheet: Sheet, box: Box, bars: Sequence[Bar], mark: float, text: Text) -> float:
    """Draw bars from zero, with a line at ``mark``; returns how far down they went. Each bar is a
    part ``bar`` (code its value) in the room of all, so that a program can make a chart of them."""
    west, south, east, top = box
    count, height = rows_that_fit(len(bars), top - south, 0.33, 0.46)
    seen, face = bars[:count], Face(9.5, bold=True)
    if not seen:
        return top
    names = (east - west) * 0.53
    left = west + names + 0.1
    right = east - max(width_of(bar.shown, face) for bar in seen) - 0.1
    per_unit = (right - left) / max(mark * 1.2, *(bar.value for bar in seen))
    room, y = (left, top - height * len(seen), east, top), top
    for bar in seen:
        centre = y - height / 2
        name, own = fitted(bar.name, BODY, names)
        under, small = fitted(bar.small, SMALL, names)
        sheet.words(west, centre + 0.03, name, own, LIGHT.text)
        sheet.words(west, centre - 0.115, under, small, LIGHT.second)
        with sheet.part("bar", repr(float(bar.value)), bar.name, box=room):
            sheet.rectangle(
                (left, centre - 0.065, left + max(bar.value, 0) * per_unit, centre + 0.065),
                fill=bar.fill, line=LIGHT.hatch, line_width=0.35,
            )  # fmt: skip
            sheet.words(east, middle(centre, face), bar.shown, face, LIGHT.text, align="right")
        y -= height
    at = left + mark * per_unit
    sheet.line([(at, top - 0.02), (at, y + 0.02)], LIGHT.text, width=1.1, level=4)
    return draw_more(sheet, west, y, len(bars) - count, text)


def draw_pairs(sheet: Sheet, box: Box, pairs: Sequence[Pair], text: Text) -> float:
    """Draw pairs of bars, the second under the first; returns how far down they went."""
    west, south, east, top = box
    count, height = rows_that_fit(len(pairs), top - south, 0.187, 0.3)
    seen, face, small = pairs[:count], Face(8.5, bold=True), Face(8)
    if not seen:
        return top
    widest = [max(width_of(pair.shown[at], one) for pair in seen) for at, one in ((0, face),
              (1, small))]  # fmt: skip
    names = min(max(width_of(pair.name, Face(9)) for pair in seen), (east - west) * 0.46)
    left, right = west + names + 0.1, east - sum(widest) - 0.22
    largest = max((value for pair in seen for value in pair.values if np.isfinite(value)),
                  default=1.0)  # fmt: skip
    per_unit = (right - left) / largest if largest > 0 else 0.0
    y = top
    for pair in seen:
        centre, thick = y - height / 2, min(height * 0.32, 0.075)
        name, own = fitted(pair.name, Face(9), names)
        sheet.words(west, middle(centre, own), name, own, LIGHT.text)
        for value, colour, low in zip(pair.values, (OWN, OTHER), (0.0, -thick), strict=True):
            if np.isfinite(value):
                end = left + max(value, 0) * per_unit
                sheet.rectangle((left, centre + low, end, centre + low + thick), fill=colour)
        sheet.words(east - widest[1] - 0.1, middle(centre, face), pair.shown[0], face, LIGHT.text,
                    align="right")  # fmt: skip
        sheet.words(east, middle(centre, small), pair.shown[1], small, LIGHT.second, align="right")
        y -= height
    return draw_more(sheet, west, y, len(pairs) - count, text)


def draw_key_line(
    sheet: Sheet, west: float, top: float, width: float, keys: Sequence[tuple[str, str]]
) -> float:
    """Draw what colours stand for, side by side; returns how far down that went."""
    room = width / len(keys) - 0.32
    x = west
    for colour, name in keys:
        words, face = fitted(name, NOTE, room)
        sheet.rectangle((x, top - 0.14, x + 0.18, top - 0.05), fill=colour)
        x += 0.25 + sheet.words(x + 0.25, top - 0.135, words, face, LIGHT.text) + 0.2
    return top - 0.22


def draw_entries(
    sheet: Sheet, box: Box, entries: Sequence[Entry], text: Text, *, all_of: int | None = None
) -> float:
    """Draw a list with pictograms; ``all_of``: how many there are, where these are the first.
    Returns how far down it went."""
    west, south, east, top = box
    every, wide = len(entries) if all_of is None else all_of, east - west - 0.26
    # Where what is said of them does not stand beside their names, it stands under them.
    two = any(
        one.small and width_of(one.name, Face(9)) + 0.1 + width_of(one.small, SMALL) > wide
        for one in entries
    )
    lowest, tallest = (0.34, 0.38) if two else (0.215, 0.3)
    count, height = rows_that_fit(every, top - south, lowest, tallest)
    count = min(count, len(entries))
    y = top
    for entry in entries[:count]:
        centre = y - height / 2
        _draw_entry(sheet, (west, centre, east), entry, two=two)
        y -= height
    return draw_more(sheet, west, y, every - count, text)


def _draw_entry(sheet: Sheet, at: tuple[float, float, float], entry: Entry, *, two: bool) -> None:
    west, centre, east = at
    ring = LIGHT.page if entry.disc != LIGHT.page else entry.ink
    sheet.pictogram(west + 0.095, centre, 0.09, entry.symbol, disc=entry.disc, ink=entry.ink,
                    ring=ring)  # fmt: skip
    x = west + 0.26
    name, face = fitted(entry.name, Face(9), east - x)
    base = centre + 0.025 if two and entry.small else middle(centre, face)
    end = x + sheet.words(x, base, name, face, LIGHT.text) + 0.1
    if not entry.small:
        return
    if two:
        small, own = fitted(entry.small, SMALL, east - x)
        sheet.words(x, centre - 0.11, small, own, LIGHT.second)
    else:
        sheet.words(end, base, entry.small, SMALL, LIGHT.second)


def draw_facts(sheet: Sheet, box: Box, facts: Sequence[tuple[str, str, str]]) -> float:
    """Draw facts: what each is, its value, and what stands small under that (or nothing). Returns
    how far down they went."""
    west, south, east, top = box
    names = min(max(width_of(name, NOTE) for name, _, _ in facts), (east - west) * 0.34)
    y = top
    for name, value, small in facts:
        x, room = west + names + 0.14, east - west - names - 0.14
        under = wrap(small, SMALL, room, lines=3, hyphens=False) if small else []
        label = wrap(name, NOTE, names, lines=2, hyphens=False)
        height = 0.2 + max(SMALL.line * len(under), NOTE.line * (len(label) - 1))
        if y - height < south:
            break
        sheet.lines(west, y - 0.14, label, NOTE, LIGHT.second)
        said, face = fitted(value, Face(9.5, bold=True), room)
        sheet.words(x, y - 0.14, said, face, LIGHT.text)
        sheet.lines(x, y - 0.28, under, SMALL, LIGHT.second)
        y -= height + 0.03
    return y
