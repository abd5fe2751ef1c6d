"""Hour arithmetic (工时): what a nurse owes over a period and what a shift counts for her, in minutes."""

from __future__ import annotations

from datetime import date

from wardteam.domain.calendar import Period
from wardteam.domain.people import Nurse, RestrictionKind
from wardteam.domain.shifts import Shift
from wardteam.domain.ward import WardBook

STANDARD_DAY_MINUTES = 8 * 60
NURSING_MINUTES_A_CHILD = 60


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
    contract = (STANDARD_DAY_MINUTES * nurse.contract_percent + 50) // 100
    return max(contract - nursing_minutes(book, nurse, day), 0)


def shift_minutes(book: WardBook, nurse: Nurse, shift: Shift, day: date) -> int:
    """Count the minutes a shift is for a nurse: its standard minutes, less the nursing time of that day."""
    return max(shift.minutes - nursing_minutes(book, nurse, day), 0)


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


def paid_leave_days(book: WardBook, nurse: Nurse, period: Period) -> frozenset[date]:
    """Give the dates of a period on which she has granted paid leave, whatever else they are."""
    leaves = tuple(x for x in book.leaves if x.staff_no == nurse.staff_no and x.kind.is_paid)
    return frozenset(day for day in period if any(leave.includes(day) for leave in leaves))


def _is_under_one(birthday: date | None, day: date) -> bool:
    if birthday is None:
        return True
    return birthday <= day and (day.year - birthday.year, day.month, day.day) < (
        1,
        birthday.month,
        birthday.day,
    )
