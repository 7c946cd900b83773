"""Observations that come in: finer industries added up, and laid over what is there already."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from atlas.ingest.classes import ancestors, bare, tree
from atlas.ingest.edition import LINE
from atlas.ingest.naming import Match
from atlas.ingest.report import MOST, Report
from atlas.model import MEASURES

KEY = ["region_code", "industry_code", "year"]
_PLACE = ["region_code", "year"]


def add_up(
    frame: pd.DataFrame, matches: Mapping[str, Match], classification: str, report: Report
) -> pd.DataFrame:
    """The rows with the edition's own industries: rows of finer ones added up to theirs.

    ``frame`` has the column ``word``: the industry as the file says it. Nothing is counted twice:
    where the file has the edition's industry itself in that region and year, it stands, and its
    parts are left out; where it has two steps below it, the upper one is taken. A sum of which a
    part is missing is missing, one of which a part is suppressed is suppressed.
    """
    if any(match.how == "converted" for match in matches.values()):
        return _converted(frame, matches, report)
    finer = frame["word"].map(lambda word: matches[word].how == "finer").astype(bool)
    if not finer.any():
        return frame.drop(columns="word")
    whole, parts = frame[~finer], frame[finer].copy()
    parts["bare"] = parts["word"].map(bare)
    repeated = parts[parts.duplicated([*_PLACE, "bare"])]
    for line, word in repeated[[LINE, "word"]].head(MOST).itertuples(index=False):
        report.note("unique", "error", int(line), "industry_code", word)
    present = set(zip(whole["region_code"], whole["year"], whole["industry_code"], strict=True))
    finest = set(zip(parts["region_code"], parts["year"], parts["bare"], strict=True))
    above = {
        word: [each for each in ancestors(word, classification) if each != bare(code)]
        for word, code in parts.groupby("word")["industry_code"].first().items()
    }
    keep = [
        (region, year, code) not in present
        and not any((region, year, each) in finest for each in above[word])
        for region, year, code, word in parts[[*_PLACE, "industry_code", "word"]].itertuples(
            index=False
        )
    ]
    _tell_left(parts[~np.array(keep, dtype=bool)], report)
    parts = parts[np.array(keep, dtype=bool)]
    _tell(parts, classification, report)
    return pd.concat([whole.drop(columns="word"), _sums(parts, report)], ignore_index=True)


def _converted(frame: pd.DataFrame, matches: Mapping[str, Match], report: Report) -> pd.DataFrame:
    """The rows of codes of another classification, by the concordance or as somebody said, added up
    to the edition's industries; a code beside one that it is a part of, by its digits, is left out.
    """
    ways = ("converted", "stated")
    is_converted = frame["word"].map(lambda word: matches[word].how in ways).astype(bool)
    others, parts = frame[~is_converted], frame[is_converted]
    repeated = parts[parts.duplicated([*_PLACE, "word"])]
    for line, word in repeated[[LINE, "word"]].head(MOST).itertuples(index=False):
        report.note("unique", "error", int(line), "industry_code", word)
    there = set(zip(parts["region_code"], parts["year"], parts["word"], strict=True))
    keep = np.array([
        not any((region, year, word[:length]) in there for length in range(2, len(word)))
        for region, year, word in parts[[*_PLACE, "word"]].itertuples(index=False)
    ], dtype=bool)  # fmt: skip
    _tell_left(parts[~keep], report)
    parts = parts[keep]
    for code, rows in parts.groupby("industry_code"):
        report.note("added_up", "note", int(rows[LINE].min()), "industry_code", code,
                    count=rows["word"].nunique())  # fmt: skip
    return pd.concat([others.drop(columns="word"), _sums(parts, report)], ignore_index=True)


def _tell_left(left: pd.DataFrame, report: Report) -> None:
    """Say how many rows were left out as parts of others."""
    if len(left):
        line, word = left.iloc[0][[LINE, "word"]]
        report.note("parts_left", "note", int(line), "industry_code", word, count=len(left))


def _sums(parts: pd.DataFrame, report: Report) -> pd.DataFrame:
    measures = [measure for measure in MEASURES if measure in parts]
    groups = parts.groupby(KEY, sort=False, dropna=False)
    sums = groups[measures].agg(lambda column: column.sum(skipna=False))
    sums[LINE] = groups[LINE].min()
    if "status" in parts:
        status = parts["status"].fillna("")
        hidden = (status == "suppressed").groupby([parts[key] for key in KEY], sort=False).any()
        guessed = (status == "estimated").groupby([parts[key] for key in KEY], sort=False).any()
        sums["status"] = pd.Series(None, index=sums.index, dtype="str")
        sums["status"] = sums["status"].mask(guessed, "estimated").mask(hidden, "suppressed")
    sums = sums.reset_index()
    visible = sums.get("status", pd.Series("", sums.index)) != "suppressed"
    for measure in measures:
        for row in sums[sums[measure].isna() & visible].head(MOST).to_dict("records"):
            some = parts.loc[(parts[KEY] == [row[key] for key in KEY]).all(axis=1), measure]
            if some.notna().any():
                report.note("partial_sum", "warning", int(row[LINE]), measure,
                            row["industry_code"], region=row["region_code"])  # fmt: skip
    return sums


def _tell(parts: pd.DataFrame, classification: str, report: Report) -> None:
    """Say which industries are sums, and of how many of the parts that they have."""
    published = {bare(code) for code in tree(classification)}
    for code, rows in parts.groupby("industry_code"):
        codes = set(rows["bare"])
        siblings = {
            each
            for each in published
            if len(each) in {len(one) for one in codes}
            and bare(str(code)) in ancestors(each, classification)
        }
        lacking = {
            each for each in siblings - codes if not codes & set(ancestors(each, classification))
        }
        line = int(rows[LINE].min())
        if siblings and not lacking:
            report.note("added_up", "note", line, "industry_code", code, count=len(codes))
        else:
            shown = ", ".join(sorted(lacking)[:5]) or "?"
            report.note("incomplete_sum", "warning", line, "industry_code", code,
                        count=len(codes), lacking=shown)  # fmt: skip


def overwritten(old: pd.DataFrame | None, new: pd.DataFrame) -> dict[str, int]:
    """How many figures of each measure the new rows take the place of, those of their years."""
    if old is None or old.empty:
        return {}
    renewed = old[old["year"].isin(set(new["year"].dropna()))]
    counts = {
        measure: int(renewed[measure].notna().sum())
        for measure in MEASURES
        if measure in new and measure in renewed
    }
    return {measure: count for measure, count in counts.items() if count}


def lay_over(old: pd.DataFrame | None, new: pd.DataFrame) -> pd.DataFrame:
    """What the edition's observations become: for the years and measures that come in, the new
    rows alone; all other years and measures as they were. Lines of old rows are negative.
    """
    if old is None or old.empty:
        return new
    old = old.assign(**{LINE: -old[LINE]})
    measures = [measure for measure in MEASURES if measure in new]
    renewed = old["year"].isin(set(new["year"].dropna()))
    for measure in measures:
        if measure in old:
            old[measure] = old[measure].mask(renewed)
    kept = [measure for measure in MEASURES if measure in old]
    old = old[~renewed | old[kept].notna().any(axis=1)]
    # Rows that are wrong in their key meet nothing; the checks report them.
    both = old.merge(new, on=KEY, how="outer", suffixes=("", " new"), sort=False)
    for column in new.columns:
        if column in KEY or f"{column} new" not in both:
            continue
        both[column] = both.pop(f"{column} new").combine_first(both[column])
    first = [*KEY, *[m for m in MEASURES if m in both], *(["status"] if "status" in both else [])]
    rest = [column for column in both.columns if column not in first]
    return both[[*first, *rest]]
