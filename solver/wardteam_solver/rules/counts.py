"""How many duties, or duties of one shift, a nurse has in the period."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import About, Limit, Limits, On
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule


@dataclass(frozen=True, kw_only=True)
class DutiesBetween(Rule):
    """Between a least and a most of duties; `shift` narrows it to one shift's code."""

    least: int = 0
    most: int = 1 << 30
    shift: str = ""

    def limits(self, problem: Problem) -> Limits:
        """Count the duties."""
        options = problem.by_code[self.shift] if self.shift else problem.duty
        for nurse in self.nurses(problem):
            terms = tuple((1, On(nurse, day, options)) for day in problem.days)
            about = About((nurse,), (0, problem.day_count - 1), self.shift)
            yield Limit(terms, self.least, self.most, about)
