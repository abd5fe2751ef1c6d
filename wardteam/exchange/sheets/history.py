"""The sheet of last month's roster: names down, dates across, symbols in the cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from wardteam.domain.roster import CellKey, RosterCell
from wardteam.errors import Message
from wardteam.exchange.findings import Report
from wardteam.exchange.grid import Grid
from wardteam.exchange.kinds import CODE, STAFF_NO, computed, to_date
from wardteam.exchange.reading import cell_trouble, check_layout, find_headings
from wardteam.exchange.symbols import read_marked
from wardteam.exchange.tables import Column, Known, Refused, SheetSpec

HISTORY = SheetSpec(
    key="history",
    zh="上期排班",
    en="Last roster",
    about=Message("Last month's roster: names down, dates across, symbols in the cells."),
    columns=(
        Column("staff_no", "工号", "Staff no.", STAFF_NO),
        Column("name", "姓名", "Name", computed(), None, is_computed=True),
    ),
    records=lambda _book: (),
    other_names=("上月排班", "Last month", "History"),
)
_BEFORE = "A date before {first} was expected, because the new roster begins then."


@dataclass
class _Table:
    """The sheet while it is read."""

    grid: Grid
    known: Known
    report: Report
    symbols: Mapping[str, str]
    cells: dict[CellKey, RosterCell] = field(default_factory=dict)


def read_history(
    grid: Grid, known: Known, symbols: Mapping[str, str], report: Report
) -> dict[CellKey, RosterCell]:
    """Read the cells of the sheet, by staff number and date."""
    header, columns = find_headings(HISTORY, grid)
    if "staff_no" not in columns:
        problem = Message(
            "The column is missing: {chinese} or {english}.", chinese="工号", english="Staff no."
        )
        report.file_wide(problem, sheet=grid.name)
        return {}
    check_layout(grid, header, grid.width, report)
    table = _Table(grid, known, report, symbols)
    days = _days(table, header, columns)
    seen: dict[str, int] = {}
    for row in range(header + 1, len(grid.rows)):
        if any(value is not None for value in grid.rows[row]):
            _read_row(table, row, columns["staff_no"], days, seen)
    return table.cells


def _days(table: _Table, header: int, columns: Mapping[str, int]) -> dict[int, date]:
    days: dict[int, date] = {}
    first = table.known.period.first if table.known.period else None
    for column, heading in enumerate(table.grid.rows[header]):
        if heading is None or column in columns.values():
            continue
        day = to_date(heading)
        if day is None:
            table.report.at(table.grid, (header, column), Message("A date was expected, such as 2026-12-01."))
        elif first is not None and day >= first:
            table.report.at(table.grid, (header, column), Message(_BEFORE, first=first.isoformat()))
        elif day in days.values():
            table.report.at(
                table.grid, (header, column), Message("This date stands in another column already.")
            )
        else:
            days[column] = day
    return days


def _read_row(table: _Table, row: int, key: int, days: Mapping[int, date], seen: dict[str, int]) -> None:
    staff_no = _staff_no(table, row, key)
    if staff_no in seen:
        problem = Message(
            "This stands in row {row} already; it must not occur twice.", row=seen[staff_no] + 1
        )
        table.report.at(table.grid, (row, key), problem)
    seen.setdefault(staff_no or "", row)
    for column, day in days.items():
        value = table.grid.value(row, column)
        trouble = cell_trouble(table.grid, (row, column))
        if value is None and trouble is None:
            continue
        cell = trouble or read_marked(
            CODE.read(value, table.known) if isinstance(value, float) else value, table.symbols
        )
        if isinstance(cell, Message):
            table.report.at(table.grid, (row, column), cell)
        elif staff_no is not None:
            table.cells[staff_no, day] = cell


def _staff_no(table: _Table, row: int, column: int) -> str | None:
    value = table.grid.value(row, column)
    if value is None:
        table.report.at(
            table.grid, (row, column), Message("A staff number of the nurses sheet was expected.")
        )
        return None
    try:
        return str(STAFF_NO.read(value, table.known))
    except Refused as refused:
        table.report.at(table.grid, (row, column), refused.expected)
        return None
