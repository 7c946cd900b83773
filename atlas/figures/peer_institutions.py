"""What a region's clusters lack of the institutions that clusters of regions like it have."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from atlas.figures.palette import Theme
from atlas.figures.panels import Address, institution_sign, link
from atlas.names import INSTITUTION_TYPES
from atlas.text import Text


def institutions(found: Any, text: Text, address: Address, theme: Theme) -> Markup:
    """The kinds that are lacking, with the regions that have them; else why nothing can be said.

    ``found``: a :class:`atlas.analysis.peer_institutions.Kinds`.
    """
    if not found.known:
        said = text("No institution of a cluster in its most similar regions is known.")
        return Markup('<p class="none">{}</p>').format(said)
    if not found.own:
        said = text("No institution of a cluster here is known, so kinds cannot be compared.")
        return Markup('<p class="none">{}</p>').format(said)
    regions = [link(address("region", region=i.code), text.name(i)) for i in found.known]
    rule = text.html(
        "Kinds of institutions that are known of clusters in {regions} and of none here. Not known"
        " does not mean that there is none.",
        regions=Markup(text.list(map(str, regions))),  # noqa: S704 (escaped above)
    )
    rows = [
        Markup('<div class="item">{}<div class="words">{}<small>{}</small></div></div>').format(
            institution_sign(kind, theme),
            text(INSTITUTION_TYPES[kind]),
            text.list(text.name(item) for item in items),
        )
        for kind, items in found.lacking
    ]
    none = Markup("<p>{}</p>").format(text("Every kind known there is known here too."))
    return Markup('<div class="card"><p class="quiet">{}</p>{}</div>').format(
        rule, Markup("").join(rows) or none
    )
