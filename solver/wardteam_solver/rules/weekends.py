"""Weekends: worked or free as a whole, free ones often enough, not too many worked."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import About, AnyOf, Fact, Limit, Limits, On, at_most
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule
from wardteam_solver.rules.terms import weekend_worked


def weekend_busy(problem: Problem, nurse: int, weekend: tuple[int, ...]) -> Fact:
    """Fact: the weekend isn't free; coming from Friday's night counts as not free."""
    facts: list[On] = []
    for day in weekend:
        fact = problem.busy(nurse, day)
        facts += fact.facts if isinstance(fact, AnyOf) else [fact]
    return AnyOf(tuple(dict.fromkeys(facts)))


@dataclass(frozen=True, kw_only=True)
class WholeWeekends(Rule):
    """Both days of a weekend are worked, or neither."""

    def limits(self, problem: Problem) -> Limits:
        """Compare Saturday with Sunday."""
        for nurse in self.nurses(problem):
            for weekend in problem.weekends():
                if len(weekend) == 2 and weekend[1] >= 0:
                    terms = ((1, problem.works(nurse, weekend[0])), (-1, problem.works(nurse, weekend[1])))
                    yield Limit(terms, 0, 0, About((nurse,), weekend))


@dataclass(frozen=True, kw_only=True)
class FreeWeekend(Rule):
    """Of any so many weekends in a row at least one is free."""

    window: int = 4

    def limits(self, problem: Problem) -> Limits:
        """Count the weekends with duty in each window that touches the period."""
        weekends = [weekend for weekend in problem.weekends() if len(weekend) == 2]
        for nurse in self.nurses(problem):
            for first in range(len(weekends) - self.window + 1):
                span = weekends[first : first + self.window]
                if span[-1][-1] < 0:
                    continue
                terms = tuple((1, weekend_busy(problem, nurse, weekend)) for weekend in span)
                about = About((nurse,), (span[0][0], span[-1][-1]))
                yield at_most(terms, self.window - 1, about, merge=True)


@dataclass(frozen=True, kw_only=True)
class MostWeekends(Rule):
    """At most so many weekends with duty in the period, less what was worked before it."""

    most: int = 2

    def limits(self, problem: Problem) -> Limits:
        """Count the weekends with duty."""
        weekends = [tuple(d for d in weekend if d >= 0) for weekend in problem.weekends()]
        inside = [weekend for weekend in weekends if weekend]
        for nurse in self.nurses(problem):
            terms = tuple((1, weekend_worked(problem, nurse, weekend)) for weekend in inside)
            yield at_most(terms, self.most, About((nurse,), (0, problem.day_count - 1)))
