"""What else of an edition would give suppressed figures away: firms' own sizes, and checksums."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

import numpy as np
import pandas as pd

from atlas.ingest.confidentiality.tables import Array, Trees
from atlas.ingest.contracts import TABLES
from atlas.ingest.edition import LINE

#: Columns of the contract that say how large a firm is.
_SIZES = ("employment", "turnover")
#: What places a firm in a sector.
_SECTOR = ("industry_code", "value_chain_stage", "symbol")


def quiet_firms(
    firms: pd.DataFrame, hidden: Mapping[str, Array], trees: Trees
) -> tuple[pd.DataFrame, int]:
    """The firms without what gives a suppressed figure away, and how many of them lost something.

    ``hidden``: of each measure the numbers of all cells that are suppressed in some year. A firm in
    such a cell, above or below it loses its size in that measure and every number in the edition's
    own columns; where the number of establishments is suppressed it loses its sector, so that the
    list cannot be counted.
    """
    if not len(firms):
        return firms, 0
    firms = firms.copy()
    touched = np.zeros(len(firms), bool)
    for measure, keys in hidden.items():
        near = _near(firms, keys, trees)
        touched |= near
        if measure in _SIZES and measure in firms:
            firms.loc[near, measure] = np.nan
        if measure == "establishments":
            present = [column for column in _SECTOR if column in firms]
            firms.loc[near, present] = np.nan
    own = [c for c in firms if c not in TABLES["firms"].schema.columns and c != LINE]
    for column in own:
        numbers = pd.to_numeric(firms[column], errors="coerce").notna()
        firms.loc[touched & numbers, column] = np.nan
    return firms, int(touched.sum())


def _near(firms: pd.DataFrame, keys: Array, trees: Trees) -> Array:
    """Which firms lie in, above or below a cell; one without a code lies anywhere."""
    cells = np.zeros((len(trees.regions), len(trees.industries)))
    cells[np.divmod(keys, len(trees.industries))] = 1
    near = _line(trees.region_parents) @ cells @ _line(trees.industry_parents)
    places = []
    for column, codes, parents in (
        ("region_code", trees.regions, trees.region_parents),
        ("industry_code", trees.industries, trees.industry_parents),
    ):
        known = {code: place for place, code in enumerate(codes)}
        root = int(np.flatnonzero(parents < 0)[0])
        stated = firms[column] if column in firms else pd.Series(np.nan, index=firms.index)
        places.append(stated.map(known).fillna(root).to_numpy(dtype=int))
    return np.asarray(near[places[0], places[1]] > 0)


def _line(parents: Array) -> Array:
    """Which two nodes of a tree lie above one another."""
    above = np.eye(len(parents))
    for node in range(len(parents)):
        at = int(parents[node])
        while at >= 0:
            above[node, at] = 1
            at = int(parents[at])
    return above + above.T


def sealed(checksums: Mapping[str, str], key: bytes) -> dict[str, str]:
    """The checksums under a key that stays at home.

    A plain one would let anybody try figures in a table of which all others are published until
    the checksum fits.
    """
    return {
        name: hmac.new(key, checksum.encode(), hashlib.sha256).hexdigest()
        for name, checksum in checksums.items()
    }
