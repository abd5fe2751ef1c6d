"""What one nurse got in a stretch of the past, by measure, counted as the rules count it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from wardteam.domain.hours_account import hours_account
from wardteam.domain.ledger import Measure
from wardteam.domain.people import Nurse
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.shifts import DAY_MINUTES, Shift, ShiftKind
from wardteam.domain.ward import WardBook
from wardteam.domain.wishes import Wish
from wardteam.services.sheet_view import is_granted
from wardteam.services.stretches import Stretch

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Counter:
    """Counts one nurse's stretch. `written` are all cells that are known, for what reaches over its ends."""

    book: WardBook
    stretch: Stretch
    written: Mapping[CellKey, RosterCell]
    nurse: Nurse

    def got(self, measure: Measure) -> float:
        """Give what she got of a measure."""
        counts: dict[Measure, Callable[[], float]] = {
            Measure.NIGHTS: lambda: self._kind(ShiftKind.NIGHT),
            Measure.EVENINGS: lambda: self._kind(ShiftKind.EVENING),
            Measure.WEEKENDS: self._weekends,
            Measure.HOLIDAYS: self._holidays,
            Measure.WISHES: lambda: len(self._granted),
            Measure.WISH_POINTS: lambda: sum(wish.points for wish in self._granted),
            Measure.OVERTIME: self._overtime_hours,
            Measure.CALLS: lambda: sum(key[0] == self.nurse.staff_no for key in self.stretch.called),
        }
        return counts[measure]()

    def asked(self, measure: Measure) -> int:
        """Give what she asked for, where the measure is of wishes."""
        if measure is Measure.WISHES:
            return len(self._wishes)
        return sum(wish.points for wish in self._wishes) if measure is Measure.WISH_POINTS else 0

    def _duty(self, day: date) -> Shift | None:
        cell = self.written.get((self.nurse.staff_no, day))
        shift = None if cell is None else self._shifts.get(cell.code)
        return shift if shift is not None and shift.is_duty else None

    def _kind(self, kind: ShiftKind) -> int:
        duties = (self._duty(day) for day in self.stretch.days)
        return sum(shift is not None and shift.kind is kind for shift in duties)

    def _weekends(self) -> int:
        """Count the weekends with any duty; one that began before the stretch with duty counted there."""
        return sum(any(self._duty(day) for day in weekend) for weekend in self._weekend_days())

    def _weekend_days(self) -> Iterator[tuple[date, ...]]:
        own = frozenset(self.stretch.days)
        for day in self.stretch.days:
            if day.weekday() == 5:
                yield tuple(d for d in (day, day + ONE_DAY) if d in own)
            elif day.weekday() == 6 and day - ONE_DAY not in own and not self._duty(day - ONE_DAY):
                yield (day,)

    def _holidays(self) -> int:
        days = (day for day in self.stretch.days if self.book.calendar.is_holiday(day))
        return sum(self._is_at_work(day) for day in days)

    def _is_at_work(self, day: date) -> bool:
        """Whether any duty falls on the date by the real moments."""
        here, before = self._duty(day), self._duty(day - ONE_DAY)
        begins = here is not None and here.start_minute < DAY_MINUTES
        return begins or (before is not None and before.end_minute > DAY_MINUTES)

    def _overtime_hours(self) -> float:
        account = hours_account(
            self.book, self.nurse, self.stretch.period, self.stretch.cells, opening_minutes=0
        )
        return account.overtime_minutes / 60

    @cached_property
    def _shifts(self) -> dict[str, Shift]:
        return {shift.code: shift for shift in self.book.shifts}

    @cached_property
    def _wishes(self) -> tuple[Wish, ...]:
        """Her wishes for days on which something is written."""
        cells, own = self.stretch.cells, self.nurse.staff_no
        return tuple(w for w in self.book.wishes if w.staff_no == own and (own, w.day) in cells)

    @cached_property
    def _granted(self) -> tuple[Wish, ...]:
        cells = self.stretch.cells
        return tuple(w for w in self._wishes if is_granted(w, cells[w.staff_no, w.day], self._shifts))
