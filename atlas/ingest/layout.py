"""How a file is laid out: its header, what each column is, its decimal sign, its odd rows."""

from __future__ import annotations

from dataclasses import replace

from atlas.errors import unknown
from atlas.ingest import firms, numerals, two_rows
from atlas.ingest.apart import Read
from atlas.ingest.contracts import TABLES
from atlas.ingest.grid import Grid, first_rows
from atlas.ingest.headers import MOST_TITLES, VALUES, Column, find_header, settle
from atlas.ingest.memory import Memory
from atlas.ingest.report import Report
from atlas.ingest.shaping import KEEPS_OTHERS, Shape, Survey
from atlas.ingest.wishes import LEFT_OUT, Wishes
from atlas.model import MEASURES

#: So many values of a dimension are named where one has to be chosen.
_NAMED = 20


def shape_of(found: Read, wishes: Wishes, memory: Memory, report: Report) -> Shape:
    """Which row is the header, and what each column is."""
    rows = first_rows(found.grid, 2000)
    line, headers, two = _header(rows, found, wishes, report)
    years, others = two_rows.year_columns(headers, wishes.measure if two else None)
    open_ones = [
        "" if place in years or place in others else each for place, each in enumerate(headers)
    ]
    remembered = memory.columns.get(wishes.name, {})
    taken, waiting = settle(
        open_ones, wishes.name, stated=wishes.columns, remembered=remembered,
        accept=wishes.accept_columns,
    )  # fmt: skip
    if wishes.measure:
        unwanted = set(MEASURES) - {wishes.measure}
        waiting = [column for column in waiting if column.field not in unwanted]
        taken = [column for column in taken if column.field not in unwanted]
    waiting += _figures(headers, [*taken, *waiting], wishes)
    if wishes.accept_columns:
        taken, waiting = [*taken, *waiting], []
    for column in waiting:
        report.note("proposed_column", "warning", line, column.header, None,
                    field=column.field, score=f"{column.score:.0f}")  # fmt: skip
    columns = sorted([*taken, *waiting], key=lambda column: column.place)
    report.columns = columns
    used = {column.place for column in columns}
    years = years or _years(headers, used, wishes, {column.field for column in columns})
    names: dict[int, str] = {}
    # A name that is the contract's belongs to the column that was matched to it.
    called = {each.casefold() for each in TABLES[wishes.name].schema.columns} | {firms.GIVEN}
    for place, header in enumerate(headers):
        if place in used or place in years:
            continue
        if not header:
            if any(row[place] is not None for number, row in rows if number > line):
                report.left_out.append(f"[{place + 1}]")
            continue
        if wishes.name in KEEPS_OTHERS and wishes.columns.get(header) != "-":
            names[place] = firms.plain_header(header, called)
            report.kept.append(header)
        else:
            report.left_out.append(header)
    grid = _only(Grid(found.grid, line, headers), wishes)
    _several(found, grid, {column.header for column in columns}, report)
    return Shape(grid, wishes.name, tuple(columns), names, wishes.constants,
                 wishes.missing, wishes.suppressed, years, wishes.measure,
                 wishes.factors)  # fmt: skip


def _header(
    rows: list[tuple[int, list[str | None]]], found: Read, wishes: Wishes, report: Report
) -> tuple[int, tuple[str, ...], bool]:
    """The line of the header, the lower one where it stands in two rows; its words; whether it
    does."""
    line = wishes.header or found.about.get("header") or find_header(rows, wishes.name)
    cells = dict(rows).get(line)
    if cells is None:
        raise unknown("header", line, [number for number, _ in rows[:MOST_TITLES]])
    both = two_rows.second_row(rows, line)
    if both is not None:
        line, cells = both
        report.note("two_rows", "note", line)
    report.header = line
    return line, tuple((cell or "").strip() for cell in cells), both is not None


def _figures(headers: tuple[str, ...], found: list[Column], wishes: Wishes) -> list[Column]:
    """The column that statistical tables call the value, where one measure comes in and no column
    bears its name."""
    if wishes.measure is None or wishes.measure in {column.field for column in found}:
        return []
    used = {column.place for column in found}
    return [
        Column(place, header, wishes.measure, 95.0, "proposed")
        for place, header in enumerate(headers)
        if place not in used and header.casefold().replace("_", " ") in VALUES
        and wishes.columns.get(header) != LEFT_OUT
    ][:1]  # fmt: skip


def _only(grid: Grid, wishes: Wishes) -> Grid:
    """The grid with those rows alone that are wanted."""
    places = {}
    for header, value in wishes.only.items():
        if header not in grid.headers:
            raise unknown("column", header, [one for one in grid.headers if one])
        place = grid.headers.index(header)
        if value not in (known := grid.words(place)):
            raise unknown("word", value, sorted(known))
        places[place] = value
    return replace(grid, only=places)


def _several(found: Read, grid: Grid, used: set[str], report: Report) -> None:
    """An error for each dimension of a statistical table that is neither a field nor one value."""
    chosen = used | {grid.headers[place] for place in grid.only}
    for dimension in found.about.get("dimensions", ()):
        headers = dimension["headers"]
        if dimension["count"] > 1 and not chosen & set(headers):
            report.note("several", "error", grid.header, dimension["labelled"],
                        ", ".join(dimension["values"][:_NAMED]),
                        count=dimension["count"])  # fmt: skip


def _years(
    headers: tuple[str, ...], used: set[int], wishes: Wishes, fields: set[str]
) -> dict[int, int]:
    """The columns whose header is a year, where one measure comes in and no column says years."""
    if wishes.measure is None or fields & {"year", wishes.measure} or "year" in wishes.constants:
        return {}
    found = {
        place: int(header.removesuffix(".0"))
        for place, header in enumerate(headers)
        if place not in used and header.removesuffix(".0").isdecimal()
    }
    return {place: year for place, year in found.items() if 1900 <= year <= 2100}


def report_rows(grid: Grid, found: Read, report: Report) -> None:
    """Rows that are not as wide as the header, or hold one cell alone; formulas."""
    if found.about["kind"] == "text":
        for line, cells in grid.ragged():
            report.note("ragged", "error", line, None, None, cells=cells,
                        width=grid.width)  # fmt: skip
    for line, text in grid.lone():
        report.note("lone", "note", line, None, text)
    if found.about.get("uncomputed"):
        report.note("uncomputed", "error", count=found.about["uncomputed"])
    if found.about.get("formulas"):
        report.note("formulas", "warning", count=found.about["formulas"])


def report_lacking(shape: Shape, report: Report) -> None:
    """Fields of the contract that must be there and are not, and figures where there are none."""
    schema = TABLES[shape.table].schema
    for name in shape.constants:
        if name not in schema.columns:
            raise unknown("field", name, list(schema.columns))
    for name, column in schema.columns.items():
        if column.required and name not in shape.fields:
            report.note("no_column", "error", shape.grid.header, name)
    for name, factor in shape.factors.items():
        if name not in MEASURES:
            raise unknown("field", name, MEASURES)
        if name in shape.fields and factor != 1:
            report.note("multiplied", "note", None, name, factor=f"{factor:g}")
    if shape.table == "observations" and not shape.fields & set(MEASURES):
        report.note("no_column", "error", shape.grid.header, shape.measure or " / ".join(MEASURES))


def decimal_of(first: Survey, wishes: Wishes, report: Report) -> str:
    """The decimal sign of the file; an error where it cannot be told."""
    decimal = wishes.decimal or numerals.decimal_sign(first.votes)
    if decimal is None:
        both = first.votes[","] and first.votes["."]
        report.note("mixed_numbers" if both else "unclear_numbers", "error",
                    comma=first.votes[","], point=first.votes["."],
                    unclear=first.votes["unclear"])  # fmt: skip
    report.decimal = decimal
    return decimal or "."
