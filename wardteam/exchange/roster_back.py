"""Reads our own roster sheet back, edited or not, to be checked against the ward's rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from wardteam.domain.calendar import Period
from wardteam.domain.people import Nurse
from wardteam.domain.roster import CellKey, Roster, RosterCell, RosterStatus
from wardteam.domain.shifts import Leave, LeaveKind, Post, Shift
from wardteam.errors import Message
from wardteam.exchange.container import refuse
from wardteam.exchange.findings import Report
from wardteam.exchange.grid import Grid, Value, read_grids
from wardteam.exchange.kinds import to_date
from wardteam.exchange.reading import cell_trouble
from wardteam.exchange.roster_xlsx import HIDDEN_SHEET
from wardteam.exchange.symbols import SOME_LEAVE, read_symbol, symbol_table
from wardteam.exchange.words import code_text, normal


@dataclass(frozen=True)
class RosterFile:
    """A roster sheet as it was read: the ward it is of, and its roster with the edited cells."""

    ward: str
    roster: Roster


def read_roster_xlsx(
    data: bytes, file: str, *, nurses: Iterable[Nurse], shifts: Iterable[Shift], leaves: Iterable[Leave] = ()
) -> RosterFile:
    """Read a roster sheet that this program wrote; a cell that was edited since wins over the kept post.

    `leaves` say which kind of leave a posted sheet's plain leave is.

    Raises
    ------
    BadInput
        Where it is not such a sheet, or with every unknown person and symbol.
    """
    grids = read_grids(data, file)
    kept = next((grid for grid in grids if grid.name == HIDDEN_SHEET), None)
    if kept is None or len(grids) < 2:
        refuse(file, Message("This is not a roster sheet of this program; import it as an ordinary roster."))
    report = Report(file)
    reader = _Reader(
        grids[0], report, symbol_table(shifts), tuple(leaves), frozenset(n.staff_no for n in nurses)
    )
    roster = reader.roster(kept)
    report.close()
    return RosterFile(code_text(kept.value(0, 0)), roster)


@dataclass
class _Reader:
    """The visible sheet while it is read."""

    grid: Grid
    report: Report
    symbols: Mapping[str, str]
    leaves: tuple[Leave, ...]
    staff: frozenset[str]
    cells: dict[CellKey, RosterCell] = field(default_factory=dict)

    def roster(self, kept: Grid) -> Roster:
        """Read the cells, with posts and locks from the hidden sheet."""
        first, last = (to_date(kept.value(0, column)) for column in (1, 2))
        if first is None or last is None or last < first:
            refuse(self.report.file, Message("The hidden sheet of this roster was changed; export it again."))
        period = Period(first, last)
        marks = _marks(kept, period)
        header, days = self._days(period)
        column = self._staff_column(header)
        for row in range(header + 1, len(self.grid.rows)):
            staff_no = code_text(self.grid.value(row, column) or "")
            if staff_no in self.staff:
                self._read_row(row, staff_no, days, marks)
            elif any(key[0] == staff_no for key in marks):
                problem = Message("A staff number of this ward was expected.")
                self.report.at(self.grid, (row, column), problem)
        version, status = code_text(kept.value(0, 3)), code_text(kept.value(0, 4))
        known = status in set(RosterStatus)
        return Roster(
            period,
            self.cells,
            version=int(version) if version.isdigit() else 1,
            status=RosterStatus(status) if known else RosterStatus.DRAFT,
        )

    def _days(self, period: Period) -> tuple[int, dict[int, date]]:
        best: tuple[int, dict[int, date]] = (0, {})
        for row, values in enumerate(self.grid.rows[:20]):
            dated = {column: to_date(value) for column, value in enumerate(values)}
            days = {column: day for column, day in dated.items() if day is not None and day in period}
            if len(days) > len(best[1]):
                best = (row, days)
        missing = [day.isoformat() for day in period if day not in best[1].values()]
        if missing:
            problem = Message("Dates are missing in the heading: {days}", days=tuple(missing))
            self.report.file_wide(problem, sheet=self.grid.name)
        return best

    def _staff_column(self, header: int) -> int:
        headings = {normal("工号"), normal("Staff no.")}
        for column, value in enumerate(self.grid.rows[header]):
            if value is not None and normal(value) in headings:
                return column
        problem = Message(
            "The column is missing: {chinese} or {english}.", chinese="工号", english="Staff no."
        )
        return refuse(self.report.file, problem)

    def _read_row(
        self, row: int, staff_no: str, days: Mapping[int, date], marks: Mapping[CellKey, _Mark]
    ) -> None:
        for column, day in days.items():
            value = self.grid.value(row, column)
            trouble = cell_trouble(self.grid, (row, column))
            if value is None and trouble is None:
                continue
            code = trouble or self._code(value, staff_no, day)
            if isinstance(code, Message):
                self.report.at(self.grid, (row, column), code)
                continue
            mark = marks.get((staff_no, day))
            same = mark is not None and normal(mark.symbol) == normal(value)
            post = mark.post if mark is not None and same else Post.NONE
            self.cells[staff_no, day] = RosterCell(code, post, is_locked=mark is not None and mark.is_locked)

    def _code(self, value: Value, staff_no: str, day: date) -> str | Message:
        if normal(value) in SOME_LEAVE and normal(value) not in self.symbols:
            granted = (x for x in self.leaves if x.staff_no == staff_no and x.includes(day))
            return next((x.kind.value for x in granted), LeaveKind.ANNUAL.value)
        return read_symbol(code_text(value), self.symbols)


@dataclass(frozen=True)
class _Mark:
    """What the hidden sheet keeps of a cell."""

    post: Post
    is_locked: bool
    symbol: str


def _marks(kept: Grid, period: Period) -> dict[CellKey, _Mark]:
    marks: dict[CellKey, _Mark] = {}
    for row in kept.rows[1:]:
        for day, value in zip(period, row[1:], strict=False):
            post, lock, symbol = (*str(value or "").split("|", 2), "", "", "")[:3]
            if row[0] is not None:
                known = Post(post) if post in set(Post) else Post.NONE
                marks[code_text(row[0]), day] = _Mark(known, lock == "L", symbol)
    return marks
