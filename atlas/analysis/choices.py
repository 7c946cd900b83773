"""What there is to choose from in a release: regions, industries, measures, metrics, years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import pandas as pd

from atlas.errors import ChoiceError, ReleaseError, nearest, unknown
from atlas.metrics import METRICS, STRUCTURES
from atlas.model import MEASURES, Item, Release
from atlas.store import database, releases

__all__ = [
    "Choices",
    "choices",
    "find_release",
    "is_draft",
    "items",
    "metric_names",
    "served_instead",
]


@dataclass(frozen=True)
class Choices:
    """Everything a reader may choose in a release.

    ``measured`` has one row per measure, industry and year with figures.
    """

    release: Release
    regions: dict[str, Item]
    industries: dict[str, Item]
    measured: pd.DataFrame

    @property
    def root_region(self) -> Item:
        """The country."""
        return self.regions[self.release.settings["root_region"]]

    @property
    def root_industry(self) -> Item:
        """All sectors together."""
        return self.industries[self.release.settings["root_industry"]]

    @property
    def measures(self) -> list[str]:
        """Measures with any figure, in their usual order."""
        return [measure for measure in MEASURES if (measure, None) in self._years]

    @property
    def levels(self) -> list[int]:
        """Levels of regions below the country."""
        return sorted({region.level for region in self.regions.values() if region.level})

    def at_level(self, level: int) -> dict[str, Item]:
        """Regions of one level."""
        return {code: item for code, item in self.regions.items() if item.level == level}

    def industries_of(self, measure: str) -> list[str]:
        """Industries for which the measure has figures, the root first."""
        return [code for code in self.industries if (measure, code) in self._years]

    def is_activity(self, industry: str) -> bool:
        """Whether it is a sector: entities whose activity is not stated are no specialisation."""
        return self.industries[industry].extra.get("kind") != "not stated"

    def years(self, measure: str, industry: str | None = None) -> list[int]:
        """Years in which the measure has figures (of the industry), ascending."""
        return list(self._years.get((measure, industry), ()))

    @cached_property
    def _years(self) -> dict[tuple[str, str | None], list[int]]:
        found: dict[tuple[str, str | None], set[int]] = {}
        for row in self.measured[["measure", "industry_code", "year"]].itertuples(index=False):
            for industry in (None, str(row.industry_code)):
                found.setdefault((str(row.measure), industry), set()).add(int(row.year))
        return {chosen: sorted(years) for chosen, years in found.items()}

    def with_figures(self, industry: str) -> Item | None:
        """The industry itself or its nearest ancestor that has figures, the root left out."""
        found = set(self.measured["industry_code"]) - {self.root_industry.code}
        at: str | None = industry
        while at is not None and at not in found:
            at = self.industries[at].parent
        return self.industries[at] if at is not None else None

    def base_of(self, industry: str) -> str:
        """The industry that another is measured against, by the edition's ``quotient_base``."""
        root = self.root_industry.code
        if self.release.settings.get("quotient_base", "root") == "root":
            return root
        return self.highest(industry)

    def highest(self, industry: str) -> str:
        """The industry's ancestor right below the root, or itself."""
        at, root = industry, self.root_industry.code
        while self.industries[at].parent not in (None, root):
            at = str(self.industries[at].parent)
        return at

    def check(self, **chosen: Any) -> None:
        """Raise ChoiceError for the first choice that the release does not have.

        Keywords: metric, measure, industry, region, level, year (None is always right).
        """
        known: dict[str, Iterable[Any]] = {
            "metric": METRICS,
            "measure": self.measures,
            "industry": self.industries,
            "region": self.regions,
            "level": [*self.levels, 0],
            "year": self.years(str(chosen.get("measure"))) if "measure" in chosen else [],
        }
        for word, value in chosen.items():
            if word == "metric" and value in STRUCTURES:
                raise ChoiceError("not_of_cells", value=value)
            if value is not None and value not in known[word]:
                if word in ("region", "industry"):
                    named = {"region": self.regions, "industry": self.industries}[word]
                    raise unknown(word, value, [_nearest_item(str(value), named)])
                raise unknown(word, value, known[word])


def _nearest_item(value: str, items: dict[str, Item]) -> str:
    """The code of the item whose code or name in any language is most like the value."""
    words = {name: item.code for item in items.values() for name in item.names.values()}
    words |= {code: code for code in items}
    return words[nearest(value, words)]


@cache
def choices(release: Release) -> Choices:
    """The release's choices, read once."""
    return Choices(
        release=release,
        regions=items(database.run("choices/regions", release), "region_code"),
        industries=items(database.run("choices/industries", release), "industry_code"),
        measured=database.run("choices/measured", release),
    )


def items(frame: pd.DataFrame, key: str) -> dict[str, Item]:
    """The rows of a frame as Items by their key; ``name_<lang>`` columns become names."""
    found: dict[str, Item] = {}
    for row in frame.to_dict("records"):
        known = {column: value for column, value in row.items() if not pd.isna(value)}
        names = {
            column.removeprefix("name_"): str(value)
            for column, value in known.items()
            if column.startswith("name_") and value
        }
        if "name" in known:
            names.setdefault("en", str(known["name"]))
        found[str(row[key])] = Item(
            code=str(row[key]),
            names=names,
            parent=known.get("parent_code"),
            level=int(known["level"]) if "level" in known else None,
            extra=known,
        )
    return found


def find_release(
    edition: str, release_id: str | None = None, drafts: bool = False, *, exact: bool = False
) -> Release:
    """The named release of an edition, or its current one; when that is damaged, the last good one
    unless ``exact`` is asked for. Only where ``drafts`` may be seen does a draft's name find
    anything. Raises ChoiceError, ReleaseError."""
    if not release_id:
        return releases.current(edition)
    if drafts and is_draft(edition, release_id):
        return releases.find_draft(edition, release_id)
    if exact:
        return releases.find(edition, release_id)
    return releases.find_or_last_good(edition, release_id)


def is_draft(edition: str, release_id: str | None) -> bool:
    """Whether that is the name of a draft."""
    return release_id is not None and release_id in {
        draft.release_id for draft in releases.drafts(edition)
    }


def served_instead(edition: str, release_id: str | None = None) -> ReleaseError | None:
    """What to tell a reader who is given another release than the one asked for, as that one is
    damaged; None where it is not, or where there is no such thing."""
    try:
        return releases.served_instead(edition, release_id or None)
    except (ChoiceError, ReleaseError):
        return None


def metric_names() -> list[str]:
    """Names of all metrics."""
    return list(METRICS)
