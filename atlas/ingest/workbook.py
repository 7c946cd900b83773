"""A spreadsheet to be filled in: a sheet for each table, with notes and drop-downs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from atlas.ingest import manual
from atlas.ingest.contracts import TABLES

#: So many rows have drop-downs.
_ROWS = 5_000
#: A list of words longer than this does not fit into a drop-down of its own.
_MOST_LETTERS = 255


def write(
    path: Path,
    languages: tuple[str, ...],
    filled: Mapping[str, list[dict[str, Any]]],
    say: Sequence[manual.Say],
) -> None:
    """Write the spreadsheet; ``filled`` holds the rows of the tables that are known already. Notes
    are in each of the languages of ``say``."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#E7EFF1", "bottom": 1})
        needed = book.add_format({"bold": True, "bg_color": "#BFD7DC", "bottom": 1})
        text = book.add_format({"num_format": "@"})
        _explain(book, languages, bold, say)
        for table in TABLES:
            sheet = book.add_worksheet(table)
            sheet.freeze_panes(1, 0)
            columns = manual.headers(table, languages)
            numbers = TABLES[table].numbers
            for place, column in enumerate(columns):
                known = TABLES[table].schema.columns.get(column)
                form = needed if known is not None and not known.nullable else bold
                # As text, or a spreadsheet makes 1 of the code 01.
                sheet.set_column(place, place, 18, None if column in numbers else text)
                sheet.write_string(0, place, column, form)
                if known is not None:
                    note = "\n".join(manual.explain(table, column, text) for text in say)
                    sheet.write_comment(0, place, note)
                    _choices(sheet, table, column, place, filled, note)
            for line, row in enumerate(filled.get(table, []), start=1):
                for place, column in enumerate(columns):
                    sheet.write(line, place, row.get(column, ""))


def _choices(
    sheet: Any,
    table: str,
    column: str,
    place: int,
    filled: Mapping[str, list[dict[str, Any]]],
    note: str,
) -> None:
    """The drop-down of a column: its allowed words, or the codes of the table it refers to."""
    words = manual.allowed(table, column)
    other, target = TABLES[table].refers.get(column, ("", ""))
    if words and sum(map(len, words)) + len(words) < _MOST_LETTERS:
        source: Any = list(words)
    elif other in TABLES and target:
        letter = xl_col_to_name(list(TABLES[other].schema.columns).index(target))
        # The sheets of a template begin with the key: these columns have no other before them.
        source = f"={other}!${letter}$2:${letter}${max(len(filled.get(other, [])) + 1, _ROWS)}"
    else:
        return
    sheet.data_validation(
        1, place, _ROWS, place,
        {"validate": "list", "source": source, "error_type": "warning",
         "input_message": note[:_MOST_LETTERS]},
    )  # fmt: skip


def _explain(book: Any, languages: tuple[str, ...], bold: Any, say: Sequence[manual.Say]) -> None:
    """A sheet that says what each table and column is, a column for each language."""
    sheet = book.add_worksheet("read me")
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, 1 + len(say), 100 // len(say))
    sheet.write_row(0, 0, ("table", "column", *(text("what it holds") for text in say)), bold)
    line = 1
    for table in TABLES:
        said = [text(manual.ABOUT[table]) for text in say]
        sheet.write_row(line, 0, (table, "", *said), bold)
        line += 1
        for column in manual.headers(table, languages):
            if column in TABLES[table].schema.columns:
                said = [manual.explain(table, column, text) for text in say]
                sheet.write_row(line, 0, (table, column, *said))
                line += 1
