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
from atlas.ingest.wishes import Wishes

_COLUMN = {"regions": "region_code", "industries": "industry_code"}


def match_words(
    edition: Edition,
    first: Survey,
    refers: Mapping[str, str],
    wishes: Wishes,
    memory: Memory,
    report: Report,
) -> dict[str, dict[str, Match]]:
    """What each word means, by ``regions``, ``industries`` and ``places``; proposals are warnings,
    words without a meaning errors. A place that is no region is neither: a point may say more.
    Industries are looked for by the codes of the file's own classification where it is another.

    Raises ChoiceError ``unknown_word`` or ``unknown_code`` for a stated name that is not there.
    """
    found: dict[str, dict[str, Match]] = {}
    kinds = {table: (column, table) for column, table in refers.items()}
    if "place" in first.words:
        kinds["places"] = ("place", "regions")
    for kind, (column, table) in kinds.items():
        stated = {**wishes.names, **wishes.meanings.get(kind, {})}
        foreign = wishes.classification if table == "industries" else None
        # What a code was taken for may be a code of another classification.
        remembered = {} if foreign else memory.names.get(kind, {})
        names = names_of(edition, table, foreign)
        found[kind] = match(first.words[column], names, stated=stated, remembered=remembered)
    _check_stated(edition, wishes.names, found)
    for kind, meant in wishes.meanings.items():
        _check_stated(edition, meant, {kind: found.get(kind, {})}, kinds.get(kind, ("", kind))[1])
    for kind, matches in found.items():
        column = kinds[kind][0]
        words = first.words[column]
        ranked = sorted(matches.values(), key=lambda one: words[one.word][1])
        report.matches[kind] = [(one, words[one.word][0]) for one in ranked if one.how != "exact"]
        for one in ranked:
            _tell(column, one, words[one.word], report)
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
    edition: Edition,
    stated: Mapping[str, str],
    found: Mapping[str, Mapping[str, Match]],
    *tables: str,
) -> None:
    words = [word for matches in found.values() for word in matches]
    codes = {
        str(code)
        for table in tables or ("regions", "industries")
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
