"""Calm weeks: few kinds of shift a week, and within a run only forward from day to evening to night."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import About, AnyOf, Limits, On, at_most
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule
from wardteam_solver.rules.terms import forbid_followers

_ORDER = ("day", "evening", "night")


@dataclass(frozen=True, kw_only=True)
class KindsPerWeek(Rule):
    """At most so many kinds of shift in a calendar week."""

    most: int = 2

    def limits(self, problem: Problem) -> Limits:
        """Count the kinds in each week."""
        kinds = tuple(problem.by_kind.values())
        for nurse in self.nurses(problem) if len(kinds) > self.most else ():
            for week in problem.weeks():
                terms = tuple((1, AnyOf(tuple(On(nurse, d, options) for d in week))) for options in kinds)
                yield at_most(terms, self.most, About((nurse,), (week[0], week[-1])))


@dataclass(frozen=True, kw_only=True)
class KindsForward(Rule):
    """Within a run of working days the kind never goes back; a day without duty resets it."""

    def limits(self, problem: Problem) -> Limits:
        """Forbid an earlier kind on the day after a later one."""
        for nurse in self.nurses(problem):
            for day in range(max(-1, -problem.tail_length), problem.day_count - 1):
                for place, kind in enumerate(_ORDER[1:], start=1):
                    first = problem.by_kind.get(kind, frozenset())
                    earlier = [problem.by_kind.get(name, frozenset()) for name in _ORDER[:place]]
                    followers = frozenset().union(*earlier)
                    about = About((nurse,), (day, day + 1))
                    yield from forbid_followers(nurse, day, first, followers, about)
