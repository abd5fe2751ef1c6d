"""Plan the demo ward month after month, each from the last one's end: hours, ledger, last days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from wardteam.domain.calendar import Period
from wardteam.domain.roster import RosterStatus
from wardteam.domain.shifts import LeaveKind
from wardteam.domain.ward import WardBook
from wardteam.services.bench_search import planned_book
from wardteam.services.bench_ward import Effort, WardCase, WardRun, search_apart, ward_run
from wardteam.services.ledger import with_ledger
from wardteam.services.stretches import PastRoster

RETURNING = (LeaveKind.ANNUAL, LeaveKind.SICK, LeaveKind.STUDY)
"""Leave that somebody is on every month; the rest belongs to one event in a life."""


def months_in_a_row(
    book: WardBook, first: Period, count: int, seed: int, effort: Effort
) -> Iterator[WardRun]:
    """Plan so many months, the book's own `first`; it ends early after a month without a roster.

    Teams and owners are those of the first month. Its wishes and its ordinary leave return on the same days
    of each month.

    Raises
    ------
    Stopped
        If the effort is ended before a month is planned.
    """
    months = [first]
    while len(months) < count:
        months.append(month_after(months[-1]))
    known, past = asked_again(planned_book(book, first), months), list[PastRoster]()
    for month in months:
        case = month_case(known, past, month, seed)
        found = search_apart(case, effort)
        yield ward_run(case, found)
        if found is None:
            return
        past.append(PastRoster(replace(found.roster, status=RosterStatus.PUBLISHED)))


def month_case(known: WardBook, past: Sequence[PastRoster], month: Period, seed: int) -> WardCase:
    """Give one month's ward with what the months before it carry over."""
    return WardCase(f"{month.first:%Y-%m}", with_ledger(known, past, month), month, seed)


def month_after(period: Period) -> Period:
    """Give the calendar month of the day after a period."""
    following = period.last + timedelta(days=1)
    return Period.month(following.year, following.month)


def asked_again(book: WardBook, months: Sequence[Period]) -> WardBook:
    """Let the first month's wishes and ordinary leave return in every later month that has their days."""
    wishes, leaves = list(book.wishes), list(book.leaves)
    for month in months[1:]:
        shift = month.first - months[0].first
        leaves += [
            replace(leave, start=leave.start + shift, end=min(leave.end + shift, month.last))
            for leave in book.leaves
            if leave.kind in RETURNING and leave.start in months[0] and leave.start + shift in month
        ]
        wishes += [
            replace(wish, day=wish.day + shift)
            for wish in book.wishes
            if wish.day in months[0] and wish.day + shift in month
        ]
    return replace(book, leaves=tuple(leaves), wishes=tuple(wishes))
