"""The hours account by hand: norm, leave, nursing hour, holidays by the real moments; and its sums."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from tests.services.ledger_kit import MONDAY, SYMBOLS, nurse, past, ward
from wardteam.domain.calendar import Calendar, Period
from wardteam.domain.hours_account import HoursEntry, hours_account
from wardteam.domain.people import Restriction, RestrictionKind

FRIDAY = MONDAY + timedelta(days=4)


def account(row: str, *, opening: int = 0, book=None, **fields: object):
    who = nurse("A", **fields)
    book = book or ward(who)
    found = past({"A": row})
    return hours_account(book, who, found.roster.period, found.roster.cells, opening_minutes=opening * 60)


def lines(found) -> dict[str, float]:
    return {line.entry.value: line.minutes / 60 for line in found.lines}


def test_five_shifts_against_five_working_days_leave_the_opening_as_it_was() -> None:
    found = account("DDDDD--", opening=3)
    assert lines(found) == {"worked": 40, "norm": -40}
    assert (found.opening_minutes, found.closing_minutes) == (180, 180)


@pytest.mark.parametrize(
    ("row", "expected", "closing"),
    [
        ("aaaaaaa", {"paid_leave": 40, "norm": -40}, 0),
        ("aaDDD--", {"worked": 24, "paid_leave": 16, "norm": -40}, 0),
        ("ppDDD--", {"worked": 24, "norm": -40}, -16),
        ("llDDD--", {"worked": 24, "norm": -24, "time_in_lieu_taken": -16}, -16),
        ("--DDDDD", {"worked": 40, "norm": -40}, 0),
        ("  DDD--", {"worked": 24, "norm": -24}, 0),
    ],
)
def test_a_week_is_booked_line_by_line(row, expected, closing) -> None:
    found = account(row)
    assert lines(found) == expected
    assert found.closing_minutes == closing * 60


def test_half_a_contract_owes_half_of_each_working_day() -> None:
    found = account("D-D-a--", contract_percent=50)
    assert lines(found) == {"worked": 16, "paid_leave": 4, "norm": -20}
    assert found.closing_minutes == 0


def test_an_odd_contract_is_rounded_by_the_day() -> None:
    assert account("-------", contract_percent=33).closing_minutes == -5 * 158


def test_who_joins_in_midweek_owes_from_then_on() -> None:
    found = account("--DDD--", joined=MONDAY + timedelta(days=2))
    assert lines(found) == {"worked": 24, "norm": -24}


def test_the_nursing_hour_shortens_duty_and_norm_alike() -> None:
    who = nurse("A")
    child = Restriction("A", RestrictionKind.NURSING_MOTHER, event_date=MONDAY - timedelta(days=100))
    found = account("DDDDa--", book=ward(who, restrictions=(child,)))
    assert lines(found) == {"worked": 28, "paid_leave": 8, "nursing_hour": 4, "norm": -40}
    assert found.closing_minutes == 0


@pytest.mark.parametrize(
    ("row", "apart", "closing"),
    [
        ("DDDDD--", 8, 0),
        ("DDDNx--", 8, -8),
        ("DDDDN--", 0, 8),
        ("DDDD-D-", 0, 8),
        ("DDDPP--", 8, 0),
    ],
)
def test_work_on_a_holiday_is_paid_and_leaves_the_balance_by_the_real_moments(row, apart, closing) -> None:
    """Friday is a holiday, so that four days are owed; a night of Thursday is worked on Friday."""
    who = nurse("A")
    book = ward(who, calendar=Calendar(((FRIDAY, "节"),)))
    found = account(row, book=book)
    assert found.holiday_minutes == apart * 60
    assert found.closing_minutes == closing * 60


def test_opening_earned_and_taken_always_make_the_closing() -> None:
    rng = random.Random(4)
    for _ in range(200):
        days = [MONDAY + timedelta(days=i) for i in range(28)]
        calendar = Calendar(tuple((day, "节") for day in rng.sample(days, 2)), frozenset(rng.sample(days, 1)))
        who = nurse("A", contract_percent=rng.randint(1, 100))
        kinds = rng.choice((RestrictionKind.NURSING_MOTHER, RestrictionKind.NO_NIGHTS))
        book = ward(who, calendar=calendar, restrictions=(Restriction("A", kinds),))
        row = "".join(rng.choice([*SYMBOLS, " "]) for _ in range(28))
        found = account(row, book=book, opening=rng.randint(-50, 50))
        signed = sum(line.minutes for line in found.lines)
        assert found.opening_minutes + signed == found.closing_minutes
        worked = found.worked_minutes - found.holiday_minutes
        assert found.closing_minutes - found.opening_minutes == worked - found.standard_minutes
        assert all(
            line.days and set(line.days) <= {*days, days[-1] + timedelta(days=1)} for line in found.lines
        )


def test_a_roster_without_her_asks_nothing_of_her() -> None:
    who = nurse("B")
    found = hours_account(
        ward(who), who, Period(MONDAY, FRIDAY), past({"A": "DDDDD"}).roster.cells, opening_minutes=5
    )
    assert (found.lines, found.closing_minutes) == ((), 5)


def test_a_line_of_work_names_its_shift_and_its_dates() -> None:
    found = account("DPD----")
    worked = [(line.shift, line.days) for line in found.lines if line.entry is HoursEntry.WORKED]
    assert worked == [("DAY", (date(2026, 3, 2), date(2026, 3, 4))), ("EVENING", (date(2026, 3, 3),))]
