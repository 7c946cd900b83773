"""How long suppression and audit of one measure in one year take.

``python -m benchmarks.confidentiality``: no goal and no peer. It prints wall-clock seconds, cells
and how they were suppressed, for a table of 11 regions and 88 industries below 22 sections, and
for 80 regions below 10 and 588 industries below 84 and 21. The figures are made up by a seeded
generator: firms at random, a fifth of the cells sensitive (one or two firms).
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from atlas.ingest.confidentiality import suppress as secondary
from atlas.ingest.confidentiality import tauargus
from atlas.ingest.confidentiality.attack import widths
from atlas.ingest.confidentiality.rules import Rules
from atlas.ingest.confidentiality.tables import Array, Table, Trees

SIZES = {"11 x 88": ((11,), (22, 4)), "80 x 588": ((10, 8), (21, 4, 7))}
RULES = Rules(3, 0, 1.0, ("employment",), (), 0.2, True, 600)


def made_up(regions: tuple[int, ...], industries: tuple[int, ...]) -> tuple[Trees, Array, Array]:
    """Trees with so many branches at each step, and figures and firms of a full table."""
    chance = np.random.default_rng(1)
    parents, leaves = zip(*map(_tree, (regions, industries)), strict=True)
    firms = np.zeros((len(parents[0]), len(parents[1])))
    figures = np.zeros_like(firms)
    for region in leaves[0]:
        for industry in leaves[1]:
            count = chance.poisson(np.exp(chance.normal(0.7, 1.6)))
            firms[region, industry] = count
            figures[region, industry] = np.round(chance.lognormal(2, 1, count)).sum()
    for whole in (figures, firms):
        for tree, table in zip(parents, (whole, whole.T), strict=True):
            for node in range(len(tree) - 1, 0, -1):
                table[tree[node]] += table[node]
    codes = [tuple(map(str, range(len(tree)))) for tree in parents]
    return Trees(codes[0], codes[1], *parents), figures.ravel(), firms.ravel()


def _tree(branches: tuple[int, ...]) -> tuple[Array, list[int]]:
    parents, level = [-1], [0]
    for count in branches:
        start = len(parents)
        parents += [above for above in level for _ in range(count)]
        level = list(range(start, len(parents)))
    return np.array(parents), level


def main() -> None:
    """Print one line for each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--without-tau-argus", action="store_true")
    if parser.parse_args().without_tau_argus:
        secondary.tauargus.propose = lambda *_args, **_more: None  # type: ignore[assignment]
    print(f"Tau-Argus is {'' if tauargus.is_installed() else 'not '}installed")
    for name, branches in SIZES.items():
        trees, value, firms = made_up(*branches)
        sensitive = (firms > 0) & (firms < RULES.minimum_firms) & (value > 0)
        nothing = np.zeros(len(value), bool)
        table = Table.of(np.arange(len(value)), value, trees)
        one = secondary.Figures(table, value != 0, sensitive, np.full(len(value), np.nan), nothing)
        start = time.perf_counter()
        done = secondary.suppress({"employment": one}, trees, RULES)
        seconds = time.perf_counter() - start
        hidden, found = done.pattern, done.audits["employment"]
        print(
            f"{name}: {len(value)} cells, {sensitive.sum()} sensitive,"
            f" {(hidden & ~sensitive).sum()} more, {found.exposed.sum()} exposed, narrowest"
            f" {widths(table, found)[sensitive].min():.0%}, {seconds:.1f} s"
        )


if __name__ == "__main__":
    main()
