"""Where the figures come from: the manifest of a release, and what it holds."""

from __future__ import annotations

import pandas as pd

from atlas.model import Release
from atlas.store import database


def coverage(release: Release) -> pd.DataFrame:
    """One row per measure: measure, figures (their number), first_year, last_year."""
    return database.run("sources/rows", release)


def programme_facts(release: Release) -> pd.DataFrame:
    """Published facts about the mapping as a whole, about no one cluster."""
    return database.run("cluster/facts", release, cluster=None)
