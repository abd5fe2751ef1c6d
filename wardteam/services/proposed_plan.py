"""What stands where nobody has written a plan: this year's days so far against the same of last year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from wardteam.domain.calendar import Period
from wardteam.domain.study import StudyPeriod, StudyPlan
from wardteam.errors import Named

NO_PLAN = Named("未制定方案", "no plan yet")


def proposed_plan(today: date) -> StudyPlan:
    """Propose a plan that nobody has written yet; its code is empty.

    >>> proposed_plan(date(2026, 11, 23)).baseline.span.last
    datetime.date(2025, 11, 22)
    """
    last = today - timedelta(days=1)
    this_year = Period(date(last.year, 1, 1), last)
    year_before = Period(date(last.year - 1, 1, 1), _year_before(last))
    return StudyPlan(
        code="",
        day=today,
        name=Named("", ""),
        baseline=StudyPeriod("对照期", "Baseline", year_before),
        intervention=StudyPeriod("观察期", "Intervention", this_year),
    )


def standing_plan(today: date) -> StudyPlan:
    """Give the plan that the figures of a ward without one go by; it has no code and says what it is."""
    return replace(proposed_plan(today), name=NO_PLAN)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
