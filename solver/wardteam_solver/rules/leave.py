"""Granted leave is kept: no duty and no call on its dates, and no night that reaches into them."""

from __future__ import annotations

from dataclasses import dataclass

from wardteam_solver.limits import About, Fact, Limit, Limits, On, at_most
from wardteam_solver.problem import Problem
from wardteam_solver.rules.base import Rule


@dataclass(frozen=True, kw_only=True)
class GrantedLeave(Rule):
    """No duty or call on a date of granted leave, nor a night before it that ends on it."""

    def limits(self, problem: Problem) -> Limits:
        """Forbid duty on each date of leave."""
        for nurse in self.nurses(problem):
            for day, kind in sorted(problem.people[nurse].leave.items()):
                if day in problem.days:
                    about = About(nurses=(nurse,), days=(day,), detail=kind)
                    yield at_most(((1, _unfree(problem, nurse, day)),), 0, about)


def _unfree(problem: Problem, nurse: int, day: int) -> Fact:
    """Fact: not free; that last month ended with a night before the leave can't be mended any more."""
    if day:
        return problem.unfree(nurse, day)
    return On(nurse, day, frozenset(range(len(problem.options))))


@dataclass(frozen=True, kw_only=True)
class LeaveEntitlement(Rule):
    """Annual leave granted in the period doesn't pass what is left of the year's."""

    def limits(self, problem: Problem) -> Limits:
        """Compare the granted days with what is left: a limit without terms."""
        for nurse in self.nurses(problem):
            person = problem.people[nurse]
            granted = sum(1 for day, kind in person.leave.items() if kind == "annual" and day in problem.days)
            if person.annual_leave_left is not None and granted:
                yield Limit((), granted - person.annual_leave_left, None, About(nurses=(nurse,)))
