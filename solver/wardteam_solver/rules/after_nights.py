"""Days off after the last night of a run; the day the night ends on (下) is not one of them."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import About, Limits, On, at_most
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule


@dataclass(frozen=True, kw_only=True)
class OffAfterNights(Rule):
    """The n-th day off after the last night is free of duty (1: the first after 下)."""

    nth_day: int = 1

    def limits(self, problem: Problem) -> Limits:
        """Forbid duty n + 1 days after a night that no night follows."""
        if not problem.overnight:
            return
        gap = self.nth_day + 1
        for nurse in self.nurses(problem):
            for day in range(max(-gap, -problem.tail_length), problem.day_count - gap):
                terms = (
                    (1, On(nurse, day, problem.overnight)),
                    (-1, On(nurse, day + 1, problem.overnight)),
                    (1, problem.works(nurse, day + gap)),
                )
                about = About(nurses=(nurse,), days=(day, day + gap))
                yield at_most(terms, 1, about)
