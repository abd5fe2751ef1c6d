"""A rest day in every seven; the day after a night (下) is no rest day."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import About, Limits, at_most
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule


@dataclass(frozen=True, kw_only=True)
class WeeklyRest(Rule):
    """In any window of so many days at least one is free."""

    window: int = 7

    def limits(self, problem: Problem) -> Limits:
        """Count the days without rest in each window."""
        for nurse in self.nurses(problem):
            for start in problem.starts(self.window):
                days = range(start, start + self.window)
                terms = tuple((1, problem.busy(nurse, day)) for day in days)
                yield at_most(terms, self.window - 1, About((nurse,), (days[0], days[-1])), merge=True)
