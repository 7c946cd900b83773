"""The atlas' nouns, as frozen dataclasses. No files, no database, no screen."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

#: Status of a value, from best to worst; a figure made of several takes the worst of them.
STATUSES = (
    *("published", "derived", "estimated", "partial"),
    *("not_applicable", "missing", "suppressed"),
)

#: Measures an edition may observe, in the order in which people look for them.
MEASURES = ("employment", "turnover", "establishments", "exports", "gross_value_added", "wages")

#: Measures that are counts of people or firms: no decimals, their name says the unit, and only of
#: these can chance be told from a pattern.
COUNTED = ("employment", "establishments")


def mark(message: str) -> str:
    """Mark a sentence for translation where no reader's language is known yet."""
    return message


@dataclass(frozen=True)
class Issue:
    """One finding of a validation.

    ``row`` is the line in the file as a spreadsheet numbers it (header = 1), None for the whole
    file; ``rule`` is a fixed word; ``severity`` is ``error`` (blocks) or ``warning``.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    rule: str
    severity: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """A row with names in several languages: a region, an industry, a cluster, a firm ...

    ``names`` maps a language to the name; ``extra`` keeps every other column of the edition.
    """

    code: str
    names: Mapping[str, str]
    parent: str | None = None
    level: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Release:
    """One published, immutable state of an edition: a folder and what its manifest says."""

    edition: str
    release_id: str
    path: Path
    manifest: Mapping[str, Any] = field(compare=False)

    @property
    def settings(self) -> Mapping[str, Any]:
        """The edition's ``atlas`` object: country, languages, roots, metric system ..."""
        settings: Mapping[str, Any] = self.manifest["atlas"]
        return settings

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that the edition's names are given in."""
        return tuple(self.settings["languages"])

    @property
    def metric_crs(self) -> str:
        """The system in which distances, areas and printed maps are computed."""
        return str(self.settings["metric_crs"])


@dataclass(frozen=True)
class Entry:
    """A step taken with an edition, as the record keeps it: ``imported``, ``built``, ``published``,
    ``rolled_back`` or ``deleted``. ``files``: the SHA-256 of what it was made from, by name, sealed
    where the edition is confidential. ``note``: the release shown before, or the imported table."""

    when: datetime.datetime
    who: str
    step: str
    release_id: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Parameter:
    """A threshold or setting of a metric: what it means in a sentence, the least and the largest
    value it may take, and its default."""

    meaning: str
    low: float = -math.inf
    high: float = math.inf
    default: float = math.nan


@dataclass(frozen=True, eq=False)
class Criterion:
    """One condition of a rule, for every cell: the ``value`` of a ``figure`` (a term or a metric)
    reaches ``at``, or must exceed it (``over``). Arrays, or numbers that hold for all cells."""

    figure: str
    value: Any
    at: Any
    over: bool = False

    @property
    def met(self) -> Any:
        """For each cell whether it meets the condition; what is missing never does."""
        return self.value > self.at if self.over else self.value >= self.at


@dataclass(frozen=True)
class Metric:
    """A figure: how it is called, read, drawn and computed. Sentences are translated on use.

    ``unit``: ``ratio``, ``share``, ``change``, ``amount`` (the measure's), ``stars``, ``rules`` (0
    to ``top``) or ``verdict`` (1 or 0). ``scale``: ``circles`` for counts, ``steps`` for rules,
    else ``diverging_log``, ``diverging`` or ``sequential``. ``needs``: the terms, or other
    metrics, that ``compute`` takes, in order; ``grouped``: whether it takes the cells' group after
    them. A rule has ``criteria``, which takes what ``compute`` takes and gives its conditions, and
    calls a cell a cluster from ``calls`` on. ``grain``: what has a value, a ``cell`` by itself
    or, computed from the whole table of a year, a ``table cell``, a ``region`` over its industries,
    an ``industry`` over its regions, a ``margin`` (either of the two) or a ``pair`` of industries.
    """

    name: str
    title: str
    reading: str
    formula: str
    unit: str
    direction: str
    source: str
    scale: str
    needs: tuple[str, ...]
    compute: Callable[..., Any]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    grouped: bool = False
    top: int = 0
    calls: int = 1
    criteria: Callable[..., tuple[Criterion, ...]] | None = None
    grain: str = "cell"


@dataclass(frozen=True)
class Classing:
    """How a reader wants classes made: the ``method`` (``usual`` for the figure's own, a name of
    ``figures.scales.METHODS``, or ``own`` for their own ``breaks``, of shares and changes in per
    cent), the ``number`` of classes, and whether they are the ``same`` for all years."""

    method: str = "usual"
    number: int = 5
    breaks: tuple[float, ...] = ()
    same: bool = False


@dataclass(frozen=True)
class Scale:
    """Classes of a figure: ``breaks`` between them, ascending; a value on a break is above it.

    ``counts``: values in each class, lowest first; ``missing`` counts by status.
    ``largest``: the largest value, which circles are scaled to.
    """

    kind: str
    breaks: tuple[float, ...]
    counts: tuple[int, ...]
    missing: Mapping[str, int]
    largest: float


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A table row by row, in a quarter of the time of pandas' own."""
    rows = table.to_numpy(dtype=object).tolist()
    return [dict(zip(table, row, strict=True)) for row in rows]


@dataclass(frozen=True)
class MapView:
    """One figure of one sector in one year over all regions of a level, ready to be drawn.

    ``regions``: index region_code, highest value first, regions without data last; columns
    ``value``, ``status``, ``class`` (position in the scale, -1 without data) and, whatever is
    drawn, the companions ``location_quotient``, ``amount``, ``size``, ``focus``, ``growth``,
    ``turnover``, ``clusters`` (number) and ``trend`` (list over ``years``, NaN where missing).
    ``country``: the same columns for the root region, and where its own figure is always 1
    ``amount_trend``. ``items``: names by region_code.
    ``clusters``: one row per cluster (cluster_id, names, region_code, rank, symbol).
    ``within``: the region whose parts are drawn, None for the whole country's; ``around`` its
    columns (empty for the country). ``classing``: how the scale was made.
    What a picture draws beside: ``selected``, a region or None; ``points``, firms and institutions
    as ``queries/map/points.sql`` has them, and ``cells``, drawn instead of firms that are very
    many: hexagons by H3 cell with ``count``, ``lon``, ``lat``.
    ``title`` and ``notes``: the maker's own words, in place of the title made from the figures
    and beside the notes.
    """

    release: Release
    metric: Metric
    measure: str
    industry: Item
    year: int
    since: int
    level: int
    years: tuple[int, ...]
    regions: pd.DataFrame
    country: Mapping[str, Any]
    items: Mapping[str, Item]
    root: Item
    scale: Scale
    clusters: pd.DataFrame
    within: Item | None = None
    around: Mapping[str, Any] = field(default_factory=dict)
    classing: Classing = field(default_factory=Classing)
    selected: Item | None = None
    points: pd.DataFrame | None = None
    cells: pd.DataFrame | None = None
    title: str | None = None
    notes: str | None = None

    @cached_property
    def values(self) -> dict[str, float]:
        """The drawn figure by region_code, NaN where there is none, in the order of ``regions``."""
        return dict(zip(self.regions.index, self.regions["value"].tolist(), strict=True))

    @cached_property
    def statuses(self) -> dict[str, str]:
        """The status of each of :attr:`values`."""
        return dict(zip(self.regions.index, self.regions["status"].tolist(), strict=True))

    @cached_property
    def cluster_rows(self) -> list[dict[str, Any]]:
        """``clusters`` row by row."""
        return _rows(self.clusters)

    @cached_property
    def region_rows(self) -> dict[str, dict[str, Any]]:
        """``regions`` row by row, by region_code."""
        return dict(zip(self.regions.index, _rows(self.regions), strict=True))

    def measure_text(self, field_name: str, language: str) -> str | None:
        """What the edition says of the measure (``name``, ``unit``) in a language, if anything."""
        about = self.release.manifest.get("measures", {}).get(self.measure, {})
        found = about.get(f"{field_name}_{language}") or about.get(f"{field_name}_en")
        return str(found) if found else None


@dataclass(frozen=True, eq=False)
class MapShapes:
    """Geometry of a release's level in EPSG:4326: ``regions`` by region_code, ``backdrop`` by
    country code, and the country's ``outline`` (a shapely geometry). ``items``: the regions'
    names. ``within``: the region whose parts alone are drawn. ``labels``: seas and the like, as the
    edition names them. Equal to itself alone, so that what is made of it can be kept."""

    release: Release
    level: int
    within: str | None
    items: Mapping[str, Item]
    regions: gpd.GeoDataFrame
    backdrop: gpd.GeoDataFrame
    outline: Any
    labels: tuple[Mapping[str, Any], ...]
