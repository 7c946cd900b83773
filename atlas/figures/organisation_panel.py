"""The organisation that runs a cluster, or the plain statement that none is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from atlas.figures.member_tables import outside
from atlas.figures.palette import Theme
from atlas.figures.panels import institution_sign
from atlas.figures.tables import missing
from atlas.model import Item
from atlas.text import Text


def organisation_panel(
    found: Mapping[str, Any] | None, nearest: Mapping[str, Any] | None, cluster: Item, test: Markup,
    text: Text, theme: Theme,
) -> Markup:  # fmt: skip
    """The organisation that runs the cluster with all that is known of it, or the plain statement
    that none is recorded and which association comes nearest; the platform's test under either."""
    if found is None:
        near = Markup("")
        if nearest is not None:
            near = Markup("<p>{}</p>{}").format(
                text(
                    "The association with the most recorded ties is {name}. Put to the same test:",
                    name=nearest["name"],
                ),
                test,
            )
        return Markup('<div class="notice"><b>{}</b><p>{}</p>{}</div>').format(
            text("No cluster organisation is recorded."),
            text("This means that the published sources name none, not that none exists."),
            near,
        )
    unknown = missing(text("not known"))
    plan = cluster.extra.get("action_plan_url")
    known: list[tuple[str, Markup | str]] = [
        (text("Services"), text.name(found, "services") or unknown),
        (text("Vision"), text.name(cluster.extra, "vision") or unknown),
        (text("Action plan"), outside(plan) if plan else unknown),
        (text("Website"), outside(found.get("website")) or unknown),
    ]
    return Markup(
        '<div class="panel"><div class="item">{}<div class="words"><b>{}</b><small>{}</small></div>'
        '</div><p>{}</p><dl class="known">{}</dl><p class="quiet">{}: {}</p>{}</div>'
    ).format(
        institution_sign("cmo", theme), found["name"],
        text.name(found, "place") or missing(text("place not known")), text.name(found, "detail"),
        Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*pair) for pair in known),
        text("Source"), outside(found.get("source")), test,
    )  # fmt: skip
