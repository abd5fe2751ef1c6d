"""Hours: the norm over the period, the long week, overtime, and bounds in minutes as formats print them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import gcd

from wardteam_solver.limits import About, Limit, Limits, On, Term, at_most
from wardteam_solver.problem import Person, Problem
from wardteam_solver.rules.base import Rule


def minute_terms(problem: Problem, nurse: int, days: Iterable[int], unit: int = 1) -> Iterator[Term]:
    """Give the terms that add up a nurse's minutes over some days, in units of so many minutes."""
    by_minutes: dict[int, set[int]] = {}
    for option in problem.duty:
        by_minutes.setdefault(problem.shift_of(option).minutes, set()).add(option)
    for day in days:
        for minutes, options in sorted(by_minutes.items()):
            if minutes:
                yield minutes // unit, On(nurse, day, frozenset(options))


def common_unit(problem: Problem) -> int:
    """Give the largest number of minutes that divides every shift."""
    return gcd(*(shift.minutes for shift in problem.shifts if shift.is_duty)) or 1


@dataclass(frozen=True, kw_only=True)
class HoursNorm(Rule):
    """Hours near the norm, less what is carried in; each hour beside it costs.

    A stretch shorter than half of the shortest shift can't be mended, and is left alone.
    """

    def limits(self, problem: Problem) -> Limits:
        """Keep the sum within half a shift of what is owed."""
        unit = common_unit(problem)
        for nurse in self.nurses(problem):
            low, high = _band(problem.people[nurse], unit)
            terms = tuple(minute_terms(problem, nurse, problem.days, unit))
            about = About((nurse,), (0, problem.day_count - 1))
            cost = max(1, unit // 60)
            yield Limit(terms, low, high, about, below=cost, above=cost)


def _band(person: Person, unit: int) -> tuple[int, int]:
    owed = max(person.minutes_owed - person.minutes_balance, 0)
    return owed // unit, -(-owed // unit)


@dataclass(frozen=True, kw_only=True)
class LongWeek(Rule):
    """At most so many hours in a calendar week."""

    hours: int = 44

    def limits(self, problem: Problem) -> Limits:
        """Add up each whole calendar week."""
        unit = common_unit(problem)
        for nurse in self.nurses(problem):
            for week in problem.weeks():
                terms = tuple(minute_terms(problem, nurse, week, unit))
                yield at_most(terms, self.hours * 60 // unit, About((nurse,), (week[0], week[-1])))


@dataclass(frozen=True, kw_only=True)
class Overtime(Rule):
    """At most so many hours above the norm in the period; none for whom overtime is barred."""

    hours: int = 36

    def limits(self, problem: Problem) -> Limits:
        """Limit the sum from above."""
        unit = common_unit(problem)
        for nurse in self.nurses(problem):
            person = problem.people[nurse]
            allowed = 0 if person.no_overtime else self.hours * 60
            high = (
                -(-person.minutes_owed // unit)
                if person.no_overtime
                else (person.minutes_owed + allowed) // unit
            )
            terms = tuple(minute_terms(problem, nurse, problem.days, unit))
            yield at_most(terms, high, About((nurse,), (0, problem.day_count - 1)))


@dataclass(frozen=True, kw_only=True)
class LongDay(Rule):
    """At most so many hours of overtime on one day above a standard day."""

    hours: int = 3
    standard_hours: int = 8

    def limits(self, problem: Problem) -> Limits:
        """Forbid shifts that are longer."""
        most = (self.hours + self.standard_hours) * 60
        long = frozenset(k for k in problem.duty if problem.shift_of(k).minutes > most)
        for nurse in self.nurses(problem) if long else ():
            for day in problem.days:
                yield at_most(((1, On(nurse, day, long)),), 0, About((nurse,), (day,)))


@dataclass(frozen=True, kw_only=True)
class MinutesBetween(Rule):
    """Minutes in the period between a least and a most."""

    least: int = 0
    most: int = 1 << 30

    def limits(self, problem: Problem) -> Limits:
        """Add up the minutes."""
        unit = common_unit(problem)
        low, high = -(-self.least // unit), self.most // unit
        for nurse in self.nurses(problem):
            terms = tuple(minute_terms(problem, nurse, problem.days, unit))
            yield Limit(terms, low, high, About((nurse,), (0, problem.day_count - 1)))
