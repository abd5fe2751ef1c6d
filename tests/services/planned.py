"""The demo ward with its teams and beds planned, and a short roster of it, made once."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from wardteam.demo import demo_ward
from wardteam.domain.calendar import Period
from wardteam.domain.ward import WardBook
from wardteam.services.beds import apply_beds, plan_beds
from wardteam.services.plan import RosterPlan, plan_roster
from wardteam.services.teams import apply_teams, plan_teams


@cache
def planned_book() -> WardBook:
    book = demo_ward(7)
    on = book.period.first
    book = apply_teams(book, plan_teams(book, on=on), on)
    return apply_beds(book, plan_beds(book, on=on), on)


def fortnight(book: WardBook) -> Period:
    return Period(book.period.first, book.period.first + timedelta(days=13))


@cache
def short_plan() -> RosterPlan:
    """Give a roster without shortage, stopped as soon as it is found, however busy the machine is."""
    book, latest = planned_book(), {}

    def is_staffed() -> bool:
        return latest.get("shortage") == 0 and latest.get("fairness", 9999) < 400

    period = fortnight(book)
    return plan_roster(book, period, seconds=120, seed=1, should_stop=is_staffed, tell=latest.update)


class UntilFirst:
    """Progress that stops a run at its first roster, however busy the machine is."""

    def __call__(self, step: str, figures) -> bool:
        return bool(figures)


class UntilStaffed:
    """Progress that stops a run at its first roster without shortage."""

    def __call__(self, step: str, figures) -> bool:
        return figures.get("shortage") == 0


def first_plan(book: WardBook, **options) -> RosterPlan:
    seen = {}
    stop = {"should_stop": lambda: bool(seen), "tell": seen.update}
    return plan_roster(book, fortnight(book), seconds=120, **stop, **options)
