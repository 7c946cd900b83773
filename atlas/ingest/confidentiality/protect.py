"""From a confidential edition to one that may be published, with a certificate."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterable
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from atlas.ingest.confidentiality.certificate import Certificate
from atlas.ingest.confidentiality.rules import Rules
from atlas.ingest.confidentiality.sensitive import CELL, has_contributions, judge, whole_truth
from atlas.ingest.confidentiality.suppress import Figures, suppress
from atlas.ingest.confidentiality.tables import Array, Table, Trees
from atlas.ingest.confidentiality.withheld import quiet_firms
from atlas.ingest.edition import Edition
from atlas.ingest.tables import create_tables, long_observations
from atlas.model import Release
from atlas.store import database

#: The most issues of one kind worth listing.
_MOST = 1000


def protect(
    edition: Edition, rules: Rules, earlier: Iterable[Release]
) -> tuple[Edition, dict[str, Any]]:
    """The edition without what may not be published, and the certificate of its audit.

    Its observations hold every total, so that what is left of the parts never passes for one. The
    ``earlier`` releases are known to the attacker: what they gave and is suppressed now becomes a
    warning of the edition. Raises DataError ``confidentiality_failed``,
    with the kinds of cells, when the audit finds a figure that can be worked out.
    """
    truth = whole_truth(edition)
    with (
        tempfile.TemporaryDirectory(prefix="atlas-") as private,
        duckdb.connect(config={"temp_directory": private}) as connection,
    ):
        create_tables(truth, connection)
        cells = judge(truth, connection, rules)
    _mark_by_hand(cells, edition)
    _mark_known(cells, earlier)
    trees = Trees.of(edition.tables["regions"], edition.tables["industries"])
    cells["key"] = trees.keys(cells)
    cells["hidden"] = False
    covered = cells["measure"].isin(rules.measures) | cells["by_hand"]
    counts = cells.loc[cells["measure"].isin(cells.loc[covered, "measure"]), "measure"]
    certificate = Certificate(
        rules,
        {str(name): int(count) for name, count in counts.value_counts(sort=False).items()},
        dominance_judged=has_contributions(edition),
    )
    for group, year in _tables(cells, rules):
        _settle(cells, group, year, trees, rules, certificate)
    certificate.check()
    hidden = {
        str(measure): part["key"].to_numpy()
        for measure, part in cells[cells["hidden"]].groupby("measure")
    }
    firms, quiet = quiet_firms(edition.tables["firms"], hidden, trees)
    certificate.firms_without_figures = quiet
    certificate.published_before = _report_before(edition, cells)
    published = dataclasses.replace(
        edition,
        tables={**edition.tables, "firms": firms},
        withheld=None,
        published=_observations(edition, cells),
    )
    return published, certificate.stated()


def _mark_by_hand(cells: pd.DataFrame, edition: Edition) -> None:
    """What the edition says is suppressed is sensitive, whatever the rules say."""
    rows = edition.withheld.index if edition.withheld is not None else []
    by_hand = edition.tables["observations"].loc[rows, CELL].drop_duplicates()
    said = cells.merge(by_hand.assign(year=by_hand["year"].astype("int32")), how="left",
                       on=CELL, indicator=True)["_merge"]  # fmt: skip
    cells["by_hand"] = (said == "both").to_numpy()
    cells["sensitive"] |= cells["by_hand"]


def _mark_known(cells: pd.DataFrame, earlier: Iterable[Release]) -> None:
    """Mark what earlier releases gave (``before``) and gave as it still is (``known``)."""
    cells["before"] = cells["known"] = False
    for release in earlier:
        given = database.run("confidentiality/published", release)
        given = given.rename(columns={"value": "given"})
        told = cells[[*CELL, "measure"]].merge(given, on=[*CELL, "measure"], how="left")["given"]
        cells["before"] |= told.notna().to_numpy()
        cells["known"] |= np.isclose(told.to_numpy(), cells["value"].to_numpy(), rtol=1e-12)


def _report_before(edition: Edition, cells: pd.DataFrame) -> int:
    """Warn of what is suppressed but was given by an earlier release; returns how many cells."""
    told = cells[cells["hidden"] & cells["before"]]
    for one in told.head(_MOST).itertuples():
        row = None if pd.isna(one.row) else int(one.row)
        edition.report("published_before", edition.file_name("observations"), row, one.measure,
                       f"{one.region_code} {one.industry_code} {one.year}",
                       severity="warning")  # fmt: skip
    return len(told)


def _tables(cells: pd.DataFrame, rules: Rules) -> list[tuple[tuple[str, ...], int]]:
    """The linked measures and years that hold something sensitive."""
    groups = list(rules.groups)
    covered = {measure for group in groups for measure in group}
    groups += [(measure,) for measure in cells["measure"].unique() if measure not in covered]
    years = sorted(cells["year"].unique())
    sensitive = cells.loc[cells["sensitive"], ["measure", "year"]].drop_duplicates()
    there = set(sensitive.itertuples(index=False, name=None))
    counted = [(group, int(year)) for group in groups for year in years]
    return [
        (group, year) for group, year in counted if any((name, year) in there for name in group)
    ]


def _settle(
    cells: pd.DataFrame,
    group: tuple[str, ...],
    year: int,
    trees: Trees,
    rules: Rules,
    certificate: Certificate,
) -> None:
    """Suppress and audit the linked measures of one year."""
    parts = {name: cells[(cells["measure"] == name) & (cells["year"] == year)] for name in group}
    parts = {name: part for name, part in parts.items() if len(part)}
    shared = np.zeros(trees.size, bool)
    for part in parts.values():
        shared[part.loc[part["sensitive"], "key"].to_numpy()] = True
    figures = {
        name: _figures(part, shared, trees, negative=name == "gross_value_added")
        for name, part in parts.items()
    }
    hidden = suppress(figures, trees, rules)
    for name, part in parts.items():
        mine = hidden.pattern[part["key"].to_numpy()] & figures[name].can_hide
        cells.loc[part.index, "hidden"] = mine
        certificate.add(name, year, figures[name], mine, hidden.audits[name],
                        proposed=hidden.proposed)  # fmt: skip


def _figures(part: pd.DataFrame, shared: Array, trees: Trees, *, negative: bool) -> Figures:
    keys, value = part["key"].to_numpy(), part["value"].to_numpy(dtype=float)
    can_hide = (value != 0) | part["by_hand"].to_numpy()
    return Figures(
        table=Table.of(keys, value, trees, may_be_negative=negative),
        can_hide=can_hide,
        sensitive=shared[keys] & can_hide,
        dominant=part["dominant"].to_numpy(dtype=float),
        known=part["known"].to_numpy(),
    )


def _observations(edition: Edition, cells: pd.DataFrame) -> pd.DataFrame:
    """The observations as they may be published: what was stated, and every total as a row."""
    stated = long_observations(edition)
    columns = [*CELL, "measure"]
    ours = cells[[*columns, "value", "status", "row", "hidden"]]
    bare = stated.merge(ours[columns], on=columns, how="left", indicator=True)
    left = stated[(bare["_merge"] == "left_only").to_numpy()]
    ours = ours.assign(
        value=ours["value"].where(~ours["hidden"]),
        status=ours["status"].where(~ours["hidden"], "suppressed").replace("published", np.nan),
    )
    together = pd.concat([left, ours[left.columns]], ignore_index=True)
    kinds = {"status": "str", "measure": "str", "year": "int32", "row": "float64"}
    return together.astype(kinds).sort_values([*columns[2:], *columns[:2]], ignore_index=True)
