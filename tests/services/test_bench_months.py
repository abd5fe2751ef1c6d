"""Months in a row: what each carries over from the one before, and what is asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from wardteam.demo import demo_rosters, demo_ward
from wardteam.domain.calendar import Period
from wardteam.domain.roster import RosterStatus
from wardteam.services.bench_months import RETURNING, asked_again, month_after, month_case
from wardteam.services.problem import build_problem
from wardteam.services.stretches import PastRoster

MONTHS = [Period.month(2026, 12), Period.month(2027, 1), Period.month(2027, 2)]


@pytest.mark.parametrize(
    ("period", "following"),
    [
        (Period.month(2026, 12), Period.month(2027, 1)),
        (Period(date(2027, 1, 4), date(2027, 1, 31)), Period.month(2027, 2)),
        (Period.month(2028, 1), Period.month(2028, 2)),
    ],
)
def test_a_month_follows_a_period(period: Period, following: Period) -> None:
    assert month_after(period) == following


def test_wishes_and_ordinary_leave_return_on_the_same_days_of_each_month_that_has_them() -> None:
    book = demo_ward()
    again = asked_again(book, MONTHS)
    in_month = [[wish for wish in again.wishes if wish.day in month] for month in MONTHS]
    assert [wish.day.day for wish in in_month[1]] == [wish.day.day for wish in in_month[0]]
    assert len(in_month[2]) == sum(wish.day.day <= 28 for wish in in_month[0]) < len(in_month[0])
    added = again.leaves[len(book.leaves) :]
    assert {leave.kind for leave in added} <= set(RETURNING)
    assert {leave.start.month for leave in added} == {1, 2}
    assert all(leave.end <= MONTHS[2].last for leave in added if leave.start in MONTHS[2])


def test_a_month_begins_where_the_last_one_ended() -> None:
    """The demo's November, moved to December, is what January finds in its tail, hours and ledger."""
    book = demo_ward()
    november = demo_rosters()[-1].roster
    shift = timedelta(days=30)
    cells = {(who, day + shift): cell for (who, day), cell in november.cells.items()}
    december = replace(november, period=MONTHS[0], cells=cells, status=RosterStatus.PUBLISHED)
    case = month_case(asked_again(book, MONTHS), [PastRoster(december)], MONTHS[1], 3)
    assert (case.name, case.period, case.seed) == ("2027-01", MONTHS[1], 3)
    assert case.book.history[next(key for key in cells if key[1] == MONTHS[0].first)]
    known = [cell for (_, day), cell in case.book.history.items() if day == date(2026, 12, 30)]
    assert known == [cell for (_, day), cell in cells.items() if day == date(2026, 12, 30)]
    assert build_problem(case.book, case.period).tail_length == 28
    assert case.book.balances != book.balances
    assert [n.hours_balance_minutes for n in case.book.nurses] != [
        n.hours_balance_minutes for n in book.nurses
    ]
