"""Why a figure is what it is, folded under one line beside the figure."""

from __future__ import annotations

import math
from typing import Any

from markupsafe import Markup

from atlas.figures import explanations
from atlas.text import Text


def details(why: Any, text: Text) -> Markup:
    """All of it folded under one line, to stand beside the figure."""
    doubts, inputs = explanations.doubts(why, text), explanations.inputs(why, text)
    return Markup(
        '<details class="why"><summary>{}</summary><p>{}</p><p class="quiet">{}</p>{}{}</details>'
    ).format(
        text("Why {value}?", value=explanations.value(why, text)),
        explanations.formula(why, text),
        explanations.against(why, text),
        _cuts(why, text) if why.conditions else "",
        Markup("").join(Markup('<p class="quiet">{}</p>').format(said) for said in doubts + inputs),
    )


def _cuts(why: Any, text: Text) -> Markup:
    """Each threshold: whether it is met, what it is, and the count at which it is crossed."""
    rows = Markup("").join(
        Markup(
            '<tr><td><span role="img" aria-label="{}">{}</span></td>'
            "<th>{}<small>{}</small></th><td>{}</td></tr>"
        ).format(
            *((text("met"), "✓") if one.met else (text("not met"), "✕")),
            _cut(one, why, text),
            "" if one.rule is why.metric else text(one.rule.title),
            _crossing(one, why, text),
        )
        for one in why.conditions
    )
    return Markup('<h4>{}</h4><table>{}</table><p class="quiet">{}</p>').format(
        text("Cuts, and the count at each"), rows, text(explanations.STAYS)
    )


def _cut(one: Any, why: Any, text: Text) -> str:
    """The threshold; of a rule, which has several figures, with the name of its figure."""
    at = explanations.threshold(one, one.at, why, text)
    return f"{explanations.figure(one, why, text)} {at}" if why.metric.criteria else at


def _crossing(one: Any, why: Any, text: Text) -> str:
    """``down to 5,222 (1,065 fewer)`` or ``from 10,127 (3,840 more)``, else nothing."""
    if not math.isfinite(one.keeps):
        return ""
    facts = explanations.crossed(one, why, text)
    if one.met:
        return text("down to {count} ({distance} fewer)", **facts)
    return text("from {count} ({distance} more)", **facts)
