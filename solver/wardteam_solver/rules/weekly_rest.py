"""A rest day in every seven; the day after a night (下) is no rest day."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import About, Fact, Limits, On, at_most
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule


@dataclass(frozen=True, kw_only=True)
class WeeklyRest(Rule):
    """In any window of so many days at least one is free."""

    window: int = 7

    def limits(self, problem: Problem) -> Limits:
        """Count the days without rest in each window; the last may end on the day after a last night."""
        past_end = 1 if problem.overnight else 0
        for nurse in self.nurses(problem):
            for start in problem.starts(self.window, past_end=past_end):
                days = range(start, start + self.window)
                terms = tuple((1, self._unrested(problem, nurse, day)) for day in days)
                about = About((nurse,), (days[0], min(days[-1], problem.day_count - 1)))
                yield at_most(terms, self.window - 1, about, merge=True)

    def _unrested(self, problem: Problem, nurse: int, day: int) -> Fact:
        if day < problem.day_count:
            return problem.busy(nurse, day)
        return On(nurse, day - 1, problem.overnight)
