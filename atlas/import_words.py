"""The sentences of imports: errors, rules, and what to do about each. English; translated in
``locale``."""

from __future__ import annotations

from collections.abc import Mapping

from atlas.model import mark

ERRORS: Mapping[str, str] = {
    "unknown_table": mark("There is no table “{value}”. The nearest is “{nearest}”."),
    "unknown_column": mark("The file has no column “{value}”. The nearest is “{nearest}”."),
    "unknown_field": mark("The table has no field “{value}”. The nearest is “{nearest}”."),
    "unknown_sheet": mark("The file has no sheet “{value}”. The nearest is “{nearest}”."),
    "unknown_header": mark(
        "Row {value} of the file is empty. The nearest with cells is {nearest}."
    ),
    "unknown_word": mark("The file does not speak of “{value}”. The nearest is “{nearest}”."),
    "unknown_code": mark("The edition has no code “{value}”. The nearest is “{nearest}”."),
    "unknown_classification": mark(
        "The classification “{value}” is not known here. The nearest is “{nearest}”."
    ),
    "unknown_encoding": mark("There is no encoding “{value}”. The nearest is “{nearest}”."),
    "not_a_pair": mark("“{value}” is not of the form {example}."),
    "no_such_country": mark("There is no country “{value}”. The nearest code is “{nearest}”."),
    "edition_there": mark("“{path}” is there already; nothing was changed."),
    "edition_name": mark(
        "“{value}” cannot name an edition: small letters, digits, - and _, at most 64."
    ),
    "edition_unwritable": mark("The edition “{path}” cannot be written: {reason}"),
    "memory_unreadable": mark(
        "The file “{path}” of the edition cannot be read ({reason}). Repair it or take it away."
    ),
    "cannot_open": mark("“{path}” cannot be opened: {reason}"),
    "no_header": mark(
        "No row of the file looks like the header of “{table}”. Name it with --header ROW."
    ),
    "source_empty": mark("“{path}” holds no rows."),
    "source_large": mark("“{path}” has {size} bytes; {most} are the most that is read."),
    "source_kind": mark(
        "“{path}” is {form}, not a table. Read are CSV, TSV, XLSX, XLS, ODS, Parquet, SDMX,"
        " JSON-stat and PX."
    ),
    "source_named": mark(
        "“{path}” is not what its name says: it holds {form}. If you trust it, call it {right}."
    ),
    "source_truncated": mark("“{path}” is cut off or damaged. Copy or save it once more."),
    "source_binary": mark("“{path}” is no text: it holds {value} bytes."),
    "source_letters": mark(
        "“{path}” has bytes that are no letters in {encoding}. Name another with --encoding."
    ),
    "source_quotes": mark(
        "The quotation marks of “{path}” do not match, as in a file that was cut off: {reason}"
    ),
    "source_wide": mark("“{path}” has {count} columns; {most} are the most that is read."),
    "source_long": mark("“{path}” has more than {most} rows; that is the most that is read."),
    "source_nested": mark("“{path}” has a column of the type {value}, which is no plain cell."),
    "source_hungry": mark(
        "Reading “{path}” took more memory or time than a file may take, so it was stopped."
    ),
    "outline_kind": mark(
        "“{path}” is {form}, no file of boundaries. Read are GeoJSON, GeoPackage, zipped"
        " Shapefiles, KML and GeoParquet."
    ),
    "outline_unreadable": mark(
        "“{path}” cannot be read as {form}: it is cut off, damaged or other."
    ),
    "outline_long": mark(
        "“{path}” has more than {features} features or {corners} corners; that is the most."
    ),
    "shapefile_alone": mark(
        "“{path}” is one part of a Shapefile. Pack its parts (.shp, .shx, .dbf, .prj) into a ZIP."
    ),
    "shapefile_part": mark("“{path}” lacks the part {part} of the Shapefile “{layer}”."),
    "layer_unclear": mark("“{path}” has several layers. Name one with --sheet: {names}."),
    "crs_lacking": mark(
        "“{path}” does not say its coordinate system. Ask who made it, and name it: --crs EPSG:..."
    ),
    "crs_unknown": mark("The coordinate system “{value}” is not known."),
    "crs_file": mark("“{path}” names another file in its coordinate system. It was not followed."),
    "address_not_allowed": mark(
        "“{path}” was not asked. Only addresses that begin so may be (ATLAS_SOURCES): {known}"
    ),
    "address_refused": mark("“{path}” answered with the error {status}."),
    "address_silent": mark("“{path}” did not answer ({reason})."),
    "address_large": mark("“{path}” answered with more than {most} bytes; that is the most."),
    "address_redirects": mark("“{path}” was reached by more than {most} redirects."),
    "archive_entries": mark("“{path}” holds {count} files; {most} are the most that is read."),
    "archive_path": mark("“{path}” holds a file that leads out of it: “{value}”."),
    "archive_large": mark(
        "“{path}” unpacks to more than is read, or to more than {most} times its size."
    ),
    "archive_locked": mark("“{path}” is locked with a password. Save it without one."),
    "xml_entities": mark(
        "“{path}” defines entities in “{value}”, as spreadsheets do not. It was not read."
    ),
}

#: What each rule of an import found; facts are the issue's own.
RULES: Mapping[str, str] = {
    "proposed_column": mark("looks like the field “{field}” ({score} of 100)"),
    "no_column": mark("no column of the file was found for this field"),
    "proposed_name": mark("looks like {code} ({score} of 100), in {count} rows"),
    "unknown_name": mark("means nothing that the edition has, in {count} rows; nearest: {nearest}"),
    "unclear_name": mark("may mean any of {others}, in {count} rows"),
    "finer": mark("is part of {code}, in {count} rows"),
    "converted": mark("all of it lies in {code}, by the published concordance, in {count} rows"),
    "multiplied": mark("its figures are multiplied by {factor}"),
    "added_up": mark("added up from its {count} parts"),
    "incomplete_sum": mark("added up from {count} parts; not in the file: {lacking}"),
    "partial_sum": mark("a part has no figure in {region}, so the sum has none"),
    "parts_left": mark("{count} rows are parts of what the file also has whole, and were left out"),
    "ragged": mark("{cells} cells, where the header has {width}"),
    "two_rows": mark("the header stands in two rows, this and the one above; they are read as one"),
    "lone": mark("a row with one cell alone was taken for a title or a note"),
    "formula_text": mark("begins like a formula; it is kept as text"),
    "markup": mark("holds HTML; it is kept and shown as text"),
    "formulas": mark("{count} cells hold a formula; their last result is read"),
    "uncomputed": mark("{count} cells hold a formula that was never worked out"),
    "unclear_numbers": mark(
        "{unclear} numbers such as 1.234 or 1,234 can be read in two ways, and no other tells which"
    ),
    "mixed_numbers": mark("the decimal sign is a comma in {comma} numbers and a point in {point}"),
    "outline_broken": mark("the outline cannot be read"),
    "outline_empty": mark("the outline is empty"),
    "outline_infinite": mark("the outline has coordinates that are no numbers"),
    "outline_no_area": mark("the outline encloses no area: {at}"),
    "outline_not_degrees": mark("the outline lies outside the world: {at}"),
    "outline_crossing": mark("the outline crosses or touches itself near {at}; it was mended"),
    "outlines_elsewhere_all": mark("all outlines lie outside the world with these coordinates"),
    "outlines_elsewhere": mark(
        "none of the {count} outlines meets its region as it is known; the nearest is {distance} km"
        " away"
    ),
    "outline_elsewhere": mark("the outline lies {distance} km from where the region is known"),
    "outlines_overlap": mark("these overlap by {area} km²"),
    "outlines_overlap_small": mark("{count} slivers overlap, together {area} km²"),
    "outlines_gap": mark("between these lies a gap of {area} km²: a lake, or an error"),
    "outlines_gap_small": mark("{count} slivers between regions are open, together {area} km²"),
    "outlines_kept": mark("{count} outlines that the file does not have stay as they were"),
    "outlines_of_parts": mark("{count} outlines are made of the outlines of their parts"),
    "features_left_out": mark("{count} features called so were left out"),
    "joined": mark("{count} features are this region; they were made one"),
    "no_parent": mark("which region this is a part of is not known: not by name, not by place"),
    "regions_added": mark(
        "{count} regions of this level are new; the parent of {placed} is where they lie"
    ),
    "metric_crs_found": mark("taken as the metric system of the edition, which had none"),
    "crs_overruled": mark("stands in place of what the file says: {told}"),
    "several": mark("the table is divided by this into {count}; one has to be chosen"),
    "not_located": mark("the firm is in no region: not by code, not by place, not by point"),
    "same_firm": mark("the same as the firm in row {first} in all but its id"),
    "like_firm": mark("nearly the same name as “{other}” in row {first} ({score})"),
    "replaced": mark("its {count} rows go; {new} take their place"),
    "jump": mark(
        "{region}, {industry}: the release “{release}” gives {before} for {year}, more than"
        " {factor} times as much or as little"
    ),
    "jump_year": mark(
        "{region}, {industry}: the last figure of the release “{release}”, for {year}, is {before},"
        " more than {factor} times as much or as little"
    ),
    "jump_firms": mark(
        "{now} firms here; the release “{release}” has {before}, more than {factor} times as many"
        " or as few"
    ),
    "not_recorded": mark(
        "the import stands, but the record could not be written ({reason}); the next build"
        " enters it"
    ),
    "not_compared": mark(
        "the edition has {count} errors elsewhere, so totals were not compared with their parts"
    ),
    "overwritten": mark("{count} figures of {measure} for the years of the file are replaced"),
}

#: What to do about a rule, of imports or of editions.
REMEDIES: Mapping[str, str] = {
    "proposed_column": mark("Accept with --accept-columns, or say --columns “HEADER=field”."),
    "no_column": mark("Say which column it is (--columns) or its one value (--set FIELD=VALUE)."),
    "proposed_name": mark("Accept with --accept-names, or say --names “WORD=CODE”."),
    "unknown_name": mark("Say what it means: --names “WORD=CODE”; or correct the file."),
    "unclear_name": mark("Say which one: --names “WORD=CODE”."),
    "incomplete_sum": mark("Bring the missing parts, or accept the sum of those there are."),
    "partial_sum": mark("Accept that the figure is unknown, or bring the part."),
    "ragged": mark("Look for a missing or additional separator in that row."),
    "formulas": mark("Check that the file was saved after its last change."),
    "uncomputed": mark("Open the file in a spreadsheet program and save it."),
    "unclear_numbers": mark("Say which sign is decimal: --decimal , or --decimal ."),
    "mixed_numbers": mark("Correct the numbers, or say --decimal and see which are left."),
    "outline_broken": mark("Correct it, or leave it out: --names “WORD=-”."),
    "outline_empty": mark("Draw it, or leave it out: --names “WORD=-”."),
    "outline_infinite": mark("Correct it, or leave it out: --names “WORD=-”."),
    "outline_no_area": mark("Bring its area, or leave it out: --names “WORD=-”."),
    "outline_not_degrees": mark("Name the right coordinate system: --crs EPSG:..."),
    "outline_crossing": mark("Look at that place; accept if the mended outline is right."),
    "outlines_elsewhere_all": mark("Name the right coordinate system: --crs EPSG:..."),
    "outlines_elsewhere": mark("Name the right coordinate system: --crs EPSG:..."),
    "outline_elsewhere": mark("Look whether the name is right; accept if the region has moved."),
    "outlines_overlap": mark("Accept if the smaller one may have what is double."),
    "outlines_gap": mark("Accept if it is a lake or belongs to nobody."),
    "joined": mark("Accept if all of them are parts of the region."),
    "no_parent": mark("Name the column that says it: --columns “HEADER=parent_code”."),
    "crs_overruled": mark("Accept if the file is wrong."),
    "boundary": mark("Bring its outline, or accept that it is on no map."),
    "several": mark("Say which one is wanted: --only “HEADER=VALUE”."),
    "not_located": mark("Give a code, a place or a point; or accept that it is on no map."),
    "same_firm": mark("Keep one of the two, or accept both."),
    "like_firm": mark("Look whether they are one firm; accept if they are two."),
    "replaced": mark("Accept if the file holds the whole table."),
    "overwritten": mark(
        "Accept if the file holds all figures of its years: those that it lacks are gone then."
    ),
    "jump": mark("Check unit and year; accept if the figure is right, or was wrong before."),
    "jump_year": mark("Check unit and year; accept if the change is real."),
    "jump_firms": mark("Look whether firms are missing or moved; accept if the change is real."),
    "number": mark(
        "Correct it; if the sign stands for no figure, name it: --missing or --suppressed."
    ),
    "unique": mark("Keep one of the rows."),
    "empty": mark("Fill the cell, or take the row out."),
    "whole": mark("Write a whole number."),
    "negative": mark("Correct the sign."),
    "range": mark("Correct the number."),
    "one_of": mark("Write one of those."),
    "unknown_code": mark("Correct the code, or add it to the table that it refers to."),
    "totals": mark("Ask whoever published the figures; accept if the difference is known."),
    "shares": mark("Ask whoever published the figures; accept if the difference is known."),
}
