from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wardteam.domain.calendar import Calendar, Period
from wardteam.domain.defaults import DAY, DEFAULT_SHIFTS, NIGHT, ON_CALL
from wardteam.domain.hours import shift_minutes, standard_minutes
from wardteam.domain.people import Education, Nurse, Restriction, RestrictionKind, Title
from wardteam.domain.shifts import Leave, LeaveKind
from wardteam.domain.ward import Ward, WardBook

NURSE = Nurse(
    "N001",
    "甲",
    date(1998, 5, 1),
    Title.NURSE,
    date(2020, 7, 1),
    date(2020, 7, 1),
    Education.COLLEGE,
)
# June 2026: 22 weekdays; the 19th a holiday, Sunday the 28th a make-up day: 22 working days.
JUNE = Period.month(2026, 6)
BOOK = WardBook(
    Ward("W", "内科", "Medicine"),
    nurses=(NURSE,),
    shifts=DEFAULT_SHIFTS,
    calendar=Calendar(((date(2026, 6, 19), "端午节"),), frozenset({date(2026, 6, 28)})),
)


def leave(kind: LeaveKind, first: int, last: int) -> Leave:
    return Leave("N001", kind, date(2026, 6, first), date(2026, 6, last))


def nursing(birthday: date | None, *, children: int = 1) -> Restriction:
    return Restriction("N001", RestrictionKind.NURSING_MOTHER, event_date=birthday, children=children)


@pytest.mark.parametrize(
    ("leaves", "days"),
    [
        ((), 22),
        ((leave(LeaveKind.ANNUAL, 1, 7),), 17),
        ((leave(LeaveKind.ANNUAL, 6, 7),), 22),
        ((leave(LeaveKind.SICK, 15, 21),), 18),
        ((leave(LeaveKind.ANNUAL, 28, 28),), 21),
        ((leave(LeaveKind.PERSONAL, 1, 5),), 22),
        ((leave(LeaveKind.TIME_IN_LIEU, 1, 5),), 22),
        ((leave(LeaveKind.ANNUAL, 1, 3), leave(LeaveKind.SICK, 3, 4)), 18),
        ((leave(LeaveKind.MATERNITY, 1, 30),), 0),
        ((replace(leave(LeaveKind.ANNUAL, 1, 7), staff_no="N002"),), 22),
    ],
)
def test_the_standard_is_eight_hours_a_working_day_without_paid_leave(
    leaves: tuple[Leave, ...], days: int
) -> None:
    assert standard_minutes(replace(BOOK, leaves=leaves), NURSE, JUNE) == days * 480


@pytest.mark.parametrize(("percent", "day_minutes"), [(100, 480), (75, 360), (50, 240), (33, 158)])
def test_the_standard_is_pro_rata_of_the_contract(percent: int, day_minutes: int) -> None:
    nurse = replace(NURSE, contract_percent=percent)
    assert standard_minutes(BOOK, nurse, JUNE) == 22 * day_minutes
    on_leave = replace(BOOK, leaves=(leave(LeaveKind.ANNUAL, 1, 7),))
    assert standard_minutes(on_leave, nurse, JUNE) == 17 * day_minutes


def test_days_before_joining_and_after_leaving_are_not_owed() -> None:
    nurse = replace(NURSE, joined=date(2026, 6, 8), left=date(2026, 6, 14))
    assert standard_minutes(BOOK, nurse, JUNE) == 5 * 480


@pytest.mark.parametrize(
    ("restriction", "minutes"),
    [
        (nursing(date(2025, 9, 1)), 420),
        (nursing(date(2025, 9, 1), children=2), 360),
        (nursing(date(2025, 6, 10)), 480),
        (nursing(date(2025, 6, 11)), 420),
        (nursing(date(2026, 6, 11)), 480),
        (nursing(None), 420),
        (replace(nursing(None), end=date(2026, 6, 9)), 480),
        (replace(nursing(date(2025, 9, 1)), staff_no="N002"), 480),
    ],
)
def test_a_nursing_mother_works_an_hour_less_for_each_child_under_one(
    restriction: Restriction, minutes: int
) -> None:
    book = replace(BOOK, restrictions=(restriction,))
    assert shift_minutes(book, NURSE, DAY, date(2026, 6, 10)) == minutes


def test_nursing_time_lowers_what_is_owed_as_much_as_what_is_worked() -> None:
    book = replace(BOOK, restrictions=(nursing(date(2025, 9, 1)),))
    worked = 22 * shift_minutes(book, NURSE, DAY, date(2026, 6, 1))
    assert standard_minutes(book, NURSE, JUNE) == worked == 22 * 420


def test_a_shift_counts_its_own_minutes_and_on_call_none() -> None:
    assert shift_minutes(BOOK, NURSE, NIGHT, date(2026, 6, 1)) == 480
    assert shift_minutes(replace(BOOK, restrictions=(nursing(None),)), NURSE, ON_CALL, date(2026, 6, 1)) == 0
