"""Finding a place and one's way: what a search found, and the way from the country down."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from atlas.figures.panels import Address
from atlas.model import Item
from atlas.text import Text

#: Makes the address of the map with a region selected.
ToRegion = Callable[[Item], str]
#: So many regions are named where words fit many.
NAMED = 12


def found_line(words: str, found: Sequence[Item], text: Text, to_region: ToRegion) -> Markup:
    """What a search for ``words`` found, as links that select; that nothing was found; empty
    without words."""
    if not words:
        return Markup("")
    if not found:
        said = text(
            "No region is called “{words}” or nearly so. Names and codes can be searched for, in"
            " any language of the atlas.",
            words=words,
        )
        return Markup('<p class="found" role="status">{}</p>').format(said)
    links = [
        Markup('<a class="chip" href="{}">{}</a>').format(to_region(item), text.name(item))
        for item in found[:NAMED]
    ]
    if len(found) > NAMED:
        more = len(found) - NAMED
        links.append(
            Markup("<span>{}</span>").format(
                text.plural("and {count} more", "and {count} more", more)
            )
        )
    return Markup('<p class="found" role="status"><span>{}</span>{}</p>').format(
        text("“{words}” may be:", words=words), Markup(" ").join(links)
    )


def way(
    path: Sequence[Item], selected: Item | None, levels: Sequence[int], level: int, text: Text,
    address: Address,
) -> Markup:  # fmt: skip
    """The way from the country down to what is drawn and selected, each step a link up, and a
    switch between the ``levels`` that can be drawn there. ``address`` makes this map's."""
    steps = []
    for number, item in enumerate(path):
        last = number == len(path) - 1 and selected is None
        up = address(within=item.code if number else None, level=None, region=None)
        steps.append(
            Markup('<b aria-current="true">{}</b>').format(text.name(item))
            if last
            else Markup('<a href="{}">{}</a>').format(up, text.name(item))
        )
    if selected:
        steps.append(Markup('<b aria-current="true">{}</b>').format(text.name(selected)))
    crumbs = Markup('<nav class="crumbs" aria-label="{}">{}</nav>').format(
        text("Where this is"), Markup('<span aria-hidden="true"> › </span>').join(steps)
    )
    if len(levels) < 2:
        return Markup('<div class="way">{}</div>').format(crumbs)
    switch = Markup("").join(
        Markup('<a class="{}" href="{}"{}>{}</a>').format(
            "on" if one == level else "",
            address(level=None if one == levels[0] else one, region=None),
            Markup(' aria-current="true"') if one == level else "",
            text("Level {level}", level=one),
        )
        for one in levels
    )
    return Markup(
        '<div class="way">{}<nav class="languages" aria-label="{}">{}</nav></div>'
    ).format(crumbs, text("Level of regions"), switch)


def inside_link(region: Item, address: Address, text: Text) -> Markup:
    """The link down to the parts of a region."""
    return Markup('<a href="{}">{}</a>').format(
        address(within=region.code, level=None, region=None),
        text("Regions inside {region} →", region=text.name(region)),
    )
