"""What a snapshot of a map leaves open, filled in as the map's page does."""

from __future__ import annotations

import dataclasses

from atlas.analysis.choices import Choices, choices
from atlas.analysis.map import default_industry, default_since, figure_choices
from atlas.errors import unknown
from atlas.figures.scales import LEAST, METHODS, MOST
from atlas.model import Release
from atlas.snapshot import Snapshot

#: What can lie over a map's regions.
LAYERS = ("clusters", "institutions", "firms")
#: Ways to make classes, and how many there may be of them.
CLASSES = ("usual", *METHODS, "own")
NUMBERS = range(LEAST, MOST + 1)


def filled_map(snapshot: Snapshot, release: Release) -> Snapshot:
    """The snapshot with figure, measure, sector and years filled in, its release named. Raises
    ChoiceError for a choice that the release does not have."""
    known = choices(release)
    measure = snapshot.measure or known.measures[0]
    metric = snapshot.metric or next(iter(figure_choices(known)))
    for layer in snapshot.layers:
        if layer not in LAYERS:
            raise unknown("layer", layer, LAYERS)
    how = snapshot.classing
    if how.method not in CLASSES:
        raise unknown("classes", how.method, CLASSES)
    if how.number not in NUMBERS:
        raise unknown("number", how.number, NUMBERS)
    known.check(
        metric=metric,
        measure=measure,
        industry=snapshot.industry,
        region=snapshot.region,
        level=snapshot.level,
        year=snapshot.year,
    )
    known.check(measure=measure, year=snapshot.since)
    industry = snapshot.industry or _usual_industry(known, measure)
    years = known.years(measure, industry)
    year = snapshot.year or (years[-1] if years else None)
    since = snapshot.since
    return dataclasses.replace(
        snapshot,
        release=known.release.release_id,
        metric=metric,
        measure=measure,
        industry=industry,
        year=year,
        since=default_since(years, year) if since is None and year else since,
    )


def _usual_industry(known: Choices, measure: str) -> str:
    own = [code for code in known.industries_of(measure) if code != known.root_industry.code]
    return default_industry(known, own)
