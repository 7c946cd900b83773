"""Finding a place and one's way: what a search found, and the way from the country down."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from atlas.figures.panels import link
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
            "No region is called “{words}” or nearly so. Names and codes can be searched for, in any"
            " language of the atlas.",
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
    return Markup('<p class="found" role="status">{} {}</p>').format(
        text("“{words}” may be:", words=words), Markup(" ").join(links)
    )
