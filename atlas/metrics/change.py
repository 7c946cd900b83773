"""How a figure changed. Notation as in :mod:`atlas.metrics`."""

from __future__ import annotations

from atlas.metrics.registry import Numbers, metric, ratio
from atlas.model import mark

#: Years between the two ends of a change unless another beginning is chosen.
SPAN = 10


@metric(
    title=mark("Growth"),
    reading=mark("Change since an earlier year, as a share of what there was then."),
    formula="x_ri(t) / x_ri(s) − 1",
    unit="change",
    direction=mark("above 0: grew"),
    source=mark("Elementary; both years from the same published table"),
    scale="diverging",
)
def growth(region_industry: Numbers, region_industry_before: Numbers) -> Numbers:
    """Growth x_ri(t) / x_ri(s) - 1, a share of the earlier figure.

    Missing where either year is missing or the earlier figure is zero. At build the earlier
    year is :data:`SPAN` years before; a page may choose another.
    """
    return ratio(region_industry, region_industry_before) - 1
