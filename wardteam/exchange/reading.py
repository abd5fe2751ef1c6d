"""Reads one sheet of the ward's workbook by its description, noting everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from wardteam.errors import Message
from wardteam.exchange.findings import Report
from wardteam.exchange.grid import Grid
from wardteam.exchange.sheetxml import Place
from wardteam.exchange.tables import REQUIRED, Column, Known, Line, Record, Refused, SheetSpec

HEADING_ROWS = 10
"""Headings are looked for in so many first rows, so that a title above them does no harm."""

_NO_VALUE = Message(
    "The formula has no stored value. Open the file in Excel or WPS, let it compute, and save it."
)
_ERROR = Message("The cell holds an error instead of a value.")
_PICTURE = Message("A picture stands in the cell, where text or a number was expected.")
_MERGED = Message("Cells are merged here; each cell of the table must stand alone.")
_EMPTY = Message("This cell must not be empty. {expected}")


def read_sheet(spec: SheetSpec, grid: Grid, known: Known, report: Report) -> list[Line]:
    """Read all lines of a sheet; lines that were refused are given too, marked as not whole."""
    header, columns = find_headings(spec, grid)
    if not columns:
        report.file_wide(Message("None of the headings was found in this sheet."), sheet=grid.name)
        return []
    missing = [c for c in spec.columns if c.is_required and c.field not in columns]
    for column in missing:
        problem = Message(
            "The column is missing: {chinese} or {english}.", chinese=column.zh, english=column.en
        )
        report.file_wide(problem, sheet=grid.name)
    check_layout(grid, header, max(columns.values()), report)
    if spec.is_transposed:
        rows = [_transposed_places(spec, grid)]
    else:
        _warn_of_unknown(spec, grid, header, report)
        rows = list(_row_places(spec, grid, header, columns))
    lines = [_read_line(spec, grid, places, known, report) for places in rows]
    _refuse_repeats(spec, grid, lines, report)
    return lines


def find_headings(spec: SheetSpec, grid: Grid) -> tuple[int, dict[str, int]]:
    """Find the row of the headings and the column of each field; of a transposed sheet, its two columns."""
    if spec.is_transposed:
        found = _transposed_places(spec, grid)
        return 0, {name: column for name, (_, column) in found.items()}
    best: tuple[int, dict[str, int]] = (0, {})
    for row in range(min(HEADING_ROWS, len(grid.rows))):
        columns: dict[str, int] = {}
        for index, heading in enumerate(grid.rows[row]):
            field = next((c.field for c in spec.columns if c.answers_to(heading)), None)
            if field is not None:
                columns.setdefault(field, index)
        if len(columns) > len(best[1]):
            best = (row, columns)
    return best


def _transposed_places(spec: SheetSpec, grid: Grid) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for row, values in enumerate(grid.rows):
        field = next((c.field for c in spec.columns if values and c.answers_to(values[0])), None)
        if field is not None:
            places.setdefault(field, (row, 1))
    return places


def check_layout(grid: Grid, header: int, last_column: int, report: Report) -> None:
    """Note merged cells and pictures in the area of the table."""
    for (top, left), (bottom, _) in grid.facts.merged:
        if bottom >= header and left <= last_column:
            report.at(grid, (top, left), _MERGED)
    for row, column in sorted(grid.facts.pictures):
        if row >= header and column <= last_column:
            report.at(grid, (row, column), _PICTURE)


def _warn_of_unknown(spec: SheetSpec, grid: Grid, header: int, report: Report) -> None:
    for column, heading in enumerate(grid.rows[header]):
        if heading is not None and not any(c.answers_to(heading) for c in spec.columns):
            report.warn(
                grid, (header, column), Message("This heading is not known; its column was not read.")
            )


def _row_places(
    spec: SheetSpec, grid: Grid, header: int, columns: dict[str, int]
) -> Iterator[dict[str, Place]]:
    inputs = [columns[c.field] for c in spec.columns if c.field in columns and not c.is_computed]
    special = grid.facts.valueless | set(grid.facts.errors) | grid.facts.pictures
    last = max([len(grid.rows) - 1, *(row for row, _ in special)])
    for row in range(header + 1, last + 1):
        if any(grid.value(row, column) is not None or (row, column) in special for column in inputs):
            yield {field: (row, column) for field, column in columns.items()}


def _read_line(spec: SheetSpec, grid: Grid, places: dict[str, Place], known: Known, report: Report) -> Line:
    record: Record = {}
    for column in spec.columns:
        if not column.is_computed:
            _read_cell(column, grid, places.get(column.field), known, record, report)
    inputs = [column.field for column in spec.columns if not column.is_computed]
    is_whole = all(field in record for field in inputs)
    if is_whole:
        for check in spec.checks:
            for field, expected in check(record, known):
                is_whole = False
                report.at(grid, places.get(field) or next(iter(places.values())), expected)
    return Line(spec.key, record, places, is_whole)


def _read_cell(
    column: Column, grid: Grid, place: Place | None, known: Known, record: Record, report: Report
) -> None:
    if place is None:
        if column.default is not REQUIRED:
            record[column.field] = column.default
        return
    trouble = cell_trouble(grid, place)
    value = grid.value(*place)
    if trouble is not None:
        report.at(grid, place, trouble) if place not in grid.facts.pictures else None
    elif value is None and column.default is REQUIRED:
        if not grid.is_covered(place):  # the merged cells are told already
            report.at(grid, place, Message(_EMPTY.text, expected=column.kind.expected))
    elif value is None:
        record[column.field] = column.default
    else:
        try:
            record[column.field] = column.kind.read(value, known)
        except Refused as refused:
            report.at(grid, place, refused.expected)


def cell_trouble(grid: Grid, place: Place) -> Message | None:
    """Say why a cell can't be read whatever it should hold: no stored value, an error, a picture."""
    if place in grid.facts.valueless:
        return _NO_VALUE
    if place in grid.facts.pictures:
        return _PICTURE
    return _ERROR if place in grid.facts.errors else None


def _refuse_repeats(spec: SheetSpec, grid: Grid, lines: list[Line], report: Report) -> None:
    for fields in spec.unique:
        first: dict[tuple[object, ...], int] = {}
        for line in lines:
            key = tuple(line.record.get(field) for field in fields)
            if None in key:
                continue
            place = line.places[fields[-1]]
            if key in first:
                row = first[key] + 1
                report.at(
                    grid,
                    place,
                    Message("This stands in row {row} already; it must not occur twice.", row=row),
                )
            first.setdefault(key, place[0])
