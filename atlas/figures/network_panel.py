"""Who works with whom in words: what the drawing means, its figures, its ties as a table."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from atlas.figures.member_tables import source_link
from atlas.figures.network_drawing import dash_of, drawing, node_sign
from atlas.figures.network_layout import Sheet, arranged
from atlas.figures.palette import Theme
from atlas.figures.panels import link
from atlas.figures.tables import Cell, Column, Row, missing, table
from atlas.model import mark
from atlas.names import INSTITUTION_TYPES
from atlas.text import Text

#: Kinds of tie as people say them; an edition's own kinds are shown as they stand.
TIES: Mapping[str, str] = {
    "membership": mark("Membership"),
    "supply": mark("Supply"),
    "research": mark("Joint research"),
    "finance": mark("Financing"),
    "training": mark("Training"),
    "advocacy": mark("Advocacy"),
}
ROLES: Mapping[str, str] = {
    "research": mark("research"),
    "education": mark("education"),
    "capital": mark("capital"),
    "government": mark("government"),
    "organisation": mark("a cluster organisation"),
}
#: So many names are said one by one.
_FEW = 6


def kind_name(text: Text) -> Callable[[str], str]:
    """How a kind of tie or a type of node is called in the reader's language."""
    known = {**TIES, **INSTITUTION_TYPES, "firm": mark("Firm"), "": mark("Kind not recorded")}
    return lambda kind: text(known[kind]) if kind in known else kind.replace("_", " ")


def panel(
    net: Any, text: Text, address: Callable[[str, str], str], theme: Theme, *,
    sources: Mapping[str, Any], source: str, chosen: str | None, narrow: bool,
) -> Markup:  # fmt: skip
    """The drawing with its legend, its figures in words, and its ties as a table.

    ``source``: what expects the roles; ``chosen``: key of the node that is ringed.
    """
    sheet, call = arranged(net, narrow=narrow), kind_name(text)
    picture = drawing(net, sheet, text, address, theme, kind_name=call, chosen=chosen)
    return Markup('<div class="drawn">{}{}</div>{}{}').format(
        picture,
        legend(net, text, theme),
        sentences(net, sheet, text, source),
        ties_table(net, text, address, sources),
    )


def sentences(net: Any, sheet: Sheet, text: Text, source: str) -> Markup:
    """The figures of the network in words, with what they rest on; also read instead of it."""
    names = net.nodes["name"]
    said: list[str] = [_density(net, text), *_central(net, text)]
    for kind, message in (
        ("firm", mark("Firms without a recorded tie: {names}.")),
        ("institution", mark("Institutions without a recorded tie: {names}.")),
    ):
        alone = [names[key] for key in net.isolated if net.nodes.at[key, "kind"] == kind]
        if alone:
            said.append(text(message, names=_few(alone, text)))
    said += _outside(net, text)
    said.append(_lacking(net, text, source))
    numbers = [f"{number} {names[key]}" for key, number in sheet.numbers.items()]
    if numbers:
        said.append(text("Numbers in the drawing: {names}.", names=text.list(numbers)))
    said.append(text("This shows what was published, not what exists."))
    return Markup('<ul class="notes">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(line) for line in said)
    )


def _density(net: Any, text: Text) -> str:
    members = int(net.nodes["member"].sum())
    if math.isnan(net.density):
        return text("With fewer than two members known there is no network.")
    if net.tied == 0:
        return text.plural(
            "No tie among the {count} member is recorded.",
            "No tie among the {count} members is recorded.",
            members,
        )
    return text(
        "{tied} of the {possible} possible ties among the {members} members are recorded: density"
        " {density}.",
        tied=text.number(net.tied),
        possible=text.number(net.possible),
        members=text.number(members),
        density=text.number(net.density, 2),
    )


def _central(net: Any, text: Text) -> list[str]:
    names, said = net.nodes["name"], []
    if net.central:
        said.append(
            text(
                "Most ties: {names} ({count} each).",
                names=_few([names[key] for key in net.central], text),
                count=text.number(int(net.nodes["degree"].max())),
            )
            if len(net.central) > 1
            else text(
                "Most ties: {name} ({count}).",
                name=names[net.central[0]],
                count=text.number(int(net.nodes["degree"].max())),
            )
        )
    if net.bridges:
        said.append(
            text(
                "Most often between others: {names} (on the shortest way of {share} of all pairs"
                " of others).",
                names=_few([names[key] for key in net.bridges], text),
                share=text.percent(float(net.nodes["betweenness"].max()), 0),
            )
        )
    return said


def _outside(net: Any, text: Text) -> list[str]:
    others = list(net.nodes.loc[~net.nodes["member"].astype(bool), "name"])
    if not others:
        return []
    return [
        text(
            "Tied to a member without being one (broken outline, not counted in the density):"
            " {names}.",
            names=_few(others, text),
        )
    ]


def _lacking(net: Any, text: Text, source: str) -> str:
    if not net.lacking:
        return text("Every role that the model expects is known here ({source}).", source=source)
    return text(
        "Not known here: {roles}. A cluster is expected to have them beside its firms ({source});"
        " types of institution of which none is known: {types}.",
        roles=text.list([text(ROLES[role]) for role in net.lacking]),
        source=source,
        types=text.list([text(INSTITUTION_TYPES[kind]).lower() for kind in net.absent]),
    )


def _few(names: list[str], text: Text) -> str:
    """Names one by one, of many the first and how many more."""
    if len(names) <= _FEW:
        return text.list(names)
    return text(
        "{names} and {count} more",
        names=", ".join(names[:_FEW]),
        count=text.number(len(names) - _FEW),
    )


def legend(net: Any, text: Text, theme: Theme) -> Markup:
    """What shapes, colours and lines stand for, each with how many there are."""
    call = kind_name(text)
    kinds = {
        (str(node["type"]), bool(node["runs"])): node for node in net.nodes.to_dict("records")[::-1]
    }
    count = Counter(net.nodes["type"])
    signs = [
        Markup(
            '<span><svg width="24" height="24" viewBox="-18 -18 36 36">{}</svg>{} ({})</span>'
        ).format(
            node_sign({**kinds[key], "member": True}, 0, 0, theme),
            call(key[0]),
            text.number(count[key[0]]),
        )
        for key in sorted(kinds, key=lambda key: [*INSTITUTION_TYPES, "firm"].index(key[0]))
    ]
    lines = [
        Markup(
            '<span><svg width="40" height="10" viewBox="0 0 40 10"><line x1="1" x2="39" y1="5"'
            ' y2="5" stroke="{}" stroke-width="1.7" stroke-dasharray="{}"/></svg>{} ({})</span>'
        ).format(theme.second, dash_of(kind), call(kind), text.number(number))
        for kind, number in sorted(Counter(net.ties["kind"].fillna("")).items())
    ]
    return Markup('<div class="signs">{}</div>').format(Markup("").join([*signs, *lines]))


def ties_table(
    net: Any, text: Text, address: Callable[[str, str], str], sources: Mapping[str, Any]
) -> Markup:
    """Every recorded tie: who, with whom, what kind, what is recorded, source."""
    if net.ties.empty:
        return Markup("")
    call = kind_name(text)
    columns = [
        Column(text("Who"), text=True),
        Column(text("With whom"), text=True),
        Column(text("Kind of tie"), text=True),
        Column(text("Recorded"), text=True, wide=True),
        Column(text("Source"), text=True, wide=True),
    ]
    rows = []
    for tie in net.ties.to_dict("records"):
        kind = call(tie["kind"] if isinstance(tie["kind"], str) else "")
        rows.append(
            Row(
                [
                    _end(net, tie["one"], address),
                    _end(net, tie["other"], address),
                    Cell(kind, kind),
                    Cell(text.name(tie, "detail") or missing(text("nothing more")), ""),
                    Cell(source_link(tie["source"], sources, text), str(tie["source"])),
                ]
            )
        )
    return table(columns, rows, text, caption=text("Recorded ties"))


def _end(net: Any, key: str, address: Callable[[str, str], str]) -> Cell:
    node = net.nodes.loc[key]
    return Cell(link(address(node["kind"], node["id"]), node["name"]), str(node["name"]))
