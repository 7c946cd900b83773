"""What an edition asks for under ``confidentiality`` in its ``atlas`` object."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from atlas.ingest.edition import PACKAGE, Edition
from atlas.model import MEASURES

SETTING = "confidentiality"
EXAMPLE: Mapping[str, Any] = {
    "minimum_firms": 3,
    "dominance": {"firms": 2, "share": 0.85},
    "measures": ["employment", "turnover"],
    "linked": [["employment", "turnover"]],
    "margin": 0.1,
    "state_rules": True,
    "seconds": 600,
}


@dataclass(frozen=True)
class Rules:
    """An edition's rules.

    A cell is sensitive where fewer than ``minimum_firms`` firms stand behind it, or where the
    ``dominant_firms`` largest make more than ``dominant_share`` of it (0 firms: no such rule).
    They hold for the ``measures``; a cell that is suppressed for one of ``linked`` measures is
    suppressed for all of them. An attacker's interval must reach beyond a sensitive figure by
    ``margin`` of it on both sides. ``state_rules``: the certificate may say these settings.
    ``seconds``: how long Tau-Argus may look at one table.
    """

    minimum_firms: int
    dominant_firms: int
    dominant_share: float
    measures: tuple[str, ...]
    linked: tuple[tuple[str, ...], ...]
    margin: float
    state_rules: bool
    seconds: float

    @property
    def groups(self) -> list[tuple[str, ...]]:
        """The measures, those that are suppressed together in one group."""
        groups: list[set[str]] = [{measure} for measure in self.measures]
        for link in self.linked:
            together = [group for group in groups if group & set(link)]
            groups = [group for group in groups if group not in together]
            groups.append(set().union(*together))
        return [tuple(m for m in self.measures if m in group) for group in groups if group]

    def stated(self) -> dict[str, Any]:
        """The settings as a certificate says them."""
        dominance = {"firms": self.dominant_firms, "share": self.dominant_share}
        return {
            "minimum_firms": self.minimum_firms,
            "dominance": dominance if self.dominant_firms else None,
            "margin": self.margin,
            "linked": [list(link) for link in self.linked],
        }


def is_confidential(edition: Edition) -> bool:
    """Whether the edition says that it is."""
    return SETTING in edition.settings


def read_rules(edition: Edition) -> Rules | None:
    """The edition's rules; None where it asks for none, or where :func:`check_rules` finds
    something wrong with them."""
    stated = edition.settings.get(SETTING)
    if not isinstance(stated, dict) or _wrong(stated, edition.measures):
        return None
    dominance = stated.get("dominance") or {}
    others = [measure for measure in edition.measures if measure != "establishments"]
    return Rules(
        minimum_firms=int(stated.get("minimum_firms", EXAMPLE["minimum_firms"])),
        dominant_firms=int(dominance.get("firms", 0)),
        dominant_share=float(dominance.get("share", 1.0)),
        measures=tuple(m for m in edition.measures if m in stated.get("measures", others)),
        linked=tuple(tuple(link) for link in stated.get("linked", [])),
        margin=float(stated.get("margin", EXAMPLE["margin"])),
        state_rules=bool(stated.get("state_rules", True)),
        seconds=float(stated.get("seconds", EXAMPLE["seconds"])),
    )


def check_rules(edition: Edition) -> None:
    """Report what is wrong with the settings, as issues of the edition."""
    if not is_confidential(edition):
        return
    stated = edition.settings[SETTING]
    if not isinstance(stated, dict):
        edition.report("setting_form", PACKAGE, column=f"atlas.{SETTING}", value=stated,
                       example=json.dumps(EXAMPLE))  # fmt: skip
        return
    for name in _wrong(stated, edition.measures):
        column = f"atlas.{SETTING}.{name}"
        if name not in EXAMPLE:
            edition.report("one_of", PACKAGE, column=column, value=name,
                           allowed=", ".join(EXAMPLE))  # fmt: skip
        else:
            edition.report("setting_form", PACKAGE, column=column, value=stated[name],
                           example=json.dumps(EXAMPLE[name]))  # fmt: skip


def _wrong(stated: Mapping[str, Any], observed: tuple[str, ...]) -> list[str]:
    """The names of settings that are unknown or of a wrong form."""

    def measures(value: Any) -> bool:
        return isinstance(value, list) and all(m in MEASURES and m in observed for m in value)

    def number(value: Any, low: float, high: float) -> bool:
        plain = isinstance(value, (int, float)) and not isinstance(value, bool)
        return plain and low <= value <= high

    def whole(value: Any) -> bool:
        return isinstance(value, int) and number(value, 1, 1e6)

    covered = stated.get("measures", [m for m in observed if m != "establishments"])
    fits: Mapping[str, Callable[[Any], bool]] = {
        "minimum_firms": whole,
        "dominance": lambda value: (
            isinstance(value, dict)
            and set(value) == {"firms", "share"}
            and whole(value["firms"])
            and number(value["share"], 1e-9, 1)
        ),
        "measures": lambda value: measures(value) and bool(value),
        "linked": lambda value: (
            isinstance(value, list)
            and all(measures(link) and set(link) <= set(covered) for link in value)
        ),
        "margin": lambda value: number(value, 1e-3, 1),
        "state_rules": lambda value: isinstance(value, bool),
        "seconds": lambda value: number(value, 1, 86_400),
    }
    return [name for name in stated if name not in fits or not fits[name](stated[name])]
