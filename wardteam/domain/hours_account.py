"""The hours account (工时账): opening, earned, taken and closing of one nurse's period, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from wardteam.domain.calendar import Period
from wardteam.domain.hours import (
    contract_minutes,
    minutes_by_date,
    nursing_minutes,
    paid_leave_days,
    shift_minutes,
)
from wardteam.domain.people import Nurse
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.shifts import LeaveKind, Shift
from wardteam.domain.ward import WardBook

Cells = Mapping[CellKey, RosterCell]


class HoursEntry(StrEnum):
    """What a line of the account books; each has one rule."""

    WORKED = "worked"
    PAID_LEAVE = "paid_leave"
    NURSING = "nursing_hour"
    NORM = "norm"
    TIME_IN_LIEU = "time_in_lieu_taken"
    HOLIDAY_PAID = "holiday_paid"


@dataclass(frozen=True)
class HoursLine:
    """One line: minutes above zero are earned, below it taken; `days` are the dates it is made of.

    `shift` is the code of the shift, where hours worked are booked.
    """

    entry: HoursEntry
    minutes: int
    days: tuple[date, ...]
    shift: str = ""


@dataclass(frozen=True)
class HoursAccount:
    """One nurse's hours of one period; the closing balance is the next period's opening. All in minutes."""

    staff_no: str
    period: Period
    opening_minutes: int
    lines: tuple[HoursLine, ...]

    @property
    def earned_minutes(self) -> int:
        """The sum of what was earned."""
        return sum(line.minutes for line in self.lines if line.minutes > 0)

    @property
    def taken_minutes(self) -> int:
        """The sum of what was taken, above zero."""
        return -sum(line.minutes for line in self.lines if line.minutes < 0)

    @property
    def closing_minutes(self) -> int:
        """Opening plus earned less taken."""
        return self.opening_minutes + self.earned_minutes - self.taken_minutes

    @property
    def worked_minutes(self) -> int:
        """Hours on duty, public holidays included."""
        return self._sum(HoursEntry.WORKED)

    @property
    def holiday_minutes(self) -> int:
        """Hours worked on public holidays: paid 300 %, and so not in the balance."""
        return -self._sum(HoursEntry.HOLIDAY_PAID)

    @property
    def standard_minutes(self) -> int:
        """What she owed: the norm less paid leave and nursing time."""
        credit = self._sum(HoursEntry.PAID_LEAVE, HoursEntry.NURSING)
        return -self._sum(HoursEntry.NORM, HoursEntry.TIME_IN_LIEU) - credit

    @property
    def overtime_minutes(self) -> int:
        """Hours worked above what was owed in this period alone."""
        return max(self.worked_minutes - self.standard_minutes, 0)

    def _sum(self, *entries: HoursEntry) -> int:
        return sum(line.minutes for line in self.lines if line.entry in entries)


def hours_account(
    book: WardBook, nurse: Nurse, period: Period, cells: Cells, *, opening_minutes: int
) -> HoursAccount:
    """Book one nurse's period from a roster's cells; days on which nothing is written count for nothing."""
    days = tuple(d for d in period if nurse.works_here(d) and (nurse.staff_no, d) in cells)
    lines = (
        *_worked(book, nurse, days, cells),
        *_owed(book, nurse, period, days, cells),
        *_paid_apart(book, nurse, days, cells),
    )
    return HoursAccount(nurse.staff_no, period, opening_minutes, tuple(lines))


def _worked(book: WardBook, nurse: Nurse, days: Iterable[date], cells: Cells) -> Iterator[HoursLine]:
    duty = tuple(_duties(book, nurse, days, cells))
    for shift in book.shifts:
        on = tuple(day for day, worked in duty if worked is shift)
        minutes = sum(shift_minutes(book, nurse, shift, day) for day in on)
        if minutes:
            yield HoursLine(HoursEntry.WORKED, minutes, on, shift.code)


def _duties(book: WardBook, nurse: Nurse, days: Iterable[date], cells: Cells) -> Iterator[tuple[date, Shift]]:
    shifts = {shift.code: shift for shift in book.shifts}
    for day in days:
        shift = shifts.get(cells[nurse.staff_no, day].code)
        if shift is not None:
            yield day, shift


def _owed(
    book: WardBook, nurse: Nurse, period: Period, days: Iterable[date], cells: Cells
) -> Iterator[HoursLine]:
    """Book the norm as taken; paid leave and nursing time are earned against it."""
    working = tuple(d for d in days if book.calendar.is_working_day(d))
    leave = paid_leave_days(book, nurse, period, cells)
    lieu = tuple(d for d in working if cells[nurse.staff_no, d].code == LeaveKind.TIME_IN_LIEU.value)
    standard = contract_minutes(nurse)

    def nursing(day: date) -> int:
        return min(nursing_minutes(book, nurse, day), standard)

    at_work = tuple(d for d in working if d not in leave)
    yield from _line(HoursEntry.PAID_LEAVE, [d for d in working if d in leave], lambda _: standard)
    yield from _line(HoursEntry.NURSING, at_work, nursing)
    yield from _line(HoursEntry.NORM, [d for d in working if d not in lieu], lambda _: -standard)
    yield from _line(HoursEntry.TIME_IN_LIEU, lieu, lambda _: -standard)


def _paid_apart(book: WardBook, nurse: Nurse, days: Iterable[date], cells: Cells) -> Iterator[HoursLine]:
    """Take the hours worked on public holidays, by the real moments, out of the balance again."""
    found: dict[date, int] = {}
    for day, shift in _duties(book, nurse, days, cells):
        own, later = minutes_by_date(book, nurse, shift, day)
        for on, minutes in ((day, own), (day + timedelta(days=1), later)):
            if minutes and book.calendar.is_holiday(on):
                found[on] = found.get(on, 0) + minutes
    yield from _line(HoursEntry.HOLIDAY_PAID, sorted(found), lambda on: -found[on])


def _line(entry: HoursEntry, days: Iterable[date], minutes: Callable[[date], int]) -> Iterator[HoursLine]:
    counted = tuple(day for day in days if minutes(day))
    if counted:
        yield HoursLine(entry, sum(minutes(day) for day in counted), counted)
