"""What a reader gathers for a comparison, regions or clusters: adding, taking out, going there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from atlas.figures.panels import Address, link
from atlas.model import Item
from atlas.text import Text

#: Makes the address of the page with others gathered: their codes joined by commas, None for none.
Gather = Callable[[str | None], str]


def changed(gathered: Sequence[str], code: str) -> str | None:
    """The word of the address when one is added, or taken out if it is there; None for nothing
    left."""
    left = [one for one in gathered if one != code]
    return ",".join(left if code in gathered else [*left, code]) or None


def add_link(
    code: str, name: str, gathered: Sequence[str], address: Gather, text: Text, *,
    full: str | None, short: bool = False,
) -> Markup:  # fmt: skip
    """The link that adds one to those gathered, or takes it out. ``full``: what is said instead
    when no more can be added. ``short``: a sign with the words as its name, for tables."""
    inside = code in gathered
    if full and not inside:
        return Markup('<span class="none" title="{}">{}</span>').format(
            full, "–" if short else full
        )
    words = (
        text("Remove {name} from the comparison", name=name)
        if inside
        else text("Add {name} to the comparison", name=name)
    )
    if short:
        shown = "✓" if inside else "+"
    else:
        shown = text("✓ To be compared") if inside else text("+ Compare")
    return Markup('<a class="add{}" href="{}" title="{}" aria-label="{}">{}</a>').format(
        " on" if inside else "", address(changed(gathered, code)), words, words, shown
    )


def gathered_line(
    gathered: Sequence[str], names: Mapping[str, str], address: Gather, text: Text, *,
    go: Markup, said: str = "",
) -> Markup:  # fmt: skip
    """What is gathered, each with a way out, the way to the comparison (``go``), and a way to clear
    it; ``said`` before them."""
    chips = Markup("").join(
        Markup('<a class="chip" href="{}" title="{}">{} ✕</a>').format(
            address(changed(gathered, code)),
            text("Remove {name} from the comparison", name=names[code]),
            names[code],
        )
        for code in gathered
    )
    return Markup('<div class="chips gathered" role="status">{}{}{}{}</div>').format(
        Markup("<span>{}</span>").format(said) if said else "",
        chips,
        go,
        link(address(None), text("Clear")),
    )


def go_link(address: str, said: str) -> Markup:
    """The way to a comparison."""
    return Markup('<a class="go" href="{}">{}</a>').format(address, said)


def add_region(
    region: Item, gathered: Sequence[str], address: Gather, text: Text, *,
    most: int, short: bool = False,
) -> Markup:  # fmt: skip
    """:func:`add_link` of a region, of which ``most`` can be compared."""
    full = None
    if len(gathered) >= most:
        full = text("At most {count} regions are compared", count=most)
    return add_link(region.code, text.name(region), gathered, address, text, full=full, short=short)


def gathered_regions(
    gathered: Sequence[str], items: Mapping[str, Item], address: Gather, page: Address, text: Text
) -> Markup:
    """The line of gathered regions; empty without any."""
    if not gathered:
        return Markup("")
    names = {code: text.name(items[code]) for code in gathered}
    count = text.plural("{count} region to compare:", "{count} regions to compare:", len(gathered))
    go = go_link(page("compare", regions=",".join(gathered)), text("Compare →"))
    return gathered_line(gathered, names, address, text, go=go, said=count)
