"""Hour arithmetic (工时): what a nurse owes over a period and what a shift counts for her, in minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from wardteam.domain.calendar import Period
from wardteam.domain.people import Nurse, RestrictionKind
from wardteam.domain.roster import CellKey, RosterCell
from wardteam.domain.shifts import DAY_MINUTES, LeaveKind, Shift
from wardteam.domain.ward import WardBook

STANDARD_DAY_MINUTES = 8 * 60
NURSING_MINUTES_A_CHILD = 60
NOTHING_WRITTEN: Mapping[CellKey, RosterCell] = MappingProxyType({})
_PAID = frozenset(kind.value for kind in LeaveKind if kind.is_paid)


def standard_minutes(book: WardBook, nurse: Nurse, period: Period) -> int:
    """Count the minutes a nurse owes: her standard day for each statutory working day without paid leave.

    A whole week of leave so takes five working days, fewer where a holiday falls in it. Days before she
    joined and after she left are not owed.
    """
    leave = paid_leave_days(book, nurse, period)
    working = (d for d in period if nurse.works_here(d) and book.calendar.is_working_day(d))
    return sum(standard_day_minutes(book, nurse, d) for d in working if d not in leave)


def standard_day_minutes(book: WardBook, nurse: Nurse, day: date) -> int:
    """Give one working day's share: 8 h pro rata of the contract, less what nursing a child takes off."""
    return max(contract_minutes(nurse) - nursing_minutes(book, nurse, day), 0)


def contract_minutes(nurse: Nurse) -> int:
    """Give a working day's minutes by her contract: 8 h pro rata."""
    return (STANDARD_DAY_MINUTES * nurse.contract_percent + 50) // 100


def shift_minutes(book: WardBook, nurse: Nurse, shift: Shift, day: date) -> int:
    """Count the minutes a shift is for a nurse: its standard minutes, less the nursing time of that day."""
    return max(shift.minutes - nursing_minutes(book, nurse, day), 0)


def minutes_by_date(book: WardBook, nurse: Nurse, shift: Shift, day: date) -> tuple[int, int]:
    """Split what a shift counts for her into its own date's minutes and those after midnight."""
    minutes = shift_minutes(book, nurse, shift, day)
    if shift.end_minute <= DAY_MINUTES:
        return minutes, 0
    own = min(shift.minutes_between(0, DAY_MINUTES), minutes)
    return own, minutes - own


def nursing_minutes(book: WardBook, nurse: Nurse, day: date) -> int:
    """Count the nursing time (哺乳时间) of a day: one hour for each child under one year.

    It shortens her duty and her standard day alike, so that it never turns into hours owed.
    """
    return NURSING_MINUTES_A_CHILD * sum(
        restriction.children
        for restriction in book.restrictions
        if restriction.staff_no == nurse.staff_no
        and restriction.kind is RestrictionKind.NURSING_MOTHER
        and restriction.holds(day)
        and _is_under_one(restriction.event_date, day)
    )


def paid_leave_days(
    book: WardBook, nurse: Nurse, period: Period, cells: Mapping[CellKey, RosterCell] = NOTHING_WRITTEN
) -> frozenset[date]:
    """Give the dates of a period on which she has paid leave, whatever else they are.

    A roster's cell says so by itself; where none is written, what was granted does.
    """
    leaves = tuple(x for x in book.leaves if x.staff_no == nurse.staff_no and x.kind.is_paid)

    def is_paid_leave(day: date) -> bool:
        cell = cells.get((nurse.staff_no, day))
        if cell is None:
            return any(leave.includes(day) for leave in leaves)
        return cell.code in _PAID

    return frozenset(filter(is_paid_leave, period))


def _is_under_one(birthday: date | None, day: date) -> bool:
    if birthday is None:
        return True
    return birthday <= day and (day.year - birthday.year, day.month, day.day) < (
        1,
        birthday.month,
        birthday.day,
    )
