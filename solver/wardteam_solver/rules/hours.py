"""Hours: the norm over the period, the long week, overtime, and bounds in minutes as formats print them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import gcd

from wardteam_solver.limits import About, Limit, Limits, On, Term, at_most
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule

_MIDNIGHT = 1440


def option_minutes(problem: Problem, nurse: int, option: int) -> int:
    """Give the minutes that an option counts for a nurse."""
    return max(problem.shift_of(option).minutes - problem.people[nurse].minutes_less, 0)


def minute_terms(problem: Problem, nurse: int, days: Iterable[int], unit: int = 1) -> Iterator[Term]:
    """Give the terms that add up a nurse's minutes over some days, in units of so many minutes."""
    minutes = {option: option_minutes(problem, nurse, option) for option in problem.duty}
    for day in days:
        yield from _terms_of_day(nurse, day, minutes, unit)


def common_unit(problem: Problem, nurse: int) -> int:
    """Give the largest number of minutes that divides each of her duties."""
    return gcd(*(option_minutes(problem, nurse, option) for option in problem.duty)) or 1


def _terms_of_day(nurse: int, day: int, minutes: Mapping[int, int], unit: int) -> Iterator[Term]:
    by_minutes: dict[int, set[int]] = {}
    for option, count in minutes.items():
        by_minutes.setdefault(count, set()).add(option)
    for count, options in sorted(by_minutes.items()):
        if count:
            yield count // unit, On(nurse, day, frozenset(options))


def _by_date(problem: Problem, nurse: int) -> tuple[dict[int, int], dict[int, int]]:
    """Split each duty's minutes into those of its own date and those after midnight."""
    own, later = {}, {}
    for option in problem.duty:
        minutes = option_minutes(problem, nurse, option)
        segments = problem.shift_of(option).segments
        before = sum(min(end, _MIDNIGHT) - start for start, end in segments if start < _MIDNIGHT)
        own[option] = min(before, minutes) if problem.shift_of(option).ends_next_day else minutes
        later[option] = minutes - own[option]
    return own, later


def _unpaid_apart(problem: Problem, nurse: int) -> tuple[int, tuple[Term, ...]]:
    """Add up her minutes outside public holidays, by the dates on which they are really worked."""
    if not problem.holidays:
        unit = common_unit(problem, nurse)
        return unit, tuple(minute_terms(problem, nurse, problem.days, unit))
    own, later = _by_date(problem, nurse)
    unit = gcd(*own.values(), *later.values()) or 1
    terms: list[Term] = []
    for day in problem.days:
        for minutes, date in ((own, day), (later, day + 1)):
            if date not in problem.holidays:
                terms += _terms_of_day(nurse, day, minutes, unit)
    return unit, tuple(terms)


@dataclass(frozen=True, kw_only=True)
class HoursNorm(Rule):
    """Hours as owed, less what is carried in; each hour beside them costs.

    Hours on public holidays are paid apart and don't count towards them. Where her duties can't add up
    to them exactly, the sums next above and below are as good.
    """

    def limits(self, problem: Problem) -> Limits:
        """Keep the sum at what is owed."""
        for nurse in self.nurses(problem):
            unit, terms = _unpaid_apart(problem, nurse)
            person = problem.people[nurse]
            owed = max(person.minutes_owed - person.minutes_balance, 0)
            about = About((nurse,), (0, problem.day_count - 1), unit_minutes=unit)
            cost = max(1, unit // 60)
            yield Limit(terms, owed // unit, -(-owed // unit), about, below=cost, above=cost)


@dataclass(frozen=True, kw_only=True)
class LongWeek(Rule):
    """At most so many hours in a calendar week, by the dates on which they are really worked."""

    hours: int = 44

    def limits(self, problem: Problem) -> Limits:
        """Add up each calendar week, as far as it is known."""
        for nurse in self.nurses(problem):
            own, later = _by_date(problem, nurse)
            unit = gcd(*own.values(), *later.values()) or 1
            for week in problem.weeks():
                terms: list[Term] = []
                for day in week:
                    terms += _terms_of_day(nurse, day, own, unit)
                    if day - 1 >= -problem.tail_length:
                        terms += _terms_of_day(nurse, day - 1, later, unit)
                days = (week[0], week[-1])
                about = About((nurse,), days, detail=str(self.hours), unit_minutes=unit)
                yield at_most(tuple(terms), self.hours * 60 // unit, about)


@dataclass(frozen=True, kw_only=True)
class Overtime(Rule):
    """At most so many hours above the norm in the period; none for whom overtime is barred."""

    hours: int = 36

    def limits(self, problem: Problem) -> Limits:
        """Limit the sum from above."""
        for nurse in self.nurses(problem):
            unit = common_unit(problem, nurse)
            person = problem.people[nurse]
            allowed = 0 if person.no_overtime else self.hours
            terms = tuple(minute_terms(problem, nurse, problem.days, unit))
            days = (0, problem.day_count - 1)
            about = About((nurse,), days, detail=str(allowed), unit_minutes=unit)
            yield at_most(terms, (person.minutes_owed + allowed * 60) // unit, about)


@dataclass(frozen=True, kw_only=True)
class LongDay(Rule):
    """At most so many hours of overtime on one day above a standard day."""

    hours: int = 3
    standard_hours: int = 8

    def limits(self, problem: Problem) -> Limits:
        """Forbid shifts that are longer."""
        most = (self.hours + self.standard_hours) * 60
        for nurse in self.nurses(problem):
            long = frozenset(k for k in problem.duty if option_minutes(problem, nurse, k) > most)
            for day in problem.days if long else ():
                about = About((nurse,), (day,), detail=str(self.hours))
                yield at_most(((1, On(nurse, day, long)),), 0, about)


@dataclass(frozen=True, kw_only=True)
class MinutesBetween(Rule):
    """Minutes in the period between a least and a most."""

    least: int = 0
    most: int = 1 << 30

    def limits(self, problem: Problem) -> Limits:
        """Add up the minutes."""
        for nurse in self.nurses(problem):
            unit = common_unit(problem, nurse)
            terms = tuple(minute_terms(problem, nurse, problem.days, unit))
            about = About((nurse,), (0, problem.day_count - 1), unit_minutes=unit)
            yield Limit(terms, -(-self.least // unit), self.most // unit, about)
