"""The wished number of staff, and the most that a shift can use."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import Limit, Limits, at_most
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule
from wardteam_solver.rules.terms import need_about, need_terms


@dataclass(frozen=True, kw_only=True)
class WishedStaffing(Rule):
    """The wished number of nurses; each one missing costs."""

    def limits(self, problem: Problem) -> Limits:
        """Count the nurses on each need that wishes for any."""
        for need in problem.needs:
            if need.wished > 0:
                yield Limit(need_terms(problem, need), need.wished, None, need_about(need), below=need.below)


@dataclass(frozen=True, kw_only=True)
class MaximumStaffing(Rule):
    """No more nurses than the shift can use."""

    def limits(self, problem: Problem) -> Limits:
        """Count the nurses on each need that has a maximum."""
        for need in problem.needs:
            if need.maximum is not None:
                yield at_most(need_terms(problem, need), need.maximum, need_about(need), cost=need.above)
