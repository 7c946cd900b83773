"""The methods that the figures are made by."""

from __future__ import annotations

from atlas.metrics import METRICS, STRUCTURES
from atlas.model import Metric


def metrics() -> list[Metric]:
    """All registered metrics, in the order in which they are offered."""
    return [*METRICS.values(), *STRUCTURES.values()]
