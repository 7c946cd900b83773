"""Who works with whom as a drawing: nodes told apart by shape, colour and pictogram, ties by line.

Drawn on the server as SVG, the same for the same data. Every node is a link.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from atlas.figures.network_layout import LINE, Box, Sheet
from atlas.figures.palette import Theme
from atlas.figures.pictograms import FIRM, INSTITUTION_TYPES, pictogram_mark
from atlas.text import Text

#: How the line of each kind of tie is broken; kinds of an edition's own share the last.
DASHES: Mapping[str, str] = {
    "membership": "",
    "supply": "9 4",
    "research": "2 4",
    "finance": "10 3 2 3",
    "training": "5 4",
    "advocacy": "14 4 2 4 2 4",
    "": "1 6",
}


def drawing(
    net: Any, sheet: Sheet, text: Text, address: Callable[[str, str], str], theme: Theme, *,
    kind_name: Callable[[str], str], chosen: str | None = None,
) -> Markup:  # fmt: skip
    """The network as SVG. ``address(kind, id)`` is where a node leads to; ``chosen`` is ringed."""
    parts = [_tie(tie, sheet, kind_name, theme) for tie in net.ties.to_dict("records")]
    if sheet.rule:
        parts.append(
            Markup(
                '<line x1="8" x2="{0}" y1="{1}" y2="{1}" stroke="{2}" stroke-dasharray="2 4"/>'
                '<text x="8" y="{3}" fill="{4}" font-size="12">{5}</text>'
            ).format(
                sheet.width - 8, sheet.rule, theme.second, sheet.rule + 19, theme.second,
                text("No tie recorded"),
            )
        )  # fmt: skip
    elif not net.groups:
        parts.append(
            Markup('<text x="8" y="20" fill="{}" font-size="12">{}</text>').format(
                theme.second, text("No tie recorded")
            )
        )
    parts += [
        _node(str(key), node, sheet, address, theme, kind_name, chosen=key == chosen)
        for key, node in zip(net.nodes.index, net.nodes.to_dict("records"), strict=True)
    ]
    return Markup(
        '<svg class="network" viewBox="0 0 {0:g} {1:g}" style="max-width:{0:g}px" role="group"'
        ' aria-label="{2}" font-size="{3:g}" fill="{4}">{5}</svg>'
    ).format(
        sheet.width, math.ceil(sheet.height), text("Who works with whom"), sheet.face.size,
        theme.text, Markup("").join(parts),
    )  # fmt: skip


def _tie(
    tie: Mapping[str, Any], sheet: Sheet, kind_name: Callable[[str], str], theme: Theme
) -> Markup:
    if tie["one"] not in sheet.spots or tie["other"] not in sheet.spots:
        return Markup("")
    (x1, y1), (x2, y2) = sheet.spots[tie["one"]], sheet.spots[tie["other"]]
    kind = tie["kind"] if isinstance(tie["kind"], str) else ""
    return Markup(
        '<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" stroke-width="1.7"'
        ' stroke-dasharray="{}"><title>{}</title></line>'
    ).format(x1, y1, x2, y2, theme.second, dash_of(kind), kind_name(kind))


def dash_of(kind: str) -> str:
    """How the line of a kind of tie is broken."""
    return DASHES.get(kind, DASHES[""])


def _node(
    key: str, node: Mapping[str, Any], sheet: Sheet, address: Callable[[str, str], str],
    theme: Theme, kind_name: Callable[[str], str], *, chosen: bool,
) -> Markup:  # fmt: skip
    x, y = sheet.spots[key]
    words = Markup("")
    if key in sheet.labels:
        box, lines, side = sheet.labels[key]
        words = _words(box, lines, side, theme, bold=bool(node["runs"]))
    number = sheet.numbers.get(key)
    if number:
        words = Markup(
            '<circle cx="{0:.1f}" cy="{1:.1f}" r="8" fill="{3}" stroke="{4}"/><text x="{0:.1f}"'
            ' y="{2:.1f}" text-anchor="middle" font-size="10">{5}</text>'
        ).format(x + 13, y - 12, y - 8.4, theme.page, theme.second, number)
    ring = Markup("")
    if chosen:
        ring = Markup(
            '<circle cx="{:.1f}" cy="{:.1f}" r="19" fill="none" stroke="{}" stroke-width="3"/>'
        ).format(x, y, theme.accent)
    return Markup('<a href="{}" aria-label="{}"><title>{}</title>{}{}{}</a>').format(
        address(node["kind"], node["id"]),
        f"{node['name']}, {kind_name(node['type'])}",
        f"{node['name']}, {kind_name(node['type'])}",
        ring,
        node_sign(node, x, y, theme),
        words,
    )


def node_sign(node: Mapping[str, Any], x: float, y: float, theme: Theme) -> Markup:
    """A node: firms are squares, institutions discs, the organisation that runs the cluster a
    hexagon; those that are no members have a broken outline and an empty ground."""
    if node["kind"] == "firm":
        name = node["symbol"] if isinstance(node["symbol"], str) and node["symbol"] else FIRM[0]
        colour, ink = theme.disc, theme.disc_ink
        outline = Markup('<rect x="-13.5" y="-13.5" width="27" height="27" rx="6"{}/>')
    else:
        name, colour = INSTITUTION_TYPES.get(str(node["type"]), FIRM)
        ink = "#FFFFFF"
        outline = (
            Markup('<path d="M0 -17L14.7 -8.5V8.5L0 17L-14.7 8.5V-8.5Z"{}/>')
            if node["runs"]
            else Markup('<circle r="15"{}/>')
        )
    if node["member"]:
        paint = Markup(' fill="{}" stroke="{}" stroke-width="2"').format(colour, theme.page)
    else:
        paint = Markup(' fill="{}" stroke="{}" stroke-width="2" stroke-dasharray="3.5 2.5"').format(
            theme.page, colour
        )
        ink = colour
    return Markup('<g transform="translate({:.1f} {:.1f})">{}{}</g>').format(
        x, y, outline.format(paint), pictogram_mark(name, ink=ink, size=20)
    )


def _words(box: Box, lines: Sequence[str], side: str, theme: Theme, *, bold: bool) -> Markup:
    x, anchor = {
        "right": (box[0] + 2, "start"),
        "left": (box[2] - 2, "end"),
    }.get(side, ((box[0] + box[2]) / 2, "middle"))
    return Markup(
        '<text text-anchor="{}" paint-order="stroke" stroke="{}" stroke-width="3"'
        ' stroke-linejoin="round" font-weight="{}">{}</text>'
    ).format(
        anchor,
        theme.page,
        600 if bold else 400,
        Markup("").join(
            Markup('<tspan x="{:.1f}" y="{:.1f}">{}</tspan>').format(
                x, box[1] + (number + 0.78) * LINE, line
            )
            for number, line in enumerate(lines)
        ),
    )
