"""Reads an ordinary Excel or WPS roster: names down, dates across, shift symbols in the cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from wardteam.domain.people import Nurse
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.shifts import DAY_MINUTES, Leave, LeaveKind, Shift
from wardteam.errors import Finding, Message
from wardteam.exchange.dates_across import DatesAcross, NoMonth, find_dates
from wardteam.exchange.findings import Report
from wardteam.exchange.grid import Grid, Value, read_grids
from wardteam.exchange.reading import cell_trouble
from wardteam.exchange.symbols import SOME_LEAVE, name_table, read_marked, read_symbol, symbol_table
from wardteam.exchange.words import code_text, normal, plain_name

_NAME_HEADINGS = {normal(word) for word in ("姓名", "护士", "护士姓名", "名字", "人员", "Name", "Nurse")}
_NUMBER_HEADINGS = {
    normal(word) for word in ("工号", "员工号", "职工号", "编号", "Staff no.", "Staff number", "ID")
}
_TOTALS = (
    "合计",
    "小计",
    "总计",
    "人数",
    "备注",
    "说明",
    "注",
    "签名",
    "审核",
    "制表",
    "total",
    "sum",
    "note",
)


@dataclass(frozen=True)
class RosterReading:
    """A good roster's cells by staff number and date, and warnings that don't refuse it."""

    cells: Mapping[CellKey, RosterCell]
    warnings: tuple[Finding, ...] = ()


def read_roster(
    data: bytes,
    file: str,
    *,
    nurses: Iterable[Nurse],
    shifts: Iterable[Shift],
    leaves: Iterable[Leave] = (),
    nights_booked_on: Literal["evening", "morning"],
    year_hint: int,
) -> RosterReading:
    """Read the cells of an ordinary roster, by staff number and date.

    Parameters
    ----------
    leaves
        Say which kind of leave a posted sheet's plain leave is; one that is not granted counts as a day off.
    nights_booked_on
        Whether a night stands under the date of its evening, as here, or of the morning on which it
        ends; then it is moved one date back, and its own column becomes the day after a night.
    year_hint
        The year of dates that are written without one.

    Raises
    ------
    BadInput
        With every unknown name and symbol, and whatever else is wrong, at once.
    """
    staff, kinds, granted = tuple(nurses), tuple(shifts), tuple(leaves)
    grids = read_grids(data, file)
    report = Report(file, sheets=tuple(grid.name for grid in grids))
    cells: dict[CellKey, RosterCell] = {}
    tables = 0
    for grid in grids:
        table = _RosterTable(grid.spread(), report, _People(staff), symbol_table(kinds, usual=True), granted)
        tables += table.read(year_hint)
        table.warn_of_plain_leave()
        cells |= table.cells
    if not tables and not report.findings:
        report.file_wide(Message("No roster was found: a row of dates and a column of names were expected."))
    if nights_booked_on == "morning":
        cells = _moved_to_the_evening(cells, kinds, staff, report)
    report.close()
    return RosterReading(cells, tuple(report.warnings))


@dataclass
class _People:
    """The ward's nurses by number and by name."""

    staff: tuple[Nurse, ...]
    by_name: dict[str, list[str]] = field(init=False)
    numbers: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.by_name = name_table(self.staff)
        self.numbers = frozenset(nurse.staff_no for nurse in self.staff)

    def column_of(self, grid: Grid, across: DatesAcross, *, numbers: bool) -> int | None:
        """Find the column with most names, or most staff numbers, before or after the dates."""
        headings = _NUMBER_HEADINGS if numbers else _NAME_HEADINGS
        scores: dict[int, int] = {}
        for column in range(grid.width):
            if column in across.days:
                continue
            heads = (grid.value(row, column) for row in range(across.body))
            scores[column] = sum(2 for head in heads if head is not None and normal(head) in headings)
            rows = range(across.body, len(grid.rows))
            scores[column] += sum(self.knows(grid.value(row, column), numbers=numbers) for row in rows)
        best = max(scores, key=lambda column: (scores[column], -column), default=None)
        return best if best is not None and scores[best] > 0 else None

    def knows(self, value: Value, *, numbers: bool) -> bool:
        """Whether a cell holds a known staff number, or a known name."""
        if value is None:
            return False
        return code_text(value) in self.numbers if numbers else plain_name(value) in self.by_name


@dataclass
class _RosterTable:
    """One sheet of the roster while it is read."""

    grid: Grid
    report: Report
    people: _People
    symbols: Mapping[str, str]
    leaves: tuple[Leave, ...]
    cells: dict[CellKey, RosterCell] = field(default_factory=dict)
    plain_leaves: int = 0

    def read(self, year_hint: int) -> bool:
        """Read the sheet's cells; give whether it holds a roster at all."""
        try:
            across = find_dates(self.grid, year_hint=year_hint, titles=(self.grid.name, self.grid.file))
        except NoMonth as error:
            self.report.at(self.grid, error.place, error.problem)
            return False
        if across is None:
            return False
        names = self.people.column_of(self.grid, across, numbers=False)
        numbers = self.people.column_of(self.grid, across, numbers=True)
        if names is None and numbers is None:
            self.report.file_wide(
                Message("No column of names was found beside the dates."), sheet=self.grid.name
            )
            return False
        seen: dict[str, int] = {}
        for row in range(across.body, len(self.grid.rows)):
            self._read_row(row, names, numbers, across, seen)
        return True

    def _read_row(
        self, row: int, names: int | None, numbers: int | None, across: DatesAcross, seen: dict[str, int]
    ) -> None:
        name = None if names is None else self.grid.value(row, names)
        number = None if numbers is None else self.grid.value(row, numbers)
        values = [self.grid.value(row, column) for column in across.days]
        if not self._is_a_person(name, number, values):
            return
        staff_no = self._who(row, names, numbers)
        if staff_no in seen:
            problem = Message(
                "This stands in row {row} already; it must not occur twice.", row=seen[staff_no] + 1
            )
            self.report.on_row(self.grid, row, problem)
            return
        if staff_no is not None:
            seen[staff_no] = row
        for column, day in across.days.items():
            self._read_cell(row, column, staff_no, day)

    def _is_a_person(self, name: Value, number: Value, values: list[Value]) -> bool:
        if self.people.knows(number, numbers=True) or self.people.knows(name, numbers=False):
            return any(value is not None for value in values)
        if name is None or any(normal(name).startswith(word) for word in _TOTALS):
            return False
        filled = [value for value in values if value is not None]
        if all(value == name for value in filled):
            return False  # one merged note across the whole table
        return any(isinstance(value, str) for value in filled) and len(filled) * 4 > len(values)

    def _who(self, row: int, names: int | None, numbers: int | None) -> str | None:
        number = None if numbers is None else self.grid.value(row, numbers)
        if number is not None and code_text(number) in self.people.numbers:
            return code_text(number)
        place = (row, names if names is not None else numbers or 0)
        bearers = self.people.by_name.get(plain_name(self.grid.value(*place) or ""), [])
        if len(bearers) == 1:
            return bearers[0]
        problem = "Several nurses bear this name; a column of staff numbers was expected."
        unknown = "The name of a nurse of this ward was expected."
        self.report.at(self.grid, place, Message(problem if bearers else unknown))
        return None

    def _read_cell(self, row: int, column: int, staff_no: str | None, day: date) -> None:
        place = (row, column)
        trouble = cell_trouble(self.grid, place)
        value = self.grid.value(*place)
        cell = trouble or self._cell(value, staff_no, day)
        if isinstance(cell, Message):
            self.report.at(self.grid, place, cell)
        elif staff_no is not None:
            self.cells[staff_no, day] = cell

    def _cell(self, value: Value, staff_no: str | None, day: date) -> RosterCell | Message:
        if value is None:
            return RosterCell(LeaveKind.OFF.value)
        code = read_symbol(code_text(value), self.symbols)
        if not isinstance(code, Message):
            return RosterCell(code)
        if normal(value) not in SOME_LEAVE:
            marked = read_marked(code_text(value), self.symbols)
            return code if isinstance(marked, Message) else marked
        granted = (x for x in self.leaves if x.staff_no == staff_no and x.includes(day))
        kind = next((x.kind for x in granted), None)
        self.plain_leaves += kind is None
        return RosterCell((kind or LeaveKind.OFF).value)

    def warn_of_plain_leave(self) -> None:
        """Say how many cells are a leave of no kind that nothing granted."""
        if self.plain_leaves:
            problem = "{count} cells say only that somebody was on leave; they were read as days off."
            self.report.warn_widely(Message(problem, count=self.plain_leaves), sheet=self.grid.name)


def _moved_to_the_evening(
    cells: Mapping[CellKey, RosterCell], shifts: tuple[Shift, ...], staff: tuple[Nurse, ...], report: Report
) -> dict[CellKey, RosterCell]:
    """Move nights one date back; the morning's column becomes the day after a night."""
    nights = {shift.code for shift in shifts if shift.start_minute >= DAY_MINUTES}
    duties = {shift.code for shift in shifts if shift.is_duty} - nights
    names = {nurse.staff_no: nurse.name for nurse in staff}
    moved = dict(cells)
    worked = sorted(key for key, cell in cells.items() if cell.code in nights)
    for staff_no, day in worked:
        moved[staff_no, day] = RosterCell(LeaveKind.POST_NIGHT.value)
    for staff_no, day in worked:
        evening = day - timedelta(days=1)
        before = cells.get((staff_no, evening))
        if before is not None and before.code in duties:
            problem = "{name} would have a duty and a night on {day}, once the night is moved to its evening."
            report.file_wide(Message(problem, name=names[staff_no], day=evening))
        moved[staff_no, evening] = cells[staff_no, day]
    return moved
