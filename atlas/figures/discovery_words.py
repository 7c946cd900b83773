"""What stands beside a map of what rules agree on."""

from __future__ import annotations

from typing import Any

from atlas.figures.discovery_panels import setting
from atlas.text import Text


def agreed_choices(view: Any, text: Text) -> list[str]:
    """On how many rules a sector is agreed, and which settings of the rules are not the published
    ones; nothing for a map of anything else."""
    rules = getattr(view, "rules", ())
    if not rules:
        return []
    said = [text("Agreed on by at least {count} of {total} rules", count=view.at_least,
                 total=len(rules))] if view.metric.unit == "sectors" else []  # fmt: skip
    for rule in rules:
        if rule.changed:
            values = "; ".join(setting(rule.settings[name], text) for name in rule.changed)
            title = text(rule.metric.title)
            said.append(text("{rule} with other thresholds: {values}", rule=title, values=values))
    return said
