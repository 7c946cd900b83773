"""Secondary suppression of linked measures, and its audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from atlas.ingest.confidentiality import tauargus
from atlas.ingest.confidentiality.attack import Audit, audit
from atlas.ingest.confidentiality.complement import complement
from atlas.ingest.confidentiality.rules import Rules
from atlas.ingest.confidentiality.tables import Array, Need, Table, Trees

#: How often the measures of a group are gone through until none asks for more.
_ROUNDS = 10


@dataclass(frozen=True)
class Figures:
    """One measure in one year: its table, which cells it helps to hide (``can_hide``: no zeros
    but those the edition suppresses itself), which are ``sensitive``, their ``dominant`` figure
    (see ``judge``), and which an earlier release gave, so that they are ``known``."""

    table: Table
    can_hide: Array
    sensitive: Array
    dominant: Array
    known: Array

    def need(self, margin: float) -> Need:
        """The protection that this asks for."""
        return Need.of(self.table, self.sensitive & ~self.known, margin, self.dominant)

    @property
    def allowed(self) -> Array:
        """Cells whose suppression protects something: those that are not known."""
        return self.can_hide & ~self.known


@dataclass(frozen=True)
class Suppressed:
    """The ``pattern`` over the cells of a full table, the ``audits`` of each measure, and whether
    Tau-Argus ``proposed`` it."""

    pattern: Array
    audits: Mapping[str, Audit]
    proposed: bool


def suppress(figures: Mapping[str, Figures], trees: Trees, rules: Rules) -> Suppressed:
    """The cells to suppress of measures that are suppressed together, audited."""
    pattern = np.zeros(trees.size, bool)
    for one in figures.values():
        pattern[one.table.keys[one.sensitive]] = True
    needs = {name: one.need(rules.margin) for name, one in figures.items()}
    proposed = False
    for name, one in figures.items():
        found = tauargus.propose(one.table, trees, _hidden(one, pattern), needs[name], one.allowed,
                                 seconds=rules.seconds)  # fmt: skip
        if found is not None:
            proposed = True
            pattern[one.table.keys[found]] = True
    for _ in range(_ROUNDS):
        before = pattern.sum()
        for name, one in figures.items():
            hidden = complement(one.table, _hidden(one, pattern), needs[name], one.allowed)
            pattern[one.table.keys[hidden]] = True
        if pattern.sum() == before:
            break
    audits = {
        name: audit(one.table, _hidden(one, pattern), needs[name]) for name, one in figures.items()
    }
    return Suppressed(pattern, audits, proposed)


def _hidden(one: Figures, pattern: Array) -> Array:
    """Which cells of the measure the attacker does not know."""
    return pattern[one.table.keys] & one.allowed
