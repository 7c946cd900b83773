"""The regions a reader gathers for a comparison: adding, taking out, going there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from atlas.figures.panels import Address
from atlas.model import Item
from atlas.text import Text


def changed(gathered: Sequence[str], code: str) -> str | None:
    """The word of the address when a region is added, or taken out if it is there; None for
    nothing left."""
    left = [one for one in gathered if one != code]
    return ",".join(left if code in gathered else [*left, code]) or None


def add_link(
    region: Item, gathered: Sequence[str], address: Callable[[str | None], str], text: Text, *,
    most: int, short: bool = False,
) -> Markup:  # fmt: skip
    """The link that adds a region, or takes it out; words instead when no more can be added.
    ``address`` makes the address of this map with other regions gathered, or none.
    ``short``: a sign with the words as its name, for tables."""
    name, inside = text.name(region), region.code in gathered
    if not inside and len(gathered) >= most:
        said = text("At most {count} regions are compared", count=most)
        return Markup('<span class="none" title="{}">{}</span>').format(
            said, "–" if short else said
        )
    words = (
        text("Take {region} out of the comparison", region=name)
        if inside
        else text("Add {region} to the comparison", region=name)
    )
    shown = (
        ("✓" if inside else "+")
        if short
        else ("✓ " if inside else "+ ")
        + (text("In the comparison") if inside else text("Add to comparison"))
    )
    return Markup('<a class="add{}" href="{}" title="{}" aria-label="{}">{}</a>').format(
        " on" if inside else "",
        address(changed(gathered, region.code)),
        words,
        words,
        shown,
    )


def gathered_line(
    gathered: Sequence[str], items: Mapping[str, Item], here: Address, link: Address, text: Text
) -> Markup:
    """What is gathered, each with a way out, and the links that compare or clear; empty without
    any."""
    if not gathered:
        return Markup("")
    chips = Markup("").join(
        Markup('<a class="chip" href="{}" title="{}">{} ✕</a>').format(
            here(compare=changed(gathered, code)),
            text("Take {region} out of the comparison", region=text.name(items[code])),
            text.name(items[code]),
        )
        for code in gathered
    )
    count = text.plural("{count} region to compare:", "{count} regions to compare:", len(gathered))
    go = Markup('<a class="go" href="{}">{}</a>').format(
        link("compare", regions=",".join(gathered)), text("Compare →")
    )
    clear = Markup('<a href="{}">{}</a>').format(here(compare=None), text("Clear"))
    return Markup('<div class="chips gathered" role="status"><span>{}</span>{}{}{}</div>').format(
        count, chips, go, clear
    )
