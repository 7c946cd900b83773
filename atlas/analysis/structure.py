"""Figures of regions over their sectors, of sectors over regions, and of pairs of sectors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from atlas.analysis.choices import Choices, choices
from atlas.metrics.registry import Work, find
from atlas.metrics.structure import Table, structure
from atlas.model import COUNTED, STATUSES, Metric, Release
from atlas.store import database

#: How far, as a share of the whole, parts may miss it and still stand for all of it.
_CLOSE = 0.01
#: What a figure reads that minds how fine the industries are.
_FINEST = frozenset({"parents", "quotients"})


def structure_cells(
    release: Release, metric: str, terms: pd.DataFrame, country: pd.DataFrame, *, level: int,
    year: int, **settings: float,
) -> pd.DataFrame:  # fmt: skip
    """A figure of the whole table of a level and year: one row for whatever has a value.

    ``terms``: of all cells of the measure, level and year; ``country``: the root region's.
    Columns: region_code, industry_code, year, value (NaN where missing), status; of a pair of
    industries also other_industry_code.
    A region's figure stands under the root industry, an industry's under the root region.
    Figures of a region are over the sectors right below the root, variety and what goes together
    over the finest industries that add up to them; figures of an industry are given for all.
    Raises ChoiceError for an unknown metric or setting.
    """
    known, found = choices(release), find(metric, settings)
    work = _Cells(known, Work(terms), country, level, year)
    rows = pd.concat(_answers(work, found, settings), ignore_index=True)
    rows.insert(2, "year", year)
    order = [name for name in rows if name.endswith("_code")]
    return rows.sort_values(order, ignore_index=True)


def figures_of_regions(
    release: Release, metrics: Iterable[str], terms: pd.DataFrame, country: pd.DataFrame, *,
    level: int, year: int, **settings: float,
) -> pd.DataFrame:  # fmt: skip
    """Several figures of whole regions, of which each has its grain: one row per figure and region.

    Columns: metric, region_code, value (NaN where missing), status; as :func:`structure_cells`
    gives them, the table read once. A setting is given to the figures that have it.
    """
    cells = _Cells(choices(release), Work(terms), country, level, year)
    tables: dict[bool, Table] = {}
    found = []
    for name in metrics:
        metric = find(name)
        finest = bool(_FINEST & set(metric.needs))
        if finest not in tables:
            tables[finest] = cells.table(cells.sectors(finest=finest))
        own = {word: value for word, value in settings.items() if word in metric.parameters}
        value, rank = structure(metric, tables[finest], **own)
        status = np.array(STATUSES, dtype=object)[rank]
        found.append(
            pd.DataFrame(
                {"metric": name, "region_code": cells.regions, "value": value, "status": status}
            )
        )
    return pd.concat(found, ignore_index=True)


def _answers(cells: _Cells, found: Metric, settings: dict[str, float]) -> Iterator[pd.DataFrame]:
    regions = cells.regions
    country, root = cells.known.root_region.code, cells.known.root_industry.code
    finest = bool(_FINEST & set(found.needs))
    over_sectors = finest or found.grain in ("region", "margin")
    names = cells.sectors(finest=finest) if over_sectors else cells.measured
    answer = structure(found, cells.table(names), **settings)
    if found.grain in ("region", "margin"):
        yield _rows(answer, regions, [root] * len(regions))
    elif found.grain == "industry":
        yield _rows(answer, [country] * len(names), names)
    elif found.grain == "pair":
        number = len(names)
        rows = _rows(answer, [country] * number**2, np.repeat(names, number))
        yield rows.assign(other_industry_code=np.tile(names, number))
    else:
        yield _rows(answer, np.repeat(regions, len(names)), np.tile(names, len(regions)))
    # The other side of a margin: of one region alone there is nothing to compare.
    if found.grain == "margin" and len(regions) > 1:
        names = cells.measured
        turned = structure(found, cells.table(names).turned(), **settings)
        yield _rows(turned, [country] * len(names), names)


def _rows(
    answer: tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]],
    regions: npt.ArrayLike,
    industries: npt.ArrayLike,
) -> pd.DataFrame:
    value, rank = answer
    return pd.DataFrame(
        {
            "region_code": regions,
            "industry_code": industries,
            "value": value.ravel(),
            "status": np.array(STATUSES, dtype=object)[rank.ravel()],
        }
    )


@dataclass(frozen=True)
class _Cells:
    """The cells of a measure, level and year, and the tables that are made of them."""

    known: Choices
    work: Work
    country: pd.DataFrame
    level: int
    year: int

    @property
    def regions(self) -> list[str]:
        """All regions of the level, those without cells too."""
        return [code for code, item in self.known.regions.items() if item.level == self.level]

    @property
    def counted(self) -> bool:
        """Whether the measure is a count."""
        return bool(self.work.terms["measure"].isin(COUNTED).all())

    @property
    def measured(self) -> list[str]:
        """The industries that have cells, the root left out."""
        there = set(self.work.terms["industry_code"]) - {self.known.root_industry.code}
        return [code for code in self.known.industries if code in there]

    def sectors(self, *, finest: bool) -> list[str]:
        """The measured sectors right below the root or, ``finest``, what they consist of.

        A sector is replaced by its parts where these add up, in the country, to all of it.
        """
        items, there = self.known.industries, self.measured
        whole = self.work.terms.groupby("industry_code")["root_industry"].first()

        def below(code: str) -> list[str]:
            parts = [part for part in there if items[part].parent == code]
            missed = abs(whole[parts].sum(skipna=False) - whole[code])
            if not parts or not missed <= _CLOSE * whole[code]:
                return [code]
            return [finer for part in parts for finer in below(part)]

        root = self.known.root_industry.code
        top = [c for c in there if items[c].parent == root and self.known.is_activity(c)]
        return [finer for code in top for finer in below(code)] if finest else top

    def table(self, names: list[str]) -> Table:
        """The cells of these industries as a table."""
        plants = database.run(
            "structure/plants", self.known.release, level=self.level, year=self.year
        )
        plants["industry"] = pd.Index(names).get_indexer(plants["industry_code"])
        plants["region"] = pd.Index(self.regions).get_indexer(plants["region_code"])
        root = self.country.set_index("industry_code").reindex(names)
        parents = [self.known.regions[code].parent or code for code in self.regions]
        return Table(
            amounts=self._wide("region_industry", names),
            ranks=self._ranks(names),
            before=self._wide("region_industry_before", names),
            # What is no count has no base by which chance could be told.
            bases=np.where(self.counted, self._wide("region_base", names), np.nan),
            quotients=self._wide("location_quotient", names),
            root_amounts=root["region_industry"].to_numpy(dtype=float),
            root_before=root["region_industry_before"].to_numpy(dtype=float),
            root_bases=root["region_base"].to_numpy(dtype=float),
            region_totals=self._totals(),
            parents=np.array([self.known.highest(name) for name in names], dtype=object),
            groups=np.array(parents, dtype=object),
            plants=plants[(plants["industry"] >= 0) & (plants["region"] >= 0)],
        )

    def _spread(self, values: npt.ArrayLike, names: list[str]) -> pd.DataFrame:
        keys = self.work.terms[["region_code", "industry_code"]]
        column = pd.Series(np.asarray(values), index=pd.MultiIndex.from_frame(keys))
        return column.unstack().reindex(index=self.regions, columns=names)

    def _wide(self, term: str, names: list[str]) -> npt.NDArray[np.float64]:
        found = self._spread(self.work.column(term)[0], names)
        return np.asarray(found, dtype=np.float64)

    def _ranks(self, names: list[str]) -> npt.NDArray[np.int8]:
        ranks = self._spread(self.work.column("region_industry")[1].astype(float), names)
        return np.asarray(ranks.fillna(STATUSES.index("missing")), dtype=np.int8)

    def _totals(self) -> npt.NDArray[np.float64]:
        totals = pd.Series(self.work.column("region_total")[0])
        found = totals.groupby(self.work.terms["region_code"].to_numpy()).first()
        return np.asarray(found.reindex(self.regions), dtype=np.float64)
