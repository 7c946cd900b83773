"""Importing the outlines of regions: read, match, check against each other, write; all or nothing.

As with tables nothing inexact is taken unasked. Outlines lie over those there are: of a region that
the file has not, the outline that it had stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow.parquet
import shapely

from atlas.errors import DataError, unknown
from atlas.ingest import outline_checks
from atlas.ingest.apart import Read, read
from atlas.ingest.edition import LINE, Edition, read_edition
from atlas.ingest.headers import Column, settle
from atlas.ingest.matching import match_words, names_of
from atlas.ingest.memory import Memory, recall
from atlas.ingest.new_regions import add_regions
from atlas.ingest.outline_source import OUTLINES
from atlas.ingest.report import MOST, Report
from atlas.ingest.shaping import Survey, look_at_text
from atlas.ingest.wishes import LEFT_OUT, Wishes
from atlas.ingest.writing import write_outlines

#: A column is proposed for the region where this share of its words are regions of the edition.
FITTING = 0.5
#: So many words of a column are looked at for that.
_LOOKED_AT = 200


def import_outlines(
    source: Path, folder: Path, wishes: Wishes, tell: Callable[[str, float], None], who: str
) -> Report:
    """Import the outlines of a file into the edition in ``folder``; the report says what was found
    and done. Raises as :func:`atlas.ingest.importing.import_file`, and DataError ``not_a_pair`` for
    a coordinate system that is not named by its code."""
    # Nothing that could name a file.
    if wishes.crs is not None and not re.fullmatch(r"[A-Za-z]+:\d+", wishes.crs):
        raise DataError("not_a_pair", value=wishes.crs, example="EPSG:4326")
    edition = read_edition(folder, {"regions"})
    memory = recall(folder)
    tell("open", 0.0)
    crs = wishes.crs and wishes.crs.upper()
    with read(source, OUTLINES, sheet=wishes.sheet, encoding=wishes.encoding, crs=crs) as found:
        report = Report(found.name, found.digest, OUTLINES, found.about)
        report.accepted, report.agreed = dict(wishes.accepted), wishes.agreed
        report.who = who
        tell("match", 0.3)
        features = _features(found, edition, wishes, memory, report)
        features = _named(features, edition, wishes, memory, report)
        drawn = pyarrow.parquet.read_table(found.folder / "shapes.parquet").to_pandas()
        tell("check", 0.5)
        shapes = _shapes(features, drawn.set_index("line"), report)
        _check(shapes, features, edition, memory, wishes, report, tell)
    return report


# --- what the file says --------------------------------------------------------------------


def _features(
    found: Read, edition: Edition, wishes: Wishes, memory: Memory, report: Report
) -> pd.DataFrame:
    """The features with the fields that columns were found for, by their :data:`LINE`, and the
    columns ``name_<language>`` of the edition's languages."""
    table = pyarrow.parquet.read_table(found.grid)
    places = [name for name in table.schema.names if name[0] == "c" and name[1:].isdigit()]
    headers = [table[place][0].as_py() or "" for place in places]
    rows = table.slice(1).combine_chunks()
    words = rows.select(places).to_pandas()
    taken, waiting = settle(
        headers, OUTLINES, stated=wishes.columns, remembered=memory.columns.get(OUTLINES, {}),
        accept=wishes.accept_columns,
    )  # fmt: skip
    columns = _by_content([*taken, *waiting], headers, words, edition, wishes)
    for column in columns:
        if column.how == "proposed" and not wishes.accept_columns:
            report.note("proposed_column", "warning", None, column.header, None,
                        field=column.field, score=f"{column.score:.0f}")  # fmt: skip
    report.columns, report.rows = columns, len(words)
    languages = [f"name_{language}" for language in edition.settings.get("languages", ())]
    fields = {column.place: column.field for column in columns}
    fields |= {place: header for place, header in enumerate(headers)
               if header in languages and header not in fields.values()}  # fmt: skip
    report.left_out = [header for place, header in enumerate(headers)
                       if place not in fields and header]  # fmt: skip
    if "region_code" not in fields.values():
        shown = ", ".join(header for header in headers if header)[:200]
        report.note("no_column", "error", None, "region_code", shown or None)
    frame = pd.DataFrame({LINE: rows["line"].to_numpy()})
    for place, field in fields.items():
        frame[field] = words[f"c{place}"].astype("str")
        look_at_text(rows, place, headers[place], report)
    return frame


def _by_content(
    columns: list[Column],
    headers: list[str],
    words: pd.DataFrame,
    edition: Edition,
    wishes: Wishes,
) -> list[Column]:
    """The columns, that of the region being the one whose words are regions of the edition: files
    of outlines call it many things. With regions to be added this is the column of their parents.
    """
    wanted = "parent_code" if wishes.add_regions else "region_code"
    if any(column.field == wanted and column.how != "proposed" for column in columns):
        return columns
    names = names_of(edition, "regions")
    used = {column.place for column in columns if column.how != "proposed"}
    left_out = {header for header, field in wishes.columns.items() if field == LEFT_OUT}
    scores = {}
    for place, header in enumerate(headers):
        said = list(words[f"c{place}"].dropna().unique()[:_LOOKED_AT])
        if not header or header in left_out or place in used or not said:
            continue
        fitting = sum(names.find(word).how in ("exact", "written") for word in said)
        scores[place] = fitting / len(said)
    if not scores or max(scores.values()) < FITTING:
        return columns
    best = max(scores, key=lambda place: (scores[place], -place))
    kept = [column for column in columns if column.field != wanted and column.place != best]
    own = Column(best, headers[best], wanted, round(100 * scores[best], 1), "proposed")
    return sorted([*kept, own], key=lambda column: column.place)


# --- which regions -------------------------------------------------------------------------


def _named(
    features: pd.DataFrame, edition: Edition, wishes: Wishes, memory: Memory, report: Report
) -> pd.DataFrame:
    """The features that are wanted with their region's ``code``, missing where it is not known;
    where regions are to be added it is the file's, and ``parent_code`` is one of the edition's."""
    if "region_code" not in features:
        return features.assign(code=pd.Series(None, features.index, dtype="str"))
    stated = {**wishes.names, **wishes.meanings.get("regions", {})}
    left_out = {word for word, code in stated.items() if code == LEFT_OUT}
    features = _wanted(features, left_out, report)
    for line in features.loc[features["region_code"].isna(), LINE].head(MOST):
        report.note("empty", "error", int(line), "region_code")
    column = "parent_code" if wishes.add_regions else "region_code"
    matches = {}
    if column in features:
        survey = Survey(words={column: _counted(features, column)})
        named = {word: code for word, code in stated.items() if word not in left_out}
        own = replace(wishes, names=named, meanings={})
        found = match_words(edition, survey, {column: "regions"}, own, memory, report)
        matches = {word: match.code for word, match in found["regions"].items()}
    if not wishes.add_regions:
        return features.assign(code=features["region_code"].map(matches).astype("str"))
    if column in features:
        features = features.assign(**{column: features[column].map(matches).astype("str")})
    return features.assign(code=features["region_code"])


def _wanted(features: pd.DataFrame, words: set[str], report: Report) -> pd.DataFrame:
    """The features without those called by these words.

    Raises ChoiceError ``unknown_word`` for one that no feature is called.
    """
    said = set(features["region_code"].dropna())
    for word in words - said:
        raise unknown("word", word, sorted(said))
    gone = features["region_code"].isin(words)
    for line, word in features.loc[gone, [LINE, "region_code"]].head(1).itertuples(index=False):
        report.note("features_left_out", "note", int(line), "region_code", word,
                    count=int(gone.sum()))  # fmt: skip
    return features[~gone]


def _counted(features: pd.DataFrame, column: str) -> dict[str, tuple[int, int]]:
    """Each word of a column with the number of its features and the first of them."""
    groups = features.dropna(subset=[column]).groupby(column)[LINE].agg(["count", "min"])
    return {str(word): (int(count), int(line)) for word, count, line in groups.itertuples()}


# --- their shapes --------------------------------------------------------------------------


def _shapes(features: pd.DataFrame, drawn: pd.DataFrame, report: Report) -> gpd.GeoDataFrame:
    """The outlines by ``region_code``, with the ``line`` of the first feature of each."""
    flaws = drawn.loc[drawn["flaw"].ne("") & drawn.index.isin(features[LINE])]
    for line, flaw, detail in flaws[["flaw", "detail"]].itertuples():
        severity = "warning" if flaw == "outline_crossing" else "error"
        report.note(flaw, severity, int(line), None, None, at=detail)
    if (flaws["flaw"] == "outline_not_degrees").all() and len(flaws) == len(features):
        report.note("outlines_elsewhere_all", "error", None, None, report.about["crs"])
    sound = features[features["code"].notna() & features[LINE].map(drawn["wkb"].notna())]
    polygons: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for code, rows in sound.groupby("code", sort=False)[LINE]:
        parts = shapely.from_wkb(drawn.loc[list(rows), "wkb"].to_numpy())
        lines[str(code)] = int(rows.iloc[0])
        polygons[str(code)] = shapely.union_all(parts) if len(parts) > 1 else parts[0]
        if len(parts) > 1:
            report.note("joined", "warning", int(rows.iloc[1]), "region_code", code,
                        count=len(parts))  # fmt: skip
    geometry = gpd.GeoSeries(polygons, crs=4326)
    first = {"line": pd.Series(lines, dtype="int64")}
    return gpd.GeoDataFrame(first, geometry=geometry, crs=4326)


def _check(
    shapes: gpd.GeoDataFrame,
    features: pd.DataFrame,
    edition: Edition,
    memory: Memory,
    wishes: Wishes,
    report: Report,
    tell: Callable[[str, float], None],
) -> None:
    """Look at the outlines as a whole, together with those that stay; write what is ready."""
    if report.about["overruled"]:
        report.note("crs_overruled", "warning", None, None, report.about["crs"],
                    told=report.about["overruled"])  # fmt: skip
    if shapes.empty:
        if not report.errors:
            raise DataError("source_empty", path=report.source)
        return
    before = outline_checks.outlines_before(edition)
    outline_checks.look_where(shapes, before, shapes["line"], report)
    regions = known = edition.tables["regions"]
    if wishes.add_regions:
        regions = add_regions(features, shapes, before, edition, report)
    package, crs = _package(edition, shapes)
    if package is not None:
        report.note("metric_crs_found", "note", None, None, crs)
    together = _together(shapes, before, regions, edition, report)
    levels = regions.set_index("region_code")["level"]
    for level in sorted(set(levels) - {0}):
        own = together[together.index.isin(levels.index[levels == level])]
        if len(own) and own.index.isin(shapes.index).any():
            outline_checks.look_together(own, crs, report)
    _cover(together, regions, crs, report)
    report.drawn = outline_checks.picture(together, set(shapes.index), levels, crs)
    if report.ready and not wishes.check_only:
        tell("write", 0.9)
        changed = regions if len(regions) > len(known) else None
        write_outlines(together, changed, package, edition.folder, memory, report)


def _package(edition: Edition, shapes: gpd.GeoDataFrame) -> tuple[dict[str, Any] | None, str]:
    """The metric system of the edition, and its package with one where it has none yet."""
    stated = edition.settings.get("metric_crs")
    if stated:
        return None, str(stated)
    crs = f"EPSG:{shapes.estimate_utm_crs().to_epsg()}"
    return {**edition.package, "atlas": {**edition.settings, "metric_crs": crs}}, crs


def _together(
    shapes: gpd.GeoDataFrame,
    before: gpd.GeoDataFrame | None,
    regions: pd.DataFrame,
    edition: Edition,
    report: Report,
) -> gpd.GeoDataFrame:
    """The outlines that the edition will have: new ones, those that stay, those made of parts."""
    own = edition.own_boundaries()
    if own and before is not None and (gone := before.index.isin(shapes.index).sum()):
        report.add_replaced(own.name, int(gone), len(shapes))
    stay = before[~before.index.isin(shapes.index)] if before is not None else None
    if stay is not None and len(stay):
        report.note("outlines_kept", "note", count=len(stay))
    together = pd.concat([part for part in (shapes[["geometry"]], stay) if part is not None])
    made = outline_checks.from_parts(together, regions)
    if len(made):
        report.note("outlines_of_parts", "note", None, None, ", ".join(sorted(made.index)[:20]),
                    count=len(made))  # fmt: skip
    return gpd.GeoDataFrame(pd.concat([together, made]).sort_index(), crs=4326)


def _cover(together: gpd.GeoDataFrame, regions: pd.DataFrame, crs: str, report: Report) -> None:
    """Which regions are drawn, and a warning for each that is not."""
    below = regions.loc[regions["level"] > 0, "region_code"]
    without = sorted(set(below) - set(together.index))
    for code in without[:MOST]:
        report.note("boundary", "warning", None, None, code)
    report.count_more("warning", "boundary", max(len(without) - MOST, 0))
    report.coverage = {
        "regions": len(below) - len(without),
        "of_regions": len(below),
        "regions_without": without[:20],
        "crs": report.about["crs"],
        "metric_crs": crs,
    }
