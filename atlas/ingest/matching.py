"""The words of a file for regions, industries and places, matched to the edition's codes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from atlas.errors import unknown
from atlas.ingest.concordance import Concordant
from atlas.ingest.edition import Edition
from atlas.ingest.memory import Memory
from atlas.ingest.naming import Industries, Match, Names, match
from atlas.ingest.report import Report
from atlas.ingest.shaping import Survey

_COLUMN = {"regions": "region_code", "industries": "industry_code"}


def match_words(
    edition: Edition,
    first: Survey,
    refers: Mapping[str, str],
    stated: Mapping[str, str],
    memory: Memory,
    report: Report,
    foreign: str | None = None,
) -> dict[str, dict[str, Match]]:
    """What each word means, by ``regions``, ``industries`` and ``places``; proposals are warnings,
    words without a meaning errors. A place that is no region is neither: a point may say more.
    Industries are looked for by the codes of a ``foreign`` classification where one is given.

    Raises ChoiceError ``unknown_word`` or ``unknown_code`` for a stated name that is not there.
    """
    found: dict[str, dict[str, Match]] = {}
    columns = {table: column for column, table in refers.items()} | {"places": "place"}
    for column, table in refers.items():
        words = first.words[column]
        names = names_of(edition, table, foreign)
        # What a code was taken for may be a code of another classification.
        known = {} if foreign and table == "industries" else memory.names.get(table, {})
        found[table] = match(words, names, stated=stated, remembered=known)
    if "place" in first.words:
        regions = names_of(edition, "regions")
        remembered = memory.names.get("places", {})
        found["places"] = match(first.words["place"], regions, stated=stated, remembered=remembered)
    _check_stated(edition, stated, found)
    for kind, matches in found.items():
        words = first.words[columns[kind]]
        ranked = sorted(matches.values(), key=lambda one: words[one.word][1])
        report.matches[kind] = [(one, words[one.word][0]) for one in ranked if one.how != "exact"]
        for one in ranked:
            _tell(columns[kind], one, words[one.word], report)
    return found


def names_of(edition: Edition, table: str, foreign: str | None = None) -> Names:
    """The codes of a table with all names that the edition has for each; industries may be looked
    for by the codes of a ``foreign`` classification."""
    frame = edition.tables[table]
    code = _COLUMN[table]
    called = [name for name in frame if name.startswith(("name_", "short_"))]
    entries = {
        str(row[code]): [str(row[name]) for name in called if not pd.isna(row[name])]
        for row in frame.dropna(subset=[code]).to_dict("records")
    }
    if table == "industries":
        root = str(edition.settings.get("root_industry", ""))
        classification = str(edition.settings.get("classification", ""))
        if foreign:
            return Concordant(entries, root, classification, foreign)
        return Industries(entries, root, classification)
    return Names(entries, str(edition.settings.get("root_region", "")))


def _check_stated(
    edition: Edition, stated: Mapping[str, str], found: Mapping[str, Mapping[str, Match]]
) -> None:
    words = [word for matches in found.values() for word in matches]
    codes = {
        str(code)
        for table in ("regions", "industries")
        if table in edition.tables
        for code in edition.tables[table][_COLUMN[table]].dropna()
    }
    for word, code in stated.items():
        if word not in words:
            raise unknown("word", word, words)
        if code not in codes:
            raise unknown("code", code, sorted(codes))


def _tell(column: str, one: Match, seen: tuple[int, int], report: Report) -> None:
    count, line = seen
    if one.how in ("written", "alike", "whole"):
        report.note("proposed_name", "warning", line, column, one.word, code=one.code,
                    score=f"{one.score:.0f}", count=count)  # fmt: skip
    elif column == "place":
        return
    elif one.how == "unclear":
        report.note("unclear_name", "error", line, column, one.word,
                    others=", ".join(one.others), count=count)  # fmt: skip
    elif one.how == "none":
        report.note("unknown_name", "error", line, column, one.word,
                    nearest=", ".join(one.others) or "–", count=count)  # fmt: skip
    elif one.how in ("finer", "converted"):
        report.note(one.how, "note", line, column, one.word, code=one.code, count=count)
