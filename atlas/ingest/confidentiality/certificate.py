"""The certificate of an audit: numbers of cells and the narrowest interval, and no figure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from atlas.errors import DataError
from atlas.ingest.confidentiality.attack import Audit, widths
from atlas.ingest.confidentiality.rules import Rules
from atlas.ingest.confidentiality.suppress import Figures
from atlas.ingest.confidentiality.tables import Array


class Certificate:
    """Adds up the audits of all tables of a release.

    The width of an interval is stated as a share of its upper end, which every attacker can work
    out alone, in whole per cent rounded down: a share of the figure would give the figure away.
    """

    def __init__(self, rules: Rules, cells: Mapping[str, int], *, dominance_judged: bool) -> None:
        """``cells``: how many figures there are of each measure that the rules cover."""
        self.rules = rules
        self.dominance_judged = dominance_judged
        self.firms_without_figures = 0
        self.published_before = 0
        self._measures = {
            name: {"cells": count, "primary": 0, "secondary": 0} for name, count in cells.items()
        }
        self._exposed: list[tuple[str, int, int, int, int]] = []
        self._narrowest: dict[str, tuple[float, bool]] = {}
        self._tables = self._proposed = 0

    def add(
        self,
        measure: str,
        year: int,
        figures: Figures,
        hidden: Array,
        found: Audit,
        *,
        proposed: bool,
    ) -> None:
        """Take in the audit of one measure and year, whose ``hidden`` cells are kept back."""
        sums = self._measures[measure]
        primary = hidden & figures.sensitive
        sums["primary"] += int(primary.sum())
        sums["secondary"] += int((hidden & ~primary).sum())
        self._tables += 1
        self._proposed += proposed
        attacked = hidden & figures.allowed
        width = widths(figures.table, found)
        for kind, cells in (("sensitive", primary & attacked), ("any", attacked)):
            if cells.any():
                least = float(width[cells].min())
                if least < self._narrowest.get(kind, (math.inf, False))[0]:
                    known = float(width[cells & found.exact].min(initial=math.inf))
                    self._narrowest[kind] = (least, known <= least)
        if found.exposed.any():
            totals = np.zeros(len(hidden), bool)
            totals[(figures.table.sums > 0).indices] = True
            self._exposed.append(
                (
                    measure,
                    year,
                    int((found.exposed & primary).sum()),
                    int((found.exposed & ~primary).sum()),
                    int((found.exposed & totals).sum()),
                )
            )

    def check(self) -> None:
        """Raise DataError ``confidentiality_failed`` where a figure can be worked out."""
        if not self._exposed:
            return
        _, _, *counts = zip(*self._exposed, strict=True)
        sensitive, other, totals = (sum(map(int, count)) for count in counts)
        raise DataError(
            "confidentiality_failed",
            count=sensitive + other,
            sensitive=sensitive,
            other=other,
            totals=totals,
            places=", ".join(f"{measure} {year}" for measure, year, *_ in self._exposed),
        )

    def stated(self) -> dict[str, Any]:
        """The certificate as a release keeps it."""
        measures = self._measures.values()
        sums = {kind: sum(one[kind] for one in measures) for kind in _KINDS}
        return {
            "passed": not self._exposed,
            "rules": self.rules.stated() if self.rules.state_rules else None,
            "dominance_judged": bool(self.rules.dominant_firms) and self.dominance_judged,
            **sums,
            "tables": self._tables,
            "measures": self._measures,
            "narrowest": {
                kind: math.floor(width * 100 + 1e-9) / 100
                for kind, (width, _) in self._narrowest.items()
            },
            "narrowest_is_exact": all(exact for _, exact in self._narrowest.values()),
            "proposed_by_tau_argus": self._proposed,
            "published_before": self.published_before,
            "firms_without_figures": self.firms_without_figures,
        }


_KINDS = ("cells", "primary", "secondary")
